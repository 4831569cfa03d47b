// links: src/io/hub_store*.c src/io/db.c src/io/file.c src/core/date.c
// links: src/base/*.c
// libs: -lsqlite3 -lunistring
/*
 * hub_bare_inserts FILE SECONDS: how many post-its a second SQLite takes by
 * itself, with the pragmas, the tables and the indexes of the hub's own store,
 * each in a transaction of its own and with the change number raised.
 */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "io/db.h"
#include "io/hub_store_part.h"
#include "tests/bench/stopwatch.h"

static const char insert_postit[] =
    "INSERT INTO postit (id, sort, colour, text, author, answers, school,"
    "  made_s, expires_s, state, device, came_s)"
    " VALUES (?1, 0, 2, 'Number ' || ?2 || ', it''s <b>\"new\"</b>; DROP TABLE"
    " postit; -- %27', 'O''Brien, Y' || (?2 % 7), '', 'school-' || (?2 % 997),"
    " ?3, ?3 + 1209600, 0, 1 + ?2 % 1000, ?3)";

static sqlite3_stmt *
prepare(struct db *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db->handle, sql, -1, &statement, NULL) !=
        SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", sql, sqlite3_errmsg(db->handle));
        exit(1);
    }
    return statement;
}

int
main(int argc, char **argv)
{
    struct problem why = {0};
    struct db db;
    char id[37];
    int count = 0;
    if (argc != 3 ||
        db_open(&db, argv[1], &hub_store_schema, &why) != DB_WELL) {
        fprintf(stderr, "hub_bare_inserts: %s\n", why.text);
        return 1;
    }
    sqlite3_stmt *begin = prepare(&db, "BEGIN IMMEDIATE");
    sqlite3_stmt *insert = prepare(&db, insert_postit);
    sqlite3_stmt *raise = prepare(&db, "UPDATE change SET number = number + 1");
    sqlite3_stmt *commit = prepare(&db, "COMMIT");
    unsigned run = (unsigned) stopwatch_ms();
    double from = stopwatch_ms();
    double until = from + 1000.0 * (double) strtol(argv[2], NULL, 10);
    for (; stopwatch_ms() < until; count++) {
        snprintf(id, sizeof id, "%08x-1111-4000-8000-%012x", run,
                 (unsigned) count);
        sqlite3_bind_text(insert, 1, id, -1, SQLITE_STATIC);
        sqlite3_bind_int(insert, 2, count);
        sqlite3_bind_int64(insert, 3, 1795689720 + count);
        if (!db_run(&db, begin) || !db_run(&db, insert) ||
            !db_run(&db, raise) || !db_run(&db, commit)) {
            fprintf(stderr, "hub_bare_inserts: %s\n", db.words);
            return 1;
        }
    }
    printf("%.1f\n", 1000.0 * count / (stopwatch_ms() - from));
    sqlite3_stmt *all[] = {begin, insert, raise, commit};
    db_close(&db, all, 4);
    return 0;
}
