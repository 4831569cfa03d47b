#include "kiosk/load_calendars.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/cache.h"
#include "kiosk/calendar_run.h"
#include "kiosk/folders.h"
#include "kiosk/load.h"
#include "kiosk/worker_path.h"

#define MIB ((size_t) 1024 * 1024)

/* What all of them have in common. */
struct reading {
    const struct program *program; // borrowed
    char *calendar_program;        // owned
    int32_t today;
    char zone[CALENDAR_RUN_ZONE_BYTES];
};

static void
wait_for(struct child *c)
{
    struct pollfd on = {.fd = child_fd(c), .events = POLLIN};
    while (!child_turn(c))
        if (poll(&on, 1, -1) < 0 && errno != EINTR)
            return; // it is ended when it is freed
}

static struct local_meetings *
read_bytes(const struct reading *r, const struct calendar_setting *from,
           const struct text *bytes, struct problem *why)
{
    struct child *c =
        calendar_run_start(r->calendar_program, bytes, r->today, r->zone, why);
    if (!c)
        return NULL;
    wait_for(c);
    struct local_meetings *found = calendar_run_end(c, from, r->zone, why);
    child_free(c);
    return found;
}

static struct local_meetings *
read_one(const struct reading *r, const struct calendar_setting *from,
         struct problem *why)
{
    struct text bytes = {0};
    struct local_meetings *found = NULL;
    if (load_bytes(from->address, &r->program->config, CALENDAR_RUN_ACCEPT,
                   CALENDAR_RUN_MOST_BYTES, &bytes, why)) {
        if (calendar_run_is_web_page(&bytes))
            problem_set(why, 0, 0,
                        "a web page came instead of the calendar: the network "
                        "may want somebody to sign in, or the address may be "
                        "wrong or not be shared any more");
        else
            found = read_bytes(r, from, &bytes, why);
    }
    text_destroy(&bytes);
    return found;
}

/* When the kiosk last had a good one; 0: it keeps none. */
static int64_t
kept_s(const struct program *p, const struct calendar_setting *from)
{
    char folder[PATH_MAX];
    const char *at = *p->config.cache ? p->config.cache
                                      : folders_cache(folder, sizeof folder);
    char *path = worker_path_of_feed(from->address);
    char *name = worker_path_absolute(path);
    const char *address =
        worker_path_is_web(from->address) ? from->address : name;
    struct cached_feed kept = {0};
    struct cache *cache = cache_open_to_read(at);
    int64_t fetched_s =
        cache_find_calendar(cache, address, &kept) ? kept.fetched_s : 0;
    cached_feed_destroy(&kept);
    cache_close(cache);
    free(name);
    free(path);
    return fetched_s;
}

static void
tell_good(const struct calendar_setting *from, const struct local_meetings *m)
{
    printf("calendar \"%s\": %d meeting%s from yesterday until 60 days from "
           "now%s%s%s\n",
           from->label, m->count, m->count == 1 ? "" : "s",
           *from->filter ? " with \"" : "", from->filter,
           *from->filter ? "\" in the title" : "");
}

static void
tell_bad(const struct program *p, const struct calendar_setting *from,
         const struct problem *why)
{
    struct local l = local_time(NULL, kept_s(p, from));
    if (l.year > 1970)
        printf("calendar \"%s\": %s; a screen here goes on with what it read "
               "on %d %s %d at %02d:%02d UTC\n",
               from->label, why->text, l.date, month_names[l.month - 1], l.year,
               l.minute / 60, l.minute % 60);
    else
        printf("calendar \"%s\": %s\n", from->label, why->text);
}

static void
begin(struct reading *r, const struct program *p, const struct board *board,
      struct now now)
{
    *r = (struct reading){.program = p};
    calendar_run_zone(board->zone_name, r->zone);
    struct zone *zone = zone_open(r->zone);
    r->today = local_time(zone, now.wall_s).day;
    zone_close(zone);
}

struct local_meetings *
load_calendars(const struct program *p, const struct board *board,
               struct now now, bool tells, bool *is_bad)
{
    const struct config *c = &p->config;
    struct local_meetings *lists[CALENDARS_MOST] = {0};
    struct reading r;
    struct problem why = {0};
    if (c->calendar_count == 0 || !now.is_trusted)
        return NULL;
    begin(&r, p, board, now);
    r.calendar_program = calendar_run_find(&why);
    if (!r.calendar_program) {
        program_complain("%s", why.text);
        *is_bad = p->options.calendar_count > 0;
        return NULL;
    }
    for (int i = 0; i < c->calendar_count; i++) {
        const struct calendar_setting *from = &c->calendars[i];
        lists[i] = read_one(&r, from, &why);
        if (lists[i] && tells)
            tell_good(from, lists[i]);
        else if (!lists[i] && tells)
            tell_bad(p, from, &why);
        else if (!lists[i])
            program_complain("calendar \"%s\": %s", from->label, why.text);
        if (!lists[i] && p->options.calendar_count > 0)
            *is_bad = true;
    }
    struct local_meetings *all = local_meetings_join(
        (const struct local_meetings *const *) lists, c->calendar_count);
    for (int i = 0; i < c->calendar_count; i++)
        local_meetings_free(lists[i]);
    free(r.calendar_program);
    return all;
}
