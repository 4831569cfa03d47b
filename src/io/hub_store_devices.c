#include "io/hub_store.h"

#include <stdio.h>
#include <string.h>

#include "io/db.h"
#include "io/hub_store_part.h"

#define NOTE_SEEN_S 60

/* Columns 1 to 13: what the statements call DEVICE. */
static void
take_device(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_device *d = out;
    d->number = sqlite3_column_int64(row, 1);
    d->name = hub_store_take_text(row, 2, a);
    d->school = hub_store_take_text(row, 3, a);
    d->paired_s = sqlite3_column_int64(row, 4);
    d->seen_s = sqlite3_column_int64(row, 5);
    d->is_revoked = sqlite3_column_int(row, 6);
    d->revision = sqlite3_column_int64(row, 7);
    d->shown_since_s = sqlite3_column_int64(row, 8);
    d->version = hub_store_take_text(row, 9, a);
    d->size = hub_store_take_text(row, 10, a);
    d->clock = hub_store_take_text(row, 11, a);
    d->unsent = sqlite3_column_int(row, 12);
    d->disk_free_mb = sqlite3_column_int64(row, 13);
}

static bool
read_device(struct hub_store *s, sqlite3_stmt *row, struct arena *a,
            struct hub_device *out)
{
    bool is_there = hub_store_look(s, row) == 1;
    if (is_there)
        take_device(row, a, out);
    hub_store_done(row);
    return is_there;
}

/* ---- pairing ------------------------------------------------------------ */

/* Why nothing was inserted. */
static bool
decline_pairing(struct hub_store *s, int64_t now_s, struct problem *why)
{
    sqlite3_stmt *full = hub_store_numbered(s, IS_PAIRING_FULL, now_s);
    sqlite3_bind_int(full, 2, HUB_PAIRINGS_MOST);
    return hub_store_decline(
        why, hub_store_has(s, full) == 1
                 ? "Too many screens are asking for a code just now. Please "
                   "try again in ten minutes"
                 : "Another screen has this code just now. Please try again");
}

bool
hub_store_begin_pairing(struct hub_store *s, const char *code,
                        const unsigned char secret_hash[HUB_HASH_BYTES],
                        int64_t now_s, struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = db_run(
        &s->db, hub_store_hashed(s, DELETE_PAIRINGS_OF_SECRET, secret_hash));
    sqlite3_stmt *insert = hub_store_about(s, INSERT_PAIRING, code);
    hub_store_bind_hash(insert, 2, secret_hash);
    sqlite3_bind_int64(insert, 3, now_s);
    sqlite3_bind_int64(insert, 4, now_s + HUB_PAIRING_S);
    sqlite3_bind_int(insert, 5, HUB_PAIRINGS_MOST);
    ok = ok && db_run(&s->db, insert);
    if (ok && hub_store_changed(s) == 0) {
        db_end(&s->db, false); // the letters it has are better than none
        return decline_pairing(s, now_s, why);
    }
    return hub_store_end(s, ok, why);
}

static bool
insert_device(struct hub_store *s, const char *name, const char *school,
              int64_t now_s)
{
    sqlite3_stmt *insert = hub_store_about(s, INSERT_DEVICE, name);
    hub_store_bind_text(insert, 2, school);
    sqlite3_bind_int64(insert, 3, now_s);
    return db_run(&s->db, insert);
}

bool
hub_store_accept_pairing(struct hub_store *s, const char *code,
                         const char *name, const char *school, int64_t now_s,
                         struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = insert_device(s, name, school, now_s);
    sqlite3_stmt *accept = hub_store_about(s, ACCEPT_PAIRING, code);
    sqlite3_bind_int64(accept, 2, now_s);
    sqlite3_bind_int64(accept, 3, now_s + HUB_PAIRING_S);
    sqlite3_bind_int64(accept, 4, sqlite3_last_insert_rowid(s->db.handle));
    ok = ok && db_run(&s->db, accept);
    if (ok && hub_store_changed(s) == 0) {
        db_end(&s->db, false); // nor the device
        return hub_store_decline(why, "No screen is waiting with this code. "
                                      "Look at the screen again: a code is "
                                      "good for ten minutes, and once");
    }
    return hub_store_end(s, ok, why);
}

static bool
give_token(struct hub_store *s, int64_t device,
           const unsigned char token_hash[HUB_HASH_BYTES])
{
    struct problem why;
    sqlite3_stmt *give = hub_store_numbered(s, GIVE_TOKEN, device);
    hub_store_bind_hash(give, 2, token_hash);
    return hub_store_run(s, give, &why) && hub_store_changed(s) == 1;
}

enum hub_pairing
hub_store_end_pairing(struct hub_store *s, const char *code,
                      const unsigned char secret_hash[HUB_HASH_BYTES],
                      const unsigned char token_hash[HUB_HASH_BYTES],
                      int64_t now_s, struct arena *a, struct hub_device *out)
{
    sqlite3_stmt *row = hub_store_about(s, FIND_PAIRING, code);
    hub_store_bind_hash(row, 2, secret_hash);
    sqlite3_bind_int64(row, 3, now_s);
    int found = hub_store_look(s, row);
    int64_t device = found == 1 ? sqlite3_column_int64(row, 0) : 0;
    hub_store_done(row);
    if (found == 0)
        return HUB_PAIRING_NONE;
    // What cannot be read or written now may be when the kiosk asks again.
    bool is_given =
        device && give_token(s, device, token_hash) &&
        read_device(s, hub_store_numbered(s, READ_DEVICE, device), a, out);
    return is_given ? HUB_PAIRING_GIVEN : HUB_PAIRING_WAITING;
}

/* ---- when they were seen ------------------------------------------------ */

static struct hub_seen *
seen_place(struct hub_store *s, int64_t device)
{
    size_t at = (size_t) device % HUB_SEEN_PLACES;
    while (s->seen[at].device != 0 && s->seen[at].device != device)
        at = (at + 1) % HUB_SEEN_PLACES;
    return &s->seen[at];
}

static bool
write_seen(struct hub_store *s)
{
    bool ok = true;
    for (int i = 0; ok && i < HUB_SEEN_PLACES; i++) {
        if (s->seen[i].device == 0)
            continue;
        sqlite3_stmt *see =
            hub_store_numbered(s, SEE_DEVICE, s->seen[i].device);
        sqlite3_bind_int64(see, 2, s->seen[i].seen_s);
        ok = db_run(&s->db, see);
    }
    return ok;
}

/* On a full disk they are forgotten: they will be seen again. */
void
hub_store_note_seen(struct hub_store *s)
{
    struct problem why;
    if (s->seen_count == 0)
        return;
    if (!hub_store_begin(s))
        hub_store_complain(s, &why);
    else
        (void) hub_store_end(s, write_seen(s), &why);
    memset(s->seen, 0, sizeof s->seen);
    s->seen_count = 0;
}

/* One commit for each look of each screen would be more than all the rest. */
static void
note_seen(struct hub_store *s, int64_t device, int64_t now_s)
{
    if (s->seen_count == HUB_SEEN_MOST)
        hub_store_note_seen(s);
    struct hub_seen *place = seen_place(s, device);
    s->seen_count += place->device == 0;
    *place = (struct hub_seen){device, now_s};
}

/* ---- devices ------------------------------------------------------------ */

bool
hub_store_device(struct hub_store *s,
                 const unsigned char token_hash[HUB_HASH_BYTES], int64_t now_s,
                 struct arena *a, struct hub_device *out)
{
    if (!read_device(s, hub_store_hashed(s, FIND_DEVICE, token_hash), a, out))
        return false;
    const struct hub_seen *place = seen_place(s, out->number);
    if (place->device)
        out->seen_s = place->seen_s;
    // Either way: the clock may have been put back.
    if (now_s < out->seen_s || now_s >= out->seen_s + NOTE_SEEN_S) {
        note_seen(s, out->number, now_s);
        out->seen_s = now_s;
    }
    return true;
}

bool
hub_store_status(struct hub_store *s, const struct hub_device *said,
                 int64_t now_s, struct problem *why)
{
    sqlite3_stmt *set = hub_store_numbered(s, SET_STATUS, said->number);
    sqlite3_bind_int64(set, 2, said->revision);
    sqlite3_bind_int64(set, 3, said->shown_since_s);
    hub_store_bind_text(set, 4, said->version);
    hub_store_bind_text(set, 5, said->size);
    hub_store_bind_text(set, 6, said->clock);
    sqlite3_bind_int(set, 7, said->unsent);
    sqlite3_bind_int64(set, 8, said->disk_free_mb);
    if (!hub_store_run(s, set, why))
        return false;
    if (hub_store_changed(s) == 0)
        return hub_store_decline(why, "This screen is not paired with the hub "
                                      "any more");
    note_seen(s, said->number, now_s);
    return true;
}

int
hub_store_devices(struct hub_store *s, struct arena *a,
                  const struct hub_device **out)
{
    hub_store_note_seen(s);
    return hub_store_list(s, s->statements[LIST_DEVICES], a, sizeof **out,
                          take_device, out);
}

/* With its pairing: that would give it a new token. */
static bool
shut_out(struct hub_store *s, int64_t device, const char *person, int64_t now_s)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long) device);
    if (!db_run(&s->db, hub_store_numbered(s, REVOKE_DEVICE, device)))
        return false;
    if (hub_store_changed(s) == 0)
        return true;
    return db_run(&s->db,
                  hub_store_numbered(s, DELETE_PAIRING_OF_DEVICE, device)) &&
           hub_store_audit(s, person, "revoked a screen", number, now_s);
}

bool
hub_store_revoke(struct hub_store *s, int64_t device, const char *person,
                 int64_t now_s, struct problem *why)
{
    int is_there = hub_store_has(s, hub_store_numbered(s, IS_DEVICE, device));
    if (is_there == 0)
        return hub_store_decline(why, "There is no such screen");
    if (is_there < 0 || !hub_store_begin(s))
        return hub_store_complain(s, why);
    return hub_store_end(s, shut_out(s, device, person, now_s), why);
}

int
hub_store_was_revoked(struct hub_store *s,
                      const unsigned char token_hash[HUB_HASH_BYTES])
{
    return hub_store_has(s, hub_store_hashed(s, IS_REVOKED, token_hash));
}
