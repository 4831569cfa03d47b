#ifndef CORE_FEED_FIELDS_H
#define CORE_FEED_FIELDS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/board.h"
#include "core/config.h"
#include "core/feed_json.h"

/*
 * One field of a feed at a time, whatever stands there. A field that is
 * missing or null is silently empty; one that makes no sense is empty too, and
 * a note says so for `staffroom --check`. Used by feed.c and feed_item.c only.
 */

#define FEED_NOTES_MAX 300

#define FEED_TITLE_CHARACTERS 300
#define FEED_NAME_CHARACTERS 120
#define FEED_ID_CHARACTERS 1000      // some publishers' ids are addresses
#define FEED_ADDRESS_CHARACTERS 2000 // what browsers agree on

struct feed_reader {
    struct board *board; // being made; its arena owns all that is read
    const struct tag_synonyms *tags; // may be NULL
    int64_t seen_s;
    const struct feed_dates *before; // may be NULL
    const char *author;              // the feed's own, for items without one
    int page, page_count;
    int position;   // of the item on its page, from 1; 0: the feed itself
    const char *id; // the item's, "" until it is known
    const char *notes[FEED_NOTES_MAX];
    int note_count;
    int more_notes; // that did not fit
};

/* A sentence about the item being read, or the feed. */
void feed_note(struct feed_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Any value as a short quotation for a note. */
const char *feed_quote(struct feed_reader *r, const char *text);

/* A text on one line, references decoded; "" when there is none. */
const char *feed_text(struct feed_reader *r, const struct json *object,
                      const char *name, size_t most);

/* A text or number, as written but trimmed; "" when too long or none. */
const char *
feed_id(struct feed_reader *r, const struct json *object, const char *name);

/* An address, as written; "" when none. */
const char *feed_address(struct feed_reader *r, const struct json *object,
                         const char *name);

bool
feed_flag(struct feed_reader *r, const struct json *object, const char *name);

/* A whole number from 0 to `most`, else `otherwise`. */
int64_t feed_number(struct feed_reader *r, const struct json *object,
                    const char *name, int64_t most, int64_t otherwise);

/* "2026-11-26", or a moment, which gives its local day. Else DAY_NONE. */
int32_t
feed_day(struct feed_reader *r, const struct json *object, const char *name);

/*
 * A moment, or a date: then the moment its day begins or, with `day_ends`,
 * ends. `*day` (may be NULL) is that date, DAY_NONE for a moment. TIME_NONE
 * when it is neither.
 */
int64_t feed_time(struct feed_reader *r, const struct json *object,
                  const char *name, bool day_ends, int32_t *day);

/* The texts of a list, at most `most`; one text alone is a list of one. */
const char *const *feed_texts(struct feed_reader *r, const struct json *object,
                              const char *name, int most, int *count);

/* The same for ids. */
const char *const *feed_ids(struct feed_reader *r, const struct json *object,
                            const char *name, int most, int *count);

/* The part that must be an object: NULL, with a note, when it is not. */
const struct json *
feed_object(struct feed_reader *r, const struct json *object, const char *name);

#endif
