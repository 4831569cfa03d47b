// links: src/core/rotation.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/rotation.h"

static void
steps_through_slides_and_pages(void **state)
{
    static const int pages[] = {1, 2, 1};
    static const struct {
        int64_t now;
        int slide, page;
    } at[] = {
        {0, 0, 0},    {999, 0, 0},  {1000, 1, 0}, {1999, 1, 0},
        {2000, 1, 1}, {3000, 2, 0}, {4000, 0, 0},
    };
    struct rotation r;
    (void) state;
    rotation_start(&r, 0);
    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++) {
        rotation_tick(&r, 1000, 3, pages[r.slide], at[i].now);
        assert_int_equal(r.slide, at[i].slide);
        assert_int_equal(r.page, at[i].page);
    }
    assert_int_equal(r.rounds, 1);
}

static void
says_when_it_will_change(void **state)
{
    struct rotation r;
    (void) state;
    rotation_start(&r, 100);
    assert_int_equal(rotation_tick(&r, 8000, 2, 1, 500), 8100);
    assert_int_equal(rotation_tick(&r, 8000, 2, 1, 8100), 8100);
    assert_int_equal(rotation_tick(&r, 9000, 2, 1, 8101), 17100);
}

static void
one_page_alone_never_changes(void **state)
{
    struct rotation r;
    (void) state;
    rotation_start(&r, 0);
    assert_true(rotation_tick(&r, 1000, 1, 1, 99999) == ROTATION_NEVER);
    assert_true(rotation_tick(&r, 1000, 0, 1, 99999) == ROTATION_NEVER);
    assert_int_equal(rotation_tick(&r, 1000, 1, 2, 99999), 99999);
    assert_int_equal(r.page, 1);
}

static void
a_touch_holds_the_page(void **state)
{
    struct rotation r;
    (void) state;
    rotation_start(&r, 0);
    rotation_hold(&r, 900, 5000);
    assert_int_equal(rotation_tick(&r, 1000, 3, 1, 1000), 5900);
    assert_int_equal(r.slide, 0);
    rotation_tick(&r, 1000, 3, 1, 5900);
    assert_int_equal(r.slide, 1);
    assert_int_equal(r.held_until_ms, 0);
}

static void
a_long_stall_moves_one_page(void **state)
{
    struct rotation r;
    (void) state;
    rotation_start(&r, 0);
    rotation_tick(&r, 1000, 3, 1, 7200000);
    assert_int_equal(r.slide, 1);
    assert_int_equal(rotation_tick(&r, 1000, 3, 1, 7200001), 7201000);
}

static void
a_shrunken_order_starts_again(void **state)
{
    struct rotation r = {.slide = 2, .page = 4};
    (void) state;
    rotation_settle(&r, 2, 1);
    assert_int_equal(r.slide, 0);
    assert_int_equal(r.page, 0);
}

static void
turning_back_lands_on_the_last_page(void **state)
{
    struct rotation r;
    (void) state;
    rotation_start(&r, 0);
    rotation_turn(&r, -1, 3, 1, 10);
    assert_int_equal(r.slide, 2);
    rotation_settle(&r, 3, 4);
    assert_int_equal(r.page, 3);
    rotation_turn(&r, -1, 3, 4, 20);
    assert_int_equal(r.page, 2);
    rotation_turn(&r, +1, 3, 4, 30);
    rotation_turn(&r, +1, 3, 4, 40);
    assert_int_equal(r.slide, 0);
    assert_int_equal(r.page, 0);
    assert_int_equal(r.since_ms, 40);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(steps_through_slides_and_pages),
        cmocka_unit_test(says_when_it_will_change),
        cmocka_unit_test(one_page_alone_never_changes),
        cmocka_unit_test(a_touch_holds_the_page),
        cmocka_unit_test(a_long_stall_moves_one_page),
        cmocka_unit_test(a_shrunken_order_starts_again),
        cmocka_unit_test(turning_back_lands_on_the_last_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
