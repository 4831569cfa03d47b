#ifndef SDL_CANVAS_FRAME_H
#define SDL_CANVAS_FRAME_H

#include "sdl/canvas_part.h"

/*
 * A box that may lean, and its own coordinates: u to its right, v downwards,
 * (0, 0) its middle. Pixels count at their middles.
 */

struct canvas_frame {
    double cosine, sine; // of the lean, clockwise
    double x, y;         // the middle on the picture, after leaning
    double half_w, half_h;
};

struct canvas_row { // one row of pixels in the frame's coordinates
    double u, v;    // of the (imagined) pixel at x = 0
    double du, dv;  // a pixel to the right
};

/* The frame of a box that is part of something leaning as the command says. */
struct canvas_frame frame_of(struct rect box, const struct draw_command *c);

struct canvas_row frame_row(const struct canvas_frame *f, int y);

/*
 * The pixels x0 ≤ x < x1 of the row whose middles lie in the box grown by
 * `grow` on all sides; x1 ≤ x0 when there are none. Within `clip`.
 */
void frame_span(const struct canvas_frame *f, const struct canvas_row *row,
                double grow, struct rect clip, int *x0, int *x1);

/* Rows that may have pixels of the box grown by `grow`; within `clip`. */
void frame_rows(const struct canvas_frame *f, double grow, struct rect clip,
                int *y0, int *y1);

#endif
