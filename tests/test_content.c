// links: src/hub/content.c src/hub/content_time.c src/hub/content_sample.c
// links: src/hub/content_photo.c src/hub/web_files.c src/hub/http.c
// links: src/hub/secret.c src/io/hub_store*.c src/io/db.c src/io/file.c
// links: src/core/feed*.c src/core/json_scan.c src/core/plain_text.c
// links: src/core/html_text.c src/core/character_reference.c src/core/board.c
// links: src/core/date.c src/core/postit_record.c src/base/*.c
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
#include "hub/content.h"
#include "hub/content_photo.h"
#include "hub/content_sample.h"
#include "hub/content_time.h"
#include "hub/secret.h"
#include "hub/web_files.h"
#include "io/file.h"

#define NOW_S INT64_C(1795689720) // 2026-11-26 10:42 in London
#define SAMPLE "assets/sample/feed.json"

struct place {
    char folder[64];
    struct hub_store *store;
    struct arena arena;
};

static int
set_up(void **state)
{
    struct place *p = calloc(1, sizeof *p);
    struct problem why = {0};
    char path[128];
    snprintf(p->folder, sizeof p->folder, "/tmp/staffroom-content-XXXXXX");
    if (!secret_start() || !mkdtemp(p->folder))
        return -1;
    snprintf(path, sizeof path, "%s/hub.sqlite", p->folder);
    p->store = hub_store_open(path, &why);
    *state = p;
    return p->store ? 0 : -1;
}

static int
tear_down(void **state)
{
    static const char *const files[] = {
        "hub.sqlite", "hub.sqlite-wal",       "hub.sqlite-shm", "feed.json",
        "revision",   "photos/mysteries.jpg", "photos",         "good.png"};
    struct place *p = *state;
    char path[128];
    hub_store_close(p->store);
    arena_destroy(&p->arena);
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        snprintf(path, sizeof path, "%s/%s", p->folder, files[i]);
        remove(path);
    }
    rmdir(p->folder);
    free(p);
    return 0;
}

static void
open_newest(struct content *c, struct place *p)
{
    struct problem why = {0};
    if (!content_open(c, p->store, 0, &why))
        fail_msg("%s", why.text);
}

static void
save(struct content *c, struct place *p)
{
    struct problem why = {0};
    if (content_save(c, p->store, "Ann", "a note", NOW_S, &why) !=
        CONTENT_SAVED)
        fail_msg("%s", why.text);
}

static struct item
question(const char *id, const char *text)
{
    struct item item = content_new_item(KIND_QUESTION);
    item.id = id;
    item.text = text;
    item.on = day_parse("2026-11-26");
    item.author = "Priya & Tom";
    return item;
}

/* ---- documents ---------------------------------------------------------- */

static void
test_begins_empty(void **state)
{
    struct place *p = *state;
    struct content c;
    open_newest(&c, p);
    assert_int_equal(c.revision, 0);
    assert_int_equal(c.board.item_count, 0);
    assert_string_equal(c.board.zone_name, "Europe/London");
    assert_null(content_find(&c, KIND_QUESTION, "q"));
    content_close(&c);
    content_close(&c); // a closed one is fine
}

static void
test_saves_and_reads_back(void **state)
{
    struct place *p = *state;
    struct content c;
    struct item q = question("q-1", "Fish &amp; chips, <b>\"why\"</b>?\n\nYes");
    struct item m = content_new_item(KIND_MEETING);
    open_newest(&c, p);
    c.board.title = "Northside & Co";
    assert_true(content_set_item(&c, &q));
    m.id = "m-1";
    m.title = "Lunch";
    m.has_own_title = true;
    m.is_all_day = true;
    m.starts_day = m.ends_day = day_parse("2026-12-08");
    m.starts_s = (int64_t) m.starts_day * DAY_S;
    m.ends_s = m.starts_s + DAY_S;
    assert_true(content_set_item(&c, &m));
    save(&c, p);
    assert_int_equal(c.revision, 1);
    content_close(&c);

    open_newest(&c, p);
    const struct item *back = content_find(&c, KIND_QUESTION, "q-1");
    assert_int_equal(c.revision, 1);
    assert_string_equal(c.board.title, "Northside & Co");
    assert_non_null(back);
    assert_string_equal(back->text, q.text);
    assert_string_equal(back->author, "Priya & Tom");
    assert_null(content_find(&c, KIND_IDEA, "q-1"));
    assert_true(content_find(&c, KIND_MEETING, "m-1")->is_all_day);
    content_close(&c);
}

static void
test_replaces_in_its_place(void **state)
{
    struct place *p = *state;
    struct content c;
    struct item one = question("q-1", "One"), two = question("q-2", "Two");
    open_newest(&c, p);
    assert_true(content_set_item(&c, &one));
    assert_true(content_set_item(&c, &two));
    one.text = "Another";
    assert_true(content_set_item(&c, &one));
    assert_int_equal(c.board.item_count, 2);
    assert_string_equal(c.board.items[0].text, "Another");
    assert_true(content_remove_item(&c, "q-1"));
    assert_false(content_remove_item(&c, "q-1"));
    assert_int_equal(c.board.item_count, 1);
    assert_string_equal(c.board.items[0].text, "Two");
    content_close(&c);
}

static void
test_two_at_a_time(void **state)
{
    struct place *p = *state;
    struct content ann, ben;
    struct problem why = {0};
    struct item one = question("q-1", "One"), two = question("q-2", "Two");
    open_newest(&ann, p);
    open_newest(&ben, p);
    content_set_item(&ann, &one);
    content_set_item(&ben, &two);
    save(&ann, p);
    assert_int_equal(content_save(&ben, p->store, "Ben", "", NOW_S, &why),
                     CONTENT_SOMEBODY_ELSE);
    content_close(&ann);
    content_close(&ben);

    open_newest(&ann, p);
    assert_int_equal(ann.revision, 1);
    assert_non_null(content_find(&ann, KIND_QUESTION, "q-1"));
    assert_null(content_find(&ann, KIND_QUESTION, "q-2"));
    content_close(&ann);
}

/* What a screen would show otherwise than it was typed is not published. */
static void
test_refuses_what_would_not_come_back(void **state)
{
    struct place *p = *state;
    char *longest = malloc(FEED_MAX_CHARACTERS + 2);
    memset(longest, 'x', FEED_MAX_CHARACTERS + 1);
    longest[FEED_MAX_CHARACTERS + 1] = '\0';
    const struct item bad[] = {
        question("q-1", longest),
        question("q-1", "turned \xE2\x80\xAE around"),
        question("", "no id"),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct content c;
        struct problem why = {0};
        open_newest(&c, p);
        content_set_item(&c, &bad[i]);
        assert_int_equal(content_save(&c, p->store, "", "", NOW_S, &why),
                         CONTENT_CANNOT);
        assert_non_null(strstr(why.text, "not saved"));
        content_close(&c);
        open_newest(&c, p);
        assert_int_equal(c.revision, 0);
        content_close(&c);
    }
    free(longest);
}

static void
test_is_full_some_day(void **state)
{
    struct place *p = *state;
    struct content c;
    struct item item = question("", "Why?");
    open_newest(&c, p);
    for (int i = 0; i < CONTENT_ITEMS_MOST; i++) {
        item.id = content_make_id(&c, 'q', item.on);
        assert_null(strchr(item.id, '/'));
        assert_true(content_set_item(&c, &item));
    }
    item.text = "Changed";
    assert_true(content_set_item(&c, &item));
    item.id = "one-more";
    assert_false(content_set_item(&c, &item));
    save(&c, p);
    content_close(&c);
    open_newest(&c, p);
    assert_int_equal(c.board.item_count, CONTENT_ITEMS_MOST);
    content_close(&c);
}

/* A board of several bytes a letter, all as long as they may be. */
static void
test_is_too_heavy_some_day(void **state)
{
    struct place *p = *state;
    struct content c;
    struct problem why = {0};
    struct text words = {0};
    for (int i = 0; i < FEED_MAX_CHARACTERS; i++)
        text_add_string(&words, "\xF0\x9F\x8D\x8E");
    struct item item = question("", text_string(&words));
    open_newest(&c, p);
    for (int i = 0; i < CONTENT_ITEMS_MOST; i++) {
        item.id = content_make_id(&c, 'q', item.on);
        content_set_item(&c, &item);
    }
    assert_int_equal(content_save(&c, p->store, "", "", NOW_S, &why),
                     CONTENT_CANNOT);
    assert_non_null(strstr(why.text, "full"));
    content_close(&c);
    text_destroy(&words);
}

static void
test_opens_an_old_one(void **state)
{
    struct place *p = *state;
    struct content c;
    struct problem why = {0};
    struct item one = question("q-1", "One");
    open_newest(&c, p);
    content_set_item(&c, &one);
    save(&c, p);
    content_remove_item(&c, "q-1");
    save(&c, p);
    content_close(&c);
    assert_true(content_open(&c, p->store, 1, &why));
    assert_int_equal(c.board.item_count, 1);
    c.revision = 2;
    save(&c, p);
    content_close(&c);
    open_newest(&c, p);
    assert_int_equal(c.revision, 3);
    assert_non_null(content_find(&c, KIND_QUESTION, "q-1"));
    content_close(&c);
    assert_false(content_open(&c, p->store, 99, &why));
    assert_non_null(strstr(why.text, "not kept"));
    content_close(&c);
}

/* ---- the sample --------------------------------------------------------- */

static void
test_copies_plain_photos_only(void **state)
{
    static const struct {
        const char *image, *bytes, *path; // bytes NULL: there is none such
    } rows[] = {
        {"good.png", "\x89PNG\r\n\x1A\n…", "/photos/good.png"},
        {"good.png", "\xFF\xD8\xFF\xE0…", ""}, // a JPEG under that name
        {"good.png", "<svg onload=\"…\"/>", ""},
        {"good.png", "\x89PNG", ""},
        {"good.png", "", ""},
        {"good.svg", NULL, ""},
        {"missing.jpg", NULL, ""},
        {"", NULL, ""},
        {"..", NULL, ""},
        {".hidden.jpg", "\xFF\xD8\xFF\xE0…", ""},
        {"../good.png", NULL, ""},
        {"/etc/good.png", NULL, ""},
        {"a b.png", NULL, ""},
        {"good.png?x", NULL, ""},
        {"photos", NULL, ""},
    };
    struct place *p = *state;
    struct problem why;
    char feed[128], path[128];
    snprintf(feed, sizeof feed, "%s/feed.json", p->folder);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        snprintf(path, sizeof path, "%s/%s", p->folder, rows[i].image);
        if (rows[i].bytes)
            assert_true(
                file_write(path, rows[i].bytes, strlen(rows[i].bytes), &why));
        const char *got =
            content_photo_copy(&p->arena, feed, rows[i].image, p->folder);
        if (strcmp(got, rows[i].path) != 0)
            fail_msg("row %zu: %s", i, got);
    }
    snprintf(path, sizeof path, "%s/photos/good.png", p->folder);
    struct text copied = {0};
    assert_true(file_read(path, 100, &copied, &why));
    assert_memory_equal(copied.bytes, rows[0].bytes, copied.len);
    text_destroy(&copied);
    remove(path);
}

static void
test_serves_photos_only(void **state)
{
    struct place *p = *state;
    struct problem why;
    struct web_files files;
    char path[128];
    snprintf(path, sizeof path, "%s/photos", p->folder);
    assert_true(web_files_read_photos(&files, path, &why)); // none yet
    assert_int_equal(files.count, 0);
    web_files_destroy(&files);
    assert_false(web_files_read(&files, path, &why));
    snprintf(path, sizeof path, "%s/good.png", p->folder);
    assert_true(file_write(path, "x", 1, &why));
    snprintf(path, sizeof path, "%s/feed.json", p->folder);
    assert_true(file_write(path, "{}", 2, &why));
    assert_true(web_files_read_photos(&files, p->folder, &why));
    assert_int_equal(files.count, 1);
    assert_string_equal(files.files[0].type, "image/png");
    web_files_destroy(&files);
}

static void
test_begins_with_the_sample(void **state)
{
    struct place *p = *state;
    struct content c;
    struct problem why = {0};
    const struct hub_postit *postits;
    const struct hub_device *devices;
    if (!content_sample(p->store, SAMPLE, p->folder, NOW_S, &why))
        fail_msg("%s", why.text);
    open_newest(&c, p);
    assert_int_equal(c.revision, 1);
    assert_string_equal(c.board.title, "Northside Learning Partnership");
    assert_int_equal(c.board.school_count, 6);
    const struct item *idea = content_find(&c, KIND_IDEA, "i-48");
    assert_non_null(idea);
    assert_string_equal(idea->image, "/photos/mysteries.jpg");
    for (int i = 0; i < c.board.item_count; i++)
        assert_int_not_equal(c.board.items[i].kind, KIND_POSTIT);
    content_close(&c);
    int count = hub_store_postits(p->store, &p->arena, HUB_POSTIT_SHARED, NOW_S,
                                  &postits);
    assert_int_equal(count, 11);
    int thanks = 0, trying = 0;
    for (int i = 0; i < count; i++) {
        thanks += postits[i].thanks;
        trying += postits[i].trying;
    }
    assert_int_equal(thanks, 9); // three and six
    assert_int_equal(trying, 4);
    assert_int_equal(hub_store_devices(p->store, &p->arena, &devices), 1);
    assert_true(devices[0].is_revoked);

    assert_true(content_sample(p->store, SAMPLE, p->folder, NOW_S, &why));
    open_newest(&c, p);
    assert_int_equal(c.revision, 1); // once only
    content_close(&c);

    // What is there stays there, whatever it is: somebody may want it back.
    assert_int_equal(
        hub_store_publish(p->store, 1, "no feed", "", "", NOW_S, &why), 2);
    assert_true(content_sample(p->store, SAMPLE, p->folder, NOW_S, &why));
    assert_false(content_open(&c, p->store, 0, &why));
    assert_int_equal(c.revision, 2);
    content_close(&c);
}

static void
test_a_bad_sample_says_why(void **state)
{
    struct place *p = *state;
    struct content c;
    struct problem why = {0};
    char path[128];
    assert_false(
        content_sample(p->store, "/nowhere/feed.json", p->folder, NOW_S, &why));
    assert_non_null(strstr(why.text, "/nowhere/feed.json"));
    snprintf(path, sizeof path, "%s/feed.json", p->folder);
    assert_true(file_write(path, "{\n  oops", 8, &why));
    assert_false(content_sample(p->store, path, p->folder, NOW_S, &why));
    assert_non_null(strstr(why.text, "feed.json:2:3: "));
    assert_true(file_write(path, "[]", 2, &why));
    assert_false(content_sample(p->store, path, p->folder, NOW_S, &why));
    assert_non_null(strstr(why.text, "not a feed"));
    open_newest(&c, p);
    assert_int_equal(c.revision, 0);
    content_close(&c);
}

/* ---- clocks ------------------------------------------------------------- */

static void
test_moments(void **state)
{
    (void) state;
    static const struct {
        const char *day;
        int minute;
        const char *after; // NULL: nothing before it
        const char *is;    // NULL: there is no such time
    } rows[] = {
        {"2026-11-26", 15 * 60 + 45, NULL, "2026-11-26T15:45:00Z"},
        {"2026-06-26", 15 * 60 + 45, NULL, "2026-06-26T14:45:00Z"},
        // Clocks go forward at 01:00 on 29 March 2026.
        {"2026-03-29", 59, NULL, "2026-03-29T00:59:00Z"},
        {"2026-03-29", 60, NULL, NULL},
        {"2026-03-29", 119, NULL, NULL},
        {"2026-03-29", 120, NULL, "2026-03-29T01:00:00Z"},
        // And back at 02:00 on 25 October: 01:30 comes twice.
        {"2026-10-25", 90, NULL, "2026-10-25T00:30:00Z"},
        {"2026-10-25", 90, "2026-10-25T00:10:00Z", "2026-10-25T00:30:00Z"},
        {"2026-10-25", 90, "2026-10-25T00:45:00Z", "2026-10-25T01:30:00Z"},
        // No second one to be had.
        {"2026-10-25", 90, "2026-10-25T05:00:00Z", "2026-10-25T00:30:00Z"},
        {"2026-10-25", 150, "2026-10-25T05:00:00Z", "2026-10-25T02:30:00Z"},
        {"2026-10-25", 30, "2026-10-25T05:00:00Z", "2026-10-24T23:30:00Z"},
    };
    struct zone *z = zone_open("Europe/London");
    assert_non_null(z);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t after =
            rows[i].after ? time_parse(rows[i].after, NULL) : TIME_NONE;
        int64_t moment;
        bool is_there = content_moment(z, day_parse(rows[i].day),
                                       rows[i].minute, after, &moment);
        if (is_there != (rows[i].is != NULL) ||
            (is_there && moment != time_parse(rows[i].is, NULL)))
            fail_msg("row %zu: %d %lld", i, is_there, (long long) moment);
    }
    zone_close(z);
}

static void
test_days(void **state)
{
    struct place *p = *state;
    static const struct {
        const char *day, *thursday;
    } rows[] = {
        {"2026-11-23", "2026-11-26"}, {"2026-11-25", "2026-11-26"},
        {"2026-11-26", "2026-11-26"}, {"2026-11-29", "2026-11-26"},
        {"2026-11-30", "2026-12-03"}, {"2027-01-01", "2026-12-31"},
    };
    int32_t today = day_parse("2026-11-26");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(
            content_day_value(&p->arena,
                              content_thursday_near(day_parse(rows[i].day))),
            rows[i].thursday);
    assert_string_equal(content_day_value(&p->arena, DAY_NONE), "");
    assert_string_equal(content_minute_value(&p->arena, 9 * 60 + 5), "09:05");
    assert_string_equal(content_day_words(&p->arena, today, today),
                        "Thursday 26 November");
    assert_string_equal(
        content_day_words(&p->arena, day_parse("2027-01-01"), today),
        "Friday 1 January 2027");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
        TEST(test_begins_empty),
        TEST(test_saves_and_reads_back),
        TEST(test_replaces_in_its_place),
        TEST(test_two_at_a_time),
        TEST(test_refuses_what_would_not_come_back),
        TEST(test_is_full_some_day),
        TEST(test_is_too_heavy_some_day),
        TEST(test_opens_an_old_one),
        TEST(test_copies_plain_photos_only),
        TEST(test_serves_photos_only),
        TEST(test_begins_with_the_sample),
        TEST(test_a_bad_sample_says_why),
        TEST(test_moments),
        TEST(test_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
