// links: src/core/wording.c src/core/date.c src/base/arena.c src/base/memory.c src/base/text.c src/base/utf8.c src/base/zone.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/wording.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A Thursday in November, and London's clocks. */
struct fixture {
    struct arena arena;
    struct board board;
};

#define NBSP "\xC2\xA0"

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.board.zone = zone_open("Europe/London")};
    *state = &f;
    return f.board.zone ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    arena_destroy(&f->arena);
    zone_close(f->board.zone);
    return 0;
}

static struct now
at(const struct fixture *f, const char *time)
{
    return (struct now){.wall_s = time_parse(time, f->board.zone),
                        .is_trusted = true};
}

static void
dates_and_times(void **state)
{
    static const struct {
        const char *utc, *date, *time;
    } rows[] = {
        {"2026-11-26T10:42:59Z", "Thursday 26 November", "10:42"},
        {"2026-07-01T08:05Z", "Wednesday 1 July", "09:05"},
        {"2026-12-31T23:59Z", "Thursday 31 December", "23:59"},
        {"2026-06-30T23:00Z", "Wednesday 1 July", "00:00"},
        {"2026-03-29T00:59Z", "Sunday 29 March", "00:59"},
        {"2026-03-29T01:00Z", "Sunday 29 March", "02:00"},
        {"2026-10-25T00:59Z", "Sunday 25 October", "01:59"},
        {"2026-10-25T01:00Z", "Sunday 25 October", "01:00"},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t s = time_parse(rows[i].utc, NULL);
        assert_string_equal(wording_date(&f->arena, f->board.zone, s),
                            rows[i].date);
        assert_string_equal(wording_time(&f->arena, f->board.zone, s),
                            rows[i].time);
    }
}

static void
ages(void **state)
{
    static const struct {
        const char *then, *day_ago, *as_of;
    } rows[] = {
        {"2026-11-26T08:12", "today", "as of 08:12"},
        {"2026-11-26T00:00", "today", "as of 00:00"},
        {"2026-11-26T23:00", "today", "as of 23:00"}, // a clock ahead of ours
        {"2026-11-27T09:00", "today", "as of 09:00"},
        {"2026-11-25T23:59", "yesterday", "as of Wednesday 23:59"},
        {"2026-11-24T08:12", "Tuesday", "as of Tuesday 08:12"},
        {"2026-11-20T08:12", "Friday", "as of Friday 08:12"},
        {"2026-11-19T08:12", "19 November", "as of 19 November"},
        {"2026-05-12T08:12", "12 May", "as of 12 May"},
        {"2025-11-12T08:12", "12 November 2025", "as of 12 November 2025"},
    };
    struct fixture *f = *state;
    struct now now = at(f, "2026-11-26T10:42");
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t then = time_parse(rows[i].then, f->board.zone);
        assert_string_equal(
            wording_day_ago(&f->arena, f->board.zone, then, now),
            rows[i].day_ago);
        assert_string_equal(wording_as_of(&f->arena, f->board.zone, then, now),
                            rows[i].as_of);
    }
}

static void
without_a_clock_nothing_is_today(void **state)
{
    struct fixture *f = *state;
    struct now now = {.wall_s = time_parse("2026-11-26T10:42Z", NULL)};
    assert_string_equal(
        wording_day_ago(&f->arena, f->board.zone, now.wall_s, now),
        "26 November");
    assert_string_equal(
        wording_as_of(&f->arena, f->board.zone, now.wall_s, now),
        "as of 26 November");
    struct item meeting = {.text = "",
                           .place = "",
                           .starts_s = now.wall_s,
                           .ends_s = TIME_NONE,
                           .starts_day = day_parse("2026-11-26"),
                           .ends_day = day_parse("2026-11-26")};
    struct meeting_wording w =
        wording_meeting(&f->arena, &f->board, &meeting, now);
    assert_string_equal(w.top, "Nov");
    assert_string_equal(w.big, "26");
    assert_string_equal(w.detail, "Thursday 10:42");
    assert_false(w.is_today);
}

struct meeting_row {
    const char *starts, *ends; // a date: all day; "": no end
    const char *place, *top, *big, *detail;
};

static struct item
meeting_of(const struct fixture *f, const struct meeting_row *row)
{
    const struct zone *z = f->board.zone;
    struct item m = {.title = "Meeting", .text = "", .place = row->place};
    int32_t day = day_parse(row->starts), last = day_parse(row->ends);
    m.is_all_day = day != DAY_NONE;
    m.ends_s = TIME_NONE;
    if (m.is_all_day) {
        m.starts_s = zone_to_utc(z, (int64_t) day * DAY_S);
        m.starts_day = day;
        m.ends_day = last == DAY_NONE ? day : last;
        return m;
    }
    m.starts_s = time_parse(row->starts, z);
    m.starts_day = m.ends_day = local_time(z, m.starts_s).day;
    if (*row->ends) {
        m.ends_s = time_parse(row->ends, z);
        m.ends_day = local_time(z, m.ends_s - 1).day;
    }
    return m;
}

static void
meetings_say_what_the_block_lacks(void **state)
{
    static const struct meeting_row rows[] = {
        // today
        {"2026-11-26T15:45", "2026-11-26T17:00", "Library", "Today", "15:45",
         "Library, until 17:00"},
        {"2026-11-26T09:00", "2026-11-26T11:00", "", "Today", "09:00",
         "until 11:00"},
        {"2026-11-26T15:45", "", "", "Today", "15:45", ""},
        {"2026-11-26T20:00", "2026-11-27T00:00", "Hall", "Today", "20:00",
         "Hall"},
        {"2026-11-26T20:00", "2026-11-28T12:00", "Hall", "Today", "20:00",
         "Hall, until Saturday"},
        {"2026-11-26", "", "Hall", "Today", "26", "Hall"},
        {"2026-11-26", "2026-11-27", "", "Today", "26", "until Friday"},
        // begun before
        {"2026-11-25T09:00", "2026-11-26T17:00", "Hall", "Today", "26",
         "Hall, until 17:00"},
        {"2026-11-25T09:00", "2026-11-27T17:00", "Hall", "Today", "26",
         "Hall, until Friday"},
        {"2026-11-25", "2026-11-26", "Hall", "Today", "26", "Hall"},
        {"2026-11-20", "2026-12-04", "", "Today", "26",
         "until 4 December"},
        // tomorrow
        {"2026-11-27T08:30", "2026-11-27T09:00", "Room 9", "Tomorrow", "08:30",
         "Room 9, until 09:00"},
        {"2026-11-27", "", "", "Tomorrow", "27", ""},
        // within six days
        {"2026-11-30T12:20", "2026-11-30T13:00", "Library", "Mon", "30",
         "12:20" NBSP "to" NBSP "13:00, Library"},
        {"2026-11-30T12:20", "", "Library", "Mon", "30", "12:20, Library"},
        {"2026-12-02", "2026-12-03", "", "Wed", "2", "until 3 December"},
        {"2026-12-01", "2026-12-02", "", "Tue", "1", "until Wednesday"},
        {"2026-12-02T19:00", "2026-12-03T00:00", "", "Wed", "2", "19:00"},
        // later
        {"2026-12-03T16:30", "", "City Library", "Dec", "3",
         "Thursday 16:30, City Library"},
        {"2026-12-03T16:30", "2026-12-03T18:00", "", "Dec", "3",
         "Thursday 16:30" NBSP "to" NBSP "18:00"},
        {"2026-12-03T16:30", "2026-12-04T18:00", "", "Dec", "3",
         "Thursday 16:30, until 4 December"},
        {"2026-12-18", "", "", "Dec", "18", "Friday"},
        {"2027-07-01T09:00", "2027-07-02T09:00", "", "July", "1",
         "Thursday 09:00, until 2 July 2027"},
    };
    struct fixture *f = *state;
    struct now now = at(f, "2026-11-26T10:42");
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct item m = meeting_of(f, &rows[i]);
        struct meeting_wording w =
            wording_meeting(&f->arena, &f->board, &m, now);
        if (strcmp(w.top, rows[i].top) || strcmp(w.big, rows[i].big) ||
            strcmp(w.detail, rows[i].detail))
            fail_msg("%s to %s: %s / %s / %s", rows[i].starts, rows[i].ends,
                     w.top, w.big, w.detail);
        assert_int_equal(w.is_today, strcmp(w.top, "Today") == 0);
    }
}

static void
tomorrow_comes_across_a_clock_change(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *now;
        struct meeting_row row;
    } rows[] = {
        {"2026-03-28T23:30",
         {"2026-03-29T09:00", "", "", "Tomorrow", "09:00", ""}},
        {"2026-10-24T23:30",
         {"2026-10-25T09:00", "", "", "Tomorrow", "09:00", ""}},
        {"2026-10-25T00:30", {"2026-10-25", "", "", "Today", "25", ""}},
        {"2026-12-31T12:00",
         {"2027-01-01T09:00", "", "", "Tomorrow", "09:00", ""}},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct item m = meeting_of(f, &rows[i].row);
        struct meeting_wording w =
            wording_meeting(&f->arena, &f->board, &m, at(f, rows[i].now));
        assert_string_equal(w.top, rows[i].row.top);
        assert_string_equal(w.big, rows[i].row.big);
    }
}

static void
a_short_remark_stands_in_for_the_place(void **state)
{
    static const struct {
        const char *text;
        bool has_own_title;
        const char *place, *detail;
    } rows[] = {
        {"Imran speaks, bring a plate.", true, "",
         "12:20, Imran speaks, bring a plate"},
        {"Imran speaks", true, "Library", "12:20, Library"},
        {"Imran speaks", false, "", "12:20"}, // it is the title already
        {"Two\nlines", true, "", "12:20"},
        {"Far too much to be read beside a block on a wall, and so it is left "
         "to the website to tell.",
         true, "", "12:20"},
    };
    struct fixture *f = *state;
    struct meeting_row when = {.starts = "2026-11-30T12:20", .ends = ""};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct item m = meeting_of(f, &when);
        m.text = rows[i].text;
        m.has_own_title = rows[i].has_own_title;
        m.place = rows[i].place;
        struct meeting_wording w = wording_meeting(&f->arena, &f->board, &m,
                                                   at(f, "2026-11-26T10:42"));
        assert_string_equal(w.detail, rows[i].detail);
    }
}

static void
who_asks_next(void **state)
{
    static const struct {
        const char *now, *words;
    } rows[] = {
        {"2026-11-26T10:00", "next week it’s Tom"},
        {"2026-11-27T10:00", "on Thursday it’s Tom"},
        {"2026-12-01T10:00", "on Thursday it’s Tom"},
        {"2026-12-02T10:00", "tomorrow it’s Tom"},
        {"2026-12-03T10:00", "today it’s Tom"},
        {"2026-12-04T10:00", ""},
    };
    struct board b = {0};
    struct item question = {.on = day_parse("2026-11-26"), .next_asker = "Tom"};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a = {0};
        struct now now = {.wall_s = time_parse(rows[i].now, NULL),
                          .is_trusted = true};
        assert_string_equal(wording_next_asker(&a, &b, &question, now),
                            rows[i].words);
        now.is_trusted = false;
        assert_string_equal(wording_next_asker(&a, &b, &question, now), "");
        arena_destroy(&a);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_asks_next),
        cmocka_unit_test_setup_teardown(dates_and_times, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(without_a_clock_nothing_is_today,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(meetings_say_what_the_block_lacks,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(tomorrow_comes_across_a_clock_change,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_short_remark_stands_in_for_the_place,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
