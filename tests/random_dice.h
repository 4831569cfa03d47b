#ifndef TESTS_RANDOM_DICE_H
#define TESTS_RANDOM_DICE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Chance that can be had again: the same seed rolls the same (SplitMix64, by
 * Sebastiano Vigna).
 */

struct dice {
    uint64_t state;
};

static inline uint64_t
dice_roll(struct dice *d)
{
    uint64_t z = d->state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* From 0 to count - 1; 0 where there is nothing to choose from. */
static inline int
dice_below(struct dice *d, int count)
{
    uint64_t roll = dice_roll(d);
    return count > 0 ? (int) (roll % (uint64_t) count) : 0;
}

static inline int
dice_between(struct dice *d, int from, int to)
{
    return from + dice_below(d, to - from + 1);
}

static inline bool
dice_says(struct dice *d, int percent)
{
    return dice_below(d, 100) < percent;
}

#endif
