// links: src/io/hub_store*.c src/io/db.c src/io/file.c src/hub/secret.c
// links: src/core/date.c src/base/*.c
// libs: -lsqlite3 -lsodium -lunistring
/*
 * hub_fill FILE KIOSKS SCHOOLS WAITING SHARED: a hub's store as it is after
 * some weeks, in two seconds: kiosks that are paired (tokens: hub_kiosk.h), and
 * post-its of the last ten days with a thank-you for every third.
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "hub/secret.h"
#include "io/hub_store.h"
#include "tests/bench/hub_kiosk.h"

#define DAYS INT64_C(86400)

static const char insert_device[] =
    "INSERT INTO device (number, name, school, paired_s, token_hash)"
    " VALUES (?1, 'Screen ' || ?1, 'school-' || ?2, ?3, ?4)";
static const char insert_postit[] =
    "INSERT INTO postit (id, sort, colour, text, author, answers, school,"
    "  made_s, expires_s, state, device, came_s)"
    " VALUES (printf('f1110000-0000-4000-8000-%012x', ?1), ?1 % 5, ?1 % 4,"
    "  'Ask the quietest group first, then let the others add: number ' || ?1"
    "  || ' of all that were tried this autumn',"
    "  'Jo, Y' || (?1 % 7), '', 'school-' || ?2, ?3, ?3 + 14 * 86400, ?4, ?5,"
    "  ?3)";
static const char insert_reaction[] =
    "INSERT INTO reaction (id, target, kind, device, came_s)"
    " VALUES (printf('f2220000-0000-4000-8000-%012x', ?1),"
    "  printf('f1110000-0000-4000-8000-%012x', ?1), 0, 1, ?2)";

static void
stop(const char *what, const char *why)
{
    fprintf(stderr, "hub_fill: %s: %s\n", what, why);
    exit(1);
}

static sqlite3_stmt *
prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        stop(sql, sqlite3_errmsg(db));
    return statement;
}

static void
run(sqlite3 *db, sqlite3_stmt *statement)
{
    if (sqlite3_step(statement) != SQLITE_DONE)
        stop("writing", sqlite3_errmsg(db));
    sqlite3_reset(statement);
}

static void
add_devices(sqlite3 *db, int count, int schools, int64_t now_s)
{
    sqlite3_stmt *insert = prepare(db, insert_device);
    for (int i = 1; i <= count; i++) {
        unsigned char token[SECRET_BYTES], hash[HUB_HASH_BYTES];
        hub_kiosk_token(i, token);
        secret_hash(token, sizeof token, hash);
        sqlite3_bind_int(insert, 1, i);
        sqlite3_bind_int(insert, 2, i % schools);
        sqlite3_bind_int64(insert, 3, now_s - 30 * DAYS);
        sqlite3_bind_blob(insert, 4, hash, sizeof hash, SQLITE_TRANSIENT);
        run(db, insert);
    }
    sqlite3_finalize(insert);
}

static void
add_postits(sqlite3 *db, int waiting, int shared, int devices, int schools,
            int64_t now_s)
{
    sqlite3_stmt *insert = prepare(db, insert_postit);
    sqlite3_stmt *thank = prepare(db, insert_reaction);
    int count = waiting + shared;
    for (int i = 0; i < count; i++) {
        int device = 1 + i % devices;
        int64_t made_s = now_s - 10 * DAYS + i * (10 * DAYS) / count;
        // Shared ones are spread evenly among them.
        int state =
            (int64_t) (i + 1) * shared / count > (int64_t) i * shared / count;
        sqlite3_bind_int(insert, 1, i);
        sqlite3_bind_int(insert, 2, device % schools);
        sqlite3_bind_int64(insert, 3, made_s);
        sqlite3_bind_int(insert, 4, state);
        sqlite3_bind_int(insert, 5, device);
        run(db, insert);
        if (i % 3 != 0)
            continue;
        sqlite3_bind_int(thank, 1, i);
        sqlite3_bind_int64(thank, 2, made_s + 60);
        run(db, thank);
    }
    sqlite3_finalize(insert);
    sqlite3_finalize(thank);
}

int
main(int argc, char **argv)
{
    struct problem why = {0};
    sqlite3 *db = NULL;
    if (argc != 6 || !secret_start())
        stop("usage", "FILE KIOSKS SCHOOLS WAITING SHARED");
    struct hub_store *store = hub_store_open(argv[1], &why);
    if (!store)
        stop(argv[1], why.text);
    hub_store_close(store);
    int kiosks = (int) strtol(argv[2], NULL, 10);
    int schools = (int) strtol(argv[3], NULL, 10);
    int64_t now_s = (int64_t) time(NULL);
    if (kiosks < 1 || schools < 1)
        stop("usage", "at least one kiosk and one school");
    if (sqlite3_open(argv[1], &db) != SQLITE_OK ||
        sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
        stop(argv[1], sqlite3_errmsg(db));
    add_devices(db, kiosks, schools, now_s);
    add_postits(db, (int) strtol(argv[4], NULL, 10),
                (int) strtol(argv[5], NULL, 10), kiosks, schools, now_s);
    if (sqlite3_exec(db, "UPDATE change SET number = number + 1; COMMIT", NULL,
                     NULL, NULL) != SQLITE_OK)
        stop(argv[1], sqlite3_errmsg(db));
    sqlite3_close(db);
    return 0;
}
