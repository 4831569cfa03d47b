#ifndef VIEW_KEYBOARD_H
#define VIEW_KEYBOARD_H

#include <stdbool.h>
#include <stdint.h>

#include "view/draw.h"
#include "view/sheet.h"
#include "view/touch.h"

/*
 * The keyboard on the screen: UK QWERTY, its capitals, and a page of signs.
 * It knows keys, not what is written with them: it answers touches with what a
 * key means. No prediction, no learning. UI thread; `now_ms` is monotonic.
 *
 * A finger presses on DOWN, slides to correct, commits on UP, and off the
 * keyboard to cancel. A second finger's DOWN commits the first: two thumbs
 * roll. A letter held long offers its variants above itself.
 */

enum key_kind {
    KEY_NONE, // nothing happened that concerns the text
    KEY_TEXT,
    KEY_SPACE,
    KEY_BACKSPACE,
    KEY_BACKSPACE_WORD, // only from one held for long, never in a table
    KEY_ENTER,
    KEY_SHIFT, // dealt with here; reported so that somebody draws
    KEY_PAGE,  // the same
};

#define KEY_TEXT_BYTES 8

struct key_action {
    enum key_kind kind;
    char text[KEY_TEXT_BYTES]; // KEY_TEXT and KEY_SPACE: what it types
};

/* ---- layouts: const tables in keyboard_layout.c ---- */

struct key {
    const char *label;
    const char *text; // what it types: its label, unless it has an action
    enum key_kind action;
    int width;            // tenths of a letter key
    const char *variants; // letters offered on a long press; NULL for none
};

struct key_row {
    const struct key *keys;
    int count;
    int inset;  // tenths of a letter key left free on either side
    int height; // tenths of a letter key
};

enum keyboard_page {
    KEYBOARD_LETTERS,
    KEYBOARD_CAPITALS,
    KEYBOARD_SIGNS,
};
#define KEYBOARD_PAGE_COUNT (KEYBOARD_SIGNS + 1)

#define KEYBOARD_ROWS_MAX 5
#define KEYBOARD_KEYS_MAX 48
#define KEYBOARD_VARIANTS_MAX 8 // the letter itself included

struct keyboard_layout {
    struct key_row rows[KEYBOARD_ROWS_MAX];
    int row_count;
};

/* [0] without a row of digits, [1] with one */
extern const struct keyboard_layout keyboard_layouts[2][KEYBOARD_PAGE_COUNT];

/* ---- one keyboard ---- */

enum keyboard_shift {
    KEYBOARD_SHIFT_AUTO, // capitals when the text wants one
    KEYBOARD_SHIFT_OFF,  // it wants one, the writer does not
    KEYBOARD_SHIFT_ONCE,
    KEYBOARD_SHIFT_CAPS,
};

struct keyboard {
    struct rect box; // all of it, the ground around the keys included
    bool has_digits;
    int most_pitch_px; // from one letter key to the next; 0: as wide as the box
    bool has_signs; // the page of signs is up
    enum keyboard_shift shift;
    bool wants_capital; // what the text asks for: set after every change of it
    int64_t shifted_ms; // when Shift was last touched; 0: too long ago

    // The finger that is down on it.
    bool is_down;
    int64_t finger;
    int key;           // under the finger, into keyboard_rects; -1: off
    int64_t since_ms;  // when it came to this key
    int64_t next_ms;   // when holding it does something (more)
    bool is_spent;     // it has repeated: letting go does nothing
    bool has_variants; // they are open
    int variant;       // chosen among them; 0 the letter itself, -1 none
    int x;             // where the finger is
    int opened_x;      // where it was when the variants opened
    bool has_moved;    // and whether it has gone from there
};

/*
 * Where it stands. Keys keep to the middle of a box that is very wide, or wider
 * than their `most_pitch_px` wants. A press that was going on is forgotten when
 * this changes anything.
 */
void keyboard_place(struct keyboard *k, struct rect box, bool has_digits,
                    int most_pitch_px);

/* How high its box must be for rows of letters that far apart, and how wide
   for keys. */
int keyboard_height_px(int pitch_px, bool has_digits);
int keyboard_width_px(int pitch_px);

/* From one row of letters to the next in a box that high. */
int keyboard_row_pitch_px(int height_px, bool has_digits);

/* The row of digits is lower than the others: in tenths of them. */
#define KEYBOARD_DIGITS_TENTHS 7

/*
 * Every touch while it is on the screen, wherever it is: a DOWN outside the
 * box starts nothing, but commits a key that another finger has down.
 */
struct key_action
keyboard_touch(struct keyboard *k, const struct touch *touch, int64_t now_ms);

/* Repeats, and variants that open. Call when keyboard_next_ms has come. */
struct key_action keyboard_tick(struct keyboard *k, int64_t now_ms);

#define KEYBOARD_NEVER INT64_MAX
int64_t keyboard_next_ms(const struct keyboard *k); // KEYBOARD_NEVER: not soon

void keyboard_release(struct keyboard *k); // lets go of everything, types none

/* Draws into its box, and open variants maybe above it: call it last. */
void keyboard_draw(const struct keyboard *k, struct sheet *s);

/* ---- for drawing and tests ---- */

enum keyboard_page keyboard_page(const struct keyboard *k);

/* The keys that are up and where, row by row. Returns how many. */
int keyboard_rects(const struct keyboard *k, struct rect rects[],
                   const struct key *keys[]);

/* The key nearest to a place in the box; -1 outside. */
int keyboard_key_at(const struct keyboard *k, int x, int y);

/* Where open variants stand, the letter itself among them, and what they
   type. Returns how many; 0 while closed. */
int keyboard_variants(const struct keyboard *k,
                      struct rect rects[KEYBOARD_VARIANTS_MAX],
                      char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES]);

#endif
