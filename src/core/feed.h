#ifndef CORE_FEED_H
#define CORE_FEED_H

#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "core/board.h"
#include "core/config.h"

/*
 * Reads a JSON Feed 1.1 document (https://jsonfeed.org/version/1.1), with or
 * without the `_staffroom` extension, into a board. Pure: no clock, no files
 * (but the system's zone files), no network. Safe on any thread, and on a small
 * stack: nesting is bounded before cJSON recurses.
 *
 * Words come from `content_text`, else `content_html`, else `summary`. Where an
 * item has no extension the HTML goes first: publishers that give both often
 * have the Markdown source in the text.
 */

#define FEED_MAX_BYTES ((size_t) 2 * 1024 * 1024)
#define FEED_MAX_ITEMS 500
#define FEED_MAX_PAGES 3
#define FEED_MAX_CHARACTERS 2000

struct feed_page {
    const char *bytes; // borrowed
    size_t len;
};

/* When each item of an edition was published or, undated, first seen. */
struct feed_dates {
    int count;
    uint64_t ids[FEED_MAX_ITEMS]; // hash_string of each
    int64_t published_s[FEED_MAX_ITEMS];
};
void feed_dates_take(struct feed_dates *d, const struct board *b);

/*
 * A board from 1 to FEED_MAX_PAGES documents, the first one's own words
 * deciding title, schools and zone. FEED_MAX_BYTES and FEED_MAX_ITEMS count for
 * all pages together. NULL when a page is refused: then `why`
 * has the sentence, with line and column where there is a place. Never half a
 * board. An item without a usable date gets that of the same id in `before`,
 * the edition that was read last, else `seen_s`. `before` and `tags` may be
 * NULL. The caller frees with board_free.
 */
struct board *feed_read(const struct feed_page *pages, int page_count,
                        int64_t seen_s, const struct feed_dates *before,
                        const struct tag_synonyms *tags, struct problem *why);

/*
 * The document's `next_url`, for paging: a malloc'ed copy the caller frees,
 * or NULL when there is none or the document is refused.
 */
char *feed_next_url(const struct feed_page *page);

#endif
