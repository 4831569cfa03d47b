// links: src/core/hours.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/hours.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MON, TUE, WED, THU, FRI, SAT, SUN };

static void
holds_what_a_caretaker_wrote(void **state)
{
    static const struct {
        const char *text;
        int weekday, hour, minute;
        bool is_in;
    } rows[] = {
        {"", WED, 12, 0, false},
        {"  ", WED, 12, 0, false},
        {"12:00-13:00", WED, 12, 0, true},
        {"12:00-13:00", SUN, 12, 59, true},
        {"12:00-13:00", SUN, 13, 0, false},
        {"mon-fri 15:30-18:00", MON, 15, 30, true},
        {"mon-fri 15:30-18:00", FRI, 17, 59, true},
        {"mon-fri 15:30-18:00", SAT, 16, 0, false},
        {"Mon-FRI 15:30-18:00", TUE, 16, 0, true},
        {"fri-mon 9:00-10:00", SUN, 9, 30, true},
        {"fri-mon 9:00-10:00", MON, 9, 30, true},
        {"fri-mon 9:00-10:00", TUE, 9, 30, false},
        {"thu 18:00-20:00,sat 9:00-12:30", SAT, 12, 29, true},
        {"thu 18:00-20:00 , sat 9:00-12:30", THU, 19, 0, true},
        {"thu 18:00-20:00, sat 9:00-12:30", FRI, 19, 0, false},
        {"22:00-24:00", MON, 23, 59, true},
        {"0:00-24:00", MON, 0, 0, true},
        {"fri 22:00-2:00", FRI, 23, 0, true}, // over midnight
        {"fri 22:00-2:00", SAT, 1, 59, true},
        {"fri 22:00-2:00", SAT, 2, 0, false},
        {"fri 22:00-2:00", FRI, 1, 0, false},
        {"sun 22:00-2:00", MON, 1, 0, true},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hours h;
        size_t where;
        struct local local = {.weekday = rows[i].weekday,
                              .minute = rows[i].hour * 60 + rows[i].minute};
        if (!hours_read(&h, rows[i].text, &where))
            fail_msg("row %zu is refused: %s", i, rows[i].text);
        if (hours_hold(&h, local) != rows[i].is_in)
            fail_msg("row %zu: %s", i, rows[i].text);
    }
}

static void
says_which_part_it_cannot_read(void **state)
{
    static const struct {
        const char *text;
        size_t where;
    } rows[] = {
        {"noon", 0},
        {"12-13", 0},
        {"12:00", 0},
        {"12:00-", 0},
        {"12:0-13:00", 0},
        {"12:60-13:00", 0},
        {"24:00-1:00", 0},
        {"12:00-24:01", 0},
        {"12:00-12:00", 0},
        {"mon", 0},
        {"mon-", 0},
        {"mon- 9:00-10:00", 0},
        {"monday 9:00-10:00", 0},
        {"mon 9:00-10:00, xyz 9:00-10:00", 16},
        {"mon 9:00-10:00 tue 9:00-10:00", 0},
        {"mon 9:00-10:00,,", 15},
        {"123:00-13:00", 0},
        {":00-13:00", 0},
        {"9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,"
         "9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,9:00-10:00,"
         "9:00-10:00",
         132},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hours h;
        size_t where = 99;
        if (hours_read(&h, rows[i].text, &where))
            fail_msg("row %zu is taken: %s", i, rows[i].text);
        if (where != rows[i].where)
            fail_msg("row %zu: %s: at %zu", i, rows[i].text, where);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holds_what_a_caretaker_wrote),
        cmocka_unit_test(says_which_part_it_cannot_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
