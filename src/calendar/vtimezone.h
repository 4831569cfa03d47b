#ifndef CALENDAR_VTIMEZONE_H
#define CALENDAR_VTIMEZONE_H

#include "base/zone.h"
#include "calendar/calendar.h"

/*
 * The zone that a VTIMEZONE describes (RFC 5545 §3.6.5), right until until_s.
 * NULL when it describes nothing. The caller closes it.
 */
struct zone *vtimezone_open(const struct vtimezone *v, int64_t until_s);

#endif
