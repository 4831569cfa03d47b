// links: src/core/config_calendar.c src/core/config_screen.c
// links: src/core/config_value.c src/core/config_address.c src/core/screen_hours.c src/core/date.c
// links: src/core/config.c src/core/hours.c src/core/board.c src/base/arena.c src/base/memory.c src/base/text.c src/base/problem.c src/base/utf8.c src/base/zone.c
// libs: -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/config.h"

#define SHIPPED "config/staffroom.conf" // tests run in the checkout

static bool
read_string(struct config *c, const char *text, struct problem *why)
{
    return config_read(c, text, strlen(text), why);
}

static void
assert_defaults(const struct config *c)
{
    assert_string_equal(c->feed, "");
    assert_int_equal(c->interval_s, 60);
    assert_string_equal(c->proxy, "");
    assert_string_equal(c->no_proxy, "");
    assert_string_equal(c->ca_file, "");
    assert_string_equal(c->hub, "");
    assert_int_equal(c->rotate, 0);
    assert_int_equal(c->mode.w, 0);
    assert_int_equal(c->mode.h, 0);
    assert_true(c->screen_diagonal_in == 0);
    assert_true(c->viewing_distance_m == 0);
    assert_int_equal(c->touch, TOUCH_ON);
    assert_false(c->reduce_motion);
    assert_true(c->handwriting);
    assert_false(screen_hours_are_set(&c->screen_hours));
    assert_int_equal(c->screen_hours.night_percent, 30);
    assert_int_equal(c->power, POWER_AUTO);
    assert_string_equal(c->pin, "");
    assert_string_equal(c->school, "");
    assert_string_equal(c->cache, "");
    assert_int_equal(c->cache_mb, 64);
    assert_int_equal(c->postit_days, 14);
    assert_int_equal(c->tags.count, 0);
    assert_int_equal(c->visitors.count, 0);
    assert_int_equal(c->calendar_count, 0);
}

static void
an_empty_file_is_a_good_file(void **state)
{
    static const char *const texts[] = {
        "",
        "\n\n",
        "# only\n; comments",
        "[feed]\n[screen]\n",
        "\xEF\xBB\xBF[feed]\r\n",
        "   \n\t\n   # indented comment\n",
    };
    (void) state;
    struct config c;
    struct problem why;
    config_init(&c);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        if (!read_string(&c, texts[i], &why))
            fail_msg("row %zu: %d: %s", i, why.line, why.text);
        assert_defaults(&c);
    }
    config_destroy(&c);
    config_destroy(&c); // zero is valid
}

static void
every_setting_is_read(void **state)
{
    static const char text[] =
        "[feed]\r\nfeed = https://a.example/feed.json?a=b&c=d:e\r\n"
        "interval_s=15\nproxy: http://p.example:8080\n"
        "no_proxy = a.example, b.example ; inside\nca_file = /etc/ca.pem\n"
        "[hub]\nhub = https://hub.example/\n"
        "[screen]\nrotate = 270\nscreen_diagonal_in = 6.8\n"
        "viewing_distance_m = 3\ntouch = OFF\nreduce_motion = yes\n"
        "handwriting = no\npin = 0417\n[school]\nschool = hillcrest\n"
        "[storage]\ncache = /var/cache/staff room\ncache_mb = 1024\n"
        "[tags]\nquestion = Denkdonnerstag , \xC3\xBC"
        "bung\nidea=tip,,hack";
    (void) state;
    struct config c;
    struct problem why;
    config_init(&c);
    if (!read_string(&c, text, &why))
        fail_msg("%d: %s", why.line, why.text);
    assert_string_equal(c.feed, "https://a.example/feed.json?a=b&c=d:e");
    assert_int_equal(c.interval_s, 15);
    assert_string_equal(c.proxy, "http://p.example:8080");
    assert_string_equal(c.no_proxy, "a.example, b.example");
    assert_string_equal(c.ca_file, "/etc/ca.pem");
    assert_string_equal(c.hub, "https://hub.example");
    assert_int_equal(c.rotate, 270);
    assert_true(c.screen_diagonal_in > 6.79 && c.screen_diagonal_in < 6.81);
    assert_true(c.viewing_distance_m == 3);
    assert_int_equal(c.touch, TOUCH_OFF);
    assert_true(c.reduce_motion);
    assert_false(c.handwriting);
    assert_string_equal(c.pin, "0417");
    assert_string_equal(c.school, "hillcrest");
    assert_string_equal(c.cache, "/var/cache/staff room");
    assert_int_equal(c.cache_mb, 1024);
    assert_int_equal(c.tags.count, 4);
    assert_int_equal(c.tags.list[0].kind, KIND_QUESTION);
    assert_string_equal(c.tags.list[0].tag, "Denkdonnerstag");
    assert_string_equal(c.tags.list[1].tag, "\xC3\xBC"
                                            "bung");
    assert_int_equal(c.tags.list[3].kind, KIND_IDEA);
    assert_string_equal(c.tags.list[3].tag, "hack");
    config_destroy(&c);
}

static void
a_mode_is_a_word_or_a_size(void **state)
{
    static const struct {
        const char *text;
        int w, h;
    } rows[] = {
        {"[screen]\nmode = auto\n", 0, 0},
        {"[screen]\nmode = Native\n", -1, -1},
        {"[screen]\nmode = 1280x720\n", 1280, 720},
        {"[screen]\nmode = 720x1280\n", 720, 1280},
        {"[screen]\nmode = 320x8192\n", 320, 8192},
    };
    (void) state;
    struct config c;
    config_init(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problem why = {0};
        if (!read_string(&c, rows[i].text, &why))
            fail_msg("row %zu: %s", i, why.text);
        assert_int_equal(c.mode.w, rows[i].w);
        assert_int_equal(c.mode.h, rows[i].h);
    }
    config_destroy(&c);
}

static void
mistakes_are_named_with_their_line(void **state)
{
    static const struct {
        const char *text;
        int line;
        const char *says;
    } rows[] = {
        {"[feed]\nintervall_s = 60\n", 2, "no setting \"intervall_s\""},
        {"[feed]\ninterval = 60\n", 2, "it takes feed, interval_s"},
        {"[feeds]\n", 1, "no section [feeds]"},
        {"\n\n[feed\nfeed = x\n", 3, "] of this heading"},
        {"feed = x\n", 1, "belongs under [feed]"},
        {"nonsense = x\n", 1, "no setting"},
        {"[screen]\nfeed = x\n", 2, "belongs under [feed]"},
        {"[feed]\ncalendar = x\n", 2, "belongs under [calendars]"},
        {"[calendars]\nlabel = x\n", 2, "put it below the line calendar ="},
        {"[calendars]\ncalendar = x\nname = y\n", 3, "it takes calendar and"},
        {"[calendars]\ncalendar = x\nlabel = y\nlabel = z\n", 4, "set twice"},
        {"[calendars]\ncalendar = ftp://x/\n", 2, "begins with https://"},
        {"[calendars]\ncalendar = a\ncalendar = b\ncalendar = c\n"
         "calendar = d\ncalendar = e\ncalendar = f\ncalendar = g\n"
         "calendar = h\ncalendar = i\n",
         10, "at most 8 calendars"},
        {"[feed]\ninterval_s = 14\n", 2, "from 15 to 86400, not \"14\""},
        {"[feed]\ninterval_s = 86401\n", 2, "86401"},
        {"[feed]\ninterval_s = 60s\n", 2, "60s"},
        {"[feed]\ninterval_s = 1e2\n", 2, "1e2"},
        {"[feed]\ninterval_s = 60.5\n", 2, "60.5"},
        {"[feed]\ninterval_s =\n", 2, "whole number"},
        {"[feed]\ninterval_s = -60\n", 2, "-60"},
        {"[feed]\ninterval_s = 99999999999999999999\n", 2, "9999"},
        {"[screen]\nrotate = 45\n", 2, "0, 90, 180 or 270"},
        {"[screen]\nrotate = 090\n", 2, "0, 90, 180 or 270"},
        {"[screen]\nmode = 4k\n", 2, "auto, native, or a width"},
        {"[screen]\nmode = 1920\n", 2, "1920"},
        {"[screen]\nmode = 1920x\n", 2, "1920x"},
        {"[screen]\nmode = 1920x1080p\n", 2, "1920x1080p"},
        {"[screen]\nmode = 319x1080\n", 2, "319x1080"},
        {"[screen]\nmode = 1920x100000\n", 2, "1920x100000"},
        {"[screen]\nmode = -1920x-1080\n", 2, "auto, native"},
        {"[screen]\nmode =\n", 2, "auto, native"},
        {"[screen]\nscreen_diagonal_in = 2\n", 2, "from 3 to 150"},
        {"[screen]\nscreen_diagonal_in = 6,8\n", 2, "6,8"},
        {"[screen]\nviewing_distance_m = nan\n", 2, "nan"},
        {"[screen]\nviewing_distance_m = 0x3\n", 2, "0x3"},
        {"[screen]\nviewing_distance_m = 3.\n", 2, "3."},
        {"[screen]\ntouch = maybe\n", 2, "on or off"},
        {"[screen]\nhandwriting = 2\n", 2, "yes or no"},
        {"[screen]\nhours = 7-18\n", 2, "such as mon-fri"},
        {"[screen]\nhours = 7:00-18:00\nhours = 8:00-9:00\n", 3, "twice"},
        {"[screen]\nclosed = 2027-05-03\nclosed = 3 May\n", 3,
         "not: \"3 May\""},
        {"[screen]\nclosed = 2027-05-03, 2027-01-04..2026-12-21\n", 2,
         "not: \"2027-01-04"},
        {"[screen]\nterm = 1\n", 2, "term must be yes or no"},
        {"[screen]\nnight = 17-8\n", 2, "night must be days and times"},
        {"[screen]\nnight_brightness = 0\n", 2, "from 1 to 100"},
        {"[screen]\npower = hdmi\n", 2, "auto, dpms, backlight, cec"},
        {"[screen]\npower =\n", 2, "auto, dpms, backlight, cec"},
        {"[screen]\npin = 123\n", 2, "4 to 8 digits"},
        {"[screen]\npin = 123456789\n", 2, "4 to 8 digits"},
        {"[screen]\npin = 12a4\n", 2, "4 to 8 digits"},
        {"[screen]\npin = 12 34\n", 2, "4 to 8 digits"},
        {"[storage]\ncache_mb = 3\n", 2, "from 4 to 1024"},
        {"[visitors]\nhours = noon\n", 2, "such as mon-fri"},
        {"[visitors]\nhours = mon 9:00-10:00, noon\n", 2, "not: \"noon\""},
        {"[feed]\nfeed = a\n\nfeed = b\n", 4, "feed is set twice"},
        {"[feed]\nfeed = a\n[feed]\nfeed = b\n", 4, "set twice"},
        {"[feed]\nfeed = a\n  b\n", 3, "begins with a blank"},
        {"[feed]\njust words\n", 2, "name = value"},
        {"[feed]\nfeed = a\xFF\n", 2, "UTF-8"},
        {"[tags]\nquestions = x\n", 2, "not \"questions\""},
        {"[tags]\nidea = a\nidea = b\n", 3, "twice"},
        {"[tags]\nidea=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,"
         "22,23,24,25,26,27,28,29,30,31,32,33\n",
         2, "at most 32"},
        // The first mistake counts.
        {"[feed]\nx = 1\n[nowhere]\n", 2, "\"x\""},
    };
    (void) state;
    struct config c;
    config_init(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problem why = {0};
        if (read_string(&c, rows[i].text, &why))
            fail_msg("\"%s\" was accepted", rows[i].text);
        if (why.line != rows[i].line || !strstr(why.text, rows[i].says))
            fail_msg("\"%s\": %d: %s", rows[i].text, why.line, why.text);
        assert_defaults(&c);
    }
    config_destroy(&c);
}

static void
a_hub_is_asked_securely_or_on_this_machine(void **state)
{
    static const struct {
        const char *value, *hub; // NULL: refused
    } rows[] = {
        {"", ""},
        {"https://hub.example", "https://hub.example"},
        {"https://hub.example:8443/north//", "https://hub.example:8443/north"},
        {"HTTPS://hub.example", "HTTPS://hub.example"},
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080"},
        {"http://127.1", "http://127.1"},
        {"http://localhost:8080/", "http://localhost:8080"},
        {"http://[::1]:8080", "http://[::1]:8080"},
        {"http://hub.example", NULL},
        {"http://192.168.1.2", NULL},
        {"http://127.0.0.1.example", NULL},
        {"http://127.0.0.1@hub.example", NULL},
        {"http://localhost.example", NULL},
        {"http://localhos", NULL},
        {"http://[::1].example", NULL},
        {"http://[::1", NULL},
        {"http://", NULL},
        {"https://", NULL},
        {"https:///x", NULL},
        {"https://user@hub.example", NULL},
        {"https://hub.example/?a", NULL},
        {"https://hub example", NULL},
        {"hub.example", NULL},
        {"file:///hub", NULL},
    };
    (void) state;
    struct config c;
    config_init(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problem why = {0};
        char text[200];
        snprintf(text, sizeof text, "[hub]\nhub = %s\n", rows[i].value);
        bool is_read = read_string(&c, text, &why);
        if (is_read != (rows[i].hub != NULL))
            fail_msg("\"%s\": %s", rows[i].value, why.text);
        if (is_read)
            assert_string_equal(c.hub, rows[i].hub);
        else
            assert_non_null(strstr(why.text, "begin"));
    }
    config_destroy(&c);
}

static void
addresses_are_looked_at(void **state)
{
    static const struct {
        const char *name, *value;
        bool is_taken;
    } rows[] = {
        {"proxy", "", true},
        {"proxy", "http://proxy.school.example:8080", true},
        {"proxy", "HTTP://proxy:8080/", true},
        {"proxy", "proxy.school.example:8080", true},
        {"proxy", "socks5h://10.0.0.1:1080", true},
        {"proxy", "http://[fd00::1]:8080", true},
        {"proxy", "http://me:p%40ss@proxy:8080", true},
        {"proxy", "http://proxy.school.example", false}, // which port?
        {"proxy", "http://proxy:80800", false},
        {"proxy", "http://proxy:0", false},
        {"proxy", "http://proxy: 80", false},
        {"proxy", "http://proxy:-80", false},
        {"proxy", "http://:8080", false},
        {"proxy", "ftp://proxy:8080", false},
        {"proxy", "\"http://proxy:8080\"", false},
        {"proxy", "http://wpad.school.example:80/proxy.pac", false},
        {"feed", "https://a.example/feed.json?a=b#c", true},
        {"feed", "/srv/our feed.json", true},
        {"feed", "it's \"ours\".json", true},
        {"feed", "\"https://a.example/feed.json\"", false},
        {"feed", "'/srv/feed.json'", false},
        {"feed", "https://a.example/feed.json # ours", false},
        {"ca_file", "/etc/staffroom/ca.pem", true},
        {"ca_file", "", true},
        {"ca_file", "ca.pem", false},
    };
    struct config c;
    (void) state;
    config_init(&c);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct problem why = {0};
        char text[200];
        snprintf(text, sizeof text, "[feed]\n%s = %s\n", rows[i].name,
                 rows[i].value);
        if (read_string(&c, text, &why) != rows[i].is_taken)
            fail_msg("%s = %s: %s", rows[i].name, rows[i].value, why.text);
        if (!rows[i].is_taken && !strstr(why.text, rows[i].name))
            fail_msg("%s: %s", rows[i].value, why.text);
    }
    config_destroy(&c);
}

static void
lines_are_never_cut_in_silence(void **state)
{
    (void) state;
    struct config c;
    config_init(&c);
    for (int len = 150; len < 600; len++) {
        struct problem why = {0};
        struct text text = {0};
        text_add_string(&text, "[feed]\nfeed = ");
        for (int i = 0; i < len; i++)
            text_add_char(&text, (char) ('a' + i % 26));
        if (config_read(&c, text.bytes, text.len, &why)) {
            assert_string_equal(c.feed, text.bytes + strlen("[feed]\nfeed = "));
            assert_true(len < 200);
        } else {
            assert_true(len > 180);
            assert_int_equal(why.line, 2);
            assert_non_null(strstr(why.text, "too long"));
        }
        text_destroy(&text);
    }
    config_destroy(&c);
}

static void
a_nul_byte_is_damage(void **state)
{
    static const char text[] = "[feed]\nfeed = a\0b\n";
    (void) state;
    struct config c;
    struct problem why;
    config_init(&c);
    assert_false(config_read(&c, text, sizeof text - 1, &why));
    assert_int_equal(why.line, 2);
    config_destroy(&c);
}

static char *
read_shipped(size_t *len)
{
    FILE *file = fopen(SHIPPED, "rb");
    if (!file)
        fail_msg("%s is missing", SHIPPED);
    char *bytes = test_malloc(65536);
    *len = fread(bytes, 1, 65535, file);
    bytes[*len] = '\0';
    fclose(file);
    return bytes;
}

static void
the_shipped_file_says_the_defaults(void **state)
{
    (void) state;
    struct config c;
    struct problem why;
    size_t len;
    char *bytes = read_shipped(&len);
    config_init(&c);
    assert_true(config_read(&c, bytes, len, &why));
    assert_defaults(&c);

    // A setting is a # with its name right behind it; a remark has a blank.
    int settings = 0;
    for (char *line = bytes; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (line[0] == '#' && line[1] >= 'a' && line[1] <= 'z') {
            memmove(line, line + 1, strlen(line));
            settings++;
        }
    }
    assert_int_equal(settings, 25 + KIND_COUNT + 4);
    if (!config_read(&c, bytes, strlen(bytes), &why))
        fail_msg("%d: %s", why.line, why.text);
    assert_defaults(&c);
    config_destroy(&c);
    test_free(bytes);
}

static void
a_screen_has_hours(void **state)
{
    static const char text[] =
        "[screen]\nhours = mon-fri 7:00-18:00\n"
        "closed = 2026-12-21..2027-01-04, 2027-05-03\n"
        "closed = 2027-05-31 .. 2027-06-04\nclosed =\n"
        "term = yes\nnight = 17:00-8:00\nnight_brightness = 45\n"
        "power = CEC\n[visitors]\nhours = 15:00-16:00\n";
    (void) state;
    struct config c;
    struct problem why;
    config_init(&c);
    if (!read_string(&c, text, &why))
        fail_msg("%d: %s", why.line, why.text);
    const struct screen_hours *h = &c.screen_hours;
    assert_int_equal(h->hours.count, 1);
    assert_int_equal(h->hours.list[0].until_minute, 18 * 60);
    assert_int_equal(h->closed_count, 3);
    assert_int_equal(h->closed[2].from, day_parse("2027-05-31"));
    assert_int_equal(h->closed[2].until, day_parse("2027-06-04"));
    assert_true(h->in_term_only);
    assert_int_equal(h->night.list[0].from_minute, 17 * 60);
    assert_int_equal(h->night_percent, 45);
    assert_int_equal(c.power, POWER_CEC);
    assert_int_equal(c.visitors.list[0].from_minute, 15 * 60);
    config_destroy(&c);
}

static void
calendars_come_one_below_the_other(void **state)
{
    char text[2600], secret[1900];
    (void) state;
    memset(secret, 'a', sizeof secret);
    secret[sizeof secret - 1] = '\0';
    snprintf(text, sizeof text,
             "[calendars]\n"
             "calendar = webcal://cal.example/a.ics ; the head's\n"
             "label = Head\nschool=hillcrest\nfilter = staff meeting\r\n"
             "calendar: https://user:word@b.example:8443/%s.ics\n"
             "calendar =\nlabel = of none\n"
             "calendar = /srv/school calendars/c.ics\n"
             "filter =\n[school]\nschool = riverside\n",
             secret);
    struct config c;
    struct problem why;
    config_init(&c);
    if (!read_string(&c, text, &why))
        fail_msg("%d: %s", why.line, why.text);
    assert_int_equal(c.calendar_count, 3);
    assert_string_equal(c.calendars[0].address, "https://cal.example/a.ics");
    assert_string_equal(c.calendars[0].label, "Head");
    assert_string_equal(c.calendars[0].school, "hillcrest");
    assert_string_equal(c.calendars[0].filter, "staff meeting");
    assert_int_equal(strlen(c.calendars[1].address),
                     strlen("https://user:word@b.example:8443/.ics") +
                         strlen(secret));
    // What stands before the host may be a password, what follows a secret.
    assert_string_equal(c.calendars[1].label, "b.example:8443");
    assert_string_equal(c.calendars[1].school, "");
    assert_string_equal(c.calendars[2].address, "/srv/school calendars/c.ics");
    assert_string_equal(c.calendars[2].label, "c.ics");
    assert_string_equal(c.calendars[2].filter, "");
    assert_string_equal(c.school, "riverside");
    config_destroy(&c);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_is_a_good_file),
        cmocka_unit_test(every_setting_is_read),
        cmocka_unit_test(a_mode_is_a_word_or_a_size),
        cmocka_unit_test(mistakes_are_named_with_their_line),
        cmocka_unit_test(a_hub_is_asked_securely_or_on_this_machine),
        cmocka_unit_test(addresses_are_looked_at),
        cmocka_unit_test(lines_are_never_cut_in_silence),
        cmocka_unit_test(a_nul_byte_is_damage),
        cmocka_unit_test(a_screen_has_hours),
        cmocka_unit_test(calendars_come_one_below_the_other),
        cmocka_unit_test(the_shipped_file_says_the_defaults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
