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

static struct grid
grid_for(const struct sheet *s, struct rect area, int postit_count)
{
    const struct theme *t = s->theme;
    int em = theme_second_px(t, t->hand);
    struct grid g = {.area = area, .gap = t->gap * 4 / 3};
    g.columns = (area.w + g.gap) / (em * 9);
    g.rows = (area.h + g.gap) / (em * 6);
    g.columns = g.columns < 1 ? 1 : g.columns > 4 ? 4 : g.columns;
    int most_rows = t->layout == LAYOUT_TALL ? 4 : 2;
    g.rows = g.rows < 1 ? 1 : g.rows > most_rows ? most_rows : g.rows;
    // Evenly over the pages, and a few shown large: no post-it hangs in a
    // corner of an empty wall.
    int pages = (postit_count + g.columns * g.rows - 1) / (g.columns * g.rows);
    int each = (postit_count + pages - 1) / pages;
    while (g.columns > 2 && each <= (g.columns - 1) * g.rows)
        g.columns--;
    while (g.rows > 1 && each <= g.columns * (g.rows - 1))
        g.rows--;
    g.cell_w = (area.w - g.gap * (g.columns - 1)) / g.columns;
    g.cell_h = (area.h - g.gap * (g.rows - 1)) / g.rows;
    return g;
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

static int
draw_heading(struct sheet *s, const struct slide *slide)
{
    const struct theme *t = s->theme;
    const char *kicker =
        t->layout == LAYOUT_WIDE ? "On the board this week" : "On the board";
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
    for (int i = 0; i < slide->item_count; i++)
        if (spots[i].page == page)
            postit_draw(s, slide->items[i], cells(&g, &spots[i]),
                        POSTIT_CORNER_TALLY);
    sheet_reads(s, t->hand, theme_second_px(t, t->hand));
}
