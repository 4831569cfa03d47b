#ifndef VIEW_TOUCH_H
#define VIEW_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One finger's journey, and what it meant. Pure. One gesture at a time: a
 * second finger cancels nothing and starts nothing.
 *
 * Touches are believed: every finger's DOWN is followed by its UP or CANCEL,
 * and what is no finger never comes here (sdl/fingers sees to that). Whoever
 * stops handing touches on while a finger is down zeroes the tracker.
 */

enum touch_phase {
    TOUCH_DOWN,
    TOUCH_MOVE,
    TOUCH_UP,
    TOUCH_CANCEL,
};

struct touch {
    enum touch_phase phase;
    int64_t finger; // from 1, never the same again; the mouse is always -1
    int x, y;       // logical pixels
    int64_t at_ms;  // of the device's clock: only differences count
};

enum gesture {
    GESTURE_NONE,
    GESTURE_TAP,         // on DOWN's place, released near it
    GESTURE_SWIPE_LEFT,  // towards the next slide
    GESTURE_SWIPE_RIGHT, // towards the one before
    GESTURE_HOLD,        // on DOWN's place for 0.7 s, and still there
};

/* Zero is valid: no finger. */
struct touch_tracker {
    bool is_down;
    bool has_strayed; // too far to be a hold
    int64_t finger;
    int down_x, down_y; // of the latest gesture, until the next DOWN
    int64_t down_ms;    // monotonic
    bool has_tapped;
    struct touch tap; // the UP of the tap before
};

/*
 * `swipe_px`: how far sideways makes a swipe; a third of it is the slop within
 * which a finger counts as still. `now_ms`: monotonic. A tap within 150 ms of
 * the tap before and near it is the panel's bounce and means nothing; a mouse
 * does not bounce.
 */
enum gesture touch_track(struct touch_tracker *t, const struct touch *touch,
                         int swipe_px, int64_t now_ms);

/* GESTURE_HOLD once when it is due, at `down_x`, `down_y`; the rest of that
   finger's journey means nothing. Else GESTURE_NONE. */
enum gesture touch_tick(struct touch_tracker *t, int64_t now_ms);

/* When a hold is due, monotonic; INT64_MAX for never. */
int64_t touch_due_ms(const struct touch_tracker *t);

#endif
