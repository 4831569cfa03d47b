#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/qr_svg.h"
#include "hub/secret.h"
#include "hub/totp.h"

#define PATH "/account/codes"
#define WRONG_CODE                                                             \
    "That is not the code. Wait for the next one on your phone, then try "     \
    "again."

static const char saved[] =
    "From now on you need a code from your phone to sign in, and you see "
    "people\xE2\x80\x99s names. These are for the day when you do not have the "
    "phone.";

/* ---- the key ------------------------------------------------------------ */

/*
 * What the phone will make codes from. It is nobody's until a code proves that
 * the phone has it, and until then the same for the page, the picture and a
 * reload: it comes from the session's own key, and from the last step used, so
 * that codes that are switched off and on again have another.
 */
static void
make_key(const struct hub *hub, struct arena *a, char out[TOTP_TEXT_BYTES])
{
    char mac[SECRET_TEXT_BYTES];
    unsigned char bytes[SECRET_BYTES] = {0};
    _Static_assert(TOTP_SECRET_BYTES <= SECRET_BYTES, "cut from it");
    secret_sign(
        hub->session.form_key,
        arena_format(a, "key for codes %" PRId64, hub->person.totp_step), mac);
    (void) secret_read(mac, bytes); // what was written can be read
    totp_write(bytes, out);
    secret_forget(bytes, sizeof bytes);
    secret_forget(mac, sizeof mac);
}

/* otpauth://totp/Staffroom:Maria?… as apps read it. */
static const char *
key_address(struct arena *a, const char *name, const char *key)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    struct text t = {0};
    text_add_string(&t, "otpauth://totp/Staffroom:");
    for (const char *c = name; *c; c++)
        if (strchr(plain, *c))
            text_add_char(&t, *c);
        else
            text_add_format(&t, "%%%02X", (unsigned) (unsigned char) *c);
    text_add_format(&t, "?secret=%s&issuer=Staffroom", key);
    const char *copy = arena_copy(a, t.bytes, t.len);
    text_destroy(&t);
    return copy;
}

void
accounts_draw_key(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    char key[TOTP_TEXT_BYTES];
    (void) m;
    make_key(hub, r->arena, key);
    if (*hub->person.totp ||
        !qr_svg_add(&a->body, key_address(r->arena, hub->person.name, key))) {
        routes_refuse(r, a, 404, "There is no picture here",
                      "Codes are switched on already.");
        return;
    }
    a->status = 200;
    a->type = "image/svg+xml";
}

/* ---- the page ----------------------------------------------------------- */

struct wrong {
    const char *code, *own; // sentences; NULL: right, or not asked yet
};

static void
add_fields(struct text *t, const struct wrong *wrong, const char *hint)
{
    pages_add_field(t, &(struct pages_field){.name = "code",
                                             .label = "Code from your phone",
                                             .hint = hint,
                                             .wrong = wrong->code,
                                             .value = "",
                                             .autocomplete = "one-time-code",
                                             .is_required = true});
    accounts_add_proof(t, wrong->own);
}

/* In fours, as people copy it. */
static void
add_key(struct text *t, const char *key)
{
    html_add(t, "<p class=\"secret\"><code>");
    for (size_t i = 0; key[i]; i++) {
        char letter[2] = {key[i], '\0'};
        html_format(t, "%s%s", i && i % 4 == 0 ? " " : "", letter);
    }
    html_add(t, "</code></p>\n");
}

static void
add_switch_on(struct hub *hub, const struct http_request *r,
              struct http_answer *a, const struct wrong *wrong)
{
    struct text *t = &a->body;
    char key[TOTP_TEXT_BYTES];
    make_key(hub, r->arena, key);
    html_add(t,
             "<p>With codes, somebody who knows your password still cannot "
             "sign in as you, nor see who wrote what. You need an app for "
             "them on your phone, for example Aegis, FreeOTP, or your "
             "password manager.</p>\n<ol>\n<li>Scan this with the app:"
             "<img class=\"qr\" src=\"/account/qr.svg\" width=\"246\" "
             "height=\"246\" alt=\"The key as a picture to scan. It is below "
             "in letters as well.\">\n"
             "<details><summary>You cannot scan it?</summary>\n"
             "<p>If the app is on this very phone: <a class=\"button\"");
    html_attribute(t, "href", key_address(r->arena, hub->person.name, key));
    html_add(t, ">Open it in the app</a></p>\n<p>Or add an account in the app "
                "by hand, and type this key:</p>\n");
    add_key(t, key);
    html_add(t,
             "</details></li>\n<li>Type the code that the app shows now, and "
             "your password.</li>\n</ol>\n");
    page_form(hub, a, PATH);
    add_fields(t, wrong, "Six digits.");
    html_add(t, "<p><button class=\"main\" name=\"do\" value=\"on\">Switch on "
                "codes</button></p>\n</form>\n");
}

static void
add_switch_off(struct hub *hub, struct http_answer *a,
               const struct wrong *wrong)
{
    struct text *t = &a->body;
    html_add(t,
             "<p>For a new phone: switch codes off, then on again with the "
             "new one. While they are off, people\xE2\x80\x99s names are not "
             "shown to you, and your recovery codes are gone.</p>\n");
    page_form(hub, a, PATH);
    add_fields(t, wrong, "Six digits, or one of your recovery codes.");
    html_add(t, "<p><button class=\"danger\" name=\"do\" value=\"off\">Switch "
                "off codes</button></p>\n</form>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct wrong *wrong)
{
    struct text *t = &a->body;
    bool is_on = *hub->person.totp, has_error = wrong->code || wrong->own;
    page_begin(
        hub, r, a,
        &(struct page){.title = is_on ? "Switch off codes" : "Switch on codes",
                       .here = "/account",
                       .status = has_error ? 422 : 200,
                       .has_error = has_error});
    html_add(t, "<div class=\"card small\">\n");
    if (is_on)
        add_switch_off(hub, a, wrong);
    else
        add_switch_on(hub, r, a, wrong);
    html_add(t, "</div>\n");
    page_end(hub, a);
}

void
accounts_show_codes(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a)
{
    (void) m;
    show(hub, r, a, &(struct wrong){0});
}

/* ---- switching ---------------------------------------------------------- */

static void
switch_on(struct hub *hub, const struct http_request *r, const char *typed,
          struct http_answer *a)
{
    struct hub_person p = hub->person;
    struct accounts_recovery recovery;
    struct problem why = {0};
    char key[TOTP_TEXT_BYTES];
    make_key(hub, r->arena, key);
    if (!totp_check(key, accounts_plain_code(r->arena, typed), hub->now.wall_s,
                    0, &p.totp_step)) {
        show(hub, r, a, &(struct wrong){.code = WRONG_CODE});
        return;
    }
    p.totp = arena_copy(r->arena, key, strlen(key));
    accounts_make_recovery(&recovery);
    if (!hub_store_set_recovery(hub->store, &p, recovery.hashes,
                                hub->session.hash, &why)) {
        page_go_back(a, PATH, PAGE_SAID_FAILED);
        return;
    }
    (void) hub_store_audit(hub->store, p.name, "switched on codes", "",
                           hub->now.wall_s);
    hub->person.totp = p.totp; // the page shows what is so now
    accounts_show_recovery_codes(hub, r, a, &recovery, saved);
}

static void
switch_off(struct hub *hub, const struct http_request *r, const char *typed,
           struct http_answer *a)
{
    struct hub_person p = hub->person;
    struct problem why = {0};
    if (accounts_use_code(hub, r, &p, typed) == ACCOUNTS_CODE_WRONG) {
        show(hub, r, a, &(struct wrong){.code = WRONG_CODE});
        return;
    }
    p.totp = "";
    if (!hub_store_renew_person(hub->store, &p, hub->session.hash, &why)) {
        page_go_back(a, PATH, PAGE_SAID_FAILED);
        return;
    }
    (void) hub_store_audit(hub->store, p.name, "switched off codes", "",
                           hub->now.wall_s);
    page_go_back(a, "/account", PAGE_SAID_CODES_OFF);
}

void
accounts_change_codes(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct form form;
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    bool is_on = *hub->person.totp;
    // Two tabs: what this form was for is done already.
    if (is_on != (strcmp(form_value(&form, "do"), "off") == 0)) {
        page_go_back(a, "/account", PAGE_SAID_NOTHING);
        return;
    }
    const char *wrong = accounts_proof_refusal(hub, &form);
    if (wrong)
        show(hub, r, a, &(struct wrong){.own = wrong});
    else if (is_on)
        switch_off(hub, r, form_value(&form, "code"), a);
    else
        switch_on(hub, r, form_value(&form, "code"), a);
}
