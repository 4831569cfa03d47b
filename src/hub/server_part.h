#ifndef HUB_SERVER_PART_H
#define HUB_SERVER_PART_H

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>

#include "hub/server.h"

/*
 * What server.c (connections, the loop) and server_exchange.c (one request and
 * its answer) share. Only server*.c include it.
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

struct server {
    struct server_settings settings;
    struct MHD_Daemon *daemon;
    int listener; // -1 once the daemon has it
    int signals;  // signalfd
    struct line lines; // the ring's anchor
    int line_count;
    int exchange_count; // requests that are read or answered right now
    int64_t now_ms;     // read once a turn
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

#endif
