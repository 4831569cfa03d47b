// links: src/hub/bucket.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hub/bucket.h"

#define NOW_MS INT64_C(5000000)

static const struct bucket_rule rule = {.burst = 3, .every_ms = 1000};

static void
a_burst_and_then_one_at_a_time(void **state)
{
    static const struct {
        int64_t at_ms, wait_ms;
    } rows[] = {
        {0, 0},       {0, 0},        {0, 0},     // the burst
        {0, 1000},    {999, 1},      {1000, 0},  // one has come back
        {1000, 1000}, {3500, 0},     {3500, 0},  // two have, and a half
        {3500, 500},  {60000, 0},    {60000, 0}, // never more than the burst
        {60000, 0},   {60000, 1000},
    };
    struct bucket b = {0};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t wait_ms = bucket_take(&b, &rule, 7, NOW_MS + rows[i].at_ms);
        if (wait_ms != rows[i].wait_ms)
            fail_msg("row %zu: %lld ms", i, (long long) wait_ms);
    }
}

static void
a_refusal_takes_nothing(void **state)
{
    struct bucket b = {0};
    (void) state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&b, &rule, 7, NOW_MS), 0);
    for (int i = 0; i < 100; i++)
        assert_int_equal(bucket_take(&b, &rule, 7, NOW_MS + 500), 500);
    assert_int_equal(bucket_take(&b, &rule, 7, NOW_MS + 1000), 0);
}

static void
everybody_has_their_own(void **state)
{
    struct bucket b = {0};
    (void) state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&b, &rule, 7, NOW_MS), 0);
    assert_int_equal(bucket_take(&b, &rule, 8, NOW_MS), 0);
    assert_int_equal(bucket_take(&b, &rule, 7 + BUCKET_PLACES, NOW_MS), 0);
    assert_true(bucket_take(&b, &rule, 7, NOW_MS) > 0);
}

/* The monotonic clock begins near 0 with the machine. */
static void
the_first_second_is_as_any(void **state)
{
    struct bucket b = {0};
    (void) state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&b, &rule, 0, 1), 0);
    assert_int_equal(bucket_take(&b, &rule, 0, 1), 1000);
}

/* More callers than places: the busiest stays known, nobody is shut out. */
static void
a_crowd_shuts_nobody_out(void **state)
{
    struct bucket b = {0};
    (void) state;
    for (int i = 0; i < 3; i++)
        assert_int_equal(bucket_take(&b, &rule, 7, NOW_MS), 0);
    for (uint64_t key = 1000; key < 1000 + 4 * BUCKET_PLACES; key++)
        assert_int_equal(bucket_take(&b, &rule, key, NOW_MS), 0);
    assert_true(bucket_take(&b, &rule, 7, NOW_MS) > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_burst_and_then_one_at_a_time),
        cmocka_unit_test(a_refusal_takes_nothing),
        cmocka_unit_test(everybody_has_their_own),
        cmocka_unit_test(the_first_second_is_as_any),
        cmocka_unit_test(a_crowd_shuts_nobody_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
