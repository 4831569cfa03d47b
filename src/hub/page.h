#ifndef HUB_PAGE_H
#define HUB_PAGE_H

#include "hub/form.h"
#include "hub/http.h"
#include "hub/hub.h"
#include "hub/routes.h"

/*
 * What every page for people has in common: head, navigation, footer, forms
 * that cannot be sent from elsewhere, and a sentence about what was just done.
 * They work without JavaScript. Pages of people who signed in are never kept
 * by a browser (no-store).
 */

struct page {
    const char *title; // h1 and, with the partnership's name, <title>
    const char *here;  // path of its entry in the navigation; NULL: none
    int status;        // 0: 200
    bool has_error;    // of a form: <title> begins with "Error:"
    const char *style; // a second style sheet, "/web/book.css"; NULL: none
};

/* Head, navigation (for who is signed in) and <main><h1>. What follows goes into
   answer->body. */
void page_begin(struct hub *hub, const struct http_request *r,
                struct http_answer *a, const struct page *page);
void page_end(struct hub *hub, struct http_answer *a);

/* <form method="post" action="…"> with the hidden field that proves that the
   form is ours, and only good for that action; the caller closes it. Before
   somebody has signed in there is none: page_take_form then relies on what the
   browser says of where it was sent from. */
void page_form(struct hub *hub, struct http_answer *a, const char *action);

/*
 * Reads the form of a POST. False, and it is answered, when it was not sent
 * from a page of ours (token and Sec-Fetch-Site or Origin) or cannot be read.
 */
bool page_take_form(struct hub *hub, const struct http_request *r,
                    struct http_answer *a, struct form *form);

/* Back to a page (303), which then says `words` once, at its top. `words` is
   one of a table in page.c, by name, so that nobody can put theirs there. */
enum page_said {
    PAGE_SAID_NOTHING,
    PAGE_SAID_SAVED,
    PAGE_SAID_SHARED,
    PAGE_SAID_KEPT,
    PAGE_SAID_TAKEN_DOWN,
    PAGE_SAID_SCREEN_ADDED,
    PAGE_SAID_SCREEN_REMOVED,
    PAGE_SAID_SIGNED_OUT,
    PAGE_SAID_UNDONE,
    PAGE_SAID_CODES_OFF,
    PAGE_SAID_PASSWORD, // one's own was changed
    PAGE_SAID_OTHERS_ENDED,
    PAGE_SAID_RECOVERY_USED, // signed in with such a code
    PAGE_SAID_JOINED,        // by an invitation
    PAGE_SAID_NEW_PASSWORD,  // chosen by an address; now sign in
    PAGE_SAID_ROLE,
    PAGE_SAID_PERSON_REMOVED,
    PAGE_SAID_WITHDRAWN,
    PAGE_SAID_GONE,    // it is not there any more: somebody was faster
    PAGE_SAID_WELCOME, // the hub was set up just now
    PAGE_SAID_SOMEBODY_ELSE, // has saved meanwhile: nothing was changed
    PAGE_SAID_MODERATION_ON,
    PAGE_SAID_MODERATION_OFF,
    PAGE_SAID_ERASED,
    PAGE_SAID_ERASED_IN_PART, // it may be left in free pages, or in a backup
    PAGE_SAID_FAILED,        // could not be saved; try again
};
void page_go_back(struct http_answer *a, const char *path, enum page_said said);

/* ROUTE_SIGNED_IN's gate: who it is, in `m`, and in hub->person until the
   answer is made; else to the sign-in page, which leads back here. 403 for a
   moderator where only coordinators may go. */
bool page_gate(struct hub *hub, const struct http_request *r,
               struct route_match *m, struct http_answer *a);

/* A path of one of our pages that somebody may be sent to: it is in the
   navigation, word for word, or where a new screen's QR code leads:
   PAGE_ADD_SCREEN with the eight letters behind it. */
#define PAGE_ADD_SCREEN "/screens/add?code="
bool page_is_ours(const char *path);

#endif
