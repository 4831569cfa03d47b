#ifndef CALENDAR_WRITE_H
#define CALENDAR_WRITE_H

#include <stdbool.h>

#include "base/text.h"
#include "calendar/occurrences.h"

/*
 * Occurrences as lines of JSON:
 *   {"uid","summary","start","end","all_day","location","description","url",
 *    "status"}
 * Every field is there, "" where nothing was said. start and end are RFC 3339
 * with the offset of the window's zone; dates for whole days, where the end is
 * the day after the last. status is RFC 5545's word (§3.8.1.11): CONFIRMED,
 * also where nothing is said, TENTATIVE or CANCELLED. Texts are plain: no
 * control characters, no backslashes, no HTML, and as long as fits a wall.
 */

#define WRITE_UID_MOST 255 // characters
#define WRITE_SUMMARY_MOST 200
#define WRITE_LOCATION_MOST 200
#define WRITE_DESCRIPTION_MOST 2000
#define WRITE_URL_MOST 2000

void write_occurrences(struct text *out, const struct occurrences *found,
                       const struct calendar *c, const struct zone *zone);

/* "2026-06-10T15:45:00+01:00" */
void write_moment(struct text *out, int64_t utc_s, const struct zone *zone);

#endif
