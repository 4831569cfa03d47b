// links: src/io/program.c
// links: src/kiosk/worker_wishes.c src/kiosk/worker_store.c
// links: src/kiosk/worker.c src/kiosk/worker_edition.c src/kiosk/requests.c
// links: src/kiosk/worker_postits.c src/kiosk/local_postits.c
// links: src/kiosk/worker_hub.c src/kiosk/worker_outbox.c
// links: src/io/machine_mark.c
// links: src/kiosk/worker_token.c src/io/kiosk_store_hub.c
// links: src/core/postit_record.c
// links: src/io/kiosk_store.c src/io/kiosk_store_sql.c
// links: src/io/kiosk_store_list.c src/io/kiosk_store_open.c src/io/db.c
// links: src/io/db_aside.c
// links: src/kiosk/worker_feed.c src/kiosk/worker_path.c
// links: src/kiosk/worker_photos.c src/io/cache.c src/io/cache_entry.c
// links: src/io/cache_folder.c src/io/file.c src/io/http_client.c
// links: src/io/http_client_explain.c src/io/http_client_transfer.c
// links: src/io/http_client_url.c src/io/http_guard.c src/core/board.c
// links: src/core/character_reference.c src/core/date.c src/core/feed.c
// links: src/core/feed_fields.c src/core/feed_item.c src/core/feed_json.c
// links: src/core/feed_kind.c src/core/html_text.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/polling.c src/base/arena.c
// links: src/base/check.c src/base/clock.c src/base/hash.c src/base/memory.c
// links: src/base/problem.c src/base/text.c src/base/thread.c src/base/utf8.c
// links: src/base/zone.c src/base/uuid.c tests/bad_server.c
// links: src/kiosk/worker_calendar.c src/kiosk/calendar_run.c
// links: src/kiosk/local_meetings.c src/core/calendar_meetings.c
// links: src/core/calendar_refresh.c src/io/child.c
// links: src/kiosk/worker_facts.c src/io/http_client_facts.c
// links: src/io/machine.c src/io/machine_network.c src/io/machine_disks.c
// libs: -lcurl -lcjson -lunistring -lsqlite3
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <netdb.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "bad_server.h"
#include "base/clock.h"
#include "base/clock_step.h"
#include "base/hash.h"
#include "base/log.h"
#include "io/cache.h"
#include "io/cache_folder.h"
#include "io/file.h"
#include "io/kiosk_store.h"
#include "kiosk/worker.h"
#include "kiosk/worker_path.h"
#include "wear.h"

#define PATIENCE_MS 10000
#define HANG_S 4
#define PHOTO_MOST_BYTES 1000
#define ONLY_ONCE_S 3600

static struct bad_server server;
static char ca_file[128];
static char folder[64]; // the cache and local feeds of one test
static int wake_fd, step_fd;
static atomic_int wakes, decoded;
static atomic_int wall_behind_s; // how far the wall clock was put back
static atomic_int passed_s;      // of monotonic time, all at once
static atomic_bool is_decoder_stuck, is_decoding;
static struct clock machine_clock; // the machine's; one test sets it off
static struct calendar_setting calendars[1]; // of the next start; none

/* Told apart by nobody: what is logged is not what is tested here. */
void
log_info(const char *format, ...)
{
    (void) format;
}

void
log_warning(const char *format, ...)
{
    (void) format;
}

void
log_error(const char *format, ...)
{
    (void) format;
}

/* In the place of libc's, for libcurl too: one name that takes for ever. */
int
getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
            struct addrinfo **found)
{
    typedef int resolver(const char *, const char *, const struct addrinfo *,
                         struct addrinfo **);
    resolver *real;
    *(void **) &real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (name && strcmp(name, "hangs.test") == 0) {
        sleep(HANG_S);
        return EAI_AGAIN;
    }
    return real(name, service, hints, found);
}

/* In the place of libc's: a wall clock that somebody puts back, and minutes
   that pass at once. */
int
clock_gettime(clockid_t id, struct timespec *t)
{
    int result = (int) syscall(SYS_clock_gettime, id, t);
    if (id == CLOCK_REALTIME)
        t->tv_sec -= atomic_load(&wall_behind_s);
    else if (id == CLOCK_MONOTONIC)
        t->tv_sec += atomic_load(&passed_s);
    return result;
}

/* In the place of ours: a clock that is set when a test says so. */
int
clock_step_open(void)
{
    return dup(step_fd);
}

bool
clock_step_take(int fd)
{
    uint64_t times;
    return read(fd, &times, sizeof times) == sizeof times;
}

static int
start_server(void **state)
{
    (void) state;
    bad_server_start(&server);
    snprintf(ca_file, sizeof ca_file, "%s/ca.pem", server.folder);
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    step_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return wake_fd < 0 || step_fd < 0;
}

static int
stop_server(void **state)
{
    (void) state;
    bad_server_stop(&server);
    close(wake_fd);
    close(step_fd);
    return 0;
}

static int
make_folder(void **state)
{
    (void) state;
    atomic_store(&wall_behind_s, 0);
    atomic_store(&passed_s, 0);
    snprintf(folder, sizeof folder, "/tmp/staffroom-worker-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_it(void **state)
{
    (void) state;
    remove_folder(folder);
    return 0;
}

static void
wake(void *data)
{
    (void) data;
    uint64_t one = 1;
    atomic_fetch_add(&wakes, 1);
    assert_int_equal(write(wake_fd, &one, sizeof one), sizeof one);
}

/* A picture here is any text that does not begin with "bad". */
static bool
decode(const unsigned char *bytes, size_t len, int w, int h, int max_side,
       struct worker_photo *out, struct problem *why)
{
    (void) h, (void) max_side;
    atomic_store(&is_decoding, true);
    while (atomic_load(&is_decoder_stuck))
        poll(NULL, 0, 5);
    if (len < 3 || memcmp(bytes, "bad", 3) == 0) {
        problem_set(why, 0, 0, "This is no picture");
        return false;
    }
    atomic_fetch_add(&decoded, 1);
    *out = (struct worker_photo){.w = w, .h = 1};
    out->pixels = calloc((size_t) w, sizeof *out->pixels);
    out->pixels[0] = bytes[0];
    return true;
}

/*
 * A worker with what a test has seen of it: the newest board and status, and
 * how often a board came.
 */
struct kiosk {
    struct worker *worker;
    struct config config;
    struct board *board;
    struct feed_status status;
    int boards, news;
    int says[REQUEST_KINDS]; // the store, to each kind of request
    int reactions;
    struct item first; // of the post-its; its strings are gone
    int postits, meetings;
    char first_meeting[100];
    char first_postit[100];
    uint64_t keys[64];
    uint32_t first_pixels[64];
    int photos;
    struct net_facts facts;
    int told; // how often they came
};

static const char *
cache_folder(void)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/cache", folder);
    return path;
}

static const char *
state_folder(void)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/state", folder);
    return path;
}

static void
start_held(struct kiosk *k, int interval_s, const char *feed)
{
    *k = (struct kiosk){0};
    k->config.interval_s = interval_s;
    k->config.cache_mb = 4;
    k->config.ca_file = ca_file;
    k->config.calendars[0] = calendars[0];
    k->config.calendar_count = calendars[0].address != NULL;
    k->config.proxy = k->config.no_proxy = k->config.school = "";
    uint64_t old;
    if (read(wake_fd, &old, sizeof old) < 0)
        old = 0;
    k->worker = worker_start(&(struct worker_settings){
        .feed = feed,
        .config = &k->config,
        .cache_folder = cache_folder(),
        .state_folder = state_folder(),
        .clock = &machine_clock,
        .photo_w = 4,
        .photo_h = 4,
        .photo_side_most = 4096,
        .photo_most_bytes = PHOTO_MOST_BYTES,
        .wake = wake,
        .decode = decode,
    });
}

static void
start_every(struct kiosk *k, int interval_s, const char *feed)
{
    start_held(k, interval_s, feed);
    worker_go(k->worker);
}

static void
start_at(struct kiosk *k, const char *feed)
{
    start_every(k, ONLY_ONCE_S, feed);
}

static const char *
feed_at(const char *scheme, int port, const char *path)
{
    static char url[256];
    snprintf(url, sizeof url, "%s://127.0.0.1:%d%s", scheme, port, path);
    return url;
}

static void
start_web(struct kiosk *k, const char *path)
{
    start_at(k, feed_at("http", server.http, path));
}

/* Asks again and again, about once a second. */
static void
start_web_often(struct kiosk *k, const char *path)
{
    start_every(k, 1, feed_at("http", server.http, path));
}

static void
stop(struct kiosk *k)
{
    int64_t start_ms = clock_mono_ms();
    worker_stop(k->worker);
    assert_true(clock_mono_ms() - start_ms < 2500);
    board_free(k->board);
    k->board = NULL;
}

static void
look(struct kiosk *k)
{
    struct news news;
    if (!worker_take_news(k->worker, &news))
        return;
    k->news++;
    k->status = news.status;
    if (news.board) {
        board_free(k->board);
        k->board = news.board;
        news.board = NULL;
        k->boards++;
    }
    for (int i = 0; i < REQUEST_KINDS; i++)
        if (news.answers[i].says != STORE_SAYS_NOTHING)
            k->says[i] = (int) news.answers[i].says;
    if (news.postits) {
        const struct board_addition *added = &news.postits->added;
        k->postits = added->item_count;
        k->reactions = added->reaction_count;
        k->first = added->item_count ? added->items[0] : (struct item){0};
        k->first_postit[0] = '\0';
        if (k->postits > 0)
            snprintf(k->first_postit, sizeof k->first_postit, "%s by %s",
                     added->items[0].text, added->items[0].author);
    }
    if (news.meetings) {
        k->meetings = news.meetings->count;
        if (k->meetings > 0)
            snprintf(k->first_meeting, sizeof k->first_meeting, "%s",
                     news.meetings->items[0].title);
    }
    for (int i = 0; i < news.photo_count && k->photos < 64; i++) {
        k->keys[k->photos] = news.photos[i].key;
        k->first_pixels[k->photos++] = news.photos[i].pixels[0];
    }
    if (news.facts) {
        k->facts = *news.facts;
        k->told++;
    }
    news_destroy(&news);
}

/* Waits for a wake-up, as the UI thread does, and looks. */
static bool
wait_for_wake(struct kiosk *k, int wait_ms)
{
    struct pollfd p = {.fd = wake_fd, .events = POLLIN};
    if (poll(&p, 1, wait_ms) <= 0)
        return false;
    uint64_t count;
    assert_int_equal(read(wake_fd, &count, sizeof count), sizeof count);
    look(k);
    return true;
}

#define wait_until(k, condition)                                               \
    do {                                                                       \
        int64_t wait_end_ms = clock_mono_ms() + PATIENCE_MS;                   \
        while (!(condition)) {                                                 \
            if (clock_mono_ms() > wait_end_ms)                                 \
                fail_msg("waited in vain for %s: state %d, \"%s\" (%s)",       \
                         #condition, (int) (k)->status.state, (k)->status.why, \
                         (k)->status.detail);                                  \
            wait_for_wake(k, 200);                                             \
        }                                                                      \
    } while (0)

static const struct item *
find_item(const struct board *b, const char *id)
{
    for (int i = 0; b && i < b->item_count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return &b->items[i];
    return NULL;
}

static bool
shows(const struct kiosk *k, const char *id)
{
    return find_item(k->board, id) != NULL;
}

/* A feed of one idea with that id, and more of our own words if any. */
static const char *
feed_of(const char *id, const char *more)
{
    static char feed[8192];
    snprintf(feed, sizeof feed,
             "{\"version\":\"https://jsonfeed.org/version/1.1\","
             "\"title\":\"Test\"%s,\"items\":[{\"id\":\"%s\","
             "\"content_text\":\"Words\"}]}",
             more, id);
    return feed;
}

static void
serve(const char *name, const char *text)
{
    bad_server_put(&server, name, text, strlen(text));
}

static void
the_first_answer_is_shown_and_kept(void **state)
{
    struct kiosk k;
    (void) state;
    serve("a.json", feed_of("one", ""));
    start_web(&k, "/files/a.json");
    wait_until(&k, shows(&k, "one"));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_false(k.status.is_from_cache);
    assert_in_range(k.status.good_s, clock_now(&machine_clock).wall_s - 30,
                    clock_now(&machine_clock).wall_s);
    assert_false(k.status.clock_agrees); // http may say any time
    stop(&k);

    // Without the network the kept one is up, and at once.
    bad_server_break(&server, "a.json", 500);
    start_web(&k, "/files/a.json");
    assert_true(wait_for_wake(&k, PATIENCE_MS));
    assert_true(shows(&k, "one"));
    assert_true(k.status.is_from_cache);
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_true(k.status.is_from_cache);
    assert_true(k.status.good_s > 0);
    assert_non_null(strstr(k.status.why, "trouble of its own (500)"));
    assert_non_null(strstr(k.status.detail, "/files/a.json"));
    assert_int_equal(k.boards, 1);
    stop(&k);
    bad_server_break(&server, "a.json", 0);

    // And the kept one's ETag saves the transfer.
    start_web(&k, "/files/a.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_false(k.status.is_from_cache);
    assert_int_equal(k.boards, 1);
    assert_int_equal(bad_server_count(&server, "GET /files/a.json - "), 1);
    assert_int_equal(bad_server_count(&server, "GET /files/a.json \""), 2);
    stop(&k);
}

static void
nothing_new_is_no_news(void **state)
{
    struct kiosk k;
    (void) state;
    serve("b.json", feed_of("one", ""));
    start_web_often(&k, "/files/b.json");
    wait_until(&k, shows(&k, "one"));
    int news = k.news;
    while (bad_server_count(&server, "GET /files/b.json \"") < 2) // 304
        assert_false(wait_for_wake(&k, 20));
    assert_false(wait_for_wake(&k, 200));
    assert_int_equal(k.news, news);

    serve("b.json", feed_of("two", ""));
    wait_until(&k, shows(&k, "two"));
    assert_int_equal(k.boards, 2);
    stop(&k);
}

static void
a_clock_put_back_is_news(void **state)
{
    struct kiosk k;
    (void) state;
    serve("cl.json", feed_of("one", ""));
    start_web_often(&k, "/files/cl.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    int64_t good_s = k.status.good_s;
    atomic_store(&wall_behind_s, 5000);
    wait_until(&k, k.status.good_s < good_s - 4000);
    assert_int_equal(k.boards, 1);
    stop(&k);
}

static void
set_clock(int behind_s)
{
    const uint64_t once = 1;
    atomic_store(&wall_behind_s, behind_s);
    assert_int_equal(write(step_fd, &once, sizeof once), sizeof once);
}

/* Not when the minute is over, nor when the next answer comes in an hour. */
static void
a_clock_that_is_set_is_news_at_once(void **state)
{
    struct kiosk k;
    (void) state;
    serve("st.json", feed_of("one", ""));
    start_at(&k, feed_at("https", server.https, "/files/st.json"));
    wait_until(&k, k.status.state == FEED_FRESH);
    wait_until(&k, k.status.clock_agrees);
    int64_t good_s = k.status.good_s;
    set_clock(3 * 3600);
    wait_until(&k, !k.status.clock_agrees);
    assert_in_range(k.status.good_s, good_s - 3 * 3600 - 2,
                    good_s - 3 * 3600 + 30); // as long ago as it was
    wait_until(&k, bad_server_count(&server, "GET /files/st.json ") == 2);
    set_clock(0);
    wait_until(&k, k.status.clock_agrees);
    assert_int_equal(k.boards, 1);
    stop(&k);

    // Without an answer what was good is no older, nor younger, than it was.
    bad_server_break(&server, "st.json", 500);
    start_at(&k, feed_at("https", server.https, "/files/st.json"));
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_true(k.status.is_from_cache);
    good_s = k.status.good_s;
    int news = k.news;
    set_clock(-90 * 86400);
    wait_until(&k, k.news > news);
    assert_true(k.status.good_s == good_s);
    stop(&k);
}

/* A date that no feed gives is when the item was first seen. */
static void
first_seen_stays_first_seen(void **state)
{
    struct kiosk k;
    (void) state;
    atomic_store(&wall_behind_s, 5000);
    serve("s.json", feed_of("one", ""));
    start_web(&k, "/files/s.json");
    wait_until(&k, shows(&k, "one"));
    int64_t seen_s = find_item(k.board, "one")->published_s;
    stop(&k);

    atomic_store(&wall_behind_s, 0);
    serve("s.json", feed_of("one\"},{\"id\":\"two", ""));
    start_web_often(&k, "/files/s.json");
    wait_until(&k, shows(&k, "two"));
    assert_int_equal(find_item(k.board, "one")->published_s, seen_s);
    assert_true(find_item(k.board, "two")->published_s > seen_s + 4000);
    serve("s.json", feed_of("three\"},{\"id\":\"one", ""));
    wait_until(&k, shows(&k, "three"));
    assert_int_equal(find_item(k.board, "one")->published_s, seen_s);
    stop(&k);
}

static void
a_failure_leaves_the_board_up(void **state)
{
    static const struct {
        const char *text; // NULL: status 404
        const char *says, *detail;
    } rows[] = {
        {NULL, "There is nothing at this address", "404"},
        {"<html>Sign in</html>", "sign in", "line 1, column 1"},
        {"\xef\xbb\xbf \n<html>Sign in</html>", "sign in", "web page"},
        {"{\"items\":\n[", "The board's feed has a mistake in it", "line 2"},
        {"[1,2]", "The board's feed has a mistake in it", "this is a list"},
        {"{\"items\":3}", "The board's feed has a mistake in it",
         "this is not"},
        {" ", "The board's feed has a mistake in it", "is empty"},
    };
    struct kiosk k;
    (void) state;
    serve("c.json", feed_of("good", ""));
    start_web(&k, "/files/c.json");
    wait_until(&k, shows(&k, "good"));
    stop(&k);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].text)
            serve("c.json", rows[i].text);
        else
            bad_server_break(&server, "c.json", 404);
        start_web(&k, "/files/c.json");
        wait_until(&k, k.status.state == FEED_FAILING);
        assert_true(shows(&k, "good"));
        assert_non_null(strstr(k.status.why, rows[i].says));
        assert_null(strstr(k.status.why, "line "));
        if (!strstr(k.status.detail, rows[i].detail))
            fail_msg("%s: %s", rows[i].text, k.status.detail);
        assert_null(strstr(k.status.detail, "line 0"));
        stop(&k);
        bad_server_break(&server, "c.json", 0);
    }
}

static void
a_failure_ends(void **state)
{
    struct kiosk k;
    (void) state;
    serve("e.json", feed_of("good", ""));
    start_web_often(&k, "/files/e.json");
    wait_until(&k, shows(&k, "good"));
    serve("e.json", "{");
    wait_until(&k, k.status.state == FEED_FAILING);
    // The same sentence, but another mistake: IT wants to know.
    serve("e.json", "\n{");
    wait_until(&k, strstr(k.status.detail, "line 2"));
    serve("e.json", feed_of("good", ""));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_string_equal(k.status.why, "");
    assert_string_equal(k.status.detail, "");
    assert_int_equal(k.boards, 1);
    stop(&k);
}

static void
an_older_edition_is_refused(void **state)
{
    struct kiosk k;
    (void) state;
    serve("d.json", feed_of("seven", ",\"_staffroom\":{\"revision\":7}"));
    start_web_often(&k, "/files/d.json");
    wait_until(&k, shows(&k, "seven"));
    serve("d.json", feed_of("six", ",\"_staffroom\":{\"revision\":6}"));
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_non_null(strstr(k.status.why, "older edition"));
    assert_non_null(strstr(k.status.detail, "revision 6"));
    assert_true(shows(&k, "seven"));
    stop(&k);

    // After a restart too; but another address starts anew.
    start_web(&k, "/files/d.json");
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_true(shows(&k, "seven"));
    stop(&k);
    start_web(&k, "/files/d.json?");
    wait_until(&k, shows(&k, "six"));
    stop(&k);
}

static void
pages_make_one_board(void **state)
{
    char more[256];
    struct kiosk k;
    (void) state;
    serve("p1.json", feed_of("p1", ",\"next_url\":\"p2.json\""));
    serve("p2.json", feed_of("p2", ",\"next_url\":\"/files/p3.json\""));
    serve("p3.json", feed_of("p3", ",\"next_url\":\"p4.json\""));
    serve("p4.json", feed_of("p4", ""));
    start_web(&k, "/files/p1.json");
    wait_until(&k, k.board != NULL);
    assert_true(shows(&k, "p1") && shows(&k, "p2") && shows(&k, "p3"));
    assert_int_equal(bad_server_count(&server, "GET /files/p4.json"), 0);

    stop(&k);

    // Half an edition is none.
    bad_server_break(&server, "p2.json", 500);
    serve("p1.json", feed_of("new", ",\"next_url\":\"p2.json\""));
    start_web(&k, "/files/p1.json");
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_false(shows(&k, "new"));
    bad_server_break(&server, "p2.json", 0);
    stop(&k);

    // Back to where we were, and to another server.
    serve("p2.json", feed_of("p2", ",\"next_url\":\"p1.json\""));
    int asked = bad_server_count(&server, "GET /files/p1.json");
    start_web(&k, "/files/p1.json");
    wait_until(&k, shows(&k, "new"));
    assert_int_equal(bad_server_count(&server, "GET /files/p1.json"),
                     asked + 1);
    assert_true(shows(&k, "p2"));
    assert_false(shows(&k, "p3"));
    stop(&k);
    snprintf(more, sizeof more,
             ",\"next_url\":\"http://localhost:%d/files/p4.json\"",
             server.http);
    serve("p1.json", feed_of("last", more));
    start_web(&k, "/files/p1.json");
    wait_until(&k, shows(&k, "last"));
    assert_int_equal(bad_server_count(&server, "GET /files/p4.json"), 0);
    stop(&k);
}

static void
pages_share_one_limit(void **state)
{
    struct kiosk k;
    (void) state;
    size_t half = FEED_MAX_BYTES / 2;
    char *page = malloc(half + 1);
    memset(page, ' ', half);
    page[half] = '\0';
    const char *feed = feed_of("q1", ",\"next_url\":\"q2.json\"");
    memcpy(page, feed, strlen(feed));
    serve("q1.json", page);
    memset(page, ' ', half);
    feed = feed_of("q2", ",\"next_url\":\"q3.json\"");
    memcpy(page, feed, strlen(feed));
    serve("q2.json", page);
    serve("q3.json", feed_of("q3", ""));
    free(page);
    start_web(&k, "/files/q1.json");
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_non_null(strstr(k.status.why, "The answer is larger"));
    assert_null(k.board);
    serve("q2.json", feed_of("q2", ",\"next_url\":\"q3.json\""));
    stop(&k);
    start_web(&k, "/files/q1.json");
    wait_until(&k, shows(&k, "q3"));
    stop(&k);
}

static void
https_tells_whether_our_clock_agrees(void **state)
{
    struct kiosk k;
    (void) state;
    start_at(&k, feed_at("https", server.https, "/good"));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_true(k.status.clock_agrees);
    stop(&k);
    start_at(&k, feed_at("https", server.https, "/wrong-clock"));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_false(k.status.clock_agrees);
    stop(&k);
    start_at(&k, feed_at("https", server.early, "/good"));
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_non_null(strstr(k.status.why, "clock is wrong"));
    stop(&k);
}

static const char *
in_folder(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void
write_file(const char *name, const char *text)
{
    struct problem why;
    assert_true(file_write(in_folder(name), text, strlen(text), &why));
}

static void
a_file_is_watched(void **state)
{
    struct kiosk k;
    (void) state;
    write_file("feed.json", feed_of("first", ""));
    start_at(&k, in_folder("feed.json"));
    assert_true(wait_for_wake(&k, PATIENCE_MS));
    assert_true(shows(&k, "first"));
    assert_int_equal(k.status.state, FEED_FRESH);
    write_file("feed.json", feed_of("second", ""));
    wait_until(&k, shows(&k, "second")); // by itself, within 5 s
    unlink(in_folder("feed.json"));
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_true(shows(&k, "second"));
    write_file("feed.json", feed_of("second", ""));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_int_equal(k.boards, 2);
    stop(&k);

    start_at(&k, in_folder("none.json"));
    wait_until(&k, k.status.state == FEED_FAILING);
    assert_null(k.board);
    stop(&k);
}

/* The first picture waits for the board, but not for ever. */
static void
the_first_news_can_be_waited_for(void **state)
{
    struct kiosk k;
    (void) state;
    write_file("feed.json", feed_of("first", ""));
    start_held(&k, ONLY_ONCE_S, in_folder("feed.json"));
    worker_await_news(k.worker, PATIENCE_MS);
    look(&k);
    assert_true(shows(&k, "first"));
    int64_t took_ms = 0;
    for (int i = 0; i < 50 && took_ms < 20; i++) { // the post-its may yet come
        look(&k);
        int64_t from_ms = clock_mono_ms();
        worker_await_news(k.worker, 20);
        took_ms = clock_mono_ms() - from_ms;
    }
    assert_true(took_ms >= 20);
    worker_await_news(NULL, PATIENCE_MS);
    stop(&k);
}

/* Until the screen can show something. */
static void
nobody_is_asked_before_it_may_go(void **state)
{
    struct kiosk k;
    (void) state;
    serve("held.json", feed_of("one", ""));
    start_web(&k, "/files/held.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    stop(&k);

    const char *feed = feed_at("http", server.http, "/files/held.json");
    start_held(&k, ONLY_ONCE_S, feed);
    for (int i = 0; i < 30; i++) {
        worker_await_news(k.worker, 10);
        look(&k);
    }
    assert_non_null(k.board);
    assert_int_equal(k.status.state, FEED_STARTING);
    worker_go(k.worker);
    wait_until(&k, k.status.state == FEED_FRESH);
    stop(&k);

    start_held(&k, ONLY_ONCE_S, feed);
    stop(&k); // without ever having gone
}

static int
count_kept_feeds(void)
{
    struct cache_files files = cache_folder_list(cache_folder());
    int count = 0;
    for (size_t i = 0; i < files.count; i++)
        count += files.list[i].is_feed;
    cache_files_destroy(&files);
    return count;
}

static void
a_file_has_a_last_good_edition(void **state)
{
    static const struct {
        const char *text; // NULL: there is no file
        const char *says, *detail;
    } rows[] = {
        {"{\"items\":", "The board's feed has a mistake in it", "line 1"},
        {"<html>", "The board's feed has a mistake in it", "line 1"},
        {NULL, "The board's file cannot be read", "/feed.json cannot be"},
    };
    struct kiosk k;
    char url[300];
    (void) state;
    atomic_store(&wall_behind_s, 5000);
    write_file("feed.json", feed_of("good", ""));
    start_at(&k, in_folder("feed.json"));
    wait_until(&k, shows(&k, "good"));
    int64_t good_s = k.status.good_s;
    stop(&k);

    atomic_store(&wall_behind_s, 0);
    snprintf(url, sizeof url, "file://%s/%%66eed.json", folder);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        if (rows[i].text)
            write_file("feed.json", rows[i].text);
        else
            unlink(in_folder("feed.json"));
        start_at(&k, i % 2 ? url : in_folder("feed.json"));
        assert_true(wait_for_wake(&k, PATIENCE_MS));
        assert_true(shows(&k, "good"));
        assert_int_equal(k.status.state, FEED_FAILING);
        assert_true(k.status.is_from_cache);
        assert_in_range(k.status.good_s, good_s - 5, good_s);
        assert_string_equal(k.status.why, rows[i].says);
        assert_non_null(strstr(k.status.detail, rows[i].detail));
        stop(&k);
    }
    write_file("feed.json", feed_of("good", ""));
    start_at(&k, in_folder("feed.json"));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_false(k.status.is_from_cache);
    assert_int_equal(k.boards, 1);
    stop(&k);
    assert_int_equal(count_kept_feeds(), 1); // written when it changed only
    write_file("feed.json", feed_of("better", ""));
    start_at(&k, in_folder("feed.json"));
    wait_until(&k, shows(&k, "better"));
    stop(&k);
    assert_int_equal(count_kept_feeds(), 2);
}

/* A feed whose items are pictures at `images`, a NULL at the end. */
static const char *
gallery(const char *const *images)
{
    static char feed[8192];
    size_t at = (size_t) snprintf(feed, sizeof feed, "{\"items\":[");
    for (int i = 0; images[i]; i++)
        at += (size_t) snprintf(feed + at, sizeof feed - at,
                                "%s{\"id\":\"%d\",\"content_text\":\"x\","
                                "\"image\":\"%s\"}",
                                i ? "," : "", i, images[i]);
    snprintf(feed + at, sizeof feed - at, "]}");
    return feed;
}

/* The first byte of the picture that came for it; 0: none came. */
static uint32_t
photo_of(const struct kiosk *k, const char *image)
{
    for (int i = 0; i < k->photos; i++)
        if (k->keys[i] == hash_string(image))
            return k->first_pixels[i];
    return 0;
}

/* Asks for the pictures at `images`, a NULL at the end. */
static void
want(struct kiosk *k, const char *const *images)
{
    int count = 0;
    while (images[count])
        count++;
    worker_want_photos(k->worker, images, count);
}

static void
pictures_are_fetched_once(void **state)
{
    static const char *const images[] = {
        "red.jpg", "/files/blue.jpg", "red.jpg", "bad.jpg", "", NULL};
    static const char *const other[] = {"/files/blue.jpg", NULL};
    struct kiosk k;
    (void) state;
    serve("red.jpg", "red picture");
    serve("blue.jpg", "blue picture");
    serve("bad.jpg", "bad picture");
    serve("g.json", gallery(images));
    start_web_often(&k, "/files/g.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_false(wait_for_wake(&k, 300)); // none was asked for
    assert_int_equal(bad_server_count(&server, "GET /files/red.jpg"), 0);
    want(&k, images);
    wait_until(&k, k.photos == 2);
    assert_int_equal(photo_of(&k, "red.jpg"), 'r');
    assert_int_equal(photo_of(&k, "/files/blue.jpg"), 'b');
    want(&k, images);
    serve("g.json", gallery(other)); // another board, but the same list
    wait_until(&k, k.boards == 2);
    assert_false(wait_for_wake(&k, 300));
    want(&k, other); // what stays in the list is there already
    want(&k, images);
    wait_until(&k, k.photos == 3);
    assert_int_equal(k.keys[2], hash_string("red.jpg"));
    assert_false(wait_for_wake(&k, 300));
    stop(&k);
    assert_int_equal(bad_server_count(&server, "GET /files/red.jpg"), 1);
    assert_int_equal(bad_server_count(&server, "GET /files/blue.jpg"), 1);

    // They need no network any more.
    bad_server_break(&server, "g.json", 500);
    start_web(&k, "/files/g.json");
    want(&k, images);
    wait_until(&k, k.photos == 2);
    wait_until(&k, k.status.state == FEED_FAILING);
    stop(&k);
    bad_server_break(&server, "g.json", 0);
    assert_int_equal(bad_server_count(&server, "GET /files/red.jpg"), 1);
}

static void
pictures_nobody_wants_any_more_do_not_come(void **state)
{
    static const char *const names[] = {"u0.jpg", "u1.jpg", "u2.jpg",
                                        "u3.jpg", "u4.jpg", NULL};
    static const char *const two[] = {"u1.jpg", "u4.jpg", NULL};
    static const char *const one[] = {"u1.jpg", NULL};
    static const char *const none[] = {NULL};
    struct kiosk k;
    (void) state;
    for (int i = 0; names[i]; i++)
        serve(names[i], names[i]);
    serve("u.json", gallery(names));
    start_web(&k, "/files/u.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    want(&k, names);
    usleep(1000 * 1000); // four wait in the slot
    want(&k, two);
    wait_until(&k, k.photos == 2);
    assert_int_equal(k.keys[0], hash_string("u1.jpg"));
    assert_int_equal(k.keys[1], hash_string("u4.jpg"));
    assert_false(wait_for_wake(&k, 300));

    // Asked for anew, it comes anew, however short the time between.
    want(&k, none);
    want(&k, one);
    wait_until(&k, k.photos == 3);
    want(&k, none);
    want(&k, one);
    want(&k, none);
    want(&k, one);
    wait_until(&k, k.photos == 4);
    assert_false(wait_for_wake(&k, 300));
    assert_int_equal(k.photos, 4);
    stop(&k);
    assert_int_equal(bad_server_count(&server, "GET /files/u1.jpg"), 1);
}

static void
pictures_that_are_too_large_do_not_come(void **state)
{
    static const char *const images[] = {"large.jpg", "fits.jpg", NULL};
    char large[PHOTO_MOST_BYTES + 2];
    struct kiosk k;
    (void) state;
    memset(large, 'x', sizeof large - 1);
    large[sizeof large - 1] = '\0';
    serve("large.jpg", large);
    serve("fits.jpg", large + 1);
    serve("l.json", gallery(images));
    start_web(&k, "/files/l.json");
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(photo_of(&k, "fits.jpg"), 'x');
    assert_false(wait_for_wake(&k, 300));
    stop(&k);
}

/* The kept edition, as if redirects had led to `base_url` then. */
static void
change_kept_base(const char *feed, const char *base_url, const char *picture)
{
    struct cached_feed kept;
    struct problem why;
    char url[512];
    struct cache *c = cache_open(cache_folder(), 1024 * 1024);
    assert_true(cache_find_feed(c, feed, 0, &kept));
    cache_close(c);
    remove_folder(cache_folder());
    c = cache_open(cache_folder(), 1024 * 1024);
    snprintf(kept.base_url, sizeof kept.base_url, "%s", base_url);
    assert_true(cache_keep_feed(c, feed, &kept, &why));
    snprintf(url, sizeof url, "%s%s", base_url, picture);
    assert_true(cache_keep_picture(c, url, "elsewhere", 9, &why));
    cached_feed_destroy(&kept);
    cache_close(c);
}

static void
pictures_are_relative_to_where_redirects_lead(void **state)
{
    static const char *const images[] = {"there.jpg", NULL};
    static const char path[] = "/to?/files/r.json";
    struct kiosk k;
    (void) state;
    serve("there.jpg", "there");
    serve("r.json", gallery(images));
    start_web(&k, path);
    wait_until(&k, k.status.state == FEED_FRESH);
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(photo_of(&k, "there.jpg"), 't');
    stop(&k);

    bad_server_break(&server, "r.json", 500);
    start_web(&k, path);
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(photo_of(&k, "there.jpg"), 't');
    stop(&k);

    // They led elsewhere when it was kept: a 304 says where they lead now.
    char base[256];
    snprintf(base, sizeof base, "%s", feed_at("http", server.http, "/other/"));
    change_kept_base(feed_at("http", server.http, path), base, images[0]);
    start_web_often(&k, path);
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(k.first_pixels[0], 'e');
    bad_server_break(&server, "r.json", 0);
    wait_until(&k, k.photos == 2);
    assert_int_equal(k.first_pixels[1], 't');
    assert_int_equal(k.boards, 1);
    stop(&k);
}

static void
many_pictures_wait_for_the_taker(void **state)
{
    static char names[60][20];
    const char *images[61] = {0};
    struct kiosk k;
    (void) state;
    for (int i = 0; i < 60; i++) {
        snprintf(names[i], sizeof names[i], "n%d.jpg", i);
        images[i] = names[i];
        serve(names[i], "picture");
    }
    serve("many.json", gallery(images));
    atomic_store(&decoded, 0);
    start_web(&k, "/files/many.json");
    want(&k, images);
    usleep(1500 * 1000); // nobody takes anything
    assert_in_range(atomic_load(&decoded), 1, 4 + 2);
    wait_until(&k, k.photos == 40); // and no more than that
    assert_false(wait_for_wake(&k, 300));
    assert_int_equal(k.photos, 40);
    stop(&k);
}

static void
a_picture_may_live_where_the_feed_does_and_nowhere_private(void **state)
{
    // The feed is on 127.0.0.1; a redirect leads to a private address.
    static const char *const images[] = {"/to?http://10.255.255.1/x.jpg",
                                         "/to?/files/green.jpg",
                                         "file:///etc/x", NULL};
    struct kiosk k;
    (void) state;
    serve("green.jpg", "green picture");
    serve("h.json", gallery(images));
    start_web(&k, "/files/h.json");
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(photo_of(&k, images[1]), 'g');
    stop(&k);
    assert_int_equal(bad_server_count(&server, "GET /to?http://10."), 1);
}

static void
a_local_feed_shows_what_lies_beside_it(void **state)
{
    char url[128];
    snprintf(url, sizeof url, "http://127.0.0.1:%d/files/loop.jpg",
             server.http);
    const char *images[] = {"pics/a%20b.jpg",
                            "../secret.jpg",
                            "/etc/passwd",
                            "link.jpg",
                            url,
                            NULL};
    struct kiosk k;
    (void) state;
    serve("loop.jpg", "loopback picture");
    assert_int_equal(mkdir(in_folder("pics"), 0755), 0);
    write_file("pics/a b.jpg", "a picture");
    write_file("secret.jpg", "secret picture");
    assert_int_equal(mkdir(in_folder("home"), 0755), 0);
    assert_int_equal(mkdir(in_folder("home/pics"), 0755), 0);
    write_file("home/pics/a b.jpg", "a picture");
    assert_int_equal(symlink("../secret.jpg", in_folder("home/link.jpg")), 0);
    write_file("home/feed.json", gallery(images));
    start_at(&k, in_folder("home/feed.json"));
    want(&k, images);
    wait_until(&k, k.photos == 1);
    assert_int_equal(photo_of(&k, "pics/a%20b.jpg"), 'a');
    assert_false(wait_for_wake(&k, 300));
    assert_int_equal(k.photos, 1);
    assert_int_equal(bad_server_count(&server, "GET /files/loop.jpg"), 0);
    stop(&k);
}

static void
it_stops_whatever_the_network_does(void **state)
{
    static const char *const urls[] = {"http://hangs.test/feed.json", "/hang",
                                       "/drip", "/endless"};
    struct kiosk k;
    (void) state;
    for (size_t i = 0; i < sizeof urls / sizeof urls[0]; i++) {
        if (*urls[i] == '/')
            start_web(&k, urls[i]);
        else
            start_at(&k, urls[i]);
        assert_true(wait_for_wake(&k, PATIENCE_MS)); // the first act
        usleep(100 * 1000);
        int64_t start_ms = clock_mono_ms();
        stop(&k);
        assert_true(clock_mono_ms() - start_ms < 1000);
    }
    start_web(&k, "/good"); // at once, before it has done anything
    stop(&k);
    worker_stop(NULL);
    sleep(HANG_S); // let libcurl's thread end before the program does
}

static void
it_sleeps_while_nothing_happens(void **state)
{
    struct kiosk k;
    (void) state;
    serve("z.json", feed_of("one", ""));
    start_web(&k, "/files/z.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    int before = atomic_load(&wakes);
    struct timespec start, end;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &start);
    usleep(500 * 1000);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
    int64_t used_us = (end.tv_sec - start.tv_sec) * 1000000 +
                      (end.tv_nsec - start.tv_nsec) / 1000;
    assert_true(used_us < 50000);
    assert_int_equal(atomic_load(&wakes), before);
    stop(&k);
}

static void
paths_are_judged(void **state)
{
    static const struct {
        const char *feed, *image, *path;
    } rows[] = {
        {"/srv/feed.json", "a.jpg", "/srv/a.jpg"},
        {"feed.json", "a.jpg", "a.jpg"},
        {"x/feed.json", "b/a.jpg", "x/b/a.jpg"},
        {"/srv/feed.json", "a..b.jpg", "/srv/a..b.jpg"},
        {"/srv/feed.json", "a%2eb.jpg?x#y", "/srv/a.b.jpg"},
        {"/srv/feed.json", "50%.jpg", "/srv/50%.jpg"},
        {"/srv/feed.json", "a/b:c.jpg", "/srv/a/b:c.jpg"},
        {"/srv/feed.json", "../a.jpg", NULL},
        {"/srv/feed.json", "b/../../a.jpg", NULL},
        {"/srv/feed.json", "%2e%2e/a.jpg", NULL},
        {"/srv/feed.json", "b%2f..%2f..%2fa.jpg", NULL},
        {"/srv/feed.json", "a%00.jpg", NULL},
        {"/srv/feed.json", "/etc/passwd", NULL},
        {"/srv/feed.json", "%2fetc/passwd", NULL},
        {"/srv/feed.json", "file:///etc/passwd", NULL},
        {"/srv/feed.json", "data:image/png,x", NULL},
        {"/srv/feed.json", "", NULL},
        {"/srv/feed.json", "..", NULL},
    };
    static const struct {
        const char *feed, *path;
    } feeds[] = {
        {"/srv/feed.json", "/srv/feed.json"},
        {"feed%20x.json", "feed%20x.json"},
        {"file:///srv/feed%20x.json", "/srv/feed x.json"},
        {"file://localhost/srv/f", "/srv/f"},
        {"FILE:///srv/f", "/srv/f"},
        {"file:///srv/%00f", ""},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char *path = worker_path_of_picture(rows[i].feed, rows[i].image);
        if (!path != !rows[i].path || (path && strcmp(path, rows[i].path) != 0))
            fail_msg("%s: %s", rows[i].image, path ? path : "none");
        free(path);
    }
    for (size_t i = 0; i < sizeof feeds / sizeof feeds[0]; i++) {
        char *path = worker_path_of_feed(feeds[i].feed);
        assert_string_equal(path, feeds[i].path);
        free(path);
    }
    char *path = worker_path_absolute("x/feed.json");
    char *here = getcwd(NULL, 0);
    assert_memory_equal(path, here, strlen(here));
    assert_string_equal(path + strlen(here), "/x/feed.json");
    free(path);
    free(here);
    path = worker_path_absolute("/x/feed.json");
    assert_string_equal(path, "/x/feed.json");
    free(path);
    assert_true(worker_path_is_web("HTTPS://x/"));
    assert_false(worker_path_is_web("https.json"));
}

#define WITH_FOLDER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_it)

#define POST_1 "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"

/* Asks, and waits for the answer. */
static int
ask(struct kiosk *k, const struct request *request)
{
    int *says = &k->says[request->kind];
    *says = STORE_SAYS_NOTHING;
    assert_true(worker_ask(k->worker, request));
    for (int i = 0; i < 100 && *says == STORE_SAYS_NOTHING; i++)
        wait_for_wake(k, 100);
    return *says;
}

static int
post(struct kiosk *k, const char *id, const char *text)
{
    int64_t now_s = clock_now(&machine_clock).wall_s;
    struct request request = {.kind = REQUEST_POST,
                              .postit = {.text = text,
                                         .author = "Jo",
                                         .answers = "",
                                         .made_s = now_s,
                                         .expires_s = now_s + 1000}};
    memcpy(request.postit.id, id, POSTIT_ID_BYTES);
    return ask(k, &request);
}

static void
a_post_is_kept_before_it_is_said_to_be(void **state)
{
    struct kiosk k;
    (void) state;
    start_web(&k, "/feed");
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_DONE);
    assert_int_equal(k.postits, 1);
    assert_string_equal(k.first_postit, "Tea! by Jo");
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_DONE); // once more
    assert_int_equal(k.postits, 1);
    stop(&k);

    start_web(&k, "/feed"); // and it is there the next morning
    for (int i = 0; i < 100 && k.postits == 0; i++)
        wait_for_wake(&k, 100);
    assert_string_equal(k.first_postit, "Tea! by Jo");
    stop(&k);
}

static void
where_nothing_can_be_kept_it_says_so(void **state)
{
    struct kiosk k;
    (void) state;
    FILE *in_the_way = fopen(state_folder(), "w"); // a file, not a folder
    assert_non_null(in_the_way);
    fclose(in_the_way);
    start_web(&k, "/feed");
    struct request room = {.kind = REQUEST_ROOM};
    assert_int_equal(ask(&k, &room), STORE_SAYS_NO);
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_NO);
    remove(state_folder()); // somebody mended it: no restart is needed
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_DONE);
    assert_int_equal(ask(&k, &room), STORE_SAYS_DONE);
    stop(&k);
}

static void
what_is_touched_is_kept_and_listed(void **state)
{
    struct kiosk k;
    (void) state;
    start_web(&k, "/feed");
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_DONE);
    struct request r = {REQUEST_THANK, .target = POST_1, .step = 1};
    assert_int_equal(ask(&k, &r), STORE_SAYS_DONE);
    assert_int_equal(k.first.thanks, 1);
    r.step = -1;
    assert_int_equal(ask(&k, &r), STORE_SAYS_DONE);
    assert_int_equal(k.first.thanks, 0);
    r = (struct request){REQUEST_TRY, .target = "i-48",
                         .step = 1}; // the feed's
    assert_int_equal(ask(&k, &r), STORE_SAYS_DONE);
    assert_true(k.reactions > 0);
    r = (struct request){REQUEST_TURN_OVER, .target = POST_1, .step = 1};
    assert_int_equal(ask(&k, &r), STORE_SAYS_DONE);
    assert_true(k.first.is_face_down);
    r = (struct request){REQUEST_TAKE_BACK, .target = POST_1};
    assert_int_equal(ask(&k, &r), STORE_SAYS_DONE);
    assert_int_equal(k.postits, 0);
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_NO); // it stays gone
    stop(&k);
}

/* A card that is written to every minute is dead in a year or two. */
static void
nothing_is_written_while_nothing_changes(void **state)
{
    static const struct {
        const char *path, *asked; // once it was answered well
    } rows[] = {
        {"/good", "GET /good \""}, // 304
        {"/gzip", "GET /gzip -"},  // the same bytes again, without an ETag
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct kiosk k;
        struct request r = {.kind = REQUEST_ROOM};
        start_web_often(&k, rows[i].path);
        wait_until(&k, k.status.state == FEED_FRESH);
        assert_int_equal(ask(&k, &r), STORE_SAYS_DONE); // it is open
        int before = bad_server_count(&server, rows[i].asked);
        wait_until(&k, bad_server_count(&server, rows[i].asked) > before);
        // Each answer that is kept is seen each time; a line that is logged, on
        // a machine that is late, once.
        bool is_same = false;
        for (int tries = 0; tries < 3 && !is_same; tries++) {
            before = bad_server_count(&server, rows[i].asked);
            struct wear was = wear_of(folder), is;
            wait_until(&k,
                       bad_server_count(&server, rows[i].asked) > before + 2);
            is = wear_of(folder);
            is_same = wear_is_same(&was, &is);
        }
        assert_true(is_same);
        stop(&k);
    }
}

static void
a_look_at_another_day_deletes_nothing(void **state)
{
    struct kiosk k;
    (void) state;
    start_web(&k, "/feed");
    assert_int_equal(post(&k, POST_1, "Tea!"), STORE_SAYS_DONE);
    stop(&k);
    clock_start_at(&machine_clock,
                   clock_now(&machine_clock).wall_s + 90 * 86400);
    start_web(&k, "/feed");
    struct request r = {.kind = REQUEST_ROOM};
    ask(&k, &r); // by now it would have tidied
    stop(&k);
    machine_clock = (struct clock){0};
    start_web(&k, "/feed");
    for (int i = 0; i < 100 && k.postits == 0; i++)
        wait_for_wake(&k, 100);
    assert_int_equal(k.postits, 1);
    stop(&k);
}

/* A program of the test's own: the real one is linked with what this is not. */
static void
calendars_come_beside_the_feed(void **state)
{
    static const char script[] =
        "#!/bin/sh\n"
        "printf '{\"summary\":\"%s\",\"all_day\":true,"
        "\"start\":\"2027-03-26\",\"end\":\"2027-03-27\"}\\n' \"$6\"\n";
    static const char hang[] = "#!/bin/sh\nexec /bin/sleep 60\n";
    static const char feed[] =
        "{\"_staffroom\":{\"timezone\":\"Asia/Tokyo\"},\"items\":[]}";
    char program[128], calendar[128], feed_path[128];
    struct problem why;
    struct kiosk k;
    (void) state;
    snprintf(program, sizeof program, "%s/staffroom-calendar", folder);
    snprintf(calendar, sizeof calendar, "%s/school.ics", folder);
    snprintf(feed_path, sizeof feed_path, "%s/feed.json", folder);
    assert_true(file_write(program, script, strlen(script), &why));
    assert_int_equal(chmod(program, 0755), 0);
    assert_true(file_write(calendar, "x", 1, &why));
    assert_true(file_write(feed_path, feed, strlen(feed), &why));
    char *path = strdup(getenv("PATH"));
    setenv("PATH", folder, 1);
    clock_start_at(&machine_clock, 1806055200); // 2027-03-26: it is trusted
    calendars[0] = (struct calendar_setting){calendar, "school", "", ""};
    start_at(&k, feed_path);
    wait_until(&k, k.meetings == 1);
    assert_string_equal(k.first_meeting, "Asia/Tokyo"); // the feed's zone
    stop(&k);
    // Nor does a program that hangs hold up the end.
    assert_true(file_write(program, hang, strlen(hang), &why));
    assert_int_equal(chmod(program, 0755), 0);
    start_at(&k, feed_path);
    wait_until(&k, k.boards == 1);
    stop(&k);
    calendars[0] = (struct calendar_setting){0};
    machine_clock = (struct clock){0};
    setenv("PATH", path, 1);
    free(path);
}

/* What the network card shows comes when it is asked for, and not before. */
static void
who_asks_is_told_the_facts(void **state)
{
    struct kiosk k;
    (void) state;
    start_at(&k, feed_at("https", server.https, "/good?key=secret"));
    wait_until(&k, k.status.state == FEED_FRESH);
    assert_int_equal(k.told, 0);
    worker_want_facts(k.worker);
    wait_until(&k, k.told == 1);
    const struct net_server *feed = &k.facts.feed;
    assert_int_equal(feed->state, NET_STATE_WELL);
    assert_string_equal(feed->address, feed_at("https", server.https, "/good"));
    assert_int_equal(feed->last.status, 200);
    assert_string_equal(feed->last.issuer, "Test ca");
    assert_true(feed->last.answered_s > 0 && feed->last.server_s > 0);
    assert_string_equal(k.facts.hub.address, "");
    assert_true(k.facts.has_store);
    assert_true(k.facts.machine.is_read);
    assert_true(k.facts.machine.state.is_known);
    stop(&k);

    // A filter that inspects, whose certificate nobody installed.
    start_every(&k, ONLY_ONCE_S, feed_at("https", server.unknown, "/good"));
    wait_until(&k, k.status.state == FEED_FAILING);
    worker_want_facts(k.worker);
    wait_until(&k, k.told == 1);
    assert_int_equal(feed->state, NET_STATE_FAILING);
    assert_true(feed->last.is_disbelieved);
    assert_string_equal(feed->last.issuer, "Test other");
    assert_non_null(strstr(feed->why, "certificate"));
    stop(&k);

    // A file has no way.
    start_at(&k, "tests/feeds/plain-blog.json");
    worker_want_facts(k.worker);
    wait_until(&k, k.told == 1);
    assert_true(feed->is_file);
    assert_false(feed->last.is_asked);
    stop(&k);
}

static void
pass_min(int minutes)
{
    atomic_fetch_add(&passed_s, minutes * 60);
}

static void
one_that_is_stuck_is_noticed(void **state)
{
    static const char *const images[] = {"stuck.jpg"};
    struct kiosk k;
    (void) state;
    serve("sk.json", feed_of("one", ""));
    serve("stuck.jpg", "slow");
    start_web(&k, "/files/sk.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    atomic_store(&is_decoding, false);
    atomic_store(&is_decoder_stuck, true);
    worker_want_photos(k.worker, images, 1);
    wait_until(&k, atomic_load(&is_decoding));
    pass_min(14);
    assert_false(worker_is_stuck(k.worker));
    pass_min(2);
    assert_false(worker_is_stuck(k.worker)); // once is no proof
    assert_false(worker_is_stuck(k.worker));
    pass_min(1);
    assert_true(worker_is_stuck(k.worker));

    // It was only slow: nothing of that is left.
    atomic_store(&is_decoder_stuck, false);
    wait_until(&k, !worker_is_stuck(k.worker));
    wait_until(&k, k.photos == 1);
    stop(&k);
    assert_false(worker_is_stuck(NULL));
}

/* Also on a machine that stood still, where nobody had the time. */
static void
one_with_nothing_to_do_is_not_stuck(void **state)
{
    struct kiosk k;
    (void) state;
    serve("id.json", feed_of("one", ""));
    start_web(&k, "/files/id.json");
    wait_until(&k, k.status.state == FEED_FRESH);
    for (int i = 1; i <= 3; i++) {
        // The hour is over, and nobody but who doubts it tells it so.
        pass_min(70);
        assert_false(worker_is_stuck(k.worker));
        wait_until(&k, bad_server_count(&server, "GET /files/id.json ") > i);
        pass_min(2);
        assert_false(worker_is_stuck(k.worker));
    }
    stop(&k);
}

static void
more_than_fingers_can_ask_is_refused(void **state)
{
    struct requests q = {0};
    struct request r = {REQUEST_THANK, .target = "a", .step = 1}, out;
    (void) state;
    for (int i = 0; i < REQUESTS_MOST; i++)
        assert_true(requests_push(&q, &r));
    assert_false(requests_push(&q, &r));
    assert_true(requests_pop(&q, &out));
    assert_string_equal(out.target, "a");
    assert_ptr_not_equal(out.target, r.target);
    request_destroy(&out);
    assert_true(requests_push(&q, &r));
    requests_destroy(&q);
    assert_false(requests_pop(&q, &out));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(the_first_answer_is_shown_and_kept),
        WITH_FOLDER(a_post_is_kept_before_it_is_said_to_be),
        WITH_FOLDER(where_nothing_can_be_kept_it_says_so),
        WITH_FOLDER(what_is_touched_is_kept_and_listed),
        WITH_FOLDER(a_look_at_another_day_deletes_nothing),
        WITH_FOLDER(calendars_come_beside_the_feed),
        WITH_FOLDER(who_asks_is_told_the_facts),
        cmocka_unit_test(more_than_fingers_can_ask_is_refused),
        WITH_FOLDER(nothing_new_is_no_news),
        WITH_FOLDER(a_clock_put_back_is_news),
        WITH_FOLDER(a_clock_that_is_set_is_news_at_once),
        WITH_FOLDER(nothing_is_written_while_nothing_changes),
        WITH_FOLDER(first_seen_stays_first_seen),
        WITH_FOLDER(a_failure_leaves_the_board_up),
        WITH_FOLDER(a_failure_ends),
        WITH_FOLDER(an_older_edition_is_refused),
        WITH_FOLDER(pages_make_one_board),
        WITH_FOLDER(pages_share_one_limit),
        WITH_FOLDER(https_tells_whether_our_clock_agrees),
        WITH_FOLDER(a_file_is_watched),
        WITH_FOLDER(the_first_news_can_be_waited_for),
        WITH_FOLDER(nobody_is_asked_before_it_may_go),
        WITH_FOLDER(a_file_has_a_last_good_edition),
        WITH_FOLDER(pictures_are_fetched_once),
        WITH_FOLDER(pictures_nobody_wants_any_more_do_not_come),
        WITH_FOLDER(pictures_that_are_too_large_do_not_come),
        WITH_FOLDER(pictures_are_relative_to_where_redirects_lead),
        WITH_FOLDER(many_pictures_wait_for_the_taker),
        WITH_FOLDER(a_picture_may_live_where_the_feed_does_and_nowhere_private),
        WITH_FOLDER(a_local_feed_shows_what_lies_beside_it),
        WITH_FOLDER(it_stops_whatever_the_network_does),
        WITH_FOLDER(it_sleeps_while_nothing_happens),
        WITH_FOLDER(one_that_is_stuck_is_noticed),
        WITH_FOLDER(one_with_nothing_to_do_is_not_stuck),
        cmocka_unit_test(paths_are_judged),
    };
    return cmocka_run_group_tests(tests, start_server, stop_server);
}
