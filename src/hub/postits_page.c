#include "hub/postits_page.h"

#include <string.h>

#include "core/board.h"
#include "hub/accounts.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/postits_view.h"

#define SHOWN 50 // on a page
#define FEW 10   // among which nobody needs to choose

struct list {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    const struct board *board; // NULL: nothing is published
    struct postits_view view;
    int counts[HUB_POSTIT_DOWN]; // of the view's school
    int total;                   // of the view
    const struct hub_postit *postits;
    int count; // of this page; -1: the store cannot be read
};

static const struct {
    const char *title, *none;
} sections[HUB_POSTIT_DOWN] = {
    [HUB_POSTIT_WAITING] = {"Waiting for you",
                            "Nothing waits. What somebody posts on a screen "
                            "comes here first; until you have read it, only "
                            "their own school sees it."},
    [HUB_POSTIT_SHARED] = {"Shared with all schools",
                           "Nothing is shared just now."},
    [HUB_POSTIT_KEPT] = {"Kept at one school",
                         "Nothing is kept at one school."},
};

static bool
is_in_view(const struct list *l, int state)
{
    return l->view.state < 0 || l->view.state == state;
}

static int
last_page(const struct list *l)
{
    return l->total > 0 ? (l->total - 1) / SHOWN : 0;
}

static void
read_list(struct list *l)
{
    struct hub_store *store = l->hub->store;
    int64_t now_s = l->hub->now.wall_s;
    if (!hub_store_count_postits(store, l->view.school, now_s, l->counts)) {
        l->count = -1;
        return;
    }
    for (int i = 0; i < HUB_POSTIT_DOWN; i++)
        l->total += is_in_view(l, i) ? l->counts[i] : 0;
    if (l->view.page > last_page(l)) // the last one of a page was taken down
        l->view.page = last_page(l);
    l->count = hub_store_postit_page(
        store, l->r->arena,
        &(struct hub_postit_page){.state = l->view.state,
                                  .school = l->view.school,
                                  .skip = l->view.page * SHOWN,
                                  .most = SHOWN},
        now_s, &l->postits);
}

/* Those of that state on this page; where there are none at all, a sentence,
   but once only. */
static void
add_section(const struct list *l, enum hub_postit_state state)
{
    struct text *t = &l->a->body;
    int here = 0;
    for (int i = 0; i < l->count; i++)
        here += l->postits[i].state == state;
    if (!here && (l->counts[state] || l->view.page))
        return;
    html_format(t, "<section class=\"card\">\n<h2>%s", sections[state].title);
    if (l->counts[state])
        html_format(t, " <span class=\"soft\">(%d)</span>", l->counts[state]);
    html_add(t, "</h2>\n");
    if (!here)
        html_format(t, "<p class=\"soft\">%s</p>\n", sections[state].none);
    const char *from = postits_view_address(l->r->arena, &l->view);
    for (int i = 0; i < l->count; i++)
        if (l->postits[i].state == state)
            pages_add_postit(l->hub, l->r, l->a, l->board, &l->postits[i],
                             from);
    html_add(t, "</section>\n");
}

static void
add_option(struct text *t, const char *value, const char *words, bool is_chosen)
{
    html_add(t, "<option");
    html_attribute(t, "value", value);
    if (is_chosen)
        html_add(t, " selected");
    html_format(t, ">%s</option>\n", words);
}

static void
add_schools(const struct list *l)
{
    struct text *t = &l->a->body;
    const char *chosen = l->view.school;
    bool is_listed = !*chosen;
    add_option(t, "", "All schools", !*chosen);
    for (int i = 0; l->board && i < l->board->school_count; i++) {
        const struct school *school = &l->board->schools[i];
        bool is_it = strcmp(school->id, chosen) == 0;
        add_option(t, school->id, school->name, is_it);
        is_listed |= is_it;
    }
    if (!is_listed)
        add_option(t, chosen, chosen, true);
}

static void
add_filter(const struct list *l)
{
    struct text *t = &l->a->body;
    bool is_chosen = l->view.state >= 0 || *l->view.school;
    if (l->total <= FEW && !is_chosen)
        return;
    html_format(t, "<details class=\"which\"%s>", is_chosen ? " open" : "");
    html_add(t, "<summary>Choose which ones</summary>\n");
    html_add(t, "<form class=\"filter\" action=\"/postits\">\n"
                "<div class=\"field\"><label for=\"show\">Show</label>\n"
                "<select id=\"show\" name=\"show\">\n");
    add_option(t, "", "All post-its", l->view.state < 0);
    for (int i = 0; i < HUB_POSTIT_DOWN; i++)
        add_option(t, postits_view_states[i], sections[i].title,
                   l->view.state == i);
    html_add(t, "</select></div>\n<div class=\"field\">"
                "<label for=\"school\">School</label>\n"
                "<select id=\"school\" name=\"school\">\n");
    add_schools(l);
    html_add(t, "</select></div>\n<p class=\"buttons\"><button>Show them"
                "</button></p>\n</form>\n</details>\n");
}

static void
add_page_link(const struct list *l, int page, const char *words)
{
    struct postits_view there = l->view;
    there.page = page;
    html_add(&l->a->body, "<a class=\"button\"");
    html_link(&l->a->body, postits_view_address(l->r->arena, &there));
    html_format(&l->a->body, ">%s</a>\n", words);
}

static void
add_pages(const struct list *l)
{
    struct text *t = &l->a->body;
    int page = l->view.page, first = page * SHOWN + 1;
    if (last_page(l) == 0)
        return;
    html_add(t, "<nav class=\"pages\" aria-label=\"More post-its\">\n");
    html_format(t, "<p>%d to %d of %d</p>\n<p class=\"buttons\">", first,
                first + l->count - 1, l->total);
    if (page > 0)
        add_page_link(l, page - 1, "The ones before");
    if (page < last_page(l))
        add_page_link(l, page + 1, "The next ones");
    html_add(t, "</p>\n</nav>\n");
}

static struct postits_view
view_of(const struct http_request *r)
{
    struct form f;
    struct problem why;
    if (!form_read(&f, r->arena, r->query, strlen(r->query), &why))
        f = (struct form){0}; // an address that somebody mistyped
    return postits_view_read(&f);
}

void
postits_page_show(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    struct pages_board published;
    struct problem why;
    (void) m;
    (void) pages_board_open(hub, r->arena, &published, &why);
    struct list l = {.hub = hub,
                     .r = r,
                     .a = a,
                     .board = published.board,
                     .view = view_of(r)};
    read_list(&l);
    page_begin(hub, r, a,
               &(struct page){.title = "Post-its", .here = "/postits"});
    if (!moderation_is_on(hub, r->arena))
        html_add(&a->body,
                 "<p class=\"lead\">Your partnership lets post-its go to all "
                 "schools at once: new ones are not read here first.</p>\n");
    accounts_add_names_note(&a->body, hub);
    add_filter(&l);
    if (l.count < 0)
        html_add(&a->body, "<p class=\"said bad\" role=\"alert\">The hub "
                           "cannot read its store just now. Load the page "
                           "again in a minute.</p>\n");
    for (int i = 0; l.count >= 0 && i < HUB_POSTIT_DOWN; i++)
        if (is_in_view(&l, i))
            add_section(&l, (enum hub_postit_state) i);
    add_pages(&l);
    page_end(hub, a);
    pages_board_close(&published);
}
