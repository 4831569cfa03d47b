#ifndef CORE_DATE_H
#define CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/zone.h"

/*
 * Calendar arithmetic: Gregorian, pure. A `day` is a count of days since
 * 1970-01-01, which makes "tomorrow" day + 1 across every month and clock
 * change. Years 1900 to 9999.
 */

#define DAY_NONE INT32_MIN
#define TIME_NONE INT64_MIN
#define DAY_S 86400

struct local { // what a clock and a calendar on the wall show
    int32_t day;
    int year, month, date; // month and date from 1
    int weekday;           // 0 = Monday … 6 = Sunday
    int minute;            // since midnight, 0 to 1439
};

struct local local_time(const struct zone *z, int64_t utc_s);

int32_t day_from_date(int year, int month, int date);
int day_weekday(int32_t day); // 0 = Monday

/* "2026-11-26" and nothing else. DAY_NONE when it is no such date. */
int32_t day_parse(const char *text);

/*
 * RFC 3339 ("2026-11-26T15:45:00+00:00", fractions and "Z" allowed, seconds
 * optional), or local "2026-11-26T15:45" in `z`. TIME_NONE when it is neither.
 */
int64_t time_parse(const char *text, const struct zone *z);

/* ISO 8601 week "2026-W48": its Monday. DAY_NONE when it is no such week. */
int32_t week_parse(const char *text);

/* The Monday on or before `day`. */
int32_t day_monday(int32_t day);

/* "08:30" as minutes since midnight ("24:00" is 1440); -1 when it is not. */
int minute_parse(const char *text);

extern const char *const weekday_names[7];       // "Monday" …
extern const char *const weekday_short_names[7]; // "Mon" …
extern const char *const month_names[12];        // "January" …

#endif
