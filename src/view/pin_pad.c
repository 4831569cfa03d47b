#include "view/pin_pad.h"

#include <string.h>

#include "view/bar.h"
#include "view/palette.h"
#include "view/sheet.h"

#define ROWS 4
#define COLUMNS 3
#define KEY_MOST_MM 22
#define TITLE "PIN of this screen"

/* As on a telephone. */
static const struct {
    const char *label;
    enum target_kind target;
    int value;
} keys[ROWS * COLUMNS] = {
    {"1", TARGET_DIGIT, 1}, {"2", TARGET_DIGIT, 2}, {"3", TARGET_DIGIT, 3},
    {"4", TARGET_DIGIT, 4}, {"5", TARGET_DIGIT, 5}, {"6", TARGET_DIGIT, 6},
    {"7", TARGET_DIGIT, 7}, {"8", TARGET_DIGIT, 8}, {"9", TARGET_DIGIT, 9},
    {"", TARGET_NONE, 0},   {"0", TARGET_DIGIT, 0}, {"Delete", TARGET_ERASE, 0},
};

static void
draw_keys(struct sheet *s, struct rect place)
{
    const struct theme *t = s->theme;
    int gap = t->gap / 2;
    int h = (place.h - gap * (ROWS - 1)) / ROWS, w = h * 5 / 4;
    int most_w = (place.w - gap * (COLUMNS - 1)) / COLUMNS;
    w = w < most_w ? w : most_w;
    h = h < w ? h : w;
    int x = place.x + (place.w - COLUMNS * w - (COLUMNS - 1) * gap) / 2;
    for (int i = 0; i < ROWS * COLUMNS; i++) {
        struct rect box = {x + i % COLUMNS * (w + gap),
                           place.y + i / COLUMNS * (h + gap), w, h};
        bool is_digit = keys[i].target == TARGET_DIGIT;
        if (keys[i].target == TARGET_NONE)
            continue;
        int px = fit_width_px(t->ruler, FONT_STRONG, keys[i].label, h / 2,
                              w * 4 / 5);
        draw_bordered_box(s->list, box, t->radius / 2,
                          is_digit ? KEY_DIGIT : KEY_ACTS, theme_px(t, 2),
                          KEY_EDGE);
        sheet_line(s, keys[i].label, FONT_STRONG, px, box, ALIGN_CENTRE, INK);
        draw_target(s->list, keys[i].target, keys[i].value,
                    rect_grow(box, gap / 2));
    }
}

/* What is typed, without showing it. */
static void
draw_dots(struct sheet *s, const struct pin *pin, struct rect line)
{
    int typed = (int) strlen(pin->typed), side = line.h / 3, step = side * 2;
    int x = line.x + (line.w - step * typed + side) / 2;
    for (int i = 0; i < typed; i++)
        draw_box(s->list,
                 (struct rect){x + i * step, line.y + side, side, side},
                 side / 2, INK);
    if (typed == 0)
        draw_fill(s->list,
                  (struct rect){line.x + line.w / 2 - side * 2,
                                line.y + line.h * 2 / 3, side * 4,
                                theme_px(s->theme, 3)},
                  QUIET);
}

void
pin_pad_draw(struct draw_list *list, const struct theme *theme,
             struct arena *arena, const struct pin *pin, const char *said)
{
    struct sheet s = {.list = list, .theme = theme, .arena = arena};
    const struct theme *t = theme;
    struct rect bar = bar_place(t);
    int px = t->button_px, line_h = px * 3 / 2;
    struct rect line = {t->margin, t->header.y, t->w - 2 * t->margin, line_h};
    draw_start(list, t->w, t->h);
    draw_fill(list, (struct rect){0, 0, t->w, t->h}, PAPER);
    sheet_line(&s, *said ? said : TITLE, FONT_HEAVY, px, line, ALIGN_CENTRE,
               INK);
    line.y += line_h;
    draw_dots(&s, pin, line);
    int y = line.y + line_h + t->gap / 2;
    int most_h = theme_mm(t, KEY_MOST_MM * ROWS);
    int h = bar.y - t->gap - y;
    if (most_h > 0 && t->layout == LAYOUT_TALL && h > most_h)
        h = most_h; // within a hand's reach of each other
    draw_keys(&s, (struct rect){t->margin, y, t->w - 2 * t->margin, h});
    bar_draw(&s, 0, 1);
}
