#ifndef CALENDAR_EVENT_LENGTH_H
#define CALENDAR_EVENT_LENGTH_H

#include "calendar/calendar.h"
#include "calendar/zones.h"

/*
 * How long an event lasts, which recurs with it (RFC 5545 §3.6.1, §3.8.5.3):
 * to the second where it has an end, by the calendar where it has a length of
 * days, and at least a day where it has no time. Never below nothing.
 */

/* `zone` is the one of its start. Of whole days only `days` is set. */
struct span event_length(const struct event *e, struct zones *z,
                         const struct zone *zone);

/* What is longer than a year is not looked for where it recurs. */
#define EVENT_REACH_MOST_S (366 * INT64_C(86400))

/* How long before a day that day's events may have begun. */
int64_t event_reach_s(const struct span *length);

#endif
