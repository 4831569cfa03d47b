#include "core/feed_item.h"

#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "base/text.h"
#include "core/feed.h"
#include "core/feed_kind.h"
#include "core/html_text.h"
#include "core/plain_text.h"

#define AUTHORS_MOST 10
#define TAGS_MOST 50
#define SCHOOLS_MOST 200
#define PRIORITIES_MOST 12
#define COUNT_MOST 100000 // thanks, trying: the partnership is not that large
#define HTML_BYTES_MOST ((size_t) FEED_MAX_CHARACTERS * 8)

/* --- authors --- */

static const char *
author_name(struct feed_reader *r, const struct json *author)
{
    const char *name = json_string(author);
    if (!name)
        name = json_string(json_get(author, "name"));
    if (!name)
        return "";
    return plain_text(&r->board->arena, name, strlen(name),
                      FEED_NAME_CHARACTERS, PLAIN_REFERENCES, NULL);
}

static const char *
join_authors(struct feed_reader *r, const struct json *value)
{
    bool is_list = json_type_of(value) == JSON_ARRAY;
    const struct json *author = is_list ? json_first(value) : value;
    struct text joined = {0};
    for (int i = 0; author && i < AUTHORS_MOST; i++) {
        const char *name = author_name(r, author);
        if (*name && joined.len)
            text_add_string(&joined, ", ");
        text_add_string(&joined, name);
        author = is_list ? json_next(author) : NULL;
    }
    const char *names =
        plain_text(&r->board->arena, text_string(&joined), joined.len,
                   FEED_NAME_CHARACTERS, PLAIN_ONE_LINE, NULL);
    text_destroy(&joined);
    return names;
}

const char *
feed_authors(struct feed_reader *r, const struct json *object)
{
    static const char *const names[] = {"authors", "author"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct json *value = json_get(object, names[i]);
        enum json_type type = json_type_of(value);
        if (type == JSON_NUMBER || type == JSON_BOOLEAN)
            feed_note(r,
                      "\"%s\" should be a list of names but is %s, so it "
                      "was left out",
                      names[i], json_type_name(value));
        const char *joined = join_authors(r, value);
        if (*joined)
            return joined;
    }
    return "";
}

/* --- what every item may say --- */

static enum item_kind
read_kind(struct feed_reader *r, const struct json *object,
          const struct json *extension)
{
    enum item_kind kind = KIND_IDEA;
    const char *name = feed_text(r, extension, "kind", FEED_NAME_CHARACTERS);
    if (*name && feed_kind_from_name(name, &kind))
        return kind;
    int count;
    const char *const *tags = feed_texts(r, object, "tags", TAGS_MOST, &count);
    bool is_known = false;
    for (int i = 0; i < count && !is_known; i++)
        is_known = feed_kind_from_tag(tags[i], r->tags, &kind);
    if (*name)
        feed_note(r, "there is no kind %s, so it is shown as %s %s",
                  feed_quote(r, name),
                  kind == KIND_IDEA || kind == KIND_IMPACT ? "an" : "a",
                  kind_names[kind]);
    return kind;
}

static const char *
html_field(struct feed_reader *r, const char *html, bool *was_cut)
{
    struct text read = {0};
    html_text(&read, html, strlen(html), HTML_BYTES_MOST);
    const char *text =
        plain_text(&r->board->arena, text_string(&read), read.len,
                   FEED_MAX_CHARACTERS, PLAIN_LINES, was_cut);
    text_destroy(&read);
    return text;
}

/* The words in that field; "" when there are none. */
static const char *
words_field(struct feed_reader *r, const struct json *object, const char *name)
{
    bool was_cut = false;
    const struct json *value = json_get(object, name);
    const char *text = json_string(value);
    if (!text) {
        if (value && json_type_of(value) != JSON_NULL)
            feed_note(r,
                      "\"%s\" should be a text but is %s, so it was left out",
                      name, json_type_name(value));
        return "";
    }
    if (strcmp(name, "content_html") == 0)
        text = html_field(r, text, &was_cut);
    else
        text = plain_text(&r->board->arena, text, strlen(text),
                          FEED_MAX_CHARACTERS, PLAIN_LINES | PLAIN_REFERENCES,
                          &was_cut);
    if (was_cut)
        feed_note(r, "its text is longer than 2,000 characters; the rest is "
                     "not shown");
    return text;
}

/*
 * The first field that has words. Who writes for Staffroom means content_text;
 * other publishers that give both often put the source of the HTML there, with
 * all its Markdown.
 */
static const char *
read_words(struct feed_reader *r, const struct json *object, bool is_ours)
{
    const char *const names[] = {
        is_ours ? "content_text" : "content_html",
        is_ours ? "content_html" : "content_text",
        "summary",
    };
    const char *words = "";
    for (size_t i = 0; i < sizeof names / sizeof *names && !*words; i++)
        words = words_field(r, object, names[i]);
    return words;
}

static uint8_t
read_days(struct feed_reader *r, const struct json *extension)
{
    int count;
    const char *const *days = feed_texts(r, extension, "days", 7, &count);
    uint8_t bits = 0;
    for (int i = 0; i < count; i++) {
        int weekday = 0;
        while (weekday < 7 &&
               strcasecmp(days[i], weekday_names[weekday]) != 0 &&
               strcasecmp(days[i], weekday_short_names[weekday]) != 0)
            weekday++;
        if (weekday < 7)
            bits |= (uint8_t) (1u << weekday);
        else
            feed_note(r, "%s in \"days\" is no day such as \"thu\"",
                      feed_quote(r, days[i]));
    }
    return bits;
}

static void
read_between(struct feed_reader *r, const struct json *extension,
             struct window *window)
{
    int count;
    const char *const *times = feed_texts(r, extension, "between", 2, &count);
    window->open_minute = window->shut_minute = -1;
    if (!times)
        return;
    int open = count == 2 ? minute_parse(times[0]) : -1;
    int shut = count == 2 ? minute_parse(times[1]) : -1;
    if (open < 0 || shut < 0 || open == shut) {
        feed_note(r, "\"between\" should be two times such as [\"08:00\", "
                     "\"16:30\"], so it was left out");
        return;
    }
    window->open_minute = (int16_t) open;
    window->shut_minute = (int16_t) shut;
}

static void
read_window(struct feed_reader *r, const struct json *extension,
            struct window *window)
{
    window->from_s = feed_time(r, extension, "show_from", false, NULL);
    window->until_s = feed_time(r, extension, "show_until", true, NULL);
    if (window->until_s != TIME_NONE && window->until_s <= window->from_s)
        feed_note(r, "\"show_until\" is before \"show_from\", so it is never "
                     "shown");
    window->days = read_days(r, extension);
    read_between(r, extension, window);
}

/* --- what one kind says --- */

static bool
read_meeting(struct feed_reader *r, const struct json *extension,
             struct item *item)
{
    int32_t day, last;
    item->starts_s = feed_time(r, extension, "starts", false, &day);
    if (item->starts_s == TIME_NONE) {
        feed_note(r, "a meeting needs \"starts\" to be shown, so it was left "
                     "out");
        return false;
    }
    item->is_all_day = day != DAY_NONE;
    item->starts_day = local_time(r->board->zone, item->starts_s).day;
    item->ends_day = item->starts_day;
    item->ends_s = feed_time(r, extension, "ends", true, &last);
    item->place = feed_text(r, extension, "place", FEED_TITLE_CHARACTERS);
    if (item->ends_s == TIME_NONE)
        return true;

    if (item->ends_s < item->starts_s)
        feed_note(r, "it ends before it starts, so its end was left out");
    if (item->ends_s <= item->starts_s) {
        item->ends_s = TIME_NONE;
        return true;
    }
    // An end at midnight belongs to the day it ends.
    item->ends_day = local_time(r->board->zone, item->ends_s - 1).day;
    return true;
}

static int
find_word(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (strcasecmp(word, words[i]) == 0)
            return i;
    return -1;
}

/* The place of the field's word among `words`, else `otherwise`. */
static int
read_choice(struct feed_reader *r, const struct json *extension,
            const char *name, const char *const *words, int count,
            int otherwise)
{
    const char *word = feed_text(r, extension, name, FEED_NAME_CHARACTERS);
    if (!*word)
        return otherwise;
    int choice = find_word(word, words, count);
    if (choice >= 0)
        return choice;
    feed_note(r, "\"%s\" is %s, which is not one there is; %s is taken", name,
              feed_quote(r, word), words[otherwise]);
    return otherwise;
}

static void
read_postit(struct feed_reader *r, const struct json *extension,
            struct item *item)
{
    static const char *const sorts[] = {
        [SORT_IDEA] = "idea",           [SORT_ANSWER] = "answer",
        [SORT_DISCOVERY] = "discovery", [SORT_DISTURBANCE] = "disturbance",
        [SORT_DELIGHT] = "delight",
    };
    static const char *const colours[] = {
        [COLOUR_YELLOW] = "yellow",
        [COLOUR_PINK] = "pink",
        [COLOUR_MINT] = "mint",
        [COLOUR_BLUE] = "blue",
    };
    item->answers = feed_id(r, extension, "answers");
    item->sort = (enum postit_sort) read_choice(
        r, extension, "sort", sorts, SORT_DELIGHT + 1,
        *item->answers ? SORT_ANSWER : SORT_IDEA);
    item->colour = (enum postit_colour) read_choice(
        r, extension, "colour", colours, COLOUR_BLUE + 1, COLOUR_YELLOW);
}

static void
read_reactions(struct feed_reader *r, const struct json *extension,
               struct item *item)
{
    item->thanks = (int) feed_number(r, extension, "thanks", COUNT_MOST, 0);
    item->trying = (int) feed_number(r, extension, "trying", COUNT_MOST, 0);
}

static void
read_idea(struct feed_reader *r, const struct json *extension,
          struct item *item)
{
    const char *week = feed_text(r, extension, "week", FEED_NAME_CHARACTERS);
    if (*week) {
        item->week = week_parse(week);
        if (item->week == DAY_NONE)
            feed_note(r,
                      "\"week\" is %s, which is no week such as 2026-W48, "
                      "so it was left out",
                      feed_quote(r, week));
    }
    item->next_step =
        feed_text(r, extension, "next_step", FEED_TITLE_CHARACTERS);
    read_reactions(r, extension, item);
}

/* False when the item cannot be shown without what is missing. */
static bool
read_own_fields(struct feed_reader *r, const struct json *extension,
                struct item *item)
{
    switch (item->kind) {
    case KIND_PURPOSE:
        item->priorities = feed_texts(r, extension, "priorities",
                                      PRIORITIES_MOST, &item->priority_count);
        item->promises = feed_texts(r, extension, "promises", PRIORITIES_MOST,
                                    &item->promise_count);
        return true;
    case KIND_QUESTION:
        item->on = feed_day(r, extension, "on");
        item->next_asker =
            feed_text(r, extension, "next_asker", FEED_NAME_CHARACTERS);
        return true;
    case KIND_IDEA:
        read_idea(r, extension, item);
        return true;
    case KIND_POSTIT:
        read_postit(r, extension, item);
        read_reactions(r, extension, item);
        return true;
    case KIND_MEETING:
        return read_meeting(r, extension, item);
    case KIND_SCRAPBOOK:
    case KIND_IMPACT:
        return true;
    }
    return true;
}

static void
read_title(struct feed_reader *r, const struct json *object, struct item *item)
{
    item->title = feed_text(r, object, "title", FEED_TITLE_CHARACTERS);
    item->has_own_title = *item->title;
    if (!item->has_own_title)
        item->title = plain_text_first_sentence(&r->board->arena, item->text,
                                                FEED_TITLE_CHARACTERS);
}

static void
read_author(struct feed_reader *r, const struct json *object, struct item *item)
{
    item->author = feed_authors(r, object);
    // JSON Feed 1.1 "authors": the feed's are the item's when it has none. But
    // a post-it without a name was left without one.
    if (!*item->author && item->kind != KIND_POSTIT)
        item->author = r->author;
}

static int64_t
first_seen_s(const struct feed_reader *r, const char *id)
{
    uint64_t hash = hash_string(id);
    for (int i = 0; r->before && i < r->before->count; i++)
        if (r->before->ids[i] == hash)
            return r->before->published_s[i];
    return r->seen_s;
}

static void
read_published(struct feed_reader *r, const struct json *object,
               struct item *item)
{
    item->published_s = feed_time(r, object, "date_published", false, NULL);
    if (item->published_s == TIME_NONE)
        item->published_s = first_seen_s(r, item->id);
}

bool
feed_item_read(struct feed_reader *r, const struct json *object,
               struct item *item)
{
    const struct json *extension = feed_object(r, object, "_staffroom");
    item->next_asker = item->next_step = item->place = item->answers = "";
    item->on = item->week = DAY_NONE;
    item->starts_day = item->ends_day = DAY_NONE;
    item->starts_s = item->ends_s = TIME_NONE;

    item->kind = read_kind(r, object, extension);
    item->text = read_words(r, object, extension != NULL);
    read_title(r, object, item);
    read_author(r, object, item);
    item->school = feed_id(r, extension, "school");
    item->image = feed_address(r, object, "image");
    item->link = feed_address(r, object, "url");
    if (!*item->link)
        item->link = feed_address(r, object, "external_url");
    read_published(r, object, item);
    item->is_pinned = feed_flag(r, extension, "pinned");
    item->is_public = feed_flag(r, extension, "public");
    read_window(r, extension, &item->window);
    item->schools =
        feed_ids(r, extension, "schools", SCHOOLS_MOST, &item->school_count);
    if (!read_own_fields(r, extension, item))
        return false;
    if (!*item->title && !*item->image && !item->priority_count)
        feed_note(r, "it has no words and no picture, so no slide shows it");
    return true;
}
