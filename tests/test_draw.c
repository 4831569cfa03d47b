// links: src/view/draw.c src/base/text.c src/base/memory.c src/base/check.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "view/draw.h"

static void
a_small_picture(struct draw_list *d, const char *clock)
{
    draw_start(d, 200, 100);
    draw_fill(d, (struct rect){0, 0, 200, 100}, 0xFFFFFFFF);
    draw_text(d, (struct rect){10, 10, 40, 20}, 26, FONT_TEXT, 16, 0xFF000000,
              clock, strlen(clock));
    draw_text(d, (struct rect){10, 60, 90, 20}, 76, FONT_TEXT, 16, 0xFF000000,
              "the same", 8);
}

static void
equal_lists_differ_nowhere(void **state)
{
    struct draw_list a = {0}, b = {0};
    (void) state;
    a_small_picture(&a, "10:42");
    a_small_picture(&b, "10:42");
    assert_true(rect_is_empty(draw_difference(&a, &b)));
    draw_destroy(&a);
    draw_destroy(&b);
}

static void
a_changed_word_differs_only_there(void **state)
{
    struct draw_list a = {0}, b = {0};
    (void) state;
    a_small_picture(&a, "9:59");
    a_small_picture(&b, "10:42"); // longer: later texts stand elsewhere
    struct rect r = draw_difference(&a, &b);
    assert_false(rect_is_empty(r));
    assert_true(rect_holds(r, 10, 10) && rect_holds(r, 49, 29));
    assert_false(rect_holds(r, 50, 70));
    draw_destroy(&a);
    draw_destroy(&b);
}

static void
an_added_command_differs_in_its_reach(void **state)
{
    struct draw_list a = {0}, b = {0};
    (void) state;
    a_small_picture(&a, "10:42");
    a_small_picture(&b, "10:42");
    draw_box(&b, (struct rect){150, 50, 20, 20}, 4, 0xFF00FF00);
    struct rect r = draw_difference(&a, &b);
    assert_int_equal(r.x, 149);
    assert_int_equal(r.w, 22);
    struct rect back = draw_difference(&b, &a); // and taken away again
    assert_memory_equal(&r, &back, sizeof r);
    draw_destroy(&a);
    draw_destroy(&b);
}

static void
another_size_differs_everywhere(void **state)
{
    struct draw_list a = {0}, b = {0};
    (void) state;
    draw_start(&a, 10, 10);
    draw_start(&b, 20, 10);
    assert_int_equal(draw_difference(&a, &b).w, 20);
    draw_destroy(&a);
    draw_destroy(&b);
}

static void
leaning_things_reach_further(void **state)
{
    struct draw_list d = {0};
    struct rect box = {100, 100, 400, 300};
    (void) state;
    draw_start(&d, 800, 600);
    draw_lean(&d, 1.4f, box);
    draw_box(&d, box, 0, 0xFF000000);
    struct rect r = draw_command_reach(&d.commands[0]);
    // sin 1.4° × 150 = 3.7 at the sides, × 200 = 4.9 above and below
    assert_in_range(r.x, 92, 96);
    assert_in_range(r.y, 90, 95);
    draw_straight(&d);
    draw_box(&d, box, 0, 0xFF000000);
    assert_int_equal(draw_command_reach(&d.commands[1]).x, 99);
    draw_destroy(&d);
}

static void
the_topmost_target_is_hit(void **state)
{
    struct draw_list d = {0};
    (void) state;
    draw_start(&d, 100, 100);
    draw_target(&d, TARGET_PREVIOUS, 0, (struct rect){0, 0, 50, 50});
    draw_target(&d, TARGET_NEXT, 0, (struct rect){25, 25, 50, 50});
    assert_int_equal(draw_target_at(&d, 30, 30)->kind, TARGET_NEXT);
    assert_int_equal(draw_target_at(&d, 5, 5)->kind, TARGET_PREVIOUS);
    assert_null(draw_target_at(&d, 75, 75));
    draw_destroy(&d);
}

static void
everything_shifts_together(void **state)
{
    struct draw_list d = {0};
    (void) state;
    draw_start(&d, 100, 100);
    draw_shift(&d, 2, -1);
    draw_lean(&d, 1, (struct rect){0, 0, 10, 10});
    draw_text(&d, (struct rect){5, 5, 9, 9}, 12, FONT_HAND, 8, 0xFF000000, "x",
              1);
    assert_int_equal(d.commands[0].box.x, 7);
    assert_int_equal(d.commands[0].baseline, 11);
    assert_int_equal(d.commands[0].pivot_x, 7);
    draw_destroy(&d);
}

static void
rects(void **state)
{
    struct rect a = {0, 0, 10, 10}, b = {5, 5, 10, 10}, none = {3, 3, 0, 0};
    (void) state;
    assert_int_equal(rect_union(a, b).w, 15);
    assert_int_equal(rect_union(a, none).w, 10);
    assert_int_equal(rect_cross(a, b).w, 5);
    assert_true(rect_is_empty(
        rect_cross(a, (struct rect){10, 0, 5, 5}))); // they only touch
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_lists_differ_nowhere),
        cmocka_unit_test(a_changed_word_differs_only_there),
        cmocka_unit_test(an_added_command_differs_in_its_reach),
        cmocka_unit_test(another_size_differs_everywhere),
        cmocka_unit_test(leaning_things_reach_further),
        cmocka_unit_test(the_topmost_target_is_hit),
        cmocka_unit_test(everything_shifts_together),
        cmocka_unit_test(rects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
