#ifndef IO_HUB_STORE_H
#define IO_HUB_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "core/board.h"

/*
 * All a hub keeps, in one SQLite file (WAL, synchronous=FULL, foreign_keys,
 * secure_delete): what the coordinators publish, what people wrote, which
 * screens there are, who may sign in. It reads no clock and makes no secret:
 * times (wall seconds) and random bytes are handed in. A true means committed
 * and on the disk; on false `why` is a sentence, and SQLite's own words are in
 * the log, never with what people wrote.
 *
 * Secrets (tokens, sessions) are kept only as 32-byte hashes.
 *
 * On a full disk writes are refused and reads go on. `why` is never NULL. One
 * thread. A second process may have the file open as well (to back it up, to
 * add somebody): nothing is kept in memory but when screens were seen, and a
 * write waits two seconds for the other's. Strings that are handed in are
 * UTF-8; NULL counts as "".
 */

struct hub_store;

#define HUB_HASH_BYTES 32
#define HUB_ID_BYTES 37 // a UUID (36 lower-case characters) and the NUL

#define HUB_REVISIONS_KEPT 500
#define HUB_TOMBSTONE_KEPT_S (90 * 86400)
#define HUB_REACTION_KEPT_S (365 * 86400) // of what is no post-it
#define HUB_PAIRING_S 600
#define HUB_PAIRINGS_MOST 1000 // that wait at one time
#define HUB_SESSION_IDLE_S (30 * 60)
#define HUB_SESSION_S (12 * 3600)
#define HUB_INVITATION_S (3 * 86400)
#define HUB_RECOVERY_CODES 10

/*
 * Makes the file and its folder where they are missing, the folder for us
 * alone (0700, the file 0600). A database that is damaged, or that a newer hub
 * wrote, is left byte for byte as it is: NULL, and `why` says what to do and
 * ends with the path.
 */
struct hub_store *hub_store_open(const char *path, struct problem *why);
void hub_store_close(struct hub_store *s); // NULL is fine

/* ---- what is published: one JSON Feed document, many revisions ---- */

struct hub_revision {
    int64_t number; // 1, 2, …: the feed's revision
    int64_t made_s;
    const char *person; // who; "" for the hub itself
    const char *note;   // "Changed Thursday's question"
    const char *document; // JSON Feed without post-its; "" in lists
};

/* The newest, or that number; false when there is none. Strings in `a`. */
bool hub_store_revision(struct hub_store *s, struct arena *a, int64_t number,
                        struct hub_revision *out); // number 0: the newest
/* Its number; 0 on failure, also when the newest is not `after` any more
   (somebody else has saved meanwhile: `why` says so); `after` is 0 for the
   first. Keeps the last HUB_REVISIONS_KEPT. */
int64_t hub_store_publish(struct hub_store *s, int64_t after,
                          const char *document, const char *person,
                          const char *note, int64_t now_s, struct problem *why);
/*
 * The highest number that was published, also by a store that has been replaced
 * by an older copy since: it stands in the file `revision` beside the database,
 * and the next number is above it, because screens refuse a lower one than they
 * have seen. 0 when nothing ever was.
 */
int64_t hub_store_published(struct hub_store *s);
/* Newest first, without documents; -1 when it cannot be read. */
int hub_store_history(struct hub_store *s, struct arena *a, int most,
                      const struct hub_revision **out);

/* Raised by anything that changes what feeds show, a school's own feed too:
   publishing, post-its new, moderated, taken back or expired, reactions. From
   1; 0 when it cannot be read. The ETag, but a backup that is restored brings
   old numbers back: mix something of the start into it. */
int64_t hub_store_change_number(struct hub_store *s);
/* Costs nothing, and is another number after each write of ours: who has asked
   for the change number a moment ago need not ask again before it is. */
int hub_store_writes(const struct hub_store *s);
/* Whether what changed after the number `since`, up to `now`, may be seen in
   that school's feed; `school` NULL: in everybody's. False is certain. */
bool hub_store_concerns(const struct hub_store *s, const char *school,
                        int64_t since, int64_t now);

/* ---- post-its ---- */

enum hub_postit_state {
    HUB_POSTIT_WAITING, // nobody has read it yet
    HUB_POSTIT_SHARED,  // on every wall
    HUB_POSTIT_KEPT,    // at its own school only
    HUB_POSTIT_DOWN,    // taken down: deleted, but for a tombstone
};

struct hub_postit {
    char id[HUB_ID_BYTES];
    enum postit_sort sort;
    enum postit_colour colour;
    const char *text, *author, *answers, *school;
    int64_t made_s, expires_s;
    enum hub_postit_state state;
    int thanks, trying, face_down; // how many
};

enum hub_put { // what became of a PUT; hub.md's status codes
    HUB_PUT_NEW,     // 201
    HUB_PUT_SAME,    // 200: the very same is there
    HUB_PUT_OTHER,   // 409: something else is there under this id
    HUB_PUT_GONE,    // 410: taken down or back
    HUB_PUT_FAILED,  // 503, with `why`
};

/* In the state p->state, never DOWN; the counts are not read. The very same is
   the same sort, colour, text, author and answers: a kiosk whose clock was put
   right meanwhile says other times. */
enum hub_put hub_store_put_postit(struct hub_store *s,
                                  const struct hub_postit *p, int64_t device,
                                  int64_t now_s, struct problem *why);

enum hub_take_back {
    HUB_TAKE_BACK_DONE,       // 204: gone now, or gone already
    HUB_TAKE_BACK_NEVER_SEEN, // 404, and a PUT to come will be GONE
    HUB_TAKE_BACK_NOT_YOURS,  // 403: another device's; nothing is changed
    HUB_TAKE_BACK_FAILED,     // 503, with `why`
};

/* By the device that sent it; a tombstone of id and time stays 90 days. `why`
   is set only when it FAILED. */
enum hub_take_back hub_store_take_back(struct hub_store *s, const char *id,
                                       int64_t device, int64_t now_s,
                                       struct problem *why);
/* Into that state; already so is true and changes nothing. DOWN deletes its
   words, its name and its reactions for good. False when it is not here any
   more. Goes into the audit. */
bool hub_store_moderate(struct hub_store *s, const char *id,
                        enum hub_postit_state state, const char *person,
                        int64_t now_s, struct problem *why);
/* Not expired at now_s, newest first; `state` -1 for all but DOWN, of which
   there is nothing to list. -1 on failure. */
int hub_store_postits(struct hub_store *s, struct arena *a, int state,
                      int64_t now_s, const struct hub_postit **out);
/* That one, not expired. False when it is not here, or cannot be read. */
bool hub_store_postit(struct hub_store *s, struct arena *a, const char *id,
                      int64_t now_s, struct hub_postit *out);

/* One page of a long list, which need not be read whole for it: those that wait
   first, then the shared, then the kept; of each those that somebody turned
   face-down first, then the newest. */
struct hub_postit_page {
    int state;          // -1: all
    const char *school; // "": all
    int skip, most;     // not negative
};
int hub_store_postit_page(struct hub_store *s, struct arena *a,
                          const struct hub_postit_page *page, int64_t now_s,
                          const struct hub_postit **out); // -1 on failure
/* How many there are in each state, of one school or ("") of all. */
bool hub_store_count_postits(struct hub_store *s, const char *school,
                             int64_t now_s, int counts[HUB_POSTIT_DOWN]);

/* How many of them answer that; -1 on failure. */
int hub_store_count_answers(struct hub_store *s, const char *target,
                            int64_t now_s);

/* The newest `most` of those that are shared, `school` NULL, or of those that
   wait or are kept at that school; face_down is not counted. Costs the same
   however many others there are. -1 on failure. */
int hub_store_postits_for(struct hub_store *s, struct arena *a,
                          const char *school, int most, int64_t now_s,
                          const struct hub_postit **out);

enum hub_reaction {
    HUB_REACTION_THANKS,
    HUB_REACTION_TRYING,
    HUB_REACTION_FACE_DOWN,
};
/* Idempotent by `id`, a UUID of the kiosk's. `target`: a post-it or an item of
   the feed. HUB_PUT_NEW, SAME or FAILED; GONE when that post-it was taken down
   or back. */
enum hub_put hub_store_put_reaction(struct hub_store *s, const char *target,
                                    const char *id, enum hub_reaction kind,
                                    int64_t device, int64_t now_s,
                                    struct problem *why);
/* True also when there is none of that device. */
bool hub_store_undo_reaction(struct hub_store *s, const char *id,
                             int64_t device, struct problem *why);
/* Of an item of the feed (an idea). */
bool hub_store_reactions(struct hub_store *s, const char *target, int *thanks,
                         int *trying);

/* Expired post-its with their reactions, old tombstones, sessions and pairings
   are deleted for good. How many post-its went; -1 on failure. Once a minute:
   the change number rises when a post-it goes. */
int hub_store_expire(struct hub_store *s, int64_t now_s);

/* ---- screens ---- */

struct hub_device {
    int64_t number; // 1, 2, …
    const char *name, *school;
    int64_t paired_s, seen_s; // seen_s 0: never
    bool is_revoked;
    // As it last said (PUT /v1/status); "" and 0 before.
    int64_t revision, shown_since_s;
    const char *version, *size, *clock;
    int unsent;
    int64_t disk_free_mb;
};

/* A kiosk asks for a code; ten minutes, once. What the same secret was given
   before is over: those letters stand on no screen any more. False also when
   the code is another kiosk's just now: try the next one. */
bool hub_store_begin_pairing(struct hub_store *s, const char *code,
                             const unsigned char secret_hash[HUB_HASH_BYTES],
                             int64_t now_s, struct problem *why);
/* A coordinator types it in: the device is there, its token not yet. False when
   there is no such code, or no more. The kiosk has ten minutes from now to
   fetch its token. */
bool hub_store_accept_pairing(struct hub_store *s, const char *code,
                              const char *name, const char *school,
                              int64_t now_s, struct problem *why);
/* The kiosk asks again. GIVEN: `token_hash` is now that device's, and the one
   before is not any more. WAITING also when it could not be written. */
enum hub_pairing { HUB_PAIRING_NONE, HUB_PAIRING_WAITING, HUB_PAIRING_GIVEN };
enum hub_pairing
hub_store_end_pairing(struct hub_store *s, const char *code,
                      const unsigned char secret_hash[HUB_HASH_BYTES],
                      const unsigned char token_hash[HUB_HASH_BYTES],
                      int64_t now_s, struct arena *a, struct hub_device *out);

/* The device with that token, not revoked. That it was seen is noted at most
   once a minute, and written with many others': by hub_store_note_seen, or when
   devices are listed. A hub that is killed forgets a few of these. */
bool hub_store_device(struct hub_store *s,
                      const unsigned char token_hash[HUB_HASH_BYTES],
                      int64_t now_s, struct arena *a, struct hub_device *out);
/* said->number and what it says of itself; name and school stay. */
bool hub_store_status(struct hub_store *s, const struct hub_device *said,
                      int64_t now_s, struct problem *why);
/* To be called every few seconds: one commit for all that were seen. */
void hub_store_note_seen(struct hub_store *s);
/* Revoked ones too, in the order of pairing. -1 on failure. */
int hub_store_devices(struct hub_store *s, struct arena *a,
                      const struct hub_device **out);
/* For good: its token opens nothing any more and its pairing is gone. Goes into
   the audit. */
bool hub_store_revoke(struct hub_store *s, int64_t device, const char *person,
                      int64_t now_s, struct problem *why);

/* Whether that was the token of a screen that is revoked, and not one that was
   never known here (or not by this copy of the store): 1 or 0; -1 when it
   cannot be read. */
int hub_store_was_revoked(struct hub_store *s,
                          const unsigned char token_hash[HUB_HASH_BYTES]);

/* ---- people who sign in ---- */

struct hub_person {
    int64_t number;
    const char *name;     // as they sign in; A to Z in either case
    const char *password; // libsodium's Argon2id string
    const char *totp;     // secret, base32; "" not set up
    int64_t totp_step;    // the last one used: a code works once
    bool is_coordinator;  // else a moderator: post-its only
    // Never written as part of a person:
    int64_t signed_in_s; // when they last did; 0: never
    int recovery_left;   // codes for when the phone is lost
};

/* p->number is not read. False when there is one of that name. */
bool hub_store_add_person(struct hub_store *s, const struct hub_person *p,
                          int64_t now_s, struct problem *why);
bool hub_store_person(struct hub_store *s, struct arena *a, const char *name,
                      struct hub_person *out);
bool hub_store_person_numbered(struct hub_store *s, struct arena *a,
                               int64_t number, struct hub_person *out);
/* By name; -1 on failure. */
int hub_store_people(struct hub_store *s, struct arena *a,
                     const struct hub_person **out);
/* Password, totp and totp_step as given, of p->number. */
bool hub_store_change_person(struct hub_store *s, const struct hub_person *p,
                             struct problem *why);
/* For a change after which nobody may go on as before: password, totp,
   totp_step and role as given, and all their sessions over but `kept`, its hash
   (NULL: all). Without totp the recovery codes are gone too. False also when
   nobody would be a coordinator any more. */
bool hub_store_renew_person(struct hub_store *s, const struct hub_person *p,
                            const unsigned char *kept, struct problem *why);
/* With their sessions and codes; never the last coordinator. True also when
   there is none. */
bool hub_store_remove_person(struct hub_store *s, int64_t number,
                             struct problem *why);

/* As hub_store_renew_person, and with these recovery codes instead of those
   there were. */
bool hub_store_set_recovery(
    struct hub_store *s, const struct hub_person *p,
    const unsigned char hashes[HUB_RECOVERY_CODES][HUB_HASH_BYTES],
    const unsigned char *kept, struct problem *why);
/* True for one of theirs, once. */
bool hub_store_use_recovery(struct hub_store *s, int64_t person,
                            const unsigned char hash[HUB_HASH_BYTES]);

/* ---- addresses by which somebody chooses a password, once ---- */

struct hub_invitation {
    int64_t number;
    const char *name;
    int64_t person;      // whose password is forgotten; 0: somebody new
    bool is_coordinator; // somebody new will be one
    bool ends_codes;     // the phone is lost as well
    int64_t made_by;     // a person's number; not read
    int64_t until_s;
};

/* Good for HUB_INVITATION_S, and while who made it is a coordinator and has not
   got a new password by such an address: else somebody who is removed would
   come back by their own invitation. number and until_s are not read. For somebody new
   false when the name is taken, or invited already; for somebody who is there
   it replaces the one before. */
bool hub_store_invite(struct hub_store *s,
                      const unsigned char hash[HUB_HASH_BYTES],
                      const struct hub_invitation *i, int64_t now_s,
                      struct problem *why);
bool hub_store_invitation(struct hub_store *s,
                          const unsigned char hash[HUB_HASH_BYTES],
                          int64_t now_s, struct arena *a,
                          struct hub_invitation *out);
/* Those still good, by name; -1 on failure. */
int hub_store_invitations(struct hub_store *s, struct arena *a, int64_t now_s,
                          const struct hub_invitation **out);
/* True also when there is none. */
bool hub_store_withdraw(struct hub_store *s, int64_t number,
                        struct problem *why);
/* Uses it up: the person is there, or has that password and no session any
   more. `number` is who. False when it was used, withdrawn or too old. */
bool hub_store_accept(struct hub_store *s,
                      const unsigned char hash[HUB_HASH_BYTES],
                      const char *password, int64_t now_s, int64_t *number,
                      struct problem *why);

/* ---- sessions ---- */

struct hub_session {
    int64_t person;
    int64_t begun_s, used_s;
    unsigned char form_key[HUB_HASH_BYTES]; // what form tokens are made with
    unsigned char hash[HUB_HASH_BYTES]; // its own; read, never written
    const char *browser; // "Firefox on Android"; only in lists
};
/* False when that person is not there any more. Notes that they signed in. */
bool hub_store_begin_session(struct hub_store *s,
                             const unsigned char hash[HUB_HASH_BYTES],
                             const struct hub_session *session,
                             struct problem *why);
/* Within 30 minutes of being used and 12 hours of its beginning. Notes the
   use, at most once a minute. */
bool hub_store_session(struct hub_store *s,
                       const unsigned char hash[HUB_HASH_BYTES], int64_t now_s,
                       struct arena *a, struct hub_session *out,
                       struct hub_person *person);
/* Of one person, those not over, lately used first; -1 on failure. Without
   form_key. */
int hub_store_sessions(struct hub_store *s, struct arena *a, int64_t person,
                       int64_t now_s, const struct hub_session **out);
/* True also when there is none. */
bool hub_store_end_session(struct hub_store *s,
                           const unsigned char hash[HUB_HASH_BYTES]);
/* All of that person but `kept`. */
bool hub_store_end_other_sessions(struct hub_store *s, int64_t person,
                                  const unsigned char kept[HUB_HASH_BYTES],
                                  struct problem *why);

/* ---- what was done by whom, without what people wrote ---- */

struct hub_deed {
    int64_t done_s;
    const char *person, *what;
    const char *id; // of a post-it, the number of a device …; ""
};

bool hub_store_audit(struct hub_store *s, const char *person, const char *what,
                     const char *id, int64_t now_s);
/* Newest first; -1 on failure. */
int hub_store_deeds(struct hub_store *s, struct arena *a, int most,
                    const struct hub_deed **out);

/* ---- rewriting what was written ---- */

enum hub_rewrite {
    HUB_REWRITE_LEAVE,
    HUB_REWRITE_CHANGE,
    HUB_REWRITE_DELETE,
};

/* Called for each in turn; what it changes lives in `a`. */
struct hub_rewriting {
    void *data;
    // May change text and author. DELETE is as if it were taken down.
    enum hub_rewrite (*postit)(void *data, struct arena *a,
                               struct hub_postit *p);
    // May change note and document.
    enum hub_rewrite (*revision)(void *data, struct arena *a,
                                 struct hub_revision *r);
};

/* Goes over every post-it and every revision that is kept; all or nothing. Goes
   into the audit as `what`. hub_store_clean is called after it. */
bool hub_store_rewrite(struct hub_store *s, const struct hub_rewriting *how,
                       const char *person, const char *what, int64_t now_s,
                       struct problem *why);

/* Writes the file anew without what was deleted from it, and empties the log.
   Takes as much room on the disk again as the file has. False, with `why`, when
   something may be left of what was deleted: then it is to be called again. */
bool hub_store_clean(struct hub_store *s, struct problem *why);

/* ---- copies ---- */

struct hub_backup;

enum hub_backup_state {
    HUB_BACKUP_MORE,
    HUB_BACKUP_DONE,   // whole, at its path and on the disk
    HUB_BACKUP_FAILED, // with `why`; nothing was left behind
};

/* A copy of the store as it will be at the last step, begun. Only for this user
   (0600). NULL with `why`, also when it would leave less than HUB_BACKUP_SPARE
   of the disk. One at a time. */
#define HUB_BACKUP_SPARE ((int64_t) 32 * 1024 * 1024)
struct hub_backup *hub_store_begin_backup(struct hub_store *s, const char *path,
                                          struct problem *why);
/* Some hundred kilobytes of it. Writing to the store goes on meanwhile. */
enum hub_backup_state hub_store_step_backup(struct hub_backup *b,
                                            struct problem *why);
/* After the last step, or instead of it: then what there is of it is deleted.
   Before hub_store_close. NULL is fine. */
void hub_store_end_backup(struct hub_backup *b);

/* ---- calendars: addresses of .ics files, and what was last read there ---- */

#define HUB_CALENDARS_MOST 20

struct hub_calendar {
    int64_t number;  // never used again
    const char *url; // may be a secret: only who changes it sees it
    const char *label;
    const char *school; // whose screens show it; "": all
    const char *filter; // words of titles; "": all
    // How the last reading went; all of it is empty before the first.
    const char *problem; // a sentence; "": it went well
    int64_t tried_s;
    int64_t read_s; // when it last went well
    int refresh_s;  // how often the calendar itself wants to be read; 0: unsaid
    const char *etag, *modified; // of what was read
    const char *made_for;        // the day and zone it was worked out for
    const char *document; // its meetings, a JSON Feed; "" in short lists
};

/* By number; -1 when it cannot be read. `has_documents`: they are long. */
int hub_store_calendars(struct hub_store *s, struct arena *a,
                        bool has_documents, const struct hub_calendar **out);
/* Another one whenever hub_store_calendars would say something else that feeds
   show; 0 when it cannot be read. */
uint64_t hub_store_calendars_edition(struct hub_store *s);

/* Its url, label, school and filter. The number; 0 with `why`. */
int64_t hub_store_add_calendar(struct hub_store *s,
                               const struct hub_calendar *c,
                               struct problem *why);
/* The same of c->number, if it is there. With another url it is as if it had
   never been read. */
bool hub_store_change_calendar(struct hub_store *s,
                               const struct hub_calendar *c,
                               struct problem *why);
bool hub_store_remove_calendar(struct hub_store *s, int64_t number,
                               struct problem *why);
/* How a reading went: all that hub_calendar says of it; the document only where
   it is not "". Nothing when the calendar has another url by now. */
bool hub_store_keep_calendar(struct hub_store *s, const struct hub_calendar *c,
                             struct problem *why);

/* A small value by name: the set-up secret, the hub's own zone … "" for none,
   and to remove it for good. */
bool hub_store_set(struct hub_store *s, const char *name, const char *value,
                   struct problem *why);
const char *hub_store_get(struct hub_store *s, struct arena *a,
                          const char *name);

#endif
