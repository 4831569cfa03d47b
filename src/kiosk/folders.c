#include "kiosk/folders.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/log.h"

#define SERVICE_CACHE "/var/cache/staffroom"
#define SERVICE_STATE "/var/lib/staffroom"

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

void
folders_warn_of_loss(const char *state)
{
    // By their magic numbers, statfs(2).
    static const struct {
        uint32_t magic;
        const char *name;
    } in_memory[] = {
        {0x01021994, "tmpfs"}, {0x858458f6, "ramfs"}, {0x794c7630, "overlay"}};
    struct statfs fs;
    if (statfs(state, &fs) != 0)
        return; // whoever wants to write there says so
    for (size_t i = 0; i < sizeof in_memory / sizeof *in_memory; i++)
        if ((uint32_t) fs.f_type == in_memory[i].magic)
            log_warning("%s is in memory (%s): post-its, and the hub's word "
                        "for this screen, may be gone once it is switched off",
                        state, in_memory[i].name);
}

/* Whether this user's own kiosk has never run, and there is a service. */
static bool
is_services(void)
{
    char own[4096];
    return access(folders_state(own, sizeof own), F_OK) != 0 &&
           access(SERVICE_STATE, F_OK) == 0;
}

const char *
folders_cache_to_read(char *out, size_t size)
{
    return is_services() ? SERVICE_CACHE : folders_cache(out, size);
}

const char *
folders_state_to_read(char *out, size_t size)
{
    return is_services() ? SERVICE_STATE : folders_state(out, size);
}
