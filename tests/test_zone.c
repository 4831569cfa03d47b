// links: src/base/zone.c src/base/memory.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "base/zone.h"

static void
london_through_both_changes_of_2026(void **state)
{
    static const struct {
        int64_t utc_s;
        int32_t offset_s;
    } rows[] = {
        {1774745999, 0},    // 2026-03-29 00:59:59 UTC
        {1774746000, 3600}, // 01:00:00 UTC: clocks go forward
        {1792889999, 3600}, // 2026-10-25 00:59:59 UTC
        {1792890000, 0},    // 01:00:00 UTC: clocks go back
    };
    struct zone *z = zone_open("Europe/London");
    (void) state;
    assert_non_null(z);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(zone_offset_s(z, rows[i].utc_s), rows[i].offset_s);
    // 01:30 does not exist on 29 March: half an hour behind the gap's start
    assert_int_equal(zone_to_utc(z, 1774747800), 1774747800);
    // 01:30 exists twice on 25 October: the first, still in summer time
    assert_int_equal(zone_to_utc(z, 1792891800), 1792891800 - 3600);
    // an ordinary summer noon: 2026-07-01 12:00
    assert_int_equal(zone_to_utc(z, 1782907200), 1782907200 - 3600);
    zone_close(z);
}

/* Against libc, which has one zone at a time and all the time in the world. */
static void
agrees_with_libc(void **state)
{
    static const char *const names[] = {
        "Europe/London",   "Europe/Dublin",
        "America/Chicago", "Australia/Sydney",
        "Asia/Kolkata",    "America/Sao_Paulo",
        "Pacific/Apia",    "Africa/Casablanca",
        "Asia/Tehran",     "UTC",
    };
    (void) state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct zone *z = zone_open(names[i]);
        assert_non_null(z);
        setenv("TZ", names[i], 1);
        tzset();
        // 1950 to 2120, in steps that fall on every hour of the day
        for (int64_t t = -631152000; t < 4733510400; t += 86400 * 3 + 5000) {
            time_t moment = (time_t) t;
            struct tm local;
            localtime_r(&moment, &local);
            assert_int_equal(zone_offset_s(z, t), local.tm_gmtoff);
        }
        zone_close(z);
    }
    unsetenv("TZ");
}

static void
what_is_no_zone_is_refused(void **state)
{
    static const char *const names[] = {
        "Europe/Nowhere", "../../../etc/passwd",
        "/etc/localtime", "Europe/../../passwd",
        "zone.tab",       " London",
        "Europe",
    };
    (void) state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_null(zone_open(names[i]));
    assert_int_equal(zone_offset_s(NULL, 0), 0);
    assert_int_equal(zone_to_utc(NULL, 77), 77);
    zone_close(NULL);
}

static void
the_machines_own_is_named_by_tz(void **state)
{
    (void) state;
    setenv("TZ", ":America/Chicago", 1);
    struct zone *z = zone_open("");
    assert_non_null(z);
    assert_int_equal(zone_offset_s(z, 1793491200), -5 * 3600);
    zone_close(z);
    unsetenv("TZ");
}

static void
one_that_is_made(void **state)
{
    (void) state;
    const int64_t moments[] = {1000, 2000};
    const int32_t offsets_s[] = {3600, 0};
    struct zone *z = zone_make(moments, offsets_s, 2, -60);
    assert_int_equal(zone_offset_s(z, 999), -60);
    assert_int_equal(zone_offset_s(z, 1000), 3600);
    assert_int_equal(zone_offset_s(z, 1999), 3600);
    assert_int_equal(zone_offset_s(z, 2000), 0);
    assert_int_equal(zone_offset_s(z, INT64_C(1) << 40), 0);
    zone_close(z);
    z = zone_make(NULL, NULL, 0, 7200);
    assert_int_equal(zone_offset_s(z, 0), 7200);
    assert_int_equal(zone_to_utc(z, 7200), 0);
    zone_close(z);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(london_through_both_changes_of_2026),
        cmocka_unit_test(agrees_with_libc),
        cmocka_unit_test(what_is_no_zone_is_refused),
        cmocka_unit_test(the_machines_own_is_named_by_tz),
        cmocka_unit_test(one_that_is_made),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
