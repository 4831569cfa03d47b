#ifndef HUB_SCRAPBOOK_PAGE_H
#define HUB_SCRAPBOOK_PAGE_H

/*
 * The scrapbook: one-page articles, and what changed because of the partnership
 * (the feed's kind "impact"), which screens show under a heading of its own.
 * An entry stays in the book when its time on the screens is over. Behind
 * page_gate; content_page.h says how such a page works, book_page.h how the
 * book is printed.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET and POST /scrapbook */
void scrapbook_page_get(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a);
void scrapbook_page_post(struct hub *hub, const struct http_request *r,
                         const struct route_match *m, struct http_answer *a);

#endif
