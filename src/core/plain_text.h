#ifndef CORE_PLAIN_TEXT_H
#define CORE_PLAIN_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * Text from outside, made fit for a wall: no control characters, no character
 * that turns a line around, no runs of blanks, and never longer than agreed.
 * Everything a board shows has passed here once, and only once.
 */

enum plain_text_how {
    PLAIN_ONE_LINE = 0,
    PLAIN_LINES = 1,      // keep newlines, at most two in a row
    PLAIN_REFERENCES = 2, // decode character references, once
};

/*
 * A trimmed copy of at most `most` characters in `arena`; never NULL. `how`
 * is any of the above together. What is too long ends in "…" at a word's
 * end where there is one nearby; `*was_cut` (may be NULL) says so.
 */
const char *plain_text(struct arena *arena, const char *bytes, size_t len,
                       size_t most, int how, bool *was_cut);

/*
 * The first sentence of a text that has passed plain_text, its full stop
 * included, at most `most` characters. "Mr. Hill" is not the end of one.
 */
const char *plain_text_first_sentence(struct arena *arena, const char *text,
                                      size_t most);

#endif
