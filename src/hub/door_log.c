#include "hub/door_log.h"

#include "base/log.h"
#include "hub/hub.h"

static const char *
from(const struct http_request *r)
{
    return *r->peer ? r->peer : "this machine";
}

void
door_log_signed_in(const struct http_request *r, int64_t person,
                   const char *how)
{
    log_info("somebody signed in as person %lld from %s %s", (long long) person,
             from(r), how);
}

void
door_log_refused(struct hub *hub, const struct http_request *r)
{
    char more[SELDOM_BYTES];
    int left_out;
    if (seldom_may(&hub->door_log.sign_ins, hub->now.mono_ms, &left_out))
        log_warning("a sign-in was refused from %s%s", from(r),
                    seldom_more(left_out, more));
}

void
door_log_too_many(struct hub *hub, const struct http_request *r)
{
    char more[SELDOM_BYTES];
    int left_out;
    if (seldom_may(&hub->door_log.tries, hub->now.mono_ms, &left_out))
        log_warning("somebody tries too often to sign in, now from %s%s",
                    from(r), seldom_more(left_out, more));
}

void
door_log_token(struct hub *hub, const struct http_request *r, const char *why)
{
    char more[SELDOM_BYTES];
    int left_out;
    if (seldom_may(&hub->door_log.tokens, hub->now.mono_ms, &left_out))
        log_warning("a screen was refused from %s: its token %s%s", from(r),
                    why, seldom_more(left_out, more));
}
