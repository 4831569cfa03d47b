// links: src/sdl/display_card.c src/base/hash.c src/base/problem.c
// links: src/base/utf8.c src/base/memory.c src/base/log.c
// libs: -lunistring

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "sdl/display_card.h"

#define DRM "/sys/class/drm"

static char folder[64]; // in the kernel's place

static const char *
here(const char *path, char *out, size_t size)
{
    if (strncmp(path, DRM, strlen(DRM)) != 0)
        return path;
    snprintf(out, size, "%s%s", folder, path + strlen(DRM));
    return out;
}

/* Both in the place of libc's. */
FILE *
fopen(const char *path, const char *mode)
{
    FILE *(*real)(const char *, const char *);
    char other[512];
    *(void **) &real = dlsym(RTLD_NEXT, "fopen");
    return real(here(path, other, sizeof other), mode);
}

int
scandir(const char *path, struct dirent ***entries,
        int (*wants)(const struct dirent *),
        int (*compare)(const struct dirent **, const struct dirent **))
{
    int (*real)(const char *, struct dirent ***, int (*)(const struct dirent *),
                int (*)(const struct dirent **, const struct dirent **));
    char other[512];
    *(void **) &real = dlsym(RTLD_NEXT, "scandir");
    return real(here(path, other, sizeof other), entries, wants, compare);
}

static int
make_folder(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "/tmp/staffroom-card-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_it(void **state)
{
    (void) state;
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

static void
put(const char *connector, const char *file, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, connector);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/%s/%s", folder, connector, file);
    FILE *out = fopen(path, "w");
    assert_non_null(out);
    fputs(text, out);
    assert_int_equal(fclose(out), 0);
}

/* The mark, with that in the connector's file of modes. */
static uint64_t
mark_with(const char *connector, const char *modes)
{
    put(connector, "modes", modes);
    return display_card_mark();
}

static void
a_screen_has_a_mark(void **state)
{
    static const char tv[] = "card1-HDMI-A-1";
    (void) state;
    assert_true(display_card_mark() == 0); // no card
    put("card1-Writeback-1", "status", "unknown\n");
    put("card1-HDMI-A-2", "status", "disconnected\n");
    put(tv, "status", "disconnected\n");
    assert_true(mark_with(tv, "1920x1080\n") == 0);
    put(tv, "status", "connected\n");
    uint64_t mark = display_card_mark();
    assert_true(mark != 0);
    // How many others there are depends on how awake it is.
    assert_true(mark_with(tv, "1920x1080\n1280x720\n640x480\n") == mark);
    assert_true(mark_with(tv, "1920x1080") == mark);
    assert_true(mark_with(tv, "3840x2160\n1920x1080\n") != mark);
    assert_true(mark_with(tv, "1024x768\n") != mark);
    uint64_t nameless = mark_with(tv, ""); // connected, and nothing was read
    assert_true(nameless != mark && nameless != 0);
    // The same at the other socket.
    put(tv, "status", "disconnected\n");
    put("card1-HDMI-A-2", "status", "connected\n");
    assert_true(mark_with("card1-HDMI-A-2", "1920x1080\n") != mark);
}

static void
it_says_what_it_prefers(void **state)
{
    static const struct {
        const char *modes;
        int w, h; // 0: nothing
    } rows[] = {
        {"1920x1080\n1280x720\n", 1920, 1080},
        {"1920x1080i\n1280x720\n", 1920, 1080},
        {"1360x768_60.00\n", 1360, 768},
        {"3840x2160", 3840, 2160},
        {"", 0, 0},
        {"\n1920x1080\n", 0, 0},
        {"panel\n", 0, 0},
        {"1920\n1080\n", 0, 0},
        {"1920x\n1080\n", 0, 0},
        {"-5x-5\n", 0, 0},
        // Longer than any; only that it is read within bounds.
        {"a-name-that-is-longer-than-a-kernel-gives-1920x1080\n", 0, 0},
    };
    int w, h;
    (void) state;
    assert_false(display_card_prefers(&w, &h));
    put("card0-HDMI-A-1", "status", "connected\n");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put("card0-HDMI-A-1", "modes", rows[i].modes);
        bool says = display_card_prefers(&w, &h);
        if (says != (rows[i].w > 0) ||
            (says && (w != rows[i].w || h != rows[i].h)))
            fail_msg("row %zu: %d, %dx%d", i, says, w, h);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_screen_has_a_mark, make_folder,
                                        remove_it),
        cmocka_unit_test_setup_teardown(it_says_what_it_prefers, make_folder,
                                        remove_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
