// links: src/hub/feed_calendars.c src/hub/feed_document.c src/hub/secret.c
// links: src/io/hub_store*.c src/io/db.c src/io/file.c src/core/feed*.c
// links: src/core/calendar_meetings.c src/core/json_scan.c src/core/board.c
// links: src/core/plain_text.c src/core/html_text.c src/core/date.c
// links: src/core/character_reference.c src/core/postit_record.c
// links: src/base/*.c
// libs: -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/feed.h"
#include "hub/feed_document.h"
#include "hub/secret.h"

#define NOW_S INT64_C(1795689720) // 2026-11-26 10:42 in London
#define ZONE "\"_staffroom\":{\"timezone\":\"Europe/London\"}"
#define TYPED                                                                  \
    "{\"title\":\"Northside\"," ZONE ",\"items\":[{\"id\":\"m-1\",\"title\":"  \
    "\"Staff  Meeting\",\"_staffroom\":{\"kind\":\"meeting\",\"starts\":"      \
    "\"2026-12-01T15:45:00Z\"}},{\"id\":\"m-2\",\"title\":\"INSET day\","      \
    "\"_staffroom\":{\"kind\":\"meeting\",\"starts\":\"2026-12-04\"}}]}"

struct stand {
    char folder[64];
    struct hub_store *store;
    struct feed_published published;
    struct feed_common common;
    struct arena arena;
    char tag[FEED_DOCUMENT_TAG_BYTES];
};

static int
set_up(void **state)
{
    struct stand *s = calloc(1, sizeof *s);
    struct problem why = {0};
    char path[128];
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-feed-cal-XXXXXX");
    if (!secret_start() || !mkdtemp(s->folder))
        return -1;
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    s->store = hub_store_open(path, &why);
    assert_true(hub_store_publish(s->store, 0, TYPED, "Ann", "", NOW_S, &why) >
                0);
    *state = s;
    return 0;
}

static int
tear_down(void **state)
{
    static const char *const files[] = {"hub.sqlite", "hub.sqlite-wal",
                                        "hub.sqlite-shm", "revision"};
    struct stand *s = *state;
    char path[128];
    feed_common_destroy(&s->common);
    feed_published_destroy(&s->published);
    hub_store_close(s->store);
    arena_destroy(&s->arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", s->folder, files[i]);
        unlink(path);
    }
    int result = rmdir(s->folder);
    free(s);
    return result;
}

/* `items` is what stands in a calendar's document. */
static struct hub_calendar
add(struct stand *s, const char *school, const char *filter, const char *items)
{
    struct problem why = {0};
    struct hub_calendar c = {.url = "https://a.example/secret",
                             .label = "Staff",
                             .school = school,
                             .filter = filter};
    c.number = hub_store_add_calendar(s->store, &c, &why);
    assert_true(c.number > 0);
    c.document = arena_format(
        &s->arena, "{\"title\":\"Calendar\"," ZONE ",\"items\":[%s]}", items);
    c.read_s = c.tried_s = NOW_S;
    assert_true(hub_store_keep_calendar(s->store, &c, &why));
    return c;
}

static const char *
meeting(struct stand *s, const char *id, const char *title, const char *starts)
{
    return arena_format(&s->arena,
                        "{\"id\":\"%s\",\"title\":\"%s\",\"_staffroom\":"
                        "{\"kind\":\"meeting\",\"starts\":\"%s\"}}",
                        id, title, starts);
}

/* The caller frees it. */
static struct board *
feed(struct stand *s)
{
    struct text out = {0};
    struct problem why = {0};
    assert_true(feed_common_write(&s->common, &s->published, s->store, NOW_S));
    assert_true(
        feed_document_write(&out, s->tag, &s->common, s->store, NULL, NOW_S));
    assert_null(strstr(out.bytes, "secret"));
    struct feed_page page = {out.bytes, out.len};
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!b)
        fail_msg("%s", why.text);
    assert_int_equal(b->note_count, 0);
    text_destroy(&out);
    return b;
}

/* All ids with their schools: "m-1 m-2 cal-1(oak,elm)". */
static const char *
ids(struct stand *s)
{
    struct board *b = feed(s);
    struct text all = {0};
    for (int i = 0; i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        text_add_format(&all, "%s%s", i ? " " : "", item->id);
        for (int k = 0; k < item->school_count; k++)
            text_add_format(&all, "%s%s", k ? "," : "(", item->schools[k]);
        if (item->school_count)
            text_add_char(&all, ')');
    }
    const char *copy = arena_copy(&s->arena, text_string(&all), all.len);
    text_destroy(&all);
    board_free(b);
    return copy;
}

static void
a_typed_one_goes_before(void **state)
{
    struct stand *s = *state;
    assert_string_equal(ids(s), "m-1 m-2");
    add(s, "", "",
        arena_format(
            &s->arena, "%s,%s,%s,%s,%s",
            meeting(s, "cal-1", "STAFF meeting", "2026-12-01T15:45:00+00:00"),
            meeting(s, "cal-2", "Staff meeting", "2026-12-01T15:46:00+00:00"),
            meeting(s, "cal-3", "Staff meeting II", "2026-12-01T15:45:00Z"),
            meeting(s, "cal-4", "Inset Day", "2026-12-04"),
            meeting(s, "cal-5", "Inset Day", "2026-12-04T00:00:00Z")));
    assert_string_equal(ids(s), "m-1 m-2 cal-3 cal-2 cal-5");
}

static void
what_is_in_two_calendars_is_there_once_for_both_schools(void **state)
{
    static const char at[] = "2026-12-01T09:00:00Z";
    struct stand *s = *state;
    add(s, "oak", "",
        arena_format(&s->arena, "%s,%s", meeting(s, "cal-1", "A", at),
                     meeting(s, "cal-2", "B", at)));
    add(s, "elm", "", meeting(s, "cal-1", "A", at));
    add(s, "elm", "", meeting(s, "cal-1", "A", at));
    assert_string_equal(ids(s), "m-1 m-2 cal-1(oak,elm) cal-2(oak)");
    add(s, "", "", meeting(s, "cal-2", "B", at));
    assert_string_equal(ids(s), "m-1 m-2 cal-1(oak,elm) cal-2");
    add(s, "ash", "", meeting(s, "cal-2", "B", at));
    assert_string_equal(ids(s), "m-1 m-2 cal-1(oak,elm) cal-2");
}

static void
only_what_the_filter_has_and_what_is_not_over(void **state)
{
    struct stand *s = *state;
    add(s, "", "learn meet",
        arena_format(
            &s->arena, "%s,%s,%s,%s",
            meeting(s, "cal-1", "Meeting about learning",
                    "2026-12-01T09:00:00Z"),
            meeting(s, "cal-2", "Learning lunch", "2026-12-01T09:00:00Z"),
            meeting(s, "cal-3", "Learning meeting", "2026-11-25T10:41:00Z"),
            meeting(s, "cal-4", "Learning meeting", "2026-11-25T10:43:00Z")));
    assert_string_equal(ids(s), "m-1 m-2 cal-4 cal-1");
}

static void
the_feed_follows_the_store(void **state)
{
    struct stand *s = *state;
    struct problem why = {0};
    char before[FEED_DOCUMENT_TAG_BYTES];
    int64_t change = hub_store_change_number(s->store);
    struct hub_calendar c =
        add(s, "", "", meeting(s, "cal-1", "A", "2026-12-01T09:00:00Z"));
    assert_true(hub_store_concerns(s->store, "oak", change,
                                   hub_store_change_number(s->store)));
    assert_true(hub_store_change_number(s->store) > change);
    assert_string_equal(ids(s), "m-1 m-2 cal-1");
    memcpy(before, s->tag, sizeof before);
    // The same again, or a failure, is nothing new.
    change = hub_store_change_number(s->store);
    c.tried_s++;
    assert_true(hub_store_keep_calendar(s->store, &c, &why));
    c.document = "";
    c.problem = "Not to be had";
    assert_true(hub_store_keep_calendar(s->store, &c, &why));
    assert_int_equal(hub_store_change_number(s->store), change);
    assert_string_equal(ids(s), "m-1 m-2 cal-1");
    assert_string_equal(s->tag, before);
    // Published anew: the calendars stay.
    assert_true(hub_store_publish(s->store, 1, TYPED, "Ann", "", NOW_S, &why));
    assert_string_equal(ids(s), "m-1 m-2 cal-1");
    c.school = "oak";
    assert_true(hub_store_change_calendar(s->store, &c, &why));
    assert_string_equal(ids(s), "m-1 m-2 cal-1(oak)");
    c.url = "https://b.example/";
    assert_true(hub_store_change_calendar(s->store, &c, &why));
    assert_string_equal(ids(s), "m-1 m-2");
    change = hub_store_change_number(s->store);
    assert_true(hub_store_remove_calendar(s->store, c.number, &why));
    assert_true(hub_store_change_number(s->store) > change);
    assert_string_equal(ids(s), "m-1 m-2");
}

static void
a_document_that_is_broken_costs_no_feed(void **state)
{
    struct stand *s = *state;
    add(s, "", "", "{");
    add(s, "", "", meeting(s, "cal-1", "A", "2026-12-01T09:00:00Z"));
    assert_string_equal(ids(s), "m-1 m-2 cal-1");
}

/* Long words of many, however many calendars there are. */
static void
there_is_an_end_to_them(void **state)
{
    struct stand *s = *state;
    struct problem why = {0};
    struct text many = {0}, words = {0};
    for (int k = 0; k < 600; k++)
        text_add_string(&words, "\xE4\xBC\x9A");
    for (int c = 0; c < 5; c++) {
        text_cut(&many, 0);
        for (int i = 0; i < 100; i++)
            text_add_format(
                &many,
                "%s{\"id\":\"cal-%d-%d\",\"title\":\"T\",\"_staffroom\":"
                "{\"kind\":\"meeting\",\"starts\":\"2026-12-01T09:00:00Z\"}}",
                i ? "," : "", c, i);
        add(s, "", "", many.bytes);
    }
    struct board *b = feed(s);
    assert_int_equal(b->item_count, 2 + FEED_CALENDARS_MEETINGS_MOST);
    board_free(b);
    text_cut(&many, 0);
    for (int i = 0; i < 100; i++)
        text_add_format(
            &many,
            "%s{\"id\":\"long-%d-%d\",\"title\":\"T\",\"content_text\":\"%s\","
            "\"_staffroom\":{\"kind\":\"meeting\",\"starts\":"
            "\"2026-11-30T09:00:00Z\"}}",
            i ? "," : "", 0, i, words.bytes);
    for (int c = 0; c < 5; c++) {
        many.bytes[0] = '{';
        for (char *id = many.bytes; (id = strstr(id, "\"long-")); id += 6)
            id[6] = (char) ('0' + c);
        add(s, "", "", many.bytes);
    }
    b = feed(s);
    assert_in_range(b->item_count, 200, 2 + FEED_CALENDARS_MEETINGS_MOST - 1);
    board_free(b);
    text_destroy(&many);
    text_destroy(&words);
    for (int i = 0; i < HUB_CALENDARS_MOST - 10; i++)
        add(s, "", "", "");
    struct hub_calendar one = {.url = "https://a.example/"};
    assert_int_equal(hub_store_add_calendar(s->store, &one, &why), 0);
    assert_non_null(strstr(why.text, "as many calendars"));
}

int
main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        test(a_typed_one_goes_before),
        test(what_is_in_two_calendars_is_there_once_for_both_schools),
        test(only_what_the_filter_has_and_what_is_not_over),
        test(the_feed_follows_the_store),
        test(a_document_that_is_broken_costs_no_feed),
        test(there_is_an_end_to_them),
    };
#undef test
    return cmocka_run_group_tests(tests, NULL, NULL);
}
