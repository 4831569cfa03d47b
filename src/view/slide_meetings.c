#include "view/slides.h"

#include <string.h>

#include "core/wording.h"
#include "view/palette.h"

#define ROWS_MAX 6
#define LINE_HEIGHT 1.2f

struct row_sizes {
    int title_px, detail_px;
    int row_h, gap, block_w;
    int rows;
};

static struct row_sizes
sizes_for(const struct sheet *s, struct rect area, int meetings)
{
    const struct theme *t = s->theme;
    struct row_sizes z = {.gap = t->gap};
    z.title_px = theme_read_px(t, FONT_STRONG);
    z.detail_px = theme_second_px(t, FONT_TEXT);
    int lines = t->layout == LAYOUT_TALL ? 2 : 1; // each, where it is narrow
    int least_h = (z.title_px + z.detail_px) * lines * 6 / 5 + t->gap / 2;
    z.rows = (area.h + z.gap) / (least_h + z.gap);
    z.rows = z.rows < 1 ? 1 : z.rows > ROWS_MAX ? ROWS_MAX : z.rows;
    int wished = t->layout == LAYOUT_TALL ? 5 : 3;
    if (z.rows > wished)
        z.rows = wished;
    // As many on each page, not all but one on the first.
    int pages = (meetings + z.rows - 1) / z.rows;
    int shown = (meetings + pages - 1) / pages;
    z.row_h = (area.h - z.gap * (z.rows - 1)) / z.rows;
    int most_h = theme_px(t, t->layout == LAYOUT_WIDE   ? 214
                             : t->layout == LAYOUT_TALL ? 250
                                                        : 150);
    if (z.row_h > most_h && most_h > least_h)
        z.row_h = most_h;
    // Letters grow with the row, up to what the drawing has.
    int title_max = t->text_max_px * 9 / 10;
    int spare = (z.row_h - least_h) / 2;
    if (spare > 0 && z.title_px < title_max)
        z.title_px +=
            spare < title_max - z.title_px ? spare : title_max - z.title_px;
    if (z.detail_px < t->detail_max_px * 9 / 10 && spare > z.title_px / 4)
        z.detail_px = t->detail_max_px * 9 / 10;
    z.block_w = z.title_px * 4;
    if (z.block_w > area.w / 4 && t->layout != LAYOUT_WIDE)
        z.block_w = area.w / 4;
    z.rows = shown;
    return z;
}

static void
draw_block(struct sheet *s, const struct meeting_wording *w, struct rect block,
           uint32_t colour, const struct row_sizes *z)
{
    draw_box_corners(s->list, block, s->theme->radius,
                     CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT, colour);
    int inner = block.w * 9 / 10;
    int big_px = fit_width_px(s->theme->ruler, FONT_HEAVY, w->big,
                              block.h * 42 / 100, inner);
    int top_px = fit_width_px(s->theme->ruler, FONT_STRONG, w->top,
                              z->detail_px * 9 / 10, inner);
    int h = top_px * 11 / 10 + big_px;
    struct rect upper = {block.x, block.y + (block.h - h) / 2, block.w,
                         top_px * 11 / 10};
    struct rect lower = {block.x, upper.y + upper.h, block.w, big_px};
    sheet_line(s, w->top, FONT_STRONG, top_px, upper, ALIGN_CENTRE, CARD);
    sheet_line(s, w->big, FONT_HEAVY, big_px, lower, ALIGN_CENTRE, CARD);
}

static void
draw_row(struct sheet *s, const struct item *meeting, struct rect row,
         int number, const struct row_sizes *z)
{
    static const uint32_t colours[] = {SKY, LEAF};
    const struct theme *t = s->theme;
    struct meeting_wording w =
        wording_meeting(s->arena, s->scene->board, meeting, s->scene->now);
    uint32_t colour = w.is_today ? AMBER : colours[number % 2];
    draw_box(s->list, row, t->radius, w.is_today ? CARD_TODAY : CARD);
    struct rect block = {row.x, row.y, z->block_w, row.h};
    draw_block(s, &w, block, colour, z);

    int pad = theme_px(t, t->layout == LAYOUT_WIDE ? 52 : 18);
    struct rect text = {block.x + block.w + pad, row.y,
                        row.w - block.w - pad * 3 / 2, row.h};
    const char *title = *meeting->title ? meeting->title : meeting->text;
    // A long title takes a smaller size, then a second line, then dots.
    struct fit_box box = {FONT_STRONG,    text.w,
                          row.h * 6 / 10, theme_read_px(t, FONT_STRONG),
                          z->title_px,    LINE_HEIGHT};
    title = fit_shortened(t->ruler, s->arena, title, &box, &s->is_cut);
    struct fit head = fit_text(t->ruler, s->arena, title, strlen(title), &box);
    sheet_reads(s, FONT_STRONG, head.size_px);

    box = (struct fit_box){FONT_TEXT,
                           text.w,
                           row.h * 96 / 100 - fit_height(&head),
                           theme_second_px(t, FONT_TEXT),
                           z->detail_px,
                           LINE_HEIGHT};
    bool is_short; // when and where is said in full by the first words
    const char *detail =
        fit_shortened(t->ruler, s->arena, w.detail, &box, &is_short);
    struct fit foot =
        fit_text(t->ruler, s->arena, detail, strlen(detail), &box);
    text.y = row.y + (row.h - fit_height(&head) - fit_height(&foot)) / 2;
    text.y = sheet_lines(s, title, &head, text, ALIGN_LEFT, INK);
    sheet_lines(s, detail, &foot, text, ALIGN_LEFT, INK_SOFT);
}

static bool
all_within_term(const struct sheet *s, const struct slide *slide, int from)
{
    const struct board *b = s->scene->board;
    int32_t today = local_time(b->zone, s->scene->now.wall_s).day;
    int32_t until = DAY_NONE;
    for (int i = 0; i < b->term_count; i++)
        if (today >= b->terms[i].from && today <= b->terms[i].until)
            until = b->terms[i].until;
    if (until == DAY_NONE)
        return false;
    for (int i = from; i < slide->item_count; i++) {
        const struct item *m = slide->items[i];
        int32_t day = m->is_all_day ? m->starts_day
                                    : local_time(b->zone, m->starts_s).day;
        if (day > until)
            return false;
    }
    return true;
}

void
slide_meetings_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    int top = sheet_kicker(s, "Coming up", AMBER);
    struct rect area = {t->content.x, top, t->content.w,
                        t->content.y + t->content.h - top};
    int more_px = theme_second_px(t, FONT_TEXT) * 9 / 10;
    int more_h = more_px * 3 / 2;
    struct rect rows = area;
    rows.h -= more_h;
    struct row_sizes z = sizes_for(s, rows, slide->item_count);
    s->page_count = (slide->item_count + z.rows - 1) / z.rows;
    if (page >= s->page_count)
        page = s->page_count - 1;

    int first = page * z.rows, y = rows.y;
    int last =
        first + z.rows < slide->item_count ? first + z.rows : slide->item_count;
    for (int i = first; i < last; i++, y += z.row_h + z.gap)
        draw_row(s, slide->items[i], (struct rect){area.x, y, area.w, z.row_h},
                 i, &z);
    int left = slide->item_count - last;
    if (left > 0)
        sheet_line(s,
                   arena_format(s->arena, "and %d more%s", left,
                                all_within_term(s, slide, last)
                                    ? " before the holidays"
                                    : ""),
                   FONT_TEXT, more_px,
                   (struct rect){area.x, y - z.gap / 2, area.w, more_h},
                   ALIGN_LEFT, INK_SOFT);
}
