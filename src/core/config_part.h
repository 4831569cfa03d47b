#ifndef CORE_CONFIG_PART_H
#define CORE_CONFIG_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "core/config.h"

/*
 * Parts of config.c that have files of their own.
 */

/* ---- config_value.c: what may stand behind the = ---- */

enum config_kind {
    VALUE_TEXT,
    VALUE_WHOLE,
    VALUE_QUARTER, // a rotation: 0, 90, 180, 270
    VALUE_MODE,    // auto, native, 1920x1080
    VALUE_DECIMAL, // 0, or least to most
    VALUE_YES_NO,
    VALUE_TOUCH,
    VALUE_HOURS,
    VALUE_HUB,
    VALUE_PROXY,
    VALUE_FEED,
    VALUE_PATH, // "", or from / on: a service has no folder of its own
    VALUE_CLOSED, // days; may come again
    VALUE_POWER,
    VALUE_PIN,     // 4 to 8 digits
};

struct config_setting {
    const char *section, *name;
    enum config_kind kind;
    size_t offset; // of the member in struct config
    double least, most;
};

/* Puts the value into its member; text is copied. False with a sentence. */
bool config_value_set(struct config *c, const struct config_setting *setting,
                      const char *value, struct problem *why);

/* ---- config_address.c: what may be an address; what it leads to shows only
   when it is asked ---- */

/* https://host, http:// on this machine; a port and a folder may follow. */
bool config_address_is_hub(const char *value);

/* [scheme://][user:password@]host:port; the schemes of CURLOPT_PROXY. */
bool config_address_is_proxy(const char *value);

/* Anything but quotes around it, and an address with something behind it. */
bool config_address_is_feed(const char *value);

/* ---- config_screen.c: when the screen is lit ---- */

/* closed = …: adds those days. False with a sentence. */
bool config_screen_closed(struct screen_hours *h, const char *value,
                          struct problem *why);

/* power = …. False with a sentence. */
bool config_screen_power(enum power_way *out, const char *value,
                         struct problem *why);

/* ---- config_calendar.c: [calendars], the one section whose keys may come
   again, and whose addresses may be longer than libinih's lines ---- */

#define CONFIG_CALENDAR_KEYS 3 // label, school, filter

/* Zero: nothing of the section was read yet. */
struct config_calendars {
    bool is_in_section; // so was the line that was read last
    bool has_line;      // calendar = …
    struct calendar_setting *calendar; // of the last such line; NULL: empty
    bool is_set[CONFIG_CALENDAR_KEYS]; // below it
};

/* Whether it is a line calendar = …, and where its value begins. */
bool config_calendars_has(const struct config_calendars *k, const char *line,
                          size_t len, size_t *value_at);

/* Its value, as it stands in the line. False with a sentence. */
bool config_calendars_begin(struct config_calendars *k, struct config *c,
                            const char *value, size_t len, struct problem *why);

/* Something about the calendar that was named last. False with a sentence. */
bool config_calendars_set(struct config_calendars *k, struct config *c,
                          const char *name, const char *value,
                          struct problem *why);

#endif
