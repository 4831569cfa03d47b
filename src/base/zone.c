#include "base/zone.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

#define ZONE_FOLDER "/usr/share/zoneinfo"
#define FILE_MOST_BYTES 65536
#define HOUR_S 3600
#define DAY_S 86400

/* The day of a year on which a rule changes the clocks (POSIX TZ). */
struct rule {
    enum { RULE_WEEKDAY, RULE_JULIAN, RULE_DAY } kind;
    int month, week, day; // WEEKDAY: Mm.w.d; else only day
    int32_t at_s;         // local time of day; may be negative or over a day
};

struct zone {
    int64_t *moments;   // owned; when each change happens, ascending
    int32_t *offsets_s; // owned; what holds from then on
    int count;
    int32_t first_offset_s; // before the first change
    // after the last change: the footer's rule for ever
    bool has_rule;
    int32_t standard_s, summer_s;
    bool has_summer;
    struct rule to_summer, to_standard;
};

static int64_t
big_endian(const unsigned char *b, int bytes)
{
    uint64_t v = (b[0] & 0x80) ? ~UINT64_C(0) : 0; // sign
    for (int i = 0; i < bytes; i++)
        v = v << 8 | b[i];
    return (int64_t) v;
}

/* --- the footer: "GMT0BST,M3.5.0/1,M10.5.0" (POSIX TZ, RFC 8536 §3.3) --- */

static const char *
skip_name(const char *p)
{
    if (*p == '<') {
        while (*p && *p != '>')
            p++;
        return *p ? p + 1 : p;
    }
    while (isalpha((unsigned char) *p))
        p++;
    return p;
}

static const char *
read_number(const char *p, int *out)
{
    if (!isdigit((unsigned char) *p))
        return NULL;
    int v = 0;
    while (isdigit((unsigned char) *p) && v < 100000)
        v = v * 10 + (*p++ - '0');
    *out = v;
    return p;
}

/* [+-]h[h[h]][:mm[:ss]] */
static const char *
read_time(const char *p, int32_t *out_s)
{
    int sign = 1, part[3] = {0, 0, 0};
    if (*p == '+' || *p == '-')
        sign = *p++ == '-' ? -1 : 1;
    for (int i = 0; i < 3; i++) {
        if (i > 0) {
            if (*p != ':')
                break;
            p++;
        }
        p = read_number(p, &part[i]);
        if (!p || part[i] > 1000)
            return NULL;
    }
    *out_s = sign * (part[0] * HOUR_S + part[1] * 60 + part[2]);
    return p;
}

static const char *
read_rule(const char *p, struct rule *r)
{
    if (*p != ',')
        return NULL;
    p++;
    if (*p == 'M') {
        r->kind = RULE_WEEKDAY;
        p = read_number(p + 1, &r->month);
        if (!p || *p != '.')
            return NULL;
        p = read_number(p + 1, &r->week);
        if (!p || *p != '.')
            return NULL;
        p = read_number(p + 1, &r->day);
        if (r->month < 1 || r->month > 12 || r->week < 1 || r->week > 5 ||
            r->day > 6)
            return NULL;
    } else {
        r->kind = *p == 'J' ? RULE_JULIAN : RULE_DAY;
        p = read_number(*p == 'J' ? p + 1 : p, &r->day);
        if (r->day > 366)
            return NULL;
    }
    r->at_s = 2 * HOUR_S;
    if (p && *p == '/')
        p = read_time(p + 1, &r->at_s);
    return p;
}

static bool
read_footer(struct zone *z, const char *p)
{
    int32_t west_s;
    p = read_time(skip_name(p), &west_s);
    if (!p)
        return false;
    z->standard_s = -west_s;
    if (*p == '\0') {
        z->has_rule = true;
        return true;
    }
    p = skip_name(p);
    z->summer_s = z->standard_s + HOUR_S;
    if (*p && *p != ',') {
        p = read_time(p, &west_s);
        if (!p)
            return false;
        z->summer_s = -west_s;
    }
    p = read_rule(p, &z->to_summer);
    p = p ? read_rule(p, &z->to_standard) : NULL;
    z->has_summer = z->has_rule = p && *p == '\0';
    return z->has_rule;
}

/* --- rules for years beyond the file --- */

static int64_t
days_before_year(int64_t year)
{
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400 - 719162; // from 1970
}

static bool
is_leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Seconds from 1970 to the change, on a clock that shows local time. */
static int64_t
rule_local_s(const struct rule *r, int64_t year)
{
    static const int before_month[] = {0,   31,  59,  90,  120, 151, 181,
                                       212, 243, 273, 304, 334, 365};
    int64_t day = days_before_year(year);
    if (r->kind == RULE_WEEKDAY) {
        int leap = is_leap(year);
        int64_t first =
            day + before_month[r->month - 1] + (r->month > 2 ? leap : 0);
        int64_t next =
            day + before_month[r->month] + (r->month >= 2 ? leap : 0);
        int weekday = (int) ((first + 4) % 7); // 1970-01-01 was a Thursday
        day = first + (r->day - weekday + 7) % 7 + 7 * (r->week - 1);
        while (day >= next)
            day -= 7;
    } else if (r->kind == RULE_JULIAN) {
        day += r->day - 1 + (is_leap(year) && r->day >= 60);
    } else {
        day += r->day;
    }
    return day * DAY_S + r->at_s;
}

static int32_t
rule_offset_s(const struct zone *z, int64_t utc_s)
{
    if (!z->has_summer)
        return z->standard_s;
    int64_t local_s = utc_s + z->standard_s;
    int64_t year = 1970 + local_s / (365 * (int64_t) DAY_S + DAY_S / 4);
    while (days_before_year(year + 1) * DAY_S <= local_s)
        year++;
    while (days_before_year(year) * DAY_S > local_s)
        year--;
    int64_t begins = rule_local_s(&z->to_summer, year) - z->standard_s;
    int64_t ends = rule_local_s(&z->to_standard, year) - z->summer_s;
    bool is_summer = begins < ends ? utc_s >= begins && utc_s < ends
                                   : utc_s >= begins || utc_s < ends;
    return is_summer ? z->summer_s : z->standard_s;
}

/* --- the file (TZif, RFC 8536 §3) --- */

struct header {
    int64_t version, isutc, isstd, leap, times, types, chars;
};

static bool
read_header(const unsigned char *b, size_t len, struct header *h)
{
    if (len < 44 || memcmp(b, "TZif", 4) != 0)
        return false;
    h->version = b[4];
    int64_t *field[] = {&h->isutc, &h->isstd, &h->leap,
                        &h->times, &h->types, &h->chars};
    for (int i = 0; i < 6; i++) {
        *field[i] = big_endian(b + 20 + 4 * i, 4);
        if (*field[i] < 0 || *field[i] > 20000)
            return false;
    }
    return h->types > 0;
}

static size_t
block_size(const struct header *h, int time_size)
{
    return (size_t) (h->times * time_size + h->times + h->types * 6 + h->chars +
                     h->leap * (time_size + 4) + h->isstd + h->isutc);
}

static bool
read_changes(struct zone *z, const unsigned char *b, const struct header *h)
{
    const unsigned char *kinds = b + h->times * 8;
    const unsigned char *types = kinds + h->times;
    z->moments = memory_take((size_t) h->times * sizeof *z->moments);
    z->offsets_s = memory_take((size_t) h->times * sizeof *z->offsets_s);
    z->first_offset_s = (int32_t) big_endian(types, 4);
    z->count = (int) h->times;
    for (int64_t i = 0; i < h->times; i++) {
        if (kinds[i] >= h->types)
            return false;
        z->moments[i] = big_endian(b + i * 8, 8);
        z->offsets_s[i] = (int32_t) big_endian(types + kinds[i] * 6, 4);
        if (i > 0 && z->moments[i] <= z->moments[i - 1])
            return false;
    }
    return true;
}

/* Only version 2 and later, which every Debian has: 64-bit, with a footer. */
static bool
read_file(struct zone *z, const unsigned char *b, size_t len)
{
    struct header h;
    if (!read_header(b, len, &h) || h.version < '2')
        return false;
    size_t at = 44 + block_size(&h, 4);
    if (at > len || !read_header(b + at, len - at, &h))
        return false;
    at += 44;
    size_t size = block_size(&h, 8);
    if (len - at < size + 2 || !read_changes(z, b + at, &h))
        return false;

    const char *footer = (const char *) b + at + size;
    size_t left = len - at - size;
    const char *end = memchr(footer + 1, '\n', left - 1);
    if (footer[0] != '\n' || !end || end == footer + 1)
        return true; // no rule: the last offset goes on
    char rule[128];
    size_t rule_len = (size_t) (end - footer - 1);
    if (rule_len >= sizeof rule)
        return false;
    memcpy(rule, footer + 1, rule_len);
    rule[rule_len] = '\0';
    return read_footer(z, rule);
}

static struct zone *
open_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    unsigned char *bytes = memory_take(FILE_MOST_BYTES);
    size_t len = 0;
    ssize_t got;
    while (len < FILE_MOST_BYTES &&
           (got = read(fd, bytes + len, FILE_MOST_BYTES - len)) > 0)
        len += (size_t) got;
    close(fd);

    struct zone *z = memory_take_zeroed(sizeof *z);
    if (!read_file(z, bytes, len)) {
        zone_close(z);
        z = NULL;
    }
    free(bytes);
    return z;
}

/* A feed names zones: nothing that could leave the folder. */
static bool
is_plain_name(const char *name)
{
    if (!isalpha((unsigned char) name[0]) || strlen(name) > 64)
        return false;
    for (const char *c = name; *c; c++)
        if (!isalnum((unsigned char) *c) && !strchr("/_+-", *c))
            return false;
    return true;
}

struct zone *
zone_open(const char *name)
{
    bool is_named = name && *name;
    if (!is_named) {
        name = getenv("TZ");
        if (name && *name == ':')
            name++;
        if (!name || !*name)
            return open_path("/etc/localtime");
    }
    if (!is_plain_name(name))
        return NULL;
    char path[sizeof ZONE_FOLDER + 1 + 65];
    snprintf(path, sizeof path, "%s/%s", ZONE_FOLDER, name);
    return open_path(path);
}

struct zone *
zone_make(const int64_t *moments, const int32_t *offsets_s, int count,
          int32_t first_offset_s)
{
    struct zone *z = memory_take_zeroed(sizeof *z);
    size_t size = (size_t) count;
    z->moments = memory_take(size * sizeof *moments);
    z->offsets_s = memory_take(size * sizeof *offsets_s);
    if (count > 0) {
        memcpy(z->moments, moments, size * sizeof *moments);
        memcpy(z->offsets_s, offsets_s, size * sizeof *offsets_s);
    }
    z->count = count;
    z->first_offset_s = first_offset_s;
    return z;
}

void
zone_close(struct zone *z)
{
    if (!z)
        return;
    free(z->moments);
    free(z->offsets_s);
    free(z);
}

int32_t
zone_offset_s(const struct zone *z, int64_t utc_s)
{
    if (!z)
        return 0;
    if (z->has_rule && (z->count == 0 || utc_s >= z->moments[z->count - 1]))
        return rule_offset_s(z, utc_s);
    int low = 0, high = z->count; // the number of changes not after utc_s
    while (low < high) {
        int middle = (low + high) / 2;
        if (z->moments[middle] <= utc_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? z->offsets_s[low - 1] : z->first_offset_s;
}

int64_t
zone_to_utc(const struct zone *z, int64_t local_s)
{
    // The two offsets that can hold around then; a day is wider than any
    // change, and two changes within a day do not happen.
    int32_t before_s = zone_offset_s(z, local_s - DAY_S);
    int32_t after_s = zone_offset_s(z, local_s + DAY_S);
    int64_t first = local_s - before_s;
    if (zone_offset_s(z, first) == before_s)
        return first; // the usual case, and the first of an hour lived twice
    int64_t second = local_s - after_s;
    if (zone_offset_s(z, second) == after_s)
        return second;
    return first; // skipped: as far into the new hour as it was into the gap
}
