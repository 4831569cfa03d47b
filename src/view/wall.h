#ifndef VIEW_WALL_H
#define VIEW_WALL_H

#include "core/board.h"
#include "view/sheet.h"

/*
 * A wall of post-its: evenly over pages, each in as many cells as its words
 * need, in the order they are given. The board is one, and what is brought to
 * a meeting or answers a question another.
 */

/* How many cells each post-it needs is measured once and remembered, for walls
   with thousands of them. Zero is valid; one for each wall. */
struct wall_memo {
    struct wall_memo_entry *entries; // owned
    size_t size, count;
    uint64_t grid; // what they were measured for
};
void wall_memo_destroy(struct wall_memo *m);

struct wall {
    const struct item *const *items;
    int count;
    struct rect area;
    enum target_kind target; // of each post-it; value: its place in items
    bool leaves_last; // the last cell of a page is for something else; not on
                      // a panel whose pages have two cells or one
};

/* How large its cells are; 0 × 0 where none can be left. */
void wall_cell(const struct sheet *s, const struct wall *w, int *cell_w,
               int *cell_h);

/* Draws page `page`; reports page_count and sought_page on the sheet. Gives the
   cell that was left for something else; empty on a page whose post-its need
   all of it. */
struct rect wall_draw(struct sheet *s, const struct wall *w, int page);

#endif
