#include "core/config.h"

#include <ini.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "core/config_part.h"

#define BOM "\xEF\xBB\xBF"
#define LINE_BYTES_MOST 190 // libinih's line buffer is 200, in the library
#define TAG_CHARACTERS_MOST 60
// Google's secret addresses alone come to some 190 characters.
#define CALENDAR_LINE_BYTES_MOST 2100

/* [tags] is not here: its keys are the kinds. Nor is [calendars], whose keys
   may come again. */
static const struct config_setting settings[] = {
#define MEMBER(name) #name, .offset = offsetof(struct config, name)
    {"feed", MEMBER(feed), .kind = VALUE_FEED},
    {"feed", MEMBER(interval_s), .kind = VALUE_WHOLE, .least = 15,
     .most = 86400},
    {"feed", MEMBER(proxy), .kind = VALUE_PROXY},
    {"feed", MEMBER(no_proxy), .kind = VALUE_TEXT},
    {"feed", MEMBER(ca_file), .kind = VALUE_PATH},
    {"hub", MEMBER(hub), .kind = VALUE_HUB},
    {"screen", MEMBER(rotate), .kind = VALUE_QUARTER},
    {"screen", MEMBER(mode), .kind = VALUE_MODE},
    {"screen", MEMBER(screen_diagonal_in), .kind = VALUE_DECIMAL, .least = 3,
     .most = 150},
    {"screen", MEMBER(viewing_distance_m), .kind = VALUE_DECIMAL, .least = 0.3,
     .most = 30},
    {"screen", MEMBER(touch), .kind = VALUE_TOUCH},
    {"screen", MEMBER(reduce_motion), .kind = VALUE_YES_NO},
    {"screen", MEMBER(handwriting), .kind = VALUE_YES_NO},
    {"screen", "hours", .offset = offsetof(struct config, screen_hours.hours),
     .kind = VALUE_HOURS},
    {"screen", "closed", .offset = offsetof(struct config, screen_hours),
     .kind = VALUE_CLOSED},
    {"screen", "term",
     .offset = offsetof(struct config, screen_hours.in_term_only),
     .kind = VALUE_YES_NO},
    {"screen", "night", .offset = offsetof(struct config, screen_hours.night),
     .kind = VALUE_HOURS},
    {"screen", "night_brightness",
     .offset = offsetof(struct config, screen_hours.night_percent),
     .kind = VALUE_WHOLE, .least = 1, .most = 100},
    {"screen", MEMBER(power), .kind = VALUE_POWER},
    {"screen", MEMBER(pin), .kind = VALUE_PIN},
    {"school", MEMBER(school), .kind = VALUE_TEXT},
    {"visitors", "hours", .offset = offsetof(struct config, visitors),
     .kind = VALUE_HOURS},
    {"storage", MEMBER(cache), .kind = VALUE_TEXT},
    {"storage", MEMBER(cache_mb), .kind = VALUE_WHOLE, .least = 4,
     .most = 1024},
    {"storage", MEMBER(postit_days), .kind = VALUE_WHOLE, .least = 1,
     .most = 60},
#undef MEMBER
};
#define SETTING_COUNT (sizeof settings / sizeof *settings)

static const char *const sections[] = {"feed",   "hub",      "screen",
                                       "school", "visitors", "storage",
                                       "tags",   "calendars"};
#define SECTION_COUNT (sizeof sections / sizeof *sections)

/* One reading: libinih asks for lines and hands back settings. */
struct reading {
    struct config *config;
    const char *text;
    size_t len;
    size_t at;
    int line; // the one handed out last
    struct problem *why;
    bool is_bad; // `why` is filled; what comes later does not matter
    bool is_set[SETTING_COUNT];
    bool is_tag_set[KIND_COUNT];
    struct config_calendars calendars;
};

#define REFUSE(reading, ...)                                                   \
    refuse((reading), (reading)->line,                                         \
           arena_format(ARENA(reading), __VA_ARGS__))
#define ARENA(reading) (&(reading)->config->arena)

/* Keeps the first complaint. Returns false, which is also libinih's "no". */
static bool
refuse(struct reading *r, int line, const char *sentence)
{
    if (!r->is_bad)
        problem_set(r->why, line, 0, "%s", sentence);
    r->is_bad = true;
    return false;
}

static bool
set_value(struct reading *r, const struct config_setting *s, const char *value)
{
    struct problem why = {0};
    return config_value_set(r->config, s, value, &why) ||
           refuse(r, r->line, why.text);
}

/* --- [tags] --- */

static bool
add_tag(struct reading *r, enum item_kind kind, const char *tag, size_t len)
{
    struct tag_synonyms *tags = &r->config->tags;
    while (len && *tag == ' ') {
        tag++;
        len--;
    }
    while (len && tag[len - 1] == ' ')
        len--;
    if (len == 0)
        return true;
    if (utf8_count(tag, len) > TAG_CHARACTERS_MOST)
        return REFUSE(r, "a tag may have at most %d characters",
                      TAG_CHARACTERS_MOST);
    if (tags->count == TAG_SYNONYMS_MAX)
        return REFUSE(r, "[tags] may name at most %d tags", TAG_SYNONYMS_MAX);
    tags->list[tags->count].kind = kind;
    tags->list[tags->count].tag = arena_copy(ARENA(r), tag, len);
    tags->count++;
    return true;
}

static bool
set_tags(struct reading *r, const char *name, const char *value)
{
    int kind = 0;
    while (kind < KIND_COUNT && strcmp(kind_names[kind], name) != 0)
        kind++;
    if (kind == KIND_COUNT)
        return REFUSE(r,
                      "[tags] takes purpose, question, idea, postit, meeting, "
                      "scrapbook and impact, not \"%s\"",
                      name);
    if (r->is_tag_set[kind])
        return REFUSE(r,
                      "%s is set twice in [tags]: put all its tags on one "
                      "line, with commas",
                      name);
    r->is_tag_set[kind] = true;
    for (const char *tag = value; tag;) {
        const char *comma = strchr(tag, ',');
        size_t len = comma ? (size_t) (comma - tag) : strlen(tag);
        if (!add_tag(r, (enum item_kind) kind, tag, len))
            return false;
        tag = comma ? comma + 1 : NULL;
    }
    return true;
}

/* --- [calendars] --- */

static bool
set_about_calendar(struct reading *r, const char *name, const char *value)
{
    struct problem why = {0};
    return config_calendars_set(&r->calendars, r->config, name, value, &why) ||
           refuse(r, r->line, why.text);
}

static bool
begin_calendar(struct reading *r, const char *value, size_t len)
{
    struct problem why = {0};
    return config_calendars_begin(&r->calendars, r->config, value, len, &why) ||
           refuse(r, r->line, why.text);
}

/* --- which setting --- */

static bool
refuse_unknown(struct reading *r, const char *section, const char *name)
{
    struct text list = {0};
    if (strcmp(name, "calendar") == 0)
        return REFUSE(r, "calendar belongs under [calendars]");
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(settings[i].name, name) == 0) {
            text_destroy(&list);
            return REFUSE(r, "%s belongs under [%s]", name,
                          settings[i].section);
        }
        if (strcmp(settings[i].section, section) == 0)
            text_add_format(&list, "%s%s", list.len ? ", " : "",
                            settings[i].name);
    }
    if (*section)
        REFUSE(r, "there is no setting \"%s\" in [%s]: it takes %s", name,
               section, text_string(&list));
    else
        REFUSE(r, "there is no setting \"%s\"", name);
    text_destroy(&list);
    return false;
}

static int
take_setting(void *user, const char *section, const char *name,
             const char *value)
{
    struct reading *r = user;
    if (r->is_bad)
        return 0;
    if (strcmp(section, "tags") == 0)
        return set_tags(r, name, value);
    if (strcmp(section, "calendars") == 0)
        return set_about_calendar(r, name, value);
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        if (strcmp(settings[i].section, section) != 0 ||
            strcmp(settings[i].name, name) != 0)
            continue;
        if (r->is_set[i] && settings[i].kind != VALUE_CLOSED)
            return REFUSE(r, "%s is set twice", name);
        r->is_set[i] = true;
        return set_value(r, &settings[i], value);
    }
    return refuse_unknown(r, section, name);
}

/* --- lines --- */

static bool
check_section(struct reading *r, const char *line, size_t len)
{
    const char *close = memchr(line, ']', len);
    if (!close)
        return REFUSE(r, "the ] of this heading is missing");
    size_t name_len = (size_t) (close - line) - 1;
    for (size_t i = 0; i < SECTION_COUNT; i++)
        if (strlen(sections[i]) == name_len &&
            memcmp(sections[i], line + 1, name_len) == 0) {
            r->calendars.is_in_section = strcmp(sections[i], "calendars") == 0;
            return true;
        }
    return REFUSE(r,
                  "there is no section [%.*s]: there are [feed], [hub], "
                  "[screen], [school], [visitors], [storage], [tags] and "
                  "[calendars]",
                  (int) name_len, line + 1);
}

/* What libinih would cut, join to the line before, or pass over. */
static bool
check_line(struct reading *r, const char *line, size_t len)
{
    size_t blanks = 0;
    while (blanks < len && strchr(" \t\r", line[blanks]))
        blanks++;
    bool is_comment = blanks < len && strchr("#;", line[blanks]);
    size_t value_at;
    size_t most = config_calendars_has(&r->calendars, line, len, &value_at)
                      ? CALENDAR_LINE_BYTES_MOST
                      : LINE_BYTES_MOST;
    if (len > most)
        return REFUSE(r, "this line is too long: %zu characters at most", most);
    if (blanks == len || is_comment)
        return true;
    if (blanks > 0)
        return REFUSE(r, "this line begins with a blank: begin it at the "
                         "margin");
    if (line[0] == '[')
        return check_section(r, line, len);
    if (!memchr(line, '=', len) && !memchr(line, ':', len))
        return REFUSE(r, "this is no setting: write name = value");
    return true;
}

/* libinih's fgets. A line that is refused ends the reading. */
static char *
give_line(char *buffer, int size, void *user)
{
    struct reading *r = user;
    if (r->is_bad || r->at == r->len)
        return NULL;
    const char *line = r->text + r->at;
    const char *newline = memchr(line, '\n', r->len - r->at);
    size_t len = newline ? (size_t) (newline - line) : r->len - r->at;
    r->line++;
    r->at += len + (newline != NULL);
    if (!check_line(r, line, len))
        return NULL;
    size_t value_at;
    if (config_calendars_has(&r->calendars, line, len, &value_at)) {
        // Here, and not through libinih: it may be longer than its buffer.
        *buffer = '\0';
        return begin_calendar(r, line + value_at, len - value_at) ? buffer
                                                                  : NULL;
    }
    if (len >= (size_t) size) {
        REFUSE(r, "this line is too long");
        return NULL;
    }
    memcpy(buffer, line, len);
    buffer[len] = '\0';
    return buffer;
}

/* By its byte order mark: what Windows' Notepad calls Unicode. */
static bool
is_utf16(const struct reading *r)
{
    return r->len >= 2 && (memcmp(r->text, "\xFF\xFE", 2) == 0 ||
                           memcmp(r->text, "\xFE\xFF", 2) == 0);
}

static bool
check_bytes(struct reading *r)
{
    if (is_utf16(r))
        return refuse(r, 1,
                      "this file was saved as UTF-16, which Notepad calls "
                      "Unicode: save it as UTF-8");
    size_t valid = utf8_valid_prefix(r->text, r->len);
    const char *nul = valid ? memchr(r->text, '\0', valid) : NULL;
    if (valid == r->len && !nul)
        return true;
    problem_place(r->why, r->text, r->len,
                  nul ? (size_t) (nul - r->text) : valid);
    return refuse(r, r->why->line,
                  nul ? "there is a NUL byte here: the file is damaged"
                      : "this is not UTF-8: save the file as UTF-8");
}

void
config_init(struct config *c)
{
    *c = (struct config){
        .feed = "",
        .interval_s = 60,
        .proxy = "",
        .no_proxy = "",
        .ca_file = "",
        .hub = "",
        .touch = TOUCH_ON,
        .handwriting = true,
        .screen_hours = {.night_percent = 30},
        .pin = "",
        .school = "",
        .cache = "",
        .cache_mb = 64,
        .postit_days = 14,
    };
}

bool
config_read(struct config *c, const char *text, size_t len, struct problem *why)
{
    config_destroy(c);
    config_init(c);
    *why = (struct problem){0};
    if (len >= strlen(BOM) && memcmp(text, BOM, strlen(BOM)) == 0) {
        text += strlen(BOM);
        len -= strlen(BOM);
    }
    struct reading r = {.config = c, .text = text, .len = len, .why = why};
    if (check_bytes(&r)) {
        int bad_line = ini_parse_stream(give_line, &r, take_setting, &r);
        if (bad_line && !r.is_bad)
            refuse(&r, bad_line > 0 ? bad_line : 0,
                   "this line cannot be read: write name = value");
    }
    if (!r.is_bad)
        return true;
    config_destroy(c);
    config_init(c);
    return false;
}

void
config_destroy(struct config *c)
{
    arena_destroy(&c->arena);
    *c = (struct config){0};
}
