#include <math.h>
#include <string.h>

#include "view/composer.h"
#include "view/composer_field.h"
#include "view/composer_places.h"
#include "view/palette.h"
#include "view/postit.h"

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

// Of the paper's side: how large letters are on one that is larger than drawn.
#define PEN_PART 0.095f

/* What a pane of the composer is drawn with. */
struct pane {
    struct sheet *s;
    const struct composer *c;
    const struct composer_places *p;
};

static int
px(const struct pane *d, float design_px)
{
    return composer_places_px(d->p, design_px);
}

static void
draw_pill(const struct pane *d, struct rect box, const char *label,
          enum font font, int size_px, uint32_t ground, uint32_t text)
{
    struct sheet *s = d->s;
    draw_bordered_box(s->list, box, box.h / 2, ground, px(d, 3),
                      ground == CARD ? RULE : ground);
    size_px =
        fit_width_px(s->theme->ruler, font, label, size_px, box.w - box.h / 2);
    sheet_line(s, label, font, size_px, rect_grow(box, -px(d, 4)), ALIGN_CENTRE,
               text);
}

static void
draw_buttons(const struct pane *d)
{
    const struct composer_places *p = d->p;
    const struct theme *t = d->s->theme;
    draw_pill(d, p->cancel, "Cancel", FONT_STRONG, p->chip_px, RULE, INK);
    draw_target(d->s->list, TARGET_CANCEL, 0,
                composer_places_reach(t, p->cancel, p->control_px));
    draw_pill(d, p->post, "Post it", FONT_HEAVY, p->chip_px * 6 / 5, LEAF,
              CARD);
    draw_target(d->s->list, TARGET_POST, 0,
                composer_places_reach(t, p->post, p->main_px));
}

static void
draw_chip(const struct pane *d, int sort, struct rect box)
{
    bool is_on = (int) d->c->compose.sort == sort;
    draw_pill(d, box, words[sort].chip, FONT_STRONG, d->p->chip_px,
              is_on ? INK : CARD, is_on ? CARD : INK);
    struct rect reach =
        composer_places_reach(d->s->theme, box, d->p->control_px);
    draw_target(d->s->list, TARGET_SORT, sort, reach);
}

/* Chips `from` to `to` in one row, as wide as their words. */
static void
draw_chip_row(const struct pane *d, int from, int to, int y, int gap)
{
    const struct ruler *r = d->s->theme->ruler;
    int ws[SORT_COUNT] = {0}, all = 0;
    for (int i = from; i < to; i++) {
        const char *word = words[i].chip;
        float em = r->width_em(r->data, FONT_STRONG, word, strlen(word));
        ws[i] = (int) ceilf(em * (float) d->p->chip_px);
        all += ws[i];
    }
    int most = px(d, 70);
    int pad = (d->p->chips.w - all - gap * (to - from - 1)) / (to - from);
    pad = pad > most ? most : pad;
    for (int i = from, x = d->p->chips.x; i < to; i++) {
        struct rect box = {x, y, ws[i] + pad, d->p->chip_h};
        draw_chip(d, i, box);
        x += box.w + gap;
    }
}

static void
draw_chips(const struct pane *d)
{
    const struct composer_places *p = d->p;
    if (!p->has_all_chips) {
        const char *label =
            arena_format(d->s->arena, "%s ›", words[d->c->compose.sort].chip);
        draw_pill(d, p->chips, label, FONT_STRONG, p->chip_px, CARD, INK);
        draw_target(
            d->s->list, TARGET_SORT_NEXT, 0,
            composer_places_reach(d->s->theme, p->chips, p->control_px));
    } else if (p->chip_gap > 0) { // a tall panel: three, and two below
        draw_chip_row(d, 0, 3, p->chips.y, p->chip_gap);
        draw_chip_row(d, 3, SORT_COUNT, p->chips.y + p->chip_h + p->chip_gap,
                      p->chip_gap);
    } else {
        draw_chip_row(d, 0, SORT_COUNT, p->chips.y, px(d, 15));
    }
}

/* Each colour says its name: some cannot tell pink from mint. */
static void
draw_swatches(const struct pane *d)
{
    const struct theme *t = d->s->theme;
    struct rect box = d->p->swatches;
    bool is_row = t->layout == LAYOUT_TALL;
    int columns = is_row ? 4 : 2, gap = px(d, is_row ? 14 : 20);
    int w = (box.w - gap * (columns - 1)) / columns;
    int h = is_row ? box.h : (box.h - gap) / 2;
    if (h > w)
        h = w;
    int name_px = t->layout == LAYOUT_SMALL ? h * 3 / 10 : h / 4;
    for (int i = 0; i < COLOUR_COUNT; i++) {
        const char *name = words[i].colour;
        struct rect cell = {box.x + i % columns * (w + gap),
                            box.y + i / columns * (h + gap), w, h};
        if ((int) d->c->compose.colour == i) {
            int line = px(d, 5);
            draw_box(d->s->list, rect_grow(cell, line * 2), t->radius, INK);
            draw_box(d->s->list, rect_grow(cell, line), t->radius * 3 / 4,
                     PAPER);
        }
        draw_box(d->s->list, cell, t->radius / 2,
                 postit_paper((enum postit_colour) i));
        sheet_line(
            d->s, name, FONT_STRONG,
            fit_width_px(t->ruler, FONT_STRONG, name, name_px, w * 9 / 10),
            cell, ALIGN_CENTRE, INK);
        draw_target(d->s->list, TARGET_COLOUR, i, rect_grow(cell, gap / 2));
    }
}

/* A few words in a box, as large as `size_px` if they fit so. Returns the y
   below them. */
static int
draw_note(const struct pane *d, const char *note, enum font font, int size_px,
          struct rect box, uint32_t colour)
{
    const struct theme *t = d->s->theme;
    struct fit_box fit = {font, box.w, box.h, size_px * 3 / 5, size_px, 1.35f};
    struct fit f = fit_text(t->ruler, d->s->arena, note, strlen(note), &fit);
    return sheet_lines(d->s, note, &f, box, ALIGN_LEFT, colour);
}

/* What it is for, in two lines: one who answers has read it just now. */
static int
draw_about(const struct pane *d, struct rect box, int size_px)
{
    const struct theme *t = d->s->theme;
    if (!*d->c->about || rect_is_empty(box))
        return box.y;
    int two_lines = (int) ceilf((float) size_px * 1.35f) * 2;
    struct fit_box fit = {FONT_TEXT, box.w, two_lines, size_px, size_px, 1.35f};
    bool is_cut = false;
    const char *shown =
        fit_shortened(t->ruler, d->s->arena, d->c->about, &fit, &is_cut);
    struct fit f = fit_text(t->ruler, d->s->arena, shown, strlen(shown), &fit);
    if (box.h > two_lines && box.h < two_lines * 2) // beside a button
        box.y += (box.h - fit_height(&f)) / 2;
    return sheet_lines(d->s, shown, &f, box, ALIGN_LEFT, INK_SOFT);
}

/* What becomes of it, and the one rule; or why it cannot be posted yet. */
static void
draw_side(const struct pane *d)
{
    enum layout layout = d->s->theme->layout;
    struct rect box = d->p->side;
    bool is_wide = layout == LAYOUT_WIDE;
    int size_px = px(d, is_wide ? 34 : layout == LAYOUT_TALL ? 23 : 17);
    int bottom = box.y + box.h;
    if (!is_wide)
        draw_about(d, d->p->about, size_px * 7 / 8);
    else if (*d->c->about)
        box.y = draw_about(d, d->p->about, size_px * 7 / 8) + size_px / 2;
    box.h = bottom - box.y;
    const char *refusal = d->c->refusal ? d->c->refusal : d->c->blocked;
    if (refusal) {
        draw_note(d, refusal, FONT_HEAVY, size_px, box, INK);
        return;
    }
    if (is_wide) {
        const char *hub = d->s->scene->hub.address;
        const char *fate = hub && *hub
                               ? "Up on this board at once. Once it has been "
                                 "read, the other schools see it too."
                               : "Up on this board at once.";
        box.y =
            draw_note(d, fate, FONT_TEXT, size_px, box, INK_SOFT) + size_px / 2;
        box.h = bottom - box.y;
    }
    draw_note(d, "No pupils’ names, please.", FONT_HEAVY, size_px, box, INK);
}

/* Writing grows with the paper, as it would with a thicker pen. */
static int
most_px_for(struct rect paper, int drawn_px)
{
    float side = sqrtf((float) paper.w * (float) paper.h);
    int grown_px = (int) (side * PEN_PART);
    int most_px = drawn_px * 8 / 5;
    grown_px = grown_px > most_px ? most_px : grown_px;
    return grown_px > drawn_px ? grown_px : drawn_px;
}

static void
draw_paper(const struct pane *d)
{
    const struct theme *t = d->s->theme;
    struct rect box = d->p->paper;
    bool is_wide = t->layout == LAYOUT_WIDE;
    postit_begin(d->s, box, t->layout == LAYOUT_SMALL ? 0 : -0.5f,
                 postit_paper(d->c->compose.colour));
    int pad = px(d, is_wide ? 48 : 20);
    int size_px = px(d, is_wide ? 34 : t->layout == LAYOUT_TALL ? 26 : 18);
    struct rect foot = {box.x + pad, box.y + box.h - pad / 2 - size_px * 3 / 2,
                        box.w - 2 * pad, size_px * 3 / 2};
    struct rect text = {box.x + pad, box.y + pad * 3 / 4, box.w - 2 * pad,
                        foot.y - box.y - pad * 3 / 4 - size_px / 4};
    int most_px = most_px_for(box, px(d, is_wide ? 60 : 38));
    composer_field_text(d->s, &d->c->compose, text, most_px,
                        px(d, is_wide ? 20 : 14));
    int left = compose_left(&d->c->compose, d->c->compose.field);
    int used =
        sheet_line(d->s, arena_format(d->s->arena, "%d left", left),
                   FONT_STRONG, size_px, foot, ALIGN_RIGHT, ON_POSTIT_SOFT);
    foot.w -= used + size_px;
    struct rect reach =
        composer_field_name(d->s, &d->c->compose, foot, size_px);
    // Below the paper there is nothing else to touch.
    reach.h = box.y + box.h + pad / 4 - reach.y;
    if (reach.h < d->p->control_px) {
        reach.y -= d->p->control_px - reach.h;
        reach.h = d->p->control_px;
    }
    draw_target(d->s->list, TARGET_NAME, 0, reach);
    draw_straight(d->s->list);
}

void
composer_draw(struct composer *c, struct sheet *s)
{
    struct composer_places p;
    composer_places_make(&p, s->theme);
    struct pane d = {s, c, &p};
    draw_fill(s->list, (struct rect){0, 0, s->theme->w, s->theme->h}, PAPER);
    keyboard_place(&c->keyboard, p.keyboard, p.has_digits, p.key_pitch_px);
    draw_chips(&d);
    draw_swatches(&d);
    draw_side(&d);
    draw_buttons(&d);
    draw_paper(&d);
    keyboard_draw(&c->keyboard, s);
}
