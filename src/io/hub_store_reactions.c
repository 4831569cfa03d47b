#include "io/hub_store.h"

#include "io/db.h"
#include "io/hub_store_part.h"

/* What is under that id: NEW when nothing is. */
static enum hub_put
compare(struct hub_store *s, const char *target, const char *id)
{
    int is_there = hub_store_has(s, hub_store_about(s, IS_REACTION, id));
    if (is_there)
        return is_there > 0 ? HUB_PUT_SAME : HUB_PUT_FAILED;
    int is_gone = hub_store_has(s, hub_store_about(s, IS_TOMBSTONE, target));
    if (is_gone)
        return is_gone > 0 ? HUB_PUT_GONE : HUB_PUT_FAILED;
    return HUB_PUT_NEW;
}

static bool
insert(struct hub_store *s, sqlite3_stmt *statement, struct problem *why)
{
    if (!hub_store_begin(s)) {
        hub_store_done(statement);
        return hub_store_complain(s, why);
    }
    bool ok = db_run(&s->db, statement);
    bool is_new = ok && hub_store_changed(s) == 1;
    ok = ok && (!is_new || hub_store_raise(s));
    hub_store_decline(why, "This screen is not paired with the hub any more");
    return hub_store_end(s, ok, why) && is_new;
}

enum hub_put
hub_store_put_reaction(struct hub_store *s, const char *target, const char *id,
                       enum hub_reaction kind, int64_t device, int64_t now_s,
                       struct problem *why)
{
    if (!hub_store_is_id(id) || !target[0] || kind > HUB_REACTION_FACE_DOWN) {
        hub_store_decline(why, "There is no such reaction");
        return HUB_PUT_FAILED;
    }
    enum hub_put found = compare(s, target, id);
    if (found == HUB_PUT_FAILED)
        hub_store_complain(s, why);
    if (found != HUB_PUT_NEW)
        return found;
    sqlite3_stmt *statement = hub_store_about(s, INSERT_REACTION, id);
    hub_store_bind_text(statement, 2, target);
    sqlite3_bind_int(statement, 3, (int) kind);
    sqlite3_bind_int64(statement, 4, device);
    sqlite3_bind_int64(statement, 5, now_s);
    if (insert(s, statement, why))
        return HUB_PUT_NEW;
    found = compare(s, target, id); // another process may have been quicker
    return found == HUB_PUT_NEW ? HUB_PUT_FAILED : found;
}

bool
hub_store_undo_reaction(struct hub_store *s, const char *id, int64_t device,
                        struct problem *why)
{
    sqlite3_stmt *statement = hub_store_about(s, DELETE_REACTION, id);
    sqlite3_bind_int64(statement, 2, device);
    if (!hub_store_begin(s)) {
        hub_store_done(statement);
        return hub_store_complain(s, why);
    }
    bool ok = db_run(&s->db, statement) &&
              (hub_store_changed(s) == 0 || hub_store_raise(s));
    return hub_store_end(s, ok, why);
}

bool
hub_store_reactions(struct hub_store *s, const char *target, int *thanks,
                    int *trying)
{
    sqlite3_stmt *row = hub_store_about(s, COUNT_REACTIONS, target);
    bool is_known = hub_store_look(s, row) == 1;
    if (is_known) {
        *thanks = sqlite3_column_int(row, 0);
        *trying = sqlite3_column_int(row, 1);
    }
    hub_store_done(row);
    return is_known;
}
