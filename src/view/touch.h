#ifndef VIEW_TOUCH_H
#define VIEW_TOUCH_H

#include <stdbool.h>
#include <stdint.h>

/*
 * One finger's journey, and what it meant. Pure; times are monotonic ms.
 * One gesture at a time: a second finger cancels nothing and starts nothing.
 */

enum touch_phase {
    TOUCH_DOWN,
    TOUCH_MOVE,
    TOUCH_UP,
    TOUCH_CANCEL,
};

struct touch {
    enum touch_phase phase;
    int64_t finger; // mouse: -1
    int x, y;       // logical pixels
    int64_t at_ms;  // of the device's clock: only differences count
};

enum gesture {
    GESTURE_NONE,
    GESTURE_TAP,         // on DOWN's place, released near it
    GESTURE_SWIPE_LEFT,  // towards the next slide
    GESTURE_SWIPE_RIGHT, // towards the one before
};

struct touch_tracker {
    bool is_down;
    int64_t finger;
    int down_x, down_y;
    int64_t down_ms;
    int64_t last_ms; // of the latest event of this finger
};

/*
 * `swipe_px`: how far sideways makes a swipe. A finger that sends nothing for
 * ten seconds is forgotten: its UP was lost. A tap lasts at least 30 ms of
 * contact (less is a spark, not a finger).
 */
enum gesture touch_track(struct touch_tracker *t, const struct touch *touch,
                         int swipe_px);

#endif
