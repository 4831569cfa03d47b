// links: src/core/polling.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/polling.h"

#define NOW_MS INT64_C(1000000)

static void
assert_within(int64_t value, int64_t least, int64_t most)
{
    if (value < least || value > most)
        fail_msg("%lld is not from %lld to %lld", (long long) value,
                 (long long) least, (long long) most);
}

static void
asks_at_once_when_started(void **state)
{
    struct polling p;
    (void) state;
    polling_start(&p, 60, 1, NOW_MS);
    assert_int_equal(p.next_ms, NOW_MS);
    assert_int_equal(p.failures, 0);
}

static void
waits_the_interval_less_a_fifth_at_most(void **state)
{
    struct polling p;
    int64_t least = INT64_MAX, most = 0;
    (void) state;
    polling_start(&p, 60, 7, NOW_MS);
    for (int i = 0; i < 2000; i++) {
        polling_succeeded(&p, NOW_MS);
        int64_t wait = p.next_ms - NOW_MS;
        assert_within(wait, 48000, 60000);
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
    }
    assert_within(least, 48000, 48500); // the whole fifth is used
    assert_within(most, 59500, 60000);
}

static void
kiosks_do_not_ask_as_one(void **state)
{
    int64_t waits[8];
    (void) state;
    for (uint32_t seed = 0; seed < 8; seed++) {
        struct polling p;
        polling_start(&p, 60, seed, NOW_MS);
        polling_succeeded(&p, NOW_MS);
        waits[seed] = p.next_ms;
        for (uint32_t other = 0; other < seed; other++)
            assert_true(waits[seed] != waits[other]);
    }
}

static void
failures_double_the_wait_up_to_the_interval(void **state)
{
    static const int64_t most_ms[] = {5000,  10000, 20000, 40000,
                                      60000, 60000, 60000};
    struct polling p;
    (void) state;
    polling_start(&p, 60, 3, NOW_MS);
    for (size_t i = 0; i < sizeof most_ms / sizeof *most_ms; i++) {
        polling_failed(&p, 0, NOW_MS);
        assert_within(p.next_ms - NOW_MS, most_ms[i] * 8 / 10, most_ms[i]);
    }
    for (int i = 0; i < 5000; i++)
        polling_failed(&p, 0, NOW_MS);
    assert_within(p.next_ms - NOW_MS, 48000, 60000);

    polling_succeeded(&p, NOW_MS);
    assert_int_equal(p.failures, 0);
    polling_failed(&p, 0, NOW_MS);
    assert_within(p.next_ms - NOW_MS, 4000, 5000);
}

static void
retry_after_is_believed_up_to_an_hour(void **state)
{
    static const struct {
        int retry_after_s;
        int64_t least_ms, most_ms;
    } rows[] = {
        {120, 120000, 144000},
        {3600, 3600000, 3600000},
        {999999, 3600000, 3600000},
        {1, 4000, 5000}, // our own wait is longer
        {0, 4000, 5000},
        {-5, 4000, 5000},
        {INT32_MAX, 3600000, 3600000},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct polling p;
        polling_start(&p, 60, 11, NOW_MS);
        polling_failed(&p, rows[i].retry_after_s, NOW_MS);
        assert_within(p.next_ms - NOW_MS, rows[i].least_ms, rows[i].most_ms);
    }
}

static void
a_silly_interval_does_no_harm(void **state)
{
    static const int intervals[] = {0, -7, 1, INT32_MAX};
    (void) state;
    for (size_t i = 0; i < sizeof intervals / sizeof *intervals; i++) {
        struct polling p;
        polling_start(&p, intervals[i], 0, NOW_MS);
        polling_succeeded(&p, NOW_MS);
        assert_true(p.next_ms > NOW_MS);
        polling_failed(&p, 0, NOW_MS);
        assert_true(p.next_ms > NOW_MS);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_at_once_when_started),
        cmocka_unit_test(waits_the_interval_less_a_fifth_at_most),
        cmocka_unit_test(kiosks_do_not_ask_as_one),
        cmocka_unit_test(failures_double_the_wait_up_to_the_interval),
        cmocka_unit_test(retry_after_is_believed_up_to_an_hour),
        cmocka_unit_test(a_silly_interval_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
