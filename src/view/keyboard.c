#include "view/keyboard.h"

#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

#define REPEAT_AFTER_MS 500
#define REPEAT_MS 80
#define WORDS_AFTER_MS 2000
#define REPEAT_WORD_MS 240 // words go by too fast to stop in time at 80
#define VARIANTS_AFTER_MS 450
#define DOUBLE_TAP_MS 400

// A letter key is at most half as wide again as it is high, gaps included:
// hands on a very wide screen stay near each other.
#define WIDTH_TENTHS_MOST 15

/* ---- where keys are ---- */

enum keyboard_page
keyboard_page(const struct keyboard *k)
{
    if (k->has_signs)
        return KEYBOARD_SIGNS;
    switch (k->shift) {
    case KEYBOARD_SHIFT_AUTO:
        return k->wants_capital ? KEYBOARD_CAPITALS : KEYBOARD_LETTERS;
    case KEYBOARD_SHIFT_OFF:
        return KEYBOARD_LETTERS;
    case KEYBOARD_SHIFT_ONCE:
    case KEYBOARD_SHIFT_CAPS:
        return KEYBOARD_CAPITALS;
    }
    return KEYBOARD_LETTERS;
}

static const struct keyboard_layout *
layout_of(const struct keyboard *k)
{
    return &keyboard_layouts[k->has_digits][keyboard_page(k)];
}

/* The keys' own box, and what is between them. */
struct grid {
    struct rect keys;
    int gap;
    int tenths; // height of all rows
};

// A key is eight gaps high, and so nine from the next; there is one and a half
// above the keys, one below.
#define KEY_GAPS 8

static int
tenths_of(const struct keyboard_layout *layout)
{
    int tenths = 0;
    for (int i = 0; i < layout->row_count; i++)
        tenths += layout->rows[i].height;
    check(tenths > 0);
    return tenths;
}

/* Gaps in the height of a box. */
static int
gaps_of(const struct keyboard_layout *layout)
{
    return KEY_GAPS * tenths_of(layout) / 10 + layout->row_count - 1 + 2;
}

int
keyboard_row_pitch_px(int height_px, bool has_digits)
{
    const struct keyboard_layout *layout =
        &keyboard_layouts[has_digits][KEYBOARD_LETTERS];
    int gap = height_px / gaps_of(layout);
    int rows = height_px - gap * 3 / 2 - gap - gap * (layout->row_count - 1);
    return rows * 10 / tenths_of(layout) + gap;
}

int
keyboard_height_px(int pitch_px, bool has_digits)
{
    int h = pitch_px * (has_digits ? 4 : 3); // always too low
    while (keyboard_row_pitch_px(h, has_digits) < pitch_px)
        h++;
    return h;
}

int
keyboard_width_px(int pitch_px)
{
    return pitch_px * 10 + pitch_px / (KEY_GAPS + 1) * 2;
}

static struct grid
grid_of(const struct keyboard *k, const struct keyboard_layout *layout)
{
    struct grid g = {.tenths = tenths_of(layout)};
    g.gap = k->box.h / gaps_of(layout);
    int top = g.gap * 3 / 2, side = g.gap * 3 / 2;
    g.keys = (struct rect){k->box.x + side, k->box.y + top, k->box.w - 2 * side,
                           k->box.h - top - g.gap};
    int key_h = (g.keys.h - g.gap * (layout->row_count - 1)) * 10 / g.tenths;
    int most_w = (key_h + g.gap) * WIDTH_TENTHS_MOST;
    if (k->most_pitch_px > 0 && most_w > k->most_pitch_px * 10 - g.gap)
        most_w = k->most_pitch_px * 10 - g.gap;
    if (g.keys.w > most_w) {
        g.keys.x += (g.keys.w - most_w) / 2;
        g.keys.w = most_w;
    }
    return g;
}

/* Edges come from the sum of widths so far, so no rounding adds up and the
   last one is exact. */
static void
place_row(const struct key_row *row, const struct grid *g, int y, int h,
          struct rect rects[], const struct key *keys[])
{
    int inset = (g->keys.w + g->gap) * row->inset / 100;
    int x = g->keys.x + inset;
    int room = g->keys.w - 2 * inset - g->gap * (row->count - 1);
    int all = 0, before = 0;
    for (int i = 0; i < row->count; i++)
        all += row->keys[i].width;
    for (int i = 0; i < row->count; i++) {
        int left = x + i * g->gap + room * before / all;
        before += row->keys[i].width;
        int right = x + i * g->gap + room * before / all;
        rects[i] = (struct rect){left, y, right - left, h};
        keys[i] = &row->keys[i];
    }
}

int
keyboard_rects(const struct keyboard *k, struct rect rects[],
               const struct key *keys[])
{
    if (rect_is_empty(k->box))
        return 0;
    const struct keyboard_layout *layout = layout_of(k);
    struct grid g = grid_of(k, layout);
    int room = g.keys.h - g.gap * (layout->row_count - 1);
    int count = 0, before = 0;
    for (int i = 0; i < layout->row_count; i++) {
        const struct key_row *row = &layout->rows[i];
        int top = g.keys.y + i * g.gap + room * before / g.tenths;
        before += row->height;
        int bottom = g.keys.y + i * g.gap + room * before / g.tenths;
        place_row(row, &g, top, bottom - top, rects + count, keys + count);
        count += row->count;
    }
    return count;
}

static int64_t
distance(struct rect r, int x, int y)
{
    int64_t dx = x < r.x ? r.x - x : x >= r.x + r.w ? x - (r.x + r.w - 1) : 0;
    int64_t dy = y < r.y ? r.y - y : y >= r.y + r.h ? y - (r.y + r.h - 1) : 0;
    return dx * dx + dy * dy;
}

static int
nearest(const struct rect rects[], int count, int x, int y)
{
    int best = -1;
    for (int i = 0; i < count; i++)
        if (best < 0 || distance(rects[i], x, y) < distance(rects[best], x, y))
            best = i;
    return best;
}

int
keyboard_key_at(const struct keyboard *k, int x, int y)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    if (!rect_holds(k->box, x, y))
        return -1;
    return nearest(rects, keyboard_rects(k, rects, keys), x, y);
}

static const struct key *
key_of(const struct keyboard *k, struct rect *rect)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(k, rects, keys);
    if (k->key < 0 || k->key >= count)
        return NULL;
    *rect = rects[k->key];
    return keys[k->key];
}

/* ---- variants ---- */

/* The letter itself stands above its key; the others go to the right of it,
   or to the left where there is no room. */
static void
place_variants(const struct keyboard *k, struct rect key, int count,
               struct rect rects[])
{
    int gap = grid_of(k, layout_of(k)).gap, step = key.w + gap;
    int left = k->box.x, right = k->box.x + k->box.w;
    if (step * count > k->box.w)
        step = k->box.w / count;
    int w = step - gap > 0 ? step - gap : step;
    bool goes_right = key.x + step * count - gap <= right;
    int first = key.x, by = goes_right ? step : -step;
    if (!goes_right && first + by * (count - 1) < left)
        first = left + step * (count - 1);
    for (int i = 0; i < count; i++)
        rects[i] = (struct rect){first + i * by, key.y - key.h - gap, w, key.h};
}

int
keyboard_variants(const struct keyboard *k,
                  struct rect rects[KEYBOARD_VARIANTS_MAX],
                  char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES])
{
    struct rect at;
    const struct key *key = k->has_variants ? key_of(k, &at) : NULL;
    if (!key || !key->variants)
        return 0;
    memset(texts, 0, KEYBOARD_VARIANTS_MAX * sizeof texts[0]);
    memcpy(texts[0], key->text, strlen(key->text));
    const char *all = key->variants;
    size_t len = strlen(all);
    int count = 1;
    for (size_t from = 0, end; from < len; from = end) {
        end = utf8_grapheme_end(all, len, from);
        memcpy(texts[count++], all + from, end - from);
    }
    place_variants(k, at, count, rects);
    return count;
}

/*
 * Whoever presses slowly means the letter itself, so it stays chosen until
 * the finger goes somewhere.
 */
static void
choose_variant(struct keyboard *k, int x, int y)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX], key;
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    int count = keyboard_variants(k, rects, texts);
    if (count == 0 || !key_of(k, &key))
        return;
    struct rect reach = key;
    bool is_on_them = false;
    for (int i = 0; i < count; i++) {
        reach = rect_union(reach, rects[i]);
        is_on_them = is_on_them || rect_holds(rects[i], x, y);
    }
    int gone = x > k->opened_x ? x - k->opened_x : k->opened_x - x;
    if (gone > key.w / 3 || is_on_them)
        k->has_moved = true;
    if (!rect_holds(rect_grow(reach, key.h), x, y))
        k->variant = -1;
    else
        k->variant = k->has_moved ? nearest(rects, count, x, rects[0].y) : 0;
}

/* ---- what keys mean ---- */

static void
touch_shift(struct keyboard *k, int64_t now_ms)
{
    bool is_double = k->shifted_ms && now_ms - k->shifted_ms <= DOUBLE_TAP_MS;
    bool is_capital = keyboard_page(k) == KEYBOARD_CAPITALS;
    k->shifted_ms = is_double ? 0 : now_ms; // a third tap begins anew
    if (is_double)
        k->shift = KEYBOARD_SHIFT_CAPS;
    else
        k->shift = is_capital ? KEYBOARD_SHIFT_OFF : KEYBOARD_SHIFT_ONCE;
}

static struct key_action
do_key(struct keyboard *k, const struct key *key, const char *text,
       int64_t now_ms)
{
    struct key_action done = {.kind = key->action};
    memcpy(done.text, text, strlen(text));
    switch (key->action) {
    case KEY_TEXT:
        if (k->shift != KEYBOARD_SHIFT_CAPS)
            k->shift = KEYBOARD_SHIFT_AUTO;
        break;
    case KEY_SHIFT:
        touch_shift(k, now_ms);
        return done;
    case KEY_PAGE:
        k->has_signs = !k->has_signs;
        break;
    case KEY_NONE:
    case KEY_SPACE:
    case KEY_BACKSPACE:
    case KEY_BACKSPACE_WORD:
    case KEY_ENTER:
        break;
    }
    k->shifted_ms = 0; // no double tap around another key
    return done;
}

static struct key_action
commit(struct keyboard *k, int64_t now_ms)
{
    struct rect at, rects[KEYBOARD_VARIANTS_MAX];
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    const struct key *key = key_of(k, &at);
    struct key_action nothing = {0};
    if (!k->is_down || k->is_spent || !key)
        return nothing;
    if (!k->has_variants)
        return do_key(k, key, key->text, now_ms);
    int count = keyboard_variants(k, rects, texts);
    if (k->variant < 0 || k->variant >= count)
        return nothing;
    return do_key(k, key, texts[k->variant], now_ms);
}

/* ---- fingers ---- */

/* The finger has come to this key. */
static void
come_to(struct keyboard *k, int index, int64_t now_ms)
{
    struct rect at;
    k->key = index;
    const struct key *key = key_of(k, &at);
    if (k->is_spent && (!key || key->action != KEY_BACKSPACE))
        k->key = -1;
    k->since_ms = now_ms;
    if (k->key < 0 || !key)
        k->next_ms = KEYBOARD_NEVER;
    else if (key->action == KEY_BACKSPACE)
        k->next_ms = now_ms + REPEAT_AFTER_MS;
    else
        k->next_ms =
            key->variants ? now_ms + VARIANTS_AFTER_MS : KEYBOARD_NEVER;
}

static void
press(struct keyboard *k, const struct touch *touch, int64_t now_ms)
{
    int index = keyboard_key_at(k, touch->x, touch->y);
    if (index < 0)
        return;
    k->is_down = true;
    k->finger = touch->finger;
    k->x = touch->x;
    come_to(k, index, now_ms);
}

static void
slide(struct keyboard *k, const struct touch *touch, int64_t now_ms)
{
    k->x = touch->x;
    if (k->has_variants) {
        choose_variant(k, touch->x, touch->y);
        return;
    }
    int index = keyboard_key_at(k, touch->x, touch->y);
    if (index != k->key)
        come_to(k, index, now_ms);
}

void
keyboard_release(struct keyboard *k)
{
    k->is_down = false;
    k->is_spent = false;
    k->has_variants = false;
    k->has_moved = false;
    k->variant = 0;
    k->key = -1;
}

void
keyboard_place(struct keyboard *k, struct rect box, bool has_digits,
               int most_pitch_px)
{
    if (memcmp(&k->box, &box, sizeof box) == 0 && k->has_digits == has_digits &&
        k->most_pitch_px == most_pitch_px)
        return;
    keyboard_release(k);
    k->box = box;
    k->has_digits = has_digits;
    k->most_pitch_px = most_pitch_px;
}

struct key_action
keyboard_touch(struct keyboard *k, const struct touch *touch, int64_t now_ms)
{
    struct key_action done = {0};
    bool is_ours = k->is_down && k->finger == touch->finger;
    switch (touch->phase) {
    case TOUCH_DOWN:
        done = commit(k, now_ms);
        keyboard_release(k);
        press(k, touch, now_ms);
        break;
    case TOUCH_MOVE:
        if (is_ours)
            slide(k, touch, now_ms);
        break;
    case TOUCH_UP:
        if (!is_ours)
            break;
        slide(k, touch, now_ms);
        done = commit(k, now_ms);
        keyboard_release(k);
        break;
    case TOUCH_CANCEL:
        if (is_ours)
            keyboard_release(k);
        break;
    }
    return done;
}

struct key_action
keyboard_tick(struct keyboard *k, int64_t now_ms)
{
    struct key_action done = {0};
    struct rect at;
    const struct key *key = k->is_down ? key_of(k, &at) : NULL;
    if (!key || now_ms < k->next_ms)
        return done;
    if (key->action != KEY_BACKSPACE) {
        k->has_variants = true;
        k->variant = 0;
        k->opened_x = k->x;
        k->next_ms = KEYBOARD_NEVER;
        return done;
    }
    // One however late it is: after a stall nothing is taken away in a burst.
    bool is_word = now_ms - k->since_ms >= WORDS_AFTER_MS;
    k->is_spent = true;
    k->next_ms = now_ms + (is_word ? REPEAT_WORD_MS : REPEAT_MS);
    done.kind = is_word ? KEY_BACKSPACE_WORD : KEY_BACKSPACE;
    return done;
}

int64_t
keyboard_next_ms(const struct keyboard *k)
{
    return k->is_down ? k->next_ms : KEYBOARD_NEVER;
}
