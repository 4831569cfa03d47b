// links: src/core/date.c src/base/zone.c src/base/memory.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct zone *
london(void)
{
    struct zone *z = zone_open("Europe/London");
    assert_non_null(z);
    return z;
}

static void
days_go_there_and_back(void **state)
{
    (void) state;
    assert_int_equal(day_from_date(1970, 1, 1), 0);
    assert_int_equal(day_from_date(2000, 3, 1), 11017);
    int32_t last = day_from_date(1899, 12, 31);
    for (int year = 1900; year <= 2150; year++) {
        for (int month = 1; month <= 12; month++) {
            int32_t day = day_from_date(year, month, 1);
            assert_true(day > last && day <= last + 31);
            struct local l = local_time(NULL, (int64_t) day * DAY_S);
            assert_int_equal(l.day, day);
            assert_int_equal(l.year, year);
            assert_int_equal(l.month, month);
            assert_int_equal(l.date, 1);
            last = day;
        }
    }
    assert_int_equal(day_from_date(9999, 12, 31), 2932896);
}

static void
weekdays_go_round(void **state)
{
    (void) state;
    assert_int_equal(day_weekday(0), 3); // a Thursday
    assert_int_equal(day_weekday(-1), 2);
    assert_int_equal(day_weekday(-4), 6);
    assert_int_equal(day_weekday(-25567), 0); // 1900-01-01, a Monday
    assert_int_equal(day_weekday(day_from_date(2026, 11, 26)), 3);
    assert_int_equal(day_monday(day_from_date(2026, 11, 29)),
                     day_from_date(2026, 11, 23));
    assert_int_equal(day_monday(day_from_date(2026, 11, 23)),
                     day_from_date(2026, 11, 23));
}

static void
dates_are_strict(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        int year, month, date; // year 0: refused
    } rows[] = {
        {"2026-11-26", 2026, 11, 26},
        {"2024-02-29", 2024, 2, 29},
        {"2000-02-29", 2000, 2, 29},
        {"1900-01-01", 1900, 1, 1},
        {"9999-12-31", 9999, 12, 31},
        {"1900-02-29", 0, 0, 0},
        {"2026-02-29", 0, 0, 0},
        {"2026-13-01", 0, 0, 0},
        {"2026-00-01", 0, 0, 0},
        {"2026-04-31", 0, 0, 0},
        {"2026-04-00", 0, 0, 0},
        {"1899-12-31", 0, 0, 0},
        {"2026-4-01", 0, 0, 0},
        {"2026-04-01 ", 0, 0, 0},
        {" 2026-04-01", 0, 0, 0},
        {"2026-04-01T", 0, 0, 0},
        {"20260401", 0, 0, 0},
        {"", 0, 0, 0},
        {"2026", 0, 0, 0},
        {"2026-", 0, 0, 0},
        {"-026-04-01", 0, 0, 0},
        {"26/11/2026", 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int32_t want = rows[i].year ? day_from_date(rows[i].year, rows[i].month,
                                                    rows[i].date)
                                    : DAY_NONE;
        if (day_parse(rows[i].text) != want)
            fail_msg("\"%s\" gives %d", rows[i].text, day_parse(rows[i].text));
    }
}

static void
moments_are_rfc_3339(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        int64_t utc_s;
    } rows[] = {
        {"2026-11-26T15:45:00+00:00", 1795707900},
        {"2026-11-26T15:45:00Z", 1795707900},
        {"2026-11-26t15:45:00z", 1795707900},
        {"2026-11-26 15:45:00Z", 1795707900},
        {"2026-11-26T15:45Z", 1795707900},
        {"2026-11-26T15:45:00.123456789Z", 1795707900},
        {"2026-11-26T16:45:00+01:00", 1795707900},
        {"2026-11-26T10:15:00-05:30", 1795707900},
        {"2026-11-26T15:45:00-00:00", 1795707900},
        {"2026-12-31T23:59:60Z", 1798761600},
        {"2026-11-26T15:45", 1795707900},
        {"2026-11-26T15:45:00", 1795707900},
        {"2026-11-26", TIME_NONE},
        {"2026-11-26T", TIME_NONE},
        {"2026-11-26T15", TIME_NONE},
        {"2026-11-26T24:00:00Z", TIME_NONE},
        {"2026-11-26T15:60:00Z", TIME_NONE},
        {"2026-11-26T15:45:61Z", TIME_NONE},
        {"2026-11-26T15:45:00.Z", TIME_NONE},
        {"2026-11-26T15:45:00+1:00", TIME_NONE},
        {"2026-11-26T15:45:00+24:00", TIME_NONE},
        {"2026-11-26T15:45:00+00:60", TIME_NONE},
        {"2026-11-26T15:45:00+00:00 ", TIME_NONE},
        {"2026-11-26T15:45:00ZZ", TIME_NONE},
        {"2026-02-30T15:45:00Z", TIME_NONE},
        {"Thu, 26 Nov 2026 15:45:00 GMT", TIME_NONE},
        {"next Tuesday", TIME_NONE},
        {"", TIME_NONE},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (time_parse(rows[i].text, NULL) != rows[i].utc_s)
            fail_msg("\"%s\" gives %lld", rows[i].text,
                     (long long) time_parse(rows[i].text, NULL));
}

/* 2026: forward on 29 March at 01:00 UTC, back on 25 October at 01:00 UTC. */
static void
london_changes_its_clocks(void **state)
{
    (void) state;
    static const struct {
        const char *local, *utc;
    } rows[] = {
        {"2026-03-29T00:59", "2026-03-29T00:59Z"},
        {"2026-03-29T01:30", "2026-03-29T01:30Z"}, // skipped: shown as 02:30
        {"2026-03-29T02:00", "2026-03-29T01:00Z"},
        {"2026-07-01T09:00", "2026-07-01T08:00Z"},
        {"2026-10-25T00:59", "2026-10-24T23:59Z"},
        {"2026-10-25T01:30", "2026-10-25T00:30Z"}, // the first of two
        {"2026-10-25T02:00", "2026-10-25T02:00Z"},
    };
    struct zone *z = london();
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(time_parse(rows[i].local, z),
                         time_parse(rows[i].utc, NULL));
    zone_close(z);
}

static void
local_time_is_what_the_wall_shows(void **state)
{
    (void) state;
    static const struct {
        const char *utc, *day;
        int minute, weekday;
    } rows[] = {
        {"2026-03-29T00:59:59Z", "2026-03-29", 59, 6},
        {"2026-03-29T01:00:00Z", "2026-03-29", 120, 6},
        {"2026-10-25T00:30:00Z", "2026-10-25", 90, 6},
        {"2026-10-25T01:30:00Z", "2026-10-25", 90, 6},
        {"2026-07-01T23:30:00Z", "2026-07-02", 30, 3},
        {"2026-11-26T15:45:00Z", "2026-11-26", 945, 3},
        {"1969-12-31T23:59:59Z", "1970-01-01", 59, 3}, // +1 that winter
    };
    struct zone *z = london();
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct local l = local_time(z, time_parse(rows[i].utc, NULL));
        assert_int_equal(l.day, day_parse(rows[i].day));
        assert_int_equal(l.minute, rows[i].minute);
        assert_int_equal(l.weekday, rows[i].weekday);
    }
    zone_close(z);
    struct local before = local_time(NULL, -1);
    assert_int_equal(before.year, 1969);
    assert_int_equal(before.date, 31);
    assert_int_equal(before.minute, 1439);
}

static void
weeks_are_iso_8601(void **state)
{
    (void) state;
    static const struct {
        const char *text, *monday;
    } rows[] = {
        {"2026-W48", "2026-11-23"},
        {"2026-W01", "2025-12-29"},
        {"2026-W53", "2026-12-28"},
        {"2020-W53", "2020-12-28"},
        {"2027-W01", "2027-01-04"},
        {"2025-W52", "2025-12-22"},
        {"2025-W53", ""},
        {"2026-W00", ""},
        {"2026-W54", ""},
        {"2026-48", ""},
        {"2026-W8", ""},
        {"2026-W481", ""},
        {"W48", ""},
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(week_parse(rows[i].text), day_parse(rows[i].monday));
}

static void
minutes_are_two_and_two_digits(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        int minute;
    } rows[] = {
        {"00:00", 0},  {"08:30", 510}, {"23:59", 1439}, {"24:00", 1440},
        {"24:01", -1}, {"25:00", -1},  {"8:30", -1},    {"08:60", -1},
        {"08.30", -1}, {"08:3", -1},   {"08:300", -1},  {"", -1},
        {"08", -1},    {" 08:30", -1}, {"-1:30", -1},   {"noon", -1},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(minute_parse(rows[i].text), rows[i].minute);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(days_go_there_and_back),
        cmocka_unit_test(weekdays_go_round),
        cmocka_unit_test(dates_are_strict),
        cmocka_unit_test(moments_are_rfc_3339),
        cmocka_unit_test(london_changes_its_clocks),
        cmocka_unit_test(local_time_is_what_the_wall_shows),
        cmocka_unit_test(weeks_are_iso_8601),
        cmocka_unit_test(minutes_are_two_and_two_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
