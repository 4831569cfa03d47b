// links: src/view/touch.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "view/touch.h"

#define SWIPE_PX 100

struct step {
    struct touch touch;
    enum gesture gesture;
};

static void
play(const struct step *steps, size_t count)
{
    struct touch_tracker t = {0};
    for (size_t i = 0; i < count; i++)
        assert_int_equal(touch_track(&t, &steps[i].touch, SWIPE_PX),
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
a_spark_is_no_finger_but_a_click_is_a_click(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_UP, 1, 50, 50, 1010}, GESTURE_NONE},
        {{TOUCH_DOWN, -1, 50, 50, 2000}, GESTURE_NONE},
        {{TOUCH_UP, -1, 50, 50, 2000}, GESTURE_TAP},
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
a_finger_whose_up_was_lost_is_forgotten(void **state)
{
    static const struct step steps[] = {
        {{TOUCH_DOWN, 1, 50, 50, 1000}, GESTURE_NONE},
        {{TOUCH_DOWN, 2, 60, 60, 12000}, GESTURE_NONE},
        {{TOUCH_UP, 2, 60, 60, 12100}, GESTURE_TAP},
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tap),
        cmocka_unit_test(swipes),
        cmocka_unit_test(a_spark_is_no_finger_but_a_click_is_a_click),
        cmocka_unit_test(a_second_finger_changes_nothing),
        cmocka_unit_test(a_finger_whose_up_was_lost_is_forgotten),
        cmocka_unit_test(a_cancelled_touch_means_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
