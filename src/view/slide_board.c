#include "view/slides.h"

#include <string.h>

#include "view/palette.h"
#include "view/postit.h"

#define COLUMNS_MAX 8
#define ROWS_MAX 8
#define PAGE_MOST_BYTES 1000

struct grid {
    struct rect area;
    int columns, rows;
    int cell_w, cell_h;
    int gap;
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
grid_for(const struct sheet *s, struct rect area, int postit_count)
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
    int pages = (postit_count + most - 1) / most;
    int each = (postit_count + pages - 1) / pages;

    struct grid best = {0};
    int64_t best_size = 0;
    for (int columns = 1; columns <= most_columns; columns++) {
        int rows = (each + columns - 1) / columns;
        if (rows > most_rows)
            continue;
        struct grid g = {area, columns, rows, 0, 0, gap};
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

/* The fewest cells in which all of it can be read; all of the page at most. */
static void
choose_span(struct sheet *s, const struct grid *g, const struct item *item,
            struct spot *at)
{
    // A whole page holds no more than this: no need to measure it.
    if (strlen(item->text) < PAGE_MOST_BYTES) {
        const struct fit_pieces *words = postit_measure(s, item);
        for (at->high = 1; at->high <= g->rows; at->high++)
            for (at->wide = 1; at->wide <= g->columns; at->wide++) {
                struct rect box = cells(g, at);
                if (postit_would_hold(s, words, box.w, box.h))
                    return;
            }
    }
    at->wide = g->columns;
    at->high = g->rows;
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

/*
 * A place for every post-it, page by page. A later, smaller one may fill a
 * hole on the page being filled, never on one before: the order stays.
 */
static int
plan(struct sheet *s, const struct grid *g, const struct slide *slide,
     struct spot *spots)
{
    struct page_plan page = {0};
    int number = 0;
    for (int i = 0; i < slide->item_count; i++) {
        choose_span(s, g, slide->items[i], &spots[i]);
        if (!place_on(&page, g, &spots[i])) {
            page = (struct page_plan){0};
            number++;
            place_on(&page, g, &spots[i]);
        }
        spots[i].page = number;
    }
    return number + 1;
}

static int
count_schools(const struct slide *slide)
{
    int schools = 0;
    for (int i = 0; i < slide->item_count; i++) {
        const char *school = slide->items[i]->school;
        bool is_new = *school;
        for (int j = 0; j < i && is_new; j++)
            is_new = strcmp(slide->items[j]->school, school) != 0;
        schools += is_new;
    }
    return schools;
}

static bool
has_this_weeks(const struct sheet *s, const struct slide *slide)
{
    const struct zone *zone = s->scene->zone;
    int32_t today = local_time(zone, s->scene->now.wall_s).day;
    if (!s->scene->now.is_trusted)
        return false;
    for (int i = 0; i < slide->item_count; i++)
        if (local_time(zone, slide->items[i]->published_s).day >=
            day_monday(today))
            return true;
    return false;
}

static int
draw_heading(struct sheet *s, const struct slide *slide)
{
    const struct theme *t = s->theme;
    bool says_week = t->layout == LAYOUT_WIDE && has_this_weeks(s, slide);
    const char *kicker = says_week ? "On the board this week" : "On the board";
    struct rect line = {t->content.x, t->content.y, t->content.w,
                        t->kicker_px * 3 / 2};
    int w = sheet_line(s, kicker, FONT_HEAVY, t->kicker_px, line, ALIGN_LEFT,
                       AMBER);
    int schools = count_schools(slide);
    const char *count =
        arena_format(s->arena, "%d post-it%s", slide->item_count,
                     slide->item_count == 1 ? "" : "s");
    if (schools > 1)
        count = arena_format(s->arena, "%s from %d schools", count, schools);
    int gap = t->kicker_px * 3 / 4;
    struct rect rest = {line.x + w + gap, line.y, line.w - w - gap, line.h};
    if (rest.w > t->kicker_px * 5)
        sheet_line(s, count, FONT_TEXT, t->kicker_px * 9 / 10, rest, ALIGN_LEFT,
                   INK_SOFT);
    return line.y + line.h + t->gap * 3 / 4;
}

/* The size that suits every post-it on the page. */
static int
common_px(struct sheet *s, const struct grid *g, const struct slide *slide,
          const struct spot *spots, int page)
{
    int common = INT32_MAX;
    for (int i = 0; i < slide->item_count; i++) {
        if (spots[i].page != page)
            continue;
        struct rect box = cells(g, &spots[i]);
        int px = postit_px(s, slide->items[i], box.w, box.h);
        common = px < common ? px : common;
    }
    return common;
}

void
slide_board_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    int top = draw_heading(s, slide);
    struct rect area = {t->content.x, top, t->content.w,
                        t->content.y + t->content.h - top - t->gap / 2};
    struct grid g = grid_for(s, area, slide->item_count);
    struct spot *spots =
        arena_array(s->arena, (size_t) slide->item_count, sizeof *spots);
    s->page_count = plan(s, &g, slide, spots);
    if (page >= s->page_count)
        page = s->page_count - 1;
    int px = common_px(s, &g, slide, spots, page);
    for (int i = 0; i < slide->item_count; i++)
        if (spots[i].page == page)
            postit_draw(s, slide->items[i], cells(&g, &spots[i]),
                        POSTIT_CORNER_TALLY, px);
    sheet_reads(s, t->hand, theme_second_px(t, t->hand));
}
