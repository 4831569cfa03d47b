#include "kiosk/local_meetings.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "core/calendar_meetings.h"
#include "core/plain_text.h"

/* As much as is read on a wall; calendars add dial-in details by the page. */
#define WORDS_CHARACTERS 600

static void
set_times(struct item *item, const struct calendar_meeting *m,
          const struct zone *zone)
{
    item->is_all_day = m->is_all_day;
    if (m->is_all_day) {
        item->starts_day = m->start_day;
        item->ends_day = m->end_day;
        item->starts_s = zone_to_utc(zone, m->start_day * (int64_t) DAY_S);
        item->ends_s = zone_to_utc(zone, (m->end_day + 1) * (int64_t) DAY_S);
        return;
    }
    item->starts_s = m->starts_s;
    item->ends_s = m->ends_s;
    item->starts_day = item->ends_day = local_time(zone, m->starts_s).day;
    // An end at midnight belongs to the day it ends.
    if (m->ends_s != TIME_NONE)
        item->ends_day = local_time(zone, m->ends_s - 1).day;
}

static const char *
make_id(struct arena *a, const struct calendar_meeting *m)
{
    const char *name = *m->uid ? m->uid : m->title;
    int64_t start = m->is_all_day ? m->start_day : m->starts_s;
    uint64_t hash = hash_more(HASH_START, name, strlen(name) + 1);
    return arena_format(a, "cal-%016" PRIx64,
                        hash_more(hash, &start, sizeof start));
}

static struct item
item_of(struct local_meetings *list, const struct calendar_meeting *m,
        const struct calendar_setting *from, const struct zone *zone)
{
    struct arena *a = &list->arena;
    struct item item = {
        .kind = KIND_MEETING,
        .order = list->count,
        .id = make_id(a, m),
        .title = arena_copy(a, m->title, strlen(m->title)),
        .has_own_title = true,
        .text = plain_text(a, m->description, strlen(m->description),
                           WORDS_CHARACTERS, PLAIN_LINES, NULL),
        .author = "",
        .school = arena_copy(a, from->school, strlen(from->school)),
        .image = "",
        .link = arena_copy(a, m->url, strlen(m->url)),
        .window = {TIME_NONE, TIME_NONE, 0, -1, -1},
        .on = DAY_NONE,
        .next_asker = "",
        .week = DAY_NONE,
        .next_step = "",
        .place = arena_copy(a, m->place, strlen(m->place)),
        .answers = "",
    };
    set_times(&item, m, zone);
    if (*item.school) {
        const char **schools = arena_array(a, 1, sizeof *schools);
        schools[0] = item.school;
        item.schools = schools;
        item.school_count = 1;
    }
    return item;
}

static struct local_meetings *
new_list(size_t room)
{
    struct local_meetings *list = memory_take_zeroed(sizeof *list);
    list->items = arena_array(&list->arena, room, sizeof *list->items);
    return list;
}

static size_t
count_lines(const struct text *lines)
{
    size_t count = 0;
    for (size_t i = 0; i < lines->len; i++)
        count += lines->bytes[i] == '\n';
    return count < LOCAL_MEETINGS_MOST ? count : LOCAL_MEETINGS_MOST;
}

struct local_meetings *
local_meetings_read(const struct text *lines,
                    const struct calendar_setting *from,
                    const struct zone *zone)
{
    size_t most = count_lines(lines);
    struct local_meetings *list = new_list(most);
    struct arena line_arena = {0};
    const char *at = text_string(lines), *end = at + lines->len, *newline;
    // What is behind the last newline was cut off.
    for (; (newline = memchr(at, '\n', (size_t) (end - at)));
         at = newline + 1) {
        struct calendar_meeting m;
        struct problem why = {0};
        arena_reset(&line_arena);
        if (!calendar_meeting_read(at, (size_t) (newline - at), &line_arena, &m,
                                   &why))
            list->unreadable++;
        else if (!m.is_cancelled && calendar_title_has(m.title, from->filter) &&
                 (size_t) list->count < most)
            list->items[list->count++] = item_of(list, &m, from, zone);
    }
    arena_destroy(&line_arena);
    return list;
}

/* One of a calendar's, and where it stands among all. */
struct placed {
    const struct item *item;
    size_t place;
};

static int
by_start(const void *one, const void *other)
{
    const struct placed *a = one, *b = other;
    if (a->item->starts_s != b->item->starts_s)
        return a->item->starts_s < b->item->starts_s ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

static struct item
copy_item(struct arena *a, const struct item *from)
{
    struct item item = *from;
    item.id = arena_copy(a, from->id, strlen(from->id));
    item.title = arena_copy(a, from->title, strlen(from->title));
    item.text = arena_copy(a, from->text, strlen(from->text));
    item.link = arena_copy(a, from->link, strlen(from->link));
    item.place = arena_copy(a, from->place, strlen(from->place));
    item.school = arena_copy(a, from->school, strlen(from->school));
    if (item.school_count) {
        const char **schools = arena_array(a, 1, sizeof *schools);
        schools[0] = item.school;
        item.schools = schools;
    }
    return item;
}

struct local_meetings *
local_meetings_join(const struct local_meetings *const *lists, int count)
{
    struct arena all_arena = {0};
    size_t total = 0, found = 0;
    for (int i = 0; i < count; i++)
        total += lists[i] ? (size_t) lists[i]->count : 0;
    struct placed *all = arena_array(&all_arena, total + 1, sizeof *all);
    for (int i = 0; i < count; i++)
        for (int k = 0; lists[i] && k < lists[i]->count; k++, found++)
            all[found] = (struct placed){&lists[i]->items[k], found};
    if (found > 1)
        qsort(all, found, sizeof *all, by_start);
    found = found < LOCAL_MEETINGS_MOST ? found : LOCAL_MEETINGS_MOST;
    struct local_meetings *list = new_list(found);
    for (size_t i = 0; i < found; i++)
        list->items[list->count++] = copy_item(&list->arena, all[i].item);
    arena_destroy(&all_arena);
    return list;
}

void
local_meetings_free(struct local_meetings *m)
{
    if (!m)
        return;
    arena_destroy(&m->arena);
    free(m);
}
