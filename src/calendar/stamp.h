#ifndef CALENDAR_STAMP_H
#define CALENDAR_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Days, times and lengths as a calendar writes them (RFC 5545 §3.3.4 to
 * §3.3.6 and §3.3.14), before anybody has asked which zone they are in.
 */

struct stamp {
    int64_t shown_s; // what a clock there shows: seconds as if it were UTC
    bool is_set;     // false: there is none, and the rest means nothing
    bool is_date;    // a whole day; shown_s is its midnight
    bool is_utc;
    const char *tzid; // borrowed; "" in UTC and where the time floats
};

struct span {
    int64_t days;    // of the calendar: a day of 23 hours counts as one
    int64_t seconds; // exact
};

/* "20260610", "20260610T154500", "20260610T144500Z", nothing else in `len`
   bytes. Years 1 to 9999. False: `out` is not set. */
bool stamp_read(struct stamp *out, const char *text, size_t len,
                const char *tzid);

/* "PT1H30M", "P1W", "-P1D"; units in any order. Either part may be negative. */
bool span_read(struct span *out, const char *text, size_t len);

/* "+0100", "-005328": seconds east of UTC. */
bool stamp_read_offset(int32_t *out_s, const char *text);

/* The midnight that began the day in which the clock shows shown_s. */
int64_t stamp_midnight(int64_t shown_s);

#endif
