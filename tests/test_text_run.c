// links: src/sdl/fonts.c src/sdl/text_run.c src/sdl/text_ruler.c src/view/draw.c src/base/arena.c src/base/check.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sdl/text_run.h"

static struct fonts *
open_fonts(void)
{
    const char *assets = getenv("STAFFROOM_ASSETS");
    char folder[512];
    struct problem why;
    snprintf(folder, sizeof folder, "%s/fonts", assets ? assets : "assets");
    struct fonts *f = fonts_open(folder, &why);
    if (!f)
        fail_msg("%s", why.text);
    return f;
}

static int
cut(struct fonts *f, const char *text, struct text_run runs[TEXT_RUNS_MAX])
{
    return text_runs(f, FONT_TEXT, text, strlen(text), runs);
}

static void
assert_run(const char *line, const struct text_run *run, const char *text,
           const char *script, bool is_right_to_left)
{
    assert_int_equal(run->len, strlen(text));
    assert_memory_equal(line + run->at, text, run->len);
    assert_string_equal(run->script, script);
    assert_int_equal(run->is_right_to_left, is_right_to_left);
}

static void
plain_letters_are_one_run(void **state)
{
    static const char *const lines[] = {
        "Every child known.", "10:42", " ", "ŵ ŷ Ŵ Ŷ – “curly” £5 €10",
        "Grüße, naïve café",
    };
    struct text_run runs[TEXT_RUNS_MAX];
    struct fonts *f = open_fonts();
    (void) state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        assert_int_equal(cut(f, lines[i], runs), 1);
        assert_run(lines[i], &runs[0], lines[i], "Latn", false);
        assert_int_equal(runs[0].face, FONTS_FACE_OWN);
    }
    assert_int_equal(cut(f, "", runs), 0);
    fonts_close(f);
}

static void
welsh_letters_are_in_every_role(void **state)
{
    static const char *const letters[] = {"ŵ", "ŷ", "Ŵ", "Ŷ", "â",
                                          "£", "€", "’", "–", "…"};
    struct fonts *f = open_fonts();
    (void) state;
    for (int role = 0; role < FONT_COUNT; role++)
        for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++)
            assert_int_equal(fonts_face_for(f, (enum font) role, letters[i],
                                            strlen(letters[i])),
                             FONTS_FACE_OWN);
    fonts_close(f);
}

static void
arabic_runs_from_the_right(void **state)
{
    static const char line[] = "مرحبا";
    struct text_run runs[TEXT_RUNS_MAX];
    struct fonts *f = open_fonts();
    (void) state;
    assert_int_equal(cut(f, line, runs), 1);
    assert_run(line, &runs[0], line, "Arab", true);
    fonts_close(f);
}

static void
mixed_directions_stand_in_visual_order(void **state)
{
    static const struct {
        const char *line;
        int count;
        const char *runs[4];
    } rows[] = {
        // Digits after Arabic stand to its left, read from left to right.
        {"abc مرحبا 123", 3, {"abc ", "123", "مرحبا "}},
        {"abc مرحبا def", 3, {"abc ", "مرحبا", " def"}},
        {"مرحبا abc", 2, {"abc", "مرحبا "}}, // the line runs leftwards
        {"שלום 42", 2, {"42", "שלום "}},
        {"a שלום مرحبا b", 4, {"a ", "مرحبا", "שלום ", " b"}},
    };
    struct text_run runs[TEXT_RUNS_MAX];
    struct fonts *f = open_fonts();
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_int_equal(cut(f, rows[i].line, runs), rows[i].count);
        for (int r = 0; r < rows[i].count; r++) {
            assert_int_equal(runs[r].len, strlen(rows[i].runs[r]));
            assert_memory_equal(rows[i].line + runs[r].at, rows[i].runs[r],
                                runs[r].len);
        }
    }
    fonts_close(f);
}

static void
an_emoji_family_stays_together(void **state)
{
    static const char *const emoji[] = {
        "👨‍👩‍👧‍👦",    "👍🏽", "❤️", "🇬🇧",
        "🏴󠁧󠁢󠁷󠁬󠁳󠁿", "#️⃣",
    };
    struct text_run runs[TEXT_RUNS_MAX];
    struct fonts *f = open_fonts();
    (void) state;
    for (size_t i = 0; i < sizeof emoji / sizeof emoji[0]; i++) {
        char line[64];
        snprintf(line, sizeof line, "a %s b", emoji[i]);
        assert_int_equal(cut(f, line, runs), 3);
        assert_int_equal(runs[1].face, FONTS_FACE_EMOJI);
        assert_int_equal(runs[1].at, 2);
        assert_int_equal(runs[1].len, strlen(emoji[i]));
    }
    fonts_close(f);
}

static void
a_family_is_as_wide_as_one_emoji(void **state)
{
    struct fonts *f = open_fonts();
    struct ruler ruler = text_ruler(f);
    static const char family[] = "👨‍👩‍👧‍👦", one[] = "👨";
    (void) state;
    float together =
        ruler.width_em(ruler.data, FONT_TEXT, family, strlen(family));
    float alone = ruler.width_em(ruler.data, FONT_TEXT, one, strlen(one));
    assert_true(together > 0.5F && together < alone * 1.2F);
    fonts_close(f);
}

static void
arabic_letters_join(void **state)
{
    // With a character between that forbids joining each letter stands in its
    // wider, lonely form.
    static const char joined[] = "مرحبا",
                      apart[] = "م\u200Cر\u200Cح\u200Cب\u200Cا";
    struct fonts *f = open_fonts();
    struct ruler ruler = text_ruler(f);
    (void) state;
    float em = ruler.width_em(ruler.data, FONT_TEXT, joined, strlen(joined));
    float wide = ruler.width_em(ruler.data, FONT_TEXT, apart, strlen(apart));
    assert_true(em > 0.5F);
    assert_true(em < wide * 0.9F);
    fonts_close(f);
}

static void
a_line_is_as_wide_as_its_words(void **state)
{
    struct fonts *f = open_fonts();
    struct ruler ruler = text_ruler(f);
    (void) state;
    float a = ruler.width_em(ruler.data, FONT_HAND, "post", 4);
    float space = ruler.width_em(ruler.data, FONT_HAND, " ", 1);
    float b = ruler.width_em(ruler.data, FONT_HAND, "it", 2);
    float all = ruler.width_em(ruler.data, FONT_HAND, "post it", 7);
    assert_true(a > 0.5F && b > 0.2F && space > 0.05F);
    assert_float_equal(all, a + space + b, 0.0001F);
    assert_float_equal(ruler.width_em(ruler.data, FONT_HAND, "", 0), 0, 0);
    fonts_close(f);
}

static void
shapes_are_those_of_letters(void **state)
{
    struct fonts *f = open_fonts();
    struct ruler ruler = text_ruler(f);
    (void) state;
    for (int role = 0; role < FONT_COUNT; role++) {
        struct font_shape shape = ruler.shape(ruler.data, (enum font) role);
        assert_true(shape.cap > 0.55F && shape.cap < 0.8F);
        assert_true(shape.ascent > shape.cap && shape.ascent < 1.3F);
        assert_true(shape.descent > 0.1F && shape.descent < 0.5F);
    }
    fonts_close(f);
}

static void
endless_lines_are_bounded(void **state)
{
    static char line[20000];
    static struct text_run runs[TEXT_RUNS_MAX];
    struct fonts *f = open_fonts();
    struct ruler ruler = text_ruler(f);
    (void) state;
    for (size_t i = 0; i + 4 < sizeof line; i += 4)
        memcpy(line + i, i % 8 ? "abم" : "👍", 4);
    size_t len = sizeof line - 4;
    int count = text_runs(f, FONT_TEXT, line, len, runs);
    assert_in_range(count, 1, TEXT_RUNS_MAX);
    size_t bytes = 0;
    for (int i = 0; i < count; i++)
        bytes += runs[i].len;
    assert_in_range(bytes, TEXT_LINE_MAX - 3, TEXT_LINE_MAX);
    memset(line, 'a', sizeof line);
    assert_true(ruler.width_em(ruler.data, FONT_TEXT, line, sizeof line) > 50);
    fonts_close(f);
}

static void
missing_fonts_say_which(void **state)
{
    struct problem why = {0};
    (void) state;
    assert_null(fonts_open("/nowhere", &why));
    assert_non_null(strstr(why.text, "AtkinsonHyperlegibleNext_400"));
}

static void
sizes_come_and_go(void **state)
{
    struct fonts *f = open_fonts();
    (void) state;
    for (int i = 0; i < 300; i++)
        assert_int_equal(
            TTF_FontHeight(fonts_at(f, FONT_TEXT, 0, 20 + i % 60)) > 20, 1);
    assert_non_null(fonts_at(f, FONT_TEXT, 9999, 20));
    assert_non_null(fonts_at(f, FONT_TEXT, 0, 0));
    fonts_close(f);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_letters_are_one_run),
        cmocka_unit_test(welsh_letters_are_in_every_role),
        cmocka_unit_test(arabic_runs_from_the_right),
        cmocka_unit_test(mixed_directions_stand_in_visual_order),
        cmocka_unit_test(an_emoji_family_stays_together),
        cmocka_unit_test(a_family_is_as_wide_as_one_emoji),
        cmocka_unit_test(arabic_letters_join),
        cmocka_unit_test(a_line_is_as_wide_as_its_words),
        cmocka_unit_test(shapes_are_those_of_letters),
        cmocka_unit_test(endless_lines_are_bounded),
        cmocka_unit_test(missing_fonts_say_which),
        cmocka_unit_test(sizes_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
