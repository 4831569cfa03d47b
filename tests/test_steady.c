// links: src/hub/steady.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "hub/steady.h"

#define BEGIN_S INT64_C(1795689720)
#define MINUTE INT64_C(60)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define YEAR (365 * DAY)

struct clocks {
    struct steady steady;
    struct now now;
};

static struct clocks
begin(int64_t known_s)
{
    struct clocks c = {.now = {.mono_ms = 5000, .wall_s = BEGIN_S}};
    steady_init(&c.steady, known_s, &c.now);
    return c;
}

/* Real time goes by. */
static void
pass(struct clocks *c, int64_t seconds)
{
    c->now.mono_ms += seconds * 1000;
    c->now.wall_s += seconds;
}

static bool
is_believed(struct clocks *c)
{
    return steady_is_believed(&c->steady, &c->now);
}

/* Whether it is believed at every minute for so long. */
static bool
is_ever_believed(struct clocks *c, int64_t seconds)
{
    for (; seconds > 0; seconds -= MINUTE, pass(c, MINUTE))
        if (is_believed(c))
            return true;
    return false;
}

static void
a_clock_that_goes_is_believed(void **state)
{
    (void) state;
    struct clocks c = begin(0);
    for (int i = 0; i < 100 * 24 * 60; i++, pass(&c, MINUTE))
        assert_true(is_believed(&c));
    // A machine that slept, and one that was set right.
    c.now.wall_s += 20 * HOUR;
    assert_true(is_believed(&c));
    c.now.wall_s -= 20 * HOUR;
    assert_true(is_believed(&c));
}

static void
a_tick_in_the_future_is_not_believed(void **state)
{
    (void) state;
    static const int64_t jumps_s[] = {2 * DAY, 59 * DAY, YEAR, 73 * YEAR};
    for (int i = 0; i < 4; i++) {
        struct clocks c = begin(0);
        assert_true(is_believed(&c));
        pass(&c, DAY);
        assert_true(is_believed(&c));
        c.now.wall_s += jumps_s[i];
        assert_false(is_ever_believed(&c, 59 * MINUTE));
        c.now.wall_s -= jumps_s[i];
        assert_true(is_believed(&c));
    }
}

static void
what_lasts_is_believed_in_the_end(void **state)
{
    (void) state;
    struct clocks c = begin(0);
    assert_true(is_believed(&c));
    c.now.wall_s += 20 * DAY;
    assert_false(is_ever_believed(&c, HOUR));
    assert_true(is_believed(&c));
    c.now.wall_s += YEAR;
    assert_false(is_ever_believed(&c, 7 * DAY));
    assert_true(is_believed(&c));
    pass(&c, MINUTE);
    assert_true(is_believed(&c));
}

/* Each jump begins the wait anew. */
static void
a_clock_that_keeps_jumping_is_never_believed(void **state)
{
    (void) state;
    struct clocks c = begin(0);
    assert_true(is_believed(&c));
    for (int i = 0; i < 50; i++) {
        c.now.wall_s += 10 * DAY;
        assert_false(is_ever_believed(&c, 50 * MINUTE));
    }
}

static void
a_year_in_the_past_does_no_harm(void **state)
{
    (void) state;
    struct clocks c = begin(0);
    assert_true(is_believed(&c));
    c.now.wall_s -= YEAR;
    (void) is_ever_believed(&c, 10 * MINUTE);
    c.now.wall_s += YEAR;
    assert_true(is_believed(&c));
    // Where it was the future that was believed, the present is in time.
    c.now.wall_s -= YEAR;
    assert_false(is_ever_believed(&c, HOUR));
    assert_true(is_believed(&c));
    c.now.wall_s += YEAR;
    assert_false(is_ever_believed(&c, DAY));
}

static void
what_was_known_before_counts(void **state)
{
    (void) state;
    struct clocks c = begin(BEGIN_S - 10 * HOUR); // restarted
    assert_true(is_believed(&c));
    c = begin(BEGIN_S - 21 * DAY); // switched off over the holidays
    assert_false(is_ever_believed(&c, HOUR));
    assert_true(is_believed(&c));
    c = begin(BEGIN_S - 40 * YEAR); // or a clock gone mad meanwhile
    assert_false(is_ever_believed(&c, 6 * DAY));
    c = begin(BEGIN_S + YEAR);
    assert_false(is_ever_believed(&c, HOUR));
    assert_true(is_believed(&c));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_that_goes_is_believed),
        cmocka_unit_test(a_tick_in_the_future_is_not_believed),
        cmocka_unit_test(what_lasts_is_believed_in_the_end),
        cmocka_unit_test(a_clock_that_keeps_jumping_is_never_believed),
        cmocka_unit_test(a_year_in_the_past_does_no_harm),
        cmocka_unit_test(what_was_known_before_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
