#ifndef HUB_DEVICE_API_H
#define HUB_DEVICE_API_H

#include <stdbool.h>

/*
 * What kiosks say to the hub: the handlers of their routes, and the gate in
 * front of them. Bodies are JSON, answers too, and every refusal is a
 * problem+json (RFC 9457) that says what happened and what to do.
 *
 * A kiosk's token is 32 random bytes that it has from pairing; the store has
 * their hash. Each device and, for pairing and for tokens that are none, each
 * address has a bucket (bucket.h): 429 with Retry-After when it is empty.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/*
 * route_gate for ROUTE_DEVICE: 401 for a token that is missing, unknown or
 * revoked; 503 while the store cannot tell. Only to one that is revoked it is a
 * problem of type DEVICE_API_REVOKED: then the screen deletes its board, while
 * one that a hub has merely lost goes on showing it.
 */
#define DEVICE_API_REVOKED "/problems/revoked"
bool device_api_gate(struct hub *hub, const struct http_request *r,
                     struct route_match *m, struct http_answer *a);

/* ---- behind the gate ---- */

/* PUT /v1/postits/{uuid}: 201, 200 the very same again, 409, 410, 413, 422.
   It waits to be read by a person before it leaves its school. */
void device_api_put_postit(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);
/* DELETE /v1/postits/{uuid}: 204, 403, 404. */
void device_api_take_back(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);

/* PUT and DELETE /v1/reactions/{target}/{uuid}: 201, 200, 410, 422; 204. */
void device_api_put_reaction(struct hub *hub, const struct http_request *r,
                             const struct route_match *m,
                             struct http_answer *a);
void device_api_undo_reaction(struct hub *hub, const struct http_request *r,
                              const struct route_match *m,
                              struct http_answer *a);

/* PUT /v1/status: 200 {"post_page":"/post/TOKEN"}, a path here that the screen
   shows as a QR code for phones. It is good for twelve hours at least, so what
   an older answer said is of no use after those. 204 where there is no such
   page. */
void device_api_put_status(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);

/* ---- pairing, for anybody ---- */

/* POST /v1/pair: 201 with a code to show for ten minutes. */
void device_api_begin_pairing(struct hub *hub, const struct http_request *r,
                              const struct route_match *m,
                              struct http_answer *a);
/* GET /v1/pair/{code}: 202 until somebody has typed the code in, then 200 with
   a token; a new one each time, in case the answer before was lost. */
void device_api_end_pairing(struct hub *hub, const struct http_request *r,
                            const struct route_match *m, struct http_answer *a);

#endif
