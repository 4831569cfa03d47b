#ifndef HUB_THURSDAY_PAGE_H
#define HUB_THURSDAY_PAGE_H

/*
 * Thinking-Thursday: this week's question, those to come and those that were,
 * with who asks and who is next. Behind page_gate; content_page.h says how
 * such a page works.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /thinking-thursday */
void thursday_page_get(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);
void thursday_page_post(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);

#endif
