#ifndef IO_KIOSK_STORE_PART_H
#define IO_KIOSK_STORE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/problem.h"
#include "io/db.h"

/*
 * What the parts of the kiosk's store share, and nobody else: its statements
 * by name, and how a failure is told.
 */

#define KIOSK_STORE_PATH_BYTES 4096

enum statement {
    BEGIN_WRITING,
    PROBE,
    INSERT_POSTIT,
    IS_SAME_POSTIT,
    DELETE_YOUNG_POSTIT,
    IS_POSTIT,
    INSERT_TOMBSTONE,
    IS_TOMBSTONE,
    TELL_TOMBSTONE,
    DELETE_REACTION,
    ADD_THANKS,
    ADD_TRYING,
    TURN_OVER,
    INSERT_TOUCH,
    UNDO_TOUCH,
    TELL_TOUCH,
    COUNT_TOUCHES,
    DELETE_UNDONE_TOUCHES,
    SET_STATE,
    SET_REFUSED,
    SET_SEEN,
    SET_MISSED,
    DELETE_POSTIT,
    DELETE_SENT_POSTITS,
    SETTLE_TIMES,
    DELETE_EXPIRED_REACTIONS,
    DELETE_EXPIRED_POSTITS,
    DELETE_OLD_TOMBSTONES,
    DELETE_LONE_REACTIONS,
    COUNT_ROTTEN,
    LIST_POSTITS,
    LIST_OUTBOX,
    LIST_REACTIONS,
    LIST_TOUCHES,
    LIST_TOMBSTONES,
};
#define STATEMENT_COUNT (LIST_TOMBSTONES + 1)

struct kiosk_store {
    struct db db;
    sqlite3_stmt *statements[STATEMENT_COUNT];
    char path[KIOSK_STORE_PATH_BYTES];
    bool has_complained; // one line in the log for each time it stops working
};

extern const struct db_schema kiosk_store_schema;
extern const char *const kiosk_store_sql[STATEMENT_COUNT];

/* The statement with its first parameter bound. The id is borrowed until it
   has run. */
sqlite3_stmt *
kiosk_store_about(struct kiosk_store *s, enum statement which, const char *id);
sqlite3_stmt *
kiosk_store_as_of(struct kiosk_store *s, enum statement which, int64_t time_s);

/* False, for returning: nothing is wrong with the store. */
bool kiosk_store_decline(struct problem *why, const char *sentence);

/* Runs an update of one row; false, with `why`, when there is none. */
bool kiosk_store_update(struct kiosk_store *s, sqlite3_stmt *statement,
                        struct problem *why);

/* Logs what SQLite said, once until kiosk_store_can_write succeeds, and says
   the rest to the person. False, for returning. */
bool kiosk_store_complain(struct kiosk_store *s, struct problem *why);

#endif
