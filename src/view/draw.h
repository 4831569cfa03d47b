#ifndef VIEW_DRAW_H
#define VIEW_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

/*
 * What a picture is made of: a list of drawing commands in painting order,
 * and the places on it that can be touched. Nothing here draws.
 *
 * Coordinates are whole logical pixels, (0,0) top left of the picture as it
 * is read; turning the picture for a turned panel is the canvas's business.
 * Colours are 0xAARRGGBB, not premultiplied. Two lists that are equal are the
 * same picture.
 */

struct rect {
    int x, y, w, h;
};

bool rect_is_empty(struct rect r);
struct rect rect_union(struct rect a, struct rect b); // an empty one adds nothing
struct rect rect_cross(struct rect a, struct rect b); // empty: w and h are 0
struct rect rect_grow(struct rect r, int by);
bool rect_holds(struct rect r, int x, int y);

/* The roles a letter can have; sdl/fonts knows the files. */
enum font {
    FONT_TEXT,     // Atkinson Hyperlegible Next 400
    FONT_STRONG,   // the same, 600
    FONT_HEAVY,    // the same, 800
    FONT_SENTENCE, // Fraunces 600: purpose and question only
    FONT_HAND,     // Patrick Hand: post-its
};
#define FONT_COUNT (FONT_HAND + 1)

enum draw_kind {
    DRAW_FILL,   // box in one colour, edges hard
    DRAW_BOX,    // box with rounded, anti-aliased corners and maybe a border
    DRAW_SHADOW, // the soft shadow that a box of this size casts
    DRAW_TEXT,   // one line of text
    DRAW_IMAGE,  // a photo, cropped to cover the box, corners rounded
    DRAW_RING,   // part of a circle's line, clockwise from twelve o'clock
};

enum corner {
    CORNER_TOP_LEFT = 1,
    CORNER_TOP_RIGHT = 2,
    CORNER_BOTTOM_RIGHT = 4,
    CORNER_BOTTOM_LEFT = 8,
    CORNER_ALL = 15,
};

struct draw_command {
    enum draw_kind kind;
    struct rect box; // before leaning
    uint32_t colour;

    int radius;       // BOX, SHADOW, IMAGE
    unsigned corners; // BOX, IMAGE: which corners are rounded
    int line_px;      // BOX: border inside the box, 0 none; RING: line width
    uint32_t line_colour; // BOX
    int blur_px;      // SHADOW: how far it fades, both ways from the edge
    float part;       // RING: 0 to 1

    enum font font; // TEXT
    int size_px;    // TEXT: em size
    int baseline;   // TEXT: y of the baseline; the line starts at box.x
    size_t text_at; // TEXT: into draw_list.texts
    size_t text_len;

    uint64_t image; // IMAGE: hash_string of item.image; sdl/photos has the picture

    // The command is turned by lean degrees (clockwise, small) around the
    // pivot, as part of something that was put up slightly askew.
    float lean;
    int pivot_x, pivot_y;
};

/* What touching a place means. `value` is for the one who acts on it. */
enum target_kind {
    TARGET_NONE,
    TARGET_ADD_POSTIT,
    TARGET_ANSWER,
    TARGET_PREVIOUS, // page or slide before
    TARGET_NEXT,
    TARGET_POSTIT,     // value: place in the slide's items
    TARGET_ANSWER_ONE, // value: place in the question's answers
    TARGET_ANSWERS,    // all answers, to read
    TARGET_MEETING,    // value: place in the slide's items
    TARGET_THANKS,     // "Thank you", to the one item that is shown
    TARGET_TRYING,     // "I'll try it"
    TARGET_TURN_OVER,  // face-down, or back
    TARGET_TAKE_BACK,
    TARGET_CLOSE,
    TARGET_CANCEL, // the composer's
    TARGET_POST,
    TARGET_SORT,   // value: enum postit_sort
    TARGET_SORT_NEXT,
    TARGET_COLOUR, // value: enum postit_colour
    TARGET_TEXT,   // value: byte offset the caret goes to
    TARGET_NAME,
    TARGET_DIGIT, // value: 0 to 9
    TARGET_ERASE,
};

struct target {
    enum target_kind kind;
    int value;
    struct rect box;
};

#define TARGETS_MAX 256

struct draw_list {
    int w, h; // of the picture
    struct draw_command *commands; // owned
    size_t count;
    size_t size;
    struct text texts; // owned; the bytes of every TEXT, one after another
    struct target targets[TARGETS_MAX];
    int target_count;

    // Added to what is appended from here on.
    int shift_x, shift_y;
    float lean;
    int pivot_x, pivot_y;
};

/* Empties the list, keeping its memory, for a picture of w × h. */
void draw_start(struct draw_list *d, int w, int h);
void draw_destroy(struct draw_list *d);

void draw_fill(struct draw_list *d, struct rect box, uint32_t colour);
void draw_box(struct draw_list *d, struct rect box, int radius,
              uint32_t colour);
void draw_box_corners(struct draw_list *d, struct rect box, int radius,
                      unsigned corners, uint32_t colour);
void draw_bordered_box(struct draw_list *d, struct rect box, int radius,
                       uint32_t colour, int line_px, uint32_t line_colour);
void draw_shadow(struct draw_list *d, struct rect box, int radius, int blur_px,
                 uint32_t colour);

/* One line; `box` is the line's box: x, top, measured width, line height. */
void draw_text(struct draw_list *d, struct rect box, int baseline,
               enum font font, int size_px, uint32_t colour, const char *text,
               size_t len);
void draw_image(struct draw_list *d, struct rect box, int radius,
                uint64_t image);
void draw_ring(struct draw_list *d, struct rect box, int line_px, float part,
               uint32_t colour);

/* Until draw_straight, everything leans around the middle of `around`. */
void draw_lean(struct draw_list *d, float degrees, struct rect around);
void draw_straight(struct draw_list *d);

/* Everything from here on is moved, burn-in being slow but patient. */
void draw_shift(struct draw_list *d, int x, int y);

void draw_target(struct draw_list *d, enum target_kind kind, int value,
                 struct rect box);

/* The topmost target at that place; NULL when there is none. */
const struct target *draw_target_at(const struct draw_list *d, int x, int y);

/* The text of a TEXT command; not NUL-terminated. */
const char *draw_text_bytes(const struct draw_list *d,
                            const struct draw_command *c);

/* Where the command may leave pixels, lean included. */
struct rect draw_command_reach(const struct draw_command *c);

/*
 * The box that holds every pixel that may differ between the pictures; empty
 * when they are the same. Lists of different sizes differ everywhere.
 */
struct rect draw_difference(const struct draw_list *a,
                            const struct draw_list *b);

/* The list as lines of text, for goldens and for people. */
void draw_print(const struct draw_list *d, struct text *out);

#endif
