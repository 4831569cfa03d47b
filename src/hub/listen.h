#ifndef HUB_LISTEN_H
#define HUB_LISTEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

/*
 * The socket a hub listens at, bound and listening, non-blocking.
 */

/* "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Refuses any but this
   machine's own addresses unless `may_be_network`. -1 with a sentence. `out`
   gets where it is, the real port in it: "http://127.0.0.1:8080". */
int listen_at_address(const char *address, bool may_be_network, char *out,
                      size_t size, struct problem *why);

/* Mode 0660. What a hub that died left at `path` is replaced; a socket that
   somebody answers at is not, nor anything that is no socket. */
int listen_at_path(const char *path, struct problem *why);

#endif
