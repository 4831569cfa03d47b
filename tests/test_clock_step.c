// links: src/base/clock_step.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "base/clock_step.h"

/* What the kernel says of it; -1: nothing. */
static long
timer_says(int fd, const char *what)
{
    char path[64], line[128];
    long value = -1;
    size_t len = strlen(what);
    snprintf(path, sizeof path, "/proc/self/fdinfo/%d", fd);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, what, len) == 0)
            value = strtol(line + len, NULL, 8);
    if (file)
        fclose(file);
    return value;
}

/* No test may set the clock of the machine it runs on, so this asks whether
   the kernel was asked to tell; tests/lab/kiosk.sh sets one. */
static void
setting_the_clock_is_waited_for(void **state)
{
    (void) state;
    assert_false(clock_step_take(-1));
    int fd = clock_step_open();
    assert_true(fd >= 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    assert_false(clock_step_take(fd)); // and it does not wait
    assert_int_equal(poll(&p, 1, 0), 0);
    assert_int_equal(timer_says(fd, "clockid:"), CLOCK_REALTIME);
    assert_int_equal(timer_says(fd, "settime flags:"),
                     TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET);
    close(fd);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(setting_the_clock_is_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
