#ifndef HUB_SELDOM_H
#define HUB_SELDOM_H

#include <stdbool.h>
#include <stdint.h>

/*
 * A line in the log for what strangers can do as often as they like: one a
 * second at most, and it says how many were left out before it. Zero is a valid
 * state. No clock: the time is handed in.
 */

struct seldom {
    int64_t next_ms;
    int left_out;
};

/* Whether a line may be written now; then *left_out is how many could not be
   since the last one. now_ms is monotonic. */
bool seldom_may(struct seldom *s, int64_t now_ms, int *left_out);

/* "", or " (and 12 more since the last such line)". */
#define SELDOM_BYTES 64
const char *seldom_more(int left_out, char out[SELDOM_BYTES]);

#endif
