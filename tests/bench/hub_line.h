#ifndef TESTS_BENCH_HUB_LINE_H
#define TESTS_BENCH_HUB_LINE_H

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * One connection to a hub: a request is handed in, an answer comes out, and
 * nothing blocks. Answers are counted, not kept. Just enough of HTTP for the
 * answers of a hub: a Content-Length, or none and no body.
 */

#define HUB_LINE_ETAG_BYTES 64

struct hub_line {
    int fd; // -1: not connected
    char out[2048];
    size_t out_len, out_sent;
    char in[16384]; // the head, then what is thrown away
    size_t in_len;
    bool has_head, is_last; // of this connection
    size_t body_left;
    int status;
    char etag[HUB_LINE_ETAG_BYTES];
};

enum hub_line_state { HUB_LINE_WAITS, HUB_LINE_DONE, HUB_LINE_BROKEN };

static inline void
hub_line_close(struct hub_line *l)
{
    if (l->fd >= 0)
        close(l->fd);
    l->fd = -1;
}

/* To 127.0.0.1. */
static inline bool
hub_line_open(struct hub_line *l, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((uint16_t) port),
                             .sin_addr = {htonl(INADDR_LOOPBACK)}};
    const int yes = 1;
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (l->fd < 0)
        return false;
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (connect(l->fd, (struct sockaddr *) &to, sizeof to) == 0 ||
        errno == EINPROGRESS)
        return true;
    hub_line_close(l);
    return false;
}

/* l->out is the request; nothing of its answer has come. */
static inline void
hub_line_begin(struct hub_line *l)
{
    l->out_sent = l->in_len = l->body_left = 0;
    l->has_head = l->is_last = false;
    l->status = 0;
    l->etag[0] = '\0';
}

/* The value of that header, in l->in; NULL when it is not there. */
static inline const char *
hub_line_header(const struct hub_line *l, const char *name)
{
    size_t len = strlen(name);
    const char *at = strstr(l->in, "\r\n");
    for (; at && at[2] != '\r'; at = strstr(at + 2, "\r\n"))
        if (strncasecmp(at + 2, name, len) == 0 && at[2 + len] == ':')
            return at + 2 + len + 1 + strspn(at + 2 + len + 1, " ");
    return NULL;
}

static inline enum hub_line_state
hub_line_read_head(struct hub_line *l)
{
    l->in[l->in_len] = '\0';
    char *end = strstr(l->in, "\r\n\r\n");
    if (!end)
        return l->in_len + 1 < sizeof l->in ? HUB_LINE_WAITS : HUB_LINE_BROKEN;
    size_t head_len = (size_t) (end + 4 - l->in), got = l->in_len - head_len;
    if (l->in_len < 12 || memcmp(l->in, "HTTP/1.1 ", 9) != 0)
        return HUB_LINE_BROKEN;
    l->status = (int) strtol(l->in + 9, NULL, 10);
    const char *length = hub_line_header(l, "Content-Length");
    const char *etag = hub_line_header(l, "ETag");
    const char *last = hub_line_header(l, "Connection");
    size_t body = length && l->status != 304 && l->status != 204
                      ? strtoul(length, NULL, 10)
                      : 0;
    if (etag)
        snprintf(l->etag, sizeof l->etag, "%.*s", (int) strcspn(etag, "\r"),
                 etag);
    l->is_last = last && strncasecmp(last, "close", 5) == 0;
    l->has_head = true;
    l->body_left = body > got ? body - got : 0;
    return HUB_LINE_WAITS;
}

/* When the socket is ready for anything. */
static inline enum hub_line_state
hub_line_go_on(struct hub_line *l)
{
    while (l->out_sent < l->out_len) {
        ssize_t n = send(l->fd, l->out + l->out_sent, l->out_len - l->out_sent,
                         MSG_NOSIGNAL);
        if (n < 0)
            return errno == EAGAIN ? HUB_LINE_WAITS : HUB_LINE_BROKEN;
        l->out_sent += (size_t) n;
    }
    for (;;) {
        size_t at = l->has_head ? 0 : l->in_len;
        ssize_t n = recv(l->fd, l->in + at, sizeof l->in - 1 - at, 0);
        if (n < 0)
            return errno == EAGAIN ? HUB_LINE_WAITS : HUB_LINE_BROKEN;
        if (n == 0)
            return HUB_LINE_BROKEN;
        if (l->has_head) {
            l->body_left -= (size_t) n < l->body_left ? (size_t) n
                                                      : l->body_left;
        } else {
            l->in_len += (size_t) n;
            if (hub_line_read_head(l) == HUB_LINE_BROKEN)
                return HUB_LINE_BROKEN;
        }
        if (l->has_head && l->body_left == 0)
            return HUB_LINE_DONE;
    }
}

#endif
