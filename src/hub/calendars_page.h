#ifndef HUB_CALENDARS_PAGE_H
#define HUB_CALENDARS_PAGE_H

#include <stdbool.h>

/*
 * The calendars (.ics) whose meetings are shown: a section of the page Meetings,
 * and a form of their own. Behind page_gate. An address may be a secret: it is
 * typed in and never shown again, but for its server.
 */

struct content_page;
struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /meetings/calendars: one more */
void calendars_page_show_add(struct hub *hub, const struct http_request *r,
                             const struct route_match *m,
                             struct http_answer *a);
void calendars_page_add(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);
/* GET and POST /meetings/calendars/{number}: changed, read now, removed */
void calendars_page_show_change(struct hub *hub, const struct http_request *r,
                                const struct route_match *m,
                                struct http_answer *a);
void calendars_page_change(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a);

/* "Calendars" on the page Meetings. */
void calendars_page_section(struct content_page *p);

/* GET /meetings?read=NUMBER has the answer wait until that one is read. */
bool calendars_page_must_wait(struct hub *hub, const struct http_request *r,
                              struct http_answer *a);

#endif
