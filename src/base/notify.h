#ifndef BASE_NOTIFY_H
#define BASE_NOTIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/un.h>

/*
 * Telling systemd how we are (sd_notify(3), Type=notify): that we are ready,
 * what we wait for, and, for its watchdog, that the loop still turns. Without
 * systemd every call does nothing. One thread; it never waits and never fails.
 */

/* Zero is valid: nobody asked. */
struct notify {
    int fd; // 0: nobody asked
    struct sockaddr_un to;
    socklen_t to_len;
    int feed_every_ms; // 0: there is no watchdog
    int64_t fed_ms;    // monotonic
    char status[160];  // as it was last told
};

/* Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID. */
void notify_open(struct notify *n);
void notify_close(struct notify *n);

/* Whether somebody wants to know: then we are a service. */
bool notify_is_asked(const struct notify *n);

/* One plain sentence for `systemctl status`; what it was already is not told
   again. */
void notify_status(struct notify *n, const char *sentence);

void notify_ready(struct notify *n);
void notify_stopping(struct notify *n);

/* After each turn of the loop that went well: tells the watchdog when it is
   time to. */
void notify_alive(struct notify *n, int64_t now_mono_ms);

/* `wait_ms`, or what may be slept at most so that the watchdog is fed three
   times in its time. */
int notify_wait_ms(const struct notify *n, int wait_ms);

#endif
