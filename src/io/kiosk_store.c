#include "io/kiosk_store.h"

#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/uuid.h"
#include "io/db.h"
#include "io/db_aside.h"
#include "io/kiosk_store_part.h"

#define ASIDE_KEPT_S (14 * 86400)

sqlite3_stmt *
kiosk_store_about(struct kiosk_store *s, enum statement which, const char *id)
{
    sqlite3_stmt *statement = s->statements[which];
    sqlite3_bind_text(statement, 1, id, -1, SQLITE_STATIC);
    return statement;
}

sqlite3_stmt *
kiosk_store_as_of(struct kiosk_store *s, enum statement which, int64_t time_s)
{
    sqlite3_stmt *statement = s->statements[which];
    sqlite3_bind_int64(statement, 1, time_s);
    return statement;
}

static bool
has(struct kiosk_store *s, enum statement which, const char *id)
{
    return db_has_row(&s->db, kiosk_store_about(s, which, id));
}

bool
kiosk_store_complain(struct kiosk_store *s, struct problem *why)
{
    if (!s->has_complained)
        log_error("%s: %s: %s (%d)", s->path, db_reason(&s->db), s->db.words,
                  s->db.code);
    s->has_complained = true;
    problem_set(why, 0, 0,
                "Can't keep post-its just now: %s. Please tell whoever looks "
                "after this screen",
                db_reason(&s->db));
    return false;
}

bool
kiosk_store_decline(struct problem *why, const char *sentence)
{
    problem_set(why, 0, 0, "%s", sentence);
    return false;
}

bool
kiosk_store_can_write(struct kiosk_store *s, struct problem *why)
{
    if (!db_can_write(&s->db, s->statements[PROBE]))
        return kiosk_store_complain(s, why);
    // Not after any write: on a disk that is nearly full small ones succeed
    // and large ones fail, and the log is not to hear of each.
    if (s->has_complained)
        log_info("%s: can be written again", s->path);
    s->has_complained = false;
    return true;
}

static bool
is_postit(const struct postit *p)
{
    return uuid_is(p->id, strnlen(p->id, POSTIT_ID_BYTES)) &&
           p->sort <= SORT_DELIGHT && p->colour <= COLOUR_BLUE &&
           p->state <= POSTIT_SHARED && p->expires_s > p->made_s;
}

/* Parameters 1 to 6: what a person chose. */
static sqlite3_stmt *
bind_words(struct kiosk_store *s, enum statement which, const struct postit *p)
{
    const char *author = p->author ? p->author : "";
    const char *answers = p->answers ? p->answers : "";
    sqlite3_stmt *statement = kiosk_store_about(s, which, p->id);
    sqlite3_bind_int(statement, 2, (int) p->sort);
    sqlite3_bind_int(statement, 3, (int) p->colour);
    sqlite3_bind_text(statement, 4, p->text, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 5, author, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 6, answers, -1, SQLITE_STATIC);
    return statement;
}

bool
kiosk_store_post(struct kiosk_store *s, const struct postit *p,
                 struct problem *why)
{
    if (!p->text || !p->text[0])
        return kiosk_store_decline(why, "A post-it needs a few words first");
    if (!is_postit(p))
        return kiosk_store_decline(
            why, "This post-it cannot be put up. Please write it "
                 "again");
    sqlite3_stmt *insert = bind_words(s, INSERT_POSTIT, p);
    sqlite3_bind_int64(insert, 7, p->made_s);
    sqlite3_bind_int64(insert, 8, p->expires_s);
    sqlite3_bind_int(insert, 9, p->is_time_unsure);
    sqlite3_bind_int(insert, 10, (int) p->state);
    if (!db_is_in_place(&s->db) || !db_run(&s->db, insert))
        return kiosk_store_complain(s, why);
    if (sqlite3_changes(s->db.handle) == 1 ||
        db_has_row(&s->db, bind_words(s, IS_SAME_POSTIT, p)))
        return true;
    return kiosk_store_decline(
        why, has(s, IS_TOMBSTONE, p->id)
                 ? "This post-it was taken back"
                 : "Another post-it is up in this one's place. "
                   "Please post it again");
}

static bool
delete_young(struct kiosk_store *s, const char *id, int64_t now_s)
{
    sqlite3_stmt *statement = kiosk_store_about(s, DELETE_YOUNG_POSTIT, id);
    sqlite3_bind_int64(statement, 2, now_s);
    sqlite3_bind_int64(statement, 3, POSTIT_TAKE_BACK_S);
    return db_run(&s->db, statement);
}

static bool
bury(struct kiosk_store *s, const char *id, int64_t now_s)
{
    sqlite3_stmt *statement = kiosk_store_about(s, INSERT_TOMBSTONE, id);
    sqlite3_bind_int64(statement, 2, now_s);
    return db_run(&s->db, statement) &&
           db_run(&s->db, kiosk_store_about(s, DELETE_REACTION, id));
}

bool
kiosk_store_take_back(struct kiosk_store *s, const char *id, int64_t now_s,
                      struct problem *why)
{
    if (!db_run(&s->db, s->statements[BEGIN_WRITING]))
        return kiosk_store_complain(s, why);
    bool ok = delete_young(s, id, now_s);
    bool was_there = ok && sqlite3_changes(s->db.handle) == 1;
    ok = ok && (!was_there || bury(s, id, now_s));
    if (!db_end(&s->db, ok))
        return kiosk_store_complain(s, why);
    if (was_there)
        db_forget(&s->db);
    if (was_there || has(s, IS_TOMBSTONE, id))
        return true;
    return kiosk_store_decline(
        why, has(s, IS_POSTIT, id)
                 ? "A post-it can be taken back for one minute. "
                   "You can still turn it face-down"
                 : "This post-it is no longer here");
}

/* What is counted here: how often, or whether it lies on its face. */
static bool
count(struct kiosk_store *s, enum statement which, const char *target,
      int value, int64_t now_s)
{
    sqlite3_stmt *statement = kiosk_store_about(s, which, target);
    sqlite3_bind_int(statement, 2, value);
    sqlite3_bind_int64(statement, 3, now_s);
    return db_run(&s->db, statement);
}

/* What the hub will hear of: that touch, or that the last one was undone. */
static bool
note(struct kiosk_store *s, const char *target, enum reaction_kind kind,
     const char *id, bool is_undone)
{
    sqlite3_stmt *statement =
        kiosk_store_about(s, is_undone ? UNDO_TOUCH : INSERT_TOUCH, target);
    sqlite3_bind_int(statement, 2, (int) kind);
    if (!is_undone)
        sqlite3_bind_text(statement, 3, id, -1, SQLITE_STATIC);
    return db_run(&s->db, statement);
}

static bool
touch(struct kiosk_store *s, const char *target, enum reaction_kind kind,
      int value, int64_t now_s, struct problem *why)
{
    static const enum statement counts[] = {
        [REACTION_THANKS] = ADD_THANKS,
        [REACTION_TRYING] = ADD_TRYING,
        [REACTION_FACE_DOWN] = TURN_OVER,
    };
    char id[POSTIT_ID_BYTES];
    if (!uuid_new(id))
        return kiosk_store_decline(why, "This could not be kept just now. "
                                        "Please try again");
    if (!db_run(&s->db, s->statements[BEGIN_WRITING]))
        return kiosk_store_complain(s, why);
    bool ok = count(s, counts[kind], target, value, now_s) &&
              note(s, target, kind, id, value <= 0);
    return db_end(&s->db, ok) || kiosk_store_complain(s, why);
}

bool
kiosk_store_react(struct kiosk_store *s, const char *target,
                  enum reaction_kind kind, int step, int64_t now_s,
                  struct problem *why)
{
    return touch(s, target, kind, step, now_s, why);
}

bool
kiosk_store_turn_over(struct kiosk_store *s, const char *target,
                      bool is_face_down, int64_t now_s, struct problem *why)
{
    return touch(s, target, REACTION_FACE_DOWN, is_face_down, now_s, why);
}

bool
kiosk_store_update(struct kiosk_store *s, sqlite3_stmt *statement,
                   struct problem *why)
{
    if (!db_run(&s->db, statement))
        return kiosk_store_complain(s, why);
    return sqlite3_changes(s->db.handle) == 1 ||
           kiosk_store_decline(why, "This post-it is no longer here");
}

bool
kiosk_store_sent(struct kiosk_store *s, const char *id, enum postit_state state,
                 struct problem *why)
{
    if (state > POSTIT_SHARED)
        return kiosk_store_decline(why, "There is no such state");
    sqlite3_stmt *statement = kiosk_store_about(s, SET_STATE, id);
    sqlite3_bind_int(statement, 2, (int) state);
    return kiosk_store_update(s, statement, why);
}

bool
kiosk_store_told(struct kiosk_store *s, const char *id, struct problem *why)
{
    return kiosk_store_update(s, kiosk_store_about(s, TELL_TOMBSTONE, id), why);
}

int
kiosk_store_expire(struct kiosk_store *s, int64_t now_s)
{
    struct problem why;
    struct db *db = &s->db;
    int64_t long_ago_s = now_s - TOMBSTONE_KEPT_S;
    db_sweep_aside(s->path, now_s - ASIDE_KEPT_S);
    if (!db_run(db, s->statements[BEGIN_WRITING])) {
        kiosk_store_complain(s, &why);
        return 0;
    }
    int before = sqlite3_total_changes(db->handle);
    bool ok =
        db_run(db, kiosk_store_as_of(s, DELETE_EXPIRED_REACTIONS, now_s)) &&
        db_run(db, kiosk_store_as_of(s, DELETE_EXPIRED_POSTITS, now_s));
    int gone = ok ? sqlite3_changes(db->handle) : 0;
    ok = ok &&
         db_run(db, kiosk_store_as_of(s, DELETE_OLD_TOMBSTONES, long_ago_s)) &&
         db_run(db, kiosk_store_as_of(s, DELETE_LONE_REACTIONS, long_ago_s));
    if (!db_end(db, ok)) {
        kiosk_store_complain(s, &why);
        return 0;
    }
    if (sqlite3_total_changes(db->handle) != before)
        db_forget(db);
    return gone;
}

int
kiosk_store_settle_times(struct kiosk_store *s, int64_t now_s)
{
    struct problem why;
    if (db_run(&s->db, kiosk_store_as_of(s, SETTLE_TIMES, now_s)))
        return sqlite3_changes(s->db.handle);
    kiosk_store_complain(s, &why);
    return -1;
}
