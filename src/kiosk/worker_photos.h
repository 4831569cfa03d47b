#ifndef KIOSK_WORKER_PHOTOS_H
#define KIOSK_WORKER_PHOTOS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/board.h"
#include "io/cache.h"
#include "io/http_client.h"
#include "kiosk/worker.h"

/*
 * The pictures the screen asks for: from the cache, from beside a local feed,
 * or fetched, two at a time; decoded here and handed over once for each asking.
 * An address is believed to mean one picture for as long as it is asked for.
 * A failure is retried after 30 s, then twice as long each time, up to an
 * hour. Worker thread. Times are the machine's monotonic ones.
 */

struct photo_wish {
    char *image;     // owned; as the feed wrote it
    uint32_t asking; // another one when it was forgotten in between
};

enum picture_state {
    PICTURE_NEW,      // not even looked for in the cache
    PICTURE_MISSING,  // to be fetched, from next_ms on
    PICTURE_FETCHING, // under way with its tag
    PICTURE_DONE,     // delivered, or never to be had
};

struct picture {
    enum picture_state state;
    char *image; // owned; as the feed wrote it
    uint32_t asking;
    char *url;  // owned; NULL when it is a file or nowhere we may look
    char *path; // owned; NULL when it is a web address
    int tag;    // of the request; never WORKER_FEED_TAG
    int failures;
    int64_t next_ms;
};

struct worker_photos {
    const struct worker_settings *settings; // borrowed
    struct cache *cache;                    // borrowed
    const char *feed_path; // borrowed; NULL where the feed is on the web
    char base_url[1024];   // what relative addresses are relative to
    struct picture list[WORKER_PHOTOS_MAX];
    int count;
    int flying; // requests under way, forgotten ones too
    int last_tag;
};

/* Where the feed is a file, its pictures are looked for beside `feed_path`;
   else that is NULL. */
void
worker_photos_init(struct worker_photos *p, const struct worker_settings *s,
                   struct cache *cache, const char *feed_path);
void worker_photos_destroy(struct worker_photos *p);

/* The list from now on; what is in it already goes on as it is. Takes over the
   strings. */
void worker_photos_want(struct worker_photos *p,
                        const struct photo_wish *wishes, int count);

/* Where the feed is now: a picture that therefore is another is had anew. */
void worker_photos_move(struct worker_photos *p, const char *base_url);

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
