// links: src/core/feed.c src/core/feed_item.c src/core/feed_fields.c src/core/feed_kind.c src/core/feed_json.c src/core/json_scan.c src/core/plain_text.c src/core/html_text.c src/core/character_reference.c src/core/board.c src/core/date.c src/base/arena.c src/base/hash.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c src/base/zone.c
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

#include "base/text.h"
#include "base/utf8.h"
#include "core/feed.h"
#include "core/feed_kind.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define SEEN_S INT64_C(1795000000)
#define DAY(text) day_parse(text)
#define AT(text) time_parse(text, NULL)

static struct board *
read_string(const char *text, struct problem *why)
{
    struct feed_page page = {text, strlen(text)};
    return feed_read(&page, 1, SEEN_S, NULL, NULL, why);
}

/* The board of a feed with these items; the caller frees it. */
static struct board *
read_items(const char *items)
{
    struct text text = {0};
    struct problem why;
    text_add_format(&text,
                    "{\"title\":\"T\",\"_staffroom\":{\"timezone\":"
                    "\"Europe/London\"},\"items\":[%s]}",
                    items);
    struct board *b = read_string(text.bytes, &why);
    if (!b)
        fail_msg("%d:%d %s in %s", why.line, why.column, why.text, items);
    text_destroy(&text);
    return b;
}

/* Fails, with all of them, when no note has these words. */
static void
assert_note(const struct board *b, const char *words)
{
    for (int i = 0; i < b->note_count; i++)
        if (strstr(b->notes[i], words))
            return;
    for (int i = 0; i < b->note_count; i++)
        print_message("note: %s\n", b->notes[i]);
    fail_msg("no note says \"%s\"", words);
}

static const struct item *
find_item(const struct board *b, const char *id)
{
    for (int i = 0; i < b->item_count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return &b->items[i];
    fail_msg("no item %s", id);
    return NULL;
}

/* --- the document --- */

static const char example[] =
    "{\"version\":\"https://jsonfeed.org/version/1.1\","
    "\"title\":\"Northside Learning Partnership\",\"language\":\"en-GB\","
    "\"_staffroom\":{\"revision\":128,\"complete\":true,\"timezone\":"
    "\"Europe/London\",\"frozen\":false,\"schools\":[{\"id\":\"hillcrest\","
    "\"name\":\"Hillcrest Primary\"}],\"term\":[{\"from\":\"2026-11-02\","
    "\"until\":\"2026-12-18\"}]},\"items\":["
    "{\"id\":\"purpose\",\"title\":\"Why we are a partnership\","
    "\"content_text\":\"Every child known.\",\"_staffroom\":{\"kind\":"
    "\"purpose\",\"priorities\":[\"a\",\"b\",\"c\"],\"promises\":[\"p\"]}},"
    "{\"id\":\"q-2026-11-26\",\"content_text\":\"What do our quietest pupils "
    "know \\u2026?\",\"authors\":[{\"name\":\"Priya, Year 4\"}],"
    "\"_staffroom\":{\"kind\":\"question\",\"on\":\"2026-11-26\","
    "\"next_asker\":\"Tom\"}},"
    "{\"id\":\"i-48\",\"title\":\"Two-minute mysteries\",\"content_text\":"
    "\"Start maths with \\u2026\",\"authors\":[{\"name\":\"Danielle\"}],"
    "\"image\":\"https://a.example/photo.jpg?a=1&amp;b\",\"_staffroom\":"
    "{\"kind\":\"idea\",\"week\":\"2026-W48\",\"school\":\"hillcrest\","
    "\"next_step\":\"TeachMeet, 3 December\",\"thanks\":12,\"trying\":5}},"
    "{\"id\":\"m-1\",\"title\":\"Learning meeting\",\"_staffroom\":{\"kind\":"
    "\"meeting\",\"starts\":\"2026-11-26T15:45:00+00:00\",\"ends\":"
    "\"2026-11-26T17:00:00+00:00\",\"place\":\"Library, Hillcrest\"}},"
    "{\"id\":\"8f1c\",\"content_text\":\"Silent debate on sugar paper\","
    "\"authors\":[{\"name\":\"Jo, Y5\"}],\"date_published\":"
    "\"2026-11-24T08:41:00+00:00\",\"_staffroom\":{\"kind\":\"postit\","
    "\"sort\":\"delight\",\"colour\":\"mint\",\"school\":\"hillcrest\","
    "\"answers\":null,\"pinned\":true}}]}";

static void
the_example_is_read_whole(void **state)
{
    (void) state;
    struct problem why;
    struct board *b = read_string(example, &why);
    assert_non_null(b);
    assert_string_equal(b->title, "Northside Learning Partnership");
    assert_string_equal(b->language, "en-GB");
    assert_int_equal(b->revision, 128);
    assert_true(b->is_complete);
    assert_false(b->is_frozen);
    assert_string_equal(b->zone_name, "Europe/London");
    assert_non_null(b->zone);
    assert_int_equal(b->school_count, 1);
    assert_string_equal(board_school_name(b, "hillcrest"), "Hillcrest Primary");
    assert_string_equal(board_school_name(b, "other"), "other");
    assert_int_equal(b->term_count, 1);
    assert_int_equal(b->terms[0].from, DAY("2026-11-02"));
    assert_int_equal(b->terms[0].until, DAY("2026-12-18"));
    assert_int_equal(b->note_count, 0);
    assert_int_equal(b->item_count, 5);

    const struct item *purpose = find_item(b, "purpose");
    assert_int_equal(purpose->kind, KIND_PURPOSE);
    assert_int_equal(purpose->priority_count, 3);
    assert_string_equal(purpose->priorities[2], "c");
    assert_string_equal(purpose->promises[0], "p");

    const struct item *question = find_item(b, "q-2026-11-26");
    assert_int_equal(question->kind, KIND_QUESTION);
    assert_false(question->has_own_title);
    assert_string_equal(question->title, question->text);
    assert_int_equal(question->on, DAY("2026-11-26"));
    assert_string_equal(question->next_asker, "Tom");
    assert_string_equal(question->author, "Priya, Year 4");
    assert_int_equal(question->published_s, SEEN_S);

    const struct item *idea = find_item(b, "i-48");
    assert_true(idea->has_own_title);
    assert_int_equal(idea->order, 2);
    assert_int_equal(idea->week, DAY("2026-11-23"));
    assert_string_equal(idea->image, "https://a.example/photo.jpg?a=1&amp;b");
    assert_string_equal(idea->next_step, "TeachMeet, 3 December");
    assert_int_equal(idea->thanks, 12);
    assert_int_equal(idea->trying, 5);

    const struct item *meeting = find_item(b, "m-1");
    assert_int_equal(meeting->starts_s, AT("2026-11-26T15:45Z"));
    assert_int_equal(meeting->ends_s, AT("2026-11-26T17:00Z"));
    assert_false(meeting->is_all_day);
    assert_string_equal(meeting->place, "Library, Hillcrest");

    const struct item *postit = find_item(b, "8f1c");
    assert_int_equal(postit->sort, SORT_DELIGHT);
    assert_int_equal(postit->colour, COLOUR_MINT);
    assert_string_equal(postit->answers, "");
    assert_true(postit->is_pinned);
    assert_int_equal(postit->published_s, AT("2026-11-24T08:41Z"));
    board_free(b);
    board_free(NULL);
}

static void
what_is_no_feed_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"", "empty"},
        {"<html>", "login page"},
        {"[]", "this is a list"},
        {"\"items\"", "not a feed"},
        {"null", "not a feed"},
        {"{}", "no list of \"items\""},
        {"{\"items\":{}}", "no list of \"items\""},
        {"{\"Items\":[]}", "no list of \"items\""},
        {"{\"items\":null}", "no list of \"items\""},
        {"{\"items\":[{\"id\":\"a\"}", "too soon"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem why;
        assert_null(read_string(rows[i].text, &why));
        if (!strstr(why.text, rows[i].says))
            fail_msg("%s: %s", rows[i].text, why.text);
    }
}

static void
little_is_needed(void **state)
{
    (void) state;
    struct problem why;
    struct board *b = read_string("{\"version\":42,\"items\":[]}", &why);
    assert_non_null(b);
    assert_string_equal(b->title, "");
    assert_string_equal(b->language, "");
    assert_string_equal(b->zone_name, "");
    assert_int_equal(b->revision, -1);
    assert_int_equal(b->item_count, 0);
    assert_note(b, "the feed: it has no \"title\"");
    board_free(b);
}

static void
wrong_types_at_the_top_are_left_out(void **state)
{
    (void) state;
    struct problem why;
    struct board *b = read_string(
        "{\"title\":[1],\"language\":7,\"authors\":5,\"_staffroom\":{"
        "\"revision\":1.5,\"complete\":\"true\",\"frozen\":1,"
        "\"timezone\":\"Mars/Olympus\",\"schools\":[1,{\"name\":\"x\"},"
        "{\"id\":7}],\"term\":[{\"from\":\"2026-12-01\",\"until\":"
        "\"2026-11-01\"},{\"from\":\"soon\"},3]},\"items\":[]}",
        &why);
    assert_non_null(b);
    assert_string_equal(b->title, "");
    assert_int_equal(b->revision, -1);
    assert_false(b->is_complete);
    assert_false(b->is_frozen);
    assert_string_equal(b->zone_name, "");
    assert_int_equal(b->school_count, 1);
    assert_string_equal(board_school_name(b, "7"), "7");
    assert_int_equal(b->term_count, 0);
    assert_note(b, "\"title\" should be a text but is a list");
    assert_note(b, "\"revision\" should be a whole number");
    assert_note(b, "\"complete\" should be true or false but is a text");
    assert_note(b, "no time zone \"Mars/Olympus\"");
    assert_note(b, "\"from\" is \"soon\"");
    board_free(b);

    b = read_string("{\"_staffroom\":[],\"items\":[]}", &why);
    assert_note(b, "\"_staffroom\" should be an object but is a list");
    board_free(b);
    b = read_string("{\"_staffroom\":{\"term\":{},\"schools\":7},\"items\":[]}",
                    &why);
    assert_note(b, "\"term\" should be a list but is an object");
    assert_note(b, "\"schools\" should be a list but is a number");
    board_free(b);
    b = read_string("{\"_staffroom\":{\"revision\":9007199254740992},"
                    "\"items\":[]}",
                    &why);
    assert_int_equal(b->revision, INT64_C(9007199254740992));
    board_free(b);
    b = read_string("{\"_staffroom\":{\"revision\":9007199254740993},"
                    "\"items\":[]}",
                    &why);
    assert_int_equal(b->revision, -1);
    board_free(b);
}

/* --- items --- */

static void
ids_decide_what_stays(void **state)
{
    static const struct {
        const char *item;
        const char *id; // NULL: dropped
        const char *note;
    } rows[] = {
        {"{\"id\":\"a\"}", "a", NULL},
        {"{\"id\":\" a\\u0007 \"}", "a", NULL},
        {"{\"id\":48}", "48", NULL},
        {"{\"id\":0}", "0", NULL},
        {"{\"id\":1.5}", "1.5", NULL},
        {"{\"id\":110000000000000001}", "110000000000000001", NULL},
        {"{\"id\":\"x&amp;y\"}", "x&amp;y", NULL},
        {"{\"title\":\"no id\"}", NULL, "item 1: it has no usable \"id\""},
        {"{\"id\":\"\"}", NULL, "no usable"},
        {"{\"id\":\" \\t\"}", NULL, "no usable"},
        {"{\"id\":null}", NULL, "no usable"},
        {"{\"id\":true}", NULL, "no usable"},
        {"{\"id\":[\"a\"]}", NULL, "no usable"},
        {"{\"id\":1e999}", NULL, "no usable"},
        {"\"a\"", NULL, "item 1: it is no object"},
        {"null", NULL, "no object"},
        {"{\"id\":\"a\",\"expired\":true}", NULL,
         "item 1 (\"a\"): it has expired"},
        {"{\"id\":\"a\",\"expired\":\"true\"}", "a", NULL},
        {"{\"id\":\"a\",\"expired\":1}", "a", NULL},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct board *b = read_items(rows[i].item);
        assert_int_equal(b->item_count, rows[i].id != NULL);
        assert_int_equal(b->dropped_count, rows[i].id == NULL);
        if (rows[i].id)
            assert_string_equal(b->items[0].id, rows[i].id);
        if (rows[i].note)
            assert_note(b, rows[i].note);
        board_free(b);
    }
}

static void
the_first_of_two_ids_stays(void **state)
{
    (void) state;
    struct board *b = read_items("{\"id\":\"7\",\"title\":\"first\"},"
                                 "{\"id\":7,\"title\":\"second\"},"
                                 "{\"id\":\"8\",\"title\":\"third\"}");
    assert_int_equal(b->item_count, 2);
    assert_int_equal(b->dropped_count, 1);
    assert_string_equal(b->items[0].title, "first");
    assert_int_equal(b->items[1].order, 2);
    assert_note(b, "item 2 (\"7\"): an item before it has the same id");
    board_free(b);
}

static void
one_bad_field_spares_the_rest(void **state)
{
    (void) state;
    struct board *b = read_items(
        "{\"id\":\"a\",\"title\":7,\"content_text\":[1],\"content_html\":"
        "\"<p>Kept</p>\",\"authors\":\"Jo\",\"image\":{},\"url\":5,"
        "\"external_url\":\"https://e.example/\",\"tags\":9,"
        "\"date_published\":\"yesterday\",\"_staffroom\":{\"kind\":3,"
        "\"week\":\"soon\",\"thanks\":-1,\"trying\":\"five\",\"pinned\":1,"
        "\"school\":{},\"schools\":[\"a\",{},\"b\"],\"days\":[\"thu\","
        "\"someday\",\"Friday\"],\"between\":[\"08:00\"],\"show_from\":5,"
        "\"show_until\":\"2026-13-01\",\"next_step\":[]}},{\"id\":\"b\"}");
    assert_int_equal(b->item_count, 2);
    const struct item *a = &b->items[0];
    assert_int_equal(a->kind, KIND_IDEA);
    assert_string_equal(a->text, "Kept");
    assert_string_equal(a->title, "Kept");
    assert_string_equal(a->author, "Jo");
    assert_string_equal(a->image, "");
    assert_string_equal(a->link, "https://e.example/");
    assert_int_equal(a->published_s, SEEN_S);
    assert_int_equal(a->week, DAY_NONE);
    assert_int_equal(a->thanks, 0);
    assert_int_equal(a->trying, 0);
    assert_false(a->is_pinned);
    assert_string_equal(a->school, "");
    assert_int_equal(a->school_count, 2);
    assert_string_equal(a->schools[1], "b");
    assert_int_equal(a->window.days, 1 << 3 | 1 << 4);
    assert_int_equal(a->window.open_minute, -1);
    assert_int_equal(a->window.from_s, TIME_NONE);
    assert_int_equal(a->window.until_s, TIME_NONE);
    assert_string_equal(a->next_step, "");
    assert_note(b, "item 1 (\"a\"): \"title\" should be a text but is a "
                   "number");
    assert_note(b, "\"week\" is \"soon\", which is no week");
    assert_note(b, "\"date_published\" is \"yesterday\"");
    assert_note(b, "\"someday\" in \"days\"");
    assert_note(b, "\"between\" should be two times");
    board_free(b);
}

static void
kinds_come_from_the_extension_then_tags(void **state)
{
    static const struct {
        const char *fields;
        enum item_kind kind;
    } rows[] = {
        {"\"tags\":[]", KIND_IDEA},
        {"\"tags\":[\"news\",\"Thinking-Thursday!\"]", KIND_QUESTION},
        {"\"tags\":[\"Idea of the Week\",\"question\"]", KIND_IDEA},
        {"\"tags\":\"SCRAPBOOK\"", KIND_SCRAPBOOK},
        {"\"tags\":[\"#impact\"]", KIND_IMPACT},
        {"\"tags\":[\"pur pose\"]", KIND_PURPOSE},
        {"\"tags\":[\"ideas\"]", KIND_IDEA},
        {"\"tags\":[\"DENK\xC3\x9C"
         "BUNG\"]",
         KIND_IMPACT},
        {"\"tags\":[\"impact\"],\"_staffroom\":{\"kind\":\"Post-It\"}",
         KIND_POSTIT},
        {"\"tags\":[\"impact\"],\"_staffroom\":{\"kind\":\"poll\"}",
         KIND_IMPACT},
        {"\"_staffroom\":{\"kind\":\"poll\"}", KIND_IDEA},
        {"\"tags\":[\"event\"],\"_staffroom\":{\"kind\":\"purpose\"}",
         KIND_PURPOSE},
    };
    static const struct tag_synonyms synonyms = {
        .list = {{KIND_IMPACT, "Denk-\xC3\xBC"
                               "bung"},
                 {KIND_SCRAPBOOK, "news"}},
        .count = 1,
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text text = {0};
        struct problem why;
        text_add_format(&text, "{\"items\":[{\"id\":1,%s}]}", rows[i].fields);
        struct feed_page page = {text.bytes, text.len};
        struct board *b = feed_read(&page, 1, SEEN_S, NULL, &synonyms, &why);
        assert_non_null(b);
        if (b->items[0].kind != rows[i].kind)
            fail_msg("%s is %s", rows[i].fields, kind_names[b->items[0].kind]);
        board_free(b);
        text_destroy(&text);
    }
}

static void
words_come_from_where_they_are(void **state)
{
    static const struct {
        const char *fields, *title, *text;
    } rows[] = {
        {"\"content_text\":\"One. Two.\"", "One.", "One. Two."},
        {"\"content_text\":\"A &amp; B <b>x</b>\"", "A & B <b>x</b>",
         "A & B <b>x</b>"},
        {"\"title\":\"A &amp;amp; B\",\"content_text\":\"t\"", "A &amp; B",
         "t"},
        {"\"title\":\"\",\"content_text\":\"Text\"", "Text", "Text"},
        {"\"title\":\"a\\nb\\tc\",\"summary\":\"Short\"", "a b c", "Short"},
        {"\"content_html\":\"<h1>Hi</h1><p>A &lt;b&gt; &amp;amp;\"", "Hi",
         "Hi\nA <b> &amp;"},
        {"\"content_text\":\"one\\ttwo\\n\\n\\nthree\\u0007\\u202e\"",
         "one two", "one two\n\nthree"},
        {"\"content_text\":\"\",\"content_html\":\"<p>x</p>\"", "x", "x"},
        {"\"content_html\":\"<img src=x>\",\"content_text\":\"alt\"", "alt",
         "alt"},
        // Of both, ours means the text; others often put Markdown there.
        {"\"content_text\":\"[x](y)\",\"content_html\":\"<a>x</a>\"", "x", "x"},
        {"\"content_text\":\"plain\",\"content_html\":\"<a>x</a>\","
         "\"_staffroom\":{}",
         "plain", "plain"},
        {"\"url\":\"x\"", "", ""},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text item = {0};
        text_add_format(&item, "{\"id\":1,%s}", rows[i].fields);
        struct board *b = read_items(item.bytes);
        if (strcmp(b->items[0].title, rows[i].title) != 0 ||
            strcmp(b->items[0].text, rows[i].text) != 0)
            fail_msg("%s gives \"%s\", \"%s\"", rows[i].fields,
                     b->items[0].title, b->items[0].text);
        board_free(b);
        text_destroy(&item);
    }
}

static void
long_texts_are_capped_with_a_note(void **state)
{
    (void) state;
    struct text item = {0};
    text_add_string(&item, "{\"id\":1,\"title\":\"");
    for (int i = 0; i < 200; i++)
        text_add_string(&item, "Titel ");
    text_add_string(&item, "\",\"content_text\":\"");
    for (int i = 0; i < 1500; i++)
        text_add_string(&item, "\xC3\xA9\xF0\x9F\x98\x80");
    text_add_string(&item, "\"}");
    struct board *b = read_items(item.bytes);
    const struct item *i = &b->items[0];
    assert_int_equal(utf8_count(i->text, strlen(i->text)), FEED_MAX_CHARACTERS);
    assert_true(utf8_count(i->title, strlen(i->title)) <= 300);
    assert_note(b, "longer than 2,000 characters");
    assert_note(b, "\"title\" is longer than 300 characters");
    board_free(b);
    text_destroy(&item);
}

static void
authors_old_and_new(void **state)
{
    static const struct {
        const char *fields, *author;
    } rows[] = {
        {"\"authors\":[{\"name\":\"Ann\"},{\"name\":\"Bob &amp; Co\"}]",
         "Ann, Bob & Co"},
        {"\"authors\":[{\"url\":\"x\"},{\"name\":\"\"},{\"name\":\"Ann\"}]",
         "Ann"},
        {"\"author\":{\"name\":\"Old\"}", "Old"},
        {"\"author\":[{\"name\":\"Old\"},{\"name\":\"Older\"}]", "Old, Older"},
        {"\"authors\":[],\"author\":{\"name\":\"Old\"}", "Old"},
        {"\"authors\":[{\"name\":\"New\"}],\"author\":{\"name\":\"Old\"}",
         "New"},
        {"\"authors\":[\"Jo\",7]", "Jo"},
        {"\"authors\":7", "Feed"},
        {"\"authors\":null", "Feed"},
        {"\"_staffroom\":{\"kind\":\"postit\"}", ""},
        {"\"_staffroom\":{\"kind\":\"purpose\"}", "Feed"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text text = {0};
        struct problem why;
        text_add_format(&text,
                        "{\"author\":{\"name\":\"Feed\"},\"items\":[{\"id\":1,"
                        "%s}]}",
                        rows[i].fields);
        struct board *b = read_string(text.bytes, &why);
        assert_non_null(b);
        if (strcmp(b->items[0].author, rows[i].author) != 0)
            fail_msg("%s gives \"%s\"", rows[i].fields, b->items[0].author);
        board_free(b);
        text_destroy(&text);
    }
}

static void
windows(void **state)
{
    (void) state;
    struct board *b = read_items(
        "{\"id\":1,\"_staffroom\":{\"show_from\":\"2026-03-29\","
        "\"show_until\":\"2026-10-25\",\"days\":[\"mon\",\"SUN\"],"
        "\"between\":[\"22:00\",\"06:30\"]}},"
        "{\"id\":2,\"_staffroom\":{\"show_from\":\"2026-07-01T09:00\","
        "\"show_until\":\"2026-07-01T09:00:00Z\"}},"
        "{\"id\":3,\"_staffroom\":{\"between\":[\"08:00\",\"08:00\"],"
        "\"show_from\":\"2026-02-01\",\"show_until\":\"2026-01-01\"}}");
    const struct window *w = &b->items[0].window;
    assert_int_equal(w->from_s, AT("2026-03-29T00:00Z"));
    assert_int_equal(w->until_s, AT("2026-10-26T00:00Z")); // its day is in it
    assert_int_equal(w->days, 1 | 1 << 6);
    assert_int_equal(w->open_minute, 22 * 60);
    assert_int_equal(w->shut_minute, 6 * 60 + 30);
    w = &b->items[1].window;
    assert_int_equal(w->from_s, AT("2026-07-01T08:00Z")); // summer time
    assert_int_equal(w->until_s, AT("2026-07-01T09:00Z"));
    assert_int_equal(w->open_minute, -1);
    assert_int_equal(b->items[2].window.open_minute, -1);
    assert_note(b, "item 3 (\"3\"): \"show_until\" is before");
    board_free(b);
}

static void
meetings(void **state)
{
    static const struct {
        const char *starts, *ends;
        bool is_all_day;
        const char *starts_at, *ends_at, *first_day, *last_day;
    } rows[] = {
        {"2026-07-01T09:00", "2026-07-01T10:00", false, "2026-07-01T08:00Z",
         "2026-07-01T09:00Z", "2026-07-01", "2026-07-01"},
        {"2026-11-26", "", true, "2026-11-26T00:00Z", "", "2026-11-26",
         "2026-11-26"},
        {"2026-10-24", "2026-10-26", true, "2026-10-23T23:00Z",
         "2026-10-27T00:00Z", "2026-10-24", "2026-10-26"},
        {"2026-11-26T15:45Z", "2026-11-26T15:00Z", false, "2026-11-26T15:45Z",
         "", "2026-11-26", "2026-11-26"},
        {"2026-11-26T15:45Z", "later", false, "2026-11-26T15:45Z", "",
         "2026-11-26", "2026-11-26"},
        {"2026-11-26", "2026-11-25", true, "2026-11-26T00:00Z", "",
         "2026-11-26", "2026-11-26"},
        {"2026-11-26T22:00Z", "2026-11-27T00:00Z", false, "2026-11-26T22:00Z",
         "2026-11-27T00:00Z", "2026-11-26", "2026-11-26"},
        {"2026-11-26T22:00Z", "2026-11-28", false, "2026-11-26T22:00Z",
         "2026-11-29T00:00Z", "2026-11-26", "2026-11-28"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text item = {0};
        text_add_format(&item,
                        "{\"id\":1,\"_staffroom\":{\"kind\":\"meeting\","
                        "\"starts\":\"%s\",\"ends\":\"%s\"}}",
                        rows[i].starts, rows[i].ends);
        struct board *b = read_items(item.bytes);
        assert_int_equal(b->item_count, 1);
        const struct item *m = &b->items[0];
        assert_int_equal(m->is_all_day, rows[i].is_all_day);
        assert_int_equal(m->starts_s, AT(rows[i].starts_at));
        assert_int_equal(m->ends_s, AT(rows[i].ends_at));
        assert_int_equal(m->starts_day, DAY(rows[i].first_day));
        assert_int_equal(m->ends_day, DAY(rows[i].last_day));
        board_free(b);
        text_destroy(&item);
    }
}

static void
meetings_without_a_start_are_dropped(void **state)
{
    static const char *const items[] = {
        "{\"id\":1,\"title\":\"Fair\",\"tags\":[\"event\"]}",
        "{\"id\":1,\"_staffroom\":{\"kind\":\"meeting\",\"starts\":\"\"}}",
        "{\"id\":1,\"_staffroom\":{\"kind\":\"meeting\",\"starts\":5}}",
        "{\"id\":1,\"_staffroom\":{\"kind\":\"meeting\","
        "\"starts\":\"2026-02-30\"}}",
    };
    (void) state;
    for (size_t i = 0; i < COUNT(items); i++) {
        struct board *b = read_items(items[i]);
        assert_int_equal(b->item_count, 0);
        assert_int_equal(b->dropped_count, 1);
        assert_note(b, "item 1 (\"1\"): a meeting needs \"starts\"");
        board_free(b);
    }
}

static void
postits(void **state)
{
    (void) state;
    struct board *b = read_items(
        "{\"id\":1,\"_staffroom\":{\"kind\":\"postit\",\"sort\":\"Delight\","
        "\"colour\":\"red\"}},"
        "{\"id\":2,\"_staffroom\":{\"kind\":\"postit\",\"answers\":5}},"
        "{\"id\":3,\"_staffroom\":{\"kind\":\"postit\",\"sort\":\"rant\"}}");
    assert_int_equal(b->items[0].sort, SORT_DELIGHT);
    assert_int_equal(b->items[0].colour, COLOUR_YELLOW);
    assert_note(b, "\"colour\" is \"red\"");
    assert_int_equal(b->items[1].sort, SORT_ANSWER);
    assert_string_equal(b->items[1].answers, "5");
    assert_int_equal(b->items[2].sort, SORT_IDEA);
    board_free(b);
}

static void
undated_items_keep_when_they_were_first_seen(void **state)
{
    static const char *const editions[] = {
        "{\"items\":[{\"id\":\"new\"},{\"id\":\"old\"},"
        "{\"id\":\"dated\",\"date_published\":\"2026-11-24T08:41Z\"}]}",
        "{\"items\":[{\"id\":\"old\",\"date_published\":\"last week\"},"
        "{\"id\":\"dated\"},{\"id\":\"newer\"},"
        "{\"id\":\"new\",\"date_published\":\"2026-11-25T08:41Z\"}]}",
    };
    static struct feed_dates dates;
    struct problem why;
    (void) state;
    struct feed_page page = {editions[0], strlen(editions[0])};
    struct board *b = feed_read(&page, 1, SEEN_S, &dates, NULL, &why);
    assert_int_equal(find_item(b, "old")->published_s, SEEN_S);
    feed_dates_take(&dates, b);
    board_free(b);
    page = (struct feed_page){editions[1], strlen(editions[1])};
    b = feed_read(&page, 1, SEEN_S + 500, &dates, NULL, &why);
    assert_int_equal(find_item(b, "old")->published_s, SEEN_S);
    assert_int_equal(find_item(b, "dated")->published_s,
                     AT("2026-11-24T08:41Z"));
    assert_int_equal(find_item(b, "newer")->published_s, SEEN_S + 500);
    assert_int_equal(find_item(b, "new")->published_s, AT("2026-11-25T08:41Z"));
    feed_dates_take(&dates, b);
    board_free(b);
    page = (struct feed_page){editions[0], strlen(editions[0])};
    b = feed_read(&page, 1, SEEN_S + 900, &dates, NULL, &why);
    assert_int_equal(find_item(b, "old")->published_s, SEEN_S);
    board_free(b);
}

/* --- many --- */

static void
add_plain_items(struct text *text, int from, int count)
{
    for (int i = 0; i < count; i++)
        text_add_format(text, "%s{\"id\":\"n%d\",\"content_text\":\"T\"}",
                        i ? "," : "", from + i);
}

static void
five_hundred_items_over_all_pages(void **state)
{
    (void) state;
    struct text text[3] = {{0}};
    struct feed_page pages[3];
    for (int i = 0; i < 3; i++) {
        text_add_format(&text[i], "{\"title\":\"Page %d\",\"items\":[", i + 1);
        add_plain_items(&text[i], i * 199, 200); // the last is the next first
        text_add_string(&text[i], "]}");
        pages[i] = (struct feed_page){text[i].bytes, text[i].len};
    }
    struct problem why;
    struct board *b = feed_read(pages, 3, SEEN_S, NULL, NULL, &why);
    assert_non_null(b);
    assert_string_equal(b->title, "Page 1");
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    assert_int_equal(b->dropped_count, 100);
    assert_note(b, "page 2, item 1 (\"n199\"): an item before it");
    assert_note(b, "the feed: it has more than 500 items; the other 98");
    board_free(b);

    // A page that cannot be read refuses all of them.
    pages[1].len -= 1;
    assert_null(feed_read(pages, 3, SEEN_S, NULL, NULL, &why));
    assert_non_null(strstr(why.text, "page 2: "));
    assert_int_equal(why.line, 1);
    pages[1] = (struct feed_page){"{}", 2};
    assert_null(feed_read(pages, 3, SEEN_S, NULL, NULL, &why));
    assert_non_null(strstr(why.text, "page 2: this is not a feed"));
    assert_null(feed_read(pages, 0, SEEN_S, NULL, NULL, &why));
    assert_null(feed_read(pages, FEED_MAX_PAGES + 1, SEEN_S, NULL, NULL, &why));
    for (int i = 0; i < 3; i++)
        text_destroy(&text[i]);
}

static void
pages_share_one_budget(void **state)
{
    (void) state;
    struct text text = {0};
    struct problem why;
    text_add_string(&text, "{\"items\":[]}");
    while (text.len < FEED_MAX_BYTES / 2)
        text_add_char(&text, ' ');
    struct feed_page pages[] = {
        {text.bytes, text.len}, {text.bytes, text.len}, {text.bytes, 12}};
    struct board *b = feed_read(pages, 2, SEEN_S, NULL, NULL, &why);
    assert_non_null(b);
    board_free(b);
    assert_null(feed_read(pages, 3, SEEN_S, NULL, NULL, &why));
    assert_non_null(strstr(why.text, "2 MiB"));
    text_destroy(&text);
}

static void
notes_are_bounded(void **state)
{
    (void) state;
    struct text items = {0};
    for (int i = 0; i < 2000; i++)
        text_add_string(&items, i ? ",7" : "7");
    struct board *b = read_items(items.bytes);
    assert_int_equal(b->dropped_count, 2000);
    assert_int_equal(b->note_count, 301);
    assert_non_null(strstr(b->notes[300], "1700 more"));
    board_free(b);
    text_destroy(&items);
}

static void
next_pages_are_named(void **state)
{
    static const struct {
        const char *text, *next;
    } rows[] = {
        {"{\"next_url\":\"https://a.example/2?x=1&amp;y\",\"items\":[]}",
         "https://a.example/2?x=1&amp;y"},
        {"{\"items\":[]}", NULL},
        {"{\"next_url\":\"\"}", NULL},
        {"{\"next_url\":null}", NULL},
        {"{\"next_url\":7}", NULL},
        {"{\"Next_url\":\"x\"}", NULL},
        {"{\"next_url\":\"x\"", NULL},
        {"[]", NULL},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct feed_page page = {rows[i].text, strlen(rows[i].text)};
        char *next = feed_next_url(&page);
        if (rows[i].next) {
            assert_non_null(next);
            assert_string_equal(next, rows[i].next);
        } else {
            assert_null(next);
        }
        free(next);
    }
}

static void
schools_of_an_item(void **state)
{
    static const struct {
        const char *schools;
        int count;
    } rows[] = {
        {"[]", 0}, {"null", 0},          {"[\"a\",\"b\"]", 2}, {"\"a\"", 1},
        {"7", 1},  {"[7,\"\",null]", 1}, {"{\"a\":1}", 0},     {"\"\"", 0},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text item = {0};
        text_add_format(&item, "{\"id\":1,\"_staffroom\":{\"schools\":%s}}",
                        rows[i].schools);
        struct board *b = read_items(item.bytes);
        if (b->items[0].school_count != rows[i].count)
            fail_msg("%s gives %d", rows[i].schools, b->items[0].school_count);
        board_free(b);
        text_destroy(&item);
    }
}

/* --- feeds of others, when they are there --- */

/* Every string a board may show is fit to be shown. */
static void
assert_fit(const char *text, size_t most)
{
    size_t len = strlen(text);
    assert_int_equal(utf8_valid_prefix(text, len), len);
    assert_true(utf8_count(text, len) <= most);
    for (size_t at = 0; at < len;) {
        uint32_t c = utf8_next(text, len, &at);
        assert_true(c == '\n' || !utf8_is_control(c));
    }
}

static void
check_fixture(const char *folder, const char *name)
{
    static const char *const refused[] = {"gofeed-invalid", "notjsonfeed",
                                          "allthis-partial"};
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = test_malloc(FEED_MAX_BYTES);
    struct feed_page page = {bytes, fread(bytes, 1, FEED_MAX_BYTES, file)};
    fclose(file);

    bool should_be_refused = false;
    for (size_t i = 0; i < COUNT(refused); i++)
        should_be_refused |= strstr(name, refused[i]) != NULL;
    struct problem why;
    struct board *b = feed_read(&page, 1, SEEN_S, NULL, NULL, &why);
    if ((b == NULL) != should_be_refused)
        fail_msg("%s: %s", name, b ? "accepted" : why.text);
    for (int i = 0; b && i < b->item_count; i++) {
        assert_fit(b->items[i].title, 300);
        assert_fit(b->items[i].text, FEED_MAX_CHARACTERS);
        assert_fit(b->items[i].author, 120);
        assert_true(*b->items[i].id != '\0');
        // References are decoded: none that a reader knows is left over.
        assert_null(strstr(b->items[i].title, "&amp;"));
    }
    board_free(b);
    test_free(bytes);
}

static void
feeds_of_other_publishers(void **state)
{
    (void) state;
    const char *fixtures = getenv("STAFFROOM_FIXTURES");
    char folder[512];
    snprintf(folder, sizeof folder, "%s/feeds",
             fixtures ? fixtures : "../shared/fixtures");
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("no fixtures in %s: skipped\n", folder);
        skip();
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!strstr(entry->d_name, ".json"))
            continue;
        check_fixture(folder, entry->d_name);
        count++;
    }
    closedir(dir);
    print_message("ran %d feeds of other publishers\n", count);
    assert_true(count > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_is_read_whole),
        cmocka_unit_test(what_is_no_feed_is_refused),
        cmocka_unit_test(little_is_needed),
        cmocka_unit_test(wrong_types_at_the_top_are_left_out),
        cmocka_unit_test(ids_decide_what_stays),
        cmocka_unit_test(the_first_of_two_ids_stays),
        cmocka_unit_test(one_bad_field_spares_the_rest),
        cmocka_unit_test(kinds_come_from_the_extension_then_tags),
        cmocka_unit_test(words_come_from_where_they_are),
        cmocka_unit_test(long_texts_are_capped_with_a_note),
        cmocka_unit_test(authors_old_and_new),
        cmocka_unit_test(windows),
        cmocka_unit_test(meetings),
        cmocka_unit_test(meetings_without_a_start_are_dropped),
        cmocka_unit_test(postits),
        cmocka_unit_test(undated_items_keep_when_they_were_first_seen),
        cmocka_unit_test(five_hundred_items_over_all_pages),
        cmocka_unit_test(pages_share_one_budget),
        cmocka_unit_test(notes_are_bounded),
        cmocka_unit_test(next_pages_are_named),
        cmocka_unit_test(schools_of_an_item),
        cmocka_unit_test(feeds_of_other_publishers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
