#include <string.h>

#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/secret.h"

#define FEW_LEFT 3 // recovery codes

/* ---- /account ----------------------------------------------------------- */

static void
add_codes(struct text *t, const struct hub_person *p)
{
    html_add(t, "<section class=\"card small\" aria-labelledby=\"codes\">\n"
                "<h2 id=\"codes\">Codes when you sign in</h2>\n");
    if (!*p->totp) {
        html_add(t,
                 "<p>You sign in with your password alone. Until you switch "
                 "on codes from your phone, people\xE2\x80\x99s names are "
                 "not shown to you.</p>\n"
                 "<p><a class=\"button main\" href=\"/account/codes\">Switch "
                 "on codes</a></p>\n</section>\n");
        return;
    }
    html_format(t,
                "<p>You sign in with a code from your phone.</p>\n<p>%s%d of "
                "your recovery codes %s left%s, for when you do not have "
                "it.</p>\n",
                p->recovery_left < FEW_LEFT ? "Only " : "", p->recovery_left,
                p->recovery_left == 1 ? "is" : "are",
                p->recovery_left < FEW_LEFT ? ": better make new ones" : "");
    html_add(t, "<p class=\"buttons\"><a class=\"button\" "
                "href=\"/account/recovery\">New recovery codes</a>\n"
                "<a class=\"button\" href=\"/account/codes\">Switch off codes, "
                "or a new phone</a></p>\n</section>\n");
}

static void
add_session(struct text *t, struct arena *a, const struct hub *hub,
            const struct board *b, const struct hub_session *s)
{
    bool is_this = memcmp(s->hash, hub->session.hash, HUB_HASH_BYTES) == 0;
    html_format(t, "<tr><th scope=\"row\">%s</th>\n",
                *s->browser ? s->browser : "A browser");
    html_format(t, "<td>since %s</td>\n",
                pages_when(a, b, s->begun_s, pages_now(hub)));
    if (is_this)
        html_add(t, "<td><strong class=\"good\">this one</strong></td></tr>\n");
    else
        html_format(t, "<td>last used %s</td></tr>\n",
                    pages_when(a, b, s->used_s, pages_now(hub)));
}

static void
add_sessions(struct hub *hub, const struct http_request *r,
             struct http_answer *a)
{
    struct text *t = &a->body;
    struct pages_board published;
    struct problem why;
    const struct hub_session *list;
    int count = hub_store_sessions(hub->store, r->arena, hub->person.number,
                                   hub->now.wall_s, &list);
    (void) pages_board_open(hub, r->arena, &published, &why);
    html_add(t, "<section class=\"card small\" aria-labelledby=\"where\">\n"
                "<h2 id=\"where\">Where you are signed in</h2>\n<table>"
                "<tbody>\n");
    for (int i = 0; i < count; i++)
        add_session(t, r->arena, hub, published.board, &list[i]);
    html_add(t, "</tbody></table>\n");
    if (count > 1) {
        page_form(hub, a, "/account/others");
        html_add(t, "<p><button>Sign out everywhere else</button></p>\n"
                    "</form>\n");
    }
    html_add(t, "</section>\n");
    pages_board_close(&published);
}

void
accounts_show_account(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct text *t = &a->body;
    (void) m;
    page_begin(hub, r, a,
               &(struct page){.title = "Your account", .here = "/account"});
    add_codes(t, &hub->person);
    html_add(t, "<section class=\"card small\" aria-labelledby=\"password\">\n"
                "<h2 id=\"password\">Your password</h2>\n"
                "<p><a class=\"button\" href=\"/account/password\">Change your "
                "password</a></p>\n</section>\n");
    add_sessions(hub, r, a);
    page_end(hub, a);
}

void
accounts_end_others(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    bool is_done = hub_store_end_other_sessions(hub->store, hub->person.number,
                                                hub->session.hash, &why);
    if (is_done)
        (void) hub_store_audit(hub->store, hub->person.name,
                               "signed out everywhere else", "",
                               hub->now.wall_s);
    page_go_back(a, "/account",
                 is_done ? PAGE_SAID_OTHERS_ENDED : PAGE_SAID_FAILED);
}

/* ---- /account/password -------------------------------------------------- */

static void
show_password(struct hub *hub, const struct http_request *r,
              struct http_answer *a, const char *wrong_own, const char *wrong)
{
    struct text *t = &a->body;
    bool has_error = wrong_own || wrong;
    page_begin(hub, r, a,
               &(struct page){.title = "Change your password",
                              .here = "/account",
                              .status = has_error ? 422 : 200,
                              .has_error = has_error});
    html_add(t, "<div class=\"card small\">\n<p>Everywhere else you are signed "
                "out with it.</p>\n");
    page_form(hub, a, "/account/password");
    pages_add_field(t, &(struct pages_field){.name = "own",
                                             .label = "The password you have",
                                             .wrong = wrong_own,
                                             .value = "",
                                             .type = "password",
                                             .autocomplete = "current-password",
                                             .is_required = true});
    accounts_add_new_password(t, wrong);
    html_add(t, "<p><button class=\"main\">Change it</button></p>\n</form>\n"
                "</div>\n");
    page_end(hub, a);
}

void
accounts_show_password(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a)
{
    (void) m;
    show_password(hub, r, a, NULL, NULL);
}

static bool
save_password(struct hub *hub, const char *password)
{
    struct hub_person p = hub->person;
    struct problem why = {0};
    char hash[SECRET_PASSWORD_BYTES];
    if (!secret_password_hash(password, hash))
        return false;
    p.password = hash;
    if (!hub_store_renew_person(hub->store, &p, hub->session.hash, &why))
        return false;
    (void) hub_store_audit(hub->store, p.name, "changed their password", "",
                           hub->now.wall_s);
    return true;
}

void
accounts_change_password(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a)
{
    struct form form;
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    const char *wrong = accounts_new_password_refusal(&form, hub->person.name);
    if (wrong) {
        show_password(hub, r, a, NULL, wrong);
        return;
    }
    const char *wrong_own = accounts_proof_refusal(hub, &form);
    if (wrong_own)
        show_password(hub, r, a, wrong_own, NULL);
    else
        page_go_back(a, "/account",
                     save_password(hub, form_value(&form, "password"))
                         ? PAGE_SAID_PASSWORD
                         : PAGE_SAID_FAILED);
}
