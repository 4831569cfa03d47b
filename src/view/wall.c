#include "view/wall.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "view/postit.h"

#define COLUMNS_MAX 8
#define ROWS_MAX 8
#define LEAVES_LEAST 3 // cells on a page, for one of them to be spared
#define PAGE_MOST_BYTES 1000
#define MEASURED_MOST 200 // in one picture, beyond the page that is wanted

struct grid {
    struct rect area;
    int columns, rows;
    int cell_w, cell_h;
    int gap;
    int left; // 1: the last cell is not for post-its (an int: it is hashed)
};

/* Which cells of the page being filled are taken. */
struct page_plan {
    bool is_taken[ROWS_MAX][COLUMNS_MAX];
};

struct spot {
    int page, column, row;
    int wide, high; // cells
};

/* How large a post-it looks in such a cell: paper is neither a strip nor a
   poster. */
static void
usable(const struct grid *g, int *w, int *h)
{
    *w = g->cell_w < g->cell_h * 5 / 2 ? g->cell_w : g->cell_h * 5 / 2;
    *h = g->cell_h < g->cell_w * 9 / 10 ? g->cell_h : g->cell_w * 9 / 10;
}

/* Evenly over the pages, and as large as they go: no post-it hangs alone in a
   corner of an empty wall. */
static struct grid
grid_for(const struct sheet *s, struct rect area, int postit_count,
         bool leaves_last)
{
    const struct theme *t = s->theme;
    int em = theme_second_px(t, t->hand), gap = t->gap * 4 / 3;
    int most_columns = (area.w + gap) / (em * 9);
    int most_rows = (area.h + gap) / (em * 6);
    int row_limit = t->layout == LAYOUT_TALL ? 4 : 2;
    most_columns = most_columns < 1 ? 1 : most_columns > 4 ? 4 : most_columns;
    most_rows = most_rows < 1           ? 1
                : most_rows > row_limit ? row_limit
                                        : most_rows;
    int most = most_columns * most_rows;
    int left = leaves_last && most >= LEAVES_LEAST ? 1 : 0;
    int pages = (postit_count + most - left - 1) / (most - left);
    int each = (postit_count + pages - 1) / pages + left;

    struct grid best = {0};
    int64_t best_size = 0;
    for (int columns = 1; columns <= most_columns; columns++) {
        int rows = (each + columns - 1) / columns;
        if (rows > most_rows)
            continue;
        struct grid g = {area, columns, rows, 0, 0, gap, left};
        g.cell_w = (area.w - gap * (columns - 1)) / columns;
        g.cell_h = (area.h - gap * (rows - 1)) / rows;
        int w, h;
        usable(&g, &w, &h);
        if ((int64_t) w * h > best_size) {
            best = g;
            best_size = (int64_t) w * h;
        }
    }
    usable(&best, &best.cell_w, &best.cell_h);
    return best;
}

static struct rect
cells(const struct grid *g, const struct spot *at)
{
    return (struct rect){
        g->area.x + at->column * (g->cell_w + g->gap),
        g->area.y + at->row * (g->cell_h + g->gap),
        at->wide * g->cell_w + (at->wide - 1) * g->gap,
        at->high * g->cell_h + (at->high - 1) * g->gap,
    };
}

/* --- what was measured before --- */

struct wall_memo_entry {
    uint64_t words; // hash; 0: a free place
    uint8_t wide, high;
};

void
wall_memo_destroy(struct wall_memo *m)
{
    free(m->entries);
    *m = (struct wall_memo){0};
}

/* Its place, or the free one where it would go. */
static struct wall_memo_entry *
memo_find(const struct wall_memo *m, uint64_t words)
{
    size_t at = words & (m->size - 1);
    while (m->entries[at].words && m->entries[at].words != words)
        at = (at + 1) & (m->size - 1);
    return &m->entries[at];
}

/* Empties it when the cells have another size now, or it has grown far beyond
   what hangs there; makes it large enough for `count` post-its. */
static void
memo_prepare(struct wall_memo *m, const struct grid *g, enum font hand,
             int count)
{
    struct grid shape = *g;
    shape.area = (struct rect){0};
    uint64_t grid = hash_more(HASH_START, &shape, sizeof shape);
    grid = hash_more(grid, &hand, sizeof hand);
    size_t need = 64;
    while (need < (size_t) count * 4)
        need *= 2;
    if (m->size >= need && m->grid == grid && m->count < m->size / 2)
        return;
    wall_memo_destroy(m);
    m->entries = memory_take_zeroed(need * sizeof *m->entries);
    m->size = need;
    m->grid = grid;
}

/* The fewest cells in which all of it can be read; all of the page at most. */
static void
measure_span(struct sheet *s, const struct grid *g, const struct item *item,
             struct spot *at)
{
    // A whole page holds no more than this: no need to measure it.
    if (strlen(item->text) < PAGE_MOST_BYTES && !item->is_face_down) {
        const struct fit_pieces *words = postit_measure(s, item);
        for (at->high = 1; at->high <= g->rows; at->high++)
            for (at->wide = 1; at->wide <= g->columns; at->wide++) {
                struct rect box = cells(g, at);
                if (postit_would_hold(s, words, box.w, box.h))
                    return;
            }
    }
    at->wide = item->is_face_down ? 1 : g->columns;
    at->high = item->is_face_down ? 1 : g->rows;
}

static void
choose_span(struct sheet *s, const struct grid *g, const struct item *item,
            struct spot *at)
{
    struct wall_memo *m = s->scene->memo;
    if (!m) {
        measure_span(s, g, item, at);
        return;
    }
    uint64_t words = hash_string(item->text);
    words =
        hash_more(words, &item->sort, sizeof item->sort) + item->is_face_down;
    words = words ? words : 1;
    struct wall_memo_entry *known = memo_find(m, words);
    if (!known->words) {
        measure_span(s, g, item, at);
        *known = (struct wall_memo_entry){words, (uint8_t) at->wide,
                                          (uint8_t) at->high};
        m->count++;
    }
    at->wide = known->wide;
    at->high = known->high;
}

static bool
is_free(const struct page_plan *p, const struct spot *at)
{
    for (int r = at->row; r < at->row + at->high; r++)
        for (int c = at->column; c < at->column + at->wide; c++)
            if (p->is_taken[r][c])
                return false;
    return true;
}

/* First free place on the page, in reading order. */
static bool
place_on(struct page_plan *p, const struct grid *g, struct spot *at)
{
    for (at->row = 0; at->row + at->high <= g->rows; at->row++)
        for (at->column = 0; at->column + at->wide <= g->columns;
             at->column++) {
            if (!is_free(p, at))
                continue;
            for (int r = at->row; r < at->row + at->high; r++)
                for (int c = at->column; c < at->column + at->wide; c++)
                    p->is_taken[r][c] = true;
            return true;
        }
    return false;
}

static struct page_plan
new_page(const struct grid *g)
{
    struct page_plan p = {0};
    p.is_taken[g->rows - 1][g->columns - 1] = g->left;
    return p;
}

/* How many pages there will be, when the first `done` post-its filled so
   many. */
static int
guess_pages(int pages, int done, int count)
{
    return pages + (int) ((int64_t) (count - done) * pages / done);
}

/*
 * A place for every post-it, page by page. A later, smaller one may fill a
 * hole on the page being filled, never on one before: the order stays.
 *
 * Of a new wall with thousands, only some beyond the wanted page are measured
 * in one picture, so that none comes late; until all have been, the number of
 * pages is a good guess. Gives that number.
 */
static int
plan(struct sheet *s, const struct grid *g, const struct wall *w, int wanted,
     struct spot *spots)
{
    struct wall_memo *memo = s->scene->memo;
    if (memo)
        memo_prepare(memo, g, s->theme->hand, w->count);
    bool may_stop = memo && !s->scene->sought;
    size_t known = memo ? memo->count : 0;
    struct page_plan page = new_page(g);
    int number = 0;
    for (int i = 0; i < w->count; i++) {
        if (may_stop && number > wanted &&
            memo->count > known + MEASURED_MOST) {
            for (int rest = i; rest < w->count; rest++)
                spots[rest].page = -1;
            return guess_pages(number + 1, i, w->count);
        }
        choose_span(s, g, w->items[i], &spots[i]);
        bool is_first = i == 0;
        if (!is_first && !place_on(&page, g, &spots[i])) {
            page = new_page(g);
            number++;
            is_first = true;
        }
        if (is_first && !place_on(&page, g, &spots[i])) {
            page = (struct page_plan){0}; // it needs the last cell as well
            place_on(&page, g, &spots[i]);
        }
        spots[i].page = number;
    }
    return number + 1;
}

/* --- drawing --- */

/* The size that suits every post-it on the page. */
static int
common_px(struct sheet *s, const struct grid *g, const struct wall *w,
          const struct spot *spots, int page)
{
    int common = INT32_MAX;
    for (int i = 0; i < w->count; i++) {
        if (spots[i].page != page || w->items[i]->is_face_down)
            continue;
        struct rect box = cells(g, &spots[i]);
        int px = postit_px(s, w->items[i], box.w, box.h);
        common = px < common ? px : common;
    }
    return common;
}

/* On its way from the middle, where it was written, to its place. */
static struct rect
flown(const struct sheet *s, struct rect to)
{
    const struct theme *t = s->theme;
    float left = s->scene->left_to_fly * s->scene->left_to_fly; // ease out
    float dx = (float) (t->w - to.w) / 2 - (float) to.x;
    float dy = (float) (t->header.y - to.y);
    to.x += (int) (dx * left);
    to.y += (int) (dy * left);
    return to;
}

/* The last cell, where no post-it of that page is in it. */
static struct rect
last_cell(const struct grid *g, const struct wall *w, const struct spot *spots,
          int page)
{
    struct spot last = {page, g->columns - 1, g->rows - 1, 1, 1};
    for (int i = 0; i < w->count; i++)
        if (spots[i].page == page &&
            spots[i].column + spots[i].wide == g->columns &&
            spots[i].row + spots[i].high == g->rows)
            return (struct rect){0};
    return g->left ? cells(g, &last) : (struct rect){0};
}

void
wall_cell(const struct sheet *s, const struct wall *w, int *cell_w, int *cell_h)
{
    struct grid g = grid_for(s, w->area, w->count, w->leaves_last);
    bool is_left = g.left || !w->leaves_last;
    *cell_w = is_left ? g.cell_w : 0;
    *cell_h = is_left ? g.cell_h : 0;
}

struct rect
wall_draw(struct sheet *s, const struct wall *w, int page)
{
    struct grid g = grid_for(s, w->area, w->count, w->leaves_last);
    struct spot *spots =
        arena_array(s->arena, (size_t) w->count, sizeof *spots);
    s->page_count = plan(s, &g, w, page, spots);
    if (page >= s->page_count)
        page = s->page_count - 1;
    int px = common_px(s, &g, w, spots, page);
    const struct item *flying = NULL;
    struct rect flying_to = {0};
    const char *sought = s->scene->sought ? s->scene->sought : "";
    for (int i = 0; i < w->count; i++) {
        bool is_sought = *sought && strcmp(w->items[i]->id, sought) == 0;
        if (is_sought)
            s->sought_page = spots[i].page;
        if (spots[i].page != page)
            continue;
        struct rect box = cells(&g, &spots[i]);
        draw_target(s->list, w->target, i, box);
        if (is_sought && s->scene->left_to_fly > 0) {
            flying = w->items[i];
            flying_to = box;
            continue;
        }
        postit_draw(s, w->items[i], box, POSTIT_CORNER_TALLY, px);
    }
    if (flying) // over all the others
        postit_draw(s, flying, flown(s, flying_to), POSTIT_CORNER_TALLY, px);
    sheet_reads(s, s->theme->hand, theme_second_px(s->theme, s->theme->hand));
    return last_cell(&g, w, spots, page);
}
