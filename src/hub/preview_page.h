#ifndef HUB_PREVIEW_PAGE_H
#define HUB_PREVIEW_PAGE_H

#include <stdbool.h>

#include "core/board.h"
#include "hub/preview.h"
#include "hub/routes.h"

/*
 * "What the screens show" on the page This week: a moment and a kind of screen
 * to choose, and the slides that a screen of no school shows then. Where they
 * cannot be drawn it says so, and tells them in words.
 *
 *   GET /this-week?day=2026-11-26&time=10:42&screen=wide
 */

struct preview_view {
    const struct board *published; // borrowed
    bool is_asked;                 // a moment was chosen, and can be read
    const char *day, *time;        // as they stand in the form
    const char *wrong_day, *wrong_time; // NULL: they are good
    int64_t at_s;
    enum preview_shape shape;
    int64_t change; // of the feed that is drawn
    enum preview_state state;
    const struct preview_drawing *drawing; // DRAWN; borrowed
    struct board *board; // owned; else: what would be drawn; NULL: unreadable
};

/* Reads what was chosen and has it drawn. False when the answer has to wait for
   that, and then it says so. preview_page_close in any case. */
bool preview_page_open(struct hub *hub, const struct http_request *r,
                       struct http_answer *a, const struct board *published,
                       struct preview_view *v);
void preview_page_close(struct preview_view *v);

/* The section. */
void preview_page_add(const struct http_request *r, struct http_answer *a,
                      const struct preview_view *v);

/* GET /preview/{change}/{minute}/{screen}/{picture}: a PNG, while it is kept. */
void preview_page_picture(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a);

#endif
