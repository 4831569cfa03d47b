#include "kiosk/assets.h"

#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define INSTALLED "/usr/share/staffroom"
#define PROOF "fonts/AtkinsonHyperlegibleNext_400Regular.ttf"

static bool
has_fonts(const char *folder)
{
    char path[PATH_MAX];
    int len = snprintf(path, sizeof path, "%s/%s", folder, PROOF);
    return len > 0 && (size_t) len < sizeof path && access(path, R_OK) == 0;
}

static bool
use(const char *folder, const char *name, char *out, size_t size)
{
    if (!has_fonts(folder))
        return false;
    int len = snprintf(out, size, "%s/%s", folder, name);
    return len > 0 && (size_t) len < size;
}

/* build/VARIANT/staffroom: the tree is two folders up. */
static bool
use_own_tree(const char *name, char *out, size_t size)
{
    char self[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    if (len <= 0)
        return false;
    self[len] = '\0';
    char folder[PATH_MAX + 32];
    snprintf(folder, sizeof folder, "%s/../../assets", dirname(self));
    return use(folder, name, out, size);
}

bool
assets_path(const char *name, char *out, size_t size, struct problem *why)
{
    const char *named = getenv("STAFFROOM_ASSETS");
    if (named && *named) {
        if (use(named, name, out, size))
            return true;
        problem_set(why, 0, 0,
                    "STAFFROOM_ASSETS is %s, but there are no "
                    "fonts in it",
                    named);
        return false;
    }
    if (use_own_tree(name, out, size) || use(INSTALLED, name, out, size))
        return true;
    problem_set(why, 0, 0,
                "the fonts are missing: looked in " INSTALLED
                " and beside the program; install it again");
    return false;
}
