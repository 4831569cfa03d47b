#include "io/db.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define BUSY_MS 2000
#define PATH_BYTES 4096
#define ROOM_BYTES (256 * 1024)

/* SQLite's codes by what can be done about them. All others mean that what is
   in the file does not fit together. */
static enum db_health
health_of(int code)
{
    switch (code) { // extended codes: what the device could not give back
    case SQLITE_IOERR_READ:
    case SQLITE_IOERR_SHORT_READ:
    case SQLITE_IOERR_CORRUPTFS:
        return DB_DAMAGED;
    }
    switch (code & 0xff) {
    case SQLITE_OK:
    case SQLITE_ROW:
    case SQLITE_DONE:
        return DB_WELL;
    case SQLITE_PERM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_NOMEM:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
    case SQLITE_FULL:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOLFS:
    case SQLITE_AUTH:
        return DB_OUT_OF_REACH;
    }
    return DB_DAMAGED;
}

static bool
note(struct db *db, int code)
{
    enum db_health health = health_of(code);
    if (health != DB_WELL) {
        db->health = health;
        db->code = code;
        // Now: a rollback makes SQLite forget it.
        bool is_its_own = sqlite3_extended_errcode(db->handle) == code;
        snprintf(db->words, sizeof db->words, "%s",
                 is_its_own ? sqlite3_errmsg(db->handle)
                            : sqlite3_errstr(code));
    }
    return health == DB_WELL;
}

enum db_health
db_distrust(struct db *db)
{
    note(db, SQLITE_CORRUPT);
    return db->health;
}

const char *
db_reason(const struct db *db)
{
    if (db->health == DB_DAMAGED)
        return "what is stored here is damaged";
    switch (db->code & 0xff) {
    case SQLITE_FULL:
        return "the disk is full";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return "nothing can be written to the disk";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is busy with them";
    }
    return "the disk does not take them";
}

bool
db_step(struct db *db, sqlite3_stmt *statement)
{
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        return true;
    note(db, code);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return false;
}

bool
db_has_row(struct db *db, sqlite3_stmt *statement)
{
    bool has_row = db_step(db, statement);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return has_row;
}

bool
db_run(struct db *db, sqlite3_stmt *statement)
{
    int code;
    do
        code = sqlite3_step(statement);
    while (code == SQLITE_ROW);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return note(db, code);
}

bool
db_execute(struct db *db, const char *sql)
{
    return note(db, sqlite3_exec(db->handle, sql, NULL, NULL, NULL));
}

bool
db_end(struct db *db, bool ok)
{
    if (ok && db_execute(db, "COMMIT"))
        return true;
    // A failure may have rolled it back already.
    if (!sqlite3_get_autocommit(db->handle))
        sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

/* First column of the first row, as text; "" when there is none. */
static bool
ask(struct db *db, const char *sql, char *answer, size_t size)
{
    sqlite3_stmt *statement = NULL;
    answer[0] = '\0';
    if (!note(db, sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL)))
        return false;
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        const unsigned char *text = sqlite3_column_text(statement, 0);
        snprintf(answer, size, "%s", text ? (const char *) text : "");
    }
    sqlite3_finalize(statement);
    return note(db, code);
}

static bool
is_answer(struct db *db, const char *sql, const char *wanted)
{
    char answer[64];
    return ask(db, sql, answer, sizeof answer) &&
           sqlite3_stricmp(answer, wanted) == 0;
}

static int64_t
file_size(const char *path, const char *suffix)
{
    char full[PATH_BYTES];
    struct stat st;
    snprintf(full, sizeof full, "%s%s", path, suffix);
    return stat(full, &st) == 0 ? (int64_t) st.st_size : 0;
}

/* SQLite takes a file of no bytes for a new one and throws its WAL away. When
   there is something in the WAL, it was no new one. */
static bool
is_hollow(const char *path)
{
    return file_size(path, "") == 0 && file_size(path, "-wal") > 0;
}

static bool
has_room(const char *path)
{
    char folder[PATH_BYTES];
    struct statvfs fs;
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s",
             slash ? (int) (slash - path) + 1 : 1, slash ? path : ".");
    return statvfs(folder, &fs) != 0 ||
           (uint64_t) fs.f_bavail * fs.f_frsize >= ROOM_BYTES;
}

static enum db_health
explain(struct db *db, const char *path, const char *what, struct problem *why)
{
    problem_set(why, 0, 0, "%s %s: %s", path, what, db->words);
    return db->health;
}

static enum db_health
refuse(struct db *db, int code, const char *path, const char *what,
       struct problem *why)
{
    note(db, code);
    problem_set(why, 0, 0, "%s %s", path, what);
    return db->health;
}

static bool
open_handle(struct db *db, const char *path, int flags)
{
    // From the first read on, which is in here, health_of wants the whole code.
    flags |= SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(path, &db->handle, flags, NULL);
    if (!note(db, code))
        return false;
    // A schema that somebody else wrote must not run anything of its own.
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_busy_timeout(db->handle, BUSY_MS);
    // The index of the WAL is a file mapped into memory. Where a page of it
    // finds no room on the disk, touching it is no error but a SIGBUS (seen on
    // a full ext4). Held by us alone, the index needs no file. This comes
    // first: all that reads from the database opens the index.
    if ((flags & SQLITE_OPEN_READWRITE) && !has_room(path))
        db_execute(db, "PRAGMA locking_mode = EXCLUSIVE");
    return db_execute(db, "PRAGMA cell_size_check = ON;"
                          "PRAGMA foreign_keys = ON;"
                          "PRAGMA secure_delete = ON;"
                          "PRAGMA synchronous = FULL;");
}

static bool
is_whole(struct db *db, const char *path, struct problem *why)
{
    char answer[160];
    if (!ask(db, "PRAGMA integrity_check(1)", answer, sizeof answer)) {
        explain(db, path, "cannot be read", why);
        return false;
    }
    if (strcmp(answer, "ok") == 0)
        return true;
    problem_set(why, 0, 0, "%s is damaged: %s", path, answer);
    return note(db, SQLITE_CORRUPT);
}

/* -1 when it cannot be read. */
static int
read_version(struct db *db)
{
    char answer[16];
    int version;
    if (!ask(db, "PRAGMA user_version", answer, sizeof answer) ||
        sscanf(answer, "%9d", &version) != 1)
        return -1;
    return version;
}

/* The step and the version that says it was made are one transaction. */
static bool
migrate_once(struct db *db, const struct db_schema *schema, int version)
{
    char mark[64];
    snprintf(mark, sizeof mark, "PRAGMA user_version = %d", version + 1);
    return db_execute(db, "BEGIN IMMEDIATE") &&
           db_end(db, db_execute(db, schema->migrations[version]) &&
                          db_execute(db, mark));
}

static bool
migrate(struct db *db, const struct db_schema *schema, int version)
{
    for (; version < schema->count; version++)
        if (!migrate_once(db, schema, version))
            return false;
    return true;
}

enum db_health
db_open(struct db *db, const char *path, const struct db_schema *schema,
        struct problem *why)
{
    *db = (struct db){0};
    if (is_hollow(path))
        return refuse(db, SQLITE_CORRUPT, path, "has lost all but its log",
                      why);
    if (!open_handle(db, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE))
        return explain(db, path, "cannot be opened", why);
    // Without permission SQLite opens it all the same, to read only.
    if (sqlite3_db_readonly(db->handle, "main") == 1)
        return refuse(db, SQLITE_READONLY, path, "may only be read", why);
    if (!is_answer(db, "PRAGMA journal_mode = WAL", "wal")) {
        if (db->health != DB_WELL)
            return explain(db, path, "cannot be opened", why);
        return refuse(db, SQLITE_IOERR, path,
                      "is on a disk that cannot keep a log", why);
    }
    if (!is_whole(db, path, why))
        return db->health;
    int version = read_version(db);
    if (version < 0 && db->health != DB_WELL) // no version, not a strange one
        return explain(db, path, "cannot be read", why);
    if (version < 0 || version > schema->count)
        return refuse(db, SQLITE_SCHEMA, path, "is of a version unknown here",
                      why);
    if (!migrate(db, schema, version))
        return explain(db, path, "cannot be brought up to date", why);
    return DB_WELL;
}

enum db_health
db_open_to_read(struct db *db, const char *path, const struct db_schema *schema,
                struct problem *why)
{
    *db = (struct db){0};
    if (is_hollow(path))
        return refuse(db, SQLITE_CORRUPT, path, "has lost all but its log",
                      why);
    if (!open_handle(db, path, SQLITE_OPEN_READONLY))
        return explain(db, path, "cannot be opened", why);
    if (!is_whole(db, path, why))
        return db->health;
    if (read_version(db) != schema->count)
        return refuse(db, SQLITE_CANTOPEN, path,
                      "is not of this program's version", why);
    return DB_WELL;
}

void
db_close(struct db *db, sqlite3_stmt **statements, int count)
{
    for (int i = 0; i < count; i++) {
        sqlite3_finalize(statements[i]);
        statements[i] = NULL;
    }
    if (db->handle && db->health == DB_DAMAGED)
        sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
                          NULL);
    sqlite3_close(db->handle);
    *db = (struct db){0};
}

bool
db_prepare(struct db *db, const char *const *sql, int count,
           sqlite3_stmt **statements, struct problem *why)
{
    for (int i = 0; i < count; i++) {
        int code =
            sqlite3_prepare_v3(db->handle, sql[i], -1,
                               SQLITE_PREPARE_PERSISTENT, &statements[i], NULL);
        if (!note(db, code)) {
            explain(db, sqlite3_db_filename(db->handle, "main"),
                    "does not hold what it should", why);
            return false;
        }
    }
    return true;
}

bool
db_is_in_place(struct db *db)
{
    int has_moved = 0;
    sqlite3_file_control(db->handle, "main", SQLITE_FCNTL_HAS_MOVED,
                         &has_moved);
    return note(db, has_moved ? SQLITE_READONLY_DBMOVED : SQLITE_OK);
}

bool
db_can_write(struct db *db, sqlite3_stmt *write)
{
    // Without the flush a transaction rolled back has never left memory.
    bool ok = db_is_in_place(db) && db_execute(db, "BEGIN IMMEDIATE") &&
              db_run(db, write) && note(db, sqlite3_db_cacheflush(db->handle));
    db_end(db, false);
    return ok;
}

bool
db_forget(struct db *db)
{
    return is_answer(db, "PRAGMA wal_checkpoint(TRUNCATE)", "0");
}
