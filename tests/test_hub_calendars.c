// links: src/hub/calendars.c src/hub/calendars_run.c src/hub/calendars_take.c
// links: src/hub/fetch.c src/hub/content.c src/hub/content_time.c
// links: src/hub/secret.c src/io/hub_store*.c src/io/db.c src/io/file.c
// links: src/io/child.c src/io/program.c src/io/http_*.c src/core/feed*.c
// links: src/core/calendar_meetings.c src/core/polling.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/html_text.c src/core/board.c
// links: src/core/date.c src/core/character_reference.c
// links: src/core/postit_record.c src/base/*.c
// libs: -lcurl -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "core/date.h"
#include "core/feed.h"
#include "hub/calendars.h"
#include "hub/calendars_part.h"
#include "hub/fetch.h"
#include "hub/secret.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PATIENCE_MS 60000
#define NOW_S INT64_C(1795689720) // 2026-11-26 10:42 in London
#define MINUTE_MS (60 * 1000)
#define DOCUMENT                                                               \
    "{\"title\":\"Northside\",\"_staffroom\":{\"timezone\":\"Europe/London\"}" \
    ",\"items\":[]}"
#define HEAD "{\"same\":false,\"etag\":\"v1\",\"modified\":\"\"}\n"
#define LINE                                                                   \
    "{\"uid\":\"a\",\"summary\":\"Staff meeting\",\"start\":"                  \
    "\"2026-11-26T15:45:00+00:00\",\"end\":\"2026-11-26T16:45:00+00:00\","     \
    "\"all_day\":false,\"location\":\"Library\",\"description\":\"\","         \
    "\"url\":\"\",\"status\":\"CONFIRMED\"}\n"

/* Both programs are scripts of the test's: what the hub itself runs is in
   e2e_hub_calendars.sh. */
struct stand {
    char folder[64], fetch[96], lines[96];
    int beside;
    struct hub_store *store;
    struct calendars *calendars;
    struct now now;
    struct arena arena;
};

static void
write_file(const char *path, const char *words)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(words, f);
    fclose(f);
    assert_int_equal(chmod(path, 0700), 0);
}

static void
write_script(const char *path, const char *folder, const char *deed)
{
    char script[8192];
    int len = snprintf(script, sizeof script, "#!/bin/sh\ncd '%s'\n%s\n",
                       folder, deed);
    assert_in_range(len, 1, sizeof script - 1);
    write_file(path, script);
}

static void
fetch_does(struct stand *s, const char *deed)
{
    write_script(s->fetch, s->folder, deed);
}

static void
lines_does(struct stand *s, const char *deed)
{
    write_script(s->lines, s->folder, deed);
}

static void
reply_is(struct stand *s, const char *reply)
{
    char path[128];
    snprintf(path, sizeof path, "%s/reply", s->folder);
    write_file(path, reply);
    fetch_does(s, "cat >>asked; echo >>asked; cat reply");
}

static const char *
asked(struct stand *s)
{
    char path[128], all[4096];
    snprintf(path, sizeof path, "%s/asked", s->folder);
    FILE *f = fopen(path, "r");
    if (!f)
        return "";
    size_t len = fread(all, 1, sizeof all - 1, f);
    fclose(f);
    unlink(path);
    return arena_copy(&s->arena, all, len);
}

static void
open_calendars(struct stand *s, const char *lines)
{
    calendars_close(s->calendars);
    s->calendars =
        calendars_open(&(struct calendars_settings){.store = s->store,
                                                    .fetch_program = s->fetch,
                                                    .calendar_program = lines,
                                                    .beside = s->beside,
                                                    .seed = 7},
                       &s->now);
}

static int
set_up(void **state)
{
    struct stand *s = calloc(1, sizeof *s);
    struct problem why = {0};
    char path[128];
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-calendars-XXXXXX");
    if (!secret_start() || !mkdtemp(s->folder))
        return -1;
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    snprintf(s->fetch, sizeof s->fetch, "%s/fetch", s->folder);
    snprintf(s->lines, sizeof s->lines, "%s/lines", s->folder);
    s->beside = epoll_create1(EPOLL_CLOEXEC);
    s->store = hub_store_open(path, &why);
    if (!s->store)
        fail_msg("%s", why.text);
    assert_true(
        hub_store_publish(s->store, 0, DOCUMENT, "Ann", "", NOW_S, &why) > 0);
    s->now = (struct now){.mono_ms = 60000, .wall_s = NOW_S};
    reply_is(s, HEAD "BEGIN:VCALENDAR\r\n");
    lines_does(s, "echo \"$*\" >words; cat >body; cat <<'END'\n" LINE "END");
    open_calendars(s, s->lines);
    *state = s;
    return 0;
}

static int
remove_one(const char *path, const struct stat *is, int what, struct FTW *where)
{
    (void) is, (void) what, (void) where;
    return remove(path);
}

static int
tear_down(void **state)
{
    struct stand *s = *state;
    calendars_close(s->calendars);
    hub_store_close(s->store);
    arena_destroy(&s->arena);
    close(s->beside);
    int result = nftw(s->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(s);
    return result;
}

static int64_t
add(struct stand *s, const char *url, const char *filter)
{
    struct problem why = {0};
    int64_t number = hub_store_add_calendar(
        s->store,
        &(struct hub_calendar){
            .url = url, .label = "Staff", .school = "", .filter = filter},
        &why);
    if (!number)
        fail_msg("%s", why.text);
    calendars_sync(s->calendars, &s->now);
    return number;
}

static struct hub_calendar
calendar(struct stand *s, int64_t number)
{
    const struct hub_calendar *list;
    int count = hub_store_calendars(s->store, &s->arena, true, &list);
    for (int i = 0; i < count; i++)
        if (list[i].number == number)
            return list[i];
    fail_msg("there is no calendar %d", (int) number);
    return (struct hub_calendar){0};
}

/* Until one has ended. */
static void
wait_for(struct stand *s)
{
    struct pollfd on = {.fd = s->beside, .events = POLLIN};
    while (!calendars_turn(s->calendars, &s->now))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
}

static struct hub_calendar
read_it(struct stand *s, int64_t number)
{
    calendars_want(s->calendars, number, &s->now);
    assert_true(calendars_is_reading(s->calendars, number));
    wait_for(s);
    assert_false(calendars_is_reading(s->calendars, number));
    return calendar(s, number);
}

static void
later(struct stand *s, int minutes)
{
    s->now.mono_ms += (int64_t) minutes * MINUTE_MS;
    s->now.wall_s += (int64_t) minutes * 60;
}

/* ---- reading ------------------------------------------------------------ */

static void
a_calendar_is_read_and_kept(void **state)
{
    struct stand *s = *state;
    int64_t number = add(s, "https://a.example/\"x\"", "");
    struct hub_calendar c = read_it(s, number);
    assert_string_equal(c.problem, "");
    assert_int_equal(c.read_s, NOW_S);
    assert_string_equal(c.etag, "v1");
    assert_non_null(strstr(c.document, "\"Staff meeting\""));
    assert_null(strstr(c.document, "a.example"));
    assert_string_equal(asked(s), "{\"url\":\"https://a.example/\\\"x\\\"\","
                                  "\"etag\":\"\",\"modified\":\"\"}\n");
}

static void
what_is_the_same_stays_and_a_day_later_is_fetched_anew(void **state)
{
    struct stand *s = *state;
    int64_t number = add(s, "https://a.example/", "");
    struct hub_calendar first = read_it(s, number);
    int64_t change = hub_store_change_number(s->store);
    asked(s);
    reply_is(s, "{\"same\":true,\"etag\":\"\"}\n");
    later(s, 60);
    struct hub_calendar c = read_it(s, number);
    assert_non_null(strstr(asked(s), "\"etag\":\"v1\""));
    assert_int_equal(c.read_s, NOW_S + 3600);
    assert_string_equal(c.etag, "v1");
    assert_string_equal(c.document, first.document);
    assert_int_equal(hub_store_change_number(s->store), change);
    reply_is(s, HEAD "BEGIN:VCALENDAR\r\n");
    later(s, 24 * 60);
    read_it(s, number);
    assert_non_null(strstr(asked(s), "\"etag\":\"\""));
    // The very same meetings: no screen hears of it.
    assert_int_equal(hub_store_change_number(s->store), change);
}

/* The programs' own limits are tests of test_child. */
static void
what_goes_wrong_is_told_and_the_last_good_one_stays(void **state)
{
    static const struct {
        const char *fetch, *lines; // NULL: as they are
        const char *words;         // in the sentence
    } rows[] = {
        {"exit 3", NULL, "could not be asked"},
        {"kill -SEGV $$", NULL, "could not be asked"},
        {"echo nonsense", NULL, "could not be asked"},
        {"true", NULL, "could not be asked"},
        {"echo '[1]'; echo BEGIN:VCALENDAR; exit 1", NULL,
         "could not be asked"},
        {"yes", NULL, "could not be asked"},
        {"echo '{\"sentence\":\"The server is in trouble\"}'", NULL,
         "The server is in trouble"},
        {"echo '{}'; echo '  <!doctype html>'", NULL, "leads to a web page"},
        {NULL, "echo 'staffroom-calendar: it begins wrong' >&2; exit 1",
         "This calendar cannot be read: it begins wrong"},
        {NULL, "exit 2", "did not come to an end"},
        {NULL, "kill -SEGV $$", "did not come to an end"},
        {NULL, "yes", "did not come to an end"},
        {NULL, "while :; do :; done", "did not come to an end"},
        {NULL, "echo '{\"uid\":1}'; echo nonsense", "did not come to an end"},
    };
    struct stand *s = *state;
    int64_t number = add(s, "https://a.example/", "");
    struct hub_calendar good = read_it(s, number);
    int64_t change = hub_store_change_number(s->store);
    for (size_t i = 0; i < COUNT(rows); i++) {
        reply_is(s, HEAD "BEGIN:VCALENDAR\r\n");
        if (rows[i].fetch)
            fetch_does(s, rows[i].fetch);
        if (rows[i].lines)
            lines_does(s, rows[i].lines);
        later(s, 1);
        struct hub_calendar c = read_it(s, number);
        if (!strstr(c.problem, rows[i].words))
            fail_msg("row %zu: %s", i, c.problem);
        assert_int_equal(c.read_s, good.read_s);
        assert_int_equal(c.tried_s, s->now.wall_s);
        assert_string_equal(c.document, good.document);
        assert_string_equal(c.etag, "");
    }
    assert_int_equal(hub_store_change_number(s->store), change);
    reply_is(s, HEAD "BEGIN:VCALENDAR\r\n");
    lines_does(s, "true");
    assert_string_equal(read_it(s, number).problem, "");
    assert_true(hub_store_change_number(s->store) > change); // it is empty now
}

static void
nothing_is_read_without_the_program(void **state)
{
    struct stand *s = *state;
    open_calendars(s, "/nonexistent/staffroom-calendar");
    assert_false(calendars_has_program(s->calendars));
    int64_t number = add(s, "https://a.example/", "");
    calendars_want(s->calendars, number, &s->now);
    calendars_tick(s->calendars, &s->now);
    assert_false(calendars_is_reading(s->calendars, number));
    assert_string_equal(asked(s), "");
    assert_false(calendars_has_program(NULL));
    assert_false(calendars_is_reading(NULL, 1));
    assert_false(calendars_turn(NULL, &s->now));
    calendars_sync(NULL, &s->now);
    calendars_want(NULL, 1, &s->now);
    calendars_tick(NULL, &s->now);
    calendars_close(NULL);
}

/* ---- when --------------------------------------------------------------- */

static bool
starts(struct stand *s)
{
    struct pollfd on = {.fd = s->beside, .events = POLLIN};
    calendars_tick(s->calendars, &s->now);
    if (!calendars_is_reading(s->calendars, 1))
        return false;
    while (!calendars_turn(s->calendars, &s->now))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
    return true;
}

static void
it_is_read_as_often_as_it_wants_from_15_to_60_minutes(void **state)
{
    static const struct {
        const char *line;
        int not_after, after; // minutes
    } rows[] = {
        {"", 23, 31},
        {"REFRESH-INTERVAL;VALUE=DURATION:PT5M\r\n", 14, 19},
        {"REFRESH-INTERVAL;VALUE=DURATION:PT45M\r\n", 35, 46},
        {"X-PUBLISHED-TTL:PT12H\r\n", 47, 61},
    };
    struct stand *s = *state;
    add(s, "https://a.example/", "");
    for (size_t i = 0; i < COUNT(rows); i++) {
        char reply[256];
        snprintf(reply, sizeof reply, HEAD "BEGIN:VCALENDAR\r\n%s",
                 rows[i].line);
        reply_is(s, reply);
        later(s, 61);
        assert_true(starts(s));
        later(s, rows[i].not_after);
        if (starts(s))
            fail_msg("row %zu: too soon", i);
        later(s, rows[i].after - rows[i].not_after);
        if (!starts(s))
            fail_msg("row %zu: not yet", i);
    }
}

static void
what_went_wrong_is_tried_again_soon_then_seldom(void **state)
{
    struct stand *s = *state;
    add(s, "https://a.example/", "");
    fetch_does(s, "echo '{\"sentence\":\"No\"}'");
    int tries = 0;
    for (int minute = 0; minute < 120; minute++) {
        tries += starts(s);
        later(s, 1);
    }
    assert_in_range(tries, 5, 15);
    // A server that asks for it is left in peace.
    fetch_does(s, "echo '{\"sentence\":\"No\",\"retry_after_s\":3600}'");
    later(s, 60);
    assert_true(starts(s));
    later(s, 59);
    assert_false(starts(s));
}

static void
one_after_the_other_and_who_is_waited_for_first(void **state)
{
    struct stand *s = *state;
    int64_t one = add(s, "https://a.example/1", "");
    int64_t two = add(s, "https://a.example/2", "");
    int64_t three = add(s, "https://a.example/3", "");
    calendars_tick(s->calendars, &s->now);
    assert_true(calendars_is_reading(s->calendars, one));
    calendars_want(s->calendars, three, &s->now);
    wait_for(s);
    assert_true(calendar(s, one).read_s > 0);
    assert_true(calendars_is_reading(s->calendars, three));
    wait_for(s);
    assert_true(calendar(s, three).read_s > 0);
    assert_int_equal(calendar(s, two).read_s, 0);
    wait_for(s);
    assert_true(calendar(s, two).read_s > 0);
}

static void
what_was_changed_or_removed_meanwhile_is_not_kept(void **state)
{
    struct stand *s = *state;
    struct problem why = {0};
    int64_t number = add(s, "https://a.example/1", "");
    calendars_tick(s->calendars, &s->now);
    struct hub_calendar c = calendar(s, number);
    c.url = "https://b.example/";
    assert_true(hub_store_change_calendar(s->store, &c, &why));
    wait_for(s); // of what was under way
    c = calendar(s, number);
    assert_string_equal(c.document, "");
    assert_int_equal(c.read_s, 0);
    read_it(s, number);
    calendars_want(s->calendars, number, &s->now);
    assert_true(hub_store_remove_calendar(s->store, number, &why));
    calendars_sync(s->calendars, &s->now);
    assert_false(calendars_is_reading(s->calendars, number));
    assert_false(calendars_turn(s->calendars, &s->now));
}

/* ---- what it is --------------------------------------------------------- */

static void
its_own_wish_is_read(void **state)
{
    static const struct {
        const char *body;
        int seconds;
    } rows[] = {
        {"", 0},
        {"BEGIN:VCALENDAR\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H30M\r\n",
         5400},
        {"refresh-interval:P1D", 86400},
        {"X-PUBLISHED-TTL:P1W\n", 604800},
        {"X-PUBLISHED-TTL:P500000000W\n", 604800},
        {"X-PUBLISHED-TTL:PT15M\nREFRESH-INTERVAL:PT20M\n", 1200},
        {"X-PUBLISHED-TTL:P15M\n", 0},
        {"X-PUBLISHED-TTL:15\n", 0},
        {"X-PUBLISHED-TTL:-PT15M\n", 0},
        {"X-PUBLISHED-TTL:PT15\n", 0},
        {"X-PUBLISHED-TTL:P\n", 0},
        {"X-PUBLISHED-TTL:\n", 0},
        {"X-PUBLISHED-TTL\n", 0},
        {"X-PUBLISHED-TTLS:PT15M\n", 0},
        {"BEGIN:VEVENT\r\nX-PUBLISHED-TTL:PT15M\n", 0},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        if (calendars_refresh_s(rows[i].body, strlen(rows[i].body)) !=
            rows[i].seconds)
            fail_msg("row %zu", i);
}

static void
sentences_speak_of_the_hub(void **state)
{
    static const char *const rows[][2] = {
        {"This screen's clock is wrong", "The hub's clock is wrong"},
        {"it is not one this screen knows, says this screen",
         "it is not one the hub knows, says the hub"},
        {"The address leads into a private network, where a feed from outside "
         "may not send this screen",
         "The address leads into a private network, and the hub reads "
         "calendars at public addresses only"},
        {"No", "No"},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct problem why = {0};
        problem_set(&why, 0, 0, "%s", rows[i][0]);
        fetch_say_hub(&why);
        assert_string_equal(why.text, rows[i][1]);
    }
}

static struct board *
board_of(const char *lines, const char *filter)
{
    struct text in = {0}, out = {0};
    struct problem why = {0};
    struct zone *zone = zone_open("Europe/London");
    text_add_string(&in, lines);
    if (!calendars_take_lines(&out, &in, filter, "Europe/London", zone, &why))
        fail_msg("%s", why.text);
    struct feed_page page = {out.bytes, out.len};
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    assert_non_null(b);
    assert_int_equal(b->note_count, 0);
    text_destroy(&in);
    text_destroy(&out);
    zone_close(zone);
    return b;
}

static void
lines_become_meetings(void **state)
{
    static const char all_day[] =
        "{\"uid\":\"b\",\"summary\":\"INSET & cake &amp; tea\",\"start\":"
        "\"2027-03-26\",\"end\":\"2027-04-13\",\"all_day\":true}\n";
    static const char cancelled[] =
        "{\"uid\":\"c\",\"summary\":\"Off\",\"start\":"
        "\"2026-12-01T09:00:00Z\",\"end\":\"2026-12-01T10:00:00Z\","
        "\"status\":\"CANCELLED\"}\n";
    char all[4096];
    (void) state;
    snprintf(all, sizeof all, "%s%s%s%snonsense\n%s", LINE, LINE, cancelled,
             all_day, LINE);
    struct board *b = board_of(all, "");
    assert_int_equal(b->item_count, 2);
    const struct item *m = &b->items[0];
    assert_string_equal(m->title, "Staff meeting");
    assert_string_equal(m->place, "Library");
    assert_int_equal(m->ends_s - m->starts_s, 3600);
    m = &b->items[1];
    assert_string_equal(m->title, "INSET & cake &amp; tea");
    assert_true(m->is_all_day);
    assert_int_equal(m->starts_day, day_from_date(2027, 3, 26));
    assert_int_equal(m->ends_day, day_from_date(2027, 4, 12));
    char *id = strdup(b->items[0].id);
    board_free(b);
    b = board_of(all, "STAFF");
    assert_int_equal(b->item_count, 1);
    assert_string_equal(b->items[0].id, id); // whatever stands beside it
    assert_memory_equal(id, "cal-", 4);
    free(id);
    board_free(b);
}

static void
a_hundred_are_enough(void **state)
{
    struct text all = {0};
    (void) state;
    for (int i = 0; i < 300; i++)
        text_add_format(&all,
                        "{\"uid\":\"u%d\",\"summary\":\"%s\",\"start\":"
                        "\"2026-12-01T09:00:00Z\",\"end\":"
                        "\"2026-12-01T10:00:00Z\"}\n",
                        i, i % 2 ? "Odd" : "Even");
    struct board *b = board_of(all.bytes, "odd");
    assert_int_equal(b->item_count, CALENDARS_MEETINGS_MOST);
    board_free(b);
    text_destroy(&all);
}

/* ---- with the real program ---------------------------------------------- */

static const char *
real_program(void)
{
    const char *said = getenv("STAFFROOM_CALENDAR");
    if (said && *said == '/')
        return said;
    static char path[4096];
    snprintf(path, sizeof path, "%s/build/asan/staffroom-calendar",
             getcwd((char[3800]){0}, 3800));
    return path;
}

/* What there is of that calendar on such a day; NULL: no program here. */
static struct board *
board_on(struct stand *s, const char *ics, int64_t now_s)
{
    char deed[8192];
    struct problem why = {0};
    open_calendars(s, real_program());
    if (!calendars_has_program(s->calendars))
        return NULL;
    snprintf(deed, sizeof deed, "cat >/dev/null; echo '{}'; cat '%s'", ics);
    fetch_does(s, deed);
    s->now.wall_s = now_s;
    struct hub_calendar c = read_it(s, add(s, "https://a.example/", ""));
    assert_string_equal(c.problem, "");
    struct feed_page page = {c.document, strlen(c.document)};
    return feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
}

static void
a_weekly_meeting_stays_at_its_hour_over_both_clock_changes(void **state)
{
    static const char calendar_text[] =
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\n"
        "UID:w\r\nSUMMARY:Learning meeting\r\n"
        "DTSTART;TZID=Europe/London:20260903T154500\r\n"
        "DTEND;TZID=Europe/London:20260903T170000\r\nRRULE:FREQ=WEEKLY\r\n"
        "END:VEVENT\r\nEND:VCALENDAR\r\n";
    static const int64_t days_s[] = {
        INT64_C(1791936000), // 2026-10-14: summer ends on the 25th
        INT64_C(1805155200), // 2027-03-16: it begins on the 28th
    };
    struct stand *s = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/weekly.ics", s->folder);
    write_file(path, calendar_text);
    for (size_t i = 0; i < COUNT(days_s); i++) {
        struct board *b = board_on(s, path, days_s[i]);
        if (!b)
            skip();
        int offsets = 0;
        assert_in_range(b->item_count, 8, 9);
        for (int k = 0; k < b->item_count; k++) {
            const struct item *m = &b->items[k];
            struct local l = local_time(b->zone, m->starts_s);
            assert_int_equal(l.minute, 15 * 60 + 45);
            assert_int_equal(l.weekday, 3);
            assert_int_equal(m->ends_s - m->starts_s, 75 * 60);
            offsets |= 1 << (zone_offset_s(b->zone, m->starts_s) / 3600);
        }
        assert_int_equal(offsets, 3); // on both sides of the change
        board_free(b);
    }
}

static void
exports_of_google_and_outlook_become_meetings(void **state)
{
    static const struct {
        const char *name;
        int64_t now_s;
        const char *has, *has_not;
    } rows[] = {
        {"google", INT64_C(1805155200), "Moderation with Hillcrest", NULL},
        {"outlook", INT64_C(1791936000), "Thinking Thursday at Oakfield",
         "Canceled: Thinking Thursday"},
    };
    struct stand *s = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        char path[4096];
        bool has = false;
        snprintf(path, sizeof path, "%s/tests/calendars/%s.ics",
                 getcwd((char[3800]){0}, 3800), rows[i].name);
        struct board *b = board_on(s, path, rows[i].now_s);
        if (!b)
            skip();
        for (int k = 0; k < b->item_count; k++) {
            const char *title = b->items[k].title;
            has |= strncmp(title, rows[i].has, strlen(rows[i].has)) == 0;
            if (rows[i].has_not)
                assert_string_not_equal(title, rows[i].has_not);
        }
        if (!has)
            fail_msg("%s lacks %s", rows[i].name, rows[i].has);
        board_free(b);
    }
}

int
main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        test(a_calendar_is_read_and_kept),
        test(what_is_the_same_stays_and_a_day_later_is_fetched_anew),
        test(what_goes_wrong_is_told_and_the_last_good_one_stays),
        test(nothing_is_read_without_the_program),
        test(it_is_read_as_often_as_it_wants_from_15_to_60_minutes),
        test(what_went_wrong_is_tried_again_soon_then_seldom),
        test(one_after_the_other_and_who_is_waited_for_first),
        test(what_was_changed_or_removed_meanwhile_is_not_kept),
        cmocka_unit_test(its_own_wish_is_read),
        cmocka_unit_test(sentences_speak_of_the_hub),
        cmocka_unit_test(lines_become_meetings),
        cmocka_unit_test(a_hundred_are_enough),
        test(a_weekly_meeting_stays_at_its_hour_over_both_clock_changes),
        test(exports_of_google_and_outlook_become_meetings),
    };
#undef test
    return cmocka_run_group_tests(tests, NULL, NULL);
}
