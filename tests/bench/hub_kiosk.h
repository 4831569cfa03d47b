#ifndef TESTS_BENCH_HUB_KIOSK_H
#define TESTS_BENCH_HUB_KIOSK_H

#include <stdint.h>
#include <string.h>

#include "base/hash.h"

/*
 * The kiosks that hub_fill pairs and hub_kiosks plays: both make a kiosk's
 * token from its number, so that nobody has to carry 25,000 of them.
 */

#define HUB_KIOSK_TOKEN_BYTES 32

/* Random enough for a store on loopback that lives for ten minutes. */
static inline void
hub_kiosk_token(int kiosk, unsigned char token[HUB_KIOSK_TOKEN_BYTES])
{
    for (int i = 0; i < HUB_KIOSK_TOKEN_BYTES / 8; i++) {
        const int seed[2] = {kiosk, i};
        uint64_t hash = hash_more(HASH_START, seed, sizeof seed);
        memcpy(token + i * 8, &hash, 8);
    }
}

#endif
