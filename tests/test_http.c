// links: src/hub/http.c src/base/*.c
// libs: -lunistring -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "hub/http.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
reads_a_target(void **state)
{
    (void) state;
    static const struct {
        const char *target, *path, *query;
    } rows[] = {
        {"/", "/", ""},
        {"/feed.json", "/feed.json", ""},
        {"/a/b/", "/a/b/", ""},
        {"/a?x=1&y=/../%00", "/a", "x=1&y=/../%00"},
        {"/a?", "/a", ""},
        {"/a?b?c", "/a", "b?c"},
        {"/idea%2048", "/idea 48", ""},
        {"/Zo%c3%AB", "/Zo\xC3\xAB", ""},
        {"/%2e%2e%2e", "/...", ""},
        {"/.well-known", "/.well-known", ""},
        {"/%252e%252e", "/%2e%2e", ""}, // once, not twice
        {"/a%252fb", "/a%2fb", ""},
        {"/a%2fb%2F/c", "/a\037b\037/c", ""}, // divided first
        {"/..%2f..%2f", "/..\037..\037", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = {0};
        const char *path = NULL, *query = NULL;
        assert_true(http_target_read(&a, rows[i].target, &path, &query));
        assert_string_equal(path, rows[i].path);
        assert_string_equal(query, rows[i].query);
        arena_destroy(&a);
    }
}

static void
refuses_what_may_be_read_differently(void **state)
{
    (void) state;
    static const char *const rows[] = {
        "",       "*",           "a",          "http://hub.example/",
        "//a",    "/a//b",       "/a//",       "/..",
        "/../a",  "/a/..",       "/a/../b",    "/.",
        "/a/./b", "/%2e%2e/a",   "/.%2e",      "/%2E",
        "/a%1fb", "/%2e%2f/%2e", "/a%5cb",     "/a\\b",
        "/a%00",  "/a%0ab",      "/a%7f",      "/a b",
        "/a\tb",  "/a\x7f",      "/a\xC3\xAB", "/a%",
        "/a%2",   "/a%zz",       "/a%c3",      "/a%c0%ae",
        "/a#b",   "/a?b\x01",    "/a?b c",
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = {0};
        const char *path, *query;
        // In memory of just its size: the sanitizer watches its end.
        char *target = malloc(strlen(rows[i]) + 1);
        assert_non_null(target);
        memcpy(target, rows[i], strlen(rows[i]) + 1);
        if (http_target_read(&a, target, &path, &query))
            fail_msg("took %s", rows[i]);
        free(target);
        arena_destroy(&a);
    }
}

static void
knows_an_etag(void **state)
{
    (void) state;
    static const struct {
        const char *list;
        bool is_among;
    } rows[] = {
        {"\"12\"", true},
        {"\"11\", \"12\"", true},
        {"\"12\",\"13\"", true},
        {"W/\"12\"", true},
        {"*", true},
        {"", false},
        {"\"1\"", false},
        {"\"123\"", false},
        {"12", false},
        {"\"11\",, \"13\"", false},
        {"\"12\"x", false},
        {"x\"12\"", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(http_etag_is_among(rows[i].list, "\"12\""),
                         rows[i].is_among);
}

static void
count_release(void *data)
{
    ++*(int *) data;
}

static void
lets_go_of_what_it_has_once(void **state)
{
    (void) state;
    int released = 0;
    struct http_answer a = {.kept = "feed",
                            .kept_len = 4,
                            .release = count_release,
                            .release_data = &released};
    http_answer_problem(&a, 503, "No \"feed\"", "Try later.");
    assert_int_equal(released, 1);
    assert_null(a.kept);
    assert_string_equal(text_string(&a.body),
                        "{\"title\":\"No \\\"feed\\\"\",\"detail\":\"Try "
                        "later.\",\"status\":503}\n");
    http_answer_go_to(&a, "/this-week");
    assert_int_equal(a.status, 303);
    assert_int_equal(a.body.len, 0);
    http_answer_destroy(&a);
    http_answer_destroy(&a);
    http_answer_destroy(NULL);
    assert_int_equal(released, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_a_target),
        cmocka_unit_test(refuses_what_may_be_read_differently),
        cmocka_unit_test(knows_an_etag),
        cmocka_unit_test(lets_go_of_what_it_has_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
