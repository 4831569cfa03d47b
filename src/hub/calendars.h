#ifndef HUB_CALENDARS_H
#define HUB_CALENDARS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "io/hub_store.h"

/*
 * Reads the .ics calendars of the store's list, one at a time and beside the
 * requests: this program itself is run as `staffroom-hub --fetch`
 * (fetch.h), then staffroom-calendar on what came. What they say becomes the
 * calendar's document in the store, and by that is in feeds; when it goes
 * wrong, the last one stays and the store has a sentence for people. Nothing
 * here blocks.
 *
 * Each is read every half hour, or as often as it wants itself, 15 to 60
 * minutes; sooner again where it went wrong. Addresses are in no log.
 */

#define CALENDARS_MEETINGS_MOST 100 // of one calendar
#define CALENDARS_DAYS 60           // to come

struct calendars; // NULL: one that reads nothing

struct calendars_settings {
    struct hub_store *store;
    const char *fetch_program;    // a whole path; it is given --fetch
    const char *calendar_program; // a whole path; "": found by itself
    int beside; // epoll descriptor that gets to know what is waited for
    uint32_t seed;
};

/* Never NULL. */
struct calendars *calendars_open(const struct calendars_settings *s,
                                 const struct now *now);
void calendars_close(struct calendars *c);

/* False: staffroom-calendar is not on this machine, so nothing is read. */
bool calendars_has_program(const struct calendars *c);

/* After the store's list was changed: new ones are read at once. */
void calendars_sync(struct calendars *c, const struct now *now);

/* It is to be read as soon as can be. */
void calendars_want(struct calendars *c, int64_t number, const struct now *now);
/* Whether it is being read, or about to be. */
bool calendars_is_reading(const struct calendars *c, int64_t number);

/* Now and then. */
void calendars_tick(struct calendars *c, const struct now *now);
/* When what is waited for has happened. True when a reading has ended. */
bool calendars_turn(struct calendars *c, const struct now *now);

#endif
