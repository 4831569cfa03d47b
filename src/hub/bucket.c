#include "hub/bucket.h"

#include <stddef.h>

#define WAYS 8 // places a key may have

/* The key's own place, or the one that is missed least. */
static size_t
place_of(const struct bucket *b, uint64_t key)
{
    size_t first = (size_t) (key % (BUCKET_PLACES / WAYS)) * WAYS;
    size_t best = first;
    for (size_t i = first; i < first + WAYS; i++) {
        if (b->places[i].key == key)
            return i;
        if (b->places[i].full_at_ms < b->places[best].full_at_ms)
            best = i;
    }
    return best;
}

int64_t
bucket_take(struct bucket *b, const struct bucket_rule *rule, uint64_t key,
            int64_t now_ms)
{
    size_t place = place_of(b, key);
    int64_t full_at_ms = now_ms; // of a bucket nobody has taken from
    if (b->places[place].key == key && b->places[place].full_at_ms > now_ms)
        full_at_ms = b->places[place].full_at_ms;
    // One more may be missing when the burst is not; see GCRA (ITU-T I.371).
    int64_t wait_ms =
        full_at_ms - now_ms - (int64_t) (rule->burst - 1) * rule->every_ms;
    if (wait_ms > 0)
        return wait_ms;
    b->places[place].key = key;
    b->places[place].full_at_ms = full_at_ms + rule->every_ms;
    return 0;
}
