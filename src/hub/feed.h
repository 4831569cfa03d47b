#ifndef HUB_FEED_H
#define HUB_FEED_H

#include "base/arena.h"
#include "hub/feed_document.h"
#include "io/hub_store.h"

/*
 * The feed as the hub gives it out: the newest revision with the post-its and
 * reactions of the store, in as many editions as there are audiences.
 *
 *   everybody   no names, post-its that are shared with all
 *   a school    names, and its own post-its that wait or stay at the school
 *
 * An edition is made when somebody asks first after a change that this audience
 * can see, and the same bytes go to all who ask until the next. It lives until
 * the last of them has them, so a slow caller may keep an old one; when
 * EDITIONS_MOST of an audience are alive, the newest of them goes on being
 * served until one is let go. So it does while the store cannot be read.
 *
 * There may be thousands of schools: of those that have not asked for longest
 * only the tag is kept, which is all that most requests want.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

#define HUB_FEED_EDITIONS_MOST 3 // of one audience, being sent ones included

#define HUB_FEED_KEPT_BYTES ((size_t) 4 * 1024 * 1024)
#define HUB_FEED_ROWS 1024

struct hub_audience;

struct hub_feed { // zero is valid
    struct hub_audience *rows[HUB_FEED_ROWS]; // owned, by hash of their school
    struct hub_audience *latest, *longest_ago; // that have bytes, as they asked
    size_t kept_bytes;
    struct feed_published published;
    struct feed_common common[2]; // [has_names]
    int64_t common_change[2];     // they are up to date with
    int64_t common_made_s[2];
    int64_t change, looked_ms;    // the store's number, and when it was read
    int writes;                   // of ours, then
};

/* Editions that are still being sent outlive it. */
void hub_feed_destroy(struct hub_feed *f);

/* GET /feed.json: everybody's, to be kept by caches. */
void hub_feed_answer_public(struct hub *hub, const struct http_request *r,
                            const struct route_match *m, struct http_answer *a);
/* GET /v1/feed.json, behind the gate for devices: that of its school. */
void hub_feed_answer_device(struct hub *hub, const struct http_request *r,
                            const struct route_match *m, struct http_answer *a);

struct hub_feed_bytes {
    const char *bytes; // borrowed, until the next request
    size_t len;
    int64_t change; // the store's number; the same feed while it is the same
};

/* The feed of a school's screens, or with "" of one that has no school; with
   NULL that of the world, without names. False when it cannot be read. */
bool hub_feed_read(struct hub *hub, const char *school,
                   struct hub_feed_bytes *out);

/* The partnership's name, from the newest revision; "" when there is none. */
const char *hub_feed_title(struct hub_store *store, struct arena *a);

#endif
