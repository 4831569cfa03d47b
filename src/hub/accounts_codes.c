#include <string.h>

#include "hub/accounts.h"
#include "hub/device_api_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/totp.h"

static const struct bucket_rule rule = {.burst = 5, .every_ms = 30000};

#define WRONG                                                                  \
    "The code or the password is not right. Wait for the next code on your "   \
    "phone, then try again."

/* ---- the page ----------------------------------------------------------- */

static void
add_proof(struct text *t, const char *wrong)
{
    pages_add_field(t, &(struct pages_field){.name = "code",
                                             .label = "Code from your phone",
                                             .hint = "Six digits.",
                                             .wrong = wrong,
                                             .value = "",
                                             .autocomplete = "one-time-code",
                                             .is_required = true});
    pages_add_field(t, &(struct pages_field){.name = "password",
                                             .label = "Your password",
                                             .value = "",
                                             .type = "password",
                                             .autocomplete = "current-password",
                                             .is_required = true});
}

/* In fours, as people copy it. */
static void
add_secret(struct text *t, const char *secret)
{
    html_add(t, "<p class=\"secret\"><code>");
    for (size_t i = 0; secret[i]; i++) {
        char letter[2] = {secret[i], '\0'};
        html_format(t, "%s%s", i && i % 4 == 0 ? " " : "", letter);
    }
    html_add(t, "</code></p>\n");
}

/* The secret goes along in the form: it is nobody's until a code proves that
   the phone has it. */
static void
add_begin(struct hub *hub, struct http_answer *a, const char *secret,
          const char *wrong)
{
    struct text *t = &a->body;
    html_add(t, "<p>With codes, somebody who knows your password still cannot "
                "sign in as you. You need an app for them on your phone, for "
                "example Aegis, FreeOTP, or your password manager.</p>\n"
                "<ol>\n<li>In the app, add an account by hand and type this "
                "key:");
    add_secret(t, secret);
    html_add(t, "</li>\n<li>Type the code that the app shows, and your "
                "password.</li>\n</ol>\n");
    page_form(hub, a, "/account");
    html_format(t, "<input type=\"hidden\" name=\"secret\" value=\"%s\">\n",
                secret);
    add_proof(t, wrong);
    html_add(t, "<p><button class=\"main\" name=\"do\" value=\"on\">Use codes "
                "from now on</button></p>\n</form>\n");
}

static void
add_end(struct hub *hub, struct http_answer *a, const char *wrong)
{
    struct text *t = &a->body;
    html_add(t, "<p>You sign in with a code from your phone.</p>\n"
                "<h3>Without codes</h3>\n"
                "<p>For a new phone: leave codes out, then set them up again."
                "</p>\n");
    page_form(hub, a, "/account");
    add_proof(t, wrong);
    html_add(t, "<p><button name=\"do\" value=\"off\">Sign in without codes"
                "</button></p>\n</form>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const char *secret, const char *wrong)
{
    struct text *t = &a->body;
    char made[TOTP_TEXT_BYTES];
    page_begin(hub, r, a,
               &(struct page){.title = "Your account",
                              .here = "/account",
                              .status = wrong ? 422 : 200,
                              .has_error = wrong != NULL});
    html_add(t, "<section class=\"card small\" aria-labelledby=\"codes\">\n"
                "<h2 id=\"codes\">Codes when you sign in</h2>\n");
    if (*hub->person.totp) {
        add_end(hub, a, wrong);
    } else {
        if (!secret)
            totp_make(made);
        add_begin(hub, a, secret ? secret : made, wrong);
    }
    html_add(t, "</section>\n");
    page_end(hub, a);
}

void
accounts_show_codes(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    (void) m;
    show(hub, r, a, NULL, NULL);
}

/* ---- changing it -------------------------------------------------------- */

void
accounts_change_codes(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    struct hub_person person = m->person;
    if (!page_take_form(hub, r, a, &form))
        return;
    if (!device_api_may(hub, r, "codes", &rule, a)) {
        routes_refuse(r, a, 429, "Too many tries",
                      "Too many tries. Wait a minute, then try again.");
        return;
    }
    bool has_codes = *person.totp;
    const char *secret = has_codes ? person.totp : form_value(&form, "secret");
    bool is_known = totp_is_secret(secret);
    if (!is_known ||
        !secret_password_verify(person.password,
                                form_value(&form, "password")) ||
        !totp_check(secret, form_value(&form, "code"), hub->now.wall_s,
                    has_codes ? person.totp_step : 0, &person.totp_step)) {
        show(hub, r, a, is_known ? secret : NULL, WRONG);
        return;
    }
    person.totp = has_codes ? "" : secret;
    if (!hub_store_change_person(hub->store, &person, &why)) {
        page_go_back(a, "/account", PAGE_SAID_FAILED);
        return;
    }
    (void) hub_store_audit(hub->store, person.name,
                           has_codes ? "left out codes" : "set up codes", "",
                           hub->now.wall_s);
    page_go_back(a, "/account",
                 has_codes ? PAGE_SAID_CODES_OFF : PAGE_SAID_CODES_ON);
}
