#ifndef SDL_PICTURE_H
#define SDL_PICTURE_H

#include <stdbool.h>

#include <SDL2/SDL.h>

#include "base/problem.h"

/*
 * A picture in memory without a window, for --render and for tests.
 */

SDL_Surface *picture_new(int w, int h); // XRGB8888; aborts without memory
void picture_free(SDL_Surface *picture);

/* A PNG file. False with a sentence when it cannot be written. */
bool picture_save(SDL_Surface *picture, const char *path, struct problem *why);

#endif
