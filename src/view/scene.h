#ifndef VIEW_SCENE_H
#define VIEW_SCENE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "core/board.h"
#include "core/qr.h"
#include "core/running_order.h"

/*
 * What is to be shown at one moment: all that a picture depends on. Borrowed
 * pointers, for the length of one drawing.
 */

struct wall_memo;

/* What somebody opened over the slide. */
enum scene_over {
    OVER_NOTHING,
    OVER_POSTIT, // one post-it, large
    OVER_THREAD, // a question or a meeting with all that was written for it
};

/* The hub of the settings; zero: there is none. */
struct scene_hub {
    const char *address; // NULL or "": none
    bool is_pairing;     // it does not know this screen
    bool was_removed;    // … any more
    bool was_revoked;    // … because somebody took it off
    const char *code;    // what to type there; "": it has said nothing yet
    const char *why;     // it cannot be reached, for a teacher; ""
    const char *detail;  // the line for IT
    // Where phones may go: while it is pairing, to the page there where this
    // screen is added; else to the one where post-its are written. NULL: none.
    const struct qr *qr;
};

/* What whoever sets a screen up wants to know while it has no board; zero:
   nothing to say. */
struct scene_setup {
    bool is_awaited;      // nothing says what to show: settings are waited for
    const char *mistake;  // in the settings: file, line and sentence; NULL, ""
    const char *misnamed; // a file that nobody reads for its name; NULL, ""
    const char *address;  // of this screen in its network; "" none yet; NULL
                          // nobody has looked
};

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
    struct scene_hub hub;
    struct scene_setup setup;

    enum scene_over over;
    const struct item *reading;     // POSTIT: the one; THREAD: what it is about
    const struct item *const *thread; // THREAD: the post-its
    int thread_count;
    // Of the item that is shown large, the idea's slide among them: what was
    // touched here a moment ago, and what may still be undone.
    bool has_thanked, is_trying, can_take_back, can_turn_back;

    bool is_for_visitors;   // nobody is to write or to read on
    const char *sought;     // id of the post-it whose page is asked for; NULL
    float left_to_fly;      // of its way to its place, 1 to 0: it hangs
    struct wall_memo *memo; // NULL: measure every time

    const char *said; // an answer to what somebody just did; NULL, ""

    const uint64_t *photos; // keys (hash_string of item.image) that are here
    int photo_count;

    bool is_held;      // somebody touched it
    float held_part;   // of the hold that is left, 0 to 1
    int shift_x, shift_y; // against burn-in, -2 to 2
};

#endif
