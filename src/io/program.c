#include "io/program.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define USUAL_PATH "/usr/local/bin:/usr/bin:/bin"

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
find_beside_us(const char *name)
{
    char self[PATH_MAX], path[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return NULL;
    self[len] = '\0';
    int got = snprintf(path, sizeof path, "%s/%s", dirname(self), name);
    return got > 0 && (size_t) got < sizeof path ? use(path) : NULL;
}

static char *
find_in_path(const char *name)
{
    const char *at = getenv("PATH");
    if (!at || !*at)
        at = USUAL_PATH;
    while (*at) {
        char path[PATH_MAX];
        size_t len = strcspn(at, ":");
        int got = snprintf(path, sizeof path, "%.*s/%s", (int) len, at, name);
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
program_find(const char *name, const char *said)
{
    if (*said)
        return use(said);
    char *found = find_beside_us(name);
    return found ? found : find_in_path(name);
}
