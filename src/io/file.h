#ifndef IO_FILE_H
#define IO_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/problem.h"
#include "base/text.h"

/*
 * Files, whole: read with a limit, written so that after a power cut there is
 * either the old file or the new one. Any thread; `why` is never NULL.
 */

/* Appends to `out`. False with `why` when missing, unreadable, no regular
   file, or over `most` bytes; `out` is then as it was. */
bool
file_read(const char *path, size_t most, struct text *out, struct problem *why);

/*
 * Write, fsync, rename, fsync of the folder. While it is being written the
 * file is called `path`.<pid>.tmp; a power cut may leave that behind.
 */
bool file_write(const char *path, const void *bytes, size_t len,
                struct problem *why);

/* The same for a secret: nobody but this user may read it (0600). */
bool file_write_private(const char *path, const void *bytes, size_t len,
                        struct problem *why);

/* Makes the folder and the ones above it (0755). */
bool folder_make(const char *path, struct problem *why);

/* Changes whenever the file may have: mtime, size and inode mixed. 0: none. */
uint64_t file_stamp(const char *path);

#endif
