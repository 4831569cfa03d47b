// links: src/sdl/blend.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sdl/blend.h"

#define COUNT 1031 // not a multiple of any vector

static void
every_mix_of_every_byte(void **state)
{
    static uint32_t from[COUNT], to[COUNT], out[COUNT];
    static const int mixes[] = {0, 1, 2, 127, 128, 129, 254, 255, 256};
    (void) state;
    for (uint32_t i = 0; i < COUNT; i++) {
        from[i] = i * 2654435761u;
        to[i] = ~i * 40503u;
    }
    from[0] = to[1] = 0xFFFFFFFF;
    from[1] = to[0] = 0;
    for (size_t m = 0; m < sizeof mixes / sizeof mixes[0]; m++) {
        blend_pictures(out, from, to, COUNT, mixes[m]);
        for (int i = 0; i < COUNT; i++)
            for (int shift = 0; shift < 32; shift += 8) {
                int a = from[i] >> shift & 0xFF, b = to[i] >> shift & 0xFF;
                int is = out[i] >> shift & 0xFF;
                int wanted = (a * (256 - mixes[m]) + b * mixes[m]) / 256;
                assert_int_equal(is, wanted);
            }
    }
}

static void
the_ends_are_the_pictures_themselves(void **state)
{
    const uint32_t from[2] = {0xFF123456, 0xFFFFFFFF};
    const uint32_t to[2] = {0xFFFEDCBA, 0xFF000000};
    uint32_t out[2];
    (void) state;
    blend_pictures(out, from, to, 2, 0);
    assert_memory_equal(out, from, sizeof out);
    blend_pictures(out, from, to, 2, 256);
    assert_memory_equal(out, to, sizeof out);
}

static void
mixes_beyond_the_ends_stop_there(void **state)
{
    const uint32_t from = 0xFF102030, to = 0xFF405060;
    uint32_t out;
    (void) state;
    blend_pictures(&out, &from, &to, 1, -5);
    assert_int_equal(out, from);
    blend_pictures(&out, &from, &to, 1, 300);
    assert_int_equal(out, to);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_mix_of_every_byte),
        cmocka_unit_test(the_ends_are_the_pictures_themselves),
        cmocka_unit_test(mixes_beyond_the_ends_stop_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
