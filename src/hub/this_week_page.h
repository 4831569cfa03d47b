#ifndef HUB_THIS_WEEK_PAGE_H
#define HUB_THIS_WEEK_PAGE_H

#include "hub/routes.h"

/* The first page: what waits to be read, Thursday's question, the screens,
   and the slides they show. */
void this_week_page_show(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a);

#endif
