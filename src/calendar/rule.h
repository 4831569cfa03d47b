#ifndef CALENDAR_RULE_H
#define CALENDAR_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "calendar/stamp.h"

/*
 * A recurrence rule (RRULE, RFC 5545 §3.3.10), walked in what the clock on the
 * wall shows. The only file that knows libical, and it knows nothing of it but
 * its recurrence iterator: given no zone, that counts days and weeks and leaves
 * zones, COUNT, UNTIL and exceptions to us. libical keeps one thing for the
 * whole process, whether errors are fatal; rule_read says they are not.
 */

enum rule_verdict {
    RULE_GOOD,
    RULE_BROKEN,
    RULE_TOO_OFTEN,      // more often than daily: no meeting is
    RULE_OTHER_CALENDAR, // RSCALE (RFC 7529) other than Gregorian
};

struct rule_parts; // libical's

struct rule {
    int count;          // COUNT; 0: none. The caller's to heed
    struct stamp until; // UNTIL, is_set false: none. The caller's to heed
    struct rule_parts *parts;
    int64_t last_s, until_s; // of the walk
    bool has_last;
};

/* `rule` needs rule_destroy whatever the answer is. */
enum rule_verdict rule_read(struct rule *rule, const char *text);
void rule_destroy(struct rule *rule);

/*
 * To walk from the event's first time on. With a COUNT that is where counting
 * begins; without, what lies before from_s may be left out, and is as far as
 * that is cheap. Nothing after until_s is found.
 */
void rule_start(struct rule *rule, const struct stamp *first, int64_t from_s,
                int64_t until_s);

/* The next time as shown_s, always later than the one before. `first` itself
   is among them only if the rule says so. False: there are no more. */
bool rule_next(struct rule *rule, int64_t *shown_s);

#endif
