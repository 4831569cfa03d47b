#include "sdl/backlight.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file with one number that is not negative; -1 when there is none. */
static int
read_number(const char *path)
{
    char digits[16] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return -1;
    ssize_t len = read(file, digits, sizeof digits - 1);
    close(file);
    char *end = digits;
    long number = len > 0 ? strtol(digits, &end, 10) : -1;
    return end != digits && number >= 0 && number <= INT_MAX ? (int) number
                                                             : -1;
}

static bool
take(struct backlight *b, const char *folder, const char *name,
     bool *is_forbidden)
{
    char most[sizeof b->path + 16];
    struct backlight found = {0};
    snprintf(found.path, sizeof found.path, "%.190s/%.63s/brightness", folder,
             name);
    snprintf(found.name, sizeof found.name, "%s", name);
    snprintf(most, sizeof most, "%.190s/%.63s/max_brightness", folder, name);
    found.most = read_number(most);
    if (found.most <= 0 || access(found.path, F_OK) != 0)
        return false;
    if (access(found.path, W_OK) != 0) {
        *is_forbidden = true;
        return false;
    }
    *b = found;
    return true;
}

bool
backlight_find(struct backlight *b, const char *folder, bool *is_forbidden)
{
    struct dirent **entries;
    *b = (struct backlight){0};
    *is_forbidden = false;
    int count = scandir(folder, &entries, NULL, alphasort);
    if (count < 0)
        return false;
    for (int i = 0; i < count; i++) {
        const char *name = entries[i]->d_name;
        if (!*b->name && name[0] != '.' &&
            strlen(name) < sizeof b->name) // else it would be another one
            take(b, folder, name, is_forbidden);
        free(entries[i]);
    }
    free(entries);
    return *b->name != '\0';
}

int
backlight_read(const struct backlight *b)
{
    return read_number(b->path);
}

bool
backlight_write(const struct backlight *b, int level)
{
    char digits[16];
    int len = snprintf(digits, sizeof digits, "%d\n", level);
    // Not O_TRUNC or O_CREAT: it is the kernel's file.
    int file = open(b->path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return false;
    bool is_set = write(file, digits, (size_t) len) == (ssize_t) len;
    int failure = errno;
    close(file);
    errno = failure;
    return is_set;
}
