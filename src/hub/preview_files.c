#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "hub/preview_part.h"

#define PROGRAM "staffroom"
#define USUAL_PATH "/usr/local/bin:/usr/bin:/bin"
#define DEPTH_MOST 8 // folders that are open at a time

/* ---- the program -------------------------------------------------------- */

/* NULL unless it can be run. */
static char *
use(const char *path)
{
    struct stat is;
    char *whole = realpath(path, NULL);
    if (whole && stat(whole, &is) == 0 && S_ISREG(is.st_mode) &&
        access(whole, X_OK) == 0)
        return whole;
    free(whole);
    return NULL;
}

static char *
find_beside_us(void)
{
    char self[PATH_MAX], path[PATH_MAX + sizeof PROGRAM + 1];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return NULL;
    self[len] = '\0';
    snprintf(path, sizeof path, "%s/" PROGRAM, dirname(self));
    return use(path);
}

static char *
find_in_path(void)
{
    const char *at = getenv("PATH");
    if (!at || !*at)
        at = USUAL_PATH;
    while (*at) {
        char path[PATH_MAX];
        size_t len = strcspn(at, ":");
        int got = snprintf(path, sizeof path, "%.*s/" PROGRAM, (int) len, at);
        // An empty or relative entry means wherever we were started.
        if (at[0] == '/' && got > 0 && (size_t) got < sizeof path) {
            char *found = use(path);
            if (found)
                return found;
        }
        at += len + (at[len] == ':');
    }
    return NULL;
}

char *
preview_find_program(const char *said)
{
    if (*said)
        return use(said);
    char *found = find_beside_us();
    return found ? found : find_in_path();
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
