// links: src/kiosk/screen_cec.c src/io/child.c src/base/*.c
// libs: -lunistring -pthread -Wl,--wrap=waitid
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "kiosk/screen_cec.h"
#include "tests/frozen_child.h"

#define PATIENCE_MS 60000 // of the test, for a machine that is busy

/* As cec-ctl of v4l-utils 1.22 says it. */
#define HEARD "printf '\\tSequence: 9 Tx Timestamp: 34.567s\\n'"
#define NOT_ANSWERED                                                           \
    HEARD "; printf '\\tTx, Not Acknowledged (4), Max Retries\\n'"
#define UNCONFIGURED "echo 'Adapter is unconfigured, please configure it.' >&2"

/* Holds cec-ctl, what it heard, and the devices. */
static char folder[] = "/tmp/test_screen_cec.XXXXXX";

static void
put(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
    chmod(path, 0755);
}

/* A cec-ctl that writes down what it is told, then does `then`. */
static void
put_program(const char *then)
{
    char text[600];
    snprintf(text, sizeof text, "#!/bin/sh\necho \"$*\" >>%s/heard\n%s\n",
             folder, then);
    put("cec-ctl", text);
}

static void
remove_heard(void)
{
    char path[256];
    snprintf(path, sizeof path, "%s/heard", folder);
    unlink(path);
}

static void
assert_heard(const char *wanted)
{
    char path[256], said[2000];
    snprintf(path, sizeof path, "%s/heard", folder);
    FILE *f = fopen(path, "r");
    size_t len = f ? fread(said, 1, sizeof said - 1, f) : 0;
    said[len] = '\0';
    if (f)
        fclose(f);
    // Where the devices are is none of the test's business.
    for (char *at; (at = strstr(said, folder));)
        memmove(at, at + strlen(folder), strlen(at + strlen(folder)) + 1);
    assert_string_equal(said, wanted);
}

static void
wait_for_all(struct screen_cec *c)
{
    while (c->child) {
        struct pollfd on = {.fd = child_fd(c->child), .events = POLLIN};
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
        if (child_end(c->child) == CHILD_RUNS)
            assert_true(screen_cec_wait_ms(c, 60000) <= 200);
        screen_cec_turn(c);
    }
    assert_int_equal(screen_cec_wait_ms(c, 60000), 60000);
}

static int
set_up(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "/tmp/test_screen_cec.XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    return setenv("PATH", folder, 1);
}

static int
tear_down(void **state)
{
    char command[128];
    (void) state;
    setenv("PATH", "/usr/bin:/bin", 1);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    return system(command);
}

static void
every_adapter_is_told_in_turn(void **state)
{
    struct screen_cec c;
    (void) state;
    put_program(HEARD);
    put("cec0", "");
    put("cec2", "");
    assert_true(screen_cec_open(&c, folder));
    screen_cec_turn(&c); // nothing to say yet
    screen_cec_tell(&c, false);
    wait_for_all(&c);
    assert_heard("-s -d /cec0 --playback --to 0 --standby\n"
                 "-s -d /cec2 --playback --to 0 --standby\n");
    screen_cec_tell(&c, true);
    wait_for_all(&c);
    assert_heard("-s -d /cec0 --playback --to 0 --standby\n"
                 "-s -d /cec2 --playback --to 0 --standby\n"
                 "-s -d /cec0 --playback --to 0 --image-view-on\n"
                 "-s -d /cec2 --playback --to 0 --image-view-on\n");
    assert_false(c.has_complained);
    screen_cec_close(&c);
    screen_cec_close(&c);
}

static void
an_empty_socket_is_no_failure(void **state)
{
    struct screen_cec c;
    (void) state;
    put_program("case \"$3\" in *cec0) " UNCONFIGURED " ;; *) " HEARD
                " ;; esac");
    put("cec0", "");
    put("cec1", "");
    assert_true(screen_cec_open(&c, folder));
    screen_cec_tell(&c, false);
    wait_for_all(&c);
    assert_int_equal(c.heard, 1);
    assert_false(c.has_complained);
    screen_cec_close(&c);
}

static void
nobody_there_is_complained_of_once(void **state)
{
    static const struct {
        const char *then, *why;
    } rows[] = {
        {UNCONFIGURED, "Adapter is unconfigured, please configure it."},
        {NOT_ANSWERED, "it does not answer"},
        {HEARD "; exit 1", "it does not answer"},
        {HEARD "; kill -9 $$", "it does not answer"},
        {"exit 0", "it does not answer"},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct screen_cec c;
        put_program(rows[i].then);
        put("cec0", "");
        assert_true(screen_cec_open(&c, folder));
        screen_cec_tell(&c, false);
        wait_for_all(&c);
        if (c.heard || !c.has_complained || strcmp(c.why, rows[i].why) != 0)
            fail_msg("row %zu: %s", i, c.why);
        screen_cec_close(&c);
    }
    struct screen_cec c;
    assert_true(screen_cec_open(&c, "/nowhere/at/all"));
    screen_cec_tell(&c, false);
    assert_null(c.child);
    assert_true(c.has_complained);
    screen_cec_close(&c);
}

static void
a_new_word_breaks_off_the_old_one(void **state)
{
    struct screen_cec c;
    (void) state;
    put_program("case \"$*\" in *standby) while :; do /bin/sleep 1; done ;; "
                "*) " HEARD " ;; esac");
    put("cec0", "");
    assert_true(screen_cec_open(&c, folder));
    screen_cec_tell(&c, false);
    assert_non_null(c.child);
    screen_cec_tell(&c, true); // somebody has touched the screen
    wait_for_all(&c);
    assert_int_equal(c.heard, 1);
    screen_cec_tell(&c, false);
    screen_cec_close(&c); // in the middle of it
}

static void
one_that_hangs_is_not_waited_for(void **state)
{
    struct screen_cec c;
    (void) state;
    put_program(HEARD);
    put("cec0", "");
    assert_true(screen_cec_open(&c, folder));
    screen_cec_tell(&c, false);
    const struct child *run = c.child;
    is_frozen = true;
    screen_cec_tell(&c, true);
    assert_true(screen_cec_wait_ms(&c, 60000) <= 200);
    for (int i = 0; i < 100; i++) {
        screen_cec_turn(&c);
        assert_ptr_equal(c.child, run); // one at a time
        assert_true(screen_cec_is_telling(&c, true));
        assert_false(screen_cec_is_heard(&c, true));
    }
    // Nobody looks five times a second, for a year.
    assert_true(screen_cec_wait_ms(&c, 60000) >= 5000);
    is_frozen = false;
    remove_heard(); // it may have come so far, or not
    while (c.child == run)
        screen_cec_turn(&c);
    wait_for_all(&c);
    assert_true(screen_cec_is_heard(&c, true));
    assert_false(screen_cec_is_telling(&c, true));
    assert_false(screen_cec_is_heard(&c, false));
    assert_heard("-s -d /cec0 --playback --to 0 --image-view-on\n");

    screen_cec_tell(&c, false);
    is_frozen = true;
    screen_cec_close(&c);
    is_frozen = false;
    assert_true(waitpid(-1, NULL, 0) > 0); // it was killed; it is init's
}

/* What kept one word from being heard says nothing of the other. */
static void
each_word_is_complained_of(void **state)
{
    struct screen_cec c;
    (void) state;
    put_program(NOT_ANSWERED);
    put("cec0", "");
    assert_true(screen_cec_open(&c, folder));
    screen_cec_tell(&c, false);
    wait_for_all(&c);
    assert_true(c.has_complained);
    screen_cec_tell(&c, true);
    assert_false(c.has_complained);
    wait_for_all(&c);
    assert_true(c.has_complained);
    screen_cec_tell(&c, true);
    assert_true(c.has_complained);
    screen_cec_close(&c);
}

static void
without_the_program_nobody_is_told(void **state)
{
    struct screen_cec c;
    (void) state;
    assert_false(screen_cec_open(&c, folder));
    screen_cec_tell(&c, false);
    screen_cec_turn(&c);
    assert_null(c.child);
    screen_cec_close(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_adapter_is_told_in_turn, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_empty_socket_is_no_failure, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(nobody_there_is_complained_of_once,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_word_breaks_off_the_old_one,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(one_that_hangs_is_not_waited_for,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_word_is_complained_of, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_the_program_nobody_is_told,
                                        set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
