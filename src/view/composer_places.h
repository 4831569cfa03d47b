#ifndef VIEW_COMPOSER_PLACES_H
#define VIEW_COMPOSER_PLACES_H

#include <stdbool.h>

#include "view/draw.h"
#include "view/theme.h"

/*
 * Where everything stands while a post-it is written, for one panel.
 *
 * Hands do not grow with the panel. Where its size is known, keys are as far
 * apart as fingers want them, and on a large panel everything gathers around
 * the keyboard in one column; the post-it takes what is left. Where it is not
 * known, all of it fills the panel as it was drawn.
 */

// Centres of neighbouring keys are 16 to 19 mm apart where the panel allows.
// Frames that watch for fingers on a television are 5 mm out: there it is more.
#define KEY_LEAST_MM 16
#define KEY_MM 19
#define KEY_ON_WALL_MM 24
#define CONTROL_LEAST_MM 12
#define MAIN_LEAST_MM 16

struct composer_places {
    float unit; // pixels for one of the drawing, as theme.unit
    struct rect cancel, post; // buttons, as drawn
    struct rect chips;        // all of them
    int chip_h, chip_gap;     // chips of one row, and between rows
    struct rect swatches, paper, side;
    struct rect about; // what is being answered; empty: no room for it
    struct rect keyboard;
    int key_pitch_px; // at most; 0: as the box allows
    int chip_px;      // letters
    bool has_all_chips; // else one that goes on to the next
    bool has_digits;

    // Least sides of what is touched, of which less may be drawn; 0: unknown.
    int control_px, main_px;
};

void composer_places_make(struct composer_places *p, const struct theme *t);

/* `design_px` of the drawing, at least 1. */
int composer_places_px(const struct composer_places *p, float design_px);

/* What to touch of a thing drawn there: at least `least_px` each way, and
   never beyond the panel. */
struct rect composer_places_reach(const struct theme *t, struct rect drawn,
                                  int least_px);

#endif
