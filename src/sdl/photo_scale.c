#include "sdl/photo_scale.h"

#include <stdlib.h>
#include <string.h>

#include "sdl/photo_header.h"

#define STRIP_BYTES (1024 * 1024)

/*
 * Lengths are counted so that nothing is ever a fraction: a source pixel is
 * `to` long and a new pixel `from`, in each direction. A new pixel's sum of
 * bytes times lengths is at most 255 × PHOTO_MAX_PIXELS, below 2^32.
 */
struct scale {
    int from_w, from_h, to_w, to_h;
    uint32_t *line; // one source row made narrower: 3 sums a pixel. Owned
    uint32_t *sums; // of the new row under construction. Owned
    int64_t filled; // how much of that row's height is in the sums
    int row;        // which new row it is
};

/* Adds one source row's pixels to the narrower line. */
static void
narrow(struct scale *s, const uint32_t *pixels)
{
    memset(s->line, 0, (size_t) s->to_w * 3 * sizeof *s->line);
    uint32_t *sum = s->line;
    int64_t room = s->from_w;
    for (int x = 0; x < s->from_w; x++) {
        uint32_t r = pixels[x] >> 16 & 0xFF, g = pixels[x] >> 8 & 0xFF;
        uint32_t b = pixels[x] & 0xFF;
        for (int64_t left = s->to_w; left > 0;) {
            uint32_t part = (uint32_t) (left < room ? left : room);
            sum[0] += r * part;
            sum[1] += g * part;
            sum[2] += b * part;
            left -= part;
            room -= part;
            if (room == 0 && (x + 1 < s->from_w || left > 0)) {
                sum += 3;
                room = s->from_w;
            }
        }
    }
}

/* Where the pixel (x, y) goes when turned upright; w × h is before. */
static size_t
upright(int x, int y, int w, int h, int orientation)
{
    int kept = x;
    switch (orientation) {
    case 2:
        x = w - 1 - x;
        break;
    case 3:
        x = w - 1 - x;
        y = h - 1 - y;
        break;
    case 4:
        y = h - 1 - y;
        break;
    case 5:
        x = y;
        y = kept;
        break;
    case 6:
        x = h - 1 - y;
        y = kept;
        break;
    case 7:
        x = h - 1 - y;
        y = w - 1 - kept;
        break;
    case 8:
        x = y;
        y = w - 1 - kept;
        break;
    default:
        break;
    }
    int out_w = orientation >= 5 ? h : w;
    return (size_t) y * (size_t) out_w + (size_t) x;
}

static void
finish_row(struct scale *s, int orientation, uint32_t *out)
{
    uint32_t area = (uint32_t) s->from_w * (uint32_t) s->from_h;
    uint64_t half = area / 2;
    for (int x = 0; x < s->to_w; x++) {
        const uint32_t *sum = s->sums + (size_t) x * 3;
        uint32_t r = (uint32_t) ((sum[0] + half) / area);
        uint32_t g = (uint32_t) ((sum[1] + half) / area);
        uint32_t b = (uint32_t) ((sum[2] + half) / area);
        out[upright(x, s->row, s->to_w, s->to_h, orientation)] =
            0xFF000000 | r << 16 | g << 8 | b;
    }
    memset(s->sums, 0, (size_t) s->to_w * 3 * sizeof *s->sums);
    s->filled = 0;
    s->row++;
}

static void
add_row(struct scale *s, const uint32_t *pixels, int orientation, uint32_t *out)
{
    narrow(s, pixels);
    for (int64_t left = s->to_h; left > 0;) {
        int64_t room = s->from_h - s->filled;
        uint32_t part = (uint32_t) (left < room ? left : room);
        for (int i = 0; i < s->to_w * 3; i++)
            s->sums[i] += s->line[i] * part;
        left -= part;
        s->filled += part;
        if (s->filled == s->from_h)
            finish_row(s, orientation, out);
    }
}

/* The decoder's format, whatever it is, comes out as ours strip by strip: a
   whole converted copy would be 64 MB. */
static bool
convert(struct scale *s, SDL_Surface *from, int orientation, uint32_t *out)
{
    int rows = STRIP_BYTES / 4 / from->w;
    rows = rows < 1 ? 1 : rows > from->h ? from->h : rows;
    SDL_Surface *strip = SDL_CreateRGBSurfaceWithFormat(
        0, from->w, rows, 32, SDL_PIXELFORMAT_XRGB8888);
    if (!strip)
        return false;
    bool is_good = true;
    for (int y = 0; y < from->h && is_good; y += rows) {
        int count = from->h - y < rows ? from->h - y : rows;
        SDL_Rect part = {0, y, from->w, count};
        SDL_FillRect(strip, NULL, 0xFFFFFF);
        is_good = SDL_BlitSurface(from, &part, strip, NULL) == 0;
        for (int i = 0; i < count && is_good; i++)
            add_row(s,
                    (const uint32_t *) ((const char *) strip->pixels +
                                        (ptrdiff_t) i * strip->pitch),
                    orientation, out);
    }
    SDL_FreeSurface(strip);
    return is_good;
}

bool
photo_scale(SDL_Surface *from, int w, int h, int orientation, struct photo *out)
{
    struct scale s = {from->w, from->h, w, h, NULL, NULL, 0, 0};
    *out = (struct photo){0};
    uint32_t *pixels = malloc((size_t) w * (size_t) h * 4);
    s.line = malloc((size_t) w * 3 * sizeof *s.line);
    s.sums = calloc((size_t) w * 3, sizeof *s.sums);
    bool is_good =
        pixels && s.line && s.sums && convert(&s, from, orientation, pixels);
    free(s.line);
    free(s.sums);
    if (!is_good) {
        free(pixels);
        return false;
    }
    *out = (struct photo){orientation >= 5 ? h : w, orientation >= 5 ? w : h,
                          pixels};
    return true;
}
