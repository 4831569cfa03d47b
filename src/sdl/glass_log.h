#ifndef SDL_GLASS_LOG_H
#define SDL_GLASS_LOG_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What SDL has to say of the graphics card, in our log. It says "Could not
 * queue pageflip" once a frame, for as long as that is so: the same words are
 * one line a minute, with how often they came.
 */

#define GLASS_LOG_TEXTS 8

/* Zero is valid: nothing was said. */
struct glass_log {
    struct {
        uint64_t text;  // hash; 0: free
        int64_t at_ms;  // monotonic: when it was last written
        unsigned since; // how often it came since
    } texts[GLASS_LOG_TEXTS];
};

/* Whether to write it now; `*since`: how often it was left out before. */
bool glass_log_takes(struct glass_log *l, const char *text, int64_t now_ms,
                     unsigned *since);

/* SDL's warnings and errors go into the log, through `l`, until it is NULL.
   Of video also what SDL usually keeps to itself. */
void glass_log_listen(struct glass_log *l);

#endif
