#include "base/notify.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* A path, or "@name" for one without a file: its @ stands for a NUL, and the
   name is as long as it is. */
static bool
read_address(const char *text, struct notify *n)
{
    size_t len = text ? strlen(text) : 0;
    if (len < 2 || len >= sizeof n->to.sun_path || !strchr("/@", text[0]))
        return false;
    n->to.sun_family = AF_UNIX;
    memcpy(n->to.sun_path, text, len);
    if (text[0] == '@')
        n->to.sun_path[0] = '\0';
    n->to_len = (socklen_t) (offsetof(struct sockaddr_un, sun_path) + len);
    return true;
}

static bool
read_number(const char *variable, long long *out)
{
    const char *text = getenv(variable);
    char *end;
    if (!text || *text < '0' || *text > '9')
        return false;
    errno = 0;
    *out = strtoll(text, &end, 10);
    return errno == 0 && *end == '\0';
}

/* How often to feed it; 0 when there is none or it watches somebody else. */
static int
read_watchdog(void)
{
    long long usec, pid;
    if (!read_number("WATCHDOG_USEC", &usec) || usec <= 0)
        return 0;
    if (getenv("WATCHDOG_PID") &&
        (!read_number("WATCHDOG_PID", &pid) || pid != getpid()))
        return 0;
    long long every_ms = usec / 1000 / 3;
    if (every_ms > INT_MAX)
        return INT_MAX;
    return every_ms > 0 ? (int) every_ms : 1;
}

void
notify_open(struct notify *n)
{
    *n = (struct notify){0};
    if (!read_address(getenv("NOTIFY_SOCKET"), n))
        return;
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd <= 0) // without it the watchdog will end us: that is its business
        return;
    n->fd = fd;
    n->feed_every_ms = read_watchdog();
}

void
notify_close(struct notify *n)
{
    if (n->fd > 0)
        close(n->fd);
    *n = (struct notify){0};
}

bool
notify_is_asked(const struct notify *n)
{
    return n->fd > 0;
}

static bool
tell(const struct notify *n, const char *what)
{
    if (n->fd <= 0)
        return false;
    return sendto(n->fd, what, strlen(what), MSG_NOSIGNAL,
                  (const struct sockaddr *) &n->to, n->to_len) >= 0;
}

void
notify_status(struct notify *n, const char *sentence)
{
    char line[sizeof n->status];
    snprintf(line, sizeof line, "STATUS=%s", sentence);
    // A line break would begin another message to systemd.
    for (char *c = line; *c; c++)
        if ((unsigned char) *c < 0x20 || *c == 0x7f)
            *c = ' ';
    if (strcmp(line, n->status) == 0 || !tell(n, line))
        return;
    memcpy(n->status, line, sizeof line);
}

void
notify_ready(struct notify *n)
{
    tell(n, "READY=1");
}

void
notify_stopping(struct notify *n)
{
    tell(n, "STOPPING=1");
}

void
notify_alive(struct notify *n, int64_t now_mono_ms)
{
    if (n->feed_every_ms == 0 ||
        (n->fed_ms && now_mono_ms - n->fed_ms < n->feed_every_ms / 2))
        return;
    if (tell(n, "WATCHDOG=1"))
        n->fed_ms = now_mono_ms;
}

int
notify_wait_ms(const struct notify *n, int wait_ms)
{
    return n->feed_every_ms > 0 && wait_ms > n->feed_every_ms ? n->feed_every_ms
                                                              : wait_ms;
}
