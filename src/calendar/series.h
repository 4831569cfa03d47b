#ifndef CALENDAR_SERIES_H
#define CALENDAR_SERIES_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/calendar.h"
#include "calendar/zones.h"

/*
 * The events of one UID: those that stand for themselves or recur, and those
 * that replace one of them (RECURRENCE-ID, RFC 5545 §3.8.4.4) or one and all
 * later ones. Of several versions the one with the highest SEQUENCE counts,
 * then the one changed last, then the last in the file.
 *
 * Times of a series are told apart by a key: the moment, or for whole days the
 * midnight as shown_s. So it does not matter in which zone an exception is
 * written.
 */

struct replacement {
    int64_t key; // of the one it replaces
    const struct event *event;
};

struct series {
    const struct event **masters; // owned; by start
    int master_count;
    struct replacement *replacements; // owned; by key, each key once
    int replacement_count;
    const struct replacement **onward; // owned; those that reach on, by key
    int onward_count;
    bool is_all_day;         // what the first master is
    const struct zone *zone; // and where
    int64_t clock_s;         // and at what time of day
};

/* Of `count` events with the same UID. Borrows them. */
void series_init(struct series *s, struct zones *z,
                 const struct event *const *events, int count);
void series_destroy(struct series *s);

int64_t series_key(const struct series *s, struct zones *z,
                   const struct stamp *stamp);

bool series_is_replaced(const struct series *s, int64_t key);

/* The last that reaches on from before `key`; NULL: none. */
const struct replacement *series_onward(const struct series *s, int64_t key);

#endif
