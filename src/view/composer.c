#include "view/composer.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "view/palette.h"
#include "view/postit.h"

#define LINE_HEIGHT 1.15f

static const struct {
    const char *chip;
    const char *colour;
} words[] = {
    [SORT_IDEA] = {"An idea", "yellow"},
    [SORT_ANSWER] = {"An answer", "pink"},
    [SORT_DISCOVERY] = {"A discovery", "mint"},
    [SORT_DISTURBANCE] = {"A disturbance", "blue"},
    [SORT_DELIGHT] = {"A delight", ""},
};
#define SORT_COUNT (SORT_DELIGHT + 1)
#define COLOUR_COUNT (COLOUR_BLUE + 1)

static void
note_change(struct composer *c)
{
    c->keyboard.wants_capital = compose_wants_capital(&c->compose);
    c->refusal = NULL;
}

void
composer_open(struct composer *c, enum postit_sort sort, const char *answers,
              int64_t now_ms)
{
    memset(c, 0, sizeof *c);
    compose_reset(&c->compose);
    c->compose.sort = sort;
    compose_set_answers(&c->compose, answers);
    c->used_ms = now_ms;
    note_change(c);
}

/* --- what is done to it --- */

static void
take_key(struct composer *c, const struct key_action *key)
{
    switch (key->kind) {
    case KEY_TEXT:
    case KEY_SPACE:
        compose_insert(&c->compose, key->text, strlen(key->text));
        break;
    case KEY_BACKSPACE:
        compose_backspace(&c->compose);
        break;
    case KEY_BACKSPACE_WORD:
        compose_backspace_word(&c->compose);
        break;
    case KEY_ENTER: // a post-it has one paragraph: on to the name and back
        c->compose.field =
            c->compose.field == COMPOSE_TEXT ? COMPOSE_NAME : COMPOSE_TEXT;
        break;
    case KEY_NONE:
    case KEY_SHIFT:
    case KEY_PAGE:
        return;
    }
    note_change(c);
}

static enum composer_answer
ask_to_post(struct composer *c)
{
    c->refusal = compose_refusal(&c->compose);
    return c->refusal ? COMPOSER_GOES_ON : COMPOSER_POST;
}

static enum composer_answer
act_on(struct composer *c, enum target_kind kind, int value)
{
    switch (kind) {
    case TARGET_CANCEL:
        return COMPOSER_CANCEL;
    case TARGET_POST:
        return ask_to_post(c);
    case TARGET_SORT:
        c->compose.sort = (enum postit_sort) value;
        break;
    case TARGET_SORT_NEXT:
        c->compose.sort =
            (enum postit_sort)((c->compose.sort + 1) % SORT_COUNT);
        break;
    case TARGET_COLOUR:
        c->compose.colour = (enum postit_colour) value;
        break;
    case TARGET_TEXT:
        c->compose.field = COMPOSE_TEXT;
        compose_place_caret(&c->compose, (size_t) value);
        break;
    case TARGET_NAME:
        c->compose.field = COMPOSE_NAME;
        compose_place_caret(&c->compose, COMPOSE_BYTES_MAX);
        break;
    case TARGET_NONE:
    case TARGET_ADD_POSTIT:
    case TARGET_ANSWER:
    case TARGET_PREVIOUS:
    case TARGET_NEXT:
    case TARGET_POSTIT:
    case TARGET_ANSWER_ONE:
    case TARGET_ANSWERS:
    case TARGET_MEETING:
    case TARGET_THANKS:
    case TARGET_TRYING:
    case TARGET_TURN_OVER:
    case TARGET_TAKE_BACK:
    case TARGET_CLOSE:
        return COMPOSER_GOES_ON;
    }
    note_change(c);
    return COMPOSER_GOES_ON;
}

enum composer_answer
composer_touch(struct composer *c, const struct draw_list *shown,
               const struct touch *touch, int64_t now_ms)
{
    c->used_ms = now_ms;
    struct key_action key = keyboard_touch(&c->keyboard, touch, now_ms);
    take_key(c, &key);
    const struct target *under = draw_target_at(shown, touch->x, touch->y);
    if (touch->phase == TOUCH_DOWN && under) {
        c->is_pressed = true;
        c->finger = touch->finger;
        c->pressed = under->kind;
        c->pressed_value = under->value;
    }
    if (touch->phase == TOUCH_CANCEL)
        c->is_pressed = false;
    if (touch->phase != TOUCH_UP || !c->is_pressed ||
        touch->finger != c->finger)
        return COMPOSER_GOES_ON;
    c->is_pressed = false;
    bool is_same =
        under && under->kind == c->pressed &&
        (under->value == c->pressed_value || under->kind == TARGET_TEXT);
    return is_same ? act_on(c, under->kind, under->value) : COMPOSER_GOES_ON;
}

enum composer_answer
composer_type(struct composer *c, const char *text, size_t len, int64_t now_ms)
{
    c->used_ms = now_ms;
    compose_insert(&c->compose, text, len);
    note_change(c);
    return COMPOSER_GOES_ON;
}

void
composer_tick(struct composer *c, int64_t now_ms)
{
    struct key_action key = keyboard_tick(&c->keyboard, now_ms);
    take_key(c, &key);
}

int64_t
composer_next_ms(const struct composer *c)
{
    return keyboard_next_ms(&c->keyboard);
}

/* --- how it looks --- */

/* Where everything stands, for one layout. */
struct places {
    struct rect cancel, post, chips, swatches, paper, side, keyboard;
    int chip_px;
    bool has_all_chips; // else one chip that goes on to the next
    bool has_digits;
};

static struct places
places_of(const struct theme *t)
{
    struct places p = {.has_all_chips = true, .has_digits = true};
    int w = t->w, m = t->margin;
    if (t->layout == LAYOUT_SMALL) {
        int top = theme_px(t, 10), h = theme_px(t, 54), split = t->h * 48 / 100;
        int y = top + h + theme_px(t, 14),
            paper_h = split - y - theme_px(t, 10);
        int side = theme_px(t, 136);
        p.cancel = (struct rect){theme_px(t, 12), top, theme_px(t, 102), h};
        p.post = (struct rect){w - theme_px(t, 136), top, theme_px(t, 124), h};
        p.chips =
            (struct rect){w / 2 - theme_px(t, 110), top, theme_px(t, 220), h};
        p.swatches =
            (struct rect){theme_px(t, 16), y, theme_px(t, 118), paper_h};
        p.paper = (struct rect){theme_px(t, 150), y,
                                w - theme_px(t, 150) - side - theme_px(t, 14),
                                paper_h};
        p.side = (struct rect){w - side, y, side - theme_px(t, 8), paper_h};
        p.keyboard = (struct rect){0, split, w, t->h - split};
        p.chip_px = theme_px(t, 20);
        p.has_all_chips = p.has_digits = false;
        return p;
    }
    if (t->layout == LAYOUT_TALL) {
        int h = theme_px(t, 72), gap = theme_px(t, 14);
        int split = t->h - t->h * 36 / 100;
        p.cancel = (struct rect){m, gap * 2, theme_px(t, 170), h};
        p.post = (struct rect){w - m - theme_px(t, 210), gap * 2,
                               theme_px(t, 210), h};
        int y = gap * 4 + h;
        p.chips = (struct rect){m, y, w - 2 * m, 2 * theme_px(t, 64) + gap};
        y += p.chips.h + gap * 2;
        int swatch = theme_px(t, 84);
        p.paper = (struct rect){m, y, w - 2 * m, split - y - swatch - gap * 5};
        y += p.paper.h + gap * 2;
        p.swatches = (struct rect){m, y, swatch * 4 + gap * 3, swatch};
        p.side = (struct rect){m + p.swatches.w + gap * 2, y,
                               w - 2 * m - p.swatches.w - gap * 2, swatch};
        p.keyboard = (struct rect){0, split, w, t->h - split};
        p.chip_px = theme_px(t, 25);
        return p;
    }
    int h = theme_px(t, 92), top = theme_px(t, 37);
    int split = t->h * 511 / 1000;
    int y = top + h + theme_px(t, 40), paper_h = split - y - theme_px(t, 28);
    p.cancel = (struct rect){m, top, theme_px(t, 180), h};
    p.post = (struct rect){w - m - theme_px(t, 238), top, theme_px(t, 238), h};
    int x = m + p.cancel.w + theme_px(t, 44);
    p.chips = (struct rect){x, top, p.post.x - theme_px(t, 44) - x, h};
    p.swatches = (struct rect){m, y + theme_px(t, 8), theme_px(t, 236),
                               theme_px(t, 236)};
    p.paper = (struct rect){m + theme_px(t, 390), y - theme_px(t, 10),
                            theme_px(t, 980), paper_h + theme_px(t, 10)};
    p.side =
        (struct rect){p.paper.x + p.paper.w + theme_px(t, 52), y,
                      w - m - p.paper.x - p.paper.w - theme_px(t, 52), paper_h};
    p.keyboard = (struct rect){0, split, w, t->h - split};
    p.chip_px = theme_px(t, 35);
    return p;
}

static void
draw_pill(struct sheet *s, struct rect box, const char *label, enum font font,
          int px, uint32_t ground, uint32_t text, enum target_kind kind,
          int value)
{
    int r = box.h / 2;
    draw_bordered_box(s->list, box, r, ground, theme_px(s->theme, 3),
                      ground == CARD ? RULE : ground);
    sheet_line(s, label, font, px, rect_grow(box, -theme_px(s->theme, 4)),
               ALIGN_CENTRE, text);
    draw_target(s->list, kind, value, box);
}

static void
draw_chips(struct sheet *s, const struct composer *c, const struct places *p)
{
    const struct theme *t = s->theme;
    if (!p->has_all_chips) {
        draw_pill(s, p->chips,
                  arena_format(s->arena, "%s ›", words[c->compose.sort].chip),
                  FONT_STRONG, p->chip_px, CARD, INK, TARGET_SORT_NEXT, 0);
        return;
    }
    // As wide as its words; on a tall panel three in a row and two below.
    bool is_tall = t->layout == LAYOUT_TALL;
    int gap = theme_px(t, is_tall ? 14 : 15), from = 0;
    for (int row = 0; row < (is_tall ? 2 : 1); row++) {
        int to = is_tall && row == 0 ? 3 : SORT_COUNT, all = 0;
        int ws[SORT_COUNT] = {0};
        for (int i = from; i < to; i++) {
            ws[i] = (int) ceilf(t->ruler->width_em(t->ruler->data, FONT_STRONG,
                                                   words[i].chip,
                                                   strlen(words[i].chip)) *
                                (float) p->chip_px);
            all += ws[i];
        }
        int pad = (p->chips.w - all - gap * (to - from - 1)) / (to - from);
        int most = theme_px(t, 70), h = is_tall ? theme_px(t, 64) : p->chips.h;
        pad = pad > most ? most : pad;
        int x = p->chips.x;
        for (int i = from; i < to; i++) {
            bool is_on = (int) c->compose.sort == i;
            struct rect box = {x, p->chips.y + row * (h + gap), ws[i] + pad, h};
            draw_pill(s, box, words[i].chip, FONT_STRONG, p->chip_px,
                      is_on ? INK : CARD, is_on ? CARD : INK, TARGET_SORT, i);
            x += box.w + gap;
        }
        from = to;
    }
}

/* Each colour says its name: some cannot tell pink from mint. */
static void
draw_swatches(struct sheet *s, const struct composer *c, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_row = t->layout == LAYOUT_TALL;
    int columns = is_row ? 4 : 2, gap = theme_px(t, is_row ? 14 : 20);
    int w = (box.w - gap * (columns - 1)) / columns;
    int h = is_row ? box.h : (box.h - gap) / 2;
    if (h > w)
        h = w;
    for (int i = 0; i < COLOUR_COUNT; i++) {
        struct rect cell = {box.x + i % columns * (w + gap),
                            box.y + i / columns * (h + gap), w, h};
        if ((int) c->compose.colour == i) {
            int line = theme_px(t, 5);
            draw_box(s->list, rect_grow(cell, line * 2), t->radius, INK);
            draw_box(s->list, rect_grow(cell, line), t->radius * 3 / 4, PAPER);
        }
        draw_box(s->list, cell, t->radius / 2,
                 postit_paper((enum postit_colour) i));
        sheet_line(s, words[i].colour, FONT_STRONG,
                   t->layout == LAYOUT_WIDE ? theme_px(t, 26) : h / 4, cell,
                   ALIGN_CENTRE, INK);
        draw_target(s->list, TARGET_COLOUR, i, rect_grow(cell, gap / 2));
    }
}

static float
part_px(const struct sheet *s, const struct fit *f, const char *text,
        size_t len)
{
    const struct ruler *r = s->theme->ruler;
    return r->width_em(r->data, f->font, text, len) * (float) f->size_px;
}

static void
draw_caret(struct sheet *s, int x, int y, int h)
{
    int w = theme_px(s->theme, 4);
    draw_fill(s->list, (struct rect){x, y, w > 1 ? w : 2, h}, RUST);
}

/* Targets between letters, so that a touch puts the caret there: one for each
   letter of the line, with the line's height. */
static void
target_letters(struct sheet *s, const struct fit *f, const char *text,
               const struct fit_line *line, struct rect box, int y)
{
    int x = box.x;
    size_t at = line->at, end = line->at + line->len;
    while (at < end && s->list->target_count < TARGETS_MAX - 4) {
        size_t next = utf8_grapheme_end(text, end, at);
        int to = box.x + (int) part_px(s, f, text + line->at, next - line->at);
        draw_target(s->list, TARGET_TEXT, (int) at,
                    (struct rect){x - (to - x) / 2, y, to - x, f->line_px});
        x = to;
        at = next;
    }
}

static void
draw_text_field(struct sheet *s, const struct composer *c, struct rect box)
{
    const struct theme *t = s->theme;
    const struct compose_line *line = &c->compose.lines[COMPOSE_TEXT];
    struct fit_box fit = {t->hand,
                          box.w,
                          box.h,
                          theme_px(t, 20),
                          theme_px(t, t->layout == LAYOUT_WIDE ? 60 : 38),
                          LINE_HEIGHT};
    struct fit f = fit_text(t->ruler, s->arena, line->bytes, line->len, &fit);
    draw_target(s->list, TARGET_TEXT, (int) line->len, box);
    sheet_lines(s, line->bytes, &f, box, ALIGN_LEFT, INK);
    int caret_x = box.x, caret_y = box.y;
    for (int i = 0; i < f.line_count; i++) {
        const struct fit_line *l = &f.lines[i];
        int y = box.y + i * f.line_px;
        target_letters(s, &f, line->bytes, l, box, y);
        if (line->caret < l->at)
            continue;
        size_t len = line->caret - l->at;
        // Blanks at a line's end are not in its length, yet the caret is there.
        caret_x = box.x + (int) part_px(s, &f, line->bytes + l->at, len);
        caret_y = y;
    }
    if (c->compose.field == COMPOSE_TEXT)
        draw_caret(s, caret_x, caret_y, f.line_px);
}

static void
draw_name_field(struct sheet *s, const struct composer *c, struct rect box,
                int px)
{
    const struct compose_line *line = &c->compose.lines[COMPOSE_NAME];
    bool is_empty = line->len == 0;
    bool is_on = c->compose.field == COMPOSE_NAME;
    int w = sheet_line(s, is_empty ? "Your name, if you like" : line->bytes,
                       FONT_STRONG, px, box, ALIGN_LEFT, ON_POSTIT_SOFT);
    if (is_empty || is_on) // a dashed line to write on
        for (int x = 0; x < w || x < px * 4; x += px / 3)
            draw_fill(s->list,
                      (struct rect){box.x + x, box.y + box.h - 2, px / 5, 2},
                      ON_POSTIT_SOFT);
    if (is_on)
        draw_caret(s, box.x + (is_empty ? 0 : w + 1), box.y, box.h);
    draw_target(s->list, TARGET_NAME, 0, rect_grow(box, px / 3));
}

static void
draw_paper(struct sheet *s, const struct composer *c, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_wide = t->layout == LAYOUT_WIDE;
    postit_begin(s, box, t->layout == LAYOUT_SMALL ? 0 : -0.5f,
                 postit_paper(c->compose.colour));
    int pad = theme_px(t, is_wide ? 48 : 20);
    int px = theme_px(t, is_wide ? 34 : t->layout == LAYOUT_TALL ? 26 : 18);
    struct rect foot = {box.x + pad, box.y + box.h - pad / 2 - px * 3 / 2,
                        box.w - 2 * pad, px * 3 / 2};
    struct rect text = {box.x + pad, box.y + pad * 3 / 4, box.w - 2 * pad,
                        foot.y - box.y - pad * 3 / 4};
    draw_text_field(s, c, text);
    int left = compose_left(&c->compose, c->compose.field);
    int used = sheet_line(s, arena_format(s->arena, "%d left", left),
                          FONT_STRONG, px, foot, ALIGN_RIGHT, ON_POSTIT_SOFT);
    foot.w -= used + px;
    draw_name_field(s, c, foot, px);
    draw_straight(s->list);
}

/* What becomes of it, and the one rule; or why it cannot be posted yet. */
static void
draw_side(struct sheet *s, const struct composer *c, struct rect box)
{
    const struct theme *t = s->theme;
    bool is_wide = t->layout == LAYOUT_WIDE;
    int px = theme_px(t, is_wide ? 34 : t->layout == LAYOUT_TALL ? 23 : 17);
    const char *rule = "No pupils’ names, please.";
    struct fit_box fit = {FONT_TEXT, box.w, box.h, px, px, 1.35f};
    if (is_wide && !c->refusal) {
        const char *fate = "Up on this board at once.";
        struct fit f = fit_text(t->ruler, s->arena, fate, strlen(fate), &fit);
        box.y = sheet_lines(s, fate, &f, box, ALIGN_LEFT, INK_SOFT) + px;
    }
    fit.font = FONT_HEAVY;
    const char *said = c->refusal ? c->refusal : rule;
    struct fit f = fit_text(t->ruler, s->arena, said, strlen(said), &fit);
    sheet_lines(s, said, &f, box, ALIGN_LEFT, INK);
}

void
composer_draw(struct composer *c, struct sheet *s)
{
    const struct theme *t = s->theme;
    struct places p = places_of(t);
    draw_fill(s->list, (struct rect){0, 0, t->w, t->h}, PAPER);
    keyboard_place(&c->keyboard, p.keyboard, p.has_digits);
    draw_pill(s, p.cancel, "Cancel", FONT_STRONG, p.chip_px, RULE, INK,
              TARGET_CANCEL, 0);
    draw_pill(s, p.post, "Post it", FONT_HEAVY, p.chip_px * 6 / 5, LEAF, CARD,
              TARGET_POST, 0);
    draw_chips(s, c, &p);
    draw_swatches(s, c, p.swatches);
    draw_side(s, c, p.side);
    draw_paper(s, c, p.paper);
    keyboard_draw(&c->keyboard, s);
}
