#include "calendar/calendar.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "calendar/content_line.h"

#define SEQUENCE_MOST 1000000000

struct reader {
    struct calendar *calendar;
    struct event *event; // the component that is open; NULL: none
    struct vtimezone *vtimezone;
    struct observance *observance;
    const char *skipped;      // an alarm or whatever else is none of ours
    int skipped_depth;        // how many of that name are open
    struct event **event_end; // where the next one is hung
    struct vtimezone **vtimezone_end;
    bool is_open, was_seen; // VCALENDAR; any calendar or event
};

/* --- values --- */

static void
add_rule(struct arena *arena, struct rule_text **list, const char *text)
{
    struct rule_text *rule = arena_alloc(arena, sizeof *rule);
    rule->text = text;
    rule->next = *list;
    *list = rule;
}

static void
read_stamp(struct stamp *out, struct content_line *line)
{
    content_value_after_last_colon(line);
    size_t len = strcspn(line->value, " \t");
    stamp_read(out, line->value, len, content_param(line, "TZID"));
}

/* "start/end" or "start/length" (§3.3.9). */
static bool
read_date_or_period(struct extra_date *d, const char *text, size_t len,
                    const char *tzid)
{
    const char *slash = memchr(text, '/', len);
    size_t start_len = slash ? (size_t) (slash - text) : len;
    if (!stamp_read(&d->at, text, start_len, tzid))
        return false;
    if (!slash)
        return true;
    size_t rest = len - start_len - 1;
    d->has_length = span_read(&d->length, slash + 1, rest);
    return d->has_length || stamp_read(&d->until, slash + 1, rest, tzid);
}

/* All of "a,b,c" that can be read, in front of `*list`: a file may have
   thousands, and nobody needs their order. */
static void
read_dates(struct arena *arena, struct extra_date **list,
           struct content_line *line)
{
    content_value_after_last_colon(line);
    const char *tzid = content_param(line, "TZID");
    const char *at = line->value;
    while (*at) {
        size_t len = strcspn(at, ", \t");
        struct extra_date date = {0};
        if (read_date_or_period(&date, at, len, tzid)) {
            struct extra_date *kept = arena_alloc(arena, sizeof *kept);
            *kept = date;
            kept->next = *list;
            *list = kept;
        }
        at += len + strspn(at + len, ", \t");
    }
}

/* --- what stands in an event --- */

static void
event_property(struct calendar *c, struct event *e, struct content_line *line)
{
    const struct {
        const char *name;
        const char **text;
    } texts[] = {
        {"UID", &e->uid},           {"SUMMARY", &e->summary},
        {"LOCATION", &e->location}, {"DESCRIPTION", &e->description},
        {"URL", &e->url},           {"STATUS", &e->status},
    };
    const struct {
        const char *name;
        struct stamp *stamp;
    } stamps[] = {
        {"DTSTART", &e->start},
        {"DTEND", &e->end},
        {"RECURRENCE-ID", &e->instead_of},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(line->name, texts[i].name) == 0)
            *texts[i].text = line->value;
    for (size_t i = 0; i < sizeof stamps / sizeof *stamps; i++)
        if (strcmp(line->name, stamps[i].name) == 0)
            read_stamp(stamps[i].stamp, line);

    if (strcmp(line->name, "RECURRENCE-ID") == 0)
        e->reaches_on =
            strcasecmp(content_param(line, "RANGE"), "THISANDFUTURE") == 0;
    else if (strcmp(line->name, "DURATION") == 0)
        e->has_length =
            span_read(&e->length, line->value, strcspn(line->value, " \t"));
    else if (strcmp(line->name, "X-MICROSOFT-CDO-ALLDAYEVENT") == 0)
        e->says_all_day = strcasecmp(line->value, "TRUE") == 0;
    else if (strcmp(line->name, "RRULE") == 0)
        add_rule(&c->arena, &e->rules, line->value);
    else if (strcmp(line->name, "RDATE") == 0)
        read_dates(&c->arena, &e->dates, line);
    else if (strcmp(line->name, "EXDATE") == 0)
        read_dates(&c->arena, &e->exceptions, line);
}

/* Which of two versions is the newer one. */
static void
event_version(struct event *e, struct content_line *line)
{
    struct stamp stamp = {0};
    if (strcmp(line->name, "SEQUENCE") == 0) {
        long sequence = strtol(line->value, NULL, 10);
        e->sequence = sequence < 0               ? 0
                      : sequence > SEQUENCE_MOST ? SEQUENCE_MOST
                                                 : sequence;
    } else if (strcmp(line->name, "LAST-MODIFIED") == 0 ||
               strcmp(line->name, "DTSTAMP") == 0) {
        read_stamp(&stamp, line);
        if (stamp.is_set && stamp.shown_s > e->changed_s)
            e->changed_s = stamp.shown_s;
    }
}

static void
observance_property(struct calendar *c, struct observance *o,
                    struct content_line *line)
{
    if (strcmp(line->name, "DTSTART") == 0)
        read_stamp(&o->start, line);
    else if (strcmp(line->name, "TZOFFSETFROM") == 0)
        stamp_read_offset(&o->from_s, line->value);
    else if (strcmp(line->name, "TZOFFSETTO") == 0)
        o->has_offsets = stamp_read_offset(&o->to_s, line->value);
    else if (strcmp(line->name, "RRULE") == 0)
        add_rule(&c->arena, &o->rules, line->value);
    else if (strcmp(line->name, "RDATE") == 0)
        read_dates(&c->arena, &o->dates, line);
}

static void
take_property(struct reader *r, struct content_line *line)
{
    struct calendar *c = r->calendar;
    if (r->event) {
        event_property(c, r->event, line);
        event_version(r->event, line);
    } else if (r->observance) {
        observance_property(c, r->observance, line);
    } else if (r->vtimezone) {
        if (strcmp(line->name, "TZID") == 0)
            r->vtimezone->tzid = line->value;
    } else if (strcmp(line->name, "X-WR-TIMEZONE") == 0) {
        if (!*c->zone)
            c->zone = line->value;
    } else if (strcmp(line->name, "METHOD") == 0) {
        c->is_cancelled = strcasecmp(line->value, "CANCEL") == 0;
    }
}

/* --- components --- */

static void
close_all(struct reader *r)
{
    r->event = NULL;
    r->vtimezone = NULL;
    r->observance = NULL;
    r->skipped = NULL;
}

static void
begin_event(struct reader *r)
{
    struct event *e = arena_alloc(&r->calendar->arena, sizeof *e);
    e->uid = e->summary = e->location = e->description = e->url = e->status =
        "";
    e->number = r->calendar->event_count++;
    close_all(r); // one that was never closed ends here
    *r->event_end = e;
    r->event_end = &e->next;
    r->event = e;
    r->was_seen = true;
}

static void
begin_vtimezone(struct reader *r)
{
    struct vtimezone *v = arena_alloc(&r->calendar->arena, sizeof *v);
    v->tzid = "";
    close_all(r);
    *r->vtimezone_end = v;
    r->vtimezone_end = &v->next;
    r->vtimezone = v;
}

static void
begin_observance(struct reader *r, bool is_daylight)
{
    struct observance *o = arena_alloc(&r->calendar->arena, sizeof *o);
    o->is_daylight = is_daylight;
    o->next = r->vtimezone->observances;
    r->vtimezone->observances = o;
    r->observance = o;
}

static void
begin(struct reader *r, const char *name)
{
    bool is_daylight = strcasecmp(name, "DAYLIGHT") == 0;
    if (strcasecmp(name, "VCALENDAR") == 0) {
        close_all(r);
        r->is_open = r->was_seen = true;
    } else if (strcasecmp(name, "VEVENT") == 0) {
        begin_event(r);
    } else if (strcasecmp(name, "VTIMEZONE") == 0) {
        begin_vtimezone(r);
    } else if (r->skipped) {
        r->skipped_depth += strcasecmp(name, r->skipped) == 0;
    } else if (r->vtimezone &&
               (is_daylight || strcasecmp(name, "STANDARD") == 0)) {
        begin_observance(r, is_daylight);
    } else {
        r->skipped = name;
        r->skipped_depth = 1;
    }
}

static void
end(struct reader *r, const char *name)
{
    if (strcasecmp(name, "VCALENDAR") == 0) {
        close_all(r);
        r->is_open = false;
    } else if (strcasecmp(name, "VEVENT") == 0 ||
               strcasecmp(name, "VTIMEZONE") == 0) {
        close_all(r);
    } else if (r->skipped) {
        if (strcasecmp(name, r->skipped) == 0 && --r->skipped_depth == 0)
            r->skipped = NULL;
    } else {
        r->observance = NULL;
    }
}

/* --- the whole --- */

/* What somebody gets who asks for a calendar and is not signed in. */
static bool
is_web_page(const char *bytes, size_t len)
{
    size_t at = 0;
    while (at < len && strchr(" \t\r\n\xEF\xBB\xBF", bytes[at]))
        at++;
    return at < len && bytes[at] == '<';
}

static bool
is_midnight(const struct stamp *s)
{
    return s->is_set && !s->is_utc && s->shown_s == stamp_midnight(s->shown_s);
}

/* Exchange writes some whole days as from midnight to midnight. */
static void
make_whole_days(struct event *e)
{
    if (!e->says_all_day || !is_midnight(&e->start) || !is_midnight(&e->end))
        return;
    e->start.is_date = e->end.is_date = true;
    e->start.tzid = e->end.tzid = "";
}

static void
finish_events(struct calendar *c)
{
    struct event **at = &c->events;
    while (*at) {
        struct event *e = *at;
        // The cancellation of one meeting need not say when it would be.
        if (!e->start.is_set)
            e->start = e->instead_of;
        if (e->start.is_set) {
            make_whole_days(e);
            at = &e->next;
            continue;
        }
        *at = e->next;
        c->event_count--;
        c->without_start++;
    }
}

bool
calendar_read(struct calendar *c, char *bytes, size_t len, struct problem *why)
{
    *c = (struct calendar){.zone = ""};
    if (len > CALENDAR_MOST_BYTES) {
        problem_set(why, 0, 0, "the calendar is larger than 1 MiB");
        return false;
    }
    bool may_be_page = is_web_page(bytes, len);
    struct reader r = {.calendar = c,
                       .event_end = &c->events,
                       .vtimezone_end = &c->vtimezones};
    struct content_reader lines = content_open(bytes, len);
    struct content_line line;
    while (content_next(&lines, &line)) {
        if (strcmp(line.name, "BEGIN") == 0)
            begin(&r, line.value);
        else if (strcmp(line.name, "END") == 0)
            end(&r, line.value);
        else if (!r.skipped)
            take_property(&r, &line);
    }
    if (!r.was_seen) {
        problem_set(why, 0, 0, "this is no calendar: %s",
                    may_be_page ? "it is a web page, perhaps one that asks to "
                                  "sign in"
                    : len == 0  ? "it is empty"
                                : "nothing in it begins a VCALENDAR");
        return false;
    }
    if (r.is_open) {
        problem_set(why, 0, 0,
                    "the calendar ends too soon: "
                    "END:VCALENDAR is missing");
        return false;
    }
    finish_events(c);
    return true;
}

void
calendar_destroy(struct calendar *c)
{
    arena_destroy(&c->arena);
    *c = (struct calendar){.zone = ""};
}
