#ifndef HUB_POSTITS_PAGE_H
#define HUB_POSTITS_PAGE_H

#include "hub/routes.h"

/*
 * What people wrote, for who reads it before others do: what waits comes
 * first, then what is shared, then what stays at its school; of each what
 * somebody turned face-down, then the newest. Fifty at a time; postits_view.h
 * has the addresses. Coordinators find links to make an idea of a post-it, or
 * to keep it in the scrapbook; moderators do not.
 */

void postits_page_show(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a);

/* POST /postits/{uuid}: do=share, keep, or take-down, which first asks whether
   that is meant, and then is do=delete. from= is the page to go back to. */
void postits_page_moderate(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);

#endif
