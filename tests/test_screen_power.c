// links: src/kiosk/screen_power.c src/kiosk/screen_cec.c src/sdl/backlight.c src/io/child.c src/io/file.c src/core/screen_hours.c src/core/hours.c src/core/date.c src/base/*.c
// libs: -lunistring -pthread
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

#include "kiosk/screen_power.h"
#include "sdl/display.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NOON INT64_C(1795694400)      // 2026-11-26 12:00, a Thursday, UTC
#define SOON_MS (SCREEN_FIRST_MS + 1) // nobody has just plugged it in

/* ---- a screen, as this test wants it ------------------------------------- */

static char said[400]; // what was done to it, in order
static bool has_signal, has_cable, is_stuck;

static void
note(const char *deed)
{
    size_t len = strlen(said);
    snprintf(said + len, sizeof said - len, "%s ", deed);
}

void
glass_blacken(struct glass *g)
{
    (void) g;
    note("black");
}

bool
glass_has_signal(const struct glass *g)
{
    (void) g;
    return has_signal;
}

bool
glass_signal(struct glass *g, bool is_on, struct problem *why)
{
    (void) g;
    note(is_on ? "signal" : "no-signal");
    if (is_stuck)
        problem_set(why, 0, 0, "stuck");
    return !is_stuck;
}

bool
display_has_cable(void)
{
    return has_cable;
}

static void
assert_said(const char *wanted)
{
    assert_string_equal(said, wanted);
    said[0] = '\0';
}

/* ---- a machine ------------------------------------------------------------
 */

/* Holds panel/ and state/, and cec0 where there is a television that hears. */
static char folder[] = "/tmp/test_screen_power.XXXXXX";
static char backlights[64], state_folder[64];

static int
set_up(void **state)
{
    (void) state;
    said[0] = '\0';
    has_signal = has_cable = is_stuck = false;
    snprintf(folder, sizeof folder, "/tmp/test_screen_power.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(backlights, sizeof backlights, "%s/backlights", folder);
    snprintf(state_folder, sizeof state_folder, "%s/state", folder);
    return mkdir(backlights, 0755) || mkdir(state_folder, 0755);
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
put(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void
put_panel(const char *level)
{
    char path[256];
    snprintf(path, sizeof path, "%s/panel", backlights);
    mkdir(path, 0755);
    put("backlights/panel/max_brightness", "255\n");
    put("backlights/panel/brightness", level);
}

static int
level(void)
{
    char path[256];
    int number = -1;
    snprintf(path, sizeof path, "%s/panel/brightness", backlights);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%d", &number), 1);
    fclose(f);
    return number;
}

static struct hours
hours(const char *text)
{
    struct hours h;
    size_t where;
    assert_true(hours_read(&h, text, &where));
    return h;
}

/* On from 7 to 18, dimmed from 17 on. */
static struct config
settings(enum power_way way)
{
    return (struct config){
        .power = way,
        .screen_hours = {.hours = hours("7:00-18:00"),
                         .night = hours("17:00-8:00"),
                         .night_percent = 30},
    };
}

static void
start(struct screen_power *p, const struct config *c)
{
    screen_power_open(p, &(struct screen_power_setup){
                             .config = c,
                             .state_folder = state_folder,
                             .backlights = backlights,
                             .cec_devices = folder,
                         });
}

/* A turn of the loop at that hour; `ms` since start. */
static void
turn(struct screen_power *p, int hour, int64_t ms)
{
    struct screen_moment m = {
        .now = {.mono_ms = SOON_MS + ms,
                .wall_s = NOON + (hour - 12) * 3600,
                .is_trusted = true},
    };
    struct screen_plan plan = screen_power_plan(p, NULL, m);
    screen_power_set(p, plan.light, SOON_MS + ms);
}

/* ---- the ways ------------------------------------------------------------ */

static void
a_way_is_found(void **state)
{
    static const struct {
        enum power_way asked;
        bool has_panel, has_signal, has_cable, is_window;
        enum power_way way;
    } rows[] = {
        {POWER_AUTO, true, true, false, false, POWER_BACKLIGHT},
        {POWER_AUTO, true, false, false, false, POWER_BACKLIGHT},
        {POWER_AUTO, true, true, true, false, POWER_DPMS}, // another's panel
        {POWER_AUTO, false, true, true, false, POWER_DPMS},
        {POWER_AUTO, false, false, false, false, POWER_BLACK},
        {POWER_AUTO, true, false, false, true, POWER_BLACK}, // a desk's
        {POWER_BACKLIGHT, true, true, true, false, POWER_BACKLIGHT},
        {POWER_BACKLIGHT, false, true, false, false, POWER_BLACK},
        {POWER_DPMS, true, true, false, false, POWER_DPMS},
        {POWER_DPMS, true, false, false, false, POWER_BLACK},
        {POWER_BLACK, true, true, false, false, POWER_BLACK},
        {POWER_NONE, true, true, false, false, POWER_NONE},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config c = settings(rows[i].asked);
        struct screen_power p;
        tear_down(NULL);
        set_up(NULL);
        if (rows[i].has_panel)
            put_panel("200\n");
        has_signal = rows[i].has_signal;
        has_cable = rows[i].has_cable;
        screen_power_open(&p, &(struct screen_power_setup){
                                  .config = &c,
                                  .state_folder = state_folder,
                                  .backlights = backlights,
                                  .cec_devices = folder,
                                  .is_window = rows[i].is_window,
                              });
        if (p.way != rows[i].way)
            fail_msg("row %zu: %d", i, p.way);
        screen_power_close(&p);
    }
}

static void
without_hours_nothing_is_touched(void **state)
{
    struct config c = {.screen_hours = {.night_percent = 30}};
    struct screen_power p;
    (void) state;
    put_panel("123\n");
    has_signal = true;
    start(&p, &c);
    for (int hour = 0; hour < 24; hour++)
        turn(&p, hour, hour * 3600000);
    screen_power_again(&p, 0);
    screen_power_close(&p);
    screen_power_close(&p); // zero is fine
    assert_said("");
    assert_int_equal(level(), 123);
}

static void
none_ignores_the_hours(void **state)
{
    struct config c = settings(POWER_NONE);
    struct screen_power p;
    (void) state;
    put_panel("123\n");
    start(&p, &c);
    turn(&p, 3, 0);
    assert_false(screen_power_is_off(&p));
    assert_int_equal(level(), 123);
    screen_power_close(&p);
    assert_said("");
}

static void
the_signal_ends_and_begins(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    has_signal = true;
    start(&p, &c);
    turn(&p, 12, 0);
    assert_said("");
    turn(&p, 20, 1000);
    assert_true(screen_power_is_off(&p));
    assert_said("black no-signal ");
    turn(&p, 20, 2000);
    turn(&p, 20, 60000);
    assert_said("");
    turn(&p, 20, 61000); // once more, each minute
    assert_said("no-signal ");
    screen_power_again(&p, SOON_MS + 70000); // the television is back
    assert_said("no-signal ");
    turn(&p, 20, 121000);
    assert_said("");
    turn(&p, 20, 130000);
    assert_said("no-signal ");
    turn(&p, 12, 140000);
    assert_false(screen_power_is_off(&p));
    assert_said("signal ");
    turn(&p, 20, 150000);
    assert_said("black no-signal ");
    screen_power_close(&p); // and is left on
    assert_said("signal ");
}

static void
what_cannot_be_switched_is_black(void **state)
{
    struct config c = settings(POWER_DPMS);
    struct screen_power p;
    (void) state;
    has_signal = is_stuck = true;
    start(&p, &c);
    turn(&p, 20, 0);
    assert_said("black no-signal ");
    assert_true(screen_power_is_off(&p));
    assert_true(p.has_complained);
    turn(&p, 12, 1000);
    assert_said("signal ");
    screen_power_close(&p);
}

static void
a_window_that_is_new_is_black_again(void **state)
{
    struct config c = settings(POWER_BLACK);
    struct screen_power p;
    (void) state;
    start(&p, &c);
    turn(&p, 20, 0);
    assert_said("black ");
    screen_power_again(&p, SOON_MS + 10);
    assert_said("black ");
    turn(&p, 12, 1000);
    screen_power_again(&p, SOON_MS + 1010);
    assert_said("");
    screen_power_close(&p);
}

/* ---- a panel --------------------------------------------------------------
 */

static void
a_panel_is_dimmed_and_put_out(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    put_panel("200\n");
    start(&p, &c);
    turn(&p, 12, 0);
    assert_int_equal(level(), 200);
    turn(&p, 17, 1000);
    assert_int_equal(level(), 60);
    assert_said("");
    turn(&p, 18, 2000);
    assert_int_equal(level(), 0);
    assert_said("black ");
    put_panel("40\n"); // somebody else means well
    turn(&p, 18, 62000);
    assert_int_equal(level(), 0);
    turn(&p, 7, 63000);
    assert_int_equal(level(), 60);
    turn(&p, 8, 64000);
    assert_int_equal(level(), 200);

    put_panel("100\n"); // by day that is how bright it is to be
    turn(&p, 9, 65000);
    turn(&p, 17, 66000);
    assert_int_equal(level(), 30);
    screen_power_close(&p);
    assert_int_equal(level(), 100);
}

static void
it_is_never_dimmed_to_nothing(void **state)
{
    struct config c = settings(POWER_BLACK);
    struct screen_power p;
    (void) state;
    c.screen_hours.night_percent = 1;
    put_panel("20\n");
    start(&p, &c);
    turn(&p, 17, 0);
    assert_int_equal(level(), 1);
    turn(&p, 18, 1000); // black is a picture: the light stays
    assert_int_equal(level(), 1);
    screen_power_close(&p);
    assert_int_equal(level(), 20);
}

/* Killed: it is not closed, and the next one starts with what is there. */
static void
a_panel_that_was_left_dark_is_put_right(void **state)
{
    static const struct {
        int killed_at, starts_at; // hours
        const char *kept;         // instead of the file; NULL: as it is
        int level;
    } rows[] = {
        {20, 12, NULL, 200},
        {17, 12, NULL, 200}, // not 60
        {17, 17, NULL, 60},  // not 18
        {20, 20, NULL, 0},
        {12, 12, NULL, 200},
        {20, 12, "", 255}, // nobody knows: the most
        {20, 12, "other 99\n", 255},
        {20, 12, "panel 256\n", 255},
        {20, 12, "panel -1\n", 255},
        {20, 12, "panel 99999999999999999999\n", 255},
        {20, 12, "panelled 40\n", 255},
        {20, 12, "panel 40", 40},
    };
    struct config c = settings(POWER_AUTO);
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct screen_power p, next;
        tear_down(NULL);
        set_up(NULL);
        put_panel("200\n");
        start(&p, &c);
        turn(&p, 12, 0);
        turn(&p, rows[i].killed_at, 1000);
        if (rows[i].kept)
            put("state/brightness", rows[i].kept);
        start(&next, &c);
        turn(&next, rows[i].starts_at, 2000);
        if (level() != rows[i].level)
            fail_msg("row %zu: %d", i, level());
        screen_power_close(&next);
        screen_power_close(&p);
    }
}

static void
the_usual_level_is_written_once(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    char path[256];
    (void) state;
    put_panel("200\n");
    start(&p, &c);
    snprintf(path, sizeof path, "%s/brightness", state_folder);
    turn(&p, 12, 0);
    assert_int_not_equal(access(path, F_OK), 0); // nothing has changed yet
    turn(&p, 20, 1000);
    assert_int_equal(access(path, F_OK), 0);
    unlink(path); // who writes it now would write it every day
    for (int day = 1; day < 20; day++) {
        turn(&p, 12, day * 86400000);
        turn(&p, 17, day * 86400000 + 1000);
        turn(&p, 20, day * 86400000 + 2000);
    }
    assert_int_not_equal(access(path, F_OK), 0);
    screen_power_close(&p);
}

static void
a_state_that_cannot_be_written_is_no_matter(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    put_panel("200\n");
    snprintf(state_folder, sizeof state_folder, "/proc/nowhere");
    start(&p, &c);
    turn(&p, 12, 0);
    turn(&p, 20, 1000);
    assert_int_equal(level(), 0);
    turn(&p, 12, 2000);
    assert_int_equal(level(), 200);
    screen_power_close(&p);
}

/* ---- somebody is here ---------------------------------------------------- */

static struct input
touch(enum touch_phase phase)
{
    return (struct input){.kind = INPUT_TOUCH, .touch = {.phase = phase}};
}

static bool
swallows(struct screen_power *p, enum touch_phase phase, int64_t ms)
{
    struct input input = touch(phase);
    return screen_power_swallows(p, &input, SOON_MS + ms);
}

static void
the_first_touch_only_wakes(void **state)
{
    struct config c = settings(POWER_BLACK);
    struct screen_power p;
    (void) state;
    start(&p, &c);
    turn(&p, 20, 0);
    assert_true(screen_power_is_off(&p));
    assert_true(swallows(&p, TOUCH_DOWN, 100));
    turn(&p, 20, 100);
    assert_false(screen_power_is_off(&p));
    // Its whole journey, and that of a finger that joins it.
    assert_true(swallows(&p, TOUCH_MOVE, 200));
    assert_true(swallows(&p, TOUCH_DOWN, 250));
    assert_true(swallows(&p, TOUCH_UP, 300));
    turn(&p, 20, 300);
    assert_true(swallows(&p, TOUCH_MOVE, 350));
    assert_true(swallows(&p, TOUCH_CANCEL, 400));
    // The next one is for the board.
    assert_false(swallows(&p, TOUCH_DOWN, 1000));
    assert_false(swallows(&p, TOUCH_MOVE, 1050));
    assert_false(swallows(&p, TOUCH_UP, 1100));
    turn(&p, 20, 1100 + SCREEN_AWAKE_MS - 1);
    assert_false(screen_power_is_off(&p));
    turn(&p, 20, 1100 + SCREEN_AWAKE_MS);
    assert_true(screen_power_is_off(&p));
    screen_power_close(&p);
}

static void
so_does_the_first_key(void **state)
{
    static const struct {
        enum input_kind kind;
        bool is_swallowed, wakes;
    } rows[] = {
        {INPUT_FORWARD, true, true}, {INPUT_SPACE, true, true},
        {INPUT_BACK, true, true},    {INPUT_LEAVE, true, true},
        {INPUT_TEXT, true, true},    {INPUT_ERASE, true, true},
        {INPUT_DELETE, true, true},  {INPUT_ENTER, true, true},
        {INPUT_QUIT, false, false},  {INPUT_NEWS, false, false},
        {INPUT_NONE, false, false},  {INPUT_REPAINT, false, false},
    };
    struct config c = settings(POWER_BLACK);
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct screen_power p;
        start(&p, &c);
        turn(&p, 20, 0);
        struct input input = {.kind = rows[i].kind};
        bool is_swallowed = screen_power_swallows(&p, &input, SOON_MS + 1);
        turn(&p, 20, 2);
        if (is_swallowed != rows[i].is_swallowed ||
            screen_power_is_off(&p) == rows[i].wakes)
            fail_msg("row %zu", i);
        assert_false(screen_power_swallows(&p, &input, SOON_MS + 3) &&
                     rows[i].wakes);
        screen_power_close(&p);
    }
}

static void
a_finger_nobody_hears_of_keeps_nothing_awake(void **state)
{
    struct config c = settings(POWER_BLACK);
    struct screen_power p;
    (void) state;
    start(&p, &c);
    turn(&p, 12, 0);
    assert_false(swallows(&p, TOUCH_DOWN, 0));
    assert_false(swallows(&p, TOUCH_CANCEL, SCREEN_AWAKE_MS));
    turn(&p, 20, SCREEN_AWAKE_MS);
    assert_true(screen_power_is_off(&p));
    screen_power_close(&p);
}

static void
who_plugged_it_in_sees_that_it_works(void **state)
{
    struct config c = settings(POWER_BLACK);
    struct screen_power p;
    (void) state;
    start(&p, &c);
    turn(&p, 20, -2);
    assert_false(screen_power_is_off(&p));
    turn(&p, 20, 0);
    assert_true(screen_power_is_off(&p));
    screen_power_close(&p);
}

/* ---- a television ---------------------------------------------------------
 */

static void
a_television_is_told_twice(void **state)
{
    struct config c = settings(POWER_CEC);
    struct screen_power p;
    char path[128];
    (void) state;
    put("cec-ctl", "#!/bin/sh\n");
    snprintf(path, sizeof path, "%s/cec-ctl", folder);
    chmod(path, 0755);
    put("cec0", "");
    setenv("PATH", folder, 1);
    start(&p, &c);
    setenv("PATH", "/usr/bin:/bin", 1);
    assert_int_equal(p.way, POWER_CEC);
    turn(&p, 12, 0);
    assert_non_null(p.cec.child); // it may have been off
    assert_true(p.cec.is_on);
    turn(&p, 20, 1000);
    assert_said("black ");
    assert_false(p.cec.is_on);
    const struct child *run = p.cec.child;
    assert_non_null(run);
    child_free(p.cec.child);
    p.cec.child = NULL;
    turn(&p, 20, 61000);
    assert_non_null(p.cec.child);
    child_free(p.cec.child);
    p.cec.child = NULL;
    for (int minute = 2; minute < 100; minute++)
        turn(&p, 20, 1000 + minute * 60000);
    screen_power_again(&p, SOON_MS + 100 * 60000); // switched on by hand
    assert_null(p.cec.child);
    turn(&p, 12, 7200000);
    assert_non_null(p.cec.child);
    assert_true(p.cec.is_on);
    screen_power_close(&p);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_way_is_found),
        TEST(without_hours_nothing_is_touched),
        TEST(none_ignores_the_hours),
        TEST(the_signal_ends_and_begins),
        TEST(what_cannot_be_switched_is_black),
        TEST(a_window_that_is_new_is_black_again),
        TEST(a_panel_is_dimmed_and_put_out),
        TEST(it_is_never_dimmed_to_nothing),
        TEST(a_panel_that_was_left_dark_is_put_right),
        TEST(the_usual_level_is_written_once),
        TEST(a_state_that_cannot_be_written_is_no_matter),
        TEST(the_first_touch_only_wakes),
        TEST(so_does_the_first_key),
        TEST(a_finger_nobody_hears_of_keeps_nothing_awake),
        TEST(who_plugged_it_in_sees_that_it_works),
        TEST(a_television_is_told_twice),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
