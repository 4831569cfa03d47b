#ifndef HUB_CALENDARS_PART_H
#define HUB_CALENDARS_PART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "base/zone.h"
#include "io/hub_store.h"

/*
 * What calendars.c (which is read when, and what became of it) has from
 * calendars_run.c (the programs' runs) and calendars_take.c (what they said
 * becomes what is kept; pure).
 */

struct child;

/* ---- calendars_run.c ---- */

enum reading_stage {
    READING_NONE,
    READING_FETCH, // it is brought from its address
    READING_LINES, // its meetings are worked out
};

struct reading { // of one calendar; zero: of none
    enum reading_stage stage;
    struct child *child; // owned
    struct arena arena;
    // How it was, then how it is going to be. Its strings are in the arena.
    struct hub_calendar calendar;
    const char *from, *until; // days
    const char *zone_name;
    struct zone *zone; // owned
    int retry_after_s; // it was asked for; 0: not
};

struct reading_programs {
    char *fetch, *calendar; // owned
    int beside;
};

/* Starts it; calendar, from, until and the zone are set. */
bool reading_start(struct reading *r, const struct reading_programs *p,
                   struct problem *why);

enum reading_end {
    READING_GOES_ON,
    READING_CHANGED, // calendar.document is what it is now
    READING_SAME,
    READING_FAILED, // `why` is for people
};
/* When its child may have something to say. */
enum reading_end reading_turn(struct reading *r,
                              const struct reading_programs *p,
                              struct problem *why);
/* Also one that is under way. */
void reading_end(struct reading *r, const struct reading_programs *p);

/* ---- calendars_take.c ---- */

#define CALENDARS_FETCH_MOST ((size_t) 1024 * 1024) // of a calendar's bytes

/* What `staffroom-hub --fetch` said: fetch.h has the form. Strings in `a`. */
struct calendars_fetched {
    bool is_same; // as what is kept already; there is no body
    const char *etag, *modified;
    const char *body; // borrowed
    size_t len;
    const char *sentence; // why there is neither; "" when there is
    int retry_after_s;
};
bool calendars_take_fetched(struct arena *a, const struct text *said,
                            struct calendars_fetched *out, struct problem *why);

/* False for what is a web page and no calendar: `why` is for people. */
bool calendars_is_calendar(const char *body, size_t len, struct problem *why);

/* How often it wants to be read (RFC 7986 §5.7 REFRESH-INTERVAL, or
   X-PUBLISHED-TTL), in seconds; 0: it does not say. */
int calendars_refresh_s(const char *body, size_t len);

/*
 * The meetings among the lines of staffroom-calendar, as a JSON Feed: those with
 * the words of `filter`, without cancelled ones. False when the lines are not
 * its.
 */
bool calendars_take_lines(struct text *document, const struct text *lines,
                          const char *filter, const char *zone_name,
                          struct zone *zone, struct problem *why);

#endif
