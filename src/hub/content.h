#ifndef HUB_CONTENT_H
#define HUB_CONTENT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "base/text.h"
#include "core/board.h"
#include "io/hub_store.h"

/*
 * What coordinators edit: one feed document with many revisions, as a board
 * that may be changed and is then published as the next revision. Post-its are
 * not in it; they are the store's.
 *
 *     content_open → content_set_item, content_remove_item → content_save
 *
 * Nobody overwrites what somebody else has saved: content_save publishes only
 * behind the revision that was read.
 */

#define CONTENT_ITEMS_MOST 300 // a feed has 500, and post-its want some

struct content {
    int64_t revision;    // publishes behind it; 0: the first one
    struct arena arena;  // for strings of changed items
    struct board board;  // what will be saved; title, schools … may be changed
    struct item *items;  // board.items, to be changed
    struct board *read;  // owned; NULL: nothing was published yet
    struct zone *zone;   // owned; board.zone, where that is not read's
};

/*
 * Reads a revision, or the newest (`number` 0), which is an empty board with
 * the zone Europe/London before anything is published. False when it cannot be
 * read; then it is empty. content_close it in any case.
 */
bool content_open(struct content *c, struct hub_store *store, int64_t number,
                  struct problem *why);
void content_close(struct content *c); // zero is fine

/* Borrowed, until the items change; NULL when there is none of that kind. */
const struct item *content_find(const struct content *c, enum item_kind kind,
                                const char *id);

/* One with nothing in it, all strings "". */
struct item content_new_item(enum item_kind kind);

/* "q-2026-11-26-k7wm": never used by another item, also not by one that was
   deleted, so that no old answers come back with it. In the arena. */
const char *content_make_id(struct content *c, char letter, int32_t day);

/* In the place of the one with its id, else behind the last. The item's strings
   must live as long as `c`. False when there are CONTENT_ITEMS_MOST already. */
bool content_set_item(struct content *c, const struct item *item);
bool content_remove_item(struct content *c, const char *id); // was it there?

/* Another time zone; "" is the machine's own. What has a time keeps its moment, what has days keeps its
   days. False, and nothing changed, when the machine does not know it. */
bool content_set_zone(struct content *c, const char *name);

enum content_result {
    CONTENT_SAVED,         // c->revision is its number
    CONTENT_SOMEBODY_ELSE, // has saved meanwhile; nothing was changed
    CONTENT_CANNOT,        // `why` has the sentence
};

/* Appends the document as it is kept. */
void content_write(const struct content *c, struct text *document);

/* Writes the document, reads it back to be sure that screens will understand
   every item as it is here, and publishes it. */
enum content_result content_save(struct content *c, struct hub_store *store,
                                 const char *person, const char *note,
                                 int64_t now_s, struct problem *why);

#endif
