#ifndef TESTS_PAGE_STAND_H
#define TESTS_PAGE_STAND_H

#include "hub/hub.h"
#include "hub/http.h"

/*
 * A browser in front of a hub without a web server: a real store in a folder of
 * its own, the hub's own table of routes, and a clock that stands at
 * PAGE_NOW_S until it is moved. It keeps cookies as a browser does, and says
 * with each POST that it comes from the hub's own page, unless told otherwise.
 */

#define PAGE_NOW_S INT64_C(1795689720) // 2026-11-26 10:42 in London
#define PAGE_PASSWORD "seven quiet kettles"
#define PAGE_TOTP "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // RFC 6238, appendix B

struct page_stand {
    struct hub hub;
    char folder[64];
    struct arena arena;        // of the last request
    struct http_answer answer; // the last one
    char session[128];         // "staffroom=…", or ""
    char said[64];             // "staffroom-said=…", or ""
    char known[160];           // "staffroom-known=…", or ""
    char cookie[400];          // all, as they are sent
    const char *site, *origin, *host, *peer; // headers; "" for none
};

/* For cmocka: *state is a stand whose hub nobody has set up. */
int page_stand_open(void **state);
int page_stand_close(void **state);

/* Set up by Maria, a coordinator, who is signed in: the partnership is
   "Northside", its schools are Hillcrest Primary (hillcrest-primary) and
   St Aidan's (st-aidans). Costs one Argon2id. */
void page_stand_set_up(struct page_stand *s);

/* Maria has codes of PAGE_TOTP from now on, so she sees names. */
void page_stand_switch_on_codes(struct page_stand *s);

/* The answer's status. `path` may have a query. */
int page_stand_get(struct page_stand *s, const char *path);
/* As it is, without a token. */
int page_stand_post(struct page_stand *s, const char *path, const char *form);
/* The form with that action on the page of the last answer, with its token. */
int page_stand_send(struct page_stand *s, const char *path, const char *form);

const char *page_stand_header(const struct page_stand *s, const char *name);
const char *page_stand_body(const struct page_stand *s); // "" for none

/* Fails, showing the page, unless it has, or has not, these words. */
void page_stand_has(const struct page_stand *s, const char *words);
void page_stand_has_not(const struct page_stand *s, const char *words);

/* A screen of hillcrest-primary that is paired; its number. */
int64_t page_stand_pair(struct page_stand *s, const char *name);
/* A post-it of that screen, which waits. `id` is 36 characters. */
void page_stand_postit(struct page_stand *s, int64_t device, const char *id,
                       const char *text, const char *author);
/* How it is now; HUB_POSTIT_DOWN when it is not there. */
enum hub_postit_state page_stand_state(struct page_stand *s, const char *id);

#endif
