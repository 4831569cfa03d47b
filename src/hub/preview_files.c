#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "hub/preview_part.h"
#include "io/program.h"

#define PROGRAM "staffroom"
#define DEPTH_MOST 8 // folders that are open at a time

/* ---- the program -------------------------------------------------------- */

char *
preview_find_program(const char *said)
{
    return program_find(PROGRAM, said);
}

/* ---- files -------------------------------------------------------------- */

bool
preview_write(const char *folder, const char *name, const char *bytes,
              size_t len)
{
    char path[PATH_MAX];
    int got = snprintf(path, sizeof path, "%s/%s", folder, name);
    if (got < 0 || (size_t) got >= sizeof path)
        return false;
    int fd =
        open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    while (len) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        bytes += n;
        len -= (size_t) n;
    }
    return close(fd) == 0 && len == 0;
}

static int
remove_one(const char *path, const struct stat *is, int what, struct FTW *where)
{
    (void) is, (void) what, (void) where;
    (void) remove(path);
    return 0; // the others all the same
}

void
preview_remove(const char *folder)
{
    (void) nftw(folder, remove_one, DEPTH_MOST,
                FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}
