#include "calendar/vtimezone.h"

#include <stdlib.h>

#include "base/memory.h"
#include "calendar/rule.h"
#include "core/date.h"

#define CHANGES_MOST 8192 // two a year since the year 1, and some more
#define OBSERVANCES_MOST 256

struct change {
    int64_t at_s; // UTC
    int32_t from_s, to_s;
};

struct changes {
    struct change *list; // owned
    int count;
    int64_t until_s;
};

static void
add(struct changes *c, const struct observance *o, int64_t shown_s)
{
    if (c->count == CHANGES_MOST)
        return;
    c->list[c->count++] =
        (struct change){shown_s - o->from_s, o->from_s, o->to_s};
}

static bool
is_over(const struct rule *rule, const struct observance *o, int64_t shown_s)
{
    if (!rule->until.is_set)
        return false;
    if (rule->until.is_date)
        return stamp_midnight(shown_s) > rule->until.shown_s;
    return shown_s - (rule->until.is_utc ? o->from_s : 0) > rule->until.shown_s;
}

static void
add_rule(struct changes *c, const struct observance *o, const char *text,
         int64_t end_s)
{
    struct rule rule;
    int64_t shown_s;
    if (rule_read(&rule, text) == RULE_GOOD) {
        int left = rule.count ? rule.count : CHANGES_MOST;
        rule_start(&rule, &o->start, o->start.shown_s, end_s);
        while (left-- > 0 && c->count < CHANGES_MOST &&
               rule_next(&rule, &shown_s) && !is_over(&rule, o, shown_s))
            add(c, o, shown_s);
    }
    rule_destroy(&rule);
}

/* The last second of the year before that of shown_s. */
static int64_t
year_before_s(int64_t shown_s)
{
    struct local l = local_time(NULL, shown_s);
    return day_from_date(l.year, 1, 1) * (int64_t) DAY_S - 1;
}

/*
 * Where a later observance of the same sort takes over: with the year it begins
 * in. Exporters leave the rules of former years open, and two of them at once
 * would change the clocks twice an autumn.
 */
static int64_t
superseded_s(const struct vtimezone *v, const struct observance *o,
             int64_t until_s)
{
    int64_t end_s = until_s;
    for (const struct observance *other = v->observances; other;
         other = other->next) {
        if (other->is_daylight != o->is_daylight || !other->rules ||
            !other->start.is_set || other->start.shown_s <= o->start.shown_s)
            continue;
        int64_t other_s = year_before_s(other->start.shown_s);
        end_s = other_s < end_s ? other_s : end_s;
    }
    return end_s;
}

static void
add_observance(struct changes *c, const struct vtimezone *v,
               const struct observance *o)
{
    add(c, o, o->start.shown_s); // the start is one of them, always
    for (const struct extra_date *d = o->dates; d; d = d->next)
        add(c, o, d->at.shown_s + (d->at.is_utc ? o->from_s : 0));
    for (const struct rule_text *r = o->rules; r; r = r->next)
        add_rule(c, o, r->text, superseded_s(v, o, c->until_s));
}

static int
compare(const void *a, const void *b)
{
    int64_t x = ((const struct change *) a)->at_s;
    int64_t y = ((const struct change *) b)->at_s;
    return (x > y) - (x < y);
}

static struct zone *
make_zone(struct changes *c)
{
    int64_t *moments = memory_take((size_t) c->count * sizeof *moments);
    int32_t *offsets_s = memory_take((size_t) c->count * sizeof *offsets_s);
    int count = 0;
    qsort(c->list, (size_t) c->count, sizeof *c->list, compare);
    for (int i = 0; i < c->count; i++) {
        if (count > 0 && moments[count - 1] == c->list[i].at_s)
            continue; // the start, which its rule gives as well
        moments[count] = c->list[i].at_s;
        offsets_s[count++] = c->list[i].to_s;
    }
    struct zone *zone = zone_make(moments, offsets_s, count, c->list[0].from_s);
    free(moments);
    free(offsets_s);
    return zone;
}

struct zone *
vtimezone_open(const struct vtimezone *v, int64_t until_s)
{
    struct changes c = {.until_s = until_s};
    int observances = 0;
    c.list = memory_take(CHANGES_MOST * sizeof *c.list);
    for (const struct observance *o = v->observances;
         o && observances < OBSERVANCES_MOST; o = o->next, observances++)
        if (o->start.is_set && o->has_offsets)
            add_observance(&c, v, o);
    struct zone *zone = c.count > 0 ? make_zone(&c) : NULL;
    free(c.list);
    return zone;
}
