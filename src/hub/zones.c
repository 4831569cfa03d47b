#include "hub/zones.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/file.h"

#define LIST "/usr/share/zoneinfo/zone.tab"
#define LIST_BYTES_MOST ((size_t) 256 * 1024)
#define ZONES_MOST 1000

const char *const zones_common[ZONES_COMMON] = {
    "Europe/London",    "Europe/Dublin",    "Europe/Berlin",   "Europe/Paris",
    "America/New_York", "Australia/Sydney", "Pacific/Auckland"};

static bool
is_common(const char *name)
{
    for (int i = 0; i < ZONES_COMMON; i++)
        if (strcmp(zones_common[i], name) == 0)
            return true;
    return false;
}

static int
compare(const void *one, const void *other)
{
    return strcmp(*(const char *const *) one, *(const char *const *) other);
}

/* Country, place, name and maybe a comment, with tabs between them. */
static const char *
name_of(struct arena *a, const char *line, size_t len)
{
    const char *end = line + len;
    for (int i = 0; i < 2; i++) {
        const char *tab = memchr(line, '\t', (size_t) (end - line));
        if (!tab)
            return "";
        line = tab + 1;
    }
    const char *tab = memchr(line, '\t', (size_t) (end - line));
    return arena_copy(a, line, (size_t) ((tab ? tab : end) - line));
}

int
zones_list(struct arena *a, const char *const **out)
{
    struct text file = {0};
    struct problem why = {0};
    const char **names = arena_array(a, ZONES_MOST, sizeof *names);
    size_t count = 0;
    bool is_read = file_read(LIST, LIST_BYTES_MOST, &file, &why);
    const char *at = is_read ? text_string(&file) : "";
    while (*at && count < ZONES_MOST) {
        size_t len = strcspn(at, "\n");
        const char *name = *at == '#' ? "" : name_of(a, at, len);
        if (*name && !is_common(name))
            names[count++] = name;
        at += len + (at[len] == '\n');
    }
    text_destroy(&file);
    qsort(names, count, sizeof *names, compare);
    *out = names;
    return (int) count;
}
