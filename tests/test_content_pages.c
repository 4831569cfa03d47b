// links: src/hub/door_log.c src/hub/seldom.c src/core/running_order.c
// links: src/hub/content*.c src/hub/thursday_page.c src/hub/ideas_page.c
// links: src/hub/meetings_page.c src/hub/purpose_page.c src/hub/history_page.c
// links: src/hub/scrapbook_page.c
// links: src/hub/page.c src/hub/pages_*.c src/hub/form.c src/hub/feed*.c
// links: src/hub/preview.c src/hub/preview_run.c src/hub/preview_read.c
// links: src/hub/preview_files.c
// links: src/io/child.c
// links: src/hub/device_api*.c src/hub/bucket.c src/hub/accounts_names.c
// links: src/hub/phone_token.c src/hub/moderation.c
// links: src/hub/routes.c src/hub/http.c src/hub/html.c src/hub/secret.c
// links: src/io/hub_store*.c src/io/db.c src/io/file.c src/core/feed*.c
// links: src/core/json_scan.c src/core/plain_text.c src/core/html_text.c
// links: src/core/compose.c src/core/wording.c src/core/board.c src/core/date.c
// links: src/core/character_reference.c src/core/postit_record.c src/base/*.c
// links: tests/hub_stand.c
// links: src/core/calendar_meetings.c src/io/program.c src/hub/calendars*.c src/core/polling.c
// libs: -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content.h"
#include "hub/history_page.h"
#include "hub/ideas_page.h"
#include "hub/meetings_page.h"
#include "hub/purpose_page.h"
#include "hub/scrapbook_page.h"
#include "hub/thursday_page.h"
#include "tests/hub_stand.h"

/* What a person would type to break a page, and as a form sends it. */
#define NASTY "</textarea><script>alert('x')</script>\"&amp;"
#define NASTY_SENT                                                             \
    "%3C%2Ftextarea%3E%3Cscript%3Ealert('x')%3C%2Fscript%3E%22%26amp%3B"
#define NASTY_SHOWN                                                            \
    "&lt;/textarea&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;"   \
    "&amp;amp;"

#define QUESTION "question=Why%3F&on=2026-12-03&asker=Jo&next_asker=Tom"

static const struct {
    const char *path;
    route_answer *get, *post;
} pages[] = {
    {"/thinking-thursday", thursday_page_get, thursday_page_post},
    {"/ideas", ideas_page_get, ideas_page_post},
    {"/meetings", meetings_page_get, meetings_page_post},
    {"/purpose", purpose_page_get, purpose_page_post},
    {"/scrapbook", scrapbook_page_get, scrapbook_page_post},
    {"/history", history_page_get, history_page_post},
};
#define PAGE_COUNT (sizeof pages / sizeof *pages)

/* ---- asking ------------------------------------------------------------- */

static const char *
header(const struct http_request *r, const char *name)
{
    (void) r;
    return strcasecmp(name, "Sec-Fetch-Site") == 0 ? "same-origin" : "";
}

/* For page_gate, which nobody goes through here. */
bool
accounts_recognise(struct hub *hub, const struct http_request *r)
{
    (void) hub, (void) r;
    return false;
}

static bool hides_names; // Ann has no codes

/* Straight to the handler, as if the gate had let Ann in. */
static int
ask(struct stand *s, enum http_method method, const char *path,
    const char *query, const char *body)
{
    struct route_match m = {.person = {.number = 1,
                                       .name = "Ann",
                                       .totp = hides_names ? "" : "MFRGG===",
                                       .is_coordinator = true}};
    http_answer_destroy(&s->answer);
    arena_reset(&s->arena);
    s->hub.person = m.person;
    struct http_request r = {.method = method,
                             .path = path,
                             .query = query,
                             .body = body,
                             .body_len = strlen(body),
                             .peer = "",
                             .header = header,
                             .arena = &s->arena};
    for (size_t i = 0; i < PAGE_COUNT; i++)
        if (strcmp(pages[i].path, path) == 0)
            (method == HTTP_POST ? pages[i].post
                                 : pages[i].get)(&s->hub, &r, &m, &s->answer);
    return s->answer.status;
}

static bool
says(const struct stand *s, const char *words)
{
    return strstr(stand_body(s), words) != NULL;
}

static void
assert_says(const struct stand *s, const char *words)
{
    if (!says(s, words))
        fail_msg("\"%s\" is not in: %s", words, stand_body(s));
}

/* What follows `before` until the next quote; the caller frees it. "" for none.
 */
static char *
find_value(const struct stand *s, const char *before)
{
    const char *at = strstr(stand_body(s), before);
    if (!at)
        return strdup("");
    at += strlen(before);
    return strndup(at, strcspn(at, "\""));
}

/* As a browser posts it from that page: with its token and its revision. */
static int
post(struct stand *s, const char *path, const char *fields)
{
    static const char proof[] = "name=\"token\" value=\"";
    char body[4096];
    // The last form of a page is its own: signing out is above it.
    assert_int_equal(ask(s, HTTP_GET, path, "", ""), 200);
    const char *form = stand_body(s), *next;
    while ((next = strstr(form + 1, "<form method=\"post\"")) != NULL)
        form = next;
    const char *token = strstr(form, proof);
    assert_non_null(token);
    token += strlen(proof);
    char *revision = find_value(s, "name=\"revision\" value=\"");
    snprintf(body, sizeof body, "token=%.*s&revision=%s&%s",
             (int) strcspn(token, "\""), token, revision, fields);
    free(revision);
    return ask(s, HTTP_POST, path, "", body);
}

static void
assert_saved(struct stand *s, int status, const char *path)
{
    if (status != 303)
        fail_msg("%d: %s", status, stand_body(s));
    assert_string_equal(stand_header(s, "Location"), path);
    assert_non_null(strstr(stand_header(s, "Set-Cookie"), "=saved;"));
}

static void
open_newest(struct content *c, struct stand *s)
{
    struct problem why = {0};
    if (!content_open(c, s->hub.store, 0, &why))
        fail_msg("%s", why.text);
}

/* The only entry of that kind. */
static const struct item *
only(const struct content *c, enum item_kind kind)
{
    const struct item *found = NULL;
    for (int i = 0; i < c->board.item_count; i++) {
        if (c->items[i].kind != kind)
            continue;
        assert_null(found);
        found = &c->items[i];
    }
    assert_non_null(found);
    return found;
}

/* The id of the only entry of that kind, in the form "id=…&". */
static char *
id_of_only(struct stand *s, enum item_kind kind)
{
    struct content c;
    char *field = malloc(128);
    open_newest(&c, s);
    snprintf(field, 128, "id=%s&", only(&c, kind)->id);
    content_close(&c);
    return field;
}

static int
post_with_id(struct stand *s, const char *path, const char *id,
             const char *fields)
{
    char all[2048];
    snprintf(all, sizeof all, "%s%s", id, fields);
    return post(s, path, all);
}

/* ---- questions ---------------------------------------------------------- */

static void
test_question_from_form_to_board(void **state)
{
    struct stand *s = *state;
    struct content c;
    assert_saved(s, post(s, "/thinking-thursday", QUESTION),
                 "/thinking-thursday");
    open_newest(&c, s);
    const struct item *q = only(&c, KIND_QUESTION);
    assert_string_equal(q->text, "Why?");
    assert_int_equal(q->on, day_parse("2026-12-03"));
    assert_string_equal(q->author, "Jo");
    assert_string_equal(q->next_asker, "Tom");
    assert_int_equal(q->published_s, STAND_NOW_S);
    content_close(&c);
    ask(s, HTTP_GET, "/thinking-thursday", "", "");
    assert_says(s, "Thursday 3 December");
    assert_says(s, "0 answers");

    char *id = id_of_only(s, KIND_QUESTION);
    assert_saved(s, post_with_id(s, "/thinking-thursday", id, QUESTION),
                 "/thinking-thursday");
    assert_saved(s,
                 post_with_id(s, "/thinking-thursday", id,
                              "question=Why+not%3F&on=2026-12-10"),
                 "/thinking-thursday");
    open_newest(&c, s);
    q = only(&c, KIND_QUESTION);
    assert_string_equal(q->text, "Why not?");
    assert_string_equal(q->author, "");
    content_close(&c);
    assert_saved(s, post_with_id(s, "/thinking-thursday", id, "delete=yes"),
                 "/thinking-thursday");
    free(id);
    open_newest(&c, s);
    assert_int_equal(c.board.item_count, 0);
    content_close(&c);
    ask(s, HTTP_GET, "/history", "", "");
    assert_says(s, "Added the question for Thursday 3 December");
    assert_says(s, "Changed the question for Thursday 10 December");
    assert_says(s, "Deleted the question for Thursday 10 December");
    assert_says(s, "Ann");
}

static void
test_question_refused(void **state)
{
    struct stand *s = *state;
    static const struct {
        const char *fields, *sentence;
    } rows[] = {
        {"question=&on=2026-12-03", "Write the question."},
        {"question=+%0D%0A+&on=2026-12-03", "Write the question."},
        {"question=Why", "Say for which Thursday"},
        {"question=Why&on=3+December", "That is no date"},
        {"question=Why&on=2026-12-02", "Wednesday 2 December is no Thursday. "
                                       "The nearest one is Thursday 3"},
        {"question=Why&on=2026-11-26", "There is a question for Thursday 26"},
    };
    assert_saved(s, post(s, "/thinking-thursday", "question=A&on=2026-11-26"),
                 "/thinking-thursday");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(post(s, "/thinking-thursday", rows[i].fields), 422);
        assert_says(s, rows[i].sentence);
        assert_says(s, "aria-invalid=\"true\"");
    }
    struct content c;
    open_newest(&c, s);
    assert_int_equal(c.revision, 1);
    content_close(&c);
}

static void
test_question_that_is_long(void **state)
{
    struct stand *s = *state;
    char fields[1024];
    int len = snprintf(fields, sizeof fields, "on=2026-12-03&question=");
    memset(fields + len, 'x', 201);
    fields[len + 201] = '\0';
    assert_int_equal(post(s, "/thinking-thursday", fields), 422);
    assert_says(s, "has 201 characters");
    assert_says(s, "name=\"anyway\"");
    assert_says(s, fields + len); // it is still in the form
    snprintf(fields + len + 201, sizeof fields - (size_t) len - 201,
             "&anyway=yes");
    assert_saved(s, post(s, "/thinking-thursday", fields),
                 "/thinking-thursday");
    memset(fields + len, 'x', 601);
    snprintf(fields + len + 601, sizeof fields - (size_t) len - 601,
             "&anyway=yes");
    assert_int_equal(post(s, "/thinking-thursday", fields), 422);
    assert_says(s, "has 601 characters, and there is room for 600");
    assert_false(says(s, "name=\"anyway\""));
}

static void
test_question_in_the_holidays(void **state)
{
    struct stand *s = *state;
    struct problem why = {0};
    struct content c;
    const struct term term = {day_parse("2026-11-02"), day_parse("2026-12-18")};
    open_newest(&c, s);
    c.board.terms = &term;
    c.board.term_count = 1;
    assert_int_equal(content_save(&c, s->hub.store, "", "", STAND_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    assert_int_equal(
        post(s, "/thinking-thursday", "question=Why&on=2026-12-24"), 422);
    assert_says(s, "Thursday 24 December is not in term time");
    assert_saved(
        s,
        post(s, "/thinking-thursday", "question=Why&on=2026-12-24&anyway=yes"),
        "/thinking-thursday");
}

static void
test_answers_are_counted(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    stand_pair(s, "Hillcrest", "hillcrest");
    post(s, "/thinking-thursday", "question=Why&on=2026-11-26");
    open_newest(&c, s);
    struct hub_postit p = {.text = "Because",
                           .answers = only(&c, KIND_QUESTION)->id,
                           .school = "hillcrest",
                           .sort = SORT_ANSWER,
                           .made_s = STAND_NOW_S,
                           .expires_s = STAND_NOW_S + DAY_S};
    for (int i = 0; i < 2; i++) {
        snprintf(p.id, sizeof p.id, "00000000-0000-4000-8000-%012d", i);
        p.state = i ? HUB_POSTIT_SHARED : HUB_POSTIT_WAITING;
        hub_store_put_postit(s->hub.store, &p, 1, STAND_NOW_S, &why);
    }
    content_close(&c);
    ask(s, HTTP_GET, "/thinking-thursday", "", "");
    assert_says(s, "2 answers, 1 of them to be read");
}

/* ---- two coordinators --------------------------------------------------- */

static void
test_nobody_is_overwritten(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    char body[1024];
    assert_saved(s, post(s, "/thinking-thursday", QUESTION),
                 "/thinking-thursday");
    // Ann's page is open while Ben deletes the question.
    ask(s, HTTP_GET, "/thinking-thursday", "", "");
    const char *form = strstr(stand_body(s), "action=\"/thinking-thursday\"");
    const char *at = strstr(form, "name=\"token\" value=\"");
    char *token = strndup(at + 20, strcspn(at + 20, "\""));
    open_newest(&c, s);
    char *id = id_of_only(s, KIND_QUESTION);
    content_remove_item(&c, only(&c, KIND_QUESTION)->id);
    assert_int_equal(
        content_save(&c, s->hub.store, "Ben", "", STAND_NOW_S, &why),
        CONTENT_SAVED);
    content_close(&c);

    snprintf(body, sizeof body, "token=%s&revision=1&%squestion=Mine&on=%s",
             token, id, "2026-12-03");
    assert_int_equal(ask(s, HTTP_POST, "/thinking-thursday", "", body), 409);
    assert_says(s, "Somebody else has saved meanwhile");
    assert_says(s, "Mine</textarea>");
    assert_says(s, "name=\"revision\" value=\"2\"");

    snprintf(body, sizeof body, "token=%s&revision=2&%squestion=Mine&on=%s",
             token, id, "2026-12-03");
    assert_int_equal(ask(s, HTTP_POST, "/thinking-thursday", "", body), 422);
    assert_says(s, "Somebody has deleted this meanwhile");
    assert_says(s, "name=\"id\" value=\"\"");

    snprintf(body, sizeof body, "token=%s&revision=1&%sdelete=yes", token, id);
    assert_int_equal(ask(s, HTTP_POST, "/thinking-thursday", "", body), 303);
    assert_non_null(strstr(stand_header(s, "Set-Cookie"), "somebody-else"));
    open_newest(&c, s);
    assert_int_equal(c.revision, 2);
    content_close(&c);
    free(token);
    free(id);
}

static void
test_not_without_the_token(void **state)
{
    struct stand *s = *state;
    struct content c;
    for (size_t i = 0; i < PAGE_COUNT; i++)
        assert_int_equal(ask(s, HTTP_POST, pages[i].path, "",
                             "revision=0&number=1&title=x&" QUESTION),
                         403);
    open_newest(&c, s);
    assert_int_equal(c.revision, 0);
    content_close(&c);
}

/* ---- meetings ----------------------------------------------------------- */

static void
test_meeting_times(void **state)
{
    struct stand *s = *state;
    static const struct {
        const char *fields, *starts, *ends; // NULL: not said
        bool is_all_day;
    } rows[] = {
        {"date=2026-11-30&start=12:20&end=12:50", "2026-11-30T12:20:00Z",
         "2026-11-30T12:50:00Z", false},
        {"date=2027-06-30&start=9:00", "2027-06-30T08:00:00Z", NULL, false},
        {"date=2026-12-01&start=19:00&end=00:00&last=2026-12-02",
         "2026-12-01T19:00:00Z", "2026-12-02T00:00:00Z", false},
        {"date=2026-12-08&all_day=yes&start=10:00", "2026-12-08T00:00:00Z",
         "2026-12-09T00:00:00Z", true},
        {"date=2026-12-08&all_day=yes&last=2026-12-09", "2026-12-08T00:00:00Z",
         "2026-12-10T00:00:00Z", true},
        // Through the night the clocks go back: an hour and three quarters.
        {"date=2027-10-31&start=00:45&end=01:30", "2027-10-30T23:45:00Z",
         "2027-10-31T00:30:00Z", false},
        {"date=2027-10-31&start=01:45&end=01:30", "2027-10-31T00:45:00Z",
         "2027-10-31T01:30:00Z", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct content c;
        char fields[256];
        snprintf(fields, sizeof fields, "title=Lunch&place=Hall&%s",
                 rows[i].fields);
        assert_saved(s, post(s, "/meetings", fields), "/meetings");
        open_newest(&c, s);
        const struct item *m = only(&c, KIND_MEETING);
        if (m->starts_s != time_parse(rows[i].starts, NULL) ||
            m->ends_s !=
                (rows[i].ends ? time_parse(rows[i].ends, NULL) : TIME_NONE) ||
            m->is_all_day != rows[i].is_all_day)
            fail_msg("%s: %lld %lld", rows[i].fields, (long long) m->starts_s,
                     (long long) m->ends_s);
        content_close(&c);
        char *id = id_of_only(s, KIND_MEETING);
        post_with_id(s, "/meetings", id, "delete=yes");
        free(id);
    }
}

static void
test_meeting_refused(void **state)
{
    struct stand *s = *state;
    static const struct {
        const char *fields, *sentence;
    } rows[] = {
        {"date=2026-11-30&start=12:20", "Give the meeting a title"},
        {"title=x&start=12:20", "Say on which day"},
        {"title=x&date=2026-11-30", "Say when it starts, or tick"},
        {"title=x&date=2026-11-30&start=noon", "That is no time"},
        {"title=x&date=2026-11-30&start=24:00", "That is no time"},
        {"title=x&date=2026-11-30&start=12:20&end=12:10", "ends before"},
        {"title=x&date=2026-11-30&start=12:20&end=12:20", "ends before"},
        {"title=x&date=2026-11-30&start=12:20&last=2026-12-01",
         "Say at what time it ends"},
        {"title=x&date=2026-11-30&all_day=yes&last=2026-11-29",
         "Its last day is before its first"},
        {"title=x&date=2027-03-28&start=01:30",
         "There is no 01:30 on Sunday 28 March 2027"},
        {"title=x&date=2027-03-28&start=00:30&end=01:15", "There is no 01:15"},
        {"title=x&date=2026-11-20&start=12:20", "That is over already"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(post(s, "/meetings", rows[i].fields), 422);
        assert_says(s, rows[i].sentence);
    }
}

/* A second 01:30, of another calendar: looking at it must not move it. */
static void
test_meeting_that_is_only_renamed_stays_when_it_was(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    struct item m = content_new_item(KIND_MEETING);
    int64_t second_s = time_parse("2027-10-31T01:30:20Z", NULL);
    open_newest(&c, s);
    m.id = "m/1?x&\"";
    m.title = "Night walk";
    m.has_own_title = true;
    m.starts_s = second_s;
    m.starts_day = m.ends_day = day_parse("2027-10-31");
    m.image = "https://northside.example/walk.jpg";
    content_set_item(&c, &m);
    assert_int_equal(content_save(&c, s->hub.store, "", "", STAND_NOW_S, &why),
                     CONTENT_SAVED);
    content_close(&c);
    ask(s, HTTP_GET, "/meetings", "edit=m%2F1%3Fx%26%22", "");
    assert_says(s, "value=\"Night walk\"");
    assert_says(s, "value=\"2027-10-31\"");
    assert_says(s, "value=\"01:30\"");
    assert_says(s, "href=\"/meetings?edit=m%2F1%3Fx%26%22\"");
    assert_saved(s,
                 post(s, "/meetings",
                      "id=m%2F1%3Fx%26%22&title=Long+walk&date=2027-10-31&"
                      "start=01:30&end=&last="),
                 "/meetings");
    open_newest(&c, s);
    const struct item *now = only(&c, KIND_MEETING);
    assert_string_equal(now->title, "Long walk");
    assert_int_equal(now->starts_s, second_s);
    assert_string_equal(now->image, m.image);
    content_close(&c);
}

/* ---- ideas and purposes ------------------------------------------------- */

static void
test_idea_from_form_to_board(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    const struct school school = {"hillcrest", "Hillcrest Primary"};
    open_newest(&c, s);
    c.board.schools = &school;
    c.board.school_count = 1;
    content_save(&c, s->hub.store, "", "", STAND_NOW_S, &why);
    content_close(&c);
    assert_int_equal(post(s, "/ideas", "title=x&school=elsewhere"), 422);
    assert_says(s, "not in the partnership");
    assert_int_equal(post(s, "/ideas", "title=x&week=soon"), 422);
    assert_saved(s,
                 post(s, "/ideas",
                      "title=Mysteries&words=One%0D%0A%0D%0ATwo&who=Jo&"
                      "school=hillcrest&week=2027-01-13&next_step=Lunch&"
                      "public=yes"),
                 "/ideas");
    open_newest(&c, s);
    const struct item *idea = only(&c, KIND_IDEA);
    assert_string_equal(idea->title, "Mysteries");
    assert_string_equal(idea->text, "One\n\nTwo");
    assert_string_equal(idea->author, "Jo");
    assert_string_equal(idea->school, "hillcrest");
    assert_int_equal(idea->week, day_parse("2027-01-11"));
    assert_string_equal(idea->next_step, "Lunch");
    assert_true(idea->is_public);
    content_close(&c);
    char *id = id_of_only(s, KIND_IDEA);
    assert_saved(s, post_with_id(s, "/ideas", id, "title=Mysteries"), "/ideas");
    free(id);
    open_newest(&c, s);
    idea = only(&c, KIND_IDEA);
    assert_false(idea->is_public);
    assert_int_equal(idea->week, DAY_NONE);
    content_close(&c);
}

static void
test_purpose_from_form_to_board(void **state)
{
    struct stand *s = *state;
    struct content c;
    assert_saved(s,
                 post(s, "/purpose",
                      "title=Why&statement=Every+child+known.&"
                      "priorities=One%0D%0A%0D%0A++Two++%0D%0AThree&"
                      "promises=We+open+doors"),
                 "/purpose");
    open_newest(&c, s);
    const struct item *purpose = only(&c, KIND_PURPOSE);
    assert_string_equal(purpose->text, "Every child known.");
    assert_int_equal(purpose->priority_count, 3);
    assert_string_equal(purpose->priorities[1], "Two");
    assert_int_equal(purpose->promise_count, 1);
    content_close(&c);
    // It is in the form at once.
    ask(s, HTTP_GET, "/purpose", "", "");
    assert_says(s, "One\nTwo\nThree\n</textarea>");
    assert_int_equal(post(s, "/purpose",
                          "title=x&priorities=1%0A2%0A3%0A4%0A5%0A6%0A7%0A8%0A"
                          "9%0A10%0A11%0A12%0A13"),
                     422);
    assert_says(s, "room for 12 lines");
}

/* ---- history ------------------------------------------------------------ */

static void
test_back_to_what_was(void **state)
{
    struct stand *s = *state;
    struct content c;
    ask(s, HTTP_GET, "/history", "", "");
    assert_says(s, "Nothing has been published yet");
    post(s, "/thinking-thursday", QUESTION);
    char *id = id_of_only(s, KIND_QUESTION);
    post_with_id(s, "/thinking-thursday", id, "delete=yes");
    free(id);
    assert_int_equal(post(s, "/history", "number=1"), 303);
    assert_non_null(strstr(stand_header(s, "Set-Cookie"), "=undone;"));
    open_newest(&c, s);
    assert_int_equal(c.revision, 3);
    assert_string_equal(only(&c, KIND_QUESTION)->text, "Why?");
    content_close(&c);
    ask(s, HTTP_GET, "/history", "", "");
    assert_says(s, "Went back to how it was on Thursday 26 November, 10:42");

    static const char *const bad[] = {
        "number=99",
        "number=",
        "number=-1",
        "number=1x",
        "number=99999999999999999999",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(post(s, "/history", bad[i]), 303);
        assert_non_null(strstr(stand_header(s, "Set-Cookie"), "=failed;"));
    }
    open_newest(&c, s);
    assert_int_equal(c.revision, 3);
    content_close(&c);
}

static void
test_back_only_from_what_one_saw(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    char body[512];
    post(s, "/thinking-thursday", QUESTION);
    post(s, "/purpose", "title=Why");
    ask(s, HTTP_GET, "/history", "", "");
    const char *form = strstr(stand_body(s), "action=\"/history\"");
    const char *at = strstr(form, "name=\"token\" value=\"") + 20;
    snprintf(body, sizeof body, "token=%.*s&revision=2&number=1",
             (int) strcspn(at, "\""), at);
    open_newest(&c, s);
    content_save(&c, s->hub.store, "Ben", "", STAND_NOW_S, &why);
    content_close(&c);
    assert_int_equal(ask(s, HTTP_POST, "/history", "", body), 303);
    assert_non_null(strstr(stand_header(s, "Set-Cookie"), "somebody-else"));
    open_newest(&c, s);
    assert_int_equal(c.revision, 3);
    content_close(&c);
}

/* ---- every field -------------------------------------------------------- */

static void
assert_harmless(const struct stand *s)
{
    assert_false(says(s, "<script"));
    assert_false(says(s, "</textarea>&quot;"));
    assert_says(s, NASTY_SHOWN);
}

/* How often `words` stands there. */
static int
count(const struct stand *s, const char *words)
{
    int n = 0;
    for (const char *at = stand_body(s); (at = strstr(at, words)) != NULL; at++)
        n++;
    return n;
}

/* Who does not see names neither loses one by saving, nor learns it. */
static void
test_names_that_are_not_seen_stay(void **state)
{
    struct stand *s = *state;
    struct content c;
    char form[256];
    assert_saved(s, post(s, "/thinking-thursday", QUESTION),
                 "/thinking-thursday");
    assert_saved(s, post(s, "/ideas", "title=Mysteries&who=Zoe&school=&week="),
                 "/ideas");
    hides_names = true;
    assert_int_equal(ask(s, HTTP_GET, "/ideas", "", ""), 200);
    assert_false(says(s, "Zoe"));
    assert_says(s, "a name, shown once you have switched on codes");
    assert_says(s, "href=\"/account/codes\"");
    char *id = id_of_only(s, KIND_QUESTION);
    assert_int_equal(ask(s, HTTP_GET, "/thinking-thursday", "edit=x", ""), 200);
    snprintf(form, sizeof form,
             "%squestion=How%%3F&on=2026-12-03&asker=Eve&next_asker=", id);
    free(id);
    assert_saved(s, post(s, "/thinking-thursday", form), "/thinking-thursday");
    id = id_of_only(s, KIND_IDEA);
    snprintf(form, sizeof form, "%stitle=Mysteries&school=&week=", id);
    free(id);
    assert_saved(s, post(s, "/ideas", form), "/ideas");
    // A new one may have a name: they have just typed it.
    assert_saved(s,
                 post(s, "/thinking-thursday",
                      "question=New%3F&on=2026-12-10&asker=Kim&next_asker="),
                 "/thinking-thursday");
    hides_names = false;
    open_newest(&c, s);
    assert_string_equal(only(&c, KIND_IDEA)->author, "Zoe");
    assert_int_equal(c.board.item_count, 3);
    for (int i = 0; i < c.board.item_count; i++) {
        if (c.items[i].kind != KIND_QUESTION)
            continue;
        bool is_old = strcmp(c.items[i].text, "How?") == 0;
        assert_string_equal(c.items[i].author, is_old ? "Jo" : "Kim");
        assert_string_equal(c.items[i].next_asker, is_old ? "Tom" : "");
    }
    content_close(&c);
}

static void
test_every_field_is_escaped(void **state)
{
    struct stand *s = *state;
    static const struct {
        const char *path;
        enum item_kind kind;
        const char *fields;
        int form_count; // fields of text in the form
    } rows[] = {
        {"/thinking-thursday", KIND_QUESTION,
         "on=2026-12-03&question=" NASTY_SENT "&asker=" NASTY_SENT
         "&next_asker=" NASTY_SENT,
         3},
        {"/ideas", KIND_IDEA,
         "title=" NASTY_SENT "&words=" NASTY_SENT "&who=" NASTY_SENT
         "&next_step=" NASTY_SENT,
         4},
        {"/meetings", KIND_MEETING,
         "date=2026-12-03&start=12:00&title=" NASTY_SENT "&place=" NASTY_SENT
         "&notes=" NASTY_SENT,
         3},
        {"/purpose", KIND_PURPOSE,
         "title=" NASTY_SENT "&statement=" NASTY_SENT "&priorities=" NASTY_SENT
         "&promises=" NASTY_SENT,
         4},
        {"/scrapbook", KIND_SCRAPBOOK,
         "title=" NASTY_SENT "&words=" NASTY_SENT "&who=" NASTY_SENT, 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char fields[1024], query[256];
        // Sent back, with what is wrong with it; then saved, listed, edited.
        snprintf(fields, sizeof fields, "id=%s&%s", NASTY_SENT, rows[i].fields);
        assert_int_equal(post(s, rows[i].path, fields), 422);
        assert_harmless(s);
        assert_true(count(s, NASTY_SHOWN) >= rows[i].form_count);
        snprintf(fields, sizeof fields, "%s&anyway=yes", rows[i].fields);
        assert_saved(s, post(s, rows[i].path, fields), rows[i].path);
        assert_int_equal(ask(s, HTTP_GET, rows[i].path, "", ""), 200);
        assert_harmless(s);
        assert_true(count(s, NASTY_SHOWN) >= rows[i].form_count);
        char *id = id_of_only(s, rows[i].kind);
        id[strlen(id) - 1] = '\0'; // the &
        snprintf(query, sizeof query, "edit=%s", id + 3);
        free(id);
        ask(s, HTTP_GET, rows[i].path, query, "");
        assert_harmless(s);
        // In the list and in the form.
        assert_true(count(s, NASTY_SHOWN) >= 2 * rows[i].form_count);
    }
    ask(s, HTTP_GET, "/history", "", "");
    assert_harmless(s);
}

/* What somebody else's feed may have brought: schools, ids, names, notes. */
static void
test_what_was_there_is_escaped(void **state)
{
    struct stand *s = *state;
    struct content c;
    struct problem why = {0};
    const struct school school = {NASTY, NASTY};
    static const enum item_kind kinds[] = {KIND_QUESTION,  KIND_IDEA,
                                           KIND_MEETING,   KIND_PURPOSE,
                                           KIND_SCRAPBOOK, KIND_IMPACT};
    open_newest(&c, s);
    c.board.schools = &school;
    c.board.school_count = 1;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct item item = content_new_item(kinds[i]);
        item.id = arena_format(&c.arena, "%zu" NASTY, i);
        item.title = NASTY;
        item.has_own_title = true;
        item.school = NASTY;
        if (item.kind == KIND_MEETING) {
            item.starts_s = STAND_NOW_S;
            item.starts_day = item.ends_day = day_parse("2026-11-26");
        }
        content_set_item(&c, &item);
    }
    assert_int_equal(
        content_save(&c, s->hub.store, NASTY, NASTY, STAND_NOW_S, &why),
        CONTENT_SAVED);
    content_close(&c);
    for (size_t i = 0; i < PAGE_COUNT; i++) {
        assert_int_equal(ask(s, HTTP_GET, pages[i].path, "", ""), 200);
        assert_harmless(s);
        assert_int_equal(
            ask(s, HTTP_GET, pages[i].path, "edit=" NASTY_SENT, ""), 200);
        assert_harmless(s);
    }
}

static void
test_a_store_that_is_broken_is_said(void **state)
{
    struct stand *s = *state;
    post(s, "/thinking-thursday", QUESTION);
    stand_run_sql(s, "UPDATE revision SET document = 'no feed'");
    assert_int_equal(ask(s, HTTP_GET, "/ideas", "", ""), 503);
    // The way out is still open.
    assert_int_equal(ask(s, HTTP_GET, "/history", "", ""), 200);
    stand_run_sql(s, "DROP TABLE revision");
    assert_int_equal(ask(s, HTTP_GET, "/meetings", "", ""), 503);
    assert_int_equal(ask(s, HTTP_GET, "/history", "", ""), 200);
    assert_says(s, "cannot be read just now");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, stand_open, stand_close)
        TEST(test_question_from_form_to_board),
        TEST(test_question_refused),
        TEST(test_question_that_is_long),
        TEST(test_question_in_the_holidays),
        TEST(test_answers_are_counted),
        TEST(test_nobody_is_overwritten),
        TEST(test_not_without_the_token),
        TEST(test_meeting_times),
        TEST(test_meeting_refused),
        TEST(test_meeting_that_is_only_renamed_stays_when_it_was),
        TEST(test_idea_from_form_to_board),
        TEST(test_purpose_from_form_to_board),
        TEST(test_back_to_what_was),
        TEST(test_back_only_from_what_one_saw),
        TEST(test_names_that_are_not_seen_stay),
        TEST(test_every_field_is_escaped),
        TEST(test_what_was_there_is_escaped),
        TEST(test_a_store_that_is_broken_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
