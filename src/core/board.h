#ifndef CORE_BOARD_H
#define CORE_BOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/zone.h"
#include "core/date.h"

/*
 * What the partnership has to say: one feed, read and resolved. Plain data,
 * immutable once made; every pointer lives in the board's own arena and is
 * freed whole. Strings are valid UTF-8 without control characters, capped,
 * and "" (never NULL) when the feed did not say.
 */

enum item_kind {
    KIND_PURPOSE,
    KIND_QUESTION,
    KIND_IDEA,
    KIND_POSTIT,
    KIND_MEETING,
    KIND_SCRAPBOOK,
    KIND_IMPACT,
};
#define KIND_COUNT (KIND_IMPACT + 1)

/* As feeds write them: "purpose", "question" … "impact". */
extern const char *const kind_names[KIND_COUNT];

enum postit_sort {
    SORT_IDEA,
    SORT_ANSWER,
    SORT_DISCOVERY,
    SORT_DISTURBANCE,
    SORT_DELIGHT,
};

enum postit_colour {
    COLOUR_YELLOW,
    COLOUR_PINK,
    COLOUR_MINT,
    COLOUR_BLUE,
};

/* How far a post-it has come that was written on this screen. */
enum item_fate {
    FATE_NONE, // it was not, or there is no hub to send it to
    FATE_KEPT, // on this screen, until the hub can be told
    FATE_SENT, // the hub has it; nobody has read it there yet
    FATE_SHARED,
    FATE_STAYS, // the hub does not take it
};

/* When an item may be on the screen. All parts must agree. */
struct window {
    int64_t from_s;      // TIME_NONE: always was
    int64_t until_s;     // TIME_NONE: always will; exclusive
    uint8_t days;        // bit 0 Monday … bit 6 Sunday; 0: every day
    int16_t open_minute; // since midnight; -1: all day
    int16_t shut_minute; // exclusive; before open_minute: over midnight
};

struct item {
    enum item_kind kind;
    int order;          // where it stood in the feed, from 0
    const char *id;     // never ""
    const char *title;  // first sentence of text where the feed gave none
    bool has_own_title; // the feed gave one
    const char *text;   // newlines between paragraphs; at most 2,000 characters
    const char *author; // names joined with ", "
    const char *school; // id, not name
    const char *image;  // address as written, maybe relative; "" for none
    const char *link;
    int64_t published_s; // when first seen, where the feed does not say
    bool is_pinned;
    struct window window;
    const char *const *schools; // ids; shown only there; none: everywhere
    int school_count;

    const char *const *priorities; // purpose
    int priority_count;
    const char *const *promises; // purpose
    int promise_count;

    int32_t on;             // question: its day; DAY_NONE if not said
    const char *next_asker; // question

    int32_t week;          // idea: Monday of its week; DAY_NONE if not said
    const char *next_step; // idea
    int thanks, trying;    // idea, post-it

    int64_t starts_s, ends_s;     // meeting; ends_s TIME_NONE if not said
    bool is_all_day;              // meeting: then the days below count
    int32_t starts_day, ends_day; // local days, ends_day inclusive
    const char *place;            // meeting

    enum postit_sort sort;     // post-it
    enum postit_colour colour; // post-it
    const char *answers;       // post-it: id of a question or meeting; ""
    bool is_face_down;         // post-it: somebody here turned it over

    enum item_fate fate;       // post-it
    bool is_public; // visitors may see it
};

/* What people at this screen did to an item of the feed: what they touched
   that is not yet in its numbers, negative where they undid what is. */
struct item_reaction {
    const char *target; // its id
    int thanks, trying;
    bool is_face_down;
};

struct school {
    const char *id;
    const char *name;
};

struct term {
    int32_t from, until; // days, both included
};

struct board {
    struct arena arena;
    const char *title;
    const char *language;  // "en-GB"; ""
    const char *home_page; // address as written; "" (or NULL) for none
    int64_t revision;      // -1: the feed has none
    bool is_complete;      // an item that is absent is gone
    bool is_frozen;        // the coordinator has stopped new post-its
    const char *zone_name; // IANA; "" for the machine's own
    struct zone *zone;     // owned; NULL: UTC

    const struct item *items; // in feed order
    int item_count;
    const struct school *schools;
    int school_count;
    const struct term *terms;
    int term_count;

    const char *const *notes; // what was dropped or mended, for --check
    int note_count;
    int dropped_count;
};

void board_free(struct board *b); // NULL is fine

/* What a kiosk adds to the feed: its own post-its, and reactions in the order
   of their targets (strcmp). */
struct board_addition {
    const struct item *items;
    int item_count;
    const struct item_reaction *reactions;
    int reaction_count;
};

/*
 * The board with the added items behind its own, those it has already left out
 * (by id; their fate goes to its own), and its own as they were touched. A shallow copy: it shares all with
 * `b` and `add`, must not outlive them nor the arena, and is never freed.
 */
struct board board_with(const struct board *b, struct arena *arena,
                        const struct board_addition *add);

/* The school's name; the id itself when the feed does not list it. */
const char *board_school_name(const struct board *b, const char *id);

#endif
