// links: src/hub/routes.c src/hub/http.c src/hub/html.c src/base/*.c
// libs: -lunistring -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <strings.h>

#include "hub/routes.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define UUID "8f1c2a30-0000-4000-8000-00000000abcd"

/* What the routes below were asked, and by whom. */
struct hub {
    const char *answered;
    char first[256], second[256];
    int64_t device;
    bool has_token;
};

struct asking {
    struct hub hub;
    struct http_request request;
    struct http_answer answer;
    struct arena arena;
};

static const char *accept_header;

static const char *
header(const struct http_request *r, const char *name)
{
    (void) r;
    return strcasecmp(name, "accept") == 0 ? accept_header : "";
}

static void
note(struct hub *hub, const char *what, const struct route_match *m,
     struct http_answer *a)
{
    hub->answered = what;
    hub->device = m->device.number;
    for (int i = 0; i < 2; i++) {
        char *to = i ? hub->second : hub->first;
        const char *value = m->values[i] ? m->values[i] : "";
        memcpy(to, value, strlen(value) + 1);
    }
    a->status = 200;
}

static void
show_postit(struct hub *hub, const struct http_request *r,
            const struct route_match *m, struct http_answer *a)
{
    (void) r;
    note(hub, "show", m, a);
}

static void
put_postit(struct hub *hub, const struct http_request *r,
           const struct route_match *m, struct http_answer *a)
{
    (void) r;
    note(hub, "put", m, a);
}

static void
react(struct hub *hub, const struct http_request *r,
      const struct route_match *m, struct http_answer *a)
{
    (void) r;
    note(hub, "react", m, a);
}

static void
first_page(struct hub *hub, const struct http_request *r,
           const struct route_match *m, struct http_answer *a)
{
    (void) r;
    note(hub, "first page", m, a);
}

static void
page(struct hub *hub, const struct http_request *r, const struct route_match *m,
     struct http_answer *a)
{
    (void) r;
    note(hub, "page", m, a);
}

static bool
device_gate(struct hub *hub, const struct http_request *r,
            struct route_match *m, struct http_answer *a)
{
    (void) r;
    m->device.number = 7;
    if (!hub->has_token)
        http_answer_problem(a, 401, "Who are you?", "Pair this screen.");
    return hub->has_token;
}

static bool
person_gate(struct hub *hub, const struct http_request *r,
            struct route_match *m, struct http_answer *a)
{
    (void) hub, (void) r, (void) m;
    http_answer_go_to(a, "/sign-in");
    return false;
}

static const struct route rows[] = {
    {HTTP_GET, "/", first_page, ROUTE_ANYONE},
    {HTTP_GET, "/v1/postits/{uuid}", show_postit, ROUTE_ANYONE},
    {HTTP_PUT, "/v1/postits/{uuid}", put_postit, ROUTE_DEVICE},
    {HTTP_PUT, "/v1/reactions/{target}/{uuid}", react, ROUTE_DEVICE},
    {HTTP_GET, "/people", page, ROUTE_SIGNED_IN},
    {HTTP_GET, "/web/{file}", page, ROUTE_ANYONE},
    {HTTP_GET, "/history/{number}", page, ROUTE_ANYONE},
    {HTTP_GET, "/history/{number}/undo", page, ROUTE_ANYONE},
};
static const struct routes routes = {rows, COUNT(rows), device_gate,
                                     person_gate};

static void
ask(struct asking *q, enum http_method method, const char *path)
{
    q->request = (struct http_request){.method = method,
                                       .path = path,
                                       .query = "",
                                       .body = "",
                                       .peer = "",
                                       .header = header,
                                       .arena = &q->arena};
    routes_answer(&routes, &q->hub, &q->request, &q->answer);
}

static void
done(struct asking *q)
{
    http_answer_destroy(&q->answer);
    arena_destroy(&q->arena);
}

static const char *
answer_header(const struct asking *q, const char *name)
{
    for (int i = 0; i < q->answer.header_count; i++)
        if (strcasecmp(q->answer.headers[i].name, name) == 0)
            return q->answer.headers[i].value;
    return "";
}

static int
set_up(void **state)
{
    (void) state;
    accept_header = "";
    return 0;
}

static void
finds_the_one_that_fits(void **state)
{
    (void) state;
    static const struct {
        enum http_method method;
        const char *path;
        int status;
        const char *answered, *first, *second;
    } table[] = {
        {HTTP_GET, "/", 200, "first page", "", ""},
        {HTTP_GET, "/v1/postits/" UUID, 200, "show", UUID, ""},
        {HTTP_PUT, "/v1/postits/" UUID, 200, "put", UUID, ""},
        {HTTP_PUT, "/v1/reactions/idea 48/" UUID, 200, "react", "idea 48",
         UUID},
        {HTTP_PUT, "/v1/reactions/https:\037\037a.example\037?p=3/" UUID, 200,
         "react", "https://a.example/?p=3", UUID},
        {HTTP_PUT, "/v1/reactions/..\037..\037/" UUID, 200, "react", "../../",
         UUID},
        {HTTP_GET, "/web/style.css", 200, "page", "style.css", ""},
        {HTTP_GET, "/history/128", 200, "page", "128", ""},
        {HTTP_GET, "/history/128/undo", 200, "page", "128", ""},

        // A slash that came encoded divides nothing, and is in no file's name.
        {HTTP_PUT, "/v1/postits\037" UUID, 404, NULL, "", ""},
        {HTTP_PUT, "/v1/reactions\037i-48/" UUID, 404, NULL, "", ""},
        {HTTP_PUT, "/v1/reactions/i-48\037" UUID, 404, NULL, "", ""},
        {HTTP_GET, "/web/..\037secret.css", 404, NULL, "", ""},
        {HTTP_GET, "/\037people", 404, NULL, "", ""},
        {HTTP_GET, "/v1/postits/", 404, NULL, "", ""},
        {HTTP_GET, "/v1/postits", 404, NULL, "", ""},
        {HTTP_GET, "/v1/postits/" UUID "/", 404, NULL, "", ""},
        {HTTP_GET, "/v1/postits/" UUID "/x", 404, NULL, "", ""},
        {HTTP_GET, "/v1/postits/8F1C2A30-0000-4000-8000-00000000ABCD", 404,
         NULL, "", ""},
        {HTTP_GET, "/v1/postits/8f1c2a30-0000-4000-8000-00000000abc", 404, NULL,
         "", ""},
        {HTTP_GET, "/v1/postits/8f1c2a3000000-4000-8000-00000000abcd", 404,
         NULL, "", ""},
        {HTTP_GET, "/history/12x", 404, NULL, "", ""},
        {HTTP_GET, "/history/-1", 404, NULL, "", ""},
        {HTTP_GET, "/history/1234567890123456789", 404, NULL, "", ""},
        {HTTP_GET, "/nothing", 404, NULL, "", ""},
        {HTTP_GET, "/V1/postits/" UUID, 404, NULL, "", ""},
        {HTTP_GET, "/people/", 404, NULL, "", ""},
        {HTTP_GET, "", 404, NULL, "", ""},
        {HTTP_OTHER, "/nothing", 404, NULL, "", ""},
        {HTTP_POST, "/", 405, NULL, "", ""},
        {HTTP_OTHER, "/", 405, NULL, "", ""},
        {HTTP_GET, "/v1/reactions/i-48/" UUID, 405, NULL, "", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct asking q = {.hub.has_token = true};
        ask(&q, table[i].method, table[i].path);
        assert_int_equal(q.answer.status, table[i].status);
        if (table[i].answered)
            assert_string_equal(q.hub.answered, table[i].answered);
        else
            assert_null(q.hub.answered);
        assert_string_equal(q.hub.first, table[i].first);
        assert_string_equal(q.hub.second, table[i].second);
        done(&q);
    }
}

static void
says_which_methods_there_are(void **state)
{
    (void) state;
    struct asking q = {0};
    ask(&q, HTTP_DELETE, "/v1/postits/" UUID);
    assert_int_equal(q.answer.status, 405);
    assert_string_equal(answer_header(&q, "Allow"), "GET, HEAD, PUT");
    done(&q);
}

static void
asks_who_it_is_first(void **state)
{
    (void) state;
    struct asking stranger = {0}, known = {.hub.has_token = true},
                  visitor = {0};
    ask(&stranger, HTTP_PUT, "/v1/postits/" UUID);
    assert_int_equal(stranger.answer.status, 401);
    assert_null(stranger.hub.answered);
    ask(&known, HTTP_PUT, "/v1/postits/" UUID);
    assert_int_equal(known.answer.status, 200);
    assert_int_equal(known.hub.device, 7);
    ask(&visitor, HTTP_GET, "/people");
    assert_int_equal(visitor.answer.status, 303);
    assert_string_equal(answer_header(&visitor, "Location"), "/sign-in");
    assert_null(visitor.hub.answered);
    done(&stranger);
    done(&known);
    done(&visitor);
}

static void
refuses_in_the_callers_words(void **state)
{
    (void) state;
    struct asking program = {0}, browser = {0};
    ask(&program, HTTP_GET, "/nothing");
    assert_string_equal(program.answer.type, "application/problem+json");
    assert_non_null(strstr(program.answer.body.bytes, "\"status\":404"));
    accept_header = "text/html,application/xhtml+xml";
    ask(&browser, HTTP_GET, "/nothing");
    assert_int_equal(browser.answer.status, 404);
    assert_string_equal(browser.answer.type, "text/html; charset=utf-8");
    assert_non_null(strstr(browser.answer.body.bytes, "<h1>"));
    // As large as everything else that is pressed (style.css).
    assert_non_null(
        strstr(browser.answer.body.bytes, "<a class=\"button\" href=\"/\">"));
    done(&program);
    done(&browser);
}

static void
takes_no_value_that_is_too_long(void **state)
{
    (void) state;
    char path[300];
    for (int len = 200; len <= 201; len++) {
        struct asking q = {.hub.has_token = true};
        memset(path, 'a', sizeof path);
        memcpy(path, "/v1/reactions/", 14);
        memcpy(path + 14 + len, "/" UUID, sizeof "/" UUID);
        ask(&q, HTTP_PUT, path);
        assert_int_equal(q.answer.status, len == 200 ? 200 : 404);
        done(&q);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(finds_the_one_that_fits, set_up),
        cmocka_unit_test_setup(says_which_methods_there_are, set_up),
        cmocka_unit_test_setup(asks_who_it_is_first, set_up),
        cmocka_unit_test_setup(refuses_in_the_callers_words, set_up),
        cmocka_unit_test_setup(takes_no_value_that_is_too_long, set_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
