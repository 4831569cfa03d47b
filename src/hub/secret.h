#ifndef HUB_SECRET_H
#define HUB_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Everything with a key in it, from libsodium. Secrets are 32 random bytes; on
 * the wire they are 43 characters of base64url without padding (RFC 4648 §5);
 * in the store there are only their hashes.
 */

#define SECRET_BYTES 32
#define SECRET_TEXT_BYTES 44      // 43 characters and the NUL
#define SECRET_PASSWORD_BYTES 128 // Argon2id's string and the NUL
#define SECRET_PASSWORD_MOST 1024 // a longer password is refused

bool secret_start(void); // once, first of all; false: no randomness to be had

void secret_random(void *out, size_t len);

/* `count` letters out of `alphabet`, each as likely as the next, and a NUL. */
void secret_letters(const char *alphabet, size_t count, char *out);

void secret_write(const unsigned char secret[SECRET_BYTES],
                  char out[SECRET_TEXT_BYTES]);
/* False for anything but the 43 characters secret_write makes. */
bool secret_read(const char *text, unsigned char out[SECRET_BYTES]);

/* BLAKE2b-256. */
void secret_hash(const void *bytes, size_t len,
                 unsigned char out[SECRET_BYTES]);

/* In a time that does not tell where the two differ. */
bool secret_is_equal(const void *a, const void *b, size_t len);

/* Argon2id, INTERACTIVE: 64 MiB and a good part of a second on a Pi, so one at
   a time and behind a token bucket. False when too long or out of memory. */
bool secret_password_hash(const char *password,
                          char out[SECRET_PASSWORD_BYTES]);
/* `hash` NULL (nobody has that name): takes as long, and is false. */
bool secret_password_verify(const char *hash, const char *password);

/* A form's token: HMAC-SHA-512-256 of what the form does, as base64url. */
void secret_sign(const unsigned char key[SECRET_BYTES], const char *what,
                 char out[SECRET_TEXT_BYTES]);
bool secret_is_signed(const unsigned char key[SECRET_BYTES], const char *what,
                      const char *token);

/* The same for an address or a form that is to be short: the first 16 bytes are
   enough where each try costs a request. Keyed BLAKE2b-128. */
#define SECRET_STAMP_BYTES 16
void secret_stamp(const unsigned char key[SECRET_BYTES], const void *what,
                  size_t len, unsigned char out[SECRET_STAMP_BYTES]);

/* Any bytes as base64url; `size` holds their text and the NUL. */
void secret_write_bytes(const void *bytes, size_t len, char *out, size_t size);
/* False unless it is the text of exactly `len` bytes. */
bool secret_read_bytes(const char *text, void *out, size_t len);

void secret_forget(void *bytes, size_t len); // overwritten for good

#endif
