// links: src/io/http_client.c src/io/http_client_explain.c
// links: src/io/http_client_transfer.c src/io/http_client_url.c
// links: src/io/http_client_facts.c src/core/plain_text.c
// links: src/core/character_reference.c src/base/arena.c src/base/utf8.c
// links: src/io/http_guard.c src/base/text.c src/base/memory.c
// links: src/base/problem.c src/base/clock.c src/base/check.c
// links: tests/bad_server.c
// libs: -lcurl -lunistring
/*
 * What an answer says about its way, from servers that stand for a school's
 * filter in its different moods.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "bad_server.h"
#include "base/clock.h"
#include "io/http_client.h"
#include "io/http_client_facts.h"

static struct bad_server server;
static char ca_file[128];

static int
start_server(void **state)
{
    (void) state;
    bad_server_start(&server);
    snprintf(ca_file, sizeof ca_file, "%s/ca.pem", server.folder);
    return 0;
}

static int
stop_server(void **state)
{
    (void) state;
    bad_server_stop(&server);
    return 0;
}

static const char *
at(const char *scheme, int port, const char *path)
{
    static char url[2][512];
    static int turn;
    turn = !turn;
    snprintf(url[turn], sizeof url[turn], "%s://127.0.0.1:%d%.400s", scheme,
             port, path);
    return url[turn];
}

static struct http_client *
open_client(const char *proxy)
{
    return http_open(&(struct http_settings){.ca_file = ca_file,
                                             .proxy = proxy,
                                             .connect_ms = 1000,
                                             .total_ms = 4000});
}

static struct net_answer
ask(struct http_client *h, const char *url, const char *token,
    enum http_outcome outcome)
{
    struct http_reply reply = {0};
    struct problem why = {0};
    struct http_request request = {
        .url = url, .bearer = token, .most_bytes = 65536, .seeks_issuer = true};
    if (!http_start(h, &request, &why))
        fail_msg("%s: %s", url, why.text);
    assert_true(http_wait(h, 8000, &reply));
    struct net_answer facts = reply.facts;
    if (reply.outcome != outcome)
        fail_msg("%s: %s (%s)", url, reply.why.text, reply.detail);
    http_reply_destroy(&reply);
    assert_true(facts.is_asked);
    return facts;
}

static void
a_good_answer_says_how_it_came(void **state)
{
    struct http_client *h = open_client(NULL);
    char place[64];
    (void) state;
    struct net_answer a = ask(h, at("http", server.http, "/good"), "", HTTP_OK);
    snprintf(place, sizeof place, "127.0.0.1 port %d", server.http);
    assert_int_equal(a.status, 200);
    assert_string_equal(a.connected, place);
    assert_true(a.is_connected);
    assert_false(a.is_secure);
    assert_false(a.is_proxied);
    assert_false(a.is_web_page);
    assert_string_equal(a.issuer, "");
    int64_t now_s = clock_now(&(struct clock){0}).wall_s;
    assert_in_range(a.server_s, now_s - 5, now_s + 5);

    a = ask(h, at("https", server.https, "/good"), "", HTTP_OK);
    assert_true(a.is_secure);
    assert_string_equal(a.issuer, "Test ca");
    assert_false(a.is_disbelieved);
    // Again, over the same connection, which tells nothing about itself.
    a = ask(h, at("https", server.https, "/good"), "", HTTP_OK);
    assert_true(a.is_connected);
    assert_string_equal(a.issuer, "Test ca");
    a = ask(h, at("https", server.https, "/wrong-clock"), "", HTTP_OK);
    assert_int_equal(a.server_s, 1420070400);
    http_close(h);
}

static void
who_is_not_believed_is_named(void **state)
{
    const struct {
        int port;
        const char *issuer;
    } rows[] = {
        {server.unknown, "Test other"}, // the school's filter
        {server.expired, "Test ca"},
        {server.early, "Test ca"},
        {server.misnamed, "Test ca"},
    };
    struct http_client *h = open_client(NULL);
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct net_answer a =
            ask(h, at("https", rows[i].port, "/good"), "secret", HTTP_FAILED);
        assert_true(a.is_disbelieved);
        assert_string_equal(a.issuer, rows[i].issuer);
        assert_int_equal(a.status, 0);
        assert_true(a.is_connected);
    }
    // And none of them heard a word: what is not believed is not spoken to.
    assert_int_equal(bad_server_count(&server, "GET /good - Bearer secret"), 0);
    // Whoever does not ask is not told, and costs nobody a second call.
    struct http_reply reply = {0};
    struct problem why = {0};
    assert_true(http_start(
        h,
        &(struct http_request){.url = at("https", server.unknown, "/good"),
                               .most_bytes = 100},
        &why));
    assert_true(http_wait(h, 8000, &reply));
    assert_string_equal(reply.facts.issuer, "");
    http_reply_destroy(&reply);
    // The next real request is as strict as ever.
    ask(h, at("https", server.unknown, "/good"), "", HTTP_FAILED);
    http_close(h);
}

static void
a_page_is_known_for_one(void **state)
{
    struct http_client *h = open_client(NULL);
    static const char page[] =
        "\xef\xbb\xbf \r\n<html><head><TITLE lang=en>\n  R&amp;D \xff filter "
        ":\x07 please   sign in, and do it soon, since we wait for it all "
        "morning</title>";
    char path[300];
    (void) state;
    struct net_answer a =
        ask(h, at("http", server.http, "/login"), "", HTTP_OK);
    assert_true(a.is_web_page);
    assert_string_equal(a.page_title, "Sign in");
    bad_server_put(&server, "page", page, sizeof page - 1);
    a = ask(h, at("http", server.http, "/files/page"), "", HTTP_OK);
    assert_true(a.is_web_page);
    assert_non_null(strstr(a.page_title, "R&D \xef\xbf\xbd filter : please "
                                         "sign in"));
    assert_non_null(strstr(a.page_title, "\xe2\x80\xa6"));
    a = ask(h, at("http", server.http, "/good"), "", HTTP_OK);
    assert_false(a.is_web_page);
    assert_string_equal(a.page_title, "");

    // Led to another server, whether that was followed or not.
    snprintf(path, sizeof path, "/to?%s",
             at("http", server.http, "/login?user=me"));
    a = ask(h, at("https", server.https, path), "", HTTP_FAILED);
    assert_string_equal(a.led_to, at("http", server.http, "/login"));
    snprintf(path, sizeof path, "/to?%s", at("https", server.https, "/login"));
    a = ask(h, at("http", server.http, path), "", HTTP_OK);
    assert_string_equal(a.led_to, at("https", server.https, "/login"));
    assert_true(a.is_web_page);
    a = ask(h, at("https", server.https, "/to?/login"), "t", HTTP_STATUS);
    assert_string_equal(a.led_to, "");
    snprintf(path, sizeof path, "/to?%s", at("http", server.http, "/login"));
    a = ask(h, at("https", server.https, path), "t", HTTP_STATUS);
    assert_string_equal(a.led_to, at("http", server.http, "/login"));
    http_close(h);
}

static void
names_are_read_as_both_libraries_print_them(void **state)
{
    static const struct {
        const char *name, *shown;
    } rows[] = {
        {"C = US, O = Let's Encrypt, CN = R11", "R11, Let's Encrypt"},
        {"C=GB, O=Hillcrest Council, IT, CN=Filter", // GnuTLS
         "Filter, Hillcrest Council, IT"},
        {"C = GB, O = \"Hillcrest Council, IT\", CN = Filter", // OpenSSL
         "Filter, Hillcrest Council, IT"},
        {"CN = only", "only"},
        {"O=only", "only"},
        {"C=GB; O=new; CN=Newer curl", "Newer curl, new"},
        {"OU = unit, emailAddress = a@b.example", "OU = unit, emailAddress = "
                                                  "a@b.example"},
        {"CN = \"", "CN = \""},
        {"CN = \"\"", "CN = \"\""},
        {"CN = \"open", "open"},
        {"= , =,CN", "= , =,CN"},
        {"", ""},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char shown[128];
        http_facts_name(rows[i].name, shown, sizeof shown);
        if (strcmp(shown, rows[i].shown) != 0)
            fail_msg("%s: %s", rows[i].name, shown);
    }
}

static void
a_proxy_is_told_apart(void **state)
{
    char proxy[64], place[64];
    (void) state;
    snprintf(proxy, sizeof proxy, "http://me:word@127.0.0.1:%d", server.http);
    snprintf(place, sizeof place, "127.0.0.1 port %d", server.http);
    struct http_client *h = open_client(proxy);
    struct net_answer a = ask(h, "http://feed.example/x", "", HTTP_OK);
    assert_true(a.is_proxied);
    assert_string_equal(a.connected, place);
    a = ask(h, "https://feed.example/x", "", HTTP_FAILED);
    assert_int_equal(a.proxy_status, 403);
    assert_int_equal(a.status, 0);
    assert_true(a.is_proxied);
    http_close(h);

    h = open_client("http://127.0.0.1:1");
    a = ask(h, "https://feed.example/x", "", HTTP_FAILED);
    assert_false(a.is_connected);
    http_close(h);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_answer_says_how_it_came),
        cmocka_unit_test(who_is_not_believed_is_named),
        cmocka_unit_test(a_page_is_known_for_one),
        cmocka_unit_test(names_are_read_as_both_libraries_print_them),
        cmocka_unit_test(a_proxy_is_told_apart),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
