#ifndef SDL_GLASS_WINDOW_H
#define SDL_GLASS_WINDOW_H

#include <stdbool.h>

#include <SDL2/SDL.h>

#include "sdl/glass.h"

/*
 * The window of the glass: on a desk, over a whole desktop, or the whole screen
 * of a console in the mode that suits it. Once SDL's video is open. UI thread.
 */

struct glass_window {
    int w, h;             // expected; a desktop may give it less
    bool is_on_desk;      // one among others
    SDL_DisplayMode mode; // the screen's, then
    bool is_full_screen;  // as SDL has it
};

/* What it will be, before it is opened. False with SDL's error. */
bool glass_window_plan(const struct glass_options *options,
                       struct glass_window *out);

/* Owned; NULL with SDL's error. */
SDL_Window *glass_window_open(const struct glass_window *plan);

#endif
