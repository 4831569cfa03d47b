// links: src/io/file.c src/base/text.c src/base/memory.c src/base/problem.c
// links: src/base/hash.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"

static char folder[] = "/tmp/staffroom-file-XXXXXX";

static const char *
in_folder(const char *name)
{
    static char path[2][256];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static int
make_folder(void **state)
{
    (void) state;
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_it(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void
what_is_written_is_read(void **state)
{
    static const char bytes[] = "one\0two\n";
    struct problem why;
    struct text read = {0};
    (void) state;
    assert_true(file_write(in_folder("a"), bytes, sizeof bytes, &why));
    text_add_string(&read, "before ");
    assert_true(file_read(in_folder("a"), sizeof bytes, &read, &why));
    assert_int_equal(read.len, strlen("before ") + sizeof bytes);
    assert_memory_equal(read.bytes + strlen("before "), bytes, sizeof bytes);
    assert_true(file_write(in_folder("a"), "x", 1, &why));
    text_cut(&read, 0);
    assert_true(file_read(in_folder("a"), 1, &read, &why));
    assert_string_equal(read.bytes, "x");
    text_destroy(&read);
}

static void
an_empty_file_is_a_file(void **state)
{
    struct problem why;
    struct text read = {0};
    (void) state;
    assert_true(file_write(in_folder("empty"), "", 0, &why));
    assert_true(file_read(in_folder("empty"), 0, &read, &why));
    assert_int_equal(read.len, 0);
    text_destroy(&read);
}

static void
what_is_no_readable_file_is_refused(void **state)
{
    struct problem why;
    (void) state;
    assert_true(file_write(in_folder("six"), "123456", 6, &why));
    assert_int_equal(mkdir(in_folder("sub"), 0755), 0);
    assert_int_equal(mkfifo(in_folder("pipe"), 0644), 0);
    static const char *const names[] = {"six", "sub", "pipe", "none"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct text read = {0};
        text_add_string(&read, "as it was");
        why.text[0] = '\0';
        assert_false(file_read(in_folder(names[i]), 5, &read, &why));
        assert_string_equal(read.bytes, "as it was");
        assert_non_null(strstr(why.text, names[i]));
        text_destroy(&read);
    }
    // Its size is 0 until it is read: the limit must hold all the same.
    struct text read = {0};
    assert_false(file_read("/proc/self/maps", 5, &read, &why));
    assert_int_equal(read.len, 0);
    text_destroy(&read);
}

static void
a_write_that_fails_leaves_the_old_file(void **state)
{
    static char large[100000];
    struct problem why;
    struct text read = {0};
    struct rlimit before, small;
    (void) state;
    assert_true(file_write(in_folder("kept"), "old", 3, &why));
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){.rlim_cur = 5000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = file_write(in_folder("kept"), large, sizeof large, &why);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(ok);
    assert_non_null(strstr(why.text, "kept"));
    assert_true(file_read(in_folder("kept"), 100, &read, &why));
    assert_string_equal(read.bytes, "old");
    text_destroy(&read);
    char left[300];
    snprintf(left, sizeof left, "%s.%ld.tmp", in_folder("kept"),
             (long) getpid());
    assert_int_not_equal(access(left, F_OK), 0);
    assert_false(file_write(in_folder("no/such/folder"), "x", 1, &why));
    assert_false(file_write(in_folder("kept/below"), "x", 1, &why));
}

static void
folders_are_made_with_those_above(void **state)
{
    struct problem why;
    struct stat st;
    (void) state;
    assert_true(folder_make(in_folder("x//y/z/"), &why));
    assert_int_equal(stat(in_folder("x/y/z"), &st), 0);
    assert_true(S_ISDIR(st.st_mode));
    assert_true(folder_make(in_folder("x/y/z"), &why));
    assert_true(file_write(in_folder("file"), "", 0, &why));
    assert_false(folder_make(in_folder("file"), &why));
    assert_false(folder_make(in_folder("file/below"), &why));
    assert_false(folder_make("", &why));
}

static void
a_stamp_changes_with_the_file(void **state)
{
    struct problem why;
    (void) state;
    assert_int_equal(file_stamp(in_folder("stamped")), 0);
    assert_true(file_write(in_folder("stamped"), "a", 1, &why));
    uint64_t first = file_stamp(in_folder("stamped"));
    assert_int_not_equal(first, 0);
    assert_int_equal(file_stamp(in_folder("stamped")), first);
    assert_true(file_write(in_folder("stamped"), "b", 1, &why));
    assert_int_not_equal(file_stamp(in_folder("stamped")), first);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(an_empty_file_is_a_file),
        cmocka_unit_test(what_is_no_readable_file_is_refused),
        cmocka_unit_test(a_write_that_fails_leaves_the_old_file),
        cmocka_unit_test(folders_are_made_with_those_above),
        cmocka_unit_test(a_stamp_changes_with_the_file),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_it);
}
