#include "hub/accounts.h"

#include <string.h>

#include "hub/accounts_part.h"
#include "hub/browser.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

/* The prefix has the browser take it from https only, and from this host
   (RFC 6265bis §4.1.3); on loopback there is no https. */
#define COOKIE "staffroom"
#define COOKIE_BEHIND_PROXY "__Host-staffroom"

static const char *
cookie_name(const struct hub *hub)
{
    return hub->options.is_behind_proxy ? COOKIE_BEHIND_PROXY : COOKIE;
}

const char *
accounts_cookie_end(const struct hub *hub)
{
    return hub->options.is_behind_proxy
               ? "; Path=/; HttpOnly; SameSite=Strict; Secure"
               : "; Path=/; HttpOnly; SameSite=Strict";
}

static void
set_cookie(struct hub *hub, const struct http_request *r, const char *value,
           struct http_answer *a)
{
    // Without an age it is gone with the browser; the store ends it sooner.
    http_answer_header(a, "Set-Cookie",
                       arena_format(r->arena, "%s=%s%s%s", cookie_name(hub),
                                    value, accounts_cookie_end(hub),
                                    *value ? "" : "; Max-Age=0"));
}

static bool
read_session(struct hub *hub, const struct http_request *r,
             unsigned char hash[HUB_HASH_BYTES])
{
    unsigned char secret[SECRET_BYTES];
    if (!secret_read(pages_cookie(r, cookie_name(hub)), secret))
        return false;
    secret_hash(secret, sizeof secret, hash);
    secret_forget(secret, sizeof secret);
    return true;
}

bool
accounts_recognise(struct hub *hub, const struct http_request *r)
{
    unsigned char hash[HUB_HASH_BYTES];
    if (read_session(hub, r, hash) &&
        hub_store_session(hub->store, hash, hub->now.wall_s, r->arena,
                          &hub->session, &hub->person))
        return true;
    hub->person = (struct hub_person){0};
    hub->session = (struct hub_session){0};
    return false;
}

bool
accounts_begin(struct hub *hub, const struct http_request *r, int64_t person,
               struct http_answer *a, struct problem *why)
{
    unsigned char secret[SECRET_BYTES], hash[HUB_HASH_BYTES];
    char text[SECRET_TEXT_BYTES];
    struct hub_session session = {
        .person = person,
        .begun_s = hub->now.wall_s,
        .used_s = hub->now.wall_s,
        .browser = browser_words(r->arena, r->header(r, "User-Agent"))};
    // Never two in one browser, of which only one could be signed out.
    if (read_session(hub, r, hash))
        (void) hub_store_end_session(hub->store, hash);
    secret_random(session.form_key, sizeof session.form_key);
    secret_random(secret, sizeof secret);
    secret_hash(secret, sizeof secret, hash);
    bool is_begun = hub_store_begin_session(hub->store, hash, &session, why);
    if (is_begun) {
        secret_write(secret, text);
        set_cookie(hub, r, text, a);
    }
    secret_forget(secret, sizeof secret);
    secret_forget(text, sizeof text);
    return is_begun;
}

void
accounts_end(struct hub *hub, const struct http_request *r,
             struct http_answer *a)
{
    unsigned char hash[HUB_HASH_BYTES];
    if (read_session(hub, r, hash))
        (void) hub_store_end_session(hub->store, hash);
    set_cookie(hub, r, "", a);
}
