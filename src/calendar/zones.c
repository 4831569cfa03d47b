#include "calendar/zones.h"

#include <string.h>
#include <strings.h>

#include "calendar/vtimezone.h"
#include "calendar/windows_zones.h"

/* Names that stand in no list. */
static const struct {
    const char *name, *iana;
} others[] = {
    {"Z", "Etc/UTC"},
    {"tzone://Microsoft/Utc", "Etc/UTC"},
};

static struct zone *
open_vtimezone(const struct zones *z, const char *tzid)
{
    for (const struct vtimezone *v = z->calendar->vtimezones; v; v = v->next)
        if (strcmp(v->tzid, tzid) == 0)
            return vtimezone_open(v, z->until_s);
    return NULL;
}

static struct zone *
open_listed(const char *tzid)
{
    const char *iana = windows_zone(tzid);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(tzid, others[i].name) == 0)
            iana = others[i].iana;
    return iana ? zone_open(iana) : NULL;
}

/* "…/Europe/London": from the second slash from the right, then from the
   third, for "…/America/Argentina/Salta". */
static struct zone *
open_end(const char *tzid)
{
    struct zone *zone = NULL;
    int slashes = 0;
    for (const char *c = tzid + strlen(tzid); c > tzid && !zone; c--)
        if (c[-1] == '/' && ++slashes >= 2 && slashes <= 3)
            zone = zone_open(c);
    return zone;
}

static struct zone *
open_zone(const struct zones *z, const char *tzid)
{
    struct zone *zone = NULL;
    if (!*tzid) // which base/zone takes for the machine's own
        return NULL;
    if (strchr(tzid, '/'))
        zone = zone_open(tzid);
    if (!zone)
        zone = open_vtimezone(z, tzid);
    if (!zone)
        zone = zone_open(tzid);
    if (!zone)
        zone = open_listed(tzid);
    return zone ? zone : open_end(tzid);
}

static const struct zone *
look_up(struct zones *z, const char *tzid)
{
    for (int i = 0; i < z->count; i++)
        if (strcmp(z->known[i].tzid, tzid) == 0)
            return z->known[i].zone;
    if (z->count == ZONES_MOST)
        return NULL;
    struct zone *zone = open_zone(z, tzid);
    z->known[z->count].tzid = tzid;
    z->known[z->count++].zone = zone;
    return zone;
}

void
zones_init(struct zones *z, const struct calendar *calendar,
           const struct zone *partnership, int64_t until_s)
{
    *z = (struct zones){.calendar = calendar, .until_s = until_s};
    const struct zone *own = look_up(z, calendar->zone);
    z->usual = own ? own : partnership;
}

void
zones_destroy(struct zones *z)
{
    for (int i = 0; i < z->count; i++)
        zone_close(z->known[i].zone);
    *z = (struct zones){0};
}

const struct zone *
zones_find(struct zones *z, const char *tzid)
{
    const struct zone *zone = *tzid ? look_up(z, tzid) : NULL;
    return zone ? zone : z->usual;
}

const struct zone *
zones_of(struct zones *z, const struct stamp *stamp,
         const struct zone *floating)
{
    if (stamp->is_utc)
        return NULL;
    return stamp->tzid && *stamp->tzid ? zones_find(z, stamp->tzid) : floating;
}

int64_t
zones_moment(struct zones *z, const struct stamp *stamp,
             const struct zone *floating)
{
    return zone_to_utc(zones_of(z, stamp, floating), stamp->shown_s);
}
