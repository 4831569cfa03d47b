#include "calendar/stamp.h"

#include <ctype.h>
#include <string.h>

#include "core/date.h"

#define HOUR_S 3600
#define SPAN_MOST 100000 // of any unit: a length of centuries is a mistake

/* Exactly `count` digits at text[at]; -1 when they are not. */
static int
digits(const char *text, size_t at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++) {
        char c = text[at + (size_t) i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

static int
month_length(int year, int month)
{
    int next_year = month == 12 ? year + 1 : year;
    int next_month = month == 12 ? 1 : month + 1;
    return day_from_date(next_year, next_month, 1) -
           day_from_date(year, month, 1);
}

static bool
read_date(int64_t *out_s, const char *text)
{
    int year = digits(text, 0, 4), month = digits(text, 4, 2);
    int date = digits(text, 6, 2);
    if (year < 1 || month < 1 || month > 12 || date < 1 ||
        date > month_length(year, month))
        return false;
    *out_s = (int64_t) day_from_date(year, month, date) * DAY_S;
    return true;
}

static bool
read_clock(int64_t *out_s, const char *text)
{
    int hour = digits(text, 0, 2), minute = digits(text, 2, 2);
    int second = digits(text, 4, 2);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 ||
        second > 60)
        return false;
    if (second == 60) // a leap second, §3.3.12: clocks here have none
        second = 59;
    *out_s = hour * HOUR_S + minute * 60 + second;
    return true;
}

bool
stamp_read(struct stamp *out, const char *text, size_t len, const char *tzid)
{
    int64_t date_s, clock_s = 0;
    *out = (struct stamp){.tzid = ""};
    bool is_date = len == 8;
    bool is_utc = len == 16 && (text[15] == 'Z' || text[15] == 'z');
    if (!is_date && len != 15 && !is_utc)
        return false;
    if (!read_date(&date_s, text))
        return false;
    if (!is_date &&
        ((text[8] != 'T' && text[8] != 't') || !read_clock(&clock_s, text + 9)))
        return false;
    out->shown_s = date_s + clock_s;
    out->is_set = true;
    out->is_date = is_date;
    out->is_utc = is_utc;
    // A day is a day everywhere, whatever zone stands beside it.
    if (!is_date && !is_utc)
        out->tzid = tzid;
    return true;
}

static bool
add_unit(struct span *span, char unit, int64_t number)
{
    switch (unit) {
    case 'W':
        span->days += number * 7;
        return true;
    case 'D':
        span->days += number;
        return true;
    case 'H':
        span->seconds += number * HOUR_S;
        return true;
    case 'M':
        span->seconds += number * 60;
        return true;
    case 'S':
        span->seconds += number;
        return true;
    }
    return false;
}

bool
span_read(struct span *out, const char *text, size_t len)
{
    const char *end = text + len;
    int sign = 1;
    *out = (struct span){0};
    if (text < end && (*text == '+' || *text == '-'))
        sign = *text++ == '-' ? -1 : 1;
    if (text == end || toupper((unsigned char) *text++) != 'P')
        return false;
    bool has_any = false;
    for (int parts = 0; text < end && parts < 8; parts++) {
        if (*text == 'T' || *text == 't') {
            text++;
            continue;
        }
        int64_t number = 0;
        const char *first = text;
        while (text < end && isdigit((unsigned char) *text)) {
            if (number < SPAN_MOST)
                number = number * 10 + (*text - '0');
            text++;
        }
        if (number > SPAN_MOST)
            number = SPAN_MOST;
        if (text == first || text == end ||
            !add_unit(out, (char) toupper((unsigned char) *text++), number))
            return false;
        has_any = true;
    }
    out->days *= sign;
    out->seconds *= sign;
    return has_any && text == end;
}

bool
stamp_read_offset(int32_t *out_s, const char *text)
{
    size_t len = strlen(text);
    if ((len != 5 && len != 7) || (*text != '+' && *text != '-'))
        return false;
    int hours = digits(text, 1, 2), minutes = digits(text, 3, 2);
    int seconds = len == 7 ? digits(text, 5, 2) : 0;
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 ||
        seconds > 59)
        return false;
    *out_s = hours * HOUR_S + minutes * 60 + seconds;
    if (*text == '-')
        *out_s = -*out_s;
    return true;
}

int64_t
stamp_midnight(int64_t shown_s)
{
    int64_t over = shown_s % DAY_S;
    return shown_s - over - (over < 0 ? DAY_S : 0);
}
