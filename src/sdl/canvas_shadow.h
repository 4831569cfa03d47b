#ifndef SDL_CANVAS_SHADOW_H
#define SDL_CANVAS_SHADOW_H

#include "sdl/canvas_part.h"

/*
 * Soft shadows. `cover` is a box that will be painted over the shadow next and
 * lets nothing through, or NULL: what it hides is not painted at all.
 */
void shadow_paint(const struct canvas_part *p, const struct draw_command *c,
                  const struct draw_command *cover);

#endif
