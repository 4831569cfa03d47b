#ifndef CORE_JSON_SCAN_H
#define CORE_JSON_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "base/text.h"

/*
 * Is this JSON, to the letter of RFC 8259? One pass, no recursion, nothing
 * allocated but the copy.
 *
 * cJSON takes [007], raw control characters in texts and more, cuts a text at
 * \u0000, and gives 64 bytes to every value before anyone has counted them.
 * So what it is given has passed here first.
 */

#define JSON_MAX_DEPTH 200
#define JSON_MAX_VALUES 100000 // some 15 MiB once cJSON has read them

/* Numbers of more characters than this do not survive being a double. */
#define JSON_EXACT_CHARACTERS 15

/*
 * First byte of a text in the copy that was a number in the document: one
 * that UTF-8 never has, so that no text can be taken for such a number.
 */
#define JSON_NUMBER_MARK '\xFF'

/*
 * `bytes` must be valid UTF-8. True with a copy in `out` in which every number
 * of more than JSON_EXACT_CHARACTERS is a marked text; false with a sentence
 * and its place in `why`.
 */
bool json_scan(const char *bytes, size_t len, struct text *out,
               struct problem *why);

#endif
