#ifndef HUB_FORM_H
#define HUB_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/problem.h"

/*
 * application/x-www-form-urlencoded (the URL Standard, §5.1): what a browser
 * posts, and what stands behind a ?. Checked here, once: names and values are
 * valid UTF-8 without control characters. New lines come out as \n, as
 * browsers send them as CR LF, and tabs as spaces. Pure.
 */

#define FORM_BYTES_MOST ((size_t) 64 * 1024)
#define FORM_FIELDS_MOST 256

struct form {
    struct {
        const char *name, *value; // NUL-terminated, never NULL
    } *fields;
    size_t count;
};

/* Strings are in `a`. False with a sentence when it is too long, has too many
   fields, or anything is broken: then the whole form is refused. */
bool form_read(struct form *f, struct arena *a, const char *bytes, size_t len,
               struct problem *why);

/* The first of that name, as a person sees it first on the page; "" when there
   is none. */
const char *form_value(const struct form *f, const char *name);
bool form_has(const struct form *f, const char *name);

/* For boxes that may be ticked together: the nth of that name from 0, NULL
   behind the last. */
const char *form_value_at(const struct form *f, const char *name, size_t nth);

#endif
