#include "hub/meetings_page.h"

#include <string.h>

#include "core/date.h"
#include "hub/calendars_page.h"
#include "hub/content_page.h"
#include "hub/content_time.h"
#include "hub/html.h"
#include "hub/hub.h"

static const struct content_field title_field = {
    .name = "title",
    .label = "Title",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 80,
    .missing = "Give the meeting a title.",
};
static const struct content_field date_field = {
    .name = "date",
    .label = "Date",
    .input = CONTENT_DATE,
    .missing = "Say on which day it is.",
};
static const struct content_field start_field = {
    .name = "start",
    .label = "Starts at",
    .help = "Such as 15:45, as the clock in your school shows it.",
    .input = CONTENT_TIME,
};
static const struct content_field end_field = {
    .name = "end",
    .label = "Ends at",
    .help = "May be left empty.",
    .input = CONTENT_TIME,
};
static const struct content_field all_day_field = {
    .name = "all_day",
    .label = "All day",
    .input = CONTENT_TICK,
};
static const struct content_field last_field = {
    .name = "last",
    .label = "Last day",
    .help = "Only when it goes on for more than one day.",
    .input = CONTENT_DATE,
};
static const struct content_field place_field = {
    .name = "place",
    .label = "Place",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 60,
};
static const struct content_field notes_field = {
    .name = "notes",
    .label = "Notes",
    .help = "Shown where there is room.",
    .input = CONTENT_LINES,
    .most = 2000,
};

static const char *
name(struct content_page *p, const struct item *item)
{
    return arena_format(p->r->arena,
                        "the meeting \xE2\x80\x9C%.120s\xE2\x80\x9D on %s",
                        item->title, content_page_day(p, item->starts_day));
}

/* ---- when it is --------------------------------------------------------- */

struct times {         // as typed
    int32_t day, last; // last: DAY_NONE when not said
    int start, end;    // minutes; -1 when not said
    bool is_all_day;
};

static struct times
take_times(struct content_page *p)
{
    return (struct times){
        .day = content_page_take_day(p, &date_field),
        .last = content_page_take_day(p, &last_field),
        .start = content_page_take_minute(p, &start_field),
        .end = content_page_take_minute(p, &end_field),
        .is_all_day = form_has(&p->form, all_day_field.name),
    };
}

/*
 * The moment, or a complaint when clocks go forward over it. What was not
 * touched stays the moment it was: an hour that happens twice looks the same
 * both times.
 */
static int64_t
take_moment(struct content_page *p, const struct content_field *field,
            int32_t day, int minute, int64_t after_s, int64_t was_s)
{
    const struct zone *z = p->content.board.zone;
    int64_t moment_s;
    if (was_s != TIME_NONE) {
        struct local was = local_time(z, was_s);
        if (was.day == day && was.minute == minute)
            return was_s;
    }
    if (content_moment(z, day, minute, after_s, &moment_s))
        return moment_s;
    content_page_complain(
        p, field->name,
        arena_format(p->r->arena,
                     "There is no %s on %s: the clocks go forward over it. "
                     "Take an hour later.",
                     content_minute_value(p->r->arena, minute),
                     content_page_day(p, day)));
    return moment_s;
}

static void
set_all_day(struct content_page *p, const struct times *t, struct item *item)
{
    const struct zone *z = p->content.board.zone;
    item->is_all_day = true;
    item->starts_day = t->day;
    item->ends_day = t->last == DAY_NONE ? t->day : t->last;
    item->starts_s = zone_to_utc(z, (int64_t) item->starts_day * DAY_S);
    item->ends_s = zone_to_utc(z, ((int64_t) item->ends_day + 1) * DAY_S);
    if (item->ends_day < item->starts_day)
        content_page_complain(p, last_field.name,
                              "Its last day is before its first.");
}

static void
set_end(struct content_page *p, const struct times *t, int64_t was_s,
        struct item *item)
{
    int32_t day = t->last == DAY_NONE ? t->day : t->last;
    item->ends_s = TIME_NONE;
    item->ends_day = item->starts_day;
    if (t->end < 0 && day != t->day)
        content_page_complain(p, end_field.name,
                              "Say at what time it ends on its last day, or "
                              "leave the last day empty.");
    if (t->end < 0)
        return;
    item->ends_s =
        take_moment(p, &end_field, day, t->end, item->starts_s, was_s);
    item->ends_day = local_time(p->content.board.zone, item->ends_s - 1).day;
    if (item->ends_s <= item->starts_s)
        content_page_complain(p, end_field.name,
                              "It ends before it starts. Look at the times "
                              "again.");
}

static void
set_times(struct content_page *p, const struct times *t, struct item *item)
{
    // Midnights of whole days are no hours that anybody typed.
    bool had_hours = !item->is_all_day;
    int64_t began_s = had_hours ? item->starts_s : TIME_NONE;
    int64_t ended_s = had_hours ? item->ends_s : TIME_NONE;
    if (t->day == DAY_NONE)
        return; // which was complained about
    if (t->is_all_day) {
        set_all_day(p, t, item);
        return;
    }
    if (t->start < 0) {
        content_page_complain(p, start_field.name,
                              "Say when it starts, or tick \xE2\x80\x9C"
                              "All day\xE2\x80\x9D.");
        return;
    }
    item->is_all_day = false;
    item->starts_s =
        take_moment(p, &start_field, t->day, t->start, TIME_NONE, began_s);
    item->starts_day = t->day;
    set_end(p, t, ended_s, item);
}

/* When a screen lets go of it. */
static int64_t
over_s(const struct item *item)
{
    return item->ends_s == TIME_NONE ? item->starts_s : item->ends_s;
}

static void
take(struct content_page *p, struct item *item)
{
    item->title = content_page_take(p, &title_field);
    item->has_own_title = true;
    struct times t = take_times(p);
    set_times(p, &t, item);
    item->place = content_page_take(p, &place_field);
    item->text = content_page_take(p, &notes_field);
    if (!p->sentence && over_s(item) < p->hub->now.wall_s)
        content_page_warn(p, date_field.name,
                          "That is over already, so no screen would show it. "
                          "Look at the date again.");
}

/* ---- writing ------------------------------------------------------------ */

static const char *
clock_value(struct content_page *p, const struct item *item, int64_t moment_s)
{
    if (item->is_all_day || moment_s == TIME_NONE)
        return "";
    struct local l = local_time(p->content.board.zone, moment_s);
    return content_minute_value(p->r->arena, l.minute);
}

/* As it is typed: what ends at midnight ends on the next day. DAY_NONE: on the
   day it starts. */
static int32_t
last_day(struct content_page *p, const struct item *item)
{
    int32_t last = item->ends_day;
    if (!item->is_all_day && item->ends_s != TIME_NONE)
        last = local_time(p->content.board.zone, item->ends_s).day;
    return last == item->starts_day ? DAY_NONE : last;
}

static void
write_fields(struct content_page *p, const struct item *item)
{
    struct arena *a = p->r->arena;
    content_page_field(p, &title_field, item->title);
    content_page_field(p, &date_field, content_day_value(a, item->starts_day));
    content_page_field(p, &start_field, clock_value(p, item, item->starts_s));
    content_page_field(p, &end_field, clock_value(p, item, item->ends_s));
    content_page_field(p, &all_day_field, item->is_all_day ? "yes" : "");
    content_page_field(p, &last_field, content_day_value(a, last_day(p, item)));
    content_page_field(p, &place_field, item->place);
    content_page_field(p, &notes_field, item->text);
}

static int32_t
day_of(const struct item *item)
{
    return item->starts_day;
}

static bool
is_to_come(const struct content_page *p, const struct item *item)
{
    return item->is_all_day ? item->ends_day >= p->today
                            : over_s(item) >= p->hub->now.wall_s;
}

static bool
is_over(const struct content_page *p, const struct item *item)
{
    return !is_to_come(p, item);
}

static int
soonest_first(const void *one, const void *other)
{
    const struct item *const *a = one, *const *b = other;
    return ((*a)->starts_s > (*b)->starts_s) -
           ((*a)->starts_s < (*b)->starts_s);
}

static int
newest_first(const void *one, const void *other)
{
    return soonest_first(other, one);
}

static void
write_when(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    int32_t last = last_day(p, item);
    html_format(t, "<p>%s", content_page_day(p, item->starts_day));
    if (item->is_all_day)
        html_add(t, ", all day");
    else
        html_format(t, ", %s", clock_value(p, item, item->starts_s));
    if (last != DAY_NONE)
        html_format(t, " to %s", content_page_day(p, last));
    if (!item->is_all_day && item->ends_s != TIME_NONE)
        html_format(t, "%s%s", last == DAY_NONE ? " to " : ", ",
                    clock_value(p, item, item->ends_s));
    html_add(t, "</p>\n");
}

static void
write_about(struct content_page *p, const struct item *item)
{
    content_page_begin_row(p, item->title);
    write_when(p, item);
    if (*item->place)
        html_format(&p->a->body, "<p dir=\"auto\">%s</p>\n", item->place);
    content_page_words(p, item->text);
}

static void
write_meetings(struct content_page *p, const struct item *const *list,
               int count)
{
    for (int i = 0; i < count; i++) {
        write_about(p, list[i]);
        content_page_end_row(p, list[i]);
    }
}

/* ---- with those of calendars -------------------------------------------- */

#define CALENDARS_SHOWN 6 // the rest is folded

static void
write_from_calendar(struct content_page *p,
                    const struct feed_calendar_meeting *m)
{
    write_about(p, &m->item);
    html_format(&p->a->body,
                "<p class=\"soft\">From the calendar \xE2\x80\x9C<bdi>%s</bdi>"
                "\xE2\x80\x9D</p>\n</div></div>\n",
                m->label);
}

/* As the feed has them; those to come. */
static int
pick_from_calendars(struct content_page *p,
                    const struct feed_calendar_meeting ***out)
{
    struct feed_published *published = &p->hub->feed.published;
    const struct feed_calendar_meeting *const *all;
    int kept = 0;
    *out = NULL;
    if (!feed_published_bring_up(published, p->hub->store))
        return 0;
    int count = feed_calendars_pick(&published->calendars, p->r->arena,
                                    published->board, p->hub->now.wall_s, &all);
    *out = arena_array(p->r->arena, (size_t) count + 1, sizeof **out);
    for (int i = 0; i < count; i++)
        if (is_to_come(p, &all[i]->item))
            (*out)[kept++] = all[i];
    return kept;
}

/* Both lists in order of time. */
static void
write_to_come(struct content_page *p, const struct item *const *typed,
              int typed_count)
{
    const struct feed_calendar_meeting **others;
    struct text *t = &p->a->body;
    int other_count = pick_from_calendars(p, &others);
    int shown = other_count < CALENDARS_SHOWN ? other_count : CALENDARS_SHOWN;
    int i = 0, k = 0;
    if (typed_count + other_count == 0)
        html_add(t, "<p>No meeting is planned.</p>\n");
    while (i < typed_count || k < shown) {
        if (k == shown ||
            (i < typed_count && typed[i]->starts_s <= others[k]->item.starts_s))
            write_meetings(p, &typed[i++], 1);
        else
            write_from_calendar(p, others[k++]);
    }
    if (shown == other_count)
        return;
    html_format(t, "<details><summary>Later, from calendars (%d)</summary>\n",
                other_count - shown);
    for (; k < other_count; k++)
        write_from_calendar(p, others[k]);
    html_add(t, "</details>\n");
}

static void
write_list(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct item *const *coming, *const *over;
    int coming_count = content_page_pick(p, &coming, is_to_come, soonest_first);
    int over_count = content_page_pick(p, &over, is_over, newest_first);
    html_add(t, "<section class=\"card\"><h2>To come</h2>\n");
    write_to_come(p, coming, coming_count);
    html_add(t, "</section>\n");
    if (over_count) {
        html_format(t, "<details class=\"card\"><summary>Over (%d)</summary>\n",
                    over_count);
        write_meetings(p, over, over_count);
        html_add(t, "</details>\n");
    }
    calendars_page_section(p);
}

static const struct content_editor editor = {
    .path = "/meetings",
    .title = "Meetings",
    .add_title = "Add a meeting",
    .kind = KIND_MEETING,
    .letter = 'm',
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
    .day = day_of,
};

void
meetings_page_get(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    if (calendars_page_must_wait(hub, r, a))
        return;
    content_page_get(&editor, hub, r, m, a);
}

void
meetings_page_post(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    content_page_post(&editor, hub, r, m, a);
}
