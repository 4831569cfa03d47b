#include "core/feed_write.h"

#include <cjson/cJSON.h>
#include <inttypes.h>
#include <string.h>

#include "base/memory.h"
#include "core/character_reference.h"
#include "core/date.h"

#define VERSION "https://jsonfeed.org/version/1.1"

#define OFFSET_MOST_S ((23 * 60 + 59) * 60) // RFC 3339 §5.6 "time-numoffset"

/* cJSON comes back empty-handed only when there is no memory. */
static cJSON *
made(cJSON *value)
{
    if (!value)
        memory_exhausted();
    return value;
}

/* ---- values ------------------------------------------------------------- */

static void
add_text(cJSON *object, const char *name, const char *text)
{
    made(cJSON_AddStringToObject(object, name, text));
}

/* "" and what is not said is left out, which is how a reader has it. */
static void
add_said(cJSON *object, const char *name, const char *text)
{
    if (*text)
        add_text(object, name, text);
}

static void
add_id(cJSON *object, const char *name, const char *id)
{
    if (*id)
        add_text(object, name, id);
    else
        made(cJSON_AddNullToObject(object, name));
}

static cJSON *
words_value(const char *words)
{
    struct text safe = {0};
    size_t len = strlen(words);
    uint32_t code_point;
    for (size_t i = 0; i < len; i++) {
        text_add_char(&safe, words[i]);
        if (words[i] == '&' &&
            character_reference_read(words + i, len - i, &code_point))
            text_add_string(&safe, "amp;");
    }
    cJSON *value = made(cJSON_CreateString(text_string(&safe)));
    text_destroy(&safe);
    return value;
}

static void
add_words(cJSON *object, const char *name, const char *words)
{
    cJSON_AddItemToObject(object, name, words_value(words));
}

static void
add_said_words(cJSON *object, const char *name, const char *words)
{
    if (*words)
        add_words(object, name, words);
}

static void
add_words_list(cJSON *object, const char *name, const char *const *list,
               int count)
{
    cJSON *array = count ? made(cJSON_AddArrayToObject(object, name)) : NULL;
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(array, words_value(list[i]));
}

static void
add_flag(cJSON *object, const char *name, bool is_so)
{
    if (is_so)
        made(cJSON_AddTrueToObject(object, name));
}

static void
add_count(cJSON *object, const char *name, int count)
{
    made(cJSON_AddNumberToObject(object, name, count));
}

/* ---- times -------------------------------------------------------------- */

/* Days that four digits of a year can name. */
#define FIRST_DAY ((int64_t) day_from_date(1900, 1, 1))
#define LAST_DAY ((int64_t) day_from_date(9999, 12, 31))

/*
 * In UTC. What lies just outside its years ("until 9999-12-31" is how some say
 * "for ever") has an offset that brings it in; TIME_NONE is left out.
 */
static void
add_moment(cJSON *object, const char *name, int64_t utc_s)
{
    int64_t first_s = FIRST_DAY * DAY_S, end_s = (LAST_DAY + 1) * DAY_S;
    int offset_s = 0;
    const char *offset = "Z";
    if (utc_s < first_s) {
        offset_s = OFFSET_MOST_S;
        offset = "+23:59";
    } else if (utc_s >= end_s) {
        offset_s = -OFFSET_MOST_S;
        offset = "-23:59";
    }
    int64_t shown_s = utc_s + offset_s;
    if (shown_s < first_s || shown_s >= end_s)
        return;
    struct text time = {0};
    struct local l = local_time(NULL, shown_s);
    int second = (int) (shown_s - (int64_t) l.day * DAY_S) - l.minute * 60;
    text_add_format(&time, "%04d-%02d-%02dT%02d:%02d:%02d%s", l.year, l.month,
                    l.date, l.minute / 60, l.minute % 60, second, offset);
    add_text(object, name, text_string(&time));
    text_destroy(&time);
}

static void
add_time(cJSON *object, const char *name, int64_t utc_s)
{
    if (postit_record_is_moment(utc_s))
        add_moment(object, name, utc_s);
}

static void
add_day(cJSON *object, const char *name, int32_t day)
{
    struct text date = {0};
    if (day < FIRST_DAY || day > LAST_DAY) // DAY_NONE among them
        return;
    struct local l = local_time(NULL, (int64_t) day * DAY_S);
    text_add_format(&date, "%04d-%02d-%02d", l.year, l.month, l.date);
    add_text(object, name, text_string(&date));
    text_destroy(&date);
}

/* ISO 8601: a week belongs to the year of its Thursday. */
static void
add_week(cJSON *object, const char *name, int32_t monday)
{
    struct text week = {0};
    if (monday == DAY_NONE)
        return;
    int32_t thursday = monday + 3;
    int year = local_time(NULL, (int64_t) thursday * DAY_S).year;
    text_add_format(&week, "%04d-W%02d", year,
                    (thursday - day_from_date(year, 1, 1)) / 7 + 1);
    add_text(object, name, text_string(&week));
    text_destroy(&week);
}

static void
add_days(cJSON *object, const char *name, uint8_t days)
{
    static const char *const words[7] = {"mon", "tue", "wed", "thu",
                                         "fri", "sat", "sun"};
    cJSON *list = days ? made(cJSON_AddArrayToObject(object, name)) : NULL;
    for (int i = 0; i < 7; i++)
        if (days >> i & 1)
            cJSON_AddItemToArray(list, made(cJSON_CreateString(words[i])));
}

static void
add_minutes(cJSON *object, const char *name, int open, int shut)
{
    const int minutes[] = {open, shut};
    if (open < 0 || shut < 0)
        return;
    cJSON *list = made(cJSON_AddArrayToObject(object, name));
    for (int i = 0; i < 2; i++) {
        struct text time = {0};
        text_add_format(&time, "%02d:%02d", minutes[i] / 60, minutes[i] % 60);
        cJSON_AddItemToArray(list,
                             made(cJSON_CreateString(text_string(&time))));
        text_destroy(&time);
    }
}

/* ---- both kinds of document --------------------------------------------- */

static void
add_author(cJSON *item, const char *name)
{
    if (!*name)
        return;
    cJSON *authors = made(cJSON_AddArrayToObject(item, "authors"));
    cJSON *author = made(cJSON_CreateObject());
    cJSON_AddItemToArray(authors, author);
    add_words(author, "name", name);
}

static cJSON *
head_of(const char *title)
{
    cJSON *feed = made(cJSON_CreateObject());
    add_text(feed, "version", VERSION);
    add_words(feed, "title", title);
    return feed;
}

/* Appends and deletes it. */
static void
print(struct text *out, cJSON *value, bool is_for_people)
{
    char *printed =
        is_for_people ? cJSON_Print(value) : cJSON_PrintUnformatted(value);
    if (!printed)
        memory_exhausted();
    text_add_string(out, printed);
    cJSON_free(printed);
    cJSON_Delete(value);
}

/* ---- post-its as a file ------------------------------------------------- */

static void
add_extension(cJSON *item, const struct postit_record *p)
{
    cJSON *own = made(cJSON_AddObjectToObject(item, "_staffroom"));
    add_text(own, "kind", kind_names[KIND_POSTIT]);
    add_text(own, "sort", postit_record_sorts[p->sort]);
    add_text(own, "colour", postit_record_colours[p->colour]);
    add_id(own, "school", p->school);
    add_id(own, "answers", p->answers);
    add_count(own, "thanks", p->thanks);
    add_count(own, "trying", p->trying);
    add_time(own, "show_until", p->expires_s);
}

static cJSON *
item_of(const struct postit_record *p)
{
    cJSON *item = made(cJSON_CreateObject());
    add_text(item, "id", p->id);
    add_words(item, "content_text", p->text);
    add_author(item, p->author);
    add_time(item, "date_published", p->made_s);
    add_flag(item, "expired", p->is_face_down);
    add_extension(item, p);
    return item;
}

void
feed_write_postits(struct text *out, const char *title,
                   const struct postit_record *postits, int count)
{
    cJSON *feed = head_of(title);
    cJSON *items = made(cJSON_AddArrayToObject(feed, "items"));
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(items, item_of(&postits[i]));
    print(out, feed, true);
    text_add_char(out, '\n');
}

/* ---- a whole board ------------------------------------------------------ */

/* Where its kind alone does not say: all-day ones have dates. */
static void
add_meeting(cJSON *own, const struct board *b, const struct item *item)
{
    if (item->is_all_day)
        add_day(own, "starts", item->starts_day);
    else
        add_moment(own, "starts", item->starts_s);
    int64_t last_day_ends_s =
        zone_to_utc(b->zone, ((int64_t) item->ends_day + 1) * DAY_S);
    if (item->is_all_day && item->ends_s == last_day_ends_s)
        add_day(own, "ends", item->ends_day);
    else
        add_moment(own, "ends", item->ends_s);
    add_said_words(own, "place", item->place);
}

static void
add_own_fields(cJSON *own, const struct board *b, const struct item *item,
               bool has_names)
{
    switch (item->kind) {
    case KIND_PURPOSE:
        add_words_list(own, "priorities", item->priorities,
                       item->priority_count);
        add_words_list(own, "promises", item->promises, item->promise_count);
        return;
    case KIND_QUESTION:
        add_day(own, "on", item->on);
        if (has_names)
            add_said_words(own, "next_asker", item->next_asker);
        return;
    case KIND_IDEA:
        add_week(own, "week", item->week);
        add_said_words(own, "next_step", item->next_step);
        add_count(own, "thanks", item->thanks);
        add_count(own, "trying", item->trying);
        return;
    case KIND_POSTIT:
        add_text(own, "sort", postit_record_sorts[item->sort]);
        add_text(own, "colour", postit_record_colours[item->colour]);
        add_id(own, "answers", item->answers);
        add_count(own, "thanks", item->thanks);
        add_count(own, "trying", item->trying);
        return;
    case KIND_MEETING:
        add_meeting(own, b, item);
        return;
    case KIND_SCRAPBOOK:
    case KIND_IMPACT:
        return;
    }
}

static void
add_item_extension(cJSON *object, const struct board *b,
                   const struct item *item, bool has_names)
{
    cJSON *own = made(cJSON_AddObjectToObject(object, "_staffroom"));
    add_text(own, "kind", kind_names[item->kind]);
    add_said(own, "school", item->school);
    add_flag(own, "pinned", item->is_pinned);
    add_flag(own, "public", item->is_public);
    add_moment(own, "show_from", item->window.from_s);
    add_moment(own, "show_until", item->window.until_s);
    add_days(own, "days", item->window.days);
    add_minutes(own, "between", item->window.open_minute,
                item->window.shut_minute);
    cJSON *schools = item->school_count
                         ? made(cJSON_AddArrayToObject(own, "schools"))
                         : NULL;
    for (int i = 0; i < item->school_count; i++)
        cJSON_AddItemToArray(schools,
                             made(cJSON_CreateString(item->schools[i])));
    add_own_fields(own, b, item, has_names);
}

static cJSON *
board_item(const struct board *b, const struct item *item, bool has_names)
{
    cJSON *object = made(cJSON_CreateObject());
    add_text(object, "id", item->id);
    if (item->has_own_title)
        add_words(object, "title", item->title);
    add_words(object, "content_text", item->text); // one of them must be there
    if (has_names)
        add_author(object, item->author);
    add_said(object, "image", item->image);
    add_said(object, "url", item->link);
    add_moment(object, "date_published", item->published_s);
    add_item_extension(object, b, item, has_names);
    return object;
}

static void
add_schools(cJSON *own, const struct board *b)
{
    cJSON *list = made(cJSON_AddArrayToObject(own, "schools"));
    for (int i = 0; i < b->school_count; i++) {
        cJSON *school = made(cJSON_CreateObject());
        cJSON_AddItemToArray(list, school);
        add_text(school, "id", b->schools[i].id);
        if (strcmp(b->schools[i].name, b->schools[i].id) != 0)
            add_words(school, "name", b->schools[i].name);
    }
}

static void
add_terms(cJSON *own, const struct board *b)
{
    cJSON *list = made(cJSON_AddArrayToObject(own, "term"));
    for (int i = 0; i < b->term_count; i++) {
        cJSON *term = made(cJSON_CreateObject());
        cJSON_AddItemToArray(list, term);
        add_day(term, "from", b->terms[i].from);
        add_day(term, "until", b->terms[i].until);
    }
}

/* Digits, because cJSON prints a double, and 15 of them are not always all. */
static void
add_revision(cJSON *own, int64_t revision)
{
    struct text digits = {0};
    if (revision < 0)
        return;
    text_add_format(&digits, "%" PRId64, revision);
    made(cJSON_AddRawToObject(own, "revision", text_string(&digits)));
    text_destroy(&digits);
}

static void
add_board_extension(cJSON *feed, const struct board *b)
{
    cJSON *own = made(cJSON_AddObjectToObject(feed, "_staffroom"));
    add_revision(own, b->revision);
    made(cJSON_AddBoolToObject(own, "complete", b->is_complete));
    made(cJSON_AddBoolToObject(own, "frozen", b->is_frozen));
    add_said_words(own, "timezone", b->zone_name);
    add_schools(own, b);
    add_terms(own, b);
}

void
feed_write_board(struct text *out, const struct board *b,
                 const struct feed_write_options *options)
{
    cJSON *feed = head_of(b->title);
    add_said(feed, "home_page_url", b->home_page ? b->home_page : "");
    add_said(feed, "feed_url", options->feed_url ? options->feed_url : "");
    add_said_words(feed, "language", b->language);
    add_board_extension(feed, b);
    cJSON *items = made(cJSON_AddArrayToObject(feed, "items"));
    for (int i = 0; i < b->item_count; i++)
        cJSON_AddItemToArray(items,
                             board_item(b, &b->items[i], options->has_names));
    print(out, feed, false);
    text_add_char(out, '\n');
}

void
feed_write_item(struct text *out, const struct board *b,
                const struct item *item,
                const struct feed_write_options *options)
{
    print(out, board_item(b, item, options->has_names), false);
}
