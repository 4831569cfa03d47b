#ifndef HUB_TOTP_H
#define HUB_TOTP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Codes that a phone makes anew every 30 seconds: TOTP (RFC 6238) with SHA-1
 * and six digits, which is what every such app can do. From liboath.
 */

#define TOTP_SECRET_BYTES 20 // RFC 4226 §4, R6 recommends 160 bits
#define TOTP_TEXT_BYTES 33   // 32 letters of base32 and the NUL

/* A secret as an app takes it: base32 (RFC 4648 §6). */
void totp_write(const unsigned char secret[TOTP_SECRET_BYTES],
                char out[TOTP_TEXT_BYTES]);
bool totp_is_secret(const char *text);

/*
 * Whether `code` is that of now, or of the 30 seconds before or after it, and
 * of a later step than `last_step`: each works once. Then *step is its own, to
 * be kept. False also when the secret is none.
 */
bool totp_check(const char *secret, const char *code, int64_t now_s,
                int64_t last_step, int64_t *step);

#endif
