#include "io/hub_store.h"

#include <string.h>

#include "io/db.h"
#include "io/hub_store_part.h"

#define NOTE_USE_S 60

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
    hub_store_bind_text(insert, 6, session->browser);
    if (!hub_store_run(s, insert, why))
        return false;
    if (hub_store_changed(s) != 1)
        return hub_store_decline(why, "Please sign in again");
    sqlite3_stmt *note = hub_store_numbered(s, NOTE_SIGN_IN, session->person);
    sqlite3_bind_int64(note, 2, session->begun_s);
    (void) hub_store_run(s, note, why); // only for others to see
    return true;
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
        memcpy(out->hash, hash, HUB_HASH_BYTES);
        out->browser = "";
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
        !hub_store_person_numbered(s, a, out->person, person))
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

bool
hub_store_end_other_sessions(struct hub_store *s, int64_t person,
                             const unsigned char kept[HUB_HASH_BYTES],
                             struct problem *why)
{
    sqlite3_stmt *end = hub_store_numbered(s, DELETE_OTHER_SESSIONS, person);
    hub_store_bind_hash(end, 2, kept);
    return hub_store_run(s, end, why);
}

static void
take_session(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_session *session = out;
    const void *hash = sqlite3_column_blob(row, 1);
    if (hash && sqlite3_column_bytes(row, 1) == HUB_HASH_BYTES)
        memcpy(session->hash, hash, HUB_HASH_BYTES);
    session->begun_s = sqlite3_column_int64(row, 2);
    session->used_s = sqlite3_column_int64(row, 3);
    session->browser = hub_store_take_text(row, 4, a);
}

int
hub_store_sessions(struct hub_store *s, struct arena *a, int64_t person,
                   int64_t now_s, const struct hub_session **out)
{
    sqlite3_stmt *list = hub_store_numbered(s, LIST_SESSIONS, person);
    sqlite3_bind_int64(list, 2, now_s - HUB_SESSION_IDLE_S);
    sqlite3_bind_int64(list, 3, now_s - HUB_SESSION_S);
    return hub_store_list(s, list, a, sizeof **out, take_session, out);
}
