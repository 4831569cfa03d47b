#ifndef HUB_SERVER_H
#define HUB_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/notify.h"
#include "base/problem.h"
#include "hub/http.h"

/*
 * The web server: libmicrohttpd behind our own poll, one request at a time.
 *
 * It reads a request whole (64 KiB of body, 16 KiB of head), refuses what two
 * programs might read differently, and asks `answer`. A caller has a minute
 * for one request and 15 s between two bytes; when more than a thousand wait,
 * the one that has waited longest has to go, so that slow ones never lock out
 * the others. SIGTERM and SIGINT end it; SIGHUP and SIGPIPE are ignored.
 */

#define SERVER_BODY_MOST ((size_t) 64 * 1024)
#define SERVER_WAITING_MOST 32      // requests that were told to wait
#define SERVER_WAIT_MOST_MS 30000   // and how long, altogether

struct server_settings {
    const char *listen; // "127.0.0.1:8080", "[::1]:8080"; port 0: any free one
    const char *socket; // instead of it: path of a UNIX socket, made 0660
    bool is_behind_proxy; // believe X-Forwarded-For; may listen to a network
    void (*answer)(void *data, const struct http_request *r,
                   struct http_answer *a);
    // Housekeeping; returns after how many ms it wants to be called again.
    int64_t (*tick)(void *data);
    // What goes on beside the requests: a descriptor (0: none), and what is
    // done whenever it can be read. True when requests that wait (http.h,
    // wait_ms) may have their answer now.
    int beside;
    bool (*turn)(void *data);
    void *data;
    struct notify *notify; // fed by each turn of the loop; NULL: nobody asked
};

struct server;

/* Listens when it returns. Strings of `settings` are borrowed. */
struct server *server_open(const struct server_settings *settings,
                           struct problem *why);

/* Where: "http://127.0.0.1:8080" or the path of the socket. */
const char *server_address(const struct server *s);

/* Until a signal ends it; answers that are under way get two seconds. False
   when the system let us down; it is in the log. */
bool server_run(struct server *s);

void server_close(struct server *s); // NULL is fine

#endif
