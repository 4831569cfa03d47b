#include "core/feed_write.h"

#include <cjson/cJSON.h>
#include <string.h>

#include "base/memory.h"
#include "core/character_reference.h"
#include "core/date.h"

#define VERSION "https://jsonfeed.org/version/1.1"

/* cJSON comes back empty-handed only when there is no memory. */
static cJSON *
made(cJSON *value)
{
    if (!value)
        memory_exhausted();
    return value;
}

static void
add_text(cJSON *object, const char *name, const char *text)
{
    made(cJSON_AddStringToObject(object, name, text));
}

static void
add_id(cJSON *object, const char *name, const char *id)
{
    if (*id)
        add_text(object, name, id);
    else
        made(cJSON_AddNullToObject(object, name));
}

static void
add_words(cJSON *object, const char *name, const char *words)
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
    add_text(object, name, text_string(&safe));
    text_destroy(&safe);
}

static void
add_time(cJSON *object, const char *name, int64_t utc_s)
{
    struct text time = {0};
    if (!postit_record_is_moment(utc_s))
        return;
    struct local l = local_time(NULL, utc_s);
    int second = (int) (utc_s - (int64_t) l.day * DAY_S) - l.minute * 60;
    text_add_format(&time, "%04d-%02d-%02dT%02d:%02d:%02dZ", l.year, l.month,
                    l.date, l.minute / 60, l.minute % 60, second);
    add_text(object, name, text_string(&time));
    text_destroy(&time);
}

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

static void
add_extension(cJSON *item, const struct postit_record *p)
{
    cJSON *own = made(cJSON_AddObjectToObject(item, "_staffroom"));
    add_text(own, "kind", kind_names[KIND_POSTIT]);
    add_text(own, "sort", postit_record_sorts[p->sort]);
    add_text(own, "colour", postit_record_colours[p->colour]);
    add_id(own, "school", p->school);
    add_id(own, "answers", p->answers);
    made(cJSON_AddNumberToObject(own, "thanks", p->thanks));
    made(cJSON_AddNumberToObject(own, "trying", p->trying));
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
    if (p->is_face_down)
        made(cJSON_AddTrueToObject(item, "expired"));
    add_extension(item, p);
    return item;
}

void
feed_write_postits(struct text *out, const char *title,
                   const struct postit_record *postits, int count)
{
    cJSON *feed = made(cJSON_CreateObject());
    add_text(feed, "version", VERSION);
    add_words(feed, "title", title);
    cJSON *items = made(cJSON_AddArrayToObject(feed, "items"));
    for (int i = 0; i < count; i++)
        cJSON_AddItemToArray(items, item_of(&postits[i]));
    char *document = cJSON_Print(feed);
    if (!document)
        memory_exhausted();
    text_add_string(out, document);
    text_add_char(out, '\n');
    cJSON_free(document);
    cJSON_Delete(feed);
}
