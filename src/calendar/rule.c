#include "calendar/rule.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <libical/ical.h>

#include "base/memory.h"
#include "base/text.h"
#include "core/date.h"

#define CYCLE_YEARS 400 // after which days, months and weekdays come round
#define CYCLE_DAYS 146097
#define COUNT_MOST 1000000

struct rule_parts {
    struct icalrecurrencetype type;
    icalrecur_iterator *walk; // owned; NULL: not walking
};

/* --- reading --- */

static bool
is_word(const char *clause, size_t len, const char *word)
{
    return strlen(word) == len && strncasecmp(clause, word, len) == 0;
}

static bool
read_count(struct rule *rule, const char *value, size_t len)
{
    int64_t count = 0;
    for (size_t i = 0; i < len; i++) {
        if (!isdigit((unsigned char) value[i]))
            return false;
        if (count < COUNT_MOST)
            count = count * 10 + (value[i] - '0');
    }
    rule->count = count < COUNT_MOST ? (int) count : COUNT_MOST;
    return count > 0;
}

static bool
is_too_often(const char *value, size_t len)
{
    return is_word(value, len, "HOURLY") || is_word(value, len, "MINUTELY") ||
           is_word(value, len, "SECONDLY");
}

/* What is ours of "NAME=value" is kept here, the rest goes on to libical. */
static enum rule_verdict
read_clause(struct rule *rule, const char *clause, size_t len,
            struct text *rest)
{
    const char *equals = memchr(clause, '=', len);
    if (!equals || equals + 1 == clause + len) // "UNTIL=;": says nothing
        return len == 0 || equals ? RULE_GOOD : RULE_BROKEN;
    size_t name_len = (size_t) (equals - clause);
    const char *value = equals + 1;
    size_t value_len = len - name_len - 1;
    if (is_word(clause, name_len, "COUNT"))
        return read_count(rule, value, value_len) ? RULE_GOOD : RULE_BROKEN;
    if (is_word(clause, name_len, "UNTIL"))
        return stamp_read(&rule->until, value, value_len, "") ? RULE_GOOD
                                                              : RULE_BROKEN;
    if (is_word(clause, name_len, "RSCALE"))
        return is_word(value, value_len, "GREGORIAN") ? RULE_GOOD
                                                      : RULE_OTHER_CALENDAR;
    if (is_word(clause, name_len, "FREQ") && is_too_often(value, value_len))
        return RULE_TOO_OFTEN;
    if (strncasecmp(clause, "X-", 2) == 0)
        return RULE_GOOD;
    if (rest->len > 0)
        text_add_char(rest, ';');
    text_add(rest, clause, len);
    return RULE_GOOD;
}

enum rule_verdict
rule_read(struct rule *rule, const char *text)
{
    enum rule_verdict verdict = RULE_GOOD;
    struct text rest = {0};
    *rule = (struct rule){0};
    while (*text && verdict == RULE_GOOD) {
        size_t len = strcspn(text, ";");
        verdict = read_clause(rule, text, len, &rest);
        text += len + (text[len] == ';');
    }
    if (verdict == RULE_GOOD) {
        rule->parts = memory_take_zeroed(sizeof *rule->parts);
        icalerror_set_errors_are_fatal(0);
        rule->parts->type = icalrecurrencetype_from_string(text_string(&rest));
        if (rule->parts->type.freq == ICAL_NO_RECURRENCE)
            verdict = RULE_BROKEN;
    }
    text_destroy(&rest);
    return verdict;
}

void
rule_destroy(struct rule *rule)
{
    if (rule->parts && rule->parts->walk)
        icalrecur_iterator_free(rule->parts->walk);
    free(rule->parts);
    *rule = (struct rule){0};
}

/* --- walking --- */

static struct icaltimetype
to_icaltime(int64_t shown_s, bool is_date)
{
    struct local l = local_time(NULL, shown_s);
    struct icaltimetype t = icaltime_null_time();
    t.year = l.year;
    t.month = l.month;
    t.day = l.date;
    t.is_date = is_date;
    if (!is_date) {
        t.hour = l.minute / 60;
        t.minute = l.minute % 60;
        t.second = (int) (shown_s - (int64_t) l.day * DAY_S) % 60;
    }
    return t;
}

static int64_t
from_icaltime(struct icaltimetype t)
{
    int64_t day = day_from_date(t.year, t.month, t.day);
    return day * DAY_S +
           (t.is_date ? 0 : t.hour * 3600 + t.minute * 60 + t.second);
}

/*
 * How far the first time may be moved without any later one moving: a whole
 * number of the rule's periods in which weekdays come round too. 0: not.
 */
static int64_t
period_days(const struct icalrecurrencetype *type)
{
    int64_t interval = type->interval > 0 ? type->interval : 1;
    switch (type->freq) {
    case ICAL_DAILY_RECURRENCE:
        return interval;
    case ICAL_WEEKLY_RECURRENCE:
        return interval * 7;
    case ICAL_MONTHLY_RECURRENCE:
        return CYCLE_YEARS * 12 % interval == 0 ? CYCLE_DAYS : 0;
    case ICAL_YEARLY_RECURRENCE:
        return CYCLE_YEARS % interval == 0 ? CYCLE_DAYS : 0;
    case ICAL_HOURLY_RECURRENCE:
    case ICAL_MINUTELY_RECURRENCE:
    case ICAL_SECONDLY_RECURRENCE:
    case ICAL_NO_RECURRENCE:
        break;
    }
    return 0;
}

void
rule_start(struct rule *rule, const struct stamp *first, int64_t from_s,
           int64_t until_s)
{
    struct rule_parts *parts = rule->parts;
    int64_t start_s = first->shown_s;
    int64_t period_s = period_days(&parts->type) * DAY_S;
    if (rule->count == 0 && period_s > 0 && from_s > start_s)
        start_s += (from_s - start_s) / period_s * period_s;
    rule->has_last = false;
    rule->until_s = until_s;
    // Without this libical would look for 30 February until the year 2582.
    parts->type.until = to_icaltime(until_s + DAY_S, first->is_date);
    parts->type.count = 0;
    if (parts->walk)
        icalrecur_iterator_free(parts->walk);
    parts->walk = icalrecur_iterator_new(parts->type,
                                         to_icaltime(start_s, first->is_date));
}

bool
rule_next(struct rule *rule, int64_t *shown_s)
{
    if (!rule->parts->walk)
        return false;
    struct icaltimetype t = icalrecur_iterator_next(rule->parts->walk);
    if (icaltime_is_null_time(t))
        return false;
    int64_t next_s = from_icaltime(t);
    if (next_s > rule->until_s || (rule->has_last && next_s <= rule->last_s))
        return false;
    rule->has_last = true;
    rule->last_s = next_s;
    *shown_s = next_s;
    return true;
}
