#ifndef HUB_ERASE_H
#define HUB_ERASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"

/*
 * Finding somebody's name in all that is kept, and taking it out: of post-its,
 * of the board, and of every version of it that is kept. What one signs in with,
 * and what was done under it, is not looked at.
 */

struct hub;

#define ERASE_FOUND_MOST 100

enum erase_where {
    ERASE_SIGNED,  // who wrote it, or who asks next: the whole of it is a name
    ERASE_IN_WORDS, // in the midst of words
};

struct erase_found {
    enum erase_where where;
    const char *name; // as it stands there
    bool is_same;     // SIGNED: word for word what was typed
    const int *at_school; // post-its, by the board's schools; then all others
    int postits;          // together
    int entries;          // of the board as it is
    int versions;         // before it that have it, or notes about them
    const char *excerpt;  // IN_WORDS: some of what stands there; else ""
    int64_t seen_in; // the last place: each counts once
};

struct erase_search {
    struct erase_found *found;
    int count;
    bool has_more; // than ERASE_FOUND_MOST: search again after erasing these
    int school_count;
    const char *const *schools; // their names
};

/* False with `why`, also when what was typed is no name. In `a`. */
bool erase_find(struct hub *hub, struct arena *a, const char *typed,
                struct erase_search *out, struct problem *why);

struct erase_choice { // of what was found
    const char *const *signed_by; // taken off
    int signed_count;
    const char *const *spellings; // an ellipsis stands in their place
    int spelling_count;
    bool deletes_postits; // of those who have signed, instead
};

/* The board is published anew where it changes; all or, but for that, nothing.
   In the name of who is signed in. */
bool erase_do(struct hub *hub, const struct erase_choice *choice,
              struct problem *why);

#endif
