#include "calendar/event_length.h"

#include "core/date.h"

static struct span
length_in_days(const struct event *e)
{
    struct span length = {0};
    if (e->end.is_set) // a time on the last day makes it part of it
        length.days =
            (stamp_midnight(e->end.shown_s + (e->end.is_date ? 0 : DAY_S - 1)) -
             e->start.shown_s) /
            DAY_S;
    else if (e->has_length)
        length.days = e->length.days + (e->length.seconds + DAY_S - 1) / DAY_S;
    if (length.days < 1)
        length.days = 1;
    return length;
}

struct span
event_length(const struct event *e, struct zones *z, const struct zone *zone)
{
    struct span length = {0};
    if (e->start.is_date)
        return length_in_days(e);
    if (e->end.is_set)
        length.seconds = zones_moment(z, &e->end, zone) -
                         zone_to_utc(zone, e->start.shown_s);
    else if (e->has_length)
        length = e->length;
    if (length.seconds < 0 || length.days < 0)
        length = (struct span){0};
    return length;
}

int64_t
event_reach_s(const struct span *length)
{
    int64_t reach_s = length->days * DAY_S + length->seconds;
    return reach_s < EVENT_REACH_MOST_S ? reach_s : EVENT_REACH_MOST_S;
}
