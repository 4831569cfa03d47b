// links: src/calendar/calendar.c src/calendar/content_line.c
// links: src/calendar/stamp.c src/calendar/zones.c src/calendar/vtimezone.c
// links: src/calendar/windows_zones.c src/calendar/rule.c src/core/date.c
// links: src/base/zone.c src/base/memory.c src/base/arena.c src/base/text.c
// links: src/base/problem.c
// libs: -lical
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calendar/windows_zones.h"
#include "calendar/zones.h"
#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define UNTIL_S (INT64_C(60) * 366 * DAY_S) // 2030

static int64_t
shown(int year, int month, int date, int hour)
{
    return day_from_date(year, month, date) * (int64_t) DAY_S + hour * 3600;
}

/* Hours east of UTC that `tzid` is on a summer's and a winter's noon, in a
   calendar with these lines, for a partnership in London. */
static void
offsets_of(const char *lines, const char *tzid, int year, int *summer,
           int *winter)
{
    char *bytes = memory_take(strlen(lines) + 64);
    int len = snprintf(bytes, strlen(lines) + 64,
                       "BEGIN:VCALENDAR\n%sEND:VCALENDAR\n", lines);
    struct calendar c;
    struct problem why = {0};
    struct zone *london = zone_open("Europe/London");
    assert_non_null(london);
    assert_true(calendar_read(&c, bytes, (size_t) len, &why));
    struct zones z;
    zones_init(&z, &c, london, UNTIL_S);
    const struct zone *zone = zones_find(&z, tzid);
    *summer = zone_offset_s(zone, shown(year, 7, 1, 12)) / 3600;
    *winter = zone_offset_s(zone, shown(year, 1, 10, 12)) / 3600;
    assert_ptr_equal(zones_find(&z, tzid), zone); // and once more
    zones_destroy(&z);
    calendar_destroy(&c);
    zone_close(london);
    free(bytes);
}

/* Moscow's hours of 1601, so that nothing else can give the same answer. */
#define OWN(tzid)                                                              \
    "BEGIN:VTIMEZONE\nTZID:" tzid "\n"                                         \
    "BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:+0800\n"            \
    "TZOFFSETTO:+0700\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\n"              \
    "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:16010101T020000\n"                  \
    "TZOFFSETFROM:+0700\nTZOFFSETTO:+0800\n"                                   \
    "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3\nEND:DAYLIGHT\n"                   \
    "END:VTIMEZONE\n"

static void
which_zone_a_name_means(void **state)
{
    (void) state;
    static const struct {
        const char *what, *lines, *tzid;
        int summer, winter;
    } rows[] = {
        {"IANA", "", "America/Chicago", -5, -6},
        {"IANA without a place", "", "UTC", 0, 0},
        {"Windows", "", "GMT Standard Time", 1, 0},
        {"Windows, in small letters", "", "romance standard time", 2, 1},
        {"Windows, where there is no summer time", "",
         "Greenwich Standard Time", 0, 0},
        {"a VTIMEZONE", OWN("Ours"), "Ours", 8, 7},
        {"a VTIMEZONE of Windows' name", OWN("GMT Standard Time"),
         "GMT Standard Time", 8, 7},
        {"a VTIMEZONE of a short name", OWN("GMT"), "GMT", 8, 7},
        {"a place is where it is", OWN("Europe/Berlin"), "Europe/Berlin", 2, 1},
        {"a place at the end", "", "/mozilla.org/20050126_1/Europe/Berlin", 2,
         1},
        {"a longer place at the end", "",
         "/x.org/1/America/Argentina/Buenos_Aires", -3, -3},
        {"Exchange's UTC", "", "tzone://Microsoft/Utc", 0, 0},
        {"nobody knows it", "", "tzone://Microsoft/Custom", 1, 0},
        {"nothing", "", "", 1, 0},
        {"the calendar's own for what nobody knows",
         "X-WR-TIMEZONE:America/Chicago\n", "Staffroom clock", -5, -6},
        {"the calendar's own for what floats",
         "X-WR-TIMEZONE:America/Chicago\n", "", -5, -6},
        {"the calendar's own is Windows'",
         "X-WR-TIMEZONE:W. Europe Standard Time\n", "", 2, 1},
        {"the calendar's own is its VTIMEZONE",
         "X-WR-TIMEZONE:Ours\n" OWN("Ours"), "", 8, 7},
        {"the calendar's own is nonsense", "X-WR-TIMEZONE:../../etc/passwd\n",
         "", 1, 0},
        {"a VTIMEZONE that says nothing",
         "BEGIN:VTIMEZONE\nTZID:Ours\nEND:VTIMEZONE\n", "Ours", 1, 0},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int summer, winter;
        offsets_of(rows[i].lines, rows[i].tzid, 2026, &summer, &winter);
        if (summer != rows[i].summer || winter != rows[i].winter)
            print_error("%s\n", rows[i].what);
        assert_int_equal(summer, rows[i].summer);
        assert_int_equal(winter, rows[i].winter);
    }
}

static void
more_names_than_are_remembered(void **state)
{
    (void) state;
    char bytes[] = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
    char names[ZONES_MOST + 10][20];
    struct calendar c;
    struct problem why = {0};
    struct zones z;
    assert_true(calendar_read(&c, bytes, sizeof bytes - 1, &why));
    zones_init(&z, &c, NULL, UNTIL_S);
    for (int i = 0; i < ZONES_MOST + 10; i++) {
        snprintf(names[i], sizeof names[i], "name%d", i);
        assert_null(zones_find(&z, names[i]));
    }
    assert_null(zones_find(&z, "Europe/Berlin")); // too late: the usual one
    zones_destroy(&z);
    calendar_destroy(&c);
}

/* The rules of a file, against tzdata's for the same place, hour by hour
   around each change. */
static void
a_vtimezone_changes_its_clocks_on_the_hour(void **state)
{
    (void) state;
    char bytes[] =
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Ours\n"
        "BEGIN:DAYLIGHT\nTZOFFSETFROM:+0000\nTZOFFSETTO:+0100\n"
        "DTSTART:19810329T010000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\n"
        "END:DAYLIGHT\nBEGIN:STANDARD\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0000\n"
        "DTSTART:19961027T020000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\n"
        "END:STANDARD\nEND:VTIMEZONE\nEND:VCALENDAR\n";
    struct calendar c;
    struct problem why = {0};
    struct zones z;
    struct zone *london = zone_open("Europe/London");
    assert_true(calendar_read(&c, bytes, sizeof bytes - 1, &why));
    zones_init(&z, &c, NULL, UNTIL_S);
    const struct zone *ours = zones_find(&z, "Ours");
    for (int64_t at_s = shown(1996, 11, 1, 0); at_s < shown(2029, 1, 1, 0);
         at_s += 3600)
        assert_int_equal(zone_offset_s(ours, at_s),
                         zone_offset_s(london, at_s));
    zones_destroy(&z);
    zone_close(london);
    calendar_destroy(&c);
}

static void
former_rules_left_open_are_over(void **state)
{
    (void) state;
    // New York's before and after 2007, as Outlook exports them.
    char bytes[] =
        "BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:Ours\n"
        "BEGIN:STANDARD\nDTSTART:16711029T020000\n"
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\nTZOFFSETFROM:-0400\n"
        "TZOFFSETTO:-0500\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:16710404T020000\n"
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=4\nTZOFFSETFROM:-0500\n"
        "TZOFFSETTO:-0400\nEND:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:20071104T020000\n"
        "RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\nTZOFFSETFROM:-0400\n"
        "TZOFFSETTO:-0500\nEND:STANDARD\n"
        "BEGIN:DAYLIGHT\nDTSTART:20070311T020000\n"
        "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3\nTZOFFSETFROM:-0500\n"
        "TZOFFSETTO:-0400\nEND:DAYLIGHT\n"
        "END:VTIMEZONE\nEND:VCALENDAR\n";
    struct calendar c;
    struct problem why = {0};
    struct zones z;
    struct zone *new_york = zone_open("America/New_York");
    assert_true(calendar_read(&c, bytes, sizeof bytes - 1, &why));
    zones_init(&z, &c, NULL, UNTIL_S);
    const struct zone *ours = zones_find(&z, "Ours");
    for (int64_t at_s = shown(1988, 1, 1, 0); at_s < shown(2029, 1, 1, 0);
         at_s += 6 * 3600)
        assert_int_equal(zone_offset_s(ours, at_s),
                         zone_offset_s(new_york, at_s));
    zones_destroy(&z);
    zone_close(new_york);
    calendar_destroy(&c);
}

static void
rules_of_a_vtimezone_that_end(void **state)
{
    (void) state;
    // Summer time until 2020, then one last time in 2025, by date.
    static const char lines[] =
        "BEGIN:VTIMEZONE\nTZID:Ours\n"
        "BEGIN:DAYLIGHT\nDTSTART:20000326T010000\nTZOFFSETFROM:+0000\n"
        "TZOFFSETTO:+0100\nRDATE:20250330T010000\n"
        "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;UNTIL=20200401T000000Z\n"
        "END:DAYLIGHT\n"
        "BEGIN:STANDARD\nDTSTART:20001029T020000\nTZOFFSETFROM:+0100\n"
        "TZOFFSETTO:+0000\nRDATE:20251026T010000Z\n"
        "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;COUNT=21\nEND:STANDARD\n"
        "END:VTIMEZONE\n";
    static const int summers[][2] = {{1999, 0}, {2000, 1}, {2020, 1},
                                     {2021, 0}, {2025, 1}, {2026, 0}};
    for (size_t i = 0; i < COUNT(summers); i++) {
        int summer, winter;
        offsets_of(lines, "Ours", summers[i][0], &summer, &winter);
        assert_int_equal(summer, summers[i][1]);
        assert_int_equal(winter, 0);
    }
}

/* All of CLDR's names are found, and tzdata knows each of them. */
static void
windows_names(void **state)
{
    (void) state;
    static const struct {
        const char *windows, *iana;
    } rows[] = {
        {"GMT Standard Time", "Europe/London"},
        {"gmt standard time", "Europe/London"},
        {"AUS Central Standard Time", "Australia/Darwin"},
        {"Yukon Standard Time", "America/Whitehorse"},
        {"UTC", "Etc/UTC"},
        {"UTC-02", "Etc/GMT+2"},
        {"Pacific Standard Time (Mexico)", "America/Tijuana"},
        {"India Standard Time", "Asia/Kolkata"},
        {"W. Europe Standard Time", "Europe/Berlin"},
        {"Eastern Standard Time", "America/New_York"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *iana = windows_zone(rows[i].windows);
        assert_non_null(iana);
        assert_string_equal(iana, rows[i].iana);
    }
    for (int i = 0; i < WINDOWS_ZONE_COUNT; i++) {
        const struct windows_zone *row = &windows_zones[i];
        assert_ptr_equal(windows_zone(row->windows), row->iana);
        struct zone *zone = zone_open(row->iana);
        if (!zone)
            print_error("%s\n", row->iana);
        assert_non_null(zone);
        zone_close(zone);
    }
    assert_null(windows_zone(""));
    assert_null(windows_zone("GMT"));
    assert_null(windows_zone("GMT Standard Time "));
    assert_null(windows_zone("Zzz"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(which_zone_a_name_means),
        cmocka_unit_test(more_names_than_are_remembered),
        cmocka_unit_test(a_vtimezone_changes_its_clocks_on_the_hour),
        cmocka_unit_test(former_rules_left_open_are_over),
        cmocka_unit_test(rules_of_a_vtimezone_that_end),
        cmocka_unit_test(windows_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
