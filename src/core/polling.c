#include "core/polling.h"

#define FIRST_RETRY_MS 5000
#define RETRY_AFTER_MOST_MS 3600000

/* xorshift32 (Marsaglia 2003): enough to spread kiosks, nothing secret. */
static uint32_t
next_random(struct polling *p)
{
    uint32_t x = p->jitter ? p->jitter : UINT32_C(2463534242);
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    return p->jitter = x;
}

/* 0 to 20 % of `wait_ms`. */
static int64_t
jitter_ms(struct polling *p, int64_t wait_ms)
{
    return (int64_t) (next_random(p) % 1024) * (wait_ms / 5) / 1023;
}

static int64_t
interval_ms(const struct polling *p)
{
    return (p->interval_s > 0 ? p->interval_s : 1) * INT64_C(1000);
}

void
polling_start(struct polling *p, int interval_s, uint32_t seed, int64_t now_ms)
{
    *p = (struct polling){
        .interval_s = interval_s, .jitter = seed, .next_ms = now_ms};
}

void
polling_succeeded(struct polling *p, int64_t now_ms)
{
    int64_t wait_ms = interval_ms(p);
    p->failures = 0;
    p->next_ms = now_ms + wait_ms - jitter_ms(p, wait_ms);
}

void
polling_failed(struct polling *p, int retry_after_s, int64_t now_ms)
{
    int64_t most_ms = interval_ms(p);
    int64_t wait_ms = FIRST_RETRY_MS;
    for (int i = 0; i < p->failures && wait_ms < most_ms; i++)
        wait_ms *= 2;
    if (wait_ms > most_ms)
        wait_ms = most_ms;
    wait_ms -= jitter_ms(p, wait_ms);
    if (p->failures < 1000)
        p->failures++;

    if (retry_after_s > 0) {
        // Never earlier than it asked for, so this jitter goes the other way.
        int64_t asked_ms = retry_after_s * INT64_C(1000);
        asked_ms += jitter_ms(p, asked_ms);
        if (asked_ms > RETRY_AFTER_MOST_MS)
            asked_ms = RETRY_AFTER_MOST_MS;
        if (wait_ms < asked_ms)
            wait_ms = asked_ms;
    }
    p->next_ms = now_ms + wait_ms;
}
