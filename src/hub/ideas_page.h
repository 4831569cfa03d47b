#ifndef HUB_IDEAS_PAGE_H
#define HUB_IDEAS_PAGE_H

/*
 * The ideas of the week: words, whose, of which school, for which week, the
 * next step, and whether visitors may see it. Behind page_gate; content_page.h says
 * how such a page works.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /ideas */
void ideas_page_get(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a);
void ideas_page_post(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);

#endif
