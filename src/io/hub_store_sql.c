#include "io/hub_store_part.h"

/*
 * Written so that what is handed in never breaks a constraint: an insertion
 * that has no place inserts nothing. SQLite's "constraint failed" then means
 * that the database does not fit together.
 *
 * Column 0 of the lists: how many rows at most, to make room for.
 */

#define DEVICE                                                                 \
    " device.number, device.name, device.school, paired_s,"                    \
    " coalesce((SELECT seen_s FROM seen WHERE seen.device = device.number), "  \
    "0),"                                                                      \
    " is_revoked, revision, shown_since_s, version, size, clock, unsent,"      \
    " disk_free_mb"
#define PERSON                                                                 \
    " number, name, password, totp, totp_step, is_coordinator, signed_in_s,"   \
    " (SELECT count(*) FROM recovery WHERE recovery.person = person.number)"
#define INVITATION                                                             \
    " number, name, coalesce(person, 0), is_coordinator, ends_codes, until_s"

/* What is listed: ?1 now, ?2 a state or -1 */
#define LISTED " WHERE expires_s > ?1 AND (?2 < 0 OR state = ?2)"

/* By the index of reactions: quicker than counting all of them for a few. */
#define REACTIONS(kind)                                                        \
    "(SELECT count(*) FROM reaction WHERE target = postit.id"                  \
    " AND reaction.kind = " #kind ")"
#define FACE_DOWN REACTIONS(2)
#define POSTIT                                                                 \
    " postit.id, sort, colour, text, author, answers, school, made_s,"         \
    " expires_s, state, " REACTIONS(0) "," REACTIONS(1) "," FACE_DOWN

/* The columns of a post-it in a list; by itself each finds its reactions. */
#define IN_FEED                                                                \
    " id, sort, colour, text, author, answers, school, made_s, expires_s,"     \
    " state,"                                                                  \
    " (SELECT count(*) FROM reaction WHERE target = postit.id AND kind = 0),"  \
    " (SELECT count(*) FROM reaction WHERE target = postit.id AND kind = 1),"  \
    " 0"

const char *const hub_store_sql[HUB_STATEMENT_COUNT] = {
    [BEGIN_WRITING] = "BEGIN IMMEDIATE",
    [READ_CHANGE] = "SELECT number FROM change",
    [RAISE_CHANGE] = "UPDATE change SET number = number + 1 RETURNING number",

    [READ_REVISION] =
        "SELECT 1, number, made_s, person, note, document FROM revision"
        " WHERE number = coalesce(nullif(?1, 0),"
        "  (SELECT max(number) FROM revision))",
    [NEWEST_REVISION] = "SELECT coalesce(max(number), 0) FROM revision",
    [INSERT_REVISION] =
        "INSERT INTO revision (number, made_s, person, note, document)"
        " VALUES (?1, ?2, ?3, ?4, ?5)",
    // Counted: after a restored backup numbers have gaps.
    [DELETE_OLD_REVISIONS] =
        "DELETE FROM revision WHERE number <= (SELECT number FROM revision"
        " ORDER BY number DESC LIMIT 1 OFFSET ?1)",
    [CHANGE_REVISION] =
        "UPDATE revision SET note = ?2, document = ?3 WHERE number = ?1",
    [DELETE_REVISION] = "DELETE FROM revision WHERE number = ?1",
    [LIST_REVISIONS] =
        "SELECT (SELECT count(*) FROM revision), number, made_s, person, note"
        " FROM revision ORDER BY number DESC LIMIT max(?1, 0)",

    [FIND_POSTIT] = "SELECT device, state FROM postit WHERE id = ?1",
    // Also when its name was taken off meanwhile: a screen that has not heard
    // the answer to its first request must not put it back.
    [IS_SAME_POSTIT] =
        "SELECT 1 FROM postit WHERE id = ?1 AND sort = ?2 AND colour = ?3"
        " AND text = ?4 AND author IN (?5, '') AND answers = ?6",
    [INSERT_POSTIT] =
        "INSERT INTO postit (id, sort, colour, text, author, answers, school,"
        "  made_s, expires_s, state, device, came_s)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12"
        " WHERE NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?1)"
        "  AND EXISTS (SELECT 1 FROM device WHERE number = ?11)"
        " ON CONFLICT (id) DO NOTHING",
    [SET_STATE] = "UPDATE postit SET state = ?2 WHERE id = ?1",
    [CHANGE_WORDS] = "UPDATE postit SET text = ?2, author = ?3 WHERE id = ?1",
    [DELETE_POSTIT] = "DELETE FROM postit WHERE id = ?1",
    [DELETE_EXPIRED_POSTITS] = "DELETE FROM postit WHERE expires_s <= ?1",
    [LIST_POSTITS] =
        "SELECT (SELECT count(*) FROM postit" LISTED "),"
        "  postit.id, sort, colour, text, author, answers, school, made_s,"
        "  expires_s, state, coalesce(thanks, 0), coalesce(trying, 0),"
        "  coalesce(face_down, 0)"
        " FROM postit LEFT JOIN ("
        "  SELECT target, sum(kind = 0) AS thanks, sum(kind = 1) AS trying,"
        "   sum(kind = 2) AS face_down FROM reaction GROUP BY target"
        " ) ON target = postit.id" LISTED " ORDER BY made_s DESC, place DESC",
    [READ_POSTIT] = "SELECT 1," POSTIT " FROM postit"
                    " WHERE postit.id = ?1 AND expires_s > ?2",
    [LIST_POSTIT_PAGE] =
        "SELECT max(?5, 0)," POSTIT " FROM postit" LISTED
        " AND (?3 = '' OR school = ?3)"
        " ORDER BY state, " FACE_DOWN " DESC, made_s DESC, place DESC"
        " LIMIT max(?5, 0) OFFSET ?4",
    [COUNT_POSTITS] =
        "SELECT coalesce(sum(state = 0), 0), coalesce(sum(state = 1), 0),"
        "  coalesce(sum(state = 2), 0) FROM postit"
        " WHERE expires_s > ?1 AND (?2 = '' OR school = ?2)",
    [COUNT_ANSWERS] = "SELECT count(*) FROM postit"
                      " WHERE expires_s > ?1 AND answers = ?2",
    // ?1 now, ?2 how many at most, ?3 a school: an index walked from its end.
    [LIST_SHARED_POSTITS] = "SELECT ?2," IN_FEED " FROM postit"
                            " WHERE state = 1 AND expires_s > ?1"
                            " ORDER BY made_s DESC, place DESC LIMIT ?2",
    [LIST_POSTITS_OF_SCHOOL] =
        "SELECT ?2," IN_FEED " FROM postit"
        " WHERE school = ?3 AND state <> 1 AND expires_s > ?1"
        " ORDER BY made_s DESC, place DESC LIMIT ?2",
    [IS_TOMBSTONE] = "SELECT 1 FROM tombstone WHERE id = ?1",
    [INSERT_TOMBSTONE] = "INSERT INTO tombstone (id, gone_s) VALUES (?1, ?2)"
                         " ON CONFLICT (id) DO NOTHING",
    [DELETE_OLD_TOMBSTONES] = "DELETE FROM tombstone WHERE gone_s <= ?1",

    [IS_REACTION] = "SELECT 1 FROM reaction WHERE id = ?1",
    [INSERT_REACTION] =
        "INSERT INTO reaction (id, target, kind, device, came_s)"
        " SELECT ?1, ?2, ?3, ?4, ?5"
        " WHERE EXISTS (SELECT 1 FROM device WHERE number = ?4)"
        "  AND NOT EXISTS (SELECT 1 FROM tombstone WHERE id = ?2)"
        " ON CONFLICT (id) DO NOTHING",
    [DELETE_REACTION] = "DELETE FROM reaction WHERE id = ?1 AND device = ?2",
    [DELETE_REACTIONS] = "DELETE FROM reaction WHERE target = ?1",
    [DELETE_EXPIRED_REACTIONS] = "DELETE FROM reaction WHERE target IN"
                                 " (SELECT id FROM postit WHERE expires_s <="
                                 "  ?1)",
    [DELETE_LONE_REACTIONS] = "DELETE FROM reaction WHERE came_s <= ?1"
                              " AND target NOT IN (SELECT id FROM postit)",
    [COUNT_REACTIONS] =
        "SELECT coalesce(sum(kind = 0), 0), coalesce(sum(kind = 1), 0)"
        " FROM reaction WHERE target = ?1",

    // Over one that has run out, whatever became of it.
    [DELETE_PAIRINGS_OF_SECRET] = "DELETE FROM pairing WHERE secret_hash = ?1",
    [INSERT_PAIRING] =
        "INSERT INTO pairing (code, secret_hash, until_s)"
        " SELECT ?1, ?2, ?4"
        " WHERE (SELECT count(*) FROM pairing WHERE until_s > ?3) < ?5"
        " ON CONFLICT (code) DO UPDATE"
        " SET secret_hash = ?2, until_s = ?4, device = NULL"
        " WHERE until_s <= ?3",
    [IS_PAIRING_FULL] = "SELECT 1 WHERE"
                        " (SELECT count(*) FROM pairing WHERE until_s > ?1)"
                        "  >= ?2",
    [FIND_PAIRING] = "SELECT device FROM pairing"
                     " WHERE code = ?1 AND secret_hash = ?2 AND until_s > ?3",
    [ACCEPT_PAIRING] = "UPDATE pairing SET device = ?4, until_s = ?3"
                       " WHERE code = ?1 AND until_s > ?2 AND device IS NULL",
    [DELETE_PAIRING_OF_DEVICE] = "DELETE FROM pairing WHERE device = ?1",
    // Also what a clock that was ahead has made good for years.
    [DELETE_OLD_PAIRINGS] = "DELETE FROM pairing WHERE until_s <= ?1"
                            " OR until_s > ?1 + 3600",
    [IS_DEVICE] = "SELECT 1 FROM device WHERE number = ?1",
    [INSERT_DEVICE] =
        "INSERT INTO device (name, school, paired_s) VALUES (?1, ?2, ?3)",
    // Never somebody else's token: 256 random bits are not drawn twice.
    [GIVE_TOKEN] = "UPDATE OR IGNORE device SET token_hash = ?2"
                   " WHERE number = ?1 AND NOT is_revoked",
    [READ_DEVICE] = "SELECT 1," DEVICE " FROM device WHERE number = ?1",
    [FIND_DEVICE] = "SELECT 1," DEVICE " FROM device"
                    " WHERE token_hash = ?1 AND NOT is_revoked",
    [SEE_DEVICE] = "INSERT INTO seen (device, seen_s)"
                   " SELECT number, ?2 FROM device WHERE number = ?1"
                   " ON CONFLICT (device) DO UPDATE SET seen_s = ?2",
    [SET_STATUS] = "UPDATE device SET revision = ?2, shown_since_s = ?3,"
                   "  version = ?4, size = ?5, clock = ?6, unsent = ?7,"
                   "  disk_free_mb = ?8"
                   " WHERE number = ?1 AND NOT is_revoked",
    // The hash stays: whoever comes with that token is told that it is revoked.
    [REVOKE_DEVICE] = "UPDATE device SET is_revoked = 1"
                      " WHERE number = ?1 AND NOT is_revoked",
    [IS_REVOKED] = "SELECT 1 FROM device WHERE token_hash = ?1 AND is_revoked",
    [LIST_DEVICES] = "SELECT (SELECT count(*) FROM device)," DEVICE
                     " FROM device ORDER BY number",

    [INSERT_PERSON] =
        "INSERT INTO person (name, password, totp, totp_step, is_coordinator,"
        "  added_s) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        " ON CONFLICT (name) DO NOTHING",
    [FIND_PERSON] = "SELECT 1," PERSON " FROM person WHERE name = ?1",
    [READ_PERSON] = "SELECT 1," PERSON " FROM person WHERE number = ?1",
    [CHANGE_PERSON] = "UPDATE person SET password = ?2, totp = ?3,"
                      "  totp_step = ?4 WHERE number = ?1",
    [RENEW_PERSON] = "UPDATE person SET password = ?2, totp = ?3,"
                     "  totp_step = ?4, is_coordinator = ?5 WHERE number = ?1",
    [IS_LAST_COORDINATOR] =
        "SELECT 1 FROM person WHERE number = ?1 AND is_coordinator"
        " AND (SELECT sum(is_coordinator) FROM person) = 1",
    [DELETE_PERSON] = "DELETE FROM person WHERE number = ?1",
    [LIST_PEOPLE] = "SELECT (SELECT count(*) FROM person)," PERSON
                    " FROM person ORDER BY name",

    [INSERT_RECOVERY] = "INSERT INTO recovery (person, hash) VALUES (?1, ?2)"
                        " ON CONFLICT DO NOTHING",
    [USE_RECOVERY] = "DELETE FROM recovery WHERE person = ?1 AND hash = ?2",
    [DELETE_RECOVERY] = "DELETE FROM recovery WHERE person = ?1",
    // Not for a name somebody has, unless it is theirs; one for each name.
    [INSERT_INVITATION] =
        "INSERT INTO invitation (hash, name, person, is_coordinator,"
        "  ends_codes, made_by, until_s)"
        " SELECT ?1, ?2, nullif(?3, 0), ?4, ?5, ?6, ?7"
        " WHERE (SELECT coalesce(max(number), 0) FROM person WHERE name = ?2)"
        "  = ?3"
        "  AND EXISTS (SELECT 1 FROM person WHERE number = ?6)"
        " ON CONFLICT DO NOTHING",
    [FIND_INVITATION] = "SELECT 1," INVITATION " FROM invitation"
                        " WHERE hash = ?1 AND until_s > ?2",
    [DELETE_INVITATION] = "DELETE FROM invitation WHERE number = ?1",
    [DELETE_INVITATION_OF] = "DELETE FROM invitation WHERE name = ?1",
    [DELETE_INVITATIONS_BY] = "DELETE FROM invitation WHERE made_by = ?1",
    [DELETE_OLD_INVITATIONS] = "DELETE FROM invitation WHERE until_s <= ?1",
    [LIST_INVITATIONS] = "SELECT (SELECT count(*) FROM invitation)," INVITATION
                         " FROM invitation WHERE until_s > ?1"
                         " ORDER BY name",

    [INSERT_SESSION] =
        "INSERT INTO session (hash, person, begun_s, used_s, form_key,"
        "  browser)"
        " SELECT ?1, ?2, ?3, ?4, ?5, ?6"
        " WHERE EXISTS (SELECT 1 FROM person WHERE number = ?2)"
        " ON CONFLICT (hash) DO NOTHING",
    [NOTE_SIGN_IN] = "UPDATE person SET signed_in_s = ?2 WHERE number = ?1",
    // ?2 and ?3: used, and begun, after that
    [FIND_SESSION] = "SELECT person, begun_s, used_s, form_key FROM session"
                     " WHERE hash = ?1 AND used_s > ?2"
                     " AND begun_s BETWEEN ?3 + 1 AND ?3 + 2 * 43200",
    [LIST_SESSIONS] = "SELECT (SELECT count(*) FROM session WHERE person = ?1),"
                      "  hash, begun_s, used_s, browser FROM session"
                      " WHERE person = ?1 AND used_s > ?2 AND begun_s > ?3"
                      " ORDER BY used_s DESC, begun_s DESC",
    [USE_SESSION] = "UPDATE session SET used_s = ?2 WHERE hash = ?1",
    [DELETE_SESSION] = "DELETE FROM session WHERE hash = ?1",
    // ?2 NULL: all of them
    [DELETE_OTHER_SESSIONS] =
        "DELETE FROM session WHERE person = ?1 AND hash IS NOT ?2",
    [DELETE_OLD_SESSIONS] =
        "DELETE FROM session WHERE used_s <= ?1 OR begun_s <= ?2",

    // ?1: with the documents, which are long
    [LIST_CALENDARS] =
        "SELECT (SELECT count(*) FROM calendar), number, url, label, school,"
        "  filter, problem, tried_s, read_s, refresh_s, etag, modified,"
        "  made_for, iif(?1, document, '')"
        " FROM calendar ORDER BY number",
    [IS_CALENDAR_FULL] = "SELECT 1 WHERE (SELECT count(*) FROM calendar)"
                         " >= ?1",
    // No two contents of the table have the same three: numbers are never used
    // again, and a row's edition only grows.
    [CALENDARS_EDITION] = "SELECT count(*), coalesce(max(number), 0),"
                          "  coalesce(sum(edition), 0) FROM calendar",
    [INSERT_CALENDAR] = "INSERT INTO calendar (url, label, school, filter)"
                        " VALUES (?1, ?2, ?3, ?4)",
    [CHANGE_CALENDAR] = "UPDATE calendar SET label = ?2, school = ?3,"
                        "  filter = ?4, etag = '', modified = '',"
                        "  edition = edition + 1 WHERE number = ?1",
    [FORGET_CALENDAR] = "UPDATE calendar SET url = ?2, problem = '',"
                        "  tried_s = 0, read_s = 0, refresh_s = 0,"
                        "  made_for = '', document = ''"
                        " WHERE number = ?1 AND url <> ?2",
    // What was read from an address that was changed meanwhile is another's.
    [KEEP_CALENDAR] = "UPDATE calendar SET problem = ?3, tried_s = ?4,"
                      "  read_s = ?5, refresh_s = ?6, etag = ?7,"
                      "  modified = ?8, made_for = ?9"
                      " WHERE number = ?1 AND url = ?2",
    [SHOW_CALENDAR] = "UPDATE calendar SET document = ?3,"
                      "  edition = edition + 1"
                      " WHERE number = ?1 AND url = ?2 AND document <> ?3",
    [DELETE_CALENDAR] = "DELETE FROM calendar WHERE number = ?1",

    [INSERT_DEED] = "INSERT INTO deed (done_s, person, what, id)"
                    " VALUES (?1, ?2, ?3, ?4)",
    [LIST_DEEDS] = "SELECT min(?1, (SELECT count(*) FROM deed)),"
                   "  done_s, person, what, id"
                   " FROM deed ORDER BY place DESC LIMIT max(?1, 0)",
    [SET_VALUE] = "INSERT INTO value (name, value) VALUES (?1, ?2)"
                  " ON CONFLICT (name) DO UPDATE SET value = ?2",
    [DELETE_VALUE] = "DELETE FROM value WHERE name = ?1",
    [GET_VALUE] = "SELECT value FROM value WHERE name = ?1",
};
