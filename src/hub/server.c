#include "hub/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "base/memory.h"
#include "hub/listen.h"
#include "hub/server_part.h"

#define LINES_MOST 1200u
#define LINES_CROWD 1000        // from here on the longest waiting has to go
#define LINES_ONE_PEER_MOST 300 // of another machine
#define FILES_BESIDE 64         // the store, the journal, signals …
#define SILENCE_MOST_S 15u
#define REQUEST_MOST_MS 60000
#define HEAD_MOST_BYTES ((size_t) 16 * 1024)
#define GOODBYE_MS 2000

/* How the library is told to be strict, where it can be; server_exchange.c
   makes up for the versions before. */
#if MHD_VERSION >= 0x01000000
#define STRICTNESS MHD_OPTION_CLIENT_DISCIPLINE_LVL, 1
#else
#define STRICTNESS MHD_OPTION_STRICT_FOR_CLIENT, 0
#endif

/* ---- connections ---- */

static void
line_unhang(struct line *l)
{
    l->before->after = l->after;
    l->after->before = l->before;
}

static void
line_hang(struct line *l)
{
    struct line *anchor = &l->server->lines;
    l->before = anchor->before;
    l->after = anchor;
    l->before->after = l->after->before = l;
    l->since_ms = l->server->now_ms;
}

void
line_renew(struct line *l)
{
    line_unhang(l);
    line_hang(l);
}

struct line *
line_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info->socket_context;
}

/* libmicrohttpd cannot be told to drop one, but notices when its socket is at
   an end. */
static void
line_cut(struct line *l)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        l->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    (void) shutdown(info->connect_fd, SHUT_RDWR);
    line_renew(l);
}

static void
name_peer(const struct sockaddr *who, char *out, socklen_t size)
{
    out[0] = '\0';
    if (who && who->sa_family == AF_INET)
        inet_ntop(AF_INET, &((const struct sockaddr_in *) who)->sin_addr, out,
                  size);
    if (who && who->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &((const struct sockaddr_in6 *) who)->sin6_addr,
                  out, size);
}

static void
line_changed(void *data, struct MHD_Connection *c, void **own,
             enum MHD_ConnectionNotificationCode what)
{
    struct server *s = data;
    struct line *l = *own;
    if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
        line_unhang(l);
        free(l);
        s->line_count--;
        return;
    }
    if (s->line_count >= LINES_CROWD)
        line_cut(s->lines.after);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    l = memory_take_zeroed(sizeof *l);
    l->server = s;
    l->connection = c;
    name_peer(info ? info->client_addr : NULL, l->peer, sizeof l->peer);
    line_hang(l);
    s->line_count++;
    *own = l;
}

/* No other machine may have them all. Ours may: the proxy is there. */
static enum MHD_Result
may_come_in(void *data, const struct sockaddr *who, socklen_t len)
{
    (void) len;
    const struct server *s = data;
    char peer[INET6_ADDRSTRLEN];
    name_peer(who, peer, sizeof peer);
    if (!*peer || strncmp(peer, "127.", 4) == 0 || strcmp(peer, "::1") == 0)
        return MHD_YES;
    int same = 0;
    for (const struct line *l = s->lines.after; l != &s->lines; l = l->after)
        same += strcmp(l->peer, peer) == 0;
    return same < LINES_ONE_PEER_MOST ? MHD_YES : MHD_NO;
}

static void
cut_late_lines(struct server *s)
{
    struct line *first = s->lines.after;
    while (first != &s->lines &&
           s->now_ms - first->since_ms >= REQUEST_MOST_MS) {
        line_cut(first);
        first = s->lines.after;
    }
}

/* ---- opening and closing ---- */

static bool
take_signals(struct server *s, struct problem *why)
{
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    signal(SIGHUP, SIG_IGN);
    signal(SIGPIPE, SIG_IGN);
    sigprocmask(SIG_BLOCK, &ends, NULL);
    s->signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
    if (s->signals < 0)
        problem_set(why, 0, 0, "signals cannot be read: %s", strerror(errno));
    return s->signals >= 0;
}

/* As many connections as we may have open files, and no more than we want. */
static unsigned
count_lines(void)
{
    const rlim_t want = LINES_MOST + FILES_BESIDE;
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return LINES_MOST / 4;
    if (files.rlim_cur < want) {
        files.rlim_cur = files.rlim_max < want ? files.rlim_max : want;
        (void) setrlimit(RLIMIT_NOFILE, &files);
        (void) getrlimit(RLIMIT_NOFILE, &files);
    }
    if (files.rlim_cur >= want)
        return LINES_MOST;
    return files.rlim_cur > 2 * FILES_BESIDE
               ? (unsigned) files.rlim_cur - FILES_BESIDE
               : FILES_BESIDE;
}

static bool
start_daemon(struct server *s, struct problem *why)
{
    s->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, may_come_in, s,
        exchange_go_on, s, MHD_OPTION_LISTEN_SOCKET, s->listener,
        MHD_OPTION_CONNECTION_LIMIT, count_lines(),
        MHD_OPTION_CONNECTION_TIMEOUT, SILENCE_MOST_S, STRICTNESS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, HEAD_MOST_BYTES,
        MHD_OPTION_URI_LOG_CALLBACK, exchange_begin, s,
        MHD_OPTION_NOTIFY_COMPLETED, exchange_end, s,
        MHD_OPTION_NOTIFY_CONNECTION, line_changed, s, MHD_OPTION_END);
    if (!s->daemon)
        problem_set(why, 0, 0, "the web server cannot start: %s",
                    strerror(errno));
    else
        s->listener = -1;
    return s->daemon != NULL;
}

static bool
start_listening(struct server *s, struct problem *why)
{
    const struct server_settings *is = &s->settings;
    if (is->socket) {
        s->listener = listen_at_path(is->socket, why);
        size_t len = strnlen(is->socket, sizeof s->address - 1);
        memcpy(s->address, is->socket, len);
    } else {
        s->listener = listen_at_address(is->listen, is->is_behind_proxy,
                                        s->address, sizeof s->address, why);
    }
    return s->listener >= 0;
}

struct server *
server_open(const struct server_settings *settings, struct problem *why)
{
    struct server *s = memory_take_zeroed(sizeof *s);
    s->settings = *settings;
    s->listener = s->signals = -1;
    s->lines.before = s->lines.after = &s->lines;
    s->now_ms = clock_mono_ms();
    if (start_listening(s, why) && take_signals(s, why) && start_daemon(s, why))
        return s;
    server_close(s);
    return NULL;
}

const char *
server_address(const struct server *s)
{
    return s->address;
}

void
server_close(struct server *s)
{
    if (!s)
        return;
    bool was_listening = s->daemon || s->listener >= 0;
    s->is_ending = true;
    wait_wake_all(s); // the library cannot stop while it has suspended ones
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    if (s->listener >= 0)
        close(s->listener);
    if (was_listening && s->settings.socket)
        (void) unlink(s->settings.socket);
    if (s->signals >= 0)
        close(s->signals);
    arena_destroy(&s->spare);
    free(s);
}

/* ---- the loop ---- */

static int
wait_ms(const struct server *s, int64_t due_ms)
{
    int64_t wait = due_ms - s->now_ms, waited = wait_due_ms(s);
    unsigned long long theirs;
    if (MHD_get_timeout(s->daemon, &theirs) == MHD_YES &&
        theirs < (unsigned long long) REQUEST_MOST_MS &&
        (int64_t) theirs < wait)
        wait = (int64_t) theirs;
    if (s->lines.after != &s->lines) {
        int64_t late = s->lines.after->since_ms + REQUEST_MOST_MS - s->now_ms;
        wait = late < wait ? late : wait;
    }
    if (waited != INT64_MAX && waited - s->now_ms < wait)
        wait = waited - s->now_ms;
    if (wait > REQUEST_MOST_MS)
        wait = REQUEST_MOST_MS;
    if (s->settings.notify)
        wait = notify_wait_ms(s->settings.notify, (int) wait);
    return wait > 0 ? (int) wait : 0;
}

enum {
    ON_REQUESTS,
    ON_SIGNALS,
    ON_BESIDE,
    ON_COUNT,
};

/* One turn, until `due_ms` at the latest. False when the system fails. */
static bool
turn(struct server *s, int64_t due_ms)
{
    const union MHD_DaemonInfo *info =
        MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
    struct pollfd on[ON_COUNT + SERVER_WAITING_MOST] = {
        [ON_REQUESTS] = {.fd = info->epoll_fd, .events = POLLIN},
        [ON_SIGNALS] = {.fd = s->signals, .events = POLLIN},
        [ON_BESIDE] = {.fd = s->settings.beside > 0 ? s->settings.beside : -1,
                       .events = POLLIN},
    };
    nfds_t count = ON_COUNT + (nfds_t) wait_poll(s, on + ON_COUNT);
    int ready = poll(on, count, wait_ms(s, due_ms));
    if (ready < 0 && errno != EINTR) {
        log_error("waiting for requests failed: %s", strerror(errno));
        return false;
    }
    s->now_ms = clock_mono_ms();
    if (ready >= 0)
        wait_look(s, on + ON_COUNT);
    if (ready > 0 && on[ON_BESIDE].revents &&
        s->settings.turn(s->settings.data))
        wait_wake_all(s);
    if (MHD_run(s->daemon) != MHD_YES) {
        log_error("the web server stopped");
        return false;
    }
    cut_late_lines(s);
    if (s->settings.notify)
        notify_alive(s->settings.notify, s->now_ms);
    return true;
}

static bool
is_told_to_end(const struct server *s)
{
    struct signalfd_siginfo which;
    return read(s->signals, &which, sizeof which) == (ssize_t) sizeof which;
}

/* What is being answered may come to its end; nobody new comes in. */
static bool
say_goodbye(struct server *s)
{
    int listener = MHD_quiesce_daemon(s->daemon);
    if (listener >= 0)
        close(listener);
    int64_t until = clock_mono_ms() + GOODBYE_MS;
    bool is_good = true;
    s->is_ending = true;
    wait_wake_all(s);
    while (is_good && s->exchange_count > 0 && s->now_ms < until)
        is_good = turn(s, until);
    return is_good;
}

bool
server_run(struct server *s)
{
    int64_t due_ms = s->now_ms;
    // The listener gets into libmicrohttpd's epoll set by a first run.
    bool is_good = MHD_run(s->daemon) == MHD_YES;
    while (is_good && !is_told_to_end(s)) {
        if (s->settings.tick && s->now_ms >= due_ms)
            due_ms = s->now_ms + s->settings.tick(s->settings.data);
        is_good = turn(s, due_ms);
    }
    return is_good && say_goodbye(s);
}
