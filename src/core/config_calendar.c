#include "core/config_part.h"

#include <string.h>
#include <strings.h>

#include "base/utf8.h"

#define LABEL_CHARACTERS_MOST 80

static bool
begins_with(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* What of an address the log may show: its secret is in the rest. */
static const char *
label_of(struct arena *a, const char *address)
{
    const char *host = strstr(address, "://");
    if (!host) {
        const char *slash = strrchr(address, '/');
        return slash && slash[1] ? slash + 1 : address;
    }
    host += strlen("://");
    const char *end = host + strcspn(host, "/?#");
    const char *at = memchr(host, '@', (size_t) (end - host));
    host = at ? at + 1 : host;
    return arena_copy(a, host, (size_t) (end - host));
}

bool
config_add_calendar(struct config *c, const char *address, struct problem *why)
{
    static const char *const subscribed[] = {"webcal://", "webcals://"};
    const char *kept = NULL;
    for (size_t i = 0; i < 2; i++)
        if (begins_with(address, subscribed[i]))
            kept = arena_format(&c->arena, "https://%s",
                                address + strlen(subscribed[i]));
    if (!kept)
        kept = arena_copy(&c->arena, address, strlen(address));
    bool is_web = begins_with(kept, "https://") || begins_with(kept, "http://");
    if (!*kept ||
        (!is_web && strstr(kept, "://") && !begins_with(kept, "file://"))) {
        problem_set(why, 0, 0,
                    "a calendar is a web address that begins with https:// "
                    "(or webcal://), or the path of a file");
        return false;
    }
    if (c->calendar_count == CALENDARS_MOST) {
        problem_set(why, 0, 0, "there may be at most %d calendars",
                    CALENDARS_MOST);
        return false;
    }
    c->calendars[c->calendar_count++] = (struct calendar_setting){
        .address = kept,
        .label = label_of(&c->arena, kept),
        .school = "",
        .filter = "",
    };
    return true;
}

/* ---- [calendars] in a file ---------------------------------------------- */

static const char *const keys[CONFIG_CALENDAR_KEYS] = {"label", "school",
                                                       "filter"};

static bool
may_set(const struct config_calendars *k, size_t key, const char *name,
        const char *value, struct problem *why)
{
    if (key == CONFIG_CALENDAR_KEYS)
        problem_set(why, 0, 0,
                    "there is no setting \"%s\" in [calendars]: it takes "
                    "calendar and, below each, label, school and filter",
                    name);
    else if (!k->has_line)
        problem_set(why, 0, 0,
                    "%s says something about a calendar: put it below the "
                    "line calendar = that it is about",
                    name);
    else if (k->is_set[key])
        problem_set(why, 0, 0, "%s is set twice for one calendar", name);
    else if (utf8_count(value, strlen(value)) > LABEL_CHARACTERS_MOST)
        problem_set(why, 0, 0, "%s may have at most %d characters", name,
                    LABEL_CHARACTERS_MOST);
    else
        return true;
    return false;
}

bool
config_calendars_set(struct config_calendars *k, struct config *c,
                     const char *name, const char *value, struct problem *why)
{
    size_t key = 0;
    while (key < CONFIG_CALENDAR_KEYS && strcmp(keys[key], name) != 0)
        key++;
    if (!may_set(k, key, name, value, why))
        return false;
    k->is_set[key] = true;
    if (!k->calendar || !*value)
        return true;
    const char **members[CONFIG_CALENDAR_KEYS] = {
        &k->calendar->label, &k->calendar->school, &k->calendar->filter};
    *members[key] = arena_copy(&c->arena, value, strlen(value));
    return true;
}

bool
config_calendars_has(const struct config_calendars *k, const char *line,
                     size_t len, size_t *value_at)
{
    static const char name[] = "calendar";
    size_t at = strlen(name);
    if (!k->is_in_section || len <= at || memcmp(line, name, at) != 0)
        return false;
    while (at < len && strchr(" \t", line[at]))
        at++;
    if (at == len || !strchr("=:", line[at]))
        return false;
    *value_at = at + 1;
    return true;
}

/* Without the blanks around it and, as libinih has it, a comment behind. */
bool
config_calendars_begin(struct config_calendars *k, struct config *c,
                       const char *value, size_t len, struct problem *why)
{
    for (size_t i = 1; i < len; i++)
        if (value[i] == ';' && strchr(" \t", value[i - 1]))
            len = i;
    while (len && strchr(" \t\r", value[len - 1]))
        len--;
    while (len && strchr(" \t", *value)) {
        value++;
        len--;
    }
    memset(k->is_set, 0, sizeof k->is_set);
    k->has_line = true;
    k->calendar = NULL;
    if (len == 0)
        return true;
    if (!config_add_calendar(c, arena_copy(&c->arena, value, len), why))
        return false;
    k->calendar = &c->calendars[c->calendar_count - 1];
    return true;
}
