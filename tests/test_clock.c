// links: src/base/clock.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"

#define NOW_S (CLOCK_BUILT_AFTER_S + INT64_C(30) * 86400)

/* A machine with these in its /sys; rtc_s -1: no clock of its own. */
static bool
has_battery(bool is_pi, int64_t rtc_s)
{
    char root[] = "/tmp/staffroom-clock-XXXXXX", command[512];
    assert_non_null(mkdtemp(root));
    snprintf(command, sizeof command, "mkdir -p %s/sys/%s %s/sys/class/rtc",
             root, is_pi ? "firmware/devicetree/base" : "firmware/acpi", root);
    assert_int_equal(system(command), 0);
    if (rtc_s >= 0) {
        snprintf(command, sizeof command,
                 "mkdir %s/sys/class/rtc/rtc0 && "
                 "echo %" PRId64 " >%s/sys/class/rtc/rtc0/since_epoch",
                 root, rtc_s, root);
        assert_int_equal(system(command), 0);
    }
    bool has = clock_has_battery(root, NOW_S);
    snprintf(command, sizeof command, "rm -r %s", root);
    assert_int_equal(system(command), 0);
    return has;
}

static void
a_pi_without_a_battery_is_not_believed(void **state)
{
    (void) state;
    assert_false(has_battery(true, -1));
    assert_false(has_battery(true, 0));   // a Pi 5 wakes in 1970
    assert_false(has_battery(true, 212)); // … and counts from there
    assert_false(has_battery(true, NOW_S - 86400));
    assert_false(has_battery(true, NOW_S + 86400));
}

static void
a_battery_is_believed_where_it_agrees(void **state)
{
    (void) state;
    assert_true(has_battery(true, NOW_S));
    assert_true(has_battery(true, NOW_S - 100));
    assert_true(has_battery(true, NOW_S + 100));
}

static void
a_pc_has_one(void **state)
{
    (void) state;
    assert_true(has_battery(false, -1));
    assert_true(has_battery(false, NOW_S));
}

static void
nothing_vouches_for_a_time_before_it_was_built(void **state)
{
    (void) state;
    assert_false(clock_machine_is_trusted(INT64_MAX));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pi_without_a_battery_is_not_believed),
        cmocka_unit_test(a_battery_is_believed_where_it_agrees),
        cmocka_unit_test(a_pc_has_one),
        cmocka_unit_test(nothing_vouches_for_a_time_before_it_was_built),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
