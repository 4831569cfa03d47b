#include "hub/secret.h"

#include <sodium.h>
#include <string.h>

#include "base/check.h"

#define BASE64 sodium_base64_VARIANT_URLSAFE_NO_PADDING

_Static_assert(SECRET_PASSWORD_BYTES >= crypto_pwhash_STRBYTES, "Argon2id");
_Static_assert(SECRET_BYTES == crypto_auth_BYTES, "a token is a secret's size");
_Static_assert(SECRET_BYTES == crypto_auth_KEYBYTES, "a key as well");
_Static_assert(SECRET_TEXT_BYTES ==
                   sodium_base64_ENCODED_LEN(SECRET_BYTES, BASE64),
               "43 characters and the NUL");

bool
secret_start(void)
{
    return sodium_init() >= 0;
}

void
secret_random(void *out, size_t len)
{
    randombytes_buf(out, len);
}

void
secret_letters(const char *alphabet, size_t count, char *out)
{
    uint32_t letters = (uint32_t) strlen(alphabet);
    check(letters > 1);
    for (size_t i = 0; i < count; i++)
        out[i] = alphabet[randombytes_uniform(letters)];
    out[count] = '\0';
}

void
secret_write(const unsigned char secret[SECRET_BYTES],
             char out[SECRET_TEXT_BYTES])
{
    sodium_bin2base64(out, SECRET_TEXT_BYTES, secret, SECRET_BYTES, BASE64);
}

bool
secret_read(const char *text, unsigned char out[SECRET_BYTES])
{
    size_t len = strnlen(text, SECRET_TEXT_BYTES), got;
    return len == SECRET_TEXT_BYTES - 1 &&
           sodium_base642bin(out, SECRET_BYTES, text, len, NULL, &got, NULL,
                             BASE64) == 0 &&
           got == SECRET_BYTES;
}

void
secret_hash(const void *bytes, size_t len, unsigned char out[SECRET_BYTES])
{
    crypto_generichash(out, SECRET_BYTES, bytes, len, NULL, 0);
}

bool
secret_is_equal(const void *a, const void *b, size_t len)
{
    return sodium_memcmp(a, b, len) == 0;
}

static bool
is_too_long(const char *password)
{
    return strnlen(password, SECRET_PASSWORD_MOST + 1) > SECRET_PASSWORD_MOST;
}

bool
secret_password_hash(const char *password, char out[SECRET_PASSWORD_BYTES])
{
    char hash[crypto_pwhash_STRBYTES];
    if (is_too_long(password) ||
        crypto_pwhash_str_alg(hash, password, strlen(password),
                              crypto_pwhash_OPSLIMIT_INTERACTIVE,
                              crypto_pwhash_MEMLIMIT_INTERACTIVE,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return false;
    memcpy(out, hash, sizeof hash);
    return true;
}

bool
secret_password_verify(const char *hash, const char *password)
{
    if (is_too_long(password))
        return false;
    if (hash)
        return crypto_pwhash_str_verify(hash, password, strlen(password)) == 0;
    char nobody[SECRET_PASSWORD_BYTES];
    (void) secret_password_hash(password, nobody);
    return false;
}

void
secret_sign(const unsigned char key[SECRET_BYTES], const char *what,
            char out[SECRET_TEXT_BYTES])
{
    unsigned char mac[crypto_auth_BYTES];
    crypto_auth(mac, (const unsigned char *) what, strlen(what), key);
    secret_write(mac, out);
}

bool
secret_is_signed(const unsigned char key[SECRET_BYTES], const char *what,
                 const char *token)
{
    unsigned char mac[crypto_auth_BYTES];
    return secret_read(token, mac) &&
           crypto_auth_verify(mac, (const unsigned char *) what, strlen(what),
                              key) == 0;
}

_Static_assert(SECRET_STAMP_BYTES == crypto_generichash_BYTES_MIN,
               "BLAKE2b-128");

void
secret_stamp(const unsigned char key[SECRET_BYTES], const void *what,
             size_t len, unsigned char out[SECRET_STAMP_BYTES])
{
    crypto_generichash(out, SECRET_STAMP_BYTES, what, len, key, SECRET_BYTES);
}

void
secret_write_bytes(const void *bytes, size_t len, char *out, size_t size)
{
    check(size >= sodium_base64_encoded_len(len, BASE64));
    sodium_bin2base64(out, size, bytes, len, BASE64);
}

bool
secret_read_bytes(const char *text, void *out, size_t len)
{
    size_t text_len = strnlen(text, sodium_base64_encoded_len(len, BASE64));
    size_t got;
    return sodium_base642bin(out, len, text, text_len, NULL, &got, NULL,
                             BASE64) == 0 &&
           got == len;
}

void
secret_forget(void *bytes, size_t len)
{
    sodium_memzero(bytes, len);
}
