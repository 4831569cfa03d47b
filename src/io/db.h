#ifndef IO_DB_H
#define IO_DB_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"

/*
 * The SQLite that a store stands on: opened so that a commit has reached the
 * disk, looked over for damage, and brought to the newest schema. Only src/io/
 * db* and stores include this or <sqlite3.h>. A database belongs to one
 * thread. Never knows what is in the tables.
 */

enum db_health {
    DB_WELL,
    DB_OUT_OF_REACH, // full, read-only, no permission, held by another: the
                     // file may be fine
    DB_DAMAGED,      // not a database, torn, rotten, or not one of ours
};

struct db {
    sqlite3 *handle;       // owned
    enum db_health health; // of the last call that failed; DB_WELL: none did
    int code;              // SQLite's own, and what it says about it
    char words[160];
};

/*
 * `migrations[i]` leads from version i to i + 1, in one transaction each;
 * the version is PRAGMA user_version. Their text is SQL without BEGIN/COMMIT.
 */
struct db_schema {
    const char *const *migrations;
    int count;
};

/*
 * WAL, synchronous=FULL, foreign_keys, secure_delete, a busy timeout of two
 * seconds; integrity_check; migrations. On a disk without room for a reader
 * beside it, it is opened for this process alone. A database of a version to
 * come counts as damaged: nothing in it can be relied on. Anything but DB_WELL
 * sets `why` (for the log: it names the file), and db_close is then still to be
 * called.
 */
enum db_health db_open(struct db *db, const char *path,
                       const struct db_schema *schema, struct problem *why);

/* To look and never to touch: no migration, no WAL begun or ended. Another
   process may be writing meanwhile. */
enum db_health
db_open_to_read(struct db *db, const char *path, const struct db_schema *schema,
                struct problem *why);

/*
 * Finalises the statements, zeroes `statements`, and closes. A healthy
 * database has its WAL folded in; a damaged one is left byte for byte as it
 * is, for somebody to look into. Zero is fine.
 */
void db_close(struct db *db, sqlite3_stmt **statements, int count);

/* All or none: false when one of `sql` does not fit the tables, with `why`. */
bool db_prepare(struct db *db, const char *const *sql, int count,
                sqlite3_stmt **statements, struct problem *why);

/*
 * One step: true when there is a row. False at the end, and on failure, which
 * db->health then says. Whoever stops before the end calls sqlite3_reset.
 */
bool db_step(struct db *db, sqlite3_stmt *statement);

/* Steps to the end and resets: true when all went well, and so, outside of a
   transaction, when it is committed and on the disk. */
bool db_run(struct db *db, sqlite3_stmt *statement);

/* One or more statements without parameters. */
bool db_execute(struct db *db, const char *sql);

/* Whether there is a first row; resets. */
bool db_has_row(struct db *db, sqlite3_stmt *statement);

/* Ends a transaction: COMMIT when `ok`, else, or when that fails, ROLLBACK.
   True only when it is committed. */
bool db_end(struct db *db, bool ok);

/* False, a failure, when the file was moved or removed under us: SQLite would
   go on writing to what nobody finds again. db_can_write asks this, too. */
bool db_is_in_place(struct db *db);

/*
 * Runs `write` up to the disk and rolls it back: whether a write would succeed
 * now. Nothing is changed, but the room it took stays taken in the WAL, so
 * that a write of no more than its size does not run out of disk soon after.
 */
bool db_can_write(struct db *db, sqlite3_stmt *write);

/*
 * What was deleted is zeroed in the tables at once (secure_delete); this has
 * it leave the WAL as well. False when a reader holds the WAL just now.
 */
bool db_forget(struct db *db);

/* The store itself has found what is in the tables to be wrong: DB_DAMAGED. */
enum db_health db_distrust(struct db *db);

/* What a person is told: "the disk is full". Never NULL, borrowed; of the
   last failure. */
const char *db_reason(const struct db *db);

#endif
