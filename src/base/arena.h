#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

/*
 * Memory that is given out piece by piece and taken back whole.
 *
 * For things that share one lifetime: a board, a frame. Zero is a valid empty
 * arena. Out of memory aborts. An arena belongs to one thread at a time.
 */

struct arena_block;

struct arena {
    struct arena_block *newest; // owned
    size_t given_bytes;         // what callers asked for since the last reset
};

/* Zeroed, aligned for any type, and never NULL. Size 0 is fine. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` zeroed elements; aborts where count × size would overflow. */
void *arena_array(struct arena *a, size_t count, size_t size);

/* A NUL-terminated copy of `len` bytes. */
char *arena_copy(struct arena *a, const char *bytes, size_t len);

/* As printf, into the arena. */
char *arena_format(struct arena *a, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Forgets all pieces; keeps one block for the next use. */
void arena_reset(struct arena *a);

void arena_destroy(struct arena *a);

#endif
