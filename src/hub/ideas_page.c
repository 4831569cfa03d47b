#include "hub/ideas_page.h"

#include <string.h>

#include "core/date.h"
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
static const struct content_field school_field = {.name = "school",
                                                  .label = "School"};
static const struct content_field week_field = {.name = "week",
                                                .label = "Idea of the week"};
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
take_school(struct content_page *p, struct item *item)
{
    const char *id = form_value(&p->form, school_field.name);
    const struct board *b = &p->content.board;
    bool is_known = !*id || strcmp(id, item->school) == 0;
    for (int i = 0; i < b->school_count; i++)
        is_known |= strcmp(b->schools[i].id, id) == 0;
    if (is_known)
        item->school = arena_copy(&p->content.arena, id, strlen(id));
    else
        content_page_complain(p, school_field.name,
                              "That school is not in the partnership.");
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
    item->author = content_page_take(p, &who_field);
    take_school(p, item);
    take_week(p, item);
    item->next_step = content_page_take(p, &step_field);
    item->is_public = form_has(&p->form, public_field.name);
}

static void
write_schools(struct content_page *p, const struct item *item)
{
    const struct board *b = &p->content.board;
    content_page_select(p, &school_field);
    content_page_option(p, &school_field, "", "None in particular",
                        item->school);
    bool is_listed = !*item->school;
    for (int i = 0; i < b->school_count; i++) {
        content_page_option(p, &school_field, b->schools[i].id,
                            b->schools[i].name, item->school);
        is_listed |= strcmp(b->schools[i].id, item->school) == 0;
    }
    if (!is_listed)
        content_page_option(p, &school_field, item->school, item->school,
                            item->school);
    content_page_end_select(p);
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
    const char *chosen =
        content_day_value(p->r->arena, *item->id ? item->week : this);
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
    content_page_field(p, &who_field, item->author);
    write_schools(p, item);
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
    int thanks = 0, trying = 0;
    hub_store_reactions(p->hub->store, item->id, &thanks, &trying);
    html_format(&p->a->body, "<p>%d said thank you, %d will try it</p>\n",
                item->thanks + thanks, item->trying + trying);
}

static void
write_idea(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    const char *school = board_school_name(&p->content.board, item->school);
    content_page_begin_row(p, item->title);
    content_page_words(p, item->text);
    if (*item->author || *school)
        html_format(t, "<p><bdi>%s</bdi>%s<bdi>%s</bdi></p>\n", item->author,
                    *item->author && *school ? ", " : "", school);
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
    .letter = 'i',
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
    .day = day_of,
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
