#ifndef KIOSK_WORKER_OUTBOX_H
#define KIOSK_WORKER_OUTBOX_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "core/board.h"
#include "io/kiosk_store.h"

/*
 * What the store has to tell the hub, one errand after the other, and what the
 * hub's answer to it means. First what was taken back, then the post-its in
 * the order in which they were posted, then the touches. Whatever is not
 * settled stays in the store and is the next errand again: every request may
 * be made twice, since the answer to the first may have been lost. Worker
 * thread; no network in here.
 */

enum worker_errand_kind {
    ERRAND_TAKE_BACK,
    ERRAND_POSTIT,
    ERRAND_TOUCH,
};

struct worker_errand {
    enum worker_errand_kind kind;
    const char *method;
    struct text path; // owned; behind the hub's address
    struct text json; // owned; "" for none
    struct reaction_touch about; // its id is that of whatever it is; no target
};

/* False when there is nothing to tell, or it cannot be read. */
bool worker_outbox_next(struct kiosk_store *s, int64_t now_s,
                        struct worker_errand *out);
void worker_errand_destroy(struct worker_errand *e);

/* How many post-its the hub does not have yet. */
int worker_outbox_unsent(struct kiosk_store *s, int64_t now_s);

/* True when the errand is over, one way or the other: the store knows. False:
   it has to be tried again later. */
bool worker_outbox_settle(struct kiosk_store *s, const struct worker_errand *e,
                          int status);

/*
 * A board came. Post-its of ours that are on it have been shared, unless only
 * we see them. With `is_hub_feed` it is also what the hub has to say about
 * those it does not show any more. True when the store has changed.
 */
bool worker_outbox_see_board(struct kiosk_store *s, const struct board *b,
                             bool is_hub_feed);

/* RFC 3339 in UTC: "2026-11-26T10:42:00Z". */
void worker_outbox_add_time(struct text *out, int64_t utc_s);

#endif
