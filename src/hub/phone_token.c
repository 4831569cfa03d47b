#include "hub/phone_token.h"

#include <stdio.h>
#include <string.h>

#include "hub/hub.h"
#include "hub/secret.h"

#define KEY_NAME "phone_key"
#define DEVICE_BYTES 4 // so that the code has large squares
#define TOKEN_RAW_BYTES (DEVICE_BYTES + SECRET_STAMP_BYTES)

static bool
read_key(struct hub *hub, unsigned char key[SECRET_BYTES])
{
    struct arena arena = {0};
    struct problem why = {0};
    char text[SECRET_TEXT_BYTES];
    bool is_there =
        secret_read(hub_store_get(hub->store, &arena, KEY_NAME), key);
    arena_destroy(&arena);
    if (is_there)
        return true;
    secret_random(key, SECRET_BYTES);
    secret_write(key, text);
    return hub_store_set(hub->store, KEY_NAME, text, &why);
}

/* Of "what device id": no two of them are one text. */
static bool
stamp(struct hub *hub, const char *what, int64_t device, const char *id,
      unsigned char out[SECRET_STAMP_BYTES])
{
    unsigned char key[SECRET_BYTES];
    char words[128];
    int len = snprintf(words, sizeof words, "%s %lld %s", what,
                       (long long) device, id);
    bool is_good = len > 0 && (size_t) len < sizeof words && read_key(hub, key);
    if (is_good)
        secret_stamp(key, words, (size_t) len, out);
    secret_forget(key, sizeof key);
    return is_good;
}

static bool
stamp_slot(struct hub *hub, int64_t device, int64_t slot,
           unsigned char out[SECRET_STAMP_BYTES])
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long) slot);
    return stamp(hub, "post", device, number, out);
}

bool
phone_token_make(struct hub *hub, int64_t device, char out[PHONE_TOKEN_BYTES])
{
    unsigned char raw[TOKEN_RAW_BYTES];
    out[0] = '\0';
    if (device <= 0 || device > UINT32_MAX ||
        !stamp_slot(hub, device, hub->now.wall_s / PHONE_SLOT_S,
                    raw + DEVICE_BYTES))
        return false;
    for (int i = 0; i < DEVICE_BYTES; i++)
        raw[i] = (unsigned char) (device >> (8 * (DEVICE_BYTES - 1 - i)));
    secret_write_bytes(raw, sizeof raw, out, PHONE_TOKEN_BYTES);
    return true;
}

int64_t
phone_token_device(struct hub *hub, const char *token)
{
    unsigned char raw[TOKEN_RAW_BYTES], now[SECRET_STAMP_BYTES],
        before[SECRET_STAMP_BYTES];
    int64_t device = 0, slot = hub->now.wall_s / PHONE_SLOT_S;
    if (!secret_read_bytes(token, raw, sizeof raw))
        return 0;
    for (int i = 0; i < DEVICE_BYTES; i++)
        device = device << 8 | raw[i];
    if (!stamp_slot(hub, device, slot, now) ||
        !stamp_slot(hub, device, slot - 1, before))
        return 0;
    bool is_now = secret_is_equal(raw + DEVICE_BYTES, now, SECRET_STAMP_BYTES);
    bool is_before =
        secret_is_equal(raw + DEVICE_BYTES, before, SECRET_STAMP_BYTES);
    return is_now || is_before ? device : 0;
}

void
phone_proof_make(struct hub *hub, const char *what, int64_t device,
                 const char *id, char out[PHONE_PROOF_BYTES])
{
    unsigned char made[SECRET_STAMP_BYTES];
    out[0] = '\0';
    if (stamp(hub, what, device, id, made))
        secret_write_bytes(made, sizeof made, out, PHONE_PROOF_BYTES);
}

bool
phone_proof_holds(struct hub *hub, const char *what, int64_t device,
                  const char *id, const char *proof)
{
    unsigned char said[SECRET_STAMP_BYTES], made[SECRET_STAMP_BYTES];
    return secret_read_bytes(proof, said, sizeof said) &&
           stamp(hub, what, device, id, made) &&
           secret_is_equal(said, made, sizeof made);
}
