#ifndef HUB_PHONE_PAGE_PART_H
#define HUB_PHONE_PAGE_PART_H

#include "hub/pages_part.h"
#include "hub/phone_token.h"
#include "io/hub_store.h"

/* What the two files of the phone's page share: who asks, and the form. */

#define PHONE_TAKE_BACK_S 60

struct hub;
struct http_request;
struct http_answer;

/* The phone that asks: somebody who stands before that screen. */
struct phone {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    const char *token;
    struct hub_device device;
    struct pages_board published;
    const struct item *question; // that is up there; NULL: none
};

/* What was typed, and what is wrong with it. Strings are never NULL but for
   the last three. */
struct phone_form {
    const char *id, *proof; // of the post-it, and that the id is the hub's
    const char *text, *author, *sort, *colour;
    const char *answers; // id of the question; ""
    const char *wrong_text, *wrong_author, *failed;
    int status; // where something failed; 0: 422
};

void phone_form_show(struct phone *p, const struct phone_form *f);

/* `left_s` of the time to take it back; not positive: no button. */
void phone_form_thank(struct phone *p, const struct hub_postit *written,
                      int64_t left_s);

/* A page with one sentence and, for who may go on, a way back to the form. */
void phone_form_say(struct phone *p, int status, const char *title,
                    const char *words, bool may_go_on);

#endif
