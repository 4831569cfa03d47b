#include "hub/device_api.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

#include "base/hash.h"
#include "hub/device_api_part.h"
#include "hub/door_log.h"
#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/phone_token.h"
#include "hub/routes.h"

/* A screen that comes back from a summer without network has much to say. */
static const struct bucket_rule device_rule = {.burst = 120, .every_ms = 500};
static const struct bucket_rule stranger_rule = {.burst = 20, .every_ms = 3000};

#define IPV6_NETWORK_BYTES 8 // a /64 is one household, or one school

/* ---- answers ------------------------------------------------------------ */

void
device_api_answer(struct http_answer *a, int status)
{
    a->status = status;
    a->type = "application/json";
    text_add_string(&a->body, "{}\n");
}

void
device_api_refuse_body(struct http_answer *a, const char *sentence)
{
    http_answer_problem(a, 422, "The hub cannot take this", sentence);
}

void
device_api_refuse_for_store(struct http_answer *a, const struct problem *why)
{
    http_answer_problem(a, 503, "The hub cannot keep this just now",
                        why->text[0] ? why->text
                                     : "The hub cannot read its store. Try "
                                       "again in a minute.");
    http_answer_header(a, "Retry-After", "60");
}

static void
refuse_token(struct http_answer *a)
{
    http_answer_problem(a, 401, "This screen is not paired with this hub",
                        "Pair it: the screen shows a code, and a coordinator "
                        "types it into the hub's page \"Screens\".");
    http_answer_header(a, "WWW-Authenticate", "Bearer");
}

/* A screen that hears this deletes the board it has, names and all. */
static void
refuse_revoked(struct http_answer *a)
{
    http_answer_problem_of(a, 401, DEVICE_API_REVOKED,
                           "This screen was taken off the partnership",
                           "A coordinator has removed it. To have it back, add "
                           "it again: the screen shows a code for the hub's "
                           "page \"Screens\".");
    http_answer_header(a, "WWW-Authenticate", "Bearer");
}

/* ---- how often ---------------------------------------------------------- */

static bool
take(struct hub *hub, const struct http_request *r,
     const struct bucket_rule *rule, uint64_t key, struct http_answer *a)
{
    int64_t wait_ms = bucket_take(&hub->bucket, rule, key, hub->now.mono_ms);
    if (wait_ms == 0)
        return true;
    http_answer_problem(a, 429, "That was too often",
                        "Wait a little, then try again.");
    http_answer_header(
        a, "Retry-After",
        arena_format(r->arena, "%lld", (long long) (wait_ms + 999) / 1000));
    return false;
}

/* An address, or what stands for it: nobody has just one of IPv6. */
static uint64_t
hash_address(uint64_t hash, const char *address)
{
    unsigned char bytes[sizeof(struct in6_addr)];
    if (inet_pton(AF_INET6, address, bytes) != 1)
        return hash_more(hash, address, strlen(address));
    if (IN6_IS_ADDR_V4MAPPED((const struct in6_addr *) bytes))
        return hash_more(hash, bytes, sizeof bytes);
    return hash_more(hash, bytes, IPV6_NETWORK_BYTES);
}

bool
device_api_may(struct hub *hub, const struct http_request *r, const char *what,
               const struct bucket_rule *rule, struct http_answer *a)
{
    return take(hub, r, rule, hash_address(hash_string(what), r->peer), a);
}

/* ---- the gate ----------------------------------------------------------- */

bool
device_api_read_bearer(const struct http_request *r,
                       unsigned char out[SECRET_BYTES], struct http_answer *a)
{
    // RFC 9110 §11.4: the scheme in any case, blanks, the token.
    static const char scheme[] = "Bearer ";
    const char *value = r->header(r, "Authorization");
    if (strncasecmp(value, scheme, strlen(scheme)) == 0) {
        value += strlen(scheme);
        value += strspn(value, " ");
        if (secret_read(value, out))
            return true;
    }
    refuse_token(a);
    return false;
}

bool
device_api_gate(struct hub *hub, const struct http_request *r,
                struct route_match *m, struct http_answer *a)
{
    unsigned char token[SECRET_BYTES], hash[HUB_HASH_BYTES];
    if (!device_api_read_bearer(r, token, a))
        return false;
    secret_hash(token, sizeof token, hash);
    secret_forget(token, sizeof token);
    if (hub_store_device(hub->store, hash, hub->now.wall_s, r->arena,
                         &m->device)) {
        uint64_t key = hash_more(hash_string("device"), &m->device.number,
                                 sizeof m->device.number);
        return take(hub, r, &device_rule, key, a);
    }
    // A screen that hears 401 forgets its token: only when that is certain.
    int was_revoked = hub_store_was_revoked(hub->store, hash);
    if (was_revoked < 0 || hub_store_change_number(hub->store) <= 0) {
        device_api_refuse_for_store(a, &(struct problem){0});
        return false;
    }
    if (!device_api_may(hub, r, "stranger", &stranger_rule, a))
        return false;
    door_log_token(hub, r, was_revoked ? "was revoked" : "is not known");
    if (was_revoked)
        refuse_revoked(a);
    else
        refuse_token(a);
    return false;
}

/* ---- what stands in bodies ---------------------------------------------- */

struct json *
device_api_open_body(const struct http_request *r, struct http_answer *a)
{
    struct problem why = {0};
    struct json *body = json_open(r->body, r->body_len, &why);
    if (json_type_of(body) == JSON_OBJECT)
        return body;
    json_close(body);
    device_api_refuse_body(a, "It should be one JSON object. The screen and "
                              "the hub may be of different ages: update both.");
    return NULL;
}

static void
answer_put(struct http_answer *a, enum hub_put put, const struct problem *why)
{
    switch (put) {
    case HUB_PUT_NEW:
        device_api_answer(a, 201);
        return;
    case HUB_PUT_SAME:
        device_api_answer(a, 200);
        return;
    case HUB_PUT_OTHER:
        http_answer_problem(a, 409, "Something else is here under this id",
                            "Send it again under a new id.");
        return;
    case HUB_PUT_GONE:
        http_answer_problem(a, 410, "This post-it was taken down",
                            "Somebody took it down or took it back. Do not "
                            "send it again.");
        return;
    case HUB_PUT_FAILED:
        device_api_refuse_for_store(a, why);
        return;
    }
}

/* ---- post-its ----------------------------------------------------------- */

void
device_api_put_postit(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct problem why = {0};
    struct hub_postit p = {.school = m->device.school,
                           .state = moderation_first_state(hub, r->arena)};
    struct json *body = device_api_open_body(r, a);
    if (!body)
        return;
    const char *wrong =
        device_api_read_postit(body, hub->now.wall_s, r->arena, &p);
    json_close(body);
    if (wrong) {
        device_api_refuse_body(a, wrong);
        return;
    }
    snprintf(p.id, sizeof p.id, "%s", m->values[0]);
    enum hub_put put = hub_store_put_postit(hub->store, &p, m->device.number,
                                            hub->now.wall_s, &why);
    answer_put(a, put, &why);
}

void
device_api_take_back(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct problem why = {0};
    (void) r;
    switch (hub_store_take_back(hub->store, m->values[0], m->device.number,
                                hub->now.wall_s, &why)) {
    case HUB_TAKE_BACK_DONE:
        a->status = 204;
        return;
    case HUB_TAKE_BACK_NEVER_SEEN:
        http_answer_problem(a, 404, "This post-it was never here",
                            "It has not reached the hub, and will not be taken "
                            "any more if it is sent.");
        return;
    case HUB_TAKE_BACK_NOT_YOURS:
        http_answer_problem(a, 403, "Another screen has sent this post-it",
                            "Take it back there, or ask a coordinator to take "
                            "it down.");
        return;
    case HUB_TAKE_BACK_FAILED:
        device_api_refuse_for_store(a, &why);
        return;
    }
}

/* ---- reactions ---------------------------------------------------------- */

void
device_api_put_reaction(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a)
{
    struct problem why = {0};
    enum hub_reaction kind;
    struct json *body = device_api_open_body(r, a);
    if (!body)
        return;
    const char *wrong = device_api_read_reaction(body, &kind);
    json_close(body);
    if (wrong) {
        device_api_refuse_body(a, wrong);
        return;
    }
    enum hub_put put =
        hub_store_put_reaction(hub->store, m->values[0], m->values[1], kind,
                               m->device.number, hub->now.wall_s, &why);
    answer_put(a, put, &why);
}

void
device_api_undo_reaction(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a)
{
    struct problem why = {0};
    (void) r;
    if (hub_store_undo_reaction(hub->store, m->values[1], m->device.number,
                                &why))
        a->status = 204;
    else
        device_api_refuse_for_store(a, &why);
}

/* ---- status ------------------------------------------------------------- */

/* With the page behind the code on its board, good for twelve hours from now.
 */
static void
answer_status(struct hub *hub, int64_t device, struct http_answer *a)
{
    char token[PHONE_TOKEN_BYTES];
    a->status = 204;
    if (!phone_token_make(hub, device, token))
        return;
    a->status = 200;
    a->type = "application/json";
    text_add_format(&a->body, "{\"post_page\":\"/post/%s\"}\n", token);
}

void
device_api_put_status(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct problem why = {0};
    struct hub_device said = {.number = m->device.number};
    struct json *body = device_api_open_body(r, a);
    if (!body)
        return;
    const char *wrong = device_api_read_status(body, &said);
    if (wrong)
        device_api_refuse_body(a, wrong);
    else if (hub_store_status(hub->store, &said, hub->now.wall_s, &why))
        answer_status(hub, m->device.number, a);
    else
        device_api_refuse_for_store(a, &why);
    json_close(body);
}
