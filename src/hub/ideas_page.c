#include "hub/ideas_page.h"

#include <string.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content_credit.h"
#include "hub/content_from.h"
#include "hub/content_page.h"
#include "hub/content_time.h"
#include "hub/html.h"
#include "hub/hub.h"

#define WEEKS_BEFORE 4
#define WEEKS_AHEAD 26

static const struct content_field title_field = {
    .name = "title",
    .label = "Title",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 60,
    .missing = "Give the idea a title.",
};
static const struct content_field words_field = {
    .name = "words",
    .label = "The idea",
    .help = "What was done, and what came of it: about 300 characters.",
    .input = CONTENT_LINES,
    .most = 2000,
    .legible = 400,
};
static const struct content_field who_field = {
    .name = "who",
    .label = "Whose idea",
    .help = "As it should stand on the screen. May be left empty.",
    .input = CONTENT_LINE,
    .most = 120,
    .legible = 40,
};
static const struct content_field week_field = {
    .name = "week",
    .label = "Idea of the week",
    .help = "An idea of no week is only shown while no other idea has a week "
            "that has come."};
static const struct content_field step_field = {
    .name = "next_step",
    .label = "Next step",
    .help = "Where it goes from here, such as TeachMeet, 3 December. May be "
            "left empty.",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 60,
};
static const struct content_field public_field = {
    .name = "public",
    .label = "Visitors to a school may see it",
    .input = CONTENT_TICK,
};

/* ---- the form ----------------------------------------------------------- */

static const char *
name(struct content_page *p, const struct item *item)
{
    return arena_format(p->r->arena, "the idea \xE2\x80\x9C%.120s\xE2\x80\x9D",
                        item->title);
}

static void
take_week(struct content_page *p, struct item *item)
{
    const char *monday = form_value(&p->form, week_field.name);
    int32_t day = day_parse(monday);
    if (*monday && day == DAY_NONE)
        content_page_complain(p, week_field.name, "Choose a week.");
    item->week = day == DAY_NONE ? DAY_NONE : day_monday(day);
}

static void
take(struct content_page *p, struct item *item)
{
    item->title = content_page_take(p, &title_field);
    item->has_own_title = true;
    item->text = content_page_take(p, &words_field);
    item->author = content_page_take_name(p, &who_field, item->author);
    content_credit_take_school(p, item);
    take_week(p, item);
    item->next_step = content_page_take(p, &step_field);
    item->is_public = form_has(&p->form, public_field.name);
    // Who thanked for the post-it has thanked for the idea.
    if (p->from && !*item->id) {
        item->thanks = p->from->thanks;
        item->trying = p->from->trying;
    }
}

/* From this one on: of two ideas of a week the older one leads. */
static int32_t
first_week_without_idea(const struct content_page *p)
{
    const struct board *b = &p->content.board;
    int32_t week = day_monday(p->today);
    for (int i = 0; i < b->item_count; i++)
        if (b->items[i].kind == KIND_IDEA && b->items[i].week == week) {
            week += 7;
            i = -1; // from the first idea again
        }
    return week;
}

static void
fill(struct content_page *p, struct item *item)
{
    item->week = first_week_without_idea(p);
    item->title = content_from_title(p);
    item->text = content_from_words(p);
    item->author = content_from_author(p);
    item->school = content_from_school(p);
}

/* Everything up to now counts for the copy as well. */
static void
again(struct content_page *p, struct item *copy)
{
    const struct board *b = &p->content.board;
    int32_t next = day_monday(p->today) + 7;
    int thanks = 0, trying = 0;
    for (int i = 0; i < b->item_count; i++)
        if (b->items[i].kind == KIND_IDEA && b->items[i].week == next &&
            strcmp(b->items[i].title, copy->title) == 0)
            content_page_complain(p, NULL,
                                  "This idea is there for next week already.");
    hub_store_reactions(p->hub->store, copy->id, &thanks, &trying);
    copy->thanks += thanks;
    copy->trying += trying;
    copy->week = next;
    copy->id = "";
}

static const char *
week_words(struct content_page *p, int32_t monday)
{
    if (monday == day_monday(p->today))
        return "This week";
    return arena_format(p->r->arena, "Week of %s", content_page_day(p, monday));
}

static void
write_week(struct content_page *p, int32_t monday, const char *chosen)
{
    content_page_option(p, &week_field, content_day_value(p->r->arena, monday),
                        week_words(p, monday), chosen);
}

static void
write_weeks(struct content_page *p, const struct item *item)
{
    int32_t this = day_monday(p->today);
    int32_t first = this - 7 * WEEKS_BEFORE, last = this + 7 * WEEKS_AHEAD;
    bool is_said = *item->id || item->week != DAY_NONE;
    const char *chosen =
        content_day_value(p->r->arena, is_said ? item->week : this);
    content_page_select(p, &week_field);
    content_page_option(p, &week_field, "", "Of no week", chosen);
    if (item->week != DAY_NONE && item->week < first)
        write_week(p, item->week, chosen);
    for (int32_t week = first; week <= last; week += 7)
        write_week(p, week, chosen);
    if (item->week > last)
        write_week(p, item->week, chosen);
    content_page_end_select(p);
}

static void
write_fields(struct content_page *p, const struct item *item)
{
    content_page_field(p, &title_field, item->title);
    content_page_field(p, &words_field, item->text);
    content_page_name_field(p, &who_field, item->author);
    content_credit_write_school(p, item);
    write_weeks(p, item);
    content_page_field(p, &step_field, item->next_step);
    content_page_field(p, &public_field, item->is_public ? "yes" : "");
}

static int32_t
day_of(const struct item *item)
{
    return item->week;
}

/* ---- the list ----------------------------------------------------------- */

static int
newest_first(const void *one, const void *other)
{
    const struct item *const *a = one, *const *b = other;
    if ((*a)->week != (*b)->week)
        return ((*a)->week < (*b)->week) - ((*a)->week > (*b)->week);
    return ((*a)->published_s < (*b)->published_s) -
           ((*a)->published_s > (*b)->published_s);
}

static void
write_thanks(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    int thanks = 0, trying = 0;
    hub_store_reactions(p->hub->store, item->id, &thanks, &trying);
    thanks += item->thanks;
    trying += item->trying;
    if (!thanks && !trying)
        return;
    html_add(t, "<ul class=\"counts\">");
    if (thanks)
        html_format(t, "<li>%d thank-you%s</li>", thanks,
                    thanks == 1 ? "" : "s");
    if (trying)
        html_format(t, "<li>%d will try it</li>", trying);
    html_add(t, "</ul>\n");
}

static void
write_idea(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    content_page_begin_row(p, item->title);
    content_page_words(p, item->text);
    content_credit_line(p, item);
    if (item->week != DAY_NONE)
        html_format(t, "<p>%s</p>\n", week_words(p, item->week));
    if (*item->next_step)
        html_format(t, "<p>Next step: <bdi>%s</bdi></p>\n", item->next_step);
    if (item->is_public)
        html_add(t, "<p>Visitors may see it</p>\n");
    write_thanks(p, item);
    content_page_end_row(p, item);
}

static void
write_list(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct item *const *list;
    int count = content_page_pick(p, &list, NULL, newest_first);
    accounts_add_names_note(t, p->hub);
    html_add(t, "<section class=\"card\"><h2>On the board</h2>\n");
    if (!count)
        html_add(t, "<p>There is no idea yet.</p>\n");
    for (int i = 0; i < count; i++)
        write_idea(p, list[i]);
    html_add(t, "</section>\n");
}

static const struct content_editor editor = {
    .path = "/ideas",
    .title = "Ideas of the week",
    .add_title = "Add an idea",
    .kind = KIND_IDEA,
    .letter = IDEA_LETTER,
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
    .day = day_of,
    .fill = fill,
    .from_title = "Make it the idea of the week",
    .from_noun = "the idea",
    .from_deed = "made an idea",
    .again = again,
    .again_label = "Again next week",
};

void
ideas_page_get(struct hub *hub, const struct http_request *r,
               const struct route_match *m, struct http_answer *a)
{
    content_page_get(&editor, hub, r, m, a);
}

void
ideas_page_post(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    content_page_post(&editor, hub, r, m, a);
}
