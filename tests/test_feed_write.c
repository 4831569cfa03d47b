// links: src/core/feed_write.c src/core/postit_record.c src/core/feed.c
// links: src/core/feed_item.c src/core/feed_fields.c src/core/feed_kind.c
// links: src/core/feed_json.c src/core/json_scan.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/core/board.c
// links: src/core/date.c src/base/arena.c src/base/hash.c src/base/memory.c
// links: src/base/problem.c src/base/text.c src/base/utf8.c src/base/zone.c
// libs: -lcjson -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/feed.h"
#include "core/feed_write.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MADE_S INT64_C(1795680067) // 26 November 2026, 08:01:07 UTC
#define LIFE_S (14 * DAY_S)
#define SEEN_S INT64_C(1800000000)

static struct postit_record
plain(void)
{
    return (struct postit_record){
        .id = "3f2c8d1e-0000-4000-8000-000000000001",
        .text = "Ask them to draw it",
        .author = "Jo, Y5",
        .school = "hillcrest",
        .answers = "q-2026-11-26",
        .made_s = MADE_S,
        .expires_s = MADE_S + LIFE_S,
    };
}

static char *
written(const struct postit_record *postits, int count)
{
    struct text out = {0};
    feed_write_postits(&out, "Post-its", postits, count);
    return out.bytes;
}

static struct board *
read_back(const struct postit_record *postits, int count)
{
    struct problem why = {0};
    char *document = written(postits, count);
    struct feed_page page = {document, strlen(document)};
    struct board *b = feed_read(&page, 1, SEEN_S, NULL, NULL, &why);
    if (!b)
        fail_msg("%d:%d %s in %s", why.line, why.column, why.text, document);
    free(document);
    return b;
}

/* One that must come back; the caller frees the board. */
static struct board *
read_one_back(const struct postit_record *postit)
{
    struct board *b = read_back(postit, 1);
    for (int i = 0; i < b->note_count; i++)
        fail_msg("%s", b->notes[i]);
    assert_int_equal(b->item_count, 1);
    return b;
}

static void
assert_same(const struct item *item, const struct postit_record *p)
{
    assert_int_equal(item->kind, KIND_POSTIT);
    assert_string_equal(item->id, p->id);
    assert_string_equal(item->text, p->text);
    assert_string_equal(item->author, p->author);
    assert_string_equal(item->school, p->school);
    assert_string_equal(item->answers, p->answers);
    assert_int_equal(item->sort, p->sort);
    assert_int_equal(item->colour, p->colour);
    assert_int_equal(item->thanks, p->thanks);
    assert_int_equal(item->trying, p->trying);
    assert_int_equal(item->published_s, p->made_s);
    assert_int_equal(item->window.until_s, p->expires_s);
    assert_false(item->has_own_title);
}

static void
assert_comes_back(const struct postit_record *p)
{
    struct board *b = read_one_back(p);
    assert_same(&b->items[0], p);
    board_free(b);
}

static void
every_sort_and_colour_comes_back(void **state)
{
    (void) state;
    for (int sort = SORT_IDEA; sort <= SORT_DELIGHT; sort++)
        for (int colour = COLOUR_YELLOW; colour <= COLOUR_BLUE; colour++) {
            struct postit_record p = plain();
            p.sort = (enum postit_sort) sort;
            p.colour = (enum postit_colour) colour;
            p.thanks = sort * 7;
            p.trying = colour * 5;
            assert_comes_back(&p);
        }
}

#define FAMILY                                                                 \
    "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"                 \
    "\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6"
#define TEN(x) x x x x x x x x x x
#define LETTERS_140(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(TEN(x))

static void
awkward_words_come_back(void **state)
{
    static const char *const words[] = {
        "\"Why?\" is a question",
        "C:\\new\\table, and a \\ at the end \\",
        "/ </script> <b>not bold</b> <!-- nor this",
        "Fish & chips, R&D; AT&T",
        "&amp; &lt;b&gt; &#39;quoted&#39; &#x1F600; &nbsp;",
        "&amp;amp; &amp;#38; &",
        "&&amp;&",
        FAMILY " and " FAMILY,
        LETTERS_140(FAMILY),
        LETTERS_140("W"),
        "\xD8\xA7\xD8\xB3\xD8\xA3\xD9\x84\xD9\x88\xD8\xA7 3 "
        "\xD8\xA3\xD8\xB3\xD8\xA6\xD9\x84\xD8\xA9 \xD8\x9F",
        "\xE0\xA4\x95\xE0\xA5\x8D\xE0\xA4\xB7 \xE4\xBD\xA0\xE5\xA5\xBD",
        "T\xC5\xB7 \xC5\xB5 \xC2\xA3"
        "5 \xE2\x80\x93 \xE2\x80\x9Cso\xE2\x80\x9D",
        "null",
        "2026-11-26",
        "=1+1",
        "{\"items\": []}",
        "%s %n %d",
        ".",
    };
    (void) state;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct postit_record p = plain();
        p.text = words[i];
        assert_comes_back(&p);
    }
}

/* A reader makes a new line of it, which is what it is; no reader of the JSON
   stumbles over it. */
static void
a_line_separator_is_a_new_line(void **state)
{
    (void) state;
    struct postit_record p = plain();
    p.text = "one\xE2\x80\xA8two";
    struct board *b = read_one_back(&p);
    assert_string_equal(b->items[0].text, "one\ntwo");
    board_free(b);
}

static void
awkward_names_come_back(void **state)
{
    static const char *const names[] = {
        "",
        "Jo \"JJ\" O'Hara",
        "Mo & Jo",
        "&eacute;mile",
        "a, b, c",
        FAMILY,
        "\xD9\x85\xD9\x86\xD9\x89",
        "\\",
        "Zo\xC3\xAB",
    };
    (void) state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct postit_record p = plain();
        p.author = names[i];
        assert_comes_back(&p);
    }
}

static void
what_was_not_said_stays_unsaid(void **state)
{
    (void) state;
    struct postit_record p = plain();
    p.author = p.school = p.answers = "";
    assert_comes_back(&p);
    char *document = written(&p, 1);
    assert_null(strstr(document, "authors"));
    assert_non_null(strstr(document, "\"answers\":\tnull"));
    free(document);
}

static void
ids_come_back_as_written(void **state)
{
    static const char *const ids[] = {
        "q&amp;a",
        "https://northside.example/?a=1&b=2",
        "42",
        "\"q\"",
    };
    (void) state;
    for (size_t i = 0; i < COUNT(ids); i++) {
        struct postit_record p = plain();
        p.answers = p.school = ids[i];
        assert_comes_back(&p);
    }
}

static void
times_are_written_in_utc(void **state)
{
    static const struct {
        int64_t made_s;
        const char *written;
    } rows[] = {
        {MADE_S, "\"2026-11-26T08:01:07Z\""},
        {0, "\"1970-01-01T00:00:00Z\""},
        {-1, "\"1969-12-31T23:59:59Z\""},
        {INT64_C(1782864059), "\"2026-07-01T00:00:59Z\""},
        {INT64_C(951782399), "\"2000-02-28T23:59:59Z\""},
    };
    (void) state;
    setenv("TZ", "America/Chicago", 1);
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct postit_record p = plain();
        p.made_s = rows[i].made_s;
        p.expires_s = rows[i].made_s + 1;
        char *document = written(&p, 1);
        if (!strstr(document, rows[i].written))
            fail_msg("no %s in %s", rows[i].written, document);
        free(document);
        assert_comes_back(&p);
    }
    unsetenv("TZ");
}

/* Nobody knows when: then nothing is said, not something wrong. */
static void
an_unknown_time_is_left_out(void **state)
{
    static const int64_t times[] = {TIME_NONE, INT64_MAX, INT64_MIN + 1,
                                    INT64_C(253402300800)};
    (void) state;
    for (size_t i = 0; i < COUNT(times); i++) {
        struct postit_record p = plain();
        p.made_s = p.expires_s = times[i];
        struct board *b = read_one_back(&p);
        assert_int_equal(b->items[0].published_s, SEEN_S);
        assert_int_equal(b->items[0].window.until_s, TIME_NONE);
        board_free(b);
    }
}

static void
what_is_face_down_is_turned_up_by_no_screen(void **state)
{
    (void) state;
    struct postit_record two[] = {plain(), plain()};
    two[0].id = "hidden";
    two[0].is_face_down = true;
    char *document = written(two, 2);
    assert_non_null(strstr(document, "\"hidden\""));
    free(document);
    struct board *b = read_back(two, 2);
    assert_int_equal(b->item_count, 1);
    assert_same(&b->items[0], &two[1]);
    board_free(b);
}

static void
many_come_back_in_their_order(void **state)
{
    static struct postit_record many[FEED_MAX_ITEMS + 1];
    static char ids[FEED_MAX_ITEMS + 1][8];
    (void) state;
    for (size_t i = 0; i < COUNT(many); i++) {
        snprintf(ids[i], sizeof ids[i], "p-%zu", i);
        many[i] = plain();
        many[i].id = ids[i];
        many[i].text = LETTERS_140("W");
    }
    struct board *b = read_back(many, FEED_MAX_ITEMS);
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    for (int i = 0; i < b->item_count; i++)
        assert_same(&b->items[i], &many[i]);
    board_free(b);
    b = read_back(many, FEED_MAX_ITEMS + 1);
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    board_free(b);
}

static void
the_document_says_what_it_is(void **state)
{
    (void) state;
    struct text out = {0};
    text_add_string(&out, "before ");
    feed_write_postits(&out, "Q&amp;A \"here\"", NULL, 0);
    assert_memory_equal(out.bytes, "before {", 8);
    assert_int_equal(out.bytes[out.len - 1], '\n');
    struct problem why = {0};
    struct feed_page page = {out.bytes + 7, out.len - 7};
    struct board *b = feed_read(&page, 1, SEEN_S, NULL, NULL, &why);
    assert_non_null(b);
    assert_string_equal(b->title, "Q&amp;A \"here\"");
    assert_int_equal(b->item_count, 0);
    assert_non_null(strstr(out.bytes, "\"https://jsonfeed.org/version/1.1\""));
    board_free(b);
    text_destroy(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sort_and_colour_comes_back),
        cmocka_unit_test(awkward_words_come_back),
        cmocka_unit_test(a_line_separator_is_a_new_line),
        cmocka_unit_test(awkward_names_come_back),
        cmocka_unit_test(what_was_not_said_stays_unsaid),
        cmocka_unit_test(ids_come_back_as_written),
        cmocka_unit_test(times_are_written_in_utc),
        cmocka_unit_test(an_unknown_time_is_left_out),
        cmocka_unit_test(what_is_face_down_is_turned_up_by_no_screen),
        cmocka_unit_test(many_come_back_in_their_order),
        cmocka_unit_test(the_document_says_what_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
