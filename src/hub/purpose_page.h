#ifndef HUB_PURPOSE_PAGE_H
#define HUB_PURPOSE_PAGE_H

/*
 * Why there is a partnership: a statement, its priorities and its promises.
 * Behind page_gate; content_page.h says how such a page works.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /purpose */
void purpose_page_get(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);
void purpose_page_post(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

#endif
