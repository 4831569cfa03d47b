// links: src/view/fit.c src/base/arena.c src/base/memory.c src/base/utf8.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/flat_ruler.h"
#include "view/fit.h"

/* A letter is half an em, a space a quarter: at 10 px, 5 and 2.5 px. */

static struct fit
fit(struct arena *a, const char *text, int w, int h, int min_px, int max_px)
{
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, w, h, min_px, max_px, 1.2f};
    return fit_text(&r, a, text, strlen(text), &box);
}

static void
assert_line(const struct fit *f, int line, const char *text,
            const char *expected)
{
    assert_true(line < f->line_count);
    assert_int_equal(f->lines[line].len, strlen(expected));
    assert_memory_equal(text + f->lines[line].at, expected, strlen(expected));
}

static void
lines_are_balanced(void **state)
{
    struct arena a = {0};
    const char *text = "one two three four five";
    (void) state;
    struct fit f = fit(&a, text, 100, 24, 10, 10);
    assert_int_equal(f.line_count, 2); // greedy would leave "five" alone
    assert_line(&f, 0, text, "one two three");
    assert_line(&f, 1, text, "four five");
    assert_true(f.is_whole);
    arena_destroy(&a);
}

static void
the_largest_size_that_fits_is_taken(void **state)
{
    static const struct {
        const char *text;
        int w, h, size_px, lines;
    } rows[] = {
        {"abcd", 100, 100, 50, 1},      // width: 4 letters are 2 em
        {"abcd", 1000, 24, 20, 1},      // height: 1.2 em a line
        {"abcd efgh", 100, 120, 50, 2}, // both
        {"abcd", 5000, 5000, 100, 1},   // never above the maximum
        {"", 100, 100, 100, 0},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct arena a = {0};
        struct fit f = fit(&a, rows[i].text, rows[i].w, rows[i].h, 10, 100);
        assert_int_equal(f.size_px, rows[i].size_px);
        assert_int_equal(f.line_count, rows[i].lines);
        assert_true(f.is_whole);
        arena_destroy(&a);
    }
}

static void
newlines_are_kept(void **state)
{
    struct arena a = {0};
    const char *text = "ab\ncd\n\nef";
    (void) state;
    struct fit f = fit(&a, text, 500, 500, 10, 10);
    assert_int_equal(f.line_count, 4);
    assert_line(&f, 1, text, "cd");
    assert_line(&f, 2, text, "");
    assert_line(&f, 3, text, "ef");
    arena_destroy(&a);
}

static void
a_word_wider_than_the_box_is_cut_between_letters(void **state)
{
    struct arena a = {0};
    const char *text = "a \xC3\xB6\xC3\xB6\xC3\xB6\xC3\xB6\xC3\xB6 b"; // ööööö
    (void) state;
    struct fit f = fit(&a, text, 15, 500, 10, 40);
    assert_int_equal(f.size_px, 10);
    assert_true(f.is_whole);
    for (int i = 0; i < f.line_count; i++) {
        assert_true(f.lines[i].width_px <= 15);
        assert_int_equal(
            utf8_valid_prefix(text + f.lines[i].at, f.lines[i].len),
            f.lines[i].len);
    }
    arena_destroy(&a);
}

static void
one_letter_wider_than_the_box_still_ends(void **state)
{
    struct arena a = {0};
    (void) state;
    struct fit f = fit(&a, "WWWW", 3, 500, 10, 10);
    assert_int_equal(f.line_count, 4);
    arena_destroy(&a);
}

static void
what_does_not_fit_is_said(void **state)
{
    struct arena a = {0};
    (void) state;
    struct fit f = fit(&a, "one two three four", 30, 24, 10, 10);
    assert_false(f.is_whole);
    assert_int_equal(f.line_count, 2);
    arena_destroy(&a);
}

static void
one_line_is_cut_with_dots(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    const char *shown;
    (void) state;
    struct fit f = fit_one_line(&r, &a, "abcdefgh", 10, FONT_TEXT, 25, &shown);
    assert_string_equal(shown, "abcd…");
    assert_int_equal(f.width_px, 25);
    fit_one_line(&r, &a, "abcde", 10, FONT_TEXT, 25, &shown);
    assert_string_equal(shown, "abcde");
    fit_one_line(&r, &a, "", 10, FONT_TEXT, 25, &shown);
    assert_string_equal(shown, "");
    arena_destroy(&a);
}

static void
a_shortened_text_ends_behind_a_word(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, 45, 24, 10, 10, 1.2f};
    bool is_cut = false;
    (void) state;
    assert_string_equal(
        fit_shortened(&r, &a, "one two three four five six", &box, &is_cut),
        "one two three…");
    assert_true(is_cut);
    box.w = 35; // "three…" still fits, "three four" does not
    assert_string_equal(
        fit_shortened(&r, &a, "one two three four", &box, &is_cut),
        "one two three…");
    box.w = 25; // no room for dots behind "three"
    assert_string_equal(fit_shortened(&r, &a, "one three two", &box, &is_cut),
                        "one…");
    assert_string_equal(fit_shortened(&r, &a, "abcdefghijklm", &box, &is_cut),
                        "abcdefghi…");
    box.w = 45;
    is_cut = false;
    assert_string_equal(fit_shortened(&r, &a, "one two", &box, &is_cut),
                        "one two");
    assert_false(is_cut);
    arena_destroy(&a);
}

static void
pages_end_with_sentences(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, 60, 24, 10, 20, 1.2f};
    struct fit_page pages[FIT_PAGES_MAX];
    const char *text = "One two. Three four. “Five?” Six seven. Eight.";
    bool all_fit;
    (void) state;
    int count = fit_pages(&r, &a, text, strlen(text), &box, pages, &all_fit);
    assert_true(all_fit);
    assert_true(count > 1);
    for (int i = 0; i < count; i++) {
        const char *end = text + pages[i].at + pages[i].len;
        assert_true(end[-1] == '.' || end[-1] == '?' ||
                    memcmp(end - 3, "”", 3) == 0);
    }
    arena_destroy(&a);
}

static void
a_sentence_longer_than_a_page_goes_on(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, 50, 24, 10, 10, 1.2f};
    struct fit_page pages[FIT_PAGES_MAX];
    const char *text = "one two three four five six seven eight nine ten "
                       "eleven twelve";
    bool all_fit;
    (void) state;
    int count = fit_pages(&r, &a, text, strlen(text), &box, pages, &all_fit);
    assert_true(all_fit);
    assert_true(count > 2);
    size_t letters = 0, all = 0;
    for (int i = 0; i < count; i++)
        for (size_t j = 0; j < pages[i].len; j++)
            letters += text[pages[i].at + j] != ' ';
    for (const char *c = text; *c; c++)
        all += *c != ' ';
    assert_int_equal(letters, all); // nothing lost, nothing twice
    arena_destroy(&a);
}

static void
too_much_for_all_pages_is_said(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, 20, 12, 10, 10, 1.2f};
    struct fit_page pages[FIT_PAGES_MAX];
    char text[400];
    bool all_fit;
    (void) state;
    for (int i = 0; i < 399; i++)
        text[i] = i % 4 == 3 ? ' ' : 'x';
    text[399] = '\0';
    assert_int_equal(fit_pages(&r, &a, text, 399, &box, pages, &all_fit),
                     FIT_PAGES_MAX);
    assert_false(all_fit);
    arena_destroy(&a);
}

static void
no_height_at_all_comes_to_an_end(void **state)
{
    struct arena a = {0};
    struct ruler r = flat_ruler();
    struct fit_box box = {FONT_TEXT, 20, 0, 10, 10, 1.2f};
    struct fit_page pages[FIT_PAGES_MAX];
    bool all_fit;
    (void) state;
    assert_int_equal(fit_pages(&r, &a, "a b. c d.", 9, &box, pages, &all_fit),
                     2); // a line each: one too many rather than none
    arena_destroy(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_balanced),
        cmocka_unit_test(the_largest_size_that_fits_is_taken),
        cmocka_unit_test(newlines_are_kept),
        cmocka_unit_test(a_word_wider_than_the_box_is_cut_between_letters),
        cmocka_unit_test(one_letter_wider_than_the_box_still_ends),
        cmocka_unit_test(what_does_not_fit_is_said),
        cmocka_unit_test(one_line_is_cut_with_dots),
        cmocka_unit_test(a_shortened_text_ends_behind_a_word),
        cmocka_unit_test(pages_end_with_sentences),
        cmocka_unit_test(a_sentence_longer_than_a_page_goes_on),
        cmocka_unit_test(too_much_for_all_pages_is_said),
        cmocka_unit_test(no_height_at_all_comes_to_an_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
