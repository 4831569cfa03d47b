// links: src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/view/draw.c src/base/arena.c src/base/check.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sdl/canvas.h"
#include "sdl/text_run.h"

#define W 320
#define H 200
#define PAPER 0xFFFBF6EC
#define INK 0xFF17252E
#define PHOTO_KEY 77

struct easel {
    struct fonts *fonts;
    struct ruler ruler;
    struct photos *photos;
    struct canvas *canvas;
    SDL_Surface *picture;
    struct draw_list list;
};

static struct photo
checked_photo(int w, int h)
{
    struct photo p = {w, h, malloc((size_t) w * (size_t) h * 4)};
    for (int i = 0; i < w * h; i++)
        p.pixels[i] = 0xFF000000 | (uint32_t) (i * 2654435761u) >> 8;
    return p;
}

static int
set_up(void **state)
{
    const char *assets = getenv("STAFFROOM_ASSETS");
    char folder[512];
    struct problem why;
    struct easel *e = calloc(1, sizeof *e);
    snprintf(folder, sizeof folder, "%s/fonts", assets ? assets : "assets");
    e->fonts = fonts_open(folder, &why);
    if (!e->fonts) {
        fprintf(stderr, "%s\n", why.text);
        free(e);
        return -1;
    }
    e->ruler = text_ruler(e->fonts);
    e->photos = photos_new(1 << 20);
    struct photo photo = checked_photo(60, 40);
    photos_give(e->photos, PHOTO_KEY, &photo);
    e->canvas = canvas_new(e->fonts, e->photos);
    e->picture =
        SDL_CreateRGBSurfaceWithFormat(0, W, H, 32, SDL_PIXELFORMAT_XRGB8888);
    draw_start(&e->list, W, H);
    draw_fill(&e->list, (struct rect){0, 0, W, H}, PAPER);
    *state = e;
    return 0;
}

static int
tear_down(void **state)
{
    struct easel *e = *state;
    draw_destroy(&e->list);
    SDL_FreeSurface(e->picture);
    canvas_free(e->canvas);
    photos_free(e->photos);
    fonts_close(e->fonts);
    free(e);
    return 0;
}

static uint32_t
at(const SDL_Surface *s, int x, int y)
{
    return ((const uint32_t *) s->pixels)[y * s->pitch / 4 + x];
}

static void
paint(struct easel *e)
{
    canvas_paint(e->canvas, e->picture, &e->list, (struct rect){0, 0, W, H}, 0);
}

static void
write_text(struct easel *e, int x, int baseline, enum font font, int px,
           uint32_t colour, const char *text)
{
    size_t len = strlen(text);
    struct font_shape shape = e->ruler.shape(e->ruler.data, font);
    float w = e->ruler.width_em(e->ruler.data, font, text, len) * (float) px;
    int top = baseline - (int) (shape.ascent * (float) px);
    draw_text(
        &e->list,
        (struct rect){x, top, (int) ceilf(w),
                      (int) ((shape.ascent + shape.descent) * (float) px)},
        baseline, font, px, colour, text, len);
}

/* One of everything, much of it leaning and see-through. */
static void
draw_busy(struct easel *e)
{
    struct draw_list *d = &e->list;
    struct rect note = {20, 30, 120, 90}, photo = {170, 20, 110, 70};
    draw_box(d, (struct rect){4, 4, 200, 12}, 6, 0x80A83A22);
    draw_lean(d, -1.4F, note);
    draw_shadow(d, (struct rect){20, 38, 120, 90}, 4, 20, 0x40102030);
    draw_shadow(d, note, 4, 5, 0x30000000);
    draw_box(d, note, 4, 0xFFFFE27A);
    write_text(e, 30, 60, FONT_HAND, 26, INK, "Two-minute");
    write_text(e, 30, 90, FONT_HAND, 26, 0xC017252E, "jolly fjord");
    draw_straight(d);
    draw_lean(d, 1.1F, photo);
    draw_shadow(d, photo, 16, 16, 0x50000000);
    draw_image(d, photo, 12, PHOTO_KEY);
    draw_straight(d);
    draw_bordered_box(d, (struct rect){160, 110, 90, 40}, 14, 0xFFFFFFFF, 3,
                      0xFFE4DAC7);
    draw_bordered_box(d, (struct rect){255, 110, 60, 40}, 14, 0x20FFFFFF, 3,
                      0x80A83A22);
    write_text(e, 168, 136, FONT_STRONG, 19, INK, "Ŵ abc مرحبا 👍");
    draw_ring(d, (struct rect){260, 150, 44, 44}, 5, 0.7F, 0xFF0E4A54);
    draw_box_corners(d, (struct rect){10, 140, 60, 50}, 18,
                     CORNER_TOP_LEFT | CORNER_BOTTOM_RIGHT, 0xFF1F5A85);
    draw_image(d, (struct rect){80, 150, 60, 40}, 0, PHOTO_KEY);
    draw_image(d, (struct rect){150, 160, 40, 30}, 8, 1234);
    write_text(e, -6, 198, FONT_SENTENCE, 40, 0x9017252E, "Off the edge of");
}

static SDL_Surface *
noise(int w, int h, uint32_t seed)
{
    SDL_Surface *s =
        SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    for (int i = 0; i < s->pitch / 4 * h; i++)
        ((uint32_t *) s->pixels)[i] =
            0xFF000000 | ((uint32_t) i * 2654435761u + seed) >> 8;
    return s;
}

static int
random_up_to(uint32_t *seed, int most)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (int) ((*seed >> 8) % (uint32_t) (most + 1));
}

/* Whatever part is painted: inside it is the whole picture's, and outside
   nothing is touched. */
static void
parts_are_parts_of_the_whole(void **state)
{
    struct easel *e = *state;
    static const int turns[] = {0, 90, 180, 270};
    uint32_t seed = 1;
    draw_busy(e);
    paint(e);
    for (int round = 0; round < 48; round++) {
        int turn = turns[round % 4];
        struct rect part = {random_up_to(&seed, W + 20) - 10,
                            random_up_to(&seed, H + 20) - 10,
                            random_up_to(&seed, W), random_up_to(&seed, H)};
        if (round % 3 == 0)
            part.w = part.h = 1 + round / 4;
        bool is_on_side = turn % 180 != 0;
        SDL_Surface *s = noise(is_on_side ? H : W, is_on_side ? W : H, 5);
        SDL_Surface *before = noise(s->w, s->h, 5);
        canvas_paint(e->canvas, s, &e->list, part, turn);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++) {
                struct rect p =
                    canvas_turned((struct rect){x, y, 1, 1}, W, H, turn);
                uint32_t wanted = rect_holds(part, x, y)
                                      ? at(e->picture, x, y) | 0xFF000000
                                      : at(before, p.x, p.y);
                if (at(s, p.x, p.y) != wanted)
                    fail_msg("turn %d, part %d,%d %dx%d: pixel %d,%d", turn,
                             part.x, part.y, part.w, part.h, x, y);
            }
        SDL_FreeSurface(s);
        SDL_FreeSurface(before);
    }
}

static void
turned_lists_need_not_cover(void **state)
{
    struct easel *e = *state;
    SDL_Surface *upright = noise(W, H, 9), *turned = noise(H, W, 9);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            struct rect p = canvas_turned((struct rect){x, y, 1, 1}, W, H, 90);
            ((uint32_t *) turned->pixels)[p.y * turned->pitch / 4 + p.x] =
                at(upright, x, y);
        }
    draw_start(&e->list, W, H);
    draw_busy(e);
    struct rect all = {0, 0, W, H};
    canvas_paint(e->canvas, upright, &e->list, all, 0);
    canvas_paint(e->canvas, turned, &e->list, all, 90);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            struct rect p = canvas_turned((struct rect){x, y, 1, 1}, W, H, 90);
            assert_int_equal(at(turned, p.x, p.y), at(upright, x, y));
        }
    SDL_FreeSurface(upright);
    SDL_FreeSurface(turned);
}

static void
turns_go_there_and_back(void **state)
{
    static const struct {
        int turn;
        struct rect panel;
    } rows[] = {
        {0, {10, 20, 30, 40}},
        {90, {140, 10, 40, 30}},
        {180, {280, 140, 30, 40}},
        {270, {20, 280, 40, 30}},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct rect r =
            canvas_turned((struct rect){10, 20, 30, 40}, W, H, rows[i].turn);
        assert_memory_equal(&r, &rows[i].panel, sizeof r);
        bool is_on_side = rows[i].turn % 180 != 0;
        float x, y;
        canvas_unturned(
            ((float) r.x + (float) r.w / 2) / (float) (is_on_side ? H : W),
            ((float) r.y + (float) r.h / 2) / (float) (is_on_side ? W : H),
            rows[i].turn, &x, &y);
        assert_float_equal(x, 25.0F / W, 0.0001F);
        assert_float_equal(y, 40.0F / H, 0.0001F);
    }
}

static void
straight_boxes_have_hard_sides_and_round_corners(void **state)
{
    struct easel *e = *state;
    draw_fill(&e->list, (struct rect){10, 10, 50, 30}, INK);
    draw_box_corners(&e->list, (struct rect){100, 10, 60, 40}, 12,
                     CORNER_TOP_LEFT | CORNER_BOTTOM_RIGHT, INK);
    paint(e);
    assert_int_equal(at(e->picture, 9, 20), PAPER);
    assert_int_equal(at(e->picture, 10, 10), INK);
    assert_int_equal(at(e->picture, 59, 39), INK);
    assert_int_equal(at(e->picture, 60, 39), PAPER);
    assert_int_equal(at(e->picture, 10, 40), PAPER);

    assert_int_equal(at(e->picture, 100, 10), PAPER);
    assert_int_equal(at(e->picture, 159, 49), PAPER);
    assert_int_equal(at(e->picture, 159, 10), INK); // not rounded
    assert_int_equal(at(e->picture, 100, 49), INK);
    assert_int_equal(at(e->picture, 130, 10), INK);
    assert_int_equal(at(e->picture, 100, 30), INK);
    uint32_t edge = at(e->picture, 103, 13); // on the arc
    assert_true(edge != PAPER && edge != INK);
    for (int i = 0; i < 12; i++) // the corner is the same both ways
        assert_int_equal(at(e->picture, 100 + i, 10 + (i * 5) % 12),
                         at(e->picture, 100 + (i * 5) % 12, 10 + i));
}

static void
borders_lie_inside(void **state)
{
    struct easel *e = *state;
    struct rect r = {20, 20, 80, 50};
    draw_bordered_box(&e->list, r, 10, 0xFFFFFFFF, 3, INK);
    r.x = 140; // nothing inside: the paper shows
    draw_bordered_box(&e->list, r, 10, 0x00FFFFFF, 3, INK);
    paint(e);
    static const uint32_t inside[] = {0xFFFFFFFF, PAPER};
    for (int i = 0; i < 2; i++) {
        int x = 20 + 120 * i;
        assert_int_equal(at(e->picture, x - 1, 45), PAPER);
        for (int line = 0; line < 3; line++) {
            assert_int_equal(at(e->picture, x + line, 45), INK);
            assert_int_equal(at(e->picture, x + 79 - line, 45), INK);
            assert_int_equal(at(e->picture, x + 40, 20 + line), INK);
        }
        assert_int_equal(at(e->picture, x + 3, 45), inside[i]);
        assert_int_equal(at(e->picture, x + 40, 45), inside[i]);
    }
}

/* How much ink there is, in pixels, black on white. */
static double
ink(const SDL_Surface *s, struct rect r)
{
    double sum = 0;
    for (int y = r.y; y < r.y + r.h; y++)
        for (int x = r.x; x < r.x + r.w; x++)
            sum += 1 - (double) (at(s, x, y) & 0xFF) / 255;
    return sum;
}

static void
leaning_boxes_keep_their_size(void **state)
{
    struct easel *e = *state;
    static const float leans[] = {-1.4F, 0.4F, 1.4F, 20, -45, 90};
    struct rect all = {0, 0, W, H}, r = {100, 60, 120, 80};
    for (size_t i = 0; i < sizeof leans / sizeof leans[0]; i++) {
        draw_start(&e->list, W, H);
        draw_fill(&e->list, all, 0xFFFFFFFF);
        draw_lean(&e->list, leans[i], r);
        draw_box(&e->list, r, 0, 0xFF000000);
        paint(e);
        assert_float_equal(ink(e->picture, all), 120 * 80, 120 * 80 * 0.003);
        assert_int_equal(at(e->picture, 160, 100), 0xFF000000);
        struct rect reach = draw_command_reach(&e->list.commands[1]);
        assert_float_equal(ink(e->picture, rect_cross(reach, all)),
                           ink(e->picture, all), 0.001);
    }
    // Clockwise: what is right of the middle goes down.
    draw_start(&e->list, W, H);
    draw_fill(&e->list, all, 0xFFFFFFFF);
    draw_lean(&e->list, 1.4F, r);
    draw_box(&e->list, r, 0, 0xFF000000);
    paint(e);
    assert_int_equal(at(e->picture, 105, 59), 0xFF000000);
    assert_int_equal(at(e->picture, 215, 60), 0xFFFFFFFF);
    assert_int_equal(at(e->picture, 215, 140), 0xFF000000);
}

static void
shadows_fade_evenly(void **state)
{
    struct easel *e = *state;
    struct rect r = {100, 60, 120, 80};
    draw_start(&e->list, W, H);
    draw_fill(&e->list, (struct rect){0, 0, W, H}, 0xFFFFFFFF);
    draw_shadow(&e->list, r, 4, 20, 0xFF000000);
    paint(e);
    for (int x = 161; x < W; x++)
        assert_true((at(e->picture, x, 100) & 0xFF) >=
                    (at(e->picture, x - 1, 100) & 0xFF));
    assert_int_equal(at(e->picture, 160, 100), 0xFF000000);
    assert_in_range(at(e->picture, 220, 100) & 0xFF, 118, 140); // the edge
    assert_in_range(at(e->picture, 230, 100) & 0xFF, 200, 225);
    assert_int_equal(at(e->picture, 240, 100), 0xFFFFFFFF); // the blur's end
    assert_int_equal(at(e->picture, 79, 100), 0xFFFFFFFF);
    assert_int_equal(at(e->picture, 99, 100), at(e->picture, 220, 100));
    assert_int_equal(at(e->picture, 160, 59), at(e->picture, 220, 100));
    // A blurred corner is rounder than its box.
    assert_true((at(e->picture, 220, 140) & 0xFF) > 180);
}

static void
what_a_box_hides_makes_no_difference(void **state)
{
    struct easel *e = *state;
    struct rect all = {0, 0, W, H}, r = {80, 40, 150, 110};
    static const int radii[] = {0, 4, 30};
    for (size_t i = 0; i < sizeof radii / sizeof radii[0]; i++) {
        SDL_Surface *together = noise(W, H, 0), *apart = noise(W, H, 0);
        draw_start(&e->list, W, H);
        draw_lean(&e->list, -1.2F, r);
        draw_shadow(&e->list, (struct rect){80, 52, 150, 110}, radii[i], 28,
                    0x60000000);
        draw_shadow(&e->list, r, radii[i], 6, 0x60000000);
        struct draw_list shadows = e->list;
        draw_box(&e->list, r, radii[i], 0xFFFFE27A);
        canvas_paint(e->canvas, together, &e->list, all, 0);
        shadows.commands = e->list.commands;
        canvas_paint(e->canvas, apart, &shadows, all, 0);
        struct draw_list box = e->list;
        box.commands += 2;
        box.count = 1;
        canvas_paint(e->canvas, apart, &box, all, 0);
        for (int y = 0; y < H; y++)
            for (int x = 0; x < W; x++)
                assert_int_equal(at(together, x, y), at(apart, x, y));
        SDL_FreeSurface(together);
        SDL_FreeSurface(apart);
    }
}

static struct rect
inked(const SDL_Surface *s, uint32_t paper)
{
    int x0 = s->w, y0 = s->h, x1 = 0, y1 = 0;
    for (int y = 0; y < s->h; y++)
        for (int x = 0; x < s->w; x++)
            if (at(s, x, y) != paper) {
                x0 = x < x0 ? x : x0;
                x1 = x + 1 > x1 ? x + 1 : x1;
                y0 = y < y0 ? y : y0;
                y1 = y + 1 > y1 ? y + 1 : y1;
            }
    return (struct rect){x0, y0, x1 - x0, y1 - y0};
}

static void
letters_stand_where_they_were_measured(void **state)
{
    struct easel *e = *state;
    for (int role = 0; role < FONT_COUNT; role++)
        for (int px = 17; px < 90; px += 18) {
            struct font_shape shape =
                e->ruler.shape(e->ruler.data, (enum font) role);
            draw_start(&e->list, W, H);
            draw_fill(&e->list, (struct rect){0, 0, W, H}, PAPER);
            write_text(e, 40, 120, (enum font) role, px, INK, "H");
            paint(e);
            struct rect r = inked(e->picture, PAPER);
            int cap = (int) lroundf(shape.cap * (float) px);
            assert_in_range(r.y + r.h, 119, 121);
            assert_in_range(r.h, cap - 1, cap + 2);
            assert_in_range(r.x, 40, 40 + px / 6);
        }
}

static void
lines_are_painted_as_wide_as_measured(void **state)
{
    static const char *const lines[] = {
        "IThe quick brown fox jumps over the lazy dogI",
        "IWaving To A Varied Year, five fluffy AVATARSI",
        "IŴyneb ŷ, Grüße – “curly” 0123456789I",
    };
    struct easel *e = *state;
    for (int role = 0; role < FONT_COUNT; role++)
        for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
            for (int px = 19; px < 60; px += 13) {
                size_t len = strlen(lines[i]);
                SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(
                    0, 2400, 120, 32, SDL_PIXELFORMAT_XRGB8888);
                draw_start(&e->list, 2400, 120);
                draw_fill(&e->list, (struct rect){0, 0, 2400, 120}, PAPER);
                write_text(e, 40, 90, (enum font) role, px, INK, lines[i]);
                canvas_paint(e->canvas, s, &e->list,
                             (struct rect){0, 0, 2400, 120}, 0);
                float all = e->ruler.width_em(e->ruler.data, (enum font) role,
                                              lines[i], len) *
                            (float) px;
                struct rect r = inked(s, PAPER);
                // Both ends have the same letter: its own side spaces are
                // what is missing.
                float sides = (float) (r.x - 40) * 2;
                assert_float_equal((float) r.w + sides, all, 2.0F);
                SDL_FreeSurface(s);
            }
}

static void
leaning_text_is_as_dark_as_straight_text(void **state)
{
    struct easel *e = *state;
    struct rect all = {0, 0, W, H};
    double amounts[2];
    for (int i = 0; i < 2; i++) {
        draw_start(&e->list, W, H);
        draw_fill(&e->list, all, 0xFFFFFFFF);
        if (i)
            draw_lean(&e->list, 1.3F, all);
        write_text(e, 30, 110, FONT_HAND, 48, 0xFF000000, "Silent debate");
        paint(e);
        amounts[i] = ink(e->picture, all);
    }
    assert_true(amounts[0] > 500);
    assert_float_equal(amounts[1], amounts[0], amounts[0] * 0.01);
}

static void
text_of_nothing_is_nothing(void **state)
{
    struct easel *e = *state;
    write_text(e, 40, 90, FONT_TEXT, 30, INK, "   ");
    write_text(e, 40, 90, FONT_TEXT, 30, INK, "\u200D");
    write_text(e, 40, 90, FONT_TEXT, 30, 0x00FFFFFF, "unseen");
    write_text(e, W + 500, 90, FONT_TEXT, 30, INK, "outside");
    paint(e);
    assert_true(rect_is_empty(inked(e->picture, PAPER)) ||
                inked(e->picture, PAPER).w <= 0);
}

static void
photos_cover_their_box(void **state)
{
    struct easel *e = *state;
    const struct photo *photo = photos_find(e->photos, PHOTO_KEY);
    draw_image(&e->list, (struct rect){10, 10, 60, 40}, 0, PHOTO_KEY);
    draw_image(&e->list, (struct rect){100, 10, 40, 40}, 0, PHOTO_KEY);
    draw_image(&e->list, (struct rect){10, 100, 120, 80}, 0, PHOTO_KEY);
    draw_image(&e->list, (struct rect){200, 100, 60, 40}, 0, 4321);
    paint(e);
    for (int y = 0; y < 40; y++)
        for (int x = 0; x < 60; x++) {
            uint32_t pixel = photo->pixels[y * 60 + x];
            assert_int_equal(at(e->picture, 10 + x, 10 + y), pixel);
            if (x >= 10 && x < 50) // ten are cut off on either side
                assert_int_equal(at(e->picture, 90 + x, 10 + y), pixel);
        }
    assert_int_equal(at(e->picture, 10, 100), photo->pixels[0]); // twofold
    assert_int_equal(at(e->picture, 129, 179), photo->pixels[60 * 40 - 1]);
    uint32_t missing = e->list.commands[4].colour;
    assert_int_equal(at(e->picture, 200, 100), missing);
    assert_int_equal(at(e->picture, 230, 120), missing);
}

static void
rings_run_clockwise_from_noon(void **state)
{
    // Whether there is line at half past one, half past four, and so on.
    static const struct {
        float part;
        bool has[4];
    } rows[] = {
        {0, {false, false, false, false}},
        {0.25F, {true, false, false, false}},
        {0.5F, {true, true, false, false}},
        {0.75F, {true, true, true, false}},
        {1, {true, true, true, true}},
    };
    struct easel *e = *state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        draw_start(&e->list, W, H);
        draw_fill(&e->list, (struct rect){0, 0, W, H}, PAPER);
        draw_ring(&e->list, (struct rect){100, 50, 100, 100}, 8, rows[i].part,
                  INK);
        paint(e);
        static const int across[] = {1, 1, -1, -1}, down[] = {-1, 1, 1, -1};
        for (int q = 0; q < 4; q++) {
            int x = 150 + across[q] * 32, y = 100 + down[q] * 32;
            assert_int_equal(at(e->picture, x, y),
                             rows[i].has[q] ? INK : PAPER);
        }
        assert_int_equal(at(e->picture, 150, 100), PAPER);
    }
}

static void
alpha_ends_opaque(void **state)
{
    struct easel *e = *state;
    struct rect all = {0, 0, W, H};
    SDL_Surface *s = noise(W, H, 3);
    draw_busy(e);
    canvas_paint(e->canvas, s, &e->list, all, 0);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
            assert_int_equal(at(s, x, y) >> 24, 255);
    SDL_FreeSurface(s);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(parts_are_parts_of_the_whole),
        TEST(turned_lists_need_not_cover),
        TEST(turns_go_there_and_back),
        TEST(straight_boxes_have_hard_sides_and_round_corners),
        TEST(borders_lie_inside),
        TEST(leaning_boxes_keep_their_size),
        TEST(shadows_fade_evenly),
        TEST(what_a_box_hides_makes_no_difference),
        TEST(letters_stand_where_they_were_measured),
        TEST(lines_are_painted_as_wide_as_measured),
        TEST(leaning_text_is_as_dark_as_straight_text),
        TEST(text_of_nothing_is_nothing),
        TEST(photos_cover_their_box),
        TEST(rings_run_clockwise_from_noon),
        TEST(alpha_ends_opaque),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
