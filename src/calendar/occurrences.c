#include "calendar/occurrences.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calendar/event_length.h"
#include "calendar/exceptions.h"
#include "calendar/rule.h"
#include "calendar/series.h"
#include "core/date.h"

#define STEPS_MOST 2000000 // recurrences looked at, in all of a calendar
#define START_STEPS 20     // and what it costs to begin with a rule
#define MARGIN_S (2 * (int64_t) DAY_S) // more than zones are apart

struct finder {
    struct occurrences *found;
    struct zones *zones;
    struct window window;
    int64_t from_s, until_s; // UTC
    long steps_left;
};

struct master { // an event that stands for itself, and what recurs with it
    const struct event *event;
    const struct zone *zone;
    struct span length;
    struct exceptions exceptions;
    int64_t from_s, until_s; // shown there: further away need not be looked at
};

/* --- what was found --- */

static int
compare(const struct occurrence *a, const struct occurrence *b)
{
    if (a->moment_s != b->moment_s)
        return a->moment_s < b->moment_s ? -1 : 1;
    if (a->is_all_day != b->is_all_day)
        return a->is_all_day ? -1 : 1;
    if (a->series != b->series)
        return a->series < b->series ? -1 : 1;
    return (a->key > b->key) - (a->key < b->key);
}

static bool
is_in_window(const struct finder *f, const struct occurrence *o)
{
    int64_t from_s = f->from_s, until_s = f->until_s;
    if (o->is_all_day) {
        from_s = f->window.from_day * (int64_t) DAY_S;
        until_s = f->window.until_day * (int64_t) DAY_S;
    }
    return o->start_s < until_s && (o->end_s > from_s || o->start_s >= from_s);
}

/* False when neither this one nor anything later has a place any more. */
static bool
put(struct finder *f, const struct occurrence *o)
{
    struct occurrences *found = f->found;
    if (!is_in_window(f, o))
        return true;
    int low = 0, high = found->count; // how many come before it
    while (low < high) {
        int middle = (low + high) / 2;
        if (compare(&found->list[middle], o) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < found->count && compare(&found->list[low], o) == 0)
        return true; // an RDATE may say what the rule says too
    bool is_full = found->count == OCCURRENCES_MOST;
    found->was_cut |= is_full;
    if (low == OCCURRENCES_MOST)
        return false;
    memmove(&found->list[low + 1], &found->list[low],
            (size_t) (found->count - low - is_full) * sizeof *found->list);
    found->list[low] = *o;
    found->count += !is_full;
    return true;
}

static struct occurrence
occurrence_at(const struct finder *f, const struct event *words,
              const struct zone *zone, int64_t shown_s,
              const struct span *length)
{
    struct occurrence o = {.event = words, .is_all_day = words->start.is_date};
    if (o.is_all_day) {
        o.start_s = stamp_midnight(shown_s);
        o.end_s = o.start_s + length->days * DAY_S;
        o.moment_s = zone_to_utc(f->window.zone, o.start_s);
        return o;
    }
    o.start_s = o.end_s = o.moment_s = zone_to_utc(zone, shown_s);
    if (length->days)
        o.end_s = zone_to_utc(zone, shown_s + length->days * DAY_S);
    o.end_s += length->seconds;
    return o;
}

/* --- one time of a series --- */

/* A replacement that reaches on moves what comes after by as much as it was
   moved itself, by the clock on the wall. */
static struct occurrence
moved_on(struct finder *f, const struct series *s, const struct replacement *r,
         int64_t key)
{
    const struct event *e = r->event;
    const struct zone *zone = zones_of(f->zones, &e->start, f->zones->usual);
    int64_t was_shown_s = r->key, shown_s = key;
    if (!s->is_all_day) {
        was_shown_s += zone_offset_s(zone, r->key);
        shown_s += zone_offset_s(zone, key);
    }
    struct span length = event_length(e, f->zones, zone);
    return occurrence_at(f, e, zone, shown_s + e->start.shown_s - was_shown_s,
                         &length);
}

/* As put. `length` is the master's, or that of a PERIOD. */
static bool
offer(struct finder *f, const struct series *s, const struct master *m,
      int64_t shown_s, const struct span *length)
{
    struct occurrence o = occurrence_at(f, m->event, m->zone, shown_s, length);
    o.key = o.start_s;
    o.series = m->event->number;
    if (exceptions_hold(&m->exceptions, o.key, shown_s) ||
        series_is_replaced(s, o.key))
        return true;
    const struct replacement *r = series_onward(s, o.key);
    if (!r)
        return put(f, &o);
    struct occurrence moved = moved_on(f, s, r, o.key);
    moved.key = o.key;
    moved.series = o.series;
    put(f, &moved);
    return true; // what comes later may have been moved to before this
}

static void
offer_extra_date(struct finder *f, const struct series *s,
                 const struct master *m, const struct extra_date *d)
{
    const struct stamp *start = &m->event->start;
    struct span length = m->length;
    int64_t shown_s = d->at.shown_s;
    if (start->is_date) {
        offer(f, s, m, stamp_midnight(shown_s), &length);
        return;
    }
    if (d->at.is_date) {
        shown_s += start->shown_s - stamp_midnight(start->shown_s);
    } else {
        int64_t moment_s = zones_moment(f->zones, &d->at, m->zone);
        shown_s = moment_s + zone_offset_s(m->zone, moment_s);
        if (d->until.is_set)
            length = (struct span){
                0, zones_moment(f->zones, &d->until, m->zone) - moment_s};
        else if (d->has_length)
            length = d->length;
    }
    if (length.days < 0 || length.seconds < 0)
        length = (struct span){0};
    offer(f, s, m, shown_s, &length);
}

/* --- rules --- */

static bool
is_over(const struct finder *f, const struct master *m,
        const struct stamp *until, int64_t shown_s)
{
    if (!until->is_set)
        return false;
    if (until->is_date) // that day is one of them, to everybody who writes so
        return stamp_midnight(shown_s) > until->shown_s;
    if (!until->is_utc)
        return shown_s > until->shown_s;
    if (m->event->start.is_date)
        return shown_s >
               until->shown_s + zone_offset_s(f->zones->usual, until->shown_s);
    return zone_to_utc(m->zone, shown_s) > until->shown_s;
}

static void
walk(struct finder *f, const struct series *s, const struct master *m,
     struct rule *rule)
{
    const struct stamp *start = &m->event->start;
    int left = rule->count;
    int64_t shown_s;
    bool is_first = true;
    rule_start(rule, start, m->from_s, m->until_s);
    while (f->steps_left-- > 0 && rule_next(rule, &shown_s)) {
        if (is_first && shown_s > start->shown_s)
            left--; // the start is counted even if the rule does not have it
        is_first = false;
        if ((rule->count > 0 && left-- <= 0) ||
            is_over(f, m, &rule->until, shown_s))
            break;
        if (shown_s >= m->from_s && !offer(f, s, m, shown_s, &m->length))
            break;
    }
}

/* True when the event takes place at its own start: rules that were over by
   then are how some calendars write "this and all later ones are deleted". */
static bool
follow_rules(struct finder *f, const struct series *s, const struct master *m)
{
    int good = 0, over = 0;
    for (const struct rule_text *r = m->event->rules; r; r = r->next) {
        struct rule rule;
        f->steps_left -= START_STEPS;
        if (f->steps_left <= 0)
            break;
        switch (rule_read(&rule, r->text)) {
        case RULE_GOOD:
            good++;
            over += is_over(f, m, &rule.until, m->event->start.shown_s);
            walk(f, s, m, &rule);
            break;
        case RULE_TOO_OFTEN:
            f->found->rules_too_often++;
            break;
        case RULE_BROKEN:
        case RULE_OTHER_CALENDAR:
            f->found->rules_broken++;
            break;
        }
        rule_destroy(&rule);
    }
    return good == 0 || over < good;
}

/* --- series --- */

/* How far those that reach on move anything, or make it last. */
static int64_t
shift_s(struct finder *f, const struct series *s)
{
    int64_t most_s = 0;
    for (int i = 0; i < s->onward_count; i++) {
        const struct event *e = s->onward[i]->event;
        const struct zone *zone =
            zones_of(f->zones, &e->start, f->zones->usual);
        struct span length = event_length(e, f->zones, zone);
        int64_t by_s = llabs(e->start.shown_s - e->instead_of.shown_s) +
                       event_reach_s(&length);
        most_s = by_s > most_s ? by_s : most_s;
    }
    return most_s < EVENT_REACH_MOST_S ? most_s : EVENT_REACH_MOST_S;
}

static void
master_init(struct master *m, struct finder *f, const struct series *s,
            const struct event *e)
{
    int64_t margin_s = MARGIN_S + shift_s(f, s);
    *m = (struct master){.event = e};
    m->zone = zones_of(f->zones, &e->start, f->zones->usual);
    m->length = event_length(e, f->zones, m->zone);
    m->from_s = f->window.from_day * (int64_t) DAY_S - margin_s -
                event_reach_s(&m->length);
    m->until_s = f->window.until_day * (int64_t) DAY_S + margin_s;
    exceptions_init(&m->exceptions, s, f->zones, e->exceptions);
}

static void
put_replacement(struct finder *f, const struct replacement *r)
{
    const struct event *e = r->event;
    const struct zone *zone = zones_of(f->zones, &e->start, f->zones->usual);
    struct span length = event_length(e, f->zones, zone);
    struct occurrence o = occurrence_at(f, e, zone, e->start.shown_s, &length);
    o.key = r->key;
    o.series = e->number;
    put(f, &o);
}

/* Those that replace something which m leaves out are left out as well. */
static void
mark_left_out(bool *is_out, const struct series *s, const struct master *m)
{
    if (!m->event->exceptions)
        return;
    for (int i = 0; i < s->replacement_count; i++) {
        int64_t key = s->replacements[i].key, shown_s = key;
        if (!s->is_all_day)
            shown_s += zone_offset_s(s->zone, key);
        is_out[i] |= exceptions_hold(&m->exceptions, key, shown_s);
    }
}

static void
find_in_master(struct finder *f, const struct series *s, const struct event *e,
               bool *is_out)
{
    struct master m;
    master_init(&m, f, s, e);
    for (const struct extra_date *d = e->dates; d; d = d->next)
        offer_extra_date(f, s, &m, d); // first: they may have a length
    if (follow_rules(f, s, &m))
        offer(f, s, &m, e->start.shown_s, &m.length);
    mark_left_out(is_out, s, &m);
    exceptions_destroy(&m.exceptions);
}

static void
find_in_series(struct finder *f, const struct event *const *events, int count)
{
    struct series s;
    series_init(&s, f->zones, events, count);
    bool *is_out = memory_take_zeroed((size_t) s.replacement_count + 1);
    for (int i = 0; i < s.master_count; i++)
        find_in_master(f, &s, s.masters[i], is_out);
    for (int i = 0; i < s.replacement_count; i++)
        if (!is_out[i])
            put_replacement(f, &s.replacements[i]);
    free(is_out);
    series_destroy(&s);
}

static int
compare_uids(const void *a, const void *b)
{
    const struct event *x = *(const struct event *const *) a;
    const struct event *y = *(const struct event *const *) b;
    int order = strcmp(x->uid, y->uid);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

bool
occurrences_find(struct occurrences *found, const struct calendar *c,
                 struct zones *zones, const struct window *window,
                 struct problem *why)
{
    struct finder f = {
        .found = found,
        .zones = zones,
        .window = *window,
        .from_s = zone_to_utc(window->zone, window->from_day * (int64_t) DAY_S),
        .until_s =
            zone_to_utc(window->zone, window->until_day * (int64_t) DAY_S),
        .steps_left = STEPS_MOST,
    };
    int count = 0;
    *found = (struct occurrences){0};
    const struct event **events =
        memory_take((size_t) c->event_count * sizeof *events);
    for (const struct event *e = c->events; e; e = e->next)
        events[count++] = e;
    qsort(events, (size_t) count, sizeof *events, compare_uids);
    for (int i = 0, end; i < count && f.steps_left > 0; i = end) {
        end = i + 1; // events without a UID have nothing to do with each other
        while (*events[i]->uid && end < count &&
               strcmp(events[i]->uid, events[end]->uid) == 0)
            end++;
        find_in_series(&f, events + i, end - i);
    }
    free(events);
    if (f.steps_left > 0)
        return true;
    problem_set(why, 0, 0,
                "the calendar has more recurring events than can "
                "be followed");
    return false;
}
