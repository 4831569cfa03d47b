#ifndef SDL_CANVAS_BOX_H
#define SDL_CANVAS_BOX_H

#include "sdl/canvas_part.h"
#include "sdl/photos.h"

/*
 * Boxes with rounded corners and smooth edges, straight or leaning, filled
 * with a colour or a photo. Only edges are anti-aliased; what lies inside is
 * painted row by row.
 */

void box_paint(const struct canvas_part *p, const struct draw_command *c);

/* Cropped to cover the box; NULL for a photo that is not there (yet) leaves a
   plain box of the command's colour. */
void image_paint(const struct canvas_part *p, const struct draw_command *c,
                 const struct photo *photo);

void ring_paint(const struct canvas_part *p, const struct draw_command *c);

#endif
