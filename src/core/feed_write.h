#ifndef CORE_FEED_WRITE_H
#define CORE_FEED_WRITE_H

#include "base/text.h"
#include "core/postit_record.h"

/*
 * Post-its as a JSON Feed 1.1 document (https://jsonfeed.org/version/1.1) with
 * the `_staffroom` extension. Pure. What it writes, feed_read reads back into
 * the same items; of very many it takes the first FEED_MAX_ITEMS, and other
 * readers take all.
 *
 * Times are in UTC (RFC 3339 §4.3, "Z"): one store gives the same bytes on
 * every machine, whatever its zone. A post-it of unknown time has none, and
 * one that was turned face-down is `expired`, so that it is in the file but a
 * screen which shows the file does not turn it up again.
 *
 * Readers of a feed decode character references in words and names. Somebody
 * who wrote "&amp;" on a post-it meant those five characters: only where a
 * reader would see a reference, the & is written as one itself.
 */

/* Appends the document, with a newline at its end. */
void feed_write_postits(struct text *out, const char *title,
                        const struct postit_record *postits, int count);

#endif
