#ifndef SDL_FIRST_LIGHT_H
#define SDL_FIRST_LIGHT_H

#include <stdbool.h>
#include <stdint.h>

#include <SDL2/SDL.h>

#include "base/problem.h"

/*
 * The first picture on a console, without the graphics driver, which takes longer
 * to be opened than all the rest: in memory that every card of the kernel's can
 * show as it is ("dumb buffers", drm-memory(7)). Only between the opening of
 * SDL's video and that of its window, when nobody else is the card's master;
 * SDL becomes it after us. The picture stays until SDL shows one of its own.
 * UI thread.
 */

struct first_light {
    bool is_on;
    int card;             // its descriptor, then
    uint32_t crtc, shown; // what sends it to the screen, and its memory there
};

/* Copies `picture`, of that mode's size and 32 bits a pixel, and shows it on card
   N of /dev/dri on the screen that SDL calls the first. False with the reason:
   nothing is changed, or what was shown may be gone. */
bool first_light_begin(struct first_light *f, int card,
                       const SDL_Surface *picture, const SDL_DisplayMode *mode,
                       struct problem *why);

/* Whether it is this picture that the card sends to the screen. */
bool first_light_is_seen(const struct first_light *f);

/* Once something else is; else the screen goes dark. Does nothing where it is not
   on. */
void first_light_end(struct first_light *f);

#endif
