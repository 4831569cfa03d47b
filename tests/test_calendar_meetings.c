// links: src/core/calendar_meetings.c src/core/calendar_refresh.c
// links: src/core/date.c src/core/feed_json.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/character_reference.c src/base/zone.c
// links: src/base/arena.c src/base/memory.c src/base/problem.c src/base/text.c
// links: src/base/utf8.c
// libs: -lcjson -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "core/calendar_meetings.h"
#include "core/calendar_refresh.h"
#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

#define TIMED                                                                  \
    "\"start\":\"2027-03-30T15:30:00+01:00\","                                 \
    "\"end\":\"2027-03-30T17:00:00+01:00\",\"all_day\":false"

static bool
read_line(struct arena *a, const char *line, struct calendar_meeting *m)
{
    struct problem why = {0};
    bool is_read = calendar_meeting_read(line, strlen(line), a, m, &why);
    // Whoever is refused is told why, and nobody else is.
    assert_int_equal(is_read, !*why.text);
    return is_read;
}

static void
a_line_is_a_meeting(void **state)
{
    struct arena a = {0};
    struct calendar_meeting m;
    (void) state;
    assert_true(read_line(
        &a,
        "{\"uid\":\"u1\",\"summary\":\"Moderation \\ud83c\\udf89\"," TIMED
        ",\"location\":\"Hall\",\"description\":\"Bring\\nbooks\","
        "\"url\":\"https://a.example/?b=c\",\"status\":\"CONFIRMED\"}\n",
        &m));
    assert_string_equal(m.uid, "u1");
    assert_string_equal(m.title, "Moderation \xF0\x9F\x8E\x89");
    assert_int_equal(m.starts_s, time_parse("2027-03-30T14:30:00Z", NULL));
    assert_int_equal(m.ends_s, time_parse("2027-03-30T16:00:00Z", NULL));
    assert_false(m.is_all_day);
    assert_false(m.is_cancelled);
    assert_string_equal(m.place, "Hall");
    assert_string_equal(m.description, "Bring\nbooks");
    assert_string_equal(m.url, "https://a.example/?b=c");

    assert_true(read_line(&a,
                          "{\"summary\":\"INSET\",\"start\":\"2027-03-26\","
                          "\"end\":\"2027-03-28\",\"all_day\":true,"
                          "\"status\":\"CANCELLED\"}",
                          &m));
    assert_true(m.is_all_day && m.is_cancelled);
    assert_int_equal(m.start_day, day_parse("2027-03-26"));
    assert_int_equal(m.end_day, day_parse("2027-03-27")); // inclusive
    assert_string_equal(m.uid, "");
    assert_string_equal(m.place, "");

    // What has no length has no end.
    assert_true(read_line(&a,
                          "{\"summary\":\"Bell\",\"all_day\":false,"
                          "\"start\":\"2027-03-30T15:30:00Z\","
                          "\"end\":\"2027-03-30T15:30:00Z\"}",
                          &m));
    assert_int_equal(m.ends_s, TIME_NONE);
    arena_destroy(&a);
}

static void
texts_are_made_fit_for_a_wall(void **state)
{
    struct arena a = {0};
    struct calendar_meeting m;
    (void) state;
    char *line = test_malloc(20000), *at = line;
    at = stpcpy(at, "{" TIMED ",\"summary\":\"a\\u202e  b\\u0007\\nc\","
                    "\"description\":\"");
    memset(at, 'x', 9000);
    at += 9000;
    stpcpy(at, "\"}");
    assert_true(read_line(&a, line, &m));
    assert_string_equal(m.title, "a b c");
    assert_true(strlen(m.description) < 2010);
    test_free(line);
    arena_destroy(&a);
}

static void
what_is_no_meeting_is_refused(void **state)
{
    static const char *const lines[] = {
        "",
        "\n",
        "nonsense",
        "[]",
        "{}",
        "null",
        "{\"summary\":\"x\"}",
        "{" TIMED "}",
        "{\"summary\":\"\"," TIMED "}",
        "{\"summary\":\" \\u0007 \"," TIMED "}",
        "{\"summary\":7," TIMED "}",
        "{\"summary\":\"x\"," TIMED "} {\"summary\":\"y\"}",
        "{\"summary\":\"x\"," TIMED,
        "{\"summary\":\"x\",\"start\":\"2027-03-26\",\"end\":\"2027-03-27\"}",
        "{\"summary\":\"x\",\"all_day\":true,\"start\":\"2027-02-30\","
        "\"end\":\"2027-03-27\"}",
        "{\"summary\":\"x\",\"start\":\"soon\",\"end\":\"later\"}",
        "{\"summary\":\"\\u0000\"," TIMED "}",
        "{\"summary\":\"\xff\"," TIMED "}",
    };
    (void) state;
    struct arena a = {0};
    struct calendar_meeting m;
    for (size_t i = 0; i < COUNT(lines); i++) {
        if (read_line(&a, lines[i], &m))
            fail_msg("row %zu was read", i);
        assert_null(m.title);
    }
    size_t len = CALENDAR_LINE_MOST + 1;
    char *blanks = test_malloc(len);
    struct problem why = {0};
    memset(blanks, ' ', len);
    assert_false(calendar_meeting_read(blanks, len, &a, &m, &why));
    test_free(blanks);
    arena_destroy(&a);
}

static void
titles_compare_without_case_and_blanks(void **state)
{
    static const struct {
        const char *one, *other;
        bool is_same;
    } rows[] = {
        {"Staff meeting", " STAFF \t meeting ", true},
        {"Straße", "STRASSE", true},
        {"Caf\xC3\xA9", "cafe\xCC\x81", true},
        {"Staff meeting", "Staffmeeting", false},
        {"Zoë", "Zoe", false},
        {"", "", true},
    };
    (void) state;
    struct arena a = {0};
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool is_same = strcmp(calendar_title_folded(&a, rows[i].one),
                              calendar_title_folded(&a, rows[i].other)) == 0;
        if (is_same != rows[i].is_same)
            fail_msg("row %zu", i);
    }
    arena_destroy(&a);
}

static void
a_filter_is_words_that_begin_words(void **state)
{
    static const struct {
        const char *title, *filter;
        bool has;
    } rows[] = {
        {"Meeting of all staff", "staff meet", true},
        {"Meeting of all staff", "STAFF  Meeting", true},
        {"Meeting of all staff", "", true},
        {"Meeting of all staff", "  ", true},
        {"Meeting of all staff", "staff lunch", false},
        {"Start of term", "art", false},
        {"Start of term", "term", true},
        {"Year-6 moderation", "6", true},
        {"(Staff) meeting", "staff", true},
        {"", "staff", false},
        {"\xC3\x89t\xC3\xA9", "\xC3\xA9t\xC3\xA9", true},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (calendar_title_has(rows[i].title, rows[i].filter) != rows[i].has)
            fail_msg("row %zu", i);
}

static void
a_calendar_says_how_often_it_is_asked(void **state)
{
    static const struct {
        const char *text;
        int minutes;
    } rows[] = {
        {"", 30},
        {"no calendar", 30},
        {"BEGIN:VCALENDAR\r\nX-PUBLISHED-TTL:PT20M\r\n", 20},
        {"BEGIN:VCALENDAR\nREFRESH-INTERVAL;VALUE=DURATION:PT45M", 45},
        {"refresh-interval;value=duration:PT45M\n", 45},
        {"X-PUBLISHED-TTL:PT20M\r\nREFRESH-INTERVAL:PT40M\r\n", 40},
        {"X-PUBLISHED-TTL:PT5M\n", 15},
        {"X-PUBLISHED-TTL:PT1H30M\n", 60},
        {"X-PUBLISHED-TTL:P1D\n", 60},
        {"X-PUBLISHED-TTL:P1W\n", 60},
        {"X-PUBLISHED-TTL:PT1200S\n", 20},
        {"X-PUBLISHED-TTL:+PT0H20M\n", 20},
        {"X-PUBLISHED-TTL:PT999999999999999999999H\n", 60},
        {"X-PUBLISHED-TTL:-PT20M\n", 30},
        {"X-PUBLISHED-TTL:P20M\n", 30}, // months: there are none
        {"X-PUBLISHED-TTL:PT\n", 30},
        {"X-PUBLISHED-TTL:soon\n", 30},
        {"X-PUBLISHED-TTL\n", 30},
        {"X-PUBLISHED-TTLS:PT20M\n", 30},
        // A meeting's own words are not the calendar's.
        {"BEGIN:VEVENT\nX-PUBLISHED-TTL:PT20M\n", 30},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int s = calendar_refresh_s(rows[i].text, strlen(rows[i].text));
        if (s != rows[i].minutes * 60)
            fail_msg("row %zu: %d s", i, s);
    }
    assert_int_equal(calendar_refresh_s(NULL, 0), CALENDAR_REFRESH_USUAL_S);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_a_meeting),
        cmocka_unit_test(texts_are_made_fit_for_a_wall),
        cmocka_unit_test(what_is_no_meeting_is_refused),
        cmocka_unit_test(titles_compare_without_case_and_blanks),
        cmocka_unit_test(a_filter_is_words_that_begin_words),
        cmocka_unit_test(a_calendar_says_how_often_it_is_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
