// links: src/kiosk/settings.c src/core/config*.c src/core/hours.c src/core/screen_hours.c
// links: src/core/date.c src/core/board.c
// links: src/io/file.c src/base/*.c
// libs: -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "kiosk/settings.h"

static char root[64];

static void
write_at(const char *place, const void *bytes, size_t len)
{
    char path[256], above[256];
    struct problem why;
    snprintf(path, sizeof path, "%s%s", root, place);
    snprintf(above, sizeof above, "%.*s", (int) (strrchr(path, '/') - path),
             path);
    assert_true(folder_make(above, &why));
    assert_true(file_write(path, bytes, len, &why));
}

static void
put(const char *place, const char *text)
{
    write_at(place, text, strlen(text));
}

static int
make_root(void **state)
{
    (void) state;
    snprintf(root, sizeof root, "/tmp/staffroom-settings-XXXXXX");
    return mkdtemp(root) == NULL;
}

static int
remove_root(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf %s", root);
    return system(command);
}

#define CARD "/boot/firmware/staffroom.conf"
#define OLD_CARD "/boot/staffroom.conf"
#define ETC "/etc/staffroom/staffroom.conf"

static void
finds(const char *place)
{
    char path[SETTINGS_PATH_BYTES];
    assert_int_equal(settings_find(root, path), *place != '\0');
    assert_string_equal(*path ? path + strlen(root) : path, place);
}

static void
the_card_goes_before_the_system(void **state)
{
    (void) state;
    finds("");
    put(ETC, "");
    finds(ETC);
    put(OLD_CARD, "");
    finds(OLD_CARD);
    put(CARD, "");
    finds(CARD);
}

static void
a_name_that_windows_made_longer_is_noticed(void **state)
{
    char path[SETTINGS_PATH_BYTES];
    (void) state;
    assert_false(settings_find_misnamed(root, path));
    assert_string_equal(path, "");
    put("/boot/firmware/staffroom.conf.txt", "");
    assert_true(settings_find_misnamed(root, path));
    assert_string_equal(path + strlen(root),
                        "/boot/firmware/staffroom.conf.txt");
    finds(""); // noticed, not read
}

static void
every_change_is_noticed(void **state)
{
    uint64_t seen[8];
    char path[128];
    int count = 0;
    (void) state;
    seen[count++] = settings_stamp(root);
    assert_true(settings_stamp(root) == seen[0]);
    put(ETC, "");
    seen[count++] = settings_stamp(root);
    put(ETC, "[feed]\n");
    seen[count++] = settings_stamp(root);
    put(CARD, "");
    seen[count++] = settings_stamp(root);
    put("/boot/staffroom.txt", "");
    seen[count++] = settings_stamp(root);
    snprintf(path, sizeof path, "%s%s", root, ETC);
    unlink(path);
    seen[count++] = settings_stamp(root);
    for (int a = 0; a < count; a++)
        for (int b = 0; b < a; b++)
            assert_true(seen[a] != seen[b]);
}

/* As it comes from Windows. */
static void
reads(const void *bytes, size_t len, const char *complaint, int line)
{
    struct config c;
    struct problem why = {0};
    char path[128];
    write_at(CARD, bytes, len);
    snprintf(path, sizeof path, "%s%s", root, CARD);
    config_init(&c);
    bool is_good = settings_read(&c, path, &why);
    assert_int_equal(is_good, !complaint);
    if (complaint) {
        assert_non_null(strstr(why.text, complaint));
        assert_int_equal(why.line, line);
        assert_string_equal(c.hub, ""); // the defaults, all of them
        assert_int_equal(c.interval_s, 60);
    } else {
        assert_string_equal(c.hub, "https://hub.example");
        assert_int_equal(c.calendar_count, 1);
        assert_string_equal(c.calendars[0].address,
                            "https://calendar.example/a.ics");
    }
    config_destroy(&c);
}

static void
notepads_files_are_read_or_refused_in_plain_words(void **state)
{
    static const char plain[] = "[hub]\r\n"
                                "# the hub\r\n"
                                "\r\n"
                                "hub = https://hub.example/\r\n"
                                "[calendars]\r\n"
                                "calendar = https://calendar.example/a.ics\r\n";
    static const char bom[] = "\xEF\xBB\xBF";
    char bytes[1024];
    size_t len = strlen(plain);
    (void) state;
    reads(plain, len, NULL, 0);
    memcpy(bytes, bom, 3);
    memcpy(bytes + 3, plain, len);
    reads(bytes, len + 3, NULL, 0);
    for (int is_big = 0; is_big < 2; is_big++) {
        memcpy(bytes, is_big ? "\xFE\xFF" : "\xFF\xFE", 2);
        for (size_t i = 0; i < len; i++) {
            bytes[2 + 2 * i + (size_t) is_big] = plain[i];
            bytes[3 + 2 * i - (size_t) is_big] = '\0';
        }
        reads(bytes, 2 + 2 * len, "save it as UTF-8", 1);
    }
    // The plug was pulled while the card was written.
    memset(bytes, 0, sizeof bytes);
    reads(bytes, sizeof bytes, "damaged", 1);
    reads("[hub]\r\nhub = hub.example\r\n", 26, "https://", 2);
}

static void
what_is_no_file_is_said_so(void **state)
{
    struct config c;
    struct problem why = {0};
    char path[128];
    (void) state;
    config_init(&c);
    snprintf(path, sizeof path, "%s%s", root, CARD);
    assert_true(folder_make(path, &why));
    assert_false(settings_read(&c, path, &why));
    assert_non_null(strstr(why.text, "is not a file"));
    assert_int_equal(why.line, 0);
    assert_int_equal(c.cache_mb, 64);
    config_destroy(&c);
}

int
main(void)
{
#define ROW(test) cmocka_unit_test_setup_teardown(test, make_root, remove_root)
    const struct CMUnitTest tests[] = {
        ROW(the_card_goes_before_the_system),
        ROW(a_name_that_windows_made_longer_is_noticed),
        ROW(every_change_is_noticed),
        ROW(notepads_files_are_read_or_refused_in_plain_words),
        ROW(what_is_no_file_is_said_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
