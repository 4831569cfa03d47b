#include "view/touch.h"

#include <stdlib.h>

#define FORGOTTEN_MS 10000 // its UP was lost: SYN_DROPPED, unplugged panel
#define SPARK_MS 30        // less contact than this is no finger

static enum gesture
gesture_of(const struct touch_tracker *t, const struct touch *up, int swipe_px)
{
    int dx = up->x - t->down_x, dy = up->y - t->down_y;
    bool is_mouse = up->finger < 0;
    if (abs(dx) >= swipe_px && abs(dx) > 2 * abs(dy))
        return dx < 0 ? GESTURE_SWIPE_LEFT : GESTURE_SWIPE_RIGHT;
    if (abs(dx) >= swipe_px || abs(dy) >= swipe_px)
        return GESTURE_NONE; // slid off: cancelled
    if (!is_mouse && up->at_ms - t->down_ms < SPARK_MS)
        return GESTURE_NONE;
    return GESTURE_TAP;
}

enum gesture
touch_track(struct touch_tracker *t, const struct touch *touch, int swipe_px)
{
    if (t->is_down && touch->at_ms - t->last_ms > FORGOTTEN_MS)
        t->is_down = false;

    switch (touch->phase) {
    case TOUCH_DOWN:
        if (t->is_down)
            return GESTURE_NONE; // one gesture at a time
        *t = (struct touch_tracker){
            .is_down = true,
            .finger = touch->finger,
            .down_x = touch->x,
            .down_y = touch->y,
            .down_ms = touch->at_ms,
            .last_ms = touch->at_ms,
        };
        return GESTURE_NONE;
    case TOUCH_MOVE:
        if (t->is_down && t->finger == touch->finger)
            t->last_ms = touch->at_ms;
        return GESTURE_NONE;
    case TOUCH_UP:
        if (!t->is_down || t->finger != touch->finger)
            return GESTURE_NONE;
        t->is_down = false;
        return gesture_of(t, touch, swipe_px);
    case TOUCH_CANCEL:
        t->is_down = false;
        return GESTURE_NONE;
    }
    return GESTURE_NONE;
}
