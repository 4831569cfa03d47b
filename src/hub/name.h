#ifndef HUB_NAME_H
#define HUB_NAME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/*
 * Somebody's name, as words to be looked for whatever the case, the accents and
 * the blanks between them. A word is letters and digits, so that "Danielle" is
 * in "Danielle's" and not in "Danielles". Pure.
 */

#define NAME_WORDS_MOST 8

struct name {
    int count; // words; 0: there is none to look for
    const char *folded[NAME_WORDS_MOST]; // without case
    const char *plain[NAME_WORDS_MOST];  // and without accents
};

enum name_likeness {
    NAME_DIFFERENT,
    NAME_NEAR, // "Danielle, Year 4" for "Danielle", or the other way round
    NAME_SAME, // word for word: "DANIELLE", "danielle."
};

/* Its first NAME_WORDS_MOST words. Strings are in `a`. */
struct name name_read(struct arena *a, const char *typed);

/* Of what is somebody's name as a whole. */
enum name_likeness name_compare(const struct name *n, const char *line);

/* The first place from `from` on where the words stand one after another,
   accents aside. */
bool name_find(const struct name *n, const char *text, size_t from,
               size_t *start, size_t *end);

/* `text` with an ellipsis for each `spelling` that stands there as whole words,
   byte for byte; `text` itself when there is none. */
const char *name_replace(struct arena *a, const char *text,
                         const char *spelling);

#endif
