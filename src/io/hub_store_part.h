#ifndef IO_HUB_STORE_PART_H
#define IO_HUB_STORE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "io/db.h"
#include "io/hub_store.h"

/*
 * What the parts of the hub's store share, and nobody else: its statements by
 * name, how a write is begun and ended, how rows become lists, and how a
 * failure is told.
 */

#define HUB_STORE_PATH_BYTES 4096

enum hub_statement {
    BEGIN_WRITING,
    READ_CHANGE,
    RAISE_CHANGE,

    READ_REVISION,
    NEWEST_REVISION,
    INSERT_REVISION,
    DELETE_OLD_REVISIONS,
    CHANGE_REVISION,
    DELETE_REVISION,
    LIST_REVISIONS,

    FIND_POSTIT,
    IS_SAME_POSTIT,
    INSERT_POSTIT,
    SET_STATE,
    CHANGE_WORDS,
    DELETE_POSTIT,
    DELETE_EXPIRED_POSTITS,
    LIST_POSTITS,
    READ_POSTIT,
    LIST_POSTIT_PAGE,
    COUNT_POSTITS,
    COUNT_ANSWERS,
    LIST_SHARED_POSTITS,
    LIST_POSTITS_OF_SCHOOL,
    IS_TOMBSTONE,
    INSERT_TOMBSTONE,
    DELETE_OLD_TOMBSTONES,

    IS_REACTION,
    INSERT_REACTION,
    DELETE_REACTION,
    DELETE_REACTIONS,
    DELETE_EXPIRED_REACTIONS,
    DELETE_LONE_REACTIONS,
    COUNT_REACTIONS,

    DELETE_PAIRINGS_OF_SECRET,
    INSERT_PAIRING,
    IS_PAIRING_FULL,
    FIND_PAIRING,
    ACCEPT_PAIRING,
    DELETE_PAIRING_OF_DEVICE,
    DELETE_OLD_PAIRINGS,
    IS_DEVICE,
    INSERT_DEVICE,
    GIVE_TOKEN,
    READ_DEVICE,
    FIND_DEVICE,
    SEE_DEVICE,
    SET_STATUS,
    REVOKE_DEVICE,
    IS_REVOKED,
    LIST_DEVICES,

    INSERT_PERSON,
    FIND_PERSON,
    READ_PERSON,
    CHANGE_PERSON,
    RENEW_PERSON,
    IS_LAST_COORDINATOR,
    DELETE_PERSON,
    LIST_PEOPLE,
    INSERT_RECOVERY,
    USE_RECOVERY,
    DELETE_RECOVERY,
    INSERT_INVITATION,
    FIND_INVITATION,
    DELETE_INVITATION,
    DELETE_INVITATION_OF,
    DELETE_INVITATIONS_BY,
    DELETE_OLD_INVITATIONS,
    LIST_INVITATIONS,
    INSERT_SESSION,
    NOTE_SIGN_IN,
    FIND_SESSION,
    USE_SESSION,
    DELETE_SESSION,
    DELETE_OTHER_SESSIONS,
    DELETE_OLD_SESSIONS,
    LIST_SESSIONS,

    LIST_CALENDARS,
    IS_CALENDAR_FULL,
    CALENDARS_EDITION,
    INSERT_CALENDAR,
    CHANGE_CALENDAR,
    FORGET_CALENDAR,
    KEEP_CALENDAR,
    SHOW_CALENDAR,
    DELETE_CALENDAR,

    INSERT_DEED,
    LIST_DEEDS,
    SET_VALUE,
    DELETE_VALUE,
    GET_VALUE,
};
#define HUB_STATEMENT_COUNT (GET_VALUE + 1)

/* Which of the last changes are seen in one school's feed alone. A number that
   is not here (another process's, an older one) is seen in all. */
#define HUB_CHANGES_KNOWN 4096

struct hub_change {
    int64_t number;
    uint64_t school; // hash
};

/* Screens that were seen and are not written down yet; a number 0 is a free
   place. Never quite full. */
#define HUB_SEEN_PLACES 1024
#define HUB_SEEN_MOST 700

struct hub_seen {
    int64_t device, seen_s;
};

struct hub_store {
    struct db db;
    sqlite3_stmt *statements[HUB_STATEMENT_COUNT];
    char path[HUB_STORE_PATH_BYTES];
    bool has_complained; // one line in the log for each time it stops working
    bool has_to_forget;  // what was deleted may still be in the WAL
    struct hub_change raised; // by the transaction that is under way
    struct hub_change changes[HUB_CHANGES_KNOWN]; // at number % of them
    struct hub_seen seen[HUB_SEEN_PLACES];
    int seen_count;
};

extern const struct db_schema hub_store_schema;
extern const char *const hub_store_sql[HUB_STATEMENT_COUNT];

/* The statement with its first parameter bound. What is bound is borrowed
   until it has run. */
sqlite3_stmt *hub_store_about(struct hub_store *s, enum hub_statement which,
                              const char *id);
sqlite3_stmt *hub_store_numbered(struct hub_store *s, enum hub_statement which,
                                 int64_t number);
sqlite3_stmt *hub_store_hashed(struct hub_store *s, enum hub_statement which,
                               const unsigned char hash[HUB_HASH_BYTES]);
void hub_store_bind_text(sqlite3_stmt *statement, int place, const char *text);
void hub_store_bind_hash(sqlite3_stmt *statement, int place,
                         const unsigned char hash[HUB_HASH_BYTES]);

/* Logs what SQLite said, once until hub_store_expire succeeds, and says the
   rest to the person. False, for returning. */
bool hub_store_complain(struct hub_store *s, struct problem *why);
/* False, for returning: nothing is wrong with the store. */
bool hub_store_decline(struct problem *why, const char *sentence);

/* Between begin and end all or nothing is written. */
bool hub_store_begin(struct hub_store *s);
bool hub_store_end(struct hub_store *s, bool ok, struct problem *why);
/* One statement by itself. */
bool hub_store_run(struct hub_store *s, sqlite3_stmt *statement,
                   struct problem *why);
/* How many rows the last statement changed. */
int hub_store_changed(const struct hub_store *s);
bool hub_store_raise(struct hub_store *s); // the change number
/* The same, where only that school's feed will be another. */
bool hub_store_raise_for(struct hub_store *s, const char *school);
/* After a deletion was committed: out of the WAL as well, now or later. */
void hub_store_forget(struct hub_store *s);

/* The first row: 1, or 0 when there is none, -1 (logged) when that cannot be
   read. After a 1 hub_store_done is to be called. */
int hub_store_look(struct hub_store *s, sqlite3_stmt *statement);
void hub_store_done(sqlite3_stmt *statement);
/* The same, when only that matters: nothing is left to be done. */
int hub_store_has(struct hub_store *s, sqlite3_stmt *statement);

/* All rows as an array of elements of `size` bytes; column 0 of every row is
   how many there are at most. -1 (logged) when they cannot be read. */
int hub_store_list(struct hub_store *s, sqlite3_stmt *statement,
                   struct arena *a, size_t size,
                   void (*take)(sqlite3_stmt *, struct arena *, void *),
                   void *out);
const char *hub_store_take_text(sqlite3_stmt *row, int column, struct arena *a);

/* Deletes a post-it, if it is there, and leaves a tombstone. Inside a
   transaction. */
bool hub_store_bury(struct hub_store *s, const char *id, int64_t now_s);

/* What is published next has a higher number than this one: what was published
   before a backup was restored counts. */
int64_t hub_store_floor(struct hub_store *s);
bool hub_store_raise_floor(struct hub_store *s, int64_t number,
                           struct problem *why);

bool hub_store_is_id(const char *id); // a UUID in lower case

/* ---- people, their sessions and their keys ---- */

/* Of the first row, columns 1 to 8; false when there is none. */
bool hub_store_read_person(struct hub_store *s, sqlite3_stmt *row,
                           struct arena *a, struct hub_person *out);
/* Inside a transaction, which the caller ends: the person's row as given,
   without codes no recovery codes either, and all sessions but `kept` over. */
bool hub_store_write_person(struct hub_store *s, const struct hub_person *p,
                            const unsigned char *kept);
sqlite3_stmt *hub_store_insert_person(struct hub_store *s,
                                      const struct hub_person *p,
                                      int64_t now_s);

#endif
