#ifndef SDL_DISPLAY_CARD_H
#define SDL_DISPLAY_CARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * The graphics card a screen is plugged into, as the kernel tells it in
 * /sys/class/drm. A Pi has several cards, most without sockets, in an order
 * that changes from boot to boot, and SDL 2.26 stops at the wrong one.
 */

/* N of /dev/dri/cardN. -1 with a sentence when no screen is plugged in, or the
   card may not be opened. */
int display_card_find(struct problem *why);

/* Whether that may be otherwise in a moment: see display_is_awaited. */
bool display_card_is_awaited(void);

/* A number that stands for the plugged-in screen, by its connector and the mode
   it prefers; 0: none is plugged in. */
uint64_t display_card_mark(void);

/* The size of the mode that it prefers; false: it says none. */
bool display_card_prefers(int *w, int *h);

/* Whether the plugged-in screen hangs on a cable for monitors and televisions:
   a backlight of this machine is another panel's then. False: there is none. */
bool display_card_has_cable(void);

/* Diagonal of the plugged-in screen as its EDID has it (VESA E-EDID A.2,
   bytes 21 and 22); 0 when it does not say. */
double display_card_diagonal_mm(void);

#endif
