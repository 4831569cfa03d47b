#ifndef KIOSK_WORKER_FEED_H
#define KIOSK_WORKER_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "core/board.h"
#include "core/config.h"
#include "core/polling.h"
#include "io/cache.h"
#include "io/http_client.h"
#include "kiosk/worker.h"

/*
 * Where the board comes from: a web address that is polled, or a file that is
 * watched. Asks when it is time, judges the answer, and keeps what is good;
 * whatever goes wrong, the board that is up stays up. Worker thread.
 *
 * Times called now_ms are the machine's monotonic ones.
 */

#define WORKER_FEED_TAG 0

struct worker_feed {
    const struct config *config; // borrowed
    const struct clock *clock;   // borrowed; for wall time only
    struct cache *cache;         // borrowed
    char *url;                   // owned; NULL where the feed is a file
    char *path;             // owned, absolute; NULL where it is a web address
    struct polling polling; // of the url
    bool is_hubs;           // the hub's own feed, asked for with its token
    const char *token;      // borrowed; "": not yet, so nothing is asked
    int64_t look_ms;        // when to look at the file again
    uint64_t stamp;         // of the file when it was read
    bool was_read;

    /* The edition that is up. */
    uint64_t content; // hash of its pages; 0: there is none
    int64_t revision; // -1: it has none
    char etag[256];
    char last_modified[64];
    char base_url[1024]; // what its relative addresses are relative to
    struct feed_dates dates;
    bool has_answered;     // well, at least once
    enum http_place place; // where it lives; UNKNOWN before it has answered

    /* The answer under way. */
    bool is_asking;
    bool is_conditional;
    int64_t asked_ms;
    char asked_with[64]; // the token, if it is the hub's
    struct cached_feed incoming;
    enum http_place incoming_place;
    char *visited[FEED_MAX_PAGES]; // owned; the address of each page

    struct cached_feed
        unkept; // the edition that is up, if not yet in the cache

    /* For the hub. */
    int64_t good_asked_ms; // when the last good answer was asked for; 0 never
    bool was_turned_away;  // the last answer: asked_with is no token (any more)
    bool was_revoked;      // … because somebody took this screen off

    /* For whoever publishes. */
    struct board *board; // owned; a new one that nobody has taken yet
    struct feed_status status;
    bool is_taken_down; // the board that is up, unless there is a new one
    bool has_changed; // the status or the board, since somebody took them
};

void worker_feed_init(struct worker_feed *f, const struct worker_settings *s,
                      struct cache *cache);
void worker_feed_destroy(struct worker_feed *f);

/* The first act: the board from the cache, or a newer one of the file's. No
   network. */
void worker_feed_open(struct worker_feed *f, int64_t now_ms);

/* Asks or looks if it is time. Returns when to call again. */
int64_t worker_feed_tick(struct worker_feed *f, struct http_client *http,
                         int64_t now_ms);

/* Takes what is of use out of the reply; the caller destroys it. */
void worker_feed_answer(struct worker_feed *f, struct http_client *http,
                        struct http_reply *reply, int64_t now_ms);

/* The wall clock was set, by so much: whoever agreed with it before is asked
   again, and what was good a minute ago is still that old. */
void worker_feed_doubt_clock(struct worker_feed *f, int64_t by_s,
                             int64_t now_ms);

/* Takes the board down if it is that address's, and deletes what is kept of it:
   nobody here may read it any more. The next one begins as on the first day. */
void worker_feed_forget(struct worker_feed *f, const char *address);

#endif
