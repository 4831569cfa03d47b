#ifndef KIOSK_REQUESTS_H
#define KIOSK_REQUESTS_H

#include <stdbool.h>

#include "io/kiosk_store.h"

/*
 * What the person at the screen asks of the store, on its way there: a short
 * queue that owns its strings. Whoever shares it between threads locks it.
 */

enum request_kind {
    REQUEST_ROOM,      // could a post-it be kept? before anybody types
    REQUEST_POST,      // keep `postit`
    REQUEST_TAKE_BACK, // of the last minute
    REQUEST_THANK,
    REQUEST_TRY,
    REQUEST_TURN_OVER,
};
#define REQUEST_KINDS (REQUEST_TURN_OVER + 1)

struct request {
    enum request_kind kind;
    struct postit postit; // POST
    const char *target;   // the others: id of a post-it or an idea; NULL: none
    int step;             // THANK, TRY: 1, or -1 to undo it; TURN_OVER: 1
                          // face-down, -1 face-up again
};

#define REQUESTS_MOST 16 // at one time: more than ten fingers can touch

struct requests {
    struct request list[REQUESTS_MOST]; // in the order they were asked
    int count;
};

/* Copies it. False when too many wait already. */
bool requests_push(struct requests *q, const struct request *r);

/* The oldest; the caller's to destroy. False when there is none. */
bool requests_pop(struct requests *q, struct request *out);

void request_destroy(struct request *r);
void requests_destroy(struct requests *q);

#endif
