#ifndef KIOSK_WORKER_H
#define KIOSK_WORKER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/clock.h"
#include "core/board.h"
#include "core/config.h"
#include "core/net_facts.h"
#include "kiosk/local_meetings.h"
#include "kiosk/local_postits.h"
#include "kiosk/requests.h"

/*
 * The other thread: it owns the network, the cache, the feed and the talk with
 * the hub, and may sleep in them. Two one-way doors: which photos are wanted
 * goes in, the newest board comes out with a wake-up that carries no data. Its
 * first act is to publish the cached board, so the screen is right before the
 * network is asked.
 */

struct worker;

#define WORKER_PHOTOS_MAX 40 // wanted at one time

/* What the worker's http_client watches besides the network: http_watch. */
enum {
    WORKER_WATCHES_CHILD, // the reader of calendars
    WORKER_WATCHES_CLOCK,
};

/* A picture the worker decoded; pixels are malloc'ed XRGB8888, owned. */
struct worker_photo {
    uint64_t key; // hash_string of item.image
    int w, h;
    uint32_t *pixels;
    uint32_t asking; // the worker's own: which asking this answers
};

enum feed_state {
    FEED_STARTING, // nothing asked yet
    FEED_FRESH,    // the last answer was good (200 or 304)
    FEED_FAILING,  // the last answer was not; the board is an older one
};

struct feed_status {
    enum feed_state state;
    int64_t good_s;     // wall time of the last good answer; 0 never
    bool is_from_cache; // the board was read from disk, not asked for yet
    bool clock_agrees;  // an HTTPS Date header was within 2 min of our clock
    // FAILING: a sentence for a teacher, without a full stop, and the line for
    // IT, which has the paths, places and numbers.
    char why[240];
    char detail[240];
};

enum hub_state {
    HUB_NONE,    // the settings name none
    HUB_PAIRING, // it does not know this screen: somebody has to add it
    HUB_PAIRED,
};

struct hub_status {
    enum hub_state state;
    bool was_removed; // PAIRING: it knew this screen until somebody took it off
    bool was_revoked; // … and said so: nothing of its board is kept here
    char code[16];    // PAIRING: what to type at the hub; "" not said yet
    char school[64];  // PAIRED: the id it was added for; ""
    // PAIRED: the path there of the page where phones write for this board, as
    // long as it is good; "" none. In memory only.
    char post_page[80]; // WORKER_PAGE_BYTES
    char why[240]; // as in feed_status; "" it answers well
    char detail[240];
};

/* What the store says to a request. */
struct store_answer {
    enum {
        STORE_SAYS_NOTHING, // to none of that kind, since last time
        STORE_SAYS_DONE,    // it is committed and on the disk
        STORE_SAYS_NO,      // it is not; `why` says so for the person there
    } says;
    char why[240];
};

/* What the worker puts in the slot; the taker owns all of it. */
struct news {
    struct board *board; // NULL: no newer one than last time
    bool is_taken_down;  // and then: the one that is up is to be shown no more
    struct worker_photo *photos;
    int photo_count;
    struct feed_status status;
    struct hub_status hub;
    struct local_postits *postits; // NULL: as last time
    struct local_meetings *meetings; // from calendars; NULL: as last time
    struct store_answer answers[REQUEST_KINDS]; // the newest of each kind
    struct net_facts *facts; // NULL: nobody has asked
};
void news_destroy(struct news *n);

struct worker_settings {
    const char *feed; // address or path
    const struct config *config;
    const char *cache_folder;
    const char *state_folder; // where post-its are kept
    const char *machine_root; // for machine_mark_read; NULL: /
    const struct clock *clock;
    int screen_w, screen_h; // pixels; for the hub
    int photo_w, photo_h;   // the largest box a photo is shown in
    int photo_side_most;    // of one that is much longer than it is high
    size_t photo_most_bytes; // of a photo as it comes
    void (*wake)(void *data); // called on the worker's thread
    void *wake_data;
    // Decodes on the worker's thread; the kiosk passes sdl's. False: refused.
    bool (*decode)(const unsigned char *bytes, size_t len, int w, int h,
                   int max_side, struct worker_photo *out, struct problem *why);
};

/* All below take NULL for a worker that was never started: it has no news, and
   answers nobody. */
struct worker *worker_start(const struct worker_settings *s);

/* Whoever takes the news may wait for it, at most `wait_ms`. */
void worker_await_news(struct worker *w, int wait_ms);

/* The screen shows something: from now on the worker may tell the hub so, and
   ask for more than the disk has. Until then it does not. */
void worker_go(struct worker *w);

/* True, with the newest of everything, when there is something new. */
bool worker_take_news(struct worker *w, struct news *out);

/*
 * The photos wanted from now on, as the items write them, the most urgent
 * first: at most WORKER_PHOTOS_MAX, "" and doubles do not count. Takes the
 * place of the list before and outlives a new board. Each comes once; one that
 * left the list and is asked for again comes again. UI thread, at any time;
 * copies the strings.
 */
void worker_want_photos(struct worker *w, const char *const *images, int count);

/*
 * Asks something of the store; copies it. The answer comes as news, and with
 * it the list that has the change. False when too much is on its way already:
 * then nobody will answer. UI thread.
 */
bool worker_ask(struct worker *w, const struct request *request);

/* Asks for the facts of the network card, which come as news; and for as long as
   somebody does, what fails is tried again sooner. UI thread. */
void worker_want_facts(struct worker *w);

/* Where there is no worker because nobody has said yet what to show: what this
   machine is, and how it is connected. On the heap, the caller's. */
struct net_facts *worker_facts_alone(const char *state_folder,
                                     const char *cache_folder);

#define WORKER_STUCK_MIN 15

/*
 * Whether its thread has come no further for a quarter of an hour, and will not
 * be woken: a disk or a network share that does not answer, a picture that is
 * never decoded. Asked now and then; the first time it looks like it, it is
 * woken and has another minute, for a machine that stood still, or a worker with
 * nothing to do, does not hang. UI thread.
 */
bool worker_is_stuck(struct worker *w);

/* Returns within two seconds, whatever the network does. False: the thread
   hangs and still uses its settings, so leave with _exit and free nothing. */
bool worker_stop(struct worker *w);

#endif
