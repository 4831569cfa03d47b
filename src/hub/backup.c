#include "hub/backup.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "core/date.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

#define NIGHT_S (2 * 3600)
#define AGAIN_S 3600 // after one that failed
#define STEP_EVERY_MS 20
#define LOOK_EVERY_MS ((int64_t) 60 * 1000)
#define NAME_BYTES (sizeof "hub-2026-11-26.db")
#define FILES_MOST 400 // more than a year of them

struct names { // of backups, oldest first
    char list[FILES_MOST][NAME_BYTES];
    int count;
};

/* ---- files -------------------------------------------------------------- */

static bool
has_folder(const struct hub *hub)
{
    return hub->options.data[0] != '\0';
}

/* "" when it would be too long. */
static void
file_path(const struct hub *hub, const char *name, char *path, size_t size)
{
    int len = snprintf(path, size, "%s/backups%s%s", hub->options.data,
                       *name ? "/" : "", name);
    if (len < 0 || (size_t) len >= size)
        path[0] = '\0';
}

static bool
is_backup(const char *name)
{
    static const char shape[] = "hub-dddd-dd-dd.db";
    if (strlen(name) != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        bool is_digit = name[i] >= '0' && name[i] <= '9';
        bool wants_digit = shape[i] == 'd' && i > 3 && i < 14;
        if (wants_digit ? !is_digit : name[i] != shape[i])
            return false;
    }
    return true;
}

static int
compare_names(const void *one, const void *other)
{
    return strcmp(one, other);
}

static void
list_files(const struct hub *hub, struct names *names)
{
    char path[4096];
    file_path(hub, "", path, sizeof path);
    DIR *folder = opendir(path);
    names->count = 0;
    if (!folder)
        return;
    for (struct dirent *d; (d = readdir(folder)) != NULL;)
        if (is_backup(d->d_name) && names->count < FILES_MOST)
            memcpy(names->list[names->count++], d->d_name, NAME_BYTES);
    closedir(folder);
    qsort(names->list, (size_t) names->count, sizeof *names->list,
          compare_names);
}

static void
remove_file(const struct hub *hub, const char *name)
{
    char path[4096];
    file_path(hub, name, path, sizeof path);
    if (unlink(path) != 0)
        log_warning("%s cannot be deleted: %s", path, strerror(errno));
}

/* By name, which has the date. */
static void
prune(const struct hub *hub, const char *newest, int kept)
{
    struct names names;
    list_files(hub, &names);
    for (int i = 0; i < names.count - kept; i++)
        if (strcmp(names.list[i], newest) != 0)
            remove_file(hub, names.list[i]);
}

int
backup_count(const struct hub *hub)
{
    struct names names = {.count = 0};
    if (has_folder(hub))
        list_files(hub, &names);
    return names.count;
}

/* ---- when --------------------------------------------------------------- */

/* The partnership's night, where it has said which; read once for a backup. */
static struct zone *
open_zone(struct hub *hub)
{
    struct arena arena = {0};
    struct pages_board published;
    struct problem why;
    struct zone *zone = NULL;
    if (pages_board_open(hub, &arena, &published, &why))
        zone = zone_open(published.board->zone_name);
    pages_board_close(&published);
    arena_destroy(&arena);
    return zone;
}

static int64_t
due_after(struct hub *hub, int64_t last_s)
{
    struct zone *zone = open_zone(hub);
    struct local then = local_time(zone, last_s);
    int64_t day = then.day + (then.minute * 60 >= NIGHT_S);
    int64_t night_s = zone_to_utc(zone, day * DAY_S + NIGHT_S);
    zone_close(zone);
    return night_s < last_s + DAY_S ? night_s : last_s + DAY_S;
}

/* What a start before this one has left. A time to come was a wrong clock's. */
static void
look(struct hub *hub)
{
    struct backup *b = &hub->backup;
    struct names names;
    list_files(hub, &names);
    for (int i = 0; i < names.count; i++) {
        struct stat is;
        file_path(hub, names.list[i], b->path, sizeof b->path);
        bool is_past =
            stat(b->path, &is) == 0 && is.st_mtime <= hub->now.wall_s;
        if (is_past && is.st_mtime > b->last_s)
            b->last_s = is.st_mtime;
    }
    b->due_s = b->last_s ? due_after(hub, b->last_s) : 0;
    b->has_looked = true;
}

/* ---- making ------------------------------------------------------------- */

static void
fail(struct hub *hub, const struct problem *why)
{
    struct backup *b = &hub->backup;
    hub_store_end_backup(b->running);
    b->running = NULL;
    b->due_s = hub->now.wall_s + AGAIN_S;
    snprintf(b->problem, sizeof b->problem, "%s", why->text);
    log_error("the backup failed: %s", why->text);
}

static bool
begin(struct hub *hub, struct problem *why)
{
    struct backup *b = &hub->backup;
    char name[40];
    file_path(hub, "", b->path, sizeof b->path);
    if (!*b->path || (mkdir(b->path, 0700) != 0 && errno != EEXIST)) {
        problem_set(why, 0, 0, "The folder %.150s cannot be made", b->path);
        return false;
    }
    struct zone *zone = open_zone(hub);
    struct local l = local_time(zone, hub->now.wall_s);
    zone_close(zone);
    snprintf(name, sizeof name, "hub-%04d-%02d-%02d.db", l.year, l.month,
             l.date);
    file_path(hub, name, b->path, sizeof b->path);
    b->running = hub_store_begin_backup(hub->store, b->path, why);
    return b->running != NULL;
}

static void
succeed(struct hub *hub, int kept)
{
    struct backup *b = &hub->backup;
    hub_store_end_backup(b->running);
    b->running = NULL;
    b->has_looked = true;
    b->last_s = hub->now.wall_s;
    b->due_s = due_after(hub, b->last_s);
    b->problem[0] = '\0';
    prune(hub, strrchr(b->path, '/') + 1, kept);
}

static int64_t
step(struct hub *hub)
{
    struct problem why = {0};
    switch (hub_store_step_backup(hub->backup.running, &why)) {
    case HUB_BACKUP_MORE:
        return STEP_EVERY_MS;
    case HUB_BACKUP_DONE:
        succeed(hub, BACKUPS_KEPT);
        log_info("the hub is copied to %s", hub->backup.path);
        return LOOK_EVERY_MS;
    case HUB_BACKUP_FAILED:
        fail(hub, &why);
        return LOOK_EVERY_MS;
    }
    return LOOK_EVERY_MS;
}

int64_t
backup_tick(struct hub *hub)
{
    struct backup *b = &hub->backup;
    struct problem why = {0};
    if (b->running)
        return step(hub);
    // A file named by a clock that nobody has set would be the wrong day's.
    if (!has_folder(hub) || hub->now.wall_s < CLOCK_BUILT_AFTER_S)
        return LOOK_EVERY_MS;
    if (!b->has_looked) {
        look(hub); // and no more: the first tick stands before the first answer
        return LOOK_EVERY_MS;
    }
    if (hub->now.wall_s < b->due_s)
        return LOOK_EVERY_MS;
    if (begin(hub, &why))
        return STEP_EVERY_MS;
    fail(hub, &why);
    return LOOK_EVERY_MS;
}

bool
backup_replace_all(struct hub *hub, struct problem *why)
{
    enum hub_backup_state state = HUB_BACKUP_MORE;
    hub_store_end_backup(hub->backup.running); // it may have what was erased
    hub->backup.running = NULL;
    if (!has_folder(hub))
        return true;
    bool ok = begin(hub, why);
    while (ok && state == HUB_BACKUP_MORE)
        state = hub_store_step_backup(hub->backup.running, why);
    if (!ok || state != HUB_BACKUP_DONE) {
        fail(hub, why);
        return false;
    }
    succeed(hub, 0);
    return true;
}

void
backup_end(struct backup *b)
{
    hub_store_end_backup(b->running);
    b->running = NULL;
}

const char *
hub_backup_problem(const struct hub *hub)
{
    return hub->backup.problem[0] ? hub->backup.problem : NULL;
}
