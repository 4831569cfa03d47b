#ifndef SDL_PUMP_H
#define SDL_PUMP_H

#include <stdbool.h>
#include <stdint.h>

#include "sdl/fingers.h"
#include "sdl/glass.h"
#include "sdl/input.h"
#include "sdl/pump_card.h"

/*
 * Where the UI thread sleeps: until somebody does something, the worker has
 * news, or the time is up. UI thread.
 */

/* Zero is valid: nothing has happened yet. */
struct pump {
    struct pump_card card;
    struct fingers fingers;
    struct touches touches; // what the latest event became,
    int given;              // and how many of these were given out
    int64_t fetched_ms;     // when SDL's events were last fetched: monotonic
    int64_t late_ms;        // those waiting may be so much older than they say
};

/* Once the glass is open, before anybody may wake it. */
void pump_open(struct pump *p);
void pump_close(struct pump *p); // when nobody will any more

/* Wakes the UI thread with INPUT_NEWS; for any thread. `pump` is a struct pump;
   no data goes with it. */
void pump_wake(void *pump);

/*
 * The next thing that happened, waiting up to `wait_ms` (0: only what has
 * happened already). False when nothing did. The window's own business is
 * handled here and comes back as INPUT_REPAINT where it matters; what matters
 * to nobody comes back as INPUT_NONE. Touches have been through `struct
 * fingers`; while a finger is down its panel is looked for once a second.
 * `turn` as the glass was opened with.
 */
bool pump_next(struct pump *p, struct glass *g, int turn, int wait_ms,
               struct input *out);

#endif
