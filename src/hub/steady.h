#ifndef HUB_STEADY_H
#define HUB_STEADY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"

/*
 * Whether the wall clock may be believed when something is deleted for good.
 * One that jumps to 2099 for a minute would have every post-it expire. So a
 * jump ahead has to last: an hour, or a week when it is longer than any post-it
 * lives. Until then things only stay a little longer, and nobody sees them.
 * Jumps back delete nothing. Pure; the clock is handed in.
 */

#define STEADY_JUMP_S ((int64_t) 24 * 3600)          // less is no jump
#define STEADY_LONG_JUMP_S ((int64_t) 60 * 24 * 3600) // the longest life
#define STEADY_AFTER_MS ((int64_t) 3600 * 1000)
#define STEADY_AFTER_LONG_MS ((int64_t) 7 * 24 * 3600 * 1000)

struct steady {
    int64_t known_s, known_mono_ms; // a time that was believed, and when
    int64_t offset_s; // between the two clocks, at the last look
    int64_t since_mono_ms; // it has been so since
    bool has_looked;
};

/* `known_s`: what was believed when the program last ran; 0: the first time. */
void steady_init(struct steady *s, int64_t known_s, const struct now *now);

/* To be asked every few minutes or more often. */
bool steady_is_believed(struct steady *s, const struct now *now);

#endif
