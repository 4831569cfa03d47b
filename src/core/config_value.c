#include "core/config_part.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MODE_SIDE_LEAST 320
#define MODE_SIDE_MOST 8192
#define PIN_LEAST 4
#define PIN_MOST 8

/* One value on its way into its member of struct config. */
struct taking {
    struct arena *arena;
    const struct config_setting *setting;
    void *member;
    struct problem *why;
};

#define REFUSE(taking, ...)                                                    \
    (problem_set((taking)->why, 0, 0, __VA_ARGS__), false)

static bool
set_text(const struct taking *t, const char *value)
{
    *(const char **) t->member = arena_copy(t->arena, value, strlen(value));
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
set_whole(const struct taking *t, const char *value)
{
    double number;
    if (strchr(value, '.') || !read_decimal(value, &number) ||
        number < t->setting->least || number > t->setting->most)
        return REFUSE(
            t, "%s must be a whole number from %g to %.0f, not \"%s\"",
            t->setting->name, t->setting->least, t->setting->most, value);
    *(int *) t->member = (int) number;
    return true;
}

static bool
set_quarter(const struct taking *t, const char *value)
{
    static const char *const quarters[] = {"0", "90", "180", "270"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(value, quarters[i]) == 0) {
            *(int *) t->member = i * 90;
            return true;
        }
    }
    return REFUSE(t, "%s must be 0, 90, 180 or 270, not \"%s\"",
                  t->setting->name, value);
}

static bool
set_decimal(const struct taking *t, const char *value)
{
    double number;
    if (!read_decimal(value, &number) ||
        (number != 0 &&
         (number < t->setting->least || number > t->setting->most)))
        return REFUSE(t,
                      "%s must be a number from %g to %g, or 0 to leave it to "
                      "the kiosk, not \"%s\"",
                      t->setting->name, t->setting->least, t->setting->most,
                      value);
    *(double *) t->member = number;
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
set_yes_no(const struct taking *t, const char *value)
{
    int answer = yes_or_no(value);
    if (answer < 0)
        return REFUSE(t, "%s must be yes or no, not \"%s\"", t->setting->name,
                      value);
    *(bool *) t->member = answer == 1;
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
set_mode(const struct taking *t, const char *value)
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
            return REFUSE(t,
                          "%s must be auto, native, or a width and height "
                          "such as 1920x1080, not \"%s\"",
                          t->setting->name, value);
    }
    *(struct screen_mode *) t->member = mode;
    return true;
}

static bool
set_touch(const struct taking *t, const char *value)
{
    int answer = yes_or_no(value);
    if (answer < 0)
        return REFUSE(t, "%s must be on or off, not \"%s\"", t->setting->name,
                      value);
    *(enum touch_setting *) t->member = answer ? TOUCH_ON : TOUCH_OFF;
    return true;
}

static bool
set_hours(const struct taking *t, const char *value)
{
    size_t where = 0;
    if (hours_read(t->member, value, &where))
        return true;
    return REFUSE(t,
                  "%s must be days and times such as mon-fri 15:30-18:00, "
                  "with commas between several; this part is not: \"%s\"",
                  t->setting->name, value + where);
}

static bool
set_hub(const struct taking *t, const char *value)
{
    size_t len = strlen(value);
    if (len && !config_address_is_hub(value))
        return REFUSE(t,
                      "%s must be the hub's address, beginning with https:// "
                      "(with http:// only for a hub on this machine, as "
                      "http://127.0.0.1:8080), not \"%s\"",
                      t->setting->name, value);
    while (len && value[len - 1] == '/')
        len--;
    *(const char **) t->member = arena_copy(t->arena, value, len);
    return true;
}

static bool
set_proxy(const struct taking *t, const char *value)
{
    if (*value && !config_address_is_proxy(value))
        return REFUSE(t,
                      "%s must be an address with a port, as "
                      "http://proxy.school.example:8080, not \"%s\"",
                      t->setting->name, value);
    return set_text(t, value);
}

static bool
set_feed(const struct taking *t, const char *value)
{
    if (!config_address_is_feed(value))
        return REFUSE(t,
                      "%s must be an address or a path alone, without quotes "
                      "or anything behind it, not \"%s\"",
                      t->setting->name, value);
    return set_text(t, value);
}

static bool
set_path(const struct taking *t, const char *value)
{
    if (*value && *value != '/')
        return REFUSE(t, "%s must be a whole path, from / on, not \"%s\"",
                      t->setting->name, value);
    return set_text(t, value);
}

static bool
set_closed(const struct taking *t, const char *value)
{
    return config_screen_closed(t->member, value, t->why);
}

static bool
set_power(const struct taking *t, const char *value)
{
    return config_screen_power(t->member, value, t->why);
}

static bool
set_pin(const struct taking *t, const char *value)
{
    size_t len = strlen(value);
    if (strspn(value, "0123456789") != len ||
        (len != 0 && (len < PIN_LEAST || len > PIN_MOST)))
        return REFUSE(t, "%s must be %d to %d digits, or empty for none",
                      t->setting->name, PIN_LEAST, PIN_MOST);
    return set_text(t, value);
}

bool
config_value_set(struct config *c, const struct config_setting *setting,
                 const char *value, struct problem *why)
{
    const struct taking taking = {
        .arena = &c->arena,
        .setting = setting,
        .member = (char *) c + setting->offset,
        .why = why,
    };
    const struct taking *t = &taking;
    switch (t->setting->kind) {
    case VALUE_TEXT:
        return set_text(t, value);
    case VALUE_WHOLE:
        return set_whole(t, value);
    case VALUE_QUARTER:
        return set_quarter(t, value);
    case VALUE_MODE:
        return set_mode(t, value);
    case VALUE_DECIMAL:
        return set_decimal(t, value);
    case VALUE_YES_NO:
        return set_yes_no(t, value);
    case VALUE_TOUCH:
        return set_touch(t, value);
    case VALUE_HOURS:
        return set_hours(t, value);
    case VALUE_HUB:
        return set_hub(t, value);
    case VALUE_PROXY:
        return set_proxy(t, value);
    case VALUE_FEED:
        return set_feed(t, value);
    case VALUE_PATH:
        return set_path(t, value);
    case VALUE_CLOSED:
        return set_closed(t, value);
    case VALUE_POWER:
        return set_power(t, value);
    case VALUE_PIN:
        return set_pin(t, value);
    }
    return false;
}
