// links: src/base/arena.c src/base/memory.c src/base/text.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/memory.h"
#include "base/text.h"

static void
pieces_are_zeroed_aligned_and_apart(void **state)
{
    struct arena a = {0};
    unsigned char *pieces[200];
    (void) state;
    for (size_t i = 0; i < 200; i++) {
        pieces[i] = arena_alloc(&a, i * 7);
        assert_int_equal((uintptr_t) pieces[i] % _Alignof(max_align_t), 0);
        for (size_t j = 0; j < i * 7; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int) i, i * 7);
    }
    for (size_t i = 0; i < 200; i++)
        for (size_t j = 0; j < i * 7; j++)
            assert_int_equal(pieces[i][j], i);
    arena_destroy(&a);
}

/* Three programs are made of this. */
static void
who_has_no_memory_says_its_name(void **state)
{
    int ends[2], status = 0;
    char said[64] = "";
    (void) state;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGABRT, SIG_DFL);
        dup2(ends[1], STDERR_FILENO);
        memory_exhausted();
    }
    close(ends[1]);
    FILE *from = fdopen(ends[0], "r");
    char *line = fgets(said, sizeof said, from);
    assert_int_equal(waitpid(child, &status, 0), child);
    fclose(from);
    assert_non_null(line);
    assert_string_equal(said, "test_arena: out of memory\n");
    assert_true(WIFSIGNALED(status));
}

static void
a_reset_arena_gives_zeroes_again(void **state)
{
    struct arena a = {0};
    (void) state;
    memset(arena_alloc(&a, 100000), 7, 100000);
    memset(arena_alloc(&a, 64), 7, 64);
    arena_reset(&a);
    assert_int_equal(a.given_bytes, 0);
    const char *again = arena_alloc(&a, 64);
    for (int i = 0; i < 64; i++)
        assert_int_equal(again[i], 0);
    arena_destroy(&a);
    arena_destroy(&a); // a zeroed one is fine
}

static void
copies_and_formats(void **state)
{
    struct arena a = {0};
    (void) state;
    assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
    assert_string_equal(arena_copy(&a, NULL, 0), "");
    assert_string_equal(arena_format(&a, "%d-%s", 7, "x"), "7-x");
    arena_destroy(&a);
}

static void
texts_grow_and_are_cut(void **state)
{
    struct text t = {0};
    (void) state;
    assert_string_equal(text_string(&t), "");
    for (int i = 0; i < 1000; i++)
        text_add_format(&t, "%d,", i);
    assert_int_equal(t.len, strlen(t.bytes));
    text_cut(&t, 4);
    text_add_char(&t, '!');
    assert_string_equal(text_string(&t), "0,1,!");
    text_destroy(&t);
}

static void
json_strings_are_escaped(void **state)
{
    struct text t = {0};
    (void) state;
    text_add_json(&t, "a\"b\\c\n\x01\xC5\xB5");
    assert_string_equal(text_string(&t), "\"a\\\"b\\\\c\\n\\u0001\xC5\xB5\"");
    text_destroy(&t);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pieces_are_zeroed_aligned_and_apart),
        cmocka_unit_test(who_has_no_memory_says_its_name),
        cmocka_unit_test(a_reset_arena_gives_zeroes_again),
        cmocka_unit_test(copies_and_formats),
        cmocka_unit_test(texts_grow_and_are_cut),
        cmocka_unit_test(json_strings_are_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
