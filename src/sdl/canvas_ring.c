#include <math.h>

#include "sdl/canvas_box.h"
#include "sdl/canvas_frame.h"

struct ring {
    float radius; // of the line's middle
    float half_line;
    float part;         // 0 to 1
    float end_u, end_v; // where the part ends, as a direction
};

static float
clamped(float n)
{
    return n < 0 ? 0 : n > 1 ? 1 : n;
}

static struct ring
ring_of(const struct canvas_frame *frame, const struct draw_command *c)
{
    double half = frame->half_w < frame->half_h ? frame->half_w : frame->half_h;
    // From twelve o'clock to where the part ends: a frame leaning by that
    // angle has its "up" there.
    struct draw_command turned = {.lean = c->part * 360 - 180};
    struct canvas_frame end = frame_of((struct rect){0}, &turned);
    return (struct ring){
        .radius = (float) (half - c->line_px / 2.0),
        .half_line = (float) (c->line_px / 2.0),
        .part = c->part,
        .end_u = (float) -end.sine,
        .end_v = (float) end.cosine,
    };
}

static uint32_t
coverage(const struct ring *r, float u, float v)
{
    float off = fabsf(sqrtf(u * u + v * v) - r->radius) - r->half_line;
    float on_line = clamped(0.5F - off);
    if (on_line > 0 && r->part < 1) {
        float after_start = clamped(0.5F + u);
        float before_end = clamped(0.5F + r->end_v * u - r->end_u * v);
        if (r->part <= 0.5F)
            on_line *= after_start < before_end ? after_start : before_end;
        else
            on_line *= after_start > before_end ? after_start : before_end;
    }
    return (uint32_t) (on_line * 255 + 0.5F);
}

void
ring_paint(const struct canvas_part *p, const struct draw_command *c)
{
    if (c->part <= 0)
        return;
    struct canvas_frame frame = frame_of(c->box, c);
    struct ring r = ring_of(&frame, c);
    int y0, y1, x0, x1;
    frame_rows(&frame, 0.5, p->clip, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct canvas_row row = frame_row(&frame, y);
        frame_span(&frame, &row, 0.5, p->clip, &x0, &x1);
        for (int x = x0; x < x1; x++) {
            uint32_t covered = coverage(&r, (float) (row.u + x * row.du),
                                        (float) (row.v + x * row.dv));
            if (covered)
                part_dot(p, x, y, c->colour, covered);
        }
    }
}
