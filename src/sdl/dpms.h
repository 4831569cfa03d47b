#ifndef SDL_DPMS_H
#define SDL_DPMS_H

#include <stdbool.h>

#include <SDL2/SDL.h>

#include "base/problem.h"

/*
 * The signal to the screen on and off, on the console (KMSDRM): by the "DPMS"
 * property of its connectors, on SDL's own descriptor of the graphics card,
 * which alone is its master. While it is off, what is presented fails at once
 * instead of waiting for the screen: present nothing then. UI thread.
 */

/* Whether this window has such a signal. */
bool dpms_is_there(SDL_Window *window);

/* To what it is already: nothing happens. False with a sentence. */
bool dpms_set(SDL_Window *window, bool is_on, struct problem *why);

/*
 * Has the kernel ask each screen what it can do, which it never does by itself
 * while we are the card's master: sysfs would go on telling the modes of the one
 * that was there before. Off the console: nothing. Takes up to a few tenths of a
 * second.
 */
void dpms_ask(SDL_Window *window);

#endif
