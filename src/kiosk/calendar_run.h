#ifndef KIOSK_CALENDAR_RUN_H
#define KIOSK_CALENDAR_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"
#include "base/zone.h"
#include "core/config.h"
#include "io/child.h"
#include "kiosk/local_meetings.h"

/*
 * One run of staffroom-calendar: a calendar's bytes in, its meetings from
 * yesterday until sixty days from now out. Strangers wrote what it reads, so it
 * is a process of its own, with limits; whatever becomes of it is a sentence.
 */

#define CALENDAR_RUN_MOST_BYTES ((size_t) 1024 * 1024) // of a calendar
#define CALENDAR_RUN_ZONE_BYTES 64
#define CALENDAR_RUN_ACCEPT "text/calendar, */*;q=0.1"

/* Where the program is: beside our own, else in PATH. Malloc'ed; NULL, with a
   sentence in `why`, when it is not installed. */
char *calendar_run_find(struct problem *why);

/*
 * The name of the zone its days are of: the feed's, else the machine's, else
 * UTC. `feed_zone` may be "".
 */
void calendar_run_zone(const char *feed_zone,
                       char name[CALENDAR_RUN_ZONE_BYTES]);

/* What takes a turn with child_turn. NULL when it cannot be started. */
struct child *calendar_run_start(const char *program, const struct text *bytes,
                                 int32_t today, const char *zone_name,
                                 struct problem *why);

/* What it found, once child_turn was true; the caller still frees the child.
   NULL when it has failed, with a sentence in `why`. */
struct local_meetings *calendar_run_end(struct child *c,
                                        const struct calendar_setting *from,
                                        const char *zone_name,
                                        struct problem *why);

/* A web page that came where a calendar was asked for: a sign-in. */
bool calendar_run_is_web_page(const struct text *bytes);

#endif
