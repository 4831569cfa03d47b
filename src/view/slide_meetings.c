#include "view/slides.h"

#include <string.h>

#include "core/wording.h"
#include "view/palette.h"

#define TITLE_LINE 1.1f
#define DETAIL_LINE 1.2f

/* How the rows of this slide are cut. */
struct rows {
    int each; // on a page
    int row_h;
    int gap;
    int block_w; // of the coloured date
    int text_w;
    int sign_w; // at the right: the row can be touched; 0: it cannot
    int title_px, detail_px; // the largest
};

static struct fit_box
title_box(const struct theme *t, const struct rows *r, int h)
{
    return (struct fit_box){FONT_STRONG, r->text_w,
                            h,           theme_read_px(t, FONT_STRONG),
                            r->title_px, TITLE_LINE};
}

static struct fit_box
detail_box(const struct theme *t, const struct rows *r, int h)
{
    return (struct fit_box){
        FONT_TEXT,    r->text_w,  h, theme_second_px(t, FONT_TEXT),
        r->detail_px, DETAIL_LINE};
}

static const char *
title_of(const struct item *meeting)
{
    return *meeting->title ? meeting->title : meeting->text;
}

/* Height of title and detail at the smallest sizes, all lines of them. */
static int
needed_h(struct sheet *s, const struct item *meeting, const struct rows *r)
{
    const struct theme *t = s->theme;
    struct rows smallest = *r;
    smallest.title_px = smallest.detail_px = 0;
    struct fit_box box = title_box(t, &smallest, t->h);
    const char *title = title_of(meeting);
    struct fit head = fit_text(t->ruler, s->arena, title, strlen(title), &box);
    struct meeting_wording w =
        wording_meeting(s->arena, s->scene->board, meeting, s->scene->now);
    box = detail_box(t, &smallest, t->h);
    struct fit foot =
        fit_text(t->ruler, s->arena, w.detail, strlen(w.detail), &box);
    return fit_height(&head) + fit_height(&foot) + t->gap;
}

/* As many rows as show every title whole, evenly over the pages. */
static struct rows
cut_rows(struct sheet *s, const struct slide *slide, struct rect area)
{
    const struct theme *t = s->theme;
    bool is_wide = t->layout == LAYOUT_WIDE, is_tall = t->layout == LAYOUT_TALL;
    struct rows r = {
        .gap = t->gap,
        .block_w = is_tall ? area.w / 5 : area.w * 15 / 100,
        .title_px = t->text_max_px * 9 / 10,
        .detail_px = t->detail_max_px * 9 / 10,
    };
    int pad = theme_px(t, is_wide ? 52 : 18);
    r.sign_w = !t->has_touch ? 0 : pad > r.detail_px ? pad : r.detail_px;
    r.text_w = area.w - r.block_w - pad * 3 / 2 - r.sign_w;

    int need = 0, half = (area.h - r.gap) / 2;
    for (int i = 0; i < slide->item_count; i++) {
        int h = needed_h(s, slide->items[i], &r);
        need = h > need ? h : need;
    }
    if (need > half) // one endless title does not take the page for itself
        need = half;
    int most = is_tall ? 5 : 3;
    r.each = (area.h + r.gap) / (need + r.gap);
    r.each = r.each < 1 ? 1 : r.each > most ? most : r.each;
    int pages = (slide->item_count + r.each - 1) / r.each;
    r.each = (slide->item_count + pages - 1) / pages;

    int most_h = (int) ((is_wide   ? 214
                         : is_tall ? 250
                                   : 150) *
                        (is_wide ? t->type : t->unit));
    r.row_h = (area.h - r.gap * (r.each - 1)) / r.each;
    if (r.row_h > most_h)
        r.row_h = most_h > need ? most_h : need;
    return r;
}

static void
draw_block(struct sheet *s, const struct meeting_wording *w, struct rect block,
           uint32_t colour, const struct rows *r)
{
    const struct ruler *ruler = s->theme->ruler;
    draw_box_corners(s->list, block, s->theme->radius,
                     CORNER_TOP_LEFT | CORNER_BOTTOM_LEFT, colour);
    int inner = block.w * 9 / 10;
    int big_px =
        fit_width_px(ruler, FONT_HEAVY, w->big, block.h * 42 / 100, inner);
    int top_px =
        fit_width_px(ruler, FONT_STRONG, w->top, r->detail_px * 9 / 10, inner);
    int h = top_px * 11 / 10 + big_px;
    struct rect upper = {block.x, block.y + (block.h - h) / 2, block.w,
                         top_px * 11 / 10};
    struct rect lower = {block.x, upper.y + upper.h, block.w, big_px};
    sheet_line(s, w->top, FONT_STRONG, top_px, upper, ALIGN_CENTRE, CARD);
    sheet_line(s, w->big, FONT_HEAVY, big_px, lower, ALIGN_CENTRE, CARD);
}

/* Title over detail, in the middle of the row's height. A long title takes a
   smaller size, then another line; the detail is the first to take dots. */
static void
draw_words(struct sheet *s, const struct item *meeting,
           const struct meeting_wording *w, struct rect text,
           const struct rows *r)
{
    const struct theme *t = s->theme;
    int line = theme_second_px(t, FONT_TEXT) * 5 / 4;
    struct fit_box box = title_box(t, r, text.h - (*w->detail ? line : 0));
    const char *title =
        fit_shortened(t->ruler, s->arena, title_of(meeting), &box, &s->is_cut);
    struct fit head = fit_text(t->ruler, s->arena, title, strlen(title), &box);
    sheet_reads(s, FONT_STRONG, head.size_px);

    bool is_short; // when and where is said in full by the first words
    box = detail_box(t, r, text.h - fit_height(&head));
    const char *detail =
        fit_shortened(t->ruler, s->arena, w->detail, &box, &is_short);
    struct fit foot =
        fit_text(t->ruler, s->arena, detail, strlen(detail), &box);
    text.y += (text.h - fit_height(&head) - fit_height(&foot)) / 2;
    text.y = sheet_lines(s, title, &head, text, ALIGN_LEFT, INK);
    sheet_lines(s, detail, &foot, text, ALIGN_LEFT, INK_SOFT);
}

static void
draw_row(struct sheet *s, const struct item *meeting, struct rect row,
         int colour_number, const struct rows *r)
{
    static const uint32_t colours[] = {SKY, LEAF};
    const struct theme *t = s->theme;
    struct meeting_wording w =
        wording_meeting(s->arena, s->scene->board, meeting, s->scene->now);
    draw_box(s->list, row, t->radius, w.is_today ? CARD_TODAY : CARD);
    struct rect block = {row.x, row.y, r->block_w, row.h};
    draw_block(s, &w, block, w.is_today ? AMBER : colours[colour_number % 2],
               r);
    int pad_y = row.h / 24;
    struct rect text = {row.x + row.w - r->sign_w - r->text_w -
                            theme_px(t, t->layout == LAYOUT_WIDE ? 26 : 9),
                        row.y + pad_y, r->text_w, row.h - 2 * pad_y};
    draw_words(s, meeting, &w, text, r);
    struct rect sign = {text.x + text.w, row.y, r->sign_w, row.h};
    if (r->sign_w)
        sheet_line(s, "›", FONT_STRONG, r->detail_px * 3 / 2, sign,
                   ALIGN_CENTRE, INK_SOFT);
}

static int32_t
day_of(const struct sheet *s, const struct item *meeting)
{
    return meeting->is_all_day
               ? meeting->starts_day
               : local_time(s->scene->zone, meeting->starts_s).day;
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
    for (int i = from; i < slide->item_count; i++)
        if (day_of(s, slide->items[i]) > until)
            return false;
    return true;
}

/* How many of them are today's: the colours begin behind these. */
static int
count_today(const struct sheet *s, const struct slide *slide)
{
    int32_t today = local_time(s->scene->zone, s->scene->now.wall_s).day;
    int count = 0;
    while (count < slide->item_count && day_of(s, slide->items[count]) <= today)
        count++;
    return count;
}

/* One size for the titles of a page: the largest at which each that can stand
   in one line does. */
static int
common_title_px(const struct sheet *s, const struct slide *slide, int first,
                int last, const struct rows *r)
{
    const struct ruler *ruler = s->theme->ruler;
    int least = theme_read_px(s->theme, FONT_STRONG), px = r->title_px;
    for (int i = first; i < last; i++) {
        int own = fit_width_px(ruler, FONT_STRONG, title_of(slide->items[i]),
                               px, r->text_w);
        if (own >= least)
            px = own;
    }
    return px > least ? px : least;
}

void
slide_meetings_draw(struct sheet *s, const struct slide *slide, int page)
{
    const struct theme *t = s->theme;
    int top = sheet_kicker(s, "Coming up", AMBER);
    struct rect area = {t->content.x, top, t->content.w,
                        t->content.y + t->content.h - top};
    // On a small panel "1 of 3" in the footer has to do.
    int more_px = theme_second_px(t, FONT_TEXT) * 9 / 10;
    int more_h = t->layout == LAYOUT_SMALL ? 0 : more_px * 3 / 2;
    area.h -= more_h;
    struct rows r = cut_rows(s, slide, area);
    s->page_count = (slide->item_count + r.each - 1) / r.each;
    if (page >= s->page_count)
        page = s->page_count - 1;

    int first = page * r.each, y = area.y;
    int last =
        first + r.each < slide->item_count ? first + r.each : slide->item_count;
    r.title_px = common_title_px(s, slide, first, last, &r);
    int today = count_today(s, slide);
    for (int i = first; i < last; i++, y += r.row_h + r.gap) {
        struct rect row = {area.x, y, area.w, r.row_h};
        draw_row(s, slide->items[i], row, i > today ? i - today : 0, &r);
        draw_target(s->list, TARGET_MEETING, i, row);
    }
    int left = slide->item_count - last;
    if (left > 0 && more_h > 0)
        sheet_line(s,
                   arena_format(s->arena, "and %d more%s", left,
                                all_within_term(s, slide, last)
                                    ? " before the holidays"
                                    : ""),
                   FONT_TEXT, more_px,
                   (struct rect){area.x, y - r.gap / 2, area.w, more_h},
                   ALIGN_LEFT, INK_SOFT);
}
