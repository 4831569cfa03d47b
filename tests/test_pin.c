// links: src/core/pin.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "core/pin.h"

static enum pin_answer
type(struct pin *p, const char *digits, const char *wanted, int64_t now_ms)
{
    enum pin_answer answer = PIN_GOES_ON;
    for (; *digits; digits++)
        answer = pin_type(p, *digits, wanted, now_ms);
    return answer;
}

static void
the_last_digit_decides(void **state)
{
    static const struct {
        const char *typed, *wanted;
        enum pin_answer answer;
    } rows[] = {
        {"", "1234", PIN_GOES_ON},
        {"123", "1234", PIN_GOES_ON},
        {"1234", "1234", PIN_RIGHT},
        {"1235", "1234", PIN_WRONG},
        {"0000", "00000", PIN_GOES_ON},
        {"00000", "00000", PIN_RIGHT},
        {"12345678", "12345678", PIN_RIGHT},
        {"12345679", "12345678", PIN_WRONG},
        {"12x34", "1234", PIN_RIGHT}, // a letter is no try
        {"99991234", "1234", PIN_RIGHT},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct pin p = {0};
        if (type(&p, rows[i].typed, rows[i].wanted, 1000) != rows[i].answer)
            fail_msg("row %zu: %s for %s", i, rows[i].typed, rows[i].wanted);
    }
}

static void
a_digit_can_be_taken_back(void **state)
{
    struct pin p = {0};
    (void) state;
    pin_erase(&p);
    type(&p, "129", "1234", 0);
    pin_erase(&p);
    assert_string_equal(p.typed, "12");
    assert_int_equal(type(&p, "34", "1234", 0), PIN_RIGHT);
    assert_string_equal(p.typed, ""); // nobody reads it off afterwards
}

static void
five_wrong_ones_make_a_pause(void **state)
{
    struct pin p = {0};
    (void) state;
    for (int i = 0; i < 4; i++) {
        assert_int_equal(type(&p, "0000", "1234", 1000), PIN_WRONG);
        pin_forget(&p); // going away and coming back helps nobody
    }
    assert_int_equal(type(&p, "0000", "1234", 1000), PIN_PAUSED);
    assert_int_equal(pin_pause_ms(&p, 1000), PIN_PAUSE_MS);
    assert_int_equal(type(&p, "1234", "1234", 60999), PIN_PAUSED);
    assert_int_equal(pin_pause_ms(&p, 61000), 0);
    assert_int_equal(type(&p, "1234", "1234", 61000), PIN_RIGHT);
    // And they are counted anew.
    assert_int_equal(type(&p, "0000", "1234", 61000), PIN_WRONG);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_digit_decides),
        cmocka_unit_test(a_digit_can_be_taken_back),
        cmocka_unit_test(five_wrong_ones_make_a_pause),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
