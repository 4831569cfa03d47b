#ifndef SDL_CANVAS_PART_H
#define SDL_CANVAS_PART_H

#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "view/draw.h"

/*
 * Where the canvas is painting: pixels, and which part of the list's logical
 * pixels they are. Everything that paints clips to `clip` and computes a
 * pixel from its place alone, never from where painting began, so that a
 * picture painted in pieces is the picture painted whole.
 */

struct canvas_part {
    uint32_t *pixels; // the logical pixel (x, y)
    ptrdiff_t stride; // in pixels
    int x, y;
    struct rect clip; // logical; inside the pixels
};

static inline uint32_t *
part_at(const struct canvas_part *p, int x, int y)
{
    return p->pixels + (ptrdiff_t) (y - p->y) * p->stride + (x - p->x);
}

/* n / 255, rounded, for n up to 255 × 255. */
static inline uint32_t
over_255(uint32_t n)
{
    n += 128;
    return (n + (n >> 8)) >> 8;
}

static inline uint32_t
colour_alpha(uint32_t colour)
{
    return colour >> 24;
}

/* Red, blue and green with room for 16 bits each, to be reckoned with at
   once. */
#define CHANNELS UINT64_C(0x00FF00FF00FF)

static inline uint64_t
channels(uint32_t colour)
{
    return (colour & 0xFF00FF) | (uint64_t) (colour & 0xFF00) << 24;
}

/* `colour` over `under` with that much alpha; the colour's own is ignored.
   Each channel is exactly rounded. */
static inline uint32_t
mixed(uint32_t under, uint32_t colour, uint32_t alpha)
{
    uint64_t sum = channels(under) * (255 - alpha) + channels(colour) * alpha +
                   UINT64_C(0x008000800080);
    sum = (sum + (sum >> 8 & CHANNELS)) >> 8 & CHANNELS;
    return 0xFF000000 | (uint32_t) sum | (uint32_t) (sum >> 24);
}

static inline void
part_dot(const struct canvas_part *p, int x, int y, uint32_t colour,
         uint32_t coverage)
{
    uint32_t alpha = over_255(colour_alpha(colour) * coverage);
    uint32_t *pixel = part_at(p, x, y);
    *pixel = mixed(*pixel, colour, alpha);
}

/* From x0 up to, not including, x1; both inside the clip. wmemset is libc's
   fastest way to write many 32-bit words, which on Linux its letters are. */
_Static_assert(sizeof(wchar_t) == 4, "wmemset writes pixels");
static inline void
part_row(const struct canvas_part *p, int y, int x0, int x1, uint32_t colour)
{
    uint32_t *pixel = part_at(p, x0, y);
    uint32_t alpha = colour_alpha(colour);
    if (alpha == 255)
        wmemset((wchar_t *) pixel, (wchar_t) colour, (size_t) (x1 - x0));
    else
        for (int i = 0; i < x1 - x0; i++)
            pixel[i] = mixed(pixel[i], colour, alpha);
}

#endif
