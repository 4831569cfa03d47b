#ifndef HUB_PHONE_PAGE_H
#define HUB_PHONE_PAGE_H

/*
 * /post/TOKEN: the page behind the code on a screen, where whoever stands
 * before it writes a post-it on their own phone. Nobody signs in, nothing is
 * kept on the phone, and it works without JavaScript. What is written is a
 * post-it of that screen's school like one written on the screen: it waits
 * until somebody has read it.
 *
 * The form has an id of the hub's making in it, so a form that is sent twice is
 * one post-it.
 */

struct hub;
struct http_request;
struct http_answer;
struct route_match;

/* 404 for every token that is not good, whatever the reason. */
void phone_page_show(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);
void phone_page_post(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a);

/* POST /post/TOKEN/ID: in its first minute, by who has written it. */
void phone_page_take_back(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);

#endif
