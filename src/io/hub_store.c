#include "io/hub_store.h"

#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "io/db.h"
#include "io/hub_store_part.h"

void
hub_store_bind_text(sqlite3_stmt *statement, int place, const char *text)
{
    sqlite3_bind_text(statement, place, text ? text : "", -1, SQLITE_STATIC);
}

void
hub_store_bind_hash(sqlite3_stmt *statement, int place,
                    const unsigned char hash[HUB_HASH_BYTES])
{
    sqlite3_bind_blob(statement, place, hash, HUB_HASH_BYTES, SQLITE_STATIC);
}

sqlite3_stmt *
hub_store_about(struct hub_store *s, enum hub_statement which, const char *id)
{
    hub_store_bind_text(s->statements[which], 1, id);
    return s->statements[which];
}

sqlite3_stmt *
hub_store_numbered(struct hub_store *s, enum hub_statement which,
                   int64_t number)
{
    sqlite3_bind_int64(s->statements[which], 1, number);
    return s->statements[which];
}

sqlite3_stmt *
hub_store_hashed(struct hub_store *s, enum hub_statement which,
                 const unsigned char hash[HUB_HASH_BYTES])
{
    hub_store_bind_hash(s->statements[which], 1, hash);
    return s->statements[which];
}

/* ---- failures ----------------------------------------------------------- */

bool
hub_store_complain(struct hub_store *s, struct problem *why)
{
    if (!s->has_complained)
        log_error("%s: %s: %s (%d)%s", s->path, db_reason(&s->db), s->db.words,
                  s->db.code,
                  s->db.health == DB_DAMAGED
                      ? "; stop the hub and start it again: it says what to do"
                      : "");
    s->has_complained = true;
    problem_set(why, 0, 0,
                "Can't keep changes just now: %s. Please tell whoever looks "
                "after the hub",
                db_reason(&s->db));
    return false;
}

bool
hub_store_decline(struct problem *why, const char *sentence)
{
    problem_set(why, 0, 0, "%s", sentence);
    return false;
}

/* ---- writing ------------------------------------------------------------ */

bool
hub_store_begin(struct hub_store *s)
{
    s->raised = (struct hub_change){0};
    return db_is_in_place(&s->db) &&
           db_run(&s->db, s->statements[BEGIN_WRITING]);
}

bool
hub_store_end(struct hub_store *s, bool ok, struct problem *why)
{
    if (!db_end(&s->db, ok))
        return hub_store_complain(s, why);
    if (s->raised.number > 0)
        s->changes[s->raised.number % HUB_CHANGES_KNOWN] = s->raised;
    return true;
}

bool
hub_store_run(struct hub_store *s, sqlite3_stmt *statement, struct problem *why)
{
    if (db_is_in_place(&s->db) && db_run(&s->db, statement))
        return true;
    hub_store_done(statement);
    return hub_store_complain(s, why);
}

int
hub_store_changed(const struct hub_store *s)
{
    return sqlite3_changes(s->db.handle);
}

bool
hub_store_raise(struct hub_store *s)
{
    s->raised = (struct hub_change){0};
    return db_run(&s->db, s->statements[RAISE_CHANGE]);
}

bool
hub_store_raise_for(struct hub_store *s, const char *school)
{
    sqlite3_stmt *raise = s->statements[RAISE_CHANGE];
    if (!db_step(&s->db, raise))
        return false;
    s->raised = (struct hub_change){
        .number = sqlite3_column_int64(raise, 0),
        .school = hash_string(school ? school : ""),
    };
    return db_run(&s->db, raise);
}

void
hub_store_forget(struct hub_store *s)
{
    s->has_to_forget = !db_forget(&s->db);
}

/* ---- reading ------------------------------------------------------------ */

int
hub_store_look(struct hub_store *s, sqlite3_stmt *statement)
{
    struct problem why;
    s->db.code = SQLITE_OK;
    if (db_step(&s->db, statement))
        return 1;
    if (s->db.code == SQLITE_OK)
        return 0;
    hub_store_complain(s, &why);
    return -1;
}

void
hub_store_done(sqlite3_stmt *statement)
{
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

int
hub_store_has(struct hub_store *s, sqlite3_stmt *statement)
{
    int found = hub_store_look(s, statement);
    hub_store_done(statement);
    return found;
}

const char *
hub_store_take_text(sqlite3_stmt *row, int column, struct arena *a)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    int len = sqlite3_column_bytes(row, column);
    return arena_copy(a, text ? (const char *) text : "",
                      text ? (size_t) len : 0);
}

int
hub_store_list(struct hub_store *s, sqlite3_stmt *statement, struct arena *a,
               size_t size,
               void (*take)(sqlite3_stmt *, struct arena *, void *), void *out)
{
    char *elements = NULL;
    int count = 0, room = 0;
    struct problem why;
    s->db.code = SQLITE_OK;
    while (db_step(&s->db, statement)) {
        if (!elements) {
            room = sqlite3_column_int(statement, 0);
            elements = arena_array(a, (size_t) room, size);
        }
        if (count < room)
            take(statement, a, elements + (size_t) count++ * size);
    }
    if (s->db.code != SQLITE_OK) {
        hub_store_complain(s, &why);
        return -1;
    }
    memcpy(out, &elements, sizeof elements); // any kind of pointer
    return count;
}

bool
hub_store_is_id(const char *id)
{
    for (int i = 0; i < HUB_ID_BYTES - 1; i++) {
        bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (id[i] == '\0' || !strchr(is_dash ? "-" : "0123456789abcdef", id[i]))
            return false;
    }
    return id[HUB_ID_BYTES - 1] == '\0';
}

int64_t
hub_store_change_number(struct hub_store *s)
{
    sqlite3_stmt *row = s->statements[READ_CHANGE];
    int64_t number = 0;
    if (hub_store_look(s, row) == 1)
        number = sqlite3_column_int64(row, 0);
    hub_store_done(row);
    return number;
}

int
hub_store_writes(const struct hub_store *s)
{
    return sqlite3_total_changes(s->db.handle);
}

bool
hub_store_concerns(const struct hub_store *s, const char *school, int64_t since,
                   int64_t now)
{
    uint64_t hash = school ? hash_string(school) : 0; // of no school
    if (now < since || now - since > HUB_CHANGES_KNOWN)
        return true;
    for (int64_t number = since + 1; number <= now; number++) {
        const struct hub_change *c = &s->changes[number % HUB_CHANGES_KNOWN];
        if (c->number != number || c->school == hash)
            return true;
    }
    return false;
}

/* ---- growing old -------------------------------------------------------- */

/* In that order: reactions go with the post-its that are still there. How many
   post-its went, -1 on failure. */
static int
delete_old(struct hub_store *s, int64_t now_s)
{
    struct db *db = &s->db;
    if (!db_run(db, hub_store_numbered(s, DELETE_EXPIRED_REACTIONS, now_s)) ||
        !db_run(db, hub_store_numbered(s, DELETE_EXPIRED_POSTITS, now_s)))
        return -1;
    int gone = hub_store_changed(s);
    if (gone && !hub_store_raise(s))
        return -1;
    const struct {
        enum hub_statement which;
        int64_t before_s;
    } rest[] = {
        {DELETE_OLD_TOMBSTONES, now_s - HUB_TOMBSTONE_KEPT_S},
        {DELETE_LONE_REACTIONS, now_s - HUB_REACTION_KEPT_S},
        {DELETE_OLD_PAIRINGS, now_s},
        {DELETE_OLD_INVITATIONS, now_s},
    };
    for (size_t i = 0; i < sizeof rest / sizeof rest[0]; i++)
        if (!db_run(db, hub_store_numbered(s, rest[i].which, rest[i].before_s)))
            return -1;
    sqlite3_stmt *sessions =
        hub_store_numbered(s, DELETE_OLD_SESSIONS, now_s - HUB_SESSION_IDLE_S);
    sqlite3_bind_int64(sessions, 2, now_s - HUB_SESSION_S);
    return db_run(db, sessions) ? gone : -1;
}

int
hub_store_expire(struct hub_store *s, int64_t now_s)
{
    struct problem why;
    hub_store_note_seen(s);
    if (!hub_store_begin(s)) {
        hub_store_complain(s, &why);
        return -1;
    }
    int before = sqlite3_total_changes(s->db.handle);
    int gone = delete_old(s, now_s);
    if (!hub_store_end(s, gone >= 0, &why))
        return -1;
    if (sqlite3_total_changes(s->db.handle) != before || s->has_to_forget)
        hub_store_forget(s);
    s->has_complained = false;
    return gone;
}

/* ---- deeds and small values --------------------------------------------- */

bool
hub_store_audit(struct hub_store *s, const char *person, const char *what,
                const char *id, int64_t now_s)
{
    struct problem why;
    sqlite3_stmt *insert = hub_store_numbered(s, INSERT_DEED, now_s);
    hub_store_bind_text(insert, 2, person);
    hub_store_bind_text(insert, 3, what);
    hub_store_bind_text(insert, 4, id);
    return hub_store_run(s, insert, &why);
}

static void
take_deed(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_deed *d = out;
    d->done_s = sqlite3_column_int64(row, 1);
    d->person = hub_store_take_text(row, 2, a);
    d->what = hub_store_take_text(row, 3, a);
    d->id = hub_store_take_text(row, 4, a);
}

int
hub_store_deeds(struct hub_store *s, struct arena *a, int most,
                const struct hub_deed **out)
{
    return hub_store_list(s, hub_store_numbered(s, LIST_DEEDS, most), a,
                          sizeof **out, take_deed, out);
}

bool
hub_store_set(struct hub_store *s, const char *name, const char *value,
              struct problem *why)
{
    bool is_removed = !value || !value[0];
    sqlite3_stmt *statement =
        hub_store_about(s, is_removed ? DELETE_VALUE : SET_VALUE, name);
    if (!is_removed)
        hub_store_bind_text(statement, 2, value);
    if (!hub_store_run(s, statement, why))
        return false;
    hub_store_forget(s); // the value before may have been a secret
    return true;
}

const char *
hub_store_get(struct hub_store *s, struct arena *a, const char *name)
{
    const char *value = "";
    sqlite3_stmt *row = hub_store_about(s, GET_VALUE, name);
    if (hub_store_look(s, row) == 1)
        value = hub_store_take_text(row, 0, a);
    hub_store_done(row);
    return value;
}
