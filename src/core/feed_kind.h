#ifndef CORE_FEED_KIND_H
#define CORE_FEED_KIND_H

#include <stdbool.h>

#include "core/board.h"
#include "core/config.h"

/*
 * Which kind of item a word means, without regard to case, blanks and
 * punctuation: "Thinking-Thursday" is "thinking thursday".
 */

/* One of kind_names. */
bool feed_kind_from_name(const char *name, enum item_kind *kind);

/* A tag of the feed's; the configuration's own words (or NULL) go first. */
bool feed_kind_from_tag(const char *tag, const struct tag_synonyms *synonyms,
                        enum item_kind *kind);

#endif
