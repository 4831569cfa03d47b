// links: src/kiosk/screen_power.c src/kiosk/screen_backlight.c src/kiosk/screen_cec.c src/sdl/backlight.c src/io/child.c src/io/file.c src/core/screen_hours.c src/core/hours.c src/core/date.c src/base/*.c
// libs: -lunistring -pthread -Wl,--wrap=backlight_find -Wl,--wrap=backlight_write
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "kiosk/screen_power.h"
#include "sdl/display.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define NOON INT64_C(1795694400)      // 2026-11-26 12:00, a Thursday, UTC
#define PATIENCE_MS 60000             // of the test, for a busy machine
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

/* Whoever the tests run as may set every file: so these say no instead. */
static bool is_forbidden_now, is_unwritable;
static int looks;

bool __real_backlight_find(struct backlight *b, const char *in, bool *is_no);
bool __wrap_backlight_find(struct backlight *b, const char *in, bool *is_no);
bool __real_backlight_write(const struct backlight *b, int level);
bool __wrap_backlight_write(const struct backlight *b, int level);

bool
__wrap_backlight_find(struct backlight *b, const char *in, bool *is_no)
{
    looks++;
    if (!is_forbidden_now)
        return __real_backlight_find(b, in, is_no);
    *b = (struct backlight){0};
    *is_no = true;
    return false;
}

bool
__wrap_backlight_write(const struct backlight *b, int level)
{
    errno = EIO;
    return !is_unwritable && __real_backlight_write(b, level);
}

static int warnings;

static void
count_warnings(void *data, enum log_weight weight, const char *words)
{
    (void) data;
    (void) words;
    warnings += weight == LOG_WARNING_LINE;
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
    is_forbidden_now = is_unwritable = false;
    looks = warnings = 0;
    log_also_tell(count_warnings, NULL);
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

static struct screen_plan
plan(const struct screen_power *p, int hour, int64_t ms)
{
    struct screen_moment m = {
        .now = {.mono_ms = SOON_MS + ms,
                .wall_s = NOON + (hour - 12) * 3600,
                .is_trusted = true},
    };
    return screen_power_plan(p, NULL, m);
}

/* A turn of the loop at that hour; `ms` since start. */
static bool
turn(struct screen_power *p, int hour, int64_t ms)
{
    return screen_power_set(p, plan(p, hour, ms).light, SOON_MS + ms);
}

/* On the hour the hours want to be asked again in a minute; what is due before
   that is ours. */
static void
assert_due(const struct screen_power *p, int64_t at_ms, int64_t due_ms)
{
    struct screen_plan it = plan(p, 12, at_ms);
    if (it.again_ms != SOON_MS + due_ms)
        fail_msg("due at %lld", (long long) (it.again_ms - SOON_MS));
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

/* The television is off at the wall, or another program has the card. */
static void
a_signal_that_does_not_come_back_is_asked_for_again(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    has_signal = true;
    start(&p, &c);
    warnings = 0; // that it cannot be dimmed
    turn(&p, 20, 0);
    assert_said("black no-signal ");
    is_stuck = true;
    turn(&p, 20, 60000);
    assert_said("no-signal ");
    assert_int_equal(warnings, 1);
    assert_false(turn(&p, 12, 100000));
    assert_said("signal ");
    assert_int_equal(warnings, 2); // the night's is another
    assert_due(&p, 110000, 160000);
    assert_false(turn(&p, 12, 159999));
    assert_said("");
    for (int64_t minute = 0; minute < 24 * 60; minute++) {
        assert_false(turn(&p, 12, 160000 + minute * 60000));
        assert_said("signal ");
    }
    assert_int_equal(warnings, 2);
    turn(&p, 17, 99000000); // dimmed is on as well
    turn(&p, 17, 99000001);
    assert_said("signal ");
    is_stuck = false;
    screen_power_again(&p, SOON_MS + 99010000); // it was plugged in
    assert_said("signal ");
    screen_power_again(&p, SOON_MS + 99020000);
    assert_false(turn(&p, 12, 99200000));
    assert_due(&p, 99200000, 99260000); // no more than the hours want
    assert_said("");
    screen_power_close(&p);
    assert_said("");
}

static void
a_signal_that_comes_back_late_is_painted_for(void **state)
{
    struct config c = settings(POWER_DPMS);
    struct screen_power p;
    (void) state;
    has_signal = true;
    start(&p, &c);
    assert_false(turn(&p, 12, 0));
    turn(&p, 20, 1000);
    is_stuck = true;
    turn(&p, 12, 2000);
    is_stuck = false;
    assert_false(turn(&p, 12, 3000));
    assert_true(turn(&p, 12, 62000));
    assert_false(turn(&p, 12, 122000));
    assert_said("black no-signal signal signal ");
    is_stuck = true;
    turn(&p, 20, 123000);
    turn(&p, 12, 124000);
    assert_said("black no-signal signal ");
    screen_power_close(&p); // who takes over gets it back as well
    assert_said("signal ");
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

static void
a_panel_that_is_not_lit_is_tried_again(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    put_panel("200\n");
    start(&p, &c);
    turn(&p, 12, 0);
    turn(&p, 17, 1000);
    is_unwritable = true;
    turn(&p, 12, 2000);
    assert_int_equal(level(), 60);
    assert_int_equal(warnings, 1);
    turn(&p, 17, 3000); // it was never a wish
    turn(&p, 20, 63000);
    assert_int_equal(level(), 60);
    assert_int_equal(warnings, 2);
    turn(&p, 12, 64000);
    assert_int_equal(level(), 60);
    assert_int_equal(warnings, 3);
    assert_due(&p, 70000, 124000);
    is_unwritable = false;
    turn(&p, 12, 123999);
    assert_int_equal(level(), 60);
    turn(&p, 12, 124000);
    assert_int_equal(level(), 200);
    assert_due(&p, 130000, 190000);
    put_panel("40\n"); // a wish, which nobody touches
    turn(&p, 12, 300000);
    assert_int_equal(level(), 40);
    turn(&p, 17, 301000);
    is_unwritable = true;
    turn(&p, 12, 302000);
    is_unwritable = false;
    assert_int_equal(level(), 12);
    screen_power_close(&p); // the last try
    assert_int_equal(level(), 40);
}

/* At boot the kernel has it before udev has handed it over. */
static void
a_panel_that_is_handed_over_late_is_taken(void **state)
{
    static const struct {
        enum power_way asked;
        bool has_signal;
        enum power_way before, after;
    } rows[] = {
        {POWER_AUTO, true, POWER_DPMS, POWER_BACKLIGHT},
        {POWER_AUTO, false, POWER_BLACK, POWER_BACKLIGHT},
        {POWER_BACKLIGHT, true, POWER_BLACK, POWER_BACKLIGHT},
        {POWER_DPMS, true, POWER_DPMS, POWER_DPMS}, // but it is dimmed
        {POWER_BLACK, true, POWER_BLACK, POWER_BLACK},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config c = settings(rows[i].asked);
        struct screen_power p;
        tear_down(NULL);
        set_up(NULL);
        put_panel("60\n");
        put("state/brightness", "panel 200\n"); // and one of us was killed
        has_signal = rows[i].has_signal;
        is_forbidden_now = true;
        start(&p, &c);
        if (p.way != rows[i].before)
            fail_msg("row %zu: %d", i, p.way);
        turn(&p, 12, 0);
        turn(&p, 17, 1000);
        assert_int_equal(level(), 60);
        is_forbidden_now = false;
        assert_due(&p, 10000, 60000);
        turn(&p, 17, 59999);
        assert_int_equal(looks, 2); // at the start, and in the first turn
        turn(&p, 12, 60000);
        assert_int_equal(level(), 200);
        turn(&p, 17, 70000);
        assert_int_equal(level(), 60);
        turn(&p, 20, 80000);
        assert_int_equal(level(), rows[i].after == POWER_BACKLIGHT ? 0 : 60);
        if (p.way != rows[i].after)
            fail_msg("row %zu: %d", i, p.way);
        assert_int_equal(warnings, 0);
        assert_int_equal(looks, 3);
        screen_power_close(&p);
        assert_int_equal(level(), 200);
    }
}

/* While the signal is off, so that it has to be had back all the same. */
static void
a_panel_may_be_handed_over_in_the_dark(void **state)
{
    struct config c = settings(POWER_AUTO);
    struct screen_power p;
    (void) state;
    put_panel("200\n");
    has_signal = is_forbidden_now = true;
    start(&p, &c);
    turn(&p, 20, 0);
    assert_said("black no-signal ");
    is_forbidden_now = false;
    turn(&p, 20, 60000);
    assert_int_equal(level(), 0);
    assert_said("");
    screen_power_again(&p, SOON_MS + 61000); // what is shown now fails
    assert_said("");
    turn(&p, 12, 62000);
    assert_int_equal(level(), 200);
    assert_said("signal ");
    turn(&p, 20, 63000);
    assert_int_equal(level(), 0);
    assert_said("black ");
    screen_power_close(&p);
    assert_said("");
}

static void
a_panel_that_stays_forbidden_is_complained_of_once(void **state)
{
    static const struct {
        enum power_way asked;
        bool has_hours;
        int warnings;
    } rows[] = {
        {POWER_AUTO, true, 2},      // and that nothing is dimmed
        {POWER_BACKLIGHT, true, 3}, // and that off is black
        {POWER_BACKLIGHT, false, 1},
        {POWER_AUTO, false, 0}, // nobody wants anything of it
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct config c = {.power = rows[i].asked,
                           .screen_hours = {.night_percent = 30}};
        struct screen_power p;
        if (rows[i].has_hours)
            c = settings(rows[i].asked);
        tear_down(NULL);
        set_up(NULL);
        put_panel("200\n");
        is_forbidden_now = true;
        start(&p, &c);
        assert_true(plan(&p, 12, 0).again_ms <= SOON_MS);
        for (int64_t minute = 0; minute < 10; minute++)
            turn(&p, 12, minute * 60000);
        assert_int_equal(warnings, 0);
        turn(&p, 12, INT64_C(10) * 60000);
        if (warnings != rows[i].warnings)
            fail_msg("row %zu: %d", i, warnings);
        int looked = looks;
        for (int64_t minute = 11; minute < 100; minute++)
            turn(&p, 12, minute * 60000);
        assert_int_equal(looks, looked);
        assert_int_equal(warnings, rows[i].warnings);
        if (!rows[i].has_hours)
            assert_true(plan(&p, 12, 0).again_ms == INT64_MAX);
        screen_power_close(&p);
    }
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

#define HEARD "echo 'Sequence: 9 Tx Timestamp: 34.567s'"
#define ON "--image-view-on"
#define OFF "--standby"

/* `then` is what it does with what it is told, which it writes down. */
static void
put_television(const char *then)
{
    char path[128], script[400];
    snprintf(script, sizeof script, "#!/bin/sh\necho \"$7\" >>%s/told\n%s\n",
             folder, then);
    put("cec-ctl", script);
    snprintf(path, sizeof path, "%s/cec-ctl", folder);
    chmod(path, 0755);
    put("cec0", "");
}

static void
start_with_television(struct screen_power *p, const struct config *c,
                      const char *then)
{
    put_television(then);
    setenv("PATH", folder, 1);
    start(p, c);
    setenv("PATH", "/usr/bin:/bin", 1);
    assert_int_equal(p->way, POWER_CEC);
}

/* How often it was told that, once all is said. */
static int
told(struct screen_power *p, const char *word)
{
    char path[128], line[100];
    int count = 0;
    while (p->cec.child) {
        struct pollfd on = {.fd = child_fd(p->cec.child), .events = POLLIN};
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
        screen_cec_turn(&p->cec);
    }
    snprintf(path, sizeof path, "%s/told", folder);
    FILE *f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f))
        count += strncmp(line, word, strlen(word)) == 0;
    if (f)
        fclose(f);
    return count;
}

static void
a_television_is_told_twice(void **state)
{
    struct config c = settings(POWER_CEC);
    struct screen_power p;
    (void) state;
    start_with_television(&p, &c, HEARD);
    turn(&p, 12, 0);
    assert_int_equal(told(&p, ON), 1); // it may have been off
    turn(&p, 20, 1000);
    assert_said("black ");
    assert_int_equal(told(&p, OFF), 1);
    turn(&p, 20, 61000);
    assert_int_equal(told(&p, OFF), 2);
    for (int minute = 2; minute < 100; minute++)
        turn(&p, 20, 1000 + minute * 60000);
    screen_power_again(&p, SOON_MS + 100 * 60000); // switched on by hand
    assert_null(p.cec.child);
    assert_int_equal(told(&p, OFF), 2);
    turn(&p, 12, 7200000);
    assert_int_equal(told(&p, ON), 2);
    // It has heard: whoever switches it off now has a reason.
    screen_power_again(&p, SOON_MS + 7200000 + 30000);
    for (int64_t minute = 1; minute < 20; minute++)
        turn(&p, 12, 7200000 + minute * 60000);
    assert_int_equal(told(&p, ON), 2);
    assert_due(&p, 8400000, 8460000);
    screen_power_close(&p);
}

static void
a_television_that_does_not_hear_is_told_five_times(void **state)
{
    struct config c = settings(POWER_CEC);
    struct screen_power p;
    (void) state;
    start_with_television(&p, &c, "exit 0");
    turn(&p, 20, 0);
    assert_int_equal(told(&p, OFF), 1);
    warnings = 0;
    turn(&p, 12, 1000);
    assert_int_equal(told(&p, ON), 1);
    assert_int_equal(warnings, 1); // in spite of the night's
    assert_due(&p, 10000, 61000);
    turn(&p, 17, 20000); // nothing to tell it
    assert_int_equal(told(&p, ON), 1);
    turn(&p, 12, 60999);
    assert_int_equal(told(&p, ON), 1);
    for (int minute = 1; minute < 60; minute++) {
        turn(&p, 12, 1000 + minute * 60000);
        assert_int_equal(told(&p, ON), minute < 5 ? minute + 1 : 5);
    }
    assert_int_equal(warnings, 1);
    assert_due(&p, 3600000, 3660000);

    // It was plugged in: as if it had never been told.
    screen_power_again(&p, SOON_MS + 3601000);
    assert_int_equal(told(&p, ON), 6);
    put_television(HEARD);
    assert_due(&p, 3602000, 3661000);
    turn(&p, 12, 3661000);
    assert_int_equal(told(&p, ON), 7);
    turn(&p, 12, 3662000);
    turn(&p, 12, 3721000);
    screen_power_again(&p, SOON_MS + 3722000);
    assert_int_equal(told(&p, ON), 7);
    screen_power_close(&p);
}

static void
what_it_is_being_told_is_not_begun_anew(void **state)
{
    struct config c = settings(POWER_CEC);
    struct screen_power p;
    (void) state;
    start_with_television(&p, &c, "while :; do /bin/sleep 1; done");
    turn(&p, 12, 0);
    const struct child *run = p.cec.child;
    assert_non_null(run);
    assert_true(screen_power_wait_ms(&p, 60000) <= 200);
    for (int64_t minute = 1; minute < 10; minute++) {
        turn(&p, 12, minute * 60000);
        assert_ptr_equal(p.cec.child, run);
        assert_due(&p, minute * 60000 + 1, minute * 60000 + 60000);
    }
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
        TEST(a_signal_that_does_not_come_back_is_asked_for_again),
        TEST(a_signal_that_comes_back_late_is_painted_for),
        TEST(a_window_that_is_new_is_black_again),
        TEST(a_panel_is_dimmed_and_put_out),
        TEST(it_is_never_dimmed_to_nothing),
        TEST(a_panel_that_was_left_dark_is_put_right),
        TEST(the_usual_level_is_written_once),
        TEST(a_state_that_cannot_be_written_is_no_matter),
        TEST(a_panel_that_is_not_lit_is_tried_again),
        TEST(a_panel_that_is_handed_over_late_is_taken),
        TEST(a_panel_may_be_handed_over_in_the_dark),
        TEST(a_panel_that_stays_forbidden_is_complained_of_once),
        TEST(the_first_touch_only_wakes),
        TEST(so_does_the_first_key),
        TEST(a_finger_nobody_hears_of_keeps_nothing_awake),
        TEST(who_plugged_it_in_sees_that_it_works),
        TEST(a_television_is_told_twice),
        TEST(a_television_that_does_not_hear_is_told_five_times),
        TEST(what_it_is_being_told_is_not_begun_anew),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
