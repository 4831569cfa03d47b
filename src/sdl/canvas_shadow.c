#include "sdl/canvas_shadow.h"

#include <math.h>
#include <stdlib.h>

#include "sdl/canvas_frame.h"

#define STEPS 512

/*
 * How dark a shadow is from blur_px inside its edge to blur_px outside, in 64
 * steps: the integral of a Gaussian whose sigma is half the blur (CSS
 * Backgrounds and Borders 3, "Shadow Blurring"), stretched so that it ends
 * where the blur does. A table, for the same bytes on every machine.
 */
static const uint16_t falloff[65] = {
    65535, 65288, 65010, 64697, 64347, 63956, 63521, 63040, 62510, 61928, 61291,
    60597, 59843, 59029, 58151, 57210, 56204, 55133, 53998, 52799, 51537, 50215,
    48835, 47400, 45913, 44379, 42803, 41190, 39545, 37873, 36182, 34478, 32768,
    31057, 29353, 27662, 25990, 24345, 22732, 21156, 19622, 18135, 16700, 15320,
    13998, 12736, 11537, 10402, 9331,  8325,  7384,  6506,  5692,  4938,  4244,
    3607,  3025,  2495,  2014,  1579,  1188,  838,   525,   247,   0,
};

struct shade {
    struct canvas_frame frame;
    int flat_u, flat_v;  // half sizes without the round corners, 1/256 px
    int round;           // radius of the round corners, 1/256 px
    int blur;            // 1/256 px
    uint32_t index_step; // of `alpha`, 1/65536 a 1/256 px
    uint8_t alpha[STEPS];
};

static void
fill_alpha(struct shade *s, uint32_t most)
{
    for (uint32_t i = 0; i < STEPS; i++) {
        uint32_t at = i * 64 * 256 / (STEPS - 1); // 1/256 of a table step
        uint32_t step = at >> 8, part = at & 0xFF;
        uint32_t here = falloff[step],
                 next = falloff[step < 64 ? step + 1 : 64];
        uint32_t dark = (here * (256 - part) + next * part) >> 8;
        s->alpha[i] = (uint8_t) ((dark * most + 32768) / 65535);
    }
}

static struct shade
shade_of(const struct draw_command *c)
{
    struct shade s = {.frame = frame_of(c->box, c)};
    double least =
        s.frame.half_w < s.frame.half_h ? s.frame.half_w : s.frame.half_h;
    // A blurred square corner is nearly a round one of the blur's size.
    double round = c->blur_px * 0.75;
    if (round < c->radius)
        round = c->radius;
    if (round > least)
        round = least;
    s.round = (int) (round * 256);
    s.flat_u = (int) (s.frame.half_w * 256) - s.round;
    s.flat_v = (int) (s.frame.half_h * 256) - s.round;
    s.blur = c->blur_px * 256;
    s.index_step = (STEPS - 1) * 65536u / (2 * (uint32_t) s.blur);
    fill_alpha(&s, colour_alpha(c->colour));
    return s;
}

struct track {      // along one row of pixels; 1/65536 px
    int32_t u, v;   // of its first pixel
    int32_t du, dv; // a pixel to the right
};

/* Places are stepped in whole numbers, which add up to the same from wherever
   painting begins. */
static struct track
track_of(const struct canvas_row *row, int x)
{
    int64_t du = (int64_t) floor(row->du * 65536 + 0.5);
    int64_t dv = (int64_t) floor(row->dv * 65536 + 0.5);
    return (struct track){
        .u = (int32_t) ((int64_t) floor(row->u * 65536) + x * du),
        .v = (int32_t) ((int64_t) floor(row->v * 65536) + x * dv),
        .du = (int32_t) du,
        .dv = (int32_t) dv,
    };
}

/* Distance from the round corner's middle, in the units of its legs. */
static inline int
corner_distance(int over_u, int over_v)
{
    float a = (float) over_u, b = (float) over_v;
    return (int) sqrtf(a * a + b * b);
}

static void
paint_row(const struct canvas_part *p, const struct shade *s,
          const struct canvas_row *row, uint32_t colour, int y, int x0, int x1)
{
    if (x0 >= x1)
        return;
    struct track t = track_of(row, x0);
    // The loop that costs: what it needs is in its own hands, as pixels might
    // be the shade for all the compiler knows.
    const int flat_u = s->flat_u, flat_v = s->flat_v;
    const int deepest = s->blur - s->round, end = 2 * s->blur;
    const uint32_t step = s->index_step;
    const uint8_t *const alphas = s->alpha;
    uint32_t *pixel = part_at(p, x0, y);
    for (int left = x1 - x0; left > 0; left--, pixel++) {
        int over_u = abs(t.u >> 8) - flat_u, over_v = abs(t.v >> 8) - flat_v;
        int out = over_u > over_v ? over_u : over_v;
        if (over_u > 0 && over_v > 0)
            out = corner_distance(over_u, over_v);
        out += deepest; // 0: as dark as it gets; `end`: nothing
        if (out < end) {
            uint32_t at = out > 0 ? (uint32_t) out * step >> 16 : 0;
            *pixel = mixed(*pixel, colour, alphas[at]);
        }
        t.u += t.du;
        t.v += t.dv;
    }
}

void
shadow_paint(const struct canvas_part *p, const struct draw_command *c,
             const struct draw_command *cover)
{
    if (c->blur_px <= 0 || rect_is_empty(c->box))
        return;
    struct shade s = shade_of(c);
    struct canvas_frame hidden = {0};
    if (cover)
        hidden = frame_of(cover->box, cover);
    // Less its corners and its smooth edge.
    double inset = cover ? cover->radius + 1 : 0;
    int y0, y1, x0, x1, hidden_x0 = 0, hidden_x1 = 0;
    frame_rows(&s.frame, c->blur_px, p->clip, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct canvas_row row = frame_row(&s.frame, y);
        frame_span(&s.frame, &row, c->blur_px, p->clip, &x0, &x1);
        if (cover) {
            struct canvas_row over = frame_row(&hidden, y);
            frame_span(&hidden, &over, -inset, p->clip, &hidden_x0, &hidden_x1);
        }
        if (hidden_x1 <= hidden_x0)
            hidden_x0 = hidden_x1 = x1;
        paint_row(p, &s, &row, c->colour, y, x0,
                  hidden_x0 < x1 ? hidden_x0 : x1);
        paint_row(p, &s, &row, c->colour, y, hidden_x1 > x0 ? hidden_x1 : x0,
                  x1);
    }
}
