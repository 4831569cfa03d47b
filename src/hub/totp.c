#include "hub/totp.h"

#include <liboath/oath.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "hub/secret.h"

#define STEP_S 30
#define STEPS_EITHER_WAY 1
#define DIGITS 6

void
totp_write(const unsigned char secret[TOTP_SECRET_BYTES],
           char out[TOTP_TEXT_BYTES])
{
    char *text = NULL;
    size_t len = 0;
    check(oath_init() == OATH_OK);
    check(oath_base32_encode((const char *) secret, TOTP_SECRET_BYTES, &text,
                             &len) == OATH_OK);
    check(len == TOTP_TEXT_BYTES - 1);
    memcpy(out, text, TOTP_TEXT_BYTES);
    secret_forget(text, len);
    free(text);
}

bool
totp_is_secret(const char *text)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    return strlen(text) == TOTP_TEXT_BYTES - 1 &&
           strspn(text, letters) == TOTP_TEXT_BYTES - 1;
}

static bool
is_code(const char *code)
{
    return strlen(code) == DIGITS && strspn(code, "0123456789") == DIGITS;
}

bool
totp_check(const char *secret, const char *code, int64_t now_s,
           int64_t last_step, int64_t *step)
{
    char *bytes = NULL;
    size_t len = 0;
    uint64_t counter = 0;
    int position = 0;
    if (!is_code(code) || oath_init() != OATH_OK ||
        oath_base32_decode(secret, strlen(secret), &bytes, &len) != OATH_OK)
        return false;
    int found =
        len ? oath_totp_validate3(bytes, len, (time_t) now_s, STEP_S, 0,
                                  STEPS_EITHER_WAY, &position, &counter, code)
            : OATH_INVALID_OTP;
    secret_forget(bytes, len);
    free(bytes);
    if (found < 0 || (int64_t) counter <= last_step)
        return false;
    *step = (int64_t) counter;
    return true;
}
