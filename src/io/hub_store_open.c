#include "io/hub_store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "io/db.h"
#include "io/file.h"
#include "io/hub_store_part.h"

/* The folder of `path`, for us alone. One that others work in too (/tmp, or
   the one we stand in) is not ours to shut. */
static bool
make_folder(const char *path, struct problem *why)
{
    char folder[HUB_STORE_PATH_BYTES];
    struct stat st;
    const char *slash = strrchr(path, '/');
    if (!slash || slash == path)
        return true;
    snprintf(folder, sizeof folder, "%.*s", (int) (slash - path), path);
    if (!folder_make(folder, why))
        return false;
    if (stat(folder, &st) == 0 && !(st.st_mode & S_ISVTX))
        chmod(folder, 0700);
    return true;
}

/* Before SQLite does: it would let others read it. The log and its index get
   the same permissions as the file. */
static void
make_file(const char *path)
{
    // Never opened when it is there: closing it would drop the locks of a
    // store that this process has open (POSIX fcntl).
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        close(fd);
    else if (errno == EEXIST)
        chmod(path, 0600);
}

static enum db_health
open_once(struct hub_store *s, struct problem *why)
{
    enum db_health health = db_open(&s->db, s->path, &hub_store_schema, why);
    if (health == DB_WELL &&
        !db_prepare(&s->db, hub_store_sql, HUB_STATEMENT_COUNT, s->statements,
                    why))
        health = s->db.health;
    return health;
}

static enum db_health
open_patiently(struct hub_store *s, struct problem *why)
{
    enum db_health health = open_once(s, why);
    if (health != DB_DAMAGED)
        return health;
    // What a disk could not read once it may well read when asked again, and a
    // backup is older than what is there.
    db_close(&s->db, s->statements, HUB_STATEMENT_COUNT);
    return open_once(s, why);
}

/* What to do comes first, the path, which may be long, last. A log left beside
   a restored backup would be played into it. */
static void
explain(const struct hub_store *s, enum db_health health, struct problem *why)
{
    log_error("%s", why->text);
    if (health != DB_DAMAGED)
        problem_set(why, 0, 0,
                    "Post-its and pages cannot be kept: %s. Put that right and "
                    "start the hub again: %s",
                    db_reason(&s->db), s->path);
    else if (s->db.code == SQLITE_SCHEMA)
        problem_set(why, 0, 0,
                    "A newer hub wrote this database. Install that hub again, "
                    "or move it away with the -wal file beside it and put the "
                    "backup from before there: %s",
                    s->path);
    else
        problem_set(why, 0, 0,
                    "The hub's database is damaged; nothing was changed. Move "
                    "it away with the -wal file beside it, put the latest "
                    "backup there and start the hub again: %s",
                    s->path);
}

struct hub_store *
hub_store_open(const char *path, struct problem *why)
{
    struct hub_store *s = memory_take_zeroed(sizeof *s);
    int len = snprintf(s->path, sizeof s->path, "%s", path);
    if (len >= HUB_STORE_PATH_BYTES - 64) { // -journal is longer
        problem_set(why, 0, 0, "The path of the hub's database is too long");
        free(s);
        return NULL;
    }
    if (!make_folder(path, why)) {
        free(s);
        return NULL;
    }
    make_file(path);
    enum db_health health = open_patiently(s, why);
    if (health != DB_WELL) {
        explain(s, health, why);
        hub_store_close(s);
        return NULL;
    }
    // A process that was killed right after a deletion left it in the WAL.
    hub_store_forget(s);
    // For the day on which a copy from before takes this one's place.
    int64_t published = hub_store_published(s);
    if (published > hub_store_floor(s))
        (void) hub_store_raise_floor(s, published, why);
    return s;
}

void
hub_store_close(struct hub_store *s)
{
    if (!s)
        return;
    if (s->db.handle && s->statements[SEE_DEVICE])
        hub_store_note_seen(s);
    db_close(&s->db, s->statements, HUB_STATEMENT_COUNT);
    free(s);
}
