// links: src/hub/html.c src/base/*.c
// libs: -lunistring -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/html.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
escapes_what_people_type(void **state)
{
    (void) state;
    static const struct {
        const char *typed, *written;
    } rows[] = {
        {"plain", "plain"},
        {"", ""},
        {"<script>alert('x')</script>",
         "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;"},
        {"\" onfocus=\"x", "&quot; onfocus=&quot;x"},
        {"Q & A", "Q &amp; A"},
        {"&amp;", "&amp;amp;"},
        {"Zo\xC3\xAB <3", "Zo\xC3\xAB &lt;3"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text t = {0};
        html_add_text(&t, rows[i].typed);
        assert_string_equal(text_string(&t), rows[i].written);
        text_cut(&t, 0);
        html_format(&t, "<b>%s</b>", rows[i].typed);
        assert_memory_equal(text_string(&t) + 3, rows[i].written,
                            strlen(rows[i].written));
        text_destroy(&t);
    }
}

static void
formats_numbers_and_markup(void **state)
{
    (void) state;
    struct text t = {0};
    const char *volatile nobody = NULL; // the compiler would see it
    html_add(&t, "<ul>");
    html_format(&t, "<li id=\"p%d\" class=\"%s\">%ld of %lld, %d%%</li>", -1,
                "a\"b", 5L, 7LL, 100);
    html_format(&t, "%s|%s", nobody, "<");
    html_attribute(&t, "value", "\"><x");
    html_attribute(&t, "title", NULL);
    assert_string_equal(
        text_string(&t),
        "<ul><li id=\"p-1\" class=\"a&quot;b\">5 of 7, 100%</li>|&lt;"
        " value=\"&quot;&gt;&lt;x\" title=\"\"");
    text_destroy(&t);
}

static void
links_only_where_one_may_go(void **state)
{
    (void) state;
    static const struct {
        const char *address, *written;
    } rows[] = {
        {"/this-week", " href=\"/this-week\""},
        {"https://a.example/?a=1&b=\"",
         " href=\"https://a.example/?a=1&amp;b=&quot;\""},
        {"HTTP://a.example/", " href=\"HTTP://a.example/\""},
        {"javascript:alert(1)", ""},
        {"data:text/html,x", ""},
        {"//elsewhere.example/", ""},
        {"/\\elsewhere.example/", ""},
        {"/\t/elsewhere.example/", ""},
        {" https://a.example/", ""},
        {"", ""},
        {NULL, ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text t = {0};
        html_link(&t, rows[i].address);
        assert_string_equal(text_string(&t), rows[i].written);
        text_destroy(&t);
    }
}

/* Whether writing it stops the program, in a process of its own. */
static bool
stops(const char *markup)
{
    pid_t child = fork();
    if (child == 0) {
        const struct rlimit none = {0};
        (void) setrlimit(RLIMIT_CORE, &none);
        signal(SIGABRT, SIG_DFL); // cmocka would have it
        close(STDERR_FILENO);
        struct text t = {0};
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        html_format_(&t, markup, "x");
#pragma GCC diagnostic pop
        text_destroy(&t);
        _exit(0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status);
}

static void
stops_at_attributes_without_quotes(void **state)
{
    (void) state;
    assert_false(stops("<a class=\"%s\">"));
    assert_true(stops("<a class=%s>"));
    assert_true(stops("<a>%x</a>"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(escapes_what_people_type),
        cmocka_unit_test(formats_numbers_and_markup),
        cmocka_unit_test(links_only_where_one_may_go),
        cmocka_unit_test(stops_at_attributes_without_quotes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
