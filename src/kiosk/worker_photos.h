#ifndef KIOSK_WORKER_PHOTOS_H
#define KIOSK_WORKER_PHOTOS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/board.h"
#include "io/cache.h"
#include "io/http_client.h"
#include "kiosk/worker.h"

/*
 * The pictures the board names: from the cache, from beside a local feed, or
 * fetched, two at a time; decoded here and handed over once. An address is
 * believed to mean one picture for as long as the board names it, so what was
 * delivered is not asked for again until it has left the board and come back.
 * A failure is retried after 30 s, then twice as long each time, up to an
 * hour. Worker thread. Times are the machine's monotonic ones.
 */

#define WORKER_PHOTOS_MAX 40

enum picture_state {
    PICTURE_NEW,      // not even looked for in the cache
    PICTURE_MISSING,  // to be fetched, from next_ms on
    PICTURE_FETCHING, // under way with its tag
    PICTURE_DONE,     // delivered, or never to be had
};

struct picture {
    enum picture_state state;
    char *image; // owned; as the feed wrote it
    char *url;   // owned; NULL when it is a file or nowhere we may look
    char *path;  // owned; NULL when it is a web address
    int tag;     // of the request; never WORKER_FEED_TAG
    int failures;
    int64_t next_ms;
};

struct worker_photos {
    const struct worker_settings *settings; // borrowed
    struct cache *cache;                    // borrowed
    const char *feed_path; // borrowed; NULL where the feed is on the web
    struct picture list[WORKER_PHOTOS_MAX];
    int count;
    int last_tag;
};

void worker_photos_init(struct worker_photos *p,
                        const struct worker_settings *s, struct cache *cache);
void worker_photos_destroy(struct worker_photos *p);

/*
 * Wants the first 40 pictures of `board` and forgets those it does not name.
 * Relative addresses are resolved against `base_url`, or where the feed is a
 * file (`feed_path` not NULL, and borrowed) looked for beside it.
 */
void worker_photos_want(struct worker_photos *p, const struct board *board,
                        const char *base_url, const char *feed_path);

/*
 * One step: true with a decoded picture in `out`, whose pixels the caller
 * owns. `place` is where the feed lives, the one place besides the public
 * ones that its pictures may; `may_fetch` is false before that is known.
 */
bool worker_photos_step(struct worker_photos *p, struct http_client *http,
                        enum http_place place, bool may_fetch, int64_t now_ms,
                        struct worker_photo *out);

/* When the next step is due; INT64_MAX when there is nothing to do. */
int64_t worker_photos_due_ms(const struct worker_photos *p, bool may_fetch,
                             int64_t now_ms);

/* As worker_photos_step, from the reply to a request with a picture's tag. */
bool worker_photos_answer(struct worker_photos *p, struct http_reply *reply,
                          int64_t now_ms, struct worker_photo *out);

#endif
