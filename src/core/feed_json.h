#ifndef CORE_FEED_JSON_H
#define CORE_FEED_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * A JSON document from outside, read strictly: the only door to cJSON for reading.
 *
 * Names are matched with their case, the first of two equal names counts, and
 * every question may be asked of NULL or of a value of another type: the
 * answer is then "no". Values and texts are borrowed from the document and
 * live until json_close. Reading may be done on any thread.
 */

struct json; // a value; the root stands for the document

enum json_type {
    JSON_MISSING, // NULL
    JSON_NULL,
    JSON_BOOLEAN,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

/*
 * NULL, with a sentence and a place in `why`, unless `bytes` are one JSON
 * value (RFC 8259) in UTF-8 with nothing but white space around it: at most
 * FEED_MAX_BYTES, JSON_MAX_VALUES values and JSON_MAX_DEPTH brackets deep, no
 * NUL and no \u0000. One byte order mark in front is forgiven.
 */
struct json *json_open(const char *bytes, size_t len, struct problem *why);
void json_close(struct json *root); // NULL is fine

enum json_type json_type_of(const struct json *value);

/* "a text", "a list": what a value is, for a sentence. */
const char *json_type_name(const struct json *value);

const struct json *json_get(const struct json *object, const char *name);

/* The parts of an array or object, in order. NULL after the last. */
const struct json *json_first(const struct json *container);
const struct json *json_next(const struct json *part);

const char *json_string(const struct json *value); // NULL when it is none

/* The text of that name: "" where there is none or null, NULL where something
   else stands there. */
const char *json_get_text(const struct json *object, const char *name);

bool json_is_true(const struct json *value); // the boolean, nothing else

/* False unless it is a whole number from `least` to `most`. */
bool json_integer(const struct json *value, int64_t least, int64_t most,
                  int64_t *out);

/* A finite number as text; exact where it is long. False if it does not fit. */
bool json_number_text(const struct json *value, char *out, size_t size);

#endif
