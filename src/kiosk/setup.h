#ifndef KIOSK_SETUP_H
#define KIOSK_SETUP_H

#include <stdbool.h>
#include <stdint.h>

#include "io/own_address.h"
#include "kiosk/program.h"
#include "view/scene.h"

/*
 * A screen that has no board yet: what it can say to whoever sets it up, and
 * whether somebody has done so meanwhile. UI thread. Once a board is up it looks
 * at nothing any more.
 *
 * With a mistake in the settings, or a service that is told by nobody what to
 * show, there is nothing to fetch: then it stands for the worker, and waits for
 * the file to change.
 */

/* Zero is valid: nothing to say. */
struct setup {
    bool is_for_settings; // nothing is fetched; they are waited for
    uint64_t stamp;       // of the settings as they were read
    int64_t next_look_ms; // monotonic
    char mistake[SETTINGS_PATH_BYTES + 300];
    char misnamed[SETTINGS_PATH_BYTES];
    char address[OWN_ADDRESS_BYTES];
};

void setup_begin(struct setup *s, const struct program *p, bool is_service);

/*
 * After each turn of the loop: brings `says`, which points into `s`, to now.
 * True: the settings that are waited for have changed, so start again.
 */
bool setup_turn(struct setup *s, bool has_board, int64_t now_ms,
                struct scene_setup *says);

/* How long the loop may sleep of the time it wants to. */
int setup_wait_ms(bool has_board, int wait_ms);

#endif
