// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/io/child.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/accounts.h"
#include "hub/page.h"
#include "hub/totp.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define GOOD "name=Maria&password=" PAGE_PASSWORD
#define WRONG "name=Maria&password=not+this+one+at+all"
#define POSTIT "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"

/* ---- passwords ---------------------------------------------------------- */

static void
says_what_is_wrong_with_a_password(void **state)
{
    (void) state;
    static const struct {
        const char *password, *name;
        bool is_good;
    } rows[] = {
        {"seven quiet kettles", "Maria", true},
        {"twelve lette", "Maria", true},
        {"\xC3\xA9\xC3\xA0\xC3\xBC\xC3\xB6\xC3\xA4\xC3\x9F"
         "\xC3\xAE\xC3\xB4\xC3\xBB\xC3\xA2\xC3\xAA\xC3\xB9",
         "Maria", true}, // twelve letters, more bytes
        {"al is in musical chairs", "Al", true},
        {"", "Maria", false},
        {"eleven lett", "Maria", false},
        {"password1234", "Maria", false},
        {"PassWord1234", "Maria", false},
        {"qwertyuiop123", "Maria", false},
        {"aaaaaaaaaaaaaaaaaaaa", "Maria", false},
        {"abababababababab", "Maria", false},
        {"our Staffroom has biscuits", "Maria", false},
        {"mariamariamaria", "Maria", false},
        {"I am MARIA of Hillcrest", "Maria", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *why =
            accounts_password_refusal(rows[i].password, rows[i].name);
        if ((why == NULL) != rows[i].is_good)
            fail_msg("%s: %s", rows[i].password, why ? why : "taken");
    }
    char *longest = calloc(1, ACCOUNTS_PASSWORD_MOST + 2);
    for (size_t i = 0; i <= ACCOUNTS_PASSWORD_MOST; i++)
        longest[i] = (char) ('a' + i % 26);
    assert_non_null(accounts_password_refusal(longest, "Maria"));
    longest[ACCOUNTS_PASSWORD_MOST] = '\0';
    assert_null(accounts_password_refusal(longest, "Maria"));
    free(longest);
}

/* ---- codes -------------------------------------------------------------- */

#define RFC_SECRET "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" // 12345678901234567890

/* RFC 6238, appendix B, SHA-1; its last six digits. */
static const struct {
    int64_t at_s;
    const char *code;
} vectors[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};

static void
codes_are_those_of_the_rfc(void **state)
{
    (void) state;
    for (size_t i = 0; i < COUNT(vectors); i++) {
        int64_t step = 0, at_s = vectors[i].at_s;
        const char *code = vectors[i].code;
        assert_true(totp_check(RFC_SECRET, code, at_s, 0, &step));
        assert_int_equal(step, at_s / 30);
    }
}

static void
a_code_is_good_for_its_time_and_once(void **state)
{
    (void) state;
    int64_t at_s = 1234567890, step = 0; // the first second of its half minute
    assert_int_equal(at_s % 30, 0);
    assert_true(totp_check(RFC_SECRET, "005924", at_s - 30, 0, &step));
    assert_int_equal(step, at_s / 30);
    assert_true(totp_check(RFC_SECRET, "005924", at_s + 59, 0, &step));
    assert_int_equal(step, at_s / 30);
    assert_false(totp_check(RFC_SECRET, "005924", at_s - 31, 0, &step));
    assert_false(totp_check(RFC_SECRET, "005924", at_s + 60, 0, &step));
    assert_false(totp_check(RFC_SECRET, "005924", at_s, at_s / 30, &step));
    assert_true(totp_check(RFC_SECRET, "005924", at_s, at_s / 30 - 1, &step));
}

static void
what_is_no_code_is_refused(void **state)
{
    (void) state;
    static const char *const codes[] = {"",         "05924",  "0005924",
                                        "0O5924",   "005925", "-05924",
                                        "89005924", " 05924", "00592\xD9\xA4"};
    int64_t step;
    for (size_t i = 0; i < COUNT(codes); i++)
        assert_false(totp_check(RFC_SECRET, codes[i], 1234567890, 0, &step));
    assert_false(totp_check("", "005924", 1234567890, 0, &step));
    assert_false(totp_check("not base32!", "005924", 1234567890, 0, &step));
}

static void
secrets_are_whole(void **state)
{
    (void) state;
    char written[TOTP_TEXT_BYTES];
    totp_write((const unsigned char *) "12345678901234567890", written);
    assert_string_equal(written, RFC_SECRET);
    assert_true(totp_is_secret(RFC_SECRET));
    assert_false(totp_is_secret(""));
    assert_false(totp_is_secret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJ1"));
    assert_false(totp_is_secret(RFC_SECRET "A"));
}

/* ---- setting up --------------------------------------------------------- */

static void
only_the_newest_address_sets_up(void **state)
{
    struct page_stand *s = *state;
    char old[128], path[128];
    assert_true(accounts_open_set_up(&s->hub, old, sizeof old));
    assert_true(accounts_open_set_up(&s->hub, path, sizeof path));
    assert_int_equal(page_stand_get(s, old), 404);
    assert_int_equal(page_stand_get(s, "/set-up/x"), 404);
    assert_int_equal(page_stand_get(s, path), 200);
    const char *kept = hub_store_get(s->hub.store, &s->arena, "set-up secret");
    assert_int_equal(strlen(kept), SECRET_TEXT_BYTES - 1);
    assert_null(strstr(path, kept)); // a hash of it
}

static void
an_address_sets_up_once(void **state)
{
    struct page_stand *s = *state;
    char path[128];
    struct hub_revision first;
    page_stand_set_up(s);
    assert_false(accounts_open_set_up(&s->hub, path, sizeof path));
    assert_string_equal(hub_store_get(s->hub.store, &s->arena, "set-up secret"),
                        "");
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, "Maria</bdi>, coordinator");
    assert_true(hub_store_revision(s->hub.store, &s->arena, 0, &first));
    assert_int_equal(first.number, 1);
    assert_string_equal(first.person, "Maria");
    assert_non_null(strstr(first.document, "\"title\":\"Northside\""));
    assert_non_null(strstr(first.document, "\"complete\":true"));
    assert_non_null(strstr(first.document, "\"timezone\":\"Europe/London\""));
    assert_non_null(strstr(first.document, "{\"id\":\"hillcrest-primary\","
                                           "\"name\":\"Hillcrest Primary\"}"));
    assert_non_null(strstr(first.document, "\"id\":\"st-aidans\""));
}

/* Of a sample, or of a hub whose people were lost. */
static void
what_is_published_stays(void **state)
{
    struct page_stand *s = *state;
    struct problem why;
    struct hub_revision newest;
    char path[128];
    assert_int_equal(hub_store_publish(s->hub.store, 0,
                                       "{\"title\":\"Sample\",\"items\":[]}",
                                       "", "", PAGE_NOW_S, &why),
                     1);
    assert_true(accounts_open_set_up(&s->hub, path, sizeof path));
    assert_int_equal(page_stand_get(s, path), 200);
    page_stand_has(s, "id=\"again\"");
    page_stand_has_not(s, "id=\"schools\"");
    assert_int_equal(page_stand_post(s, path, GOOD "&again=" PAGE_PASSWORD),
                     303);
    assert_int_equal(page_stand_get(s, "/screens"), 200);
    page_stand_has(s, ">Sample</p>");
    assert_true(hub_store_revision(s->hub.store, &s->arena, 0, &newest));
    assert_int_equal(newest.number, 1);
}

static void
a_wrong_set_up_changes_nothing(void **state)
{
    static const char *const forms[] = {
        "name=&password=" PAGE_PASSWORD "&again=" PAGE_PASSWORD
        "&title=N&zone=Europe/London&schools=A",
        "name=Maria&password=short&again=short&title=N&zone=Europe/London"
        "&schools=A",
        "name=Maria&password=" PAGE_PASSWORD "&again=other"
        "&title=N&zone=Europe/London&schools=A",
        "name=Maria&password=" PAGE_PASSWORD "&again=" PAGE_PASSWORD
        "&title=+&zone=Europe/London&schools=A",
        "name=Maria&password=" PAGE_PASSWORD "&again=" PAGE_PASSWORD
        "&title=N&zone=../../etc/passwd&schools=A",
        "name=Maria&password=" PAGE_PASSWORD "&again=" PAGE_PASSWORD
        "&title=N&zone=Europe/London&schools=+%0D%0A",
    };
    struct page_stand *s = *state;
    const struct hub_person *people;
    struct hub_revision revision;
    char path[128];
    assert_true(accounts_open_set_up(&s->hub, path, sizeof path));
    for (size_t i = 0; i < COUNT(forms); i++) {
        assert_int_equal(page_stand_post(s, path, forms[i]), 422);
        page_stand_has(s, "aria-invalid=\"true\"");
        page_stand_has(s, "<title>Error: ");
        page_stand_has_not(s, "kettles");
    }
    assert_int_equal(hub_store_people(s->hub.store, &s->arena, &people), 0);
    assert_false(hub_store_revision(s->hub.store, &s->arena, 0, &revision));
    assert_int_equal(page_stand_get(s, path), 200);
}

/* ---- signing in --------------------------------------------------------- */

static void
sign_out(struct page_stand *s)
{
    s->session[0] = '\0';
}

static void
one_signs_in_and_out(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    sign_out(s);
    assert_int_equal(page_stand_get(s, "/postits"), 303);
    assert_string_equal(page_stand_header(s, "Location"),
                        "/sign-in?to=/postits");
    assert_int_equal(page_stand_get(s, "/sign-in?to=/postits"), 200);
    page_stand_has(s, "name=\"to\" value=\"/postits\"");
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD "&to=/postits"), 303);
    assert_string_equal(page_stand_header(s, "Location"), "/postits");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/sign-out", ""), 303);
    assert_string_equal(s->session, "");
    assert_int_equal(page_stand_get(s, "/sign-in"), 200);
    page_stand_has(s, "You have signed out.");
}

static void
signing_out_ends_the_session(void **state)
{
    struct page_stand *s = *state;
    char old[sizeof s->session];
    page_stand_set_up(s);
    memcpy(old, s->session, sizeof old);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_send(s, "/sign-out", ""), 303);
    assert_string_equal(page_stand_header(s, "Clear-Site-Data"),
                        "\"cache\", \"storage\"");
    memcpy(s->session, old, sizeof old);
    assert_int_equal(page_stand_get(s, "/postits"), 303);
}

static void
nobody_is_led_elsewhere(void **state)
{
    static const char *const places[] = {
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/feed.json",
        "/sign-out",
        "javascript:alert(1)",
    };
    struct page_stand *s = *state;
    char form[256];
    page_stand_set_up(s);
    for (size_t i = 0; i < COUNT(places); i++) {
        s->hub.now.mono_ms += 600000;
        snprintf(form, sizeof form, GOOD "&to=%s", places[i]);
        assert_int_equal(page_stand_post(s, "/sign-in", form), 303);
        assert_string_equal(page_stand_header(s, "Location"), "/this-week");
    }
}

/* The page says the same for a wrong name as for a wrong password. */
static void
what_was_wrong_is_not_told(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    sign_out(s);
    assert_int_equal(page_stand_post(s, "/sign-in", WRONG), 422);
    page_stand_has(s, "The name, the password or the code is not right.");
    page_stand_has_not(s, "not this one");
    assert_string_equal(s->session, "");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Nobody&password=" PAGE_PASSWORD),
        422);
    page_stand_has(s, "The name, the password or the code is not right.");
    assert_string_equal(s->session, "");
    assert_int_equal(page_stand_post(s, "/sign-in", ""), 422);
}

static int
try_in_vain(struct page_stand *s, const char *name)
{
    char form[1200] = "";
    int len = snprintf(form, sizeof form, "name=%s&password=", name);
    memset(form + len, 'a', ACCOUNTS_PASSWORD_MOST + 1);
    return page_stand_post(s, "/sign-in", form);
}

/* Many addresses, few tries each. */
static void
guessing_a_name_is_slow(void **state)
{
    struct page_stand *s = *state;
    char peer[32];
    page_stand_set_up(s);
    sign_out(s);
    int status = 422, tries = 0;
    for (; status == 422 && tries < 60; tries++) {
        snprintf(peer, sizeof peer, "192.0.2.%d", tries);
        s->peer = peer;
        // Longer than the hub takes: costs no Argon2id, but a try.
        status = try_in_vain(s, "Maria");
    }
    assert_int_equal(status, 429);
    assert_int_equal(tries, 31);
    s->peer = "192.0.2.99";
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 429);
    page_stand_has(s, "Too many tries. Wait a minute");
    assert_string_equal(page_stand_header(s, "Retry-After"), "60");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=MARIA&password=" PAGE_PASSWORD),
        429);
    s->hub.now.mono_ms += 60000;
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
}

/* One address: the name is not shut for others. */
static void
guessing_a_name_from_one_address_is_slower(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    sign_out(s);
    for (int i = 0; i < 5; i++)
        assert_int_equal(try_in_vain(s, "mARIA"), 422);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 429);
    assert_int_equal(try_in_vain(s, "Sam"), 422);
    s->peer = "198.51.100.1";
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
}

/* Where Maria has signed in before she is let in, whatever strangers do. */
static void
strangers_keep_nobody_out(void **state)
{
    struct page_stand *s = *state;
    char known[sizeof s->known], peer[32];
    page_stand_set_up(s);
    sign_out(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_int_not_equal(strlen(s->known), 0);
    memcpy(known, s->known, sizeof known);
    sign_out(s);
    s->known[0] = '\0';
    for (int i = 0; i < 60; i++) {
        snprintf(peer, sizeof peer, "192.0.2.%d", i);
        s->peer = peer;
        try_in_vain(s, "Maria");
    }
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 429);
    memcpy(s->known, known, sizeof known);
    s->known[strlen(known) - 1] ^= 4; // not one of ours
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 429);
    memcpy(s->known, known, sizeof known);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_string_equal(s->known, known); // no need for another
    sign_out(s);
    // It is for her name only, and guessing from it is slow as well.
    assert_int_equal(try_in_vain(s, "Maria"), 422);
    for (int i = 0; i < 3; i++)
        try_in_vain(s, "maria");
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 429);
}

static void
guessing_from_an_address_is_slow(void **state)
{
    struct page_stand *s = *state;
    char form[64];
    int status = 422, tries = 0;
    for (; status == 422 && tries < 40; tries++) {
        snprintf(form, sizeof form, "name=n%d&password=%%FF", tries);
        // Broken UTF-8 costs no Argon2id, nor a try.
        assert_int_equal(page_stand_post(s, "/sign-in", form), 422);
        snprintf(form, sizeof form, "name=n%d", tries);
        status = page_stand_post(s, "/sign-in", form);
    }
    assert_int_equal(status, 429);
    assert_int_equal(tries, 21);
    s->peer = "198.51.100.1";
    assert_int_equal(page_stand_post(s, "/sign-in", "name=other"), 422);
}

static void
sessions_have_an_end(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    s->hub.now.wall_s += HUB_SESSION_IDLE_S - 1;
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    s->hub.now.wall_s += HUB_SESSION_IDLE_S + 1;
    assert_int_equal(page_stand_get(s, "/this-week"), 303);
}

static void
signing_in_again_ends_the_session_before(void **state)
{
    struct page_stand *s = *state;
    char first[sizeof s->session];
    page_stand_set_up(s);
    memcpy(first, s->session, sizeof first);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_string_not_equal(first, s->session); // nobody chooses it for her
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    memcpy(s->session, first, sizeof first);
    assert_int_equal(page_stand_get(s, "/this-week"), 303);
}

static void
cookies_are_for_us_alone(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    sign_out(s);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    const char *cookie = page_stand_header(s, "Set-Cookie");
    const char *known = strrchr(s->known, '=');
    assert_non_null(known);
    assert_int_equal(strlen(known + 1), 86);
    assert_int_equal(strncmp(cookie, "staffroom=", 10), 0);
    assert_string_equal(cookie + 10 + 43,
                        "; Path=/; HttpOnly; SameSite=Strict");
    s->hub.options.is_behind_proxy = true;
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    cookie = page_stand_header(s, "Set-Cookie");
    assert_int_equal(strncmp(cookie, "__Host-staffroom=", 17), 0);
    assert_string_equal(cookie + 17 + 43,
                        "; Path=/; HttpOnly; SameSite=Strict; Secure");
}

/* ---- signing in with codes ---------------------------------------------- */

static void
codes_are_asked_for_once_set_up(void **state)
{
    struct page_stand *s = *state;
    struct hub_person maria;
    struct problem why;
    char form[256];
    page_stand_set_up(s);
    assert_true(hub_store_person(s->hub.store, &s->arena, "Maria", &maria));
    maria.totp = RFC_SECRET;
    assert_true(hub_store_change_person(s->hub.store, &maria, &why));
    sign_out(s);
    s->hub.now.wall_s = 2000000000;
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 422);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD "&code=123456"), 422);
    snprintf(form, sizeof form, WRONG "&code=279037");
    assert_int_equal(page_stand_post(s, "/sign-in", form), 422);
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD "&code=279+037"), 303);
    sign_out(s);
    s->hub.now.mono_ms += 600000;
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD "&code=279037"), 422);
}

/* ---- forms from elsewhere ----------------------------------------------- */

static void
forms_come_from_our_own_pages(void **state)
{
    static const struct {
        const char *site, *origin;
        bool is_behind_proxy;
        int status;
    } rows[] = {
        {"same-origin", "", false, 303},
        {"same-origin", "http://hub.example", false, 303},
        {"", "http://hub.example", false, 303},
        {"none", "http://hub.example", false, 303},
        {"", "HTTP://hub.example", false, 403},
        {"", "http://HUB.example", false, 303},
        {"", "", false, 403},
        {"none", "", false, 403},
        {"cross-site", "", false, 403},
        {"cross-site", "http://hub.example", false, 403},
        {"same-site", "http://hub.example", false, 403},
        {"", "http://evil.example", false, 403},
        {"", "http://hub.example.evil.example", false, 403},
        {"", "http://hub.example:8080", false, 403},
        {"", "null", false, 403},
        {"", "https://hub.example", true, 303},
        {"", "http://hub.example", true, 403},
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    sign_out(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        s->site = rows[i].site;
        s->origin = rows[i].origin;
        s->hub.options.is_behind_proxy = rows[i].is_behind_proxy;
        s->hub.now.mono_ms += 600000;
        if (page_stand_post(s, "/sign-in", GOOD) != rows[i].status)
            fail_msg("row %zu: %d", i, s->answer.status);
    }
}

static void
a_token_is_for_one_form_of_one_session(void **state)
{
    struct page_stand *s = *state;
    char token[64], form[128], first[sizeof s->session];
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "Hillcrest");
    page_stand_postit(s, device, POSTIT, "x", "");
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    const char *at = strstr(page_stand_body(s), "action=\"/postits/" POSTIT);
    assert_non_null(at);
    at = strstr(at, "name=\"token\" value=\"") +
         strlen("name=\"token\" value=\"");
    snprintf(token, sizeof token, "%.43s", at);
    snprintf(form, sizeof form, "token=%s", token);
    assert_int_equal(page_stand_post(s, "/sign-out", form), 403);
    assert_int_equal(page_stand_post(s, "/postits/" POSTIT, "do=share"), 403);
    page_stand_has(s, "Nothing was changed");
    snprintf(form, sizeof form, "do=share&token=%s", token);
    memcpy(first, s->session, sizeof first);
    sign_out(s); // that is, another browser
    assert_int_equal(page_stand_post(s, "/sign-in", GOOD), 303);
    assert_int_equal(page_stand_post(s, "/postits/" POSTIT, form), 403);
    assert_int_equal(page_stand_state(s, POSTIT), HUB_POSTIT_WAITING);
    memcpy(s->session, first, sizeof first);
    assert_int_equal(page_stand_post(s, "/postits/" POSTIT, form), 303);
    assert_int_equal(page_stand_state(s, POSTIT), HUB_POSTIT_SHARED);
}

static void
moderators_see_to_postits_only(void **state)
{
    struct page_stand *s = *state;
    struct hub_person maria, sam = {.name = "Sam"};
    struct problem why;
    page_stand_set_up(s);
    assert_true(hub_store_person(s->hub.store, &s->arena, "Maria", &maria));
    sam.password = maria.password;
    assert_true(hub_store_add_person(s->hub.store, &sam, PAGE_NOW_S, &why));
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Sam&password=" PAGE_PASSWORD),
        303);
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has_not(s, "/screens");
    page_stand_has_not(s, "/thinking-thursday");
    page_stand_has_not(s, "What the screens show");
    assert_int_equal(page_stand_get(s, "/preview/1/1/wide/1"), 403);
    assert_int_equal(page_stand_get(s, "/postits"), 200);
    assert_int_equal(page_stand_get(s, "/account"), 200);
    assert_int_equal(page_stand_get(s, "/screens"), 403);
    assert_int_equal(page_stand_get(s, "/screens/add"), 403);
    assert_int_equal(page_stand_post(s, "/screens/1/remove", ""), 403);
}

#define WITH_STAND(test)                                                       \
    cmocka_unit_test_setup_teardown(test, page_stand_open, page_stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_is_wrong_with_a_password),
        cmocka_unit_test(codes_are_those_of_the_rfc),
        cmocka_unit_test(a_code_is_good_for_its_time_and_once),
        cmocka_unit_test(what_is_no_code_is_refused),
        cmocka_unit_test(secrets_are_whole),
        WITH_STAND(only_the_newest_address_sets_up),
        WITH_STAND(an_address_sets_up_once),
        WITH_STAND(what_is_published_stays),
        WITH_STAND(a_wrong_set_up_changes_nothing),
        WITH_STAND(one_signs_in_and_out),
        WITH_STAND(signing_out_ends_the_session),
        WITH_STAND(nobody_is_led_elsewhere),
        WITH_STAND(what_was_wrong_is_not_told),
        WITH_STAND(guessing_a_name_is_slow),
        WITH_STAND(guessing_a_name_from_one_address_is_slower),
        WITH_STAND(strangers_keep_nobody_out),
        WITH_STAND(guessing_from_an_address_is_slow),
        WITH_STAND(sessions_have_an_end),
        WITH_STAND(signing_in_again_ends_the_session_before),
        WITH_STAND(cookies_are_for_us_alone),
        WITH_STAND(codes_are_asked_for_once_set_up),
        WITH_STAND(forms_come_from_our_own_pages),
        WITH_STAND(a_token_is_for_one_form_of_one_session),
        WITH_STAND(moderators_see_to_postits_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
