#ifndef VIEW_THEME_H
#define VIEW_THEME_H

#include <stdbool.h>

#include "view/draw.h"
#include "view/ruler.h"

/*
 * Sizes and places for one panel: where things are and how large letters must
 * be for the people who stand before it. Computed once a panel; immutable.
 */

struct panel {
    int w, h;               // logical pixels, after turning
    double diagonal_in;     // 0: not known, then 43
    double distance_m;      // 0: 3 m, or 0.8 m for a diagonal under 16 inch
    bool has_touch;
    bool has_handwriting;   // post-its in FONT_HAND, else in FONT_STRONG
};

enum layout {
    LAYOUT_WIDE,  // side by side
    LAYOUT_TALL,  // stacked
    LAYOUT_SMALL, // under 900 pixels wide: side by side, fewer words around
};

struct theme {
    enum layout layout;
    int w, h;
    bool has_touch;
    float unit;      // pixels for one pixel of the drawing it was designed on
    float type;      // the same for letters; at least unit
    float px_per_mm;     // a guess unless is_size_known
    bool is_size_known;  // the panel's diagonal came from settings or screen

    // Floors, as heights of a capital letter, in pixels.
    float read_cap_px;   // meant to be read across the room: 22 arc minutes
    float second_cap_px; // secondary lines: 16 arc minutes

    int margin;
    struct rect header;  // title left, date and clock right
    struct rect content; // between header and footer
    struct rect footer;  // position left, button right

    int title_px, clock_px, date_px; // header sizes
    int kicker_px;
    int button_px;
    int sentence_max_px; // Fraunces, purpose and question
    int text_max_px;     // what is read as text
    int detail_max_px;   // secondary lines
    int touch_px;        // least height of something to touch: 12 mm

    int radius;        // cards
    int postit_radius;
    int gap;           // between cards

    enum font hand;    // what post-its are written in
    const struct ruler *ruler; // borrowed
};

void theme_make(struct theme *t, const struct panel *panel,
                const struct ruler *ruler);

/* `design_px` of the drawing in this panel's pixels, at least 1. */
int theme_px(const struct theme *t, float design_px);

/* Millimetres in pixels, rounded up; 0 on a panel whose size is not known,
   where a wrong guess would make keys that no finger can hit. */
int theme_mm(const struct theme *t, float mm);

/* Font size whose capitals are at least `cap_px` high. */
int theme_size_for_cap(const struct theme *t, enum font font, float cap_px);

/* The same size at both: not below the floor, and `design_px` if larger. */
int theme_read_px(const struct theme *t, enum font font);
int theme_second_px(const struct theme *t, enum font font);

/* The largest box a photo is shown in: how large to decode it. */
void theme_photo_size(const struct theme *t, int *w, int *h);

#endif
