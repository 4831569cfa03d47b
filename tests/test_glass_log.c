// links: src/sdl/glass_log.c src/base/clock.c src/base/hash.c src/base/log.c
// libs: -lSDL2
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "sdl/glass_log.h"

#define FLIP "Could not queue pageflip: -22"

static void
the_same_words_are_one_line_a_minute(void **state)
{
    struct glass_log l = {0};
    unsigned since;
    int lines = 0;
    (void) state;
    // Sixty times a second, for three minutes and a half.
    for (int64_t ms = 1000; ms < 211000; ms += 16)
        lines += glass_log_takes(&l, FLIP, ms, &since);
    assert_int_equal(lines, 4);
    assert_true(glass_log_takes(&l, FLIP, 400000, &since));
    assert_int_equal(since, 1874); // after the fourth line
    assert_true(glass_log_takes(&l, FLIP, 500000, &since));
    assert_int_equal(since, 0);
}

static void
others_are_heard_meanwhile(void **state)
{
    struct glass_log l = {0};
    unsigned since;
    char text[] = "a";
    (void) state;
    assert_true(glass_log_takes(&l, FLIP, 1000, &since));
    for (; *text < 'a' + GLASS_LOG_TEXTS - 1; ++*text) {
        assert_true(glass_log_takes(&l, text, 1001, &since));
        assert_false(glass_log_takes(&l, text, 1002, &since));
        assert_false(glass_log_takes(&l, FLIP, 1003, &since));
    }
    // One text more than there are places: the oldest is forgotten.
    assert_true(glass_log_takes(&l, "one more", 1004, &since));
    assert_true(glass_log_takes(&l, FLIP, 1005, &since));
    assert_int_equal(since, 0);
}

/* What SDL's own functions leave in the log. */
static void
sdl_is_heard(void **state)
{
    struct glass_log l = {0};
    char said[2000] = "";
    int kept = dup(STDERR_FILENO), ends[2];
    (void) state;
    assert_int_equal(pipe(ends), 0);
    dup2(ends[1], STDERR_FILENO);
    glass_log_listen(&l);
    for (int i = 0; i < 100; i++)
        SDL_LogError(SDL_LOG_CATEGORY_VIDEO, FLIP);
    SDL_LogInfo(SDL_LOG_CATEGORY_APPLICATION, "nothing to worry about");
    SDL_LogWarn(SDL_LOG_CATEGORY_APPLICATION, "line\nbreak");
    glass_log_listen(NULL);
    SDL_LogError(SDL_LOG_CATEGORY_VIDEO, "too late");
    dup2(kept, STDERR_FILENO);
    close(kept);
    close(ends[1]);
    assert_true(read(ends[0], said, sizeof said - 1) > 0);
    close(ends[0]);
    const char *first = strstr(said, "SDL: " FLIP "\n");
    assert_non_null(first);
    assert_null(strstr(first + strlen("SDL: ") + 1, FLIP));
    assert_null(strstr(said, "worry"));
    assert_non_null(strstr(said, "SDL: line break\n"));
    assert_null(strstr(said, "too late"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_words_are_one_line_a_minute),
        cmocka_unit_test(others_are_heard_meanwhile),
        cmocka_unit_test(sdl_is_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
