#include "core/wording.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"

#define NO_BREAK "\xC2\xA0"  // keeps "16:30 to 18:00" on one line
#define REMARK_CHARACTERS 80 // of a meeting's text, to stand beside its block

static const char *const month_short_names[12] = {
    "Jan",  "Feb", "Mar",  "Apr", "May", "June",
    "July", "Aug", "Sept", "Oct", "Nov", "Dec",
};

static struct local
local_day(int32_t day)
{
    return local_time(NULL, (int64_t) day * DAY_S);
}

/* "12 November", with the year where it is not `this_year`. */
static const char *
day_and_month(struct arena *a, struct local l, int this_year)
{
    const char *month = month_names[l.month - 1];
    if (l.year == this_year)
        return arena_format(a, "%d %s", l.date, month);
    return arena_format(a, "%d %s %d", l.date, month, l.year);
}

const char *
wording_date(struct arena *a, const struct zone *z, int64_t wall_s)
{
    struct local l = local_time(z, wall_s);
    return arena_format(a, "%s %d %s", weekday_names[l.weekday], l.date,
                        month_names[l.month - 1]);
}

const char *
wording_time(struct arena *a, const struct zone *z, int64_t wall_s)
{
    struct local l = local_time(z, wall_s);
    return arena_format(a, "%02d:%02d", l.minute / 60, l.minute % 60);
}

const char *
wording_day_ago(struct arena *a, const struct zone *z, int64_t then_s,
                struct now now)
{
    struct local then = local_time(z, then_s);
    if (!now.is_trusted)
        return day_and_month(a, then, then.year);
    struct local today = local_time(z, now.wall_s);
    int32_t days = today.day - then.day;
    if (days <= 0) // ahead of us: two clocks that do not quite agree
        return "today";
    if (days == 1)
        return "yesterday";
    if (days <= 6)
        return weekday_names[then.weekday];
    return day_and_month(a, then, today.year);
}

const char *
wording_as_of(struct arena *a, const struct zone *z, int64_t then_s,
              struct now now)
{
    struct local then = local_time(z, then_s);
    struct local today = local_time(z, now.wall_s);
    int32_t days = today.day - then.day;
    const char *time = wording_time(a, z, then_s);
    if (now.is_trusted && days <= 0)
        return arena_format(a, "as of %s", time);
    if (now.is_trusted && days <= 6)
        return arena_format(a, "as of %s %s", weekday_names[then.weekday],
                            time);
    int this_year = now.is_trusted ? today.year : then.year;
    return arena_format(a, "as of %s", day_and_month(a, then, this_year));
}

/* --- meetings --- */

/* One meeting and the day it is read on. */
struct reading {
    struct arena *arena;
    const struct zone *zone;
    const struct item *meeting;
    struct local today;
    struct local shown;    // the day in the block: today while it goes on
    int32_t days;          // from today to the day in the block
    bool has_begun_before; // on an earlier day than today
};

static struct reading
reading_of(struct arena *a, const struct board *b, const struct item *meeting,
           struct now now)
{
    struct reading r = {.arena = a, .zone = b->zone, .meeting = meeting};
    // Without a clock nothing is "today": every meeting is far off.
    if (!now.is_trusted) {
        r.shown = local_day(meeting->starts_day);
        r.today = r.shown;
        r.days = INT32_MAX;
        return r;
    }
    r.today = local_time(b->zone, now.wall_s);
    r.has_begun_before = meeting->starts_day < r.today.day;
    r.shown = r.has_begun_before ? local_day(r.today.day)
                                 : local_day(meeting->starts_day);
    r.days = r.shown.day - r.today.day;
    return r;
}

static bool
has_time_in_block(const struct reading *r)
{
    return r->days <= 1 && !r->meeting->is_all_day && !r->has_begun_before;
}

/* Adds a part to a line of parts joined with ", ". */
static void
add_part(struct text *line, const char *part)
{
    if (line->len && *part)
        text_add_string(line, ", ");
    text_add_string(line, part);
}

/* "Thursday 16:30 to 17:00", as far as the block leaves it open. */
static const char *
start_part(const struct reading *r)
{
    const struct item *m = r->meeting;
    const char *weekday = r->days > 6 ? weekday_names[r->shown.weekday] : "";
    if (m->is_all_day || has_time_in_block(r) || r->has_begun_before)
        return weekday;
    const char *blank = *weekday ? " " : "";
    const char *start = wording_time(r->arena, r->zone, m->starts_s);
    if (m->ends_s == TIME_NONE || m->ends_day != m->starts_day)
        return arena_format(r->arena, "%s%s%s", weekday, blank, start);
    // Midnight is when the day is over: nobody is told to stay until then.
    if (local_time(r->zone, m->ends_s).minute == 0)
        return arena_format(r->arena, "%s%s%s", weekday, blank, start);
    return arena_format(r->arena, "%s%s%s" NO_BREAK "to" NO_BREAK "%s", weekday,
                        blank, start,
                        wording_time(r->arena, r->zone, m->ends_s));
}

/* "until 17:00", "until Friday", "until 4 December"; "" when said already. */
static const char *
end_part(const struct reading *r)
{
    const struct item *m = r->meeting;
    if (m->ends_day > r->shown.day) {
        struct local end = local_day(m->ends_day);
        bool is_near = r->days <= 6 && end.day - r->today.day <= 6;
        const char *day = is_near ? weekday_names[end.weekday]
                                  : day_and_month(r->arena, end, r->today.year);
        return arena_format(r->arena, "until %s", day);
    }
    bool is_wanted = has_time_in_block(r) || r->has_begun_before;
    if (m->is_all_day || m->ends_s == TIME_NONE || !is_wanted ||
        local_time(r->zone, m->ends_s).minute == 0)
        return "";
    return arena_format(r->arena, "until %s",
                        wording_time(r->arena, r->zone, m->ends_s));
}

/* The place or, where the feed names none, a short remark instead. */
static const char *
place_part(const struct reading *r)
{
    const char *text = r->meeting->text;
    size_t len = strlen(text);
    if (*r->meeting->place || !r->meeting->has_own_title ||
        strchr(text, '\n') || utf8_count(text, len) > REMARK_CHARACTERS)
        return r->meeting->place;
    if (len && text[len - 1] == '.') // it stands in a list of parts
        len--;
    return arena_copy(r->arena, text, len);
}

static const char *
detail_line(const struct reading *r)
{
    struct text line = {0};
    add_part(&line, start_part(r));
    add_part(&line, place_part(r));
    add_part(&line, end_part(r));
    const char *detail = arena_copy(r->arena, text_string(&line), line.len);
    text_destroy(&line);
    return detail;
}

const char *
wording_next_asker(struct arena *a, const struct board *b,
                   const struct item *question, struct now now)
{
    if (!*question->next_asker || !now.is_trusted)
        return "";
    int32_t today = local_time(b->zone, now.wall_s).day;
    int32_t next = question->on == DAY_NONE ? today + 7 : question->on + 7;
    if (next < today)
        return "";
    const char *when =
        next == today       ? "today"
        : next == today + 1 ? "tomorrow"
        : next <= today + 6
            ? arena_format(a, "on %s", weekday_names[day_weekday(next)])
            : "next week";
    return arena_format(a, "%s it’s %s", when, question->next_asker);
}

struct meeting_wording
wording_meeting(struct arena *a, const struct board *b,
                const struct item *meeting, struct now now)
{
    struct reading r = reading_of(a, b, meeting, now);
    struct meeting_wording w = {
        .top = r.days == 0   ? "Today"
               : r.days == 1 ? "Tomorrow"
               : r.days <= 6 ? weekday_short_names[r.shown.weekday]
                             : month_short_names[r.shown.month - 1],
        .is_today = r.days == 0,
    };
    w.big = has_time_in_block(&r) ? wording_time(a, b->zone, meeting->starts_s)
                                  : arena_format(a, "%d", r.shown.date);
    w.detail = detail_line(&r);
    return w;
}
