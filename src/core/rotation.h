#ifndef CORE_ROTATION_H
#define CORE_ROTATION_H

#include <stdint.h>

/*
 * Which slide and page is on the glass, and until when.
 *
 * Pure: it owns no clock, draws nothing and allocates nothing. The caller says
 * what time it is; rotation answers what to show and when to ask again.
 * Times are monotonic milliseconds, never wall time: the Pi has no battery
 * clock, and the minute NTP arrives must not skip or freeze a slide.
 */

#define ROTATION_NEVER INT64_MAX
#define ROTATION_LAST_PAGE INT32_MAX

struct rotation {
    int slide;             // index into the running order
    int page;              // of that slide; ROTATION_LAST_PAGE until settled
    int64_t since_ms;      // when this page went up
    int64_t held_until_ms; // a touch holds the page until then; 0 = not held
    uint32_t rounds;       // how often the order began again
};

void rotation_start(struct rotation *r, int64_t now_ms);

/* Keeps the current page up for at least hold_ms more. */
void rotation_hold(struct rotation *r, int64_t now_ms, int64_t hold_ms);

/*
 * Settles on a page that exists, once it is known how many there are: call
 * after every change of slides or pages, before drawing.
 */
void rotation_settle(struct rotation *r, int slide_count, int page_count);

/* A person turns over: +1 to the next page or slide, -1 to the one before. */
void rotation_turn(struct rotation *r, int by, int slide_count, int page_count,
                   int64_t now_ms);

/*
 * Moves on when the page that is up has had its dwell_ms. Returns when it
 * will change next if it did not, now_ms if it did (the new page has its own
 * dwell: ask again with it), or ROTATION_NEVER when there is nothing to
 * change to.
 */
int64_t rotation_tick(struct rotation *r, int dwell_ms, int slide_count,
                      int page_count, int64_t now_ms);

#endif
