#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a, 64 bit: for keys and for noticing damage, never for secrets. */

#define HASH_START UINT64_C(14695981039346656037)

uint64_t hash_more(uint64_t hash, const void *bytes, size_t len);
uint64_t hash_string(const char *string); // never 0, so 0 can mean none

#endif
