#ifndef HUB_SCREENS_PAGE_H
#define HUB_SCREENS_PAGE_H

#include "hub/routes.h"

/* The screens that are paired: how they are, one more, one less. */

void screens_page_show(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

/* /screens/add: the eight letters on the screen, its name and its school. */
void screens_page_show_add(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);
void screens_page_add(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);

/* /screens/{number}/remove: asks, then does it. */
void screens_page_ask_remove(struct hub *hub, const struct http_request *r,
                             const struct route_match *m,
                             struct http_answer *a);
void screens_page_remove(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a);

#endif
