#ifndef KIOSK_WORKER_PART_H
#define KIOSK_WORKER_PART_H

#include <stdatomic.h>

#include "base/thread.h"
#include "io/cache.h"
#include "io/http_client.h"
#include "kiosk/worker.h"
#include "kiosk/worker_calendar.h"
#include "kiosk/worker_facts.h"
#include "kiosk/worker_feed.h"
#include "kiosk/worker_hub.h"
#include "kiosk/worker_photos.h"
#include "kiosk/worker_postits.h"

/* What the files of the worker say to each other; nobody else includes this. */

/* Pictures are large: so many wait in the slot and no more are decoded. */
#define PHOTOS_WAITING_MAX 4

struct worker {
    /* The worker's own. */
    struct worker_settings settings;
    struct cache *cache;
    struct worker_feed feed;
    struct worker_photos photos;
    struct worker_postits postits;
    struct worker_hub hub;
    struct worker_calendars calendars;
    struct net_answer feed_last, hub_last; // answers, whatever they were
    char feed_zone[CALENDAR_RUN_ZONE_BYTES]; // of the board; "" the machine's
    int64_t tidy_ms; // when what has expired is deleted next
    int step; // clock_step_open: can be read once the wall clock was set
    int64_t wall_ahead_s; // of the monotonic clock, when it was last looked at

    // Monotonic, the machine's own: when it began what it does, or waits for. The
    // UI thread reads it without the lock, which may be what it waits for.
    _Atomic int64_t turned_ms;
    int64_t doubted_ms; // the UI thread's: since when that is too old; 0: it is not

    /* The doors: under the lock, and nothing slow is done in there. */
    struct mutex *lock;
    struct http_client *http; // only to wake it; NULL before it is open
    bool may_go; // to the network
    bool is_stopping;
    struct photo_wish wishes[WORKER_PHOTOS_MAX];
    int wish_count;
    uint32_t last_asking;
    bool has_new_wishes; // since the worker looked
    struct requests requests;
    bool wants_facts;
    bool has_news;
    struct news news; // the slot

    struct thread *thread; // the starter's
};

/* What the store said to what was asked. */
struct answered {
    enum request_kind kind;
    struct store_answer answer;
};

/* --- worker.c: the slot --- */

/* There is something in the slot. Under the lock; true: wake the taker. */
bool worker_raise_news(struct worker *w);

/*
 * Puts the list, NULL for the same as last time, into the slot, and the board
 * of the feed, if it has a new one. Both at once: what was touched is counted
 * in one or the other; and with the answer that the list bears out, if there
 * is one. What nobody took makes way for the newer.
 */
void worker_publish(struct worker *w, struct local_postits *list,
                    const struct answered *answered);

/* As of now; NULL when it cannot be read. */
struct local_postits *worker_list_postits(struct worker *w);

/* --- worker_wishes.c: which photos are wanted --- */

/* Takes over the pixels; they may no longer be wanted by now. */
void worker_publish_photo(struct worker *w, struct worker_photo *photo);

/* Hands a new list on to the photos, as a copy of their own. */
void worker_take_wishes(struct worker *w);

bool worker_has_room_for_photos(struct worker *w);
void worker_forget_wishes(struct worker *w);

/* --- worker_store.c: what was written and touched here --- */

void worker_open_postits(struct worker *w);

/* Does what people at the screen ask, in their order, and answers each. */
void worker_step_postits(struct worker *w);

#endif
