#include <string.h>

#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/device_api_part.h"
#include "hub/door_log.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/secret.h"

static const struct bucket_rule rule = {.burst = 20, .every_ms = 10000};

/* ---- making an address -------------------------------------------------- */

const char *
accounts_make_invitation(struct hub *hub, struct arena *a,
                         const struct hub_invitation *i, struct problem *why)
{
    unsigned char secret[SECRET_BYTES], hash[HUB_HASH_BYTES];
    char text[SECRET_TEXT_BYTES];
    secret_random(secret, sizeof secret);
    secret_hash(secret, sizeof secret, hash);
    secret_write(secret, text);
    const char *path = arena_format(a, "/welcome/%s", text);
    secret_forget(secret, sizeof secret);
    secret_forget(text, sizeof text);
    return hub_store_invite(hub->store, hash, i, hub->now.wall_s, why) ? path
                                                                       : NULL;
}

const char *
accounts_invite(struct hub *hub, const struct http_request *r,
                const struct hub_invitation *i, struct problem *why)
{
    struct hub_invitation theirs = *i;
    theirs.made_by = hub->person.number;
    const char *path = accounts_make_invitation(hub, r->arena, &theirs, why);
    // The host that the coordinator's own browser asked.
    return path ? arena_format(r->arena, "%s://%s%s",
                               hub->options.is_behind_proxy ? "https" : "http",
                               r->header(r, "Host"), path)
                : NULL;
}

/* ---- opening it --------------------------------------------------------- */

/* Opening changes nothing: programs that carry messages look at addresses
   before people do. */
static bool
open_invitation(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a,
                unsigned char hash[HUB_HASH_BYTES], struct hub_invitation *out)
{
    unsigned char secret[SECRET_BYTES];
    if (!device_api_may(hub, r, "join", &rule, a)) {
        routes_refuse(r, a, 429, "Too many tries",
                      "Wait a minute, then load the page again.");
        return false;
    }
    if (secret_read(m->values[0], secret)) {
        secret_hash(secret, sizeof secret, hash);
        secret_forget(secret, sizeof secret);
        if (hub_store_invitation(hub->store, hash, hub->now.wall_s, r->arena,
                                 out))
            return true;
    }
    routes_refuse(r, a, 404, "This address is used up",
                  "It was used already, withdrawn, or is older than three "
                  "days. Ask a coordinator for a new one.");
    return false;
}

static void
add_lead(struct text *t, const struct hub_invitation *i)
{
    if (i->person && i->ends_codes)
        html_add(t, "<p class=\"lead\">Choose a new password. Codes from your "
                    "phone are switched off with it: switch them on again "
                    "with the new phone.</p>\n");
    else if (i->person)
        html_add(t, "<p class=\"lead\">Choose a new password. Then sign in "
                    "with it, and with a code from your phone if you have "
                    "switched on codes.</p>\n");
    else if (i->is_coordinator)
        html_add(t, "<p class=\"lead\">You are invited to be one of the "
                    "coordinators: they look after what is on the screens. "
                    "Choose a password, and you are in.</p>\n");
    else
        html_add(t, "<p class=\"lead\">You are invited to be one of the "
                    "moderators: they read post-its before other schools see "
                    "them. Choose a password, and you are in.</p>\n");
}

/* A field, so that what keeps passwords knows whose this one is. */
static void
add_name(struct text *t, const char *name)
{
    html_add(t, "<div class=\"field\"><label for=\"name\">Your name</label>\n"
                "<p class=\"hint\" id=\"name-hint\">You sign in with "
                "it.</p>\n<input id=\"name\" dir=\"auto\" readonly "
                "autocomplete=\"username\" aria-describedby=\"name-hint\"");
    html_attribute(t, "value", name);
    html_add(t, "></div>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct hub_invitation *i, const char *wrong)
{
    struct text *t = &a->body;
    page_begin(hub, r, a,
               &(struct page){.title = i->person ? "A new password" : "Welcome",
                              .status = wrong ? 422 : 200,
                              .has_error = wrong != NULL});
    add_lead(t, i);
    html_add(t, "<div class=\"card small\">\n");
    page_form(hub, a, r->path);
    add_name(t, i->name);
    accounts_add_new_password(t, wrong);
    html_add(t, "<p><button class=\"main\">Use this password</button></p>\n"
                "</form>\n</div>\n");
    page_end(hub, a);
}

void
accounts_show_join(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    unsigned char hash[HUB_HASH_BYTES];
    struct hub_invitation i;
    if (open_invitation(hub, r, m, a, hash, &i))
        show(hub, r, a, &i, NULL);
}

/* ---- using it ----------------------------------------------------------- */

/* Somebody new is in. Whoever has a new password signs in with it: they may
   need a code as well. */
static void
let_in(struct hub *hub, const struct http_request *r,
       const struct hub_invitation *i, int64_t number, struct http_answer *a)
{
    struct problem why = {0};
    (void) hub_store_audit(hub->store, i->name,
                           i->person ? "chose a new password by an address"
                                     : "came by invitation",
                           "", hub->now.wall_s);
    if (!i->person && accounts_begin(hub, r, number, a, &why)) {
        door_log_signed_in(r, number, "by an invitation");
        accounts_remember_browser(hub, r, i->name, a);
        page_go_back(a, "/account", PAGE_SAID_JOINED);
        return;
    }
    page_go_back(a, "/sign-in", PAGE_SAID_NEW_PASSWORD);
}

void
accounts_join(struct hub *hub, const struct http_request *r,
              const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    struct hub_invitation i;
    unsigned char hash[HUB_HASH_BYTES];
    char password[SECRET_PASSWORD_BYTES];
    int64_t number = 0;
    if (!page_take_form(hub, r, a, &form) ||
        !open_invitation(hub, r, m, a, hash, &i))
        return;
    const char *wrong = accounts_new_password_refusal(&form, i.name);
    if (wrong) {
        show(hub, r, a, &i, wrong);
        return;
    }
    problem_set(&why, 0, 0, "The hub has not enough memory just now");
    if (secret_password_hash(form_value(&form, "password"), password) &&
        hub_store_accept(hub->store, hash, password, hub->now.wall_s, &number,
                         &why))
        let_in(hub, r, &i, number, a);
    else
        show(hub, r, a, &i, arena_format(r->arena, "%s.", why.text));
}
