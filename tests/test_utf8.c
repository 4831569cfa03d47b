// links: src/base/utf8.c src/base/memory.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

static void
valid_prefixes(void **state)
{
    static const struct {
        const char *bytes;
        size_t len, valid;
    } rows[] = {
        {"", 0, 0},
        {"plain", 5, 5},
        {"\xC5\xB5\xC5\xB7", 4, 4}, // ŵŷ
        {"\xF0\x9F\x99\x82", 4, 4}, // emoji
        {"a\xFF", 2, 1},            // no such byte
        {"a\xC5", 2, 1},            // cut off
        {"\xC0\xAF", 2, 0},         // overlong
        {"\xE0\x80\xAF", 3, 0},     // overlong
        {"\xED\xA0\x80", 3, 0},     // surrogate
        {"\xF4\x90\x80\x80", 4, 0}, // above U+10FFFF
        {"ok\x80", 3, 2},           // lonely continuation
        {"\xE2\x82", 2, 0},         // half a euro
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_valid_prefix(rows[i].bytes, rows[i].len),
                         rows[i].valid);
}

static void
next_and_put_are_inverse(void **state)
{
    static const uint32_t rows[] = {'a',    0x7F,    0x80,    0x7FF,   0x800,
                                    0xFFFD, 0x10000, 0x1F642, 0x10FFFF};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char bytes[4];
        size_t at = 0, len = utf8_put(rows[i], bytes);
        assert_int_equal(utf8_next(bytes, len, &at), rows[i]);
        assert_int_equal(at, len);
    }
    char bytes[4];
    size_t at = 0, len = utf8_put(0xD800, bytes);
    assert_int_equal(utf8_next(bytes, len, &at), 0xFFFD);
}

static void
a_broken_byte_moves_one(void **state)
{
    size_t at = 0;
    (void) state;
    assert_int_equal(utf8_next("\xE2\x82z", 3, &at), 0xFFFD);
    assert_int_equal(at, 1);
}

static void
graphemes_are_what_a_reader_calls_letters(void **state)
{
    static const struct {
        const char *text;
        size_t first;
    } rows[] = {
        {"ab", 1},
        {"e\xCC\x81x", 3}, // e + acute
        {"\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA9\xE2\x80\x8D"
         "\xF0\x9F\x91\xA7\xE2\x80\x8D\xF0\x9F\x91\xA6!",
         25},                                                    // family
        {"\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7\xF0\x9F\x87\xAB", 8}, // flag, half
        {"\r\nx", 2},
        {"\xC5\xB5y", 2},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(
            utf8_grapheme_end(rows[i].text, strlen(rows[i].text), 0),
            rows[i].first);
}

static void
a_hundred_marks_come_to_an_end(void **state)
{
    char text[1 + 2 * 300];
    (void) state;
    text[0] = 'a';
    for (int i = 0; i < 300; i++)
        memcpy(text + 1 + 2 * i, "\xCC\x81", 2);
    size_t at = 0, steps = 0;
    while (at < sizeof text) {
        size_t end = utf8_grapheme_end(text, sizeof text, at);
        assert_true(end > at && end <= sizeof text);
        at = end;
        steps++;
    }
    assert_true(steps < 10);
}

static void
cuts_at_letters(void **state)
{
    (void) state;
    assert_int_equal(utf8_cut("\xC5\xB5"
                              "abc",
                              5, 2),
                     3);
    assert_int_equal(utf8_cut("ab", 2, 9), 2);
    assert_int_equal(utf8_count("\xC5\xB5"
                                "abc",
                                5),
                     4);
}

static void
lines_break_where_they_may(void **state)
{
    const char *text = "Two-minute\nmysteries go";
    size_t len = strlen(text);
    bool may[64], must[64];
    (void) state;
    utf8_line_breaks(text, len, may, must);
    assert_false(may[0]);
    assert_true(may[4]);   // behind the hyphen
    assert_false(may[2]);  // inside a word
    assert_true(must[11]); // behind the newline
    assert_true(may[21]);  // before "go"
    assert_false(must[21]);
}

static void
directions_and_scripts(void **state)
{
    char script[5];
    (void) state;
    assert_true(utf8_is_right_to_left("1) \xD7\xA9", 5)); // Hebrew
    assert_false(utf8_is_right_to_left("a \xD7\xA9", 4));
    assert_false(utf8_is_right_to_left("123", 3));
    utf8_script(0x645, script);
    assert_string_equal(script, "Arab");
    utf8_script('x', script);
    assert_string_equal(script, "Latn");
    utf8_script('1', script);
    assert_string_equal(script, "Zyyy");
    utf8_script(0x928, script);
    assert_string_equal(script, "Deva");
}

static void
controls_and_ignorables(void **state)
{
    (void) state;
    assert_true(utf8_is_control(0x202E));
    assert_true(utf8_is_control('\n'));
    assert_true(utf8_is_control(0x85));
    assert_false(utf8_is_control('a'));
    assert_false(utf8_is_control(0x200D)); // holds families together
    assert_true(utf8_is_ignorable(0x200D));
    assert_true(utf8_is_ignorable(0xFE0F));
    assert_false(utf8_is_ignorable('a'));
}

static void
words(void **state)
{
    static const struct {
        const char *text;
        int words;
    } rows[] = {{"", 0},
                {"  ", 0},
                {"one", 1},
                {" two\nw ", 2},
                {"a\xC2\xA0"
                 "b",
                 2},
                {"well-kept ok", 2}};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        assert_int_equal(utf8_words(rows[i].text, strlen(rows[i].text)),
                         rows[i].words);
}

static void
letters_are_composed(void **state)
{
    static const struct {
        const char *text, *composed; // NULL: as it is
    } rows[] = {
        {"", NULL},
        {"plain", NULL},
        {"w\xCC\x82", "\xC5\xB5"},           // ŵ
        {"a e\xCC\x81 b", "a \xC3\xA9 b"},   // é
        {"\xC5\xB5", NULL},                   // is composed
        {"\xF0\x9F\x99\x82", NULL},           // nothing to compose
        {"q\xCC\x81", NULL},                  // has no composed form
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *made = utf8_compose(rows[i].text, strlen(rows[i].text));
        if (rows[i].composed)
            assert_string_equal(made, rows[i].composed);
        else
            assert_null(made);
        free(made);
    }
}

static void
letters_are_folded(void **state)
{
    static const struct {
        const char *text, *folded, *plain;
    } rows[] = {
        {"", "", ""},
        {"Jo", "jo", "jo"},
        {"STRA\xC3\x9F"
         "E",
         "strasse", "strasse"},
        {"JOS\xC3\x89", "jos\xC3\xA9", "jose"},
        {"Jose\xCC\x81", "jos\xC3\xA9", "jose"},
        {"\xC5\xB4yn", "\xC5\xB5yn", "wyn"},
        {"\xCE\xA3\xCE\xA3", "\xCF\x83\xCF\x83", "\xCF\x83\xCF\x83"},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *folded = utf8_fold(rows[i].text, strlen(rows[i].text), false);
        char *plain = utf8_fold(rows[i].text, strlen(rows[i].text), true);
        assert_string_equal(folded, rows[i].folded);
        assert_string_equal(plain, rows[i].plain);
        free(folded);
        free(plain);
    }
    assert_true(utf8_is_word('a') && utf8_is_word('Z') && utf8_is_word('0'));
    assert_true(utf8_is_word(0xE9) && utf8_is_word(0x301));
    assert_false(utf8_is_word('\'') || utf8_is_word(' ') || utf8_is_word('@') ||
                 utf8_is_word('[') || utf8_is_word(0x2019));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(valid_prefixes),
        cmocka_unit_test(next_and_put_are_inverse),
        cmocka_unit_test(a_broken_byte_moves_one),
        cmocka_unit_test(graphemes_are_what_a_reader_calls_letters),
        cmocka_unit_test(a_hundred_marks_come_to_an_end),
        cmocka_unit_test(cuts_at_letters),
        cmocka_unit_test(lines_break_where_they_may),
        cmocka_unit_test(directions_and_scripts),
        cmocka_unit_test(controls_and_ignorables),
        cmocka_unit_test(letters_are_composed),
        cmocka_unit_test(letters_are_folded),
        cmocka_unit_test(words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
