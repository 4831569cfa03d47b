#include "sdl/canvas_ink.h"

#include <math.h>
#include <string.h>

#define ONE 65536 // of the fixed-point places on a photo

struct place { // on a photo, in 1/ONE pixels; whole numbers are middles
    int64_t x, y;
    int64_t dx, dy; // a picture pixel to the right
};

struct canvas_ink
ink_photo(const struct photo *photo, const struct canvas_frame *frame)
{
    double across = photo->w / (2 * frame->half_w);
    double down = photo->h / (2 * frame->half_h);
    struct canvas_ink ink = {
        .photo = photo,
        .frame = frame,
        .scale = across < down ? across : down,
        .middle_x = photo->w / 2.0,
        .middle_y = photo->h / 2.0,
    };
    // At its own size a photo is copied, not resampled half a pixel off.
    if (ink.scale == 1 && frame->sine == 0) {
        ink.middle_x = floor(ink.middle_x - frame->half_w) + frame->half_w;
        ink.middle_y = floor(ink.middle_y - frame->half_h) + frame->half_h;
    }
    return ink;
}

static int64_t
fixed(double n)
{
    return (int64_t) floor(n * ONE + 0.5);
}

static struct place
place_in_row(const struct canvas_ink *ink, int y)
{
    struct canvas_row row = frame_row(ink->frame, y);
    return (struct place){
        .x = fixed(ink->middle_x + row.u * ink->scale - 0.5),
        .y = fixed(ink->middle_y + row.v * ink->scale - 0.5),
        .dx = fixed(row.du * ink->scale),
        .dy = fixed(row.dv * ink->scale),
    };
}

static uint32_t
between(uint32_t a, uint32_t b, uint32_t part) // part of 256 of b
{
    uint32_t rb = (a & 0xFF00FF) * (256 - part) + (b & 0xFF00FF) * part;
    uint32_t g = (a >> 8 & 0xFF) * (256 - part) + (b >> 8 & 0xFF) * part;
    return (rb >> 8 & 0xFF00FF) | (g & 0xFF00);
}

static int
held(int64_t n, int count)
{
    return n < 0 ? 0 : n >= count ? count - 1 : (int) n;
}

static uint32_t
sample(const struct photo *photo, int64_t x, int64_t y)
{
    int left = held(x >> 16, photo->w), right = held((x >> 16) + 1, photo->w);
    int above = held(y >> 16, photo->h), below = held((y >> 16) + 1, photo->h);
    uint32_t across = (uint32_t) (x >> 8) & 0xFF;
    const uint32_t *row = photo->pixels + (ptrdiff_t) above * photo->w;
    uint32_t top = between(row[left], row[right], across);
    row = photo->pixels + (ptrdiff_t) below * photo->w;
    uint32_t bottom = between(row[left], row[right], across);
    return between(top, bottom, (uint32_t) (y >> 8) & 0xFF);
}

static bool
is_plain_copy(const struct photo *photo, const struct place *at, int x0, int x1)
{
    int64_t left = (at->x >> 16) + x0, right = (at->x >> 16) + x1;
    return at->dx == ONE && at->dy == 0 && at->x % ONE == 0 &&
           at->y % ONE == 0 && left >= 0 && right <= photo->w && at->y >= 0 &&
           at->y >> 16 < photo->h;
}

static void
photo_row(const struct canvas_part *p, const struct canvas_ink *ink, int y,
          int x0, int x1)
{
    struct place at = place_in_row(ink, y);
    uint32_t *pixel = part_at(p, x0, y);
    if (is_plain_copy(ink->photo, &at, x0, x1)) {
        const uint32_t *from = ink->photo->pixels +
                               (ptrdiff_t) (at.y >> 16) * ink->photo->w +
                               (at.x >> 16) + x0;
        for (int i = 0; i < x1 - x0; i++)
            pixel[i] = from[i] | 0xFF000000;
        return;
    }
    for (int x = x0; x < x1; x++)
        *pixel++ =
            0xFF000000 | sample(ink->photo, at.x + x * at.dx, at.y + x * at.dy);
}

void
ink_row(const struct canvas_part *p, const struct canvas_ink *ink, int y,
        int x0, int x1)
{
    if (x1 <= x0)
        return;
    if (ink->photo)
        photo_row(p, ink, y, x0, x1);
    else
        part_row(p, y, x0, x1, ink->colour);
}

void
ink_dot(const struct canvas_part *p, const struct canvas_ink *ink, int x, int y,
        uint32_t coverage)
{
    uint32_t colour = ink->colour;
    if (ink->photo) {
        struct place at = place_in_row(ink, y);
        colour =
            0xFF000000 | sample(ink->photo, at.x + x * at.dx, at.y + x * at.dy);
    }
    part_dot(p, x, y, colour, coverage);
}
