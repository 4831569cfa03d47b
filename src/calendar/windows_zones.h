#ifndef CALENDAR_WINDOWS_ZONES_H
#define CALENDAR_WINDOWS_ZONES_H

/*
 * Windows' names of time zones, which Outlook and Exchange write as TZID:
 * "GMT Standard Time" is Europe/London, summer time and all.
 */

struct windows_zone {
    const char *windows;
    const char *iana;
};

#define WINDOWS_ZONE_COUNT 139
extern const struct windows_zone windows_zones[WINDOWS_ZONE_COUNT];

/* The IANA name; NULL when Windows has no zone of that name. Case is ignored. */
const char *windows_zone(const char *name);

#endif
