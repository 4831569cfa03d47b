#include <string.h>

#include "base/utf8.h"
#include "core/date.h"
#include "core/wording.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

const char *
pages_cookie(const struct http_request *r, const char *name)
{
    const char *at = r->header(r, "Cookie");
    size_t name_len = strlen(name);
    while (*at) {
        at += strspn(at, "; \t");
        size_t len = strcspn(at, ";");
        if (len > name_len && at[name_len] == '=' &&
            memcmp(at, name, name_len) == 0)
            return arena_copy(r->arena, at + name_len + 1, len - name_len - 1);
        at += len;
    }
    return "";
}

/* ---- fields ------------------------------------------------------------- */

static void
add_describedby(struct text *t, const struct pages_field *f)
{
    if (!f->hint && !f->wrong)
        return;
    html_add(t, " aria-describedby=\"");
    if (f->hint)
        html_format(t, "%s-hint", f->name);
    if (f->wrong)
        html_format(t, "%s%s-wrong", f->hint ? " " : "", f->name);
    html_add(t, "\"");
}

/* What <input> and <textarea> have in common. */
static void
add_attributes(struct text *t, const struct pages_field *f)
{
    html_format(t, " id=\"%s\" name=\"%s\" dir=\"auto\"", f->name, f->name);
    html_attribute(t, "autocomplete",
                   f->autocomplete ? f->autocomplete : "off");
    if (f->is_required)
        html_add(t, " required");
    if (f->most)
        html_format(t, " maxlength=\"%d\"", f->most);
    if (f->wrong)
        html_add(t, " aria-invalid=\"true\"");
    add_describedby(t, f);
}

static void
add_input(struct text *t, const struct pages_field *f)
{
    const char *type = f->type ? f->type : "text";
    html_format(t, "<input type=\"%s\"", type);
    add_attributes(t, f);
    if (f->list)
        html_format(t, " list=\"%s\"", f->list);
    // A password is typed anew: it is never sent to a browser.
    if (*f->value && strcmp(type, "password") != 0)
        html_format(t, " value=\"%s\"", f->value);
    html_add(t, ">\n");
}

void
pages_add_field(struct text *t, const struct pages_field *f)
{
    html_format(t, "<div class=\"field%s\">\n<label for=\"%s\">%s</label>\n",
                f->wrong ? " wrong" : "", f->name, f->label);
    if (f->hint)
        html_format(t, "<p class=\"hint\" id=\"%s-hint\">%s</p>\n", f->name,
                    f->hint);
    if (f->wrong)
        html_format(t, "<p class=\"why\" id=\"%s-wrong\">%s</p>\n", f->name,
                    f->wrong);
    if (f->lines) {
        html_format(t, "<textarea rows=\"%d\"", f->lines);
        add_attributes(t, f);
        // HTML drops one new line behind the tag, so this one is not theirs.
        html_format(t, ">\n%s</textarea>\n", f->value);
    } else {
        add_input(t, f);
    }
    html_add(t, "</div>\n");
}

const char *
pages_line(struct arena *a, const char *typed)
{
    size_t len = strlen(typed), got = 0;
    char *line = arena_alloc(a, len + 1);
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t letter = utf8_next(typed, len, &at);
        bool is_blank = letter == ' ' || letter == '\n' || letter == 0xA0;
        if (is_blank && got && line[got - 1] != ' ')
            line[got++] = ' ';
        if (is_blank || utf8_is_control(letter))
            continue;
        memcpy(line + got, typed + from, at - from);
        got += at - from;
    }
    if (got && line[got - 1] == ' ')
        got--;
    line[got] = '\0';
    return line;
}

const char *
pages_line_refusal(const char *line, int most)
{
    size_t len = strlen(line);
    bool has_any = false;
    for (size_t at = 0; at < len;)
        has_any |= !utf8_is_ignorable(utf8_next(line, len, &at));
    if (!has_any)
        return "Please write something here.";
    if (utf8_count(line, len) > (size_t) most)
        return "That is too long. Please make it shorter.";
    return NULL;
}

/* ---- times -------------------------------------------------------------- */

struct now
pages_now(const struct hub *hub)
{
    struct now now = hub->now;
    now.is_trusted = now.wall_s >= CLOCK_BUILT_AFTER_S;
    return now;
}

const char *
pages_when(struct arena *a, const struct board *b, int64_t then_s,
           struct now now)
{
    const struct zone *zone = b ? b->zone : NULL;
    const char *day = wording_day_ago(a, zone, then_s, now);
    int32_t days =
        local_time(zone, now.wall_s).day - local_time(zone, then_s).day;
    if (!now.is_trusted || days > 6)
        return day;
    return arena_format(a, "%s %s", day, wording_time(a, zone, then_s));
}
