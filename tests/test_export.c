// links: src/io/child.c
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/feed.h"
#include "core/feed_json.h"
#include "hub/content.h"
#include "hub/content_sample.h"
#include "io/file.h"
#include "tests/page_stand.h"

#define ID "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a0"
#define SECRET "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static void
switch_codes(struct page_stand *s, const char *secret)
{
    struct arena a = {0};
    struct hub_person p;
    struct problem why = {0};
    assert_true(hub_store_person(s->hub.store, &a, "Maria", &p));
    p.totp = secret;
    assert_true(hub_store_change_person(s->hub.store, &p, &why));
    arena_destroy(&a);
}

static void
write_much(struct page_stand *s)
{
    struct content c;
    struct problem why = {0};
    page_stand_set_up(s);
    switch_codes(s, SECRET);
    assert_true(content_open(&c, s->hub.store, 0, &why));
    c.board.home_page = "https://northside.example/";
    struct item idea = content_new_item(KIND_IDEA);
    idea.id = "i-1";
    idea.text = "Rope & \"tape\".";
    idea.author = "Danielle";
    idea.published_s = PAGE_NOW_S;
    content_set_item(&c, &idea);
    assert_int_equal(content_save(&c, s->hub.store, "Maria", "Added \"Rope\"",
                                  PAGE_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    int64_t device = page_stand_pair(s, "Door");
    page_stand_postit(s, device, ID "1", "=HYPERLINK(\"x\")", "Jo, Y5");
    page_stand_postit(s, device, ID "2", "Kept \xF0\x9F\x8E\xBB", "Tom");
    page_stand_postit(s, device, ID "3", "Shared\nwith \"all\"", "@Ann");
    hub_store_moderate(s->hub.store, ID "2", HUB_POSTIT_KEPT, "Maria",
                       PAGE_NOW_S, &why);
    hub_store_moderate(s->hub.store, ID "3", HUB_POSTIT_SHARED, "Maria",
                       PAGE_NOW_S, &why);
    assert_int_equal(hub_store_put_reaction(s->hub.store, "i-1", ID "8",
                                            HUB_REACTION_TRYING, device,
                                            PAGE_NOW_S, &why),
                     HUB_PUT_NEW);
    assert_int_equal(hub_store_put_reaction(s->hub.store, ID "3", ID "9",
                                            HUB_REACTION_THANKS, device,
                                            PAGE_NOW_S, &why),
                     HUB_PUT_NEW);
}

static void
take(struct page_stand *s, const char *what)
{
    char path[64];
    snprintf(path, sizeof path, "/export/%s", what);
    assert_int_equal(page_stand_get(s, "/export"), 200);
    assert_int_equal(page_stand_send(s, path, ""), 200);
}

static int
count(const struct json *root, const char *list)
{
    int parts = 0;
    const struct json *part = json_first(json_get(root, list));
    for (; part; part = json_next(part))
        parts++;
    return parts;
}

static void
everything_is_one_document(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    write_much(s);
    take(s, "everything");
    assert_string_equal(s->answer.type, "application/json");
    assert_string_equal(
        page_stand_header(s, "Content-Disposition"),
        "attachment; filename=\"staffroom-everything-2026-11-26.json\"");
    struct json *root = json_open(page_stand_body(s), s->answer.body.len, &why);
    if (!root)
        fail_msg("%d:%d %s\n%s", why.line, why.column, why.text,
                 page_stand_body(s));
    assert_string_equal(json_get_text(root, "exported"),
                        "2026-11-26T10:42:00Z");
    assert_string_equal(json_get_text(json_get(root, "feed"), "title"),
                        "Northside");
    assert_int_equal(count(root, "revisions"), 2);
    assert_int_equal(count(root, "postits"), 3);
    assert_int_equal(count(root, "screens"), 1);
    assert_int_equal(count(root, "people"), 1);
    const struct json *idea = json_first(json_get(root, "reactions"));
    int64_t trying = 0;
    assert_string_equal(json_get_text(idea, "to"), "i-1");
    assert_true(json_integer(json_get(idea, "trying"), 1, 1, &trying));
    // Newest first: this very export is in it.
    const struct json *deed = json_first(json_get(root, "deeds"));
    assert_string_equal(json_get_text(deed, "what"), "exported everything");
    json_close(root);
    page_stand_has(s, "\"state\":\"waiting\"");
    page_stand_has(s, "\"state\":\"shared\"");
    page_stand_has(s, "\"state\":\"kept at its school\"");
    page_stand_has(s, "\"author\":\"Jo, Y5\"");
    page_stand_has(s, "\"name\":\"Danielle\"");
    page_stand_has(s, "\"role\":\"coordinator\"");
}

static void
nobody_gets_secrets(void **state)
{
    static const char *const files[] = {"everything", "post-its", "feed"};
    struct page_stand *s = *state;
    write_much(s);
    for (size_t i = 0; i < 3; i++) {
        take(s, files[i]);
        page_stand_has_not(s, SECRET);
        page_stand_has_not(s, "argon2");
        page_stand_has_not(s, "hash");
    }
}

static void
names_only_for_who_may_see_them(void **state)
{
    static const char *const files[] = {"everything", "post-its", "feed"};
    static const char *const names[] = {"Danielle", "Jo, Y5", "Tom", "@Ann"};
    struct page_stand *s = *state;
    write_much(s);
    page_stand_get(s, "/export");
    page_stand_has(s, "There are names of people in these files");
    switch_codes(s, "");
    page_stand_get(s, "/export");
    page_stand_has(s, "Switch them on</a> to export with names");
    for (size_t i = 0; i < 3; i++) {
        take(s, files[i]);
        for (size_t n = 0; n < 4; n++)
            page_stand_has_not(s, names[n]);
    }
    take(s, "everything");
    page_stand_has(s, "\"has_names\":false");
}

static void
the_table_is_for_spreadsheets(void **state)
{
    struct page_stand *s = *state;
    write_much(s);
    take(s, "post-its");
    assert_string_equal(s->answer.type, "text/csv; charset=utf-8");
    assert_string_equal(
        page_stand_header(s, "Content-Disposition"),
        "attachment; filename=\"staffroom-post-its-2026-11-26.csv\"");
    assert_memory_equal(page_stand_body(s),
                        "\xEF\xBB\xBF"
                        "id,written",
                        13);
    page_stand_has(s, "\"'=HYPERLINK(\"\"x\"\")\"");
    page_stand_has(s, ",'@Ann,Hillcrest Primary,,1,0,");
    page_stand_has(s, "Kept \xF0\x9F\x8E\xBB,Tom,Hillcrest Primary,");
    page_stand_has(s, ",no,sent\r\n");
    page_stand_has(s, ",no,yes\r\n");
    page_stand_has(s, ",no,no\r\n");
}

static void
a_new_hub_begins_with_the_feed(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    struct content c;
    struct arena a = {0};
    const struct hub_postit *list;
    char feed[128], path[128];
    write_much(s);
    take(s, "feed");
    assert_string_equal(s->answer.type, "application/feed+json");
    page_stand_has_not(s, "HYPERLINK"); // it waits
    page_stand_has_not(s, "Kept");
    snprintf(feed, sizeof feed, "%s/feed.json", s->folder);
    snprintf(path, sizeof path, "%s/other.sqlite", s->folder);
    assert_true(file_write(feed, page_stand_body(s), s->answer.body.len, &why));
    struct hub_store *other = hub_store_open(path, &why);
    assert_non_null(other);
    if (!content_sample(other, feed, s->folder, PAGE_NOW_S, &why))
        fail_msg("%s", why.text);
    assert_true(content_open(&c, other, 0, &why));
    assert_string_equal(c.board.title, "Northside");
    assert_string_equal(c.board.home_page, "https://northside.example/");
    assert_int_equal(c.board.school_count, 2);
    const struct item *idea = content_find(&c, KIND_IDEA, "i-1");
    assert_string_equal(idea->text, "Rope & \"tape\".");
    assert_string_equal(idea->author, "Danielle");
    content_close(&c);
    assert_int_equal(hub_store_postits(other, &a, -1, PAGE_NOW_S, &list), 1);
    assert_string_equal(list[0].id, ID "3");
    assert_string_equal(list[0].author, "@Ann");
    assert_int_equal(list[0].state, HUB_POSTIT_SHARED);
    hub_store_close(other);
    arena_destroy(&a);
    unlink(feed);
    unlink(path);
}

static void
many_post_its_still_make_a_feed(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "Door");
    for (int i = 0; i < 700; i++) {
        struct hub_postit p = {.text = "\"\"\"\"",
                               .author = "Jo",
                               .answers = "",
                               .school = "hillcrest-primary",
                               .made_s = PAGE_NOW_S - i,
                               .expires_s = PAGE_NOW_S + 86400,
                               .state = HUB_POSTIT_SHARED};
        snprintf(p.id, sizeof p.id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b%04x", i);
        assert_int_equal(
            hub_store_put_postit(s->hub.store, &p, device, PAGE_NOW_S, &why),
            HUB_PUT_NEW);
    }
    take(s, "feed");
    struct feed_page page = {page_stand_body(s), s->answer.body.len};
    struct board *b = feed_read(&page, 1, 0, NULL, NULL, &why);
    assert_non_null(b);
    assert_int_equal(b->item_count, FEED_MAX_ITEMS);
    assert_string_equal(b->items[0].id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b0000");
    board_free(b);
}

static void
it_is_asked_for_from_its_own_page(void **state)
{
    struct page_stand *s = *state;
    struct arena a = {0};
    const struct hub_deed *deeds;
    write_much(s);
    int before = hub_store_deeds(s->hub.store, &a, 100, &deeds);
    page_stand_get(s, "/export");
    assert_int_equal(page_stand_post(s, "/export/everything", ""), 403);
    page_stand_get(s, "/export");
    assert_int_equal(page_stand_get(s, "/export/everything"), 405);
    s->site = "cross-site";
    page_stand_get(s, "/export");
    assert_int_equal(page_stand_send(s, "/export/everything", ""), 403);
    assert_int_equal(hub_store_deeds(s->hub.store, &a, 100, &deeds), before);
    s->session[0] = '\0';
    assert_int_equal(page_stand_post(s, "/export/everything", ""), 303);
    arena_destroy(&a);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        TEST(everything_is_one_document),
        TEST(nobody_gets_secrets),
        TEST(names_only_for_who_may_see_them),
        TEST(the_table_is_for_spreadsheets),
        TEST(a_new_hub_begins_with_the_feed),
        TEST(many_post_its_still_make_a_feed),
        TEST(it_is_asked_for_from_its_own_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
