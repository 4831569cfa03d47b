#include "hub/calendars.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "core/date.h"
#include "core/polling.h"
#include "hub/calendars_part.h"
#include "hub/content.h"
#include "hub/content_time.h"
#include "io/program.h"

#define PROGRAM "staffroom-calendar"
#define USUAL_ZONE "Europe/London" // where the partnership's is the machine's

// What polling takes off an interval, at most a fifth, is on it here: nobody is
// asked more often than every 15 minutes.
#define USUAL_S (30 * 60)
#define LEAST_S (15 * 60 * 5 / 4)
#define MOST_S (60 * 60)

struct row { // what is known of a calendar of the list
    int64_t number;
    struct polling polling;
    bool is_wanted; // somebody waits for it
};

struct calendars {
    struct hub_store *store;
    struct reading_programs programs;
    uint32_t seed;
    struct row rows[HUB_CALENDARS_MOST];
    int count;
    struct reading reading; // the one that is under way
};

/* ---- opening ------------------------------------------------------------ */

struct calendars *
calendars_open(const struct calendars_settings *s, const struct now *now)
{
    struct calendars *c = memory_take_zeroed(sizeof *c);
    c->store = s->store;
    c->programs = (struct reading_programs){
        .fetch = memory_copy_string(s->fetch_program),
        .calendar = program_find(PROGRAM, s->calendar_program),
        .beside = s->beside,
    };
    c->seed = s->seed;
    if (!c->programs.calendar && *s->calendar_program)
        log_warning("%s cannot be run: calendars are not read",
                    s->calendar_program);
    calendars_sync(c, now);
    return c;
}

void
calendars_close(struct calendars *c)
{
    if (!c)
        return;
    reading_end(&c->reading, &c->programs);
    free(c->programs.fetch);
    free(c->programs.calendar);
    free(c);
}

bool
calendars_has_program(const struct calendars *c)
{
    return c && c->programs.calendar;
}

/* ---- which, and when ---------------------------------------------------- */

static struct row *
row_of(struct calendars *c, int64_t number)
{
    for (int i = 0; i < c->count; i++)
        if (c->rows[i].number == number)
            return &c->rows[i];
    return NULL;
}

static bool
is_under_way(const struct calendars *c, int64_t number)
{
    return c->reading.child && c->reading.calendar.number == number;
}

static int
interval_s(int refresh_s)
{
    int wanted_s = refresh_s > 0 ? refresh_s : USUAL_S;
    return wanted_s < LEAST_S ? LEAST_S : wanted_s > MOST_S ? MOST_S : wanted_s;
}

void
calendars_sync(struct calendars *c, const struct now *now)
{
    struct arena arena = {0};
    const struct hub_calendar *list;
    struct row rows[HUB_CALENDARS_MOST];
    int kept = 0;
    if (!c)
        return;
    int count = hub_store_calendars(c->store, &arena, false, &list);
    for (int i = 0; i < count && kept < HUB_CALENDARS_MOST; i++) {
        struct row *known = row_of(c, list[i].number);
        struct row row = {.number = list[i].number};
        polling_start(&row.polling, interval_s(list[i].refresh_s),
                      c->seed + (uint32_t) row.number, now->mono_ms);
        rows[kept++] = known ? *known : row;
    }
    if (kept > 0)
        memcpy(c->rows, rows, (size_t) kept * sizeof *rows);
    if (count >= 0)
        c->count = kept;
    arena_destroy(&arena);
    if (c->reading.child && !row_of(c, c->reading.calendar.number))
        reading_end(&c->reading, &c->programs);
}

void
calendars_want(struct calendars *c, int64_t number, const struct now *now)
{
    struct row *row = c ? row_of(c, number) : NULL;
    if (!row)
        return;
    row->is_wanted = true;
    row->polling.next_ms = now->mono_ms;
    // What is under way may be of the address there was.
    if (is_under_way(c, number))
        reading_end(&c->reading, &c->programs);
    calendars_tick(c, now);
}

bool
calendars_is_reading(const struct calendars *c, int64_t number)
{
    if (!calendars_has_program(c))
        return false;
    for (int i = 0; i < c->count; i++)
        if (c->rows[i].number == number)
            return c->rows[i].is_wanted || is_under_way(c, number);
    return false;
}

/* ---- what became of it -------------------------------------------------- */

/* On failure the old document stays, and so do the names of its version. */
static void
keep(struct calendars *c, struct row *row, enum reading_end end,
     const struct problem *why, const struct now *now)
{
    struct hub_calendar *calendar = &c->reading.calendar;
    struct problem store_why = {0};
    bool is_good = end == READING_CHANGED || end == READING_SAME;
    calendar->problem = is_good ? "" : why->text;
    calendar->tried_s = now->wall_s;
    if (is_good)
        calendar->read_s = now->wall_s;
    if (!is_good)
        calendar->etag = calendar->modified = "";
    if (!hub_store_keep_calendar(c->store, calendar, &store_why))
        log_error("%s", store_why.text);
    row->is_wanted = false;
    row->polling.interval_s = interval_s(calendar->refresh_s);
    if (is_good)
        polling_succeeded(&row->polling, now->mono_ms);
    else
        polling_failed(&row->polling, c->reading.retry_after_s, now->mono_ms);
}

static void
finish(struct calendars *c, enum reading_end end, const struct problem *why,
       const struct now *now)
{
    int64_t number = c->reading.calendar.number;
    struct row *row = row_of(c, number);
    if (end == READING_FAILED) // whose address it is, is nobody's business
        log_info("calendar %" PRId64 " could not be read", number);
    if (row)
        keep(c, row, end, why, now);
    reading_end(&c->reading, &c->programs);
}

/* ---- the next one ------------------------------------------------------- */

static bool
goes_before(const struct row *one, const struct row *other)
{
    if (!other || one->is_wanted != other->is_wanted)
        return !other || one->is_wanted;
    return one->polling.next_ms < other->polling.next_ms;
}

static struct row *
next_row(struct calendars *c, int64_t now_ms)
{
    struct row *first = NULL;
    for (int i = 0; i < c->count; i++)
        if (c->rows[i].polling.next_ms <= now_ms &&
            goes_before(&c->rows[i], first))
            first = &c->rows[i];
    return first;
}

static bool
set_calendar(struct reading *r, struct hub_store *store, int64_t number)
{
    const struct hub_calendar *list;
    int count = hub_store_calendars(store, &r->arena, false, &list);
    for (int i = 0; i < count; i++)
        if (list[i].number == number) {
            r->calendar = list[i];
            return true;
        }
    return false;
}

/* The days from yesterday on, where the partnership is. */
static void
set_days(struct reading *r, struct hub_store *store, int64_t now_s)
{
    struct content content = {0};
    struct problem why = {0};
    struct arena *a = &r->arena;
    const char *name =
        content_open(&content, store, 0, &why) ? content.board.zone_name : "";
    r->zone_name = arena_copy(a, name, strlen(name));
    if (!*r->zone_name)
        r->zone_name = USUAL_ZONE;
    content_close(&content);
    r->zone = zone_open(r->zone_name);
    int32_t today = local_time(r->zone, now_s).day;
    r->from = content_day_value(a, today - 1);
    r->until = content_day_value(a, today + CALENDARS_DAYS + 1);
    const char *made_for = arena_format(a, "%s %s", r->from, r->zone_name);
    // A day later other meetings are in sight: then it is fetched as if for the
    // first time.
    if (strcmp(made_for, r->calendar.made_for) != 0)
        r->calendar.etag = r->calendar.modified = "";
    r->calendar.made_for = made_for;
}

void
calendars_tick(struct calendars *c, const struct now *now)
{
    struct problem why = {0};
    if (!calendars_has_program(c) || c->reading.child)
        return;
    struct row *row = next_row(c, now->mono_ms);
    if (!row)
        return;
    struct reading *r = &c->reading;
    if (!set_calendar(r, c->store, row->number)) {
        row->is_wanted = false;
        polling_failed(&row->polling, 0, now->mono_ms);
        reading_end(r, &c->programs);
        return;
    }
    set_days(r, c->store, now->wall_s);
    if (reading_start(r, &c->programs, &why))
        return;
    log_warning("calendars cannot be read: %s", why.text);
    problem_set(&why, 0, 0,
                "The hub could not start its program for calendars. "
                "Tell whoever looks after it");
    finish(c, READING_FAILED, &why, now);
}

bool
calendars_turn(struct calendars *c, const struct now *now)
{
    struct problem why = {0};
    if (!c || !c->reading.child)
        return false;
    enum reading_end end = reading_turn(&c->reading, &c->programs, &why);
    if (end == READING_GOES_ON)
        return false;
    finish(c, end, &why, now);
    calendars_tick(c, now);
    return true;
}
