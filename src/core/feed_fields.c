#include "core/feed_fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/zone.h"
#include "core/plain_text.h"

#define QUOTE_CHARACTERS 60
#define NUMBER_SIZE 64
#define NOTE_SIZE 400

void
feed_note(struct feed_reader *r, const char *format, ...)
{
    char sentence[NOTE_SIZE], where[2 * NOTE_SIZE] = "";
    va_list args;
    if (r->note_count == FEED_NOTES_MAX) {
        r->more_notes++;
        return;
    }
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);

    size_t len = 0;
    if (r->page > 0)
        len = (size_t) snprintf(where, sizeof where, "page %d, ", r->page + 1);
    if (r->position > 0 && *r->id)
        snprintf(where + len, sizeof where - len, "item %d (%s)", r->position,
                 feed_quote(r, r->id));
    else if (r->position > 0)
        snprintf(where + len, sizeof where - len, "item %d", r->position);
    else
        snprintf(where + len, sizeof where - len, "the feed");
    r->notes[r->note_count++] =
        arena_format(&r->board->arena, "%s: %s", where, sentence);
}

const char *
feed_quote(struct feed_reader *r, const char *text)
{
    struct arena *a = &r->board->arena;
    return arena_format(a, "\"%s\"",
                        plain_text(a, text, strlen(text), QUOTE_CHARACTERS,
                                   PLAIN_ONE_LINE, NULL));
}

static bool
is_absent(const struct json *value)
{
    enum json_type type = json_type_of(value);
    return type == JSON_MISSING || type == JSON_NULL;
}

/* The field where it is there and of that type; else NULL, maybe noted. */
static const struct json *
field(struct feed_reader *r, const struct json *object, const char *name,
      enum json_type type, const char *type_name)
{
    const struct json *value = json_get(object, name);
    if (is_absent(value))
        return NULL;
    if (json_type_of(value) == type)
        return value;
    feed_note(r, "\"%s\" should be %s but is %s, so it was left out", name,
              type_name, json_type_name(value));
    return NULL;
}

static const char *
text_field(struct feed_reader *r, const struct json *object, const char *name)
{
    const char *text =
        json_string(field(r, object, name, JSON_STRING, "a text"));
    return text && *text ? text : NULL;
}

const char *
feed_text(struct feed_reader *r, const struct json *object, const char *name,
          size_t most)
{
    bool was_cut;
    const char *text = text_field(r, object, name);
    if (!text)
        return "";
    text = plain_text(&r->board->arena, text, strlen(text), most,
                      PLAIN_REFERENCES, &was_cut);
    if (was_cut)
        feed_note(r, "\"%s\" is longer than %zu characters and was cut", name,
                  most);
    return text;
}

/* As written, trimmed; NULL when it is longer than `most` or not a text. */
static const char *
verbatim(struct feed_reader *r, const char *text, size_t most)
{
    bool was_cut;
    const char *copy = plain_text(&r->board->arena, text, strlen(text), most,
                                  PLAIN_ONE_LINE, &was_cut);
    return was_cut ? NULL : copy;
}

static const char *
id_of(struct feed_reader *r, const struct json *value)
{
    char digits[NUMBER_SIZE];
    if (json_number_text(value, digits, sizeof digits))
        return arena_copy(&r->board->arena, digits, strlen(digits));
    const char *text = json_string(value);
    text = text ? verbatim(r, text, FEED_ID_CHARACTERS) : NULL;
    return text ? text : "";
}

const char *
feed_id(struct feed_reader *r, const struct json *object, const char *name)
{
    const struct json *value = json_get(object, name);
    const char *id = id_of(r, value);
    if (!*id && !is_absent(value))
        feed_note(r, "\"%s\" is no usable id, so it was left out", name);
    return id;
}

const char *
feed_address(struct feed_reader *r, const struct json *object, const char *name)
{
    const char *text = text_field(r, object, name);
    if (!text)
        return "";
    text = verbatim(r, text, FEED_ADDRESS_CHARACTERS);
    if (!text)
        feed_note(r, "\"%s\" is too long for an address, so it was left out",
                  name);
    return text ? text : "";
}

bool
feed_flag(struct feed_reader *r, const struct json *object, const char *name)
{
    return json_is_true(field(r, object, name, JSON_BOOLEAN, "true or false"));
}

int64_t
feed_number(struct feed_reader *r, const struct json *object, const char *name,
            int64_t most, int64_t otherwise)
{
    int64_t number;
    const struct json *value = field(r, object, name, JSON_NUMBER, "a number");
    if (!value)
        return otherwise;
    if (json_integer(value, 0, most, &number))
        return number;
    feed_note(r,
              "\"%s\" should be a whole number from 0 to %lld, so it was left "
              "out",
              name, (long long) most);
    return otherwise;
}

int32_t
feed_day(struct feed_reader *r, const struct json *object, const char *name)
{
    int32_t day;
    int64_t time = feed_time(r, object, name, false, &day);
    if (time == TIME_NONE || day != DAY_NONE)
        return day;
    return local_time(r->board->zone, time).day;
}

int64_t
feed_time(struct feed_reader *r, const struct json *object, const char *name,
          bool day_ends, int32_t *day)
{
    const char *text = text_field(r, object, name);
    int32_t date = DAY_NONE;
    int64_t time = TIME_NONE;
    if (text) {
        date = day_parse(text);
        if (date == DAY_NONE)
            time = time_parse(text, r->board->zone);
        else
            time = zone_to_utc(r->board->zone,
                               (date + (int64_t) day_ends) * DAY_S);
        if (time == TIME_NONE)
            feed_note(r,
                      "\"%s\" is %s, which is no date or time such as "
                      "2026-11-26T15:45:00+00:00, so it was left out",
                      name, feed_quote(r, text));
    }
    if (day)
        *day = date;
    return time;
}

/* What one part of a list gives; NULL when it is of no use. */
typedef const char *
part_reader(struct feed_reader *r, const struct json *value);

static const char *
text_part(struct feed_reader *r, const struct json *value)
{
    const char *text = json_string(value);
    if (!text)
        return NULL;
    text = plain_text(&r->board->arena, text, strlen(text),
                      FEED_TITLE_CHARACTERS, PLAIN_REFERENCES, NULL);
    return *text ? text : NULL;
}

static const char *
id_part(struct feed_reader *r, const struct json *value)
{
    const char *id = id_of(r, value);
    return *id ? id : NULL;
}

/* A field that should be a list but is one value: a list of one, or none. */
static int
read_only_part(struct feed_reader *r, const struct json *value,
               const char *name, part_reader *read, const char **list)
{
    list[0] = read(r, value);
    if (list[0])
        return 1;
    const char *text = json_string(value);
    if (!text || *text) // "" is how some say "none"
        feed_note(r, "\"%s\" should be a list but is %s, so it was left out",
                  name, json_type_name(value));
    return 0;
}

static int
read_parts(struct feed_reader *r, const struct json *array, const char *name,
           int most, part_reader *read, const char **list)
{
    int count = 0, bad = 0, over = 0;
    const struct json *part = json_first(array);
    for (; part; part = json_next(part)) {
        if (count == most) {
            over++;
            continue;
        }
        list[count] = read(r, part);
        if (list[count])
            count++;
        else
            bad++;
    }
    if (bad)
        feed_note(r,
                  "%d of the parts of \"%s\" make no sense, so they were "
                  "left out",
                  bad, name);
    if (over)
        feed_note(r,
                  "\"%s\" has more than %d parts, so the other %d were "
                  "left out",
                  name, most, over);
    return count;
}

static const char *const *
list_field(struct feed_reader *r, const struct json *object, const char *name,
           int most, part_reader *read, int *count)
{
    const struct json *value = json_get(object, name);
    *count = 0;
    if (is_absent(value))
        return NULL;
    int size = 1;
    for (const struct json *p = json_first(value); p && size < most;
         p = json_next(p))
        size++;
    const char **list =
        arena_array(&r->board->arena, (size_t) size, sizeof *list);
    *count = json_type_of(value) == JSON_ARRAY
                 ? read_parts(r, value, name, most, read, list)
                 : read_only_part(r, value, name, read, list);
    return list;
}

const char *const *
feed_texts(struct feed_reader *r, const struct json *object, const char *name,
           int most, int *count)
{
    return list_field(r, object, name, most, text_part, count);
}

const char *const *
feed_ids(struct feed_reader *r, const struct json *object, const char *name,
         int most, int *count)
{
    return list_field(r, object, name, most, id_part, count);
}

const struct json *
feed_object(struct feed_reader *r, const struct json *object, const char *name)
{
    return field(r, object, name, JSON_OBJECT, "an object");
}
