#include "sdl/glass_fade.h"

#include <string.h>
#include <sys/mman.h>

#include "sdl/blend.h"

static void *
row_of(const SDL_Surface *picture, int y)
{
    return (char *) picture->pixels + (ptrdiff_t) y * picture->pitch;
}

/*
 * Pictures that live for one fade come from the kernel and go back to it:
 * malloc, having seen one freed, keeps the next sixteen megabytes for later.
 */
SDL_Surface *
fade_picture_like(const SDL_Surface *picture)
{
    size_t size = (size_t) picture->w * (size_t) picture->h * 4;
    void *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pixels == MAP_FAILED)
        return NULL;
    SDL_Surface *made = SDL_CreateRGBSurfaceWithFormatFrom(
        pixels, picture->w, picture->h, 32, picture->w * 4,
        picture->format->format);
    if (!made)
        munmap(pixels, size);
    return made;
}

void
fade_picture_free(SDL_Surface *picture)
{
    if (!picture)
        return;
    munmap(picture->pixels, (size_t) picture->w * (size_t) picture->h * 4);
    SDL_FreeSurface(picture);
}

void
fade_copy(SDL_Surface *to, const SDL_Surface *from)
{
    for (int y = 0; y < to->h; y++)
        memcpy(row_of(to, y), row_of(from, y), (size_t) to->w * 4);
}

void
fade_blend(SDL_Surface *out, const SDL_Surface *from, const SDL_Surface *to,
           int mix)
{
    for (int y = 0; y < out->h; y++)
        blend_pictures(row_of(out, y), row_of(from, y), row_of(to, y),
                       (size_t) out->w, mix);
}
