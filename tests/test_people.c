// links: src/io/child.c
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring
// libs: -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <liboath/oath.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/accounts.h"
#include "hub/browser.h"
#include "hub/totp.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define OWN "own=" PAGE_PASSWORD
#define HERS "nine purple otters"
#define CHOSEN "password=" HERS "&again=" HERS
#define GOOD "name=Maria&password=" PAGE_PASSWORD
#define POSTIT "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"

/* ---- what the tests have in common -------------------------------------- */

/* As a phone makes it. */
static void
code_of(const char *secret, int64_t at_s, char out[7])
{
    char *bytes = NULL;
    size_t len = 0;
    assert_int_equal(oath_base32_decode(secret, strlen(secret), &bytes, &len),
                     OATH_OK);
    assert_int_equal(
        oath_totp_generate(bytes, len, (time_t) at_s, 30, 0, 6, out), OATH_OK);
    free(bytes);
}

static struct hub_person
person(struct page_stand *s, const char *name)
{
    struct hub_person p;
    if (!hub_store_person(s->hub.store, &s->arena, name, &p))
        fail_msg("nobody is called %s", name);
    return p;
}

static bool
is_there(struct page_stand *s, const char *name)
{
    struct hub_person p;
    return hub_store_person(s->hub.store, &s->arena, name, &p);
}

/* Whose browser it is now; sessions stay, as in two browsers. */
struct browser {
    char session[128];
};

static struct browser
take_browser(struct page_stand *s)
{
    struct browser b;
    memcpy(b.session, s->session, sizeof b.session);
    s->session[0] = '\0';
    return b;
}

static void
sit_at(struct page_stand *s, const struct browser *b)
{
    memcpy(s->session, b->session, sizeof s->session);
}

/* Who tries a lot is somebody else's test. */
static void
wait_for_tries(struct page_stand *s)
{
    s->hub.now.mono_ms += 3600000;
}

static void
path_on_page(struct page_stand *s, char path[64])
{
    const char *at = strstr(page_stand_body(s), "/welcome/");
    if (!at)
        fail_msg("no address on this page:\n%s", page_stand_body(s));
    snprintf(path, 64, "%.52s", at);
}

static void
invite(struct page_stand *s, const char *fields, char path[64])
{
    char form[256];
    snprintf(form, sizeof form, "%s&" OWN, fields);
    assert_int_equal(page_stand_get(s, "/people"), 200);
    assert_int_equal(page_stand_send(s, "/people", form), 200);
    path_on_page(s, path);
}

/* Sam, who is signed in then; Maria's browser is given back. */
static struct browser
let_sam_in(struct page_stand *s, const char *role)
{
    char path[64], form[64];
    snprintf(form, sizeof form, "name=Sam&role=%s", role);
    invite(s, form, path);
    struct browser marias = take_browser(s);
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
    return marias;
}

static int
change_sam(struct page_stand *s, const char *what)
{
    char path[64], form[128];
    snprintf(path, sizeof path, "/people/%lld",
             (long long) person(s, "Sam").number);
    snprintf(form, sizeof form, "do=%s&" OWN, what);
    assert_int_equal(page_stand_get(s, path), 200);
    return page_stand_send(s, path, form);
}

static bool
has_deed(struct page_stand *s, const char *who, const char *what,
         const char *id)
{
    const struct hub_deed *list;
    int count = hub_store_deeds(s->hub.store, &s->arena, 100, &list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].person, who) == 0 &&
            strcmp(list[i].what, what) == 0 && strcmp(list[i].id, id) == 0)
            return true;
    return false;
}

/* ---- being invited ------------------------------------------------------ */

static void
somebody_is_invited_and_comes(void **state)
{
    struct page_stand *s = *state;
    char path[64];
    page_stand_set_up(s);
    invite(s, "name=Sam&role=moderator", path);
    page_stand_has(s, "http://hub.example/welcome/");
    page_stand_has(s, "until Sunday 29 November, 10:42");
    assert_int_equal(page_stand_get(s, "/people"), 200);
    page_stand_has(s, "Addresses not used yet");
    page_stand_has_not(s, path + 9); // shown once
    take_browser(s);
    // Whatever looks at addresses in messages uses nothing up.
    assert_int_equal(page_stand_get(s, path), 200);
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "value=\"Sam\"");
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/account");
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "Sam</bdi>, moderator");
    assert_int_equal(page_stand_get(s, "/people"), 403);
    assert_int_equal(page_stand_get(s, path), 404);
    assert_int_equal(page_stand_post(s, path, CHOSEN), 404);
    assert_true(has_deed(s, "Maria", "invited, as a moderator:", "Sam"));
    assert_true(has_deed(s, "Sam", "came by invitation", ""));
    take_browser(s);
    wait_for_tries(s);
    assert_int_equal(page_stand_post(s, "/sign-in", "name=sam&password=" HERS),
                     303);
}

static void
a_coordinator_is_invited(void **state)
{
    struct page_stand *s = *state;
    char path[64];
    page_stand_set_up(s);
    invite(s, "name=Sam&role=coordinator", path);
    take_browser(s);
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
    assert_int_equal(page_stand_get(s, "/people"), 200);
    assert_true(has_deed(s, "Maria", "invited, as a coordinator:", "Sam"));
}

static void
addresses_end(void **state)
{
    struct page_stand *s = *state;
    char path[64];
    page_stand_set_up(s);
    invite(s, "name=Sam&role=moderator", path);
    assert_int_equal(page_stand_get(s, "/people"), 200);
    assert_int_equal(page_stand_send(s, "/people/invitations/1", ""), 303);
    assert_int_equal(page_stand_get(s, "/people"), 200);
    page_stand_has(s, "that address opens nothing any more");
    page_stand_has_not(s, "Addresses not used yet");
    assert_true(has_deed(s, "Maria", "withdrew the address for", "Sam"));
    assert_int_equal(page_stand_get(s, path), 404);
    invite(s, "name=Sam&role=moderator", path);
    s->hub.now.wall_s += HUB_INVITATION_S;
    assert_int_equal(page_stand_get(s, path), 404);
    assert_int_equal(page_stand_post(s, path, CHOSEN), 404);
    assert_int_equal(page_stand_get(s, "/welcome/x"), 404);
    assert_int_equal(page_stand_get(s, "/welcome/AAAAAAAAAAAAAAAAAAAAAAAAAAAA"
                                       "AAAAAAAAAAAAAAA"),
                     404);
    assert_false(is_there(s, "Sam"));
}

static void
a_password_that_is_not_good_uses_nothing_up(void **state)
{
    static const char *const forms[] = {
        "",
        "password=short&again=short",
        "password=password1234&again=password1234",
        "password=I+am+Sam+of+Hill&again=I+am+Sam+of+Hill",
        "password=" HERS "&again=" HERS "s",
    };
    struct page_stand *s = *state;
    char path[64];
    page_stand_set_up(s);
    invite(s, "name=Sam&role=moderator", path);
    take_browser(s);
    for (size_t i = 0; i < COUNT(forms); i++) {
        assert_int_equal(page_stand_post(s, path, forms[i]), 422);
        page_stand_has(s, "aria-invalid=\"true\"");
        page_stand_has_not(s, "otters");
    }
    s->site = "cross-site";
    assert_int_equal(page_stand_post(s, path, CHOSEN), 403);
    s->site = "same-origin";
    assert_false(is_there(s, "Sam"));
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
}

static void
an_invitation_wants_a_name_and_a_password(void **state)
{
    struct page_stand *s = *state;
    const struct hub_invitation *list;
    page_stand_set_up(s);
    static const char *const forms[] = {
        "name=&role=moderator&" OWN,
        "name=Sam&role=moderator&own=not+this+one",
        "name=Sam&role=moderator",
        "name=MARIA&role=moderator&" OWN,
        "name=WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW&" OWN,
    };
    for (size_t i = 0; i < COUNT(forms); i++) {
        wait_for_tries(s);
        assert_int_equal(page_stand_get(s, "/people"), 200);
        assert_int_equal(page_stand_send(s, "/people", forms[i]), 422);
        page_stand_has(s, "aria-invalid=\"true\"");
    }
    assert_int_equal(
        hub_store_invitations(s->hub.store, &s->arena, PAGE_NOW_S, &list), 0);
    assert_int_equal(page_stand_post(s, "/people", "name=Sam&" OWN), 403);
}

static void
names_are_never_markup(void **state)
{
    struct page_stand *s = *state;
    char path[64];
    page_stand_set_up(s);
    invite(s, "name=%3Cscript%3E%22%27%26&role=coordinator", path);
    page_stand_has_not(s, "<script");
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "value=\"&lt;script&gt;&quot;&#39;&amp;\"");
    assert_int_equal(page_stand_get(s, "/people"), 200);
    page_stand_has_not(s, "<script");
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
    static const char *const pages[] = {"/people", "/people/1", "/account",
                                        "/account/codes"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        assert_int_equal(page_stand_get(s, pages[i]), 200);
        page_stand_has_not(s, "<script");
        page_stand_has(s, "&lt;script&gt;");
    }
    page_stand_has(s, "Staffroom:%3Cscript%3E%22%27%26?secret=");
}

/* ---- changing others ---------------------------------------------------- */

static void
somebody_is_removed_at_once(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    struct browser marias = let_sam_in(s, "coordinator");
    assert_int_equal(page_stand_get(s, "/people"), 200);
    struct browser sams = take_browser(s);
    sit_at(s, &marias);
    assert_int_equal(change_sam(s, "remove"), 303);
    assert_true(has_deed(s, "Maria", "removed", "Sam"));
    assert_int_equal(page_stand_get(s, "/people"), 200);
    page_stand_has(s, "Removed: they are signed out");
    page_stand_has_not(s, "Sam");
    take_browser(s);
    sit_at(s, &sams);
    assert_int_equal(page_stand_get(s, "/this-week"), 303);
    wait_for_tries(s);
    assert_int_equal(page_stand_post(s, "/sign-in", "name=Sam&password=" HERS),
                     422);
}

static void
a_role_changes_at_once(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    struct browser marias = let_sam_in(s, "coordinator");
    assert_int_equal(page_stand_get(s, "/people"), 200);
    struct browser sams = take_browser(s);
    sit_at(s, &marias);
    assert_int_equal(change_sam(s, "moderator"), 303);
    take_browser(s);
    sit_at(s, &sams);
    assert_int_equal(page_stand_get(s, "/people"), 303); // to sign in
    wait_for_tries(s);
    assert_int_equal(page_stand_post(s, "/sign-in", "name=Sam&password=" HERS),
                     303);
    assert_int_equal(page_stand_get(s, "/people"), 403);
    sit_at(s, &marias);
    assert_int_equal(change_sam(s, "coordinator"), 303);
    assert_true(person(s, "Sam").is_coordinator);
    assert_true(has_deed(s, "Maria", "made a coordinator of", "Sam"));
}

static void
others_are_changed_with_ones_own_password(void **state)
{
    static const char *const forms[] = {
        "do=remove",         "do=remove&own=" HERS, "do=coordinator&own=x",
        "do=password&own=x", "do=nonsense&" OWN,    "",
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    struct browser marias = let_sam_in(s, "moderator");
    char before[160];
    snprintf(before, sizeof before, "%s", person(s, "Sam").password);
    take_browser(s);
    sit_at(s, &marias);
    for (size_t i = 0; i < COUNT(forms); i++) {
        wait_for_tries(s);
        assert_int_equal(page_stand_get(s, "/people/2"), 200);
        assert_int_equal(page_stand_send(s, "/people/2", forms[i]), 422);
    }
    assert_string_equal(person(s, "Sam").password, before);
    assert_false(person(s, "Sam").is_coordinator);
}

/* A session somebody left open is not a way to find out the password. */
static void
guessing_ones_own_password_is_slow(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    for (int i = 0; i < 5; i++) {
        assert_int_equal(page_stand_get(s, "/account/password"), 200);
        assert_int_equal(
            page_stand_send(s, "/account/password", CHOSEN "&own=not+this+one"),
            422);
        page_stand_has(s, "That is not your password");
    }
    assert_int_equal(page_stand_get(s, "/account/password"), 200);
    assert_int_equal(page_stand_send(s, "/account/password", CHOSEN "&" OWN),
                     422);
    page_stand_has(s, "Too many tries");
    s->hub.now.mono_ms += 30000;
    assert_int_equal(page_stand_send(s, "/account/password", CHOSEN "&" OWN),
                     303);
}

static void
nobody_changes_themselves_there(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    let_sam_in(s, "coordinator");
    assert_int_equal(page_stand_get(s, "/people/2"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/account");
    assert_int_equal(page_stand_get(s, "/people/1"), 200);
    assert_int_equal(page_stand_get(s, "/people/99"), 404);
    assert_int_equal(page_stand_get(s, "/people/x"), 404);
    assert_int_equal(page_stand_post(s, "/people/2", "do=remove"), 403);
}

static void
a_moderator_changes_nobody(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    let_sam_in(s, "moderator");
    assert_int_equal(page_stand_get(s, "/people"), 403);
    assert_int_equal(page_stand_get(s, "/people/1"), 403);
    assert_int_equal(page_stand_post(s, "/people", "name=Eve"), 403);
    assert_int_equal(page_stand_post(s, "/people/1", "do=remove"), 403);
    assert_int_equal(page_stand_post(s, "/people/invitations/1", ""), 403);
    assert_int_equal(page_stand_get(s, "/account/password"), 200);
    page_stand_has_not(s, "/people");
}

static void
who_forgot_the_password_chooses_another(void **state)
{
    struct page_stand *s = *state;
    char path[64], code[7], form[128];
    page_stand_set_up(s);
    struct browser marias = let_sam_in(s, "moderator");
    struct browser sams = take_browser(s);
    struct hub_person sam = person(s, "Sam");
    struct problem why;
    sam.totp = PAGE_TOTP;
    assert_true(hub_store_change_person(s->hub.store, &sam, &why));
    sit_at(s, &marias);
    assert_int_equal(change_sam(s, "password"), 200);
    path_on_page(s, path);
    take_browser(s);
    sit_at(s, &sams);
    assert_int_equal(page_stand_get(s, "/this-week"), 200); // until it is used
    take_browser(s);
    assert_int_equal(
        page_stand_post(s, path, "password=" HERS "2&again=" HERS "2"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/sign-in");
    assert_string_equal(s->session, ""); // they need a code as well
    assert_int_equal(page_stand_get(s, path), 404);
    sit_at(s, &sams);
    assert_int_equal(page_stand_get(s, "/this-week"), 303);
    wait_for_tries(s);
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Sam&password=" HERS "2"), 422);
    code_of(PAGE_TOTP, s->hub.now.wall_s, code);
    snprintf(form, sizeof form, "name=Sam&password=" HERS "2&code=%s", code);
    assert_int_equal(page_stand_post(s, "/sign-in", form), 303);
    // And the phone is lost as well.
    sit_at(s, &marias);
    wait_for_tries(s);
    assert_int_equal(change_sam(s, "phone"), 200);
    path_on_page(s, path);
    assert_string_equal(person(s, "Sam").totp, PAGE_TOTP);
    take_browser(s);
    assert_int_equal(page_stand_post(s, path, CHOSEN), 303);
    assert_string_equal(person(s, "Sam").totp, "");
    wait_for_tries(s);
    assert_int_equal(page_stand_post(s, "/sign-in", "name=Sam&password=" HERS),
                     303);
}

/* ---- one's own account -------------------------------------------------- */

static void
a_new_password_ends_the_other_sessions(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    struct browser first = take_browser(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_int_equal(page_stand_get(s, "/account/password"), 200);
    assert_int_equal(page_stand_send(s, "/account/password",
                                     "password=short&again=short&" OWN),
                     422);
    assert_int_equal(page_stand_send(s, "/account/password", CHOSEN "&own=x"),
                     422);
    assert_int_equal(page_stand_send(s, "/account/password", CHOSEN "&" OWN),
                     303);
    assert_int_equal(page_stand_get(s, "/account"), 200);
    page_stand_has(s, "Everywhere else you are signed out");
    take_browser(s);
    sit_at(s, &first);
    assert_int_equal(page_stand_get(s, "/account"), 303);
    wait_for_tries(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 422);
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Maria&password=" HERS), 303);
    assert_true(has_deed(s, "Maria", "changed their password", ""));
}

static void
one_signs_out_everywhere_else(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/account"), 200);
    page_stand_has(s, "this one");
    page_stand_has_not(s, "Sign out everywhere else");
    struct browser first = take_browser(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_int_equal(page_stand_get(s, "/account"), 200);
    page_stand_has(s, "last used today 10:42");
    assert_int_equal(page_stand_send(s, "/account/others", ""), 303);
    assert_int_equal(page_stand_get(s, "/account"), 200);
    page_stand_has(s, "You are signed out everywhere else.");
    sit_at(s, &first);
    assert_int_equal(page_stand_get(s, "/account"), 303);
}

static void
browsers_are_called_by_their_names(void **state)
{
    static const struct {
        const char *says, *words;
    } rows[] = {
        {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 "
         "Firefox/140.0",
         "Firefox on Linux"},
        {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, "
         "like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
         "Edge on Windows"},
        {"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like "
         "Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
         "Chrome on Android"},
        {"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) "
         "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 "
         "Safari/604.1",
         "Safari on an iPhone"},
        {"curl/8.0", "A browser"},
        {"", "A browser"},
    };
    struct arena a = {0};
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_string_equal(browser_words(&a, rows[i].says), rows[i].words);
    arena_destroy(&a);
}

/* ---- codes -------------------------------------------------------------- */

static void
read_key(struct page_stand *s, char key[TOTP_TEXT_BYTES])
{
    const char *at = strstr(page_stand_body(s), "?secret=");
    assert_non_null(at);
    snprintf(key, TOTP_TEXT_BYTES, "%.32s", at + strlen("?secret="));
    assert_true(totp_is_secret(key));
}

static int
switch_codes(struct page_stand *s, const char *what, const char *code)
{
    char form[256];
    snprintf(form, sizeof form, "do=%s&code=%s&" OWN, what, code);
    assert_int_equal(page_stand_get(s, "/account/codes"), 200);
    return page_stand_send(s, "/account/codes", form);
}

/* Maria's; and her recovery codes, as they stand on the page. */
static void
switch_on(struct page_stand *s, char key[TOTP_TEXT_BYTES],
          char codes[HUB_RECOVERY_CODES][30])
{
    char code[7];
    assert_int_equal(page_stand_get(s, "/account/codes"), 200);
    read_key(s, key);
    code_of(key, s->hub.now.wall_s, code);
    assert_int_equal(switch_codes(s, "on", code), 200);
    const char *at = page_stand_body(s);
    for (int i = 0; i < HUB_RECOVERY_CODES; i++) {
        at = strstr(at, "<li><code>");
        assert_non_null(at);
        at += strlen("<li><code>");
        snprintf(codes[i], 30, "%.29s", at);
        assert_memory_equal(at + 29, "</code>", 7);
    }
}

static void
codes_are_switched_on_and_off(void **state)
{
    struct page_stand *s = *state;
    char key[TOTP_TEXT_BYTES], again[TOTP_TEXT_BYTES], code[7];
    char codes[HUB_RECOVERY_CODES][30];
    page_stand_set_up(s);
    struct browser first = take_browser(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_int_equal(switch_codes(s, "on", "123456"), 422);
    read_key(s, key); // the phone has it already
    assert_int_equal(page_stand_get(s, "/account/qr.svg"), 200);
    assert_string_equal(s->answer.type, "image/svg+xml");
    assert_int_equal(page_stand_get(s, "/account/codes"), 200);
    code_of(key, s->hub.now.wall_s, code);
    char form[64];
    snprintf(form, sizeof form, "do=on&own=wrong&code=%s", code);
    assert_int_equal(page_stand_send(s, "/account/codes", form), 422);
    assert_string_equal(person(s, "Maria").totp, "");
    switch_on(s, again, codes);
    assert_string_equal(again, key);
    assert_string_equal(person(s, "Maria").totp, key);
    assert_int_equal(page_stand_get(s, "/account/qr.svg"), 404);
    assert_int_equal(page_stand_get(s, "/account/codes"), 200);
    page_stand_has_not(s, key);
    assert_true(has_deed(s, "Maria", "switched on codes", ""));
    struct browser second = take_browser(s);
    sit_at(s, &first); // had not proved anything
    assert_int_equal(page_stand_get(s, "/account"), 303);
    sit_at(s, &second);
    wait_for_tries(s);
    assert_int_equal(switch_codes(s, "off", code), 422); // used up
    s->hub.now.wall_s += 60;
    code_of(key, s->hub.now.wall_s, code);
    assert_int_equal(switch_codes(s, "off", code), 303);
    assert_string_equal(person(s, "Maria").totp, "");
    assert_int_equal(person(s, "Maria").recovery_left, 0);
    assert_int_equal(page_stand_get(s, "/account/codes"), 200);
    read_key(s, again);
    assert_string_not_equal(again, key); // the old phone has that one
    take_browser(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
}

static void
two_tabs_switch_once(void **state)
{
    struct page_stand *s = *state;
    char key[TOTP_TEXT_BYTES], codes[HUB_RECOVERY_CODES][30];
    page_stand_set_up(s);
    switch_on(s, key, codes);
    assert_int_equal(switch_codes(s, "on", "123456"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/account");
    assert_string_equal(person(s, "Maria").totp, key);
    assert_int_equal(person(s, "Maria").recovery_left, HUB_RECOVERY_CODES);
}

static int
sign_in_with(struct page_stand *s, const char *code)
{
    char form[160];
    take_browser(s);
    wait_for_tries(s);
    snprintf(form, sizeof form, GOOD "&code=%s", code);
    return page_stand_post(s, "/sign-in", form);
}

static void
a_recovery_code_signs_in_once(void **state)
{
    struct page_stand *s = *state;
    char key[TOTP_TEXT_BYTES], codes[HUB_RECOVERY_CODES][30], small[30];
    page_stand_set_up(s);
    switch_on(s, key, codes);
    assert_int_equal(sign_in_with(s, ""), 422);
    assert_int_equal(sign_in_with(s, "2222-2222-2222-2222-2222-2222"), 422);
    assert_int_equal(sign_in_with(s, codes[0]), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/account");
    assert_int_equal(page_stand_get(s, "/account"), 200);
    page_stand_has(s, "signed in with a recovery code");
    page_stand_has(s, "9 of your recovery codes are left");
    assert_int_equal(sign_in_with(s, codes[0]), 422);
    // As somebody types it from paper.
    for (int i = 0; i < 30; i++)
        small[i] = codes[1][i] >= 'A'   ? (char) (codes[1][i] | 0x20)
                   : codes[1][i] == '-' ? '+'
                                        : codes[1][i];
    assert_int_equal(sign_in_with(s, small), 303);
    // The wrong password uses none up.
    take_browser(s);
    char form[128];
    snprintf(form, sizeof form, "name=Maria&password=wrong&code=%s", codes[2]);
    assert_int_equal(page_stand_post(s, "/sign-in", form), 422);
    assert_int_equal(person(s, "Maria").recovery_left, 8);
    assert_int_equal(sign_in_with(s, codes[2]), 303);
    assert_true(has_deed(s, "Maria", "used a recovery code", ""));
    // And the lost phone's codes are switched off with one.
    assert_int_equal(switch_codes(s, "off", codes[3]), 303);
    assert_string_equal(person(s, "Maria").totp, "");
}

/* By somebody who has the password; her own browser is not held up by it. */
static void
guessing_codes_is_slower_still(void **state)
{
    struct page_stand *s = *state;
    char known[sizeof s->known], code[7], form[128];
    page_stand_set_up(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    page_stand_switch_on_codes(s);
    memcpy(known, s->known, sizeof known);
    code_of(PAGE_TOTP, s->hub.now.wall_s, code);
    snprintf(form, sizeof form, GOOD "&code=%s", code);
    take_browser(s);
    s->known[0] = '\0';
    for (int i = 0; i < 10; i++) {
        s->hub.now.mono_ms += 60000;
        assert_int_equal(page_stand_post(s, "/sign-in", GOOD "&code=123456"),
                         422);
    }
    s->hub.now.mono_ms += 60000;
    assert_int_equal(page_stand_post(s, "/sign-in", form), 422);
    page_stand_has(s, "The name, the password or the code is not right.");
    memcpy(s->known, known, sizeof known);
    assert_int_equal(page_stand_post(s, "/sign-in", form), 303);
}

static void
new_recovery_codes_replace_the_old(void **state)
{
    struct page_stand *s = *state;
    char key[TOTP_TEXT_BYTES], codes[HUB_RECOVERY_CODES][30];
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/account/recovery"), 303);
    switch_on(s, key, codes);
    assert_int_equal(page_stand_get(s, "/account/recovery"), 200);
    page_stand_has(s, "10 of your recovery codes are left");
    assert_int_equal(page_stand_send(s, "/account/recovery", "own=x"), 422);
    assert_int_equal(page_stand_send(s, "/account/recovery", OWN), 200);
    page_stand_has(s, "These are your new recovery codes.");
    page_stand_has_not(s, codes[0]);
    assert_int_equal(sign_in_with(s, codes[0]), 422);
}

/* ---- names -------------------------------------------------------------- */

static void
names_are_seen_with_codes_only(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "Switch on codes for yourself too");
    page_stand_has(s, "href=\"/account/codes\"");
    int64_t device = page_stand_pair(s, "Hillcrest");
    page_stand_postit(s, device, POSTIT, "x", "Danielle");
    static const char *const pages[] = {"/this-week", "/postits"};
    for (size_t i = 0; i < COUNT(pages); i++) {
        assert_int_equal(page_stand_get(s, pages[i]), 200);
        page_stand_has_not(s, "Danielle");
        page_stand_has(s, "a name, shown once you have switched on codes");
        page_stand_has(s, "href=\"/account/codes\"");
    }
    assert_int_equal(page_stand_send(s, "/postits/" POSTIT, "do=take-down"),
                     200);
    page_stand_has_not(s, "Danielle");
    page_stand_switch_on_codes(s);
    for (size_t i = 0; i < COUNT(pages); i++) {
        assert_int_equal(page_stand_get(s, pages[i]), 200);
        page_stand_has(s, "from <bdi>Danielle</bdi>");
        page_stand_has_not(s, "/account/codes");
    }
}

#define WITH_STAND(test)                                                       \
    cmocka_unit_test_setup_teardown(test, page_stand_open, page_stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_STAND(somebody_is_invited_and_comes),
        WITH_STAND(a_coordinator_is_invited),
        WITH_STAND(addresses_end),
        WITH_STAND(a_password_that_is_not_good_uses_nothing_up),
        WITH_STAND(an_invitation_wants_a_name_and_a_password),
        WITH_STAND(names_are_never_markup),
        WITH_STAND(somebody_is_removed_at_once),
        WITH_STAND(a_role_changes_at_once),
        WITH_STAND(others_are_changed_with_ones_own_password),
        WITH_STAND(guessing_ones_own_password_is_slow),
        WITH_STAND(nobody_changes_themselves_there),
        WITH_STAND(a_moderator_changes_nobody),
        WITH_STAND(who_forgot_the_password_chooses_another),
        WITH_STAND(a_new_password_ends_the_other_sessions),
        WITH_STAND(one_signs_out_everywhere_else),
        cmocka_unit_test(browsers_are_called_by_their_names),
        WITH_STAND(codes_are_switched_on_and_off),
        WITH_STAND(two_tabs_switch_once),
        WITH_STAND(a_recovery_code_signs_in_once),
        WITH_STAND(guessing_codes_is_slower_still),
        WITH_STAND(new_recovery_codes_replace_the_old),
        WITH_STAND(names_are_seen_with_codes_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
