#include "kiosk/worker_calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "core/calendar_refresh.h"
#include "core/date.h"
#include "io/file.h"
#include "kiosk/worker_path.h"

#define LOOK_EVERY_S 60 // at a file, and at the day
#define SEEK_EVERY_MS (10 * 60 * 1000)

/* ---- beginning and end -------------------------------------------------- */

static void
init_one(struct worker_calendar *c, const struct calendar_setting *setting,
         int64_t now_ms)
{
    *c = (struct worker_calendar){.setting = setting, .day = DAY_NONE};
    if (!worker_path_is_web(setting->address)) {
        char *path = worker_path_of_feed(setting->address);
        c->path = worker_path_absolute(path);
        free(path);
    }
    polling_start(
        &c->polling, c->path ? LOOK_EVERY_S : CALENDAR_REFRESH_USUAL_S,
        (uint32_t) hash_string(setting->address) ^ (uint32_t) now_ms, now_ms);
}

void
worker_calendars_init(struct worker_calendars *w,
                      const struct worker_settings *s, struct cache *cache,
                      int64_t now_ms)
{
    *w = (struct worker_calendars){
        .clock = s->clock, .cache = cache, .count = s->config->calendar_count};
    for (int i = 0; i < w->count; i++)
        init_one(&w->list[i], &s->config->calendars[i], now_ms);
}

void
worker_calendars_destroy(struct worker_calendars *w)
{
    for (int i = 0; i < w->count; i++) {
        free(w->list[i].path);
        local_meetings_free(w->list[i].found);
    }
    child_free(w->child);
    cached_feed_destroy(&w->incoming);
    local_meetings_free(w->all);
    free(w->program);
    *w = (struct worker_calendars){0};
}

/* ---- what is said about one --------------------------------------------- */

static int64_t
wall_s(const struct worker_calendars *w)
{
    return clock_now(w->clock).wall_s;
}

/* "3 hours ago" */
static void
write_age(const struct worker_calendars *w, const struct worker_calendar *c,
          char *out, size_t size)
{
    int64_t minutes = (wall_s(w) - c->good_s) / 60;
    int64_t number = minutes < 120    ? minutes
                     : minutes < 2880 ? minutes / 60
                                      : minutes / 1440;
    const char *unit = minutes < 120    ? "minute"
                       : minutes < 2880 ? "hour"
                                        : "day";
    number = number > 0 ? number : 0;
    snprintf(out, size, "%" PRId64 " %s%s ago", number, unit,
             number == 1 ? "" : "s");
}

static void
say_failed(const struct worker_calendars *w, const struct worker_calendar *c,
           const char *detail)
{
    char age[40];
    write_age(w, c, age, sizeof age);
    log_warning("the calendar \"%s\" could not be read: %s%s%s%s; %s%s",
                c->setting->label, c->why, *detail ? " (" : "", detail,
                *detail ? ")" : "",
                c->content ? "what is shown of it was right "
                           : "nothing is shown of it",
                c->content ? age : "");
}

static void
fail(struct worker_calendars *w, struct worker_calendar *c, const char *why,
     const char *detail, int retry_after_s, int64_t now_ms)
{
    bool is_news = strcmp(c->why, why) != 0;
    snprintf(c->why, sizeof c->why, "%s", why);
    if (is_news)
        say_failed(w, c, detail);
    polling_failed(&c->polling, retry_after_s, now_ms);
}

/* What is up is still the newest. */
static void
succeed(struct worker_calendars *w, struct worker_calendar *c, int64_t now_ms)
{
    if (*c->why)
        log_info("the calendar \"%s\" is well again", c->setting->label);
    c->why[0] = '\0';
    c->good_s = wall_s(w);
    polling_succeeded(&c->polling, now_ms);
}

/* ---- reading one -------------------------------------------------------- */

/* Google stamps every entry with the moment of asking: no news, and no reason
   to write a megabyte to a card every half hour. */
static uint64_t
hash_content(const struct text *bytes)
{
    static const char stamp[] = "DTSTAMP";
    const char *at = text_string(bytes), *end = at + bytes->len;
    uint64_t hash = HASH_START;
    while (at < end) {
        const char *newline = memchr(at, '\n', (size_t) (end - at));
        size_t len = (size_t) ((newline ? newline + 1 : end) - at);
        if (len < strlen(stamp) || memcmp(at, stamp, strlen(stamp)) != 0)
            hash = hash_more(hash, at, len);
        at += len;
    }
    return hash ? hash : 1;
}

static const char *
name_of(const struct worker_calendar *c)
{
    return c->path ? c->path : c->setting->address;
}

static void
stop_reading(struct worker_calendars *w, struct http_client *http)
{
    http_watch(http, WORKER_WATCHES_CHILD, -1);
    child_free(w->child);
    w->child = NULL;
    cached_feed_destroy(&w->incoming);
    w->doing = CALENDARS_IDLE;
}

/* The kept copy is of no use, so nothing is known to be up to date. */
static void
forget_edition(struct worker_calendar *c)
{
    c->content = 0;
    c->stamp = 0;
    c->etag[0] = c->last_modified[0] = '\0';
}

/* Of w->incoming. */
static void
start_reading(struct worker_calendars *w, struct http_client *http, bool is_new,
              int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    struct problem why = {0};
    w->is_new = is_new;
    w->child = calendar_run_start(w->program, &w->incoming.pages[0], w->day,
                                  w->zone, &why);
    if (w->child) {
        w->doing = CALENDARS_READING;
        http_watch(http, WORKER_WATCHES_CHILD, child_fd(w->child));
        return;
    }
    stop_reading(w, http);
    if (!is_new)
        forget_edition(c);
    free(w->program); // it may have been taken away
    w->program = NULL;
    fail(w, c, why.text, "", 0, now_ms);
}

static void
join(struct worker_calendars *w)
{
    const struct local_meetings *lists[CALENDARS_MOST];
    for (int i = 0; i < w->count; i++)
        lists[i] = w->list[i].found;
    local_meetings_free(w->all);
    w->all = local_meetings_join(lists, w->count);
}

/* What came with the edition that is up. */
static void
take_headers(struct worker_calendar *c, const struct cached_feed *from)
{
    memcpy(c->etag, from->etag, sizeof c->etag);
    memcpy(c->last_modified, from->last_modified, sizeof c->last_modified);
}

static void
put_up(struct worker_calendars *w, struct worker_calendar *c,
       struct local_meetings *found)
{
    const struct text *bytes = &w->incoming.pages[0];
    local_meetings_free(c->found);
    c->found = found;
    c->content = hash_content(bytes);
    take_headers(c, &w->incoming);
    if (!c->path)
        c->polling.interval_s = calendar_refresh_s(bytes->bytes, bytes->len);
    join(w);
}

static void
finish_reading(struct worker_calendars *w, struct http_client *http,
               int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    struct problem why = {0};
    struct local_meetings *found =
        calendar_run_end(w->child, c->setting, w->zone, &why);
    if (found) {
        put_up(w, c, found);
        c->day = w->day;
        memcpy(c->zone, w->zone, sizeof c->zone);
        if (w->is_new) {
            // The cache says itself when it cannot; they are up all the same.
            cache_keep_calendar(w->cache, name_of(c), &w->incoming, &why);
            succeed(w, c, now_ms);
        }
    } else {
        if (!w->is_new)
            forget_edition(c);
        if (child_end(w->child) != CHILD_LEFT)
            c->stamp = 0; // it may go better next time
        fail(w, c, why.text, "", 0, now_ms);
    }
    stop_reading(w, http);
}

/* Reads the kept copy once more, or for the first time. */
static void
read_kept(struct worker_calendars *w, struct http_client *http, int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    bool is_first = !c->was_opened;
    // Whatever becomes of it: not again before the next day.
    c->was_opened = true;
    c->day = w->day;
    memcpy(c->zone, w->zone, sizeof c->zone);
    if (!cache_find_calendar(w->cache, name_of(c), &w->incoming)) {
        forget_edition(c);
        c->polling.next_ms = now_ms;
        return;
    }
    if (is_first) {
        char age[40];
        c->good_s = w->incoming.fetched_s;
        write_age(w, c, age, sizeof age);
        log_info("the calendar \"%s\" is shown as it was %s, until it answers",
                 c->setting->label, age);
    }
    start_reading(w, http, false, now_ms);
}

/* ---- asking for one ----------------------------------------------------- */

static void
take_bytes(struct worker_calendars *w, struct http_client *http, int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    const struct text *bytes = &w->incoming.pages[0];
    if (calendar_run_is_web_page(bytes)) {
        stop_reading(w, http);
        fail(w, c,
             "a web page came instead of the calendar: the network may want "
             "somebody to sign in, or the address may be wrong or not be "
             "shared any more",
             "", 0, now_ms);
    } else if (c->content && hash_content(bytes) == c->content) {
        take_headers(c, &w->incoming);
        stop_reading(w, http);
        succeed(w, c, now_ms);
    } else {
        w->incoming.page_count = 1;
        w->incoming.fetched_s = wall_s(w);
        start_reading(w, http, true, now_ms);
    }
}

static void
look_at_file(struct worker_calendars *w, struct http_client *http,
             int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    // Before the reading: a change while we read is then seen next time.
    uint64_t stamp = file_stamp(c->path);
    if (stamp && stamp == c->stamp) {
        // As good, or as bad, as it was.
        if (!*c->why)
            c->good_s = wall_s(w);
        polling_succeeded(&c->polling, now_ms);
        return;
    }
    struct problem why = {0};
    if (!file_read(c->path, CALENDAR_RUN_MOST_BYTES, &w->incoming.pages[0],
                   &why)) {
        fail(w, c, why.text, "", 0, now_ms);
        return;
    }
    c->stamp = stamp;
    take_bytes(w, http, now_ms);
}

static void
ask(struct worker_calendars *w, struct http_client *http, int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    struct http_request request = {
        .url = c->setting->address,
        .accept = CALENDAR_RUN_ACCEPT,
        .most_bytes = CALENDAR_RUN_MOST_BYTES,
        .tag = WORKER_CALENDAR_TAG,
    };
    w->is_conditional = c->content && (c->etag[0] || c->last_modified[0]);
    if (w->is_conditional) {
        request.etag = c->etag;
        request.last_modified = c->last_modified;
    }
    struct problem why;
    if (http_start(http, &request, &why))
        w->doing = CALENDARS_ASKING;
    else
        fail(w, c, why.text, "", 0, now_ms);
}

/* libcurl's words without the address behind them. */
static void
write_detail(const struct http_reply *reply, char out[160])
{
    if (reply->outcome == HTTP_STATUS) {
        snprintf(out, 160, "HTTP %d", reply->status);
        return;
    }
    snprintf(out, 160, "%.159s", reply->detail);
    char *address = strstr(out, "; HTTP ");
    if (address)
        *address = '\0';
}

void
worker_calendars_answer(struct worker_calendars *w, struct http_client *http,
                        struct http_reply *reply, int64_t now_ms)
{
    struct worker_calendar *c = &w->list[w->at];
    char detail[160];
    w->doing = CALENDARS_IDLE;
    switch (reply->outcome) {
    case HTTP_OK:
        w->incoming.pages[0] = reply->body;
        reply->body = (struct text){0};
        memcpy(w->incoming.etag, reply->etag, sizeof w->incoming.etag);
        memcpy(w->incoming.last_modified, reply->last_modified,
               sizeof w->incoming.last_modified);
        take_bytes(w, http, now_ms);
        return;
    case HTTP_NOT_MODIFIED:
        if (w->is_conditional)
            succeed(w, c, now_ms);
        else
            fail(w, c, "the server's answer made no sense to this screen",
                 "304 to a request without conditions", 0, now_ms);
        return;
    case HTTP_STATUS:
    case HTTP_FAILED:
        write_detail(reply, detail);
        fail(w, c, reply->why.text, detail, reply->retry_after_s, now_ms);
        return;
    }
}

/* ---- what is due -------------------------------------------------------- */

static bool
has_program(struct worker_calendars *w, int64_t now_ms)
{
    if (w->program || (w->seek_ms && now_ms < w->seek_ms))
        return w->program;
    struct problem why = {0};
    w->program = calendar_run_find(&why);
    if (!w->program && !w->seek_ms)
        log_warning("%s", why.text);
    w->seek_ms = now_ms + SEEK_EVERY_MS;
    return w->program;
}

static void
look_at_the_day(struct worker_calendars *w, const char *feed_zone)
{
    calendar_run_zone(feed_zone, w->zone);
    struct zone *zone = zone_open(w->zone);
    w->day = local_time(zone, wall_s(w)).day;
    zone_close(zone);
}

static bool
is_of_another_day(const struct worker_calendars *w,
                  const struct worker_calendar *c)
{
    return !c->was_opened ||
           (c->content && (c->day != w->day || strcmp(c->zone, w->zone) != 0));
}

/* Begins what is due for one of them, if anything is. */
static void
begin_next(struct worker_calendars *w, struct http_client *http, int64_t now_ms)
{
    // What is kept first: it need not wait for a network that is away.
    for (int i = 0; i < w->count && w->doing == CALENDARS_IDLE; i++) {
        w->at = i;
        if (is_of_another_day(w, &w->list[i]))
            read_kept(w, http, now_ms);
    }
    for (int i = 0; i < w->count && w->doing == CALENDARS_IDLE; i++) {
        struct worker_calendar *c = &w->list[i];
        if (now_ms < c->polling.next_ms)
            continue;
        w->at = i;
        if (c->path)
            look_at_file(w, http, now_ms);
        else
            ask(w, http, now_ms);
    }
}

int64_t
worker_calendars_tick(struct worker_calendars *w, struct http_client *http,
                      const char *feed_zone, bool is_clock_trusted,
                      int64_t now_ms)
{
    if (w->count == 0)
        return INT64_MAX;
    if (w->doing == CALENDARS_READING && child_turn(w->child))
        finish_reading(w, http, now_ms);
    int64_t due_ms = now_ms + LOOK_EVERY_S * 1000;
    if (w->doing != CALENDARS_IDLE)
        return INT64_MAX; // the answer, or the child, wakes us
    if (!is_clock_trusted || !has_program(w, now_ms))
        return due_ms;
    look_at_the_day(w, feed_zone);
    begin_next(w, http, now_ms);
    if (w->doing != CALENDARS_IDLE)
        return INT64_MAX;
    for (int i = 0; i < w->count; i++)
        if (w->list[i].polling.next_ms < due_ms)
            due_ms = w->list[i].polling.next_ms;
    return due_ms;
}
