#ifndef SDL_DISPLAY_H
#define SDL_DISPLAY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * Finding the screen and starting SDL's video on it. UI thread.
 *
 * Left to itself SDL ends up drawing into memory that nobody sees, when the
 * screen cannot be had, and calls that success. So the driver is always named:
 * what SDL_VIDEODRIVER says, else Wayland, X11 or KMSDRM, whichever is there.
 */

/* False with a sentence when there is no display that can be opened. */
bool display_open(struct problem *why);
void display_close(void);

/* Whether the console is ours to show on, and nothing is wrong but that no screen
   is plugged in, which may be switched on later, or that its card is not for us:
   while a machine starts, a card is there a moment before udev has said whose. */
bool display_is_awaited(void);

/* Whether we show on the console: on a card's own screen, no desktop's. */
bool display_is_on_console(void);

/* N of /dev/dri/cardN, on which we show on the console; -1: that is not known. */
int display_card(void);

/* A number that stands for the screen that is plugged into this machine now,
   wherever we show; 0: none is. */
uint64_t display_mark(void);

/* On the console: whether the mode which the plugged-in screen prefers now is
   one that SDL found when it was opened. */
bool display_knows_screen(void);

/* Whether the screen hangs on a cable, as far as can be told: display_card.h.
   False where we do not show on the console. */
bool display_has_cable(void);

/* Physical diagonal in inches as the screen tells it; 0 when it does not. */
double display_diagonal_in(void);

/* Whether SDL can give us the window's own memory on this display. */
bool display_has_window_memory(void);

#endif
