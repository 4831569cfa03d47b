#include <string.h>

#include "base/utf8.h"
#include "core/compose.h"
#include "core/date.h"
#include "core/postit_record.h"
#include "hub/device_api_part.h"

#define AHEAD_MOST_S (5 * 60)
#define LIFE_MOST_S ((int64_t) 60 * DAY_S)

#define REVISION_MOST (INT64_C(1) << 53)
#define UNSENT_MOST 1000000
#define DISK_MOST_MB (INT64_C(1) << 40)
#define LABEL_BYTES_MOST 60 // a version, a size

#define NO_TEXT(name) "\"" name "\" should be a text."
#define NO_TIME(name)                                                          \
    "\"" name "\" should be a time such as 2026-11-26T15:45:00Z."

/* ---- words -------------------------------------------------------------- */

static bool
has_control(const char *text)
{
    size_t len = strlen(text);
    for (size_t at = 0; at < len;)
        if (utf8_is_control(utf8_next(text, len, &at)))
            return true;
    return false;
}

/*
 * Through the very line a kiosk writes in: what comes out otherwise than it
 * went in was not written with one.
 */
const char *
device_api_read_line(const char *text, enum compose_field field,
                     struct arena *a, const char **out)
{
    struct compose c = {.field = field};
    char trimmed[COMPOSE_BYTES_MAX + 1];
    size_t len = strlen(text);
    bool is_name = field == COMPOSE_NAME;
    if (!compose_insert(&c, text, len))
        return is_name ? "The name is longer than 40 letters."
                       : "The text is longer than 140 letters.";
    const struct compose_line *l = &c.lines[field];
    if (l->len != len || memcmp(l->bytes, text, len) != 0)
        return is_name ? "The name has a line end, or a character that cannot "
                         "be shown."
                       : "The text has a line end, or a character that cannot "
                         "be shown.";
    if (!is_name && compose_refusal(&c))
        return "There are no words on it.";
    len = compose_result(&c, field, trimmed);
    *out = arena_copy(a, trimmed, len);
    return NULL;
}

static int
find_word(const char *word, const char *const *words, int count)
{
    for (int i = 0; i < count; i++)
        if (strcmp(word, words[i]) == 0)
            return i;
    return -1;
}

static const char *
read_words(const struct json *body, struct arena *a, struct hub_postit *out)
{
    const char *text = json_get_text(body, "text");
    const char *author = json_get_text(body, "author");
    const char *answers = json_get_text(body, "answers");
    if (!text)
        return NO_TEXT("text");
    if (!author)
        return NO_TEXT("author");
    if (!answers)
        return NO_TEXT("answers");
    const char *wrong = device_api_read_line(text, COMPOSE_TEXT, a, &out->text);
    if (!wrong)
        wrong = device_api_read_line(author, COMPOSE_NAME, a, &out->author);
    if (wrong)
        return wrong;
    if (strlen(answers) > COMPOSE_ID_BYTES_MAX || has_control(answers))
        return "\"answers\" is no id of a question or a meeting.";
    out->answers = arena_copy(a, answers, strlen(answers));
    return NULL;
}

const char *
device_api_read_sort(const char *word, enum postit_sort *out)
{
    int which =
        word ? find_word(word, postit_record_sorts, SORT_DELIGHT + 1) : -1;
    if (which < 0)
        return "\"sort\" should be idea, answer, discovery, disturbance or "
               "delight.";
    *out = (enum postit_sort) which;
    return NULL;
}

const char *
device_api_read_colour(const char *word, enum postit_colour *out)
{
    int which =
        word ? find_word(word, postit_record_colours, COLOUR_BLUE + 1) : -1;
    if (which < 0)
        return "\"colour\" should be yellow, pink, mint or blue.";
    *out = (enum postit_colour) which;
    return NULL;
}

static const char *
read_look(const struct json *body, struct hub_postit *out)
{
    const char *wrong =
        device_api_read_sort(json_get_text(body, "sort"), &out->sort);
    return wrong ? wrong
                 : device_api_read_colour(json_get_text(body, "colour"),
                                          &out->colour);
}

/* ---- times -------------------------------------------------------------- */

/* False when something is said that is no time; not said is TIME_NONE. */
static bool
read_time(const struct json *body, const char *name, int64_t *out)
{
    const char *text = json_get_text(body, name);
    *out = TIME_NONE;
    if (!text)
        return false;
    if (*text)
        *out = time_parse(text, NULL);
    return !*text || *out != TIME_NONE;
}

static const char *
read_times(const struct json *body, int64_t now_s, struct hub_postit *out)
{
    int64_t made_s, expires_s, life_s = DEVICE_API_LIFE_S;
    if (!read_time(body, "made", &made_s))
        return NO_TIME("made");
    if (!read_time(body, "expires", &expires_s))
        return NO_TIME("expires");
    // How long it is to stay is what a wrong clock gets right.
    if (made_s != TIME_NONE && expires_s != TIME_NONE)
        life_s = expires_s - made_s;
    if (life_s <= 0)
        return "\"expires\" should be after \"made\".";
    bool is_sane = made_s != TIME_NONE && made_s <= now_s + AHEAD_MOST_S;
    out->made_s = is_sane ? made_s : now_s;
    out->expires_s =
        out->made_s + (life_s < LIFE_MOST_S ? life_s : LIFE_MOST_S);
    return NULL;
}

/* ---- bodies ------------------------------------------------------------- */

const char *
device_api_read_postit(const struct json *body, int64_t now_s, struct arena *a,
                       struct hub_postit *out)
{
    const char *wrong = read_look(body, out);
    if (!wrong)
        wrong = read_words(body, a, out);
    return wrong ? wrong : read_times(body, now_s, out);
}

const char *
device_api_read_reaction(const struct json *body, enum hub_reaction *out)
{
    static const char *const kinds[] = {
        [HUB_REACTION_THANKS] = "thanks",
        [HUB_REACTION_TRYING] = "trying",
        [HUB_REACTION_FACE_DOWN] = "face-down",
    };
    const char *kind = json_get_text(body, "kind");
    int which = kind ? find_word(kind, kinds, HUB_REACTION_FACE_DOWN + 1) : -1;
    if (which < 0)
        return "\"kind\" should be thanks, trying or face-down.";
    *out = (enum hub_reaction) which;
    return NULL;
}

/* A whole number up to `most`; not said or null is 0. */
static bool
read_number(const struct json *body, const char *name, int64_t most,
            int64_t *out)
{
    const struct json *value = json_get(body, name);
    enum json_type type = json_type_of(value);
    *out = 0;
    return type == JSON_MISSING || type == JSON_NULL ||
           json_integer(value, 0, most, out);
}

static bool
read_label(const struct json *body, const char *name, const char **out)
{
    *out = json_get_text(body, name);
    return *out && strlen(*out) <= LABEL_BYTES_MOST && !has_control(*out);
}

const char *
device_api_read_status(const struct json *body, struct hub_device *out)
{
    int64_t unsent;
    if (!read_number(body, "revision", REVISION_MOST, &out->revision) ||
        !read_number(body, "unsent", UNSENT_MOST, &unsent) ||
        !read_number(body, "disk_free_mb", DISK_MOST_MB, &out->disk_free_mb))
        return "\"revision\", \"unsent\" and \"disk_free_mb\" should be whole "
               "numbers from 0.";
    out->unsent = (int) unsent;
    if (!read_label(body, "version", &out->version) ||
        !read_label(body, "size", &out->size))
        return "\"version\" and \"size\" should be short texts.";
    if (!read_label(body, "clock", &out->clock) ||
        (*out->clock && strcmp(out->clock, "trusted") != 0 &&
         strcmp(out->clock, "doubtful") != 0))
        return "\"clock\" should be trusted or doubtful.";
    if (!read_time(body, "shown_since", &out->shown_since_s))
        return NO_TIME("shown_since");
    if (out->shown_since_s == TIME_NONE)
        out->shown_since_s = 0;
    return NULL;
}
