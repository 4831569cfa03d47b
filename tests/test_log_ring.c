// links: src/base/log_ring.c src/base/log.c src/base/clock.c src/base/memory.c
// links: src/base/thread.c src/base/check.c src/base/text.c src/base/problem.c
// links: src/io/file.c src/base/hash.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log_ring.h"
#include "io/file.h"

#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 UTC
#define DATE "2026-11-26T10:42:00Z"
#define MINUTE_MS INT64_C(60000)

static char folder[64];

static int
make_folder(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "/tmp/staffroom-ring-XXXXXX");
    return mkdtemp(folder) == NULL;
}

static char *
path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static int
remove_folder(void **state)
{
    (void) state;
    unlink(path_of(LOG_RING_NEWER));
    unlink(path_of(LOG_RING_OLDER));
    return rmdir(folder);
}

/* The whole file; "" where there is none. */
static const char *
content(const char *name, struct text *text)
{
    struct problem why;
    text_cut(text, 0);
    file_read(path_of(name), 1 << 20, text, &why);
    return text_string(text);
}

static void
add(struct log_ring *r, const char *words, int64_t ms)
{
    log_ring_add(r, LOG_INFO_LINE, words, THURSDAY, ms);
}

static void
a_line_says_when_and_since_when(void **state)
{
    struct text text = {0};
    struct stat st;
    (void) state;
    struct log_ring *r = log_ring_open(folder, 10000);
    assert_string_equal(content(LOG_RING_NEWER, &text), "");
    assert_int_equal(access(path_of(LOG_RING_NEWER), F_OK), -1);
    add(r, "one", 12999);
    log_ring_add(r, LOG_WARNING_LINE, "two", THURSDAY, 13000);
    log_ring_add(r, LOG_ERROR_LINE, "three", THURSDAY, 14000);
    log_ring_close(r);
    log_ring_close(NULL);
    assert_string_equal(content(LOG_RING_NEWER, &text),
                        DATE " +12s one\n" DATE " +13s warning: two\n" DATE
                             " +14s error: three\n");
    assert_int_equal(stat(path_of(LOG_RING_NEWER), &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    text_destroy(&text);
}

static void
two_files_hold_the_newest_and_no_more(void **state)
{
    struct text text = {0};
    char words[32], last[64];
    (void) state;
    struct log_ring *r = log_ring_open(folder, 1000);
    for (int i = 0; i < 200; i++) {
        snprintf(words, sizeof words, "line %d", i);
        add(r, words, i * MINUTE_MS);
        struct stat st;
        assert_int_equal(stat(path_of(LOG_RING_NEWER), &st), 0);
        assert_in_range(st.st_size, 1, 1000);
    }
    log_ring_close(r);
    snprintf(last, sizeof last, DATE " +%ds line 199\n", 199 * 60);
    const char *newer = content(LOG_RING_NEWER, &text);
    assert_string_equal(newer + strlen(newer) - strlen(last), last);
    size_t older = strlen(content(LOG_RING_OLDER, &text));
    assert_in_range(older, 900, 1000);
    // What follows goes on where it was, also after another start.
    r = log_ring_open(folder, 1000);
    add(r, "anew", 1000);
    log_ring_close(r);
    assert_non_null(strstr(content(LOG_RING_NEWER, &text),
                           "line 199\n" DATE " +1s anew\n"));
    text_destroy(&text);
}

static void
a_storm_is_counted(void **state)
{
    struct text text = {0};
    (void) state;
    struct log_ring *r = log_ring_open(folder, 100000);
    for (int i = 0; i < 242; i++)
        add(r, "again", 1000 + i);
    int lines = 0;
    for (const char *at = content(LOG_RING_NEWER, &text);
         (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, LOG_RING_LINES_A_MINUTE);
    add(r, "calm", 1000 + MINUTE_MS);
    assert_non_null(strstr(content(LOG_RING_NEWER, &text),
                           "+61s … and 212 more\n" DATE " +61s calm\n"));
    // Who starts again and again has no more lines than who stays.
    for (int start = 0; start < 100; start++) {
        log_ring_close(r);
        r = log_ring_open(folder, 100000);
        add(r, "starts", 2000 + MINUTE_MS + start * 100);
    }
    log_ring_close(r);
    int starts = 0;
    for (const char *at = content(LOG_RING_NEWER, &text);
         (at = strstr(at, "starts")); at++)
        starts++;
    assert_in_range(starts, 20, LOG_RING_LINES_A_MINUTE);
    text_destroy(&text);
}

static void
a_torn_line_stays_alone(void **state)
{
    struct text text = {0};
    struct problem why;
    (void) state;
    assert_true(file_write(path_of(LOG_RING_NEWER), "half of a li", 12, &why));
    struct log_ring *r = log_ring_open(folder, 1000);
    add(r, "whole", 0);
    add(r, "another", 0);
    log_ring_close(r);
    assert_string_equal(content(LOG_RING_NEWER, &text),
                        "half of a li\n" DATE " +0s whole\n" DATE
                        " +0s another\n");
    text_destroy(&text);
}

static void
what_cannot_be_written_is_not_kept(void **state)
{
    char long_path[3000];
    (void) state;
    memset(long_path, 'x', sizeof long_path - 1);
    long_path[sizeof long_path - 1] = '\0';
    assert_null(log_ring_open(long_path, 1000));

    struct log_ring *r = log_ring_open("/proc/nowhere", 1000);
    add(r, "one", 0);
    log_ring_close(r);

    // Something else in its place: not written to, not waited for.
    assert_int_equal(mkfifo(path_of(LOG_RING_NEWER), 0600), 0);
    r = log_ring_open(folder, 1000);
    add(r, "one", 0);
    log_ring_close(r);
    unlink(path_of(LOG_RING_NEWER));
    assert_int_equal(symlink("/etc/passwd", path_of(LOG_RING_NEWER)), 0);
    r = log_ring_open(folder, 1000);
    add(r, "one", 0);
    log_ring_close(r);
}

static void
a_full_disk_is_over_one_day(void **state)
{
    struct text text = {0};
    (void) state;
    if (access("/dev/full", W_OK) != 0)
        skip();
    struct log_ring *r = log_ring_open(folder, 1000);
    add(r, "before", 0);
    // The open file becomes one that takes nothing, as a full disk does.
    char link[64], path[128];
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC), fd = -1;
    for (int i = 3; i < 64 && fd < 0; i++) {
        snprintf(link, sizeof link, "/proc/self/fd/%d", i);
        ssize_t len = readlink(link, path, sizeof path - 1);
        if (len > 0 && strncmp(path, folder, strlen(folder)) == 0)
            fd = i;
    }
    assert_true(full >= 0 && fd >= 0);
    assert_int_equal(dup3(full, fd, O_CLOEXEC), fd);
    close(full);
    add(r, "lost", 0);
    add(r, "after", 0);
    log_ring_close(r);
    assert_string_equal(content(LOG_RING_NEWER, &text),
                        DATE " +0s before\n" DATE " +0s after\n");
    text_destroy(&text);
}

static void
what_is_logged_goes_there(void **state)
{
    struct text text = {0};
    (void) state;
    struct log_ring *r = log_ring_open(folder, 1000);
    log_also_tell(log_ring_keep, r);
    log_warning("the %s\nis away", "hub");
    log_also_tell(NULL, NULL);
    log_ring_close(r);
    const char *line = content(LOG_RING_NEWER, &text);
    assert_non_null(strstr(line, "s warning: the hub is away\n"));
    text_destroy(&text);
}

int
main(void)
{
#define ROW(test)                                                              \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        ROW(a_line_says_when_and_since_when),
        ROW(two_files_hold_the_newest_and_no_more),
        ROW(a_storm_is_counted),
        ROW(a_torn_line_stays_alone),
        ROW(what_cannot_be_written_is_not_kept),
        ROW(a_full_disk_is_over_one_day),
        ROW(what_is_logged_goes_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
