#include "sdl/glass_tiles.h"

#include <stdlib.h>

#include "base/memory.h"

static struct rect
place_of(const struct glass_tiles *t, int i)
{
    struct rect tile = {i % t->columns * t->side, i / t->columns * t->side,
                        t->side, t->side};
    return rect_cross(tile, (struct rect){0, 0, t->w, t->h});
}

bool
tiles_make(struct glass_tiles *t, SDL_Renderer *renderer, int w, int h,
           int max_side)
{
    int longest = w > h ? w : h;
    int side = longest < max_side ? longest : max_side;
    if (t->textures && t->w == w && t->h == h && t->side == side)
        return true;
    tiles_destroy(t);
    t->w = w;
    t->h = h;
    t->side = side;
    t->columns = (w + side - 1) / side;
    t->rows = (h + side - 1) / side;
    t->textures = memory_take_zeroed((size_t) (t->columns * t->rows) *
                                     sizeof *t->textures);
    for (int i = 0; i < t->columns * t->rows; i++) {
        struct rect place = place_of(t, i);
        // Not "streaming": those keep a copy of themselves in memory.
        t->textures[i] =
            SDL_CreateTexture(renderer, SDL_PIXELFORMAT_ARGB8888,
                              SDL_TEXTUREACCESS_STATIC, place.w, place.h);
        if (!t->textures[i]) {
            tiles_destroy(t);
            return false;
        }
    }
    return true;
}

void
tiles_destroy(struct glass_tiles *t)
{
    for (int i = 0; t->textures && i < t->columns * t->rows; i++)
        if (t->textures[i])
            SDL_DestroyTexture(t->textures[i]);
    free(t->textures);
    *t = (struct glass_tiles){0};
}

void
tiles_upload(struct glass_tiles *t, const SDL_Surface *picture,
             struct rect part)
{
    for (int i = 0; i < t->columns * t->rows; i++) {
        struct rect place = place_of(t, i);
        struct rect r = rect_cross(place, part);
        if (rect_is_empty(r))
            continue;
        SDL_Rect inside = {r.x - place.x, r.y - place.y, r.w, r.h};
        SDL_UpdateTexture(t->textures[i], &inside,
                          (const char *) picture->pixels +
                              (ptrdiff_t) r.y * picture->pitch + r.x * 4,
                          picture->pitch);
    }
}

void
tiles_draw(struct glass_tiles *t, SDL_Renderer *renderer, int alpha)
{
    for (int i = 0; i < t->columns * t->rows; i++) {
        struct rect place = place_of(t, i);
        SDL_Rect to = {place.x, place.y, place.w, place.h};
        SDL_SetTextureBlendMode(t->textures[i], alpha < 255
                                                    ? SDL_BLENDMODE_BLEND
                                                    : SDL_BLENDMODE_NONE);
        SDL_SetTextureAlphaMod(t->textures[i], (Uint8) alpha);
        SDL_RenderCopy(renderer, t->textures[i], NULL, &to);
    }
}
