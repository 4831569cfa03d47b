// links: src/core/qr.c src/base/arena.c src/base/memory.c src/base/check.c
// links: src/base/log.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/qr.h"

#define ADDRESS "https://hub.northside.example/post/AAAAAYf0Qx-9yZ1m3b_Xk2dV7wE"

/* The three squares in its corners by which it is found: ISO/IEC 18004 §6.3.3.
 */
static void
check_finder(const struct qr *q, int left, int top)
{
    static const char *const rows[] = {
        "#######", "#.....#", "#.###.#", "#.###.#",
        "#.###.#", "#.....#", "#######",
    };
    for (int y = 0; y < 7; y++)
        for (int x = 0; x < 7; x++)
            assert_int_equal(qr_is_dark(q, left + x, top + y),
                             rows[y][x] == '#');
}

static void
an_address_becomes_a_code(void **state)
{
    struct arena a = {0};
    struct qr q;
    int dark = 0;
    (void) state;
    assert_true(qr_make(&q, &a, ADDRESS));
    assert_int_equal(q.side % 4, 1); // 17 + 4 × its version
    assert_in_range(q.side, 29, 37);
    check_finder(&q, 0, 0);
    check_finder(&q, q.side - 7, 0);
    check_finder(&q, 0, q.side - 7);
    for (int i = 0; i < q.side * q.side; i++) {
        assert_in_range(q.dark[i], 0, 1);
        dark += q.dark[i];
    }
    assert_in_range(dark * 100 / (q.side * q.side), 35, 65);
    assert_false(qr_is_dark(&q, -1, 0));
    assert_false(qr_is_dark(&q, 0, q.side));
    arena_destroy(&a);
}

static void
what_no_phone_should_open_is_none(void **state)
{
    static const char *const rows[] = {
        "", "with a blank", "line\nend", "Caf\xC3\xA9", "\x7F", "\x01"};
    struct arena a = {0};
    struct qr q;
    char text[QR_TEXT_MOST + 2];
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_false(qr_make(&q, &a, rows[i]));
        assert_int_equal(q.side, 0);
        assert_false(qr_is_dark(&q, 0, 0));
    }
    memset(text, 'x', sizeof text);
    text[QR_TEXT_MOST] = '\0';
    assert_true(qr_make(&q, &a, text));
    assert_true(q.side <= 81);
    text[QR_TEXT_MOST] = 'x';
    text[QR_TEXT_MOST + 1] = '\0';
    assert_false(qr_make(&q, &a, text));
    arena_destroy(&a);
}

static void
the_same_address_is_made_once(void **state)
{
    struct qr_memo m = {0};
    (void) state;
    assert_null(qr_memo_of(&m, ""));
    const struct qr *q = qr_memo_of(&m, ADDRESS);
    assert_non_null(q);
    const unsigned char *dark = q->dark;
    int side = q->side;
    assert_ptr_equal(qr_memo_of(&m, ADDRESS)->dark, dark);
    q = qr_memo_of(&m, ADDRESS "/much-longer-than-the-one-before-it-was");
    assert_true(q->side > side);
    assert_null(qr_memo_of(&m, "two words"));
    assert_null(qr_memo_of(&m, ""));
    assert_int_equal(qr_memo_of(&m, ADDRESS)->side, side);
    qr_memo_destroy(&m);
    qr_memo_destroy(&m);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_address_becomes_a_code),
        cmocka_unit_test(what_no_phone_should_open_is_none),
        cmocka_unit_test(the_same_address_is_made_once),
    };
    return cmocka_run_group_tests_name("qr", tests, NULL, NULL);
}
