#ifndef KIOSK_WORKER_EDITION_H
#define KIOSK_WORKER_EDITION_H

#include <stdbool.h>

#include "io/cache.h"
#include "kiosk/worker_feed.h"

/*
 * One edition of the feed, once its pages are here, wherever they came from:
 * whether it may go up, what is said about it, and keeping it for the next
 * start. Worker thread.
 */

/* Puts up the newest kept edition that can still be read. */
void worker_edition_open(struct worker_feed *f);

/*
 * Puts up `feed` if it is a good one and not an older one, and says which.
 * A new edition is taken out of `feed` and waits to be kept.
 */
bool worker_edition_take(struct worker_feed *f, struct cached_feed *feed);

/* Writes the edition that went up to the cache, if it waits for that. Slow. */
void worker_edition_keep(struct worker_feed *f);

/* The one that is up is still the newest. */
void worker_edition_good(struct worker_feed *f);

/* There is none to be had: `why` for a teacher, `detail` for IT. */
void worker_edition_failed(struct worker_feed *f, const char *why,
                           const char *detail);

/* The same where another detail is another failure: a place in the feed. */
void worker_edition_faulty(struct worker_feed *f, const char *why,
                           const char *detail);

#endif
