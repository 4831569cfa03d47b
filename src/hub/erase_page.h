#ifndef HUB_ERASE_PAGE_H
#define HUB_ERASE_PAGE_H

/*
 * Somebody wants their name gone: type it, see where it stands, tick what is to
 * be erased. Names are only ever sent by POST, so that no log of addresses has
 * them. Behind page_gate; only for who may see names.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /erase */
void erase_page_get(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a);
void erase_page_post(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);

#endif
