#ifndef IO_CACHE_ENTRY_H
#define IO_CACHE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "core/feed.h"

/*
 * One file of the cache as bytes; cache.h shows the format. Pure. The
 * checksum is compared before anything else is looked at, so a file that is
 * read at all is one that was written here.
 */

#define CACHE_FEED_FORMAT "staffroom-feed 2"
#define CACHE_PICTURE_FORMAT "staffroom-picture 1"
#define CACHE_CALENDAR_FORMAT "staffroom-calendar 1"

struct cache_entry {
    char *address; // when read: borrowed, inside the bytes read
    char etag[256];
    char last_modified[64];
    char base_url[1024];
    int64_t fetched_s;
    int body_count;
    size_t body_len[FEED_MAX_PAGES];
    size_t body_at; // when read: where the first body starts
};

/* Whether the address fits the format: no control characters, 8 KiB. */
bool cache_entry_may_hold(const char *address);

void
cache_entry_write(struct text *out, const char *format,
                  const struct cache_entry *entry, const char *const *bodies);

/* False when it is damaged or of another format. Ends lines in `bytes` with
   NUL, so that the address can be borrowed. */
bool cache_entry_read(char *bytes, size_t len, const char *format,
                      struct cache_entry *entry);

#endif
