#ifndef IO_KIOSK_STORE_H
#define IO_KIOSK_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/problem.h"
#include "core/board.h"

/*
 * What people wrote on this kiosk, kept so that a pulled plug takes nothing:
 * the post-its, which of them still wait for the hub, what was taken back, and
 * what was touched ("Thank you", face-down). One SQLite file, postits.db in
 * the state folder. Worker thread. It reads no clock: times are handed in, and
 * are wall seconds.
 *
 * A true means committed and on the disk. On false `why` is a sentence for the
 * person at the screen; what SQLite said goes to the log, never with the words
 * of a post-it. `why` is never NULL.
 */

#define POSTIT_ID_BYTES 37    // 36 characters and the NUL
#define POSTIT_TAKE_BACK_S 60 // look.md, Touch
#define TOMBSTONE_KEPT_S (90 * 86400)

enum postit_state {
    POSTIT_WAITING, // in the outbox
    POSTIT_SENT,    // the hub has it
    POSTIT_SHARED,  // and has put it into the feed, for all schools
};

struct postit {
    char id[POSTIT_ID_BYTES]; // UUID version 4 (RFC 9562), lower case
    enum postit_sort sort;
    enum postit_colour colour;
    const char *text;    // UTF-8, checked and capped where it was typed
    const char *author;  // "" for none
    const char *answers; // id of a question or meeting; ""
    int64_t made_s;
    int64_t expires_s;   // exclusive, after made_s
    bool is_time_unsure; // the clock could not be trusted when it was made
    enum postit_state state;
    bool is_refused;   // by the hub: it stays on this board. Not read when
    bool is_in_feed;   // posting, as all from here on: the feed has it
    bool is_face_down; // from here on: of reactions
    int thanks, trying;
};

/* What people here did to a post-it or an idea, ours or from the feed. */
struct reaction {
    const char *target; // its id
    bool is_face_down;
    int thanks, trying; // touches on this kiosk
    // How many of them the feed's own numbers count already. More than the
    // above where one was undone since.
    int thanks_in_feed, trying_in_feed;
};

enum reaction_kind {
    REACTION_THANKS,
    REACTION_TRYING,
    REACTION_FACE_DOWN,
};

/* One touch that the hub has yet to hear of, or of its being undone. */
struct reaction_touch {
    char id[POSTIT_ID_BYTES]; // a UUID: the hub counts each once
    const char *target;
    enum reaction_kind kind;
    bool is_undone;
};

struct tombstone {
    char id[POSTIT_ID_BYTES];
    int64_t taken_s;
};

struct kiosk_store;

/*
 * Makes the folder where it is missing. A damaged database (or one of a
 * program to come) is renamed postits-damaged-YYYYMMDD-HHMMSS.db, logged, and
 * a fresh one begun; but only when it is so both times it is opened, and when
 * a fresh one can be begun beside it: a disk that fails for a while costs
 * nobody a post-it. NULL only when nothing can be kept at all; it is right to
 * try again later.
 */
struct kiosk_store *
kiosk_store_open(const char *folder, int64_t now_s, struct problem *why);

/* For --export beside a running kiosk: changes nothing, sets nothing aside.
   Only the lists below may be asked for. */
struct kiosk_store *
kiosk_store_open_to_read(const char *folder, struct problem *why);

void kiosk_store_close(struct kiosk_store *s); // NULL is fine

/* After a failure: what is stored turned out to be damaged while it was open.
   Close it and open it again; that sets it aside. */
bool kiosk_store_is_damaged(const struct kiosk_store *s);

/* A real write, up to the disk and rolled back: ask before anyone types. Costs
   no fsync. */
bool kiosk_store_can_write(struct kiosk_store *s, struct problem *why);

/*
 * One post-it, by its id: the very same again is true and changes nothing.
 * Other words under an id that is there, or an id that was taken back, is
 * false.
 */
bool kiosk_store_post(struct kiosk_store *s, const struct postit *p,
                      struct problem *why);

/*
 * Within a minute of made_s, by now_s: deleted for good, and its id kept as a
 * tombstone. Taken back already is true.
 */
bool kiosk_store_take_back(struct kiosk_store *s, const char *id, int64_t now_s,
                           struct problem *why);

/* Thanks or trying: `step` 1 for a touch, -1 to undo it; never below 0.
   `target` is any id, of the feed's as well. */
bool kiosk_store_react(struct kiosk_store *s, const char *target,
                       enum reaction_kind kind, int step, int64_t now_s,
                       struct problem *why);
bool
kiosk_store_turn_over(struct kiosk_store *s, const char *target,
                      bool is_face_down, int64_t now_s, struct problem *why);

/* How far it has come. False also when it is not here any more. */
bool kiosk_store_sent(struct kiosk_store *s, const char *id,
                      enum postit_state state, struct problem *why);

/* The hub has heard that it was taken back. */
bool
kiosk_store_told(struct kiosk_store *s, const char *id, struct problem *why);

/* --- what else the hub said: kiosk_store_hub.c --- */

/* It does not want that post-it, which stays here and is not sent again. */
bool
kiosk_store_refused(struct kiosk_store *s, const char *id, struct problem *why);

/* A coordinator took it down: deleted for good. Gone already is true. */
bool kiosk_store_taken_down(struct kiosk_store *s, const char *id,
                            struct problem *why);

/* This screen was taken off the hub: all that is not in the outbox is deleted
   for good, with the touches on whatever else hung there. */
bool kiosk_store_forget_sent(struct kiosk_store *s, struct problem *why);

/* It has heard of that touch, or of its being undone. */
bool kiosk_store_touch_told(struct kiosk_store *s,
                            const struct reaction_touch *t,
                            struct problem *why);

/*
 * Its feed has that post-it (SENT: for us alone, SHARED: for all). And one that
 * the feed had it has no longer: it waits in the outbox again, and the hub
 * will say what became of it.
 */
bool kiosk_store_seen(struct kiosk_store *s, const char *id,
                      enum postit_state state, struct problem *why);
bool
kiosk_store_missed(struct kiosk_store *s, const char *id, struct problem *why);

/* Its feed was asked for after all that was told so far: that has the touches
   in its numbers. How many are counted there only now; -1 on failure. */
int kiosk_store_feed_counts(struct kiosk_store *s);

/*
 * Lists: how many, or -1 when they cannot be read (then logged; *out is
 * untouched). The array and its strings live in the arena.
 */

/* Newest first, not expired at now_s; INT64_MIN: expired ones too. */
int kiosk_store_list(struct kiosk_store *s, struct arena *a, int64_t now_s,
                     const struct postit **out);

/* Waiting, not refused and not expired, in the order of posting. */
int kiosk_store_outbox(struct kiosk_store *s, struct arena *a, int64_t now_s,
                       const struct postit **out);

int kiosk_store_reactions(struct kiosk_store *s, struct arena *a,
                          const struct reaction **out); // by target

/* Touches the hub has not heard of, in their order; none of post-its which it
   has yet to get. */
int kiosk_store_touches(struct kiosk_store *s, struct arena *a,
                        const struct reaction_touch **out);

/* Taken back and the hub not told yet, oldest first. */
int kiosk_store_taken_back(struct kiosk_store *s, struct arena *a,
                           const struct tombstone **out);

/*
 * Deletes for good what expired by now_s, tombstones and lone reactions after
 * 90 days, and damaged databases set aside 14 days ago. Gives how many
 * post-its went. Only for a clock that can be trusted.
 */
int kiosk_store_expire(struct kiosk_store *s, int64_t now_s);

/*
 * The clock can be trusted now: post-its with is_time_unsure count as made at
 * now_s and live as long as they were to. Without this a Pi that woke last
 * month would post what has expired already. Gives how many, -1 on failure.
 */
int kiosk_store_settle_times(struct kiosk_store *s, int64_t now_s);

#endif
