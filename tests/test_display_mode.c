// links: src/sdl/display_mode.c

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sdl/display_mode.h"

#define AUTO 0
#define NATIVE DISPLAY_MODE_NATIVE
#define STAY                                                                   \
    {                                                                          \
        0, 0, 0                                                                \
    }

static const struct display_mode tv[] = {
    {3840, 2160, 30}, {3840, 2160, 24}, {2560, 1440, 60},
    {1920, 1080, 50}, {1920, 1080, 60}, {1920, 1080, 24},
    {1680, 1050, 60}, {1280, 720, 60},  {720, 576, 50},
};
static const struct display_mode wide[] = {
    {3440, 1440, 60}, {2560, 1080, 60}, {1920, 1200, 60}, {1720, 720, 60}};
static const struct display_mode upright[] = {{2160, 3840, 60},
                                              {1080, 1920, 60}};
static const struct display_mode only[] = {{3840, 2160, 60}};
static const struct display_mode vague[] = {{3840, 2160, 0}, {1920, 1080, 0}};

static void
the_mode_that_is_right_is_taken(void **state)
{
    static const struct {
        const struct display_mode *modes;
        int count;
        struct display_mode now;
        int want_w, want_h;
        struct display_mode picked; // 0: stay
        bool is_missing;
    } rows[] = {
#define MODES(list) list, (int) (sizeof list / sizeof *list)
        {MODES(tv), {3840, 2160, 30}, AUTO, AUTO, {1920, 1080, 60}, false},
        {MODES(tv), {1920, 1080, 50}, AUTO, AUTO, STAY, false},
        {MODES(tv), {1280, 720, 60}, AUTO, AUTO, STAY, false},
        {MODES(tv), {1920, 1200, 60}, AUTO, AUTO, STAY, false},
        {MODES(tv), {3840, 2160, 30}, NATIVE, NATIVE, STAY, false},
        {MODES(tv), {3840, 2160, 30}, 1280, 720, {1280, 720, 60}, false},
        {MODES(tv), {1920, 1080, 60}, 3840, 2160, {3840, 2160, 30}, false},
        {MODES(tv), {1920, 1080, 60}, 1920, 1080, STAY, false},
        {MODES(tv), {3840, 2160, 30}, 1024, 768, STAY, true},
        // Its own shape before more pixels.
        {MODES(wide), {3440, 1440, 60}, AUTO, AUTO, {1720, 720, 60}, false},
        {MODES(upright), {2160, 3840, 60}, AUTO, AUTO, {1080, 1920, 60}, false},
        {MODES(only), {3840, 2160, 60}, AUTO, AUTO, STAY, false},
        {MODES(vague), {3840, 2160, 0}, AUTO, AUTO, {1920, 1080, 0}, false},
        {NULL, 0, {3840, 2160, 60}, AUTO, AUTO, STAY, false},
        {NULL, 0, {3840, 2160, 60}, 1280, 720, STAY, true},
#undef MODES
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bool is_missing = !rows[i].is_missing;
        int at = display_mode_pick(rows[i].modes, rows[i].count, rows[i].now,
                                   rows[i].want_w, rows[i].want_h, &is_missing);
        struct display_mode picked = {0};
        if (at >= 0)
            picked = rows[i].modes[at];
        if (picked.w != rows[i].picked.w || picked.h != rows[i].picked.h ||
            picked.hz != rows[i].picked.hz || is_missing != rows[i].is_missing)
            fail_msg("row %zu: %dx%d at %d%s", i, picked.w, picked.h, picked.hz,
                     is_missing ? ", missing" : "");
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mode_that_is_right_is_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
