#ifndef HUB_PARTNERSHIP_PAGE_PART_H
#define HUB_PARTNERSHIP_PAGE_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "hub/content.h"
#include "hub/form.h"
#include "hub/http.h"

/*
 * What partnership_page.c (requests, saving) has from partnership_page_take.c
 * (reading the form) and partnership_page_write.c (the page).
 */

struct hub;

#define PARTNERSHIP_SCHOOLS_MOST 50
#define PARTNERSHIP_TERMS_MOST 20 // feeds take 60
#define PARTNERSHIP_TITLE_LETTERS 80
#define PARTNERSHIP_SCHOOL_LETTERS 80

/* What would be left without its school. */
struct school_uses {
    int screens, postits, entries;
};

struct partnership_school {
    const char *id, *name;
    const char *wrong; // NULL: nothing
    bool is_removed;   // ticked
    struct school_uses uses;
};

struct partnership_term {
    const char *from, *until; // as typed
    const char *wrong;
};

struct partnership_page {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    struct content content;
    struct form form;
    bool is_sent;

    // As it is, or as it was sent.
    const char *title, *home_page, *language, *zone, *new_schools;
    const char *wrong_title, *wrong_home_page, *wrong_language, *wrong_zone,
        *wrong_new_schools;
    bool is_frozen;
    struct partnership_school schools[PARTNERSHIP_SCHOOLS_MOST];
    int school_count;
    struct partnership_term terms[PARTNERSHIP_TERMS_MOST];
    int term_count;

    const char *sentence; // what is wrong with all of it; NULL: nothing
    int status;
};

/* Fills the fields from the board, and from the form where there is one. */
void partnership_page_read(struct partnership_page *p);
/* Whether the board may become what the form says; it then is, and `note` says
   what was changed: "" for nothing. Else the fields say why. */
bool partnership_page_take(struct partnership_page *p, const char **note);

void partnership_page_show(struct partnership_page *p);

#endif
