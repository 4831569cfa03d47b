#include "tests/calendar_stand.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "calendar/calendar.h"
#include "calendar/occurrences.h"
#include "calendar/write.h"
#include "core/date.h"

static void
add_day(struct text *out, int64_t shown_s)
{
    struct local l = local_time(NULL, shown_s);
    text_add_format(out, "%04d-%02d-%02d", l.year, l.month, l.date);
}

static void
add_occurrence(struct text *out, const struct occurrence *o,
               const struct calendar *c, const struct zone *zone)
{
    if (o->is_all_day) {
        add_day(out, o->start_s);
        text_add_char(out, ' ');
        add_day(out, o->end_s);
    } else {
        write_moment(out, o->start_s, zone);
        text_add_char(out, ' ');
        write_moment(out, o->end_s, zone);
    }
    text_add_format(out, " %s", o->event->summary);
    if (c->is_cancelled || strcmp(o->event->status, "CANCELLED") == 0)
        text_add_string(out, " CANCELLED");
    text_add_char(out, '\n');
}

static void
add_found(struct text *out, const struct calendar *c, const char *from,
          const char *until)
{
    struct zone *london = zone_open("Europe/London");
    struct window window = {day_parse(from), day_parse(until), london};
    struct occurrences *found = memory_take(sizeof *found);
    struct zones zones;
    struct problem why = {0};
    zones_init(&zones, c, london, (window.until_day + 370) * (int64_t) DAY_S);
    if (!occurrences_find(found, c, &zones, &window, &why))
        text_add_format(out, "[%s]\n", why.text);
    for (int i = 0; i < found->count; i++)
        add_occurrence(out, &found->list[i], c, london);
    if (found->was_cut)
        text_add_string(out, "[cut]\n");
    if (found->rules_broken)
        text_add_string(out, "[broken rule]\n");
    if (found->rules_too_often)
        text_add_string(out, "[too often]\n");
    zones_destroy(&zones);
    free(found);
    zone_close(london);
}

void
calendar_stand_expand(struct text *out, const char *inside, const char *from,
                      const char *until)
{
    struct text whole = {0};
    struct calendar calendar;
    struct problem why = {0};
    text_add_format(&whole, "BEGIN:VCALENDAR\n%sEND:VCALENDAR\n", inside);
    if (calendar_read(&calendar, whole.bytes, whole.len, &why))
        add_found(out, &calendar, from, until);
    else
        text_add_format(out, "[%s]\n", why.text);
    calendar_destroy(&calendar);
    text_destroy(&whole);
}
