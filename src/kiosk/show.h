#ifndef KIOSK_SHOW_H
#define KIOSK_SHOW_H

#include <stdbool.h>

#include "base/arena.h"
#include "core/hours.h"
#include "core/qr.h"
#include "core/rotation.h"
#include "core/running_order.h"
#include "kiosk/requests.h"
#include "kiosk/show_card.h"
#include "kiosk/worker.h"
#include "view/composer.h"
#include "view/screen.h"
#include "view/touch.h"
#include "view/wall.h"

/*
 * What is being shown, without a window: the board, where the rotation stands,
 * what a touch changes, and the draw list of this moment. UI thread. Knows no
 * SDL, so a test can play whole days through it.
 *
 * show.c brings it all to a moment; show_board.c makes the running order of
 * what there is; show_touch.c is what a person does; show_postit.c what becomes
 * of a post-it; show_card.c what IT sees.
 */

#define SHOW_HOLD_MS 60000
#define SHOW_RECENT 32

/* A reaction of a moment ago, which may be undone. */
struct show_recent {
    uint64_t target; // hash of its id
    enum request_kind kind;
    int64_t at_ms;
};

/* Whether visitors are here, said by hand at a moment when the hours said
   something too. */
struct show_visitors {
    bool is_said;
    bool are_here, by_hours;
    int32_t day;
};

/* Where the post-it is that the store was asked to keep. */
enum posting {
    POSTING_NONE,
    POSTING_COMPOSER, // still in the composer, which waits
    POSTING_DRAFT,    // its writer has gone: it was put aside
    POSTING_UNWANTED, // its writer touched Cancel: it comes down again
};

struct show {
    struct theme theme;
    const struct config *config; // borrowed
    struct zone *zone;   // owned; the machine's, until a board names one

    struct board *board; // owned; NULL: none yet
    struct local_postits *postits; // owned; written here; NULL: none yet
    struct local_meetings *meetings; // owned; from calendars; NULL: none yet
    struct arena merged_arena;
    struct board merged; // board with both of these: what is shown
    struct arena order_arena;
    struct running_order order;
    int64_t order_minute; // wall minute the order was made for
    bool order_is_trusted; // with a clock that could be trusted
    uint32_t order_number; // changes whenever the order was made again
    struct feed_status status;
    struct hub_status hub;
    struct scene_setup setup; // whoever runs the show fills it
    struct qr_memo qr; // of where phones may go

    uint64_t photos[SLIDES_MAX]; // keys of those that can be drawn
    int photo_count;

    struct rotation rotation;
    struct screen_facts facts; // of the slide that is up
    int open_pages;            // of what is open over it
    struct touch_tracker touch;

    // Opened over the slide, as hashes of ids; a post-it over its thread.
    uint64_t thread, reading; // 0: none
    int thread_page, reading_page;
    struct show_recent recent[SHOW_RECENT];
    struct show_visitors visitors;
    bool is_for_visitors; // by hand or by the hours

    struct composer composer;
    bool is_composing;
    struct composer draft; // put aside, until draft_until_ms
    bool has_draft;
    int64_t draft_until_ms;
    struct show_card card; // what is wrong, for IT
    struct requests requests; // to the store; whoever runs the show hands them on
    enum posting posting;
    int64_t posting_ms;    // since then
    uint64_t posted_words; // hash of what went to the store; 0: it answered
    bool is_reacting;      // a reaction is on its way:
    struct show_recent reaction; // this one
    int reaction_step;
    char posted_id[POSTIT_ID_BYTES]; // of the latest; "" none
    bool seeks_posted;               // the page it hangs on is not known yet
    int64_t flight_ms;               // when it began to fly; 0: it hangs
    char cannot[240];     // why nothing can be kept; ""
    char said[240];       // an answer to what was just done; until said_until_ms
    int64_t said_until_ms;

    struct wall_memo board_memo, thread_memo;
    struct arena frame;
    struct draw_list lists[2]; // what is up, and what is being made
    int up;                    // index of the one that is up
    bool has_turned;           // another page since the last picture
};

void show_init(struct show *s, const struct panel *panel,
               const struct ruler *ruler, const struct config *config,
               struct now now);
void show_destroy(struct show *s);

/* A panel of another size; everything is laid out again. */
void show_resize(struct show *s, const struct panel *panel,
                 const struct ruler *ruler);

/* Takes over the board, if the news has one (then it is NULL in `news`). */
void show_take(struct show *s, struct news *news, struct now now);

/* What the picture did. */
enum show_change {
    SHOW_SAME,    // nothing to paint
    SHOW_CHANGED, // paint `*part`
    SHOW_TURNED,  // another page: worth a cross-fade
};

/*
 * Brings everything to `now`: rotation, order, clock. After it, show_list is
 * the picture, `*part` the box that differs from before, and the return
 * value when to call again (monotonic ms; ROTATION_NEVER: only after input).
 */
int64_t show_tick(struct show *s, struct now now, enum show_change *change,
                  struct rect *part);

const struct draw_list *show_list(const struct show *s);

/* The screen was off, and is on again: the slide that is up has its whole time
   once more. */
void show_resume(struct show *s, struct now now);

/* One finger or mouse event. Call show_tick afterwards. */
void show_touch(struct show *s, const struct touch *touch, struct now now);

/* Keys of a keyboard with a plug, while somebody writes. */
void show_type(struct show *s, const char *text, size_t len, struct now now);
enum show_key {
    SHOW_KEY_ERASE,
    SHOW_KEY_DELETE,
    SHOW_KEY_LEFT,
    SHOW_KEY_RIGHT,
    SHOW_KEY_ENTER,
    SHOW_KEY_LEAVE, // out of what is open; false: nothing is
};
bool show_key(struct show *s, enum show_key key, struct now now);

/* The network card: F1. Nothing while somebody writes. */
void show_card_open(struct show *s, struct now now);
bool show_card_is_open(const struct show *s);
/* Digits of a keyboard are wanted, as text. */
bool show_card_is_typing(const struct show *s);
/* True when its facts are to be asked for; once for each time. */
bool show_card_wants_facts(struct show *s);

/* A key: +1 forward, -1 back. */
void show_turn(struct show *s, int by, struct now now);

/* Nobody will answer what was asked of the store: too much waits there. */
void show_refuse(struct show *s, const struct request *request,
                 struct now now);

#endif
