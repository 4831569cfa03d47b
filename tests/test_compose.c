// links: src/core/compose.c src/base/utf8.c src/base/memory.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "core/compose.h"

#define FAMILY "👩‍👩‍👧‍👦"         // one letter of 25 bytes
#define KISS "👩🏻‍❤️‍💋‍👨🏻" // 35
#define FLAG "🏴󠁧󠁢󠁷󠁬󠁳󠁿"        // Wales: 28
#define E_ACUTE "e\xCC\x81"                        // combining

static bool
insert(struct compose *c, const char *text)
{
    return compose_insert(c, text, strlen(text));
}

/* The text with | at the caret. */
static const char *
shown(const struct compose *c)
{
    static char out[COMPOSE_BYTES_MAX + 2];
    const struct compose_line *l = &c->lines[c->field];
    assert_int_equal(strlen(l->bytes), l->len);
    memcpy(out, l->bytes, l->caret);
    out[l->caret] = '|';
    memcpy(out + l->caret + 1, l->bytes + l->caret, l->len - l->caret + 1);
    return out;
}

/*
 * Keys for `play`: < and > move by a letter, ^ to the start, $ to the end,
 * ~ backspace, @ backspace by word, # delete; all else is typed.
 */
static void
play(struct compose *c, const char *keys)
{
    size_t len = strlen(keys);
    for (size_t at = 0, end; at < len; at = end) {
        end = utf8_grapheme_end(keys, len, at);
        switch (keys[at]) {
        case '<':
            compose_move(c, -1);
            break;
        case '>':
            compose_move(c, 1);
            break;
        case '^':
            compose_place_caret(c, 0);
            break;
        case '$':
            compose_place_caret(c, SIZE_MAX);
            break;
        case '~':
            compose_backspace(c);
            break;
        case '@':
            compose_backspace_word(c);
            break;
        case '#':
            compose_delete(c);
            break;
        default:
            compose_insert(c, keys + at, end - at);
        }
    }
}

static void
keys_do_what_they_say(void **state)
{
    static const struct {
        const char *keys, *shown;
    } rows[] = {
        {"", "|"},
        {"~@#<>", "|"}, // nothing to do, nothing done
        {"tea", "tea|"},
        {"tea<", "te|a"},
        {"tea<<<<<", "|tea"},
        {"tea^>o", "to|ea"},
        {"tea^#", "|ea"},
        {"tea~", "te|"},
        {"tea^$s", "teas|"},
        {"x" FAMILY "y<", "x" FAMILY "|y"},
        {"x" FAMILY "y<<", "x|" FAMILY "y"},
        {"x" FAMILY "y<~", "x|y"},
        {"x" FAMILY "y^>#", "x|y"},
        {KISS FLAG "~", KISS "|"},
        {"🇧^🇬", "🇬🇧|"}, // what came became part of what was there
        {"caf" E_ACUTE "~", "caf|"},
        {"caf" E_ACUTE "<", "caf|" E_ACUTE},
        {"one two@", "one |"},
        {"one two @", "one |"},
        {"one two   @", "one |"},
        {"one two@@", "|"},
        {"one two<@", "one |o"},
        {"   @", "|"},
        {"one " FAMILY FAMILY "@", "one |"},
        // two spaces
        {"hall  ", "hall. |"},
        {"Y5  ", "Y5. |"},
        {"ŵ  ", "ŵ. |"},
        {"hall   ", "hall.  |"},
        {"hall  ~", "hall  |"},
        {"hall  ~~", "hall |"},
        {"hall  ~ ", "hall   |"},
        {"hall  <>~", "hall.|"}, // no longer right after
        {"hall  x~~", "hall.|"},
        {"  ", "  |"},
        {"hall!  ", "hall!  |"},
        {FAMILY "  ", FAMILY "  |"},
        {"go on^>>  ", "go. | on"},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct compose c = {0};
        play(&c, rows[i].keys);
        assert_string_equal(shown(&c), rows[i].shown);
    }
}

static void
what_is_pasted_is_made_fit(void **state)
{
    static const struct {
        const char *pasted, *shown;
        bool is_all;
    } rows[] = {
        {"one\ntwo", "one two|", true},
        {"one\r\ntwo\rthree\tfour", "one two three four|", true},
        {"4006381333931\r\n", "4006381333931 |", true}, // a bar code
        {"a\x1b[31mb\x07\x7f", "a[31mb|", true},
        {"a\xE2\x80\xAE"
         "b\xC2\x85\xEF\xBB\xBF",
         "ab|", true}, // turns the line around; C1; BOM
        {"a\xFF\xC3", "a|", true},
        {"\xED\xA0\x80x\xC0\x80y", "xy|", true}, // surrogate, overlong
        {"one  two", "one  two|", true},         // no stop: not typed
        {"\xE2\x80\xA8", " |", true},            // line separator
        {"", "|", true},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct compose c = {0};
        assert_int_equal(insert(&c, rows[i].pasted), rows[i].is_all);
        assert_string_equal(shown(&c), rows[i].shown);
    }
}

static void
a_nul_is_a_control_character_too(void **state)
{
    struct compose c = {0};
    (void) state;
    assert_true(compose_insert(&c, "a\0b", 3));
    assert_string_equal(shown(&c), "ab|");
}

static void
the_limit_is_hard(void **state)
{
    static const char *const letters[] = {"W", FAMILY, E_ACUTE, "ŵ", "一"};
    (void) state;
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        struct compose c = {0};
        for (int n = 0; n < COMPOSE_TEXT_LETTERS; n++) {
            assert_int_equal(compose_left(&c, COMPOSE_TEXT),
                             COMPOSE_TEXT_LETTERS - n);
            assert_true(insert(&c, letters[i]));
        }
        assert_int_equal(compose_left(&c, COMPOSE_TEXT), 0);
        assert_false(insert(&c, letters[i]));
        assert_int_equal(c.lines[COMPOSE_TEXT].len,
                         COMPOSE_TEXT_LETTERS * strlen(letters[i]));
        compose_place_caret(&c, 0);
        assert_false(insert(&c, "x"));
        assert_true(compose_backspace(&c) == false);
        assert_true(compose_delete(&c));
        assert_true(insert(&c, "x"));
        assert_int_equal(compose_left(&c, COMPOSE_TEXT), 0);
    }
}

static void
a_full_post_it_still_takes_an_accent(void **state)
{
    struct compose c = {0};
    (void) state;
    for (int n = 0; n < COMPOSE_TEXT_LETTERS; n++)
        insert(&c, "e");
    assert_true(insert(&c, "\xCC\x81"));
    assert_int_equal(compose_left(&c, COMPOSE_TEXT), 0);
    assert_int_equal(c.lines[COMPOSE_TEXT].len, COMPOSE_TEXT_LETTERS + 2);
}

static void
what_is_too_long_is_cut_between_letters(void **state)
{
    struct compose c = {0};
    char many[200 * sizeof FAMILY] = "";
    (void) state;
    for (size_t n = 0; n < 200; n++)
        memcpy(many + n * strlen(FAMILY), FAMILY, sizeof FAMILY);
    assert_true(insert(&c, "ab"));
    compose_place_caret(&c, 1);
    assert_false(insert(&c, many));
    assert_int_equal(compose_left(&c, COMPOSE_TEXT), 0);
    assert_int_equal(c.lines[COMPOSE_TEXT].len, 2 + 138 * strlen(FAMILY));
    assert_int_equal(c.lines[COMPOSE_TEXT].caret, 1 + 138 * strlen(FAMILY));
}

static void
bytes_are_limited_too(void **state)
{
    struct compose c = {0};
    int taken = 0;
    (void) state;
    while (insert(&c, KISS))
        taken++;
    assert_int_equal(taken, COMPOSE_BYTES_MAX / (int) strlen(KISS));
    assert_true(compose_left(&c, COMPOSE_TEXT) > 0);
    char tower[1001];
    tower[0] = 'e';
    for (int i = 1; i < 1000; i += 2)
        memcpy(tower + i, "\xCC\x81", 2);
    tower[999] = '\0';
    compose_reset(&c);
    insert(&c, tower);
    assert_int_equal(c.lines[COMPOSE_TEXT].len, 63);
    assert_false(insert(&c, "\xCC\x81")); // nor one by one
    assert_true(insert(&c, "x"));
    char pasted[20000];
    memset(pasted, 'W', sizeof pasted);
    compose_reset(&c);
    assert_false(compose_insert(&c, pasted, sizeof pasted));
    assert_int_equal(c.lines[COMPOSE_TEXT].len, COMPOSE_TEXT_LETTERS);
}

static void
a_stop_made_of_spaces_keeps_to_the_limit(void **state)
{
    struct compose c = {0};
    (void) state;
    for (int n = 0; n < COMPOSE_TEXT_LETTERS - 1; n++)
        insert(&c, "W");
    assert_true(insert(&c, " "));
    assert_false(insert(&c, " "));
    assert_int_equal(c.lines[COMPOSE_TEXT].len, COMPOSE_TEXT_LETTERS);
    assert_true(compose_backspace(&c));
    assert_true(compose_backspace(&c));
    assert_true(insert(&c, " "));
    assert_true(insert(&c, " "));
    assert_int_equal(compose_left(&c, COMPOSE_TEXT), 0);
    assert_int_equal(
        strcmp(c.lines[COMPOSE_TEXT].bytes + COMPOSE_TEXT_LETTERS - 2, ". "),
        0);
}

static void
the_name_is_a_shorter_line(void **state)
{
    struct compose c = {0};
    (void) state;
    insert(&c, "Silent debate");
    c.field = COMPOSE_NAME;
    play(&c, "Jo  ");
    assert_string_equal(shown(&c), "Jo  |"); // no full stop in a name
    for (int n = 4; n < COMPOSE_NAME_LETTERS; n++)
        assert_true(insert(&c, "x"));
    assert_false(insert(&c, "x"));
    assert_int_equal(compose_left(&c, COMPOSE_NAME), 0);
    assert_int_equal(compose_left(&c, COMPOSE_TEXT), COMPOSE_TEXT_LETTERS - 13);
    c.field = COMPOSE_TEXT;
    assert_string_equal(shown(&c), "Silent debate|");
}

static void
capitals_come_by_themselves(void **state)
{
    static const struct {
        const char *keys;
        bool wants;
    } rows[] = {
        {"", true},          {"  ", true},    {"a", false},
        {"a ", false},       {"a.", false},   {"a. ", true},
        {"a.   ", true},     {"a? ", true},   {"a! ", true},
        {"a, ", false},      {"a: ", false},  {"go  ", true},
        {"(a.) ", true},     {"‘a!’ ", true}, {"a”", false},
        {"a. b<", true},     {"a. b^", true}, {"a. b<<", false},
        {FAMILY " ", false}, {"2.5", false},  {".", false},
        {". ", true},        {") ", false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct compose c = {0};
        play(&c, rows[i].keys);
        if (compose_wants_capital(&c) != rows[i].wants)
            fail_msg("\"%s\"", rows[i].keys);
    }
}

static void
the_caret_goes_between_letters_only(void **state)
{
    struct compose c = {0};
    size_t len = strlen(FAMILY);
    (void) state;
    insert(&c, "a" FAMILY "b");
    for (size_t at = 0; at < len + 10; at++) {
        compose_place_caret(&c, at);
        assert_int_equal(c.lines[0].caret, at < 1          ? 0
                                           : at < 1 + len  ? 1
                                           : at == 1 + len ? at
                                                           : len + 2);
    }
    assert_false(compose_move(&c, 1));
    assert_true(compose_move(&c, -100));
    assert_int_equal(c.lines[0].caret, 0);
    assert_false(compose_move(&c, -1));
    assert_true(compose_move(&c, 2));
    assert_int_equal(c.lines[0].caret, 1 + len);
}

static void
only_blanks_are_refused_kindly(void **state)
{
    static const struct {
        const char *pasted, *result; // "" refused
    } rows[] = {
        {"", ""},
        {"     ", ""},
        {" \n\t ", ""},
        {"\xC2\xA0\xE3\x80\x80\xE2\x80\x8B\xE2\x80\x8D",
         ""}, // nbsp, wide, zero
        {" tea ", "tea"},
        {"tea", "tea"},
        {"\n\n tea  and  cake \n", "tea  and  cake"},
        {" ❤️ ", "❤️"}, // its variation selector belongs to it
        {" " FAMILY, FAMILY},
        {".", "."},
    };
    char out[COMPOSE_BYTES_MAX + 1];
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct compose c = {0};
        insert(&c, rows[i].pasted);
        assert_int_equal(compose_refusal(&c) == NULL, *rows[i].result != '\0');
        size_t len = compose_result(&c, COMPOSE_TEXT, out);
        assert_string_equal(out, rows[i].result);
        assert_int_equal(len, strlen(out));
    }
}

static void
it_belongs_to_something(void **state)
{
    struct compose c = {0};
    char id[COMPOSE_ID_BYTES_MAX + 2];
    (void) state;
    assert_string_equal(c.answers, "");
    assert_true(compose_set_answers(&c, "q-2026-11-26"));
    assert_string_equal(c.answers, "q-2026-11-26");
    memset(id, 'x', sizeof id);
    id[sizeof id - 1] = '\0';
    assert_false(compose_set_answers(&c, id));
    assert_string_equal(c.answers, "");
    id[sizeof id - 2] = '\0';
    assert_true(compose_set_answers(&c, id));
    assert_string_equal(c.answers, id);
}

static void
a_copy_is_a_draft(void **state)
{
    struct compose c = {0}, draft;
    (void) state;
    play(&c, "hall  ");
    c.colour = COLOUR_MINT;
    draft = c;
    compose_reset(&c);
    assert_string_equal(shown(&c), "|");
    assert_int_equal(c.colour, COLOUR_YELLOW);
    assert_int_equal(c.sort, SORT_IDEA);
    c = draft;
    assert_int_equal(c.colour, COLOUR_MINT);
    play(&c, "~");
    assert_string_equal(shown(&c), "hall  |");
}

/* Everything that has to be true of a line whatever was done to it. */
static void
assert_sound(const struct compose *c, enum compose_field field, size_t most)
{
    const struct compose_line *l = &c->lines[field];
    size_t letters = 0;
    bool is_between = l->caret == l->len;
    assert_true(l->len <= COMPOSE_BYTES_MAX && l->bytes[l->len] == '\0');
    assert_int_equal(utf8_valid_prefix(l->bytes, l->len), l->len);
    for (size_t at = 0; at < l->len; letters++) {
        is_between = is_between || at == l->caret;
        at = utf8_grapheme_end(l->bytes, l->len, at);
    }
    for (size_t at = 0; at < l->len;)
        assert_false(utf8_is_control(utf8_next(l->bytes, l->len, &at)));
    assert_true(is_between);
    assert_true(letters <= most);
    assert_int_equal(compose_left(c, field), most - letters);
}

static void
no_order_of_keys_breaks_it(void **state)
{
    static const char *const pieces[] = {
        "a",
        "W",
        " ",
        ".",
        "? ",
        "\n",
        FAMILY,
        KISS,
        FLAG,
        "e",
        E_ACUTE,
        "ŵ",
        "مرحبا",
        "🇬",
        "🇧",
        "\xCC\x81",
        "‍",
        "👩",
        "한",
        "\xE1\x84\x92",
        "क्‍ष",
        "\xFF\x01",
        "one two",
        "\xE1\x85\xA1",
        "\xD8\x80",
        "️",
    };
    const size_t count = sizeof pieces / sizeof pieces[0];
    (void) state;
    for (unsigned seed = 1; seed <= 25; seed++) {
        struct compose c = {0};
        srand(seed);
        for (int step = 0; step < 600; step++) {
            const char *piece = pieces[(size_t) rand() % count];
            switch (rand() % 14) {
            case 0:
                compose_backspace(&c);
                break;
            case 1:
                compose_backspace_word(&c);
                break;
            case 2:
                compose_delete(&c);
                break;
            case 3:
                compose_move(&c, rand() % 7 - 3);
                break;
            case 4:
                compose_place_caret(&c, (size_t) rand() % 400);
                break;
            case 5:
                c.field = rand() % 2 ? COMPOSE_TEXT : COMPOSE_NAME;
                break;
            case 6: // part of a letter, as a broken device may send it
                compose_insert(&c, piece, 1 + (size_t) rand() % strlen(piece));
                break;
            default:
                insert(&c, piece);
            }
            assert_sound(&c, COMPOSE_TEXT, COMPOSE_TEXT_LETTERS);
            assert_sound(&c, COMPOSE_NAME, COMPOSE_NAME_LETTERS);
        }
        for (int i = 0; i < 2; i++) {
            c.field = i ? COMPOSE_TEXT : COMPOSE_NAME;
            compose_place_caret(&c, SIZE_MAX);
            for (int n = 0; n <= 2 * COMPOSE_TEXT_LETTERS; n++)
                compose_backspace(&c);
            assert_string_equal(shown(&c), "|");
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_do_what_they_say),
        cmocka_unit_test(what_is_pasted_is_made_fit),
        cmocka_unit_test(a_nul_is_a_control_character_too),
        cmocka_unit_test(the_limit_is_hard),
        cmocka_unit_test(a_full_post_it_still_takes_an_accent),
        cmocka_unit_test(what_is_too_long_is_cut_between_letters),
        cmocka_unit_test(bytes_are_limited_too),
        cmocka_unit_test(a_stop_made_of_spaces_keeps_to_the_limit),
        cmocka_unit_test(the_name_is_a_shorter_line),
        cmocka_unit_test(capitals_come_by_themselves),
        cmocka_unit_test(the_caret_goes_between_letters_only),
        cmocka_unit_test(only_blanks_are_refused_kindly),
        cmocka_unit_test(it_belongs_to_something),
        cmocka_unit_test(a_copy_is_a_draft),
        cmocka_unit_test(no_order_of_keys_breaks_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
