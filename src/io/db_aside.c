#include "io/db_aside.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define STAMP_BYTES 16 // "20261126-080512"
#define NAMES_TRIED 100

static const char extension[] = ".db";
static const char word[] = "-damaged-";

/* Bytes of `path` before its ".db". */
static int
stem_length(const char *path)
{
    size_t len = strlen(path), end = strlen(extension);
    bool has_it = len > end && strcmp(path + len - end, extension) == 0;
    return (int) (has_it ? len - end : len);
}

static void
write_stamp(char stamp[STAMP_BYTES], int64_t at_s)
{
    time_t at = (time_t) at_s;
    struct tm t = {0};
    gmtime_r(&at, &t);
    if (strftime(stamp, STAMP_BYTES, "%Y%m%d-%H%M%S", &t) == 0)
        snprintf(stamp, STAMP_BYTES, "00000000-000000"); // no such year
}

static bool
is_taken(const char *path, const char *suffix)
{
    char full[DB_ASIDE_BYTES + 16];
    snprintf(full, sizeof full, "%s%s", path, suffix);
    return access(full, F_OK) == 0;
}

static bool
find_name(const char *path, int64_t now_s, char aside[DB_ASIDE_BYTES])
{
    for (int i = 0; i < NAMES_TRIED; i++) {
        char stamp[STAMP_BYTES];
        write_stamp(stamp, now_s + i);
        int len = snprintf(aside, DB_ASIDE_BYTES, "%.*s%s%s%s",
                           stem_length(path), path, word, stamp, extension);
        if (len >= DB_ASIDE_BYTES)
            return false;
        if (!is_taken(aside, "") && !is_taken(aside, "-wal") &&
            !is_taken(aside, "-journal"))
            return true;
    }
    return false;
}

static bool
move(const char *from, const char *to, const char *suffix)
{
    char old[DB_ASIDE_BYTES + 16], new[DB_ASIDE_BYTES + 16];
    snprintf(old, sizeof old, "%s%s", from, suffix);
    snprintf(new, sizeof new, "%s%s", to, suffix);
    return rename(old, new) == 0 || errno == ENOENT;
}

bool
db_set_aside(const char *path, int64_t now_s, char aside[DB_ASIDE_BYTES],
             struct problem *why)
{
    char shared[DB_ASIDE_BYTES + 16];
    if (!find_name(path, now_s, aside)) {
        problem_set(why, 0, 0, "There is no name left to set %s aside", path);
        return false;
    }
    // The logs first: alone beside a new database they would be thrown away,
    // or worse, played back into it.
    if (!move(path, aside, "-wal") || !move(path, aside, "-journal") ||
        !move(path, aside, "")) {
        problem_set(why, 0, 0, "%s cannot be set aside: %m", path);
        return false;
    }
    snprintf(shared, sizeof shared, "%s-shm", path);
    unlink(shared);
    return true;
}

/* Whether it is called `stem`-damaged-<stamp>.db with or without a suffix;
   the stamp, as text, sorts by time. */
static bool
read_stamp(const char *name, const char *stem, int stem_len,
           char stamp[STAMP_BYTES])
{
    if (strncmp(name, stem, (size_t) stem_len) != 0 ||
        strncmp(name + stem_len, word, strlen(word)) != 0)
        return false;
    const char *rest = name + stem_len + strlen(word);
    if (strspn(rest, "0123456789-") != STAMP_BYTES - 1 ||
        strncmp(rest + STAMP_BYTES - 1, extension, strlen(extension)) != 0)
        return false;
    snprintf(stamp, STAMP_BYTES, "%.*s", STAMP_BYTES - 1, rest);
    return true;
}

void
db_sweep_aside(const char *path, int64_t before_s)
{
    const char *slash = strrchr(path, '/');
    const char *stem = slash ? slash + 1 : path;
    int stem_len = stem_length(path) - (int) (stem - path);
    char folder[DB_ASIDE_BYTES], stamp[STAMP_BYTES], before[STAMP_BYTES];
    snprintf(folder, sizeof folder, "%.*s", slash ? (int) (slash - path) : 1,
             slash ? path : ".");
    write_stamp(before, before_s);
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    int fd = dirfd(dir);
    for (struct dirent *d; (d = readdir(dir));)
        if (read_stamp(d->d_name, stem, stem_len, stamp) &&
            strcmp(stamp, before) < 0 && fd >= 0)
            unlinkat(fd, d->d_name, 0);
    closedir(dir);
}
