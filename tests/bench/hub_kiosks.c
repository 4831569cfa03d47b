// links: src/hub/secret.c src/base/*.c
// libs: -lsodium -lunistring
/*
 * hub_kiosks PORT KIOSKS LINES SECONDS POSTS FILE [day]
 *
 * Plays the kiosks that hub_fill has paired, over LINES connections, as a
 * proxy's (0: a fresh one for each request), and keeps the ids that the hub has
 * acknowledged in FILE.
 *
 * Without "day" the lines post one post-it after another, as fast as the hub
 * takes them: for SECONDS, or (0) until all POSTS are acknowledged, through
 * whatever the hub suffers meanwhile. With it, every kiosk asks for the feed
 * once a minute with the tag it has, says how it is every ten, and POSTS are
 * written at break time, half of them in the first fifth of the time. A
 * request is late from the moment it was due, also when no line was free.
 *
 * A kiosk asks again until it hears 2xx, 409 or 410, as real ones do.
 */
#include <inttypes.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/epoll.h>
#include <sys/resource.h>

#include "hub/secret.h"
#include "tests/bench/hub_kiosk.h"
#include "tests/bench/hub_line.h"
#include "tests/bench/stopwatch.h"

#define MINUTE_MS 60000.0
#define AGAIN_MS 1000.0 // after a refusal; a kiosk waits longer
#define CONNECT_AGAIN_MS 20.0
#define FRESH_MOST 900      // fresh connections at a time
#define PATIENCE_MS 60000.0 // for the last answers

enum kind { POLL, STATUS, POST, KIND_COUNT };

struct errand {
    enum kind kind;
    int kiosk, number; // of the post-it
    double due_ms;     // since the beginning: when it should have been asked
    double not_before_ms;
};

struct kiosk {
    char etag[HUB_LINE_ETAG_BYTES];
};

struct work { // what was measured of one kind
    double *late_ms;
    int count, room;
};

struct play {
    int port, kiosk_count, post_count, epoll;
    bool is_day, is_fresh;
    double began_ms, seconds_ms;
    uint32_t run; // in the ids, so that no two runs share any
    struct kiosk *kiosks;
    double *poll_ms; // of each kiosk, in its minute; sorted
    double *post_ms; // sorted
    int64_t next_poll;
    int next_post;
    struct line_in_use {
        struct hub_line line;
        struct errand errand;
        bool is_busy, is_watched;
    } * lines;
    int line_count, busy;
    struct errand *queue; // a ring
    size_t first, queued, queue_room;
    struct work work[KIND_COUNT];
    int statuses[600];
    int broken; // connections
    FILE *acknowledged;
    int acknowledged_count;
};

static volatile sig_atomic_t is_told_to_end;

static void
end(int signal)
{
    (void) signal;
    is_told_to_end = 1;
}

static void
stop(const char *what)
{
    fprintf(stderr, "hub_kiosks: %s\n", what);
    exit(1);
}

static void *
room_for(size_t count, size_t size)
{
    void *bytes = calloc(count ? count : 1, size);
    if (!bytes)
        stop("no memory");
    return bytes;
}

static double
now_ms(const struct play *p)
{
    return stopwatch_ms() - p->began_ms;
}

/* ---- when who does what -------------------------------------------------- */

static double
dice(void)
{
    return (double) random() / ((double) RAND_MAX + 1);
}

static void
plan(struct play *p)
{
    p->poll_ms = room_for((size_t) p->kiosk_count, sizeof(double));
    p->post_ms = room_for((size_t) p->post_count, sizeof(double));
    for (int i = 0; i < p->kiosk_count; i++)
        p->poll_ms[i] = dice() * MINUTE_MS;
    for (int i = 0; i < p->post_count; i++)
        p->post_ms[i] = dice() * p->seconds_ms * (i % 2 ? 1.0 : 0.2);
    qsort(p->poll_ms, (size_t) p->kiosk_count, sizeof(double),
          stopwatch_compare);
    qsort(p->post_ms, (size_t) p->post_count, sizeof(double),
          stopwatch_compare);
}

static void
push(struct play *p, struct errand e)
{
    if (p->queued == p->queue_room) {
        size_t room = p->queue_room ? p->queue_room * 2 : 1024;
        struct errand *queue = room_for(room, sizeof *queue);
        for (size_t i = 0; i < p->queued; i++)
            queue[i] = p->queue[(p->first + i) % p->queue_room];
        free(p->queue);
        p->queue = queue;
        p->first = 0;
        p->queue_room = room;
    }
    p->queue[(p->first + p->queued++) % p->queue_room] = e;
}

/* The moment of the `n`th poll of all kiosks. */
static double
poll_at(const struct play *p, int64_t n)
{
    return p->poll_ms[n % p->kiosk_count] +
           (double) (n / p->kiosk_count) * MINUTE_MS;
}

static void
push_what_is_due(struct play *p)
{
    double now = now_ms(p);
    double until = now < p->seconds_ms ? now : p->seconds_ms;
    for (; poll_at(p, p->next_poll) <= until; p->next_poll++) {
        double at = poll_at(p, p->next_poll);
        int kiosk = (int) (p->next_poll % p->kiosk_count);
        push(p, (struct errand){.kind = POLL, .kiosk = kiosk, .due_ms = at});
        if ((p->next_poll + p->next_poll / p->kiosk_count) % 10 == 0)
            push(p,
                 (struct errand){.kind = STATUS, .kiosk = kiosk, .due_ms = at});
    }
    for (; p->next_post < p->post_count && p->post_ms[p->next_post] <= until;
         p->next_post++)
        push(p, (struct errand){.kind = POST,
                                .kiosk = (int) (random() % p->kiosk_count),
                                .number = p->next_post,
                                .due_ms = p->post_ms[p->next_post]});
}

/* Without a day: always one more, while there is any or time is left. */
static bool
push_another(struct play *p)
{
    bool is_over = p->seconds_ms > 0 ? now_ms(p) >= p->seconds_ms
                                     : p->next_post >= p->post_count;
    if (is_over || is_told_to_end)
        return false;
    push(p, (struct errand){.kind = POST,
                            .kiosk = p->next_post % p->kiosk_count,
                            .number = p->next_post,
                            .due_ms = now_ms(p)});
    p->next_post++;
    return true;
}

/* ---- what is said -------------------------------------------------------- */

static void
write_id(const struct play *p, int number, char id[37])
{
    snprintf(id, 37, "%08" PRIx32 "-0000-4000-8000-%012x", p->run,
             (unsigned) number);
}

static void
write_request(struct play *p, struct hub_line *l, const struct errand *e)
{
    static const char *const what[] = {
        [POLL] = "GET /v1/feed.json",
        [STATUS] = "PUT /v1/status",
        [POST] = "PUT /v1/postits/",
    };
    unsigned char token[SECRET_BYTES];
    char written[SECRET_TEXT_BYTES], body[512] = "", id[37] = "";
    const char *etag = p->kiosks[e->kiosk].etag;
    hub_kiosk_token(e->kiosk + 1, token);
    secret_write(token, written);
    if (e->kind == POST) {
        write_id(p, e->number, id);
        snprintf(body, sizeof body,
                 "{\"sort\":\"idea\",\"colour\":\"mint\",\"text\":\"Number %d, "
                 "it's <b>\\\"new\\\"</b>; DROP TABLE postit; -- %%27\","
                 "\"author\":\"O'Brien, Y%d\",\"answers\":\"\"}",
                 e->number, e->number % 7);
    } else if (e->kind == STATUS) {
        snprintf(body, sizeof body,
                 "{\"revision\":1,\"version\":\"0.1.0\",\"size\":"
                 "\"1920x1080\",\"unsent\":0,\"clock\":\"trusted\","
                 "\"disk_free_mb\":12000}");
    }
    bool has_etag = e->kind == POLL && *etag;
    int len = snprintf(
        l->out, sizeof l->out,
        "%s%s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAuthorization: Bearer %s\r\n"
        "User-Agent: staffroom/0.1.0\r\nAccept: */*\r\n%s%s%s%s",
        what[e->kind], id, p->port, written, has_etag ? "If-None-Match: " : "",
        has_etag ? etag : "", has_etag ? "\r\n" : "",
        p->is_fresh ? "Connection: close\r\n" : "");
    l->out_len = (size_t) len;
    if (e->kind == POLL)
        len = snprintf(l->out + l->out_len, sizeof l->out - l->out_len, "\r\n");
    else
        len = snprintf(l->out + l->out_len, sizeof l->out - l->out_len,
                       "Content-Type: application/json\r\n"
                       "Content-Length: %zu\r\n\r\n%s",
                       strlen(body), body);
    l->out_len += (size_t) len;
    hub_line_begin(l);
}

/* ---- what is heard ------------------------------------------------------- */

static void
note(struct work *w, double late_ms)
{
    if (w->count == w->room) {
        w->room = w->room ? w->room * 2 : 4096;
        w->late_ms = realloc(w->late_ms, (size_t) w->room * sizeof(double));
        if (!w->late_ms)
            stop("no memory");
    }
    w->late_ms[w->count++] = late_ms;
}

static void
again(struct play *p, struct errand e, double wait_ms)
{
    e.not_before_ms = now_ms(p) + wait_ms;
    push(p, e);
}

static void
settle(struct play *p, struct line_in_use *u)
{
    const struct errand *e = &u->errand;
    int status = u->line.status;
    p->statuses[status > 0 && status < 600 ? status : 0]++;
    bool is_done = (status >= 200 && status < 300) || status == 304 ||
                   status == 409 || status == 410;
    if (!is_done) {
        again(p, *e, AGAIN_MS);
        return;
    }
    note(&p->work[e->kind], now_ms(p) - e->due_ms);
    if (e->kind == POLL && status == 200)
        memcpy(p->kiosks[e->kiosk].etag, u->line.etag, HUB_LINE_ETAG_BYTES);
    if (e->kind == POST && status < 300) {
        char id[37];
        write_id(p, e->number, id);
        fprintf(p->acknowledged, "%s %d\n", id, e->number);
        fflush(p->acknowledged); // we may be killed as well
        p->acknowledged_count++;
    }
}

static void
drop(struct line_in_use *u)
{
    hub_line_close(&u->line);
    u->is_watched = false;
}

static void
free_line(struct play *p, struct line_in_use *u, bool keeps)
{
    if (!keeps)
        drop(u);
    u->is_busy = false;
    p->busy--;
}

static void
go_on(struct play *p, struct line_in_use *u)
{
    switch (hub_line_go_on(&u->line)) {
    case HUB_LINE_WAITS:
        return;
    case HUB_LINE_DONE:
        settle(p, u);
        free_line(p, u, !u->line.is_last && !p->is_fresh);
        return;
    case HUB_LINE_BROKEN:
        p->broken++;
        again(p, u->errand, CONNECT_AGAIN_MS);
        free_line(p, u, false);
        return;
    }
}

/* ---- the loop ------------------------------------------------------------ */

static bool
watch(struct play *p, struct line_in_use *u)
{
    struct epoll_event on = {
        .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = u};
    if (u->line.fd < 0 && !hub_line_open(&u->line, p->port))
        return false;
    if (!u->is_watched &&
        epoll_ctl(p->epoll, EPOLL_CTL_ADD, u->line.fd, &on) != 0)
        stop("epoll");
    u->is_watched = true;
    return true;
}

static bool
pull(struct play *p, struct errand *e)
{
    double now = now_ms(p);
    for (size_t i = 0, n = p->queued; i < n; i++) {
        *e = p->queue[p->first];
        p->first = (p->first + 1) % p->queue_room;
        p->queued--;
        if (e->not_before_ms <= now)
            return true;
        push(p, *e); // its turn comes
    }
    return false;
}

static void
start_lines(struct play *p)
{
    for (int i = 0; i < p->line_count && p->busy < p->line_count; i++) {
        struct line_in_use *u = &p->lines[i];
        if (u->is_busy)
            continue;
        if (p->queued == 0 && (p->is_day || !push_another(p)))
            return;
        if (!pull(p, &u->errand))
            return;
        write_request(p, &u->line, &u->errand);
        u->is_busy = true;
        p->busy++;
        if (watch(p, u)) {
            go_on(p, u);
        } else {
            p->broken++;
            again(p, u->errand, CONNECT_AGAIN_MS);
            free_line(p, u, false);
        }
    }
}

static void
play(struct play *p)
{
    struct epoll_event events[256];
    double patience_ms = p->seconds_ms + PATIENCE_MS;
    p->began_ms = stopwatch_ms();
    while (!is_told_to_end) {
        if (p->is_day)
            push_what_is_due(p);
        start_lines(p);
        bool is_over = p->seconds_ms > 0 ? now_ms(p) >= p->seconds_ms
                                         : p->next_post >= p->post_count;
        if (is_over && p->queued == 0 && p->busy == 0)
            return;
        if (p->seconds_ms > 0 && now_ms(p) > patience_ms)
            return;
        int n = epoll_wait(p->epoll, events, 256, 1);
        for (int i = 0; i < n; i++) {
            struct line_in_use *u = events[i].data.ptr;
            if (u->is_busy)
                go_on(p, u);
            else if (events[i].events & (EPOLLHUP | EPOLLRDHUP))
                drop(u); // the hub has gone
        }
    }
}

static void
print_work(const char *name, struct work *w)
{
    if (w->count == 0)
        return;
    double median = stopwatch_part(w->late_ms, (size_t) w->count, 0.5);
    double p99 = stopwatch_part(w->late_ms, (size_t) w->count, 0.99);
    printf("%s %d %.2f %.2f %.2f\n", name, w->count, median, p99,
           w->late_ms[w->count - 1]);
}

/* KIND COUNT MEDIAN P99 MOST, then what else there was. */
static void
print(struct play *p)
{
    static const char *const names[] = {"poll", "status", "post"};
    for (int i = 0; i < KIND_COUNT; i++)
        print_work(names[i], &p->work[i]);
    for (int i = 0; i < 600; i++)
        if (p->statuses[i])
            printf("answer %d %d\n", i, p->statuses[i]);
    printf("seconds %.3f\n", now_ms(p) / 1000);
    printf("acknowledged %d\n", p->acknowledged_count);
    printf("broken %d\n", p->broken);
    printf("unsettled %zu\n", p->queued + (size_t) p->busy);
}

int
main(int argc, char **argv)
{
    struct rlimit files = {2048, 2048};
    if (argc < 7 || !secret_start())
        stop("PORT KIOSKS LINES SECONDS POSTS FILE [day]");
    (void) setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGTERM, end);
    signal(SIGINT, end);
    int lines = (int) strtol(argv[3], NULL, 10);
    struct play p = {
        .port = (int) strtol(argv[1], NULL, 10),
        .kiosk_count = (int) strtol(argv[2], NULL, 10),
        .line_count = lines ? lines : FRESH_MOST,
        .is_fresh = lines == 0,
        .seconds_ms = 1000.0 * (double) strtol(argv[4], NULL, 10),
        .post_count = (int) strtol(argv[5], NULL, 10),
        .is_day = argc > 7,
        .acknowledged = fopen(argv[6], "a"),
        .epoll = epoll_create1(EPOLL_CLOEXEC),
    };
    if (!p.acknowledged || p.epoll < 0 || p.kiosk_count < 1)
        stop("it cannot begin");
    srandom((unsigned) getpid());
    secret_random((unsigned char *) &p.run, sizeof p.run);
    p.kiosks = room_for((size_t) p.kiosk_count, sizeof *p.kiosks);
    p.lines = room_for((size_t) p.line_count, sizeof *p.lines);
    for (int i = 0; i < p.line_count; i++)
        p.lines[i].line.fd = -1;
    if (p.is_day)
        plan(&p);
    play(&p);
    print(&p);
    return p.queued || p.busy ? 1 : 0;
}
