#ifndef HUB_SERVER_PART_H
#define HUB_SERVER_PART_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "hub/server.h"

/*
 * What server.c (connections, the loop), server_exchange.c (one request and its
 * answer) and server_wait.c (requests that are answered later) share. Only
 * server*.c include it.
 */

/* One connection. They hang in a ring, the one that has waited longest first:
   since it came, or since its last request was done with. */
struct line {
    struct line *before, *after;
    struct server *server;
    struct MHD_Connection *connection;
    int64_t since_ms;
    char peer[INET6_ADDRSTRLEN]; // "" at a UNIX socket
};

/* One request. */
struct exchange {
    struct server *server;
    struct MHD_Connection *connection;
    struct arena arena;
    char *target;          // owned, as sent
    const char *target_at; // where libmicrohttpd has it
    struct text body;
    bool is_begun, is_too_long;
    bool has_waited;
    bool is_left;          // its caller went away while it waited
    int64_t wait_until_ms; // when it has
};

struct server {
    struct server_settings settings;
    struct MHD_Daemon *daemon;
    int listener; // -1 once the daemon has it
    int signals;  // signalfd
    struct line lines; // the ring's anchor
    int line_count;
    int exchange_count; // requests that are read or answered right now
    struct exchange *waiting[SERVER_WAITING_MOST]; // suspended ones
    int waiting_count;
    bool is_ending; // nobody waits any more
    int64_t now_ms;     // read once a turn
    struct arena spare; // the last request's, for the next
    char address[256];
};

struct line *line_of(struct MHD_Connection *c);
void line_renew(struct line *l); // it begins to wait anew

/* libmicrohttpd's callbacks; `data` is the server. */
void *exchange_begin(void *data, const char *target, struct MHD_Connection *c);
enum MHD_Result exchange_go_on(void *data, struct MHD_Connection *c,
                               const char *url, const char *method,
                               const char *version, const char *upload,
                               size_t *upload_len, void **own);
void exchange_end(void *data, struct MHD_Connection *c, void **own,
                  enum MHD_RequestTerminationCode how);

/* Whether this one may be told to wait, and for how long yet. */
int wait_left_ms(const struct exchange *e);
void wait_begin(struct exchange *e, int wait_ms);
/* They are asked again, in the next run. */
void wait_wake_all(struct server *s);

/* Their part of the loop's poll: fills `on` and returns how many; afterwards
   those are woken whose time is over or whose caller has gone. */
int wait_poll(const struct server *s, struct pollfd on[SERVER_WAITING_MOST]);
void wait_look(struct server *s, const struct pollfd *on);
int64_t wait_due_ms(const struct server *s); // INT64_MAX: nobody waits

#endif
