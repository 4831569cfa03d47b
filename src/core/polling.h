#ifndef CORE_POLLING_H
#define CORE_POLLING_H

#include <stdint.h>

/*
 * When to ask again. Pure: told what happened and when, answers when next.
 *
 * Every interval, less up to 20 % jitter, so that a thousand kiosks switched
 * on by one power cut do not ask as one. After a failure the first retry
 * comes soon (5 s) and the wait doubles, but never beyond the interval: so a
 * screen is right again within one interval of the world being well again,
 * and a server in trouble never sees more than its normal load for long.
 * A server that says Retry-After is believed, up to an hour: never earlier, and
 * up to 20 % later for the same reason.
 */

struct polling {
    int interval_s;
    int failures;    // in a row
    uint32_t jitter; // state of a small generator; seed it per machine
    int64_t next_ms; // monotonic; when to ask
};

void polling_start(struct polling *p, int interval_s, uint32_t seed,
                   int64_t now_ms); // first at once

void polling_succeeded(struct polling *p, int64_t now_ms);

/* `retry_after_s` from the reply; 0 when it gave none. */
void polling_failed(struct polling *p, int retry_after_s, int64_t now_ms);

#endif
