#ifndef HUB_PARTNERSHIP_PAGE_H
#define HUB_PARTNERSHIP_PAGE_H

/*
 * What the partnership is: its name, schools, time zone, term dates and
 * whether its boards take new post-its; and whether post-its are read before
 * they leave their school. Behind page_gate.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /partnership */
void partnership_page_get(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);
void partnership_page_post(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);

/* POST /partnership/moderation */
void partnership_page_moderate(struct hub *hub, const struct http_request *r,
                               const struct route_match *m,
                               struct http_answer *a);

#endif
