// links: src/hub/server.c src/hub/server_exchange.c src/hub/server_wait.c
// links: src/hub/listen.c
// links: src/hub/http.c src/base/*.c
// libs: -lmicrohttpd -lunistring -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "hub/server.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define KEPT_BYTES ((size_t) 3 * 1024 * 1024)

/*
 * A server with a handler of our own, in a process of its own at a UNIX
 * socket; e2e_hub_http.sh has the hub itself, and the callers with bad manners.
 */
struct stand {
    char folder[32], path[64];
    pid_t child;
};

struct told { // what the child's handler knows
    char *kept;
    int released, ticks;
    int beside; // an eventfd, written by asking for /done
    bool is_done;
    int asked; // how often for /wait
};

static void
answer_waiting(struct told *t, const struct http_request *r,
               struct http_answer *a)
{
    bool is_short = strcmp(r->query, "short") == 0;
    t->asked++;
    if (!t->is_done && r->may_wait) {
        a->wait_ms = is_short ? 20 : 20000;
        // What a handler had begun to write is thrown away.
        text_add_string(&a->body, "unfinished");
        return;
    }
    text_add_format(&a->body, "%s %d %s", t->is_done ? "done" : "not yet",
                    t->asked, r->body);
}

static void
answer_done(struct told *t)
{
    t->is_done = true;
    (void) !write(t->beside, &(uint64_t){1}, sizeof(uint64_t));
}

static bool
look_beside(void *data)
{
    struct told *t = data;
    uint64_t count;
    return read(t->beside, &count, sizeof count) == sizeof count;
}

static void
count_release(void *data)
{
    struct told *t = data;
    t->released++;
}

static void
answer(void *data, const struct http_request *r, struct http_answer *a)
{
    struct told *t = data;
    a->status = 200;
    a->type = "text/plain";
    if (strcmp(r->path, "/kept") == 0) {
        a->kept = t->kept;
        a->kept_len = KEPT_BYTES;
        a->release = count_release;
        a->release_data = t;
        return;
    }
    if (strcmp(r->path, "/counts") == 0) {
        text_add_format(&a->body, "released %d, ticks %s", t->released,
                        t->ticks ? "some" : "none");
        return;
    }
    if (strcmp(r->path, "/wait") == 0) {
        answer_waiting(t, r, a);
        return;
    }
    if (strcmp(r->path, "/done") == 0)
        answer_done(t);
    if (strcmp(r->path, "/room") == 0) {
        text_add_string(&a->body, r->may_wait ? "room" : "full");
        return;
    }
    text_add_format(&a->body, "%d|%s|%s|%s|%s|%s", (int) r->method, r->path,
                    r->query, r->peer, r->header(r, "x-said"), r->body);
}

static int64_t
tick(void *data)
{
    struct told *t = data;
    t->ticks++;
    return 3600 * 1000;
}

static void
serve(const char *path, bool is_behind_proxy)
{
    struct told told = {.kept = malloc(KEPT_BYTES),
                        .beside = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
    struct problem why = {0};
    struct server_settings settings = {.socket = path,
                                       .is_behind_proxy = is_behind_proxy,
                                       .answer = answer,
                                       .tick = tick,
                                       .beside = told.beside,
                                       .turn = look_beside,
                                       .data = &told};
    memset(told.kept, 'k', KEPT_BYTES);
    struct server *s = server_open(&settings, &why);
    bool is_good = s && server_run(s);
    server_close(s);
    free(told.kept);
    close(told.beside);
    _exit(is_good ? 0 : 1);
}

static int
start(struct stand *st, bool is_behind_proxy)
{
    memcpy(st->folder, "/tmp/test_server.XXXXXX", 24);
    if (!mkdtemp(st->folder))
        return -1;
    snprintf(st->path, sizeof st->path, "%s/s", st->folder);
    st->child = fork();
    if (st->child == 0)
        serve(st->path, is_behind_proxy);
    return st->child > 0 ? 0 : -1;
}

static int
set_up(void **state)
{
    static struct stand st;
    *state = &st;
    return start(&st, false);
}

static int
set_up_behind_proxy(void **state)
{
    static struct stand st;
    *state = &st;
    return start(&st, true);
}

static int
tear_down(void **state)
{
    struct stand *st = *state;
    int status = 0;
    kill(st->child, SIGTERM);
    waitpid(st->child, &status, 0);
    // server_close takes its socket with it: the folder is empty.
    return rmdir(st->folder) == 0 && status == 0 ? 0 : -1;
}

static int
dial(const struct stand *st)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    memcpy(at.sun_path, st->path, strlen(st->path));
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    for (int i = 0; i < 1000; i++) { // the child may still be starting
        if (connect(fd, (struct sockaddr *) &at, sizeof at) == 0)
            return fd;
        usleep(10 * 1000);
    }
    fail_msg("no server at %s", st->path);
    return -1;
}

/* All that comes back, until the other side closes. */
static struct text
ask(const struct stand *st, const char *request)
{
    struct text got = {0};
    int fd = dial(st);
    size_t len = strlen(request);
    assert_int_equal(send(fd, request, len, MSG_NOSIGNAL), (ssize_t) len);
    char piece[16384];
    for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0;)
        text_add(&got, piece, (size_t) n);
    close(fd);
    return got;
}

static void
assert_body(const struct stand *st, const char *request, const char *body)
{
    struct text got = ask(st, request);
    const char *end = strstr(text_string(&got), "\r\n\r\n");
    assert_non_null(end);
    assert_string_equal(end + 4, body);
    text_destroy(&got);
}

#define LAST "Host: h\r\nConnection: close\r\n\r\n"

static void
hands_over_what_was_asked(void **state)
{
    const struct stand *st = *state;
    assert_body(st, "GET /a%20b?c=%20d HTTP/1.1\r\nX-Said: hello\r\n" LAST,
                "0|/a b|c=%20d||hello|");
    assert_body(st, "PUT /x HTTP/1.1\r\nContent-Length: 5\r\n" LAST "a|b\nc",
                "2|/x||||a|b\nc");
    assert_body(st, "DELETE / HTTP/1.1\r\n" LAST, "3|/||||");
    assert_body(st, "PATCH / HTTP/1.1\r\n" LAST, "4|/||||");
    assert_body(st, "HEAD / HTTP/1.1\r\n" LAST, "");
}

static void
believes_nobody_about_addresses(void **state)
{
    assert_body(*state, "GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7\r\n" LAST,
                "0|/||||");
}

static void
believes_the_proxy_in_front(void **state)
{
    static const struct {
        const char *request, *body;
    } rows[] = {
        {"GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7\r\n" LAST,
         "0|/||192.0.2.7||"},
        // What stands before the last was the caller's own claim.
        {"GET / HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1, 192.0.2.7 \r\n" LAST,
         "0|/||192.0.2.7||"},
        {"GET / HTTP/1.1\r\nX-Forwarded-For: 10.0.0.1\r\n"
         "X-Forwarded-For: 2001:db8::1\r\n" LAST,
         "0|/||2001:db8::1||"},
        {"GET / HTTP/1.1\r\nX-Forwarded-For: <b>\r\n" LAST, "0|/||||"},
        {"GET / HTTP/1.1\r\nX-Forwarded-For: 192.0.2.7,\r\n" LAST, "0|/||||"},
        {"GET / HTTP/1.1\r\n" LAST, "0|/||||"},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_body(*state, rows[i].request, rows[i].body);
}

static void
lets_go_of_what_was_kept(void **state)
{
    const struct stand *st = *state;
    struct text got = ask(st, "GET /kept HTTP/1.1\r\n" LAST);
    assert_true(got.len > KEPT_BYTES);
    assert_int_equal(got.bytes[got.len - 1], 'k');
    text_destroy(&got);
    assert_body(st, "GET /counts HTTP/1.1\r\n" LAST, "released 1, ticks some");
    got = ask(st, "HEAD /kept HTTP/1.1\r\n" LAST);
    assert_non_null(strstr(text_string(&got), "\r\nContent-Length: 3145728"));
    assert_true(got.len < 1024);
    text_destroy(&got);
    assert_body(st, "GET /counts HTTP/1.1\r\n" LAST, "released 2, ticks some");
}

static void
lets_go_when_the_caller_does(void **state)
{
    const struct stand *st = *state;
    static const char request[] = "GET /kept HTTP/1.1\r\nHost: h\r\n\r\n";
    int fd = dial(st);
    char piece[100];
    assert_int_equal(send(fd, request, sizeof request - 1, MSG_NOSIGNAL),
                     sizeof request - 1);
    assert_true(recv(fd, piece, sizeof piece, 0) > 0);
    close(fd);
    // The hub notices when it next looks; nobody says how soon.
    for (int i = 0; i < 1000; i++) {
        struct text got = ask(st, "GET /counts HTTP/1.1\r\n" LAST);
        bool is_released = strstr(text_string(&got), "released 1") != NULL;
        text_destroy(&got);
        if (is_released)
            return;
        usleep(10 * 1000);
    }
    fail_msg("it was never released");
}

/* ---- answers that come later ---- */

static int
begin(const struct stand *st, const char *request)
{
    int fd = dial(st);
    size_t len = strlen(request);
    assert_int_equal(send(fd, request, len, MSG_NOSIGNAL), (ssize_t) len);
    return fd;
}

static void
assert_end(int fd, const char *body)
{
    struct text got = {0};
    char piece[4096];
    for (ssize_t n; (n = recv(fd, piece, sizeof piece, 0)) > 0;)
        text_add(&got, piece, (size_t) n);
    close(fd);
    const char *end = strstr(text_string(&got), "\r\n\r\n");
    if (!end)
        fail_msg("no answer, only \"%s\"", text_string(&got));
    assert_string_equal(end + 4, body);
    text_destroy(&got);
}

#define WAIT "GET /wait HTTP/1.1\r\n" LAST
#define ROOM "GET /room HTTP/1.1\r\n" LAST

static void
answers_later(void **state)
{
    const struct stand *st = *state;
    int fd =
        begin(st, "POST /wait HTTP/1.1\r\nContent-Length: 5\r\n" LAST "a|b\nc");
    assert_body(st, "GET / HTTP/1.1\r\n" LAST, "0|/||||");
    assert_body(st, "GET /done HTTP/1.1\r\n" LAST, "0|/done||||");
    assert_end(fd, "done 2 a|b\nc");
}

static void
waits_no_longer_than_was_said(void **state)
{
    assert_body(*state, "GET /wait?short HTTP/1.1\r\n" LAST, "not yet 2 ");
}

static void
lets_so_many_wait(void **state)
{
    const struct stand *st = *state;
    int fds[SERVER_WAITING_MOST];
    for (size_t i = 0; i < COUNT(fds); i++) {
        assert_body(st, ROOM, "room");
        fds[i] = begin(st, WAIT);
    }
    assert_body(st, ROOM, "full");
    assert_body(st, WAIT, "not yet 33 ");
    for (size_t i = 0; i < COUNT(fds); i += 2)
        close(fds[i]);
    // The hub notices when it next looks; who has gone is not asked for again.
    for (size_t i = 0; i < 1000; i++) {
        struct text got = ask(st, ROOM);
        bool has_room = strstr(text_string(&got), "room") != NULL;
        text_destroy(&got);
        if (has_room)
            break;
        usleep(10 * 1000);
    }
    assert_body(st, ROOM, "room");
    struct text got = ask(st, "GET /done HTTP/1.1\r\n" LAST);
    text_destroy(&got);
    for (size_t i = 1; i < COUNT(fds); i += 2) {
        char first[16] = "";
        assert_true(recv(fds[i], first, sizeof first - 1, 0) > 0);
        assert_string_equal(first, "HTTP/1.1 200 OK");
        close(fds[i]);
    }
    assert_body(st, WAIT, "done 50 "); // 33, the 16 that stayed, this one
}

static void
ends_while_somebody_waits(void **state)
{
    const struct stand *st = *state;
    int fd = begin(st, WAIT);
    assert_body(st, ROOM, "room"); // it was read: they come in their order
    kill(st->child, SIGTERM);
    assert_end(fd, "not yet 2 ");
}

int
main(void)
{
#define SERVED(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        SERVED(hands_over_what_was_asked),
        SERVED(believes_nobody_about_addresses),
        cmocka_unit_test_setup_teardown(believes_the_proxy_in_front,
                                        set_up_behind_proxy, tear_down),
        SERVED(lets_go_of_what_was_kept),
        SERVED(lets_go_when_the_caller_does),
        SERVED(answers_later),
        SERVED(waits_no_longer_than_was_said),
        SERVED(lets_so_many_wait),
        SERVED(ends_while_somebody_waits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
