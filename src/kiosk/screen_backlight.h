#ifndef KIOSK_SCREEN_BACKLIGHT_H
#define KIOSK_SCREEN_BACKLIGHT_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "core/screen_hours.h"
#include "sdl/backlight.h"

/*
 * A panel's backlight at its usual level, dimmed, and out. The usual level is
 * what it was when nobody of us had changed it; whoever sets it while the
 * screen is simply on changes that. UI thread; nothing here waits.
 */

/* Zero is valid: there is none, and none is looked for. */
struct screen_backlight {
    struct backlight light;
    const char *folder; // of all backlights; borrowed
    int night_percent;  // of the usual level, when it is dimmed
    int usual;          // its level when the screen is simply on
    int kept;           // what the file has of that; 0: nothing
    char kept_at[PATH_MAX]; // the file
    bool is_usual;      // we left it so: another level is somebody's wish
    bool is_missed;     // it could not be set the last time
    int looks_left;     // for one that is there, but not yet ours to set
    int64_t look_ms;    // the next; monotonic
};

/*
 * Looks for one below `folder` (BACKLIGHTS). One that was left out or dimmed
 * by one of us that was killed is put right with the first _set: its usual
 * level is in a file of `state_folder` (copied), written when it changes.
 */
void screen_backlight_open(struct screen_backlight *b, const char *folder,
                           const char *state_folder, int night_percent);

bool screen_backlight_is_there(const struct screen_backlight *b);

/*
 * At boot udev may hand it to us only after we have begun, so one that we may
 * not set is looked at again for ten minutes. True once, when that is over:
 * it is there by now, or will not be.
 */
bool screen_backlight_look(struct screen_backlight *b, int64_t now_ms);

/* When to look again; INT64_MAX: never. Monotonic. */
int64_t screen_backlight_due_ms(const struct screen_backlight *b);

/*
 * `is_way`: off is the backlight out; else its level stays as it is then. To
 * what it is already: nothing is written. False, with a sentence, when it
 * cannot be set, and `is_missed` until it can. None: nothing, and true.
 */
bool screen_backlight_set(struct screen_backlight *b, enum screen_light light,
                          bool is_way, struct problem *why);

#endif
