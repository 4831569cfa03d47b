#include "io/hub_store.h"

#include <string.h>

#include "io/db.h"
#include "io/hub_store_part.h"

#define NOTE_USE_S 60

/* Columns 1 to 6: what the statements call PERSON. */
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
}

static bool
read_person(struct hub_store *s, sqlite3_stmt *row, struct arena *a,
            struct hub_person *out)
{
    bool is_there = hub_store_look(s, row) == 1;
    if (is_there)
        take_person(row, a, out);
    hub_store_done(row);
    return is_there;
}

bool
hub_store_add_person(struct hub_store *s, const struct hub_person *p,
                     int64_t now_s, struct problem *why)
{
    if (!p->name || !p->name[0])
        return hub_store_decline(why, "Somebody who signs in needs a name");
    sqlite3_stmt *insert = hub_store_about(s, INSERT_PERSON, p->name);
    hub_store_bind_text(insert, 2, p->password);
    hub_store_bind_text(insert, 3, p->totp);
    sqlite3_bind_int64(insert, 4, p->totp_step);
    sqlite3_bind_int(insert, 5, p->is_coordinator);
    sqlite3_bind_int64(insert, 6, now_s);
    if (!hub_store_run(s, insert, why))
        return false;
    return hub_store_changed(s) == 1 ||
           hub_store_decline(why, "Somebody signs in with this name already. "
                                  "Please choose another");
}

bool
hub_store_person(struct hub_store *s, struct arena *a, const char *name,
                 struct hub_person *out)
{
    return read_person(s, hub_store_about(s, FIND_PERSON, name), a, out);
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
    return hub_store_changed(s) == 1 ||
           hub_store_decline(why, "Nobody signs in with this name any more");
}

bool
hub_store_remove_person(struct hub_store *s, int64_t number,
                        struct problem *why)
{
    if (!hub_store_run(s, hub_store_numbered(s, DELETE_PERSON, number), why))
        return false;
    if (hub_store_changed(s))
        hub_store_forget(s);
    return true;
}

/* ---- sessions ----------------------------------------------------------- */

bool
hub_store_begin_session(struct hub_store *s,
                        const unsigned char hash[HUB_HASH_BYTES],
                        const struct hub_session *session, struct problem *why)
{
    sqlite3_stmt *insert = hub_store_hashed(s, INSERT_SESSION, hash);
    sqlite3_bind_int64(insert, 2, session->person);
    sqlite3_bind_int64(insert, 3, session->begun_s);
    sqlite3_bind_int64(insert, 4, session->used_s);
    hub_store_bind_hash(insert, 5, session->form_key);
    if (!hub_store_run(s, insert, why))
        return false;
    return hub_store_changed(s) == 1 ||
           hub_store_decline(why, "Please sign in again");
}

static bool
read_session(struct hub_store *s, const unsigned char hash[HUB_HASH_BYTES],
             int64_t now_s, struct hub_session *out)
{
    sqlite3_stmt *row = hub_store_hashed(s, FIND_SESSION, hash);
    sqlite3_bind_int64(row, 2, now_s - HUB_SESSION_IDLE_S);
    sqlite3_bind_int64(row, 3, now_s - HUB_SESSION_S);
    bool is_there = hub_store_look(s, row) == 1;
    const void *key = is_there ? sqlite3_column_blob(row, 3) : NULL;
    is_there = key && sqlite3_column_bytes(row, 3) == HUB_HASH_BYTES;
    if (is_there) {
        out->person = sqlite3_column_int64(row, 0);
        out->begun_s = sqlite3_column_int64(row, 1);
        out->used_s = sqlite3_column_int64(row, 2);
        memcpy(out->form_key, key, HUB_HASH_BYTES);
    }
    hub_store_done(row);
    return is_there;
}

bool
hub_store_session(struct hub_store *s, const unsigned char hash[HUB_HASH_BYTES],
                  int64_t now_s, struct arena *a, struct hub_session *out,
                  struct hub_person *person)
{
    struct problem why;
    if (!read_session(s, hash, now_s, out) ||
        !read_person(s, hub_store_numbered(s, READ_PERSON, out->person), a,
                     person))
        return false;
    // On a full disk a session ends half an hour after the last note.
    if (now_s >= out->used_s + NOTE_USE_S) {
        sqlite3_stmt *use = hub_store_hashed(s, USE_SESSION, hash);
        sqlite3_bind_int64(use, 2, now_s);
        if (hub_store_run(s, use, &why))
            out->used_s = now_s;
    }
    return true;
}

bool
hub_store_end_session(struct hub_store *s,
                      const unsigned char hash[HUB_HASH_BYTES])
{
    struct problem why;
    return hub_store_run(s, hub_store_hashed(s, DELETE_SESSION, hash), &why);
}
