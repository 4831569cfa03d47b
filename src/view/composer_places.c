#include "view/composer_places.h"

#include <math.h>

#include "view/keyboard.h"

// A keyboard that takes less of the width than this has the rest drawn
// smaller, up to a point: paper is read from further away than keys.
#define COLUMN_PART 0.42f
#define COLUMN_LEAST 0.7f

// A tray that leaves less than this free is no tray: then it is the whole foot.
#define TRAY_PERCENT_MOST 80

// Of the height, for the keyboard, if that makes its keys large enough.
#define KEYBOARD_PERCENT_MOST 60

// From one thumb's panel to one that hangs on a wall.
#define KEYS_A_DIAGONAL 28.0f

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

int
composer_places_px(const struct composer_places *p, float design_px)
{
    int px = (int) lroundf(design_px * p->unit);
    return px > 0 ? px : 1;
}

struct rect
composer_places_reach(const struct theme *t, struct rect drawn, int least_px)
{
    struct rect r = drawn;
    if (r.w < least_px) {
        r.x -= (least_px - r.w) / 2;
        r.w = least_px;
    }
    if (r.h < least_px) {
        r.y -= (least_px - r.h) / 2;
        r.h = least_px;
    }
    r.x = larger(0, smaller(r.x, t->w - r.w));
    r.y = larger(0, smaller(r.y, t->h - r.h));
    return r;
}

/* --- the keyboard --- */

static float
wanted_pitch_mm(const struct theme *t)
{
    float diagonal_mm = hypotf((float) t->w, (float) t->h) / t->px_per_mm;
    float mm = diagonal_mm / KEYS_A_DIAGONAL;
    return fminf(fmaxf(mm, KEY_MM), KEY_ON_WALL_MM);
}

/* Digits have a row of their own where fingers would find them in it. */
static bool
has_room_for_digits(const struct theme *t, int pitch_px, int row_px)
{
    int least_px = smaller(theme_mm(t, CONTROL_LEAST_MM),
                           smaller(pitch_px, t->w / 10) * 9 / 10);
    return row_px * KEYBOARD_DIGITS_TENTHS / 10 >= least_px;
}

/* `drawn_h`: its height in the drawing. Returns the height it gets. */
static int
size_keyboard(struct composer_places *p, const struct theme *t, int drawn_h)
{
    if (!t->is_size_known)
        return drawn_h;
    int pitch_px = (int) (wanted_pitch_mm(t) * t->px_per_mm);
    p->key_pitch_px = pitch_px;
    if (p->has_digits) {
        int row_px = smaller(pitch_px, keyboard_row_pitch_px(drawn_h, true));
        if (has_room_for_digits(t, pitch_px, row_px))
            return smaller(drawn_h, keyboard_height_px(row_px, true));
        p->has_digits = false;
    }
    int h = smaller(drawn_h, keyboard_height_px(pitch_px, false));
    int comfortable_h = keyboard_height_px(theme_mm(t, KEY_LEAST_MM), false);
    if (comfortable_h > h &&
        comfortable_h * 100 <= t->h * KEYBOARD_PERCENT_MOST)
        return comfortable_h;
    return h;
}

/* Hands before a large panel stay together, and so does what they touch. */
static void
gather(struct composer_places *p, const struct theme *t)
{
    float part = (float) keyboard_width_px(p->key_pitch_px) / (float) t->w;
    if (p->key_pitch_px > 0 && part < COLUMN_PART)
        p->unit *= fmaxf(part / COLUMN_PART, COLUMN_LEAST);
}

static void
place_keyboard(struct composer_places *p, const struct theme *t, int h)
{
    int w = larger(keyboard_width_px(p->key_pitch_px), p->paper.w);
    p->keyboard = (struct rect){0, t->h - h, t->w, h};
    if (p->key_pitch_px == 0 || w * 100 > t->w * TRAY_PERCENT_MOST)
        return;
    p->keyboard.x = (t->w - w) / 2;
    p->keyboard.w = t->w - 2 * p->keyboard.x;
}

/* --- what stands above it --- */

/* As drawn, or larger for a finger where the panel allows. */
static int
grown(const struct composer_places *p, float drawn, int least_px)
{
    int px = composer_places_px(p, drawn);
    return larger(px, smaller(least_px, composer_places_px(p, drawn * 1.35f)));
}

static void
place_small(struct composer_places *p, const struct theme *t)
{
    p->has_all_chips = p->has_digits = false;
    int keyboard_h = size_keyboard(p, t, t->h - t->h * 48 / 100);
    int w = t->w, split = t->h - keyboard_h;
    int top = composer_places_px(p, 10), h = composer_places_px(p, 54);
    int y = top + h + composer_places_px(p, 14);
    int paper_h = split - y - composer_places_px(p, 10);
    int left = composer_places_px(p, 150), side = composer_places_px(p, 136);
    int chips_w = composer_places_px(p, 220),
        post_w = composer_places_px(p, 124);
    int edge = composer_places_px(p, 12);
    p->cancel = (struct rect){edge, top, composer_places_px(p, 102), h};
    p->post = (struct rect){w - edge - post_w, top, post_w, h};
    p->chips = (struct rect){(w - chips_w) / 2, top, chips_w, h};
    p->chip_h = h;
    p->swatches = (struct rect){composer_places_px(p, 16), y,
                                composer_places_px(p, 118), paper_h};
    p->paper = (struct rect){
        left, y, w - left - side - composer_places_px(p, 14), paper_h};
    p->side =
        (struct rect){w - side, y, side - composer_places_px(p, 8), paper_h};
    p->chip_px = composer_places_px(p, 20);
    place_keyboard(p, t, keyboard_h);
}

static void
place_tall(struct composer_places *p, const struct theme *t)
{
    int keyboard_h = size_keyboard(p, t, t->h * 36 / 100);
    int split = t->h - keyboard_h;
    gather(p, t);
    int w = smaller(t->w, composer_places_px(p, 720));
    int m = (t->w - w) / 2 + composer_places_px(p, 36), inner = t->w - 2 * m;
    int gap = composer_places_px(p, 14), h = composer_places_px(p, 72);
    int band = grown(p, 128, p->main_px + gap), top = (band - h) / 2;
    int cancel_w = composer_places_px(p, 170),
        post_w = composer_places_px(p, 210);
    p->chip_gap = gap;
    p->chip_h = grown(p, 64, p->control_px - gap);
    int chips_h = 2 * p->chip_h + gap;
    int swatch = grown(p, 84, p->control_px - gap);
    int most_h = inner; // a post-it may be square, never upright
    int paper_h = smaller(most_h, split - band - chips_h - swatch - 7 * gap);
    int y = (split - band - chips_h - paper_h - swatch - 7 * gap) / 2;

    p->cancel = (struct rect){m, y + top, cancel_w, h};
    p->post = (struct rect){m + inner - post_w, y + top, post_w, h};
    p->about = (struct rect){m + cancel_w + gap, y + top,
                             inner - cancel_w - post_w - 2 * gap, h};
    p->chips = (struct rect){m, y + band, inner, chips_h};
    p->paper = (struct rect){m, p->chips.y + chips_h + gap * 2, inner, paper_h};
    y = p->paper.y + paper_h + gap * 2;
    p->swatches = (struct rect){m, y, swatch * 4 + gap * 3, swatch};
    int side = m + p->swatches.w + gap * 2;
    p->side = (struct rect){side, y, m + inner - side, swatch};
    p->chip_px = composer_places_px(p, 25);
    place_keyboard(p, t, keyboard_h);
}

static void
place_wide(struct composer_places *p, const struct theme *t)
{
    int keyboard_h = size_keyboard(p, t, t->h - t->h * 511 / 1000);
    int split = t->h - keyboard_h;
    gather(p, t);
    int w = smaller(t->w, composer_places_px(p, 1920));
    int m = composer_places_px(p, 80);
    int left = (t->w - w) / 2 + m, right = t->w - left;
    int h = composer_places_px(p, 92), gap = composer_places_px(p, 44);
    int above = composer_places_px(p, 37) + h + composer_places_px(p, 30);
    int below = composer_places_px(p, 28);
    int paper_w = composer_places_px(p, 980);
    int paper_h = smaller(paper_w, split - above - below);
    int top = (split - above - paper_h - below) / 2 + composer_places_px(p, 37);

    p->cancel = (struct rect){left, top, composer_places_px(p, 180), h};
    int post_w = composer_places_px(p, 238);
    p->post = (struct rect){right - post_w, top, post_w, h};
    int x = left + p->cancel.w + gap;
    p->chips = (struct rect){x, top, p->post.x - gap - x, h};
    p->chip_h = h;
    p->chip_px = composer_places_px(p, 35);

    int y = top + h + composer_places_px(p, 40);
    int swatches = larger(composer_places_px(p, 236), 2 * p->control_px);
    swatches = smaller(swatches, split - y - below);
    p->swatches =
        (struct rect){left, y + composer_places_px(p, 8), swatches, swatches};
    p->paper = (struct rect){(t->w - paper_w) / 2,
                             y - composer_places_px(p, 10), paper_w, paper_h};
    p->side.x = p->paper.x + paper_w + composer_places_px(p, 52);
    p->side.y = y;
    p->side.w = right - p->side.x;
    p->side.h = paper_h - composer_places_px(p, 10);
    p->about = p->side;
    place_keyboard(p, t, keyboard_h);
}

void
composer_places_make(struct composer_places *p, const struct theme *t)
{
    *p = (struct composer_places){
        .unit = t->unit,
        .has_all_chips = true,
        .has_digits = true,
        .control_px = theme_mm(t, CONTROL_LEAST_MM),
        .main_px = theme_mm(t, MAIN_LEAST_MM),
    };
    switch (t->layout) {
    case LAYOUT_SMALL:
        place_small(p, t);
        break;
    case LAYOUT_TALL:
        place_tall(p, t);
        break;
    case LAYOUT_WIDE:
        place_wide(p, t);
        break;
    }
}
