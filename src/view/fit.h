#ifndef VIEW_FIT_H
#define VIEW_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "view/ruler.h"

/*
 * Text into boxes: line breaks, sizes, pages.
 *
 * A text is measured once, piece by piece between the places where a line may
 * break (UAX #14); after that every size is arithmetic, so trying twenty costs
 * no more than one. Lines are balanced: no line is longer than it must be for
 * their number, which leaves no lonely last word. A word wider than the box is
 * cut between letters, at the smallest size only.
 */

struct fit_box {
    enum font font;
    int w, h;           // pixels
    int min_px, max_px; // sizes to try; min wins where max is below it
    float line_height;  // in ems: 1.1 for display, 1.3 for text
};

struct fit_line {
    size_t at, len; // bytes of the text, without the white space at the end
    int width_px;
};

struct fit {
    enum font font;
    int size_px;
    int line_px; // from baseline to baseline
    int width_px; // of the widest line
    struct fit_line *lines; // in the arena
    int line_count;
    bool is_whole; // all of the text is in lines: it fits
};

/* The height its lines take. */
int fit_height(const struct fit *f);

/*
 * The largest size at which all of the text fits the box. When even min_px
 * is too large, as many lines at min_px as fit, and is_whole is false.
 * Everything lives in `arena`.
 */
struct fit fit_text(const struct ruler *ruler, struct arena *arena,
                    const char *text, size_t len, const struct fit_box *box);

/* A text measured once, for asking about many boxes. In the arena. */
struct fit_pieces;
const struct fit_pieces *fit_measure(const struct ruler *ruler,
                                     struct arena *arena, enum font font,
                                     const char *text, size_t len);

/* Whether all of it fits the box at min_px. Never true where it does not; a
   word wider than the box may make it false where it just would. */
bool fit_would_hold(const struct fit_pieces *pieces,
                    const struct fit_box *box);

/* One line at one size, cut with "…" when it is wider than the box: the text
   to draw is then in `*shown`. */
struct fit fit_one_line(const struct ruler *ruler, struct arena *arena,
                        const char *text, int size_px, enum font font,
                        int most_w, const char **shown);

/*
 * The text itself where it fits the box at min_px; else as many whole words
 * as do, with "…". In the arena or the text's own bytes.
 */
const char *fit_shortened(const struct ruler *ruler, struct arena *arena,
                          const char *text, const struct fit_box *box,
                          bool *is_cut);

/* `px`, or the largest size below it at which the words stand in one line. */
int fit_width_px(const struct ruler *ruler, enum font font, const char *text,
                 int px, int most_w);

struct fit_page {
    size_t at, len;
};

#define FIT_PAGES_MAX 12

/*
 * Cuts a text into pages that each fit the box at min_px, at sentence ends
 * where there are any, else between lines. Returns how many, at least 1; what
 * is beyond FIT_PAGES_MAX is left out and `*all_fit` false.
 */
int fit_pages(const struct ruler *ruler, struct arena *arena, const char *text,
              size_t len, const struct fit_box *box,
              struct fit_page pages[FIT_PAGES_MAX], bool *all_fit);

/* The largest size that suits every one of these pages. */
int fit_common_px(const struct ruler *ruler, struct arena *arena,
                  const char *text, const struct fit_page *pages, int count,
                  const struct fit_box *box);

#endif
