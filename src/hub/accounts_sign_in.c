#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "hub/accounts.h"
#include "hub/device_api_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/totp.h"

/* All of a staffroom may come from one address. */
static const struct bucket_rule name_rule = {.burst = 5, .every_ms = 60000};
static const struct bucket_rule address_rule = {.burst = 20, .every_ms = 10000};

#define TRIES_TITLE "Too many tries"
#define TRIES "Too many tries. Wait a minute, then sign in again."

#define WRONG                                                                  \
    "The name, the password or the code is not right. Check that Caps Lock "   \
    "is off, then try again."

/* ---- the page ----------------------------------------------------------- */

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const char *name, const char *to, const char *wrong)
{
    struct text *t = &a->body;
    page_begin(hub, r, a,
               &(struct page){.title = "Sign in",
                              .status = wrong ? 422 : 200,
                              .has_error = wrong != NULL});
    html_add(t, "<div class=\"card small\">\n");
    page_form(hub, a, "/sign-in");
    html_format(t, "<input type=\"hidden\" name=\"to\" value=\"%s\">\n", to);
    pages_add_field(t, &(struct pages_field){.name = "name",
                                             .label = "Your name",
                                             .wrong = wrong,
                                             .value = name,
                                             .autocomplete = "username",
                                             .is_required = true});
    pages_add_field(t, &(struct pages_field){.name = "password",
                                             .label = "Password",
                                             .value = "",
                                             .type = "password",
                                             .autocomplete = "current-password",
                                             .is_required = true});
    pages_add_field(
        t, &(struct pages_field){.name = "code",
                                 .label = "Code from your phone",
                                 .hint = "Six digits. Leave this empty if you "
                                         "have not set up codes.",
                                 .value = "",
                                 .type = "text",
                                 .autocomplete = "one-time-code"});
    html_add(t, "<p><button class=\"main\">Sign in</button></p>\n</form>\n"
                "</div>\n");
    page_end(hub, a);
}

/* The to=/postits of the gate; anything else is nowhere of ours. */
static const char *
read_to(const struct form *form)
{
    const char *to = form_value(form, "to");
    return page_is_ours(to) ? to : "/this-week";
}

void
accounts_show_sign_in(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct form query;
    struct problem why;
    (void) m;
    bool is_read =
        form_read(&query, r->arena, r->query, strlen(r->query), &why);
    const char *to = is_read ? read_to(&query) : "/this-week";
    if (accounts_recognise(hub, r))
        http_answer_go_to(a, to);
    else
        show(hub, r, a, "", to, NULL);
}

/* ---- signing in --------------------------------------------------------- */

/* ASCII letters in either case are one name, as in the store. */
static uint64_t
hash_name(const char *name)
{
    uint64_t hash = hash_string("sign in as"); // no address has this key
    for (; *name; name++) {
        char small =
            *name >= 'A' && *name <= 'Z' ? (char) (*name | 0x20) : *name;
        hash = hash_more(hash, &small, 1);
    }
    return hash;
}

static bool
may_try(struct hub *hub, const struct http_request *r, const char *name,
        struct http_answer *a)
{
    bool may = device_api_may(hub, r, "sign in", &address_rule, a);
    if (may) {
        int64_t wait_ms = bucket_take(&hub->bucket, &name_rule, hash_name(name),
                                      hub->now.mono_ms);
        may = wait_ms == 0;
        if (!may)
            http_answer_header(
                a, "Retry-After",
                arena_format(r->arena, "%lld",
                             (long long) (wait_ms + 999) / 1000));
    }
    if (!may) {
        log_warning("somebody tries too often to sign in");
        routes_refuse(r, a, 429, TRIES_TITLE, TRIES);
    }
    return may;
}

/* As apps show them: "123 456". */
static const char *
plain_code(struct arena *a, const char *typed)
{
    char *code = arena_alloc(a, strlen(typed) + 1), *to = code;
    for (; *typed; typed++)
        if (*typed != ' ')
            *to++ = *typed;
    *to = '\0';
    return code;
}

/* Takes as long for names that nobody has. A code that was good is used up. */
static bool
is_them(struct hub *hub, const struct http_request *r, const struct form *form,
        struct hub_person *person)
{
    struct problem why = {0};
    int64_t step;
    const char *name = pages_line(r->arena, form_value(form, "name"));
    bool is_known = hub_store_person(hub->store, r->arena, name, person);
    if (!secret_password_verify(is_known ? person->password : NULL,
                                form_value(form, "password")))
        return false;
    if (!*person->totp)
        return true;
    if (!totp_check(person->totp,
                    plain_code(r->arena, form_value(form, "code")),
                    hub->now.wall_s, person->totp_step, &step))
        return false;
    person->totp_step = step;
    return hub_store_change_person(hub->store, person, &why);
}

void
accounts_sign_in(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct hub_person person = {0};
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    const char *name = pages_line(r->arena, form_value(&form, "name"));
    const char *to = read_to(&form);
    if (!may_try(hub, r, name, a))
        return;
    if (!is_them(hub, r, &form, &person)) {
        show(hub, r, a, name, to, WRONG);
        return;
    }
    if (accounts_begin(hub, r, person.number, a, &why))
        http_answer_go_to(a, to);
    else
        show(hub, r, a, name, to, why.text);
}

void
accounts_sign_out(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    struct form form;
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    accounts_end(hub, r, a);
    page_go_back(a, "/sign-in", PAGE_SAID_SIGNED_OUT);
}
