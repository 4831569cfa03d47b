// links: src/view/theme.c src/view/palette.c src/base/utf8.c
// links: src/base/memory.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/flat_ruler.h"
#include "view/palette.h"
#include "view/theme.h"

static void
every_text_can_be_read(void **state)
{
    (void) state;
    assert_true(palette_pair_count > 20);
    for (int i = 0; i < palette_pair_count; i++) {
        const struct palette_pair *p = &palette_pairs[i];
        double contrast = palette_contrast(p->text, p->ground);
        if (contrast < 7)
            fail_msg("%s: %.2f, not 7", p->use, contrast);
    }
}

static void
contrast_is_the_one_of_wcag(void **state)
{
    (void) state;
    assert_in_range((int) (palette_contrast(0xFFFFFFFF, 0xFF000000) * 100),
                    2099, 2101);
    assert_in_range((int) (palette_contrast(0xFF777777, 0xFFFFFFFF) * 100), 447,
                    449);
}

static void
layouts_follow_the_shape(void **state)
{
    static const struct {
        int w, h;
        enum layout layout;
    } rows[] = {
        {1920, 1080, LAYOUT_WIDE}, {3840, 2160, LAYOUT_WIDE},
        {1280, 720, LAYOUT_WIDE},  {1024, 768, LAYOUT_WIDE},
        {1080, 1920, LAYOUT_TALL}, {720, 1280, LAYOUT_TALL},
        {480, 800, LAYOUT_TALL},   {800, 480, LAYOUT_SMALL},
        {899, 600, LAYOUT_SMALL},  {1000, 1000, LAYOUT_TALL},
    };
    struct ruler r = flat_ruler();
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct panel p = {.w = rows[i].w, .h = rows[i].h, .has_touch = true};
        struct theme t;
        theme_make(&t, &p, &r);
        assert_int_equal(t.layout, rows[i].layout);
        // bands in their order, and nothing outside the panel
        assert_true(t.header.y >= 0);
        assert_true(t.content.y >= t.header.y + t.header.h);
        assert_true(t.content.h > 0);
        assert_true(t.footer.y >= t.content.y + t.content.h);
        assert_true(t.footer.y + t.footer.h <= t.h);
        assert_true(t.content.x >= 0 && t.content.x + t.content.w <= t.w);
    }
}

static void
letters_are_as_large_as_the_distance_asks(void **state)
{
    static const struct {
        int w, h;
        double diagonal_in, distance_m;
        int cap_px; // height of a capital, across the room
    } rows[] = {
        {1920, 1080, 0, 0, 38},  // 43 inch at 3 m: 19.2 mm
        {1920, 1080, 43, 6, 77}, // twice as far
        {3840, 2160, 0, 0, 77},  // twice as fine
        {800, 480, 7, 0, 26},    // 7 inch is stood before: 0.8 m
        {800, 480, 7, 1.6, 53},  // unless somebody says otherwise
        {800, 480, 7, 30, 60},   // but a sentence has to fit
    };
    struct ruler r = flat_ruler();
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct panel p = {.w = rows[i].w,
                          .h = rows[i].h,
                          .diagonal_in = rows[i].diagonal_in,
                          .distance_m = rows[i].distance_m};
        struct theme t;
        theme_make(&t, &p, &r);
        assert_int_equal((int) t.read_cap_px, rows[i].cap_px);
        // and a size chosen for it keeps the promise
        int px = theme_read_px(&t, FONT_TEXT);
        assert_true((float) px * 0.7f >= t.read_cap_px - 0.01f);
    }
}

static void
thumbs_do_not_shrink(void **state)
{
    struct ruler r = flat_ruler();
    struct panel p = {.w = 800, .h = 480, .diagonal_in = 7, .has_touch = true};
    struct theme t;
    (void) state;
    theme_make(&t, &p, &r);
    assert_true((float) t.footer.h >= 12 * t.px_per_mm - 0.5f);
}

static void
millimetres_are_not_guessed(void **state)
{
    struct ruler r = flat_ruler();
    struct panel p = {.w = 1920, .h = 1080, .diagonal_in = 43};
    struct theme t;
    (void) state;
    theme_make(&t, &p, &r);
    assert_true(t.is_size_known);
    assert_int_equal(theme_mm(&t, 951), 1919); // a pixel less than its width
    assert_int_equal(theme_mm(&t, 12), 25);    // 24.2, and not less
    p.diagonal_in = 0;
    theme_make(&t, &p, &r);
    assert_false(t.is_size_known);
    assert_int_equal(theme_mm(&t, 12), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_can_be_read),
        cmocka_unit_test(contrast_is_the_one_of_wcag),
        cmocka_unit_test(layouts_follow_the_shape),
        cmocka_unit_test(letters_are_as_large_as_the_distance_asks),
        cmocka_unit_test(thumbs_do_not_shrink),
        cmocka_unit_test(millimetres_are_not_guessed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
