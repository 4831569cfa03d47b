#include "core/screen_hours.h"

#include <string.h>

#define DATE_LENGTH 10 // 2026-12-21
#define MINUTE_S 60
#define SUMMER_DAYS 63

static const char *
skip_blanks(const char *p)
{
    while (*p == ' ' || *p == '\t')
        p++;
    return p;
}

/* Moves behind it; DAY_NONE when no date stands there. */
static int32_t
read_date(const char **p)
{
    char date[DATE_LENGTH + 1];
    size_t len = strnlen(*p, DATE_LENGTH);
    memcpy(date, *p, len);
    date[len] = '\0';
    int32_t day = day_parse(date);
    if (day != DAY_NONE)
        *p += DATE_LENGTH;
    return day;
}

static bool
read_one(struct screen_hours *h, const char **p)
{
    int32_t from = read_date(p), until = from;
    *p = skip_blanks(*p);
    if (strncmp(*p, "..", 2) == 0) {
        *p = skip_blanks(*p + 2);
        until = read_date(p);
    }
    if (from == DAY_NONE || until < from ||
        h->closed_count == SCREEN_CLOSED_MOST)
        return false;
    h->closed[h->closed_count].from = from;
    h->closed[h->closed_count].until = until;
    h->closed_count++;
    return true;
}

bool
screen_closed_read(struct screen_hours *h, const char *text, size_t *where)
{
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
screen_hours_are_set(const struct screen_hours *h)
{
    return h->hours.count > 0 || h->closed_count > 0 || h->in_term_only ||
           h->night.count > 0;
}

static bool
is_closed(const struct screen_hours *h, int32_t day)
{
    for (int i = 0; i < h->closed_count; i++)
        if (day >= h->closed[i].from && day <= h->closed[i].until)
            return true;
    return false;
}

bool
screen_hours_know_terms(const struct board *board, int32_t day)
{
    for (int i = 0; board && i < board->term_count; i++)
        if (day - board->terms[i].until <= SUMMER_DAYS)
            return true;
    return false;
}

static bool
is_term(const struct board *board, int32_t day)
{
    if (!screen_hours_know_terms(board, day))
        return true;
    for (int i = 0; i < board->term_count; i++)
        if (day >= board->terms[i].from && day <= board->terms[i].until)
            return true;
    return false;
}

enum screen_light
screen_hours_light(const struct screen_hours *h, const struct board *board,
                   struct local local)
{
    if (is_closed(h, local.day) ||
        (h->in_term_only && !is_term(board, local.day)) ||
        (h->hours.count > 0 && !hours_hold(&h->hours, local)))
        return SCREEN_OFF;
    return hours_hold(&h->night, local) ? SCREEN_DIMMED : SCREEN_ON;
}

struct screen_plan
screen_hours_plan(const struct screen_hours *h, const struct board *board,
                  const struct screen_moment *m)
{
    struct now now = m->now;
    bool is_awake = m->is_writing || now.mono_ms < m->awake_until_ms;
    if (!screen_hours_are_set(h))
        return (struct screen_plan){SCREEN_ON, INT64_MAX};
    int64_t again_ms =
        now.mono_ms + (MINUTE_S - now.wall_s % MINUTE_S) * 1000 - now.wall_ms;
    if (now.mono_ms < m->awake_until_ms && m->awake_until_ms < again_ms)
        again_ms = m->awake_until_ms;
    enum screen_light light = SCREEN_ON;
    if (now.is_trusted && !is_awake)
        light = screen_hours_light(h, board, local_time(m->zone, now.wall_s));
    return (struct screen_plan){light, again_ms};
}
