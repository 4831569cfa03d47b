#include "io/kiosk_store.h"
#include "io/kiosk_store_part.h"

/* The numbers are in databases out there: enums only grow at their ends, and
   then a migration widens the CHECK. */
_Static_assert(SORT_IDEA == 0 && SORT_DELIGHT == 4, "stored as numbers");
_Static_assert(COLOUR_YELLOW == 0 && COLOUR_BLUE == 3, "stored as numbers");
_Static_assert(POSTIT_WAITING == 0 && POSTIT_SHARED == 2, "stored as numbers");
_Static_assert(REACTION_THANKS == 0 && REACTION_FACE_DOWN == 2, "likewise");

/*
 * What has shipped is never edited: a change is a new element. `place` is the
 * order of posting whatever the clock said; `mark` is the fingerprint of what
 * was written, since SQLite itself does not notice a letter that rots.
 */
static const char *const migrations[] = {
    "CREATE TABLE postit ("
    "  place INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),"
    "  sort INTEGER NOT NULL CHECK (sort BETWEEN 0 AND 4),"
    "  colour INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 3),"
    "  text TEXT NOT NULL,"
    "  author TEXT NOT NULL,"
    "  answers TEXT NOT NULL,"
    "  made_s INTEGER NOT NULL,"
    "  expires_s INTEGER NOT NULL CHECK (expires_s > made_s),"
    "  is_time_unsure INTEGER NOT NULL CHECK (is_time_unsure IN (0, 1)),"
    "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),"
    "  mark INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX postit_by_time ON postit (made_s);"
    "CREATE TABLE tombstone ("
    "  id TEXT PRIMARY KEY NOT NULL,"
    "  taken_s INTEGER NOT NULL,"
    "  is_told INTEGER NOT NULL DEFAULT 0 CHECK (is_told IN (0, 1))"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE reaction ("
    "  target TEXT PRIMARY KEY NOT NULL,"
    "  is_face_down INTEGER NOT NULL DEFAULT 0 CHECK (is_face_down IN (0, 1)),"
    "  thanks INTEGER NOT NULL DEFAULT 0 CHECK (thanks >= 0),"
    "  trying INTEGER NOT NULL DEFAULT 0 CHECK (trying >= 0),"
    "  touched_s INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;",
    // Every touch by itself, so that a hub that hears of one twice counts it
    // once. What was touched before has no id and stays a number of this
    // board's. `told`: 0 nothing yet, 1 of the touch, 2 that it was undone.
    "ALTER TABLE postit ADD COLUMN is_refused INTEGER NOT NULL DEFAULT 0"
    "  CHECK (is_refused IN (0, 1));"
    "ALTER TABLE postit ADD COLUMN is_in_feed INTEGER NOT NULL DEFAULT 0"
    "  CHECK (is_in_feed IN (0, 1));"
    "CREATE TABLE touch ("
    "  place INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),"
    "  target TEXT NOT NULL REFERENCES reaction (target) ON DELETE CASCADE,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),"
    "  is_undone INTEGER NOT NULL DEFAULT 0 CHECK (is_undone IN (0, 1)),"
    "  told INTEGER NOT NULL DEFAULT 0 CHECK (told BETWEEN 0 AND 2),"
    "  is_in_feed INTEGER NOT NULL DEFAULT 0 CHECK (is_in_feed IN (0, 1))"
    ") STRICT;"
    "CREATE INDEX touch_by_target ON touch (target, kind);",
};
const struct db_schema kiosk_store_schema = {
    .migrations = migrations,
    .count = sizeof migrations / sizeof migrations[0],
};

#define WRITTEN "id, sort, colour, text, author, answers, made_s, expires_s"
#define WHOLE_POSTIT                                                           \
    WRITTEN ", is_time_unsure, state, is_refused, is_in_feed,"                 \
            "  coalesce(is_face_down, 0), coalesce(thanks, 0), "               \
            "coalesce(trying, 0)"                                              \
            " FROM postit LEFT JOIN reaction ON target = id "

/* Column 0 of the lists: how many rows at most, to make room for. */
const char *const kiosk_store_sql[STATEMENT_COUNT] = {
    [BEGIN_WRITING] = "BEGIN IMMEDIATE",
    // Sixteen pages, more than the longest post-it and its index can need.
    [PROBE] = "INSERT INTO postit (" WRITTEN ", is_time_unsure, state, mark)"
              " VALUES (hex(zeroblob(18)), 0, 0, hex(zeroblob(32768)), '', '',"
              "  0, 1, 0, 0, 0)",
    [INSERT_POSTIT] =
        "INSERT INTO postit (" WRITTEN ", is_time_unsure, state, mark)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
        "  fingerprint(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        " WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?1)"
        " ON CONFLICT (id) DO NOTHING",
    [IS_SAME_POSTIT] =
        "SELECT 1 FROM postit WHERE id = ?1 AND sort = ?2 AND colour = ?3"
        " AND text = ?4 AND author = ?5 AND answers = ?6",
    // Either side: the clock may have been put right in between.
    [DELETE_YOUNG_POSTIT] = "DELETE FROM postit WHERE id = ?1"
                            " AND made_s BETWEEN ?2 - ?3 AND ?2 + ?3",
    [IS_POSTIT] = "SELECT 1 FROM postit WHERE id = ?1",
    [INSERT_TOMBSTONE] = "INSERT INTO tombstone (id, taken_s) VALUES (?1, ?2)",
    [IS_TOMBSTONE] = "SELECT 1 FROM tombstone WHERE id = ?1",
    [TELL_TOMBSTONE] = "UPDATE tombstone SET is_told = 1 WHERE id = ?1",
    [DELETE_REACTION] = "DELETE FROM reaction WHERE target = ?1",
    [ADD_THANKS] = "INSERT INTO reaction (target, thanks, touched_s)"
                   " VALUES (?1, max(0, ?2), ?3) ON CONFLICT (target) DO UPDATE"
                   " SET thanks = max(0, thanks + ?2), touched_s = ?3",
    [ADD_TRYING] = "INSERT INTO reaction (target, trying, touched_s)"
                   " VALUES (?1, max(0, ?2), ?3) ON CONFLICT (target) DO UPDATE"
                   " SET trying = max(0, trying + ?2), touched_s = ?3",
    [TURN_OVER] = "INSERT INTO reaction (target, is_face_down, touched_s)"
                  " VALUES (?1, ?2, ?3) ON CONFLICT (target) DO UPDATE"
                  " SET is_face_down = ?2, touched_s = ?3",
    // A post-it lies on its face once.
    [INSERT_TOUCH] = "INSERT INTO touch (target, kind, id) SELECT ?1, ?2, ?3"
                     " WHERE ?2 <> 2 OR NOT EXISTS (SELECT 1 FROM touch"
                     "  WHERE target = ?1 AND kind = ?2 AND NOT is_undone)",
    [UNDO_TOUCH] = "UPDATE touch SET is_undone = 1 WHERE place ="
                   " (SELECT max(place) FROM touch"
                   "  WHERE target = ?1 AND kind = ?2 AND NOT is_undone)",
    [TELL_TOUCH] = "UPDATE touch SET told = ?2 WHERE id = ?1",
    [COUNT_TOUCHES] = "UPDATE touch SET is_in_feed = 1"
                      " WHERE told = 1 AND NOT is_in_feed",
    [DELETE_UNDONE_TOUCHES] = "DELETE FROM touch WHERE told = 2",
    [SET_STATE] = "UPDATE postit SET state = ?2 WHERE id = ?1",
    [SET_REFUSED] = "UPDATE postit SET is_refused = 1 WHERE id = ?1",
    [SET_SEEN] = "UPDATE postit SET state = ?2, is_in_feed = 1 WHERE id = ?1",
    [SET_MISSED] = "UPDATE postit SET state = 0, is_in_feed = 0 WHERE id = ?1",
    [DELETE_POSTIT] = "DELETE FROM postit WHERE id = ?1",
    [DELETE_SENT_POSTITS] = "DELETE FROM postit WHERE state <> 0 OR is_refused",
    [SETTLE_TIMES] =
        "UPDATE postit SET is_time_unsure = 0, made_s = ?1,"
        "  expires_s = ?1 + expires_s - made_s,"
        "  mark = fingerprint(id, sort, colour, text, author, answers,"
        "   ?1, ?1 + expires_s - made_s)"
        " WHERE is_time_unsure",
    [DELETE_EXPIRED_REACTIONS] =
        "DELETE FROM reaction WHERE target IN (SELECT id FROM postit"
        "  WHERE expires_s <= ?1 AND NOT is_time_unsure)",
    [DELETE_EXPIRED_POSTITS] = "DELETE FROM postit WHERE expires_s <= ?1"
                               " AND NOT is_time_unsure",
    [DELETE_OLD_TOMBSTONES] = "DELETE FROM tombstone WHERE taken_s <= ?1",
    [DELETE_LONE_REACTIONS] = "DELETE FROM reaction WHERE touched_s <= ?1"
                              " AND target NOT IN (SELECT id FROM postit)",
    [COUNT_ROTTEN] = "SELECT count(*) FROM postit"
                     " WHERE mark <> fingerprint(" WRITTEN ")",
    // Counting all is not exact, but a window over 5,000 post-its costs more
    // than the list itself.
    [LIST_POSTITS] = "SELECT (SELECT count(*) FROM postit), " WHOLE_POSTIT
                     "WHERE expires_s > ?1 OR is_time_unsure"
                     " ORDER BY made_s DESC, place DESC",
    [LIST_OUTBOX] = "SELECT count(*) OVER (), " WHOLE_POSTIT
                    "WHERE state = 0 AND NOT is_refused AND (expires_s > ?1 OR "
                    "is_time_unsure)"
                    " ORDER BY place",
    [LIST_REACTIONS] =
        "SELECT count(*) OVER (), target, is_face_down, thanks, trying,"
        "  (SELECT count(*) FROM touch WHERE touch.target = reaction.target"
        "    AND kind = 0 AND is_in_feed),"
        "  (SELECT count(*) FROM touch WHERE touch.target = reaction.target"
        "    AND kind = 1 AND is_in_feed)"
        " FROM reaction ORDER BY target",
    // Undone before the hub said that it heard of it: it may have.
    [LIST_TOUCHES] =
        "SELECT count(*) OVER (), id, target, kind, is_undone FROM touch"
        " WHERE told < 1 + is_undone"
        "  AND target NOT IN (SELECT id FROM postit WHERE state = 0)"
        " ORDER BY place",
    [LIST_TOMBSTONES] = "SELECT count(*) OVER (), id, taken_s FROM tombstone"
                        " WHERE NOT is_told ORDER BY taken_s, id",
};
