#include "io/hub_store.h"

#include "io/db.h"
#include "io/hub_store_part.h"

#define NOBODY_ANY_MORE "Nobody signs in with this name any more"

/* Columns 1 to 8: what the statements call PERSON. */
static void
take_person(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_person *p = out;
    p->number = sqlite3_column_int64(row, 1);
    p->name = hub_store_take_text(row, 2, a);
    p->password = hub_store_take_text(row, 3, a);
    p->totp = hub_store_take_text(row, 4, a);
    p->totp_step = sqlite3_column_int64(row, 5);
    p->is_coordinator = sqlite3_column_int(row, 6);
    p->signed_in_s = sqlite3_column_int64(row, 7);
    p->recovery_left = sqlite3_column_int(row, 8);
}

bool
hub_store_read_person(struct hub_store *s, sqlite3_stmt *row, struct arena *a,
                      struct hub_person *out)
{
    bool is_there = hub_store_look(s, row) == 1;
    if (is_there)
        take_person(row, a, out);
    hub_store_done(row);
    return is_there;
}

sqlite3_stmt *
hub_store_insert_person(struct hub_store *s, const struct hub_person *p,
                        int64_t now_s)
{
    sqlite3_stmt *insert = hub_store_about(s, INSERT_PERSON, p->name);
    hub_store_bind_text(insert, 2, p->password);
    hub_store_bind_text(insert, 3, p->totp);
    sqlite3_bind_int64(insert, 4, p->totp_step);
    sqlite3_bind_int(insert, 5, p->is_coordinator);
    sqlite3_bind_int64(insert, 6, now_s);
    return insert;
}

bool
hub_store_add_person(struct hub_store *s, const struct hub_person *p,
                     int64_t now_s, struct problem *why)
{
    if (!p->name || !p->name[0])
        return hub_store_decline(why, "Somebody who signs in needs a name");
    if (!hub_store_run(s, hub_store_insert_person(s, p, now_s), why))
        return false;
    return hub_store_changed(s) == 1 ||
           hub_store_decline(why, "Somebody signs in with this name already. "
                                  "Please choose another");
}

bool
hub_store_person(struct hub_store *s, struct arena *a, const char *name,
                 struct hub_person *out)
{
    return hub_store_read_person(s, hub_store_about(s, FIND_PERSON, name), a,
                                 out);
}

bool
hub_store_person_numbered(struct hub_store *s, struct arena *a, int64_t number,
                          struct hub_person *out)
{
    return hub_store_read_person(s, hub_store_numbered(s, READ_PERSON, number),
                                 a, out);
}

int
hub_store_people(struct hub_store *s, struct arena *a,
                 const struct hub_person **out)
{
    return hub_store_list(s, s->statements[LIST_PEOPLE], a, sizeof **out,
                          take_person, out);
}

bool
hub_store_change_person(struct hub_store *s, const struct hub_person *p,
                        struct problem *why)
{
    sqlite3_stmt *change = hub_store_numbered(s, CHANGE_PERSON, p->number);
    hub_store_bind_text(change, 2, p->password);
    hub_store_bind_text(change, 3, p->totp);
    sqlite3_bind_int64(change, 4, p->totp_step);
    if (!hub_store_run(s, change, why))
        return false;
    return hub_store_changed(s) == 1 || hub_store_decline(why, NOBODY_ANY_MORE);
}

/* ---- changes after which nobody goes on as before ----------------------- */

/* All inside a transaction. */
static bool
leaves_no_coordinator(struct hub_store *s, int64_t number)
{
    return hub_store_has(
               s, hub_store_numbered(s, IS_LAST_COORDINATOR, number)) == 1;
}

static bool
end_sessions(struct hub_store *s, int64_t person, const unsigned char *kept)
{
    sqlite3_stmt *end = hub_store_numbered(s, DELETE_OTHER_SESSIONS, person);
    if (kept)
        hub_store_bind_hash(end, 2, kept);
    return db_run(&s->db, end);
}

static bool
delete_theirs(struct hub_store *s, enum hub_statement which, int64_t person)
{
    return db_run(&s->db, hub_store_numbered(s, which, person));
}

bool
hub_store_write_person(struct hub_store *s, const struct hub_person *p,
                       const unsigned char *kept)
{
    bool has_codes = p->totp && *p->totp;
    sqlite3_stmt *renew = hub_store_numbered(s, RENEW_PERSON, p->number);
    hub_store_bind_text(renew, 2, p->password);
    hub_store_bind_text(renew, 3, p->totp);
    sqlite3_bind_int64(renew, 4, p->totp_step);
    sqlite3_bind_int(renew, 5, p->is_coordinator);
    return db_run(&s->db, renew) &&
           (has_codes || delete_theirs(s, DELETE_RECOVERY, p->number)) &&
           (p->is_coordinator ||
            delete_theirs(s, DELETE_INVITATIONS_BY, p->number)) &&
           end_sessions(s, p->number, kept);
}

/* Begins the transaction of a change to p->number. False with a sentence, and
   then it is over again. */
static bool
begin_change(struct hub_store *s, int64_t number, bool stays_coordinator,
             struct problem *why)
{
    struct arena arena = {0};
    struct hub_person was;
    const char *sentence = NULL;
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    if (!hub_store_person_numbered(s, &arena, number, &was))
        sentence = NOBODY_ANY_MORE;
    else if (!stays_coordinator && leaves_no_coordinator(s, number))
        sentence = "There has to be one coordinator at least. Make somebody "
                   "else a coordinator first";
    arena_destroy(&arena);
    if (!sentence)
        return true;
    db_end(&s->db, false);
    return hub_store_decline(why, sentence);
}

/* What was replaced may have been a secret. */
static bool
end_change(struct hub_store *s, bool ok, struct problem *why)
{
    if (!hub_store_end(s, ok, why))
        return false;
    hub_store_forget(s);
    return true;
}

bool
hub_store_renew_person(struct hub_store *s, const struct hub_person *p,
                       const unsigned char *kept, struct problem *why)
{
    if (!begin_change(s, p->number, p->is_coordinator, why))
        return false;
    return end_change(s, hub_store_write_person(s, p, kept), why);
}

bool
hub_store_remove_person(struct hub_store *s, int64_t number,
                        struct problem *why)
{
    struct arena arena = {0};
    struct hub_person was;
    bool is_there = hub_store_person_numbered(s, &arena, number, &was);
    arena_destroy(&arena);
    if (!is_there)
        return true;
    if (!begin_change(s, number, false, why))
        return false;
    bool ok = db_run(&s->db, hub_store_numbered(s, DELETE_PERSON, number));
    return end_change(s, ok, why);
}

/* ---- codes for when the phone is lost ----------------------------------- */

bool
hub_store_set_recovery(
    struct hub_store *s, const struct hub_person *p,
    const unsigned char hashes[HUB_RECOVERY_CODES][HUB_HASH_BYTES],
    const unsigned char *kept, struct problem *why)
{
    if (!begin_change(s, p->number, p->is_coordinator, why))
        return false;
    bool ok = hub_store_write_person(s, p, kept) &&
              db_run(&s->db, hub_store_numbered(s, DELETE_RECOVERY, p->number));
    for (int i = 0; ok && i < HUB_RECOVERY_CODES; i++) {
        sqlite3_stmt *insert =
            hub_store_numbered(s, INSERT_RECOVERY, p->number);
        hub_store_bind_hash(insert, 2, hashes[i]);
        ok = db_run(&s->db, insert);
    }
    return end_change(s, ok, why);
}

bool
hub_store_use_recovery(struct hub_store *s, int64_t person,
                       const unsigned char hash[HUB_HASH_BYTES])
{
    struct problem why;
    sqlite3_stmt *use = hub_store_numbered(s, USE_RECOVERY, person);
    hub_store_bind_hash(use, 2, hash);
    return hub_store_run(s, use, &why) && hub_store_changed(s) == 1;
}
