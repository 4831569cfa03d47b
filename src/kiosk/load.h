#ifndef KIOSK_LOAD_H
#define KIOSK_LOAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"
#include "core/feed.h"

/*
 * Reads a feed once, now, and waits for it: for --check, --list and --render.
 * The kiosk itself never waits for anything; there that is the worker's work.
 */

enum load_result {
    LOAD_DONE,
    LOAD_REFUSED,    // it was there, but it is no feed
    LOAD_UNREADABLE, // no such file, no answer
};

struct loaded {
    struct board *board; // owned
    // Which address the board came from, for the pictures beside it.
    char *feed; // owned; a path, or the final web address
};

/* `feed` is a path or an http(s) address. Free with loaded_destroy either
   way; `why` has a sentence unless it is LOAD_DONE. */
enum load_result load_feed(const char *feed, const struct config *config,
                           int64_t seen_s, struct loaded *out,
                           struct problem *why);
void loaded_destroy(struct loaded *l);

/* The bytes of a file, or of a web address the settings name, waited for. */
bool load_bytes(const char *address, const struct config *config,
                const char *accept, size_t most_bytes, struct text *bytes,
                struct problem *why);

/* The bytes of a picture the board names, under the same rules as on the
   screen. Appends to `bytes`. */
bool load_picture(const struct loaded *l, const struct config *config,
                  const char *image, size_t most_bytes, struct text *bytes,
                  struct problem *why);

#endif
