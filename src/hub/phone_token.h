#ifndef HUB_PHONE_TOKEN_H
#define HUB_PHONE_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

/*
 * What a phone shows instead of signing in: the code it has scanned from a
 * screen. Nothing is kept of it. A token is the number of the screen and a
 * keyed hash of that and of half a day; it is good in that half and the next,
 * so that a photo of the screen does not open the board for ever. The key is
 * made once, and is the store's "phone_key".
 */

struct hub;

#define PHONE_TOKEN_BYTES 28 // 27 characters of base64url and the NUL
#define PHONE_PROOF_BYTES 23 // 22 and the NUL
#define PHONE_SLOT_S (12 * 3600)

/* False, "" then, where the store cannot give or keep a key. */
bool phone_token_make(struct hub *hub, int64_t device,
                      char out[PHONE_TOKEN_BYTES]);

/* The device it is for; 0 for one that is not ours, not any more, or not yet.
   Whether that screen is still paired is for the caller to see. */
int64_t phone_token_device(struct hub *hub, const char *token);

/* That a form of ours said so: `what` may be done to the post-it `id` by phones
   of that device. */
void phone_proof_make(struct hub *hub, const char *what, int64_t device,
                      const char *id, char out[PHONE_PROOF_BYTES]);
bool phone_proof_holds(struct hub *hub, const char *what, int64_t device,
                       const char *id, const char *proof);

#endif
