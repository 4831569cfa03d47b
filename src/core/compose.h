#ifndef CORE_COMPOSE_H
#define CORE_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/board.h"

/*
 * A post-it while it is being written: its words, the writer's name if they
 * like, its sort and colour, and what it answers. Pure: no clock, no memory of
 * its own, no pointers; a copy of the struct is a draft put aside, and zero is
 * an empty post-it, an idea on yellow.
 *
 * Bytes are always valid UTF-8 without control characters, and the caret is
 * always between two letters. A letter is what a reader counts as one (a
 * grapheme cluster, UAX #29): a family of emoji, or e with its accents.
 */

#define COMPOSE_TEXT_LETTERS 140
#define COMPOSE_NAME_LETTERS 40

// Bytes are limited too: 32 a letter on average, and no single one above 64
// (the longest real emoji has 41), so a tower of accents has a roof.
#define COMPOSE_BYTES_MAX (COMPOSE_TEXT_LETTERS * 32)
#define COMPOSE_LETTER_BYTES_MAX 64

#define COMPOSE_ID_BYTES_MAX 4000 // no id in a feed is longer

enum compose_field {
    COMPOSE_TEXT,
    COMPOSE_NAME,
};
#define COMPOSE_FIELD_COUNT (COMPOSE_NAME + 1)

struct compose_line {
    char bytes[COMPOSE_BYTES_MAX + 1]; // NUL-terminated
    size_t len;
    size_t caret;       // byte offset
    bool has_made_stop; // two spaces have just become ". "
};

struct compose {
    struct compose_line lines[COMPOSE_FIELD_COUNT];
    enum compose_field field; // where keys go; set it when a field is touched
    enum postit_sort sort;    // set freely, like the colour
    enum postit_colour colour;
    char answers[COMPOSE_ID_BYTES_MAX + 1]; // id of a question or a meeting, ""
};

void compose_reset(struct compose *c);

/* What the post-it belongs to. False, and "" then, when the id is too long. */
bool compose_set_answers(struct compose *c, const char *id);

/* The following act on the field where keys go. */

/*
 * Puts whole letters in at the caret: one from a key, or as many as somebody
 * pastes. Line ends and tabs become spaces; other control characters and what
 * is no UTF-8 are dropped. What the limits leave no room for is dropped from
 * its end, and then the answer is false.
 *
 * In the text, a space alone after a letter or digit and a space makes a full
 * stop and a space; compose_backspace right after gives the two spaces back.
 */
bool compose_insert(struct compose *c, const char *bytes, size_t len);

/* Each is false when there was nothing to take away, or nowhere to go. */
bool compose_backspace(struct compose *c);      // the letter before the caret
bool compose_backspace_word(struct compose *c); // the word, and blanks after it
bool compose_delete(struct compose *c);         // the letter behind the caret
bool compose_move(struct compose *c, int letters); // back when negative

/* Puts the caret at a byte offset, or before the letter that it is inside of;
   beyond the end is the end. */
void compose_place_caret(struct compose *c, size_t at);

/* Whether the next letter begins a sentence: nothing but blanks before it, or
   . ? ! (and quotes or brackets that close) and a blank. */
bool compose_wants_capital(const struct compose *c);

/* How many more letters that field takes; never negative. */
int compose_left(const struct compose *c, enum compose_field field);

/* NULL when it can be posted, else a sentence for the writer. */
const char *compose_refusal(const struct compose *c);

/* The field without blanks around it, NUL-terminated. Returns its length; 0
   when there is nothing but blanks. */
size_t compose_result(const struct compose *c, enum compose_field field,
                      char out[COMPOSE_BYTES_MAX + 1]);

#endif
