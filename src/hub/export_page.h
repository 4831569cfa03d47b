#ifndef HUB_EXPORT_PAGE_H
#define HUB_EXPORT_PAGE_H

/*
 * All that is kept here, to be taken away: as one JSON document, as a table of
 * post-its, and as a feed with which another hub can begin. Names of people who
 * wrote are in it only for who may see them; words never to be given away
 * (passwords, tokens, secrets of codes) for nobody. Behind page_gate; asked for
 * by POST, so that the audit has who took what.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

void export_page_get(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);
/* POST /export/{what}: everything, post-its or feed. */
void export_page_take(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);

#endif
