#ifndef VIEW_RULER_H
#define VIEW_RULER_H

#include <stddef.h>

#include "view/draw.h"

/*
 * How wide letters are. Handed to the view by whoever has fonts, so that every
 * slide can be laid out, and tested, without any.
 *
 * Everything is in ems: multiply by the size in pixels. Widths scale in
 * proportion (glyphs are not hinted horizontally), so one measurement serves
 * every size a layout tries.
 */

struct font_shape {  // fractions of an em
    float ascent;    // baseline up to the line box's top
    float descent;   // baseline down to its bottom, positive
    float cap;       // height of H
};

struct ruler {
    void *data;

    /* Width of one line as it would be painted, fallback fonts included. */
    float (*width_em)(void *data, enum font font, const char *text,
                      size_t len);

    struct font_shape (*shape)(void *data, enum font font);
};

#endif
