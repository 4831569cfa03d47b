#ifndef SDL_GLASS_TILES_H
#define SDL_GLASS_TILES_H

#include <stdbool.h>

#include <SDL2/SDL.h>

#include "view/draw.h"

/*
 * A picture on the GPU: one texture, or several where one may not be so large.
 * UI thread. Zero is a valid empty one.
 */

struct glass_tiles {
    SDL_Texture **textures; // owned; columns × rows
    int columns, rows;
    int side; // of a tile; those at the right and bottom are smaller
    int w, h; // of the picture
};

/* Keeps the textures when there are some of that size already: graphics
   memory that is given back and taken again for months falls to pieces. False
   without memory; then it is empty. */
bool tiles_make(struct glass_tiles *t, SDL_Renderer *renderer, int w, int h,
                int max_side);
void tiles_destroy(struct glass_tiles *t);

void tiles_upload(struct glass_tiles *t, const SDL_Surface *picture,
                  struct rect part);

/* Draws all of it over the renderer's picture; alpha 255 replaces. */
void tiles_draw(struct glass_tiles *t, SDL_Renderer *renderer, int alpha);

#endif
