// links: src/calendar/write.c src/core/date.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/base/*.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "calendar/write.h"
#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
moments_have_the_offset_of_the_zone(void **state)
{
    (void) state;
    static const struct {
        const char *zone, *when, *wanted;
    } rows[] = {
        {"Europe/London", "2026-06-10T14:45:00Z", "2026-06-10T15:45:00+01:00"},
        {"Europe/London", "2026-12-10T15:45:07Z", "2026-12-10T15:45:07+00:00"},
        {"America/St_Johns", "2026-06-10T01:00:00Z",
         "2026-06-09T22:30:00-02:30"},
        {"Asia/Kathmandu", "2026-06-10T20:00:00Z", "2026-06-11T01:45:00+05:45"},
        {"Europe/Dublin", "1915-06-10T12:00:00Z", "1915-06-10T11:35:00-00:25"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct zone *zone = zone_open(rows[i].zone);
        struct text out = {0};
        assert_non_null(zone);
        write_moment(&out, time_parse(rows[i].when, NULL), zone);
        assert_string_equal(text_string(&out), rows[i].wanted);
        text_destroy(&out);
        zone_close(zone);
    }
}

/* One occurrence of `e`, as a line. */
static void
check_line(const struct event *e, bool is_all_day, bool is_cancelled,
           const char *wanted)
{
    struct occurrences *found = memory_take_zeroed(sizeof *found);
    struct calendar c = {.zone = "", .is_cancelled = is_cancelled};
    struct text out = {0};
    found->list[0] = (struct occurrence){
        .event = e,
        .is_all_day = is_all_day,
        .start_s = day_from_date(2026, 11, 26) * (int64_t) DAY_S,
        .end_s = day_from_date(2026, 11, 27) * (int64_t) DAY_S,
    };
    found->count = 1;
    write_occurrences(&out, found, &c, NULL);
    assert_string_equal(text_string(&out), wanted);
    text_destroy(&out);
    free(found);
}

#define EMPTY .uid = "", .summary = "", .location = "", .url = "", .status = ""

static void
an_event_that_says_nothing_has_every_field(void **state)
{
    (void) state;
    const struct event e = {EMPTY, .description = ""};
    check_line(&e, false, false,
               "{\"uid\":\"\",\"summary\":\"\","
               "\"start\":\"2026-11-26T00:00:00+00:00\","
               "\"end\":\"2026-11-27T00:00:00+00:00\",\"all_day\":false,"
               "\"location\":\"\",\"description\":\"\",\"url\":\"\","
               "\"status\":\"CONFIRMED\"}\n");
    check_line(&e, true, true,
               "{\"uid\":\"\",\"summary\":\"\",\"start\":\"2026-11-26\","
               "\"end\":\"2026-11-27\",\"all_day\":true,\"location\":\"\","
               "\"description\":\"\",\"url\":\"\",\"status\":\"CANCELLED\"}\n");
}

static void
texts_are_plain(void **state)
{
    (void) state;
    const struct event e = {
        .uid = "a\tb",
        .summary =
            "Maths\\, \\\"Zo\xC3\xAB\\\" \\\\o/\\nand\x01more \xE2\x80\xAE"
            "x \xFF\\",
        .location = "Hall\\; upstairs\\",
        .description = "One\\n\\n\\nTwo\\N\"three\" < four",
        .url = "https://x.example/?a=1&b=2",
        .status = "tentative",
    };
    check_line(
        &e, true, false,
        "{\"uid\":\"a b\",\"summary\":\"Maths, \\\"Zo\xC3\xAB\\\" \\\\o/ "
        "andmore x \xEF\xBF\xBD\",\"start\":\"2026-11-26\","
        "\"end\":\"2026-11-27\",\"all_day\":true,"
        "\"location\":\"Hall; upstairs\","
        "\"description\":\"One\\n\\nTwo\\n\\\"three\\\" < four\","
        "\"url\":\"https://x.example/?a=1&b=2\","
        "\"status\":\"TENTATIVE\"}\n");
}

static void
html_in_a_description_is_read(void **state)
{
    (void) state;
    const struct event e = {
        EMPTY,
        .description = "<b>Bring</b> books\\, &amp; pens.<br>See <a href=\"x\">"
                       "here</a>\\nthen go",
    };
    check_line(&e, true, false,
               "{\"uid\":\"\",\"summary\":\"\",\"start\":\"2026-11-26\","
               "\"end\":\"2026-11-27\",\"all_day\":true,\"location\":\"\","
               "\"description\":\"Bring books, & pens.\\nSee here\\nthen go\","
               "\"url\":\"\",\"status\":\"CONFIRMED\"}\n");
}

static void
long_texts_end_with_an_ellipsis(void **state)
{
    (void) state;
    struct text summary = {0}, wanted = {0};
    for (int i = 0; i < 300; i++)
        text_add_char(&summary, 'x');
    text_add_string(&wanted, "{\"uid\":\"\",\"summary\":\"");
    for (int i = 0; i < WRITE_SUMMARY_MOST - 1; i++)
        text_add_char(&wanted, 'x');
    text_add_string(&wanted,
                    "\xE2\x80\xA6\",\"start\":\"2026-11-26\","
                    "\"end\":\"2026-11-27\",\"all_day\":true,\"location\":\"\","
                    "\"description\":\"\",\"url\":\"\",\"status\":\"CONFIRMED\""
                    "}\n");
    struct event e = {EMPTY, .description = ""};
    e.summary = text_string(&summary);
    check_line(&e, true, false, text_string(&wanted));
    text_destroy(&summary);
    text_destroy(&wanted);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(moments_have_the_offset_of_the_zone),
        cmocka_unit_test(an_event_that_says_nothing_has_every_field),
        cmocka_unit_test(texts_are_plain),
        cmocka_unit_test(html_in_a_description_is_read),
        cmocka_unit_test(long_texts_end_with_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
