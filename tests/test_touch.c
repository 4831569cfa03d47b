// links: src/view/touch.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/touch.h"

#define SWIPE_PX 100

// The show's clock and the panel's have nothing to do with each other.
#define SHOW_MS 5000000

struct step {
    struct touch touch;
    enum gesture gesture;
};

static void
play(const struct step *steps, size_t count)
{
    struct touch_tracker t = {0};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(touch_track(&t, &steps[i].touch, SWIPE_PX,
                                     SHOW_MS + steps[i].touch.at_ms),
                         steps[i].gesture);
}
#define PLAY(steps) play(steps, sizeof steps / sizeof steps[0])

static void
a_tap(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_UP, 1, 55, 48, 1100}, GESTURE_TAP},
        {{TOUCH_UP, 1, 55, 48, 1200}, GESTURE_NONE}, // said twice
    };
    (void) state;
    PLAY(steps);
}

static void
swipes(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 300, 50, 1000}, GESTURE_NONE},
        {{TOUCH_MOVE, 1, 200, 50, 1050}, GESTURE_NONE},
        {{TOUCH_UP, 1, 150, 60, 1100}, GESTURE_SWIPE_LEFT},
        {{TOUCH_DOWN, 2, 50, 50, 2000}, GESTURE_NONE},
        {{TOUCH_UP, 2, 250, 40, 2100}, GESTURE_SWIPE_RIGHT},
        {{TOUCH_DOWN, 3, 50, 50, 3000}, GESTURE_NONE},
        {{TOUCH_UP, 3, 200, 200, 3100}, GESTURE_NONE}, // neither way
    };
    (void) state;
    PLAY(steps);
}

static void
a_second_finger_changes_nothing(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_DOWN, 2, 300, 50, 1010}, GESTURE_NONE},
        {{TOUCH_UP, 2, 50, 50, 1100}, GESTURE_NONE},
        {{TOUCH_UP, 1, 50, 50, 1200}, GESTURE_TAP},
    };
    (void) state;
    PLAY(steps);
}

static void
a_cancelled_touch_means_nothing(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_CANCEL, 1, 50, 50, 1010}, GESTURE_NONE},
        {{TOUCH_UP, 1, 50, 50, 1100}, GESTURE_NONE},
    };
    (void) state;
    PLAY(steps);
}

static void
another_fingers_end_changes_nothing(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_DOWN, 2, 300, 50, 1010}, GESTURE_NONE},
        {{TOUCH_CANCEL, 2, 300, 50, 1050}, GESTURE_NONE},
        {{TOUCH_UP, 1, 50, 50, 1100}, GESTURE_TAP},
    };
    (void) state;
    PLAY(steps);
}

static void
a_bounce_is_no_second_tap(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 20, 20, 0}, GESTURE_NONE},
        {{TOUCH_UP, 1, 20, 20, 60}, GESTURE_TAP}, // the first there ever was
        {{TOUCH_DOWN, 2, 42, 20, 80}, GESTURE_NONE},
        {{TOUCH_UP, 2, 42, 20, 120}, GESTURE_NONE}, // the bounce
        {{TOUCH_DOWN, 3, 50, 50, 200}, GESTURE_NONE},
        {{TOUCH_UP, 3, 50, 50, 269}, GESTURE_NONE}, // its own bounce
        {{TOUCH_DOWN, 4, 50, 50, 350}, GESTURE_NONE},
        {{TOUCH_UP, 4, 50, 50, 419}, GESTURE_TAP}, // 150 ms later
        {{TOUCH_DOWN, 5, 84, 50, 450}, GESTURE_NONE},
        {{TOUCH_UP, 5, 84, 50, 500}, GESTURE_TAP}, // elsewhere
        {{TOUCH_DOWN, 6, 84, 50, 510}, GESTURE_NONE},
        {{TOUCH_UP, 6, 230, 50, 560}, GESTURE_SWIPE_RIGHT}, // no tap
    };
    (void) state;
    PLAY(steps);
}

static void
a_mouse_does_not_bounce(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, -1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_UP, -1, 50, 50, 1000}, GESTURE_TAP},
        {{TOUCH_DOWN, -1, 50, 50, 1040}, GESTURE_NONE},
        {{TOUCH_UP, -1, 50, 50, 1040}, GESTURE_TAP},
        {{TOUCH_DOWN, 1, 50, 50, 1060}, GESTURE_NONE},
        {{TOUCH_UP, 1, 50, 50, 1100}, GESTURE_TAP}, // nor into a finger
        {{TOUCH_DOWN, -1, 50, 50, 1120}, GESTURE_NONE},
        {{TOUCH_UP, -1, 50, 50, 1120}, GESTURE_TAP}, // nor out of one
    };
    (void) state;
    PLAY(steps);
}

static enum gesture
track(struct touch_tracker *t, enum touch_phase phase, int64_t finger, int x,
      int y, int64_t now_ms)
{
    struct touch touch = {phase, finger, x, y, now_ms - SHOW_MS};
    return touch_track(t, &touch, SWIPE_PX, now_ms);
}

static void
a_still_finger_is_a_hold_once(void **state)
{
    struct touch_tracker t = {0};
    (void) state;
    assert_true(touch_due_ms(&t) == INT64_MAX);
    assert_int_equal(touch_tick(&t, SHOW_MS), GESTURE_NONE);

    track(&t, TOUCH_DOWN, 1, 200, 300, SHOW_MS);
    assert_true(touch_due_ms(&t) == SHOW_MS + 700);
    track(&t, TOUCH_MOVE, 1, 233, 267, SHOW_MS + 300); // trembling
    assert_int_equal(touch_tick(&t, SHOW_MS + 699), GESTURE_NONE);
    assert_int_equal(touch_tick(&t, SHOW_MS + 700), GESTURE_HOLD);
    assert_int_equal(t.down_x, 200);
    assert_int_equal(t.down_y, 300);
    assert_true(touch_due_ms(&t) == INT64_MAX);
    assert_int_equal(touch_tick(&t, SHOW_MS + 1400), GESTURE_NONE);
    assert_int_equal(track(&t, TOUCH_MOVE, 1, 500, 300, SHOW_MS + 1500),
                     GESTURE_NONE);
    assert_int_equal(track(&t, TOUCH_UP, 1, 500, 300, SHOW_MS + 1600),
                     GESTURE_NONE);

    track(&t, TOUCH_DOWN, 2, 200, 300, SHOW_MS + 2000);
    assert_int_equal(track(&t, TOUCH_UP, 2, 200, 300, SHOW_MS + 2100),
                     GESTURE_TAP);
    assert_true(touch_due_ms(&t) == INT64_MAX);
}

static void
a_finger_that_strayed_holds_nothing(void **state)
{
    struct touch_tracker t = {0};
    (void) state;
    track(&t, TOUCH_DOWN, 1, 200, 300, SHOW_MS);
    track(&t, TOUCH_MOVE, 1, 200, 334, SHOW_MS + 100);
    track(&t, TOUCH_MOVE, 1, 200, 300, SHOW_MS + 200); // coming back is late
    assert_true(touch_due_ms(&t) == INT64_MAX);
    assert_int_equal(touch_tick(&t, SHOW_MS + 900), GESTURE_NONE);
    assert_int_equal(track(&t, TOUCH_UP, 1, 200, 300, SHOW_MS + 1000),
                     GESTURE_TAP);

    track(&t, TOUCH_DOWN, 2, 200, 300, SHOW_MS + 2000);
    track(&t, TOUCH_MOVE, 3, 900, 300, SHOW_MS + 2100); // not its own way
    assert_true(touch_due_ms(&t) == SHOW_MS + 2700);
    track(&t, TOUCH_CANCEL, 2, 200, 300, SHOW_MS + 2200);
    assert_int_equal(touch_tick(&t, SHOW_MS + 2900), GESTURE_NONE);

    track(&t, TOUCH_DOWN, 4, 200, 300, SHOW_MS + 4000);
    assert_int_equal(touch_tick(&t, SHOW_MS + 4700), GESTURE_HOLD);
}

/* Whoever was too busy to ask in time hears of a tap, as it may have been. */
static void
an_up_comes_before_a_hold_nobody_asked_for(void **state)
{
    struct touch_tracker t = {0};
    (void) state;
    track(&t, TOUCH_DOWN, 1, 200, 300, SHOW_MS);
    assert_int_equal(track(&t, TOUCH_UP, 1, 200, 300, SHOW_MS + 4000),
                     GESTURE_TAP);
    assert_int_equal(touch_tick(&t, SHOW_MS + 4000), GESTURE_NONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tap),
        cmocka_unit_test(swipes),
        cmocka_unit_test(a_second_finger_changes_nothing),
        cmocka_unit_test(another_fingers_end_changes_nothing),
        cmocka_unit_test(a_cancelled_touch_means_nothing),
        cmocka_unit_test(a_bounce_is_no_second_tap),
        cmocka_unit_test(a_mouse_does_not_bounce),
        cmocka_unit_test(a_still_finger_is_a_hold_once),
        cmocka_unit_test(a_finger_that_strayed_holds_nothing),
        cmocka_unit_test(an_up_comes_before_a_hold_nobody_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
