#include "io/cache_folder.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

static const char feed_start[] = "feed-";
static const char picture_start[] = "picture-";
static const char calendar_start[] = "calendar-";
static const char unfinished_end[] = ".tmp";

void
cache_feed_name(char name[CACHE_NAME_BYTES], uint64_t address, uint64_t edition)
{
    snprintf(name, CACHE_NAME_BYTES, "%s%016" PRIx64 "-%016" PRIx64, feed_start,
             address, edition);
}

void
cache_picture_name(char name[CACHE_NAME_BYTES], uint64_t address)
{
    snprintf(name, CACHE_NAME_BYTES, "%s%016" PRIx64, picture_start, address);
}

void
cache_calendar_name(char name[CACHE_NAME_BYTES], uint64_t address)
{
    snprintf(name, CACHE_NAME_BYTES, "%s%016" PRIx64, calendar_start, address);
}

/* Whether the name is exactly one that we would have given. */
static bool
read_name(const char *name, struct cache_file *f)
{
    char ours[CACHE_NAME_BYTES];
    if (sscanf(name, "feed-%16" SCNx64 "-%16" SCNx64, &f->address,
               &f->edition) == 2) {
        f->is_feed = true;
        cache_feed_name(ours, f->address, f->edition);
    } else if (sscanf(name, "picture-%16" SCNx64, &f->address) == 1) {
        cache_picture_name(ours, f->address);
    } else if (sscanf(name, "calendar-%16" SCNx64, &f->address) == 1) {
        f->is_calendar = true;
        cache_calendar_name(ours, f->address);
    } else {
        return false;
    }
    if (strcmp(name, ours) != 0)
        return false;
    memcpy(f->name, ours, sizeof f->name);
    return true;
}

static void
add_file(struct cache_files *files, const struct cache_file *f)
{
    if (files->count == files->room) {
        files->room = files->room ? files->room * 2 : 32;
        files->list =
            memory_grow(files->list, files->room * sizeof *files->list);
    }
    files->list[files->count++] = *f;
}

struct cache_files
cache_folder_list(const char *folder)
{
    struct cache_files files = {0};
    DIR *dir = opendir(folder);
    int folder_fd = dir ? dirfd(dir) : -1;
    if (folder_fd < 0) {
        if (dir)
            closedir(dir);
        return files;
    }
    for (struct dirent *d; (d = readdir(dir));) {
        struct cache_file f = {0};
        struct stat st;
        if (!read_name(d->d_name, &f) ||
            fstatat(folder_fd, d->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
            !S_ISREG(st.st_mode))
            continue;
        f.size = (size_t) st.st_size;
        f.used_s = st.st_mtim.tv_sec;
        add_file(&files, &f);
    }
    closedir(dir);
    return files;
}

void
cache_files_destroy(struct cache_files *files)
{
    free(files->list);
    *files = (struct cache_files){0};
}

static int
compare_numbers(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int
compare_editions(const void *a, const void *b)
{
    const struct cache_file *x = a, *y = b;
    return compare_numbers(y->edition, x->edition);
}

void
cache_files_newest_first(struct cache_files *files)
{
    if (files->count)
        qsort(files->list, files->count, sizeof *files->list, compare_editions);
}

static int
compare_wanted(const void *a, const void *b)
{
    const struct cache_file *x = a, *y = b;
    if (x->is_last_resort != y->is_last_resort)
        return x->is_last_resort - y->is_last_resort;
    bool x_is_picture = !x->is_feed && !x->is_calendar;
    bool y_is_picture = !y->is_feed && !y->is_calendar;
    if (x_is_picture != y_is_picture)
        return y_is_picture - x_is_picture;
    if (x->used_s != y->used_s)
        return x->used_s < y->used_s ? -1 : 1;
    return compare_numbers(x->edition, y->edition);
}

void
cache_files_least_wanted_first(struct cache_files *files, uint64_t current)
{
    struct cache_file *newest = NULL;
    for (size_t i = 0; i < files->count; i++) {
        struct cache_file *f = &files->list[i];
        if (f->is_feed && f->address == current &&
            (!newest || f->edition > newest->edition))
            newest = f;
    }
    if (newest)
        newest->is_last_resort = true;
    if (files->count)
        qsort(files->list, files->count, sizeof *files->list, compare_wanted);
}

static bool
is_unfinished(const char *name)
{
    size_t len = strlen(name), end = strlen(unfinished_end);
    return len > end && strcmp(name + len - end, unfinished_end) == 0 &&
           (strncmp(name, feed_start, strlen(feed_start)) == 0 ||
            strncmp(name, calendar_start, strlen(calendar_start)) == 0 ||
            strncmp(name, picture_start, strlen(picture_start)) == 0);
}

void
cache_folder_sweep(const char *folder)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *d; (d = readdir(dir));)
        if (is_unfinished(d->d_name))
            unlinkat(dirfd(dir), d->d_name, 0);
    closedir(dir);
}
