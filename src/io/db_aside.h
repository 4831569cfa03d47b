#ifndef IO_DB_ASIDE_H
#define IO_DB_ASIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * A damaged database is not thrown away: somebody may still read it. It is
 * called postits-damaged-20261126-080512.db then (UTC), its log beside it
 * with -wal at the end, so that the sqlite3 program opens both together.
 */

#define DB_ASIDE_BYTES 4096

/*
 * Renames the closed database `path`, whose name ends in ".db", and gives its
 * new path. A name that is taken makes it a second later. False with `why`
 * when it cannot be renamed: then nothing can be written here anyway.
 */
bool db_set_aside(const char *path, int64_t now_s, char aside[DB_ASIDE_BYTES],
                  struct problem *why);

/* Removes for good what was set aside before `before_s`, by its name: it holds
   what people wrote, and that has an expiry. */
void db_sweep_aside(const char *path, int64_t before_s);

#endif
