#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "hub/accounts_part.h"
#include "hub/device_api_part.h"
#include "hub/door_log.h"
#include "hub/hub.h"
#include "hub/pages_part.h"
#include "hub/routes.h"
#include "hub/secret.h"

/*
 * Guessing must be slow, and yet nobody may be kept out by others who guess at
 * their name. So (as OWASP's "device cookies") a browser in which somebody has
 * signed in before keeps a cookie that says so, and has tries of its own.
 * Browsers that are not known share those of a name; a few for each address
 * first, so that one address alone does not use them up.
 *
 * The cookie is a random number and a MAC of it with the name: there is nothing
 * to keep, and it opens nothing without the password.
 */

static const struct bucket_rule address_rule = {.burst = 20, .every_ms = 10000};
static const struct bucket_rule pair_rule = {.burst = 5, .every_ms = 60000};
static const struct bucket_rule name_rule = {.burst = 30, .every_ms = 60000};
static const struct bucket_rule known_rule = {.burst = 5, .every_ms = 60000};
/* Three of a million codes are right at a time: 100 tries a day find one in
   nine years. */
static const struct bucket_rule code_rule = {.burst = 10, .every_ms = 900000};

#define TRIES_TITLE "Too many tries"
#define TRIES "Too many tries. Wait a minute, then sign in again."

#define COOKIE "staffroom-known"
#define COOKIE_BEHIND_PROXY "__Host-staffroom-known"
#define COOKIE_S (180 * 86400)
#define KEPT_AS "known browsers' key"

/* ---- browsers that are known -------------------------------------------- */

static const char *
cookie_name(const struct hub *hub)
{
    return hub->options.is_behind_proxy ? COOKIE_BEHIND_PROXY : COOKIE;
}

/* Made when it is first needed. */
static bool
read_key(struct hub *hub, struct arena *a, unsigned char key[SECRET_BYTES])
{
    struct problem why = {0};
    char text[SECRET_TEXT_BYTES];
    if (secret_read(hub_store_get(hub->store, a, KEPT_AS), key))
        return true;
    secret_random(key, SECRET_BYTES);
    secret_write(key, text);
    return hub_store_set(hub->store, KEPT_AS, text, &why);
}

/* ASCII letters in either case are one name, as in the store. */
static const char *
small_name(struct arena *a, const char *name)
{
    char *small = arena_copy(a, name, strlen(name));
    for (char *c = small; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char) (*c | 0x20);
    return small;
}

static const char *
signed_words(struct arena *a, const char *number, const char *small)
{
    return arena_format(a, "known %s %s", number, small);
}

/* The cookie's random number, when it was given for that name; else NULL. */
static const char *
known_number(struct hub *hub, const struct http_request *r, const char *small)
{
    unsigned char key[SECRET_BYTES];
    const size_t len = SECRET_TEXT_BYTES - 1;
    const char *cookie = pages_cookie(r, cookie_name(hub));
    if (strlen(cookie) != 2 * len || !read_key(hub, r->arena, key))
        return NULL;
    const char *number = arena_copy(r->arena, cookie, len);
    bool is_known = secret_is_signed(key, signed_words(r->arena, number, small),
                                     cookie + len);
    secret_forget(key, sizeof key);
    return is_known ? number : NULL;
}

void
accounts_remember_browser(struct hub *hub, const struct http_request *r,
                          const char *name, struct http_answer *a)
{
    unsigned char key[SECRET_BYTES], random[SECRET_BYTES];
    char number[SECRET_TEXT_BYTES], mac[SECRET_TEXT_BYTES];
    const char *small = small_name(r->arena, name);
    if (known_number(hub, r, small) || !read_key(hub, r->arena, key))
        return;
    secret_random(random, sizeof random);
    secret_write(random, number);
    secret_sign(key, signed_words(r->arena, number, small), mac);
    secret_forget(key, sizeof key);
    http_answer_header(a, "Set-Cookie",
                       arena_format(r->arena, "%s=%s%s%s; Max-Age=%d",
                                    cookie_name(hub), number, mac,
                                    accounts_cookie_end(hub), COOKIE_S));
}

/* ---- how often ---------------------------------------------------------- */

static bool
take(struct hub *hub, const struct http_request *r,
     const struct bucket_rule *rule, const char *what, struct http_answer *a)
{
    int64_t wait_ms =
        bucket_take(&hub->bucket, rule, hash_string(what), hub->now.mono_ms);
    if (wait_ms > 0)
        http_answer_header(
            a, "Retry-After",
            arena_format(r->arena, "%lld", (long long) (wait_ms + 999) / 1000));
    return wait_ms == 0;
}

static bool
may_try(struct hub *hub, const struct http_request *r, const char *name,
        struct http_answer *a)
{
    struct arena *arena = r->arena;
    const char *small = small_name(arena, name);
    const char *known = known_number(hub, r, small);
    if (known)
        return take(hub, r, &known_rule,
                    arena_format(arena, "known %s %s", known, small), a);
    return device_api_may(hub, r, "sign in", &address_rule, a) &&
           device_api_may(hub, r, arena_format(arena, "sign in %s", small),
                          &pair_rule, a) &&
           take(hub, r, &name_rule, arena_format(arena, "sign in as %s", small),
                a);
}

bool
accounts_may_try(struct hub *hub, const struct http_request *r,
                 const char *name, struct http_answer *a)
{
    if (may_try(hub, r, name, a))
        return true;
    door_log_too_many(hub, r);
    routes_refuse(r, a, 429, TRIES_TITLE, TRIES);
    return false;
}

bool
accounts_may_try_code(struct hub *hub, const struct http_request *r,
                      const struct hub_person *p)
{
    const char *known = known_number(hub, r, small_name(r->arena, p->name));
    const char *what = arena_format(r->arena, "code of %lld %s",
                                    (long long) p->number, known ? known : "");
    // No 429: it would tell that the password was right.
    if (bucket_take(&hub->bucket, &code_rule, hash_string(what),
                    hub->now.mono_ms) == 0)
        return true;
    log_warning("somebody who has the password of person %lld tries many codes",
                (long long) p->number);
    return false;
}
