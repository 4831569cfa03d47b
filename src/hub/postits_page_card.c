#include <string.h>

#include "core/board.h"
#include "hub/accounts.h"
#include "hub/content_from.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/postits_page_part.h"

/* ---- what is said of it ------------------------------------------------- */

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

/* First what somebody should look at. */
static void
add_counts(struct text *t, const struct hub_postit *p)
{
    if (p->face_down)
        html_format(t, "<li class=\"alarm\">%d %s turned this face-down</li>\n",
                    p->face_down, p->face_down == 1 ? "person" : "people");
    if (p->thanks)
        html_format(t, "<li>%d thank-you%s</li>\n", p->thanks,
                    p->thanks == 1 ? "" : "s");
    if (p->trying)
        html_format(t, "<li>%d will try it</li>\n", p->trying);
}

void
postits_page_add_about(struct text *t, struct arena *a, const struct hub *hub,
                       const struct board *b, const struct hub_postit *p)
{
    const char *question = answered(b, p->answers);
    html_format(t, "<p class=\"about\">%s, ", sort_words(p->sort));
    html_format(t, "%s", *p->author ? "from " : "no name");
    if (*p->author)
        accounts_add_name(t, hub, p->author);
    html_format(t, "<br><bdi>%s</bdi>, %s</p>\n", school_name(b, p->school),
                pages_when(a, b, p->made_s, pages_now(hub)));
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

/* A plain link, so that moderating stays what the eye finds first. */
static void
add_way_on(struct text *t, const struct hub_postit *p, const char *address,
           const char *words)
{
    html_add(t, "<li><a");
    html_link(t, address);
    html_format(t, " aria-describedby=\"p-%s\">%s</a></li>\n", p->id, words);
}

/* What coordinators can make of it; or what was made of it. */
static void
add_ways_on(struct text *t, struct arena *a, const struct board *b,
            const struct hub_postit *p)
{
    const struct item *idea = content_from_entry(a, b, IDEA_LETTER, p->id);
    const struct item *kept = content_from_entry(a, b, SCRAPBOOK_LETTER, p->id);
    // The pages lead to the entry themselves where there is one already.
    const char *as_idea = arena_format(a, "/ideas?from=%s", p->id);
    html_add(t, "<ul class=\"ways\">\n");
    add_way_on(t, p, as_idea,
               idea ? "See the idea made of it"
                    : "Make it the idea of the week");
    add_way_on(t, p, arena_format(a, "%s#next_step", as_idea),
               idea && *idea->next_step ? "Change its next step"
                                        : "Give it a next step");
    add_way_on(t, p, arena_format(a, "/scrapbook?from=%s", p->id),
               kept ? "See its page in the scrapbook"
                    : "Keep it in the scrapbook");
    html_add(t, "</ul>\n");
}

void
postits_page_add_paper(struct text *t, const struct hub_postit *p)
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
    postits_page_add_paper(t, p);
    html_add(t, "<div>\n");
    postits_page_add_about(t, r->arena, hub, b, p);
    add_buttons(hub, r->arena, a, b, p, from);
    if (hub->person.is_coordinator)
        add_ways_on(t, r->arena, b, p);
    html_add(t, "</div>\n</article>\n");
}
