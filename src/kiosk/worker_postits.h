#ifndef KIOSK_WORKER_POSTITS_H
#define KIOSK_WORKER_POSTITS_H

#include <stdbool.h>
#include <stdint.h>

#include "io/kiosk_store.h"
#include "kiosk/worker.h"

/*
 * What was written and touched on this kiosk: opens the store, does what the
 * person at the screen asks of it, and lists it all for the board. Worker
 * thread. Where the store cannot be opened it is tried again when somebody
 * wants to write.
 */

struct worker_postits {
    struct kiosk_store *store; // owned; NULL: nothing can be kept just now
    const char *folder;        // borrowed
    const char *school;        // borrowed
    bool has_hub; // set by the owner: each post-it says how far it has come
};

void worker_postits_init(struct worker_postits *p, const char *folder,
                         const char *school);
void worker_postits_destroy(struct worker_postits *p);

/* Opens the store, if it can be; `why` has a sentence when not. Tried again by
   whatever is asked next. */
bool worker_postits_open(struct worker_postits *p, int64_t now_s,
                         struct problem *why);

/* True once it is done, committed and on the disk. */
bool worker_postits_do(struct worker_postits *p, const struct request *request,
                       int64_t now_s, struct problem *why);

/*
 * With a clock that can be trusted: post-its written before it could are dated
 * now, and what has expired is deleted for good. True when that changed the
 * list.
 */
bool worker_postits_tidy(struct worker_postits *p, int64_t now_s);

/* All that has not expired, newest first; NULL when it cannot be
   read: then the last one stays. The caller's. */
struct local_postits *worker_postits_list(struct worker_postits *p,
                                          int64_t now_s);

#endif
