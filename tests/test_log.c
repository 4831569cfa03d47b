// links: src/base/log.c

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"

/* What log_warning writes of that, in `out`. */
static void
logged(const char *words, char *out, size_t size)
{
    int ends[2], before = dup(STDERR_FILENO);
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    log_warning("%s", words);
    dup2(before, STDERR_FILENO);
    close(ends[1]);
    ssize_t len = read(ends[0], out, size - 1);
    assert_true(len > 0);
    out[len] = '\0';
    close(ends[0]);
    close(before);
}

static void
no_line_begins_by_itself(void **state)
{
    char line[4096];
    (void) state;
    unsetenv("JOURNAL_STREAM");
    logged("one\ntwo\r\x1b[2Jthree\x7f", line, sizeof line);
    assert_string_equal(line, "test_log: one two  [2Jthree \n");
    setenv("JOURNAL_STREAM", "8:1", 1);
    logged("<0>kernel", line, sizeof line);
    assert_string_equal(line, "<4>test_log: <0>kernel\n");
    unsetenv("JOURNAL_STREAM");
}

static void
a_long_line_has_an_end(void **state)
{
    char words[5000], line[8192];
    (void) state;
    memset(words, 'x', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    logged(words, line, sizeof line);
    assert_true(strlen(line) <= 1024);
    assert_int_equal(line[strlen(line) - 1], '\n');
}

static void
note(void *data, enum log_weight weight, const char *words)
{
    char *noted = data;
    snprintf(noted, 100, "%d|%.80s", (int) weight, words);
}

static void
somebody_else_is_told_the_words_alone(void **state)
{
    char line[4096], noted[100] = "";
    (void) state;
    setenv("JOURNAL_STREAM", "8:1", 1);
    log_also_tell(note, noted);
    logged("one\ntwo", line, sizeof line);
    assert_string_equal(noted, "1|one two");
    log_also_tell(NULL, NULL);
    logged("three", line, sizeof line);
    assert_string_equal(noted, "1|one two");
    unsetenv("JOURNAL_STREAM");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_line_begins_by_itself),
        cmocka_unit_test(a_long_line_has_an_end),
        cmocka_unit_test(somebody_else_is_told_the_words_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
