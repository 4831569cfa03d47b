// links: src/view/composer.c src/view/composer_draw.c
// links: src/view/composer_field.c src/view/composer_places.c
// links: src/view/keyboard.c src/view/keyboard_draw.c
// links: src/view/keyboard_layout.c src/view/postit.c src/view/sheet.c
// links: src/view/fit.c src/view/theme.c src/view/draw.c src/core/compose.c
// links: src/core/wording.c src/core/date.c src/base/zone.c src/base/utf8.c
// links: src/base/memory.c src/base/arena.c src/base/text.c src/base/hash.c
// links: src/base/check.c src/base/log.c src/base/clock.c src/base/problem.c
// libs: -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/flat_ruler.h"
#include "view/composer.h"
#include "view/composer_places.h"
#include "view/palette.h"

/* One composer on one panel, drawn. */
struct desk {
    struct ruler ruler;
    struct theme theme;
    struct composer composer;
    struct composer_places places;
    struct draw_list list;
    struct arena arena;
};

static void
draw_desk(struct desk *d)
{
    struct scene scene = {0};
    struct sheet s = {.list = &d->list,
                      .theme = &d->theme,
                      .arena = &d->arena,
                      .scene = &scene};
    arena_reset(&d->arena);
    draw_start(&d->list, d->theme.w, d->theme.h);
    composer_draw(&d->composer, &s);
}

static struct desk *
open_desk(int w, int h, double diagonal_in, const char *text)
{
    struct desk *d = calloc(1, sizeof *d);
    struct panel panel = {.w = w,
                          .h = h,
                          .diagonal_in = diagonal_in,
                          .has_touch = true,
                          .has_handwriting = true};
    assert_non_null(d);
    d->ruler = flat_ruler();
    theme_make(&d->theme, &panel, &d->ruler);
    composer_places_make(&d->places, &d->theme);
    composer_open(&d->composer, SORT_IDEA, "", 1000);
    composer_type(&d->composer, text, strlen(text), 1000);
    draw_desk(d);
    return d;
}

static void
close_desk(struct desk *d)
{
    draw_destroy(&d->list);
    arena_destroy(&d->arena);
    free(d);
}

static const struct desk_panel {
    int w, h;
    double diagonal_in;      // 0: not known
    float least_mm, most_mm; // from one letter key to the next
    float row_mm;            // at least, from one row of them to the next
    bool has_digits;
} panels[] = {
    {800, 480, 7, 14.5f, 16, 11, false},
    {1024, 600, 7, 14.5f, 16, 10, false},
    {1280, 800, 10.1, 18, 19, 16, false},
    {720, 1280, 7, 8, 9, 11, true}, // 87 mm wide: what thumbs are used to
    {1024, 768, 12, 18, 19, 17, true},
    {1920, 1080, 15.6, 18, 19, 18, true},
    {1920, 1080, 22, 19, 20.5f, 19, true},
    {1080, 1920, 24, 19, 22, 19, true},
    {2560, 1080, 29, 19, 24, 19, true},
    {1920, 1080, 43, 23, 24, 23, true},
    {1080, 1920, 43, 23, 24, 23, true},
    {1920, 1080, 55, 23, 24, 23, true},
    {3840, 2160, 55, 23, 24, 23, true},
    {1920, 1080, 86, 23, 24, 23, true},
    {800, 480, 0, 0, 0, 0, false},
    {720, 1280, 0, 0, 0, 0, true},
    {1920, 1080, 0, 0, 0, 0, true},
    {3840, 2160, 0, 0, 0, 0, true},
};
#define PANEL_COUNT (sizeof panels / sizeof panels[0])

static struct desk *
open_panel(size_t i, const char *text)
{
    return open_desk(panels[i].w, panels[i].h, panels[i].diagonal_in, text);
}

static struct rect
key_named(const struct keyboard *k, const char *text)
{
    struct rect rects[KEYBOARD_KEYS_MAX];
    const struct key *keys[KEYBOARD_KEYS_MAX];
    int count = keyboard_rects(k, rects, keys);
    for (int i = 0; i < count; i++)
        if (strcmp(keys[i]->text, text) == 0)
            return rects[i];
    fail_msg("no key %s", text);
    return (struct rect){0};
}

/* ---- millimetres ---- */

static void
keys_are_where_fingers_expect_them(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, "so");
        const struct keyboard *k = &d->composer.keyboard;
        struct rect q = key_named(k, "q"), w = key_named(k, "w");
        struct rect p = key_named(k, "p"), a = key_named(k, "a");
        float mm = (float) (w.x - q.x) / d->theme.px_per_mm;
        float row_mm = (float) (a.y - q.y) / d->theme.px_per_mm;
        assert_int_equal(k->has_digits, panels[i].has_digits);
        if (panels[i].diagonal_in > 0) {
            if (mm < panels[i].least_mm || mm > panels[i].most_mm)
                fail_msg("%zu: keys %.1f mm apart", i, (double) mm);
            if (row_mm < panels[i].row_mm || row_mm > panels[i].most_mm * 1.5f)
                fail_msg("%zu: rows %.1f mm apart", i, (double) row_mm);
        } else {
            assert_int_equal(d->places.control_px, 0);
            // as drawn: the whole width, or hands on both sides of its middle
            assert_true((p.x + p.w - q.x) * 100 > d->theme.w * 80);
        }
        // at least two fifths of the height are for the post-it
        assert_true(k->box.y * 100 >= d->theme.h * 40);
        assert_int_equal(k->box.y + k->box.h, d->theme.h);
        // in the middle
        int right = d->theme.w - p.x - p.w;
        assert_in_range(right - q.x + 2, 0, 4);
        close_desk(d);
    }
}

static void
assert_key_types(struct desk *d, struct rect r, const struct key *key)
{
    struct compose *c = &d->composer.compose;
    struct touch touch = {TOUCH_DOWN, 1, r.x + r.w / 2, r.y + r.h / 2, 1000};
    compose_reset(c);
    d->composer.keyboard.shift = KEYBOARD_SHIFT_OFF;
    composer_touch(&d->composer, &d->list, &touch, 1000);
    touch.phase = TOUCH_UP;
    composer_touch(&d->composer, &d->list, &touch, 1050);
    if (key->action == KEY_TEXT || key->action == KEY_SPACE)
        assert_string_equal(c->lines[COMPOSE_TEXT].bytes, key->text);
}

static void
every_key_is_reached_and_nothing_lies_on_it(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, "so");
        struct rect rects[KEYBOARD_KEYS_MAX];
        const struct key *keys[KEYBOARD_KEYS_MAX];
        int count = keyboard_rects(&d->composer.keyboard, rects, keys);
        assert_true(count >= 33);
        for (int n = 0; n < count; n++) {
            int x = rects[n].x + rects[n].w / 2;
            int y = rects[n].y + rects[n].h / 2;
            assert_null(draw_target_at(&d->list, x, y));
            if (keys[n]->action == KEY_TEXT || keys[n]->action == KEY_SPACE)
                assert_key_types(d, rects[n], keys[n]);
        }
        close_desk(d);
    }
}

/* What is left of a target, beneath those drawn after it, around its middle. */
static struct rect
reach_of(const struct draw_list *list, int index)
{
    const struct target *t = &list->targets[index];
    int x = t->box.x + t->box.w / 2, y = t->box.y + t->box.h / 2;
    struct rect r = {x, y, 0, 0};
    if (draw_target_at(list, x, y) != t)
        return r;
    while (draw_target_at(list, r.x - 1, y) == t)
        r.x--;
    while (draw_target_at(list, r.x + r.w, y) == t)
        r.w++;
    while (draw_target_at(list, x, r.y - 1) == t)
        r.y--;
    while (draw_target_at(list, x, r.y + r.h) == t)
        r.h++;
    return r;
}

static void
controls_are_as_large_as_a_finger(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        if (panels[i].diagonal_in == 0)
            continue;
        struct desk *d = open_panel(i, "");
        int found = 0;
        for (int n = 0; n < d->list.target_count; n++) {
            const struct target *t = &d->list.targets[n];
            float least_mm = t->kind == TARGET_POST ? 16 : 12;
            struct rect r = reach_of(&d->list, n);
            if (t->kind == TARGET_TEXT) // an empty line of it, and all of it
                continue;
            float side = (float) (r.w < r.h ? r.w : r.h) / d->theme.px_per_mm;
            if (side < least_mm - 0.2f)
                fail_msg("panel %zu, target %d %d: %.1f mm", i, (int) t->kind,
                         t->value, (double) side);
            assert_true(t->box.x >= 0 && t->box.x + t->box.w <= d->theme.w);
            assert_true(t->box.y >= 0 &&
                        t->box.y + t->box.h <= d->places.keyboard.y);
            found++;
        }
        assert_true(found >= 8); // two buttons, chips, four colours, the name
        close_desk(d);
    }
}

/* ---- nothing is cut off ---- */

static int
count_drawn(const struct draw_list *list, char letter)
{
    int count = 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct draw_command *c = &list->commands[i];
        for (size_t at = 0; c->kind == DRAW_TEXT && at < c->text_len; at++)
            count += draw_text_bytes(list, c)[at] == letter;
    }
    return count;
}

/* The caret is the one thing in that colour. */
static struct rect
caret(const struct desk *d)
{
    for (size_t i = 0; i < d->list.count; i++)
        if (d->list.commands[i].kind == DRAW_FILL &&
            d->list.commands[i].colour == RUST)
            return d->list.commands[i].box;
    return (struct rect){0};
}

static bool
is_inside(struct rect r, struct rect in)
{
    return r.w > 0 && r.h > 0 && r.x >= in.x && r.y >= in.y &&
           r.x + r.w <= in.x + in.w && r.y + r.h <= in.y + in.h;
}

static void
the_longest_post_it_is_whole(void **state)
{
    char text[COMPOSE_TEXT_LETTERS + 1];
    (void) state;
    memset(text, 'W', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, text);
        assert_int_equal(count_drawn(&d->list, 'W'), COMPOSE_TEXT_LETTERS);
        assert_true(is_inside(caret(d), d->places.paper));
        // and everything written stands on the paper or beside it
        for (size_t n = 0; n < d->list.count; n++) {
            const struct draw_command *c = &d->list.commands[n];
            if (c->kind != DRAW_TEXT)
                continue;
            assert_true(c->box.x >= 0 && c->box.x + c->box.w <= d->theme.w);
            if (*draw_text_bytes(&d->list, c) == 'W')
                assert_true(is_inside(c->box, d->places.paper));
        }
        close_desk(d);
    }
}

/* Letters broader than any: emoji families in a font that sets them apart. */
static float
broad_width_em(void *data, enum font font, const char *text, size_t len)
{
    return 4 * flat_width_em(data, font, text, len);
}

static void
what_is_too_much_follows_the_caret(void **state)
{
    char text[COMPOSE_TEXT_LETTERS + 1];
    (void) state;
    memset(text, 'W', sizeof text - 1);
    text[sizeof text - 2] = '7';
    text[sizeof text - 1] = '\0';
    struct desk *d = open_desk(800, 480, 0, text);
    d->ruler.width_em = broad_width_em;
    draw_desk(d);
    assert_true(count_drawn(&d->list, 'W') < COMPOSE_TEXT_LETTERS - 1);
    assert_int_equal(count_drawn(&d->list, '7'), 1);
    assert_true(is_inside(caret(d), d->places.paper));
    compose_place_caret(&d->composer.compose, 1);
    draw_desk(d);
    assert_true(is_inside(caret(d), d->places.paper));
    assert_true(caret(d).x < d->places.paper.x + d->places.paper.w / 2);
    assert_int_equal(count_drawn(&d->list, '7'), 0);
    close_desk(d);
}

static void
a_long_name_shows_where_it_is_written(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, "so");
        d->composer.compose.field = COMPOSE_NAME;
        for (int n = 0; n < COMPOSE_NAME_LETTERS; n++)
            composer_type(&d->composer, n ? "W" : "z", 1, 1000);
        draw_desk(d);
        assert_true(is_inside(caret(d), d->places.paper));
        int end_x = caret(d).x;
        compose_place_caret(&d->composer.compose, 0);
        draw_desk(d);
        assert_true(caret(d).x < end_x);
        assert_int_equal(count_drawn(&d->list, 'z'), 2); // and "z" is a key
        close_desk(d);
    }
}

static void
all_of_a_refusal_is_said(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, "");
        const struct target *post = NULL;
        for (int n = 0; n < d->list.target_count; n++)
            if (d->list.targets[n].kind == TARGET_POST)
                post = &d->list.targets[n];
        assert_non_null(post);
        struct touch touch = {TOUCH_DOWN, 1, post->box.x + post->box.w / 2,
                              post->box.y + post->box.h / 2, 1000};
        composer_touch(&d->composer, &d->list, &touch, 1000);
        touch.phase = TOUCH_UP;
        assert_int_equal(composer_touch(&d->composer, &d->list, &touch, 1050),
                         COMPOSER_GOES_ON);
        assert_non_null(d->composer.refusal);
        draw_desk(d);
        int words = 0; // "There is nothing on it yet. Write a few words, then"
        for (size_t n = 0; n < d->list.count; n++) {
            const struct draw_command *c = &d->list.commands[n];
            if (c->kind == DRAW_TEXT && c->font == FONT_HEAVY &&
                is_inside(c->box, d->places.side))
                words += utf8_words(draw_text_bytes(&d->list, c), c->text_len);
        }
        if (words != 13)
            fail_msg("panel %zu: %d words of the refusal", i, words);
        close_desk(d);
    }
}

/* ---- the caret goes to the nearest place ---- */

static size_t
caret_after_touch(struct desk *d, int x, int y)
{
    struct touch touch = {TOUCH_DOWN, 1, x, y, 2000};
    draw_desk(d);
    composer_touch(&d->composer, &d->list, &touch, 2000);
    touch.phase = TOUCH_UP;
    composer_touch(&d->composer, &d->list, &touch, 2050);
    return d->composer.compose.lines[COMPOSE_TEXT].caret;
}

static struct rect
line_that_holds(const struct desk *d, const char *word)
{
    for (size_t i = 0; i < d->list.count; i++) {
        const struct draw_command *c = &d->list.commands[i];
        if (c->kind == DRAW_TEXT && memmem(draw_text_bytes(&d->list, c),
                                           c->text_len, word, strlen(word)))
            return c->box;
    }
    fail_msg("%s is not there", word);
    return (struct rect){0};
}

static void
a_touch_puts_the_caret_between_letters(void **state)
{
    const char *text = "Ask them to draw what they understood before they "
                       "write anything down at all";
    (void) state;
    struct desk *d = open_desk(1920, 1080, 22, text);
    struct rect first = line_that_holds(d, "Ask"), paper = d->places.paper;
    int y = first.y + first.h / 2;
    assert_int_equal(caret_after_touch(d, first.x + 1, y), 0);
    assert_int_equal(caret_after_touch(d, paper.x + 60, y), 0);
    // beyond the end of a line: the end of that line, not of everything
    size_t end = caret_after_touch(d, paper.x + paper.w - 60, y);
    assert_true(end > 10 && end < strlen(text));
    assert_int_equal(text[end], ' ');
    // below the words: behind them
    assert_int_equal(
        caret_after_touch(d, first.x + 1, paper.y + paper.h * 6 / 10),
        strlen(text));
    close_desk(d);
}

static void
right_to_left_has_its_caret_on_the_left(void **state)
{
    const char *text = "שלום"; // four letters of two bytes
    (void) state;
    struct desk *d = open_desk(1920, 1080, 0, text);
    struct rect line = line_that_holds(d, text), paper = d->places.paper;
    int y = line.y + line.h / 2;
    assert_true(line.x > paper.x + paper.w / 2);
    assert_in_range(caret(d).x, line.x - 3, line.x + 3);
    assert_int_equal(caret_after_touch(d, line.x + line.w - 1, y), 0);
    assert_int_equal(caret_after_touch(d, paper.x + 60, y), strlen(text));
    assert_int_equal(caret_after_touch(d, line.x + line.w - line.w / 4, y), 2);
    close_desk(d);
}

/* ---- what it is for ---- */

static void
what_it_is_for_is_said_in_two_lines(void **state)
{
    (void) state;
    for (size_t i = 0; i < PANEL_COUNT; i++) {
        struct desk *d = open_panel(i, "");
        size_t before = d->list.count;
        composer_set_about(&d->composer, "");
        draw_desk(d);
        assert_int_equal(d->list.count, before);
        composer_set_about(&d->composer,
                           "Answering: zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz "
                           "zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz "
                           "zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz zzzz");
        draw_desk(d);
        size_t more = d->theme.layout == LAYOUT_SMALL ? 0 : 2;
        assert_int_equal(d->list.count, before + more);
        close_desk(d);
    }
}

static void
what_it_is_for_is_cut_between_letters(void **state)
{
    static struct composer c;
    char text[COMPOSER_ABOUT_BYTES * 2] = "a";
    (void) state;
    for (size_t at = 1; at + 3 < sizeof text; at += 2)
        memcpy(text + at, "é", 3);
    composer_open(&c, SORT_ANSWER, "q-1", 0);
    assert_string_equal(c.about, "");
    composer_set_about(&c, text);
    size_t len = strlen(c.about);
    assert_in_range(len, COMPOSER_ABOUT_BYTES - 2, COMPOSER_ABOUT_BYTES - 1);
    assert_int_equal(utf8_valid_prefix(c.about, len), len);
    composer_set_about(&c, "For: Lunch");
    assert_string_equal(c.about, "For: Lunch");
    composer_open(&c, SORT_IDEA, "", 0);
    assert_string_equal(c.about, "");
}

/* ---- a keyboard with a plug ---- */

static void
a_scanner_types_no_controls(void **state)
{
    (void) state;
    struct desk *d = open_desk(1920, 1080, 0, "");
    composer_type(&d->composer, "5012\t345\x1b[A\x7f\x01", 13, 2000);
    assert_string_equal(d->composer.compose.lines[COMPOSE_TEXT].bytes,
                        "5012 345[A");
    close_desk(d);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_are_where_fingers_expect_them),
        cmocka_unit_test(every_key_is_reached_and_nothing_lies_on_it),
        cmocka_unit_test(controls_are_as_large_as_a_finger),
        cmocka_unit_test(the_longest_post_it_is_whole),
        cmocka_unit_test(what_is_too_much_follows_the_caret),
        cmocka_unit_test(a_long_name_shows_where_it_is_written),
        cmocka_unit_test(all_of_a_refusal_is_said),
        cmocka_unit_test(a_touch_puts_the_caret_between_letters),
        cmocka_unit_test(right_to_left_has_its_caret_on_the_left),
        cmocka_unit_test(what_it_is_for_is_said_in_two_lines),
        cmocka_unit_test(what_it_is_for_is_cut_between_letters),
        cmocka_unit_test(a_scanner_types_no_controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
