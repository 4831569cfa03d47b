#include "sdl/canvas_frame.h"

#include <math.h>

#define PI 3.14159265358979323846

/*
 * Sine and cosine by their series: libm picks its code by the processor and
 * need not agree with itself to the last bit, and a picture has to be the
 * same bytes on every machine. Exact to double precision up to half a turn.
 */
static void
turn_of(double degrees, double *cosine, double *sine)
{
    double angle = degrees * PI / 180, term = 1;
    *cosine = 0;
    *sine = 0;
    for (int i = 0; i < 28; i += 2) {
        *cosine += i % 4 ? -term : term;
        term *= angle / (i + 1);
        *sine += i % 4 ? -term : term;
        term *= angle / (i + 2);
    }
}

struct canvas_frame
frame_of(struct rect box, const struct draw_command *c)
{
    struct canvas_frame f = {
        .cosine = 1,
        .half_w = box.w / 2.0,
        .half_h = box.h / 2.0,
    };
    f.x = box.x + f.half_w;
    f.y = box.y + f.half_h;
    if (c->lean == 0)
        return f;
    turn_of((double) c->lean, &f.cosine, &f.sine);
    double x = f.x - c->pivot_x, y = f.y - c->pivot_y;
    f.x = c->pivot_x + x * f.cosine - y * f.sine;
    f.y = c->pivot_y + x * f.sine + y * f.cosine;
    return f;
}

struct canvas_row
frame_row(const struct canvas_frame *f, int y)
{
    double right = 0.5 - f->x, down = y + 0.5 - f->y;
    return (struct canvas_row){
        .u = right * f->cosine + down * f->sine,
        .v = -right * f->sine + down * f->cosine,
        .du = f->cosine,
        .dv = -f->sine,
    };
}

/* Narrows low ≤ x ≤ high to where |at + x × step| ≤ limit. */
static void
narrow(double at, double step, double limit, double *low, double *high)
{
    if (fabs(step) < 1e-9) {
        if (fabs(at) > limit)
            *high = *low - 1;
        return;
    }
    double a = (-limit - at) / step, b = (limit - at) / step;
    double first = a < b ? a : b, last = a < b ? b : a;
    if (first > *low)
        *low = first;
    if (last < *high)
        *high = last;
}

void
frame_span(const struct canvas_frame *f, const struct canvas_row *row,
           double grow, struct rect clip, int *x0, int *x1)
{
    double low = clip.x, high = clip.x + clip.w - 1;
    narrow(row->u, row->du, f->half_w + grow, &low, &high);
    narrow(row->v, row->dv, f->half_h + grow, &low, &high);
    *x0 = (int) ceil(low);
    *x1 = high < low ? *x0 : (int) floor(high) + 1;
}

void
frame_rows(const struct canvas_frame *f, double grow, struct rect clip, int *y0,
           int *y1)
{
    double reach = (f->half_w + grow) * fabs(f->sine) +
                   (f->half_h + grow) * fabs(f->cosine);
    int first = (int) floor(f->y - reach) - 1;
    int last = (int) ceil(f->y + reach) + 1;
    *y0 = first > clip.y ? first : clip.y;
    *y1 = last < clip.y + clip.h ? last : clip.y + clip.h;
}
