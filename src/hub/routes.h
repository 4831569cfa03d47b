#ifndef HUB_ROUTES_H
#define HUB_ROUTES_H

#include <stdbool.h>
#include <stddef.h>

#include "hub/http.h"
#include "io/hub_store.h"

/*
 * Which function answers which address, and who may ask. Knows no address
 * itself: hub_routes.c has the table.
 */

struct hub;

enum route_who {
    ROUTE_ANYONE,
    ROUTE_DEVICE,    // a kiosk with its token
    ROUTE_SIGNED_IN, // a coordinator or moderator
};

#define ROUTE_VALUES_MOST 4

struct route_match {
    // What stood for each {…} of the pattern, decoded, in order.
    const char *values[ROUTE_VALUES_MOST];
    struct hub_device device;   // ROUTE_DEVICE: set by the gate
    struct hub_person person;   // ROUTE_SIGNED_IN: likewise
    struct hub_session session;
};

typedef void route_answer(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);

/* Fills what `m` has for its kind of caller; or fills `a` (401, 303 to the
   page where one signs in) and returns false. */
typedef bool route_gate(struct hub *hub, const struct http_request *r,
                        struct route_match *m, struct http_answer *a);

/*
 * A pattern is a path of which a whole segment may be {name}: any text from 1
 * to 200 bytes without a slash, except that {uuid} is 36 characters of a
 * lower-case UUID, {number} 1 to 18 digits, and {target} may have slashes in
 * it, sent as %2F: ids of websites are addresses. The first row that fits
 * answers.
 */
struct route {
    enum http_method method;
    const char *pattern;
    route_answer *answer;
    enum route_who who;
};

struct routes {
    const struct route *rows;
    size_t count;
    route_gate *device, *signed_in;
};

/* 404 where no pattern fits, 405 with Allow where only the method does not. */
void routes_answer(const struct routes *t, struct hub *hub,
                   const struct http_request *r, struct http_answer *a);

/* A refusal in the form the caller reads: a small page for a browser, problem+
   json for everybody else. */
void routes_refuse(const struct http_request *r, struct http_answer *a,
                   int status, const char *title, const char *detail);

#endif
