#ifndef HUB_BUCKET_H
#define HUB_BUCKET_H

#include <stdint.h>

/*
 * Token buckets: how often one caller may do one thing. Pure, no memory of its
 * own, zero is a table of full buckets; the clock is handed in.
 *
 * The table is fixed, and only who was here lately has a place in it. When
 * there are more of those than places, whoever has most of a bucket left is
 * forgotten and so gets a full one: too many callers make limits weaker, never
 * shut anybody out.
 */

#define BUCKET_PLACES 2048 // 32 KiB

struct bucket_rule {
    int burst;        // how many at once; at least 1
    int64_t every_ms; // one comes back every so often
};

struct bucket {
    struct {
        uint64_t key;      // who does what: a hash
        int64_t full_at_ms; // when nothing is missing any more
    } places[BUCKET_PLACES];
};

/* Takes one. 0: go on. Else nothing was taken, and it is how many ms until
   there is one. A `key` goes with one rule only. */
int64_t bucket_take(struct bucket *b, const struct bucket_rule *rule,
                    uint64_t key, int64_t now_ms);

#endif
