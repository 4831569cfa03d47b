#ifndef SDL_GLASS_FADE_H
#define SDL_GLASS_FADE_H

#include <SDL2/SDL.h>

/*
 * The two pictures that live for one cross-fade, where no GPU keeps them. All
 * pictures here have 4 bytes a pixel. UI thread.
 */

/* Of the same size and format; NULL without memory. Its pixels are black. */
SDL_Surface *fade_picture_like(const SDL_Surface *picture);
void fade_picture_free(SDL_Surface *picture);

/* Both of one size. */
void fade_copy(SDL_Surface *to, const SDL_Surface *from);

/* All three of one size; mix 0 (from) to 256 (to). */
void fade_blend(SDL_Surface *out, const SDL_Surface *from,
                const SDL_Surface *to, int mix);

#endif
