// links: src/io/http_client.c src/io/http_client_explain.c
// links: src/io/http_client_transfer.c src/io/http_client_url.c
// links: src/io/http_guard.c src/base/text.c src/base/memory.c
// links: src/base/problem.c src/base/clock.c src/base/check.c
// links: tests/bad_server.c
// links: src/io/http_client_facts.c src/core/plain_text.c
// links: src/core/character_reference.c src/base/arena.c src/base/utf8.c
// libs: -lcurl -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bad_server.h"
#include "base/clock.h"
#include "io/http_client.h"

#define KIB ((size_t) 1024)
#define HANG_S 3

static struct bad_server server;
static char ca_file[128];

/*
 * Stands in the place of libc's, for libcurl too: names under .test that
 * resolve to what a test needs, and one that takes for ever.
 */
int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
            struct addrinfo **found)
{
    typedef int resolver(const char *, const char *, const struct addrinfo *,
                         struct addrinfo **);
    resolver *real;
    *(void **) &real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (name && strcmp(name, "rebound.test") == 0)
        return real("127.0.0.1", service, hints, found);
    if (name && strcmp(name, "hangs.test") == 0) {
        sleep(HANG_S);
        return EAI_AGAIN;
    }
    if (name && strstr(name, ".test"))
        return EAI_NONAME;
    return real(name, service, hints, found);
}

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

static struct http_client *
open_client(void)
{
    return http_open(&(struct http_settings){
        .ca_file = ca_file,
        .user_agent = "staffroom-test",
        .connect_ms = 1000,
        .total_ms = 4000,
        .slow_after_s = 1,
    });
}

static const char *
url_at(const char *scheme, const char *host, int port, const char *path)
{
    static char url[4][1024];
    static int turn;
    turn = (turn + 1) % 4;
    snprintf(url[turn], sizeof url[turn], "%s://%.60s:%d%.900s", scheme, host,
             port, path);
    return url[turn];
}

static const char *
plain(const char *path)
{
    return url_at("http", "127.0.0.1", server.http, path);
}

static const char *
secure(const char *path)
{
    return url_at("https", "127.0.0.1", server.https, path);
}

static struct http_reply
wait_for_reply(struct http_client *h)
{
    struct http_reply reply = {0};
    assert_true(http_wait(h, 8000, &reply));
    return reply;
}

static struct http_reply
ask(struct http_client *h, const struct http_request *request)
{
    struct problem why = {0};
    if (!http_start(h, request, &why))
        fail_msg("%s: %s", request->url, why.text);
    return wait_for_reply(h);
}

static struct http_reply
get(struct http_client *h, const char *url)
{
    return ask(h, &(struct http_request){.url = url, .most_bytes = 64 * KIB});
}

static void
a_good_answer_brings_all_it_has(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    struct http_reply r =
        ask(h, &(struct http_request){
                   .url = plain("/good"), .most_bytes = 64 * KIB, .tag = 42});
    assert_int_equal(r.tag, 42);
    assert_int_equal(r.outcome, HTTP_OK);
    assert_int_equal(r.status, 200);
    assert_non_null(strstr(r.body.bytes, "jsonfeed.org"));
    assert_string_equal(r.etag, "\"v1\"");
    assert_string_equal(r.last_modified, "Thu, 26 Nov 2026 08:00:00 GMT");
    assert_string_equal(r.content_type, "application/feed+json");
    assert_string_equal(r.final_url, plain("/good"));
    assert_int_equal(r.place, HTTP_PLACE_LOOPBACK);
    assert_int_equal(r.server_s, 0); // anybody may claim a time over http
    http_reply_destroy(&r);

    r = ask(h, &(struct http_request){.url = plain("/good"),
                                      .etag = "\"v1\"",
                                      .most_bytes = 64 * KIB});
    assert_int_equal(r.outcome, HTTP_NOT_MODIFIED);
    assert_int_equal(r.body.len, 0);
    http_reply_destroy(&r);

    r = get(h, plain("/gzip"));
    assert_int_equal(r.outcome, HTTP_OK);
    assert_non_null(strstr(r.body.bytes, "jsonfeed.org"));
    http_reply_destroy(&r);

    r = get(h, plain("/whoami"));
    assert_string_equal(r.body.bytes, "staffroom-test");
    http_reply_destroy(&r);

    r = get(h, plain("/long-etag")); // half of one would never match
    assert_int_equal(r.outcome, HTTP_OK);
    assert_string_equal(r.etag, "");
    http_reply_destroy(&r);
    http_close(h);
}

struct wrong {
    const char *path;
    enum http_outcome outcome;
    int status;
    const char *says;
};

static const struct wrong wrongs[] = {
    {"/bomb", HTTP_FAILED, 200, "larger than the 64 KiB"},
    {"/endless", HTTP_FAILED, 200, "larger than the 64 KiB"},
    {"/declared", HTTP_FAILED, 200, "larger than the 64 KiB"},
    {"/headers", HTTP_FAILED, 200, "made no sense"},
    {"/drip", HTTP_FAILED, 200, "too long"},
    {"/hang", HTTP_FAILED, 0, "too long"},
    {"/reset", HTTP_FAILED, 200, "broke off"},
    {"/short", HTTP_FAILED, 200, "broke off"},
    {"/silent", HTTP_FAILED, 0, "broke off"},
    {"/nonsense", HTTP_FAILED, 0, "made no sense"},
    {"/empty", HTTP_STATUS, 200, "nothing in it"},
    {"/status/401", HTTP_STATUS, 401, "user name and password"},
    {"/status/403", HTTP_STATUS, 403, "refused"},
    {"/status/404", HTTP_STATUS, 404, "nothing at this address"},
    {"/status/410", HTTP_STATUS, 410, "taken away"},
    {"/status/429", HTTP_STATUS, 429, "too often"},
    {"/status/500", HTTP_STATUS, 500, "trouble of its own (500)"},
    {"/status/511", HTTP_STATUS, 511, "sign in"},
    {"/status/418", HTTP_STATUS, 418, "not understand (418)"},
    {"/loop", HTTP_FAILED, 302, "from one place to the next"},
    {"/hops/6", HTTP_FAILED, 302, "from one place to the next"},
    {"/to?file:///etc/passwd", HTTP_FAILED, 302, "no web address"},
    {"/to?ftp://127.0.0.1/x", HTTP_FAILED, 302, "no web address"},
};

static void
check_wrong(struct http_client *h, const char *url, enum http_outcome outcome,
            int status, const char *says)
{
    struct http_reply r = get(h, url);
    if (!strstr(r.why.text, says))
        fail_msg("%s: \"%s\" does not say \"%s\" (%s)", url, r.why.text, says,
                 r.detail);
    assert_int_equal(r.outcome, outcome);
    assert_int_equal(r.status, status);
    assert_int_equal(r.body.len, 0);
    assert_true(r.detail[0] != '\0');
    http_reply_destroy(&r);
}

static void
what_goes_wrong_is_said_plainly(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    for (size_t i = 0; i < sizeof wrongs / sizeof wrongs[0]; i++)
        check_wrong(h, plain(wrongs[i].path), wrongs[i].outcome,
                    wrongs[i].status, wrongs[i].says);
    check_wrong(h, "http://nowhere.test/", HTTP_FAILED, 0,
                "could not be found");
    check_wrong(h, "http://127.0.0.1:1/", HTTP_FAILED, 0,
                "does not take calls");
    check_wrong(h, url_at("https", "127.0.0.1", server.http, "/good"),
                HTTP_FAILED, 0, "No secure connection");
    http_close(h);
}

static void
the_limit_is_to_the_byte(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    struct http_reply r = get(h, plain("/good"));
    size_t len = r.body.len;
    http_reply_destroy(&r);
    static const char *const paths[] = {"/good", "/gzip"};
    for (int i = 0; i < 2; i++) {
        r = ask(h, &(struct http_request){.url = plain(paths[i]),
                                          .most_bytes = len});
        assert_int_equal(r.outcome, HTTP_OK);
        http_reply_destroy(&r);
        r = ask(h, &(struct http_request){.url = plain(paths[i]),
                                          .most_bytes = len - 1});
        assert_int_equal(r.outcome, HTTP_FAILED);
        assert_non_null(strstr(r.why.text, "larger"));
        http_reply_destroy(&r);
    }
    http_close(h);
}

static void
certificates_are_judged(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    struct http_reply r = get(h, secure("/good"));
    assert_int_equal(r.outcome, HTTP_OK);
    int64_t now_s = clock_now(&(struct clock){0}).wall_s;
    assert_in_range(r.server_s, now_s - 5, now_s + 5);
    http_reply_destroy(&r);

    const struct {
        int port;
        const char *says;
    } rows[] = {
        {server.expired, "has expired"},
        {server.early, "This screen's clock is wrong"},
        {server.unknown, "a school filter may need its certificate"},
        {server.misnamed, "another name"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        check_wrong(h, url_at("https", "127.0.0.1", rows[i].port, "/good"),
                    HTTP_FAILED, 0, rows[i].says);
    http_close(h);

    h = http_open(&(struct http_settings){.ca_file = "/no/such/file"});
    check_wrong(h, secure("/good"), HTTP_FAILED, 0, "check ca_file");
    http_close(h);
}

static void
the_servers_clock_is_read_through_a_cache(void **state)
{
    struct http_client *h = open_client();
    int64_t now_s = clock_now(&(struct clock){0}).wall_s;
    (void) state;
    struct http_reply r = get(h, secure("/old"));
    assert_in_range(r.server_s, now_s - 5, now_s + 5);
    http_reply_destroy(&r);
    r = get(h, secure("/wrong-clock"));
    assert_int_equal(r.server_s, 1420070400);
    http_reply_destroy(&r);
    http_close(h);
}

static void
redirects_are_followed_but_never_down(void **state)
{
    struct http_client *h = open_client();
    char path[600];
    (void) state;
    struct http_reply r = get(h, plain("/hops/5"));
    assert_int_equal(r.outcome, HTTP_OK);
    assert_string_equal(r.final_url, plain("/hops/0"));
    http_reply_destroy(&r);

    snprintf(path, sizeof path, "/to?%.590s", secure("/good"));
    r = get(h, plain(path));
    assert_int_equal(r.outcome, HTTP_OK);
    assert_string_equal(r.final_url, secure("/good"));
    http_reply_destroy(&r);

    snprintf(path, sizeof path, "/to?%.590s", plain("/good"));
    check_wrong(h, secure(path), HTTP_FAILED, 302, "not secure");
    // Nor when the way began without TLS.
    char first[700];
    snprintf(first, sizeof first, "/to?%.590s", secure(path));
    check_wrong(h, plain(first), HTTP_FAILED, 302, "not secure");
    http_close(h);
}

static void
who_is_to_stay_with_a_server_stays_there(void **state)
{
    struct http_client *h = open_client();
    struct problem why = {0};
    char path[600], elsewhere[600];
    (void) state;
    snprintf(path, sizeof path, "/to?%.590s", secure("/good"));
    snprintf(elsewhere, sizeof elsewhere, "/to?https://localhost:%d/good",
             server.https);
    const struct {
        const char *url;
        enum http_outcome outcome;
    } rows[] = {
        {secure(path), HTTP_OK},
        {secure(elsewhere), HTTP_FAILED}, // the same one, by another name
        {plain(path), HTTP_FAILED},       // the same name, another port
        {plain("/hops/3"), HTTP_OK},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct http_reply r;
        const struct http_request q = {
            .url = rows[i].url, .most_bytes = 100000, .stays_at_origin = true};
        assert_true(http_start(h, &q, &why));
        assert_true(http_wait(h, 10000, &r));
        assert_int_equal(r.outcome, rows[i].outcome);
        if (r.outcome == HTTP_FAILED)
            assert_non_null(strstr(r.why.text, "another server"));
        http_reply_destroy(&r);
    }
    http_close(h);
}

static void
retry_after_is_handed_on(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    struct http_reply r = get(h, plain("/status/503"));
    assert_int_equal(r.outcome, HTTP_STATUS);
    assert_int_equal(r.retry_after_s, 120);
    http_reply_destroy(&r);
    http_close(h);
}

/* Outcome of a guarded request: 'o' ok, 'r' refused by the guard. */
static char
guarded(struct http_client *h, const char *url, enum http_place allowed)
{
    struct problem why = {0};
    struct http_reply r = {.outcome = HTTP_FAILED};
    struct http_request request = {.url = url,
                                   .most_bytes = 64 * KIB,
                                   .is_guarded = true,
                                   .allowed = allowed};
    if (http_start(h, &request, &why)) {
        r = wait_for_reply(h);
        why = r.why;
    }
    char result = r.outcome == HTTP_OK                    ? 'o'
                  : strstr(why.text, "a private network") ? 'r'
                                                          : '?';
    http_reply_destroy(&r);
    return result;
}

static void
a_feed_may_not_send_us_into_the_school(void **state)
{
    struct http_client *h = open_client();
    char path[600];
    (void) state;
    assert_int_equal(guarded(h, plain("/good"), HTTP_PLACE_UNKNOWN), 'r');
    assert_int_equal(guarded(h, plain("/good"), HTTP_PLACE_PRIVATE), 'r');
    assert_int_equal(guarded(h, plain("/good"), HTTP_PLACE_LOOPBACK), 'o');
    static const char *const disguises[] = {"rebound.test", "2130706433",
                                            "0x7f.1", "localhost",
                                            "[::ffff:127.0.0.1]"};
    for (size_t i = 0; i < sizeof disguises / sizeof disguises[0]; i++)
        assert_int_equal(
            guarded(h, url_at("http", disguises[i], server.http, "/good"),
                    HTTP_PLACE_PUBLIC),
            'r');

    // Nor by a redirect to another place than the allowed one.
    snprintf(path, sizeof path, "/to?http://[fe80::1]:%d/good", server.http);
    assert_int_equal(guarded(h, plain(path), HTTP_PLACE_LOOPBACK), 'r');
    assert_int_equal(
        guarded(h, plain("/to?http://192.168.1.1/"), HTTP_PLACE_LOOPBACK), 'r');
    assert_int_equal(
        guarded(h, plain("/to?http://0.0.0.0/"), HTTP_PLACE_LOOPBACK), 'r');

    // Nor through a connection that somebody else left open.
    struct http_reply r = get(h, plain("/good"));
    assert_int_equal(r.outcome, HTTP_OK);
    http_reply_destroy(&r);
    assert_int_equal(guarded(h, plain("/good"), HTTP_PLACE_PUBLIC), 'r');
    http_close(h);
}

static void
behind_a_proxy_names_are_judged(void **state)
{
    char proxy[64];
    snprintf(proxy, sizeof proxy, "http://127.0.0.1:%d", server.http);
    struct http_client *h = http_open(&(struct http_settings){
        .proxy = proxy, .no_proxy = "direct.example, 127.0.0.0/8"});
    (void) state;
    struct http_reply r = get(h, "http://school.example/feed.json");
    assert_string_equal(text_string(&r.body),
                        "proxied http://school.example/feed.json");
    assert_int_equal(r.place, HTTP_PLACE_UNKNOWN);
    http_reply_destroy(&r);

    r = get(h, plain("/whoami")); // this machine
    assert_int_equal(r.outcome, HTTP_OK);
    assert_int_equal(r.place, HTTP_PLACE_LOOPBACK);
    http_reply_destroy(&r);

    // What is posted in plain letters goes to this machine or nowhere.
    r = ask(h, &(struct http_request){.url = "http://school.example/v1/pair",
                                      .method = "POST",
                                      .json = "{\"secret\":\"x\"}",
                                      .most_bytes = 100});
    assert_int_equal(r.outcome, HTTP_FAILED);
    http_reply_destroy(&r);

    static const struct {
        const char *url;
        char result;
    } rows[] = {
        {"http://school.example/p.png", 'o'},
        {"http://8.8.8.8/p.png", 'o'},
        {"http://10.1.2.3/p.png", 'r'},
        {"http://0x0a.1/p.png", 'r'},
        {"http://[fd00::1]/p.png", 'r'},
        {"http://printer/p.png", 'r'},
        {"http://nas.local/p.png", 'r'},
        {"http://scanner.lan./p.png", 'r'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (guarded(h, rows[i].url, HTTP_PLACE_UNKNOWN) != rows[i].result)
            fail_msg("%s", rows[i].url);

    check_wrong(h, "http://password.example/", HTTP_STATUS, 407,
                "proxy wants a user name");
    check_wrong(h, "https://password.example/", HTTP_FAILED, 0,
                "proxy wants a user name");
    check_wrong(h, "https://refused.example/", HTTP_FAILED, 0,
                "refused to let this screen through");
    http_close(h);

    h = http_open(&(struct http_settings){.proxy = "http://127.0.0.1:1"});
    check_wrong(h, "http://school.example/", HTTP_FAILED, 0,
                "proxy does not take calls");
    http_close(h);
}

static void
the_environment_names_no_proxy(void **state)
{
    (void) state;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    struct http_client *h = open_client();
    struct http_reply r = get(h, plain("/good"));
    unsetenv("http_proxy");
    assert_int_equal(r.outcome, HTTP_OK);
    http_reply_destroy(&r);
    http_close(h);
}

static void
a_password_stays_where_it_belongs(void **state)
{
    struct http_client *h = open_client();
    char url[400], path[200];
    (void) state;
    snprintf(url, sizeof url,
             "http://head:secret@127.0.0.1:%d/status/404?key=k", server.http);
    struct http_reply r = get(h, url);
    assert_null(strstr(r.detail, "secret"));
    assert_null(strstr(r.detail, "key"));
    assert_int_equal(bad_server_count(&server, "GET /status/404?key=k - Basic"),
                     1);
    http_reply_destroy(&r);

    // Another server does not get to see it.
    snprintf(path, sizeof path, "/to?http://localhost:%d/whoami?elsewhere",
             server.http);
    snprintf(url, sizeof url, "http://head:secret@127.0.0.1:%d%s", server.http,
             path);
    r = get(h, url);
    assert_int_equal(r.outcome, HTTP_OK);
    http_reply_destroy(&r);
    assert_int_equal(bad_server_count(&server, "GET /whoami?elsewhere - -"), 1);
    http_close(h);
}

static struct http_reply
ask_with_token(struct http_client *h, const char *url)
{
    return ask(h, &(struct http_request){
                      .url = url, .bearer = "secret-1", .most_bytes = KIB});
}

static void
a_token_goes_to_its_address_only(void **state)
{
    struct http_client *h = open_client();
    (void) state;
    // bad_server_count sees path, If-None-Match and Authorization.
    struct http_reply r = ask_with_token(h, plain("/good"));
    assert_int_equal(r.outcome, HTTP_OK);
    assert_int_equal(bad_server_count(&server, "GET /good - Bearer secret-1"),
                     1);
    http_reply_destroy(&r);

    char away[200];
    snprintf(away, sizeof away, "/to?%s", secure("/led-away"));
    r = ask_with_token(h, plain(away));
    assert_int_equal(r.outcome, HTTP_STATUS);
    assert_int_equal(r.status, 302);
    assert_non_null(strstr(r.why.text, "leads on to another one"));
    assert_int_equal(bad_server_count(&server, "GET /led-away"), 0);
    http_reply_destroy(&r);

    // In plain letters it does not leave this machine, but over https it may.
    r = ask_with_token(h, "http://10.255.255.1/");
    assert_int_equal(r.outcome, HTTP_FAILED);
    assert_non_null(strstr(r.why.text, "not secure"));
    http_reply_destroy(&r);
    r = ask_with_token(h, secure("/good"));
    assert_int_equal(r.outcome, HTTP_OK);
    http_reply_destroy(&r);
    http_close(h);

    // Nor to the school's proxy, whatever that would do with it.
    h = http_open(&(struct http_settings){.proxy = plain("")});
    r = ask_with_token(h, plain("/empty"));
    assert_int_equal(r.status, 200);
    assert_int_equal(bad_server_count(&server, "GET /empty - Bearer secret-1"),
                     1);
    http_reply_destroy(&r);
    http_close(h);
}

static void
bad_addresses_are_not_asked_for(void **state)
{
    static const char *const urls[] = {
        "",
        "feed.json",
        "file:///etc/passwd",
        "ftp://a/b",
        "javascript:alert()",
        "http://",
        "http://a b/",
        "https://[::1/",
        "gopher://127.0.0.1/",
    };
    struct http_client *h = open_client();
    (void) state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        struct problem why = {0};
        struct http_request request = {.url = urls[i], .most_bytes = 10};
        if (http_start(h, &request, &why))
            fail_msg("%s was asked for", urls[i]);
        assert_non_null(strstr(why.text, "web address"));
    }
    http_close(h);
}

static void
several_at_once_and_no_more_than_eight(void **state)
{
    struct http_client *h = open_client();
    struct problem why = {0};
    int seen = 0;
    (void) state;
    for (int i = 0; i < HTTP_TRANSFERS_MAX; i++)
        assert_true(http_start(h,
                               &(struct http_request){.url = plain("/good"),
                                                      .most_bytes = 64 * KIB,
                                                      .tag = i},
                               &why));
    assert_false(http_start(
        h, &(struct http_request){.url = plain("/good"), .most_bytes = 1},
        &why));
    for (int i = 0; i < HTTP_TRANSFERS_MAX; i++) {
        struct http_reply r = wait_for_reply(h);
        assert_int_equal(r.outcome, HTTP_OK);
        seen |= 1 << r.tag;
        http_reply_destroy(&r);
    }
    assert_int_equal(seen, (1 << HTTP_TRANSFERS_MAX) - 1);
    http_close(h);
}

static void *
wake_soon(void *client)
{
    struct timespec wait = {.tv_nsec = 100 * 1000 * 1000};
    nanosleep(&wait, NULL);
    http_wake(client);
    return NULL;
}

static void
waiting_ends_when_told(void **state)
{
    struct http_client *h = open_client();
    struct http_reply r;
    pthread_t waker;
    (void) state;
    int64_t start_ms = clock_mono_ms();
    assert_false(http_wait(h, 150, &r));
    assert_in_range(clock_mono_ms() - start_ms, 140, 2000);

    pthread_create(&waker, NULL, wake_soon, h);
    start_ms = clock_mono_ms();
    assert_false(http_wait(h, -1, &r));
    assert_in_range(clock_mono_ms() - start_ms, 50, 2000);
    pthread_join(waker, NULL);

    http_wake(h); // nobody waits yet: the next one must not
    assert_false(http_wait(h, -1, &r));
    http_close(h);
}

static void
waiting_ends_when_something_else_can_be_read(void **state)
{
    struct http_client *h = open_client();
    struct http_reply r;
    struct problem why;
    int ends[2];
    (void) state;
    assert_int_equal(pipe(ends), 0);
    http_watch(h, 0, ends[0]);
    assert_false(http_wait(h, 50, &r)); // nothing yet: time is up
    assert_int_equal(write(ends[1], "x", 1), 1);
    assert_false(http_wait(h, -1, &r));
    assert_false(http_wait(h, -1, &r)); // until somebody has read it
    http_watch(h, 0, -1);
    http_watch(h, 1, ends[0]); // in the other place it is heard as well
    assert_false(http_wait(h, -1, &r));
    http_watch(h, 1, -1);
    struct http_request request = {.url = plain("/good"),
                                   .most_bytes = 64 * KIB};
    assert_true(http_start(h, &request, &why));
    assert_true(http_wait(h, -1, &r)); // it is none of its business now
    assert_int_equal(r.outcome, HTTP_OK);
    http_reply_destroy(&r);
    close(ends[0]);
    close(ends[1]);
    http_close(h);
}

static void
a_name_server_that_hangs_holds_nobody(void **state)
{
    struct http_client *h = open_client();
    struct problem why;
    (void) state;
    int64_t start_ms = clock_mono_ms();
    struct http_reply r = get(h, "http://hangs.test/");
    assert_int_equal(r.outcome, HTTP_FAILED);
    assert_non_null(strstr(r.why.text, "too long"));
    assert_true(clock_mono_ms() - start_ms < 1800);
    http_reply_destroy(&r);

    assert_true(http_start(
        h, &(struct http_request){.url = "http://hangs.test/", .most_bytes = 1},
        &why));
    assert_true(http_start(
        h, &(struct http_request){.url = plain("/hang"), .most_bytes = 1},
        &why));
    assert_false(http_wait(h, 50, &r));
    start_ms = clock_mono_ms();
    http_close(h);
    assert_true(clock_mono_ms() - start_ms < 500);
    sleep(HANG_S); // let libcurl's threads end before the program does
}

static void
addresses_are_resolved(void **state)
{
    static const struct {
        const char *base, *url, *whole;
    } rows[] = {
        {"https://a.example/x/feed.json", "p.jpg", "https://a.example/x/p.jpg"},
        {"https://a.example/x/feed.json", "../p.jpg",
         "https://a.example/p.jpg"},
        {"https://a.example/x/feed.json?y", "/p.jpg#z",
         "https://a.example/p.jpg"},
        {"https://a.example/x/", "//b.example/p", "https://b.example/p"},
        {"https://a.example/x/", "http://b.example/p", "http://b.example/p"},
        {"https://a.example/", "a photo.jpg",
         "https://a.example/a%20photo.jpg"},
        {"https://a.example/", "a%20b.jpg", "https://a.example/a%20b.jpg"},
        {"https://a.example/", "HTTP://0x7f.1/", "http://127.0.0.1/"},
        {"https://a.example/", "data:image/png;base64,AAAA", NULL},
        {"https://a.example/", "file:///etc/passwd", NULL},
        {"https://a.example/", "javascript:alert(1)", NULL},
        {"https://a.example/", "", NULL},
        {"", "https://a.example/p.jpg", "https://a.example/p.jpg"},
        {"", "p.jpg", NULL},
        {"/home/pi/feed.json", "p.jpg", NULL},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *whole = http_resolve(rows[i].base, rows[i].url);
        if (!whole != !rows[i].whole ||
            (whole && strcmp(whole, rows[i].whole) != 0))
            fail_msg("%s at %s: %s", rows[i].url, rows[i].base,
                     whole ? whole : "none");
        free(whole);
    }
}

static void
origins_are_compared(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } rows[] = {
        {"https://a.example/x", "https://a.example/y?z", true},
        {"https://a.example/x", "https://A.example:443/y", true},
        {"http://a.example:80/x", "http://a.example/y", true},
        {"https://u:p@a.example/x", "https://a.example/y", true},
        {"https://a.example/x", "http://a.example/x", false},
        {"https://a.example/x", "https://a.example:444/x", false},
        {"https://a.example/x", "https://b.a.example/x", false},
        {"https://a.example/x", "https://a.example@b.example/x", false},
        {"https://a.example/x", "", false},
        {"", "", false},
        {"file:///a", "file:///a", false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (http_same_origin(rows[i].a, rows[i].b) != rows[i].same)
            fail_msg("%s and %s", rows[i].a, rows[i].b);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_answer_brings_all_it_has),
        cmocka_unit_test(what_goes_wrong_is_said_plainly),
        cmocka_unit_test(the_limit_is_to_the_byte),
        cmocka_unit_test(certificates_are_judged),
        cmocka_unit_test(the_servers_clock_is_read_through_a_cache),
        cmocka_unit_test(redirects_are_followed_but_never_down),
        cmocka_unit_test(who_is_to_stay_with_a_server_stays_there),
        cmocka_unit_test(retry_after_is_handed_on),
        cmocka_unit_test(a_feed_may_not_send_us_into_the_school),
        cmocka_unit_test(behind_a_proxy_names_are_judged),
        cmocka_unit_test(the_environment_names_no_proxy),
        cmocka_unit_test(a_password_stays_where_it_belongs),
        cmocka_unit_test(a_token_goes_to_its_address_only),
        cmocka_unit_test(bad_addresses_are_not_asked_for),
        cmocka_unit_test(several_at_once_and_no_more_than_eight),
        cmocka_unit_test(waiting_ends_when_told),
        cmocka_unit_test(waiting_ends_when_something_else_can_be_read),
        cmocka_unit_test(a_name_server_that_hangs_holds_nobody),
        cmocka_unit_test(addresses_are_resolved),
        cmocka_unit_test(origins_are_compared),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
