#ifndef HUB_ACCOUNTS_H
#define HUB_ACCOUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "hub/http.h"
#include "hub/routes.h"
#include "hub/secret.h"

/*
 * Who may sign in, and how: names, passwords (Argon2id) and codes, and the
 * cookie that says who it is from then on. The store has hashes only. A
 * session is over after half an hour without use, and after twelve hours; a new
 * password, role or codes end all others of that person.
 *
 * The first person comes in by an address that the hub prints when it starts
 * and nobody can sign in: it has a secret in it, and is gone after use. All
 * others are invited by a coordinator (people_page.h) with such an address.
 */

struct hub;

#define ACCOUNTS_NAME_LETTERS 40
#define ACCOUNTS_PASSWORD_MOST SECRET_PASSWORD_MOST // bytes

/* NULL: it may be used; else a sentence for who chose it. Pure. */
const char *accounts_password_refusal(const char *password, const char *name);

/* ---- names ---- */

/* Whether who is signed in may see people's names (authors, askers): only with
   codes switched on. */
bool accounts_sees_names(const struct hub *hub);
/* The name, or in its place why it is not shown. */
void accounts_add_name(struct text *t, const struct hub *hub, const char *name);
/* For the top of a page with names on it: what to do. Nothing for who sees
   them. */
void accounts_add_names_note(struct text *t, const struct hub *hub);

/* ---- sessions ---- */

/* Who the cookie says it is, in hub->person and hub->session until the answer
   is made. False when nobody is signed in. */
bool accounts_recognise(struct hub *hub, const struct http_request *r);

/* A new session for that person, and its cookie in `a`; the one that this was
   asked in is over. */
bool accounts_begin(struct hub *hub, const struct http_request *r,
                    int64_t person, struct http_answer *a,
                    struct problem *why);
/* The session this was asked in is over, and its cookie gone. */
void accounts_end(struct hub *hub, const struct http_request *r,
                  struct http_answer *a);

/* ---- /sign-in and /sign-out ---- */

void accounts_show_sign_in(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);
/* 303 on success. 422 whatever of the three was wrong, in one sentence that
   does not say which; 429 after too many tries (accounts_tries.c). A recovery
   code is good in place of one from the phone. */
void accounts_sign_in(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);
void accounts_sign_out(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

/* ---- /account: what is one's own ---- */

void accounts_show_account(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);
void accounts_end_others(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a);
void accounts_show_password(struct hub *hub, const struct http_request *r,
                            const struct route_match *m, struct http_answer *a);
void accounts_change_password(struct hub *hub, const struct http_request *r,
                              const struct route_match *m,
                              struct http_answer *a);
void accounts_show_codes(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a);
void accounts_change_codes(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);
/* The key for a phone as an SVG picture, while codes are not switched on. */
void accounts_draw_key(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);
void accounts_show_recovery(struct hub *hub, const struct http_request *r,
                            const struct route_match *m, struct http_answer *a);
void accounts_renew_recovery(struct hub *hub, const struct http_request *r,
                             const struct route_match *m,
                             struct http_answer *a);

/* ---- /welcome/{secret}: who was sent an address ---- */

void accounts_show_join(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);
void accounts_join(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a);

/* ---- /set-up/{secret}: the first start ---- */

/* When nobody can sign in yet: makes a new secret, forgets the one before, and
   gives the path of the page. False when somebody can, or the store is shut. */
bool accounts_open_set_up(struct hub *hub, char *path, size_t size);

void accounts_show_set_up(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);
void accounts_set_up(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);

#endif
