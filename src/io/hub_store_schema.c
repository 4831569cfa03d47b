#include "io/hub_store_part.h"

/* The numbers are in databases out there: enums only grow at their ends, and
   then a migration widens the CHECK. */
_Static_assert(SORT_IDEA == 0 && SORT_DELIGHT == 4, "stored as numbers");
_Static_assert(COLOUR_YELLOW == 0 && COLOUR_BLUE == 3, "stored as numbers");
_Static_assert(HUB_POSTIT_WAITING == 0 && HUB_POSTIT_KEPT == 2,
               "stored as numbers");
_Static_assert(HUB_REACTION_THANKS == 0 && HUB_REACTION_FACE_DOWN == 2,
               "stored as numbers");

/*
 * What has shipped is never edited: a change is a new element. `place` is the
 * order of arrival whatever the clocks said. Times are wall seconds. A device
 * is never deleted, so that what it sent stays whose it was; numbers of people
 * are never used again.
 */
static const char *const migrations[] = {
    "CREATE TABLE change ("
    "  only INTEGER PRIMARY KEY CHECK (only = 1),"
    "  number INTEGER NOT NULL"
    ") STRICT;"
    "INSERT INTO change VALUES (1, 1);"
    "CREATE TABLE revision ("
    "  number INTEGER PRIMARY KEY,"
    "  made_s INTEGER NOT NULL,"
    "  person TEXT NOT NULL,"
    "  note TEXT NOT NULL,"
    "  document TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE device ("
    "  number INTEGER PRIMARY KEY,"
    "  name TEXT NOT NULL,"
    "  school TEXT NOT NULL,"
    "  paired_s INTEGER NOT NULL,"
    "  seen_s INTEGER NOT NULL DEFAULT 0,"
    "  is_revoked INTEGER NOT NULL DEFAULT 0 CHECK (is_revoked IN (0, 1)),"
    "  token_hash BLOB UNIQUE CHECK (length(token_hash) = 32),"
    "  revision INTEGER NOT NULL DEFAULT 0,"
    "  shown_since_s INTEGER NOT NULL DEFAULT 0,"
    "  version TEXT NOT NULL DEFAULT '',"
    "  size TEXT NOT NULL DEFAULT '',"
    "  clock TEXT NOT NULL DEFAULT '',"
    "  unsent INTEGER NOT NULL DEFAULT 0,"
    "  disk_free_mb INTEGER NOT NULL DEFAULT 0"
    ") STRICT;"
    "CREATE TABLE pairing ("
    "  code TEXT PRIMARY KEY NOT NULL,"
    "  secret_hash BLOB NOT NULL CHECK (length(secret_hash) = 32),"
    "  until_s INTEGER NOT NULL,"
    "  device INTEGER REFERENCES device" // NULL: nobody has accepted it
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE postit ("
    "  place INTEGER PRIMARY KEY,"
    "  id TEXT NOT NULL UNIQUE CHECK (length(id) = 36),"
    "  sort INTEGER NOT NULL CHECK (sort BETWEEN 0 AND 4),"
    "  colour INTEGER NOT NULL CHECK (colour BETWEEN 0 AND 3),"
    "  text TEXT NOT NULL,"
    "  author TEXT NOT NULL,"
    "  answers TEXT NOT NULL,"
    "  school TEXT NOT NULL,"
    "  made_s INTEGER NOT NULL,"
    "  expires_s INTEGER NOT NULL CHECK (expires_s > made_s),"
    "  state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2),"
    "  device INTEGER NOT NULL REFERENCES device,"
    "  came_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE INDEX postit_by_time ON postit (made_s);"
    "CREATE INDEX postit_by_end ON postit (expires_s);"
    "CREATE TABLE tombstone ("
    "  id TEXT PRIMARY KEY NOT NULL,"
    "  gone_s INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE reaction ("
    "  id TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 36),"
    "  target TEXT NOT NULL,"
    "  kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 2),"
    "  device INTEGER NOT NULL REFERENCES device,"
    "  came_s INTEGER NOT NULL"
    ") STRICT, WITHOUT ROWID;"
    "CREATE INDEX reaction_by_target ON reaction (target, kind);"
    "CREATE INDEX reaction_by_time ON reaction (came_s);"
    "CREATE TABLE person ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),"
    "  password TEXT NOT NULL,"
    "  totp TEXT NOT NULL,"
    "  totp_step INTEGER NOT NULL,"
    "  is_coordinator INTEGER NOT NULL CHECK (is_coordinator IN (0, 1)),"
    "  added_s INTEGER NOT NULL"
    ") STRICT;"
    "CREATE TABLE session ("
    "  hash BLOB PRIMARY KEY NOT NULL CHECK (length(hash) = 32),"
    "  person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,"
    "  begun_s INTEGER NOT NULL,"
    "  used_s INTEGER NOT NULL,"
    "  form_key BLOB NOT NULL CHECK (length(form_key) = 32)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE deed ("
    "  place INTEGER PRIMARY KEY,"
    "  done_s INTEGER NOT NULL,"
    "  person TEXT NOT NULL,"
    "  what TEXT NOT NULL,"
    "  id TEXT NOT NULL"
    ") STRICT;"
    "CREATE TABLE value ("
    "  name TEXT PRIMARY KEY NOT NULL,"
    "  value TEXT NOT NULL"
    ") STRICT, WITHOUT ROWID;",

    // 2: who is invited, and what one has besides a password.
    "ALTER TABLE person ADD COLUMN signed_in_s INTEGER NOT NULL DEFAULT 0;"
    "ALTER TABLE session ADD COLUMN browser TEXT NOT NULL DEFAULT '';"
    "CREATE TABLE recovery ("
    "  person INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,"
    "  hash BLOB NOT NULL CHECK (length(hash) = 32),"
    "  PRIMARY KEY (person, hash)"
    ") STRICT, WITHOUT ROWID;"
    "CREATE TABLE invitation ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),"
    "  name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (name <> ''),"
    "  person INTEGER UNIQUE REFERENCES person ON DELETE CASCADE," // NULL: new
    "  is_coordinator INTEGER NOT NULL CHECK (is_coordinator IN (0, 1)),"
    "  ends_codes INTEGER NOT NULL CHECK (ends_codes IN (0, 1)),"
    "  made_by INTEGER NOT NULL REFERENCES person ON DELETE CASCADE,"
    "  until_s INTEGER NOT NULL"
    ") STRICT;",

    // 3: what a school's feed is made of, newest last.
    "CREATE INDEX postit_of_all ON postit (made_s) WHERE state = 1;"
    "CREATE INDEX postit_of_school ON postit (school, made_s)"
    " WHERE state <> 1;"
    // A table of its own, because it is written all the time: that of a
    // thousand screens fits into three pages.
    "CREATE TABLE seen ("
    "  device INTEGER PRIMARY KEY REFERENCES device,"
    "  seen_s INTEGER NOT NULL"
    ") STRICT;"
    "INSERT INTO seen SELECT number, seen_s FROM device WHERE seen_s > 0;"
    "ALTER TABLE device DROP COLUMN seen_s;",

    // 4: calendars (.ics) at addresses that may be secret, so that they are in
    // no feed; and what was last read there.
    "CREATE TABLE calendar ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  url TEXT NOT NULL CHECK (url <> ''),"
    "  label TEXT NOT NULL,"
    "  school TEXT NOT NULL,"
    "  filter TEXT NOT NULL,"
    "  edition INTEGER NOT NULL DEFAULT 1,"
    "  problem TEXT NOT NULL DEFAULT '',"
    "  tried_s INTEGER NOT NULL DEFAULT 0,"
    "  read_s INTEGER NOT NULL DEFAULT 0,"
    "  refresh_s INTEGER NOT NULL DEFAULT 0,"
    "  etag TEXT NOT NULL DEFAULT '',"
    "  modified TEXT NOT NULL DEFAULT '',"
    "  made_for TEXT NOT NULL DEFAULT '',"
    "  document TEXT NOT NULL DEFAULT ''"
    ") STRICT;",
};
const struct db_schema hub_store_schema = {
    .migrations = migrations,
    .count = sizeof migrations / sizeof migrations[0],
};
