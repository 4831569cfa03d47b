#ifndef CORE_CONFIG_H
#define CORE_CONFIG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"
#include "core/board.h"
#include "core/hours.h"
#include "core/screen_hours.h"

/*
 * The settings of a kiosk: config/staffroom.conf, read by libinih. Every
 * setting has a default, so an empty file is a good file. An unknown section,
 * an unknown key or a bad value refuses the whole file with its line: a
 * misspelt setting that is quietly ignored costs somebody a morning. A setting
 * may stand there once, at the margin, in a line of at most 190 bytes; only
 * the address of a calendar may be longer, and come again, and days on which
 * the school is closed may take several lines.
 */

enum touch_setting {
    TOUCH_ON,
    TOUCH_OFF,
};

/* The resolution: 0 × 0: the screen's own, but no more than full HD; -1 × -1:
   the screen's own; else that size. As glass_options has it. */
struct screen_mode {
    int w, h;
};

#define TAG_SYNONYMS_MAX 32

/* More words for a kind, from the [tags] section: question = tag, other tag */
struct tag_synonyms {
    struct {
        enum item_kind kind;
        const char *tag; // as written
    } list[TAG_SYNONYMS_MAX];
    int count;
};

/* A calendar of a school's own, from the [calendars] section. */
struct calendar_setting {
    const char *address; // http(s), or a path
    const char *label;   // what the log calls it; never ""
    const char *school;  // id: shown only there; "": everywhere
    const char *filter;  // words a title must have; "": none
};

#define CALENDARS_MOST 8

struct config {
    struct arena arena; // owns every string below

    /* [feed] */
    const char *feed;  // address or path; "": the bundled sample
    int interval_s;    // 60; 15 to 86400
    const char *proxy; // "": none
    const char *no_proxy;
    const char *ca_file; // "": the system's

    /* [hub] */
    const char *hub; // its address, without a slash at its end; "": none

    /* [screen] */
    int rotate;                 // 0, 90, 180, 270
    struct screen_mode mode;    // automatic; without a desktop only
    double screen_diagonal_in;  // 0: ask the screen, else 43
    double viewing_distance_m;  // 0: 3, or 0.8 under 16 inch
    enum touch_setting touch;   // on
    bool reduce_motion;         // no
    bool handwriting;           // yes: post-its in a handwritten face
    struct screen_hours screen_hours; // always on; dimmed to 30 percent
    enum power_way power;          // auto
    const char *pin; // 4 to 8 digits for the network card; "": none

    /* [school] */
    const char *school; // this staffroom's id in the feed; ""

    /* [visitors] */
    struct hours visitors; // when the board is hidden from them; none

    /* [storage] */
    const char *cache; // folder; "": the usual place
    int cache_mb;      // 64; 4 to 1024
    int postit_days;   // 14; 1 to 60: how long a post-it hangs

    /* [tags] */
    struct tag_synonyms tags;

    /* [calendars] */
    struct calendar_setting calendars[CALENDARS_MOST];
    int calendar_count;
};

/* The defaults. */
void config_init(struct config *c);

/*
 * Reads the whole text over the defaults. False, with line and sentence in
 * `why`, when anything in it is wrong; `c` is then the defaults again.
 */
bool config_read(struct config *c, const char *text, size_t len,
                 struct problem *why);

void config_destroy(struct config *c);

/*
 * One more calendar: an http(s) address, webcal:// (which is https://), or a
 * path. False, with a sentence in `why`, when it is neither, or one too many.
 */
bool config_add_calendar(struct config *c, const char *address,
                         struct problem *why);

/* Whether an http(s) address is always this machine's, whatever any resolver
   says: nobody else can open it. */
bool config_is_on_this_machine(const char *address);

#endif
