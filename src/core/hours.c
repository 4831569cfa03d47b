#include "core/hours.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define DAY_MINUTES 1440
#define EVERY_DAY 127

static const char *
skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

/* 0 Monday … 6 Sunday; -1 when no day stands there. */
static int
read_day(const char **p)
{
    static const char names[][4] = {"mon", "tue", "wed", "thu",
                                    "fri", "sat", "sun"};
    for (int i = 0; i < 7; i++)
        if (strncasecmp(*p, names[i], 3) == 0 &&
            !isalpha((unsigned char) (*p)[3])) {
            *p += 3;
            return i;
        }
    return -1;
}

/* "mon", "mon-fri", "fri-mon"; 0 when it cannot be read. */
static unsigned
read_days(const char **p)
{
    int from = read_day(p), until = from;
    if (from < 0)
        return 0;
    if (**p == '-') {
        (*p)++;
        until = read_day(p);
    }
    if (until < 0)
        return 0;
    unsigned days = 1U << from;
    while (from != until) {
        from = (from + 1) % 7;
        days |= 1U << from;
    }
    return days;
}

/* "9:00", "15:30", "24:00"; -1 when it cannot be read. */
static int
read_time(const char **p)
{
    int hour = 0, minute = 0, digits = 0;
    for (; isdigit((unsigned char) **p) && digits < 2; digits++)
        hour = hour * 10 + *(*p)++ - '0';
    if (digits == 0 || *(*p)++ != ':')
        return -1;
    for (digits = 0; isdigit((unsigned char) **p) && digits < 2; digits++)
        minute = minute * 10 + *(*p)++ - '0';
    int at = hour * 60 + minute;
    return digits == 2 && minute < 60 && at <= DAY_MINUTES ? at : -1;
}

static bool
read_one(struct hours *h, const char **p)
{
    if (h->count == HOURS_MOST)
        return false;
    unsigned days = EVERY_DAY;
    if (isalpha((unsigned char) **p)) {
        days = read_days(p);
        *p = skip_blanks(*p);
    }
    int from = read_time(p);
    if (days == 0 || from < 0 || from == DAY_MINUTES || *(*p)++ != '-')
        return false;
    int until = read_time(p);
    if (until < 0 || until == from)
        return false;
    h->list[h->count].days = (uint8_t) days;
    h->list[h->count].from_minute = (int16_t) from;
    h->list[h->count].until_minute = (int16_t) until;
    h->count++;
    return true;
}

bool
hours_read(struct hours *h, const char *text, size_t *where)
{
    *h = (struct hours){0};
    const char *p = skip_blanks(text);
    while (*p) {
        *where = (size_t) (p - text);
        if (!read_one(h, &p))
            return false;
        p = skip_blanks(p);
        if (*p && *p++ != ',')
            return false;
        p = skip_blanks(p);
    }
    return true;
}

bool
hours_hold(const struct hours *h, struct local local)
{
    for (int i = 0; i < h->count; i++) {
        int from = h->list[i].from_minute, until = h->list[i].until_minute;
        bool is_today = h->list[i].days >> local.weekday & 1;
        bool was_yesterday = h->list[i].days >> (local.weekday + 6) % 7 & 1;
        bool is_over_night = until < from;
        if (is_today && local.minute >= from &&
            (is_over_night || local.minute < until))
            return true;
        if (is_over_night && was_yesterday && local.minute < until)
            return true;
    }
    return false;
}
