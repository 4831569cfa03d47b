#include "kiosk/settings.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "io/file.h"

#define MOST_BYTES ((size_t) 256 * 1024)

/* From Raspberry Pi OS 12 on the boot partition is in the first of these. */
static const char *const places[] = {
    "/boot/firmware/staffroom.conf",
    "/boot/staffroom.conf",
    "/etc/staffroom/staffroom.conf",
};
static const char *const misnamed[] = {
    "/boot/firmware/staffroom.conf.txt",
    "/boot/staffroom.conf.txt",
    "/boot/firmware/staffroom.txt",
    "/boot/staffroom.txt",
};
#define COUNT(list) (sizeof list / sizeof *list)

static void
join(const char *root, const char *place, char path[SETTINGS_PATH_BYTES])
{
    snprintf(path, SETTINGS_PATH_BYTES, "%s%s", root, place);
}

static bool
find(const char *root, const char *const *list, size_t count,
     char path[SETTINGS_PATH_BYTES])
{
    for (size_t i = 0; i < count; i++) {
        join(root, list[i], path);
        if (access(path, F_OK) == 0)
            return true;
    }
    *path = '\0';
    return false;
}

bool
settings_find(const char *root, char path[SETTINGS_PATH_BYTES])
{
    return find(root, places, COUNT(places), path);
}

bool
settings_find_misnamed(const char *root, char path[SETTINGS_PATH_BYTES])
{
    return find(root, misnamed, COUNT(misnamed), path);
}

bool
settings_read(struct config *c, const char *path, struct problem *why)
{
    struct text text = {0};
    bool is_good = file_read(path, MOST_BYTES, &text, why) &&
                   config_read(c, text_string(&text), text.len, why);
    text_destroy(&text);
    return is_good;
}

uint64_t
settings_stamp(const char *root)
{
    char path[SETTINGS_PATH_BYTES];
    uint64_t stamp = HASH_START;
    for (size_t i = 0; i < COUNT(places) + COUNT(misnamed); i++) {
        join(root, i < COUNT(places) ? places[i] : misnamed[i - COUNT(places)],
             path);
        uint64_t one = file_stamp(path);
        stamp = hash_more(stamp, &one, sizeof one);
    }
    return stamp;
}

void
settings_log(const char *root, const char *path)
{
    char other[SETTINGS_PATH_BYTES];
    if (*path)
        log_info("the settings are those in %s", path);
    for (size_t i = 0; i < COUNT(places); i++) {
        join(root, places[i], other);
        if (strcmp(other, path) == 0)
            continue;
        if (access(other, F_OK) == 0)
            log_info("and not those in %s", other);
        else if (errno != ENOENT && errno != ENOTDIR)
            log_warning("whether there is a %s cannot be seen: %m", other);
    }
    if (settings_find_misnamed(root, other))
        log_warning("%s is not read: its name has to be staffroom.conf, and "
                    "Windows may hide the end of it",
                    other);
}
