#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BLOCK_SIZE ((size_t) 16 * 1024)
#define ALIGNMENT _Alignof(max_align_t)

struct arena_block {
    struct arena_block *older; // owned
    size_t size;
    size_t used;
    _Alignas(max_align_t) unsigned char bytes[];
};

static struct arena_block *
block_new(struct arena_block *older, size_t size)
{
    struct arena_block *block = memory_take(sizeof *block + size);
    block->older = older;
    block->size = size;
    block->used = 0;
    return block;
}

static void
block_free_chain(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

void *
arena_alloc(struct arena *a, size_t size)
{
    if (size > SIZE_MAX / 2)
        memory_exhausted();
    size_t need = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    struct arena_block *block = a->newest;
    if (!block || block->size - block->used < need) {
        // A large piece gets a block of its own size, so that one photo
        // does not make every later block as large.
        block = block_new(a->newest, need > BLOCK_SIZE ? need : BLOCK_SIZE);
        a->newest = block;
    }
    void *piece = block->bytes + block->used;
    block->used += need;
    a->given_bytes += size;
    return memset(piece, 0, need);
}

void *
arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        memory_exhausted();
    return arena_alloc(a, count * size);
}

char *
arena_copy(struct arena *a, const char *bytes, size_t len)
{
    char *copy = arena_alloc(a, len + 1);
    if (len)
        memcpy(copy, bytes, len);
    return copy;
}

char *
arena_format(struct arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        len = 0;
    char *piece = arena_alloc(a, (size_t) len + 1);
    vsnprintf(piece, (size_t) len + 1, format, again);
    va_end(again);
    return piece;
}

void
arena_reset(struct arena *a)
{
    if (a->newest) {
        block_free_chain(a->newest->older);
        a->newest->older = NULL;
        a->newest->used = 0;
    }
    a->given_bytes = 0;
}

void
arena_destroy(struct arena *a)
{
    block_free_chain(a->newest);
    *a = (struct arena){0};
}
