#ifndef HUB_CONTENT_PAGE_H
#define HUB_CONTENT_PAGE_H

#include <stdbool.h>
#include <stdint.h>

#include "hub/content.h"
#include "hub/form.h"
#include "hub/http.h"
#include "hub/routes.h"

/*
 * A page where coordinators add, change and delete entries of one kind: the
 * list of them, and a form. One table row (struct content_editor) says what is
 * different about a page; all of them together work like this:
 *
 *   GET path            the list, and a form for a new one
 *   GET path?edit=ID    a form with that one in it
 *   GET path?from=ID    a form with the words of that post-it (content_from.h)
 *   POST path           saves or deletes, and goes back to the page; or the
 *                       page again, with a sentence and all that was typed
 *
 * The form remembers which revision its writer saw. When somebody else has
 * saved meanwhile, nothing is saved, the sentence says so, and the words are
 * still in the form.
 */

struct content_page {
    struct hub *hub;
    const struct http_request *r;
    const struct route_match *m;
    struct http_answer *a;
    const struct content_editor *editor;
    struct content content; // the newest revision; changed by a POST
    struct form form;       // POST: what was sent; GET: what stands behind ?
    bool is_sent;           // POST
    const char *id;         // the entry in the form; "" for a new one
    const char *from_id;    // the post-it a new one is made of; "" for none
    const struct hub_postit *from; // it; NULL: none, or it is gone
    int32_t today;          // in the partnership's zone
    const char *sentence;   // what is wrong; NULL: nothing
    const char *wrong;      // the name of that field; NULL: none of them
    bool is_warning;        // it may be saved all the same
    // The first field with more than its `legible` letters, where there is one,
    // and what to say of it unless the entry can be measured.
    const char *long_field, *long_sentence;
    bool is_waiting; // for that: there is no answer yet
    int status;             // of the answer
};

struct content_editor {
    const char *path;
    const char *title;    // h1
    const char *add_title; // h2 over an empty form
    enum item_kind kind;
    char letter;           // begins the ids
    bool opens_first;      // the form has the first entry in it, not nothing
    enum item_kind also;   // a second kind; KIND_PURPOSE (0): none
    // What notes call it: "the question for Thursday 26 November".
    const char *(*name)(struct content_page *p, const struct item *item);
    // Fills `item`, which is new or as it was, from the form; or complains.
    void (*take)(struct content_page *p, struct item *item);
    void (*write_fields)(struct content_page *p, const struct item *item);
    void (*write_list)(struct content_page *p);
    // For the id of a new one; NULL or DAY_NONE: today.
    int32_t (*day)(const struct item *item);

    // Pages whose entries may be made of post-its; else all NULL.
    void (*fill)(struct content_page *p, struct item *item); // from p->from
    const char *from_title; // h2 over such a form
    const char *from_noun;  // what notes call it, without its words: "the idea"
    const char *from_deed;  // in the audit: "made an idea"

    // A third button beside "Edit" and "Delete", which adds a copy: makes it
    // differ, or complains. NULL: none.
    void (*again)(struct content_page *p, struct item *copy);
    const char *again_label;
};

/* Route handlers' work, behind page_gate, which lets coordinators in. */
void content_page_get(const struct content_editor *editor, struct hub *hub,
                      const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);
void content_page_post(const struct content_editor *editor, struct hub *hub,
                       const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

/* ---- taking ---- */

/* Only the first one counts, but anything goes before a warning. The sentence
   is copied. `wrong` is a field's name or NULL. */
void content_page_complain(struct content_page *p, const char *wrong,
                           const char *sentence);
/* Unless they have ticked "all the same". */
void content_page_warn(struct content_page *p, const char *wrong,
                       const char *sentence);

enum content_input {
    CONTENT_LINE,
    CONTENT_LINES, // paragraphs, or one entry a line
    CONTENT_DATE,
    CONTENT_TIME,
    CONTENT_TICK,
};

struct content_field {
    const char *name, *label;
    const char *help; // NULL: none
    enum content_input input;
    int most;             // characters; what is longer is refused
    int legible;          // beyond it the words get small on a wall; 0: never
    const char *missing;  // what is said when it is empty; NULL: it may be
};

/* LINE and LINES, fit for a board, in the content's arena; "" with a complaint
   when it is missing or too long. */
const char *content_page_take(struct content_page *p,
                              const struct content_field *field);
/* A LINE with somebody's name in it, which was `was`: it stays that when who
   is signed in does not see names. */
const char *content_page_take_name(struct content_page *p,
                                   const struct content_field *field,
                                   const char *was);
/* LINES, one entry each, of which there may be so many. `most` and `legible`
   are for each. */
const char *const *content_page_take_list(struct content_page *p,
                                          const struct content_field *field,
                                          int most_entries, int *count);
/* DATE: DAY_NONE when empty; also with a complaint. */
int32_t content_page_take_day(struct content_page *p,
                              const struct content_field *field);
/* TIME, since midnight: -1 likewise. */
int content_page_take_minute(struct content_page *p,
                             const struct content_field *field);

/* ---- writing ---- */

/* `value` as it is now; what was sent goes before it. "yes" for a TICK. */
void content_page_field(struct content_page *p,
                        const struct content_field *field, const char *value);

/* For content_page_take_name: in place of the field why there is none, when
   there is a name already that is not to be seen. */
void content_page_name_field(struct content_page *p,
                             const struct content_field *field,
                             const char *value);

/* <select>, with the options written between the two. */
void content_page_select(struct content_page *p,
                         const struct content_field *field);
void content_page_option(struct content_page *p,
                         const struct content_field *field, const char *value,
                         const char *label, const char *chosen);
void content_page_end_select(struct content_page *p);

/* One entry of a list: a heading, what the caller writes between the two, and
   "Edit" and "Delete". */
void content_page_begin_row(struct content_page *p, const char *heading);
void content_page_end_row(struct content_page *p, const struct item *item);
/* Each line a paragraph. */
void content_page_words(struct content_page *p, const char *words);

/* Entries of that kind for which `is_wanted`, in the order of `compare`, in the
   request's arena. */
int content_page_pick(struct content_page *p, const struct item *const **out,
                      bool (*is_wanted)(const struct content_page *p,
                                        const struct item *item),
                      int (*compare)(const void *one, const void *other));

/* In the request's arena. */
const char *content_page_day(const struct content_page *p, int32_t day);

#endif
