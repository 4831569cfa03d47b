#include "hub/thursday_page.h"

#include <string.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content_page.h"
#include "hub/content_time.h"
#include "hub/html.h"
#include "hub/hub.h"

#define AHEAD_MOST 60 // Thursdays that are tried for the next free one

static const struct content_field question_field = {
    .name = "question",
    .label = "Question",
    .help = "Short enough to be read across the room: about 200 characters.",
    .input = CONTENT_LINES,
    .most = 600,
    .legible = 200,
    .missing = "Write the question.",
};
static const struct content_field on_field = {
    .name = "on",
    .label = "Thursday",
    .input = CONTENT_DATE,
    .missing = "Say for which Thursday the question is.",
};
static const struct content_field asker_field = {
    .name = "asker",
    .label = "Who asks",
    .help = "As it should stand on the screen, such as Priya, Year 4. May be "
            "left empty.",
    .input = CONTENT_LINE,
    .most = 120,
    .legible = 40,
};
static const struct content_field next_field = {
    .name = "next_asker",
    .label = "Who asks next",
    .help = "May be left empty.",
    .input = CONTENT_LINE,
    .most = 120,
    .legible = 40,
};

/* ---- which question is when --------------------------------------------- */

static bool
is_to_come(const struct content_page *p, const struct item *item)
{
    return item->on > p->today;
}

static bool
has_been(const struct content_page *p, const struct item *item)
{
    return item->on <= p->today;
}

static int
soonest_first(const void *one, const void *other)
{
    const struct item *const *a = one, *const *b = other;
    return ((*a)->on > (*b)->on) - ((*a)->on < (*b)->on);
}

static int
newest_first(const void *one, const void *other)
{
    return soonest_first(other, one);
}

/* The other question of that day; NULL when it is free. */
static const struct item *
question_on(const struct content_page *p, int32_t day, const char *but_id)
{
    const struct board *b = &p->content.board;
    for (int i = 0; i < b->item_count; i++)
        if (b->items[i].kind == KIND_QUESTION && b->items[i].on == day &&
            strcmp(b->items[i].id, but_id) != 0)
            return &b->items[i];
    return NULL;
}

/* No terms: always. */
static bool
is_term(const struct board *b, int32_t day)
{
    for (int i = 0; i < b->term_count; i++)
        if (b->terms[i].from <= day && day <= b->terms[i].until)
            return true;
    return b->term_count == 0;
}

static int32_t
next_free_thursday(const struct content_page *p)
{
    int32_t day = content_thursday_near(p->today);
    for (int i = 0; i < AHEAD_MOST; i++, day += 7)
        if (day >= p->today && !question_on(p, day, "") &&
            is_term(&p->content.board, day))
            return day;
    return DAY_NONE;
}

/* ---- the form ----------------------------------------------------------- */

/* Some feeds from elsewhere have the question as their title. */
static const char *
words_of(const struct item *item)
{
    return *item->text ? item->text : item->title;
}

static const char *
name(struct content_page *p, const struct item *item)
{
    if (item->on == DAY_NONE)
        return "the question without a day";
    return arena_format(p->r->arena, "the question for %s",
                        content_page_day(p, item->on));
}

static void
look_at_day(struct content_page *p, const struct item *item)
{
    struct arena *a = p->r->arena;
    int32_t thursday = content_thursday_near(item->on);
    if (item->on != thursday)
        content_page_complain(
            p, on_field.name,
            arena_format(a, "%s is no Thursday. The nearest one is %s.",
                         content_page_day(p, item->on),
                         content_page_day(p, thursday)));
    else if (question_on(p, item->on, item->id))
        content_page_complain(
            p, on_field.name,
            arena_format(a,
                         "There is a question for %s already. Change that "
                         "one, or take another Thursday.",
                         content_page_day(p, item->on)));
    else if (!is_term(&p->content.board, item->on))
        content_page_warn(
            p, on_field.name,
            arena_format(a,
                         "%s is not in term time. The question waits until "
                         "school begins again, and is then passed over if "
                         "there is a newer one.",
                         content_page_day(p, item->on)));
}

static void
take(struct content_page *p, struct item *item)
{
    item->text = content_page_take(p, &question_field);
    item->title = "";
    item->has_own_title = false;
    item->on = content_page_take_day(p, &on_field);
    item->author = content_page_take_name(p, &asker_field, item->author);
    item->next_asker = content_page_take_name(p, &next_field, item->next_asker);
    if (item->on != DAY_NONE)
        look_at_day(p, item);
}

static void
write_fields(struct content_page *p, const struct item *item)
{
    int32_t day = *item->id ? item->on : next_free_thursday(p);
    content_page_field(p, &question_field, words_of(item));
    content_page_field(p, &on_field, content_day_value(p->r->arena, day));
    content_page_name_field(p, &asker_field, item->author);
    content_page_name_field(p, &next_field, item->next_asker);
}

static int32_t
day_of(const struct item *item)
{
    return item->on;
}

/* ---- the lists ---------------------------------------------------------- */

static void
write_answers(struct content_page *p, const struct item *item)
{
    const struct hub_postit *list;
    int answers = 0, waiting = 0;
    int count = hub_store_postits(p->hub->store, p->r->arena, -1,
                                  p->hub->now.wall_s, &list);
    for (int i = 0; i < count; i++) {
        if (strcmp(list[i].answers, item->id) != 0)
            continue;
        answers++;
        waiting += list[i].state == HUB_POSTIT_WAITING;
    }
    struct text *t = &p->a->body;
    html_format(t, "<p>%d %s", answers, answers == 1 ? "answer" : "answers");
    if (waiting)
        html_format(t, ", %d of them to be read", waiting);
    html_add(t, "</p>\n");
}

static void
write_name(struct content_page *p, const char *before, const char *name)
{
    if (!*name)
        return;
    html_format(&p->a->body, "<p>%s", before);
    accounts_add_name(&p->a->body, p->hub, name);
    html_add(&p->a->body, "</p>\n");
}

static void
write_questions(struct content_page *p, const struct item *const *list,
                int count)
{
    struct text *t = &p->a->body;
    for (int i = 0; i < count; i++) {
        const struct item *item = list[i];
        content_page_begin_row(
            p, item->on == DAY_NONE ? "No day" : content_page_day(p, item->on));
        html_format(t, "<p class=\"question\" dir=\"auto\">%s</p>\n",
                    words_of(item));
        write_name(p, "Asked by ", item->author);
        write_name(p, "Next: ", item->next_asker);
        write_answers(p, item);
        content_page_end_row(p, item);
    }
}

static void
write_list(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct item *const *been, *const *coming;
    int been_count = content_page_pick(p, &been, has_been, newest_first);
    int coming_count = content_page_pick(p, &coming, is_to_come, soonest_first);
    accounts_add_names_note(t, p->hub);
    html_add(t, "<section class=\"card\"><h2>On the screens now</h2>\n");
    if (been_count)
        write_questions(p, been, 1);
    else
        html_add(t, "<p>There is no question yet.</p>\n");
    html_add(t, "</section>\n<section class=\"card\"><h2>To come</h2>\n");
    if (coming_count)
        write_questions(p, coming, coming_count);
    else
        html_add(t, "<p>Nothing is planned.</p>\n");
    html_add(t, "</section>\n");
    if (been_count < 2)
        return;
    html_format(
        t,
        "<details class=\"card\"><summary>Earlier questions (%d)</summary>\n",
        been_count - 1);
    write_questions(p, been + 1, been_count - 1);
    html_add(t, "</details>\n");
}

static const struct content_editor editor = {
    .path = "/thinking-thursday",
    .title = "Thinking-Thursday",
    .add_title = "Add a question",
    .kind = KIND_QUESTION,
    .letter = 'q',
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
    .day = day_of,
};

void
thursday_page_get(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    content_page_get(&editor, hub, r, m, a);
}

void
thursday_page_post(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    content_page_post(&editor, hub, r, m, a);
}
