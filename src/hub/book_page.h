#ifndef HUB_BOOK_PAGE_H
#define HUB_BOOK_PAGE_H

/*
 * The scrapbook as a book, to be printed from the browser on A4: a cover with
 * the partnership's name and its schools, what is in it, and a sheet for each
 * entry. The newest term comes first; within a term it reads in the order in
 * which things happened. assets/web/book.css makes sheets of it, on paper and,
 * to look at, on the screen.
 *
 * The number of an entry is its page: contents and foot say the same whatever
 * the printer makes of it. There are no photos: pages of the hub load nothing
 * from elsewhere. Names of those who wrote are only in it for who may see them.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* GET /scrapbook/book?from=2026-09-01&until=2026-12-18, both included; without
   them all of it. Behind page_gate. */
void book_page_show(struct hub *hub, const struct http_request *r,
                    const struct route_match *m, struct http_answer *a);

#endif
