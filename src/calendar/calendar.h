#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "calendar/stamp.h"

/*
 * What an iCalendar file (RFC 5545) says, before anything is made of it: its
 * events in their order, its own time zones, and which zone it is written for.
 * Strict about being a whole calendar, lenient about everything inside one.
 * Texts are as written, with their backslashes, and borrowed from the bytes.
 */

#define CALENDAR_MOST_BYTES ((size_t) 1024 * 1024)

struct rule_text { // an RRULE
    const char *text;
    struct rule_text *next;
};

struct extra_date { // one of an RDATE or EXDATE
    struct stamp at;
    struct stamp until; // PERIOD with an end
    struct span length; // PERIOD with a length
    bool has_length;
    struct extra_date *next;
};

struct event {
    const char *uid; // "": none
    const char *summary, *location, *description, *url, *status; // never NULL
    struct stamp start, end;
    struct span length; // DURATION
    bool has_length;
    bool says_all_day;       // X-MICROSOFT-CDO-ALLDAYEVENT
    struct stamp instead_of; // RECURRENCE-ID: it replaces that one of a series
    bool reaches_on;         // and all later ones (RANGE=THISANDFUTURE)
    long sequence;
    int64_t changed_s; // the later of LAST-MODIFIED and DTSTAMP, or 0
    struct rule_text *rules;
    struct extra_date *dates, *exceptions;
    int number; // in the file, from 0
    struct event *next;
};

struct observance { // STANDARD or DAYLIGHT (§3.6.5)
    bool is_daylight;
    struct stamp start;
    int32_t from_s, to_s; // seconds east of UTC before and from then on
    bool has_offsets;
    struct rule_text *rules;
    struct extra_date *dates;
    struct observance *next;
};

struct vtimezone {
    const char *tzid;
    struct observance *observances;
    struct vtimezone *next;
};

struct calendar {
    struct arena arena; // everything above lies in it
    struct event *events;
    int event_count;
    struct vtimezone *vtimezones;
    const char *zone;  // X-WR-TIMEZONE; "": not said
    bool is_cancelled; // METHOD:CANCEL
    int without_start; // events left out, because nothing says when they are
};

/*
 * Reads `bytes`, which must outlive the calendar, are changed, and of which
 * bytes[len] must be writable. False, with a sentence: it is no calendar, or
 * not all of one. calendar_destroy either way.
 */
bool calendar_read(struct calendar *c, char *bytes, size_t len,
                   struct problem *why);
void calendar_destroy(struct calendar *c);

#endif
