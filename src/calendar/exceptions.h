#ifndef CALENDAR_EXCEPTIONS_H
#define CALENDAR_EXCEPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/series.h"

/*
 * The EXDATEs of one event (RFC 5545 §3.8.5.1), however they are written: in
 * its zone, in another, in UTC, floating, or as a day on which there is none.
 */

struct exceptions {
    int64_t *keys; // owned; as series_key has them, ascending
    int64_t *days; // owned; midnights as shown_s, ascending
    int key_count, day_count;
};

void exceptions_init(struct exceptions *x, const struct series *s,
                     struct zones *z, const struct extra_date *dates);
void exceptions_destroy(struct exceptions *x);

/* Whether the one with this key, which begins when a clock there shows
   shown_s, is left out. */
bool exceptions_hold(const struct exceptions *x, int64_t key, int64_t shown_s);

#endif
