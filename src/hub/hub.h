#ifndef HUB_HUB_H
#define HUB_HUB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/problem.h"
#include "hub/backup.h"
#include "hub/bucket.h"
#include "hub/calendars.h"
#include "hub/door_log.h"
#include "hub/feed.h"
#include "hub/hub_options.h"
#include "hub/http.h"
#include "hub/preview.h"
#include "hub/steady.h"
#include "hub/web_files.h"
#include "io/hub_store.h"

/*
 * The hub as its routes see it: one thread, one of it, by value in main. What
 * a part of the hub keeps between two requests is a field here.
 */

struct hub {
    struct hub_options options;
    struct clock clock;
    struct now now; // read once for each request, and for each tick
    int lock; // descriptor: this folder is ours; 0 none
    struct hub_store *store;
    struct web_files files;
    struct web_files photos; // the sample's
    struct hub_feed feed;
    struct bucket bucket;
    struct door_log door_log;
    int beside; // epoll descriptor of all that goes on beside requests; 0 none
    struct preview *preview; // owned; NULL: there is no kiosk program
    struct calendars *calendars; // owned
    struct backup backup;
    struct steady steady; // for what is deleted by the clock
    bool has_doubted;     // it; one line in the log for each time
    int64_t expire_at_ms, clock_kept_s;
    // Who asks, until the answer is made; number 0: nobody has signed in. Its
    // strings are in the request's arena.
    struct hub_person person;
    struct hub_session session;
};

/* Makes the data folder (0700), opens the store and reads the web files. */
bool hub_open(struct hub *h, const struct hub_options *o, struct problem *why);
void hub_close(struct hub *h); // also one that never opened

/* server.h's `answer` and `tick`; `data` is the hub. */
void hub_answer(void *data, const struct http_request *r,
                struct http_answer *a);
int64_t hub_tick(void *data);
/* server.h's `turn`: h->beside can be read. */
bool hub_turn(void *data);

#endif
