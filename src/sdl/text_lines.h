#ifndef SDL_TEXT_LINES_H
#define SDL_TEXT_LINES_H

#include <stddef.h>
#include <stdint.h>

#include "sdl/fonts.h"

/*
 * Lines of text as finished coverage, for the canvas. UI thread. The lines
 * drawn most recently are kept, within a budget: a slide that comes round
 * again is not set from letters again.
 */

struct text_lines;

struct text_line {
    int w, h; // of the coverage
    int left; // from the line's start to the coverage's first column
    int top;  // from the baseline to its first row; mostly negative
    // Rows of w bytes, 0 nothing to 255 full. The outermost rows and columns
    // are always 0, so that it can be sampled between pixels.
    const uint8_t *coverage;
};

struct text_lines *text_lines_new(struct fonts *fonts, size_t budget_bytes);
void text_lines_free(struct text_lines *t);

/* NULL when there is nothing to see. Borrowed until the next call. */
const struct text_line *
text_lines_get(struct text_lines *t, enum font role, int size_px,
               const char *text, size_t len);

#endif
