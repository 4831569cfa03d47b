#ifndef CORE_CHARACTER_REFERENCE_H
#define CORE_CHARACTER_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

/*
 * "&amp;", "&#8217;", "&#x1F600;": the character references of HTML, with the
 * names of HTML 4 and only where the semicolon is there: "AT&T" and "R&D;"
 * stay as they are.
 */

/*
 * Reads the reference that begins at bytes[0], which is '&'. Returns its
 * length, or 0 when it is none. Impossible numbers give U+FFFD; 128 to 159
 * are read as Windows-1252, as browsers do.
 */
size_t character_reference_read(const char *bytes, size_t len,
                                uint32_t *code_point);

#endif
