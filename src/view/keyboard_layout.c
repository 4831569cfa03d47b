#include "view/keyboard.h"

/*
 * What is on the keys. Widths are in tenths of a letter key; a row is as wide
 * as ten of them, and what its keys leave free is its inset, half on either
 * side. Variants are letters one after another, the likeliest first.
 */

#define TYPES(letter)                                                          \
    {                                                                          \
        letter, letter, KEY_TEXT, 10, NULL                                     \
    }
#define OFFERS(letter, variants)                                               \
    {                                                                          \
        letter, letter, KEY_TEXT, 10, variants                                 \
    }

#define ACTS(label, action, width)                                             \
    {                                                                          \
        label, "", action, width, NULL                                         \
    }

static const struct key digits[] = {
    TYPES("1"), TYPES("2"), TYPES("3"), TYPES("4"), TYPES("5"),
    TYPES("6"), TYPES("7"), TYPES("8"), TYPES("9"), TYPES("0"),
};

static const struct key letters_1[] = {
    TYPES("q"),          OFFERS("w", "ŵẁẃẅ"), OFFERS("e", "éèêë"),
    TYPES("r"),          TYPES("t"),          OFFERS("y", "ŷỳýÿ"),
    OFFERS("u", "úùûü"), OFFERS("i", "íìîï"), OFFERS("o", "óòôöœøõ"),
    TYPES("p"),
};
static const struct key letters_2[] = {
    OFFERS("a", "àâäáæãå"),
    OFFERS("s", "ß"),
    TYPES("d"),
    TYPES("f"),
    TYPES("g"),
    TYPES("h"),
    TYPES("j"),
    TYPES("k"),
    TYPES("l"),
};
static const struct key letters_3[] = {
    ACTS("⇧", KEY_SHIFT, 15), TYPES("z"), TYPES("x"),
    OFFERS("c", "ç"),         TYPES("v"), TYPES("b"),
    OFFERS("n", "ñ"),         TYPES("m"), ACTS("⌫", KEY_BACKSPACE, 15),
};

static const struct key capitals_1[] = {
    TYPES("Q"),          OFFERS("W", "ŴẀẂẄ"), OFFERS("E", "ÉÈÊË"),
    TYPES("R"),          TYPES("T"),          OFFERS("Y", "ŶỲÝŸ"),
    OFFERS("U", "ÚÙÛÜ"), OFFERS("I", "ÍÌÎÏ"), OFFERS("O", "ÓÒÔÖŒØÕ"),
    TYPES("P"),
};
static const struct key capitals_2[] = {
    OFFERS("A", "ÀÂÄÁÆÃÅ"),
    OFFERS("S", "ẞ"),
    TYPES("D"),
    TYPES("F"),
    TYPES("G"),
    TYPES("H"),
    TYPES("J"),
    TYPES("K"),
    TYPES("L"),
};
static const struct key capitals_3[] = {
    ACTS("⇧", KEY_SHIFT, 15), TYPES("Z"), TYPES("X"),
    OFFERS("C", "Ç"),         TYPES("V"), TYPES("B"),
    OFFERS("N", "Ñ"),         TYPES("M"), ACTS("⌫", KEY_BACKSPACE, 15),
};

static const struct key signs_1[] = {
    TYPES("£"), TYPES("€"), TYPES("&"),         TYPES("@"),         TYPES("#"),
    TYPES("("), TYPES(")"), OFFERS("+", "×÷*"), OFFERS("-", "–—_"), TYPES("="),
};
// Where there is a row for them.
static const struct key signs_more[] = {
    TYPES("–"), TYPES("—"), TYPES("“"), TYPES("”"), TYPES("*"),
    TYPES("×"), TYPES("÷"), TYPES("½"), TYPES("°"),
};
static const struct key signs_2[] = {
    OFFERS("%", "½°"), TYPES(":"),        TYPES(";"),
    OFFERS("!", "¡"),  OFFERS("'", "‘’"), OFFERS("\"", "“”«»"),
    TYPES("/"),        TYPES("…"),        ACTS("⌫", KEY_BACKSPACE, 20),
};

#define LAST_ROW(page_label, space_width)                                      \
    {                                                                          \
        ACTS(page_label, KEY_PAGE, 16), OFFERS(",", ";:–—"),                   \
            OFFERS("’", "‘“”'\""),                                             \
            {"space", " ", KEY_SPACE, space_width, NULL}, OFFERS(".", "…!:"),  \
            OFFERS("?", "!¿"), ACTS("↵", KEY_ENTER, 16),                       \
    }
static const struct key last_letters[] = LAST_ROW("£1?", 40);
static const struct key last_letters_digits[] = LAST_ROW("£&?", 50);
static const struct key last_signs[] = LAST_ROW("abc", 40);
static const struct key last_signs_digits[] = LAST_ROW("abc", 50);

#define ROW(keys, inset, height)                                               \
    {                                                                          \
        keys, sizeof keys / sizeof keys[0], inset, height                      \
    }

const struct keyboard_layout keyboard_layouts[2][KEYBOARD_PAGE_COUNT] = {
    {
        [KEYBOARD_LETTERS] = {{ROW(letters_1, 0, 10), ROW(letters_2, 5, 10),
                               ROW(letters_3, 0, 10), ROW(last_letters, 0, 10)},
                              4},
        [KEYBOARD_CAPITALS] = {{ROW(capitals_1, 0, 10), ROW(capitals_2, 5, 10),
                                ROW(capitals_3, 0, 10),
                                ROW(last_letters, 0, 10)},
                               4},
        [KEYBOARD_SIGNS] = {{ROW(digits, 0, 10), ROW(signs_1, 0, 10),
                             ROW(signs_2, 0, 10), ROW(last_signs, 0, 10)},
                            4},
    },
    {
        [KEYBOARD_LETTERS] = {{ROW(digits, 0, KEYBOARD_DIGITS_TENTHS),
                               ROW(letters_1, 0, 10), ROW(letters_2, 5, 10),
                               ROW(letters_3, 0, 10),
                               ROW(last_letters_digits, 0, 10)},
                              5},
        [KEYBOARD_CAPITALS] = {{ROW(digits, 0, KEYBOARD_DIGITS_TENTHS),
                                ROW(capitals_1, 0, 10), ROW(capitals_2, 5, 10),
                                ROW(capitals_3, 0, 10),
                                ROW(last_letters_digits, 0, 10)},
                               5},
        [KEYBOARD_SIGNS] = {{ROW(digits, 0, KEYBOARD_DIGITS_TENTHS),
                             ROW(signs_1, 0, 10), ROW(signs_more, 5, 10),
                             ROW(signs_2, 0, 10),
                             ROW(last_signs_digits, 0, 10)},
                            5},
    },
};
