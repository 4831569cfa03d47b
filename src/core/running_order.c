#include "core/running_order.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define PURPOSES_MOST 20 // with everything else they fit SLIDES_MAX
#define IDEAS_MOST 8
#define IDEAS_WITHOUT_DATES 3
#define STORIES_MOST 3 // scrapbook, impact
#define MEETING_WITHOUT_END_S 3600

/* One making of an order: what every rule below needs to know. */
struct making {
    struct running_order *order;
    struct arena *arena;
    const struct board *board;
    const char *school;
    struct now now;
    struct local local; // now, where the board's clocks are
};

/* Items picked from the board: an array in the arena with room for all. */
struct pick {
    const struct item **items;
    int count;
};

static const char *const slide_names[] = {
    [SLIDE_PURPOSE] = "purpose",   [SLIDE_QUESTION] = "question",
    [SLIDE_IDEA] = "idea",         [SLIDE_BOARD] = "board",
    [SLIDE_MEETINGS] = "meetings", [SLIDE_SCRAPBOOK] = "scrapbook",
    [SLIDE_IMPACT] = "impact",
};

/* --- windows --- */

static bool
is_for_school(const struct item *item, const char *school)
{
    for (int i = 0; i < item->school_count; i++)
        if (strcmp(item->schools[i], school) == 0)
            return true;
    return item->school_count == 0;
}

/* Days and hours. A window over midnight belongs to the day it opened on. */
static bool
is_open_at(const struct window *w, struct local local)
{
    int weekday = local.weekday;
    if (w->open_minute >= 0) {
        bool is_after = local.minute >= w->open_minute;
        bool is_before = local.minute < w->shut_minute;
        if (w->open_minute < w->shut_minute) {
            if (!is_after || !is_before)
                return false;
        } else if (is_before) {
            weekday = (weekday + 6) % 7;
        } else if (!is_after) {
            return false;
        }
    }
    return w->days == 0 || (w->days >> weekday & 1);
}

static bool
is_window_open(const struct window *w, const struct board *board,
               struct now now)
{
    bool needs_time = w->from_s != TIME_NONE || w->until_s != TIME_NONE ||
                      w->days != 0 || w->open_minute >= 0;
    if (!needs_time)
        return true;
    if (!now.is_trusted)
        return false;
    if (w->from_s != TIME_NONE && now.wall_s < w->from_s)
        return false;
    if (w->until_s != TIME_NONE && now.wall_s >= w->until_s)
        return false;
    return is_open_at(w, local_time(board->zone, now.wall_s));
}

bool
item_is_showing(const struct item *item, const struct board *board,
                const char *school, struct now now)
{
    return is_for_school(item, school) &&
           is_window_open(&item->window, board, now);
}

/* --- picking and sorting --- */

static bool
has_something(const struct item *item)
{
    return *item->title || *item->text || *item->image ||
           item->priority_count || item->promise_count;
}

static struct pick
pick_kind(const struct making *m, enum item_kind kind)
{
    struct pick p = {.items =
                         arena_array(m->arena, (size_t) m->board->item_count,
                                     sizeof *p.items)};
    for (int i = 0; i < m->board->item_count; i++) {
        const struct item *item = &m->board->items[i];
        if (item->kind == kind && has_something(item) &&
            item_is_showing(item, m->board, m->school, m->now))
            p.items[p.count++] = item;
    }
    return p;
}

static const struct item *
sorted_item(const void *element)
{
    return *(const struct item *const *) element;
}

static int
compare_order(const struct item *a, const struct item *b)
{
    return (a->order > b->order) - (a->order < b->order);
}

static int
by_newest(const void *one, const void *other)
{
    const struct item *a = sorted_item(one), *b = sorted_item(other);
    if (a->published_s != b->published_s)
        return a->published_s > b->published_s ? -1 : 1;
    return compare_order(a, b);
}

static int
by_pinned_then_newest(const void *one, const void *other)
{
    const struct item *a = sorted_item(one), *b = sorted_item(other);
    if (a->is_pinned != b->is_pinned)
        return a->is_pinned ? -1 : 1;
    return by_newest(one, other);
}

static int
by_pinned_then_order(const void *one, const void *other)
{
    const struct item *a = sorted_item(one), *b = sorted_item(other);
    if (a->is_pinned != b->is_pinned)
        return a->is_pinned ? -1 : 1;
    return compare_order(a, b);
}

static int
by_start(const void *one, const void *other)
{
    const struct item *a = sorted_item(one), *b = sorted_item(other);
    if (a->starts_s != b->starts_s)
        return a->starts_s < b->starts_s ? -1 : 1;
    return compare_order(a, b);
}

static void
sort(struct pick *p, int (*compare)(const void *, const void *))
{
    if (p->count > 1)
        qsort(p->items, (size_t) p->count, sizeof *p->items, compare);
}

static void
keep_first(struct pick *p, int most)
{
    if (p->count > most)
        p->count = most;
}

/* --- slides --- */

static struct slide *
add_slide(const struct making *m, enum slide_kind kind, int number,
          const struct item *const *items, int count)
{
    struct slide *slide = &m->order->slides[m->order->count++];
    const char *name = slide_names[kind];
    if (number > 1)
        name = arena_format(m->arena, "%s-%d", name, number);
    *slide = (struct slide){
        .kind = kind, .name = name, .items = items, .item_count = count};
    return slide;
}

/* A slide for each item. */
static void
add_each(const struct making *m, enum slide_kind kind, const struct pick *p)
{
    for (int i = 0; i < p->count; i++)
        add_slide(m, kind, i + 1, &p->items[i], 1);
}

/* One slide for all of them, if there are any. */
static void
add_together(const struct making *m, enum slide_kind kind, const struct pick *p)
{
    if (p->count > 0)
        add_slide(m, kind, 1, p->items, p->count);
}

static void
add_purposes(const struct making *m)
{
    struct pick p = pick_kind(m, KIND_PURPOSE);
    keep_first(&p, PURPOSES_MOST);
    add_each(m, SLIDE_PURPOSE, &p);
}

/* --- the question --- */

/*
 * The day whose question is up: today or, in the holidays, the last day of
 * the term before, so that none is used up while nobody is there to read it.
 */
static int32_t
question_day(const struct making *m)
{
    int32_t today = m->local.day, last_day = DAY_NONE;
    for (int i = 0; i < m->board->term_count; i++) {
        const struct term *term = &m->board->terms[i];
        if (term->from <= today && today <= term->until)
            return today;
        if (term->until < today && term->until > last_day)
            last_day = term->until;
    }
    return last_day == DAY_NONE ? today : last_day;
}

/* Whether `a` came after `b`. No day at all is older than any. */
static bool
is_later_question(const struct item *a, const struct item *b)
{
    if (!b || a->on != b->on)
        return !b || a->on > b->on;
    return a->published_s > b->published_s;
}

static const struct item *
latest_question(const struct pick *p, int32_t day)
{
    const struct item *latest = NULL;
    for (int i = 0; i < p->count; i++)
        if (p->items[i]->on <= day && is_later_question(p->items[i], latest))
            latest = p->items[i];
    return latest;
}

/* The question that is up; NULL for none. */
static const struct item *
current_question(const struct making *m)
{
    struct pick p = pick_kind(m, KIND_QUESTION);
    const struct item *question = latest_question(&p, question_day(m));
    return question ? question : latest_question(&p, m->local.day);
}

static void
add_question(const struct making *m, const struct item *question)
{
    const struct item **only = arena_array(m->arena, 1, sizeof *only);
    *only = question;
    struct slide *slide = add_slide(m, SLIDE_QUESTION, 1, only, 1);
    slide->leads = question->on == m->local.day;

    struct pick answers = pick_kind(m, KIND_POSTIT);
    int kept = 0;
    for (int i = 0; i < answers.count; i++)
        if (strcmp(answers.items[i]->answers, question->id) == 0)
            answers.items[kept++] = answers.items[i];
    answers.count = kept;
    sort(&answers, by_newest);
    slide->answers = answers.items;
    slide->answer_count = answers.count;
}

/* --- ideas --- */

static void
keep_week(struct pick *p, int32_t week)
{
    int kept = 0;
    for (int i = 0; i < p->count; i++)
        if (p->items[i]->week == week)
            p->items[kept++] = p->items[i];
    p->count = kept;
}

/* Of ideas that name no week: those published in the week of the newest. */
static void
keep_newest_week(const struct making *m, struct pick *p)
{
    const struct zone *zone = m->board->zone;
    sort(p, by_newest);
    int kept = 0;
    int32_t newest = DAY_NONE;
    for (int i = 0; i < p->count; i++) {
        int32_t day = local_time(zone, p->items[i]->published_s).day;
        if (i == 0)
            newest = day_monday(day);
        if (day_monday(day) == newest)
            p->items[kept++] = p->items[i];
    }
    p->count = kept;
    sort(p, by_pinned_then_newest);
}

static struct pick
pick_ideas(const struct making *m)
{
    struct pick p = pick_kind(m, KIND_IDEA);
    if (!m->now.is_trusted) {
        sort(&p, by_newest);
        keep_first(&p, IDEAS_WITHOUT_DATES);
        return p;
    }
    int32_t this_week = day_monday(m->local.day), latest = DAY_NONE;
    for (int i = 0; i < p.count; i++)
        if (p.items[i]->week <= this_week && p.items[i]->week > latest)
            latest = p.items[i]->week;
    keep_week(&p, latest);
    if (latest == DAY_NONE)
        keep_newest_week(m, &p);
    else
        sort(&p, by_pinned_then_order);
    keep_first(&p, IDEAS_MOST);
    return p;
}

static void
add_ideas(const struct making *m)
{
    struct pick p = pick_ideas(m);
    int first = m->order->count;
    add_each(m, SLIDE_IDEA, &p);
    // Which week it is the idea of cannot be said without a clock.
    if (p.count > 0)
        m->order->slides[first].leads = m->now.is_trusted;
}

/* --- the rest --- */

static void
add_board(const struct making *m)
{
    struct pick p = pick_kind(m, KIND_POSTIT);
    sort(&p, by_pinned_then_newest);
    add_together(m, SLIDE_BOARD, &p);
}

bool
meeting_is_over(const struct item *meeting, const struct board *board,
                struct now now)
{
    if (meeting->is_all_day)
        return meeting->ends_day < local_time(board->zone, now.wall_s).day;
    int64_t ends_s = meeting->ends_s == TIME_NONE
                         ? meeting->starts_s + MEETING_WITHOUT_END_S
                         : meeting->ends_s;
    return ends_s <= now.wall_s;
}

static void
add_meetings(const struct making *m)
{
    struct pick p = pick_kind(m, KIND_MEETING);
    int kept = 0;
    for (int i = 0; i < p.count; i++)
        if (!meeting_is_over(p.items[i], m->board, m->now))
            p.items[kept++] = p.items[i];
    p.count = kept;
    sort(&p, by_start);
    add_together(m, SLIDE_MEETINGS, &p);
}

static void
add_stories(const struct making *m, enum slide_kind slide, enum item_kind kind)
{
    struct pick p = pick_kind(m, kind);
    sort(&p, by_newest);
    keep_first(&p, STORIES_MOST);
    add_each(m, slide, &p);
}

static void
make_without_dates(const struct making *m)
{
    add_purposes(m);
    add_ideas(m);
    add_board(m);
}

void
running_order_make(struct running_order *order, struct arena *arena,
                   const struct board *board, const char *school,
                   struct now now)
{
    struct making m = {
        .order = order,
        .arena = arena,
        .board = board,
        .school = school,
        .now = now,
        .local = local_time(board->zone, now.wall_s),
    };
    *order = (struct running_order){0};
    if (!now.is_trusted) {
        make_without_dates(&m);
        return;
    }
    const struct item *question = current_question(&m);
    bool is_its_day = question && question->on == m.local.day;
    if (is_its_day)
        add_question(&m, question);
    add_purposes(&m);
    if (question && !is_its_day)
        add_question(&m, question);
    add_ideas(&m);
    add_board(&m);
    add_meetings(&m);
    add_stories(&m, SLIDE_SCRAPBOOK, KIND_SCRAPBOOK);
    add_stories(&m, SLIDE_IMPACT, KIND_IMPACT);
}

static bool
is_for_visitors(const struct slide *slide)
{
    switch (slide->kind) {
    case SLIDE_PURPOSE:
        return true;
    case SLIDE_IDEA:
    case SLIDE_SCRAPBOOK:
    case SLIDE_IMPACT:
        return slide->items[0]->is_public;
    case SLIDE_QUESTION:
    case SLIDE_BOARD:
    case SLIDE_MEETINGS:
        return false;
    }
    return false;
}

void
running_order_for_visitors(struct running_order *order)
{
    int kept = 0;
    for (int i = 0; i < order->count; i++)
        if (is_for_visitors(&order->slides[i]))
            order->slides[kept++] = order->slides[i];
    order->count = kept;
}

int
dwell_ms(int words)
{
    if (words <= 0)
        return 8000;
    if (words > 1000)
        return 40000;
    int ms = 3000 + words * 375;
    return ms < 8000 ? 8000 : ms > 40000 ? 40000 : ms;
}
