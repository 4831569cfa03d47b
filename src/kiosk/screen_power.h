#ifndef KIOSK_SCREEN_POWER_H
#define KIOSK_SCREEN_POWER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/config.h"
#include "core/screen_hours.h"
#include "kiosk/screen_backlight.h"
#include "kiosk/screen_cec.h"
#include "sdl/glass.h"
#include "sdl/input.h"

/*
 * The screen off, dimmed and on again, as its hours want it
 * (core/screen_hours), and by which way. UI thread; nothing here waits. Off is
 * always a black picture as well, so that a way that fails shows nothing
 * either. An on that failed, or that no television heard, is said again each
 * minute; one that came about is not.
 */

struct screen_power_setup {
    const struct config *config; // borrowed
    struct glass *glass;         // borrowed
    const char *state_folder;    // copied
    const char *backlights;      // BACKLIGHTS; borrowed
    const char *cec_devices;     // SCREEN_CEC_DEVICES; borrowed
    bool is_window; // on somebody's desk, whose screen is not ours to switch
};

/* Zero is valid: always on. */
struct screen_power {
    const struct config *config; // borrowed
    struct glass *glass;         // borrowed
    enum power_way way;          // as it can be done here; never auto
    struct screen_cec cec;
    struct screen_backlight backlight;

    bool has_begun;          // `light` is so
    enum screen_light light;
    bool has_lost_signal;    // we ended it, and have not got it back
    int64_t again_ms;        // when to say so again, if need be; monotonic
    int times_said;          // since it went off, or on
    bool has_complained;     // since then

    int64_t awake_until_ms; // somebody was here; monotonic
    int fingers;            // that are down
    bool is_swallowing;     // until all are up
};

void screen_power_open(struct screen_power *p,
                       const struct screen_power_setup *setup);

/* Leaves the screen on. Before the glass is closed. */
void screen_power_close(struct screen_power *p);

/* What is to be now; `m->awake_until_ms` is filled in here. */
struct screen_plan screen_power_plan(const struct screen_power *p,
                                     const struct board *board,
                                     struct screen_moment m);

bool screen_power_is_off(const struct screen_power *p);

/* After each turn of the loop. The picture is black once it is off: paint it
   whole when it is on again, and when this is true: only now it can be seen. */
bool screen_power_set(struct screen_power *p, enum screen_light light,
                      int64_t now_ms);

/* The screen has come back, or the window is another: off once more, if it is
   to be off; on, if it was not to be had before. */
void screen_power_again(struct screen_power *p, int64_t now_ms);

/*
 * Somebody did something: it is to be on for a while. True when that was all it
 * did, because the screen was off: nobody else may hear of it. Of a touch that
 * is the whole journey of all its fingers.
 */
bool screen_power_swallows(struct screen_power *p, const struct input *input,
                           int64_t now_ms);

/* How long the loop may sleep of the time it wants to. */
int screen_power_wait_ms(const struct screen_power *p, int wait_ms);

#endif
