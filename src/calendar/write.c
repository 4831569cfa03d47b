#include "calendar/write.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "core/date.h"
#include "core/html_text.h"
#include "core/plain_text.h"

#define HTML_MOST_BYTES ((size_t) WRITE_DESCRIPTION_MOST * 4)

/* Undoes the backslashes of a TEXT (RFC 5545 §3.3.11); a new line is written
   as `newline`. */
static void
add_unescaped(struct text *out, const char *text, const char *newline)
{
    while (*text) {
        size_t len = strcspn(text, "\\");
        text_add(out, text, len);
        text += len;
        if (!*text)
            return;
        char next = text[1];
        if (next == 'n' || next == 'N')
            text_add_string(out, newline);
        else if (next)
            text_add_char(out, next);
        text += next ? 2 : 1;
    }
}

/* `whole` as far as `most` characters go. */
static void
add_plain(struct text *out, const char *name, const struct text *whole,
          size_t most, int how)
{
    struct arena arena = {0};
    text_add_json(out, name);
    text_add_char(out, ':');
    text_add_json(out, plain_text(&arena, text_string(whole), whole->len, most,
                                  how, NULL));
    text_add_char(out, ',');
    arena_destroy(&arena);
}

static void
add_field(struct text *out, const char *name, const char *text, size_t most)
{
    struct text whole = {0};
    add_unescaped(&whole, text, " ");
    add_plain(out, name, &whole, most, PLAIN_ONE_LINE);
    text_destroy(&whole);
}

/* Google keeps descriptions as HTML and exports them so, with nothing that
   says it. "a < b" has no end tag, and no line break. */
static bool
is_html(const char *text)
{
    return strcasestr(text, "<br>") || strcasestr(text, "</a>") ||
           strcasestr(text, "</b>") || strcasestr(text, "</p>") ||
           strcasestr(text, "</li>") || strcasestr(text, "</span>");
}

static void
add_description(struct text *out, const char *text)
{
    struct text whole = {0}, read = {0};
    bool was_html =
        is_html(text) && utf8_valid_prefix(text, strlen(text)) == strlen(text);
    add_unescaped(&whole, text, was_html ? "<br>" : "\n");
    if (was_html)
        html_text(&read, text_string(&whole), whole.len, HTML_MOST_BYTES);
    add_plain(out, "description", was_html ? &read : &whole,
              WRITE_DESCRIPTION_MOST, PLAIN_LINES);
    text_destroy(&read);
    text_destroy(&whole);
}

static void
add_date(struct text *out, int64_t shown_s)
{
    struct local l = local_time(NULL, shown_s);
    text_add_format(out, "%04d-%02d-%02d", l.year, l.month, l.date);
}

void
write_moment(struct text *out, int64_t utc_s, const struct zone *zone)
{
    // RFC 3339 has no seconds in an offset; London had, until 1847.
    int offset_minutes = zone_offset_s(zone, utc_s) / 60;
    int64_t shown_s = utc_s + offset_minutes * 60;
    struct local l = local_time(NULL, shown_s);
    add_date(out, shown_s);
    text_add_format(out, "T%02d:%02d:%02d%c%02d:%02d", l.minute / 60,
                    l.minute % 60,
                    (int) (shown_s - (int64_t) l.day * DAY_S) % 60,
                    offset_minutes < 0 ? '-' : '+', abs(offset_minutes) / 60,
                    abs(offset_minutes) % 60);
}

static void
add_time(struct text *out, const char *name, const struct occurrence *o,
         int64_t at_s, const struct zone *zone)
{
    text_add_json(out, name);
    text_add_string(out, ":\"");
    if (o->is_all_day)
        add_date(out, at_s);
    else
        write_moment(out, at_s, zone);
    text_add_string(out, "\",");
}

static const char *
status_of(const struct event *e, const struct calendar *c)
{
    if (c->is_cancelled || strcasecmp(e->status, "CANCELLED") == 0)
        return "CANCELLED";
    return strcasecmp(e->status, "TENTATIVE") == 0 ? "TENTATIVE" : "CONFIRMED";
}

static void
add_occurrence(struct text *out, const struct occurrence *o,
               const struct calendar *c, const struct zone *zone)
{
    const struct event *e = o->event;
    text_add_char(out, '{');
    add_field(out, "uid", e->uid, WRITE_UID_MOST);
    add_field(out, "summary", e->summary, WRITE_SUMMARY_MOST);
    add_time(out, "start", o, o->start_s, zone);
    add_time(out, "end", o, o->end_s, zone);
    text_add_format(out, "\"all_day\":%s,", o->is_all_day ? "true" : "false");
    add_field(out, "location", e->location, WRITE_LOCATION_MOST);
    add_description(out, e->description);
    add_field(out, "url", e->url, WRITE_URL_MOST);
    text_add_format(out, "\"status\":\"%s\"}\n", status_of(e, c));
}

void
write_occurrences(struct text *out, const struct occurrences *found,
                  const struct calendar *c, const struct zone *zone)
{
    for (int i = 0; i < found->count; i++)
        add_occurrence(out, &found->list[i], c, zone);
}
