// links: src/view/keyboard.c src/view/keyboard_draw.c
// links: src/view/keyboard_layout.c src/view/sheet.c src/view/fit.c
// links: src/view/theme.c src/view/draw.c src/base/utf8.c src/base/memory.c
// links: src/base/arena.c src/base/text.c src/base/hash.c src/base/check.c
// links: src/base/log.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "tests/flat_ruler.h"
#include "view/keyboard.h"
#include "view/palette.h"

/* The boxes it stands in on the panels there are, and a few there are not. */
static const struct place {
    struct rect box;
    bool has_digits;
} places[] = {
    {{0, 594, 1920, 486}, true}, {{0, 552, 1920, 528}, true},
    {{0, 240, 800, 240}, false}, {{0, 860, 720, 420}, true},
    {{0, 520, 480, 280}, false}, {{7, 13, 1023, 331}, true},
    {{0, 0, 3840, 600}, true},   {{3, 5, 333, 207}, false},
};
#define PLACE_COUNT (sizeof places / sizeof places[0])

static const struct keyboard *
all_pages(size_t place, int page)
{
    static struct keyboard k;
    k = (struct keyboard){0};
    keyboard_place(&k, places[place].box, places[place].has_digits, 0);
    k.has_signs = page == KEYBOARD_SIGNS;
    k.wants_capital = page == KEYBOARD_CAPITALS;
    assert_int_equal(keyboard_page(&k), page);
    return &k;
}

static struct keyboard
small(void)
{
    struct keyboard k = {0};
    keyboard_place(&k, (struct rect){0, 240, 800, 240}, false, 0);
    return k;
}

/* Index of the key with that label; fails when there is none. */
static int
find(const struct keyboard *k, const char *label, struct rect *rect)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(k, rects, keys);
    for (int i = 0; i < count; i++) {
        if (strcmp(keys[i]->label, label) == 0) {
            *rect = rects[i];
            return i;
        }
    }
    fail_msg("no key %s", label);
    return -1;
}

static struct key_action
send(struct keyboard *k, enum touch_phase phase, int64_t finger, int x, int y,
     int64_t now_ms)
{
    struct touch touch = {phase, finger, x, y, now_ms};
    return keyboard_touch(k, &touch, now_ms);
}

/* The same at the middle of a key. */
static struct key_action
at_key(struct keyboard *k, enum touch_phase phase, int64_t finger,
       const char *label, int64_t now_ms)
{
    struct rect r;
    find(k, label, &r);
    return send(k, phase, finger, r.x + r.w / 2, r.y + r.h / 2, now_ms);
}

static struct key_action
tap(struct keyboard *k, const char *label, int64_t now_ms)
{
    struct key_action none = at_key(k, TOUCH_DOWN, 1, label, now_ms);
    assert_int_equal(none.kind, KEY_NONE);
    struct key_action done = at_key(k, TOUCH_UP, 1, label, now_ms + 60);
    assert_false(k->is_down);
    assert_true(keyboard_next_ms(k) == KEYBOARD_NEVER);
    return done;
}

static void
assert_types(struct key_action done, const char *text)
{
    assert_int_equal(done.kind, KEY_TEXT);
    assert_string_equal(done.text, text);
}

/* ---- the table ---- */

static void
check_key(const struct key *key)
{
    assert_true(key->width > 0);
    assert_true(*key->label);
    if (key->action == KEY_TEXT)
        assert_string_equal(key->label, key->text);
    else if (key->action == KEY_SPACE)
        assert_string_equal(key->text, " ");
    else
        assert_string_equal(key->text, "");
    assert_true(key->action != KEY_NONE && key->action != KEY_BACKSPACE_WORD);
    assert_true(strlen(key->text) < KEY_TEXT_BYTES);
    if (!key->variants)
        return;
    assert_int_equal(key->action, KEY_TEXT);
    size_t len = strlen(key->variants);
    int count = 1;
    assert_int_equal(utf8_valid_prefix(key->variants, len), len);
    for (size_t at = 0, end; at < len; at = end, count++) {
        end = utf8_grapheme_end(key->variants, len, at);
        assert_true(end - at < KEY_TEXT_BYTES);
    }
    assert_in_range(count, 2, KEYBOARD_VARIANTS_MAX);
}

static void
a_key_types_its_label(void **state)
{
    (void) state;
    for (int digits = 0; digits < 2; digits++) {
        for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
            const struct keyboard_layout *l = &keyboard_layouts[digits][page];
            int count = 0;
            assert_in_range(l->row_count, 4, KEYBOARD_ROWS_MAX);
            for (int r = 0; r < l->row_count; r++) {
                assert_true(l->rows[r].count > 0);
                count += l->rows[r].count;
                for (int i = 0; i < l->rows[r].count; i++)
                    check_key(&l->rows[r].keys[i]);
            }
            assert_in_range(count, 1, KEYBOARD_KEYS_MAX);
        }
    }
}

/* Everything that can be typed on the pages, variants included. */
static bool
can_type(int digits, const char *letter)
{
    for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
        const struct keyboard_layout *l = &keyboard_layouts[digits][page];
        for (int r = 0; r < l->row_count; r++) {
            for (int i = 0; i < l->rows[r].count; i++) {
                const struct key *key = &l->rows[r].keys[i];
                if (strcmp(key->text, letter) == 0 ||
                    (key->variants && strstr(key->variants, letter)))
                    return true;
            }
        }
    }
    return false;
}

static void
everything_can_be_typed(void **state)
{
    static const char all[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 "
        "£€&@#()-+=:;!?'\"/….,’àâäéèêëŵŷñçß–—“”ÀÂÄÉÈÊËŴŶÑÇîïôöùûü%_*";
    size_t len = strlen(all);
    (void) state;
    for (int digits = 0; digits < 2; digits++) {
        for (size_t at = 0, end; at < len; at = end) {
            char letter[KEY_TEXT_BYTES] = "";
            end = utf8_grapheme_end(all, len, at);
            memcpy(letter, all + at, end - at);
            if (!can_type(digits, letter))
                fail_msg("%s, with%s digits", letter, digits ? "" : "out");
        }
    }
}

static void
capitals_stand_where_their_letters_do(void **state)
{
    (void) state;
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        struct rect small_at[KEYBOARD_KEYS_MAX], large_at[KEYBOARD_KEYS_MAX];
        const struct key *lower[KEYBOARD_KEYS_MAX], *upper[KEYBOARD_KEYS_MAX];
        int count =
            keyboard_rects(all_pages(p, KEYBOARD_LETTERS), small_at, lower);
        assert_int_equal(
            keyboard_rects(all_pages(p, KEYBOARD_CAPITALS), large_at, upper),
            count);
        assert_memory_equal(small_at, large_at,
                            (size_t) count * sizeof *small_at);
        for (int i = 0; i < count; i++) {
            assert_int_equal(lower[i]->action, upper[i]->action);
            if (*lower[i]->text >= 'a' && *lower[i]->text <= 'z')
                assert_int_equal(*upper[i]->text, *lower[i]->text - 'a' + 'A');
            else
                assert_string_equal(upper[i]->text, lower[i]->text);
        }
    }
}

/* ---- where keys are ---- */

static bool
has_common(struct rect a, struct rect b)
{
    return !rect_is_empty(rect_cross(a, b));
}

static void
rows_end_where_they_should(void **state)
{
    (void) state;
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
            const struct keyboard *k = all_pages(p, page);
            const struct keyboard_layout *l =
                &keyboard_layouts[k->has_digits][page];
            struct rect rects[KEYBOARD_KEYS_MAX];
            const struct key *keys[KEYBOARD_KEYS_MAX];
            int count = keyboard_rects(k, rects, keys), at = 0;
            struct rect all = {0};
            for (int i = 0; i < count; i++) {
                assert_true(rects[i].w > 0 && rects[i].h > 0);
                all = rect_union(all, rects[i]);
                for (int j = 0; j < i; j++)
                    assert_false(has_common(rects[i], rects[j]));
            }
            // the keys are in the middle of the box, and inside it
            assert_true(all.x > k->box.x && all.y > k->box.y);
            assert_true(all.y + all.h < k->box.y + k->box.h);
            int right = k->box.x + k->box.w - all.x - all.w;
            assert_in_range(right - (all.x - k->box.x) + 1, 0, 2);
            for (int r = 0; r < l->row_count; at += l->rows[r].count, r++) {
                const struct rect *first = &rects[at];
                const struct rect *last = &rects[at + l->rows[r].count - 1];
                int before = first->x - all.x;
                int behind = all.x + all.w - last->x - last->w;
                assert_int_equal(before, behind); // to the pixel
                assert_true((before == 0) == (l->rows[r].inset == 0));
            }
        }
    }
}

static void
keys_are_as_wide_as_their_neighbours(void **state)
{
    (void) state;
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        struct rect rects[KEYBOARD_KEYS_MAX];
        const struct key *keys[KEYBOARD_KEYS_MAX];
        int count = keyboard_rects(all_pages(p, KEYBOARD_LETTERS), rects, keys);
        for (int i = 1; i < count; i++)
            if (rects[i].y == rects[i - 1].y &&
                keys[i]->width == keys[i - 1]->width)
                assert_in_range(rects[i].w - rects[i - 1].w + 1, 0, 2);
    }
}

static void
the_picture_is_met(void **state)
{
    struct keyboard k = {0};
    struct rect r;
    (void) state;
    keyboard_place(&k, (struct rect){0, 552, 1920, 528}, true, 0);
    find(&k, "q", &r);
    assert_in_range(r.x, 150, 170);
    assert_in_range(r.w, 145, 155);
    assert_in_range(r.h, 92, 100);
    find(&k, "1", &r);
    assert_in_range(r.h, 62, 70);
    keyboard_place(&k, (struct rect){0, 230, 800, 250}, false, 0);
    find(&k, "q", &r);
    assert_in_range(r.x, 8, 12);
    assert_in_range(r.w, 70, 75);
    assert_in_range(r.h, 51, 57);
}

static void
a_key_is_hit_all_over(void **state)
{
    (void) state;
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
            const struct keyboard *k = all_pages(p, page);
            struct rect rects[KEYBOARD_KEYS_MAX];
            const struct key *keys[KEYBOARD_KEYS_MAX];
            int count = keyboard_rects(k, rects, keys);
            for (int i = 0; i < count; i++) {
                struct rect r = rects[i];
                int right = r.x + r.w - 1, bottom = r.y + r.h - 1;
                assert_int_equal(
                    keyboard_key_at(k, r.x + r.w / 2, r.y + r.h / 2), i);
                assert_int_equal(keyboard_key_at(k, r.x, r.y), i);
                assert_int_equal(keyboard_key_at(k, right, r.y), i);
                assert_int_equal(keyboard_key_at(k, r.x, bottom), i);
                assert_int_equal(keyboard_key_at(k, right, bottom), i);
            }
        }
    }
}

static void
gaps_belong_to_the_nearest(void **state)
{
    struct keyboard k = small();
    struct rect q, w, a, space;
    (void) state;
    int q_at = find(&k, "q", &q), w_at = find(&k, "w", &w);
    int a_at = find(&k, "a", &a), space_at = find(&k, "space", &space);
    int y = q.y + q.h / 2;
    assert_true(w.x - q.x - q.w >= 4);
    assert_int_equal(keyboard_key_at(&k, q.x + q.w, y), q_at);
    assert_int_equal(keyboard_key_at(&k, w.x - 1, y), w_at);
    // under q, left of a, the nearer one has it
    assert_int_equal(keyboard_key_at(&k, q.x, q.y + q.h), q_at);
    assert_int_equal(keyboard_key_at(&k, a.x - 2, a.y + a.h / 2), a_at);
    // the box's own edges, and nothing beyond them
    assert_int_equal(keyboard_key_at(&k, 0, 240), q_at);
    assert_int_equal(keyboard_key_at(&k, space.x + space.w / 2, 479), space_at);
    assert_int_equal(keyboard_key_at(&k, 0, 239), -1);
    assert_int_equal(keyboard_key_at(&k, -1, 300), -1);
    assert_int_equal(keyboard_key_at(&k, 800, 300), -1);
    assert_int_equal(keyboard_key_at(&k, 400, 480), -1);
    for (int gy = 240; gy < 480; gy += 3)
        for (int gx = 0; gx < 800; gx += 3)
            assert_true(keyboard_key_at(&k, gx, gy) >= 0);
}

static int64_t
apart(struct rect r, int x, int y)
{
    int64_t dx = x < r.x ? r.x - x : x >= r.x + r.w ? x - r.x - r.w + 1 : 0;
    int64_t dy = y < r.y ? r.y - y : y >= r.y + r.h ? y - r.y - r.h + 1 : 0;
    return dx * dx + dy * dy;
}

static void
keys_keep_their_pitch_on_a_wide_tray(void **state)
{
    static const int pitches[] = {30, 48, 79, 106, 161};
    (void) state;
    for (size_t i = 0; i < sizeof pitches / sizeof *pitches; i++) {
        for (int digits = 0; digits < 2; digits++) {
            struct keyboard k = {0};
            struct rect q, w, a;
            int h = keyboard_height_px(pitches[i], digits);
            int box_w = keyboard_width_px(pitches[i]) + 200;
            assert_int_equal(keyboard_row_pitch_px(h, digits), pitches[i]);
            assert_true(keyboard_row_pitch_px(h - 1, digits) < pitches[i]);
            keyboard_place(&k, (struct rect){300, 40, box_w, h}, digits,
                           pitches[i]);
            find(&k, "q", &q);
            find(&k, "w", &w);
            find(&k, "a", &a);
            assert_in_range(w.x - q.x - pitches[i] + 1, 0, 2);
            assert_in_range(a.y - q.y - pitches[i] + 1, 0, 2);
            // gaps, and the tray beside the keys, count as the nearest
            struct rect rects[KEYBOARD_KEYS_MAX];
            const struct key *keys[KEYBOARD_KEYS_MAX];
            int count = keyboard_rects(&k, rects, keys);
            for (int y = 40; y < 40 + h; y += 7) {
                for (int x = 300; x < 300 + box_w; x += 5) {
                    int hit = keyboard_key_at(&k, x, y);
                    assert_in_range(hit, 0, count - 1);
                    for (int n = 0; n < count; n++)
                        assert_true(apart(rects[n], x, y) >=
                                    apart(rects[hit], x, y));
                }
            }
        }
    }
}

/* ---- fingers ---- */

static void
a_tap_types(void **state)
{
    struct keyboard k = small();
    (void) state;
    assert_types(tap(&k, "q", 1000), "q");
    assert_types(tap(&k, "’", 1100), "’");
    struct key_action space = tap(&k, "space", 1200);
    assert_int_equal(space.kind, KEY_SPACE);
    assert_string_equal(space.text, " ");
    assert_int_equal(tap(&k, "⌫", 1300).kind, KEY_BACKSPACE);
    assert_int_equal(tap(&k, "↵", 1400).kind, KEY_ENTER);
    assert_int_equal(tap(&k, "£1?", 1500).kind, KEY_PAGE);
    assert_types(tap(&k, "€", 1600), "€");
    assert_types(tap(&k, "7", 1700), "7"); // the page stays
    assert_int_equal(tap(&k, "abc", 1800).kind, KEY_PAGE);
    assert_types(tap(&k, "e", 1900), "e");
}

static void
sliding_corrects_and_sliding_off_cancels(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "q", 1000);
    at_key(&k, TOUCH_MOVE, 1, "w", 1050);
    assert_types(at_key(&k, TOUCH_UP, 1, "e", 1100), "e");

    at_key(&k, TOUCH_DOWN, 1, "q", 2000);
    send(&k, TOUCH_MOVE, 1, 40, 200, 2050);
    assert_int_equal(k.key, -1);
    assert_int_equal(send(&k, TOUCH_UP, 1, 40, 200, 2100).kind, KEY_NONE);
    assert_false(k.is_down);

    at_key(&k, TOUCH_DOWN, 1, "q", 3000); // off and on again
    send(&k, TOUCH_MOVE, 1, 40, 200, 3050);
    assert_types(at_key(&k, TOUCH_UP, 1, "w", 3100), "w");

    at_key(&k, TOUCH_DOWN, 1, "q", 4000);
    assert_int_equal(at_key(&k, TOUCH_CANCEL, 1, "q", 4050).kind, KEY_NONE);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "q", 4100).kind, KEY_NONE);

    // what began elsewhere is none of ours
    send(&k, TOUCH_DOWN, 1, 40, 200, 5000);
    at_key(&k, TOUCH_MOVE, 1, "q", 5050);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "q", 5100).kind, KEY_NONE);
}

static void
two_thumbs_roll(void **state)
{
    static const char *const keys[] = {"t", "h", "e", "r", "e", "f", "o",
                                       "r", "e", "q", "u", "i", "t", "e"};
    const int count = sizeof keys / sizeof keys[0];
    struct keyboard k = small();
    int64_t now_ms = 1000;
    (void) state;
    // every key goes down before the last one is up
    for (int i = 0; i < count; i++, now_ms += 50) {
        struct key_action done = at_key(&k, TOUCH_DOWN, i, keys[i], now_ms);
        if (i > 0) {
            assert_types(done, keys[i - 1]);
            done = at_key(&k, TOUCH_MOVE, i - 1, keys[i - 1], now_ms + 15);
            assert_int_equal(done.kind, KEY_NONE);
            done = at_key(&k, TOUCH_UP, i - 1, keys[i - 1], now_ms + 20);
            assert_int_equal(done.kind, KEY_NONE);
        }
    }
    assert_types(at_key(&k, TOUCH_UP, count - 1, keys[count - 1], now_ms),
                 keys[count - 1]);
}

static void
a_finger_elsewhere_commits_too(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "q", 1000);
    assert_types(send(&k, TOUCH_DOWN, 2, 700, 30, 1050), "q"); // Post it
    assert_false(k.is_down);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "q", 1100).kind, KEY_NONE);
    assert_int_equal(send(&k, TOUCH_UP, 2, 700, 30, 1150).kind, KEY_NONE);
}

static void
a_lost_up_loses_no_letter_and_holds_nothing(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "q", 1000);
    assert_types(at_key(&k, TOUCH_DOWN, 1, "w", 1500), "q"); // same finger
    assert_types(at_key(&k, TOUCH_UP, 1, "w", 1560), "w");

    at_key(&k, TOUCH_DOWN, 1, "q", 2000); // a panel that was unplugged
    assert_int_equal(at_key(&k, TOUCH_CANCEL, 1, "q", 12000).kind, KEY_NONE);
    assert_false(k.is_down);
    assert_true(keyboard_next_ms(&k) == KEYBOARD_NEVER);
}

/* ---- shift ---- */

static void
shift_once_and_caps(void **state)
{
    struct keyboard k = small();
    (void) state;
    assert_int_equal(tap(&k, "⇧", 1000).kind, KEY_SHIFT);
    assert_types(tap(&k, "A", 2000), "A");
    assert_types(tap(&k, "a", 3000), "a");

    tap(&k, "⇧", 4000); // and off again, slowly
    tap(&k, "⇧", 5000);
    assert_types(tap(&k, "a", 5500), "a");

    tap(&k, "⇧", 6000); // double
    tap(&k, "⇧", 6250);
    assert_int_equal(k.shift, KEYBOARD_SHIFT_CAPS);
    assert_types(tap(&k, "A", 7000), "A");
    assert_types(tap(&k, "B", 7500), "B");
    tap(&k, "⇧", 8000);
    assert_types(tap(&k, "a", 8500), "a");

    tap(&k, "⇧", 8600); // three times: on, caps, off
    tap(&k, "⇧", 8700);
    tap(&k, "⇧", 8800);
    assert_types(tap(&k, "a", 8900), "a");

    tap(&k, "⇧", 9000); // Shift survives second thoughts
    assert_int_equal(tap(&k, "⌫", 9100).kind, KEY_BACKSPACE);
    assert_int_equal(k.shift, KEYBOARD_SHIFT_ONCE);
    tap(&k, "⇧", 9200); // and this is no double tap
    assert_types(tap(&k, "a", 9300), "a");
}

static void
a_sentence_begins_with_a_capital(void **state)
{
    struct keyboard k = small();
    (void) state;
    k.wants_capital = true;
    assert_types(tap(&k, "A", 1000), "A");
    k.wants_capital = false;
    assert_types(tap(&k, "b", 2000), "b");

    k.wants_capital = true;
    tap(&k, "⇧", 3000); // not this one
    assert_int_equal(keyboard_page(&k), KEYBOARD_LETTERS);
    k.wants_capital = true; // said again, to no effect
    assert_types(tap(&k, "a", 4000), "a");
    assert_int_equal(keyboard_page(&k), KEYBOARD_CAPITALS); // but the next

    tap(&k, "⇧", 5000);
    tap(&k, "⇧", 5200);
    assert_int_equal(k.shift, KEYBOARD_SHIFT_CAPS);
}

static void
shift_and_a_letter_roll(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "⇧", 1000);
    assert_int_equal(at_key(&k, TOUCH_DOWN, 2, "a", 1100).kind, KEY_SHIFT);
    assert_types(at_key(&k, TOUCH_UP, 2, "A", 1150), "A");
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "⇧", 1200).kind, KEY_NONE);
    assert_types(tap(&k, "a", 2000), "a");
}

/* ---- holding ---- */

static void
backspace_repeats(void **state)
{
    struct keyboard k = small();
    int letters = 0, words = 0;
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "⌫", 1000);
    assert_true(keyboard_next_ms(&k) == 1500);
    assert_int_equal(keyboard_tick(&k, 1499).kind, KEY_NONE);
    assert_int_equal(keyboard_tick(&k, 1500).kind, KEY_BACKSPACE);
    assert_true(keyboard_next_ms(&k) == 1580);
    while (keyboard_next_ms(&k) < 4000) {
        int64_t next_ms = keyboard_next_ms(&k);
        struct key_action done = keyboard_tick(&k, next_ms);
        assert_int_equal(done.kind,
                         next_ms < 3000 ? KEY_BACKSPACE : KEY_BACKSPACE_WORD);
        letters += done.kind == KEY_BACKSPACE;
        words += done.kind == KEY_BACKSPACE_WORD;
    }
    assert_int_equal(letters, 18);
    assert_in_range(words, 3, 5);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "⌫", 4000).kind, KEY_NONE);
    assert_true(keyboard_next_ms(&k) == KEYBOARD_NEVER);
    assert_int_equal(keyboard_tick(&k, 5000).kind, KEY_NONE);
}

static void
a_stall_takes_nothing_away_in_a_burst(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "⌫", 1000);
    assert_int_equal(keyboard_tick(&k, 2000).kind, KEY_BACKSPACE);
    assert_int_equal(keyboard_tick(&k, 2000).kind, KEY_NONE);
    assert_true(keyboard_next_ms(&k) == 2080);
}

static void
after_repeating_no_other_key_is_typed(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "⌫", 1000);
    keyboard_tick(&k, 1500);
    at_key(&k, TOUCH_MOVE, 1, "m", 1550);
    assert_int_equal(keyboard_tick(&k, 1600).kind, KEY_NONE);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "m", 1650).kind, KEY_NONE);

    at_key(&k, TOUCH_DOWN, 1, "m", 2000); // sliding onto it starts anew
    at_key(&k, TOUCH_MOVE, 1, "⌫", 2400);
    assert_true(keyboard_next_ms(&k) == 2900);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "⌫", 2500).kind, KEY_BACKSPACE);

    at_key(&k, TOUCH_DOWN, 1, "⌫", 3000); // the other thumb ends it
    keyboard_tick(&k, 3500);
    assert_int_equal(at_key(&k, TOUCH_DOWN, 2, "a", 3550).kind, KEY_NONE);
    assert_types(at_key(&k, TOUCH_UP, 2, "a", 3600), "a");
}

/* Holds a key until its variants are open. */
static int
open_variants(struct keyboard *k, const char *label, int64_t now_ms,
              struct rect rects[KEYBOARD_VARIANTS_MAX],
              char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES])
{
    at_key(k, TOUCH_DOWN, 1, label, now_ms);
    assert_true(keyboard_next_ms(k) == now_ms + 450);
    keyboard_tick(k, now_ms + 449);
    assert_false(k->has_variants);
    assert_int_equal(keyboard_tick(k, now_ms + 450).kind, KEY_NONE);
    assert_true(k->has_variants);
    return keyboard_variants(k, rects, texts);
}

static void
a_long_press_offers_variants(void **state)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX], key;
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    (void) state;
    for (int i = 0; i < 5; i++) {
        static const char *const e[] = {"e", "é", "è", "ê", "ë"};
        struct keyboard k = small();
        assert_int_equal(open_variants(&k, "e", 1000, rects, texts), 5);
        assert_string_equal(texts[i], e[i]);
        find(&k, "e", &key);
        assert_int_equal(rects[0].x, key.x);
        assert_true(rects[i].y + rects[i].h <= key.y);
        // the finger is still as low as the key: only sideways counts
        int x = rects[i].x + rects[i].w / 2;
        send(&k, TOUCH_MOVE, 1, x, key.y + key.h / 2, 1600);
        assert_int_equal(k.variant, i);
        assert_types(send(&k, TOUCH_UP, 1, x, rects[i].y + 5, 1700), e[i]);
        assert_int_equal(keyboard_variants(&k, rects, texts), 0);
    }
}

static void
a_slow_press_types_the_letter_itself(void **state)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX];
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    struct keyboard k = small();
    (void) state;
    open_variants(&k, "o", 1000, rects, texts);
    assert_types(at_key(&k, TOUCH_UP, 1, "o", 3000), "o");
    assert_types(tap(&k, "o", 4000), "o");
    // a letter that has none just waits
    at_key(&k, TOUCH_DOWN, 1, "d", 5000);
    assert_true(keyboard_next_ms(&k) == KEYBOARD_NEVER);
    assert_types(at_key(&k, TOUCH_UP, 1, "d", 8000), "d");
}

static void
no_hand_is_quite_still(void **state)
{
    struct keyboard k = small();
    struct rect r;
    (void) state;
    find(&k, "e", &r);
    int x = r.x + r.w - 2, y = r.y + r.h / 2;
    send(&k, TOUCH_DOWN, 1, x, y, 1000);
    send(&k, TOUCH_MOVE, 1, x - 1, y, 1200);
    assert_true(keyboard_next_ms(&k) == 1450);
    keyboard_tick(&k, 1450);
    send(&k, TOUCH_MOVE, 1, x + 9, y, 1500); // under the next one, barely
    assert_int_equal(k.variant, 0);
    assert_types(send(&k, TOUCH_UP, 1, x + 9, y, 1600), "e");
}

static void
variants_can_be_left(void **state)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX];
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    struct keyboard k = small();
    (void) state;
    open_variants(&k, "e", 1000, rects, texts);
    send(&k, TOUCH_MOVE, 1, 780, 470, 1600);
    assert_int_equal(k.variant, -1);
    assert_int_equal(send(&k, TOUCH_UP, 1, 780, 470, 1700).kind, KEY_NONE);
    // a second finger commits what was chosen
    open_variants(&k, "e", 3000, rects, texts);
    send(&k, TOUCH_MOVE, 1, rects[1].x + 9, rects[1].y + 9, 3600);
    assert_types(at_key(&k, TOUCH_DOWN, 2, "a", 3700), "é");
    assert_types(at_key(&k, TOUCH_UP, 2, "a", 3800), "a");
}

static void
variants_follow_shift(void **state)
{
    struct rect rects[KEYBOARD_VARIANTS_MAX];
    char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
    struct keyboard k = small();
    (void) state;
    k.wants_capital = true;
    open_variants(&k, "W", 1000, rects, texts);
    assert_types(send(&k, TOUCH_UP, 1, rects[1].x + 9, rects[1].y + 9, 1600),
                 "Ŵ");
}

static void
variants_stay_on_the_screen(void **state)
{
    (void) state;
    for (size_t p = 0; p < PLACE_COUNT; p++) {
        for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
            struct keyboard k = *all_pages(p, page);
            struct rect at[KEYBOARD_KEYS_MAX], rects[KEYBOARD_VARIANTS_MAX];
            const struct key *keys[KEYBOARD_KEYS_MAX];
            char texts[KEYBOARD_VARIANTS_MAX][KEY_TEXT_BYTES];
            int count = keyboard_rects(&k, at, keys);
            for (int i = 0; i < count; i++) {
                if (!keys[i]->variants)
                    continue;
                keyboard_release(&k);
                send(&k, TOUCH_DOWN, 1, at[i].x + 1, at[i].y + 1, 1000);
                keyboard_tick(&k, 1450);
                int n = keyboard_variants(&k, rects, texts);
                assert_true(n >= 2);
                for (int v = 0; v < n; v++) {
                    assert_true(rects[v].w > 0);
                    assert_true(rects[v].x >= k.box.x);
                    assert_true(rects[v].x + rects[v].w <= k.box.x + k.box.w);
                    for (int u = 0; u < v; u++)
                        assert_false(has_common(rects[u], rects[v]));
                }
            }
        }
    }
}

static void
a_new_place_lets_go(void **state)
{
    struct keyboard k = small();
    (void) state;
    at_key(&k, TOUCH_DOWN, 1, "q", 1000);
    keyboard_place(&k, k.box, false, 0); // the same: nothing happened
    assert_true(k.is_down);
    keyboard_place(&k, (struct rect){0, 0, 600, 300}, true, 0);
    assert_false(k.is_down);
    assert_int_equal(at_key(&k, TOUCH_UP, 1, "q", 1100).kind, KEY_NONE);
}

static void
nowhere_is_a_place(void **state)
{
    struct keyboard k = {0};
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    (void) state;
    assert_int_equal(keyboard_rects(&k, rects, keys), 0);
    assert_int_equal(keyboard_key_at(&k, 0, 0), -1);
    assert_true(keyboard_next_ms(&k) == KEYBOARD_NEVER);
    assert_int_equal(keyboard_tick(&k, 1000).kind, KEY_NONE);
    assert_int_equal(send(&k, TOUCH_DOWN, 1, 0, 0, 1000).kind, KEY_NONE);
    assert_int_equal(send(&k, TOUCH_UP, 1, 0, 0, 1100).kind, KEY_NONE);
    for (int size = 1; size < 60; size++) { // no box is too small to survive
        keyboard_place(&k, (struct rect){0, 0, size, size}, size % 2, 0);
        send(&k, TOUCH_DOWN, 1, size / 2, size / 2, 2000);
        keyboard_tick(&k, 2450);
        send(&k, TOUCH_UP, 1, size / 2, size / 2, 2500);
    }
}

static void
no_order_of_touches_sticks(void **state)
{
    (void) state;
    for (unsigned seed = 1; seed <= 20; seed++) {
        size_t p = seed % PLACE_COUNT;
        struct keyboard k = {0};
        int64_t now_ms = 1000;
        srand(seed);
        keyboard_place(&k, places[p].box, places[p].has_digits, 0);
        for (int step = 0; step < 5000; step++) {
            struct rect box = rect_grow(k.box, 30);
            int phase = rand() % 8; // more moves, and some UPs are lost
            enum touch_phase phases[] = {TOUCH_DOWN, TOUCH_MOVE,  TOUCH_MOVE,
                                         TOUCH_UP,   TOUCH_UP,    TOUCH_MOVE,
                                         TOUCH_DOWN, TOUCH_CANCEL};
            struct key_action done =
                send(&k, phases[phase], rand() % 3 - 1, box.x + rand() % box.w,
                     box.y + rand() % box.h, now_ms);
            k.wants_capital = rand() % 3 == 0;
            assert_int_equal(*done.text != '\0',
                             done.kind == KEY_TEXT || done.kind == KEY_SPACE);
            now_ms += rand() % 300;
            if (rand() % 3 == 0)
                keyboard_tick(&k, now_ms);
        }
        // whoever filters the fingers forgets them after ten seconds
        for (int finger = -1; finger < 2; finger++)
            send(&k, TOUCH_CANCEL, finger, 0, 0, now_ms + 10000);
        assert_true(keyboard_next_ms(&k) == KEYBOARD_NEVER);
        assert_false(k.is_down);
        k.has_signs = false;
        k.shift = KEYBOARD_SHIFT_AUTO;
        k.wants_capital = false;
        assert_types(tap(&k, "q", now_ms), "q");
    }
}

/* ---- drawing ---- */

static int
texts_drawn(const struct draw_list *d, const char *text)
{
    int count = 0;
    for (size_t i = 0; i < d->count; i++)
        if (d->commands[i].kind == DRAW_TEXT &&
            d->commands[i].text_len == strlen(text) &&
            memcmp(draw_text_bytes(d, &d->commands[i]), text, strlen(text)) ==
                0)
            count++;
    return count;
}

static int
boxes_in(const struct draw_list *d, uint32_t colour)
{
    int count = 0;
    for (size_t i = 0; i < d->count; i++)
        count +=
            d->commands[i].kind == DRAW_BOX && d->commands[i].colour == colour;
    return count;
}

static void
draw(const struct keyboard *k, struct draw_list *d, struct arena *arena)
{
    struct ruler ruler = flat_ruler();
    struct panel panel = {.w = 800, .h = 480, .has_touch = true};
    struct theme theme;
    theme_make(&theme, &panel, &ruler);
    struct sheet s = {.list = d, .theme = &theme, .arena = arena};
    draw_start(d, 800, 480);
    keyboard_draw(k, &s);
}

static void
it_is_drawn(void **state)
{
    struct draw_list d = {0};
    struct arena arena = {0};
    struct rect rects[KEYBOARD_KEYS_MAX], box;
    const struct key *keys[KEYBOARD_KEYS_MAX];
    (void) state;
    for (int page = 0; page < KEYBOARD_PAGE_COUNT; page++) {
        struct keyboard k = small();
        k.has_signs = page == KEYBOARD_SIGNS;
        k.wants_capital = page == KEYBOARD_CAPITALS;
        draw(&k, &d, &arena);
        assert_int_equal(d.commands[0].kind, DRAW_FILL);
        assert_memory_equal(&d.commands[0].box, &k.box, sizeof k.box);
        int count = keyboard_rects(&k, rects, keys);
        for (int i = 0; i < count; i++)
            assert_int_equal(texts_drawn(&d, keys[i]->label), 1);
        for (size_t i = 0; i < d.count; i++) {
            box = d.commands[i].box;
            assert_true(box.x >= 0 && box.x + box.w <= 800);
        }
        assert_int_equal(boxes_in(&d, SUN), 0);
        assert_int_equal(boxes_in(&d, INK), page == KEYBOARD_CAPITALS);
    }
    struct keyboard k = small();
    draw(&k, &d, &arena);
    size_t at_rest = d.count;
    at_key(&k, TOUCH_DOWN, 1, "e", 1000);
    draw(&k, &d, &arena);
    assert_int_equal(d.count, at_rest);
    assert_int_equal(boxes_in(&d, SUN), 1);
    keyboard_tick(&k, 1450);
    draw(&k, &d, &arena);
    assert_int_equal(texts_drawn(&d, "ê"), 1);
    assert_int_equal(boxes_in(&d, SUN), 2); // the key, and what is chosen
    draw_destroy(&d);
    arena_destroy(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_types_its_label),
        cmocka_unit_test(everything_can_be_typed),
        cmocka_unit_test(capitals_stand_where_their_letters_do),
        cmocka_unit_test(rows_end_where_they_should),
        cmocka_unit_test(keys_are_as_wide_as_their_neighbours),
        cmocka_unit_test(the_picture_is_met),
        cmocka_unit_test(a_key_is_hit_all_over),
        cmocka_unit_test(gaps_belong_to_the_nearest),
        cmocka_unit_test(keys_keep_their_pitch_on_a_wide_tray),
        cmocka_unit_test(a_tap_types),
        cmocka_unit_test(sliding_corrects_and_sliding_off_cancels),
        cmocka_unit_test(two_thumbs_roll),
        cmocka_unit_test(a_finger_elsewhere_commits_too),
        cmocka_unit_test(a_lost_up_loses_no_letter_and_holds_nothing),
        cmocka_unit_test(shift_once_and_caps),
        cmocka_unit_test(a_sentence_begins_with_a_capital),
        cmocka_unit_test(shift_and_a_letter_roll),
        cmocka_unit_test(backspace_repeats),
        cmocka_unit_test(a_stall_takes_nothing_away_in_a_burst),
        cmocka_unit_test(after_repeating_no_other_key_is_typed),
        cmocka_unit_test(a_long_press_offers_variants),
        cmocka_unit_test(a_slow_press_types_the_letter_itself),
        cmocka_unit_test(no_hand_is_quite_still),
        cmocka_unit_test(variants_can_be_left),
        cmocka_unit_test(variants_follow_shift),
        cmocka_unit_test(variants_stay_on_the_screen),
        cmocka_unit_test(a_new_place_lets_go),
        cmocka_unit_test(nowhere_is_a_place),
        cmocka_unit_test(no_order_of_touches_sticks),
        cmocka_unit_test(it_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
