#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stddef.h>

/*
 * A text that grows at its end. Zero is a valid empty text. `bytes` is NULL or
 * NUL-terminated; `len` does not count the NUL. Holds any bytes: what is
 * meant to be UTF-8 was checked before it came here.
 */

struct text {
    char *bytes; // owned; NULL while nothing was ever added
    size_t len;
    size_t size;
};

void text_add(struct text *t, const char *bytes, size_t len);
void text_add_string(struct text *t, const char *string);
void text_add_char(struct text *t, char c);
void text_add_format(struct text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Adds `string` as a JSON string, quotes included. */
void text_add_json(struct text *t, const char *string);

void text_cut(struct text *t, size_t len); // keeps the first `len` bytes
void text_destroy(struct text *t);

/* Never NULL: "" for an empty text. Borrowed, until the next addition. */
const char *text_string(const struct text *t);

#endif
