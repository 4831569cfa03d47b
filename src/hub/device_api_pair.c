#include <string.h>

#include "hub/device_api.h"
#include "hub/device_api_part.h"
#include "hub/feed.h"
#include "hub/hub.h"
#include "hub/routes.h"

/* No vowels, so that no code is a word; no letter that looks like another. */
#define ALPHABET "BCDFGHJKLMNPQRSTVWXZ"
#define CODE_LETTERS 8
#define CODES_TRIED 3 // of 25,600,000,000, while at most a thousand wait

/* A staffroom's screens share one address, and each asks every few seconds. */
static const struct bucket_rule begin_rule = {.burst = 10, .every_ms = 30000};
static const struct bucket_rule end_rule = {.burst = 60, .every_ms = 1000};

/* ---- a code ------------------------------------------------------------- */

static bool
find_code(struct hub *hub, const unsigned char secret_hash[HUB_HASH_BYTES],
          char code[CODE_LETTERS + 1], struct problem *why)
{
    for (int i = 0; i < CODES_TRIED; i++) {
        secret_letters(ALPHABET, CODE_LETTERS, code);
        if (hub_store_begin_pairing(hub->store, code, secret_hash,
                                    hub->now.wall_s, why))
            return true;
    }
    return false;
}

/* Its hash; false, and `a` is a refusal, when the body has none. */
static bool
read_secret(const struct http_request *r, unsigned char hash[HUB_HASH_BYTES],
            struct http_answer *a)
{
    unsigned char secret[SECRET_BYTES];
    struct json *body = device_api_open_body(r, a);
    if (!body)
        return false;
    const char *text = json_get_text(body, "secret");
    bool ok = text && secret_read(text, secret);
    json_close(body);
    if (!ok) {
        device_api_refuse_body(a, "\"secret\" should be 32 random bytes as 43 "
                                  "characters of base64url.");
        return false;
    }
    secret_hash(secret, sizeof secret, hash);
    secret_forget(secret, sizeof secret);
    return true;
}

void
device_api_begin_pairing(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a)
{
    unsigned char hash[HUB_HASH_BYTES];
    char code[CODE_LETTERS + 1];
    struct problem why = {0};
    (void) m;
    if (!device_api_may(hub, r, "begin pairing", &begin_rule, a) ||
        !read_secret(r, hash, a))
        return;
    if (!find_code(hub, hash, code, &why)) {
        device_api_refuse_for_store(a, &why);
        return;
    }
    a->status = 201;
    a->type = "application/json";
    text_add_format(&a->body, "{\"code\":\"%s\",\"expires_s\":%d}\n", code,
                    HUB_PAIRING_S);
}

/* ---- a token ------------------------------------------------------------ */

static void
refuse_code(struct http_answer *a)
{
    http_answer_problem(a, 404, "This code is not waiting any more",
                        "A code is good for ten minutes. Ask for a new one on "
                        "the screen.");
}

static void
give_token(struct hub *hub, const struct http_request *r,
           const unsigned char token[SECRET_BYTES],
           const struct hub_device *device, struct http_answer *a)
{
    char written[SECRET_TEXT_BYTES];
    secret_write(token, written);
    a->status = 200;
    a->type = "application/json";
    text_add_format(&a->body, "{\"token\":\"%s\",\"name\":", written);
    text_add_json(&a->body, device->name);
    text_add_string(&a->body, ",\"school\":");
    text_add_json(&a->body, device->school);
    text_add_string(&a->body, ",\"title\":");
    text_add_json(&a->body, hub_feed_title(hub->store, r->arena));
    text_add_string(&a->body, "}\n");
    secret_forget(written, sizeof written);
}

static bool
is_code(const char *code)
{
    return strlen(code) == CODE_LETTERS &&
           strspn(code, ALPHABET) == CODE_LETTERS;
}

void
device_api_end_pairing(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a)
{
    unsigned char secret[SECRET_BYTES], token[SECRET_BYTES];
    unsigned char hash[HUB_HASH_BYTES], token_hash[HUB_HASH_BYTES];
    struct hub_device device = {0};
    if (!device_api_may(hub, r, "end pairing", &end_rule, a) ||
        !device_api_read_bearer(r, secret, a))
        return;
    if (!is_code(m->values[0])) {
        refuse_code(a);
        return;
    }
    secret_hash(secret, sizeof secret, hash);
    secret_random(token, sizeof token);
    secret_hash(token, sizeof token, token_hash);
    switch (hub_store_end_pairing(hub->store, m->values[0], hash, token_hash,
                                  hub->now.wall_s, r->arena, &device)) {
    case HUB_PAIRING_NONE:
        if (hub_store_change_number(hub->store) > 0)
            refuse_code(a);
        else
            device_api_refuse_for_store(a, &(struct problem){0});
        break;
    case HUB_PAIRING_WAITING:
        device_api_answer(a, 202);
        break;
    case HUB_PAIRING_GIVEN:
        give_token(hub, r, token, &device, a);
        break;
    }
    secret_forget(secret, sizeof secret);
    secret_forget(token, sizeof token);
}
