#include <string.h>

#include "base/utf8.h"
#include "view/keyboard.h"
#include "view/palette.h"

struct look { // of one key
    uint32_t ground, text;
    const char *label;
    enum font font;
    int size_px;
};

static struct look
look_of(const struct keyboard *k, const struct key *key, struct rect r,
        bool is_digit)
{
    size_t len = strlen(key->label);
    bool is_letter = utf8_grapheme_end(key->label, len, 0) == len;
    struct look l = {.ground = is_digit ? KEY_DIGIT : CARD,
                     .text = INK,
                     .label = key->label,
                     .font = FONT_STRONG,
                     .size_px = is_letter ? r.h / 2 : r.h * 2 / 5};
    if (is_letter && key->action != KEY_TEXT)
        l.size_px = r.h * 9 / 16; // an arrow, thinner than letters
    switch (key->action) {
    case KEY_SHIFT:
        l.ground = KEY_ACTS;
        if (keyboard_page(k) == KEYBOARD_CAPITALS) {
            l.ground = INK;
            l.text = CARD;
        }
        if (k->shift == KEYBOARD_SHIFT_CAPS)
            l.label = "⇪";
        break;
    case KEY_PAGE:
    case KEY_BACKSPACE:
    case KEY_BACKSPACE_WORD:
    case KEY_ENTER:
        l.ground = KEY_ACTS;
        break;
    case KEY_NONE:
    case KEY_TEXT:
    case KEY_SPACE:
        break;
    }
    return l;
}

static void
draw_label(struct sheet *s, const struct look *l, struct rect r)
{
    struct rect inner = {r.x + r.w / 16, r.y, r.w - r.w / 8, r.h};
    int px =
        fit_width_px(s->theme->ruler, l->font, l->label, l->size_px, inner.w);
    sheet_line(s, l->label, l->font, px, inner, ALIGN_CENTRE, l->text);
}

static void
draw_key(const struct keyboard *k, struct sheet *s, const struct key *key,
         struct rect r, bool is_digit, bool is_pressed)
{
    struct look l = look_of(k, key, r, is_digit);
    struct rect edge = r;
    int radius = is_digit ? r.h / 5 : r.h / 6;
    edge.y += (r.h + 16) / 32;
    draw_box(s->list, edge, radius, KEY_EDGE);
    if (is_pressed) {
        l.ground = SUN;
        l.text = INK;
    }
    draw_box(s->list, r, radius, l.ground);
    draw_label(s, &l, r);
}

static void
draw_variants(const struct keyboard *k, struct sheet *s)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX], all = {0};
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    int count = keyboard_variants(k, rects, texts);
    if (count == 0)
        return;
    for (int i = 0; i < count; i++)
        all = rect_union(all, rects[i]);
    int h = all.h, edge = h / 12;
    draw_shadow(s->list, rect_grow(all, edge), h / 6, h / 4, SHADOW_FAR);
    draw_bordered_box(s->list, rect_grow(all, edge), h / 6, CARD, (h + 16) / 32,
                      KEY_EDGE);
    for (int i = 0; i < count; i++) {
        struct look l = {.text = INK,
                         .label = texts[i],
                         .font = FONT_STRONG,
                         .size_px = h / 2};
        if (i == k->variant)
            draw_box(s->list, rects[i], h / 8, SUN);
        draw_label(s, &l, rects[i]);
    }
}

void
keyboard_draw(const struct keyboard *k, struct sheet *s)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(k, rects, keys);
    if (count == 0)
        return;
    const struct key_row *first =
        &keyboard_layouts[k->has_digits][keyboard_page(k)].rows[0];
    int digit_count = k->has_digits ? first->count : 0;
    if (k->box.x > 0) // a tray of its own, not the foot of the picture
        draw_box_corners(s->list, k->box, s->theme->radius,
                         CORNER_TOP_LEFT | CORNER_TOP_RIGHT, KEYBOARD_GROUND);
    else
        draw_fill(s->list, k->box, KEYBOARD_GROUND);
    for (int i = 0; i < count; i++)
        draw_key(k, s, keys[i], rects[i], i < digit_count,
                 k->is_down && i == k->key);
    draw_variants(k, s);
}
