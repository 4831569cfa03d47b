#ifndef CORE_SCREEN_HOURS_H
#define CORE_SCREEN_HOURS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "core/board.h"
#include "core/hours.h"

/*
 * When the screen is lit, as a caretaker has it: hours of the week, days on
 * which the school is shut, term time as the feed knows it, and hours in which
 * a panel is dimmed. Pure. How a screen is switched off is not known here.
 */

#define SCREEN_CLOSED_MOST 40

/* After the latest touch a screen stays lit for so long, at whatever hour. */
#define SCREEN_AWAKE_MS (10 * 60 * 1000)
/* And so long after the machine was switched on, so that whoever plugged it in
   sees that it works. */
#define SCREEN_FIRST_MS (3 * 60 * 1000)

/* How it is switched off. */
enum power_way {
    POWER_AUTO,
    POWER_DPMS,      // the signal ends; the console only
    POWER_BACKLIGHT, // of a panel
    POWER_CEC,       // a television is told to, over its cable
    POWER_BLACK,     // a black picture
    POWER_NONE,      // not at all, nor dimmed
};

/* Zero is valid: always on. */
struct screen_hours {
    struct hours hours; // none: at every hour
    struct {
        int32_t from, until; // local days, both included
    } closed[SCREEN_CLOSED_MOST];
    int closed_count;
    bool in_term_only;  // where the feed has term dates
    struct hours night; // when it is dimmed
    int night_percent;  // of its usual brightness
};

/*
 * Adds days such as "2026-12-21..2027-01-04, 2027-05-03" to those there are.
 * False, and `*where` is the part that cannot be read (or that is one too
 * many), as an offset. "" adds nothing.
 */
bool screen_closed_read(struct screen_hours *h, const char *text,
                        size_t *where);

/* Whether there is any hour or day at which it is not simply on. */
bool screen_hours_are_set(const struct screen_hours *h);

enum screen_light {
    SCREEN_ON,
    SCREEN_DIMMED,
    SCREEN_OFF,
};

/*
 * Whether `board`, which may be NULL, has term dates that say something of
 * `day`. Dates that end in July say nothing of next spring: after a summer (nine
 * weeks are the United Kingdom's longest) nobody has typed the new ones yet, and
 * the screen is not to stay off for a year.
 */
bool screen_hours_know_terms(const struct board *board, int32_t day);

/* As the settings have it; `board` may be NULL. */
enum screen_light screen_hours_light(const struct screen_hours *h,
                                     const struct board *board,
                                     struct local local);

/* What the moment says. */
struct screen_moment {
    struct now now;
    const struct zone *zone; // of the hours; NULL: UTC
    int64_t awake_until_ms;  // monotonic; somebody was there
    bool is_writing;         // a post-it is never cut off
};

struct screen_plan {
    enum screen_light light;
    int64_t again_ms; // monotonic: when to ask again; INT64_MAX: never
};

/*
 * A clock that cannot be trusted lights it: nobody knows the hour. It is asked
 * again each minute, so that a clock that is set, a new feed and a change to
 * summer time need no rule of their own.
 */
struct screen_plan screen_hours_plan(const struct screen_hours *h,
                                     const struct board *board,
                                     const struct screen_moment *m);

#endif
