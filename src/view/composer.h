#ifndef VIEW_COMPOSER_H
#define VIEW_COMPOSER_H

#include <stdbool.h>
#include <stdint.h>

#include "core/compose.h"
#include "view/keyboard.h"
#include "view/sheet.h"
#include "view/touch.h"

/*
 * Where a post-it is written: the post-it itself as it will look, its sort and
 * colour, the name, and the keyboard. It takes the whole picture. Pure: told
 * of touches and keys, it changes its compose and answers when the writer is
 * done. UI thread; `now_ms` is monotonic.
 */

enum composer_answer {
    COMPOSER_GOES_ON,
    COMPOSER_CANCEL,
    COMPOSER_POST, // compose_refusal was NULL
};

#define COMPOSER_ABOUT_BYTES 400

struct composer {
    struct compose compose;
    struct keyboard keyboard;
    char about[COMPOSER_ABOUT_BYTES]; // see composer_set_about
    const char *refusal;   // why Post it did nothing; NULL: it was not asked.
                           // Borrowed; whoever cannot keep it sets it too
    const char *blocked;   // why nothing can be kept at all; NULL. Borrowed
    int64_t used_ms;       // when somebody last touched or typed

    // The control under the finger: acts when it is let go in the same place.
    bool is_pressed;
    int64_t finger;
    enum target_kind pressed;
    int pressed_value;
};

/* An empty post-it; `answers` is the id of a question or meeting, or "". */
void composer_open(struct composer *c, enum postit_sort sort,
                   const char *answers, int64_t now_ms);

/*
 * What it is for, said quietly beside it in two lines, where there is room:
 * "Answering: What do our quietest pupils know?" Kept here, cut at the end if
 * it must be: the board it came from may go while somebody writes.
 */
void composer_set_about(struct composer *c, const char *about);

enum composer_answer composer_touch(struct composer *c,
                                    const struct draw_list *shown,
                                    const struct touch *touch,
                                    int64_t now_ms);

/* What a keyboard with a plug types; `len` 0 for none. */
enum composer_answer composer_type(struct composer *c, const char *text,
                                   size_t len, int64_t now_ms);

/* Repeats and long presses; call at composer_next_ms. */
void composer_tick(struct composer *c, int64_t now_ms);
int64_t composer_next_ms(const struct composer *c);

/* The whole picture, with its targets. Places the keyboard. */
void composer_draw(struct composer *c, struct sheet *s);

#endif
