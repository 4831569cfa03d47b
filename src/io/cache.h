#ifndef IO_CACHE_H
#define IO_CACHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"
#include "core/feed.h"

/*
 * What is kept on disk so that a kiosk without a network still has a board:
 * the last five good feeds of each address, the pictures they name, and the
 * last good calendar of each address. The address of one that is a file is its
 * absolute path. One folder, flat; every file written by write–fsync–rename, with a checksum, so
 * that a torn or rotten one is noticed and the one before it serves. Nothing
 * is written when nothing changed. Worker thread.
 *
 * A file is one line that names the format and the checksum (FNV-1a, 64 bit)
 * of all that follows; lines "name value"; an empty line; the bodies, one
 * behind the other:
 *
 *     staffroom-feed 2 0123456789abcdef
 *     address https://northside.example/feed.json
 *     etag "128"
 *     last-modified Thu, 26 Nov 2026 08:00:00 GMT
 *     base https://files.northside.example/feed.json
 *     fetched 1795680000
 *     pages 18211 904
 *
 * Feeds are called feed-<address>-<edition> with the edition counting up, so
 * that order needs no clock; pictures picture-<address>; calendars
 * calendar-<address>. <address> is its
 * hash; the address inside decides. No other file in the folder is touched.
 */

#define CACHE_FEEDS_KEPT 5

struct cache;

/*
 * `most_bytes` for the whole folder: beyond it the pictures unused longest go
 * first, then old feeds; the newest feed of the address used last stays.
 * Never NULL: a folder that cannot be made or written is logged once and the
 * cache is then simply empty.
 */
struct cache *cache_open(const char *folder, size_t most_bytes);
/* Only to find things in, beside a kiosk that may be running: nothing is made,
   thrown away or swept. Never NULL. */
struct cache *cache_open_to_read(const char *folder);
void cache_close(struct cache *c); // NULL is fine

struct cached_feed {
    struct text pages[FEED_MAX_PAGES]; // owned
    int page_count;
    char etag[256];         // "" none
    char last_modified[64]; // "" none
    char base_url[1024];    // where redirects led: what relative addresses are
                            // relative to; "" none
    int64_t fetched_s;      // wall time of the fetch
};

/* The newest whole feed of that address; skip = 0, or the one before: 1 …
   Those damaged or of another version do not count. The caller destroys `out`.
 */
bool cache_find_feed(struct cache *c, const char *address, int skip,
                     struct cached_feed *out);

/*
 * Writes a new edition, unless the newest one has the very same pages: then
 * nothing is written at all, even where etag, base or fetch time differ. They
 * only save work after a restart, and an SD card has a finite number of writes.
 */
bool cache_keep_feed(struct cache *c, const char *address,
                     const struct cached_feed *feed, struct problem *why);
void cached_feed_destroy(struct cached_feed *f);

/* Deletes all editions of that address, and all pictures: whose they are
   nobody knows. For what must not be seen here any more. */
void cache_forget_feed(struct cache *c, const char *address);

/* Pictures as they came. Finding one marks it used: its modification time is
   moved, but at most once a day, so that a shown picture costs no writes. */
bool
cache_find_picture(struct cache *c, const char *address, struct text *bytes);
bool cache_keep_picture(struct cache *c, const char *address, const void *bytes,
                        size_t len, struct problem *why);

/* A calendar as it came, in the only page; the one before it is gone. Its file
   may hold a school's secret address: it is readable by this user only. */
bool cache_find_calendar(struct cache *c, const char *address,
                         struct cached_feed *out);
bool cache_keep_calendar(struct cache *c, const char *address,
                         const struct cached_feed *calendar,
                         struct problem *why);

#endif
