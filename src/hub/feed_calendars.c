#include "hub/feed_calendars.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/calendar_meetings.h"
#include "core/date.h"
#include "core/feed.h"

void
feed_calendars_destroy(struct feed_calendars *c)
{
    for (int i = 0; i < c->board_count; i++)
        board_free(c->boards[i]);
    arena_destroy(&c->arena);
    *c = (struct feed_calendars){0};
}

/* ---- reading ------------------------------------------------------------ */

/* NULL when there is nothing in it. */
static struct board *
read_one(const struct hub_calendar *calendar)
{
    struct feed_page page = {calendar->document, strlen(calendar->document)};
    struct problem why = {0};
    if (!*calendar->document)
        return NULL;
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!b)
        log_error("what is kept of calendar %lld cannot be read: %s",
                  (long long) calendar->number, why.text);
    return b;
}

static void
set_school(struct arena *a, struct item *item, const char *school)
{
    const char **schools = arena_array(a, HUB_CALENDARS_MOST, sizeof *schools);
    schools[0] = school;
    item->schools = schools;
    item->school_count = *school ? 1 : 0;
}

static void
add_meetings(struct feed_calendars *c, const struct hub_calendar *calendar,
             const struct board *b)
{
    struct arena *a = &c->arena;
    const char *label = arena_copy(a, calendar->label, strlen(calendar->label));
    const char *school =
        arena_copy(a, calendar->school, strlen(calendar->school));
    for (int i = 0; i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        if (item->kind != KIND_MEETING ||
            !calendar_title_has(item->title, calendar->filter))
            continue;
        struct feed_calendar_meeting *m = &c->meetings[c->count++];
        m->item = *item;
        m->calendar = calendar->number;
        m->label = label;
        m->folded = calendar_title_folded(a, item->title);
        set_school(a, &m->item, school);
    }
}

/* By start; equal ones by id, so that doubles are neighbours; these by the
   number of their calendar. */
static int
compare(const void *one, const void *other)
{
    const struct feed_calendar_meeting *a = one, *b = other;
    if (a->item.starts_s != b->item.starts_s)
        return a->item.starts_s < b->item.starts_s ? -1 : 1;
    int order = strcmp(a->item.id, b->item.id);
    if (order != 0)
        return order;
    return (a->calendar > b->calendar) - (a->calendar < b->calendar);
}

/* It is in another calendar too: for the schools of both. */
static void
join(struct item *item, const struct item *other)
{
    const char **schools = (const char **) (uintptr_t) item->schools; // ours
    if (other->school_count == 0)
        item->school_count = 0;
    if (item->school_count == 0)
        return; // all
    for (int i = 0; i < item->school_count; i++)
        if (strcmp(schools[i], other->schools[0]) == 0)
            return;
    if (item->school_count < HUB_CALENDARS_MOST)
        schools[item->school_count++] = other->schools[0];
}

static void
drop_doubles(struct feed_calendars *c)
{
    int kept = 0;
    for (int i = 0; i < c->count; i++) {
        struct feed_calendar_meeting *last =
            kept > 0 ? &c->meetings[kept - 1] : NULL;
        if (last && strcmp(last->item.id, c->meetings[i].item.id) == 0)
            join(&last->item, &c->meetings[i].item);
        else
            c->meetings[kept++] = c->meetings[i];
    }
    c->count = kept;
}

static void
read_all(struct feed_calendars *c, const struct hub_calendar *list, int count)
{
    size_t most = 0;
    const struct hub_calendar *from[HUB_CALENDARS_MOST];
    int read = 0;
    for (int i = 0; i < count && read < HUB_CALENDARS_MOST; i++) {
        struct board *b = read_one(&list[i]);
        if (!b)
            continue;
        from[read] = &list[i];
        c->boards[read++] = b;
        most += (size_t) b->item_count;
    }
    c->board_count = read;
    c->meetings = arena_array(&c->arena, most, sizeof *c->meetings);
    for (int i = 0; i < read; i++)
        add_meetings(c, from[i], c->boards[i]);
    if (c->count > 0)
        qsort(c->meetings, (size_t) c->count, sizeof *c->meetings, compare);
    drop_doubles(c);
}

bool
feed_calendars_bring_up(struct feed_calendars *c, struct hub_store *store)
{
    struct arena arena = {0};
    const struct hub_calendar *list;
    uint64_t edition = hub_store_calendars_edition(store);
    if (edition != 0 && edition == c->edition)
        return true;
    int count = hub_store_calendars(store, &arena, true, &list);
    if (edition != 0 && count >= 0) {
        feed_calendars_destroy(c);
        read_all(c, list, count);
        c->edition = edition;
    }
    arena_destroy(&arena);
    return edition != 0 && count >= 0;
}

/* ---- picking ------------------------------------------------------------ */

static bool
is_same_time(const struct item *one, const struct item *other)
{
    if (one->is_all_day != other->is_all_day)
        return false;
    return one->is_all_day ? one->starts_day == other->starts_day
                           : one->starts_s == other->starts_s;
}

static bool
is_typed(struct arena *a, const struct board *published,
         const struct feed_calendar_meeting *m)
{
    for (int i = 0; published && i < published->item_count; i++) {
        const struct item *item = &published->items[i];
        if (item->kind == KIND_MEETING && is_same_time(item, &m->item) &&
            strcmp(calendar_title_folded(a, item->title), m->folded) == 0)
            return true;
    }
    return false;
}

static bool
is_over(const struct item *item, int64_t now_s)
{
    int64_t end_s = item->ends_s == TIME_NONE ? item->starts_s : item->ends_s;
    return end_s < now_s - DAY_S;
}

static int
count_room(const struct board *published)
{
    int room = FEED_MAX_ITEMS - FEED_CALENDARS_POSTITS -
               (published ? published->item_count : 0);
    return room < FEED_CALENDARS_MEETINGS_MOST ? room
                                               : FEED_CALENDARS_MEETINGS_MOST;
}

int
feed_calendars_pick(const struct feed_calendars *c, struct arena *a,
                    const struct board *published, int64_t now_s,
                    const struct feed_calendar_meeting *const **out)
{
    int room = count_room(published), count = 0;
    size_t bytes = 0;
    const struct feed_calendar_meeting **list =
        arena_array(a, (size_t) c->count + 1, sizeof *list);
    for (int i = 0; i < c->count && count < room; i++) {
        const struct feed_calendar_meeting *m = &c->meetings[i];
        if (is_over(&m->item, now_s) || is_typed(a, published, m))
            continue;
        bytes += strlen(m->item.title) + strlen(m->item.text) +
                 strlen(m->item.place);
        if (bytes > FEED_CALENDARS_TEXT_MOST)
            break;
        list[count++] = m;
    }
    *out = list;
    return count;
}
