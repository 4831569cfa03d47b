#ifndef CORE_FEED_ITEM_H
#define CORE_FEED_ITEM_H

#include <stdbool.h>

#include "core/board.h"
#include "core/feed_fields.h"
#include "core/feed_json.h"

/*
 * One item of a feed. False, with a note, when it is not one to keep; its id
 * is already in `out->id` and r->id, and is known not to be on the board.
 */
bool feed_item_read(struct feed_reader *r, const struct json *object,
                    struct item *out);

/* The names in "authors" (1.1), else "author" (1.0), joined; "" for none. */
const char *feed_authors(struct feed_reader *r, const struct json *object);

#endif
