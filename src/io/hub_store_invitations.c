#include "io/hub_store.h"

#include "io/db.h"
#include "io/hub_store_part.h"

#define USED_UP                                                                \
    "This address is used up: it was used, withdrawn, or is older than three " \
    "days. Ask a coordinator for a new one"

static void
take_invitation(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_invitation *i = out;
    i->number = sqlite3_column_int64(row, 1);
    i->name = hub_store_take_text(row, 2, a);
    i->person = sqlite3_column_int64(row, 3);
    i->is_coordinator = sqlite3_column_int(row, 4);
    i->ends_codes = sqlite3_column_int(row, 5);
    i->until_s = sqlite3_column_int64(row, 6);
}

bool
hub_store_invite(struct hub_store *s, const unsigned char hash[HUB_HASH_BYTES],
                 const struct hub_invitation *i, int64_t now_s,
                 struct problem *why)
{
    if (!i->name || !i->name[0])
        return hub_store_decline(why, "Somebody who signs in needs a name");
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok =
        db_run(&s->db, hub_store_numbered(s, DELETE_OLD_INVITATIONS, now_s)) &&
        (!i->person ||
         db_run(&s->db, hub_store_about(s, DELETE_INVITATION_OF, i->name)));
    sqlite3_stmt *insert = hub_store_hashed(s, INSERT_INVITATION, hash);
    hub_store_bind_text(insert, 2, i->name);
    sqlite3_bind_int64(insert, 3, i->person);
    sqlite3_bind_int(insert, 4, i->is_coordinator);
    sqlite3_bind_int(insert, 5, i->ends_codes);
    sqlite3_bind_int64(insert, 6, i->made_by);
    sqlite3_bind_int64(insert, 7, now_s + HUB_INVITATION_S);
    ok = ok && db_run(&s->db, insert);
    if (ok && hub_store_changed(s) == 0) {
        db_end(&s->db, false);
        return hub_store_decline(
            why, i->person ? "Nobody signs in with this name any more"
                           : "Somebody signs in with this name already, or is "
                             "invited. Please choose another, or withdraw that "
                             "invitation first");
    }
    return hub_store_end(s, ok, why);
}

bool
hub_store_invitation(struct hub_store *s,
                     const unsigned char hash[HUB_HASH_BYTES], int64_t now_s,
                     struct arena *a, struct hub_invitation *out)
{
    sqlite3_stmt *row = hub_store_hashed(s, FIND_INVITATION, hash);
    sqlite3_bind_int64(row, 2, now_s);
    bool is_there = hub_store_look(s, row) == 1;
    if (is_there)
        take_invitation(row, a, out);
    hub_store_done(row);
    return is_there;
}

int
hub_store_invitations(struct hub_store *s, struct arena *a, int64_t now_s,
                      const struct hub_invitation **out)
{
    return hub_store_list(s, hub_store_numbered(s, LIST_INVITATIONS, now_s), a,
                          sizeof **out, take_invitation, out);
}

bool
hub_store_withdraw(struct hub_store *s, int64_t number, struct problem *why)
{
    return hub_store_run(s, hub_store_numbered(s, DELETE_INVITATION, number),
                         why);
}

/* ---- using it ----------------------------------------------------------- */

static bool
add_new(struct hub_store *s, const struct hub_invitation *i,
        const char *password, int64_t now_s, int64_t *number)
{
    const struct hub_person p = {.name = i->name,
                                 .password = password,
                                 .is_coordinator = i->is_coordinator};
    if (!db_run(&s->db, hub_store_insert_person(s, &p, now_s)))
        return false;
    *number =
        hub_store_changed(s) ? sqlite3_last_insert_rowid(s->db.handle) : 0;
    return true;
}

static bool
give_password(struct hub_store *s, const struct hub_invitation *i,
              struct arena *a, const char *password, int64_t *number)
{
    struct hub_person p;
    *number = 0;
    if (!hub_store_person_numbered(s, a, i->person, &p))
        return true;
    *number = p.number;
    p.password = password;
    if (i->ends_codes)
        p.totp = "";
    // Whoever had the old password may have made themselves a way back.
    return db_run(&s->db,
                  hub_store_numbered(s, DELETE_INVITATIONS_BY, p.number)) &&
           hub_store_write_person(s, &p, NULL);
}

/* *number 0: there is nothing to accept. False: it cannot be written. */
static bool
accept_it(struct hub_store *s, const unsigned char hash[HUB_HASH_BYTES],
          struct arena *a, const char *password, int64_t now_s, int64_t *number)
{
    struct hub_invitation i;
    *number = 0;
    if (!hub_store_invitation(s, hash, now_s, a, &i))
        return true;
    if (!db_run(&s->db, hub_store_numbered(s, DELETE_INVITATION, i.number)))
        return false;
    return i.person ? give_password(s, &i, a, password, number)
                    : add_new(s, &i, password, now_s, number);
}

bool
hub_store_accept(struct hub_store *s, const unsigned char hash[HUB_HASH_BYTES],
                 const char *password, int64_t now_s, int64_t *number,
                 struct problem *why)
{
    struct arena arena = {0};
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = accept_it(s, hash, &arena, password, now_s, number);
    arena_destroy(&arena);
    if (ok && *number == 0) {
        db_end(&s->db, false);
        return hub_store_decline(why, USED_UP);
    }
    if (!hub_store_end(s, ok, why))
        return false;
    hub_store_forget(s); // the password before
    return true;
}
