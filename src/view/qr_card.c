#include "view/qr_card.h"

#include <string.h>

#include "view/palette.h"

#define LEAST_PX 3
#define LEAST_MM 0.5f
#define CARD_SQUARE 8 // design pixels at most: larger is no easier to read
#define LINE 1.2f
#define WORDS_LEAST_EM 5 // beside the code: a word or two in a line
#define WORDS_MOST_EM 8

int
qr_card_side_px(const struct qr *q, int square_px)
{
    return (q->side + 2 * QR_QUIET) * square_px;
}

int
qr_card_square_px(const struct theme *t, const struct qr *q, int w, int h)
{
    int square = (w < h ? w : h) / (q->side + 2 * QR_QUIET);
    int least = theme_mm(t, LEAST_MM);
    return square >= (least > LEAST_PX ? least : LEAST_PX) ? square : 0;
}

/* One box for each run of dark squares in a row: edges stay hard. */
void
qr_card_draw_squares(struct draw_list *list, const struct qr *q, int x, int y,
                     int square_px)
{
    int side = qr_card_side_px(q, square_px), quiet = QR_QUIET * square_px;
    draw_fill(list, (struct rect){x, y, side, side}, CARD);
    for (int row = 0; row < q->side; row++)
        for (int from = 0, until; from < q->side; from = until + 1) {
            until = from;
            while (qr_is_dark(q, until, row))
                until++;
            if (until > from)
                draw_fill(list,
                          (struct rect){x + quiet + from * square_px,
                                        y + quiet + row * square_px,
                                        (until - from) * square_px, square_px},
                          INK);
        }
}

/* ---- the card ----------------------------------------------------------- */

struct card {
    int square_px, side;
    struct fit words;
    struct rect words_box; // from the card's corner
    int w, h;
};

static int
smaller(int a, int b)
{
    return a < b ? a : b;
}

static void
measure_words(const struct sheet *s, const char *words, int px, int w,
              struct card *c)
{
    struct fit_box box = {FONT_STRONG, w, px * 4, px, px, LINE};
    c->words = fit_text(s->theme->ruler, s->arena, words, strlen(words), &box);
}

static int
largest(const struct theme *t)
{
    int px = theme_px(t, CARD_SQUARE);
    return px > LEAST_PX ? px : LEAST_PX;
}

/* The words under the code, as wide as the card. */
static struct card
card_below(const struct sheet *s, const struct qr *q, const char *words, int w,
           int h)
{
    const struct theme *t = s->theme;
    struct card c = {0};
    int pad = t->title_px / 2;
    measure_words(s, words, t->title_px, w - 2 * pad, &c);
    int words_h = fit_height(&c.words) + pad;
    c.square_px = qr_card_square_px(t, q, w, h - words_h);
    c.square_px = smaller(c.square_px, largest(t));
    c.side = qr_card_side_px(q, c.square_px);
    int words_w = c.words.width_px + 2 * pad;
    c.w = words_w > c.side ? words_w : c.side;
    c.h = c.side + words_h;
    c.words_box = (struct rect){(c.w - c.words.width_px) / 2, c.side,
                                c.words.width_px + 2, words_h};
    return c;
}

/* The words to its left: for cells that are low and long. */
static struct card
card_beside(const struct sheet *s, const struct qr *q, const char *words, int w,
            int h)
{
    const struct theme *t = s->theme;
    struct card c = {0};
    int em = t->title_px * 5 / 4, pad = em;
    c.square_px = qr_card_square_px(t, q, w - em * WORDS_LEAST_EM - pad, h);
    c.square_px = smaller(c.square_px, largest(t));
    c.side = qr_card_side_px(q, c.square_px);
    measure_words(s, words, em, smaller(w - c.side - pad, em * WORDS_MOST_EM),
                  &c);
    int words_h = fit_height(&c.words);
    c.w = pad + c.words.width_px + c.side;
    c.h = c.side;
    c.words_box =
        (struct rect){pad, (c.h - words_h) / 2, c.words.width_px + 2, words_h};
    if (words_h > c.h)
        c.square_px = 0;
    return c;
}

static struct card
card_for(const struct sheet *s, const struct qr *q, const char *words, int w,
         int h)
{
    struct card below = card_below(s, q, words, w, h);
    struct card beside = card_beside(s, q, words, w, h);
    if (!below.words.is_whole)
        below.square_px = 0;
    if (!beside.words.is_whole)
        beside.square_px = 0;
    return beside.square_px > below.square_px ? beside : below;
}

bool
qr_card_fits(const struct sheet *s, const struct qr *q, const char *words,
             int w, int h)
{
    return card_for(s, q, words, w, h).square_px > 0;
}

bool
qr_card_draw(struct sheet *s, const struct qr *q, const char *words,
             struct rect room)
{
    const struct theme *t = s->theme;
    struct card c = card_for(s, q, words, room.w, room.h);
    if (c.square_px == 0)
        return false;
    bool is_beside = c.words_box.y < c.side;
    // Paper as large as its neighbours; in a very large cell, not quite.
    int grown_w = smaller(room.w, c.w * 2),
        grown_h = smaller(room.h, c.h * 3 / 2);
    struct rect box = {room.x + room.w - grown_w, room.y + room.h - grown_h,
                       grown_w, grown_h};
    int left = is_beside ? 0 : (grown_w - c.w) / 2, top = (grown_h - c.h) / 2;
    int x = is_beside ? box.x + box.w - c.side : box.x + (box.w - c.side) / 2;
    draw_shadow(s->list, box, t->postit_radius, t->gap / 2, SHADOW_FAR);
    draw_box(s->list, box, t->postit_radius, CARD);
    qr_card_draw_squares(s->list, q, x, box.y + top, c.square_px);
    struct rect words_box = c.words_box;
    words_box.x += box.x + left;
    words_box.y += box.y + top;
    sheet_lines(s, words, &c.words, words_box,
                is_beside ? ALIGN_LEFT : ALIGN_CENTRE, INK);
    return true;
}
