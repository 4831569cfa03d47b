#ifndef IO_CACHE_FOLDER_H
#define IO_CACHE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What the folder of the cache holds, by the names of its files alone. Files
 * that are not called as ours are never listed and so never removed.
 */

#define CACHE_NAME_BYTES 64

struct cache_file {
    char name[CACHE_NAME_BYTES];
    bool is_feed;     // else a calendar or a picture
    bool is_calendar;
    uint64_t address; // its hash
    uint64_t edition; // feeds: the higher the newer
    int64_t used_s;   // modification time
    size_t size;
    bool is_last_resort; // the newest feed of the current address
};

struct cache_files { // owned
    struct cache_file *list;
    size_t count, room;
};

void cache_feed_name(char name[CACHE_NAME_BYTES], uint64_t address,
                     uint64_t edition);
void cache_picture_name(char name[CACHE_NAME_BYTES], uint64_t address);
void cache_calendar_name(char name[CACHE_NAME_BYTES], uint64_t address);

/* Empty when the folder cannot be read. */
struct cache_files cache_folder_list(const char *folder);
void cache_files_destroy(struct cache_files *files);

void cache_files_newest_first(struct cache_files *files); // by edition

/* The order in which to remove: pictures unused longest, then old feeds and
   calendars, the newest feed of `current` last of all and marked so. */
void
cache_files_least_wanted_first(struct cache_files *files, uint64_t current);

/* Removes what an interrupted write left behind. */
void cache_folder_sweep(const char *folder);

#endif
