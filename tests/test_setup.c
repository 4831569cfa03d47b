// links: src/kiosk/setup.c src/base/*.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "kiosk/setup.h"

/* The machine, as this test wants it. */
static uint64_t stamp;
static const char *address = "";
static const char *misnamed = "";
static int looks;

uint64_t
settings_stamp(const char *root)
{
    assert_string_equal(root, "");
    return stamp;
}

bool
settings_find_misnamed(const char *root, char path[SETTINGS_PATH_BYTES])
{
    (void) root;
    snprintf(path, SETTINGS_PATH_BYTES, "%s", misnamed);
    return *path;
}

bool
own_address(char out[OWN_ADDRESS_BYTES])
{
    looks++;
    snprintf(out, OWN_ADDRESS_BYTES, "%s", address);
    return *out;
}

static struct program
program_with(bool is_sample, const char *mistake)
{
    struct program p = {.is_sample = is_sample, .settings_stamp = 7};
    stamp = 7;
    looks = 0;
    snprintf(p.settings, sizeof p.settings, "/boot/firmware/staffroom.conf");
    if (mistake)
        problem_set(&p.mistake, 3, 0, "%s", mistake);
    return p;
}

static void
who_waits_for_settings(void **state)
{
    static const struct {
        bool is_sample, is_service, has_mistake, waits;
    } rows[] = {
        {false, true, false, false}, // the settings say what to show
        {false, false, false, false},
        {true, true, false, true},   // nobody has said it
        {true, false, false, false}, // a person who wants a look
        {true, false, true, true},
        {true, true, true, true},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct program p = program_with(
            rows[i].is_sample, rows[i].has_mistake ? "no such thing" : NULL);
        struct scene_setup says;
        struct setup s;
        setup_begin(&s, &p, rows[i].is_service);
        assert_int_equal(s.is_for_settings, rows[i].waits);
        assert_false(setup_turn(&s, false, 0, &says));
        assert_int_equal(says.is_awaited,
                         rows[i].waits && !rows[i].has_mistake);
        assert_int_equal(says.mistake != NULL, rows[i].has_mistake);
    }
}

static void
new_settings_are_noticed_by_who_waits_for_them(void **state)
{
    struct scene_setup says;
    struct setup s;
    (void) state;
    struct program p = program_with(true, "no such thing");
    setup_begin(&s, &p, true);
    assert_false(setup_turn(&s, false, 1000, &says));
    assert_string_equal(says.mistake,
                        "/boot/firmware/staffroom.conf, line 3: no such thing");
    stamp = 8;
    assert_false(setup_turn(&s, false, 1001, &says)); // not at every turn
    assert_true(setup_turn(&s, false, 6000, &says));

    p = program_with(false, NULL);
    setup_begin(&s, &p, true);
    stamp = 8;
    assert_false(setup_turn(&s, false, 6000, &says)); // that is for systemctl
}

static void
the_address_is_looked_for_until_there_is_a_board(void **state)
{
    struct scene_setup says;
    struct setup s;
    (void) state;
    struct program p = program_with(false, NULL);
    address = "";
    setup_begin(&s, &p, true);
    setup_turn(&s, false, 0, &says);
    assert_string_equal(says.address, "");
    address = "192.168.1.20";
    setup_turn(&s, false, 5000, &says);
    assert_string_equal(says.address, "192.168.1.20");
    assert_int_equal(looks, 2);
    assert_true(setup_wait_ms(false, 60000) < 60000);
    assert_int_equal(setup_wait_ms(false, 10), 10);

    assert_false(setup_turn(&s, true, 60000, &says));
    assert_null(says.address);
    assert_int_equal(looks, 2);
    assert_int_equal(setup_wait_ms(true, 60000), 60000);
}

static void
a_sentence_that_was_cut_is_still_text(void **state)
{
    char words[400];
    struct scene_setup says;
    struct setup s;
    (void) state;
    for (size_t i = 0; i + 2 < sizeof words; i += 2)
        memcpy(words + i, "é", 3);
    struct program p = program_with(true, words);
    setup_begin(&s, &p, true);
    setup_turn(&s, false, 0, &says);
    size_t len = strlen(says.mistake);
    assert_true(len > 200);
    assert_memory_equal(says.mistake + len - 2, "é", 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_waits_for_settings),
        cmocka_unit_test(new_settings_are_noticed_by_who_waits_for_them),
        cmocka_unit_test(the_address_is_looked_for_until_there_is_a_board),
        cmocka_unit_test(a_sentence_that_was_cut_is_still_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
