#include <string.h>

#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/people_page.h"
#include "hub/people_page_part.h"

/* ---- what may be done --------------------------------------------------- */

/* Somebody who is there and is not who asks; else it is answered. */
static bool
find_other(struct hub *hub, const struct http_request *r,
           const struct route_match *m, struct http_answer *a,
           struct hub_person *out)
{
    int64_t number = people_page_number(m->values[0]);
    if (number == hub->person.number)
        http_answer_go_to(a, "/account");
    else if (hub_store_person_numbered(hub->store, r->arena, number, out))
        return true;
    else
        routes_refuse(r, a, 404, "Nobody is here any more",
                      "Somebody else has removed them.");
    return false;
}

static void
add_choice(struct text *t, const char *value, const char *chosen,
           const char *words, const char *hint)
{
    html_format(t,
                "<label><input type=\"radio\" name=\"do\" value=\"%s\" "
                "required",
                value);
    if (strcmp(value, chosen) == 0)
        html_add(t, " checked");
    html_format(t, "> %s<span class=\"hint\">%s</span></label>\n", words, hint);
}

static void
add_choices(struct text *t, const struct hub_person *p, const char *chosen)
{
    html_add(t, "<fieldset class=\"pick\"><legend>What is to be done?"
                "</legend>\n");
    if (p->is_coordinator)
        add_choice(t, "moderator", chosen, "Make them a moderator",
                   "They look after the post-its only.");
    else
        add_choice(t, "coordinator", chosen, "Make them a coordinator",
                   "They look after everything.");
    add_choice(t, "password", chosen, "They forgot their password",
               "You get an address to send them, where they choose a new one.");
    if (*p->totp)
        add_choice(t, "phone", chosen,
                   "They lost their phone, and have no "
                   "recovery code",
                   "The same, and their codes are switched off with it. Be "
                   "sure that it is really them who asks.");
    add_choice(t, "remove", chosen, "Remove them",
               "They are signed out at once, and cannot sign in any more. What "
               "they did stays.");
    html_add(t, "</fieldset>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct hub_person *p, const char *chosen, const char *wrong,
     const char *wrong_own)
{
    struct text *t = &a->body;
    bool has_error = wrong || wrong_own;
    page_begin(hub, r, a,
               &(struct page){.title = "Change who may sign in",
                              .here = "/people",
                              .status = has_error ? 422 : 200,
                              .has_error = has_error});
    if (wrong)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s</p>\n", wrong);
    html_format(t,
                "<section class=\"card small\" aria-labelledby=\"person\">\n"
                "<h2 id=\"person\"><bdi>%s</bdi>, %s</h2>\n",
                p->name, people_page_role(p->is_coordinator));
    page_form(hub, a, r->path);
    add_choices(t, p, chosen);
    accounts_add_proof(t, wrong_own);
    html_add(t, "<p class=\"buttons\"><button class=\"main\">Do it</button>\n"
                "<a class=\"button\" href=\"/people\">Leave it</a></p>\n"
                "</form>\n</section>\n");
    page_end(hub, a);
}

void
people_page_show_one(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct hub_person p;
    if (find_other(hub, r, m, a, &p))
        show(hub, r, a, &p, "", NULL, NULL);
}

/* ---- doing it ----------------------------------------------------------- */

static void
note(struct hub *hub, const char *what, const struct hub_person *p)
{
    (void) hub_store_audit(hub->store, hub->person.name, what, p->name,
                           hub->now.wall_s);
}

static void
set_role(struct hub *hub, const struct http_request *r, struct http_answer *a,
         struct hub_person *p, bool is_coordinator)
{
    struct problem why = {0};
    struct hub_person next = *p;
    next.is_coordinator = is_coordinator;
    if (!hub_store_renew_person(hub->store, &next, NULL, &why)) {
        show(hub, r, a, p, "", arena_format(r->arena, "%s.", why.text), NULL);
        return;
    }
    note(hub, is_coordinator ? "made a coordinator of" : "made a moderator of",
         p);
    page_go_back(a, "/people", PAGE_SAID_ROLE);
}

static void
make_address(struct hub *hub, const struct http_request *r,
             struct http_answer *a, const struct hub_person *p, bool ends_codes)
{
    struct problem why = {0};
    const struct hub_invitation i = {.name = p->name,
                                     .person = p->number,
                                     .is_coordinator = p->is_coordinator,
                                     .ends_codes = ends_codes};
    const char *address = accounts_invite(hub, r, &i, &why);
    if (!address) {
        show(hub, r, a, p, "", arena_format(r->arena, "%s.", why.text), NULL);
        return;
    }
    note(hub,
         ends_codes ? "made an address for a new password, and without codes, "
                      "for"
                    : "made an address for a new password for",
         p);
    people_page_show_address(hub, r, a, address, p->name);
}

static void
remove_them(struct hub *hub, const struct http_request *r,
            struct http_answer *a, const struct hub_person *p)
{
    struct problem why = {0};
    if (!hub_store_remove_person(hub->store, p->number, &why)) {
        show(hub, r, a, p, "", arena_format(r->arena, "%s.", why.text), NULL);
        return;
    }
    note(hub, "removed", p);
    page_go_back(a, "/people", PAGE_SAID_PERSON_REMOVED);
}

void
people_page_change(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct hub_person p;
    if (!page_take_form(hub, r, a, &form) || !find_other(hub, r, m, a, &p))
        return;
    const char *what = form_value(&form, "do");
    const char *wrong_own = *what ? accounts_proof_refusal(hub, &form) : NULL;
    if (wrong_own)
        show(hub, r, a, &p, what, NULL, wrong_own);
    else if (strcmp(what, "coordinator") == 0)
        set_role(hub, r, a, &p, true);
    else if (strcmp(what, "moderator") == 0)
        set_role(hub, r, a, &p, false);
    else if (strcmp(what, "password") == 0)
        make_address(hub, r, a, &p, false);
    else if (strcmp(what, "phone") == 0)
        make_address(hub, r, a, &p, true);
    else if (strcmp(what, "remove") == 0)
        remove_them(hub, r, a, &p);
    else
        show(hub, r, a, &p, "", "Please choose what is to be done.", NULL);
}
