#ifndef HUB_HISTORY_PAGE_H
#define HUB_HISTORY_PAGE_H

/*
 * What was published and what else was done, when and by whom, newest first;
 * and back to anything that was published. Going
 * back publishes the old document as a new revision, so that nothing is lost
 * by it and it can be undone as well. Behind page_gate.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /history */
void history_page_get(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);
void history_page_post(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

#endif
