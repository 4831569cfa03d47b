// links: src/hub/form.c src/base/arena.c src/base/memory.c src/base/problem.c src/base/utf8.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "hub/form.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void
reads_what_browsers_send(void **state)
{
    (void) state;
    static const struct {
        const char *bytes, *name, *value;
    } rows[] = {
        {"text=Silent+debate", "text", "Silent debate"},
        {"a=1&b=2&c=3", "b", "2"},
        {"who=Zo%C3%AB", "who", "Zo\xC3\xAB"},
        {"a%3Db=c%26d", "a=b", "c&d"},
        {"a=b=c", "a", "b=c"},
        {"a", "a", ""},
        {"a=", "a", ""},
        {"=b", "", "b"},
        {"&&a=1&&", "a", "1"},
        {"t=one%0D%0Atwo%0Athree%0Dfour", "t", "one\ntwo\nthree\nfour"},
        {"t=a%09b", "t", "a b"},
        {"t=100%", "t", "100%"},
        {"t=100%2", "t", "100%2"},
        {"t=%zz%25", "t", "%zz%"},
        {"t=%2B+%2b", "t", "+ +"},
        {"t=%252e", "t", "%2e"}, // once, not twice
        {"t=first&t=second", "t", "first"},
        {"", "t", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = {0};
        struct form f;
        struct problem why = {0};
        assert_true(
            form_read(&f, &a, rows[i].bytes, strlen(rows[i].bytes), &why));
        assert_string_equal(form_value(&f, rows[i].name), rows[i].value);
        arena_destroy(&a);
    }
}

static void
refuses_the_whole_form(void **state)
{
    (void) state;
    static const struct {
        const char *bytes;
        size_t len;
    } rows[] = {
#define ROW(text) {text, sizeof text - 1}
        ROW("t=%00"),      ROW("t=a\0b"),          ROW("t=%1b[31m"),
        ROW("a=1&t%07=2"), ROW("t=%7f"),           ROW("t=%c2%85"),
        ROW("t=%ff"),      ROW("t=%c0%80"),        ROW("t=%ed%a0%80"),
        ROW("t=\xC3"),     ROW("good=1&t=%e2%82"),
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena a = {0};
        struct form f;
        struct problem why = {0};
        assert_false(form_read(&f, &a, rows[i].bytes, rows[i].len, &why));
        assert_true(strlen(why.text) > 0);
        assert_false(form_has(&f, "good"));
        arena_destroy(&a);
    }
}

/* `count` times `piece`, in memory of exactly that size. */
static char *
repeat(const char *piece, size_t count)
{
    size_t len = strlen(piece);
    char *out = malloc(len * count);
    assert_non_null(out);
    for (size_t i = 0; i < count; i++)
        memcpy(out + i * len, piece, len);
    return out;
}

static bool
is_read(const char *piece, size_t count)
{
    struct arena a = {0};
    struct form f;
    struct problem why = {0};
    char *bytes = repeat(piece, count);
    bool is = form_read(&f, &a, bytes, strlen(piece) * count, &why);
    free(bytes);
    arena_destroy(&a);
    return is;
}

static void
has_an_end(void **state)
{
    (void) state;
    assert_true(is_read("a", FORM_BYTES_MOST));
    assert_false(is_read("a", FORM_BYTES_MOST + 1));
    assert_true(is_read("a&", FORM_FIELDS_MOST - 1));
    assert_false(is_read("a&", FORM_FIELDS_MOST));
}

static void
never_reads_behind_its_end(void **state)
{
    (void) state;
    static const char *const rows[] = {"a=%", "a=%4", "a=%4&b=1", "%", "a=b%c"};
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_true(is_read(rows[i], 1)); // the sanitizer watches
}

static void
keeps_what_was_ticked_together(void **state)
{
    (void) state;
    struct arena a = {0};
    struct form f;
    struct problem why = {0};
    const char *bytes = "day=mon&x=1&day=thu&day=";
    assert_true(form_read(&f, &a, bytes, strlen(bytes), &why));
    assert_string_equal(form_value_at(&f, "day", 0), "mon");
    assert_string_equal(form_value_at(&f, "day", 1), "thu");
    assert_string_equal(form_value_at(&f, "day", 2), "");
    assert_null(form_value_at(&f, "day", 3));
    assert_true(form_has(&f, "x"));
    assert_false(form_has(&f, "y"));
    assert_string_equal(form_value(&f, "y"), "");
    arena_destroy(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_browsers_send),
        cmocka_unit_test(refuses_the_whole_form),
        cmocka_unit_test(has_an_end),
        cmocka_unit_test(never_reads_behind_its_end),
        cmocka_unit_test(keeps_what_was_ticked_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
