#include "sdl/canvas_text.h"

#include <math.h>
#include <string.h>

#include "sdl/canvas_frame.h"

static void
paint_row(uint32_t *pixel, const uint8_t *covered, int count, uint32_t colour)
{
    uint32_t most = colour_alpha(colour);
    for (int i = 0; i < count;) {
        uint64_t eight;
        // Most of a line is the room between letters.
        if (i + 8 <= count && (memcpy(&eight, covered + i, 8), eight == 0)) {
            i += 8;
            continue;
        }
        int end = i + 8 < count ? i + 8 : count;
        for (; i < end; i++)
            if (covered[i])
                pixel[i] = mixed(pixel[i], colour, over_255(covered[i] * most));
    }
}

static void
paint_straight(const struct canvas_part *p, const struct draw_command *c,
               const struct text_line *line)
{
    struct rect all = {c->box.x + line->left, c->baseline + line->top, line->w,
                       line->h};
    struct rect seen = rect_cross(all, p->clip);
    for (int y = seen.y; y < seen.y + seen.h; y++)
        paint_row(part_at(p, seen.x, y),
                  line->coverage + (ptrdiff_t) (y - all.y) * line->w +
                      (seen.x - all.x),
                  seen.w, c->colour);
}

/* Coverage at (u, v), in 1/256 of the line's pixels, between its four
   neighbours. All of them are inside: the caller sees to it. */
static inline uint32_t
sample(const struct text_line *line, uint32_t u, uint32_t v)
{
    const uint8_t *at =
        line->coverage + (ptrdiff_t) (v >> 8) * line->w + (ptrdiff_t) (u >> 8);
    const uint8_t *below = at + line->w;
    uint16_t here, there;
    memcpy(&here, at, 2);
    memcpy(&there, below, 2);
    if ((here | there) == 0) // as between letters, which is most of a line
        return 0;
    uint32_t across = u & 0xFF, down = v & 0xFF;
    uint32_t top = at[0] * (256 - across) + at[1] * across;
    uint32_t bottom = below[0] * (256 - across) + below[1] * across;
    uint32_t found = (top * (256 - down) + bottom * down + 32768) >> 16;
    // Between pixels every edge is softer than the letter's was; a little
    // more contrast around the middle gives that back.
    int clear = ((int) found * 5 - 128) / 4;
    return clear < 0 ? 0 : clear > 255 ? 255 : (uint32_t) clear;
}

/* A place on the line, in 1/65536 of its pixels, and a pixel to the right. */
struct place {
    int64_t u, v;
    int64_t du, dv;
};

static bool
is_inside(const struct text_line *line, const struct place *at, int x)
{
    int64_t u = (at->u + x * at->du) >> 16, v = (at->v + x * at->dv) >> 16;
    return u >= 0 && v >= 0 && u < line->w - 1 && v < line->h - 1;
}

static void
paint_leaning_row(const struct canvas_part *p, const struct canvas_frame *f,
                  const struct text_line *line, uint32_t colour, int y)
{
    int x0, x1;
    struct canvas_row row = frame_row(f, y);
    // Half a pixel in from the edge, where the outermost neighbours are the
    // line's own first and last, which are empty.
    frame_span(f, &row, -0.5, p->clip, &x0, &x1);
    struct place at = {
        .u = (int64_t) floor((row.u + f->half_w - 0.5) * 65536 + 0.5),
        .v = (int64_t) floor((row.v + f->half_h - 0.5) * 65536 + 0.5),
        .du = (int64_t) floor(row.du * 65536 + 0.5),
        .dv = (int64_t) floor(row.dv * 65536 + 0.5),
    };
    // The span's ends may be a rounding outside; between them all is inside.
    while (x0 < x1 && !is_inside(line, &at, x0))
        x0++;
    while (x0 < x1 && !is_inside(line, &at, x1 - 1))
        x1--;
    if (x0 >= x1)
        return;
    uint32_t u = (uint32_t) (at.u + x0 * at.du);
    uint32_t v = (uint32_t) (at.v + x0 * at.dv);
    const uint32_t du = (uint32_t) at.du, dv = (uint32_t) at.dv;
    const struct text_line all = *line; // pixels might be it, for the compiler
    const uint32_t most = colour_alpha(colour);
    uint32_t *pixel = part_at(p, x0, y);
    for (int left = x1 - x0; left > 0; left--, pixel++, u += du, v += dv) {
        uint32_t covered = sample(&all, u >> 8, v >> 8);
        if (covered)
            *pixel = mixed(*pixel, colour, over_255(covered * most));
    }
}

void
text_paint(const struct canvas_part *p, const struct draw_command *c,
           const struct text_line *line)
{
    if (c->lean == 0) {
        paint_straight(p, c, line);
        return;
    }
    struct rect all = {c->box.x + line->left, c->baseline + line->top, line->w,
                       line->h};
    struct canvas_frame f = frame_of(all, c);
    int y0, y1;
    frame_rows(&f, 0, p->clip, &y0, &y1);
    for (int y = y0; y < y1; y++)
        paint_leaning_row(p, &f, line, c->colour, y);
}
