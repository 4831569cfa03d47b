#ifndef KIOSK_WORKER_CALENDAR_H
#define KIOSK_WORKER_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"
#include "core/polling.h"
#include "io/cache.h"
#include "io/child.h"
#include "io/http_client.h"
#include "kiosk/calendar_run.h"
#include "kiosk/local_meetings.h"
#include "kiosk/worker.h"

/*
 * Meetings from the calendars in the settings: asked for when they are due,
 * read by staffroom-calendar in a process of its own, and read again when a new
 * day begins or the zone is another. One at a time, so that one calendar at
 * most is in memory; between two readings it is in the cache alone. Whatever
 * goes wrong, the meetings that were found last stay. Worker thread.
 *
 * Nothing is asked or read before the clock can be trusted: meetings are not
 * shown before then either. The log never has a calendar's address: whoever
 * knows it may read it all.
 */

#define WORKER_CALENDAR_TAG (-2)

struct worker_calendar {
    const struct calendar_setting *setting; // borrowed
    char *path;             // owned, absolute; NULL where it is a web address
    struct polling polling; // of the address, or of looks at the file
    uint64_t stamp;         // of the file when it was read
    bool was_opened;        // the kept copy was looked for

    /* The edition whose meetings are up. */
    uint64_t content; // hash of it; 0: there is none
    char etag[256];
    char last_modified[64];
    int64_t good_s; // wall time when it was known to be the newest
    int32_t day;    // it was read on; DAY_NONE
    char zone[CALENDAR_RUN_ZONE_BYTES];
    struct local_meetings *found; // owned; NULL: none yet

    char why[240]; // the last answer was no good; "" it was
};

struct worker_calendars {
    const struct clock *clock; // borrowed; for wall time only
    struct cache *cache;       // borrowed
    struct worker_calendar list[CALENDARS_MOST];
    int count;
    char *program;   // owned; NULL: not found
    int64_t seek_ms; // when to look for it again

    /* What is being done, to list[at]. */
    enum {
        CALENDARS_IDLE,
        CALENDARS_ASKING,
        CALENDARS_READING,
    } doing;
    int at;
    bool is_conditional;         // ASKING
    struct child *child;         // READING; owned
    struct cached_feed incoming; // what it reads
    bool is_new;                 // it did not come out of the cache
    int32_t day;                 // of this tick
    char zone[CALENDAR_RUN_ZONE_BYTES];

    /* For whoever publishes. */
    struct local_meetings *all; // owned; new ones that nobody has taken yet
};

void worker_calendars_init(struct worker_calendars *w,
                           const struct worker_settings *s, struct cache *cache,
                           int64_t now_ms);
void worker_calendars_destroy(struct worker_calendars *w);

/*
 * Asks, looks or reads what is due. `feed_zone` is the name of the feed's zone,
 * or "". Returns when to call again; earlier when the descriptor that `http`
 * watches for us can be read.
 */
int64_t worker_calendars_tick(struct worker_calendars *w,
                              struct http_client *http, const char *feed_zone,
                              bool is_clock_trusted, int64_t now_ms);

/* Takes what is of use out of the reply; the caller destroys it, and ticks. */
void worker_calendars_answer(struct worker_calendars *w,
                             struct http_client *http,
                             struct http_reply *reply, int64_t now_ms);

#endif
