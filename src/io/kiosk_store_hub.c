#include "io/db.h"
#include "io/kiosk_store.h"
#include "io/kiosk_store_part.h"

enum { TOLD_OF_TOUCH = 1, TOLD_OF_UNDOING = 2 }; // touch.told

bool
kiosk_store_refused(struct kiosk_store *s, const char *id, struct problem *why)
{
    return kiosk_store_update(s, kiosk_store_about(s, SET_REFUSED, id), why);
}

bool
kiosk_store_taken_down(struct kiosk_store *s, const char *id,
                       struct problem *why)
{
    if (!db_run(&s->db, s->statements[BEGIN_WRITING]))
        return kiosk_store_complain(s, why);
    bool ok = db_run(&s->db, kiosk_store_about(s, DELETE_REACTION, id)) &&
              db_run(&s->db, kiosk_store_about(s, DELETE_POSTIT, id));
    if (!db_end(&s->db, ok))
        return kiosk_store_complain(s, why);
    db_forget(&s->db);
    return true;
}

bool
kiosk_store_forget_sent(struct kiosk_store *s, struct problem *why)
{
    if (!db_run(&s->db, s->statements[BEGIN_WRITING]))
        return kiosk_store_complain(s, why);
    bool ok =
        db_run(&s->db, s->statements[DELETE_SENT_POSTITS]) &&
        db_run(&s->db, kiosk_store_as_of(s, DELETE_LONE_REACTIONS, INT64_MAX));
    if (!db_end(&s->db, ok))
        return kiosk_store_complain(s, why);
    db_forget(&s->db);
    return true;
}

bool
kiosk_store_touch_told(struct kiosk_store *s, const struct reaction_touch *t,
                       struct problem *why)
{
    sqlite3_stmt *statement = kiosk_store_about(s, TELL_TOUCH, t->id);
    sqlite3_bind_int(statement, 2,
                     t->is_undone ? TOLD_OF_UNDOING : TOLD_OF_TOUCH);
    return kiosk_store_update(s, statement, why);
}

bool
kiosk_store_seen(struct kiosk_store *s, const char *id, enum postit_state state,
                 struct problem *why)
{
    sqlite3_stmt *statement = kiosk_store_about(s, SET_SEEN, id);
    sqlite3_bind_int(statement, 2, (int) state);
    return kiosk_store_update(s, statement, why);
}

bool
kiosk_store_missed(struct kiosk_store *s, const char *id, struct problem *why)
{
    return kiosk_store_update(s, kiosk_store_about(s, SET_MISSED, id), why);
}

int
kiosk_store_feed_counts(struct kiosk_store *s)
{
    struct problem why;
    if (!db_run(&s->db, s->statements[BEGIN_WRITING])) {
        kiosk_store_complain(s, &why);
        return -1;
    }
    int before = sqlite3_total_changes(s->db.handle);
    bool ok = db_run(&s->db, s->statements[COUNT_TOUCHES]) &&
              db_run(&s->db, s->statements[DELETE_UNDONE_TOUCHES]);
    int changes = sqlite3_total_changes(s->db.handle) - before;
    if (!db_end(&s->db, ok)) {
        kiosk_store_complain(s, &why);
        return -1;
    }
    return changes;
}
