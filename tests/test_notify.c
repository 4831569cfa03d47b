// links: src/base/notify.c

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/notify.h"

/* systemd's end of it: a socket without a file, as in containers, or with. */
struct systemd {
    int fd;
    struct sockaddr_un at;
    char name[sizeof(struct sockaddr_un)];
};

static void
listen_at(struct systemd *s, const char *name)
{
    size_t len = strlen(name);
    *s = (struct systemd){.at.sun_family = AF_UNIX};
    memcpy(s->at.sun_path, name, len);
    memcpy(s->name, name, len);
    if (name[0] == '@')
        s->at.sun_path[0] = '\0';
    s->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    socklen_t all = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + len);
    assert_int_equal(bind(s->fd, (struct sockaddr *) &s->at, all), 0);
    assert_int_equal(setenv("NOTIFY_SOCKET", name, 1), 0);
}

static void
hang_up(struct systemd *s)
{
    close(s->fd);
    if (s->name[0] == '/')
        unlink(s->name);
}

/* What it was told since it was last asked, messages parted by |. */
static const char *
heard(const struct systemd *s)
{
    static char all[1024];
    size_t at = 0;
    ssize_t len;
    all[0] = '\0';
    while ((len = recv(s->fd, all + at, sizeof all - at - 2, 0)) > 0) {
        at += (size_t) len;
        all[at++] = '|';
        all[at] = '\0';
    }
    return all;
}

static void
say_watchdog(const char *usec, const char *pid)
{
    if (usec)
        setenv("WATCHDOG_USEC", usec, 1);
    else
        unsetenv("WATCHDOG_USEC");
    if (pid)
        setenv("WATCHDOG_PID", pid, 1);
    else
        unsetenv("WATCHDOG_PID");
}

static void
tell_all(const char *name)
{
    struct systemd systemd;
    struct notify n;
    listen_at(&systemd, name);
    say_watchdog(NULL, NULL);
    notify_open(&n);
    assert_true(notify_is_asked(&n));
    notify_ready(&n);
    notify_status(&n, "waiting for a screen");
    notify_alive(&n, 1000); // there is no watchdog
    notify_stopping(&n);
    assert_string_equal(heard(&systemd),
                        "READY=1|STATUS=waiting for a screen|STOPPING=1|");
    notify_close(&n);
    notify_ready(&n);
    assert_string_equal(heard(&systemd), "");
    hang_up(&systemd);
}

static void
systemd_is_told(void **state)
{
    char name[64];
    (void) state;
    snprintf(name, sizeof name, "@staffroom-notify-%d", (int) getpid());
    tell_all(name);
    snprintf(name, sizeof name, "/tmp/staffroom-notify-%d", (int) getpid());
    tell_all(name);
}

static void
a_sentence_is_told_once_and_is_one_line(void **state)
{
    struct systemd systemd;
    struct notify n;
    (void) state;
    listen_at(&systemd, "@staffroom-notify-status");
    say_watchdog(NULL, NULL);
    notify_open(&n);
    notify_status(&n, "showing");
    notify_status(&n, "showing");
    notify_status(&n, "off\nREADY=1");
    notify_status(&n, "showing");
    assert_string_equal(heard(&systemd),
                        "STATUS=showing|STATUS=off READY=1|STATUS=showing|");
    notify_close(&n);
    hang_up(&systemd);
}

static void
the_watchdog_is_fed_in_time(void **state)
{
    struct systemd systemd;
    struct notify n;
    char pid[16];
    int meals = 0;
    (void) state;
    listen_at(&systemd, "@staffroom-notify-watchdog");
    snprintf(pid, sizeof pid, "%d", (int) getpid());
    say_watchdog("30000000", pid);
    notify_open(&n);
    assert_int_equal(notify_wait_ms(&n, 3600000), 10000);
    assert_int_equal(notify_wait_ms(&n, 16), 16);
    notify_alive(&n, 1000);
    assert_string_equal(heard(&systemd), "WATCHDOG=1|");
    // A fade turns sixty times a second, an idle night every ten seconds.
    for (int64_t ms = 1016; ms < 31000; ms += 16) {
        notify_alive(&n, ms);
        meals += *heard(&systemd) != '\0';
    }
    assert_in_range(meals, 3, 6);
    notify_alive(&n, 41000);
    assert_string_equal(heard(&systemd), "WATCHDOG=1|");
    notify_close(&n);
    hang_up(&systemd);
}

static void
somebody_elses_watchdog_is_not_ours(void **state)
{
    static const struct {
        const char *usec, *pid;
        int wait_ms;
    } rows[] = {
        {NULL, NULL, 60000},
        {"30000000", NULL, 10000},
        {"30000000", "1", 60000},
        {"30000000", "x", 60000},
        {"0", NULL, 60000},
        {"-30000000", NULL, 60000},
        {"30s", NULL, 60000},
        {"", NULL, 60000},
        {"1", NULL, 1},
        {"9223372036854775807", NULL, 60000},
        {"99999999999999999999", NULL, 60000},
    };
    struct systemd systemd;
    (void) state;
    listen_at(&systemd, "@staffroom-notify-rows");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct notify n;
        say_watchdog(rows[i].usec, rows[i].pid);
        notify_open(&n);
        if (notify_wait_ms(&n, 60000) != rows[i].wait_ms)
            fail_msg("row %zu: %d", i, notify_wait_ms(&n, 60000));
        notify_close(&n);
    }
    hang_up(&systemd);
}

static void
without_systemd_nothing_happens(void **state)
{
    static const char *const sockets[] = {
        NULL, "", "x", "/", "@", "relative", "/tmp/nobody-listens-here"};
    char name[200];
    (void) state;
    say_watchdog("30000000", NULL);
    for (size_t i = 0; i <= sizeof sockets / sizeof *sockets; i++) {
        struct notify n;
        memset(name, 'n', sizeof name - 1); // too long for a socket
        name[0] = '@';
        name[sizeof name - 1] = '\0';
        const char *is =
            i < sizeof sockets / sizeof *sockets ? sockets[i] : name;
        if (is)
            setenv("NOTIFY_SOCKET", is, 1);
        else
            unsetenv("NOTIFY_SOCKET");
        notify_open(&n);
        notify_ready(&n);
        notify_status(&n, "showing");
        notify_alive(&n, 1000);
        notify_stopping(&n);
        notify_close(&n);
    }
    struct notify zero = {0};
    assert_false(notify_is_asked(&zero));
    assert_int_equal(notify_wait_ms(&zero, INT_MAX), INT_MAX);
    notify_alive(&zero, 1000);
    notify_close(&zero);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(systemd_is_told),
        cmocka_unit_test(a_sentence_is_told_once_and_is_one_line),
        cmocka_unit_test(the_watchdog_is_fed_in_time),
        cmocka_unit_test(somebody_elses_watchdog_is_not_ours),
        cmocka_unit_test(without_systemd_nothing_happens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
