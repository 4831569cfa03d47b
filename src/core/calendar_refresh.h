#ifndef CORE_CALENDAR_REFRESH_H
#define CORE_CALENDAR_REFRESH_H

#include <stddef.h>

/*
 * How often a calendar wants to be asked for: REFRESH-INTERVAL (RFC 7986 §5.7),
 * else X-PUBLISHED-TTL, which Outlook and Google write. Only what stands before
 * its first event is looked at. Pure.
 */

#define CALENDAR_REFRESH_LEAST_S (15 * 60)
#define CALENDAR_REFRESH_USUAL_S (30 * 60) // where it does not say
#define CALENDAR_REFRESH_MOST_S (60 * 60)

/* Seconds, never less nor more than the above. `bytes` may be anything. */
int calendar_refresh_s(const char *bytes, size_t len);

#endif
