#ifndef SDL_CANVAS_INK_H
#define SDL_CANVAS_INK_H

#include "sdl/canvas_frame.h"
#include "sdl/photos.h"

/*
 * What a shape is filled with: a colour, or a photo laid out over a frame.
 */

struct canvas_ink {
    uint32_t colour;
    const struct photo *photo;        // NULL: the colour. Borrowed
    const struct canvas_frame *frame; // of the photo. Borrowed
    double scale;                     // photo pixels a picture pixel
    double middle_x, middle_y; // where on the photo the frame's middle lies
};

/* A photo that covers the frame, its middle in the frame's middle. */
struct canvas_ink
ink_photo(const struct photo *photo, const struct canvas_frame *frame);

/* Full coverage from x0 up to, not including, x1. */
void ink_row(const struct canvas_part *p, const struct canvas_ink *ink, int y,
             int x0, int x1);

void ink_dot(const struct canvas_part *p, const struct canvas_ink *ink, int x,
             int y, uint32_t coverage);

#endif
