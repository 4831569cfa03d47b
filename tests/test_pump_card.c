// links: src/sdl/pump_card.c src/base/log.c
// libs: -lSDL2

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "sdl/pump_card.h"

/* The console itself is in no test: SDL's dummy driver stands for any other
   display, and a struct made by hand for the console. */

static struct pump_card
console(void)
{
    struct pump_card c = {.wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK),
                          .is_stale = true};
    assert_true(c.wake > 0);
    return c;
}

static void
elsewhere_sdl_waits_itself(void **state)
{
    struct pump_card c;
    (void) state;
    assert_int_equal(SDL_InitSubSystem(SDL_INIT_VIDEO), 0);
    assert_false(pump_card_open(&c));
    assert_int_equal(c.wake, 0);
    pump_card_wake(&c); // writes to nobody
    pump_card_close(&c);
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

static void
a_wake_up_before_the_wait_ends_it(void **state)
{
    struct pump_card c = console();
    uint64_t times;
    (void) state;
    pump_card_wake(&c);
    pump_card_wake(&c);
    pump_card_wait(&c, 60000);
    // It was taken, so that the next wait is one.
    assert_int_equal(read(c.wake, &times, sizeof times), -1);
    assert_int_equal(errno, EAGAIN);
    pump_card_wait(&c, 1);
    pump_card_close(&c);
}

static void
udevs_word_is_waited_for(void **state)
{
    struct pump_card c = console();
    (void) state;
    pump_card_wait(&c, 0);
    int before = c.count;
    int udev =
        socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT);
    int other = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    assert_true(udev >= 0 && other >= 0);
    pump_card_wait(&c, 0);
    assert_int_equal(c.count, before); // nobody has said that it is there
    c.is_stale = true;
    pump_card_wait(&c, 0);
    assert_int_equal(c.count, before + 1);
    assert_int_equal(c.fds[c.count - 1].fd, udev);
    assert_false(c.is_stale);

    // Its descriptor is gone, as a panel's is when it is pulled out.
    close(udev);
    pump_card_wait(&c, 60000);
    assert_true(c.is_stale);
    pump_card_wait(&c, 0);
    assert_int_equal(c.count, before);
    close(other);
    pump_card_close(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(elsewhere_sdl_waits_itself),
        cmocka_unit_test(a_wake_up_before_the_wait_ends_it),
        cmocka_unit_test(udevs_word_is_waited_for),
    };
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
