#include "io/hub_store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "io/db.h"
#include "io/file.h"
#include "io/hub_store_part.h"

#define PART ".part"   // until it is whole
#define STEP_PAGES 64  // of 4 KiB: some milliseconds on a memory card
#define BUSY_STEPS 500 // in a row, then somebody else holds the file
#define FLOOR_NAME "revision"
#define FLOOR_MOST (INT64_C(1) << 52) // feeds have numbers up to 2^53

/* ---- copies ------------------------------------------------------------- */

struct hub_backup {
    struct hub_store *store;
    sqlite3 *file; // owned; NULL once it is done
    sqlite3_backup *copying;
    int busy_steps;
    char path[HUB_STORE_PATH_BYTES];
};

static const char *const leftovers[] = {PART, PART "-journal", PART "-wal",
                                        PART "-shm"};

static void
remove_parts(const char *path)
{
    char part[HUB_STORE_PATH_BYTES + 16];
    for (size_t i = 0; i < sizeof leftovers / sizeof *leftovers; i++) {
        snprintf(part, sizeof part, "%s%s", path, leftovers[i]);
        unlink(part);
    }
}

static void
folder_of(const char *path, char *folder, size_t size)
{
    const char *slash = strrchr(path, '/');
    snprintf(folder, size, "%.*s", slash ? (int) (slash - path) + 1 : 1,
             slash ? path : ".");
}

static bool
has_room(const struct hub_store *s, const char *path, struct problem *why)
{
    char folder[HUB_STORE_PATH_BYTES];
    struct statvfs fs;
    struct stat is;
    folder_of(path, folder, sizeof folder);
    if (statvfs(folder, &fs) != 0 || stat(s->path, &is) != 0)
        return true; // then writing will tell
    // What is in the log already comes to it.
    int64_t free_bytes = (int64_t) fs.f_bavail * (int64_t) fs.f_frsize;
    int64_t wanted = (int64_t) is.st_size + HUB_BACKUP_SPARE;
    if (free_bytes >= wanted)
        return true;
    problem_set(why, 0, 0,
                "There is too little room on the disk: %" PRId64
                " MB are free, and a copy of the hub needs %" PRId64 " MB",
                free_bytes >> 20, (wanted >> 20) + 1);
    return false;
}

static bool
open_copy(struct hub_backup *b, struct problem *why)
{
    char part[HUB_STORE_PATH_BYTES + 16];
    snprintf(part, sizeof part, "%s" PART, b->path);
    remove_parts(b->path);
    // Before SQLite does: it would let others read it.
    int fd = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool ok = fd >= 0;
    if (ok)
        close(fd);
    ok = ok &&
         sqlite3_open_v2(part, &b->file,
                         SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
                         NULL) == SQLITE_OK &&
         (b->copying = sqlite3_backup_init(b->file, "main", b->store->db.handle,
                                           "main")) != NULL;
    if (!ok)
        problem_set(why, 0, 0, "Nothing can be written to %.150s", part);
    return ok;
}

struct hub_backup *
hub_store_begin_backup(struct hub_store *s, const char *path,
                       struct problem *why)
{
    struct hub_backup *b = memory_take_zeroed(sizeof *b);
    b->store = s;
    int len = snprintf(b->path, sizeof b->path, "%s", path);
    if (len >= HUB_STORE_PATH_BYTES - 16)
        problem_set(why, 0, 0, "The path of the backup is too long");
    else if (has_room(s, path, why) && open_copy(b, why))
        return b;
    hub_store_end_backup(b);
    return NULL;
}

/* SQLite has synced what is in it; its new name is on the disk after this. */
static bool
give_name(struct hub_backup *b, struct problem *why)
{
    char part[HUB_STORE_PATH_BYTES + 16], folder[HUB_STORE_PATH_BYTES];
    snprintf(part, sizeof part, "%s" PART, b->path);
    folder_of(b->path, folder, sizeof folder);
    bool ok = rename(part, b->path) == 0;
    int fd = ok ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    if (!ok)
        problem_set(why, 0, 0, "The copy could not be kept: %s",
                    strerror(errno));
    return ok;
}

static enum hub_backup_state
finish(struct hub_backup *b, struct problem *why)
{
    int finished = sqlite3_backup_finish(b->copying);
    int closed = sqlite3_close(b->file);
    b->copying = NULL;
    b->file = NULL;
    if (finished != SQLITE_OK || closed != SQLITE_OK) {
        problem_set(why, 0, 0, "The copy could not be written: %s",
                    sqlite3_errstr(finished));
        return HUB_BACKUP_FAILED;
    }
    return give_name(b, why) ? HUB_BACKUP_DONE : HUB_BACKUP_FAILED;
}

enum hub_backup_state
hub_store_step_backup(struct hub_backup *b, struct problem *why)
{
    int code = sqlite3_backup_step(b->copying, STEP_PAGES);
    if (code == SQLITE_DONE)
        return finish(b, why);
    bool is_busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    b->busy_steps = is_busy ? b->busy_steps + 1 : 0;
    if (code == SQLITE_OK || (is_busy && b->busy_steps < BUSY_STEPS))
        return HUB_BACKUP_MORE;
    problem_set(why, 0, 0, "The copy could not be written: %s",
                sqlite3_errstr(code));
    return HUB_BACKUP_FAILED;
}

void
hub_store_end_backup(struct hub_backup *b)
{
    if (!b)
        return;
    sqlite3_backup_finish(b->copying); // NULL is fine
    sqlite3_close(b->file);
    remove_parts(b->path);
    free(b);
}

/* ---- numbers after a restored copy -------------------------------------- */

static void
floor_path(const struct hub_store *s, char *path, size_t size)
{
    const char *slash = strrchr(s->path, '/');
    snprintf(path, size, "%.*s" FLOOR_NAME,
             slash ? (int) (slash - s->path) + 1 : 0, s->path);
}

int64_t
hub_store_floor(struct hub_store *s)
{
    char path[HUB_STORE_PATH_BYTES + 16];
    struct text text = {0};
    struct problem why;
    int64_t number = 0;
    floor_path(s, path, sizeof path);
    if (file_read(path, 64, &text, &why)) {
        char *end;
        number = strtoll(text_string(&text), &end, 10);
        if (end == text_string(&text) || number < 0 || number > FLOOR_MOST) {
            log_warning("%s should hold the number of the newest revision, and "
                        "does not",
                        path);
            number = 0;
        }
    }
    text_destroy(&text);
    return number;
}

bool
hub_store_raise_floor(struct hub_store *s, int64_t number, struct problem *why)
{
    char path[HUB_STORE_PATH_BYTES + 16], digits[32];
    struct problem reason = {0};
    floor_path(s, path, sizeof path);
    int len = snprintf(digits, sizeof digits, "%" PRId64 "\n", number);
    if (file_write_private(path, digits, (size_t) len, &reason))
        return true;
    log_error("%s", reason.text);
    return hub_store_decline(why, "Can't keep changes just now: nothing can be "
                                  "written to the disk. Please tell whoever "
                                  "looks after the hub");
}

int64_t
hub_store_published(struct hub_store *s)
{
    sqlite3_stmt *row = s->statements[NEWEST_REVISION];
    int64_t floor = hub_store_floor(s), newest = 0;
    if (hub_store_look(s, row) == 1)
        newest = sqlite3_column_int64(row, 0);
    hub_store_done(row);
    return newest > floor ? newest : floor;
}
