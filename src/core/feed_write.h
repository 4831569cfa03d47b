#ifndef CORE_FEED_WRITE_H
#define CORE_FEED_WRITE_H

#include <stdbool.h>

#include "base/text.h"
#include "core/board.h"
#include "core/postit_record.h"

/*
 * Post-its, or a whole board, as a JSON Feed 1.1 document
 * (https://jsonfeed.org/version/1.1) with the `_staffroom` extension. Pure.
 * What it writes, feed_read reads back into the same items; of very many it
 * takes the first FEED_MAX_ITEMS, and other readers take all.
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

/* Zero is what anybody may see. */
struct feed_write_options {
    // Without: no authors and no next askers, who are people as well. Names in
    // the words themselves stay: no program finds those.
    bool has_names;
    const char *feed_url; // where the document will be; NULL or "": not said
};

/*
 * The same for all of a board, on one line to be short on the wire. Reading it
 * back gives an equal board (without the notes; an item's `order` counts what
 * was dropped before it no more). An item whose date was not known when the
 * board was read (seen_s TIME_NONE) is written without one. Nothing is ever
 * `expired`: that a screen turned an item over is that screen's matter.
 */
void feed_write_board(struct text *out, const struct board *b,
                      const struct feed_write_options *options);

/* One item alone, as it stands in the "items" of such a document. */
void feed_write_item(struct text *out, const struct board *b,
                     const struct item *item,
                     const struct feed_write_options *options);

#endif
