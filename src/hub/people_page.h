#ifndef HUB_PEOPLE_PAGE_H
#define HUB_PEOPLE_PAGE_H

#include "hub/http.h"
#include "hub/routes.h"

/*
 * /people, for coordinators: who may sign in and as what. Somebody new is
 * invited by an address with a secret in it (accounts.h), which the coordinator
 * sees once and sends themselves; so is whoever has forgotten their password.
 * There is always a coordinator, and nobody changes themselves here. Whatever
 * gives or takes away a way in asks for one's own password again.
 */

void people_page_show(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a);
/* POST: the page with the address, 422 with what was typed. */
void people_page_invite(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);
void people_page_withdraw(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);

/* /people/{number}: what may be done about one of them. */
void people_page_show_one(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);
void people_page_change(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);

#endif
