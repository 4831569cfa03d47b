// links: src/sdl/backlight.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sdl/backlight.h"

#define NOBODY 65534

/* A folder that stands for /sys/class/backlight. */
static char folder[] = "/tmp/test_backlight.XXXXXX";

static void
put(const char *panel, const char *file, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, panel);
    mkdir(path, 0755);
    snprintf(path, sizeof path, "%s/%s/%s", folder, panel, file);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
put_panel(const char *name, const char *level, const char *most)
{
    put(name, "brightness", level);
    put(name, "max_brightness", most);
}

static int
set_up(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "/tmp/test_backlight.XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
tear_down(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void
the_first_that_makes_sense_is_taken(void **state)
{
    struct backlight b;
    bool is_forbidden = true;
    (void) state;
    assert_false(backlight_find(&b, folder, &is_forbidden));
    assert_false(is_forbidden);
    assert_false(backlight_find(&b, "/nowhere/at/all", &is_forbidden));
    put_panel("1-broken", "5\n", "0\n");
    put_panel("2-nonsense", "5\n", "bright\n");
    put("3-half", "max_brightness", "255\n");
    put_panel("10-0045", "31\n", "31\n");
    put_panel("4-panel", "100\n", "255\n");
    assert_true(backlight_find(&b, folder, &is_forbidden));
    assert_string_equal(b.name, "10-0045");
    assert_int_equal(b.most, 31);
    assert_int_equal(backlight_read(&b), 31);
}

static void
it_is_set_and_read(void **state)
{
    struct backlight b;
    bool is_forbidden;
    (void) state;
    put_panel("panel", "200\n", "255\n");
    assert_true(backlight_find(&b, folder, &is_forbidden));
    assert_true(backlight_write(&b, 0));
    put("panel", "brightness", "77"); // a kernel's file has no old rest
    assert_int_equal(backlight_read(&b), 77);
    assert_true(backlight_write(&b, 100));
    assert_int_equal(backlight_read(&b), 100);
    put("panel", "brightness", "");
    assert_int_equal(backlight_read(&b), -1);
    put("panel", "brightness", "-3\n");
    assert_int_equal(backlight_read(&b), -1);
    unlink(b.path);
    assert_int_equal(backlight_read(&b), -1);
    assert_false(backlight_write(&b, 100)); // and none is made
    assert_int_not_equal(access(b.path, F_OK), 0);
}

static void
what_may_not_be_set_is_told_apart(void **state)
{
    struct backlight b;
    bool is_forbidden = false;
    char path[256];
    (void) state;
    put_panel("panel", "200\n", "255\n");
    snprintf(path, sizeof path, "%s/panel/brightness", folder);
    chmod(path, 0444);
    chmod(folder, 0755);
    bool is_root = geteuid() == 0; // who may do anything
    if (is_root)
        assert_int_equal(setresuid(NOBODY, NOBODY, 0), 0);
    bool is_found = backlight_find(&b, folder, &is_forbidden);
    if (is_root)
        assert_int_equal(setresuid(0, 0, 0), 0);
    assert_false(is_found);
    assert_true(is_forbidden);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_that_makes_sense_is_taken,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(it_is_set_and_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_may_not_be_set_is_told_apart,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
