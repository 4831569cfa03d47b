#include <string.h>

#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/door_log.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/secret.h"

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
                                 .hint = "Six digits, or one of your recovery "
                                         "codes if you have lost the phone. "
                                         "Leave this empty if you have not "
                                         "switched on codes.",
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

enum known {
    NOT_THEM,
    THEM,
    THEM_WITHOUT_PHONE, // by a recovery code
};

/* Takes as long for names that nobody has. A code that was good is used up. */
static enum known
who(struct hub *hub, const struct http_request *r, const struct form *form,
    struct hub_person *person)
{
    const char *name = pages_line(r->arena, form_value(form, "name"));
    bool is_known = hub_store_person(hub->store, r->arena, name, person);
    if (!secret_password_verify(is_known ? person->password : NULL,
                                form_value(form, "password")))
        return NOT_THEM;
    if (!*person->totp)
        return THEM;
    switch (accounts_use_code(hub, r, person, form_value(form, "code"))) {
    case ACCOUNTS_CODE_WRONG:
        return NOT_THEM;
    case ACCOUNTS_CODE_PHONE:
        return THEM;
    case ACCOUNTS_CODE_RECOVERY:
        return THEM_WITHOUT_PHONE;
    }
    return NOT_THEM;
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
    if (!accounts_may_try(hub, r, name, a))
        return;
    enum known known = who(hub, r, &form, &person);
    if (known == NOT_THEM) {
        door_log_refused(hub, r);
        show(hub, r, a, name, to, WRONG);
        return;
    }
    if (!accounts_begin(hub, r, person.number, a, &why)) {
        show(hub, r, a, name, to, why.text);
        return;
    }
    door_log_signed_in(r, person.number,
                       known == THEM_WITHOUT_PHONE ? "with a recovery code"
                       : *person.totp              ? "with a code"
                                                   : "without a code");
    accounts_remember_browser(hub, r, person.name, a);
    if (known == THEM_WITHOUT_PHONE)
        page_go_back(a, "/account", PAGE_SAID_RECOVERY_USED);
    else
        http_answer_go_to(a, to);
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
    // Whatever a browser kept of our pages all the same (ASVS 5.0, 14.3.1).
    // Over http it is not listened to. Not "cookies": known browsers have one.
    http_answer_header(a, "Clear-Site-Data", "\"cache\", \"storage\"");
    page_go_back(a, "/sign-in", PAGE_SAID_SIGNED_OUT);
}
