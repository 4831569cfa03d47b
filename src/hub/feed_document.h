#ifndef HUB_FEED_DOCUMENT_H
#define HUB_FEED_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "core/board.h"
#include "hub/feed_calendars.h"
#include "io/hub_store.h"

/*
 * What is in a feed, put together from pieces: what all schools see is written
 * once for all of them, what waits at one school is written for that school,
 * and its document is both, merged by time. So the thousandth school costs a
 * copy and not a feed.
 */

#define FEED_DOCUMENT_TAG_BYTES 35 // two quotes, 32 digits, a NUL

struct feed_published { // the newest revision, read; zero: not yet
    struct board *board; // owned
    int64_t number, made_s;
    struct feed_calendars calendars; // what .ics calendars add to it
};
void feed_published_destroy(struct feed_published *p);
/* Reads what is newer; false when the store cannot be read. */
bool feed_published_bring_up(struct feed_published *p, struct hub_store *store);

/* Post-its as JSON, the newest first. Zero is none. */
struct feed_pieces {
    struct text text;
    struct feed_piece {
        int64_t made_s;
        size_t at, len; // in the text
    } *list;            // owned
    int count;
};

/* What all of one kind of reader see. Zero is valid: nothing is written. */
struct feed_common {
    bool has_names;
    bool is_written;
    struct text heads[2]; // [is_complete]; without the brackets at their ends
    int item_count;       // in the heads
    struct feed_pieces postits;
    unsigned char hash[HUB_HASH_BYTES]; // of all that
};
void feed_common_destroy(struct feed_common *c);

/* Anew; false, and `c` is as it was, when the store cannot be read. */
bool feed_common_write(struct feed_common *c, struct feed_published *published,
                       struct hub_store *store, int64_t now_s);

/*
 * Appends that school's feed (NULL: everybody's), no longer than readers take:
 * if need be without older post-its, which it then says. Equal tags mean equal
 * bytes (RFC 9110 §8.8.3), also after a backup was brought back or the hub was
 * started again. False when the store cannot be read.
 */
bool feed_document_write(struct text *out, char tag[FEED_DOCUMENT_TAG_BYTES],
                         const struct feed_common *c, struct hub_store *store,
                         const char *school, int64_t now_s);

#endif
