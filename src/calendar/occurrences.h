#ifndef CALENDAR_OCCURRENCES_H
#define CALENDAR_OCCURRENCES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "calendar/calendar.h"
#include "calendar/zones.h"

/*
 * When the events of a calendar take place: each recurrence by itself, with
 * what moved, what was called off and the clock changes seen to. Everything
 * recurs in what the clock on the wall shows, and becomes a moment only then.
 */

#define OCCURRENCES_MOST 500

struct window {
    int32_t from_day;        // days since 1970
    int32_t until_day;       // the first that is not asked for
    const struct zone *zone; // where those days are
};

struct occurrence {
    const struct event *event; // whose words they are
    bool is_all_day;
    int64_t start_s, end_s; // UTC; for whole days midnights as shown_s
    int64_t moment_s;       // when it begins in the window's zone
    int64_t key;            // as in series.h
    int series;             // number of the event that recurs
};

struct occurrences {
    struct occurrence list[OCCURRENCES_MOST]; // by start; whole days first
    int count;
    bool was_cut;     // there are later ones still
    int rules_broken; // recurrences that could not be followed, and were not
    int rules_too_often;
};

/*
 * All that take place in the window, at least partly. False, with a sentence,
 * when the calendar has so many recurrences that they cannot all be looked at.
 */
bool occurrences_find(struct occurrences *found, const struct calendar *c,
                      struct zones *zones, const struct window *window,
                      struct problem *why);

#endif
