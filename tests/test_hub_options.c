// links: src/hub/hub_options.c src/base/problem.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "hub/hub_options.h"

#define SHIPPED "config/hub.conf"
#define COUNT(array) (sizeof(array) / sizeof *(array))
#define WORDS_MOST 16

static bool
read_words(struct hub_options *o, const char *line, struct problem *why)
{
    char words[256], *argv[WORDS_MOST];
    int argc = 1; // the first is the program's name, which nobody reads
    snprintf(words, sizeof words, "%s", line);
    for (char *at = words; *at && argc < WORDS_MOST;) {
        argv[argc++] = at;
        at += strcspn(at, " ");
        if (*at)
            *at++ = '\0';
    }
    *why = (struct problem){0};
    return hub_options_read(o, argc, argv, why);
}

static bool
read_file(struct hub_options *o, const char *text, struct problem *why)
{
    *why = (struct problem){0};
    return hub_options_read_file(o, text, strlen(text), why);
}

static void
the_command_line_is_read(void **state)
{
    struct hub_options o;
    struct problem why;
    (void) state;
    assert_true(read_words(&o,
                           "--data d --listen=[::1]:1 --behind-proxy "
                           "--config c --sample s",
                           &why));
    assert_int_equal(o.mode, HUB_MODE_SERVE);
    assert_string_equal(o.data, "d");
    assert_string_equal(o.listen, "[::1]:1");
    assert_string_equal(o.config, "c");
    assert_string_equal(o.sample, "s");
    assert_true(o.is_behind_proxy);
    assert_true(hub_options_finish(&o, &why));
    assert_string_equal(o.socket, "");

    assert_true(
        read_words(&o, "--data d --add-screen Hall --school oak", &why));
    assert_int_equal(o.mode, HUB_MODE_ADD_SCREEN);
    assert_string_equal(o.add_screen, "Hall");
    assert_string_equal(o.school, "oak");
    assert_true(hub_options_finish(&o, &why));
    assert_true(read_words(&o, "--version", &why));
    assert_int_equal(o.mode, HUB_MODE_VERSION);
    assert_true(read_words(&o, "--help", &why));
    assert_int_equal(o.mode, HUB_MODE_HELP);
}

static void
mistakes_on_it_are_named(void **state)
{
    static const struct {
        const char *line, *why;
    } rows[] = {
        {"--dta d", "--dta"},
        {"data", "data"},
        {"--data", "--data DIR"},
        {"--data=", "--data"},
        {"--behind-proxy=yes", "takes no value"},
        {"--add-screen", "--add-screen NAME"},
        {"--listen 127.0.0.1:1", "--data DIR"},
        {"--data d --socket s --listen l", "not both"},
        {"--data d --school oak", "--add-screen"},
        {"--new-address", "--new-address NAME"},
        {"--data d --new-address Maria --school oak", "--add-screen"},
        {"--data d --new-address Maria --add-screen Hall", "not both"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct hub_options o;
        struct problem why;
        if (read_words(&o, rows[i].line, &why) && hub_options_finish(&o, &why))
            fail_msg("took %s", rows[i].line);
        if (!strstr(why.text, rows[i].why))
            fail_msg("%s: %s", rows[i].line, why.text);
    }
}

static void
the_command_line_goes_before_the_file(void **state)
{
    static const char file[] = "# ours\r\n; too\n[hub]\n  data = there  \n"
                               "listen=127.0.0.1:9\nbehind_proxy = yes\n";
    struct hub_options o;
    struct problem why;
    (void) state;
    assert_true(read_words(&o, "--config c", &why));
    assert_true(read_file(&o, file, &why));
    assert_string_equal(o.data, "there");
    assert_string_equal(o.listen, "127.0.0.1:9");
    assert_string_equal(o.config, "c");
    assert_true(o.is_behind_proxy);

    assert_true(read_words(&o, "--data d --calendar-program /first", &why));
    assert_true(read_file(&o, "calendar_program = /second\n", &why));
    assert_string_equal(o.calendar_program, "/first");
    assert_true(read_words(&o, "--fetch", &why));
    assert_int_equal(o.mode, HUB_MODE_FETCH);

    // One of the two places to listen replaces the other as well.
    assert_true(read_words(&o,
                           "--data here --socket s --add-screen Hall "
                           "--school oak",
                           &why));
    assert_true(read_file(&o, file, &why));
    assert_true(hub_options_finish(&o, &why));
    assert_string_equal(o.data, "here");
    assert_string_equal(o.socket, "s");
    assert_string_equal(o.listen, "");
    assert_int_equal(o.mode, HUB_MODE_ADD_SCREEN);
    assert_string_equal(o.add_screen, "Hall");
    assert_string_equal(o.school, "oak");
}

static void
an_address_is_asked_for(void **state)
{
    static const char file[] = "data = there\nbehind_proxy = yes\n";
    struct hub_options o;
    struct problem why;
    (void) state;
    assert_true(read_words(&o, "--config c --new-address Maria", &why));
    assert_true(read_file(&o, file, &why));
    assert_true(hub_options_finish(&o, &why));
    assert_int_equal(o.mode, HUB_MODE_NEW_ADDRESS);
    assert_string_equal(o.new_address, "Maria");
    assert_string_equal(o.data, "there");
    assert_true(o.is_behind_proxy);
}

static void
mistakes_in_it_are_named_with_their_line(void **state)
{
    static const struct {
        const char *text;
        int line;
    } rows[] = {
        {"data\n", 1},
        {"\n\ndata =\n", 3},
        {"# x\nlisen = a\n", 2},
        {"behind_proxy = maybe\n", 1},
        {"behind_proxy =\n", 1},
        {"config = x\n", 1}, // of the command line only
        {"sample = x\n", 1},
        {"add_screen = x\n", 1},
        {"new_address = x\n", 1},
        {"help = x\n", 1},
        {"= x\n", 1},
        {"data = x # not a remark here\nx", 2},
    };
    char long_line[2048];
    struct hub_options o;
    struct problem why;
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        o = (struct hub_options){0};
        if (read_file(&o, rows[i].text, &why))
            fail_msg("took %s", rows[i].text);
        assert_int_equal(why.line, rows[i].line);
    }
    for (size_t len = 500; len < 1100; len++) {
        memset(long_line, 'x', len);
        memcpy(long_line, "data = ", 7);
        long_line[len] = '\0';
        o = (struct hub_options){0};
        bool is_read = read_file(&o, long_line, &why);
        assert_int_equal(is_read, len - 7 < HUB_OPTION_BYTES);
        if (is_read)
            assert_string_equal(o.data, long_line + 7);
    }
}

/* ---- the file that is shipped ------------------------------------------- */

static void
read_shipped(char *out, size_t size)
{
    FILE *file = fopen(SHIPPED, "rb");
    if (!file)
        fail_msg("%s is missing", SHIPPED);
    out[fread(out, 1, size - 1, file)] = '\0';
    fclose(file);
}

/* A setting is a # with its name right behind it; a remark has a blank. */
static void
take_remarks_off(char *text)
{
    for (char *line = text; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (line[0] == '#' && line[1] >= 'a' && line[1] <= 'z')
            memmove(line, line + 1, strlen(line));
    }
}

static void
the_shipped_file_says_the_defaults(void **state)
{
    char text[16384];
    struct hub_options o = {0}, usual = {0};
    struct problem why;
    (void) state;
    read_shipped(text, sizeof text);
    assert_true(read_file(&o, text, &why));
    assert_memory_equal(&o, &(struct hub_options){0}, sizeof o);

    take_remarks_off(text);
    if (!read_file(&o, text, &why))
        fail_msg(SHIPPED ":%d: %s", why.line, why.text);
    snprintf(usual.data, sizeof usual.data, "%s", o.data);
    assert_int_equal(o.data[0], '/');
    assert_true(hub_options_finish(&usual, &why));
    assert_true(hub_options_finish(&o, &why));
    assert_string_equal(o.listen, usual.listen);
    assert_string_equal(o.socket, usual.socket);
    assert_int_equal(o.is_behind_proxy, usual.is_behind_proxy);
}

/* Of every word that --help tells, the shipped file explains those that a file
   may have, and no other. */
static void
the_shipped_file_has_every_setting(void **state)
{
    char text[16384], help[16384] = "";
    int settings = 0;
    (void) state;
    read_shipped(text, sizeof text);
    FILE *out = fmemopen(help, sizeof help, "w");
    assert_non_null(out);
    hub_options_help(out);
    fclose(out);
    char *rest = NULL, *line = strtok_r(help, "\n", &rest);
    for (; line; line = strtok_r(NULL, "\n", &rest)) {
        struct hub_options o = {0};
        struct problem why;
        char word[64], wanted[80];
        if (sscanf(line, "  --%60[a-z-]", word) != 1)
            continue;
        for (char *c = word; *c; c++)
            *c = *c == '-' ? '_' : *c;
        // A word or a path: one of them every setting takes.
        snprintf(wanted, sizeof wanted, "%s = no\n", word);
        bool is_setting = read_file(&o, wanted, &why);
        snprintf(wanted, sizeof wanted, "%s = /no\n", word);
        is_setting |= read_file(&o, wanted, &why);
        snprintf(wanted, sizeof wanted, "\n#%s =", word);
        if ((strstr(text, wanted) != NULL) != is_setting)
            fail_msg("%s is %s in %s", word,
                     is_setting ? "missing" : "too many", SHIPPED);
        settings += is_setting;
    }
    assert_true(settings >= 5);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_command_line_is_read),
        cmocka_unit_test(mistakes_on_it_are_named),
        cmocka_unit_test(the_command_line_goes_before_the_file),
        cmocka_unit_test(an_address_is_asked_for),
        cmocka_unit_test(mistakes_in_it_are_named_with_their_line),
        cmocka_unit_test(the_shipped_file_says_the_defaults),
        cmocka_unit_test(the_shipped_file_has_every_setting),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
