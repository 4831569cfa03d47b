#include "hub/content_time.h"

#define MINUTE_S 60
#define LATER_S (3 * 3600) // clocks change by less, and not twice in it
#define THURSDAY 3

static bool
shows(const struct zone *z, int64_t utc_s, int32_t day, int minute)
{
    struct local l = local_time(z, utc_s);
    return l.day == day && l.minute == minute;
}

bool
content_moment(const struct zone *z, int32_t day, int minute, int64_t after_s,
               int64_t *out)
{
    int64_t first_s = zone_to_utc(z, (int64_t) day * DAY_S + minute * MINUTE_S);
    int64_t second_s = first_s + zone_offset_s(z, first_s) -
                       zone_offset_s(z, first_s + LATER_S);
    bool takes_second = after_s != TIME_NONE && first_s <= after_s &&
                        second_s > after_s && shows(z, second_s, day, minute);
    *out = takes_second ? second_s : first_s;
    return shows(z, *out, day, minute);
}

const char *
content_day_value(struct arena *a, int32_t day)
{
    if (day == DAY_NONE)
        return "";
    struct local l = local_time(NULL, (int64_t) day * DAY_S);
    return arena_format(a, "%04d-%02d-%02d", l.year, l.month, l.date);
}

const char *
content_minute_value(struct arena *a, int minute)
{
    return arena_format(a, "%02d:%02d", minute / 60, minute % 60);
}

const char *
content_day_words(struct arena *a, int32_t day, int32_t today)
{
    struct local l = local_time(NULL, (int64_t) day * DAY_S);
    struct local t = local_time(NULL, (int64_t) today * DAY_S);
    const char *month = month_names[l.month - 1];
    const char *weekday = weekday_names[l.weekday];
    if (l.year == t.year)
        return arena_format(a, "%s %d %s", weekday, l.date, month);
    return arena_format(a, "%s %d %s %d", weekday, l.date, month, l.year);
}

int32_t
content_thursday_near(int32_t day)
{
    return day_monday(day) + THURSDAY;
}
