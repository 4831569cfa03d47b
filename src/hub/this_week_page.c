#include "hub/this_week_page.h"

#include <string.h>

#include "core/date.h"
#include "core/wording.h"
#include "hub/accounts.h"
#include "hub/backup.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/preview_page.h"

#define WAITING_SHOWN 3   // the page of post-its has them all
#define TERMS_END_DAYS 21 // before the last of them is over: time to find dates

struct week {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    const struct board *board; // NULL: nothing is published
    int64_t revision;
};

static void
add_unreadable(struct text *t)
{
    html_add(t, "<p>The hub cannot read its store just now. Load the page "
                "again in a minute.</p>\n");
}

/* ---- what waits --------------------------------------------------------- */

static void
add_waiting(const struct week *w)
{
    struct text *t = &w->a->body;
    const struct hub_postit *list;
    const struct hub_postit_page page = {
        .state = HUB_POSTIT_WAITING, .school = "", .most = WAITING_SHOWN};
    int counts[HUB_POSTIT_DOWN];
    int64_t now_s = w->hub->now.wall_s;
    int count = hub_store_count_postits(w->hub->store, "", now_s, counts)
                    ? hub_store_postit_page(w->hub->store, w->r->arena, &page,
                                            now_s, &list)
                    : -1;
    html_add(t, "<section class=\"card\" aria-labelledby=\"waiting\">\n"
                "<h2 id=\"waiting\">Waiting for you</h2>\n");
    if (count < 0)
        add_unreadable(t);
    if (count == 0)
        html_add(t, "<p class=\"soft\">Nothing waits: you have read every "
                    "post-it.</p>\n");
    for (int i = 0; i < count; i++)
        pages_add_postit(w->hub, w->r, w->a, w->board, &list[i], "/this-week");
    if (count > 0 && counts[HUB_POSTIT_WAITING] > count)
        html_format(t,
                    "<p><a class=\"button\" href=\"/postits\">All %d that "
                    "wait</a></p>\n",
                    counts[HUB_POSTIT_WAITING]);
    html_add(t, "</section>\n");
}

/* ---- Thursday's question ------------------------------------------------ */

static void
add_about_question(const struct week *w, const struct item *q)
{
    struct text *t = &w->a->body;
    struct arena *arena = w->r->arena;
    int answers =
        hub_store_count_answers(w->hub->store, q->id, w->hub->now.wall_s);
    const char *next =
        wording_next_asker(arena, w->board, q, pages_now(w->hub));
    html_add(t, "<p class=\"soft\">");
    if (*q->author) {
        html_add(t, "Asked by ");
        accounts_add_name(t, w->hub, q->author);
        html_add(t, ". ");
    }
    if (q->on != DAY_NONE)
        html_format(t, "Up since %s. ",
                    wording_date(arena, NULL, (int64_t) q->on * DAY_S));
    if (answers >= 0)
        html_format(t, "%d answer%s.", answers, answers == 1 ? "" : "s");
    if (*next) {
        html_add(t, " Then: ");
        accounts_add_name(t, w->hub, next);
        html_add(t, ".");
    }
    html_add(t, "</p>\n");
}

static void
add_question(const struct week *w)
{
    struct text *t = &w->a->body;
    const struct item *q = pages_question_up(w->hub, w->r->arena, w->board, "");
    html_add(t, "<section class=\"card\" aria-labelledby=\"question\">\n"
                "<h2 id=\"question\">Thursday\xE2\x80\x99s question</h2>\n");
    if (q) {
        html_format(t, "<p class=\"question\" dir=\"auto\">%s</p>\n", q->text);
        add_about_question(w, q);
    } else {
        html_add(t, "<p class=\"soft\">No question is up yet.</p>\n");
    }
    if (w->hub->person.is_coordinator)
        html_format(t,
                    "<p><a class=\"button\" href=\"/thinking-thursday\">%s</a>"
                    "</p>\n",
                    q ? "Change it, or write the next" : "Write the first");
    html_add(t, "</section>\n");
}

/* ---- screens ------------------------------------------------------------ */

static void
add_screens(const struct week *w)
{
    struct text *t = &w->a->body;
    const struct hub_device *list;
    int count = hub_store_devices(w->hub->store, w->r->arena, &list);
    html_add(t, "<section class=\"card\" aria-labelledby=\"screens\">\n"
                "<h2 id=\"screens\">Screens</h2>\n");
    if (count < 0)
        add_unreadable(t);
    else
        pages_add_screens(t, w->r->arena, w->board, w->revision, list, count,
                          pages_now(w->hub), false);
    if (w->hub->person.is_coordinator)
        html_add(t, "<p><a class=\"button\" href=\"/screens/add\">Add a "
                    "screen</a></p>\n");
    html_add(t, "</section>\n");
}

static const char *
title_of(struct hub *hub, struct arena *a)
{
    const struct hub_device *list;
    int count = hub_store_devices(hub->store, a, &list), here = 0;
    for (int i = 0; i < count; i++)
        here += !list[i].is_revoked;
    if (here == 0)
        return "This week";
    return arena_format(a, "This week on %d screen%s", here,
                        here == 1 ? "" : "s");
}

static void
add_problem(const struct hub *hub, struct http_answer *a)
{
    const char *problem = hub_backup_problem(hub);
    if (problem && hub->person.is_coordinator)
        html_format(&a->body, "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    problem);
}

/* Screens that keep to the terms would soon not know any. */
static void
add_terms_note(const struct week *w)
{
    const struct board *b = w->board;
    int32_t last = INT32_MIN;
    for (int i = 0; b && i < b->term_count; i++)
        last = b->terms[i].until > last ? b->terms[i].until : last;
    if (last == INT32_MIN || !w->hub->person.is_coordinator ||
        last - local_time(b->zone, w->hub->now.wall_s).day > TERMS_END_DAYS)
        return;
    html_format(
        &w->a->body,
        "<div class=\"card note\"><p>The last term date here is %s. Screens "
        "that are off in the holidays need the next ones to know when to be "
        "on.</p>\n<p><a class=\"button\" href=\"/partnership\">Add term "
        "dates</a></p></div>\n",
        wording_date(w->r->arena, NULL, (int64_t) last * DAY_S));
}

void
this_week_page_show(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    struct pages_board published;
    struct problem why;
    (void) m;
    (void) pages_board_open(hub, r->arena, &published, &why);
    const struct week w = {hub, r, a, published.board, published.revision};
    struct preview_view slides = {0};
    if (hub->person.is_coordinator &&
        !preview_page_open(hub, r, a, w.board, &slides)) {
        preview_page_close(&slides);
        pages_board_close(&published);
        return;
    }
    page_begin(
        hub, r, a,
        &(struct page){.title = title_of(hub, r->arena), .here = "/this-week"});
    add_problem(hub, a);
    accounts_add_names_note(&a->body, hub);
    add_terms_note(&w);
    html_add(&a->body, "<div class=\"beside\">\n<div>\n");
    add_waiting(&w);
    add_question(&w);
    add_screens(&w);
    html_add(&a->body, "</div>\n");
    preview_page_add(r, a, &slides);
    html_add(&a->body, "</div>\n");
    page_end(hub, a);
    preview_page_close(&slides);
    pages_board_close(&published);
}
