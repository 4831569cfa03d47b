#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "core/calendar_meetings.h"
#include "core/date.h"
#include "core/feed_json.h"
#include "core/feed_write.h"
#include "core/plain_text.h"
#include "hub/calendars.h"
#include "hub/calendars_part.h"

#define WORDS_MOST                                                             \
    600 // characters of a description: a wall has no room for more
#define INTERVAL_MOST_S (7 * DAY_S)

/* ---- what was fetched --------------------------------------------------- */

static const char *
text_of(struct arena *a, const struct json *head, const char *name)
{
    const char *text = json_get_text(head, name);
    return text ? arena_copy(a, text, strlen(text)) : "";
}

bool
calendars_take_fetched(struct arena *a, const struct text *said,
                       struct calendars_fetched *out, struct problem *why)
{
    const char *bytes = text_string(said);
    const char *end = memchr(bytes, '\n', said->len);
    size_t head_len = end ? (size_t) (end - bytes) : 0;
    struct json *head = end ? json_open(bytes, head_len, why) : NULL;
    int64_t retry_s = 0;
    *out = (struct calendars_fetched){0};
    if (!head) {
        problem_set(why, 0, 0, "what was fetched has no head");
        return false;
    }
    (void) json_integer(json_get(head, "retry_after_s"), 0, DAY_S, &retry_s);
    out->is_same = json_is_true(json_get(head, "same"));
    out->etag = text_of(a, head, "etag");
    out->modified = text_of(a, head, "modified");
    out->sentence = text_of(a, head, "sentence");
    out->retry_after_s = (int) retry_s;
    out->body = end + 1;
    out->len = said->len - head_len - 1;
    json_close(head);
    return true;
}

/* ---- what it is --------------------------------------------------------- */

bool
calendars_is_calendar(const char *body, size_t len, struct problem *why)
{
    static const char mark[] = "\xEF\xBB\xBF";
    size_t at = len >= 3 && memcmp(body, mark, 3) == 0 ? 3 : 0;
    while (at < len && strchr(" \t\r\n", body[at]))
        at++;
    if (at < len && body[at] == '<') {
        problem_set(why, 0, 0,
                    "This address leads to a web page, perhaps one where "
                    "people sign in, and not to a calendar. Look for the "
                    "address in the calendar\xE2\x80\x99s own settings: it "
                    "often ends in .ics");
        return false;
    }
    return true;
}

/* "PT1H30M" (RFC 5545 §3.3.6); 0 for anything else. */
static int
duration_s(const char *at, const char *end)
{
    int64_t sum = 0;
    bool is_time = false;
    if (at == end || *at++ != 'P')
        return 0;
    while (at < end && *at != '\r') {
        int64_t number = 0;
        if (*at == 'T') {
            is_time = true;
            at++;
            continue;
        }
        const char *digits = at;
        while (at < end && *at >= '0' && *at <= '9' && at - digits < 9)
            number = number * 10 + (*at++ - '0');
        char unit = at < end && at > digits ? *at++ : '\0';
        int unit_s = unit == 'W'              ? 7 * DAY_S
                     : unit == 'D'            ? DAY_S
                     : unit == 'H'            ? 3600
                     : unit == 'M' && is_time ? 60
                     : unit == 'S'            ? 1
                                              : 0;
        if (unit_s == 0)
            return 0;
        sum += number * unit_s;
    }
    return (int) (sum < INTERVAL_MOST_S ? sum : INTERVAL_MOST_S);
}

/* The value behind "NAME:" or "NAME;VALUE=DURATION:". */
static int
interval_s(const char *line, const char *end, const char *name)
{
    size_t len = strlen(name);
    if ((size_t) (end - line) <= len || strncasecmp(line, name, len) != 0 ||
        (line[len] != ':' && line[len] != ';'))
        return 0;
    const char *colon = memchr(line, ':', (size_t) (end - line));
    return colon ? duration_s(colon + 1, end) : 0;
}

int
calendars_refresh_s(const char *body, size_t len)
{
    static const char event[] = "BEGIN:VEVENT";
    int told_s = 0, asked_s = 0;
    const char *all = body + len;
    while (body < all) {
        const char *end = memchr(body, '\n', (size_t) (all - body));
        end = end ? end : all;
        if ((size_t) (end - body) >= sizeof event - 1 &&
            strncasecmp(body, event, sizeof event - 1) == 0)
            break;
        if (told_s == 0)
            told_s = interval_s(body, end, "REFRESH-INTERVAL");
        if (asked_s == 0)
            asked_s = interval_s(body, end, "X-PUBLISHED-TTL");
        body = end < all ? end + 1 : all;
    }
    return told_s ? told_s : asked_s;
}

/* ---- meetings ----------------------------------------------------------- */

/* The same whenever it is read, and in whatever calendar it stands: answers to
   a meeting stay with it. */
static const char *
id_of(struct arena *a, const struct calendar_meeting *m)
{
    const char *name = *m->uid ? m->uid : m->title;
    uint64_t hash = hash_more(HASH_START, name, strlen(name) + 1);
    int64_t start = m->is_all_day ? m->start_day : m->starts_s;
    hash = hash_more(hash, &start, sizeof start);
    return arena_format(a, "cal-%016" PRIx64, hash);
}

static struct item
item_of(struct arena *a, const struct calendar_meeting *m, struct zone *zone)
{
    struct item item = {
        .kind = KIND_MEETING,
        .id = id_of(a, m),
        .title = m->title,
        .has_own_title = true,
        .text = plain_text(a, m->description, strlen(m->description),
                           WORDS_MOST, PLAIN_LINES, NULL),
        .author = "",
        .school = "",
        .image = "",
        .link = "",
        .next_asker = "",
        .next_step = "",
        .answers = "",
        .place = m->place,
        .published_s = TIME_NONE,
        .window = {.from_s = TIME_NONE,
                   .until_s = TIME_NONE,
                   .open_minute = -1,
                   .shut_minute = -1},
        .on = DAY_NONE,
        .week = DAY_NONE,
        .starts_s = m->starts_s,
        .ends_s = m->ends_s,
        .is_all_day = m->is_all_day,
        .starts_day = m->start_day,
        .ends_day = m->end_day,
    };
    if (m->is_all_day) {
        item.starts_s = zone_to_utc(zone, (int64_t) m->start_day * DAY_S);
        item.ends_s = zone_to_utc(zone, ((int64_t) m->end_day + 1) * DAY_S);
    }
    return item;
}

static bool
has_item(const struct item *items, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(items[i].id, id) == 0)
            return true;
    return false;
}

/* How many; -1 when not one line of several could be read. */
static int
read_lines(struct arena *a, const struct text *lines, const char *filter,
           struct zone *zone, struct item *items, struct problem *why)
{
    int count = 0, good = 0, bad = 0;
    const char *at = text_string(lines), *all = at + lines->len;
    while (at < all && count < CALENDARS_MEETINGS_MOST) {
        struct calendar_meeting m;
        const char *end = memchr(at, '\n', (size_t) (all - at));
        end = end ? end : all;
        bool is_good =
            calendar_meeting_read(at, (size_t) (end - at), a, &m, why);
        good += is_good;
        bad += !is_good;
        if (is_good && !m.is_cancelled && calendar_title_has(m.title, filter) &&
            !has_item(items, count, id_of(a, &m)))
            items[count++] = item_of(a, &m, zone);
        at = end < all ? end + 1 : all;
    }
    return bad > 0 && good == 0 ? -1 : count;
}

bool
calendars_take_lines(struct text *document, const struct text *lines,
                     const char *filter, const char *zone_name,
                     struct zone *zone, struct problem *why)
{
    struct arena arena = {0};
    const struct feed_write_options options = {.has_names = true};
    struct item *items =
        arena_array(&arena, CALENDARS_MEETINGS_MOST, sizeof *items);
    int count = read_lines(&arena, lines, filter, zone, items, why);
    struct board board = {.title = "Calendar",
                          .language = "",
                          .revision = -1,
                          .zone_name = zone_name,
                          .zone = zone,
                          .items = items,
                          .item_count = count};
    if (count >= 0)
        feed_write_board(document, &board, &options);
    arena_destroy(&arena);
    return count >= 0;
}
