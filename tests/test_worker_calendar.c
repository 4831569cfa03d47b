// links: src/io/program.c
// links: src/kiosk/worker_calendar.c src/kiosk/calendar_run.c
// links: src/kiosk/local_meetings.c src/kiosk/worker_path.c
// links: src/core/calendar_meetings.c src/core/calendar_refresh.c
// links: src/core/config.c src/core/config_calendar.c
// links: src/core/config_screen.c src/core/screen_hours.c
// links: src/core/hours.c src/core/board.c
// links: src/core/date.c src/core/feed_json.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/character_reference.c
// links: src/core/polling.c src/io/cache.c src/io/cache_entry.c
// links: src/io/cache_folder.c src/io/child.c src/io/file.c
// links: src/io/http_client.c src/io/http_client_explain.c
// links: src/io/http_client_transfer.c src/io/http_client_url.c
// links: src/io/http_guard.c src/base/arena.c src/base/check.c
// links: src/base/clock.c src/base/hash.c src/base/memory.c
// links: src/base/problem.c src/base/text.c src/base/utf8.c src/base/zone.c
// links: tests/bad_server.c
// links: src/io/http_client_facts.c src/core/config_value.c src/core/config_address.c
// libs: -lcurl -lcjson -linih -lunistring
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

#include "bad_server.h"
#include "base/clock.h"
#include "base/hash.h"
#include "base/log.h"
#include "core/date.h"
#include "io/cache_folder.h"
#include "io/file.h"
#include "kiosk/worker_calendar.h"

#define MINUTE_MS 60000
#define TURNS_MOST 1000
#define CALENDAR "BEGIN:VCALENDAR\r\nX-PUBLISHED-TTL:PT20M\r\n"
// Instead of staffroom-calendar: what it was told is the title.
#define SAYS_ITS_WORDS                                                         \
    "printf '{\"uid\":\"u\",\"summary\":\"%s\",\"all_day\":false,"             \
    "\"start\":\"2027-03-26T15:45:00Z\",\"end\":\"2027-03-26T17:00:00Z\"}\\n'" \
    " \"$*\""

static struct bad_server server;
static char folder[64], file[128];
static struct text said; // all that was logged
static struct clock test_clock;
static int64_t now_ms;
static struct config config;
static struct cache *cache;
static struct http_client *http;
static struct worker_calendars calendars;

static void
keep_line(const char *format, va_list args)
{
    char line[1024];
    vsnprintf(line, sizeof line, format, args);
    text_add_format(&said, "%s\n", line);
}

void
log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_line(format, args);
    va_end(args);
}

void
log_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_line(format, args);
    va_end(args);
}

void
log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    keep_line(format, args);
    va_end(args);
}

/* ---- the stage ---------------------------------------------------------- */

static void
set_clock(const char *time)
{
    clock_start_at(&test_clock, time_parse(time, NULL));
}

/* The program that is found from now on. */
static void
install(const char *script)
{
    char path[128], text[1024];
    struct problem why;
    snprintf(path, sizeof path, "%s/bin/staffroom-calendar", folder);
    snprintf(text, sizeof text, "#!/bin/sh\n%s\n", script);
    assert_true(file_write(path, text, strlen(text), &why));
    assert_int_equal(chmod(path, 0755), 0);
}

static void
write_calendar(const char *words)
{
    struct text text = {0};
    struct problem why;
    text_add_format(&text, CALENDAR "%s\r\n", words);
    assert_true(file_write(file, text.bytes, text.len, &why));
    text_destroy(&text);
}

static int
make_stage(void **state)
{
    (void) state;
    char bin[128];
    struct problem why;
    snprintf(folder, sizeof folder, "/tmp/staffroom-calendars-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(file, sizeof file, "%s/school.ics", folder);
    snprintf(bin, sizeof bin, "%s/bin", folder);
    folder_make(bin, &why);
    setenv("PATH", bin, 1);
    test_clock = (struct clock){0};
    set_clock("2027-03-26T10:00:00Z");
    now_ms = 1000000;
    config_init(&config);
    install(SAYS_ITS_WORDS);
    write_calendar("one");
    return 0;
}

static void
stop(void)
{
    worker_calendars_destroy(&calendars);
    http_close(http);
    cache_close(cache);
    http = NULL;
    cache = NULL;
}

static int
clear_stage(void **state)
{
    (void) state;
    stop();
    config_destroy(&config);
    text_destroy(&said);
    remove_folder(folder);
    return 0;
}

static void
add(const char *address)
{
    struct problem why;
    assert_true(config_add_calendar(&config, address, &why));
}

static void
start(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/cache", folder);
    cache = cache_open(path, (size_t) 8 * 1024 * 1024);
    http = http_open(&(struct http_settings){.user_agent = "test"});
    worker_calendars_init(
        &calendars,
        &(struct worker_settings){.config = &config, .clock = &test_clock},
        cache, now_ms);
}

/* Turns until there is nothing more to do at this moment, as the worker does.
 */
static int64_t
settle(void)
{
    int64_t due_ms = now_ms;
    for (int i = 0; i < TURNS_MOST; i++) {
        due_ms = worker_calendars_tick(&calendars, http, "Europe/London", true,
                                       now_ms);
        if (due_ms != INT64_MAX && due_ms > now_ms)
            return due_ms;
        struct http_reply reply;
        if (due_ms == INT64_MAX && http_wait(http, -1, &reply)) {
            assert_int_equal(reply.tag, WORKER_CALENDAR_TAG);
            worker_calendars_answer(&calendars, http, &reply, now_ms);
            http_reply_destroy(&reply);
        }
    }
    fail_msg("it never comes to an end");
    return due_ms;
}

static void
assert_said(const char *words)
{
    if (!strstr(text_string(&said), words))
        fail_msg("\"%s\" is not in what was logged:\n%s", words,
                 text_string(&said));
}

/* That they are new, and the title of the only one. */
static void
assert_new(const char *title)
{
    struct local_meetings *all = calendars.all;
    assert_non_null(all);
    assert_int_equal(all->count, 1);
    assert_string_equal(all->items[0].title, title);
    assert_int_equal(all->items[0].starts_day, day_parse("2027-03-26"));
    local_meetings_free(all);
    calendars.all = NULL;
}

#define WORDS "--from 2027-03-25 --until 2027-05-25 --zone Europe/London"

/* ---- files -------------------------------------------------------------- */

static void
a_file_is_read_once_until_it_changes(void **state)
{
    (void) state;
    add(file);
    start();
    assert_true(settle() <= now_ms + MINUTE_MS);
    assert_new(WORDS);
    assert_string_equal(calendars.list[0].why, "");

    // The same file: nothing is run, or it would fail.
    install("exit 1");
    now_ms += MINUTE_MS + 1;
    settle();
    assert_null(calendars.all);
    // Only when it was asked for is another: nothing is run either.
    write_calendar("one\r\nDTSTAMP:20270326T100000Z");
    now_ms += MINUTE_MS + 1;
    settle();
    assert_null(calendars.all);
    assert_string_equal(calendars.list[0].why, "");

    install(SAYS_ITS_WORDS);
    write_calendar("two");
    now_ms += MINUTE_MS + 1;
    settle();
    assert_new(WORDS);

    struct cached_feed kept;
    char name[CACHE_NAME_BYTES], path[256];
    struct stat is;
    assert_true(cache_find_calendar(cache, file, &kept));
    assert_non_null(strstr(text_string(&kept.pages[0]), "two"));
    cached_feed_destroy(&kept);
    // For nobody else's eyes.
    cache_calendar_name(name, hash_string(file));
    snprintf(path, sizeof path, "%s/cache/%s", folder, name);
    assert_int_equal(stat(path, &is), 0);
    assert_int_equal(is.st_mode & 0777, 0600);
}

static void
what_was_found_stays_whatever_the_program_does(void **state)
{
    static const struct {
        const char *script, *why;
    } rows[] = {
        {"echo 'staffroom-calendar: this is no calendar: it is empty' >&2;"
         " exit 1",
         "this is no calendar: it is empty"},
        {"exit 3", "it cannot be read as a calendar (3)"},
        {"kill -SEGV $$", "reading it went wrong, or took too much"},
        // Too much of the processor, or on a busy machine too long.
        {"while :; do :; done", "took too"},
        {"exec /bin/sleep 60", "reading it took too long"},
        {"exec /usr/bin/yes nonsense", "there is far too much in it"},
        {"echo nonsense; echo '{}'", "makes no sense to this one"},
    };
    (void) state;
    add(file);
    start();
    settle();
    assert_new(WORDS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char words[20];
        snprintf(words, sizeof words, "edition %zu", i);
        install(rows[i].script);
        write_calendar(words);
        now_ms += MINUTE_MS + 1;
        settle();
        if (!strstr(calendars.list[0].why, rows[i].why))
            fail_msg("row %zu: %s", i, calendars.list[0].why);
        assert_said(rows[i].why);
        assert_null(calendars.all);
        assert_int_equal(calendars.list[0].found->count, 1);
    }
    assert_said("what is shown of it was right 0 minutes ago");
    install("echo nonsense; " SAYS_ITS_WORDS); // the good line counts
    write_calendar("good");
    now_ms += MINUTE_MS + 1;
    settle();
    assert_new(WORDS);
    assert_said("is well again");
}

static void
a_new_day_and_a_new_zone_are_read_from_what_is_kept(void **state)
{
    (void) state;
    add(file);
    start();
    settle();
    assert_new(WORDS);
    assert_int_equal(unlink(file), 0);
    // Midnight in London is an hour before that in UTC, from the 28th on.
    set_clock("2027-03-28T23:30:00Z");
    settle();
    assert_new("--from 2027-03-28 --until 2027-05-28 --zone Europe/London");
    set_clock("2027-03-20T12:00:00Z"); // a clock that was put right
    settle();
    assert_new("--from 2027-03-19 --until 2027-05-19 --zone Europe/London");
    worker_calendars_tick(&calendars, http, "Europe/Paris", true, now_ms);
    assert_int_equal(calendars.doing, CALENDARS_READING);
}

static void
the_filter_and_the_school_of_the_settings_count(void **state)
{
    (void) state;
    install("printf '{\"uid\":\"%s\",\"summary\":\"%s\",\"all_day\":true,"
            "\"start\":\"2027-03-26\",\"end\":\"2027-03-28\","
            "\"status\":\"%s\"}\\n' 1 'Staff meeting' CONFIRMED "
            "2 'Staff lunch' CONFIRMED 3 'All staff: meeting' CANCELLED "
            "4 'MEETING of staff' TENTATIVE");
    add(file);
    config.calendars[0].filter = "staff meeting";
    config.calendars[0].school = "hillcrest";
    start();
    settle();
    struct local_meetings *all = calendars.all;
    assert_int_equal(all->count, 2);
    assert_string_equal(all->items[0].title, "Staff meeting");
    assert_string_equal(all->items[1].title, "MEETING of staff");
    assert_int_equal(all->items[1].school_count, 1);
    assert_string_equal(all->items[1].schools[0], "hillcrest");
    assert_true(all->items[0].is_all_day);
    assert_int_equal(all->items[0].ends_day, day_parse("2027-03-27"));
    assert_string_not_equal(all->items[0].id, all->items[1].id);
}

static void
without_a_clock_or_a_program_nothing_is_done(void **state)
{
    char path[128];
    (void) state;
    add(file);
    start();
    assert_int_equal(worker_calendars_tick(&calendars, http, "", false, now_ms),
                     now_ms + MINUTE_MS);
    assert_false(calendars.list[0].was_opened);

    snprintf(path, sizeof path, "%s/bin/staffroom-calendar", folder);
    assert_int_equal(unlink(path), 0);
    for (int i = 0; i < 30; i++, now_ms += MINUTE_MS)
        assert_int_equal(settle(), now_ms + MINUTE_MS);
    assert_string_equal(
        text_string(&said),
        "the program staffroom-calendar is not installed beside this one, so "
        "no calendar can be read\n");
    install(SAYS_ITS_WORDS); // it is found without a new start
    now_ms += 11 * MINUTE_MS;
    settle();
    assert_new(WORDS);
}

/* ---- addresses ---------------------------------------------------------- */

static void
add_address(const char *name)
{
    char address[200];
    snprintf(address, sizeof address, "http://127.0.0.1:%d/files/%s",
             server.http, name);
    add(address);
}

static int
requests(const char *name)
{
    char start_of_line[200];
    snprintf(start_of_line, sizeof start_of_line, "GET /files/%s ", name);
    return bad_server_count(&server, start_of_line);
}

static void
an_address_is_asked_as_often_as_it_wants(void **state)
{
    static const char page[] = "\n <!DOCTYPE html><title>Sign in</title>";
    const char *bytes = CALENDAR "one";
    (void) state;
    bad_server_put(&server, "secret-1", bytes, strlen(bytes));
    add_address("secret-1");
    start();
    int64_t due_ms = settle();
    assert_new(WORDS);
    assert_true(due_ms > now_ms && due_ms <= now_ms + MINUTE_MS); // the day
    assert_int_equal(calendars.list[0].polling.interval_s, 20 * 60);
    assert_true(calendars.list[0].polling.next_ms > now_ms + 15 * MINUTE_MS);

    // Not asked before its time, then with the ETag, and 304 is good news.
    now_ms += 10 * MINUTE_MS;
    settle();
    assert_int_equal(requests("secret-1"), 1);
    now_ms += 11 * MINUTE_MS;
    settle();
    assert_int_equal(requests("secret-1"), 2);
    assert_null(calendars.all);
    assert_string_equal(calendars.list[0].why, "");
    assert_true(calendars.list[0].polling.next_ms > now_ms + 15 * MINUTE_MS);

    // A page to sign in at is no calendar without meetings.
    bad_server_put(&server, "secret-1", page, strlen(page));
    now_ms += 21 * MINUTE_MS;
    settle();
    assert_said("a web page came instead of the calendar");
    assert_null(calendars.all);
    assert_int_equal(calendars.list[0].found->count, 1);
    bad_server_break(&server, "secret-1", 503);
    now_ms += 21 * MINUTE_MS;
    settle();
    assert_said("HTTP 503");
    bad_server_break(&server, "secret-1", 0);

    // After a new start, and without the network, from what is kept.
    stop();
    text_destroy(&said);
    bad_server_break(&server, "secret-1", 500);
    set_clock("2027-03-26T13:00:00Z");
    start();
    settle();
    assert_new(WORDS);
    assert_said("is shown as it was 3 hours ago");
    bad_server_break(&server, "secret-1", 0);
    assert_null(strstr(text_string(&said), "secret"));
}

static void
one_that_fails_keeps_no_other_waiting(void **state)
{
    (void) state;
    add("http://127.0.0.1:1/secret-2");
    add(file);
    add("https://localhost:1/secret-3");
    start();
    settle();
    assert_new(WORDS);
    assert_said("\"127.0.0.1:1\" could not be read");
    assert_said("nothing is shown of it");
    assert_null(strstr(text_string(&said), "secret"));
}

static int
start_server(void **state)
{
    (void) state;
    bad_server_start(&server);
    return 0;
}

static int
stop_server(void **state)
{
    (void) state;
    bad_server_stop(&server);
    return 0;
}

#define ON_STAGE(test)                                                         \
    cmocka_unit_test_setup_teardown(test, make_stage, clear_stage)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_STAGE(a_file_is_read_once_until_it_changes),
        ON_STAGE(what_was_found_stays_whatever_the_program_does),
        ON_STAGE(a_new_day_and_a_new_zone_are_read_from_what_is_kept),
        ON_STAGE(the_filter_and_the_school_of_the_settings_count),
        ON_STAGE(without_a_clock_or_a_program_nothing_is_done),
        ON_STAGE(an_address_is_asked_as_often_as_it_wants),
        ON_STAGE(one_that_fails_keeps_no_other_waiting),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
