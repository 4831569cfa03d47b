#include "calendar/series.h"

#include <stdlib.h>

#include "base/memory.h"
#include "core/date.h"

static int
compare_number(int64_t x, int64_t y)
{
    return (x > y) - (x < y);
}

/* The older version first. */
static int
compare_versions(const struct event *x, const struct event *y)
{
    int order = compare_number(x->sequence, y->sequence);
    if (order == 0)
        order = compare_number(x->changed_s, y->changed_s);
    return order ? order : compare_number(x->number, y->number);
}

static int
compare_starts(const struct event *x, const struct event *y)
{
    int order = compare_number(x->start.shown_s, y->start.shown_s);
    return order ? order : y->start.is_date - x->start.is_date;
}

static int
compare_masters(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *) a;
    const struct event *y = *(const struct event *const *) b;
    int order = compare_starts(x, y);
    return order ? order : compare_versions(x, y);
}

static int
compare_replacements(const void *a, const void *b)
{
    const struct replacement *x = a, *y = b;
    int order = compare_number(x->key, y->key);
    return order ? order : compare_versions(x->event, y->event);
}

/*
 * Of those with the highest SEQUENCE, one for each start: some publishers give
 * one UID to different meetings, and those are no versions of each other.
 */
static void
take_masters(struct series *s, const struct event *const *events, int count)
{
    long highest = -1;
    for (int i = 0; i < count; i++)
        if (!events[i]->instead_of.is_set && events[i]->sequence > highest)
            highest = events[i]->sequence;
    int taken = 0;
    for (int i = 0; i < count; i++)
        if (!events[i]->instead_of.is_set && events[i]->sequence == highest)
            s->masters[taken++] = events[i];
    qsort(s->masters, (size_t) taken, sizeof *s->masters, compare_masters);
    for (int i = 0; i < taken; i++)
        if (i + 1 == taken ||
            compare_starts(s->masters[i], s->masters[i + 1]) != 0)
            s->masters[s->master_count++] = s->masters[i];
}

static void
take_replacements(struct series *s, struct zones *z,
                  const struct event *const *events, int count)
{
    struct replacement *list = s->replacements;
    int taken = 0;
    for (int i = 0; i < count; i++)
        if (events[i]->instead_of.is_set)
            list[taken++] = (struct replacement){
                series_key(s, z, &events[i]->instead_of), events[i]};
    qsort(list, (size_t) taken, sizeof *list, compare_replacements);
    for (int i = 0; i < taken; i++)
        if (i + 1 == taken || list[i].key != list[i + 1].key)
            list[s->replacement_count++] = list[i];
    for (int i = 0; i < s->replacement_count; i++)
        if (list[i].event->reaches_on)
            s->onward[s->onward_count++] = &list[i];
}

void
series_init(struct series *s, struct zones *z,
            const struct event *const *events, int count)
{
    size_t size = (size_t) count;
    *s = (struct series){.zone = z->usual};
    s->masters = memory_take(size * sizeof *s->masters);
    s->replacements = memory_take(size * sizeof *s->replacements);
    s->onward = memory_take(size * sizeof *s->onward);
    take_masters(s, events, count);
    if (s->master_count > 0) {
        const struct stamp *start = &s->masters[0]->start;
        s->is_all_day = start->is_date;
        s->zone = zones_of(z, start, z->usual);
        s->clock_s = start->shown_s - stamp_midnight(start->shown_s);
    } else {
        s->is_all_day = events[0]->instead_of.is_date;
    }
    take_replacements(s, z, events, count);
}

void
series_destroy(struct series *s)
{
    free(s->masters);
    free(s->replacements);
    free(s->onward);
    *s = (struct series){0};
}

int64_t
series_key(const struct series *s, struct zones *z, const struct stamp *stamp)
{
    if (s->is_all_day && stamp->is_utc) // Outlook's way to write a midnight
        return stamp_midnight(stamp->shown_s +
                              zone_offset_s(z->usual, stamp->shown_s));
    if (s->is_all_day)
        return stamp_midnight(stamp->shown_s);
    if (stamp->is_date)
        return zone_to_utc(s->zone, stamp->shown_s + s->clock_s);
    return zones_moment(z, stamp, s->zone);
}

static int
compare_key(const void *key, const void *replacement)
{
    return compare_number(*(const int64_t *) key,
                          ((const struct replacement *) replacement)->key);
}

bool
series_is_replaced(const struct series *s, int64_t key)
{
    return s->replacement_count > 0 &&
           bsearch(&key, s->replacements, (size_t) s->replacement_count,
                   sizeof *s->replacements, compare_key);
}

const struct replacement *
series_onward(const struct series *s, int64_t key)
{
    int low = 0, high = s->onward_count; // how many are not after `key`
    while (low < high) {
        int middle = (low + high) / 2;
        if (s->onward[middle]->key <= key)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? s->onward[low - 1] : NULL;
}
