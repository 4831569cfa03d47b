#include "kiosk/folders.h"

#include <stdio.h>
#include <stdlib.h>

static const char *
find(const char *systemd, const char *xdg, const char *below_home, char *out,
     size_t size)
{
    const char *given = getenv(systemd), *base = getenv(xdg);
    const char *home = getenv("HOME");
    if (given && *given)
        return given;
    if (base && *base)
        snprintf(out, size, "%s/staffroom", base);
    else
        snprintf(out, size, "%s/%s/staffroom", home ? home : "", below_home);
    return out;
}

const char *
folders_cache(char *out, size_t size)
{
    return find("CACHE_DIRECTORY", "XDG_CACHE_HOME", ".cache", out, size);
}

const char *
folders_state(char *out, size_t size)
{
    return find("STATE_DIRECTORY", "XDG_STATE_HOME", ".local/state", out, size);
}
