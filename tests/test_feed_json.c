// links: src/core/feed_json.c src/core/json_scan.c src/base/problem.c src/base/text.c src/base/memory.c src/base/utf8.c
// libs: -lcjson -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/feed.h"
#include "core/feed_json.h"
#include "core/json_scan.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct json *
open_string(const char *text, struct problem *why)
{
    return json_open(text, strlen(text), why);
}

static void
refusals_say_what_and_where(void **state)
{
    static const struct {
        const char *text;
        int line, column;
        const char *says;
    } rows[] = {
        {"", 0, 0, "empty"},
        {" \r\n\t", 0, 0, "empty"},
        {"\xEF\xBB\xBF", 0, 0, "empty"},
        {"<!DOCTYPE html><title>Login", 1, 1, "login page"},
        {"\n  <HTML>", 1, 1, "login page"},
        {"<?xml version=\"1.0\"?><rss>", 1, 1, "XML"},
        {"{\"a\":1", 1, 7, "too soon"},
        {"[1,\n2,\n]", 3, 1, "comma too many"},
        {"{\"a\":1,}", 1, 8, "one too many"},
        {"{\"a\" 1}", 1, 6, "colon"},
        {"{a:1}", 1, 2, "quotation marks"},
        {"[1 2]", 1, 4, "comma or the closing ]"},
        {"{\"a\":1 \"b\":2}", 1, 8, "comma or the closing }"},
        {"[\xE2\x80\x9Chi\xE2\x80\x9D]", 1, 2, "straight double"},
        {"['hi']", 1, 2, "straight double"},
        {"[\"one\ntwo\"]", 1, 6, "end of its line"},
        {"[\"one", 1, 2, "never closed"},
        {"[\"\\x\"]", 1, 3, "backslash"},
        {"[\"\\u12\"]", 1, 5, "hexadecimal"},
        {"[\"\\u0000\"]", 1, 3, "\\u0000"},
        {"[\"\\\\\\u0000\"]", 1, 5, "\\u0000"},
        {"{\"a\\u0000\":1}", 1, 4, "\\u0000"},
        {"[\"\\uD83D\"]", 1, 3, "half a character"},
        {"[\"\\uDE00\"]", 1, 3, "half a character"},
        {"[007]", 1, 2, "begin with a zero"},
        {"[1.]", 1, 4, "digit"},
        {"[-]", 1, 3, "digit"},
        {"[.5]", 1, 2, "no JSON value"},
        {"[1e]", 1, 4, "digit"},
        {"[NaN]", 1, 2, "no JSON value"},
        {"[True]", 1, 2, "no JSON value"},
        {"{} x", 1, 4, "more follows"},
        {"{}{}", 1, 3, "more follows"},
        {"\xEF\xBB\xBF\xEF\xBB\xBF{}", 1, 1, "no JSON value"},
        {"[1]\n// why", 2, 1, "more follows"},
        {"[\"\xFF\"]", 1, 3, "UTF-8"},
        {"[\"\xC0\xAF\"]", 1, 3, "UTF-8"},
        {"[\"\xED\xA0\x80\"]", 1, 3, "UTF-8"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem why = {0};
        if (open_string(rows[i].text, &why))
            fail_msg("%s was accepted", rows[i].text);
        if (why.line != rows[i].line || why.column != rows[i].column ||
            !strstr(why.text, rows[i].says))
            fail_msg("%s: %d:%d %s", rows[i].text, why.line, why.column,
                     why.text);
    }
}

static void
bytes_that_are_no_text_are_refused(void **state)
{
    static const struct {
        const char *bytes;
        size_t len;
        const char *says;
    } rows[] = {
        {"{\"a\":\"\0\"}", 9, "NUL"},    {"{}\0", 3, "NUL"},
        {"\0\0\0\0", 4, "NUL"},          {"\xFF\xFE{\0}\0", 6, "UTF-16"},
        {"\xFE\xFF\0{\0}", 6, "UTF-16"}, {"{\0}\0", 4, "UTF-16"},
        {"\0{\0}", 4, "UTF-16"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem why = {0};
        assert_null(json_open(rows[i].bytes, rows[i].len, &why));
        if (!strstr(why.text, rows[i].says))
            fail_msg("row %zu: %s", i, why.text);
    }
}

static void
getters_are_strict_and_forgive_strangers(void **state)
{
    (void) state;
    struct problem why;
    struct json *root = open_string(
        "\xEF\xBB\xBF {\"Title\":\"no\",\"title\":\"first\",\"title\":2,"
        "\"yes\":true,\"no\":false,\"nil\":null,\"list\":[1,\"two\",{}],"
        "\"\\u0074wo\":\"\\uD83D\\uDE00\\\\u0000\",\"empty\":\"\"} \n",
        &why);
    assert_non_null(root);
    assert_string_equal(json_string(json_get(root, "title")), "first");
    assert_null(json_get(root, "TITLE"));
    assert_string_equal(json_string(json_get(root, "two")),
                        "\U0001F600\\u0000");
    assert_string_equal(json_string(json_get(root, "empty")), "");
    assert_true(json_is_true(json_get(root, "yes")));
    assert_false(json_is_true(json_get(root, "no")));
    assert_false(json_is_true(json_get(root, "title")));
    assert_false(json_is_true(NULL));
    assert_null(json_string(json_get(root, "list")));
    assert_null(json_string(NULL));
    assert_null(json_get(json_get(root, "list"), "title"));
    assert_null(json_get(NULL, "title"));
    assert_null(json_first(json_get(root, "title")));
    assert_null(json_next(NULL));

    const struct json *part = json_first(json_get(root, "list"));
    assert_int_equal(json_type_of(part), JSON_NUMBER);
    part = json_next(part);
    assert_string_equal(json_string(part), "two");
    part = json_next(part);
    assert_int_equal(json_type_of(part), JSON_OBJECT);
    assert_null(json_next(part));

    assert_int_equal(json_type_of(json_get(root, "yes")), JSON_BOOLEAN);
    assert_int_equal(json_type_of(json_get(root, "nil")), JSON_NULL);
    assert_int_equal(json_type_of(json_get(root, "none")), JSON_MISSING);
    assert_string_equal(json_type_name(json_get(root, "list")), "a list");
    json_close(root);
    json_close(NULL);
}

static void
numbers_are_whole_finite_and_exact(void **state)
{
    static const int64_t most = INT64_C(1) << 53;
    static const struct {
        const char *text;
        bool is_integer;
        int64_t value;
        const char *as_text; // NULL: none
    } rows[] = {
        {"0", true, 0, "0"},
        {"48", true, 48, "48"},
        {"-1", false, 0, "-1"},
        {"1.5", false, 0, "1.5"},
        {"1e3", true, 1000, "1000"},
        {"9007199254740992", true, INT64_C(9007199254740992),
         "9007199254740992"},
        {"9007199254740993", false, 0, "9007199254740993"},
        {"110000000000000001", false, 0, "110000000000000001"},
        {"99999999999999999999999", false, 0, "99999999999999999999999"},
        {"12.0000000000000000000", true, 12, "12.0000000000000000000"},
        {"1e999", false, 0, NULL},
        {"-1e999999999999999999999", false, 0, NULL},
        {"\"48\"", false, 0, NULL},
        {"true", false, 0, NULL},
        {"null", false, 0, NULL},
        {"0.00000000000000000000000000000000000000000000000000000000000000001",
         false, 0, NULL}, // longer than anyone's id
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem why;
        char text[64];
        int64_t value = 0;
        struct json *number = open_string(rows[i].text, &why);
        assert_non_null(number);
        if (json_integer(number, 0, most, &value) != rows[i].is_integer ||
            value != rows[i].value)
            fail_msg("%s gives %lld", rows[i].text, (long long) value);
        bool has_text = json_number_text(number, text, sizeof text);
        assert_int_equal(has_text, rows[i].as_text != NULL);
        if (has_text)
            assert_string_equal(text, rows[i].as_text);
        json_close(number);
    }
}

static void
long_numbers_stay_numbers(void **state)
{
    (void) state;
    struct problem why;
    struct json *root =
        open_string("{\"a\":12345678901234567890,\"b\":\"\xC3\xBF"
                    "123\",\"c\":[1234567890123456]}",
                    &why);
    assert_non_null(root);
    assert_int_equal(json_type_of(json_get(root, "a")), JSON_NUMBER);
    assert_null(json_string(json_get(root, "a")));
    assert_string_equal(json_string(json_get(root, "b")), "\xC3\xBF"
                                                          "123");
    assert_int_equal(json_type_of(json_first(json_get(root, "c"))),
                     JSON_NUMBER);
    json_close(root);
}

/* `open` n times, then `close` n times. */
static struct json *
open_nested(char open, char close, int n, struct problem *why)
{
    struct text text = {0};
    for (int i = 0; i < n; i++)
        text_add_char(&text, open);
    for (int i = 0; i < n; i++)
        text_add_char(&text, close);
    struct json *root = json_open(text.bytes, text.len, why);
    text_destroy(&text);
    return root;
}

static void
depth_is_bounded(void **state)
{
    (void) state;
    struct problem why;
    struct json *root = open_nested('[', ']', JSON_MAX_DEPTH, &why);
    assert_non_null(root);
    json_close(root);
    assert_null(open_nested('[', ']', JSON_MAX_DEPTH + 1, &why));
    assert_non_null(strstr(why.text, "inside one another"));
    assert_int_equal(why.column, JSON_MAX_DEPTH + 1);
    assert_null(open_nested('[', ']', 1000000, &why));
}

static void
size_and_count_are_bounded(void **state)
{
    (void) state;
    struct problem why;
    struct text text = {0};
    text_add_char(&text, '[');
    for (int i = 0; i < JSON_MAX_VALUES - 2; i++)
        text_add_string(&text, "1,");
    text_add_string(&text, "1]");
    struct json *root = json_open(text.bytes, text.len, &why);
    assert_non_null(root);
    json_close(root);
    text_cut(&text, text.len - 1);
    text_add_string(&text, ",1]");
    assert_null(json_open(text.bytes, text.len, &why));
    assert_non_null(strstr(why.text, "far more values"));

    text_cut(&text, 0);
    text_add_char(&text, '"');
    while (text.len < FEED_MAX_BYTES - 1)
        text_add_char(&text, 'a');
    text_add_char(&text, '"');
    root = json_open(text.bytes, text.len, &why);
    assert_non_null(root);
    json_close(root);
    text_add_char(&text, ' ');
    assert_null(json_open(text.bytes, text.len, &why));
    assert_non_null(strstr(why.text, "2 MiB"));
    text_destroy(&text);
}

/* --- a test suite of others, when it is there --- */

static size_t
read_file(const char *path, char *bytes, size_t size)
{
    FILE *file = fopen(path, "rb");
    if (!file)
        return 0;
    size_t len = fread(bytes, 1, size, file);
    fclose(file);
    return len;
}

/* y_ must be read, n_ refused, i_ may go either way. */
static void
check_fixture(const char *folder, const char *name)
{
    // Good JSON that we refuse all the same: a text may hold no U+0000.
    bool has_nul =
        strstr(name, "null_escape") || strstr(name, "escaped_null_in_key");
    char path[1024];
    static char bytes[FEED_MAX_BYTES];
    struct problem why = {0};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    size_t len = read_file(path, bytes, sizeof bytes);
    struct json *root = json_open(bytes, len, &why);
    bool is_read = root != NULL;
    json_close(root);
    if (!is_read)
        assert_true(why.text[0] != '\0');
    if (name[0] == 'y' && is_read == has_nul)
        fail_msg("%s: %d:%d %s", name, why.line, why.column, why.text);
    if (name[0] == 'n' && is_read)
        fail_msg("%s was accepted", name);
}

static void
the_json_test_suite(void **state)
{
    (void) state;
    const char *fixtures = getenv("STAFFROOM_FIXTURES");
    char folder[512];
    snprintf(folder, sizeof folder, "%s/json",
             fixtures ? fixtures : "../shared/fixtures");
    DIR *dir = opendir(folder);
    if (!dir) {
        print_message("no fixtures in %s: skipped\n", folder);
        skip();
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (!strstr(entry->d_name, ".json"))
            continue;
        check_fixture(folder, entry->d_name);
        count++;
    }
    closedir(dir);
    print_message("ran %d documents of the JSON test suite\n", count);
    assert_true(count > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refusals_say_what_and_where),
        cmocka_unit_test(bytes_that_are_no_text_are_refused),
        cmocka_unit_test(getters_are_strict_and_forgive_strangers),
        cmocka_unit_test(numbers_are_whole_finite_and_exact),
        cmocka_unit_test(long_numbers_stay_numbers),
        cmocka_unit_test(depth_is_bounded),
        cmocka_unit_test(size_and_count_are_bounded),
        cmocka_unit_test(the_json_test_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
