#include "core/calendar_meetings.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/date.h"
#include "core/feed_json.h"
#include "core/plain_text.h"

#define UID_CHARACTERS 300
#define TITLE_CHARACTERS 300
#define PLACE_CHARACTERS 300
#define DESCRIPTION_CHARACTERS 2000
#define URL_CHARACTERS 2000

static const char *
text_of(const struct json *line, const char *name, struct arena *a, size_t most,
        int how)
{
    const char *text = json_string(json_get(line, name));
    return text ? plain_text(a, text, strlen(text), most, how, NULL) : "";
}

static bool
read_days(const char *start, const char *end, struct calendar_meeting *out)
{
    out->is_all_day = true;
    out->start_day = day_parse(start);
    int32_t end_day = day_parse(end); // the first day that is free again
    if (out->start_day == DAY_NONE || end_day == DAY_NONE)
        return false;
    out->end_day = end_day > out->start_day ? end_day - 1 : out->start_day;
    return true;
}

static bool
read_moments(const char *start, const char *end, struct calendar_meeting *out)
{
    out->start_day = out->end_day = DAY_NONE;
    out->starts_s = time_parse(start, NULL);
    int64_t ends_s = time_parse(end, NULL);
    if (out->starts_s == TIME_NONE || ends_s == TIME_NONE)
        return false;
    out->ends_s = ends_s > out->starts_s ? ends_s : TIME_NONE;
    return true;
}

static bool
read_times(const struct json *line, struct calendar_meeting *out,
           struct problem *why)
{
    const char *start = json_string(json_get(line, "start"));
    const char *end = json_string(json_get(line, "end"));
    bool is_all_day = json_is_true(json_get(line, "all_day"));
    out->starts_s = out->ends_s = TIME_NONE;
    if (start && end &&
        (is_all_day ? read_days : read_moments)(start, end, out))
        return true;
    problem_set(why, 0, 0, "an entry says no time that can be read");
    return false;
}

static bool
read_line(const struct json *line, struct arena *a,
          struct calendar_meeting *out, struct problem *why)
{
    if (!read_times(line, out, why))
        return false;
    const char *status = json_string(json_get(line, "status"));
    out->is_cancelled = status && strcmp(status, "CANCELLED") == 0;
    out->uid = text_of(line, "uid", a, UID_CHARACTERS, PLAIN_ONE_LINE);
    out->title = text_of(line, "summary", a, TITLE_CHARACTERS, PLAIN_ONE_LINE);
    out->place = text_of(line, "location", a, PLACE_CHARACTERS, PLAIN_ONE_LINE);
    out->description =
        text_of(line, "description", a, DESCRIPTION_CHARACTERS, PLAIN_LINES);
    out->url = text_of(line, "url", a, URL_CHARACTERS, PLAIN_ONE_LINE);
    if (!*out->title)
        problem_set(why, 0, 0, "an entry has no title");
    return *out->title;
}

bool
calendar_meeting_read(const char *line, size_t len, struct arena *a,
                      struct calendar_meeting *out, struct problem *why)
{
    *out = (struct calendar_meeting){0};
    if (len > CALENDAR_LINE_MOST) {
        problem_set(why, 0, 0, "an entry is longer than any can be");
        return false;
    }
    struct json *root = json_open(line, len, why);
    bool is_read = root && read_line(root, a, out, why);
    json_close(root);
    if (!is_read)
        *out = (struct calendar_meeting){0};
    return is_read;
}

const char *
calendar_title_folded(struct arena *a, const char *title)
{
    size_t len = strlen(title);
    char *folded = utf8_fold(title, len, false);
    const char *kept = plain_text(a, folded, strlen(folded), TITLE_CHARACTERS,
                                  PLAIN_ONE_LINE, NULL);
    free(folded);
    return kept;
}

/* Whether a word of `title` begins with `word`; both are folded. */
static bool
has_word(const char *title, const char *word, size_t word_len)
{
    size_t len = strlen(title);
    bool was_word = false;
    for (size_t at = 0; at < len;) {
        if (!was_word && len - at >= word_len &&
            memcmp(title + at, word, word_len) == 0)
            return true;
        was_word = utf8_is_word(utf8_next(title, len, &at));
    }
    return false;
}

bool
calendar_title_has(const char *title, const char *filter)
{
    struct arena a = {0};
    const char *words = calendar_title_folded(&a, filter);
    const char *folded = calendar_title_folded(&a, title);
    bool has_all = true;
    for (const char *word = words; has_all && *word;) {
        size_t word_len = strcspn(word, " ");
        has_all = has_word(folded, word, word_len);
        word += word_len;
        word += strspn(word, " ");
    }
    arena_destroy(&a);
    return has_all;
}
