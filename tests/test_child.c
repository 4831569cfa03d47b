// links: src/io/child.c src/base/*.c
// libs: -lunistring -pthread -Wl,--wrap=waitid
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/child.h"
#include "tests/frozen_child.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PATIENCE_MS 60000 // of the test, for a machine that is busy

static struct child *
start(const char *script, struct child_order order)
{
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    static const char *const env[] = {"PATH=/usr/bin:/bin", "SAID=here", NULL};
    struct problem why = {0};
    order.argv = argv;
    order.env = env;
    if (!order.output_most)
        order.output_most = 4096;
    struct child *c = child_start(&order, &why);
    if (!c)
        fail_msg("%s", why.text);
    return c;
}

/* As a loop would. */
static void
wait_for(struct child *c)
{
    struct pollfd on = {.fd = child_fd(c), .events = POLLIN};
    while (!child_turn(c))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
    assert_true(child_turn(c));
}

static void
assert_says(const char *script, struct child_order order, const char *wanted)
{
    struct child *c = start(script, order);
    wait_for(c);
    assert_int_equal(child_end(c), CHILD_LEFT);
    assert_string_equal(text_string(child_output(c)), wanted);
    child_free(c);
}

static void
reads_and_writes(void **state)
{
    (void) state;
    assert_says("cat; echo \"$SAID $HOME\"; pwd",
                (struct child_order){.input = "in\n", .input_len = 3},
                "in\nhere \n/\n");
    assert_says("pwd; wc -c", (struct child_order){.folder = "/usr"},
                "/usr\n0\n");
    struct child *c = start("echo one >&2; printf 'two\\303\\251\\n' >&2; "
                            "exit 7",
                            (struct child_order){0});
    wait_for(c);
    assert_int_equal(child_end(c), CHILD_LEFT);
    assert_int_equal(child_status(c), 7);
    assert_string_equal(child_complaint(c), "two??");
    child_free(c);
    child_free(NULL);
}

static void
takes_a_long_input(void **state)
{
    (void) state;
    size_t len = (size_t) 3 * 1024 * 1024;
    char *input = malloc(len);
    memset(input, 'x', len);
    assert_says("wc -c", (struct child_order){.input = input, .input_len = len},
                "3145728\n");
    free(input);
}

static void
holds_it_in_limits(void **state)
{
    (void) state;
    static const struct child_order order = {
        .cpu_s = 3, .memory_bytes = 1u << 28, .file_bytes = 512 * 100};
    assert_says("ulimit -t; ulimit -v; ulimit -f; ulimit -c; ulimit -n; nice",
                order, "3\n262144\n100\n0\n64\n19\n");
    assert_says("grep -h NoNewPrivs /proc/self/status", order,
                "NoNewPrivs:\t1\n");
}

static void
inherits_nothing(void **state)
{
    (void) state;
    int open_one = fcntl(STDOUT_FILENO, F_DUPFD, 50); // without CLOEXEC
    sigset_t blocked, before;
    sigfillset(&blocked);
    sigprocmask(SIG_BLOCK, &blocked, &before);
    signal(SIGPIPE, SIG_IGN);
    // 3 is the shell's own look at the folder.
    assert_says("for f in /proc/$$/fd/*; do echo ${f##*/}; done",
                (struct child_order){0}, "0\n1\n2\n3\n");
    // 32 and 33 are the C library's own: nobody can set them, so a parent that
    // ignores them hands that on.
    assert_says("grep -E 'SigBlk|SigIgn' /proc/self/status |"
                " sed 's/0000000180000000/0000000000000000/'",
                (struct child_order){0},
                "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(open_one);
}

static void
ends_what_does_not_end(void **state)
{
    (void) state;
    static const struct {
        const char *script;
        struct child_order order;
        enum child_end end;
    } rows[] = {
        {"sleep 600", {.wall_ms = 50}, CHILD_WAS_LATE},
        {"trap '' TERM HUP INT; sleep 600 & sleep 600",
         {.wall_ms = 50},
         CHILD_WAS_LATE},
        {"exec >&- 2>&-; sleep 600", {.wall_ms = 50}, CHILD_WAS_LATE},
        {"while :; do :; done", {.cpu_s = 1}, CHILD_DIED},
        {"yes", {.wall_ms = PATIENCE_MS}, CHILD_SAID_TOO_MUCH},
        {"head -c 4097 /dev/zero", {0}, CHILD_SAID_TOO_MUCH},
        {"yes >&2", {.wall_ms = 50}, CHILD_WAS_LATE},
        {"kill -SEGV $$", {0}, CHILD_DIED},
        {"head -c 4096 /dev/zero", {0}, CHILD_LEFT},
        {"sleep 600 & exit 0", {0}, CHILD_LEFT}, // holds our pipe open
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct child *c = start(rows[i].script, rows[i].order);
        wait_for(c);
        if (child_end(c) != rows[i].end)
            fail_msg("%s: %d", rows[i].script, (int) child_end(c));
        assert_in_range(child_output(c)->len, 0, 4096);
        child_free(c);
    }
    // Nobody is left to be waited for.
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* What it has started goes with it. */
static void
ends_the_whole_group(void **state)
{
    (void) state;
    struct child *c =
        start("sleep 600 & echo $!; wait", (struct child_order){0});
    struct pollfd on = {.fd = child_fd(c), .events = POLLIN};
    while (!strchr(text_string(child_output(c)), '\n')) {
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
        assert_false(child_turn(c));
    }
    pid_t pid = (pid_t) strtol(text_string(child_output(c)), NULL, 10);
    assert_int_equal(kill(pid, 0), 0);
    child_free(c);
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int) pid);
    for (int i = 0; i < 1000; i++) { // a zombie has no command line
        FILE *f = fopen(path, "r");
        int first = f ? fgetc(f) : EOF;
        if (f)
            fclose(f);
        if (first == EOF)
            break;
        usleep(10 * 1000);
        assert_int_not_equal(i, 999);
    }
}

/* As one that hangs in the kernel: killed, it is not gone yet. */
static void
need_not_be_waited_for(void **state)
{
    (void) state;
    assert_true(child_try_free(NULL));
    child_leave(NULL);
    struct child *c = start("exit 0", (struct child_order){0});
    wait_for(c);
    assert_true(child_try_free(c));

    c = start("trap '' TERM; sleep 600 & sleep 600", (struct child_order){0});
    is_frozen = true;
    assert_false(child_try_free(c));
    assert_int_equal(child_end(c), CHILD_DIED);
    assert_false(child_turn(c));
    assert_false(child_try_free(c));
    is_frozen = false;
    struct pollfd on = {.fd = child_fd(c), .events = POLLIN};
    while (!child_try_free(c))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); // it was buried

    c = start("sleep 600", (struct child_order){0});
    is_frozen = true;
    child_leave(c);
    is_frozen = false;
    int status = 0;
    assert_true(waitpid(-1, &status, 0) > 0); // who ends later is init's
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void
says_why_it_cannot_start(void **state)
{
    (void) state;
    static const char *const missing[] = {"/nonexistent/program", NULL};
    static const char *const no_program[] = {"/etc/passwd", NULL};
    struct problem why = {0};
    struct child_order order = {.argv = missing};
    assert_null(child_start(&order, &why));
    assert_non_null(strstr(why.text, "/nonexistent/program cannot be run"));
    order.argv = no_program;
    assert_null(child_start(&order, &why));
    struct child *c =
        start("exit 0", (struct child_order){.folder = "/nonexistent"});
    wait_for(c);
    assert_int_equal(child_status(c), CHILD_NOT_STARTED);
    child_free(c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_writes),
        cmocka_unit_test(takes_a_long_input),
        cmocka_unit_test(holds_it_in_limits),
        cmocka_unit_test(inherits_nothing),
        cmocka_unit_test(ends_what_does_not_end),
        cmocka_unit_test(ends_the_whole_group),
        cmocka_unit_test(need_not_be_waited_for),
        cmocka_unit_test(says_why_it_cannot_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
