#include "core/date.h"

#include <stddef.h>
#include <string.h>

#define MINUTE_S 60
#define HOUR_S 3600

const char *const weekday_names[7] = {
    "Monday", "Tuesday",  "Wednesday", "Thursday",
    "Friday", "Saturday", "Sunday",
};

const char *const weekday_short_names[7] = {
    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun",
};

const char *const month_names[12] = {
    "January", "February", "March",     "April",   "May",      "June",
    "July",    "August",   "September", "October", "November", "December",
};

static bool
is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_length(int year, int month)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30,
                                  31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : lengths[month - 1];
}

static int64_t
floor_divide(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Exactly `count` digits; moves `*p` behind them. -1 when they are not. */
static int
take_digits(const char **p, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++, (*p)++) {
        if (**p < '0' || **p > '9')
            return -1;
        value = value * 10 + (**p - '0');
    }
    return value;
}

static bool
take_char(const char **p, const char *any_of)
{
    if (**p == '\0' || !strchr(any_of, **p))
        return false;
    (*p)++;
    return true;
}

static int32_t
take_date(const char **p)
{
    int year = take_digits(p, 4);
    if (year < 1900 || !take_char(p, "-"))
        return DAY_NONE;
    int month = take_digits(p, 2);
    if (month < 1 || month > 12 || !take_char(p, "-"))
        return DAY_NONE;
    int date = take_digits(p, 2);
    if (date < 1 || date > month_length(year, month))
        return DAY_NONE;
    return day_from_date(year, month, date);
}

/* hh:mm[:ss[.fraction]] as seconds since midnight; -1 when it is not. */
static int
take_clock(const char **p)
{
    int hour = take_digits(p, 2);
    if (hour < 0 || hour > 23 || !take_char(p, ":"))
        return -1;
    int minute = take_digits(p, 2);
    if (minute < 0 || minute > 59)
        return -1;
    int second = 0;
    if (take_char(p, ":")) {
        second = take_digits(p, 2);
        if (second < 0 || second > 60) // 60: a leap second, §5.6
            return -1;
        if (take_char(p, ".")) {
            if (take_digits(p, 1) < 0)
                return -1;
            while (**p >= '0' && **p <= '9')
                (*p)++;
        }
    }
    return hour * HOUR_S + minute * MINUTE_S + second;
}

/* "Z" or "+hh:mm" to the end of the text, as seconds east of UTC. */
static bool
take_offset(const char **p, int *offset_s)
{
    *offset_s = 0;
    if (take_char(p, "Zz"))
        return **p == '\0';
    int sign = **p == '-' ? -1 : 1;
    if (!take_char(p, "+-"))
        return false;
    int hour = take_digits(p, 2);
    if (hour < 0 || hour > 23 || !take_char(p, ":"))
        return false;
    int minute = take_digits(p, 2);
    if (minute < 0 || minute > 59 || **p != '\0')
        return false;
    *offset_s = sign * (hour * HOUR_S + minute * MINUTE_S);
    return true;
}

struct local
local_time(const struct zone *z, int64_t utc_s)
{
    int64_t local_s = utc_s + zone_offset_s(z, utc_s);
    int64_t day = floor_divide(local_s, DAY_S);

    // Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms",
    // civil_from_days: years that begin in March put the leap day last.
    int64_t shifted = day + 719468;
    int64_t era = floor_divide(shifted, 146097);
    int day_of_era = (int) (shifted - era * 146097);
    int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
                       day_of_era / 146096) /
                      365;
    int day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; // 0 = March
    struct local l = {
        .day = (int32_t) day,
        .year = (int) (year_of_era + era * 400) + (month >= 10),
        .month = month < 10 ? month + 3 : month - 9,
        .date = day_of_year - (153 * month + 2) / 5 + 1,
        .weekday = day_weekday((int32_t) day),
        .minute = (int) ((local_s - day * DAY_S) / MINUTE_S),
    };
    return l;
}

int32_t
day_from_date(int year, int month, int date)
{
    int y = year - (month <= 2); // Hinnant, days_from_civil
    int era = (int) floor_divide(y, 400);
    int year_of_era = y - era * 400;
    int day_of_year =
        (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + date - 1;
    int day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

int
day_weekday(int32_t day)
{
    int weekday = (int) ((day + INT64_C(3)) % 7); // 1970-01-01: a Thursday
    return weekday < 0 ? weekday + 7 : weekday;
}

int32_t
day_parse(const char *text)
{
    int32_t day = take_date(&text);
    return *text == '\0' ? day : DAY_NONE;
}

int64_t
time_parse(const char *text, const struct zone *z)
{
    int32_t day = take_date(&text);
    if (day == DAY_NONE || !take_char(&text, "Tt ")) // " ": §5.6, a note
        return TIME_NONE;
    int clock_s = take_clock(&text);
    if (clock_s < 0)
        return TIME_NONE;
    int64_t shown_s = (int64_t) day * DAY_S + clock_s;
    if (*text == '\0')
        return zone_to_utc(z, shown_s);
    int offset_s;
    return take_offset(&text, &offset_s) ? shown_s - offset_s : TIME_NONE;
}

int32_t
week_parse(const char *text)
{
    int year = take_digits(&text, 4);
    if (year < 1900 || !take_char(&text, "-") || !take_char(&text, "Ww"))
        return DAY_NONE;
    int week = take_digits(&text, 2);
    if (week < 1 || *text != '\0')
        return DAY_NONE;
    // ISO 8601: week 1 is the one with 4 January in it; a week is its year's
    // when its Thursday is.
    int32_t first = day_monday(day_from_date(year, 1, 4));
    int32_t monday = first + 7 * (week - 1);
    return monday + 3 < day_from_date(year + 1, 1, 1) ? monday : DAY_NONE;
}

int32_t
day_monday(int32_t day)
{
    return day - day_weekday(day);
}

int
minute_parse(const char *text)
{
    int hour = take_digits(&text, 2);
    if (hour < 0 || hour > 24 || !take_char(&text, ":"))
        return -1;
    int minute = take_digits(&text, 2);
    if (minute < 0 || minute > 59 || *text != '\0')
        return -1;
    return hour == 24 && minute > 0 ? -1 : hour * 60 + minute;
}
