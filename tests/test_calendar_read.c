// links: src/calendar/calendar.c src/calendar/content_line.c
// links: src/calendar/stamp.c src/core/date.c src/base/zone.c
// links: src/base/memory.c src/base/arena.c src/base/problem.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calendar/calendar.h"
#include "calendar/content_line.h"
#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int64_t
shown(int year, int month, int date, int hour, int minute)
{
    return day_from_date(year, month, date) * (int64_t) DAY_S + hour * 3600 +
           minute * 60;
}

/* --- lines --- */

static void
lines_are_unfolded_whatever_ends_them(void **state)
{
    (void) state;
    char bytes[] = "\xEF\xBB\xBF \r\n summary:Read\r\n ing\n\t group  \r"
                   "A-1;B=c;D=\"e;f:g\":h:i\r\n\r\nno line\n"
                   "X;Y=\"open:1\nZ;=1:2\n;:\nLAST:\n";
    struct content_reader r = content_open(bytes, sizeof bytes - 1);
    struct content_line line;
    assert_true(content_next(&r, &line));
    assert_string_equal(line.name, "SUMMARY");
    assert_string_equal(line.value, "Reading group");
    assert_int_equal(line.param_count, 0);
    assert_true(content_next(&r, &line));
    assert_string_equal(line.name, "A-1");
    assert_string_equal(line.value, "h:i");
    assert_string_equal(content_param(&line, "B"), "c");
    assert_string_equal(content_param(&line, "D"), "e;f:g");
    assert_string_equal(content_param(&line, "E"), "");
    assert_true(content_next(&r, &line));
    assert_string_equal(line.name, "LAST");
    assert_string_equal(line.value, "");
    assert_false(content_next(&r, &line));
}

static void
a_nul_is_a_blank(void **state)
{
    (void) state;
    char bytes[] = "SUMMARY:a\0b\nX:y";
    struct content_reader r = content_open(bytes, sizeof bytes - 1);
    struct content_line line;
    assert_true(content_next(&r, &line));
    assert_string_equal(line.value, "a b");
    assert_true(content_next(&r, &line));
    assert_string_equal(line.value, "y");
}

static void
the_last_colon_counts_where_values_have_none(void **state)
{
    (void) state;
    char bytes[] = "DTSTART;TZID=tzone://Microsoft/Utc:20260610T154500\n"
                   "DTSTART;TZID=\"a:b\":20260611T154500\nDTSTART:x:y\n";
    struct content_reader r = content_open(bytes, sizeof bytes - 1);
    struct content_line line;
    assert_true(content_next(&r, &line));
    content_value_after_last_colon(&line);
    assert_string_equal(line.value, "20260610T154500");
    assert_string_equal(content_param(&line, "TZID"), "tzone://Microsoft/Utc");
    assert_true(content_next(&r, &line));
    content_value_after_last_colon(&line);
    assert_string_equal(line.value, "20260611T154500");
    assert_string_equal(content_param(&line, "TZID"), "a:b");
    assert_true(content_next(&r, &line));
    content_value_after_last_colon(&line);
    assert_string_equal(line.value, "y");
}

/* --- values --- */

static void
days_and_times(void **state)
{
    (void) state;
    const struct {
        const char *text;
        bool is_good, is_date, is_utc;
        int64_t shown_s;
    } rows[] = {
        {"20260610", true, true, false, shown(2026, 6, 10, 0, 0)},
        {"20260610T154500", true, false, false, shown(2026, 6, 10, 15, 45)},
        {"20260610t154500z", true, false, true, shown(2026, 6, 10, 15, 45)},
        {"20261231T235960Z", true, false, true,
         shown(2026, 12, 31, 23, 59) + 59},
        {"16010101T020000", true, false, false, shown(1601, 1, 1, 2, 0)},
        {"00010101", true, true, false, shown(1, 1, 1, 0, 0)},
        {"20240229", true, true, false, shown(2024, 2, 29, 0, 0)},
        {"99991231", true, true, false, shown(9999, 12, 31, 0, 0)},
        {"20260229", false, false, false, 0},
        {"00000101", false, false, false, 0},
        {"20261301", false, false, false, 0},
        {"20260600", false, false, false, 0},
        {"2026061", false, false, false, 0},
        {"2026-06-10", false, false, false, 0},
        {"20260610 154500", false, false, false, 0},
        {"20260610T240000", false, false, false, 0},
        {"20260610T156000", false, false, false, 0},
        {"20260610T1545", false, false, false, 0},
        {"20260610T154500+0100", false, false, false, 0},
        {"+2026061", false, false, false, 0},
        {"", false, false, false, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct stamp s;
        bool is_good =
            stamp_read(&s, rows[i].text, strlen(rows[i].text), "zone");
        if (is_good != rows[i].is_good)
            print_error("%s\n", rows[i].text);
        assert_int_equal(is_good, rows[i].is_good);
        assert_int_equal(s.is_set, rows[i].is_good);
        assert_int_equal(s.is_date, rows[i].is_date);
        assert_int_equal(s.is_utc, rows[i].is_utc);
        assert_int_equal(s.shown_s, rows[i].shown_s);
        bool has_zone = is_good && !s.is_date && !s.is_utc;
        assert_string_equal(s.tzid, has_zone ? "zone" : "");
    }
}

static void
lengths(void **state)
{
    (void) state;
    const struct {
        const char *text;
        bool is_good;
        int64_t days, seconds;
    } rows[] = {
        {"PT1H", true, 0, 3600},
        {"P1DT12H30M15S", true, 1, 45015},
        {"+P2W", true, 14, 0},
        {"-PT15M", true, 0, -900},
        {"p1d", true, 1, 0},
        {"-PT1W1D2H3M4S", true, -8, -7384}, // seen in the wild
        {"PT99999999999999999999S", true, 0, 100000},
        {"P", false, 0, 0},
        {"PT", false, 0, 0},
        {"1H", false, 0, 0},
        {"PT1", false, 0, 0},
        {"PTH", false, 0, 0},
        {"PT1H ", false, 0, 0},
        {"P1Y", false, 0, 0},
        {"", false, 0, 0},
        {"-", false, 0, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct span span;
        bool is_good = span_read(&span, rows[i].text, strlen(rows[i].text));
        if (is_good != rows[i].is_good)
            print_error("%s\n", rows[i].text);
        assert_int_equal(is_good, rows[i].is_good);
        if (is_good) {
            assert_int_equal(span.days, rows[i].days);
            assert_int_equal(span.seconds, rows[i].seconds);
        }
    }
}

static void
offsets(void **state)
{
    (void) state;
    int32_t offset_s = 7;
    assert_true(stamp_read_offset(&offset_s, "+0100"));
    assert_int_equal(offset_s, 3600);
    assert_true(stamp_read_offset(&offset_s, "-005328"));
    assert_int_equal(offset_s, -(53 * 60 + 28));
    static const char *const bad[] = {"",   "0100",  "+01:00",
                                      "+1", "+2400", "+0160"};
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_false(stamp_read_offset(&offset_s, bad[i]));
}

static void
midnights(void **state)
{
    (void) state;
    assert_int_equal(stamp_midnight(86399), 0);
    assert_int_equal(stamp_midnight(86400), 86400);
    assert_int_equal(stamp_midnight(-1), -86400);
    assert_int_equal(stamp_midnight(-86400), -86400);
}

/* --- the whole --- */

static bool
read_text(struct calendar *c, char **bytes, const char *text,
          struct problem *why)
{
    *bytes = memory_copy_string(text);
    return calendar_read(c, *bytes, strlen(text), why);
}

static void
what_is_no_calendar_is_refused(void **state)
{
    (void) state;
    static const struct {
        const char *text, *sentence;
    } rows[] = {
        {"", "this is no calendar: it is empty"},
        {" \n<!DOCTYPE html><html>",
         "this is no calendar: it is a web page, perhaps one that asks to "
         "sign in"},
        {"BEGIN:VCARD\nFN:x\nEND:VCARD\n",
         "this is no calendar: nothing in it begins a VCALENDAR"},
        {"{\"items\":[]}",
         "this is no calendar: nothing in it begins a VCALENDAR"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n",
         "the calendar ends too soon: END:VCALENDAR is missing"},
        {"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:2026",
         "the calendar ends too soon: END:VCALENDAR is missing"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct calendar c;
        struct problem why = {0};
        char *bytes;
        assert_false(read_text(&c, &bytes, rows[i].text, &why));
        assert_string_equal(why.text, rows[i].sentence);
        calendar_destroy(&c);
        free(bytes);
    }
}

static void
more_than_a_mebibyte_is_refused(void **state)
{
    (void) state;
    static const char head[] = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
    char *bytes = memory_take(CALENDAR_MOST_BYTES + 2);
    struct calendar c;
    struct problem why = {0};
    for (size_t len = CALENDAR_MOST_BYTES; len < CALENDAR_MOST_BYTES + 2;
         len++) {
        memset(bytes, '\n', len);
        memcpy(bytes, head, sizeof head - 1);
        assert_int_equal(calendar_read(&c, bytes, len, &why),
                         len == CALENDAR_MOST_BYTES);
        calendar_destroy(&c);
    }
    assert_string_equal(why.text, "the calendar is larger than 1 MiB");
    free(bytes);
}

static void
everything_about_an_event(void **state)
{
    (void) state;
    char *bytes;
    struct calendar c;
    struct problem why = {0};
    assert_true(read_text(
        &c, &bytes,
        "begin:vcalendar\nX-WR-TIMEZONE:Europe/London\nMETHOD:PUBLISH\n"
        "BEGIN:VEVENT\nUID:u\nSEQUENCE:12\nSUMMARY;LANGUAGE=en:S\n"
        "LOCATION:L\\, l\nDESCRIPTION:D\nURL:https://x.example/?a;b:c\n"
        "STATUS:TENTATIVE\nDTSTAMP:20260101T000000Z\n"
        "LAST-MODIFIED:20260102T000000Z\n"
        "DTSTART;TZID=Europe/London:20260610T154500\nDTEND:20260610T160000Z\n"
        "DURATION:PT1H\nRRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY\n"
        "RDATE;VALUE=PERIOD:20260611T090000Z/PT2H,20260612T090000Z/"
        "20260612T100000Z\nEXDATE:20260613,20260614T090000Z,nonsense\n"
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20260610T144500Z\n"
        "BEGIN:VALARM\nBEGIN:VALARM\nEND:VALARM\nUID:alarm\nSUMMARY:Alarm\n"
        "DURATION:PT5M\nEND:VALARM\nEND:VEVENT\nSUMMARY:of nothing\n"
        "BEGIN:VTODO\nSUMMARY:todo\nDTSTART:20260101\nEND:VTODO\n"
        "END:VCALENDAR\n",
        &why));
    assert_string_equal(c.zone, "Europe/London");
    assert_false(c.is_cancelled);
    assert_int_equal(c.event_count, 1);
    const struct event *e = c.events;
    assert_string_equal(e->uid, "u");
    assert_int_equal(e->sequence, 12);
    assert_string_equal(e->summary, "S");
    assert_string_equal(e->location, "L\\, l");
    assert_string_equal(e->description, "D");
    assert_string_equal(e->url, "https://x.example/?a;b:c");
    assert_string_equal(e->status, "TENTATIVE");
    assert_int_equal(e->changed_s, shown(2026, 1, 2, 0, 0));
    assert_int_equal(e->start.shown_s, shown(2026, 6, 10, 15, 45));
    assert_string_equal(e->start.tzid, "Europe/London");
    assert_true(e->end.is_utc);
    assert_true(e->has_length);
    assert_int_equal(e->length.seconds, 3600);
    assert_true(e->reaches_on);
    assert_true(e->instead_of.is_utc);
    assert_non_null(e->rules->next);
    assert_null(e->rules->next->next);
    assert_true(e->dates->until.is_set);
    assert_true(e->dates->next->has_length);
    assert_null(e->dates->next->next);
    assert_non_null(e->exceptions->next);
    assert_null(e->exceptions->next->next);
    calendar_destroy(&c);
    free(bytes);
}

/* Nothing that is open, out of place or half there loses what comes next. */
static void
broken_parts_cost_no_more_than_themselves(void **state)
{
    (void) state;
    static const char *const inside[] = {
        "BEGIN:VEVENT\nDTSTART:20260101\nBEGIN:VALARM\nEND:VEVENT\n",
        "BEGIN:VEVENT\nDTSTART:20260101\nBEGIN:VALARM\n",
        "BEGIN:VEVENT\nDTSTART:20260101\nEND:VTODO\nEND:VALARM\n",
        "BEGIN:VTODO\nBEGIN:VEVENT\nDTSTART:20260101\nEND:VEVENT\n",
        "BEGIN:VTIMEZONE\nBEGIN:STANDARD\nBEGIN:VEVENT\nDTSTART:20260101\n",
        "BEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nBEGIN:VEVENT\n"
        "DTSTART:20260101\nEND:VEVENT\n",
        "END:VEVENT\nEND:STANDARD\nBEGIN:VEVENT\nRECURRENCE-ID:20260101\n",
    };
    for (size_t i = 0; i < COUNT(inside); i++) {
        char whole[512], *bytes;
        struct calendar c;
        struct problem why = {0};
        snprintf(whole, sizeof whole,
                 "BEGIN:VCALENDAR\n%sBEGIN:VEVENT\nDTSTART:20260102\n"
                 "END:VEVENT\nEND:VCALENDAR\n",
                 inside[i]);
        assert_true(read_text(&c, &bytes, whole, &why));
        if (c.event_count != 2)
            print_error("%s", inside[i]);
        assert_int_equal(c.event_count, 2);
        assert_int_equal(c.without_start, i == 5);
        assert_int_equal(c.events->start.shown_s, shown(2026, 1, 1, 0, 0));
        assert_int_equal(c.events->next->start.shown_s,
                         shown(2026, 1, 2, 0, 0));
        calendar_destroy(&c);
        free(bytes);
    }
}

static void
events_without_a_calendar_around_them(void **state)
{
    (void) state;
    char *bytes;
    struct calendar c;
    struct problem why = {0};
    assert_true(
        read_text(&c, &bytes, "BEGIN:VEVENT\nDTSTART:20260101\n", &why));
    assert_int_equal(c.event_count, 1);
    calendar_destroy(&c);
    free(bytes);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_unfolded_whatever_ends_them),
        cmocka_unit_test(a_nul_is_a_blank),
        cmocka_unit_test(the_last_colon_counts_where_values_have_none),
        cmocka_unit_test(days_and_times),
        cmocka_unit_test(lengths),
        cmocka_unit_test(offsets),
        cmocka_unit_test(midnights),
        cmocka_unit_test(what_is_no_calendar_is_refused),
        cmocka_unit_test(more_than_a_mebibyte_is_refused),
        cmocka_unit_test(everything_about_an_event),
        cmocka_unit_test(broken_parts_cost_no_more_than_themselves),
        cmocka_unit_test(events_without_a_calendar_around_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
