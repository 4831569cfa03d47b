#include "view/net_card.h"

#include <string.h>

#include "view/bar.h"
#include "view/palette.h"
#include "view/qr_card.h"
#include "view/sheet.h"

// 10 minutes of arc a metre away: small print, for who has come to read it.
#define CAP_MM 2.9f
#define LINE 1.25f
#define SENTENCE_LINES 3
#define COLUMN_LEAST_EM 16
#define LABEL_EM 7.2f
#define SCAN_WORDS "The same as text: scan it with a phone."

/* Where things are on this panel, and how far the flow has come. */
struct flow {
    struct sheet s;
    int px, pad;       // letters; inside the white cards
    struct rect head;  // the sentence's
    struct rect whole; // all above the bar
    struct rect area;  // of the columns
    struct rect code;  // the QR code's column; empty: it has a page of its own
    int columns, column_w;
    // The flow.
    int page, column, y;
    int shown; // the page that is drawn
};

static int
larger(int a, int b)
{
    return a > b ? a : b;
}

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

static int
letters_px(const struct theme *t)
{
    static const float least[] = {
        [LAYOUT_WIDE] = 25, [LAYOUT_TALL] = 22, [LAYOUT_SMALL] = 17};
    int px = theme_size_for_cap(t, FONT_TEXT, CAP_MM * t->px_per_mm);
    px = larger(px, theme_px(t, least[t->layout]));
    // However near its people stand, a small panel has to hold some lines.
    return smaller(px, smaller(t->h / 14, t->w / 18));
}

/* ---- the sentence ---------------------------------------------------------
 */

static struct fit
fit_sentence(struct flow *l, const char *sentence, int w)
{
    int px = l->px * (l->s.theme->layout == LAYOUT_WIDE ? 6 : 5) / 4;
    struct fit_box box = {FONT_HEAVY, w,  px * (SENTENCE_LINES + 1),
                          l->px,      px, LINE};
    return fit_text(l->s.theme->ruler, l->s.arena, sentence, strlen(sentence),
                    &box);
}

/* A bar beside it says whether it is bad news, and so do its words. A narrow
   panel has room for it once. */
static void
place_sentence(struct flow *l, const char *sentence, bool is_bad)
{
    const struct theme *t = l->s.theme;
    int bar = theme_px(t, 8), indent = bar + l->px * 3 / 4;
    struct fit f = fit_sentence(l, sentence, l->head.w - indent);
    l->head.h = fit_height(&f);
    if (l->shown == 0 || t->layout == LAYOUT_WIDE) {
        draw_box(l->s.list, (struct rect){l->head.x, l->head.y, bar, l->head.h},
                 bar / 2, is_bad ? RUST : LEAF);
        sheet_lines(&l->s, sentence, &f,
                    (struct rect){l->head.x + indent, l->head.y,
                                  l->head.w - indent, l->head.h},
                    ALIGN_LEFT, INK);
    }
    int y = l->head.y + l->head.h + t->gap;
    l->area =
        (struct rect){l->whole.x, y, l->whole.w, l->whole.y + l->whole.h - y};
}

/* ---- the lines ------------------------------------------------------------
 */

static struct rect
column_box(const struct flow *l)
{
    int step = l->column_w + l->s.theme->gap;
    return (struct rect){l->area.x + step * l->column, l->area.y, l->column_w,
                         l->area.h};
}

/* Paper for the lines to come. */
static void
begin_column(struct flow *l)
{
    struct rect box = column_box(l);
    if (l->page == l->shown)
        draw_box(l->s.list, box, l->s.theme->radius, CARD);
    l->y = box.y + l->pad;
}

static void
next_column(struct flow *l)
{
    if (++l->column == l->columns) {
        l->column = 0;
        l->page++;
        if (l->s.theme->layout != LAYOUT_WIDE) {
            l->area.y = l->whole.y;
            l->area.h = l->whole.h;
        }
    }
    begin_column(l);
}

static bool
has_room(const struct flow *l, int h)
{
    return l->y + h <= l->area.y + l->area.h - l->pad;
}

static void
add_heading(struct flow *l, const char *words)
{
    int h = l->px * 3 / 2, line = l->px * 2;
    if (!has_room(l, h + line))
        next_column(l);
    struct rect box = column_box(l);
    struct rect place = {box.x + l->pad, l->y, box.w - 2 * l->pad, h};
    if (l->page == l->shown)
        sheet_line(&l->s, words, FONT_HEAVY, l->px, place, ALIGN_LEFT, AMBER);
    l->y += h;
}

/* "!", for who does not see that a line is heavier than its neighbours. */
static void
draw_mark(struct flow *l, struct rect line)
{
    int side = l->px;
    struct rect box = {line.x, line.y + (line.h - side) / 2, side, side};
    draw_box(l->s.list, box, side / 2, RUST);
    sheet_line(&l->s, "!", FONT_HEAVY, l->px * 3 / 4, box, ALIGN_CENTRE, CARD);
}

static void
add_line(struct flow *l, const struct net_line *line)
{
    const struct theme *t = l->s.theme;
    int w = l->column_w - 2 * l->pad;
    int label_w = (int) (LABEL_EM * (float) l->px);
    bool is_beside = w >= l->px * COLUMN_LEAST_EM;
    int value_w = is_beside ? w - label_w : w;
    enum font font = line->is_bad ? FONT_HEAVY : FONT_TEXT;
    int most_h = l->area.h - 2 * l->pad - (is_beside ? 0 : l->px * 2);
    struct fit_box box = {font, value_w, most_h, l->px, l->px, LINE};
    struct fit f =
        fit_text(t->ruler, l->s.arena, line->value, strlen(line->value), &box);
    int label_h = (int) ((float) l->px * LINE);
    int h = fit_height(&f) + (is_beside ? 0 : label_h);
    if (!has_room(l, h) && l->y > l->area.y + l->pad)
        next_column(l);
    struct rect column = column_box(l);
    struct rect label = {column.x + l->pad, l->y,
                         is_beside ? label_w - l->px / 2 : w, label_h};
    if (l->page == l->shown) {
        if (line->is_bad) {
            draw_mark(l, label);
            label.x += l->px * 6 / 5;
            label.w -= l->px * 6 / 5;
        }
        sheet_line(&l->s, line->label, FONT_STRONG, l->px, label, ALIGN_LEFT,
                   INK_SOFT);
        struct rect value = {column.x + l->pad + (is_beside ? label_w : 0),
                             l->y + (is_beside ? 0 : label_h), value_w,
                             fit_height(&f)};
        sheet_lines(&l->s, line->value, &f, value, ALIGN_LEFT, INK);
    }
    l->y += h + l->px / 5;
}

static void
add_lines(struct flow *l, const struct net_report *r)
{
    bool is_begun = false;
    begin_column(l);
    for (int group = 0; group < NET_GROUPS; group++) {
        if (is_begun && l->columns > 1)
            next_column(l);
        else if (is_begun)
            l->y += l->px / 2;
        add_heading(l, net_group_names[group]);
        for (int i = 0; i < r->count; i++)
            if ((int) r->lines[i].group == group)
                add_line(l, &r->lines[i]);
        is_begun = true;
    }
}

/* ---- the code -------------------------------------------------------------
 */

/* Code and words one below the other, in the middle of the box. */
static void
draw_code(struct flow *l, const struct qr *q, struct rect box)
{
    const struct theme *t = l->s.theme;
    int words_h = l->px * 3;
    int square = qr_card_square_px(t, q, box.w, box.h - words_h);
    int side = qr_card_side_px(q, square);
    int y = box.y + (box.h - side - words_h) / 2;
    draw_box(l->s.list, box, t->radius, CARD);
    qr_card_draw_squares(l->s.list, q, box.x + (box.w - side) / 2, y, square);
    struct fit_box words = {
        FONT_STRONG, box.w - 2 * l->pad, words_h, l->px, l->px, LINE};
    struct fit f =
        fit_text(t->ruler, l->s.arena, SCAN_WORDS, strlen(SCAN_WORDS), &words);
    sheet_lines(
        &l->s, SCAN_WORDS, &f,
        (struct rect){box.x + l->pad, y + side, box.w - 2 * l->pad, words_h},
        ALIGN_CENTRE, INK);
}

/* The words beside it, where a page is too low for both. */
static void
draw_code_page(struct flow *l, const struct qr *q)
{
    const struct theme *t = l->s.theme;
    struct rect box = l->whole;
    if (qr_card_square_px(t, q, box.w, box.h - l->px * 3) > 0) {
        draw_code(l, q, box);
        return;
    }
    int square = qr_card_square_px(t, q, box.w, box.h);
    int side = qr_card_side_px(q, square);
    draw_box(l->s.list, box, t->radius, CARD);
    qr_card_draw_squares(l->s.list, q, box.x + box.w - side,
                         box.y + (box.h - side) / 2, square);
    box.w -= side + l->pad;
    struct fit_box words = {FONT_STRONG, box.w - l->pad, box.h - 2 * l->pad,
                            l->px,       l->px * 5 / 4,  LINE};
    struct fit f =
        fit_text(t->ruler, l->s.arena, SCAN_WORDS, strlen(SCAN_WORDS), &words);
    sheet_lines(&l->s, SCAN_WORDS, &f,
                (struct rect){box.x + l->pad, box.y + l->pad, box.w - l->pad,
                              fit_height(&f)},
                ALIGN_LEFT, INK);
}

/* On a wide panel the code stands beside the lines on every page. */
static void
place_code(struct flow *l, const struct qr *q)
{
    const struct theme *t = l->s.theme;
    int w = smaller(l->area.w * 3 / 10, l->area.h);
    l->code = (struct rect){0};
    if (!q || t->layout != LAYOUT_WIDE ||
        qr_card_square_px(t, q, w, l->area.h - l->px * 3) == 0)
        return;
    l->code = (struct rect){l->area.x + l->area.w - w, l->area.y, w, l->area.h};
    l->area.w -= w + t->gap;
}

/* Under the last lines where there is room; else it has a page of its own. */
static void
finish_code(struct flow *l, const struct qr *q)
{
    const struct theme *t = l->s.theme;
    if (!rect_is_empty(l->code)) {
        draw_code(l, q, l->code);
        return;
    }
    struct rect rest = column_box(l);
    int top = l->y + l->px;
    rest.h = rest.y + rest.h - top;
    rest.y = top;
    rest = rect_grow(rest, -theme_px(t, 6));
    bool has_place = t->layout == LAYOUT_TALL &&
                     qr_card_square_px(t, q, rest.w, rest.h - l->px * 3) > 0;
    if (has_place && l->page == l->shown)
        draw_code(l, q, rest);
    if (has_place || qr_card_square_px(t, q, l->whole.w, l->whole.h) == 0)
        return;
    l->page++;
}

/* ---- all of it ------------------------------------------------------------
 */

static struct flow
lay_out(struct draw_list *list, const struct theme *t, struct arena *arena)
{
    struct flow l = {.s = {.list = list, .theme = t, .arena = arena}};
    struct rect bar = bar_place(t);
    int top = t->header.y;
    l.px = letters_px(t);
    l.pad = larger(t->gap, l.px / 2);
    l.whole = (struct rect){t->margin, top, t->w - 2 * t->margin,
                            bar.y - t->gap - top};
    l.head = l.whole;
    return l;
}

static void
start(struct flow *l, const struct theme *t)
{
    draw_start(l->s.list, t->w, t->h);
    draw_fill(l->s.list, (struct rect){0, 0, t->w, t->h}, PAPER);
}

/* Draws the page that is wanted on the way; the pages there are. */
static int
lay(struct flow *l, const struct net_report *r, const struct qr *q)
{
    const struct theme *t = l->s.theme;
    start(l, t);
    place_sentence(l, r->sentence, r->is_bad);
    place_code(l, q);
    int half = (l->area.w - t->gap) / 2;
    bool are_two = t->layout != LAYOUT_TALL && half >= l->px * COLUMN_LEAST_EM;
    l->columns = are_two ? 2 : 1;
    l->column_w = are_two ? half : l->area.w;
    add_lines(l, r);
    int text_pages = l->page + 1;
    if (q)
        finish_code(l, q);
    if (l->page == text_pages && l->shown == text_pages) {
        start(l, t);
        draw_code_page(l, q);
    }
    return l->page + 1;
}

bool
net_card_code(struct qr *q, struct arena *arena, const struct theme *theme,
              const struct net_report *r, struct text *words)
{
    struct rect room = lay_out(NULL, theme, arena).whole;
    struct text text = {0};
    bool has_room = false;
    for (size_t most = QR_WORDS_MOST; most >= 250 && !has_room; most -= 150) {
        text_cut(&text, 0);
        net_report_text(r, &text, most);
        has_room = qr_make_words(q, arena, text_string(&text)) &&
                   qr_card_square_px(theme, q, room.w, room.h) > 0;
    }
    if (words)
        text_add(words, text_string(&text), text.len);
    if (!has_room)
        *q = (struct qr){0};
    text_destroy(&text);
    return has_room;
}

int
net_card_draw(struct draw_list *list, const struct theme *theme,
              struct arena *arena, const struct net_report *r,
              const struct qr *q, int page)
{
    static const struct net_report none = {.sentence = "One moment …"};
    struct flow first = lay_out(list, theme, arena), l = first;
    l.shown = page;
    int pages = lay(&l, r ? r : &none, r ? q : NULL);
    if (page >= pages) { // there were more of them a moment ago
        page = pages - 1;
        l = first;
        l.shown = page;
        lay(&l, r ? r : &none, r ? q : NULL);
    }
    bar_draw(&l.s, page, pages);
    return pages;
}
