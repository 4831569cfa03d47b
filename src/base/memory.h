#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/*
 * malloc that does not come back empty-handed: out of memory is not an input
 * we can answer, so it says so and aborts. Free what these return with free().
 */

void *memory_take(size_t size);              // not zeroed
void *memory_take_zeroed(size_t size);
void *memory_grow(void *bytes, size_t size); // realloc
char *memory_copy_string(const char *text);  // strdup; NULL gives NULL

_Noreturn void memory_exhausted(void);

#endif
