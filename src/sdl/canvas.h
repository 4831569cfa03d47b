#ifndef SDL_CANVAS_H
#define SDL_CANVAS_H

#include <SDL2/SDL.h>

#include "sdl/fonts.h"
#include "sdl/photos.h"
#include "view/draw.h"

/*
 * Paints a draw list into a 32-bit picture in ordinary memory: the same bytes
 * on every machine, on the wall, in --render and in the goldens. UI thread.
 *
 * The list is in logical pixels as a reader sees them; `turn` degrees (0, 90,
 * 180, 270, clockwise) is how the panel's top is turned against them, so a
 * picture for turn 90 or 270 is h × w for a list of w × h. Leaning text is
 * drawn by rotating the glyphs' coverage; straight text is copied.
 */

struct canvas;

/* Borrows both for its whole life. */
struct canvas *canvas_new(struct fonts *fonts, struct photos *photos);
void canvas_free(struct canvas *c);

/*
 * Paints the part of the list that lies in `part` (logical pixels), and
 * nothing outside it. The picture is SDL_PIXELFORMAT_XRGB8888 or ARGB8888;
 * its alpha bytes end as 255. The list's first command is expected to cover
 * everything: nothing is cleared first.
 */
void canvas_paint(struct canvas *c, SDL_Surface *picture,
                  const struct draw_list *list, struct rect part, int turn);

/* Logical rectangle to the picture's pixels, and a touch the other way. */
struct rect canvas_turned(struct rect r, int list_w, int list_h, int turn);
void canvas_unturned(float panel_x, float panel_y, int turn, float *x,
                      float *y); // both 0..1

#endif
