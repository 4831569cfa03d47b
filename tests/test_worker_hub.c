// links: src/io/program.c
// links: src/kiosk/worker_wishes.c src/kiosk/worker_store.c
// links: src/kiosk/worker.c src/kiosk/worker_edition.c src/kiosk/requests.c
// links: src/kiosk/worker_postits.c src/kiosk/local_postits.c
// links: src/kiosk/worker_hub.c src/kiosk/worker_outbox.c
// links: src/io/machine_mark.c
// links: src/kiosk/worker_token.c src/kiosk/worker_feed.c
// links: src/kiosk/worker_path.c src/kiosk/worker_photos.c
// links: src/io/kiosk_store.c src/io/kiosk_store_sql.c
// links: src/io/kiosk_store_list.c src/io/kiosk_store_open.c
// links: src/io/kiosk_store_hub.c src/io/db.c src/io/db_aside.c
// links: src/io/cache.c src/io/cache_entry.c src/io/cache_folder.c
// links: src/io/file.c src/io/http_client.c src/io/http_client_explain.c
// links: src/io/http_client_transfer.c src/io/http_client_url.c
// links: src/io/http_guard.c src/core/*.c src/base/*.c
// links: src/kiosk/worker_calendar.c src/kiosk/calendar_run.c
// links: src/kiosk/local_meetings.c src/io/child.c
// links: src/kiosk/worker_facts.c src/io/http_client_facts.c
// links: src/io/machine.c src/io/machine_network.c src/io/machine_disks.c
// libs: -lcurl -lcjson -linih -lunistring -lsqlite3
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "io/file.h"
#include "kiosk/worker.h"
#include "kiosk/worker_hub.h"
#include "wear.h"

#define PATIENCE_MS 20000
#define TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
#define POST_1 "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a01"
#define POST_2 "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a02"
#define POST_3 "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a03"

/* tests/small_hub.py, and what it was told. */
struct hub {
    pid_t pid;
    int hold; // closing it ends the hub
    char folder[64];
    char address[64];
};

/* A kiosk, as its UI thread sees it. */
struct kiosk {
    struct worker *worker;
    struct config config;
    char state[80], cache[80], feed[128];
    const char *machine; // what stands for / where it reads serial numbers
    struct board *board;
    struct local_postits *postits;
    struct feed_status status;
    struct hub_status hub;
    bool is_taken_down; // a board was, ever
    int says[REQUEST_KINDS];
};

static struct clock test_clock; // the machine's, but trusted
static int wake_fd;
static struct hub hub;
static struct kiosk kiosk;

/* ---- the hub ------------------------------------------------------------ */

static void
start_hub(struct hub *h)
{
    char script[256], line[32] = "";
    int hold[2], say[2];
    size_t len = strlen(__FILE__) - strlen("test_worker_hub.c");
    snprintf(script, sizeof script, "%.*ssmall_hub.py", (int) len, __FILE__);
    snprintf(h->folder, sizeof h->folder, "/tmp/staffroom-hub-XXXXXX");
    assert_non_null(mkdtemp(h->folder));
    assert_int_equal(pipe2(hold, O_CLOEXEC), 0);
    assert_int_equal(pipe2(say, O_CLOEXEC), 0);
    h->pid = fork();
    if (h->pid == 0) {
        dup2(hold[0], STDIN_FILENO);
        dup2(say[1], STDOUT_FILENO);
        unsetenv("LD_PRELOAD");
        execlp("python3", "python3", script, h->folder, (char *) NULL);
        _exit(127);
    }
    close(hold[0]);
    close(say[1]);
    h->hold = hold[1];
    FILE *from = fdopen(say[0], "r");
    if (!fgets(line, sizeof line, from))
        fail_msg("the hub for the tests did not start");
    fclose(from);
    snprintf(h->address, sizeof h->address, "http://127.0.0.1:%d",
             (int) strtol(line, NULL, 10));
}

static void
remove_folder(const char *path)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    assert_int_equal(system(command), 0);
}

static void
stop_hub(struct hub *h)
{
    close(h->hold);
    waitpid(h->pid, NULL, 0);
    remove_folder(h->folder);
}

static void
set_mood(struct hub *h, const char *mood)
{
    char path[100];
    struct problem why;
    snprintf(path, sizeof path, "%s/mood", h->folder);
    if (!file_write(path, mood, strlen(mood), &why))
        fail_msg("%s", why.text);
}

/* How many lines of its log hold those words. */
static int
count_said(const struct hub *h, const char *words)
{
    char path[100], line[600];
    int count = 0;
    snprintf(path, sizeof path, "%s/log", h->folder);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from))
        count += strstr(line, words) != NULL;
    if (from)
        fclose(from);
    return count;
}

/* The ids of the post-its that were taken, in that order, by their last digit:
   "132". */
static const char *
taken(const struct hub *h)
{
    static char ids[100];
    char path[100], line[600];
    size_t count = 0;
    snprintf(path, sizeof path, "%s/log", h->folder);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from) && count < sizeof ids - 1)
        if (strncmp(line, "PUT /v1/postits/", 16) == 0 && strstr(line, " 201"))
            ids[count++] = line[16 + 35];
    if (from)
        fclose(from);
    ids[count] = '\0';
    return ids;
}

/* ---- the kiosk ---------------------------------------------------------- */

static void
wake(void *data)
{
    (void) data;
    uint64_t one = 1;
    assert_int_equal(write(wake_fd, &one, sizeof one), sizeof one);
}

static void
start_at(struct kiosk *k, const char *address, const char *feed)
{
    memset(k->says, 0, sizeof k->says);
    config_init(&k->config);
    k->config.interval_s = 1;
    k->config.cache_mb = 4;
    k->config.hub = address;
    snprintf(k->feed, sizeof k->feed, "%s", feed);
    if (!*feed)
        snprintf(k->feed, sizeof k->feed, "%s/v1/feed.json", address);
    k->worker = worker_start(&(struct worker_settings){
        .feed = k->feed,
        .config = &k->config,
        .cache_folder = k->cache,
        .state_folder = k->state,
        .machine_root = k->machine,
        .clock = &test_clock,
        .screen_w = 1920,
        .screen_h = 1080,
        .photo_side_most = 4096,
        .photo_most_bytes = 1000,
        .wake = wake,
    });
    worker_go(k->worker);
}

static void
start(struct kiosk *k)
{
    start_at(k, hub.address, "");
}

static void
forget(struct kiosk *k)
{
    board_free(k->board);
    local_postits_free(k->postits);
    k->board = NULL;
    k->postits = NULL;
    k->hub = (struct hub_status){0};
    k->status = (struct feed_status){0};
}

static void
stop(struct kiosk *k)
{
    assert_true(worker_stop(k->worker));
    forget(k);
}

static void
look(struct kiosk *k)
{
    struct news news;
    if (!worker_take_news(k->worker, &news))
        return;
    k->status = news.status;
    k->hub = news.hub;
    k->is_taken_down |= news.is_taken_down;
    if (news.board || news.is_taken_down) {
        board_free(k->board);
        k->board = news.board;
        news.board = NULL;
    }
    if (news.postits) {
        local_postits_free(k->postits);
        k->postits = news.postits;
        news.postits = NULL;
    }
    for (int i = 0; i < REQUEST_KINDS; i++)
        if (news.answers[i].says != STORE_SAYS_NOTHING)
            k->says[i] = (int) news.answers[i].says;
    news_destroy(&news);
}

static void
wait_a_little(struct kiosk *k)
{
    struct pollfd p = {.fd = wake_fd, .events = POLLIN};
    uint64_t count;
    if (poll(&p, 1, 50) > 0)
        assert_int_equal(read(wake_fd, &count, sizeof count), sizeof count);
    look(k);
}

#define wait_until(k, condition)                                               \
    do {                                                                       \
        int64_t wait_end_ms = clock_mono_ms() + PATIENCE_MS;                   \
        while (!(condition)) {                                                 \
            if (clock_mono_ms() > wait_end_ms)                                 \
                fail_msg("waited in vain for %s: hub %d \"%s\" (%s)",          \
                         #condition, (int) (k)->hub.state, (k)->hub.why,       \
                         (k)->hub.detail);                                     \
            wait_a_little(k);                                                  \
        }                                                                      \
    } while (0)

/* The token's file, as a kiosk writes it. */
static void
write_token(const struct kiosk *k, const char *address)
{
    struct worker_token t = {.token = TOKEN, .school = "hillcrest"};
    struct problem why;
    if (!worker_token_keep(&t, k->state, address, &why))
        fail_msg("%s", why.text);
}

static bool
has_token(const struct kiosk *k)
{
    char path[128];
    struct stat st;
    snprintf(path, sizeof path, "%s/hub-token", k->state);
    if (stat(path, &st) != 0)
        return false;
    assert_int_equal(st.st_mode & 0777, 0600);
    return true;
}

static void
start_paired(struct kiosk *k)
{
    write_token(k, hub.address);
    start(k);
}

static void
ask(struct kiosk *k, const struct request *request)
{
    int *says = &k->says[request->kind];
    *says = STORE_SAYS_NOTHING;
    assert_true(worker_ask(k->worker, request));
    wait_until(k, *says != STORE_SAYS_NOTHING);
    assert_int_equal(*says, STORE_SAYS_DONE);
}

static void
post(struct kiosk *k, const char *id, const char *text)
{
    int64_t now_s = clock_now(&test_clock).wall_s;
    struct request request = {.kind = REQUEST_POST,
                              .postit = {.text = text,
                                         .author = "Jo, \"Y5\"",
                                         .answers = "",
                                         .made_s = now_s,
                                         .expires_s = now_s + 1000}};
    memcpy(request.postit.id, id, POSTIT_ID_BYTES);
    ask(k, &request);
}

static void
do_to(struct kiosk *k, enum request_kind kind, const char *target, int step)
{
    ask(k, &(struct request){.kind = kind, .target = target, .step = step});
}

/* What hangs there now: feed and own post-its, as the show puts them. */
static struct item
on_board(const struct kiosk *k, const char *id)
{
    static const struct board_addition nothing;
    struct item found = {.id = NULL, .fate = FATE_NONE};
    struct board none = {0};
    struct arena a = {0};
    struct board b = board_with(k->board ? k->board : &none, &a,
                                k->postits ? &k->postits->added : &nothing);
    for (int i = 0; i < b.item_count; i++)
        if (strcmp(b.items[i].id, id) == 0)
            found = b.items[i];
    arena_destroy(&a);
    return found;
}

static int
make_all(void **state)
{
    static const struct clock machine;
    (void) state;
    test_clock = machine;
    clock_start_at(&test_clock, clock_now(&machine).wall_s);
    kiosk = (struct kiosk){0};
    snprintf(kiosk.state, sizeof kiosk.state, "/tmp/staffroom-kiosk-XXXXXX");
    assert_non_null(mkdtemp(kiosk.state));
    snprintf(kiosk.cache, sizeof kiosk.cache, "%.40s/cache", kiosk.state);
    start_hub(&hub);
    return 0;
}

static int
remove_all(void **state)
{
    (void) state;
    stop_hub(&hub);
    remove_folder(kiosk.state);
    return 0;
}

/* ---- being added -------------------------------------------------------- */

static void
a_screen_is_added_by_its_letters(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    start(k);
    wait_until(k, k->hub.state == HUB_PAIRING && *k->hub.code);
    assert_string_equal(k->hub.code, "BCDFGHJK");
    assert_false(k->hub.was_removed);
    post(k, POST_1, "Written before anybody added us");
    assert_int_equal(on_board(k, POST_1).fate, FATE_KEPT);
    wait_until(k, count_said(&hub, "GET /v1/pair/BCDFGHJK 202") > 0);
    assert_int_equal(count_said(&hub, "/v1/postits/"), 0);
    assert_int_equal(count_said(&hub, "/v1/feed.json"), 0);
    assert_false(has_token(k));

    set_mood(&hub, "accept 1\n");
    wait_until(k, k->hub.state == HUB_PAIRED);
    assert_string_equal(k->hub.school, "hillcrest");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    wait_until(k, k->board && k->status.state == FEED_FRESH);
    wait_until(k, count_said(&hub, "PUT /v1/status 204") > 0);
    assert_true(has_token(k));
    assert_string_equal(k->postits->added.items[0].school, "hillcrest");
    stop(k);

    start(k); // and it need not be added again
    wait_until(k, k->status.state == FEED_FRESH);
    assert_int_equal(k->hub.state, HUB_PAIRED);
    stop(k);
    assert_int_equal(count_said(&hub, "POST /v1/pair"), 1);
}

/* By it the hub ends the letters that stood there before. */
static void
a_screen_keeps_its_secret_until_it_is_added(void **state)
{
    struct kiosk *k = &kiosk;
    char path[100], line[600], first[100] = "";
    int asked = 0;
    (void) state;
    start(k);
    wait_until(k, count_said(&hub, "GET /v1/pair/BCDFGHJK 202") > 0);
    set_mood(&hub, "forget 1\n");
    wait_until(k, count_said(&hub, "POST /v1/pair") > 1);
    set_mood(&hub, "");
    wait_until(k, count_said(&hub, "GET /v1/pair/BCDFGHJK 202") > 1);
    stop(k);
    snprintf(path, sizeof path, "%s/log", hub.folder);
    FILE *from = fopen(path, "r");
    while (from && fgets(line, sizeof line, from)) {
        const char *secret = strstr(line, "Bearer ");
        if (!secret)
            continue;
        if (!*first)
            snprintf(first, sizeof first, "%.90s", secret);
        assert_string_equal(secret, first);
        asked++;
    }
    if (from)
        fclose(from);
    assert_true(asked > 2);
}

#define PAGE "/post/AAAAAYf0Qx-9yZ1m3b_Xk2dV7wE"

static void
the_hub_says_where_phones_write(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    set_mood(&hub, "page " PAGE "\n");
    start_paired(k);
    wait_until(k, strcmp(k->hub.post_page, PAGE) == 0);
    set_mood(&hub, "gone 1\n");
    wait_until(k, k->hub.state == HUB_PAIRING);
    assert_string_equal(k->hub.post_page, "");
    stop(k);
    set_mood(&hub, ""); // a hub without such a page, or none now
    start_paired(k);
    wait_until(k, count_said(&hub, "PUT /v1/status 204") > 0);
    wait_until(k, k->status.state == FEED_FRESH);
    assert_string_equal(k->hub.post_page, "");
    stop(k);
}

static void
what_is_no_page_of_the_hub_is_none(void **state)
{
    static const char *const rows[] = {
        "{}",
        "[]",
        "",
        "{\"post_page\":null}",
        "{\"post_page\":7}",
        "{\"post_page\":\"\"}",
        "{\"post_page\":\"/post/\"}",
        "{\"post_page\":\"/post/a/../../b\"}",
        "{\"post_page\":\"/post/a?b\"}",
        "{\"post_page\":\"/feed.json\"}",
        "{\"post_page\":\".evil.example/post/abc\"}",
        "{\"post_page\":\"https://evil.example/post/abc\"}",
        "{\"post_page\":\"/post/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}",
    };
    char page[WORKER_PAGE_BYTES];
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text json = {0};
        text_add_string(&json, rows[i]);
        memcpy(page, "x", 2);
        if (worker_token_page_from_json(page, &json))
            fail_msg("row %zu: %s", i, page);
        assert_string_equal(page, "");
        text_destroy(&json);
    }
}

/* A hub that was not reached for half a day may have another key by now. */
static void
an_old_page_is_not_shown(void **state)
{
    struct worker_hub h = {.address = "https://hub.example",
                           .paired = {.token = TOKEN, .school = "hillcrest"},
                           .asking = TELLING_STATUS};
    struct http_reply reply = {.outcome = HTTP_OK, .status = 200};
    struct worker_settings settings = {0};
    (void) state;
    h.settings = &settings;
    text_add_string(&reply.body, "{\"post_page\":\"" PAGE "\"}");
    worker_hub_answer(&h, &reply, 1000);
    assert_string_equal(h.status.post_page, PAGE);
    assert_true(h.has_changed);
    h.has_changed = false;
    h.asking = TELLING_STATUS; // which takes long
    worker_hub_tick(&h, NULL, 1000 + 11 * 3600 * INT64_C(1000) - 1);
    assert_string_equal(h.status.post_page, PAGE);
    assert_false(h.has_changed);
    worker_hub_tick(&h, NULL, 1000 + 11 * 3600 * INT64_C(1000));
    assert_string_equal(h.status.post_page, "");
    assert_true(h.has_changed);
    assert_int_equal(h.status.state, HUB_PAIRED);
    // Asked and refused: what it said before may be gone with it.
    worker_hub_answer(&h, &reply, 2000);
    assert_string_equal(h.status.post_page, PAGE);
    h.asking = TELLING_STATUS;
    struct http_reply none = {.outcome = HTTP_STATUS, .status = 204};
    worker_hub_answer(&h, &none, 3000);
    assert_string_equal(h.status.post_page, "");
    text_destroy(&reply.body);
}

static void
a_screen_taken_off_asks_to_be_added_again(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    start_paired(k);
    wait_until(k, k->status.state == FEED_FRESH);
    set_mood(&hub, "gone 1\n");
    wait_until(k, k->hub.state == HUB_PAIRING && *k->hub.code);
    assert_true(k->hub.was_removed);
    assert_non_null(k->board); // what hangs there stays
    assert_false(has_token(k));
    post(k, POST_1, "Meanwhile");
    set_mood(&hub, "accept 1\n");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    assert_false(k->hub.was_removed);
    assert_true(has_token(k));
    stop(k);
}

/* The feeds that are kept in the cache. */
static int
count_kept(const struct kiosk *k)
{
    char command[160], line[16] = "";
    snprintf(command, sizeof command, "ls '%s' | grep -c ^feed-", k->cache);
    FILE *from = popen(command, "r");
    if (!fgets(line, sizeof line, from))
        fail_msg("%s", command);
    pclose(from);
    return (int) strtol(line, NULL, 10);
}

/* It may be a stolen one. */
static void
a_revoked_screen_keeps_nothing_of_the_hub(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    start_paired(k);
    post(k, POST_1, "Known there");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    wait_until(k, k->status.state == FEED_FRESH && count_kept(k) > 0);
    set_mood(&hub, "status 503\n");
    post(k, POST_2, "Not known there yet");
    wait_until(k, count_said(&hub, POST_2 " 503") > 0);
    assert_false(k->is_taken_down);
    set_mood(&hub, "revoked 1\n");
    wait_until(k, k->hub.state == HUB_PAIRING && *k->hub.code);
    assert_true(k->hub.was_removed);
    assert_true(k->hub.was_revoked);
    assert_true(k->is_taken_down);
    assert_null(k->board);
    assert_false(has_token(k));
    assert_int_equal(count_kept(k), 0);
    wait_until(k, on_board(k, POST_1).id == NULL);
    assert_int_equal(on_board(k, POST_2).fate, FATE_KEPT);
    stop(k);

    start(k); // and not after a start either
    wait_until(k, *k->hub.code);
    assert_null(k->board);
    set_mood(&hub, "accept 1\n");
    wait_until(k, on_board(k, POST_2).fate == FATE_SENT);
    wait_until(k, k->board);
    assert_false(k->hub.was_revoked);
    stop(k);
}

static void
what_says_that_a_screen_is_revoked(void **state)
{
    static const struct {
        const char *type, *body;
        bool is_revoked;
    } rows[] = {
        {"application/problem+json", "{\"type\":\"/problems/revoked\"}", true},
        {"Application/Problem+JSON; charset=utf-8",
         "{\"status\":401,\"type\":\"/problems/revoked\"}", true},
        {"application/problem+json", "{\"title\":\"revoked\"}", false},
        {"application/problem+json", "{\"type\":\"about:blank\"}", false},
        {"application/problem+json", "{\"type\":7}", false},
        {"application/problem+json", "{\"type\":\"/problems/revoked\"", false},
        {"application/problem+json", "", false},
        {"application/json", "{\"type\":\"/problems/revoked\"}", false},
        {"text/html", "<title>/problems/revoked</title>", false},
        {"", "", false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct text body = {0};
        text_add_string(&body, rows[i].body);
        if (worker_token_is_revoked(rows[i].type, &body) != rows[i].is_revoked)
            fail_msg("row %zu: %s", i, rows[i].body);
        text_destroy(&body);
    }
}

/* Asked while it was known, answered after: not what goes up again. */
static void
a_late_answer_puts_nothing_up(void **state)
{
    static const char board[] =
        "{\"items\":[{\"id\":\"1\",\"content_text\":\"Names\"}]}";
    static char token[WORKER_TOKEN_BYTES] = "A", address[] = "https://h/f";
    struct config config;
    struct http_reply reply = {.outcome = HTTP_OK, .status = 200};
    struct worker_feed f = {.config = &config,
                            .clock = &test_clock,
                            .cache = cache_open(kiosk.cache, 1000000),
                            .url = address,
                            .is_hubs = true,
                            .token = token,
                            .revision = -1,
                            .visited = {NULL}};
    (void) state;
    config_init(&config);
    for (int is_late = 0; is_late < 2; is_late++) {
        snprintf(f.asked_with, sizeof f.asked_with, "A");
        f.is_asking = true;
        text_add_string(&reply.body, board);
        snprintf(reply.final_url, sizeof reply.final_url, "%s", address);
        if (is_late) {
            worker_feed_forget(&f, address);
            assert_true(f.is_taken_down);
            token[0] = '\0';
        }
        worker_feed_answer(&f, NULL, &reply, 1000);
        assert_false(f.is_asking);
        assert_int_equal(f.board != NULL, !is_late);
        text_destroy(&reply.body);
    }
    f.url = NULL; // it was never its own
    cache_close(f.cache);
    worker_feed_destroy(&f);
}

static void
a_refusal_that_is_not_about_the_token_keeps_it(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    set_mood(&hub, "status 401\n"); // some filter's, without WWW-Authenticate
    start_paired(k);
    post(k, POST_1, "Tea!");
    wait_until(k, count_said(&hub, "PUT /v1/postits/" POST_1 " 401") > 1);
    assert_true(has_token(k));
    assert_int_equal(k->hub.state, HUB_PAIRED);
    set_mood(&hub, "");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    stop(k);
}

/* Puts the card into a board with that serial number. */
static void
move_to_board(const struct kiosk *k, const char *serial)
{
    char folder[160], path[200];
    struct problem why;
    snprintf(folder, sizeof folder, "%s/sys/firmware/devicetree/base",
             k->machine);
    snprintf(path, sizeof path, "%s/serial-number", folder);
    assert_true(folder_make(folder, &why));
    assert_true(file_write(path, serial, strlen(serial), &why));
}

/* A card is prepared, used, and then copied for the staffroom next door. */
static void
a_copied_card_is_a_screen_of_its_own(void **state)
{
    struct kiosk *k = &kiosk;
    char root[100];
    (void) state;
    snprintf(root, sizeof root, "%.80s/machine", k->state);
    k->machine = root;
    move_to_board(k, "1000");
    start_paired(k); // with a token that was put there by hand
    wait_until(k, k->status.state == FEED_FRESH);
    stop(k);
    start(k);
    wait_until(k, k->status.state == FEED_FRESH);
    stop(k);
    assert_int_equal(count_said(&hub, "POST /v1/pair"), 0);
    move_to_board(k, "2000");
    start(k);
    wait_until(k, k->hub.state == HUB_PAIRING && *k->hub.code);
    assert_false(k->hub.was_removed);
    assert_false(has_token(k));
    stop(k);
    k->machine = NULL;
}

static void
a_token_goes_to_no_other_address(void **state)
{
    struct kiosk *k = &kiosk;
    char feed[128];
    (void) state;
    write_token(k, "https://hub.example");
    start(k);
    wait_until(k, *k->hub.code);
    post(k, POST_1, "Tea!");
    wait_until(k, count_said(&hub, "GET /v1/pair/") > 0);
    stop(k);
    assert_int_equal(count_said(&hub, TOKEN), 0);
    assert_int_equal(count_said(&hub, "postits"), 0);

    // Nor to a feed that is not the hub's, on the very same server.
    write_token(k, hub.address);
    snprintf(feed, sizeof feed, "%s/feed.json", hub.address);
    start_at(k, hub.address, feed);
    wait_until(k, count_said(&hub, "GET /feed.json") > 0);
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    stop(k);
    assert_int_equal(count_said(&hub, "GET /feed.json 401 -"),
                     count_said(&hub, "GET /feed.json"));
}

/* ---- post-its ----------------------------------------------------------- */

static void
an_answer_lost_after_the_work_makes_no_second_post_it(void **state)
{
    struct kiosk *k = &kiosk;
    char feed[128];
    (void) state;
    set_mood(&hub, "lose 2\n");
    write_token(k, hub.address);
    // Of a feed that could tell it otherwise it hears nothing.
    snprintf(feed, sizeof feed, "%s/none.json", hub.address);
    start_at(k, hub.address, feed);
    post(k, POST_1, "Tea!");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    assert_string_equal(taken(&hub), "1");
    assert_int_equal(count_said(&hub, "PUT /v1/postits/" POST_1 " 200"), 2);
    stop(k);
    set_mood(&hub, "lose 2\nshare " POST_1 "\n");
    start(k);
    wait_until(k, on_board(k, POST_1).fate == FATE_SHARED);
    int hanging = 0;
    for (int i = 0; i < k->board->item_count; i++)
        hanging += k->board->items[i].kind == KIND_POSTIT;
    assert_int_equal(hanging, 1);
    stop(k);
}

static void
without_a_network_all_is_kept_in_its_order(void **state)
{
    struct kiosk *k = &kiosk;
    struct hub again;
    (void) state;
    start_paired(k);
    wait_until(k, k->status.state == FEED_FRESH);
    set_mood(&hub, "status 503\nretry_after 1\n");
    post(k, POST_3, "First");
    post(k, POST_1, "Second");
    wait_until(k, count_said(&hub, "503") > 2);
    assert_int_equal(on_board(k, POST_3).fate, FATE_KEPT);
    stop(k);

    stop_hub(&hub); // and now there is nobody at all
    start(k);
    post(k, POST_2, "Third");
    wait_until(k, *k->hub.why);
    assert_int_equal(k->hub.state, HUB_PAIRED);
    stop(k);

    start_hub(&again);
    hub = again;
    start_paired(k);
    wait_until(k, on_board(k, POST_2).fate == FATE_SENT);
    assert_string_equal(taken(&hub), "312");
    stop(k);
}

static void
what_was_taken_back_never_comes_up_there(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    // Before it was sent: the hub hears of it only as something gone.
    set_mood(&hub, "status 503\n");
    start_paired(k);
    post(k, POST_1, "Second thoughts");
    do_to(k, REQUEST_TAKE_BACK, POST_1, 0);
    // One request at a time: what was on its way before this is over.
    wait_until(k, count_said(&hub, "DELETE /v1/postits/" POST_1 " 503") > 0);
    set_mood(&hub, "");
    wait_until(k, count_said(&hub, "DELETE /v1/postits/" POST_1 " 404") == 1);
    assert_string_equal(taken(&hub), "");
    // After it was sent.
    post(k, POST_2, "Third thoughts");
    wait_until(k, on_board(k, POST_2).fate == FATE_SENT);
    do_to(k, REQUEST_TAKE_BACK, POST_2, 0);
    wait_until(k, count_said(&hub, "DELETE /v1/postits/" POST_2 " 204") == 1);
    // While it was being sent.
    set_mood(&hub, "slow 0.5\n");
    post(k, POST_3, "Fourth thoughts");
    do_to(k, REQUEST_TAKE_BACK, POST_3, 0);
    wait_until(k,
               count_said(&hub, "DELETE /v1/postits/" POST_3 " 20") +
                       count_said(&hub, "DELETE /v1/postits/" POST_3 " 404") ==
                   1);
    set_mood(&hub, "");
    wait_until(k, !on_board(k, POST_2).id && !on_board(k, POST_3).id);
    stop(k);
}

static void
what_the_hub_will_not_have_is_not_tried_for_ever(void **state)
{
    static const struct {
        const char *mood, *said;
    } rows[] = {
        {"refuse 422\n", " 422"},
        {"refuse 413\n", " 413"},
    };
    struct kiosk *k = &kiosk;
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *id = i ? POST_2 : POST_1;
        set_mood(&hub, rows[i].mood);
        start_paired(k);
        post(k, id, "Not wanted");
        wait_until(k, on_board(k, id).fate == FATE_STAYS);
        set_mood(&hub, "");
        wait_until(k, k->status.state == FEED_FRESH);
        stop(k);
        assert_int_equal(count_said(&hub, rows[i].said), 1);
    }
    start_paired(k);
    post(k, POST_3, "The next one goes");
    wait_until(k, on_board(k, POST_3).fate == FATE_SENT);
    assert_int_equal(on_board(k, POST_1).fate, FATE_STAYS);
    assert_string_equal(taken(&hub), "3");
    stop(k);
}

static void
what_a_coordinator_takes_down_goes_here_as_well(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    set_mood(&hub, "share " POST_1 "\n");
    start_paired(k);
    post(k, POST_1, "Tea!");
    wait_until(k, on_board(k, POST_1).fate == FATE_SHARED);
    set_mood(&hub, "down " POST_1 "\n");
    wait_until(k, !on_board(k, POST_1).id);
    wait_until(k, k->postits->added.item_count == 0); // its words are gone
    assert_int_equal(count_said(&hub, "PUT /v1/postits/" POST_1 " 410"), 1);
    // And one that was taken down before this screen could send it again.
    set_mood(&hub, "down " POST_1 "\ndown " POST_2 "\nlose 1\n");
    post(k, POST_2, "Tea again");
    wait_until(k, k->postits->added.item_count == 0);
    assert_int_equal(count_said(&hub, "PUT /v1/postits/" POST_2 " 410"), 1);
    stop(k);
}

static void
a_hub_that_lost_a_post_it_gets_it_again(void **state)
{
    struct kiosk *k = &kiosk;
    struct hub restored;
    (void) state;
    start_paired(k);
    post(k, POST_1, "Tea!");
    wait_until(k, k->board && k->board->item_count == 2); // it is in the feed
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    stop(k);
    stop_hub(&hub);
    start_hub(&restored); // from a copy of the day before
    hub = restored;
    // Another address to us, but the same hub to whoever looks after it.
    start_paired(k);
    wait_until(k, count_said(&hub, "PUT /v1/postits/" POST_1 " 201") == 1);
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    stop(k);
}

/* ---- touches ------------------------------------------------------------ */

static void
a_touch_counts_once_wherever_it_is(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    set_mood(&hub, "lose 1\n");
    start_paired(k);
    wait_until(k, k->board);
    do_to(k, REQUEST_THANK, "i-48", 1);
    assert_int_equal(on_board(k, "i-48").thanks, 1);
    wait_until(k, k->board->items[0].thanks == 1); // the feed's own number
    for (int i = 0; i < 20; i++) {                 // and never both
        wait_a_little(k);
        if (k->postits->added.reactions[0].thanks == 0)
            break;
    }
    wait_until(k, on_board(k, "i-48").thanks == 1);
    assert_int_equal(count_said(&hub, "PUT /v1/reactions/i-48/"), 2);
    do_to(k, REQUEST_THANK, "i-48", -1);
    assert_int_equal(on_board(k, "i-48").thanks, 0);
    wait_until(k, k->board->items[0].thanks == 0);
    wait_until(k, on_board(k, "i-48").thanks == 0);
    assert_int_equal(count_said(&hub, "DELETE /v1/reactions/i-48/"), 1);
    do_to(k, REQUEST_TURN_OVER, "a/b?c", 1);
    wait_until(k, count_said(&hub, "PUT /v1/reactions/a%2Fb%3Fc/") == 1);
    stop(k);
}

static void
a_touch_the_hub_cannot_read_holds_nothing_up(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    set_mood(&hub, "status 400\n");
    start_paired(k);
    do_to(k, REQUEST_TURN_OVER, "a\\b", 1);
    do_to(k, REQUEST_TURN_OVER, "c\\d", 1);
    wait_until(k, count_said(&hub, "PUT /v1/reactions/c%5Cd/") == 1);
    assert_int_equal(count_said(&hub, "PUT /v1/reactions/a%5Cb/"), 1);
    // A post-it can be read by any hub: this was somebody on the way.
    post(k, POST_1, "Tea!");
    wait_until(k, count_said(&hub, "PUT /v1/postits/" POST_1 " 400") > 1);
    set_mood(&hub, "");
    wait_until(k, on_board(k, POST_1).fate == FATE_SENT);
    stop(k);
}

/* ---- the parts ---------------------------------------------------------- */

static void
only_a_token_of_this_hub_is_read(void **state)
{
    static const struct {
        const char *text, *hub;
        bool is_good;
    } rows[] = {
        {TOKEN "\nhttps://a.example\nhillcrest\n", "https://a.example", true},
        {TOKEN "\nhttps://a.example\n\n", "https://a.example", true},
        {TOKEN "\nhttps://a.example\n", "https://a.example", true},
        {TOKEN "\nhttps://a.example\nx\n1 f0\n", "https://a.example", true},
        {TOKEN "\nhttps://a.example\nx\n1 f0\n", "https://b.example", false},
        {TOKEN "\nhttps://a.example\nx\n", "https://b.example", false},
        {TOKEN "\nhttps://a.example\nx\n", "https://a.exampl", false},
        {TOKEN "\nhttps://a.example\nx\n", "https://a.example:8080", false},
        {TOKEN "A\nhttps://a.example\nx\n", "https://a.example", false},
        {"AAAA\nhttps://a.example\nx\n", "https://a.example", false},
        {TOKEN "\nhttps://a.example", "https://a.example", false}, // cut short
        {TOKEN, "https://a.example", false},
        {"", "https://a.example", false},
    };
    char path[128];
    struct problem why;
    struct worker_token t;
    (void) state;
    snprintf(path, sizeof path, "%s/hub-token", kiosk.state);
    assert_false(worker_token_read(&t, kiosk.state, "https://a.example"));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        assert_true(file_write(path, rows[i].text, strlen(rows[i].text), &why));
        bool is_good = worker_token_read(&t, kiosk.state, rows[i].hub);
        if (is_good != rows[i].is_good)
            fail_msg("row %zu", i);
        assert_string_equal(t.token, is_good ? TOKEN : "");
    }
    struct worker_token kept = {
        .token = TOKEN, .school = "hillcrest", .machine = {UINT64_MAX, 7}};
    assert_true(worker_token_keep(&kept, kiosk.state, "https://a.example",
                                  &why)); // over one that all could read
    assert_true(has_token(&kiosk));
    assert_true(worker_token_read(&t, kiosk.state, "https://a.example"));
    assert_string_equal(t.school, "hillcrest");
    assert_true(t.machine.board == UINT64_MAX && t.machine.disk == 7);
    worker_token_remove(&t, kiosk.state);
    assert_false(has_token(&kiosk));
}

static void
answers_are_read_strictly(void **state)
{
    static const struct {
        const char *json;
        bool is_token, is_code;
    } rows[] = {
        {"{\"token\":\"" TOKEN "\",\"school\":\"a\"}", true, false},
        {"{\"token\":\"" TOKEN "\"}", true, false},
        {"{\"token\":\"" TOKEN "A\"}", false, false},
        {"{\"token\":\"\\n\"}", false, false},
        {"{\"code\":\"BCDFGHJK\",\"expires_s\":600}", false, true},
        {"{\"code\":\"BCDFGHJKL\",\"expires_s\":600}", false, false},
        {"{\"code\":\"../../ab\",\"expires_s\":600}", false, false},
        {"{\"code\":\"BCDFGHJA\",\"expires_s\":600}", false, false},
        {"{\"code\":\"BCDFGHJK\",\"expires_s\":0}", false, false},
        {"{\"code\":\"BCDFGHJK\"}", false, false},
        {"{}", false, false},
        {"[", false, false},
        {"<html>", false, false},
    };
    char one[WORKER_TOKEN_BYTES], other[WORKER_TOKEN_BYTES];
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct text json = {0};
        struct worker_token t;
        char code[WORKER_CODE_BYTES];
        int lasts_s;
        text_add_string(&json, rows[i].json);
        if (worker_token_from_json(&t, &json) != rows[i].is_token ||
            worker_token_code_from_json(code, &lasts_s, &json) !=
                rows[i].is_code)
            fail_msg("%s", rows[i].json);
        text_destroy(&json);
    }
    assert_true(worker_token_new_secret(one) && worker_token_new_secret(other));
    assert_int_equal(strlen(one), WORKER_TOKEN_BYTES - 1);
    assert_string_not_equal(one, other);
}

#define WITH_HUB(test)                                                         \
    cmocka_unit_test_setup_teardown(test, make_all, remove_all)

/* A screen that has all it wrote at the hub, and hears nothing new there. */
static void
nothing_is_written_while_nothing_changes(void **state)
{
    struct kiosk *k = &kiosk;
    (void) state;
    start_paired(k);
    wait_until(k, k->status.state == FEED_FRESH);
    post(k, POST_1, "Tea!");
    do_to(k, REQUEST_THANK, POST_1, 1);
    wait_until(k, count_said(&hub, "/v1/postits/" POST_1) > 0 &&
                      count_said(&hub, "/v1/reactions/") > 0);
    // Once more, so that what the hub said to all of that is noted.
    int before = count_said(&hub, "GET /v1/feed.json");
    wait_until(k, count_said(&hub, "GET /v1/feed.json") > before + 1);
    struct wear state_was = wear_of(k->state), cache_was = wear_of(k->cache);
    wait_until(k, count_said(&hub, "GET /v1/feed.json") > before + 4);
    struct wear state_is = wear_of(k->state), cache_is = wear_of(k->cache);
    assert_true(wear_is_same(&state_was, &state_is));
    assert_true(wear_is_same(&cache_was, &cache_is));
    stop(k);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_HUB(a_screen_is_added_by_its_letters),
        WITH_HUB(a_screen_keeps_its_secret_until_it_is_added),
        WITH_HUB(the_hub_says_where_phones_write),
        cmocka_unit_test(what_is_no_page_of_the_hub_is_none),
        WITH_HUB(an_old_page_is_not_shown),
        WITH_HUB(a_screen_taken_off_asks_to_be_added_again),
        WITH_HUB(a_revoked_screen_keeps_nothing_of_the_hub),
        WITH_HUB(a_late_answer_puts_nothing_up),
        cmocka_unit_test(what_says_that_a_screen_is_revoked),
        WITH_HUB(a_refusal_that_is_not_about_the_token_keeps_it),
        WITH_HUB(a_copied_card_is_a_screen_of_its_own),
        WITH_HUB(a_token_goes_to_no_other_address),
        WITH_HUB(an_answer_lost_after_the_work_makes_no_second_post_it),
        WITH_HUB(without_a_network_all_is_kept_in_its_order),
        WITH_HUB(what_was_taken_back_never_comes_up_there),
        WITH_HUB(what_the_hub_will_not_have_is_not_tried_for_ever),
        WITH_HUB(what_a_coordinator_takes_down_goes_here_as_well),
        WITH_HUB(a_hub_that_lost_a_post_it_gets_it_again),
        WITH_HUB(a_touch_counts_once_wherever_it_is),
        WITH_HUB(a_touch_the_hub_cannot_read_holds_nothing_up),
        WITH_HUB(nothing_is_written_while_nothing_changes),
        WITH_HUB(only_a_token_of_this_hub_is_read),
        WITH_HUB(answers_are_read_strictly),
    };
    cmocka_set_test_filter(getenv("STAFFROOM_ONLY")); // NULL: all of them
    wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
