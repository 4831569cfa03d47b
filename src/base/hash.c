#include "base/hash.h"

#include <string.h>

uint64_t
hash_more(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *b = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ b[i]) * UINT64_C(1099511628211);
    return hash;
}

uint64_t
hash_string(const char *string)
{
    uint64_t hash = hash_more(HASH_START, string, strlen(string));
    return hash ? hash : 1;
}
