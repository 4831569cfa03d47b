// links: src/core/feed_write.c src/core/postit_record.c src/core/feed.c
// links: src/core/feed_item.c src/core/feed_fields.c src/core/feed_kind.c
// links: src/core/feed_json.c src/core/json_scan.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/core/board.c
// links: src/core/date.c src/base/arena.c src/base/hash.c src/base/memory.c
// links: src/base/problem.c src/base/text.c src/base/utf8.c src/base/zone.c
// links: src/io/file.c src/base/log.c
// libs: -lcjson -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/feed.h"
#include "core/feed_write.h"
#include "io/file.h"

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

/* ---- a whole board ------------------------------------------------------ */

static const struct feed_write_options with_names = {.has_names = true};

static struct board *
board_from(const char *document, size_t len)
{
    struct problem why = {0};
    struct feed_page page = {document, len};
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!b)
        fail_msg("%d:%d %s in %s", why.line, why.column, why.text, document);
    return b;
}

static struct board *
board_again(const struct board *b, const struct feed_write_options *options)
{
    struct text out = {0};
    feed_write_board(&out, b, options);
    struct board *again = board_from(out.bytes, out.len);
    text_destroy(&out);
    return again;
}

#define SAME_NUMBER(one, other, field)                                         \
    if ((one)->field != (other)->field)                                        \
    fail_msg("%s: " #field " was %lld and is %lld", where,                     \
             (long long) (one)->field, (long long) (other)->field)
#define SAME_TEXT(one, other, field)                                           \
    if (strcmp((one)->field, (other)->field) != 0)                             \
    fail_msg("%s: " #field " was \"%s\" and is \"%s\"", where, (one)->field,   \
             (other)->field)

static void
assert_same_list(const char *where, const char *const *one, int count,
                 const char *const *other, int other_count)
{
    if (count != other_count)
        fail_msg("%s: a list of %d has %d", where, count, other_count);
    for (int i = 0; i < count; i++)
        if (strcmp(one[i], other[i]) != 0)
            fail_msg("%s: \"%s\" is now \"%s\"", where, one[i], other[i]);
}

static void
assert_same_item(const struct item *one, const struct item *other)
{
    const char *where = one->id;
    SAME_TEXT(one, other, id);
    SAME_NUMBER(one, other, kind);
    SAME_TEXT(one, other, title);
    SAME_NUMBER(one, other, has_own_title);
    SAME_TEXT(one, other, text);
    SAME_TEXT(one, other, author);
    SAME_TEXT(one, other, school);
    SAME_TEXT(one, other, image);
    SAME_TEXT(one, other, link);
    SAME_NUMBER(one, other, published_s);
    SAME_NUMBER(one, other, is_pinned);
    SAME_NUMBER(one, other, is_public);
    SAME_NUMBER(one, other, window.from_s);
    SAME_NUMBER(one, other, window.until_s);
    SAME_NUMBER(one, other, window.days);
    SAME_NUMBER(one, other, window.open_minute);
    SAME_NUMBER(one, other, window.shut_minute);
    assert_same_list(where, one->schools, one->school_count, other->schools,
                     other->school_count);
    assert_same_list(where, one->priorities, one->priority_count,
                     other->priorities, other->priority_count);
    assert_same_list(where, one->promises, one->promise_count, other->promises,
                     other->promise_count);
    SAME_NUMBER(one, other, on);
    SAME_TEXT(one, other, next_asker);
    SAME_NUMBER(one, other, week);
    SAME_TEXT(one, other, next_step);
    SAME_NUMBER(one, other, thanks);
    SAME_NUMBER(one, other, trying);
    SAME_NUMBER(one, other, starts_s);
    SAME_NUMBER(one, other, ends_s);
    SAME_NUMBER(one, other, is_all_day);
    SAME_NUMBER(one, other, starts_day);
    SAME_NUMBER(one, other, ends_day);
    SAME_TEXT(one, other, place);
    SAME_NUMBER(one, other, sort);
    SAME_NUMBER(one, other, colour);
    SAME_TEXT(one, other, answers);
    SAME_NUMBER(one, other, is_face_down);
}

static void
assert_same_board(const char *where, const struct board *one,
                  const struct board *other)
{
    SAME_TEXT(one, other, title);
    SAME_TEXT(one, other, language);
    SAME_TEXT(one, other, home_page);
    SAME_NUMBER(one, other, revision);
    SAME_NUMBER(one, other, is_complete);
    SAME_NUMBER(one, other, is_frozen);
    SAME_TEXT(one, other, zone_name);
    SAME_NUMBER(one, other, school_count);
    for (int i = 0; i < one->school_count; i++) {
        SAME_TEXT(one, other, schools[i].id);
        SAME_TEXT(one, other, schools[i].name);
    }
    SAME_NUMBER(one, other, term_count);
    for (int i = 0; i < one->term_count; i++) {
        SAME_NUMBER(one, other, terms[i].from);
        SAME_NUMBER(one, other, terms[i].until);
    }
    SAME_NUMBER(one, other, item_count);
    for (int i = 0; i < one->item_count; i++)
        assert_same_item(&one->items[i], &other->items[i]);
}

static void
assert_board_comes_back(const char *where, const struct board *b)
{
    struct board *again = board_again(b, &with_names);
    assert_same_board(where, b, again);
    assert_int_equal(again->dropped_count, 0);
    board_free(again);
}

/* How many of the folder's files were feeds. */
static int
come_back_from(const char *folder)
{
    DIR *dir = opendir(folder);
    int count = 0;
    if (!dir)
        fail_msg("there is no %s", folder);
    for (struct dirent *e = readdir(dir); e; e = readdir(dir)) {
        char path[1024];
        struct text bytes = {0};
        struct problem why = {0};
        size_t len = strlen(e->d_name);
        if (len < 5 || strcmp(e->d_name + len - 5, ".json") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
        assert_true(file_read(path, FEED_MAX_BYTES, &bytes, &why));
        struct feed_page page = {text_string(&bytes), bytes.len};
        struct board *b = feed_read(&page, 1, SEEN_S, NULL, NULL, &why);
        if (b) {
            assert_board_comes_back(path, b);
            count++;
        }
        board_free(b);
        text_destroy(&bytes);
    }
    closedir(dir);
    return count;
}

static void
our_own_feeds_come_back(void **state)
{
    (void) state;
    assert_int_equal(come_back_from("assets/sample"), 1);
    assert_int_equal(come_back_from("tests/feeds"), 3);
    assert_true(come_back_from("tests/fuzz/corpus/feed") > 0);
}

static void
feeds_of_the_world_come_back(void **state)
{
    (void) state;
    const char *fixtures = getenv("STAFFROOM_FIXTURES");
    char folder[1024];
    if (!fixtures)
        skip();
    snprintf(folder, sizeof folder, "%s/feeds", fixtures);
    assert_true(come_back_from(folder) > 20);
}

/* Every field there is, and the ends of its range. */
static const char everything[] =
    "{\"title\": \"Q&amp;amp;A \\u00e9\", \"language\": \"en-GB\","
    " \"home_page_url\": \"https://a.example/?b&c\","
    " \"_staffroom\": {\"revision\": 9007199254740991, \"complete\": true,"
    "  \"frozen\": true, \"timezone\": \"Europe/London\","
    "  \"schools\": [{\"id\": \"a&amp;b\", \"name\": \"A &amp;amp; B\"},"
    "   {\"id\": \"unnamed\"}],"
    "  \"term\": [{\"from\": \"1900-01-01\", \"until\": \"9999-12-31\"}]},"
    " \"items\": ["
    "{\"id\": 7, \"title\": \"Why\", \"content_text\": \"One.\\n\\nTwo "
    "&amp;amp; two.\","
    " \"_staffroom\": {\"kind\": \"purpose\", \"priorities\": [\"x &amp;lt;\","
    "  \"y\"], \"promises\": [\"z\"], \"pinned\": true, \"public\": true}},"
    "{\"id\": \"q\", \"content_text\": \"Why? Because.\","
    " \"authors\": [{\"name\": \"Priya\"}, {\"name\": \"Tom\"}],"
    " \"_staffroom\": {\"kind\": \"question\", \"on\": \"2026-11-26\","
    "  \"next_asker\": \"Sam &amp;amp; Jo\"}},"
    "{\"id\": \"i\", \"content_text\": \"Do it\", \"image\": \"a.jpg\","
    " \"url\": \"https://x.example/?a=1&b=2\","
    " \"date_published\": \"2026-07-01T00:00:00.9+01:00\","
    " \"_staffroom\": {\"kind\": \"idea\", \"week\": \"2026-W53\","
    "  \"school\": \"a&amp;b\", \"next_step\": \"TeachMeet\", \"thanks\": 3,"
    "  \"trying\": 100000, \"show_from\": \"2026-03-29\","
    "  \"show_until\": \"9999-12-31\", \"days\": [\"mon\", \"Sunday\"],"
    "  \"between\": [\"22:00\", \"24:00\"],"
    "  \"schools\": [\"a&amp;b\", \"9\"]}},"
    "{\"id\": \"i2\", \"content_text\": \"First week\","
    " \"_staffroom\": {\"kind\": \"idea\", \"week\": \"2027-W01\","
    "  \"show_until\": \"9999-12-31T23:59:59-23:59\","
    "  \"show_from\": \"1900-01-01T00:00:00+23:59\","
    "  \"between\": [\"00:00\", \"08:30\"]}},"
    "{\"id\": \"p\", \"content_text\": \"W\", \"_staffroom\": {\"kind\":"
    "  \"postit\", \"sort\": \"delight\", \"colour\": \"blue\","
    "  \"answers\": \"q\", \"thanks\": 1}},"
    "{\"id\": \"p2\", \"content_text\": \"W\", \"_staffroom\": {\"kind\":"
    "  \"postit\", \"sort\": \"idea\", \"answers\": \"q\"}},"
    "{\"id\": \"m\", \"title\": \"Meeting\", \"_staffroom\": {\"kind\":"
    "  \"meeting\", \"starts\": \"2026-11-26T15:45:30+00:00\","
    "  \"ends\": \"2026-11-27\", \"place\": \"Hall &amp;amp; library\"}},"
    "{\"id\": \"m2\", \"title\": \"Inset\", \"_staffroom\": {\"kind\":"
    "  \"meeting\", \"starts\": \"2027-03-28\", \"ends\": \"2027-03-29\"}},"
    "{\"id\": \"m3\", \"title\": \"Odd\", \"_staffroom\": {\"kind\":"
    "  \"meeting\", \"starts\": \"2027-10-31\","
    "  \"ends\": \"2027-11-01T12:00\"}},"
    "{\"id\": \"m4\", \"title\": \"Open\", \"_staffroom\": {\"kind\":"
    "  \"meeting\", \"starts\": \"2027-02-01\"}},"
    "{\"id\": \"s\", \"title\": \"Scrapbook\", \"_staffroom\": {\"kind\":"
    "  \"scrapbook\"}},"
    "{\"id\": \"im\", \"content_text\": \"\", \"image\": \"b.jpg\","
    " \"_staffroom\": {\"kind\": \"impact\"}}]}";

static void
every_field_comes_back(void **state)
{
    (void) state;
    struct board *b = board_from(everything, strlen(everything));
    assert_int_equal(b->note_count, 0);
    assert_int_equal(b->item_count, 12);
    assert_board_comes_back("everything", b);
    for (int i = 0; i < b->item_count; i++)
        assert_int_equal(b->items[i].published_s == TIME_NONE, i != 2);
    board_free(b);
}

static void
the_same_board_gives_the_same_bytes(void **state)
{
    (void) state;
    struct text one = {0}, two = {0};
    struct board *b = board_from(everything, strlen(everything));
    feed_write_board(&one, b, &with_names);
    struct board *again = board_from(one.bytes, one.len);
    feed_write_board(&two, again, &with_names);
    assert_string_equal(one.bytes, two.bytes);
    assert_int_equal(one.bytes[one.len - 1], '\n');
    text_destroy(&one);
    text_destroy(&two);
    board_free(again);
    board_free(b);
}

static void
without_names_nobody_is_named(void **state)
{
    static const char *const names[] = {"Priya", "Tom", "Sam", "authors",
                                        "next_asker"};
    (void) state;
    struct text out = {0};
    struct board *b = board_from(everything, strlen(everything));
    feed_write_board(&out, b, &(struct feed_write_options){0});
    for (size_t i = 0; i < COUNT(names); i++)
        if (strstr(out.bytes, names[i]))
            fail_msg("%s is in %s", names[i], out.bytes);
    struct board *again = board_from(out.bytes, out.len);
    assert_int_equal(again->item_count, b->item_count);
    assert_string_equal(again->items[1].text, "Why? Because.");
    assert_string_equal(again->items[6].place, "Hall &amp; library");
    text_destroy(&out);
    board_free(again);
    board_free(b);
}

static void
a_screens_own_matters_stay_with_it(void **state)
{
    (void) state;
    struct text out = {0};
    struct board *b = board_from(everything, strlen(everything));
    ((struct item *) b->items)[4].is_face_down = true;
    feed_write_board(&out, b, &with_names);
    assert_null(strstr(out.bytes, "expired"));
    assert_null(strstr(out.bytes, "feed_url"));
    text_destroy(&out);
    board_free(b);
}

static void
the_address_of_the_feed_is_said(void **state)
{
    (void) state;
    struct text out = {0};
    struct board *b = board_from("{\"items\":[]}", 12);
    feed_write_board(&out, b,
                     &(struct feed_write_options){
                         .feed_url = "https://hub.example/feed.json"});
    assert_non_null(
        strstr(out.bytes, "\"feed_url\":\"https://hub.example/feed.json\""));
    struct board *again = board_from(out.bytes, out.len);
    assert_int_equal(again->revision, -1);
    assert_same_board("empty", b, again);
    text_destroy(&out);
    board_free(again);
    board_free(b);
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
        cmocka_unit_test(our_own_feeds_come_back),
        cmocka_unit_test(feeds_of_the_world_come_back),
        cmocka_unit_test(every_field_comes_back),
        cmocka_unit_test(the_same_board_gives_the_same_bytes),
        cmocka_unit_test(without_names_nobody_is_named),
        cmocka_unit_test(a_screens_own_matters_stay_with_it),
        cmocka_unit_test(the_address_of_the_feed_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
