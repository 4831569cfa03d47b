#ifndef VIEW_POSTIT_H
#define VIEW_POSTIT_H

#include "core/board.h"
#include "view/sheet.h"

/*
 * One post-it: paper that leans a little, the same way every time, what is
 * written on it, and who wrote it. Its sort is always said in words, never in
 * colour alone.
 */

/* The lean that belongs to this id, -1.4 to 1.4 degrees. */
float postit_lean(const char *id);

uint32_t postit_paper(enum postit_colour colour);

/* Shadow and paper; everything drawn until draw_straight leans with it. */
void postit_begin(struct sheet *s, struct rect box, float lean,
                  uint32_t paper);

/* What is written on it: its text, led by its sort unless it is an idea or
   the text says so itself. Lives in the frame. */
const char *postit_words(struct sheet *s, const struct item *item);

/* Its words, measured once, for asking how large a post-it they need. */
const struct fit_pieces *postit_measure(struct sheet *s,
                                        const struct item *item);

/* Whether all of it can be read at the floor size in a post-it of w × h. */
bool postit_would_hold(const struct sheet *s, const struct fit_pieces *words,
                       int w, int h);

enum postit_corner { // what stands at its lower right
    POSTIT_CORNER_TALLY,
    POSTIT_CORNER_DAY,
};

/* The largest size for its words in a post-it of w × h. */
int postit_px(struct sheet *s, const struct item *item, int w, int h);

/* Its back when it is face-down. `most_px`: no larger than that, so that neighbours look written by the same
   hand; 0 for as large as it goes. */
void postit_draw(struct sheet *s, const struct item *item, struct rect box,
                 enum postit_corner corner, int most_px);

#endif
