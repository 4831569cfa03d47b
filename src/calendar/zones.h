#ifndef CALENDAR_ZONES_H
#define CALENDAR_ZONES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/zone.h"
#include "calendar/calendar.h"

/*
 * Which zone a TZID means, in this order:
 *   a place known to tzdata ("Europe/London"), which is righter than what an
 *     exporter wrote down of it: some leave the summer out;
 *   the file's own VTIMEZONE of that name;
 *   any other name known to tzdata ("UTC");
 *   Windows' names ("GMT Standard Time");
 *   a place at its end ("/mozilla.org/20050126_1/Europe/London");
 *   the calendar's zone (X-WR-TIMEZONE), and the partnership's.
 * As in base/zone, a NULL zone is UTC.
 */

#define ZONES_MOST 64 // names of zones in one file; further ones are not known

struct zones {
    const struct calendar *calendar; // borrowed
    const struct zone *usual; // for times that float, and names nobody knows
    struct {
        const char *tzid;
        struct zone *zone; // owned; NULL: not known
    } known[ZONES_MOST];
    int count;
    int64_t until_s; // how far VTIMEZONEs are followed
};

/* `partnership` is borrowed, and like the calendar outlives this. */
void zones_init(struct zones *z, const struct calendar *calendar,
                const struct zone *partnership, int64_t until_s);
void zones_destroy(struct zones *z);

/* Borrowed; "" is the usual one. */
const struct zone *zones_find(struct zones *z, const char *tzid);

/* The zone in which `stamp` was written; `floating` if it does not say. */
const struct zone *zones_of(struct zones *z, const struct stamp *stamp,
                            const struct zone *floating);

/* The moment of it, or of the midnight that begins it. */
int64_t zones_moment(struct zones *z, const struct stamp *stamp,
                     const struct zone *floating);

#endif
