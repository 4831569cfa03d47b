#include "io/machine_part.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>

#define MIB ((uint64_t) 1024 * 1024)

/* ---- folders --------------------------------------------------------------
 */

/* One line of mountinfo (proc_pid_mountinfo(5)); the strings point into it. */
struct mount {
    const char *point, *type, *own,
        *whole; // its options, its file system's options
};

static bool
read_mount(char *line, struct mount *out)
{
    char *rest = line, *words[6];
    for (int i = 0; i < 6; i++)
        if (!(words[i] = strsep(&rest, " ")))
            return false;
    char *mark = rest ? strstr(rest, "- ") : NULL;
    if (!mark || (mark != rest && mark[-1] != ' '))
        return false;
    char *after = mark + strlen("- ");
    out->point = words[4];
    out->own = words[5];
    out->type = strsep(&after, " ");
    strsep(&after, " "); // the device
    out->whole = after ? after : "";
    return out->type != NULL;
}

static bool
has_read_only(const char *options)
{
    return strncmp(options, "ro", 2) == 0 &&
           (options[2] == '\0' || options[2] == ',');
}

/* Whether the folder lies on what is mounted there. */
static bool
is_on(const char *folder, const char *point)
{
    size_t len = strlen(point);
    if (len == 1)
        return true; // the root
    return strncmp(folder, point, len) == 0 &&
           (folder[len] == '/' || folder[len] == '\0');
}

/* The last mount that holds it, of the longest ones: the topmost. A file system
   that an error has turned read-only says so in its own options alone. */
static void
read_mounts(const struct machine_places *p, const char *folder,
            struct net_folder *out)
{
    char *text = machine_file(p, "/proc/self/mountinfo"), *rest = text;
    size_t longest = 0;
    for (char *line; (line = strsep(&rest, "\n"));) {
        struct mount mount;
        if (!read_mount(line, &mount) || !is_on(folder, mount.point) ||
            strlen(mount.point) < longest)
            continue;
        longest = strlen(mount.point);
        out->is_read_only =
            has_read_only(mount.own) || has_read_only(mount.whole);
        snprintf(out->type, sizeof out->type, "%s", mount.type);
    }
    free(text);
}

/* A folder that is not there yet is where it will be made. */
static void
read_folder(const struct machine_places *p, const char *folder,
            struct net_folder *out)
{
    struct statvfs fs;
    char path[PATH_MAX], real[PATH_MAX];
    if (!folder || snprintf(path, sizeof path, "%s", folder) >= PATH_MAX)
        return;
    while (!realpath(path, real)) {
        char *slash = strrchr(path, '/');
        if (!slash || slash == path)
            return;
        *slash = '\0';
    }
    if (statvfs(real, &fs) != 0)
        return;
    out->is_known = true;
    out->free_mb = (int64_t) ((uint64_t) fs.f_bavail * fs.f_frsize / MIB);
    out->all_mb = (int64_t) ((uint64_t) fs.f_blocks * fs.f_frsize / MIB);
    read_mounts(p, real, out);
    out->is_read_only = out->is_read_only || fs.f_flag & ST_RDONLY;
}

/* ---- cards ----------------------------------------------------------------
 */

/* ext4 counts what it found wrong, and keeps the number over a restart. */
static void
take_errors(const struct machine_places *p, const char *path,
            struct net_machine *m)
{
    int64_t errors;
    if (!machine_number(p, path, &errors) || errors <= m->disk_errors)
        return;
    const char *end = strrchr(path, '/'), *from = end;
    while (from > path && from[-1] != '/')
        from--;
    m->disk_errors = errors;
    snprintf(m->disk, sizeof m->disk, "%.*s", (int) (end - from), from);
}

/* eMMC (JESD84-B51 §7.4): two tenths of its life, "0x03 0x0B"; 0 not said. */
static void
take_life(const struct machine_places *p, const char *path,
          struct net_machine *m)
{
    char line[64];
    unsigned a = 0, b = 0;
    if (!machine_line(p, path, line, sizeof line) ||
        sscanf(line, "%x %x", &a, &b) < 1)
        return;
    int tenths = (int) (a > b ? a : b);
    int percent = tenths > 10 ? 101 : tenths * 10;
    if (tenths <= 11 && percent > m->card_worn_percent)
        m->card_worn_percent = percent;
}

/* Of its spare blocks: 1 enough, 2 four fifths are used, 3 nearly all. */
static void
take_spares(const struct machine_places *p, const char *path,
            struct net_machine *m)
{
    int64_t state;
    if (machine_number(p, path, &state) && (state == 2 || state == 3))
        m->is_card_ending = true;
}

void
machine_disks(struct net_machine *m, const struct machine_places *p)
{
    read_folder(p, p->state, &m->state);
    read_folder(p, p->cache, &m->cache);
    machine_each(p, "/sys/fs/ext4/*/errors_count", take_errors, m);
    machine_each(p, "/sys/block/mmcblk*/device/life_time", take_life, m);
    machine_each(p, "/sys/block/mmcblk*/device/pre_eol_info", take_spares, m);
}
