#include "view/bar.h"

#include "view/palette.h"

#define MAIN_LEAST_MM 16 // look.md: main buttons

struct rect
bar_place(const struct theme *t)
{
    int h = t->footer.h, least = theme_mm(t, MAIN_LEAST_MM);
    h = least > h ? least : h;
    h = h < t->h / 7 ? h : t->h / 7; // a low panel is near, and needs its lines
    int bottom = t->footer.y + t->footer.h;
    return (struct rect){t->margin, bottom - h, t->w - 2 * t->margin, h};
}

/* Some panels never report a finger that moves: pages are turned here. */
static int
draw_pager(struct sheet *s, struct rect bar, int x, const char *sign,
           enum target_kind target)
{
    const struct theme *t = s->theme;
    struct rect box = {x, bar.y, bar.h, bar.h};
    draw_ring(s->list, rect_grow(box, -bar.h / 10), theme_px(t, 2), 1,
              INK_SOFT);
    struct rect in = box;
    in.y -= bar.h / 14; // the sign hangs below the middle of its line
    sheet_line(s, sign, FONT_STRONG, bar.h * 6 / 10, in, ALIGN_CENTRE,
               INK_SOFT);
    draw_target(s->list, target, 0, box);
    return x + bar.h;
}

void
bar_draw(struct sheet *s, int page, int page_count)
{
    const struct theme *t = s->theme;
    struct rect bar = bar_place(t);
    int px = t->button_px, w = bar.h * 5 / 2;
    w = w < bar.w * 2 / 5 ? w : bar.w * 2 / 5;
    struct rect close = {bar.x + bar.w - w, bar.y, w, bar.h};
    draw_box(s->list, close, bar.h / 2, INK);
    sheet_line(s, "Close", FONT_STRONG, px * 6 / 5, close, ALIGN_CENTRE, CARD);
    draw_target(s->list, TARGET_CLOSE, 0, close);
    if (page_count < 2)
        return;
    int x = draw_pager(s, bar, bar.x, "‹", TARGET_PREVIOUS);
    x = draw_pager(s, bar, x, "›", TARGET_NEXT) + t->gap;
    const char *words =
        arena_format(s->arena, "%d of %d", page + 1, page_count);
    sheet_line(s, words, FONT_STRONG, px,
               (struct rect){x, bar.y, close.x - x, bar.h}, ALIGN_LEFT,
               INK_SOFT);
}
