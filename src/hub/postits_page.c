#include "hub/postits_page.h"

#include <string.h>

#include "core/board.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

/* ---- one post-it -------------------------------------------------------- */

static const char *
sort_words(enum postit_sort sort)
{
    switch (sort) {
    case SORT_IDEA:
        return "An idea";
    case SORT_ANSWER:
        return "An answer";
    case SORT_DISCOVERY:
        return "A discovery";
    case SORT_DISTURBANCE:
        return "A disturbance";
    case SORT_DELIGHT:
        return "A delight";
    }
    return "";
}

static const char *
colour_class(enum postit_colour colour)
{
    switch (colour) {
    case COLOUR_YELLOW:
        return "yellow";
    case COLOUR_PINK:
        return "pink";
    case COLOUR_MINT:
        return "mint";
    case COLOUR_BLUE:
        return "blue";
    }
    return "yellow";
}

static const char *
school_name(const struct board *b, const char *id)
{
    return b ? board_school_name(b, id) : id;
}

/* The words of what it answers, where the board still has that. */
static const char *
answered(const struct board *b, const char *id)
{
    for (int i = 0; b && *id && i < b->item_count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return b->items[i].title;
    return "";
}

static void
add_counts(struct text *t, const struct hub_postit *p)
{
    if (p->thanks)
        html_format(t, "<li>%d thank-you%s</li>\n", p->thanks,
                    p->thanks == 1 ? "" : "s");
    if (p->trying)
        html_format(t, "<li>%d will try it</li>\n", p->trying);
    if (p->face_down)
        html_format(t, "<li class=\"alarm\">%d %s turned this face-down</li>\n",
                    p->face_down, p->face_down == 1 ? "person" : "people");
}

static void
add_about(struct text *t, struct arena *a, const struct board *b,
          const struct hub_postit *p, struct now now)
{
    const char *question = answered(b, p->answers);
    html_format(t, "<p class=\"about\">%s, ", sort_words(p->sort));
    if (*p->author)
        html_format(t, "from <bdi>%s</bdi>", p->author);
    else
        html_add(t, "no name");
    html_format(t, "<br><bdi>%s</bdi>, %s</p>\n", school_name(b, p->school),
                pages_when(a, b, p->made_s, now));
    if (*question)
        html_format(t, "<p class=\"answers\">To <q dir=\"auto\">%s</q></p>\n",
                    question);
    if (p->thanks || p->trying || p->face_down) {
        html_add(t, "<ul class=\"counts\">\n");
        add_counts(t, p);
        html_add(t, "</ul>\n");
    }
}

/* Screen readers hear the button with the words it is about. */
static void
add_button(struct text *t, const struct hub_postit *p, const char *value,
           const char *words, const char *school)
{
    html_format(t, "<button name=\"do\" value=\"%s\"", value);
    if (strcmp(value, "share") == 0)
        html_add(t, " class=\"go\"");
    html_format(t, " aria-describedby=\"p-%s\">%s%s%s</button>\n", p->id, words,
                *school ? " " : "", school);
}

static void
add_buttons(struct hub *hub, struct arena *arena, struct http_answer *a,
            const struct board *b, const struct hub_postit *p, const char *from)
{
    struct text *t = &a->body;
    page_form(hub, a, arena_format(arena, "/postits/%s", p->id));
    html_format(t,
                "<input type=\"hidden\" name=\"from\" value=\"%s\">\n"
                "<p class=\"buttons\">\n",
                from);
    if (p->state != HUB_POSTIT_SHARED)
        add_button(t, p, "share", "Share with all schools", "");
    if (p->state != HUB_POSTIT_KEPT)
        add_button(t, p, "keep", "Keep at", school_name(b, p->school));
    add_button(t, p, "take-down", "Take down", "");
    html_add(t, "</p>\n</form>\n");
}

static void
add_paper(struct text *t, const struct hub_postit *p)
{
    // The same lean every time.
    static const char *const leans[] = {"a", "b", "c", "d"};
    const char *lean = leans[(unsigned char) p->id[HUB_ID_BYTES - 2] % 4];
    html_format(t,
                "<blockquote class=\"postit %s lean-%s\" id=\"p-%s\"><p "
                "dir=\"auto\">%s</p></blockquote>\n",
                colour_class(p->colour), lean, p->id, p->text);
}

void
pages_add_postit(struct hub *hub, const struct http_request *r,
                 struct http_answer *a, const struct board *b,
                 const struct hub_postit *p, const char *from)
{
    struct text *t = &a->body;
    html_add(t, "<article class=\"row\">\n");
    add_paper(t, p);
    html_add(t, "<div>\n");
    add_about(t, r->arena, b, p, pages_now(hub));
    add_buttons(hub, r->arena, a, b, p, from);
    html_add(t, "</div>\n</article>\n");
}

/* ---- the page ----------------------------------------------------------- */

static void
add_section(struct hub *hub, const struct http_request *r,
            struct http_answer *a, const struct board *b,
            enum hub_postit_state state, const char *title, const char *none)
{
    struct text *t = &a->body;
    const struct hub_postit *list;
    int count =
        hub_store_postits(hub->store, r->arena, state, hub->now.wall_s, &list);
    html_format(t, "<section class=\"card\">\n<h2>%s", title);
    if (count > 0)
        html_format(t, " <span class=\"soft\">(%d)</span>", count);
    html_add(t, "</h2>\n");
    if (count < 0)
        none = "The hub cannot read its store just now. Load the page again in "
               "a minute.";
    if (count <= 0)
        html_format(t, "<p class=\"soft\">%s</p>\n", none);
    for (int i = 0; i < count; i++)
        pages_add_postit(hub, r, a, b, &list[i], "/postits");
    html_add(t, "</section>\n");
}

void
postits_page_show(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    struct pages_board published;
    struct problem why;
    (void) m;
    (void) pages_board_open(hub, r->arena, &published, &why);
    page_begin(hub, r, a,
               &(struct page){.title = "Post-its", .here = "/postits"});
    add_section(hub, r, a, published.board, HUB_POSTIT_WAITING,
                "Waiting for you",
                "Nothing waits. What somebody posts on a screen comes here "
                "first; until you have read it, only their own school sees "
                "it.");
    add_section(hub, r, a, published.board, HUB_POSTIT_SHARED,
                "Shared with all schools", "Nothing is shared just now.");
    add_section(hub, r, a, published.board, HUB_POSTIT_KEPT,
                "Kept at one school", "Nothing is kept at one school.");
    page_end(hub, a);
    pages_board_close(&published);
}

/* ---- what is done ------------------------------------------------------- */

static bool
find_postit(struct hub *hub, struct arena *a, const char *id,
            struct hub_postit *out)
{
    const struct hub_postit *list;
    int count = hub_store_postits(hub->store, a, -1, hub->now.wall_s, &list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0) {
            *out = list[i];
            return true;
        }
    return false;
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
    add_paper(t, p);
    html_add(t, "<div>\n");
    add_about(t, r->arena, published.board, p, pages_now(hub));
    html_add(t, "<p>It is deleted for good, here and on every screen, with the "
                "name on it. It cannot be brought back.</p>\n");
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
    from = page_is_ours(from) ? from : "/postits";
    if (!find_postit(hub, r->arena, m->values[0], &p))
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
