#include "view/touch.h"

#include <stdlib.h>

#define HOLD_MS 700
#define BOUNCE_MS 150 // nobody taps twice so fast

static bool
is_near(int x, int y, int to_x, int to_y, int swipe_px)
{
    int slop_px = swipe_px / 3;
    return abs(x - to_x) <= slop_px && abs(y - to_y) <= slop_px;
}

static enum gesture
gesture_of(const struct touch_tracker *t, const struct touch *up, int swipe_px)
{
    int dx = up->x - t->down_x, dy = up->y - t->down_y;
    if (abs(dx) >= swipe_px && abs(dx) > 2 * abs(dy))
        return dx < 0 ? GESTURE_SWIPE_LEFT : GESTURE_SWIPE_RIGHT;
    if (abs(dx) >= swipe_px || abs(dy) >= swipe_px)
        return GESTURE_NONE; // slid off: cancelled
    return GESTURE_TAP;
}

static bool
is_bounce(const struct touch_tracker *t, const struct touch *up, int swipe_px)
{
    return t->has_tapped && up->finger >= 0 &&
           up->at_ms - t->tap.at_ms < BOUNCE_MS &&
           is_near(up->x, up->y, t->tap.x, t->tap.y, swipe_px);
}

static enum gesture
finish(struct touch_tracker *t, const struct touch *up, int swipe_px)
{
    enum gesture gesture = gesture_of(t, up, swipe_px);
    t->is_down = false;
    if (gesture != GESTURE_TAP)
        return gesture;
    if (is_bounce(t, up, swipe_px))
        gesture = GESTURE_NONE;
    t->has_tapped = up->finger >= 0;
    t->tap = *up;
    return gesture;
}

enum gesture
touch_track(struct touch_tracker *t, const struct touch *touch, int swipe_px,
            int64_t now_ms)
{
    bool is_ours = t->is_down && t->finger == touch->finger;
    switch (touch->phase) {
    case TOUCH_DOWN:
        if (t->is_down)
            return GESTURE_NONE; // one gesture at a time
        t->is_down = true;
        t->has_strayed = false;
        t->finger = touch->finger;
        t->down_x = touch->x;
        t->down_y = touch->y;
        t->down_ms = now_ms;
        return GESTURE_NONE;
    case TOUCH_MOVE:
        if (is_ours &&
            !is_near(touch->x, touch->y, t->down_x, t->down_y, swipe_px))
            t->has_strayed = true;
        return GESTURE_NONE;
    case TOUCH_UP:
        return is_ours ? finish(t, touch, swipe_px) : GESTURE_NONE;
    case TOUCH_CANCEL:
        if (is_ours)
            t->is_down = false;
        return GESTURE_NONE;
    }
    return GESTURE_NONE;
}

enum gesture
touch_tick(struct touch_tracker *t, int64_t now_ms)
{
    if (now_ms < touch_due_ms(t))
        return GESTURE_NONE;
    t->is_down = false; // its UP is no tap
    return GESTURE_HOLD;
}

int64_t
touch_due_ms(const struct touch_tracker *t)
{
    return t->is_down && !t->has_strayed ? t->down_ms + HOLD_MS : INT64_MAX;
}
