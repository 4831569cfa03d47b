#include "hub/server_part.h"

int
wait_left_ms(const struct exchange *e)
{
    const struct server *s = e->server;
    if (s->is_ending)
        return 0;
    if (!e->has_waited)
        return s->waiting_count < SERVER_WAITING_MOST ? SERVER_WAIT_MOST_MS : 0;
    // Its place was its own until it was woken, and somebody may have it now.
    int64_t left = e->wait_until_ms - s->now_ms;
    return left > 0 && s->waiting_count < SERVER_WAITING_MOST ? (int) left : 0;
}

void
wait_begin(struct exchange *e, int wait_ms)
{
    struct server *s = e->server;
    int left = wait_left_ms(e);
    if (!e->has_waited)
        e->wait_until_ms = s->now_ms + (wait_ms < left ? wait_ms : left);
    e->has_waited = true;
    // It was sent in time, and what it waits for now is ours.
    line_renew(line_of(e->connection));
    s->waiting[s->waiting_count++] = e;
    MHD_suspend_connection(e->connection);
}

static void
wake(struct server *s, int place)
{
    struct exchange *e = s->waiting[place];
    s->waiting[place] = s->waiting[--s->waiting_count];
    line_renew(line_of(e->connection));
    MHD_resume_connection(e->connection);
}

void
wait_wake_all(struct server *s)
{
    while (s->waiting_count)
        wake(s, s->waiting_count - 1);
}

/* libmicrohttpd does not look at a suspended connection. A caller who shuts
   one half of it is taken for gone, as proxies do. */
int
wait_poll(const struct server *s, struct pollfd on[SERVER_WAITING_MOST])
{
    for (int i = 0; i < s->waiting_count; i++) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(
            s->waiting[i]->connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        on[i] = (struct pollfd){.fd = info->connect_fd, .events = POLLRDHUP};
    }
    return s->waiting_count;
}

void
wait_look(struct server *s, const struct pollfd *on)
{
    // From the last: who is woken gives its place to one already looked at.
    for (int i = s->waiting_count - 1; i >= 0; i--) {
        struct exchange *e = s->waiting[i];
        e->is_left = on[i].revents != 0;
        if (e->is_left || s->now_ms >= e->wait_until_ms)
            wake(s, i);
    }
}

int64_t
wait_due_ms(const struct server *s)
{
    int64_t due = INT64_MAX;
    for (int i = 0; i < s->waiting_count; i++)
        if (s->waiting[i]->wait_until_ms < due)
            due = s->waiting[i]->wait_until_ms;
    return due;
}
