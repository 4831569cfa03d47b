#ifndef SDL_CANVAS_TEXT_H
#define SDL_CANVAS_TEXT_H

#include "sdl/canvas_part.h"
#include "sdl/text_lines.h"

/* A finished line in the command's colour: copied where it stands straight,
   sampled between its pixels where it leans. */
void text_paint(const struct canvas_part *p, const struct draw_command *c,
                const struct text_line *line);

#endif
