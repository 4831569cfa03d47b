// links: src/io/program.c src/io/http_*.c
// libs: -lcurl
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/io/child.c tests/page_stand.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "hub/door_log.h"
#include "tests/page_stand.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

static int usual_stderr;
static FILE *heard;

/* What goes to stderr from here on. */
static void
listen(void)
{
    heard = tmpfile();
    assert_non_null(heard);
    fflush(stderr);
    usual_stderr = dup(STDERR_FILENO);
    assert_int_equal(dup2(fileno(heard), STDERR_FILENO), STDERR_FILENO);
}

/* All of it, and stderr as it was. */
static const char *
said(void)
{
    static char log[8192];
    fflush(stderr);
    dup2(usual_stderr, STDERR_FILENO);
    close(usual_stderr);
    rewind(heard);
    size_t len = fread(log, 1, sizeof log - 1, heard);
    log[len] = '\0';
    fclose(heard);
    return log;
}

static int
count(const char *log, const char *words)
{
    int times = 0;
    for (; (log = strstr(log, words)); log += strlen(words))
        times++;
    return times;
}

static void
one_line_a_second(void **state)
{
    static const struct {
        int64_t at_ms;
        int left_out; // -1: nothing is written
    } rows[] = {
        {5000, 0}, {5000, -1}, {5999, -1}, {6000, 2},  {6500, -1},
        {9000, 1}, {9999, -1}, {90000, 1}, {91000, 0},
    };
    struct seldom s = {0};
    char more[SELDOM_BYTES];
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        int left_out = -1;
        bool may = seldom_may(&s, rows[i].at_ms, &left_out);
        if (may != (rows[i].left_out >= 0) || left_out != rows[i].left_out)
            fail_msg("row %zu: %d, %d", i, may, left_out);
    }
    assert_string_equal(seldom_more(0, more), "");
    assert_string_equal(seldom_more(2, more),
                        " (and 2 more since the last such line)");
}

static void
who_came_and_who_did_not(void **state)
{
    struct page_stand *s = *state;
    listen();
    page_stand_set_up(s);
    const char *log = said();
    assert_int_equal(count(log, "signed in as person 1 from 192.0.2.7 by "
                                "setting up the hub"),
                     1);
    listen();
    // The password where the name belongs: it happens.
    for (int i = 0; i < 3; i++)
        page_stand_post(s, "/sign-in", "name=seven+quiet+kettles&password=x");
    s->hub.now.mono_ms += 1000;
    page_stand_post(s, "/sign-in", "name=Maria&password=wrong+one");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Maria&password=" PAGE_PASSWORD),
        303);
    log = said();
    assert_int_equal(count(log, "a sign-in was refused from 192.0.2.7"), 2);
    assert_int_equal(count(log, "(and 2 more since"), 1);
    assert_int_equal(count(log, "somebody signed in as person 1 from 192.0.2.7 "
                                "without a code"),
                     1);
    assert_int_equal(count(log, "kettles"), 0);
    assert_int_equal(count(log, "Maria"), 0);
    assert_int_equal(count(log, "wrong one"), 0);
    listen();
    s->peer = "2001:db8::9";
    s->known[0] = '\0';
    for (int i = 0; i < 30; i++)
        page_stand_post(s, "/sign-in", "name=Maria&password=x");
    log = said();
    assert_int_equal(
        count(log, "tries too often to sign in, now from 2001:db8::9"), 1);
}

static void
a_screen_that_was_refused(void **state)
{
    struct page_stand *s = *state;
    struct http_request r = {.peer = ""};
    listen();
    door_log_token(&s->hub, &r, "is not known");
    door_log_token(&s->hub, &r, "was revoked");
    s->hub.now.mono_ms += 1000;
    r.peer = "192.0.2.9";
    door_log_token(&s->hub, &r, "was revoked");
    const char *log = said();
    assert_int_equal(count(log, "\n"), 2);
    assert_int_equal(count(log, "from this machine: its token is not known\n"),
                     1);
    assert_int_equal(count(log, "from 192.0.2.9: its token was revoked (and 1 "
                                "more since the last such line)\n"),
                     1);
}

int
main(void)
{
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_line_a_second),
        TEST(who_came_and_who_did_not),
        TEST(a_screen_that_was_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
