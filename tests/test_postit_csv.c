// links: src/core/postit_csv.c src/core/postit_record.c src/core/date.c
// links: src/base/memory.c src/base/text.c src/base/zone.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/date.h"
#include "core/postit_csv.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define BOM "\xEF\xBB\xBF"
#define HEADINGS                                                               \
    BOM "id,written,sort,colour,words,name,school,answer to,thank yous,"       \
        "trying it,expires,face down,shared\r\n"
#define MADE_S INT64_C(1795680067) // 26 November 2026, 08:01:07 UTC
#define LIFE_S (14 * DAY_S)

static struct postit_record
plain(void)
{
    return (struct postit_record){
        .id = "3f2c",
        .text = "Draw it",
        .author = "Jo",
        .school = "hillcrest",
        .answers = "q-1",
        .made_s = MADE_S,
        .expires_s = MADE_S + LIFE_S,
    };
}

/* The table of one post-it is that row under the headings, to the byte. */
static void
assert_row(const struct zone *zone, const struct postit_record *p,
           const char *row)
{
    struct text out = {0}, wanted = {0};
    text_add_format(&wanted, "%s%s\r\n", HEADINGS, row);
    postit_csv_write(&out, zone, p, 1);
    assert_string_equal(out.bytes, wanted.bytes);
    assert_int_equal(out.len, wanted.len);
    text_destroy(&out);
    text_destroy(&wanted);
}

static void
whole_rows(void **state)
{
    (void) state;
    struct postit_record p = plain();
    assert_row(NULL, &p,
               "3f2c,2026-11-26 08:01,idea,yellow,Draw it,Jo,hillcrest,q-1,"
               "0,0,2026-12-10 08:01,no,no");
    p.answers_words = "What do our quietest pupils know?";
    assert_row(NULL, &p,
               "3f2c,2026-11-26 08:01,idea,yellow,Draw it,Jo,hillcrest,"
               "What do our quietest pupils know?,0,0,2026-12-10 08:01,no,no");
    p.answers_words = "=1+1, or";
    assert_row(NULL, &p,
               "3f2c,2026-11-26 08:01,idea,yellow,Draw it,Jo,hillcrest,"
               "\"'=1+1, or\",0,0,2026-12-10 08:01,no,no");
    p = (struct postit_record){
        .id = "3f2d",
        .text = "Loud, \"but\" good",
        .author = "",
        .school = "",
        .answers = "",
        .sort = SORT_DISTURBANCE,
        .colour = COLOUR_MINT,
        .shared = POSTIT_SHARED_YES,
        .is_face_down = true,
        .thanks = 12,
        .trying = 3,
        .made_s = TIME_NONE,
        .expires_s = TIME_NONE,
    };
    assert_row(NULL, &p,
               "3f2d,,disturbance,mint,\"Loud, \"\"but\"\" good\",,,,12,3,,"
               "yes,yes");
}

static void
every_word_has_its_own(void **state)
{
    static const char *const sorts[] = {"idea", "answer", "discovery",
                                        "disturbance", "delight"};
    static const char *const colours[] = {"yellow", "pink", "mint", "blue"};
    static const char *const shared[] = {"no", "sent", "yes"};
    (void) state;
    for (int i = 0; i < 5; i++) {
        struct postit_record p = plain();
        struct text row = {0};
        p.sort = (enum postit_sort) i;
        p.colour = (enum postit_colour)(i % 4);
        p.shared = (enum postit_shared)(i % 3);
        text_add_format(&row,
                        "3f2c,2026-11-26 08:01,%s,%s,Draw it,Jo,hillcrest,"
                        "q-1,0,0,2026-12-10 08:01,no,%s",
                        sorts[i], colours[i % 4], shared[i % 3]);
        assert_row(NULL, &p, row.bytes);
        text_destroy(&row);
    }
}

/* RFC 4180 §2, and what a spreadsheet would run. */
static void
cells(void **state)
{
    static const struct {
        const char *words, *cell;
    } rows[] = {
        {"plain", "plain"},
        {"", ""},
        {"a,b", "\"a,b\""},
        {"\"", "\"\"\"\""},
        {"say \"hello\"", "\"say \"\"hello\"\"\""},
        {"one\ntwo", "\"one\ntwo\""},
        {"one\r\ntwo", "\"one\r\ntwo\""},
        {"it's; 5 \xC2\xA3", "it's; 5 \xC2\xA3"},
        {"back\\slash", "back\\slash"},
        {"=1+1", "'=1+1"},
        {"+44 20", "'+44 20"},
        {"-1", "'-1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"\nx", "\"'\nx\""},
        {"=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"},
        {"=HYPERLINK(\"http://x\",\"y\")",
         "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"=", "'="},
        {"'=1", "'=1"},
        {"2-1=1", "2-1=1"},
        {" =1", " =1"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct postit_record p = plain();
        struct text row = {0};
        p.text = p.author = p.school = p.answers = rows[i].words;
        text_add_format(&row,
                        "3f2c,2026-11-26 08:01,idea,yellow,%s,%s,%s,%s,0,0,"
                        "2026-12-10 08:01,no,no",
                        rows[i].cell, rows[i].cell, rows[i].cell, rows[i].cell);
        assert_row(NULL, &p, row.bytes);
        text_destroy(&row);
    }
}

static void
times_are_local(void **state)
{
    static const struct {
        const char *zone, *made, *made_there, *expires_there;
    } rows[] = {
        {"Europe/London", "2026-11-26T08:01:59Z", "2026-11-26 08:01",
         "2026-12-10 08:01"},
        {"Europe/London", "2026-06-30T23:30:00Z", "2026-07-01 00:30",
         "2026-07-15 00:30"},
        {"Europe/London", "2026-10-20T11:00:00Z", "2026-10-20 12:00",
         "2026-11-03 11:00"}, // the clocks go back in between
        {"America/Chicago", "2027-01-01T05:59:59Z", "2026-12-31 23:59",
         "2027-01-14 23:59"},
        {"", "1969-12-31T23:59:59Z", "1969-12-31 23:59", "1970-01-14 23:59"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct zone *zone = *rows[i].zone ? zone_open(rows[i].zone) : NULL;
        struct postit_record p = plain();
        struct text row = {0};
        p.made_s = time_parse(rows[i].made, NULL);
        p.expires_s = p.made_s + LIFE_S;
        text_add_format(&row,
                        "3f2c,%s,idea,yellow,Draw it,Jo,hillcrest,q-1,0,0,%s,"
                        "no,no",
                        rows[i].made_there, rows[i].expires_there);
        assert_row(zone, &p, row.bytes);
        text_destroy(&row);
        zone_close(zone);
    }
}

static void
no_year_has_five_digits(void **state)
{
    static const int64_t times[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX,
                                    INT64_C(253402300800)};
    (void) state;
    for (size_t i = 0; i < COUNT(times); i++) {
        struct postit_record p = plain();
        p.made_s = p.expires_s = times[i];
        assert_row(NULL, &p,
                   "3f2c,,idea,yellow,Draw it,Jo,hillcrest,q-1,0,0,,no,no");
    }
}

static void
rows_are_in_the_order_given(void **state)
{
    (void) state;
    struct postit_record two[] = {plain(), plain()};
    struct text out = {0};
    two[1].id = "3f2d";
    postit_csv_write(&out, NULL, two, 2);
    char *first = strstr(out.bytes, "\r\n3f2c,");
    assert_non_null(first);
    assert_non_null(strstr(first + 2, "\r\n3f2d,"));
    text_destroy(&out);
    postit_csv_write(&out, NULL, NULL, 0);
    assert_string_equal(out.bytes, HEADINGS);
    text_destroy(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_rows),
        cmocka_unit_test(every_word_has_its_own),
        cmocka_unit_test(cells),
        cmocka_unit_test(times_are_local),
        cmocka_unit_test(no_year_has_five_digits),
        cmocka_unit_test(rows_are_in_the_order_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
