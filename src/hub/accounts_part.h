#ifndef HUB_ACCOUNTS_PART_H
#define HUB_ACCOUNTS_PART_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/text.h"
#include "hub/form.h"
#include "hub/http.h"
#include "io/hub_store.h"

/*
 * What the files of accounts.h and people_page.h share: choosing a password,
 * proving that it is still the same person who sits there, and codes.
 */

struct hub;

/* ---- accounts_password.c: choosing one ---- */

/* The fields "password" and "again". */
void accounts_add_new_password(struct text *t, const char *wrong);
/* NULL when both are the same, and good; else a sentence. */
const char *accounts_new_password_refusal(const struct form *form,
                                          const char *name);

/* ---- accounts_proof.c ---- */

/* The field "own": the password of who is signed in, asked again before what
   somebody at an open screen should not be able to do. */
void accounts_add_proof(struct text *t, const char *wrong);
/* NULL when it is right; else a sentence. A few tries a minute for each
   person, from wherever they come. */
const char *accounts_proof_refusal(struct hub *hub, const struct form *form);

enum accounts_code {
    ACCOUNTS_CODE_WRONG,
    ACCOUNTS_CODE_PHONE,
    ACCOUNTS_CODE_RECOVERY,
};
/* What somebody typed as a code, after their password was right: theirs of now,
   or a recovery code. It is used up with that. WRONG also after too many. */
enum accounts_code accounts_use_code(struct hub *hub,
                                     const struct http_request *r,
                                     struct hub_person *p, const char *typed);

/* As apps and paper show them: without blanks and dashes, in capitals. */
const char *accounts_plain_code(struct arena *a, const char *typed);

/* ---- accounts_recovery.c ---- */

/* 24 letters of 28: 115 bits, for which a plain hash is enough (ASVS 5.0,
   6.5.2). No vowels, and nothing that looks like something else. */
#define ACCOUNTS_RECOVERY_LETTERS 24
#define ACCOUNTS_RECOVERY_ALPHABET "23456789BCDFGHJKLMNPQRSTVWXZ"

struct accounts_recovery {
    char codes[HUB_RECOVERY_CODES][ACCOUNTS_RECOVERY_LETTERS + 1];
    unsigned char hashes[HUB_RECOVERY_CODES][HUB_HASH_BYTES];
};
void accounts_make_recovery(struct accounts_recovery *out);
void accounts_hash_recovery(const char *code,
                            unsigned char out[HUB_HASH_BYTES]);
/* The whole page with them, once; forgets them. */
void accounts_show_recovery_codes(struct hub *hub, const struct http_request *r,
                                  struct http_answer *a,
                                  struct accounts_recovery *codes,
                                  const char *lead);

/* ---- accounts_tries.c: how often somebody may try to sign in ---- */

/* False, and it is answered with 429. */
bool accounts_may_try(struct hub *hub, const struct http_request *r,
                      const char *name, struct http_answer *a);
/* Of who has proved the password: codes have six digits only. */
bool accounts_may_try_code(struct hub *hub, const struct http_request *r,
                           const struct hub_person *p);
/* This browser is known for that person from now on. */
void accounts_remember_browser(struct hub *hub, const struct http_request *r,
                               const char *name, struct http_answer *a);

/* ---- accounts_join.c ---- */

/* A new address of that kind, whole, in the request's arena, made by who is
   signed in; NULL with a sentence. */
const char *accounts_invite(struct hub *hub, const struct http_request *r,
                            const struct hub_invitation *i,
                            struct problem *why);

/* The same by whoever i->made_by is: its path, in `a`. */
const char *accounts_make_invitation(struct hub *hub, struct arena *a,
                                     const struct hub_invitation *i,
                                     struct problem *why);

/* ---- accounts.c ---- */

const char *accounts_cookie_end(const struct hub *hub); // "; Path=/; …"

#endif
