#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * UTF-8 (RFC 3629) and the few Unicode questions a screen asks.
 *
 * Bytes from outside are checked once, at the door, with utf8_valid_prefix;
 * everything else here may rely on valid UTF-8 and never reads past `len`.
 * The Unicode tables are libunistring's.
 */

/* How many leading bytes are valid UTF-8; `len` when all of them are. */
size_t utf8_valid_prefix(const char *bytes, size_t len);

/*
 * The code point at byte `*at`, and moves `*at` behind it. A broken sequence
 * gives U+FFFD and moves one byte. `*at` must be below `len`.
 */
uint32_t utf8_next(const char *bytes, size_t len, size_t *at);

/* Writes 1 to 4 bytes, no NUL; returns how many. Surrogates give U+FFFD. */
size_t utf8_put(uint32_t code_point, char out[4]);

size_t utf8_count(const char *bytes, size_t len); // code points

/* Byte length of the first `most` code points; `len` when there are fewer. */
size_t utf8_cut(const char *bytes, size_t len, size_t most);

/*
 * Byte offset where the grapheme cluster (UAX #29) that starts at `at` ends:
 * what a reader calls one letter, an emoji family included.
 */
size_t utf8_grapheme_end(const char *bytes, size_t len, size_t at);

/*
 * Marks where a line may break (UAX #14). may[i] is true when a new line may
 * start at byte i, must[i] when it has to (after a newline); both have `len`
 * elements and [0] is false.
 */
void utf8_line_breaks(const char *bytes, size_t len, bool *may, bool *must);

/* Whether the first letter with a direction of its own runs right to left. */
bool utf8_is_right_to_left(const char *bytes, size_t len);

/* Whether it draws nothing by itself: joiners, variation selectors, marks. */
bool utf8_is_ignorable(uint32_t code_point);

/* C0, C1, DEL, and the bidi controls that can turn a whole line around. */
bool utf8_is_control(uint32_t code_point);

/* ISO 15924 code of the letter's script: "Arab", "Latn"; "Zyyy" if common. */
void utf8_script(uint32_t code_point, char script[5]);

/*
 * The same letters composed (Unicode NFC): e and an acute become é, which more
 * fonts have. Malloc'ed, NUL-terminated; NULL when it is composed already.
 */
char *utf8_compose(const char *bytes, size_t len);

/*
 * For comparing: the same letters without case (Unicode full case folding), so
 * that "STRASSE" and "Straße" are equal; `without_marks` also without accents, so
 * that "Zoe" and "Zoë" are. Malloc'ed, NUL-terminated.
 */
char *utf8_fold(const char *bytes, size_t len, bool without_marks);

/* Whether it is part of a word: a letter, a mark on one, or a digit. */
bool utf8_is_word(uint32_t code_point);

/* Words as a reader counts them: runs between white space. */
int utf8_words(const char *bytes, size_t len);

#endif
