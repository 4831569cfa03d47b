#include <string.h>

#include "base/hash.h"
#include "hub/accounts_part.h"
#include "hub/hub.h"
#include "hub/pages_part.h"
#include "hub/secret.h"
#include "hub/totp.h"

/* Whoever tries is signed in already: only they can be held up by it. */
static const struct bucket_rule rule = {.burst = 5, .every_ms = 30000};

void
accounts_add_proof(struct text *t, const char *wrong)
{
    pages_add_field(
        t, &(struct pages_field){.name = "own",
                                 .label = "Your own password",
                                 .hint = "So that nobody else can do this when "
                                         "you have left this page open.",
                                 .wrong = wrong,
                                 .value = "",
                                 .type = "password",
                                 .autocomplete = "current-password",
                                 .is_required = true});
}

const char *
accounts_proof_refusal(struct hub *hub, const struct form *form)
{
    int64_t number = hub->person.number;
    uint64_t key = hash_more(hash_string("proof"), &number, sizeof number);
    if (bucket_take(&hub->bucket, &rule, key, hub->now.mono_ms) > 0)
        return "Too many tries. Wait a minute, then try again.";
    if (secret_password_verify(hub->person.password, form_value(form, "own")))
        return NULL;
    return "That is not your password. Check that Caps Lock is off, then try "
           "again.";
}

/* ---- codes -------------------------------------------------------------- */

const char *
accounts_plain_code(struct arena *a, const char *typed)
{
    char *code = arena_alloc(a, strlen(typed) + 1), *to = code;
    for (; *typed; typed++)
        if (*typed >= 'a' && *typed <= 'z')
            *to++ = (char) (*typed & ~0x20);
        else if (*typed != ' ' && *typed != '-')
            *to++ = *typed;
    *to = '\0';
    return code;
}

static bool
use_recovery(struct hub *hub, const struct hub_person *p, const char *code)
{
    unsigned char hash[HUB_HASH_BYTES];
    if (strlen(code) != ACCOUNTS_RECOVERY_LETTERS)
        return false;
    accounts_hash_recovery(code, hash);
    return hub_store_use_recovery(hub->store, p->number, hash);
}

enum accounts_code
accounts_use_code(struct hub *hub, const struct http_request *r,
                  struct hub_person *p, const char *typed)
{
    struct problem why = {0};
    int64_t step;
    const char *code = accounts_plain_code(r->arena, typed);
    if (!*code || !accounts_may_try_code(hub, r, p))
        return ACCOUNTS_CODE_WRONG;
    if (use_recovery(hub, p, code)) {
        (void) hub_store_audit(hub->store, p->name, "used a recovery code", "",
                               hub->now.wall_s);
        return ACCOUNTS_CODE_RECOVERY;
    }
    if (!totp_check(p->totp, code, hub->now.wall_s, p->totp_step, &step))
        return ACCOUNTS_CODE_WRONG;
    p->totp_step = step;
    return hub_store_change_person(hub->store, p, &why) ? ACCOUNTS_CODE_PHONE
                                                        : ACCOUNTS_CODE_WRONG;
}
