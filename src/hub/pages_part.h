#ifndef HUB_PAGES_PART_H
#define HUB_PAGES_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/problem.h"
#include "base/text.h"
#include "core/board.h"
#include "hub/form.h"
#include "hub/http.h"

/*
 * What the pages for people share below the frame of page.h: the board that is
 * published, fields of forms, and times.
 */

struct hub;

/* "" when there is none. In the request's arena. */
const char *pages_cookie(const struct http_request *r, const char *name);

/* ---- what is published ---- */

struct pages_board {
    struct board *board; // owned; NULL: see below
    int64_t revision;    // 0: nothing is published
};

/* False when nothing is published yet, or it cannot be read: `why` says. */
bool pages_board_open(struct hub *hub, struct arena *a, struct pages_board *out,
                      struct problem *why);
void pages_board_close(struct pages_board *b); // also one that never opened

/* An id for a school of that name, as nobody on the board has: "st-aidans". */
const char *pages_school_id(struct arena *a, const struct board *b,
                            const char *name);

/* A shallow copy of `b` with one school more. */
struct board pages_board_with_school(struct arena *a, const struct board *b,
                                     const char *name);

/* The question that is up now on the screens of that school ("": of no one in
   particular), as they choose it. NULL: none, or `b` is. Borrowed from `b`. */
const struct item *pages_question_up(const struct hub *hub, struct arena *a,
                                     const struct board *b, const char *school);

/* ---- fields ---- */

struct pages_field {
    const char *name, *label;
    const char *hint;  // below the label; NULL: none
    const char *wrong; // why it was not taken; NULL: it was, or is not yet
    const char *value; // "": empty
    const char *type;  // of <input>; NULL: "text"
    const char *autocomplete; // NULL: "off"
    int most;                 // letters; 0: no limit
    bool is_required;
    int lines; // of a <textarea>; 0: an <input>
    const char *list; // id of a <datalist>; NULL: none
};

/* <div class="field"> with label, hint, error and the input, tied together. */
void pages_add_field(struct text *t, const struct pages_field *f);

/* One line somebody typed: without control characters, blanks at its ends and
   more than one blank at a time. In `a`. */
const char *pages_line(struct arena *a, const char *typed);

/* NULL, or why these words are not good for a name: none, or more than `most`
   letters. */
const char *pages_line_refusal(const char *line, int most);

/* ---- times ---- */

/* The hub's, as core/wording takes it: good, unless the machine thinks that it
   is before this was written. */
struct now pages_now(const struct hub *hub);

/* "today 10:38", "yesterday 15:02", "Friday 16:10", "12 November". */
const char *pages_when(struct arena *a, const struct board *b, int64_t then_s,
                       struct now now);

/* ---- post-its ---- */

struct hub_postit;

/* One post-it with what may be done to it; `from` is the page it is on. */
void pages_add_postit(struct hub *hub, const struct http_request *r,
                      struct http_answer *a, const struct board *b,
                      const struct hub_postit *p, const char *from);

/* ---- screens ---- */

struct hub_device;

/* That screen, unless it is not there, or not any more. */
bool pages_screen(struct hub *hub, struct arena *a, int64_t number,
                  struct hub_device *out);

/* Rows of a table: name, state, size. */
void pages_add_screens(struct text *t, struct arena *a, const struct board *b,
                       int64_t revision, const struct hub_device *list,
                       int count, struct now now, bool can_remove);

#endif
