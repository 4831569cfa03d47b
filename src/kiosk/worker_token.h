#ifndef KIOSK_WORKER_TOKEN_H
#define KIOSK_WORKER_TOKEN_H

#include <stdbool.h>

#include "base/problem.h"
#include "base/text.h"
#include "io/machine_mark.h"

/*
 * What a hub knows this screen by: a token, kept in the file hub-token of the
 * state folder (0600), with the address of the hub that gave it, which is the
 * only one it is ever sent to. Worker thread.
 *
 * The file has four lines: token, address, school, and the marks of board and
 * disk in hexadecimal. Without the fourth it was put there by hand, or by a
 * version that had none.
 */

#define WORKER_TOKEN_BYTES 44 // 32 random bytes as base64url, and the NUL
#define WORKER_SCHOOL_BYTES 64
#define WORKER_CODE_BYTES 9 // eight letters
#define WORKER_PAGE_BYTES 80

struct worker_token {
    char token[WORKER_TOKEN_BYTES];   // "": this screen is not known there
    char school[WORKER_SCHOOL_BYTES]; // id; "" when the hub did not say
    struct machine_mark machine;      // it was given to; zeros: any
};

/* The token of that hub; false, and "" in it, when there is none. */
bool worker_token_read(struct worker_token *t, const char *folder,
                       const char *hub);

/*
 * The same on a machine that keeps to it: a card that was copied for a second
 * screen brings the first one's token along, and the hub would take the two for
 * one, so there it is thrown away. On a machine that is told for the first time
 * the token is kept with it.
 */
void worker_token_open(struct worker_token *t, const char *folder,
                       const char *hub, const struct machine_mark *here);

/* Makes the folder where it is missing. */
bool worker_token_keep(const struct worker_token *t, const char *folder,
                       const char *hub, struct problem *why);

/* The hub does not know it any more, or it is another screen's. */
void worker_token_remove(struct worker_token *t, const char *folder);

/* A new secret from the kernel's random numbers, as long as a token. */
bool worker_token_new_secret(char secret[WORKER_TOKEN_BYTES]);

/* Out of a hub's answers. False when it is none such. */
bool worker_token_from_json(struct worker_token *t, const struct text *json);
bool worker_token_code_from_json(char code[WORKER_CODE_BYTES], int *expires_s,
                                 const struct text *json);
/* What came with a 401: that this token is no good any more, because somebody
   took the screen off, and not that the hub knows nothing of it. */
bool worker_token_is_revoked(const char *content_type, const struct text *body);
/* "/post/" and characters of base64url. */
bool worker_token_page_from_json(char page[WORKER_PAGE_BYTES],
                                 const struct text *json);

#endif
