// links: src/core/screen_hours.c src/core/hours.c src/core/date.c src/base/zone.c src/base/memory.c src/base/text.c src/base/utf8.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/screen_hours.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define LONDON "Europe/London"
#define MINUTE_MS 60000

static struct hours
hours(const char *text)
{
    struct hours h;
    size_t where = 0;
    if (!hours_read(&h, text, &where))
        fail_msg("\"%s\"", text + where);
    return h;
}

static void
add_closed(struct screen_hours *h, const char *text)
{
    size_t where = 0;
    if (!screen_closed_read(h, text, &where))
        fail_msg("\"%s\"", text + where);
}

/* What is typical: open in the week, a holiday, dimmed in the evening. */
static struct screen_hours
typical(void)
{
    struct screen_hours h = {.hours = hours("mon-fri 7:00-18:00"),
                             .night = hours("16:30-7:30"),
                             .in_term_only = true,
                             .night_percent = 30};
    add_closed(&h, "2026-12-21..2027-01-04, 2027-05-03");
    return h;
}

static void
days_are_read(void **state)
{
    static const struct {
        const char *text;
        int count;
        int32_t days; // of the last one
    } rows[] = {
        {"", 0, 0},
        {"   ", 0, 0},
        {"2027-05-03", 1, 1},
        {"2026-12-21..2027-01-04", 1, 15},
        {" 2026-12-21 .. 2027-01-04 , 2027-05-03 ", 2, 1},
        {"2027-05-03,2028-02-29..2028-02-29", 2, 1},
        {"2027-05-03,", 1, 1},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct screen_hours h = {0};
        add_closed(&h, rows[i].text);
        assert_int_equal(h.closed_count, rows[i].count);
        if (rows[i].count == 0)
            continue;
        int last = rows[i].count - 1;
        assert_int_equal(h.closed[last].until - h.closed[last].from + 1,
                         rows[i].days);
    }
}

static void
what_is_no_day_is_refused(void **state)
{
    static const struct {
        const char *text;
        size_t where;
    } rows[] = {
        {"3 May", 0},
        {"2027-02-29", 0},
        {"2027-5-3", 0},
        {"03/05/2027", 0},
        {"2027-05-03..", 0},
        {"..2027-05-03", 0},
        {"2027-05-03.2027-05-04", 0},
        {"2027-05-03...2027-05-04", 0},
        {"2027-01-04..2026-12-21", 0},
        {"2027-05-03 2027-05-04", 0},
        {"2027-05-03, x", 12},
        {"2027-05-03,,2027-05-04", 11},
        {"2027-05-03..2027-05-04..2027-05-05", 0},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct screen_hours h = {0};
        size_t where = 99;
        if (screen_closed_read(&h, rows[i].text, &where))
            fail_msg("\"%s\" was read", rows[i].text);
        if (where != rows[i].where)
            fail_msg("\"%s\": at %zu", rows[i].text, where);
    }
    struct screen_hours h = {0};
    size_t where = 0;
    for (int i = 0; i < SCREEN_CLOSED_MOST; i++)
        add_closed(&h, "2027-05-03");
    assert_false(screen_closed_read(&h, "2027-05-03", &where));
    assert_int_equal(h.closed_count, SCREEN_CLOSED_MOST);
}

static void
it_is_on_in_its_hours(void **state)
{
    static const struct {
        const char *at; // in London
        enum screen_light light;
    } rows[] = {
        {"2026-11-26T06:59", SCREEN_OFF},    // a Thursday
        {"2026-11-26T07:00", SCREEN_DIMMED}, // dawn
        {"2026-11-26T07:30", SCREEN_ON},
        {"2026-11-26T16:29", SCREEN_ON},
        {"2026-11-26T16:30", SCREEN_DIMMED},
        {"2026-11-26T17:59", SCREEN_DIMMED},
        {"2026-11-26T18:00", SCREEN_OFF},
        {"2026-11-28T10:00", SCREEN_OFF}, // Saturday
        {"2026-12-18T10:00", SCREEN_ON},  // the last day of term
        {"2026-12-21T10:00", SCREEN_OFF}, // closed, from and until included
        {"2027-01-04T10:00", SCREEN_OFF},
        {"2027-01-05T10:00", SCREEN_ON},
        {"2027-02-15T10:00", SCREEN_OFF}, // half-term, as the feed has it
        {"2027-02-22T10:00", SCREEN_ON},
        {"2027-03-29T07:30", SCREEN_ON}, // the Monday after the clock change
        {"2027-03-29T06:59", SCREEN_OFF},
        {"2027-05-03T10:00", SCREEN_OFF}, // a single day
        {"2027-05-04T10:00", SCREEN_ON},
        {"2027-08-02T10:00", SCREEN_OFF}, // after the last term
        {"2027-09-22T10:00", SCREEN_OFF},
        {"2027-09-23T10:00", SCREEN_ON}, // nobody has typed the new ones
        {"2030-03-04T10:00", SCREEN_ON},
    };
    const struct term terms[] = {
        {day_parse("2026-09-02"), day_parse("2026-12-18")},
        {day_parse("2027-01-05"), day_parse("2027-02-12")},
        {day_parse("2027-02-22"), day_parse("2027-07-21")},
    };
    const struct board board = {.terms = terms, .term_count = COUNT(terms)};
    (void) state;
    struct zone *zone = zone_open(LONDON);
    const struct screen_hours h = typical();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct local local = local_time(zone, time_parse(rows[i].at, zone));
        enum screen_light light = screen_hours_light(&h, &board, local);
        if (light != rows[i].light)
            fail_msg("%s: %d", rows[i].at, light);
    }
    zone_close(zone);
}

static void
term_needs_terms(void **state)
{
    const struct term past = {day_parse("2025-09-02"), day_parse("2026-07-21")};
    const struct board none = {0}, old = {.terms = &past, .term_count = 1};
    struct screen_hours h = {.in_term_only = true};
    struct local noon = local_time(NULL, time_parse("2026-11-26T12:00Z", NULL));
    struct local summer =
        local_time(NULL, time_parse("2026-08-26T12:00Z", NULL));
    (void) state;
    assert_int_equal(screen_hours_light(&h, NULL, noon), SCREEN_ON);
    assert_int_equal(screen_hours_light(&h, &none, noon), SCREEN_ON);
    assert_int_equal(screen_hours_light(&h, &old, noon), SCREEN_ON);
    assert_int_equal(screen_hours_light(&h, &old, summer), SCREEN_OFF);
    h.in_term_only = false;
    assert_int_equal(screen_hours_light(&h, &old, summer), SCREEN_ON);
}

static void
hours_may_run_over_midnight(void **state)
{
    const struct screen_hours h = {.hours = hours("fri 20:00-1:00")};
    (void) state;
    static const struct {
        const char *at;
        enum screen_light light;
    } rows[] = {
        {"2026-11-27T19:59Z", SCREEN_OFF}, {"2026-11-27T20:00Z", SCREEN_ON},
        {"2026-11-28T00:59Z", SCREEN_ON},  {"2026-11-28T01:00Z", SCREEN_OFF},
        {"2026-11-28T20:00Z", SCREEN_OFF},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(
            screen_hours_light(&h, NULL,
                               local_time(NULL, time_parse(rows[i].at, NULL))),
            rows[i].light);
}

/* Saturday night, ten seconds before midnight. */
static struct screen_moment
at_night(void)
{
    return (struct screen_moment){
        .now = {.mono_ms = 5000000,
                .wall_s = time_parse("2026-11-28T23:59:50Z", NULL),
                .wall_ms = 250,
                .is_trusted = true},
    };
}

static void
it_is_asked_again_when_it_may_change(void **state)
{
    struct screen_hours h = typical();
    struct screen_moment m = at_night();
    (void) state;
    struct screen_plan plan = screen_hours_plan(&h, NULL, &m);
    assert_int_equal(plan.light, SCREEN_OFF);
    assert_int_equal(plan.again_ms, 5000000 + 9750);
    m.awake_until_ms = 5000000 + 3000;
    plan = screen_hours_plan(&h, NULL, &m);
    assert_int_equal(plan.light, SCREEN_ON);
    assert_int_equal(plan.again_ms, m.awake_until_ms);
    m.awake_until_ms = 5000000 + SCREEN_AWAKE_MS;
    plan = screen_hours_plan(&h, NULL, &m);
    assert_int_equal(plan.again_ms, 5000000 + 9750);

    h = (struct screen_hours){.night_percent = 30};
    plan = screen_hours_plan(&h, NULL, &m);
    assert_int_equal(plan.light, SCREEN_ON);
    assert_true(plan.again_ms == INT64_MAX);
}

static void
nobody_is_left_in_the_dark(void **state)
{
    struct screen_hours h = typical();
    (void) state;
    struct screen_moment m = at_night();
    m.awake_until_ms = m.now.mono_ms; // until then, not at it
    assert_int_equal(screen_hours_plan(&h, NULL, &m).light, SCREEN_OFF);
    m.is_writing = true;
    assert_int_equal(screen_hours_plan(&h, NULL, &m).light, SCREEN_ON);
    m.is_writing = false;
    m.now.is_trusted = false; // who knows what time it is
    assert_int_equal(screen_hours_plan(&h, NULL, &m).light, SCREEN_ON);

    // A touch also makes a dimmed one bright.
    h.hours.count = 0;
    m = at_night();
    assert_int_equal(screen_hours_plan(&h, NULL, &m).light, SCREEN_DIMMED);
    m.awake_until_ms = m.now.mono_ms + 1;
    assert_int_equal(screen_hours_plan(&h, NULL, &m).light, SCREEN_ON);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_are_read),
        cmocka_unit_test(what_is_no_day_is_refused),
        cmocka_unit_test(it_is_on_in_its_hours),
        cmocka_unit_test(term_needs_terms),
        cmocka_unit_test(hours_may_run_over_midnight),
        cmocka_unit_test(it_is_asked_again_when_it_may_change),
        cmocka_unit_test(nobody_is_left_in_the_dark),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
