#include "base/memory.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void
memory_exhausted(void)
{
    // Whichever program this is; no formatting, which may want memory itself.
    fputs(program_invocation_short_name, stderr);
    fputs(": out of memory\n", stderr);
    abort();
}

void *
memory_take(size_t size)
{
    void *bytes = malloc(size ? size : 1);
    if (!bytes)
        memory_exhausted();
    return bytes;
}

void *
memory_take_zeroed(size_t size)
{
    void *bytes = calloc(1, size ? size : 1);
    if (!bytes)
        memory_exhausted();
    return bytes;
}

void *
memory_grow(void *bytes, size_t size)
{
    bytes = realloc(bytes, size ? size : 1);
    if (!bytes)
        memory_exhausted();
    return bytes;
}

char *
memory_copy_string(const char *text)
{
    if (!text)
        return NULL;
    size_t size = strlen(text) + 1;
    return memcpy(memory_take(size), text, size);
}
