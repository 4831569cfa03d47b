// links: src/hub/qr_svg.c src/core/qr.c src/base/*.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/qr.h"
#include "hub/qr_svg.h"

#define ADDRESS "otpauth://totp/Staffroom:Maria?secret=GEZDGNBVGY3TQOJQ"

/* What is dark when its path is filled, as a grid of '#' and '.'; the caller
   frees it. */
static char *
fill(const char *svg, int side)
{
    char *grid = malloc((size_t) (side * side));
    memset(grid, '.', (size_t) (side * side));
    const char *at = strstr(svg, "fill=\"#000\" d=\"");
    assert_non_null(at);
    at += strlen("fill=\"#000\" d=\"");
    while (*at == 'M') {
        int x, y, wide, back, taken = 0;
        assert_int_equal(
            sscanf(at, "M%d %dh%dv1h-%dz%n", &x, &y, &wide, &back, &taken), 4);
        assert_int_equal(wide, back);
        assert_in_range(y, 0, side - 1);
        assert_in_range(x + wide, 1, side);
        memset(grid + y * side + x, '#', (size_t) wide);
        at += taken;
    }
    assert_int_equal(*at, '"');
    return grid;
}

static void
the_picture_has_the_modules_of_the_code(void **state)
{
    struct arena a = {0};
    struct text t = {0};
    struct qr qr;
    char box[64];
    (void) state;
    assert_true(qr_make(&qr, &a, ADDRESS));
    assert_true(qr_svg_add(&t, ADDRESS));
    int side = qr.side + 2 * QR_QUIET;
    snprintf(box, sizeof box, "viewBox=\"0 0 %d %d\"", side, side);
    assert_non_null(strstr(text_string(&t), box));
    char *grid = fill(text_string(&t), side);
    for (int y = 0; y < side; y++)
        for (int x = 0; x < side; x++) {
            bool is_dark = qr_is_dark(&qr, x - QR_QUIET, y - QR_QUIET);
            assert_int_equal(grid[y * side + x], is_dark ? '#' : '.');
        }
    free(grid);
    text_destroy(&t);
    arena_destroy(&a);
}

static void
what_is_too_long_adds_nothing(void **state)
{
    struct text t = {0};
    char *text = calloc(1, 8001);
    (void) state;
    memset(text, 'x', 8000);
    assert_false(qr_svg_add(&t, text));
    assert_int_equal(t.len, 0);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_picture_has_the_modules_of_the_code),
        cmocka_unit_test(what_is_too_long_adds_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
