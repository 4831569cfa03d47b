#ifndef KIOSK_PAINTER_H
#define KIOSK_PAINTER_H

#include <stdbool.h>
#include <stdint.h>

#include "kiosk/program.h"
#include "kiosk/show.h"
#include "sdl/canvas.h"
#include "sdl/glass.h"

/*
 * Brings what the show draws onto the glass: only what changed, and a new slide
 * with a fade where there is memory for two pictures and nobody minds. UI
 * thread.
 */

struct painter {
    struct glass *glass;   // borrowed, as is
    struct canvas *canvas;
    int rotate;            // clockwise degrees
    int fade_ms;           // 0: slides change at once
    bool is_all_new;       // the whole picture has to be painted
    bool is_ahead;         // … and has been, but could not be shown yet
    bool is_fading;
    int64_t fade_end_ms;   // real time
};

/* The first picture is painted whole. */
void painter_open(struct painter *p, const struct program *program,
                  struct glass *glass, struct canvas *canvas);

/* Paints the first picture before there is a window to show it in. */
void painter_paint_ahead(struct painter *p, const struct draw_list *list);

/* `part` of `list` has changed in that way. */
void painter_bring(struct painter *p, const struct draw_list *list,
                   enum show_change change, struct rect part);

/* One frame of the fade; in how many milliseconds the next is due. */
int painter_step(struct painter *p);

/* What comes next is shown at once. */
void painter_end_fade(struct painter *p);

/* What comes next is painted whole: the picture is another, or another's. */
void painter_begin_anew(struct painter *p);

#endif
