#ifndef HUB_MEETINGS_PAGE_H
#define HUB_MEETINGS_PAGE_H

/*
 * Meetings, typed in the partnership's own time. Behind page_gate;
 * content_page.h says how such a page works.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /meetings */
void meetings_page_get(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);
void meetings_page_post(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);

#endif
