// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/io/child.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "hub/accounts.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ONE "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"
#define OTHER "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a02"

/* What must never reach a page as it is. */
#define NASTY "<script>alert(\"1\")</script>'&amp;"
#define NASTY_SENT "%3Cscript%3Ealert(%221%22)%3C/script%3E%27%26amp;"
#define NASTY_SHOWN                                                            \
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;"

static void
publish(struct page_stand *s, const char *document)
{
    struct problem why = {0};
    struct hub_revision newest = {0};
    (void) hub_store_revision(s->hub.store, &s->arena, 0, &newest);
    if (!hub_store_publish(s->hub.store, newest.number, document, "Maria", "",
                           PAGE_NOW_S, &why))
        fail_msg("%s", why.text);
}

/* ---- what people wrote is never markup ---------------------------------- */

static void
no_words_become_markup(void **state)
{
    static const char *const pages[] = {"/this-week", "/postits"};
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_switch_on_codes(s);
    int64_t device = page_stand_pair(s, NASTY);
    page_stand_postit(s, device, ONE, NASTY, NASTY);
    publish(s, "{\"version\":\"https://jsonfeed.org/version/1.1\","
               "\"title\":\"<script>alert(\\\"1\\\")</script>'&amp;amp;\","
               "\"language\":\"en\\\"><script>\","
               "\"_staffroom\":{\"schools\":[{\"id\":\"hillcrest-primary\","
               "\"name\":\"<script>alert(\\\"1\\\")</script>'&amp;amp;\"}]},"
               "\"items\":[{\"id\":\"q\",\"content_text\":"
               "\"<script>alert(\\\"1\\\")</script>'&amp;amp;\","
               "\"authors\":[{\"name\":\"<script>\"}],"
               "\"_staffroom\":{\"kind\":\"question\",\"on\":\"2026-11-26\","
               "\"next_asker\":\"<script>\"}}]}");
    for (size_t i = 0; i < COUNT(pages); i++) {
        assert_int_equal(page_stand_get(s, pages[i]), 200);
        page_stand_has_not(s, "<script");
        page_stand_has_not(s, NASTY);
        page_stand_has(s, "<p dir=\"auto\">" NASTY_SHOWN "</p>");
        page_stand_has(s, "from <bdi>" NASTY_SHOWN "</bdi>");
        page_stand_has(s, "Keep at " NASTY_SHOWN "</button>");
    }
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "<p class=\"question\" dir=\"auto\">" NASTY_SHOWN);
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has_not(s, "<script");
    page_stand_has(s, NASTY_SHOWN "<span class=\"school\">");
    assert_int_equal(page_stand_get(s, "/screens/1/remove"), 200);
    page_stand_has(s, "<bdi>" NASTY_SHOWN "</bdi>");
    page_stand_has_not(s, "<script");
    assert_int_equal(page_stand_get(s, "/screens/add"), 200);
    page_stand_has(s, ">" NASTY_SHOWN "</option>");
    page_stand_has_not(s, "<script");
}

/* A form that is wrong comes back with what was typed. */
static void
what_was_typed_comes_back_escaped(void **state)
{
    struct page_stand *s = *state;
    char path[128];
    assert_true(accounts_open_set_up(&s->hub, path, sizeof path));
    assert_int_equal(
        page_stand_post(s, path,
                        "name=" NASTY_SENT "&password=x&title=" NASTY_SENT
                        "&zone=" NASTY_SENT "&schools=" NASTY_SENT),
        422);
    page_stand_has_not(s, "<script");
    page_stand_has(s, "value=\"" NASTY_SHOWN "\"");
    page_stand_has(s, ">\n" NASTY_SHOWN "</textarea>");
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/screens/add"), 200);
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=" NASTY_SENT "&name=" NASTY_SENT
                                     "&school=" NASTY_SENT
                                     "&new_school=" NASTY_SENT),
                     422);
    page_stand_has_not(s, "<script");
    page_stand_has(s, "name=\"name\" dir=\"auto\"");
    page_stand_has(s, "value=\"" NASTY_SHOWN "\"");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=" NASTY_SENT "&to=" NASTY_SENT),
        422);
    page_stand_has_not(s, "<script");
    page_stand_has(s, "value=\"" NASTY_SHOWN "\"");
    page_stand_has(s, "name=\"to\" value=\"/this-week\"");
}

static void
nobody_puts_words_of_theirs_on_a_page(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    snprintf(s->said, sizeof s->said, "staffroom-said=<b>hello");
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has_not(s, "hello");
    page_stand_has_not(s, "class=\"said");
    assert_int_equal(page_stand_get(s, "/sign-in?to=%22%3E%3Cscript%3E"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/this-week");
}

/* ---- post-its ----------------------------------------------------------- */

static void
a_postit_is_shared(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_switch_on_codes(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, "Draw it", "Jo");
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "<span class=\"count\">1<span class=\"unseen\"> waiting");
    page_stand_has(s, "An idea, from <bdi>Jo</bdi>");
    page_stand_has(s, "<bdi>Hillcrest Primary</bdi>, today 10:38");
    page_stand_has(s, "Keep at Hillcrest Primary</button>");
    assert_int_equal(
        page_stand_send(s, "/postits/" ONE, "do=share&from=/this-week"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/this-week");
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_SHARED);
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "Shared: it is on the screens of all schools");
    page_stand_has_not(s, "class=\"count\"");
    page_stand_has_not(s, "Draw it");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has_not(s, "Shared: it is on"); // said once
    page_stand_has_not(s, "value=\"share\"");
}

static void
a_postit_stays_at_its_school(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, "Draw it", "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "An idea, no name");
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=keep"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/postits");
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_KEPT);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has_not(s, "value=\"keep\"");
    page_stand_has(s, "value=\"share\"");
}

static void
taking_down_asks_first(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, "Draw it", "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/postits/" ONE,
                                     "do=take-down&from=javascript:alert(1)"),
                     200);
    page_stand_has(s, "Take this post-it down?");
    page_stand_has(s, "Draw it");
    page_stand_has_not(s, "javascript");
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_WAITING);
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=delete"), 303);
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_DOWN);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "Taken down:");
}

static void
somebody_was_faster(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    page_stand_postit(s, device, ONE, "Draw it", "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(
        hub_store_take_back(s->hub.store, ONE, device, PAGE_NOW_S, &why),
        HUB_TAKE_BACK_DONE);
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=share"), 303);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "It is not there any more");
}

static void
no_button_does_nothing(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, "Draw it", "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=dance"), 422);
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_WAITING);
}

static void
counts_are_said_in_words(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    char id[64];
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    page_stand_postit(s, device, ONE, "Draw it", "");
    for (int i = 0; i < 3; i++) {
        snprintf(id, sizeof id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7b%02d", i);
        hub_store_put_reaction(s->hub.store, ONE, id, HUB_REACTION_FACE_DOWN,
                               device, PAGE_NOW_S, &why);
    }
    hub_store_put_reaction(s->hub.store, ONE, OTHER, HUB_REACTION_THANKS,
                           device, PAGE_NOW_S, &why);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "3 people turned this face-down");
    page_stand_has(s, "1 thank-you<");
}

/* ---- screens ------------------------------------------------------------ */

static void
eight_letters_add_a_screen(void **state)
{
    static const unsigned char hash[HUB_HASH_BYTES] = {2};
    struct page_stand *s = *state;
    struct problem why;
    const struct hub_device *list;
    page_stand_set_up(s);
    assert_true(hub_store_begin_pairing(s->hub.store, "BCDFGHJK", hash,
                                        PAGE_NOW_S, &why));
    assert_int_equal(page_stand_get(s, "/screens/add"), 200);
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=BCDFGHJK&name=Staffroom&school="),
                     422);
    page_stand_has(s, "id=\"school-wrong\"");
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=BCDFGHJK&name=Staffroom"
                                     "&school=nowhere"),
                     422);
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=ZZZZZZZZ&name=Staffroom"
                                     "&school=st-aidans"),
                     422);
    page_stand_has(s, "No screen is waiting with this code.");
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=bcdf-ghjk+&name=+Our++staffroom"
                                     "&school=st-aidans"),
                     303);
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1);
    assert_string_equal(list[0].name, "Our staffroom");
    assert_string_equal(list[0].school, "st-aidans");
}

static void
a_school_can_be_new(void **state)
{
    static const unsigned char hash[HUB_HASH_BYTES] = {2};
    struct page_stand *s = *state;
    struct problem why;
    struct hub_revision newest;
    const struct hub_device *list;
    page_stand_set_up(s);
    publish(s, "{\"title\":\"N\",\"_staffroom\":{\"schools\":[{\"id\":"
               "\"moor-lane\",\"name\":\"Another\"}]},\"items\":[{\"id\":\"i\","
               "\"title\":\"Kept\",\"content_text\":\"x\",\"authors\":"
               "[{\"name\":\"Danielle\"}]}]}");
    assert_true(hub_store_begin_pairing(s->hub.store, "BCDFGHJK", hash,
                                        PAGE_NOW_S, &why));
    assert_int_equal(page_stand_get(s, "/screens/add"), 200);
    assert_int_equal(page_stand_send(s, "/screens/add",
                                     "code=BCDFGHJK&name=x&school="
                                     "&new_school=Moor+Lane"),
                     303);
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1);
    assert_string_equal(list[0].school, "moor-lane-2");
    assert_true(hub_store_revision(s->hub.store, &s->arena, 0, &newest));
    assert_int_equal(newest.number, 3);
    assert_string_equal(newest.person, "Maria");
    assert_non_null(strstr(newest.document, "{\"id\":\"moor-lane-2\","
                                            "\"name\":\"Moor Lane\"}"));
    assert_non_null(strstr(newest.document, "Danielle"));
}

static void
screens_say_how_they_are(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    page_stand_set_up(s);
    struct hub_device d = {.revision = 1,
                           .version = "0.1.0",
                           .size = "1920x1080",
                           .clock = "trusted",
                           .disk_free_mb = 9000};
    d.number = page_stand_pair(s, "One");
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "not seen yet");
    assert_true(hub_store_status(s->hub.store, &d, PAGE_NOW_S - 20, &why));
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "up to date, seen 20 s ago");
    page_stand_has(s, "<td>1080p</td>");
    publish(s, "{\"title\":\"N\",\"items\":[]}");
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "fetching the newest, seen 20 s ago");
    d.unsent = 2;
    d.clock = "doubtful";
    d.disk_free_mb = 20;
    // Friday 2026-11-20, 16:10.
    assert_true(hub_store_status(s->hub.store, &d, 1795191000, &why));
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "not seen since Friday 16:10");
    page_stand_has(s, "2 post-its not sent yet");
    page_stand_has(s, "its clock is not set");
    page_stand_has(s, "its card is nearly full");
}

static void
a_screen_is_removed_when_that_is_meant(void **state)
{
    struct page_stand *s = *state;
    const struct hub_device *list;
    page_stand_set_up(s);
    (void) page_stand_pair(s, "One");
    assert_int_equal(page_stand_get(s, "/screens/1/remove"), 200);
    page_stand_has(s, "Remove this screen?");
    assert_int_equal(page_stand_send(s, "/screens/1/remove", ""), 303);
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1);
    assert_true(list[0].is_revoked);
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "No screen is paired yet.");
    assert_int_equal(page_stand_get(s, "/screens/1/remove"), 303);
    assert_int_equal(page_stand_get(s, "/screens/999/remove"), 303);
}

/* ---- this week ---------------------------------------------------------- */

static void
the_question_is_the_one_that_is_up(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_switch_on_codes(s);
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "No question is up yet.");
    publish(s, "{\"title\":\"N\",\"items\":["
               "{\"id\":\"a\",\"content_text\":\"Last week?\",\"_staffroom\":"
               "{\"kind\":\"question\",\"on\":\"2026-11-19\"}},"
               "{\"id\":\"b\",\"content_text\":\"This week?\",\"authors\":"
               "[{\"name\":\"Priya\"}],\"_staffroom\":{\"kind\":\"question\","
               "\"on\":\"2026-11-26\",\"next_asker\":\"Tom\"}},"
               "{\"id\":\"c\",\"content_text\":\"Next week?\",\"_staffroom\":"
               "{\"kind\":\"question\",\"on\":\"2026-12-03\"}}]}");
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "This week?");
    page_stand_has(s,
                   "Asked by <bdi>Priya</bdi>. Up since Thursday 26 "
                   "November. 0 answers. Then: <bdi>next week it\xE2\x80\x99s "
                   "Tom</bdi>.");
    page_stand_has_not(s, "Last week?");
    page_stand_has_not(s, "Next week?");
}

/* On Thursday 26 November 2026. */
static void
the_next_term_dates_are_asked_for(void **state)
{
    static const struct {
        const char *terms, *says;
    } rows[] = {
        {"", NULL},
        {"{\"from\":\"2026-11-02\",\"until\":\"2026-12-18\"}", NULL},
        {"{\"from\":\"2026-11-02\",\"until\":\"2026-12-17\"}",
         "The last term date here is Thursday 17 December."},
        {"{\"from\":\"2026-09-02\",\"until\":\"2026-10-23\"}",
         "The last term date here is Friday 23 October."},
        {"{\"from\":\"2026-11-02\",\"until\":\"2026-12-10\"},"
         "{\"from\":\"2027-01-05\",\"until\":\"2027-03-26\"}",
         NULL},
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char document[400];
        snprintf(document, sizeof document,
                 "{\"title\":\"N\",\"_staffroom\":{\"term\":[%s]},"
                 "\"items\":[]}",
                 rows[i].terms);
        publish(s, document);
        assert_int_equal(page_stand_get(s, "/this-week"), 200);
        if (rows[i].says)
            page_stand_has(s, rows[i].says);
        else
            page_stand_has_not(s, "The last term date");
    }
}

static void
pages_say_their_language_and_partnership(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    publish(s, "{\"title\":\"Gogledd\",\"language\":\"cy\",\"items\":[]}");
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "<html lang=\"cy\">");
    page_stand_has(s, "<title>Screens \xC2\xB7 Gogledd</title>");
    page_stand_has(s, "<a href=\"/screens\" aria-current=\"page\">");
    page_stand_has(s, "<h1>Screens</h1>");
}

/* ---- words -------------------------------------------------------------- */

static void
lines_are_tidied(void **state)
{
    (void) state;
    static const char *const rows[][2] = {
        {"", ""},
        {"   ", ""},
        {" a  b ", "a b"},
        {"a\n\nb\n", "a b"},
        {"a\xC2\xA0\xC2\xA0"
         "b",
         "a b"},
        {"a\xE2\x80\xAE"
         "b",
         "ab"}, // right-to-left override
    };
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(pages_line(&arena, rows[i][0]), rows[i][1]);
    assert_null(pages_line_refusal("a", 1));
    assert_non_null(pages_line_refusal("", 1));
    assert_non_null(pages_line_refusal("ab", 1));
    assert_non_null(pages_line_refusal("\xE2\x80\x8D", 9)); // a joiner alone
    arena_destroy(&arena);
}

static void
schools_get_an_id_of_their_own(void **state)
{
    (void) state;
    static const char *const rows[][2] = {
        {"Hillcrest Primary", "hillcrest-primary"},
        {"St Aidan\xE2\x80\x99s  - Upper", "st-aidans-upper"},
        {"Ysgol G\xC5\xB5yr", "ysgol-gyr"},
        {"\xD9\x85\xD8\xAF\xD8\xB1\xD8\xB3\xD8\xA9", "school-3"},
        {"Taken", "taken-2"},
    };
    static const struct school there[] = {
        {"school", "1"}, {"school-2", "2"}, {"taken", "Taken"}};
    struct board b = {.schools = there, .school_count = 3};
    struct arena arena = {0};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(pages_school_id(&arena, &b, rows[i][0]),
                            rows[i][1]);
    arena_destroy(&arena);
}

#define WITH_STAND(test)                                                       \
    cmocka_unit_test_setup_teardown(test, page_stand_open, page_stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAND(no_words_become_markup),
        WITH_STAND(what_was_typed_comes_back_escaped),
        WITH_STAND(nobody_puts_words_of_theirs_on_a_page),
        WITH_STAND(a_postit_is_shared),
        WITH_STAND(a_postit_stays_at_its_school),
        WITH_STAND(taking_down_asks_first),
        WITH_STAND(somebody_was_faster),
        WITH_STAND(no_button_does_nothing),
        WITH_STAND(counts_are_said_in_words),
        WITH_STAND(eight_letters_add_a_screen),
        WITH_STAND(a_school_can_be_new),
        WITH_STAND(screens_say_how_they_are),
        WITH_STAND(a_screen_is_removed_when_that_is_meant),
        WITH_STAND(the_question_is_the_one_that_is_up),
        WITH_STAND(the_next_term_dates_are_asked_for),
        WITH_STAND(pages_say_their_language_and_partnership),
        cmocka_unit_test(lines_are_tidied),
        cmocka_unit_test(schools_get_an_id_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
