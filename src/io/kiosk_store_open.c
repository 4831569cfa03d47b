#include "io/kiosk_store.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/db.h"
#include "io/db_aside.h"
#include "io/file.h"
#include "io/kiosk_store_part.h"

/* fingerprint(value, …): FNV-1a over the values as text, each with its NUL. */
static void
fingerprint(sqlite3_context *context, int count, sqlite3_value **values)
{
    uint64_t hash = HASH_START;
    for (int i = 0; i < count; i++) {
        const unsigned char *text = sqlite3_value_text(values[i]);
        size_t len = (size_t) sqlite3_value_bytes(values[i]);
        if (text)
            hash = hash_more(hash, text, len);
        hash = hash_more(hash, "", 1);
    }
    sqlite3_result_int64(context, (sqlite3_int64) hash);
}

static enum db_health
prepare(struct kiosk_store *s, struct problem *why)
{
    sqlite3_create_function(s->db.handle, "fingerprint", -1,
                            SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL,
                            fingerprint, NULL, NULL);
    if (!db_prepare(&s->db, kiosk_store_sql, STATEMENT_COUNT, s->statements,
                    why))
        return s->db.health;
    sqlite3_stmt *count = s->statements[COUNT_ROTTEN];
    int rotten = -1;
    if (db_step(&s->db, count))
        rotten = sqlite3_column_int(count, 0);
    sqlite3_reset(count);
    if (rotten == 0)
        return DB_WELL;
    problem_set(why, 0, 0, "%s holds post-its that are not as written",
                s->path);
    return rotten > 0 ? db_distrust(&s->db) : s->db.health;
}

static enum db_health
open_once(struct kiosk_store *s, struct problem *why)
{
    enum db_health health = db_open(&s->db, s->path, &kiosk_store_schema, why);
    if (health == DB_WELL)
        health = prepare(s, why);
    return health;
}

static void
remove_trial(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-journal", "-shm"};
    char full[KIOSK_STORE_PATH_BYTES + 32];
    for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
        snprintf(full, sizeof full, "%s%s", path, ends[i]);
        unlink(full);
    }
}

/* Whether a fresh database could be begun beside this one. A disk that reads
   nothing today makes a good one look bad, and what is set aside does not come
   back by itself. */
static bool
is_disk_well(struct kiosk_store *s, struct problem *why)
{
    char path[KIOSK_STORE_PATH_BYTES + 16];
    struct db trial;
    snprintf(path, sizeof path, "%s-trial", s->path);
    remove_trial(path);
    bool is_well = db_open(&trial, path, &kiosk_store_schema, why) == DB_WELL;
    if (!is_well) {
        s->db.code = trial.code;
        snprintf(s->db.words, sizeof s->db.words, "%s", trial.words);
        s->db.health = DB_OUT_OF_REACH;
    }
    db_close(&trial, NULL, 0);
    remove_trial(path);
    return is_well;
}

static enum db_health
open_or_begin_afresh(struct kiosk_store *s, int64_t now_s, struct problem *why)
{
    char aside[DB_ASIDE_BYTES];
    enum db_health health = open_once(s, why);
    if (health == DB_DAMAGED) {
        // What a card could not read once it may well read when asked again.
        db_close(&s->db, s->statements, STATEMENT_COUNT);
        health = open_once(s, why);
    }
    if (health != DB_DAMAGED)
        return health;
    db_close(&s->db, s->statements, STATEMENT_COUNT);
    log_error("%s", why->text);
    if (!is_disk_well(s, why))
        return s->db.health;
    if (!db_set_aside(s->path, now_s, aside, why)) {
        s->db.code = SQLITE_READONLY;
        return s->db.health = DB_OUT_OF_REACH;
    }
    log_error("the damaged post-its are kept as %s; a fresh board is begun",
              aside);
    return open_once(s, why);
}

static struct kiosk_store *
new_store(const char *folder)
{
    struct kiosk_store *s = memory_take_zeroed(sizeof *s);
    int len = snprintf(s->path, sizeof s->path, "%s/postits.db", folder);
    // -aside names are longer.
    if (len < KIOSK_STORE_PATH_BYTES - 64)
        return s;
    free(s);
    return NULL;
}

struct kiosk_store *
kiosk_store_open(const char *folder, int64_t now_s, struct problem *why)
{
    struct kiosk_store *s = new_store(folder);
    if (!s || !folder_make(folder, why)) {
        log_error("post-its cannot be kept: %s",
                  s ? why->text : "the path of their folder is too long");
        free(s);
        problem_set(why, 0, 0,
                    "Can't keep post-its just now: there is no folder for "
                    "them. Please tell whoever looks after this screen");
        return NULL;
    }
    // People's names are in there; nobody else on this machine needs them.
    chmod(folder, 0700);
    if (open_or_begin_afresh(s, now_s, why) != DB_WELL) {
        log_error("post-its cannot be kept: %s", why->text);
        s->has_complained = true;
        kiosk_store_complain(s, why);
        kiosk_store_close(s);
        return NULL;
    }
    // A process that was killed right after a deletion left it in the WAL.
    db_forget(&s->db);
    return s;
}

struct kiosk_store *
kiosk_store_open_to_read(const char *folder, struct problem *why)
{
    struct kiosk_store *s = new_store(folder);
    if (!s) {
        problem_set(why, 0, 0, "The path of the folder is too long");
        return NULL;
    }
    if (db_open_to_read(&s->db, s->path, &kiosk_store_schema, why) == DB_WELL &&
        prepare(s, why) == DB_WELL)
        return s;
    kiosk_store_close(s);
    return NULL;
}

void
kiosk_store_close(struct kiosk_store *s)
{
    if (!s)
        return;
    db_close(&s->db, s->statements, STATEMENT_COUNT);
    free(s);
}

bool
kiosk_store_is_damaged(const struct kiosk_store *s)
{
    return s->db.health == DB_DAMAGED;
}
