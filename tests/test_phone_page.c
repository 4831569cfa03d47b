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

#include "hub/phone_token.h"
#include "hub/secret.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define X10 "xxxxxxxxxx"
#define X140 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10
// A family: one letter of 25 bytes.
#define FAMILY_SENT                                                            \
    "%F0%9F%91%A9%E2%80%8D%F0%9F%91%A9%E2%80%8D%F0%9F%91%A7%E2%80%8D"          \
    "%F0%9F%91%A6"
#define FAMILIES FAMILY_SENT FAMILY_SENT FAMILY_SENT FAMILY_SENT FAMILY_SENT
#define NASTY_SENT "%3Cscript%3Ealert(%221%22)%3C/script%3E%27"
#define NASTY_SHOWN "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;"
#define GOOD "&sort=delight&colour=pink"

/* A phone before the screen at Hillcrest: a page of it, and its form. */
struct phone_test {
    struct page_stand *s;
    int64_t device;
    char path[64]; // "/post/TOKEN"
    char id[40], proof[PHONE_PROOF_BYTES];
};

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

static void
publish_board(struct page_stand *s, const char *items)
{
    char document[1000];
    snprintf(document, sizeof document,
             "{\"version\":\"https://jsonfeed.org/version/1.1\","
             "\"title\":\"Northside\",\"_staffroom\":{\"schools\":[{\"id\":"
             "\"hillcrest-primary\",\"name\":\"Hillcrest Primary\"}]},"
             "\"items\":[%s]}",
             items);
    publish(s, document);
}

#define QUESTION(id, words)                                                    \
    "{\"id\":\"" id "\",\"content_text\":\"" words "\",\"authors\":"           \
    "[{\"name\":\"Priya\"}],\"_staffroom\":{\"kind\":\"question\","            \
    "\"on\":\"2026-11-26\",\"next_asker\":\"Tom\"}}"

static struct phone_test
begin(struct page_stand *s)
{
    struct phone_test p = {.s = s};
    char token[PHONE_TOKEN_BYTES];
    publish_board(s, "");
    p.device = page_stand_pair(s, "Hillcrest staffroom");
    assert_true(phone_token_make(&s->hub, p.device, token));
    snprintf(p.path, sizeof p.path, "/post/%s", token);
    return p;
}

/* The value of that hidden field of the page. */
static void
take_hidden(struct page_stand *s, const char *name, char *out, size_t size)
{
    char begins[64];
    snprintf(begins, sizeof begins, "name=\"%s\" value=\"", name);
    const char *at = strstr(page_stand_body(s), begins);
    if (!at)
        fail_msg("no %s in this page:\n%s", name, page_stand_body(s));
    at += strlen(begins);
    snprintf(out, size, "%.*s", (int) strcspn(at, "\""), at);
}

static void
take_form(struct phone_test *p)
{
    take_hidden(p->s, "id", p->id, sizeof p->id);
    take_hidden(p->s, "proof", p->proof, sizeof p->proof);
}

static void
open_page(struct phone_test *p)
{
    assert_int_equal(page_stand_get(p->s, p->path), 200);
    take_form(p);
}

static int
send(struct phone_test *p, const char *fields)
{
    char body[3000];
    int len = snprintf(body, sizeof body, "id=%s&proof=%s&%s", p->id, p->proof,
                       fields);
    assert_in_range(len, 1, sizeof body - 1);
    return page_stand_post(p->s, p->path, body);
}

static int
count_postits(struct page_stand *s, struct hub_postit *first)
{
    const struct hub_postit *list;
    int count = hub_store_postits(s->hub.store, &s->arena, -1,
                                  s->hub.now.wall_s, &list);
    if (count > 0)
        *first = list[0];
    return count;
}

/* ---- the way it goes ---------------------------------------------------- */

static void
a_post_it_is_written_on_a_phone(void **state)
{
    struct phone_test p = begin(*state);
    struct hub_postit made;
    open_page(&p);
    page_stand_has(p.s, "<h1>Write a post-it</h1>");
    page_stand_has(p.s, "For the board at <bdi>Hillcrest Primary</bdi>");
    page_stand_has(p.s, "No pupils");
    page_stand_has_not(p.s, "<nav");
    assert_string_equal(page_stand_header(p.s, "Set-Cookie"), "");
    assert_int_equal(send(&p, "text=+Ask%0D%0Athem++first+&author=Jo,+Y5" GOOD),
                     200);
    page_stand_has(p.s, "<h1>Thank you</h1>");
    page_stand_has(p.s, "<blockquote class=\"postit pink\"><p dir=\"auto\">"
                        "Ask them first</p>");
    assert_string_equal(page_stand_header(p.s, "Set-Cookie"), "");
    assert_int_equal(count_postits(p.s, &made), 1);
    assert_string_equal(made.id, p.id);
    assert_string_equal(made.text, "Ask them first");
    assert_string_equal(made.author, "Jo, Y5");
    assert_string_equal(made.school, "hillcrest-primary");
    assert_string_equal(made.answers, "");
    assert_int_equal(made.sort, SORT_DELIGHT);
    assert_int_equal(made.colour, COLOUR_PINK);
    assert_int_equal(made.state, HUB_POSTIT_WAITING);
    assert_int_equal(made.made_s, PAGE_NOW_S);
    assert_int_equal(made.expires_s, PAGE_NOW_S + 14 * 86400);
}

static void
tapping_twice_is_one_post_it(void **state)
{
    struct phone_test p = begin(*state);
    struct hub_postit made;
    open_page(&p);
    for (int i = 0; i < 3; i++)
        assert_int_equal(send(&p, "text=Tea&author=" GOOD), 200);
    page_stand_has(p.s, "<h1>Thank you</h1>");
    assert_int_equal(count_postits(p.s, &made), 1);
    // Back, and other words: is it meant to be a second one?
    assert_int_equal(send(&p, "text=Cake&author=" GOOD), 422);
    page_stand_has(p.s, "posted one from this page already");
    page_stand_has(p.s, ">\nCake</textarea>");
    assert_int_equal(count_postits(p.s, &made), 1);
    char before[40];
    snprintf(before, sizeof before, "%s", p.id);
    take_form(&p);
    assert_string_not_equal(p.id, before);
    assert_int_equal(send(&p, "text=Cake&author=" GOOD), 200);
    assert_int_equal(count_postits(p.s, &made), 2);
}

static void
an_answer_is_tied_to_thursdays_question(void **state)
{
    struct phone_test p = begin(*state);
    struct hub_postit made;
    open_page(&p);
    page_stand_has_not(p.s, "question");
    publish_board(p.s, QUESTION("q-1", "Who <never> gets picked?"));
    open_page(&p);
    page_stand_has(p.s, "question: <q dir=\"auto\">Who &lt;never&gt; gets "
                        "picked?</q>");
    page_stand_has_not(p.s, "Priya"); // no names of others
    page_stand_has_not(p.s, "Tom");
    assert_int_equal(send(&p, "text=Tea&author=&answers=q-1&sort=idea"
                              "&colour=mint"),
                     200);
    assert_int_equal(count_postits(p.s, &made), 1);
    assert_string_equal(made.answers, "q-1");
    assert_int_equal(made.sort, SORT_ANSWER);
    // What it says now is what one answers.
    open_page(&p);
    publish_board(p.s, QUESTION("q-2", "What went well?"));
    assert_int_equal(send(&p, "text=Cake&author=&answers=q-1" GOOD), 422);
    page_stand_has(p.s, "question has changed meanwhile");
    page_stand_has(p.s, ">\nCake</textarea>");
    page_stand_has_not(p.s, "value=\"q-2\" checked");
    assert_int_equal(send(&p, "text=Cake&author=&answers=q-2" GOOD), 200);
    assert_int_equal(count_postits(p.s, &made), 2);
}

/* ---- what is wrong ------------------------------------------------------ */

static void
what_is_wrong_is_said_and_nothing_is_lost(void **state)
{
    static const struct {
        const char *fields, *says;
    } rows[] = {
        {"text=+&author=Jo" GOOD, "There are no words on it."},
        {"text=%E2%80%8B&author=Jo" GOOD, "There are no words on it."},
        {"text=" X140 "y&author=Jo" GOOD, "longer than 140 letters"},
        {"text=Tea&author=Jo+" X10 X10 X10 X10 GOOD, "longer than 40 letters"},
        {"text=Tea&author=Jo&sort=rant&colour=pink", "Choose what it is"},
        {"text=Tea&author=Jo&sort=delight&colour=black", "Choose a colour"},
        {"text=Tea&author=Jo&answers=q-1" GOOD, "has changed meanwhile"},
        {"author=Jo", "There are no words on it."},
    };
    struct phone_test p = begin(*state);
    struct hub_postit made;
    for (size_t i = 0; i < COUNT(rows); i++) {
        open_page(&p);
        char id[40];
        snprintf(id, sizeof id, "%s", p.id);
        if (send(&p, rows[i].fields) != 422)
            fail_msg("row %zu: %d", i, p.s->answer.status);
        page_stand_has(p.s, rows[i].says);
        page_stand_has(p.s, "<title>Error: ");
        page_stand_has(p.s, "value=\"Jo");
        take_form(&p); // the same, so that sending it again is once
        assert_string_equal(p.id, id);
        assert_int_equal(count_postits(p.s, &made), 0);
    }
    assert_int_equal(send(&p, "text=" X140 "&author=" GOOD), 200);
    open_page(&p);
    assert_int_equal(send(&p, "text=" FAMILY_SENT X140 "&author=" GOOD), 422);
    assert_int_equal(
        send(&p, "author=" GOOD "&text=" FAMILIES FAMILIES FAMILIES FAMILIES),
        200); // 20 letters of 500 bytes
}

static void
no_words_become_markup(void **state)
{
    struct phone_test p = begin(*state);
    open_page(&p);
    assert_int_equal(send(&p, "text=" NASTY_SENT "&author=" NASTY_SENT
                              "&sort=" NASTY_SENT "&colour=" NASTY_SENT
                              "&answers=" NASTY_SENT),
                     422);
    page_stand_has(p.s, NASTY_SHOWN);
    page_stand_has_not(p.s, "<script>");
    assert_int_equal(send(&p, "text=" NASTY_SENT "&author=" GOOD), 200);
    page_stand_has(p.s, NASTY_SHOWN);
    page_stand_has_not(p.s, "<script>");
    p.id[0] = '\0';
    assert_int_equal(send(&p, "id=" NASTY_SENT "&proof=" NASTY_SENT), 422);
    page_stand_has_not(p.s, "alert(");
}

/* ---- who may ------------------------------------------------------------ */

static void
every_token_that_is_not_good_is_old(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s);
    char paths[6][80], other[PHONE_TOKEN_BYTES];
    struct problem why = {0};
    int64_t removed = page_stand_pair(s, "Gone");
    assert_true(phone_token_make(&s->hub, removed, other));
    snprintf(paths[0], sizeof paths[0], "/post/%s", other);
    assert_int_equal(page_stand_get(s, paths[0]), 200);
    assert_true(
        hub_store_revoke(s->hub.store, removed, "Maria", PAGE_NOW_S, &why));
    assert_true(phone_token_make(&s->hub, 1000, other)); // no such screen
    snprintf(paths[1], sizeof paths[1], "/post/%s", other);
    snprintf(paths[2], sizeof paths[2], "/post/x");
    snprintf(paths[3], sizeof paths[3], "%.*s", (int) strlen(p.path) - 1,
             p.path);
    snprintf(paths[4], sizeof paths[4], "%sA", p.path);
    snprintf(paths[5], sizeof paths[5], "%s", p.path);
    paths[5][20] = paths[5][20] == 'A' ? 'B' : 'A';
    char first[4000] = "";
    for (size_t i = 0; i < COUNT(paths); i++) {
        if (page_stand_get(s, paths[i]) != 404)
            fail_msg("path %zu: %d", i, s->answer.status);
        page_stand_has(s, "Please scan the code on the screen again.");
        if (!*first)
            snprintf(first, sizeof first, "%s", page_stand_body(s));
        assert_string_equal(page_stand_body(s), first);
        assert_int_equal(page_stand_post(s, paths[i], "text=Tea"), 404);
    }
    assert_int_equal(page_stand_get(s, p.path), 200);
    // Its half of a day and the next.
    int64_t slot_s = PAGE_NOW_S - PAGE_NOW_S % PHONE_SLOT_S;
    s->hub.now.wall_s = slot_s + 2 * PHONE_SLOT_S - 1;
    assert_int_equal(page_stand_get(s, p.path), 200);
    s->hub.now.wall_s = slot_s + 2 * PHONE_SLOT_S;
    assert_int_equal(page_stand_get(s, p.path), 404);
    s->hub.now.wall_s = slot_s - 1; // a clock that was put back
    assert_int_equal(page_stand_get(s, p.path), 404);
}

static void
a_form_is_good_for_its_own_screen_only(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s), other;
    struct hub_postit made;
    open_page(&p);
    other = begin(s); // another screen
    snprintf(other.id, sizeof other.id, "%s", p.id);
    snprintf(other.proof, sizeof other.proof, "%s", p.proof);
    assert_int_equal(send(&other, "text=Tea&author=" GOOD), 422);
    page_stand_has(s, "open for too long");
    page_stand_has(s, ">\nTea</textarea>");
    assert_int_equal(count_postits(s, &made), 0);
    take_form(&other); // a new one is in it
    assert_int_equal(send(&other, "text=Tea&author=" GOOD), 200);
    // An id that somebody thought of is no id of ours.
    snprintf(p.id, sizeof p.id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01");
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 422);
    assert_int_equal(count_postits(s, &made), 1);
}

static void
other_sites_cannot_post(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s);
    struct hub_postit made;
    open_page(&p);
    s->site = "cross-site";
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 403);
    s->site = "";
    s->origin = "https://elsewhere.example";
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 403);
    assert_int_equal(count_postits(s, &made), 0);
    s->origin = "https://hub.example";
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 200);
}

static void
a_screen_takes_thirty_in_ten_minutes(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s), other;
    struct hub_postit made;
    int taken = 0;
    do {
        open_page(&p);
        taken++;
    } while (send(&p, "text=Tea&author=Jo" GOOD) == 200 && taken < 100);
    assert_int_equal(taken, 31);
    assert_int_equal(s->answer.status, 429);
    page_stand_has(s, "nothing was sent");
    page_stand_has(s, ">\nTea</textarea>");
    assert_string_equal(s->answer.type, "text/html; charset=utf-8");
    assert_int_equal(count_postits(s, &made), 30);
    other = begin(s); // the same staffroom's other screen
    open_page(&other);
    assert_int_equal(send(&other, "text=Tea&author=Jo" GOOD), 200);
    s->hub.now.mono_ms += 20000;
    assert_int_equal(send(&p, "text=Tea&author=Jo" GOOD), 200);
    for (taken = 0; page_stand_get(s, p.path) == 200 && taken < 1000; taken++)
        ;
    assert_in_range(taken, 50, 300);
    assert_int_equal(s->answer.status, 429);
    page_stand_has(s, "Wait a minute");
    page_stand_has_not(s, "{");
}

/* ---- taking back -------------------------------------------------------- */

static int
take_back(struct phone_test *p, const char *proof)
{
    char path[128], body[64];
    snprintf(path, sizeof path, "%s/%s", p->path, p->id);
    snprintf(body, sizeof body, "proof=%s", proof);
    return page_stand_post(p->s, path, body);
}

static void
it_is_taken_back_in_its_first_minute(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s);
    struct hub_postit made;
    char proof[PHONE_PROOF_BYTES];
    open_page(&p);
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 200);
    page_stand_has(s, "Take it back");
    take_hidden(s, "proof", proof, sizeof proof);
    assert_int_equal(take_back(&p, p.proof), 403); // writing's, not this one
    assert_int_equal(count_postits(s, &made), 1);
    s->site = "cross-site";
    assert_int_equal(take_back(&p, proof), 403);
    s->site = "same-origin";
    s->hub.now.wall_s += 59;
    assert_int_equal(take_back(&p, proof), 200);
    page_stand_has(s, "<h1>Taken back</h1>");
    assert_int_equal(count_postits(s, &made), 0);
    assert_int_equal(take_back(&p, proof), 200); // the page loaded again
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 422);
    page_stand_has(s, "was taken back or taken down");
    assert_int_equal(count_postits(s, &made), 0);
    take_form(&p);
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 200);
    take_hidden(s, "proof", proof, sizeof proof);
    s->hub.now.wall_s += 60;
    assert_int_equal(take_back(&p, proof), 409);
    page_stand_has(s, "Its first minute is over");
    assert_int_equal(count_postits(s, &made), 1);
    // Loading the page again does not make the minute longer.
    assert_int_equal(send(&p, "text=Tea&author=" GOOD), 200);
    page_stand_has_not(s, "Take it back");
    // What stands in its address bar then is the form.
    char path[128];
    snprintf(path, sizeof path, "%s/%s", p.path, p.id);
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "<h1>Write a post-it</h1>");
}

static void
one_of_the_screen_itself_cannot_be(void **state)
{
    struct page_stand *s = *state;
    struct phone_test p = begin(s);
    open_page(&p);
    snprintf(p.id, sizeof p.id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01");
    page_stand_postit(s, p.device, p.id, "Tea", "");
    assert_int_equal(send(&p, "text=Tea&author=&sort=idea&colour=yellow"), 422);
    assert_int_equal(take_back(&p, p.proof), 403);
    assert_int_equal(page_stand_state(s, p.id), HUB_POSTIT_WAITING);
}

/* ---- adding a screen by its code ---------------------------------------- */

static void
the_code_of_a_new_screen_leads_to_its_page(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/screens/add?code=bcdf-GHJK"), 200);
    page_stand_has(s, "name=\"code\"");
    page_stand_has(s, "value=\"BCDFGHJK\"");
    static const char *const rows[] = {
        "/screens/add?code=BCDFGHJ", "/screens/add?code=BCDF1HJK",
        "/screens/add?code=%22%3E%3Cscript", "/screens/add?code=%FF",
        "/screens/add?name=BCDFGHJK"};
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(page_stand_get(s, rows[i]), 200);
        page_stand_has_not(s, "BCDF");
        page_stand_has_not(s, "script");
    }
    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, "/screens/add?code=BCDFGHJK"), 303);
    const char *to = page_stand_header(s, "Location");
    assert_string_equal(to, "/sign-in?to=/screens/add?code=BCDFGHJK");
    assert_int_equal(
        page_stand_get(s, "/sign-in?to=/screens/add?code=BCDFGHJK"), 200);
    page_stand_has(s, "value=\"/screens/add?code=BCDFGHJK\"");
    assert_int_equal(page_stand_post(s, "/sign-in",
                                     "name=Maria&password=" PAGE_PASSWORD
                                     "&to=/screens/add?code%3DBCDFGHJK"),
                     303);
    assert_string_equal(page_stand_header(s, "Location"),
                        "/screens/add?code=BCDFGHJK");
    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, "/screens/add?code=BCDFGHJK&x=//evil"),
                     303);
    assert_string_equal(page_stand_header(s, "Location"), "/sign-in");
    assert_int_equal(page_stand_get(s, "/postits?code=BCDFGHJK"), 303);
    assert_string_equal(page_stand_header(s, "Location"),
                        "/sign-in?to=/postits");
}

#define PAGE_TEST(name)                                                        \
    cmocka_unit_test_setup_teardown(name, page_stand_open, page_stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_post_it_is_written_on_a_phone),
        PAGE_TEST(tapping_twice_is_one_post_it),
        PAGE_TEST(an_answer_is_tied_to_thursdays_question),
        PAGE_TEST(what_is_wrong_is_said_and_nothing_is_lost),
        PAGE_TEST(no_words_become_markup),
        PAGE_TEST(every_token_that_is_not_good_is_old),
        PAGE_TEST(a_form_is_good_for_its_own_screen_only),
        PAGE_TEST(other_sites_cannot_post),
        PAGE_TEST(a_screen_takes_thirty_in_ten_minutes),
        PAGE_TEST(it_is_taken_back_in_its_first_minute),
        PAGE_TEST(one_of_the_screen_itself_cannot_be),
        PAGE_TEST(the_code_of_a_new_screen_leads_to_its_page),
    };
    return cmocka_run_group_tests_name("phone_page", tests, NULL, NULL);
}
