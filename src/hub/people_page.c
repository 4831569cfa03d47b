#include "hub/people_page.h"

#include <string.h>

#include "core/date.h"
#include "core/wording.h"
#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/people_page_part.h"

int64_t
people_page_number(const char *digits)
{
    int64_t number = 0;
    for (; *digits; digits++)
        number = number * 10 + (*digits - '0');
    return number;
}

const char *
people_page_role(bool is_coordinator)
{
    return is_coordinator ? "coordinator" : "moderator";
}

/* ---- who is there ------------------------------------------------------- */

static void
add_person(struct text *t, struct arena *a, const struct hub *hub,
           const struct board *b, const struct hub_person *p)
{
    html_format(t, "<tr><th scope=\"row\"><bdi>%s</bdi></th>\n<td>%s</td>\n",
                p->name, people_page_role(p->is_coordinator));
    if (*p->totp)
        html_add(t, "<td><strong class=\"good\">codes on</strong></td>\n");
    else
        html_add(t, "<td><strong class=\"bad\">codes off</strong></td>\n");
    if (p->signed_in_s)
        html_format(t, "<td>signed in %s</td>\n",
                    pages_when(a, b, p->signed_in_s, pages_now(hub)));
    else
        html_add(t, "<td class=\"soft\">never signed in</td>\n");
    if (p->number == hub->person.number)
        html_add(t, "<td><a class=\"button\" href=\"/account\">Your "
                    "account</a></td></tr>\n");
    else
        html_format(t,
                    "<td><a class=\"button\" href=\"/people/%lld\" "
                    "aria-label=\"Change %s\">Change</a></td></tr>\n",
                    (long long) p->number, p->name);
}

static void
add_people(struct hub *hub, const struct http_request *r, struct http_answer *a,
           const struct board *b)
{
    struct text *t = &a->body;
    const struct hub_person *list;
    int count = hub_store_people(hub->store, r->arena, &list);
    html_add(t, "<section class=\"card\" aria-labelledby=\"who\">\n"
                "<h2 id=\"who\">Who may sign in</h2>\n");
    if (count < 0)
        html_add(t, "<p>The hub cannot read its store just now. Load the page "
                    "again in a minute.</p>\n");
    html_add(t, "<table><tbody>\n");
    for (int i = 0; i < count; i++)
        add_person(t, r->arena, hub, b, &list[i]);
    html_add(t, "</tbody></table>\n<p class=\"soft\">Coordinators look after "
                "everything here, moderators after the post-its. Who has no "
                "codes switched on does not see people\xE2\x80\x99s "
                "names.</p>\n</section>\n");
}

/* ---- who is invited ----------------------------------------------------- */

/* "Sunday 29 November, 10:42" */
static const char *
moment(struct arena *a, const struct board *b, int64_t then_s)
{
    const struct zone *zone = b ? b->zone : NULL;
    return arena_format(a, "%s, %s", wording_date(a, zone, then_s),
                        wording_time(a, zone, then_s));
}

static void
add_invitation(struct hub *hub, struct arena *arena, struct http_answer *a,
               const struct board *b, const struct hub_invitation *i)
{
    struct text *t = &a->body;
    html_format(t,
                "<tr><th scope=\"row\"><bdi>%s</bdi></th>\n<td>%s%s</td>\n"
                "<td>until %s</td>\n<td>",
                i->name, i->person ? "for a new password" : "as a ",
                i->person ? "" : people_page_role(i->is_coordinator),
                moment(arena, b, i->until_s));
    page_form(
        hub, a,
        arena_format(arena, "/people/invitations/%lld", (long long) i->number));
    html_format(t,
                "<button aria-label=\"Withdraw the address for %s\">Withdraw"
                "</button></form></td></tr>\n",
                i->name);
}

static void
add_invitations(struct hub *hub, const struct http_request *r,
                struct http_answer *a, const struct board *b)
{
    struct text *t = &a->body;
    const struct hub_invitation *list;
    int count =
        hub_store_invitations(hub->store, r->arena, hub->now.wall_s, &list);
    if (count <= 0)
        return;
    html_add(t, "<section class=\"card\" aria-labelledby=\"invited\">\n"
                "<h2 id=\"invited\">Addresses not used yet</h2>\n<table>"
                "<tbody>\n");
    for (int i = 0; i < count; i++)
        add_invitation(hub, r->arena, a, b, &list[i]);
    html_add(t, "</tbody></table>\n</section>\n");
}

/* ---- inviting ----------------------------------------------------------- */

struct invite { // what was typed, and what is wrong with it
    const char *name, *wrong_name, *wrong_own;
    bool is_coordinator;
};

static void
add_role(struct text *t, const char *value, bool is_checked, const char *words)
{
    html_format(t, "<label><input type=\"radio\" name=\"role\" value=\"%s\"",
                value);
    if (is_checked)
        html_add(t, " checked");
    html_format(t, "> %s</label>\n", words);
}

static void
add_form(struct hub *hub, struct http_answer *a, const struct invite *i)
{
    struct text *t = &a->body;
    html_add(t, "<section class=\"card small\" aria-labelledby=\"invite\">\n"
                "<h2 id=\"invite\">Invite somebody</h2>\n"
                "<p>You get an address to send to them. With it they choose "
                "their password.</p>\n");
    page_form(hub, a, "/people");
    pages_add_field(t, &(struct pages_field){.name = "name",
                                             .label = "Their name",
                                             .hint = "They sign in with it.",
                                             .wrong = i->wrong_name,
                                             .value = i->name,
                                             .most = ACCOUNTS_NAME_LETTERS,
                                             .is_required = true});
    html_add(t, "<fieldset class=\"pick\"><legend>They are</legend>\n");
    add_role(t, "moderator", !i->is_coordinator,
             "a moderator, and look after the post-its");
    add_role(t, "coordinator", i->is_coordinator,
             "a coordinator, and look after everything");
    html_add(t, "</fieldset>\n");
    accounts_add_proof(t, i->wrong_own);
    html_add(t, "<p><button class=\"main\">Make an address</button></p>\n"
                "</form>\n</section>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct invite *i)
{
    struct pages_board published;
    struct problem why;
    bool has_error = i->wrong_name || i->wrong_own;
    (void) pages_board_open(hub, r->arena, &published, &why);
    page_begin(hub, r, a,
               &(struct page){.title = "People",
                              .here = "/people",
                              .status = has_error ? 422 : 200,
                              .has_error = has_error});
    if (has_error)
        add_form(hub, a, i);
    add_people(hub, r, a, published.board);
    add_invitations(hub, r, a, published.board);
    if (!has_error)
        add_form(hub, a, i);
    page_end(hub, a);
    pages_board_close(&published);
}

void
people_page_show(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    (void) m;
    show(hub, r, a, &(struct invite){.name = ""});
}

/* ---- the address -------------------------------------------------------- */

void
people_page_show_address(struct hub *hub, const struct http_request *r,
                         struct http_answer *a, const char *address,
                         const char *name)
{
    struct text *t = &a->body;
    struct pages_board published;
    struct problem why;
    (void) pages_board_open(hub, r->arena, &published, &why);
    page_begin(
        hub, r, a,
        &(struct page){.title = "An address to send", .here = "/people"});
    html_format(
        t,
        "<div class=\"card small\">\n<p>Send this address to "
        "<bdi>%s</bdi> yourself, so that nobody else gets it. It works "
        "once, until %s. It is shown here <strong>only "
        "now</strong>.</p>\n",
        name,
        moment(r->arena, published.board, hub->now.wall_s + HUB_INVITATION_S));
    html_format(t,
                "<div class=\"field\"><label for=\"address\">The address"
                "</label>\n<textarea id=\"address\" rows=\"4\" readonly>\n%s"
                "</textarea></div>\n",
                address);
    html_add(t, "<p><a class=\"button\" href=\"/people\">I have copied it</a>"
                "</p>\n</div>\n");
    page_end(hub, a);
    pages_board_close(&published);
}

void
people_page_invite(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    struct invite i = {
        .name = pages_line(r->arena, form_value(&form, "name")),
        .is_coordinator = strcmp(form_value(&form, "role"), "coordinator") == 0,
    };
    i.wrong_name = pages_line_refusal(i.name, ACCOUNTS_NAME_LETTERS);
    if (!i.wrong_name)
        i.wrong_own = accounts_proof_refusal(hub, &form);
    const char *address = NULL;
    if (!i.wrong_name && !i.wrong_own) {
        const struct hub_invitation new = {.name = i.name,
                                           .is_coordinator = i.is_coordinator};
        address = accounts_invite(hub, r, &new, &why);
        if (!address)
            i.wrong_name = arena_format(r->arena, "%s.", why.text);
    }
    if (!address) {
        show(hub, r, a, &i);
        return;
    }
    (void) hub_store_audit(hub->store, hub->person.name,
                           i.is_coordinator ? "invited, as a coordinator:"
                                            : "invited, as a moderator:",
                           i.name, hub->now.wall_s);
    people_page_show_address(hub, r, a, address, i.name);
}

void
people_page_withdraw(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    const struct hub_invitation *list;
    if (!page_take_form(hub, r, a, &form))
        return;
    int64_t number = people_page_number(m->values[0]);
    int count =
        hub_store_invitations(hub->store, r->arena, hub->now.wall_s, &list);
    bool is_done = hub_store_withdraw(hub->store, number, &why);
    for (int i = 0; is_done && i < count; i++)
        if (list[i].number == number)
            (void) hub_store_audit(hub->store, hub->person.name,
                                   "withdrew the address for", list[i].name,
                                   hub->now.wall_s);
    page_go_back(a, "/people",
                 is_done ? PAGE_SAID_WITHDRAWN : PAGE_SAID_FAILED);
}
