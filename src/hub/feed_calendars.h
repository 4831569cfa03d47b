#ifndef HUB_FEED_CALENDARS_H
#define HUB_FEED_CALENDARS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/board.h"
#include "io/hub_store.h"

/*
 * The meetings that .ics calendars add to the feed, from what the store keeps of
 * them. Which address they came from is never in a feed.
 *
 * None is there twice: a typed meeting with the same start and title goes before
 * one of a calendar, and what stands in two calendars (the same UID and start,
 * which is the same id) is one meeting, for the schools of both.
 */

#define FEED_CALENDARS_MEETINGS_MOST 300 // of all calendars
#define FEED_CALENDARS_TEXT_MOST ((size_t) 512 * 1024)
#define FEED_CALENDARS_POSTITS 100 // places in a feed that post-its want

struct feed_calendar_meeting {
    struct item item;
    int64_t calendar;   // the number of the first it stands in
    const char *label;  // of that one
    const char *folded; // the title, for comparing
};

struct feed_calendars { // zero: not read yet
    uint64_t edition;   // of the store
    struct arena arena; // of the lists
    struct board *boards[HUB_CALENDARS_MOST]; // owned; what the items are of
    int board_count;
    struct feed_calendar_meeting *meetings; // soonest first
    int count;
};
void feed_calendars_destroy(struct feed_calendars *c);

/* Reads them again when there are others; false when the store cannot be
   read. */
bool feed_calendars_bring_up(struct feed_calendars *c, struct hub_store *store);

/* Those that belong beside what is published (NULL: nothing is), soonest
   first, without what has been over for a day. The list is in `a`, its elements
   in `c`. */
int feed_calendars_pick(const struct feed_calendars *c, struct arena *a,
                        const struct board *published, int64_t now_s,
                        const struct feed_calendar_meeting *const **out);

#endif
