#include "hub/postits_page.h"

#include <string.h>

#include "hub/content_from.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/postits_page_part.h"
#include "hub/postits_view.h"

/* Copies of its words, which do not go with it. */
static void
add_copies(struct hub *hub, struct http_answer *a, struct arena *arena,
           const struct board *b, const struct hub_postit *p)
{
    struct text *t = &a->body;
    bool is_idea = content_from_entry(arena, b, IDEA_LETTER, p->id);
    bool is_kept = content_from_entry(arena, b, SCRAPBOOK_LETTER, p->id);
    if (!is_idea && !is_kept)
        return;
    html_format(t,
                "<p><strong>Its words are in %s%s%s as well, and stay "
                "there.</strong> %s</p>\n",
                is_idea ? "an idea" : "", is_idea && is_kept ? " and in " : "",
                is_kept ? "the scrapbook" : "",
                hub->person.is_coordinator
                    ? "Delete them there too if they should go."
                    : "Tell a coordinator if they should go.");
}

/* Deleting cannot be undone, and phones have small buttons. */
static void
ask_whether_meant(struct hub *hub, const struct http_request *r,
                  struct http_answer *a, const struct hub_postit *p,
                  const char *from)
{
    struct text *t = &a->body;
    struct pages_board published;
    struct problem why;
    (void) pages_board_open(hub, r->arena, &published, &why);
    page_begin(
        hub, r, a,
        &(struct page){.title = "Take this post-it down?", .here = "/postits"});
    html_add(t, "<div class=\"card\">\n<article class=\"row\">\n");
    postits_page_add_paper(t, p);
    html_add(t, "<div>\n");
    postits_page_add_about(t, r->arena, hub, published.board, p);
    html_add(t, "<p>It is deleted for good, here and on every screen, with the "
                "name on it. It cannot be brought back.</p>\n");
    add_copies(hub, a, r->arena, published.board, p);
    page_form(hub, a, r->path);
    html_format(t, "<input type=\"hidden\" name=\"from\" value=\"%s\">\n",
                from);
    html_add(t, "<p class=\"buttons\"><button class=\"danger\" name=\"do\" "
                "value=\"delete\">Take it down</button>\n<a class=\"button\"");
    html_link(t, from);
    html_add(t, ">Leave it</a></p>\n</form>\n</div>\n</article>\n</div>\n");
    page_end(hub, a);
    pages_board_close(&published);
}

static void
move_to(struct hub *hub, struct http_answer *a, const char *id,
        enum hub_postit_state state, const char *from)
{
    struct problem why = {0};
    enum page_said said = PAGE_SAID_FAILED;
    if (hub_store_moderate(hub->store, id, state, hub->person.name,
                           hub->now.wall_s, &why)) {
        switch (state) {
        case HUB_POSTIT_SHARED:
            said = PAGE_SAID_SHARED;
            break;
        case HUB_POSTIT_KEPT:
            said = PAGE_SAID_KEPT;
            break;
        case HUB_POSTIT_DOWN:
            said = PAGE_SAID_TAKEN_DOWN;
            break;
        case HUB_POSTIT_WAITING:
            said = PAGE_SAID_NOTHING;
            break;
        }
    }
    page_go_back(a, from, said);
}

void
postits_page_moderate(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct hub_postit p;
    if (!page_take_form(hub, r, a, &form))
        return;
    const char *what = form_value(&form, "do");
    const char *from = form_value(&form, "from");
    from = postits_view_back(r->arena, from);
    if (!hub_store_postit(hub->store, r->arena, m->values[0], hub->now.wall_s,
                          &p))
        page_go_back(a, from, PAGE_SAID_GONE);
    else if (strcmp(what, "share") == 0)
        move_to(hub, a, p.id, HUB_POSTIT_SHARED, from);
    else if (strcmp(what, "keep") == 0)
        move_to(hub, a, p.id, HUB_POSTIT_KEPT, from);
    else if (strcmp(what, "take-down") == 0)
        ask_whether_meant(hub, r, a, &p, from);
    else if (strcmp(what, "delete") == 0)
        move_to(hub, a, p.id, HUB_POSTIT_DOWN, from);
    else
        routes_refuse(r, a, 422, "Nothing was chosen",
                      "Go back and press one of the buttons.");
}
