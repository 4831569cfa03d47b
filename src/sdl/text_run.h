#ifndef SDL_TEXT_RUN_H
#define SDL_TEXT_RUN_H

#include <stddef.h>

#include "sdl/fonts.h"
#include "view/ruler.h"

/*
 * One line of text as runs that SDL_ttf can draw: each in one face, one script
 * and one direction, in the order they stand on the line (UAX #9, by FriBidi).
 * SDL_ttf itself has neither fallback fonts nor bidi.
 */

struct text_run {
    size_t at, len; // bytes of the line
    int face;       // for fonts_at
    char script[5]; // ISO 15924
    bool is_right_to_left;
};

#define TEXT_RUNS_MAX 256

/* What a line has beyond this many bytes is not drawn: SDL_ttf keeps copies
   of its text on the stack, and no screen is that wide. */
#define TEXT_LINE_MAX ((size_t) 2048)

/*
 * Cuts the line into runs, in visual order from the left. Returns how many;
 * what would be more than TEXT_RUNS_MAX is joined to the last.
 */
int text_runs(struct fonts *f, enum font role, const char *text, size_t len,
              struct text_run runs[TEXT_RUNS_MAX]);

/* Whether it has letters that run right to left. */
bool text_is_bidi(const char *text, size_t len);

/* Tells the face which script and direction the run is in; to be called
   before the run is measured or drawn. */
void text_run_set(TTF_Font *font, const struct text_run *run);

/* How far the run moves the pen, in ems of the role's size. */
float text_run_em(struct fonts *f, enum font role, const char *text,
                  const struct text_run *run);

/* A ruler over these fonts. It keeps widths of words it has measured. */
struct ruler text_ruler(struct fonts *f);

#endif
