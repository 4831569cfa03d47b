#ifndef VIEW_SCENE_H
#define VIEW_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "core/board.h"
#include "core/running_order.h"

/*
 * What is to be shown at one moment: all that a picture depends on. Borrowed
 * pointers, for the length of one drawing.
 */

struct scene {
    const struct board *board;         // NULL: there is none yet
    const struct running_order *order; // of that board; may be empty
    int slide;                         // index into order
    int page;                          // of that slide, from 0
    struct now now;
    const struct zone *zone; // of the board, else the machine's

    // How the feed is. good_s: when it last answered well, 0 never.
    bool is_stale;      // older than twice its interval
    int64_t good_s;
    const char *why;    // no board: what is wrong, for a teacher; "" waiting
    const char *detail; // no board: the line for IT; ""

    const char *said; // an answer to what somebody just did; NULL, ""

    const uint64_t *photos; // keys (hash_string of item.image) that are here
    int photo_count;

    bool is_held;      // somebody touched it
    float held_part;   // of the hold that is left, 0 to 1
    int shift_x, shift_y; // against burn-in, -2 to 2
};

#endif
