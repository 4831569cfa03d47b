// links: src/core/plain_text.c src/core/character_reference.c src/base/text.c src/base/memory.c src/base/arena.c src/base/utf8.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/utf8.h"
#include "core/plain_text.h"

#define BOTH (PLAIN_LINES | PLAIN_REFERENCES)

static void
texts_are_made_fit_for_a_wall(void **state)
{
    static const struct {
        const char *from;
        int how;
        const char *to;
    } rows[] = {
        {"", BOTH, ""},
        {" \t\n ", BOTH, ""},
        {"  one  \t two ", BOTH, "one two"},
        {"one \r\n two\rthree\n\n\n\nfour", BOTH, "one\ntwo\nthree\n\nfour"},
        {"one\ntwo", PLAIN_ONE_LINE, "one two"},
        {"a\x01\x1F\x7F"
         "b\xC2\x80"
         "c",
         BOTH, "abc"},
        {"a\u202E\u2066"
         "b",
         BOTH, "ab"}, // would turn the line around
        {"\uFEFF"
         "a\uFEFF"
         "b",
         BOTH, "ab"},
        {"10\u00A0\u00B0"
         "C",
         BOTH,
         "10\u00A0\u00B0"
         "C"},
        {"a\u00A0 \u00A0"
         "b",
         BOTH, "a b"},
        {"a\u3000"
         "b\u2028"
         "c",
         BOTH, "a b\nc"},
        {"\U0001F468\u200D\U0001F469", BOTH, "\U0001F468\u200D\U0001F469"},
        {"Fish &amp; chips &amp;lt;", BOTH, "Fish & chips &lt;"},
        {"Fish &amp; chips", PLAIN_LINES, "Fish &amp; chips"},
        {"a&#8238;&#x0;&#10;b", BOTH, "a\uFFFD\nb"},
        {"<b>kept</b>", BOTH, "<b>kept</b>"},
    };
    (void) state;
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool was_cut;
        const char *got = plain_text(&a, rows[i].from, strlen(rows[i].from),
                                     100, rows[i].how, &was_cut);
        if (strcmp(got, rows[i].to) != 0 || was_cut)
            fail_msg("row %zu gives \"%s\"", i, got);
    }
    arena_destroy(&a);
}

static void
what_is_too_long_ends_in_an_ellipsis(void **state)
{
    static const struct {
        const char *from;
        size_t most;
        const char *to;
    } rows[] = {
        {"twelve chars", 12, "twelve chars"},
        {"twelve chars  ", 12, "twelve chars"},
        {"twelve chars!", 12, "twelve…"},
        {"one, two", 7, "one…"},
        {"aaaaaaaaaa", 5, "aaaa…"},
        {"éééééé", 4, "ééé…"},
    };
    (void) state;
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool was_cut;
        const char *got = plain_text(&a, rows[i].from, strlen(rows[i].from),
                                     rows[i].most, PLAIN_ONE_LINE, &was_cut);
        if (strcmp(got, rows[i].to) != 0)
            fail_msg("row %zu gives \"%s\"", i, got);
        assert_true(utf8_count(got, strlen(got)) <= rows[i].most);
        assert_int_equal(was_cut, strstr(got, "…") != NULL);
    }
    arena_destroy(&a);
}

static void
first_sentences(void **state)
{
    static const struct {
        const char *from, *to;
    } rows[] = {
        {"", ""},
        {"No full stop at all", "No full stop at all"},
        {"One. Two.", "One."},
        {"One! Two", "One!"},
        {"Really?! Yes", "Really?!"},
        {"One\nTwo.", "One"},
        {"Mr. Hill spoke. We listened.", "Mr. Hill spoke."},
        {"J. Hill, e.g. on Monday. Then", "J. Hill, e.g. on Monday."},
        {"At 3.30 we met. Then", "At 3.30 we met."},
        {"\"Stop.\" She did. Then", "\"Stop.\""},
        {"(Well.) Then", "(Well.)"},
        {"See www.example.org for more. Bye", "See www.example.org for more."},
        {"一。二。", "一。"},
        {"So... yes. No", "So..."},
    };
    (void) state;
    struct arena a = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *got = plain_text_first_sentence(&a, rows[i].from, 100);
        if (strcmp(got, rows[i].to) != 0)
            fail_msg("\"%s\" gives \"%s\"", rows[i].from, got);
    }
    arena_destroy(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_made_fit_for_a_wall),
        cmocka_unit_test(what_is_too_long_ends_in_an_ellipsis),
        cmocka_unit_test(first_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
