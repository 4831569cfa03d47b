#include <string.h>

#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/secret.h"

#define PATH "/account/recovery"

void
accounts_hash_recovery(const char *code, unsigned char out[HUB_HASH_BYTES])
{
    secret_hash(code, strlen(code), out);
}

void
accounts_make_recovery(struct accounts_recovery *out)
{
    for (int i = 0; i < HUB_RECOVERY_CODES; i++) {
        secret_letters(ACCOUNTS_RECOVERY_ALPHABET, ACCOUNTS_RECOVERY_LETTERS,
                       out->codes[i]);
        accounts_hash_recovery(out->codes[i], out->hashes[i]);
    }
}

/* ---- shown once --------------------------------------------------------- */

static void
add_code(struct text *t, const char *code)
{
    html_add(t, "<li><code>");
    for (int i = 0; i < ACCOUNTS_RECOVERY_LETTERS; i++) {
        char letter[2] = {code[i], '\0'};
        html_format(t, "%s%s", i && i % 4 == 0 ? "-" : "", letter);
    }
    html_add(t, "</code></li>\n");
}

void
accounts_show_recovery_codes(struct hub *hub, const struct http_request *r,
                             struct http_answer *a,
                             struct accounts_recovery *codes, const char *lead)
{
    struct text *t = &a->body;
    page_begin(
        hub, r, a,
        &(struct page){.title = "Your recovery codes", .here = "/account"});
    html_format(t, "<p class=\"said\" role=\"status\">%s</p>\n", lead);
    html_add(t, "<div class=\"card small\">\n<p>Each is good once, in place of "
                "a code from your phone. They are shown here <strong>only "
                "now</strong>: print this page or write them down, and keep "
                "them away from your phone.</p>\n<ol class=\"codes\">\n");
    for (int i = 0; i < HUB_RECOVERY_CODES; i++)
        add_code(t, codes->codes[i]);
    html_add(t, "</ol>\n<p><a class=\"button\" href=\"/account\">I have kept "
                "them</a></p>\n</div>\n");
    page_end(hub, a);
    secret_forget(codes, sizeof *codes);
}

/* ---- new ones ----------------------------------------------------------- */

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const char *wrong)
{
    struct text *t = &a->body;
    page_begin(hub, r, a,
               &(struct page){.title = "New recovery codes",
                              .here = "/account",
                              .status = wrong ? 422 : 200,
                              .has_error = wrong != NULL});
    html_add(t, "<div class=\"card small\">\n");
    html_format(t,
                "<p>%d of your recovery codes %s left. You get %d new ones, "
                "and the old ones are good no more.</p>\n",
                hub->person.recovery_left,
                hub->person.recovery_left == 1 ? "is" : "are",
                HUB_RECOVERY_CODES);
    page_form(hub, a, PATH);
    accounts_add_proof(t, wrong);
    html_add(t, "<p><button class=\"main\">Make new codes</button></p>\n"
                "</form>\n</div>\n");
    page_end(hub, a);
}

/* Without codes from a phone there is nothing they would be in place of. */
static bool
has_codes(struct hub *hub, struct http_answer *a)
{
    if (!*hub->person.totp)
        http_answer_go_to(a, "/account");
    return *hub->person.totp;
}

void
accounts_show_recovery(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a)
{
    (void) m;
    if (has_codes(hub, a))
        show(hub, r, a, NULL);
}

void
accounts_renew_recovery(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct accounts_recovery recovery;
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form) || !has_codes(hub, a))
        return;
    const char *wrong = accounts_proof_refusal(hub, &form);
    if (wrong) {
        show(hub, r, a, wrong);
        return;
    }
    accounts_make_recovery(&recovery);
    if (!hub_store_set_recovery(hub->store, &hub->person, recovery.hashes,
                                hub->session.hash, &why)) {
        page_go_back(a, "/account", PAGE_SAID_FAILED);
        return;
    }
    (void) hub_store_audit(hub->store, hub->person.name,
                           "made new recovery codes", "", hub->now.wall_s);
    accounts_show_recovery_codes(hub, r, a, &recovery,
                                 "These are your new recovery codes.");
}
