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
#include <stdlib.h>
#include <string.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content.h"
#include "hub/postits_view.h"
#include "tests/page_stand.h"

/* What becomes of post-its: ideas, pages of the scrapbook, the book, and the
   long list they are found in. */

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ONE "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"
#define OTHER "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a02"
#define WORDS "Whisper maths works. Start with a minute of silence."
#define NASTY "<script>alert(\"1\")</script>'&amp;"
#define NASTY_SHOWN                                                            \
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;amp;"

/* ---- asking ------------------------------------------------------------- */

/* The person in the store gets codes, so that names are shown. */
static void
let_names_be_seen(struct page_stand *s)
{
    struct hub_person maria;
    struct problem why;
    assert_true(hub_store_person(s->hub.store, &s->arena, "Maria", &maria));
    maria.totp = "JBSWY3DPEHPK3PXP";
    assert_true(hub_store_change_person(s->hub.store, &maria, &why));
}

/* The form on `from` (a path), sent to `path`, with the revision it has. */
static int
save(struct page_stand *s, const char *from, const char *path,
     const char *fields)
{
    static const char mark[] = "name=\"revision\" value=\"";
    char all[3000];
    assert_int_equal(page_stand_get(s, from), 200);
    const char *revision = strstr(page_stand_body(s), mark);
    assert_non_null(revision);
    snprintf(all, sizeof all, "revision=%ld&id=&%s",
             strtol(revision + strlen(mark), NULL, 10), fields);
    return page_stand_send(s, path, all);
}

static void
open_newest(struct content *c, struct page_stand *s)
{
    struct problem why = {0};
    if (!content_open(c, s->hub.store, 0, &why))
        fail_msg("%s", why.text);
}

/* NULL unless there is one. */
static const struct item *
entry(const struct content *c, const char *title)
{
    for (int i = 0; i < c->board.item_count; i++)
        if (strcmp(c->items[i].title, title) == 0)
            return &c->items[i];
    return NULL;
}

static void
thank(struct page_stand *s, int64_t device, const char *target, int count)
{
    struct problem why;
    for (int i = 0; i < count; i++) {
        char id[64];
        snprintf(id, sizeof id, "8f1c2b52-0d6e-4c8e-9a54-%012d", i);
        assert_int_equal(hub_store_put_reaction(s->hub.store, target, id,
                                                HUB_REACTION_THANKS, device,
                                                PAGE_NOW_S, &why),
                         HUB_PUT_NEW);
    }
}

/* ---- an idea of a post-it ----------------------------------------------- */

static void
a_postit_becomes_an_idea(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    page_stand_postit(s, device, ONE, WORDS, "Jo");
    thank(s, device, ONE, 3);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "href=\"/ideas?from=" ONE "\"");
    page_stand_has(s, "href=\"/ideas?from=" ONE "#next_step\"");
    page_stand_has(s, "href=\"/scrapbook?from=" ONE "\"");

    assert_int_equal(page_stand_get(s, "/ideas?from=" ONE), 200);
    page_stand_has(s, "<h2>Make it the idea of the week</h2>");
    page_stand_has(s, "value=\"Whisper maths works.\"");
    page_stand_has(s, ">\nStart with a minute of silence.</textarea>");
    page_stand_has(s, "value=\"hillcrest-primary\" selected");
    page_stand_has(s, "value=\"2026-11-23\" selected");
    page_stand_has(s, "So far only <bdi>Hillcrest Primary</bdi> sees");
    page_stand_has_not(s, "\"Jo\""); // random tokens may have a Jo in them
    page_stand_has(s, "There is a name on it, shown once you have");
    page_stand_has(s, "id=\"who\" name=\"who\"");
    let_names_be_seen(s);
    assert_int_equal(page_stand_get(s, "/ideas?from=" ONE), 200);
    page_stand_has(s, "value=\"Jo\"");

    assert_int_equal(save(s, "/ideas?from=" ONE, "/ideas",
                          "from=" ONE "&title=Whisper&words=x&who=Jo&"
                          "school=hillcrest-primary&week=2026-11-23&"
                          "next_step=TeachMeet"),
                     303);
    open_newest(&c, s);
    const struct item *idea = entry(&c, "Whisper");
    assert_string_equal(idea->id, "i-" ONE);
    assert_int_equal(idea->thanks, 3);
    assert_string_equal(idea->author, "Jo");
    assert_string_equal(idea->next_step, "TeachMeet");
    content_close(&c);
    // The post-it stays what and where it was.
    assert_int_equal(page_stand_state(s, ONE), HUB_POSTIT_WAITING);
}

static void
notes_and_audit_have_no_words_of_it(void **state)
{
    struct page_stand *s = *state;
    const struct hub_deed *deeds;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, WORDS, "Jo");
    static const char *const fields =
        "from=" ONE "&title=Whisper&words=silence&who=Jo&"
        "school=hillcrest-primary";
    assert_int_equal(save(s, "/ideas?from=" ONE, "/ideas", fields), 303);
    assert_int_equal(save(s, "/scrapbook?from=" ONE, "/scrapbook", fields),
                     303);
    assert_int_equal(page_stand_get(s, "/ideas"), 200);
    assert_int_equal(
        page_stand_send(s, "/ideas", "revision=3&id=i-" ONE "&title=Hush"),
        303);
    assert_int_equal(page_stand_get(s, "/history"), 200);
    page_stand_has(s, "Added the idea from post-it 8f1c2b52 of Hillcrest");
    page_stand_has(s, "Added the scrapbook page from post-it 8f1c2b52 of");
    page_stand_has(s, "Changed the idea from post-it 8f1c2b52");
    page_stand_has_not(s, "Whisper");
    page_stand_has_not(s, "Hush");
    page_stand_has_not(s, "silence");
    page_stand_has_not(s, "Jo");
    int count = hub_store_deeds(s->hub.store, &s->arena, 9, &deeds);
    assert_true(count >= 2); // behind the setting up
    assert_string_equal(deeds[0].what, "kept in the scrapbook");
    assert_string_equal(deeds[1].what, "made an idea");
    assert_string_equal(deeds[1].id, ONE);
    assert_string_equal(deeds[1].person, "Maria");
}

static void
one_postit_becomes_one_idea(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    static const char *const fields =
        "from=" ONE "&title=Whisper&week=2026-11-23";
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, WORDS, "");
    assert_int_equal(save(s, "/ideas?from=" ONE, "/ideas", fields), 303);
    assert_int_equal(page_stand_get(s, "/ideas?from=" ONE), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/ideas?edit=i-" ONE);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "See the idea made of it");
    // Another is offered for the week after.
    page_stand_postit(s, 1, OTHER, WORDS, "");
    assert_int_equal(page_stand_get(s, "/ideas?from=" OTHER), 200);
    page_stand_has(s, "value=\"2026-11-30\" selected");
    // Who had the form open meanwhile, and has seen the newest since.
    assert_int_equal(save(s, "/ideas", "/ideas", fields), 422);
    page_stand_has(s, "Somebody has done the same with this post-it");
    open_newest(&c, s);
    assert_int_equal(c.board.item_count, 1);
    content_close(&c);
}

static void
what_is_gone_is_not_saved_unasked(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    struct problem why;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    page_stand_postit(s, device, ONE, WORDS, "");
    hub_store_take_back(s->hub.store, ONE, device, PAGE_NOW_S, &why);
    assert_int_equal(page_stand_get(s, "/scrapbook?from=" ONE), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/postits");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "It is not there any more");
    assert_int_equal(
        save(s, "/scrapbook", "/scrapbook", "from=" ONE "&title=Whisper"), 422);
    page_stand_has(s, "This post-it is not there any more");
    page_stand_has(s, "value=\"Whisper\"");
    page_stand_has(s, "name=\"from\" value=\"" ONE "\"");
    page_stand_has(s, "name=\"anyway\"");
    assert_int_equal(save(s, "/scrapbook", "/scrapbook",
                          "from=" ONE "&title=Whisper&anyway=yes"),
                     303);
    open_newest(&c, s);
    // No entry of that post-it.
    assert_non_null(entry(&c, "Whisper"));
    assert_string_not_equal(entry(&c, "Whisper")->id, "s-" ONE);
    content_close(&c);
}

static void
no_address_puts_words_into_a_form(void **state)
{
    static const char *const addresses[] = {
        "/ideas?from=%3Cscript%3E", "/ideas?from=" OTHER,
        "/scrapbook?from=%27%20OR%201", "/scrapbook?from=" ONE "x"};
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, NASTY, NASTY);
    let_names_be_seen(s);
    for (size_t i = 0; i < COUNT(addresses); i++) {
        assert_int_equal(page_stand_get(s, addresses[i]), 303);
        assert_string_equal(page_stand_header(s, "Location"), "/postits");
    }
    assert_int_equal(page_stand_get(s, "/ideas?title=hello&words=hello"), 200);
    page_stand_has_not(s, "hello");
    // On pages that make nothing of post-its it means nothing.
    assert_int_equal(page_stand_get(s, "/purpose?from=" ONE), 200);
    assert_int_equal(page_stand_get(s, "/scrapbook?from=" ONE), 200);
    page_stand_has_not(s, "<script");
    page_stand_has(s, "value=\"" NASTY_SHOWN "\"");
}

static void
long_words_get_a_short_title(void **state)
{
    static const struct {
        const char *text, *title, *words;
    } rows[] = {
        {"One thing. Another.", "One thing.", "Another."},
        {"Only one thing", "Only one thing", ""},
        {"A sentence that goes on and on so that no screen could ever show it "
         "in large letters",
         "A sentence that goes on and on so that no screen could ever\xE2\x80"
         "\xA6",
         "A sentence that goes on and on so that no screen could ever show it "
         "in large letters"},
        {"\xF0\x9F\x90\xA2\xF0\x9F\x90\xA2! Slowly.",
         "\xF0\x9F\x90\xA2\xF0\x9F\x90\xA2!", "Slowly."},
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char id[HUB_ID_BYTES], path[128], part[256];
        snprintf(id, sizeof id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a1%zu", i);
        page_stand_postit(s, device, id, rows[i].text, "");
        snprintf(path, sizeof path, "/ideas?from=%s", id);
        assert_int_equal(page_stand_get(s, path), 200);
        snprintf(part, sizeof part, "value=\"%s\"", rows[i].title);
        page_stand_has(s, part);
        snprintf(part, sizeof part, ">\n%s</textarea>", rows[i].words);
        page_stand_has(s, part);
    }
}

static void
an_idea_comes_again_next_week(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    assert_int_equal(
        save(s, "/ideas", "/ideas", "title=Whisper&words=x&week=2026-11-16"),
        303);
    open_newest(&c, s);
    char fields[128], id[64];
    snprintf(id, sizeof id, "%s", entry(&c, "Whisper")->id);
    content_close(&c);
    thank(s, device, id, 2);
    assert_int_equal(page_stand_get(s, "/ideas"), 200);
    page_stand_has(s, "<li>2 thank-yous</li>");
    page_stand_has_not(s, "will try it");
    snprintf(fields, sizeof fields, "revision=2&id=%s&again=yes", id);
    assert_int_equal(page_stand_send(s, "/ideas", fields), 303);
    open_newest(&c, s);
    assert_int_equal(c.board.item_count, 2);
    const struct item *copy = &c.items[1];
    assert_int_equal(copy->week, day_parse("2026-11-30"));
    assert_int_equal(copy->thanks, 2);
    assert_string_equal(copy->text, "x");
    assert_string_not_equal(copy->id, id);
    assert_int_equal(c.items[0].week, day_parse("2026-11-16"));
    content_close(&c);
    assert_int_equal(page_stand_get(s, "/ideas"), 200);
    fields[strlen("revision=")] = '3';
    assert_int_equal(page_stand_send(s, "/ideas", fields), 422);
    page_stand_has(s, "is there for next week already");
}

static void
a_name_that_is_not_shown_stays(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    char fields[128], path[128], id[64];
    page_stand_set_up(s);
    assert_int_equal(
        save(s, "/scrapbook", "/scrapbook", "title=Choir&who=Danielle"), 303);
    open_newest(&c, s);
    snprintf(id, sizeof id, "%s", entry(&c, "Choir")->id);
    content_close(&c);
    snprintf(path, sizeof path, "/scrapbook?edit=%s", id);
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "a name, shown once you have switched on codes");
    page_stand_has_not(s, "Danielle");
    snprintf(fields, sizeof fields, "revision=2&id=%s&title=Two+choirs", id);
    assert_int_equal(page_stand_send(s, "/scrapbook", fields), 303);
    let_names_be_seen(s);
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "value=\"Danielle\"");
}

/* ---- the scrapbook ------------------------------------------------------ */

static void
a_page_from_form_to_board(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    assert_int_equal(
        save(s, "/scrapbook", "/scrapbook",
             "title=Choir&words=One%0D%0ATwo&who=Jo&school=st-aidans&"
             "date=2026-10-01&photo=https://x.example/a.jpg&"
             "show_from=2026-11-01&show_until=2026-11-30&public=yes"),
        303);
    assert_string_equal(page_stand_header(s, "Location"), "/scrapbook");
    assert_int_equal(
        save(s, "/scrapbook", "/scrapbook", "title=Tears&kind=impact"), 303);
    open_newest(&c, s);
    const struct item *page = entry(&c, "Choir");
    assert_int_equal(page->kind, KIND_SCRAPBOOK);
    assert_string_equal(page->text, "One\nTwo");
    assert_string_equal(page->author, "Jo");
    assert_string_equal(page->school, "st-aidans");
    assert_string_equal(page->image, "https://x.example/a.jpg");
    assert_int_equal(page->published_s,
                     time_parse("2026-10-01T12:00:00+01:00", NULL));
    assert_int_equal(page->window.from_s,
                     time_parse("2026-11-01T00:00:00Z", NULL));
    // Until that day is over.
    assert_int_equal(page->window.until_s,
                     time_parse("2026-12-01T00:00:00Z", NULL));
    assert_true(page->is_public);
    assert_int_equal(entry(&c, "Tears")->kind, KIND_IMPACT);
    assert_int_equal(entry(&c, "Tears")->published_s, PAGE_NOW_S);
    content_close(&c);
    assert_int_equal(page_stand_get(s, "/scrapbook"), 200);
    page_stand_has(s, "Thursday 1 October. On the screens until Monday 30 "
                      "November, visitors may see it.");
    page_stand_has(s, "<strong>What changed</strong>");
}

/* Windows and dates with an hour in them come from elsewhere. */
static void
what_is_only_renamed_stays_when_it_was(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    struct problem why = {0};
    page_stand_set_up(s);
    open_newest(&c, s);
    struct item item = content_new_item(KIND_SCRAPBOOK);
    item.id = "x";
    item.title = "Choir";
    item.has_own_title = true;
    item.image = "http://x.example/a.jpg";
    item.published_s = PAGE_NOW_S - 3600;
    item.window.from_s = PAGE_NOW_S - 60;
    item.window.until_s = PAGE_NOW_S + 3600;
    content_set_item(&c, &item);
    assert_int_equal(content_save(&c, s->hub.store, "", "", PAGE_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    assert_int_equal(page_stand_get(s, "/scrapbook?edit=x"), 200);
    page_stand_has(s, "value=\"2026-11-26\"");
    assert_int_equal(
        page_stand_send(s, "/scrapbook",
                        "revision=2&id=x&title=Choirs&date=2026-11-26&"
                        "photo=http://x.example/a.jpg&"
                        "show_from=2026-11-26&show_until=2026-11-26"),
        303);
    open_newest(&c, s);
    const struct item *page = entry(&c, "Choirs");
    assert_int_equal(page->published_s, PAGE_NOW_S - 3600);
    assert_int_equal(page->window.from_s, PAGE_NOW_S - 60);
    assert_int_equal(page->window.until_s, PAGE_NOW_S + 3600);
    content_close(&c);
}

static void
a_page_is_refused(void **state)
{
    static const struct {
        const char *fields, *sentence;
    } rows[] = {
        {"title=", "Give it a title."},
        {"title=x&school=nowhere", "That school is not in the partnership."},
        {"title=x&date=2026-11-27", "That day is still to come."},
        {"title=x&date=soon", "That is no date."},
        {"title=x&photo=http://x.example/a.jpg", "begin with https://"},
        {"title=x&photo=https://", "begin with https://"},
        {"title=x&photo=https://x.example/a+b.jpg", "begin with https://"},
        {"title=x&photo=javascript:alert(1)", "begin with https://"},
        {"title=x&show_from=2026-12-02&show_until=2026-12-01",
         "The last day is before the first."},
    };
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(save(s, "/scrapbook", "/scrapbook", rows[i].fields),
                         422);
        page_stand_has(s, rows[i].sentence);
    }
    open_newest(&c, s);
    assert_int_equal(c.board.item_count, 0);
    content_close(&c);
}

/* ---- the book ----------------------------------------------------------- */

/* Fails unless these stand in the page in that order. */
static void
assert_order(struct page_stand *s, const char *const *words, size_t count)
{
    const char *at = page_stand_body(s);
    for (size_t i = 0; i < count; i++) {
        const char *next = strstr(at, words[i]);
        if (!next)
            fail_msg("no \"%s\" in its place:\n%s", words[i],
                     page_stand_body(s));
        at = next + 1;
    }
}

static void
the_newest_term_comes_first(void **state)
{
    static const char *const pages[] = {
        "title=In+April&date=2026-04-02&who=Jo", // the spring term's last day
        "title=In+May&date=2026-05-20",
        "title=In+October&date=2025-10-10",
        "title=In+February&date=2026-02-10&kind=impact",
    };
    static const char *const order[] = {"<h3>Summer term 2026</h3>",
                                        "In May",
                                        "<h3>Spring term 2026</h3>",
                                        "In February",
                                        "In April",
                                        "<h3>Autumn term 2025</h3>",
                                        "In October",
                                        "id=\"page-1\"",
                                        "In May",
                                        "id=\"page-2\"",
                                        "what changed",
                                        "In February",
                                        "id=\"page-3\"",
                                        "In April",
                                        "2 April 2026",
                                        "id=\"page-4\"",
                                        "In October"};
    static const struct term spring = {20457, 20545}; // 2026-01-04 to 04-02
    struct page_stand *s = *state;
    struct content c;
    struct problem why = {0};
    page_stand_set_up(s);
    open_newest(&c, s);
    assert_int_equal(day_parse("2026-04-02"), spring.until);
    c.board.terms = &spring;
    c.board.term_count = 1;
    assert_int_equal(content_save(&c, s->hub.store, "", "", PAGE_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    assert_int_equal(page_stand_get(s, "/scrapbook/book"), 200);
    page_stand_has(s, "There is nothing in the scrapbook for these days.");
    for (size_t i = 0; i < COUNT(pages); i++)
        assert_int_equal(save(s, "/scrapbook", "/scrapbook", pages[i]), 303);
    assert_int_equal(page_stand_get(s, "/scrapbook/book"), 200);
    assert_order(s, order, COUNT(order));
    page_stand_has(s, "October 2025 to May 2026");
    page_stand_has(s, "<li dir=\"auto\">Hillcrest Primary</li>");
    page_stand_has(s, "href=\"/web/book.css\"");
    page_stand_has_not(s, "Jo");
    page_stand_has(s, "Names are left out");
    let_names_be_seen(s);
    assert_int_equal(page_stand_get(s, "/scrapbook/book"), 200);
    page_stand_has(s, "<bdi>Jo</bdi></strong>, 2 April 2026");

    // Both ends are in it.
    assert_int_equal(
        page_stand_get(s, "/scrapbook/book?from=2026-02-10&until=2026-04-02"),
        200);
    page_stand_has_not(s, "id=\"page-3\"");
    page_stand_has(s, "February to April 2026");
    assert_int_equal(
        page_stand_get(s, "/scrapbook/book?from=2026-02-11&until=2026-04-01"),
        200);
    page_stand_has(s, "There is nothing in the scrapbook for these days.");
    assert_int_equal(page_stand_get(s, "/scrapbook/book?from=3+December"), 422);
    page_stand_has(s, "One of the dates is none.");
    assert_int_equal(
        page_stand_get(s, "/scrapbook/book?from=2026-02-11&until=2026-02-01"),
        422);
}

static void
no_words_become_markup(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    struct problem why = {0};
    const struct school school = {NASTY, NASTY};
    page_stand_set_up(s);
    let_names_be_seen(s);
    open_newest(&c, s);
    c.board.title = NASTY;
    c.board.schools = &school;
    c.board.school_count = 1;
    struct item item = content_new_item(KIND_IMPACT);
    item.id = NASTY;
    item.title = item.text = item.author = item.school = NASTY;
    item.has_own_title = true;
    content_set_item(&c, &item);
    assert_int_equal(content_save(&c, s->hub.store, "", "", PAGE_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    assert_int_equal(
        page_stand_get(s, "/scrapbook/book?x=%3Cscript%3E&from=&until="), 200);
    page_stand_has_not(s, "<script");
    page_stand_has(s, "<bdi>" NASTY_SHOWN "</bdi></strong>, <bdi>" NASTY_SHOWN);
    page_stand_has(s, "<h2 dir=\"auto\">" NASTY_SHOWN);
    page_stand_has(s, "<p dir=\"auto\">" NASTY_SHOWN);
}

/* ---- the long list of post-its ------------------------------------------ */

/* Numbers `first` to `last`, the newest last. */
static void
put_many(struct page_stand *s, int64_t device, int first, int last)
{
    for (int i = first; i <= last; i++) {
        char id[HUB_ID_BYTES], text[32];
        snprintf(id, sizeof id, "8f1c2b52-0d6e-4c8e-9a53-%012d", i);
        snprintf(text, sizeof text, "Words %03d.", i);
        page_stand_postit(s, device, id, text, "");
    }
}

static void
fifty_are_on_a_page(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    put_many(s, device, 0, 9);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has_not(s, "Choose which ones");
    put_many(s, device, 10, 100);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "Choose which ones");
    page_stand_has(s, "Waiting for you <span class=\"soft\">(101)");
    page_stand_has(s, "Words 100.");
    page_stand_has(s, "Words 051.");
    page_stand_has_not(s, "Words 050.");
    page_stand_has(s, "1 to 50 of 101");
    page_stand_has(s, "href=\"/postits?page=2\">The next ones");
    page_stand_has_not(s, "The ones before");
    page_stand_has(s, "Nothing is shared just now.");
    assert_int_equal(page_stand_get(s, "/postits?page=3"), 200);
    page_stand_has(s, "Words 000.");
    page_stand_has(s, "101 to 101 of 101");
    page_stand_has(s, "href=\"/postits?page=2\">The ones before");
    page_stand_has_not(s, "The next ones");
    page_stand_has_not(s, "Nothing is shared just now.");

    // Back to the same page; and from a page that is none any more to the last.
    assert_int_equal(page_stand_send(s,
                                     "/postits/8f1c2b52-0d6e-4c8e-9a53-"
                                     "000000000000",
                                     "do=delete&from=/postits?page=3"),
                     303);
    assert_string_equal(page_stand_header(s, "Location"), "/postits?page=3");
    assert_int_equal(page_stand_get(s, "/postits?page=3"), 200);
    page_stand_has(s, "51 to 100 of 100");
    assert_true(hub_store_moderate(s->hub.store,
                                   "8f1c2b52-0d6e-4c8e-9a53-000000000001",
                                   HUB_POSTIT_SHARED, "", PAGE_NOW_S, &why));
    assert_int_equal(page_stand_get(s, "/postits?show=shared"), 200);
    page_stand_has(s, "Words 001.");
    page_stand_has_not(s, "Words 002.");
    page_stand_has_not(s, "Waiting for you <span");
    page_stand_has(s, "value=\"shared\" selected");
    assert_int_equal(page_stand_get(s, "/postits?school=st-aidans"), 200);
    page_stand_has_not(s, "Words 002.");
    page_stand_has(s, "value=\"st-aidans\" selected");
}

static void
what_was_turned_face_down_is_first(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "x");
    put_many(s, device, 0, 59);
    hub_store_put_reaction(s->hub.store, "8f1c2b52-0d6e-4c8e-9a53-000000000003",
                           ONE, HUB_REACTION_FACE_DOWN, device, PAGE_NOW_S,
                           &why);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    static const char *const order[] = {"Words 003.", "Words 059."};
    assert_order(s, order, 2);
}

static void
nobody_is_led_elsewhere(void **state)
{
    static const struct {
        const char *from, *back;
    } rows[] = {
        {"", "/postits"},
        {"/this-week", "/this-week"},
        {"/postits", "/postits"},
        {"/postits?page=2", "/postits?page=2"},
        {"/postits?page=1", "/postits"},
        {"/postits?page=-3", "/postits"},
        {"/postits?page=99999999999999999999", "/postits?page=100000"},
        {"/postits?show=kept&school=a&page=3",
         "/postits?show=kept&school=a&page=3"},
        {"/postits?page=3&show=dance&x=//evil.example", "/postits?page=3"},
        {"/postits?school=%0d%0aSet-Cookie:x",
         "/postits?school=%0ASet-Cookie%3Ax"},
        {"/postits?school=a%26b%3D%22", "/postits?school=a%26b%3D%22"},
        {"/postits?school=%ff", "/postits"},
        {"//evil.example", "/postits"},
        {"https://evil.example/postits?page=2", "/postits"},
        {"/postitsx?page=2", "/postits"},
        {"javascript:alert(1)", "/postits"},
    };
    struct arena a = {0};
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(postits_view_back(&a, rows[i].from), rows[i].back);
    arena_destroy(&a);
}

static void
moderators_share_keep_and_take_down(void **state)
{
    struct page_stand *s = *state;
    struct hub_person maria, sam;
    struct problem why;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, WORDS, "");
    assert_true(hub_store_person(s->hub.store, &s->arena, "Maria", &maria));
    sam = maria;
    sam.name = "Sam";
    sam.is_coordinator = false;
    assert_true(hub_store_add_person(s->hub.store, &sam, PAGE_NOW_S, &why));
    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, "/sign-in"), 200);
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Sam&password=" PAGE_PASSWORD),
        303);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    page_stand_has(s, "value=\"share\"");
    page_stand_has(s, "value=\"keep\"");
    page_stand_has(s, "value=\"take-down\"");
    page_stand_has_not(s, "idea of the week");
    page_stand_has_not(s, "next step");
    page_stand_has_not(s, "crapbook");
    assert_int_equal(page_stand_get(s, "/ideas?from=" ONE), 403);
    assert_int_equal(page_stand_get(s, "/scrapbook?from=" ONE), 403);
    assert_int_equal(page_stand_get(s, "/scrapbook/book"), 403);
}

static void
taking_down_says_where_its_words_are_as_well(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "x"), ONE, WORDS, "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=take-down"), 200);
    page_stand_has_not(s, "as well, and stay there");
    assert_int_equal(save(s, "/scrapbook?from=" ONE, "/scrapbook",
                          "from=" ONE "&title=Whisper"),
                     303);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/postits/" ONE, "do=take-down"), 200);
    page_stand_has(s, "Its words are in the scrapbook as well");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, page_stand_open, page_stand_close)
        TEST(a_postit_becomes_an_idea),
        TEST(notes_and_audit_have_no_words_of_it),
        TEST(one_postit_becomes_one_idea),
        TEST(what_is_gone_is_not_saved_unasked),
        TEST(no_address_puts_words_into_a_form),
        TEST(long_words_get_a_short_title),
        TEST(an_idea_comes_again_next_week),
        TEST(a_name_that_is_not_shown_stays),
        TEST(a_page_from_form_to_board),
        TEST(what_is_only_renamed_stays_when_it_was),
        TEST(a_page_is_refused),
        TEST(the_newest_term_comes_first),
        TEST(no_words_become_markup),
        TEST(fifty_are_on_a_page),
        TEST(what_was_turned_face_down_is_first),
        TEST(nobody_is_led_elsewhere),
        TEST(moderators_share_keep_and_take_down),
        TEST(taking_down_says_where_its_words_are_as_well),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
