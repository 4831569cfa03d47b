#ifndef TESTS_WEAR_H
#define TESTS_WEAR_H

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

#include "base/hash.h"

/*
 * Whether a card was written to: what a kiosk keeps, and how much the kernel
 * has taken from this process for its disks. After the cmocka headers.
 */

struct wear {
    uint64_t stamp; // changes with every write, and every file that comes or goes
    long long bytes; // pages of mapped files too; -1: the kernel does not tell
};

static uint64_t wear_sum;

static inline int
wear_add(const char *path, const struct stat *st, int type, struct FTW *at)
{
    const int64_t parts[] = {
        (int64_t) st->st_ino, st->st_size,         st->st_mtim.tv_sec,
        st->st_mtim.tv_nsec,  st->st_ctim.tv_sec,  st->st_ctim.tv_nsec,
        st->st_mode,          (int64_t) hash_string(path),
    };
    (void) type, (void) at;
    wear_sum += hash_more(HASH_START, parts, sizeof parts);
    return 0;
}

static inline struct wear
wear_of(const char *folder)
{
    struct wear wear = {.bytes = -1};
    char line[128];
    wear_sum = 0;
    assert_int_equal(nftw(folder, wear_add, 8, FTW_PHYS), 0);
    wear.stamp = wear_sum;
    FILE *io = fopen("/proc/self/io", "r");
    while (io && fgets(line, sizeof line, io))
        if (sscanf(line, "write_bytes: %lld", &wear.bytes) == 1)
            break;
    if (io)
        fclose(io);
    return wear;
}

static inline bool
wear_is_same(const struct wear *a, const struct wear *b)
{
    return a->stamp == b->stamp && a->bytes == b->bytes;
}

#endif
