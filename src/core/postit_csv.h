#ifndef CORE_POSTIT_CSV_H
#define CORE_POSTIT_CSV_H

#include "base/text.h"
#include "base/zone.h"
#include "core/postit_record.h"

/*
 * Post-its as a table for a spreadsheet: RFC 4180, one row a post-it under a
 * row of headings. Pure.
 *
 * A byte order mark goes first: without it Excel takes the bytes for the
 * machine's old code page, and ŵ and £ for two letters each.
 *
 * Times are local in `zone` (NULL: UTC), as "2026-11-24 08:41": ISO 8601 but
 * for the blank, which RFC 3339 §5.6 allows and Excel needs to see a time in
 * it. In the hour that autumn has twice they are not unique; the JSON Feed has
 * the moments. A time nobody knows is an empty cell.
 *
 * "answer to" is what the question says, where that is known, else its id.
 *
 * Words that begin with = + - @ tab or a line's end get an apostrophe before
 * them: a spreadsheet would run what a passer-by wrote (OWASP, "CSV
 * injection").
 */

/* Appends the table. */
void postit_csv_write(struct text *out, const struct zone *zone,
                      const struct postit_record *postits, int count);

#endif
