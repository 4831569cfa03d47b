// links: src/kiosk/service.c src/base/notify.c src/base/clock.c src/base/log.c
// links: src/base/hash.c

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "kiosk/service.h"
#include "sdl/display.h"

#define TV 1234
#define OTHER 5678
#define HALF 12 // what a television says that is still waking
#define HOUR_MS ((int64_t) 3600 * 1000)

/* The console, as this test wants it. */
static uint64_t plugged_in;
static bool is_awaited;
static bool is_desktop;
static uint64_t known; // the screen that SDL asked when it was opened

bool
display_is_on_console(void)
{
    return !is_desktop;
}

bool
display_knows_screen(void)
{
    return plugged_in == known;
}

uint64_t
display_mark(void)
{
    return plugged_in;
}

bool
display_is_awaited(void)
{
    return is_awaited;
}

static void
only_another_screen_is_another(void **state)
{
    static const struct {
        uint64_t seen[6];
        int ends_at; // the look that ends it; 6: none
    } rows[] = {
        {{TV, TV, TV, TV, TV, TV}, 6},
        {{0, 0, 0, TV, TV, TV}, 6}, // off, and on again
        {{TV, OTHER, OTHER, OTHER, TV, TV}, 2},
        {{0, 0, OTHER, OTHER, TV, TV}, 3},   // off, and exchanged
        {{TV, OTHER, TV, OTHER, TV, TV}, 6}, // it wakes
        {{0, TV, 0, TV, 0, TV}, 6},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct service s = {.screen = TV, .seen = TV};
        int look = 0;
        while (look < 6 && service_saw_screen(&s, rows[i].seen[look]) !=
                               SERVICE_SCREEN_OTHER)
            look++;
        if (look != rows[i].ends_at)
            fail_msg("row %zu ended at look %d", i, look);
    }
}

static void
one_that_is_back_is_painted_once(void **state)
{
    static const uint64_t seen[] = {TV, 0, 0, 0, TV, TV, TV};
    struct service s = {.screen = TV, .seen = TV};
    (void) state;
    for (int i = 0; i < 7; i++)
        assert_int_equal(service_saw_screen(&s, seen[i]),
                         i == 5 ? SERVICE_SCREEN_BACK : SERVICE_SCREEN_SAME);
}

/* The service as it begins: this was plugged in before SDL looked, that when
   SDL did, and this after. */
static struct service
begun(uint64_t before, uint64_t found, uint64_t after)
{
    struct service s = {0};
    is_desktop = false;
    plugged_in = before;
    service_before_screen(&s);
    known = found;
    plugged_in = after;
    service_begin(&s, "the board", 0);
    return s;
}

/* When it first says something else than that all is the same, or that there is
   something to ask, looking as often as it wants to, while `mark` is plugged in; 0: not within a day. */
static int64_t
says_something_at(struct service *s, uint64_t mark, int64_t from_ms,
                  enum service_screen *what)
{
    int64_t ms = from_ms, until_ms = from_ms + 24 * HOUR_MS;
    plugged_in = mark;
    for (; ms < until_ms; ms += service_wait_ms(s, HOUR_MS)) {
        *what = service_turn(s, ms);
        if (*what == SERVICE_SCREEN_WAKES)
            *what = SERVICE_SCREEN_SAME;
        if (*what != SERVICE_SCREEN_SAME)
            return ms;
    }
    return 0;
}

static void
what_was_there_when_sdl_looked_is_what_counts(void **state)
{
    static const struct {
        uint64_t before, found, after; // as in begun
        uint64_t then;                 // for a day
        enum service_screen says;
    } rows[] = {
        {TV, TV, TV, TV, SERVICE_SCREEN_SAME},
        {TV, TV, TV, OTHER, SERVICE_SCREEN_OTHER},
        // It wakes while SDL opens it, or a moment after.
        {HALF, HALF, TV, TV, SERVICE_SCREEN_OTHER},
        {HALF, HALF, HALF, TV, SERVICE_SCREEN_OTHER},
        // SDL's asking is what made the kernel look: no reason to begin again.
        {HALF, TV, TV, TV, SERVICE_SCREEN_SAME},
        {0, TV, TV, TV, SERVICE_SCREEN_SAME},
        {HALF, TV, TV, OTHER, SERVICE_SCREEN_OTHER},
        {0, HALF, TV, TV, SERVICE_SCREEN_OTHER},
        // Its line was down for a moment, as theirs are while they wake.
        {TV, TV, 0, TV, SERVICE_SCREEN_SAME},
        {TV, TV, 0, OTHER, SERVICE_SCREEN_OTHER},
        {0, TV, 0, 0, SERVICE_SCREEN_SAME},
        {0, TV, 0, TV, SERVICE_SCREEN_OTHER},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        enum service_screen says = SERVICE_SCREEN_SAME;
        struct service s = begun(rows[i].before, rows[i].found, rows[i].after);
        int64_t ms = says_something_at(&s, rows[i].then, 0, &says);
        if (says != rows[i].says)
            fail_msg("row %zu says %d at %lld", i, says, (long long) ms);
        // One that never comes to rest may not have us begin more often.
        if (says == SERVICE_SCREEN_OTHER)
            assert_true(ms >= 10000);
        service_close(&s);
    }
}

static void
each_try_to_open_it_counts_anew(void **state)
{
    enum service_screen says;
    (void) state;
    struct service s = begun(OTHER, OTHER, OTHER);
    plugged_in = TV;
    service_before_screen(&s);
    plugged_in = HALF; // which SDL has not
    service_begin(&s, "the board", 0);
    assert_false(says_something_at(&s, TV, 0, &says));
    assert_true(says_something_at(&s, OTHER, 24 * HOUR_MS, &says));
    assert_int_equal(says, SERVICE_SCREEN_OTHER);
    service_close(&s);
}

static void
one_that_flickers_ends_nothing(void **state)
{
    static const uint64_t marks[] = {TV, 0, HALF};
    (void) state;
    struct service s = begun(0, TV, 0);
    for (int i = 0; i < 1000; i++) {
        plugged_in = marks[i % 3];
        enum service_screen says = service_turn(&s, (int64_t) i * 5000);
        assert_true(says == SERVICE_SCREEN_SAME ||
                    says == SERVICE_SCREEN_WAKES);
    }
    service_close(&s);
}

static void
one_that_is_off_comes_back(void **state)
{
    enum service_screen says;
    (void) state;
    struct service s = begun(TV, TV, 0);
    assert_false(says_something_at(&s, 0, 0, &says));
    assert_true(says_something_at(&s, TV, 24 * HOUR_MS, &says));
    assert_int_equal(says, SERVICE_SCREEN_BACK);
    assert_false(says_something_at(&s, TV, 48 * HOUR_MS, &says));
    service_close(&s);
}

/* The kernel goes on telling what was there before, until it is made to ask. */
static void
what_is_plugged_in_is_asked_once(void **state)
{
    (void) state;
    struct service s = begun(TV, TV, TV);
    int64_t ms = 5000;
    for (; ms < 60000; ms += 5000)
        assert_int_equal(service_turn(&s, ms), SERVICE_SCREEN_SAME);
    plugged_in = 0;
    for (; ms < 120000; ms += 5000)
        assert_int_equal(service_turn(&s, ms), SERVICE_SCREEN_SAME);
    plugged_in = TV;
    assert_int_equal(service_turn(&s, ms += 5000), SERVICE_SCREEN_WAKES);
    plugged_in = OTHER;
    assert_int_equal(service_turn(&s, ms += 5000), SERVICE_SCREEN_SAME);
    assert_int_equal(service_turn(&s, ms += 5000), SERVICE_SCREEN_OTHER);
    service_close(&s);
}

static void
it_looks_now_and_then(void **state)
{
    (void) state;
    struct service s = begun(TV, TV, TV);
    service_begin(&s, "the board", 1000);
    assert_int_equal(service_wait_ms(&s, 3600000), 5000);
    plugged_in = OTHER;
    // It has not looked yet; then once, which may be an accident.
    assert_int_equal(service_turn(&s, 5999), SERVICE_SCREEN_SAME);
    assert_int_equal(service_turn(&s, 6000), SERVICE_SCREEN_SAME);
    assert_int_equal(service_turn(&s, 10999), SERVICE_SCREEN_SAME);
    assert_int_equal(service_turn(&s, 11000), SERVICE_SCREEN_OTHER);
    service_close(&s);
}

static void
on_a_desktop_it_never_looks(void **state)
{
    struct service s = {0};
    (void) state;
    is_desktop = true;
    plugged_in = TV;
    service_before_screen(&s);
    service_begin(&s, "the board", 1000);
    plugged_in = OTHER;
    for (int64_t ms = 1000; ms < 100000; ms += 1000)
        assert_int_equal(service_turn(&s, ms), SERVICE_SCREEN_SAME);
    assert_int_equal(service_wait_ms(&s, 3600000), 3600000);
    service_close(&s);
    is_desktop = false;
}

static void
a_person_is_not_kept_waiting(void **state)
{
    struct service s;
    (void) state;
    unsetenv("NOTIFY_SOCKET");
    service_open(&s);
    is_awaited = true;
    assert_false(service_waits_for_screen(&s, "No screen is plugged in"));
    service_close(&s);
}

static void
a_service_waits_for_a_screen_and_for_nothing_else(void **state)
{
    struct service s;
    (void) state;
    setenv("NOTIFY_SOCKET", "@nobody-listens-to-test-service", 1);
    service_open(&s);
    is_awaited = false; // it is there, and cannot be had
    assert_false(service_waits_for_screen(&s, "The screen cannot be opened"));
    is_awaited = true;
    assert_true(service_waits_for_screen(&s, "No screen is plugged in"));
    assert_int_equal(s.waits, 1);
    uint64_t first = s.waits_for;
    assert_true(service_waits_for_screen(&s, "Its card is not for this user"));
    assert_true(s.waits == 2 && s.waits_for != first); // so it says that too
    service_close(&s);
}

/* Stands for systemd. */
static int
listen_to(const char *name)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    int len = snprintf(at.sun_path + 1, sizeof at.sun_path - 1, "%s", name);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *) &at,
                          (socklen_t) (offsetof(struct sockaddr_un, sun_path) +
                                       1 + (size_t) len)),
                     0);
    return fd;
}

static void
assert_status(const struct service *s, const char *sentence)
{
    char wanted[160];
    snprintf(wanted, sizeof wanted, "STATUS=%s", sentence);
    assert_string_equal(s->notify.status, wanted);
}

static void
it_says_why_it_is_dark(void **state)
{
    static const char hours[] = "the screen is off: it is outside its hours";
    struct service s;
    char name[40];
    (void) state;
    snprintf(name, sizeof name, "@test-service-%d", (int) getpid());
    int systemd = listen_to(name + 1);
    setenv("NOTIFY_SOCKET", name, 1);
    service_open(&s);
    plugged_in = known = TV;
    service_begin(&s, "the board", 1000);
    service_dark(&s, false);
    assert_status(&s, "showing the board");
    service_dark(&s, true);
    assert_status(&s, hours);
    service_saw_screen(&s, TV); // a look changes nothing
    assert_status(&s, hours);
    service_saw_screen(&s, 0);
    service_saw_screen(&s, 0);
    assert_status(&s, "the screen is switched off");
    service_saw_screen(&s, TV);
    assert_int_equal(service_saw_screen(&s, TV), SERVICE_SCREEN_BACK);
    assert_status(&s, hours);
    service_dark(&s, false);
    assert_status(&s, "showing the board");
    service_close(&s);
    close(systemd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_another_screen_is_another),
        cmocka_unit_test(one_that_is_back_is_painted_once),
        cmocka_unit_test(what_was_there_when_sdl_looked_is_what_counts),
        cmocka_unit_test(each_try_to_open_it_counts_anew),
        cmocka_unit_test(one_that_flickers_ends_nothing),
        cmocka_unit_test(one_that_is_off_comes_back),
        cmocka_unit_test(what_is_plugged_in_is_asked_once),
        cmocka_unit_test(it_looks_now_and_then),
        cmocka_unit_test(on_a_desktop_it_never_looks),
        cmocka_unit_test(it_says_why_it_is_dark),
        cmocka_unit_test(a_person_is_not_kept_waiting),
        cmocka_unit_test(a_service_waits_for_a_screen_and_for_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
