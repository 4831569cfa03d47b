// links: src/calendar/*.c src/core/date.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/base/*.c
// links: tests/calendar_stand.c
// libs: -lical -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/calendar_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* An event of the term that is in most of these: lines, and what is found. */
struct row {
    const char *what, *inside, *wanted;
};

static void
check_rows(const struct row *rows, size_t count, const char *from,
           const char *until)
{
    for (size_t i = 0; i < count; i++) {
        struct text found = {0};
        calendar_stand_expand(&found, rows[i].inside, from, until);
        if (strcmp(text_string(&found), rows[i].wanted) != 0)
            print_error("%s\n", rows[i].what);
        assert_string_equal(text_string(&found), rows[i].wanted);
        text_destroy(&found);
    }
}

#define EVENT(lines) "BEGIN:VEVENT\nUID:a\n" lines "END:VEVENT\n"

/* Thursdays at a quarter to four, on both sides of the end of summer time. */
#define START "DTSTART;TZID=Europe/London:20261015T154500\n"
#define WEEKLY START "SUMMARY:W\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\n"
#define ON_15 "2026-10-15T15:45:00+01:00 2026-10-15T16:45:00+01:00 W\n"
#define ON_22 "2026-10-22T15:45:00+01:00 2026-10-22T16:45:00+01:00 W\n"
#define ON_29 "2026-10-29T15:45:00+00:00 2026-10-29T16:45:00+00:00 W\n"
#define ON_5 "2026-11-05T15:45:00+00:00 2026-11-05T16:45:00+00:00 W\n"
#define ON_12 "2026-11-12T15:45:00+00:00 2026-11-12T16:45:00+00:00 W\n"

static void
rules_end_where_they_say(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"COUNT", EVENT(WEEKLY), ON_15 ON_22 ON_29 ON_5},
        {"no rule", EVENT(START "SUMMARY:W\nDURATION:PT1H\n"), ON_15},
        {"UNTIL is a day",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20261029\n"),
         ON_15 ON_22 ON_29},
        {"UNTIL in UTC, to the second",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:UNTIL=20261029T154500Z;FREQ=WEEKLY\n"),
         ON_15 ON_22 ON_29},
        {"UNTIL in UTC, a second short",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20261029T154459Z\n"),
         ON_15 ON_22},
        {"UNTIL as the clock shows it, in summer",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=WEEKLY;UNTIL=20261022T154500\n"),
         ON_15 ON_22},
        {"UNTIL before it began: all of it was deleted",
         EVENT(START "SUMMARY:W\nRRULE:FREQ=WEEKLY;UNTIL=20261014\n"), ""},
        {"every second week",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=WEEKLY;BYDAY=TH;INTERVAL=2;COUNT=2\n"),
         ON_15 ON_29},
        {"the start is one of two though the rule has only Thursdays",
         EVENT("SUMMARY:W\nDTSTART;TZID=Europe/London:20261014T154500\n"
               "RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2\n"),
         "2026-10-14T15:45:00+01:00 2026-10-14T15:45:00+01:00 W\n"
         "2026-10-15T15:45:00+01:00 2026-10-15T15:45:00+01:00 W\n"},
        {"an empty part, and one of somebody's own",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=;X-NO=1;\n"),
         ON_15 ON_22},
        {"two rules that meet",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2\n"
                     "RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=2\n"),
         ON_15 ON_22 ON_29},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
rules_that_are_none_leave_the_start(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"hourly", EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:FREQ=HOURLY\n"),
         ON_15 "[too often]\n"},
        {"by the second",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:freq=secondly\n"),
         ON_15 "[too often]\n"},
        {"fortnightly",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:FREQ=FORTNIGHTLY\n"),
         ON_15 "[broken rule]\n"},
        {"nothing", EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:\n"),
         ON_15 "[broken rule]\n"},
        {"COUNT=0",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=0\n"),
         ON_15 "[broken rule]\n"},
        {"another calendar's years",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:RSCALE=HEBREW;FREQ=YEARLY\n"),
         ON_15 "[broken rule]\n"},
        {"30 February",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\n"),
         ON_15},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
exceptions_hold_however_they_are_written(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"in its zone",
         EVENT(WEEKLY "EXDATE;TZID=Europe/London:20261022T154500\n"),
         ON_15 ON_29 ON_5},
        {"in UTC, summer and winter",
         EVENT(WEEKLY "EXDATE:20261022T144500Z,20261029T154500Z\n"),
         ON_15 ON_5},
        {"in another zone",
         EVENT(WEEKLY "EXDATE;TZID=America/New_York:20261029T114500\n"),
         ON_15 ON_22 ON_5},
        {"floating", EVENT(WEEKLY "EXDATE:20261022T154500\n"),
         ON_15 ON_29 ON_5},
        {"as days, on lines of their own",
         EVENT(WEEKLY "EXDATE;VALUE=DATE:20261022\n"
                      "EXDATE;VALUE=DATE:20261105\n"),
         ON_15 ON_29},
        {"a day without VALUE=DATE", EVENT(WEEKLY "EXDATE:20261022\n"),
         ON_15 ON_29 ON_5},
        {"the first of them", EVENT(WEEKLY "EXDATE:20261015T144500Z\n"),
         ON_22 ON_29 ON_5},
        {"at another time of day", EVENT(WEEKLY "EXDATE:20261022T154500Z\n"),
         ON_15 ON_22 ON_29 ON_5},
        {"one that an RDATE adds",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRDATE:20261022T144500Z\n"
                     "EXDATE;TZID=Europe/London:20261022T154500\n"),
         ON_15},
        {"one that was moved: deleted counts",
         EVENT(WEEKLY "EXDATE;TZID=Europe/London:20261022T154500\n")
             EVENT("RECURRENCE-ID:20261022T144500Z\nSUMMARY:Moved\n"
                   "DTSTART:20261023T090000Z\n"),
         ON_15 ON_29 ON_5},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
extra_dates_have_zones_and_lengths(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"in summer, in its zone",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RDATE;TZID=Europe/London:20261022T154500\n"),
         ON_15 ON_22},
        {"floating: in the event's zone",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\nRDATE:20261022T154500\n"),
         ON_15 ON_22},
        {"in UTC",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RDATE:20261022T144500Z,20261029T154500Z\n"),
         ON_15 ON_22 ON_29},
        {"a day: at the usual time",
         EVENT(START "SUMMARY:W\nDURATION:PT1H\n"
                     "RDATE;VALUE=DATE:20261029\n"),
         ON_15 ON_29},
        {"what the rule has too, once",
         EVENT(WEEKLY "RDATE:20261022T144500Z\n"), ON_15 ON_22 ON_29 ON_5},
        {"periods with a length and with an end",
         EVENT(START
               "SUMMARY:W\nDURATION:PT1H\n"
               "RDATE;VALUE=PERIOD;TZID=Europe/London:20261022T090000/PT2H,"
               "20261023T090000/20261023T093000\n"
               "RDATE;VALUE=PERIOD:20261029T090000Z/20261029T100000Z\n"),
         ON_15 "2026-10-22T09:00:00+01:00 2026-10-22T11:00:00+01:00 W\n"
               "2026-10-23T09:00:00+01:00 2026-10-23T09:30:00+01:00 W\n"
               "2026-10-29T09:00:00+00:00 2026-10-29T10:00:00+00:00 W\n"},
        {"a period that ends before it begins",
         EVENT("DTSTART:20261015T090000Z\nSUMMARY:W\n"
               "RDATE;VALUE=PERIOD:20261016T090000Z/20261015T080000Z\n"),
         "2026-10-15T10:00:00+01:00 2026-10-15T10:00:00+01:00 W\n"
         "2026-10-16T10:00:00+01:00 2026-10-16T10:00:00+01:00 W\n"},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

#define INSTEAD_OF_22 "RECURRENCE-ID;TZID=Europe/London:20261022T154500\n"
#define MOVED "2026-10-23T10:00:00+01:00 2026-10-23T11:00:00+01:00 Moved\n"
#define TO_23                                                                  \
    "SUMMARY:Moved\nDTSTART;TZID=Europe/London:20261023T100000\n"              \
    "DTEND;TZID=Europe/London:20261023T110000\n"

static void
moved_meetings_are_shown_once(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"by its own clock", EVENT(WEEKLY) EVENT(INSTEAD_OF_22 TO_23),
         ON_15 MOVED ON_29 ON_5},
        {"before the series in the file",
         EVENT(INSTEAD_OF_22 TO_23) EVENT(WEEKLY), ON_15 MOVED ON_29 ON_5},
        {"named in UTC",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID:20261022T144500Z\n" TO_23),
         ON_15 MOVED ON_29 ON_5},
        {"named by its day",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID;VALUE=DATE:20261022\n" TO_23),
         ON_15 MOVED ON_29 ON_5},
        {"the highest SEQUENCE counts, wherever it stands",
         EVENT(WEEKLY) EVENT(INSTEAD_OF_22 "SEQUENCE:2\n" TO_23)
             EVENT(INSTEAD_OF_22 "SEQUENCE:1\nSUMMARY:Old\n"
                                 "DTSTART:20261024T090000Z\n"),
         ON_15 MOVED ON_29 ON_5},
        {"then the one changed last",
         EVENT(WEEKLY)
             EVENT(INSTEAD_OF_22 "LAST-MODIFIED:20261002T000000Z\n" TO_23)
                 EVENT(INSTEAD_OF_22 "LAST-MODIFIED:20261001T000000Z\n"
                                     "SUMMARY:Old\nDTSTART:20261024T090000Z\n"),
         ON_15 MOVED ON_29 ON_5},
        {"a series that was written twice",
         EVENT(WEEKLY) EVENT("SEQUENCE:1\n" START "SUMMARY:New\n"),
         "2026-10-15T15:45:00+01:00 2026-10-15T15:45:00+01:00 New\n"},
        {"two meetings under one UID", EVENT(WEEKLY) EVENT(TO_23),
         ON_15 ON_22 MOVED ON_29 ON_5},
        {"one whose series is not there", EVENT(INSTEAD_OF_22 TO_23), MOVED},
        {"called off",
         EVENT(WEEKLY) EVENT(INSTEAD_OF_22 "SUMMARY:W\nSTATUS:CANCELLED\n"),
         ON_15 "2026-10-22T15:45:00+01:00 2026-10-22T15:45:00+01:00 W CANCELLED"
               "\n" ON_29 ON_5},
        {"called off with the whole calendar",
         "METHOD:CANCEL\n" EVENT(START "SUMMARY:W\n"),
         "2026-10-15T15:45:00+01:00 2026-10-15T15:45:00+01:00 W CANCELLED\n"},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
from_outside_into_the_window_and_out_of_it(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"in",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID:20261029T154500Z\nSUMMARY:Moved\n"
                             "DTSTART;TZID=Europe/London:20261020T090000\n"),
         "2026-10-20T09:00:00+01:00 2026-10-20T09:00:00+01:00 Moved\n" ON_22},
        {"out",
         EVENT(WEEKLY) EVENT(INSTEAD_OF_22 "SUMMARY:Moved\n"
                                           "DTSTART:20261224T090000Z\n"),
         ""},
        {"with all that follow",
         EVENT(WEEKLY)
             EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE:20261022T144500Z\n"
                   "SUMMARY:W\nDTSTART;TZID=Europe/London:20261015T080000\n"),
         "2026-10-22T08:00:00+01:00 2026-10-22T08:00:00+01:00 W\n"},
    };
    check_rows(rows, COUNT(rows), "2026-10-19", "2026-10-25");
}

static void
this_and_all_later_ones(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"later in the day, by the wall's clock in summer and winter",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE;"
                             "TZID=Europe/London:20261022T154500\nSUMMARY:L\n"
                             "DTSTART;TZID=Europe/London:20261022T161500\n"
                             "DURATION:PT30M\n"),
         ON_15 "2026-10-22T16:15:00+01:00 2026-10-22T16:45:00+01:00 L\n"
               "2026-10-29T16:15:00+00:00 2026-10-29T16:45:00+00:00 L\n"
               "2026-11-05T16:15:00+00:00 2026-11-05T16:45:00+00:00 L\n"},
        {"written in UTC, and one of them by itself again",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE:"
                             "20261022T144500Z\nSUMMARY:L\n"
                             "DTSTART:20261022T144500Z\n")
             EVENT("RECURRENCE-ID:20261029T154500Z\nSUMMARY:Own\n"
                   "DTSTART:20261030T090000Z\n"),
         ON_15 "2026-10-22T15:45:00+01:00 2026-10-22T15:45:00+01:00 L\n"
               "2026-10-30T09:00:00+00:00 2026-10-30T09:00:00+00:00 Own\n"
               "2026-11-05T15:45:00+00:00 2026-11-05T15:45:00+00:00 L\n"},
        {"and changed once more",
         EVENT(WEEKLY) EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE;"
                             "TZID=Europe/London:20261022T154500\nSUMMARY:L\n"
                             "DTSTART;TZID=Europe/London:20261023T154500\n")
             EVENT("RECURRENCE-ID;RANGE=THISANDFUTURE;"
                   "TZID=Europe/London:20261105T154500\nSUMMARY:M\n"
                   "STATUS:CANCELLED\n"
                   "DTSTART;TZID=Europe/London:20261105T154500\n"),
         ON_15 "2026-10-23T15:45:00+01:00 2026-10-23T15:45:00+01:00 L\n"
               "2026-10-30T15:45:00+00:00 2026-10-30T15:45:00+00:00 L\n"
               "2026-11-05T15:45:00+00:00 2026-11-05T15:45:00+00:00 M "
               "CANCELLED\n"},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
whole_days(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"the end is the day after",
         EVENT("DTSTART;VALUE=DATE:20261026\n"
               "DTEND;VALUE=DATE:20261031\n"
               "SUMMARY:Half term\n"),
         "2026-10-26 2026-10-31 Half term\n"},
        {"no end", EVENT("DTSTART;VALUE=DATE:20261026\nSUMMARY:I\n"),
         "2026-10-26 2026-10-27 I\n"},
        {"an end that is the start",
         EVENT("DTSTART:20261026\nDTEND:20261026\nSUMMARY:I\n"),
         "2026-10-26 2026-10-27 I\n"},
        {"a length", EVENT("DTSTART:20261026\nDURATION:P2D\nSUMMARY:I\n"),
         "2026-10-26 2026-10-28 I\n"},
        {"a length in hours",
         EVENT("DTSTART:20261026\nDURATION:PT25H\nSUMMARY:I\n"),
         "2026-10-26 2026-10-28 I\n"},
        {"a length below nothing",
         EVENT("DTSTART:20261026\nDURATION:-P3D\nSUMMARY:I\n"),
         "2026-10-26 2026-10-27 I\n"},
        {"across the clock change, one called off at midnight in UTC",
         EVENT("DTSTART:20261024\nRRULE:FREQ=DAILY;COUNT=4\nSUMMARY:I\n"
               "EXDATE:20261024T230000Z\n"),
         "2026-10-24 2026-10-25 I\n2026-10-26 2026-10-27 I\n"
         "2026-10-27 2026-10-28 I\n"},
        {"one moved, named as a midnight in Windows' zone",
         EVENT("DTSTART:20261019\nRRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:I\n")
             EVENT("RECURRENCE-ID;TZID=GMT Standard Time:20261026T000000\n"
                   "DTSTART:20261027\nSUMMARY:Moved\n"),
         "2026-10-19 2026-10-20 I\n2026-10-27 2026-10-28 Moved\n"},
        {"Exchange's midnight to midnight",
         EVENT("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nSUMMARY:I\n"
               "DTSTART;TZID=GMT Standard Time:20261020T000000\n"
               "DTEND;TZID=GMT Standard Time:20261021T000000\n"
               "RRULE:FREQ=WEEKLY;COUNT=2\n"),
         "2026-10-20 2026-10-21 I\n2026-10-27 2026-10-28 I\n"},
        {"a night that only says it is a whole day",
         EVENT("X-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nSUMMARY:I\n"
               "DTSTART;TZID=GMT Standard Time:20261020T000000\n"
               "DTEND;TZID=GMT Standard Time:20261020T060000\n"),
         "2026-10-20T00:00:00+01:00 2026-10-20T06:00:00+01:00 I\n"},
        {"before what begins at midnight",
         EVENT("DTSTART;TZID=Europe/London:20261026T000000\nSUMMARY:T\n")
             EVENT("DTSTART:20261026\nSUMMARY:I\n"),
         "2026-10-26 2026-10-27 I\n"
         "2026-10-26T00:00:00+00:00 2026-10-26T00:00:00+00:00 T\n"},
    };
    check_rows(rows, COUNT(rows), "2026-09-01", "2026-12-24");
}

static void
lengths_across_a_clock_change(void **state)
{
    (void) state;
    // 25 October 2026 has 25 hours. A DURATION of a day is a day, one in hours
    // is exact, and so is a DTEND (RFC 5545 §3.3.6, §3.8.5.3).
    static const struct row rows[] = {
        {"a day",
         EVENT("DTSTART;TZID=Europe/London:20261024T120000\n"
               "DURATION:P1D\nSUMMARY:I\n"),
         "2026-10-24T12:00:00+01:00 2026-10-25T12:00:00+00:00 I\n"},
        {"24 hours",
         EVENT("DTSTART;TZID=Europe/London:20261024T120000\n"
               "DURATION:PT24H\nSUMMARY:I\n"),
         "2026-10-24T12:00:00+01:00 2026-10-25T11:00:00+00:00 I\n"},
        {"an end in another zone",
         EVENT("DTSTART;TZID=Europe/London:20261024T120000\n"
               "DTEND;TZID=Europe/Paris:20261024T140000\nSUMMARY:I\n"),
         "2026-10-24T12:00:00+01:00 2026-10-24T13:00:00+01:00 I\n"},
        {"an end before the start",
         EVENT("DTSTART;TZID=Europe/London:20261024T120000\n"
               "DTEND;TZID=Europe/London:20261024T110000\nSUMMARY:I\n"),
         "2026-10-24T12:00:00+01:00 2026-10-24T12:00:00+01:00 I\n"},
        {"in the hour that is lived twice: the first",
         EVENT("DTSTART;TZID=Europe/London:20261025T013000\nSUMMARY:I\n"),
         "2026-10-25T01:30:00+01:00 2026-10-25T01:30:00+01:00 I\n"},
        {"daily in the hour that is skipped: an hour later",
         EVENT("DTSTART;TZID=Europe/London:20260328T013000\n"
               "RRULE:FREQ=DAILY;COUNT=3\nSUMMARY:I\n"),
         "2026-03-28T01:30:00+00:00 2026-03-28T01:30:00+00:00 I\n"
         "2026-03-29T02:30:00+01:00 2026-03-29T02:30:00+01:00 I\n"
         "2026-03-30T01:30:00+01:00 2026-03-30T01:30:00+01:00 I\n"},
    };
    check_rows(rows, COUNT(rows), "2026-03-01", "2026-12-24");
}

static void
the_window(void **state)
{
    (void) state;
    static const struct row rows[] = {
        {"runs over its beginning",
         EVENT("DTSTART;TZID=Europe/London:20261018T230000\nSUMMARY:I\n"
               "DURATION:PT2H\nRRULE:FREQ=YEARLY\n"),
         "2026-10-18T23:00:00+01:00 2026-10-19T01:00:00+01:00 I\n"},
        {"ends as it begins",
         EVENT("DTSTART;TZID=Europe/London:20261018T230000\nDURATION:PT1H\n"),
         ""},
        {"begins as it ends",
         EVENT("DTSTART;TZID=Europe/London:20261025T000000\nDURATION:PT1H\n"),
         ""},
        {"lasts nothing at its beginning",
         EVENT("DTSTART;TZID=Europe/London:20261019T000000\nSUMMARY:I\n"),
         "2026-10-19T00:00:00+01:00 2026-10-19T00:00:00+01:00 I\n"},
        {"a holiday that is half over",
         EVENT("DTSTART:20261012\nDTEND:20261020\nSUMMARY:I\n"),
         "2026-10-12 2026-10-20 I\n"},
        {"whole days that touch it",
         EVENT("DTSTART:20261018\n") EVENT("DTSTART:20261025\n"), ""},
        {"from long ago",
         EVENT("DTSTART;TZID=Europe/London:19981223T090000\nSUMMARY:I\n"
               "RRULE:FREQ=WEEKLY;INTERVAL=3\n"),
         "2026-10-21T09:00:00+01:00 2026-10-21T09:00:00+01:00 I\n"},
        {"a birthday of 1604",
         EVENT("DTSTART;VALUE=DATE:16041020\nSUMMARY:I\nRRULE:FREQ=YEARLY\n"),
         "2026-10-20 2026-10-21 I\n"},
    };
    check_rows(rows, COUNT(rows), "2026-10-19", "2026-10-25");
}

static void
no_more_than_five_hundred_and_the_first(void **state)
{
    (void) state;
    struct text inside = {0}, found = {0};
    for (int i = 0; i < 40; i++)
        text_add_format(&inside,
                        "BEGIN:VEVENT\nUID:%d\nSUMMARY:I\n"
                        "DTSTART:202610%02dT0900%02dZ\nRRULE:FREQ=DAILY\n"
                        "END:VEVENT\n",
                        i, 28 - i / 2, i);
    calendar_stand_expand(&found, text_string(&inside), "2026-10-01",
                          "2027-10-01");
    int lines = 0;
    for (const char *c = text_string(&found); *c; c++)
        lines += *c == '\n';
    assert_int_equal(lines, 500 + 1);
    assert_non_null(strstr(text_string(&found), "[cut]\n"));
    // The last to begin in the file is the first in time.
    assert_int_equal(strncmp(text_string(&found), "2026-10-09T10:00:38", 19),
                     0);
    text_destroy(&found);
    text_destroy(&inside);
}

static void
more_than_can_be_followed_is_refused(void **state)
{
    (void) state;
    struct text inside = {0}, found = {0};
    text_add_string(&inside, "BEGIN:VEVENT\nDTSTART:19000101\n");
    for (int i = 0; i < 60; i++)
        text_add_string(&inside, "RRULE:FREQ=DAILY;COUNT=999999\n");
    text_add_string(&inside, "END:VEVENT\n");
    calendar_stand_expand(&found, text_string(&inside), "2099-10-01",
                          "2099-10-02");
    assert_non_null(strstr(text_string(&found),
                           "[the calendar has more recurring events than"));
    text_destroy(&found);
    text_destroy(&inside);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_end_where_they_say),
        cmocka_unit_test(rules_that_are_none_leave_the_start),
        cmocka_unit_test(exceptions_hold_however_they_are_written),
        cmocka_unit_test(extra_dates_have_zones_and_lengths),
        cmocka_unit_test(moved_meetings_are_shown_once),
        cmocka_unit_test(from_outside_into_the_window_and_out_of_it),
        cmocka_unit_test(this_and_all_later_ones),
        cmocka_unit_test(whole_days),
        cmocka_unit_test(lengths_across_a_clock_change),
        cmocka_unit_test(the_window),
        cmocka_unit_test(no_more_than_five_hundred_and_the_first),
        cmocka_unit_test(more_than_can_be_followed_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
