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
#define MODE_SIDE_LEAST 320
#define MODE_SIDE_MOST 8192

enum value_kind {
    VALUE_TEXT,
    VALUE_WHOLE,
    VALUE_QUARTER, // a rotation: 0, 90, 180, 270
    VALUE_MODE,    // auto, native, 1920x1080
    VALUE_DECIMAL, // 0, or least to most
    VALUE_YES_NO,
    VALUE_TOUCH,
    VALUE_HOURS,
    VALUE_HUB,
    VALUE_CLOSED, // days; may come again
    VALUE_POWER,
    VALUE_PIN,
};

/* [tags] is not here: its keys are the kinds. Nor is [calendars], whose keys
   may come again. */
static const struct setting {
    const char *section, *name;
    enum value_kind kind;
    size_t offset; // of the member in struct config
    double least, most;
} settings[] = {
#define MEMBER(name) #name, .offset = offsetof(struct config, name)
    {"feed", MEMBER(feed), .kind = VALUE_TEXT},
    {"feed", MEMBER(interval_s), .kind = VALUE_WHOLE, .least = 15,
     .most = 86400},
    {"feed", MEMBER(proxy), .kind = VALUE_TEXT},
    {"feed", MEMBER(no_proxy), .kind = VALUE_TEXT},
    {"feed", MEMBER(ca_file), .kind = VALUE_TEXT},
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

/* --- values --- */

static bool
set_text(struct reading *r, const struct setting *s, void *member,
         const char *value)
{
    (void) s;
    *(const char **) member = arena_copy(ARENA(r), value, strlen(value));
    return true;
}

/* Digits and at most one point; nothing else that strtod would take. */
static bool
read_decimal(const char *value, double *out)
{
    size_t digits = strspn(value, "0123456789");
    const char *rest = value + digits;
    if (*rest == '.') {
        size_t more = strspn(rest + 1, "0123456789");
        rest += 1 + more;
        if (more == 0)
            return false;
    }
    if (digits == 0 || *rest != '\0')
        return false;
    *out = strtod(value, NULL);
    return true;
}

static bool
set_whole(struct reading *r, const struct setting *s, void *member,
          const char *value)
{
    double number;
    if (strchr(value, '.') || !read_decimal(value, &number) ||
        number < s->least || number > s->most)
        return REFUSE(r,
                      "%s must be a whole number from %g to %.0f, not \"%s\"",
                      s->name, s->least, s->most, value);
    *(int *) member = (int) number;
    return true;
}

static bool
set_quarter(struct reading *r, const struct setting *s, void *member,
            const char *value)
{
    static const char *const quarters[] = {"0", "90", "180", "270"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(value, quarters[i]) == 0) {
            *(int *) member = i * 90;
            return true;
        }
    }
    return REFUSE(r, "%s must be 0, 90, 180 or 270, not \"%s\"", s->name,
                  value);
}

static bool
set_decimal(struct reading *r, const struct setting *s, void *member,
            const char *value)
{
    double number;
    if (!read_decimal(value, &number) ||
        (number != 0 && (number < s->least || number > s->most)))
        return REFUSE(r,
                      "%s must be a number from %g to %g, or 0 to leave it to "
                      "the kiosk, not \"%s\"",
                      s->name, s->least, s->most, value);
    *(double *) member = number;
    return true;
}

static int
yes_or_no(const char *value)
{
    static const char *const words[][2] = {
        {"no", "yes"}, {"off", "on"}, {"false", "true"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        for (int is_yes = 0; is_yes < 2; is_yes++)
            if (strcasecmp(value, words[i][is_yes]) == 0)
                return is_yes;
    return -1;
}

static bool
set_yes_no(struct reading *r, const struct setting *s, void *member,
           const char *value)
{
    int answer = yes_or_no(value);
    if (answer < 0)
        return REFUSE(r, "%s must be yes or no, not \"%s\"", s->name, value);
    *(bool *) member = answer == 1;
    return true;
}

/* One side of a resolution, in pixels; 0 when it is none. */
static int
read_side(const char *text, const char **rest)
{
    size_t digits = strspn(text, "0123456789");
    long side = digits > 0 && digits <= 5 ? strtol(text, NULL, 10) : 0;
    *rest = text + digits;
    return side >= MODE_SIDE_LEAST && side <= MODE_SIDE_MOST ? (int) side : 0;
}

static bool
set_mode(struct reading *r, const struct setting *s, void *member,
         const char *value)
{
    struct screen_mode mode = {0};
    const char *rest = value;
    if (strcasecmp(value, "native") == 0) {
        mode.w = mode.h = -1;
    } else if (strcasecmp(value, "auto") != 0) {
        mode.w = read_side(value, &rest);
        if (*rest == 'x')
            mode.h = read_side(rest + 1, &rest);
        if (mode.w == 0 || mode.h == 0 || *rest)
            return REFUSE(r,
                          "%s must be auto, native, or a width and height "
                          "such as 1920x1080, not \"%s\"",
                          s->name, value);
    }
    *(struct screen_mode *) member = mode;
    return true;
}

static bool
set_touch(struct reading *r, const struct setting *s, void *member,
          const char *value)
{
    int answer = yes_or_no(value);
    if (answer < 0)
        return REFUSE(r, "%s must be on or off, not \"%s\"", s->name, value);
    *(enum touch_setting *) member = answer ? TOUCH_ON : TOUCH_OFF;
    return true;
}

static bool
set_hours(struct reading *r, const struct setting *s, void *member,
          const char *value)
{
    size_t where = 0;
    if (hours_read(member, value, &where))
        return true;
    return REFUSE(r,
                  "%s must be days and times such as mon-fri 15:30-18:00, "
                  "with commas between several; this part is not: \"%s\"",
                  s->name, value + where);
}

/* Whether that host is always this machine, whatever any resolver says. */
static bool
is_this_machine(const char *host, size_t len)
{
    static const char *const names[] = {"localhost", "[::1]"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == len && strncasecmp(host, names[i], len) == 0)
            return true;
    return len > 4 && strncmp(host, "127.", 4) == 0 &&
           strspn(host, "0123456789.") >= len;
}

/* Of an address, after its scheme; IPv6 in its brackets. */
static size_t
host_length(const char *host)
{
    size_t len = *host == '[' ? strcspn(host, "]/") : strcspn(host, ":/");
    return len + (host[len] == ']');
}

bool
config_is_on_this_machine(const char *address)
{
    const char *scheme = strstr(address, "://");
    const char *host = scheme ? scheme + strlen("://") : address;
    return is_this_machine(host, host_length(host));
}

/* https://host, http:// on this machine; a port and a folder may follow. */
static bool
is_hub_address(const char *value)
{
    static const char secure[] = "https://", plain[] = "http://";
    bool is_secure = strncasecmp(value, secure, strlen(secure)) == 0;
    if (!is_secure && strncasecmp(value, plain, strlen(plain)) != 0)
        return false;
    const char *host = strstr(value, "://") + strlen("://");
    size_t len = host_length(host);
    // A user, a question or a blank has no business in it.
    return len > 0 && strchr(":/", host[len]) && !strpbrk(host, "@?#\\ \t") &&
           (is_secure || is_this_machine(host, len));
}

static bool
set_hub(struct reading *r, const struct setting *s, void *member,
        const char *value)
{
    size_t len = strlen(value);
    if (len && !is_hub_address(value))
        return REFUSE(r,
                      "%s must be the hub's address, beginning with https:// "
                      "(with http:// only for a hub on this machine, as "
                      "http://127.0.0.1:8080), not \"%s\"",
                      s->name, value);
    while (len && value[len - 1] == '/')
        len--;
    *(const char **) member = arena_copy(ARENA(r), value, len);
    return true;
}

static bool
set_closed(struct reading *r, void *member, const char *value)
{
    struct problem why = {0};
    return config_screen_closed(member, value, &why) ||
           refuse(r, r->line, why.text);
}

static bool
set_power(struct reading *r, void *member, const char *value)
{
    struct problem why = {0};
    return config_screen_power(member, value, &why) ||
           refuse(r, r->line, why.text);
}

static bool
set_pin(struct reading *r, const struct setting *s, void *member,
        const char *value)
{
    if (config_pin_is_good(value))
        return set_text(r, s, member, value);
    return REFUSE(r, "%s must be %d to %d digits, or empty for none", s->name,
                  CONFIG_PIN_LEAST, CONFIG_PIN_MOST);
}

static bool
set_value(struct reading *r, const struct setting *s, const char *value)
{
    void *member = (char *) r->config + s->offset;
    switch (s->kind) {
    case VALUE_TEXT:
        return set_text(r, s, member, value);
    case VALUE_WHOLE:
        return set_whole(r, s, member, value);
    case VALUE_QUARTER:
        return set_quarter(r, s, member, value);
    case VALUE_MODE:
        return set_mode(r, s, member, value);
    case VALUE_DECIMAL:
        return set_decimal(r, s, member, value);
    case VALUE_YES_NO:
        return set_yes_no(r, s, member, value);
    case VALUE_TOUCH:
        return set_touch(r, s, member, value);
    case VALUE_HOURS:
        return set_hours(r, s, member, value);
    case VALUE_HUB:
        return set_hub(r, s, member, value);
    case VALUE_CLOSED:
        return set_closed(r, member, value);
    case VALUE_POWER:
        return set_power(r, member, value);
    case VALUE_PIN:
        return set_pin(r, s, member, value);
    }
    return false;
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
