#include "core/calendar_refresh.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#define HEAD_LINES_MOST 200
#define NUMBER_MOST 100000
#define LINE_MOST 120

/* Units of a DURATION (RFC 5545 §3.3.6); M is minutes only behind the T. */
static int
seconds_of_unit(char unit, bool is_behind_t)
{
    switch (unit) {
    case 'W':
        return 7 * 86400;
    case 'D':
        return 86400;
    case 'H':
        return is_behind_t ? 3600 : 0;
    case 'M':
        return is_behind_t ? 60 : 0;
    case 'S':
        return is_behind_t ? 1 : 0;
    default:
        return 0;
    }
}

/* 0 when it is none. */
static long
duration_s(const char *at)
{
    long total_s = 0;
    bool is_behind_t = false;
    at += *at == '+';
    if (*at++ != 'P')
        return 0;
    while (*at) {
        if (*at == 'T' && !is_behind_t) {
            is_behind_t = true;
            at++;
            continue;
        }
        long number = 0;
        const char *digits = at;
        for (; *at >= '0' && *at <= '9'; at++)
            number = number < NUMBER_MOST ? number * 10 + (*at - '0') : number;
        int unit_s = at == digits ? 0 : seconds_of_unit(*at, is_behind_t);
        if (unit_s == 0)
            return 0;
        total_s += number * unit_s;
        at++;
    }
    return total_s;
}

/* The value of `line` if it is that property, parameters passed over. */
static const char *
value_of(const char *line, const char *name)
{
    size_t len = strlen(name);
    if (strncasecmp(line, name, len) != 0 || !strchr(";:", line[len]))
        return NULL;
    const char *colon = strrchr(line, ':');
    return colon ? colon + 1 : NULL;
}

static int
within_limits(long wanted_s)
{
    if (wanted_s <= 0)
        return CALENDAR_REFRESH_USUAL_S;
    if (wanted_s < CALENDAR_REFRESH_LEAST_S)
        return CALENDAR_REFRESH_LEAST_S;
    return wanted_s > CALENDAR_REFRESH_MOST_S ? CALENDAR_REFRESH_MOST_S
                                              : (int) wanted_s;
}

int
calendar_refresh_s(const char *bytes, size_t len)
{
    long published_s = 0;
    const char *end = bytes + len;
    for (int i = 0; i < HEAD_LINES_MOST && bytes < end; i++) {
        char line[LINE_MOST] = "";
        const char *newline = memchr(bytes, '\n', (size_t) (end - bytes));
        size_t line_len = (size_t) ((newline ? newline : end) - bytes);
        size_t kept = line_len < sizeof line ? line_len : sizeof line - 1;
        memcpy(line, bytes, kept);
        line[strcspn(line, "\r")] = '\0';
        if (strncasecmp(line, "BEGIN:VEVENT", strlen("BEGIN:VEVENT")) == 0)
            break;
        const char *interval = value_of(line, "REFRESH-INTERVAL");
        const char *published = value_of(line, "X-PUBLISHED-TTL");
        if (interval && duration_s(interval) > 0)
            return within_limits(duration_s(interval));
        if (published && published_s == 0)
            published_s = duration_s(published);
        bytes += line_len + 1;
    }
    return within_limits(published_s);
}
