#include "sdl/canvas_box.h"

#include <math.h>

#include "sdl/canvas_frame.h"
#include "sdl/canvas_ink.h"

struct shape { // a box in its frame, without a place
    float half_w, half_h;
    float radius;
    unsigned corners;
};

static float
clamped(float n)
{
    return n < 0 ? 0 : n > 1 ? 1 : n;
}

static unsigned
corner_at(float u, float v)
{
    if (v < 0)
        return u < 0 ? CORNER_TOP_LEFT : CORNER_TOP_RIGHT;
    return u < 0 ? CORNER_BOTTOM_LEFT : CORNER_BOTTOM_RIGHT;
}

/* How much of a pixel with its middle at (u, v) the shape covers, 0 to 255. */
static uint32_t
coverage(const struct shape *s, float u, float v)
{
    float right = fabsf(u) - s->half_w, below = fabsf(v) - s->half_h;
    float over_u = right + s->radius, over_v = below + s->radius;
    if (over_u > 0 && over_v > 0 && s->corners & corner_at(u, v)) {
        float out = sqrtf(over_u * over_u + over_v * over_v) - s->radius;
        return (uint32_t) (clamped(0.5F - out) * 255 + 0.5F);
    }
    return (uint32_t) (clamped(0.5F - right) * clamped(0.5F - below) * 255 +
                       0.5F);
}

static uint32_t
coverage_at(const struct shape *s, const struct canvas_row *row, int x)
{
    return coverage(s, (float) (row->u + x * row->du),
                    (float) (row->v + x * row->dv));
}

/* A convex shape: from either side, once a pixel is fully covered, so is
   everything up to the last such pixel. */
static void
paint_row(const struct canvas_part *p, const struct shape *s,
          const struct canvas_row *row, const struct canvas_ink *ink, int y,
          int x0, int x1)
{
    for (; x0 < x1; x0++) {
        uint32_t covered = coverage_at(s, row, x0);
        if (covered == 255)
            break;
        if (covered)
            ink_dot(p, ink, x0, y, covered);
    }
    for (; x1 > x0; x1--) {
        uint32_t covered = coverage_at(s, row, x1 - 1);
        if (covered == 255)
            break;
        if (covered)
            ink_dot(p, ink, x1 - 1, y, covered);
    }
    ink_row(p, ink, y, x0, x1);
}

static void
paint_shape(const struct canvas_part *p, const struct canvas_frame *frame,
            const struct shape *s, const struct canvas_ink *ink)
{
    int y0, y1, x0, x1;
    frame_rows(frame, 0.5, p->clip, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct canvas_row row = frame_row(frame, y);
        frame_span(frame, &row, 0.5, p->clip, &x0, &x1);
        paint_row(p, s, &row, ink, y, x0, x1);
    }
}

static struct shape
shape_of(const struct canvas_frame *frame, const struct draw_command *c)
{
    struct shape s = {
        .half_w = (float) frame->half_w,
        .half_h = (float) frame->half_h,
        .radius = (float) c->radius,
        .corners = c->corners,
    };
    if (s.radius > s.half_w)
        s.radius = s.half_w;
    if (s.radius > s.half_h)
        s.radius = s.half_h;
    return s;
}

/* The border alone, where nothing opaque will cover the inside. */
static void
paint_border(const struct canvas_part *p, const struct canvas_frame *frame,
             const struct shape *outer, const struct shape *inner,
             uint32_t colour)
{
    int y0, y1, x0, x1;
    frame_rows(frame, 0.5, p->clip, &y0, &y1);
    for (int y = y0; y < y1; y++) {
        struct canvas_row row = frame_row(frame, y);
        frame_span(frame, &row, 0.5, p->clip, &x0, &x1);
        for (int x = x0; x < x1; x++) {
            uint32_t in = coverage_at(inner, &row, x);
            uint32_t covered = coverage_at(outer, &row, x);
            if (covered > in)
                part_dot(p, x, y, colour, covered - in);
        }
    }
}

static void
paint_bordered(const struct canvas_part *p, const struct draw_command *c)
{
    struct canvas_frame frame = frame_of(c->box, c);
    struct shape outer = shape_of(&frame, c), inner = outer;
    float line = (float) c->line_px;
    inner.half_w -= line;
    inner.half_h -= line;
    inner.radius = outer.radius > line ? outer.radius - line : 0;
    struct canvas_ink fill = {.colour = c->colour};
    struct canvas_ink border = {.colour = c->line_colour};
    if (inner.half_w <= 0 || inner.half_h <= 0) {
        paint_shape(p, &frame, &outer, &border);
        return;
    }
    if (colour_alpha(c->colour) == 255)
        paint_shape(p, &frame, &outer, &border);
    else
        paint_border(p, &frame, &outer, &inner, c->line_colour);
    frame.half_w -= c->line_px;
    frame.half_h -= c->line_px;
    paint_shape(p, &frame, &inner, &fill);
}

void
box_paint(const struct canvas_part *p, const struct draw_command *c)
{
    if (c->line_px > 0) {
        paint_bordered(p, c);
        return;
    }
    struct canvas_frame frame = frame_of(c->box, c);
    struct shape s = shape_of(&frame, c);
    struct canvas_ink ink = {.colour = c->colour};
    paint_shape(p, &frame, &s, &ink);
}

void
image_paint(const struct canvas_part *p, const struct draw_command *c,
            const struct photo *photo)
{
    struct canvas_frame frame = frame_of(c->box, c);
    struct shape s = shape_of(&frame, c);
    struct canvas_ink ink = {.colour = c->colour};
    if (photo)
        ink = ink_photo(photo, &frame);
    paint_shape(p, &frame, &s, &ink);
}
