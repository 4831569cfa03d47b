// links: src/sdl/first_light.c src/sdl/glass.c src/sdl/glass_fade.c src/sdl/glass_tiles.c src/sdl/glass_window.c src/sdl/glass_log.c src/sdl/dpms.c src/sdl/display.c src/sdl/display_card.c src/sdl/display_mode.c src/sdl/blend.c src/sdl/input.c src/sdl/pump.c src/sdl/pump_card.c src/sdl/fingers.c src/base/clock.c src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/view/draw.c src/base/arena.c src/base/check.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/thread.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -ldrm -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "sdl/first_light.h"
#include "sdl/glass.h"
#include "sdl/input.h"
#include "sdl/pump.h"

#define BEFORE 0xFF204060
#define AFTER 0xFFE0A010

static struct glass *
open_glass(struct glass_options options)
{
    bool no_display;
    struct problem why = {0};
    struct glass *g = glass_open(&options, &no_display, &why);
    if (!g)
        fail_msg("%s", why.text);
    assert_false(no_display);
    if (!glass_light(g, &why))
        fail_msg("%s", why.text);
    return g;
}

static void
fill(SDL_Surface *s, uint32_t colour)
{
    SDL_FillRect(s, NULL, colour);
}

static uint32_t
pixel(const SDL_Surface *s, int x, int y)
{
    return 0xFF000000 | ((const uint32_t *) s->pixels)[y * s->pitch / 4 + x];
}

static struct rect
all_of(const SDL_Surface *s)
{
    return (struct rect){0, 0, s->w, s->h};
}

static SDL_Window *
the_window(void)
{
    for (Uint32 id = 1; id < 100; id++)
        if (SDL_GetWindowFromID(id))
            return SDL_GetWindowFromID(id);
    return NULL;
}

static void
a_window_has_the_size_asked_for(void **state)
{
    int w, h;
    (void) state;
    struct glass *g =
        open_glass((struct glass_options){320, 200, 0, 0, false, 0, 0});
    glass_size(g, &w, &h);
    assert_int_equal(w, 320);
    assert_int_equal(h, 200);
    assert_int_equal(glass_picture(g)->w, 320);
    assert_non_null(strstr(glass_description(g), SDL_GetCurrentVideoDriver()));
    glass_close(g);

    g = open_glass((struct glass_options){320, 200, 90, 0, false, 0, 0});
    glass_size(g, &w, &h);
    assert_int_equal(w, 200);
    assert_int_equal(h, 320);
    assert_int_equal(glass_picture(g)->w, 320); // the panel's
    glass_close(g);
}

static void
the_whole_screen_is_taken(void **state)
{
    SDL_Rect screen;
    int w, h;
    (void) state;
    struct glass *g = open_glass((struct glass_options){0});
    assert_int_equal(SDL_GetDisplayBounds(0, &screen), 0);
    glass_size(g, &w, &h);
    assert_int_equal(w, screen.w);
    assert_int_equal(h, screen.h);
    double inches = glass_diagonal_in(g);
    assert_true(inches >= 0 && inches <= 150);
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    glass_close(g);
}

static void
a_cursor_is_seen_where_somebody_points(void **state)
{
    (void) state;
    struct glass *g =
        open_glass((struct glass_options){64, 64, 0, 0, true, 0, 0});
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_ENABLE);
    glass_close(g);
}

static void
a_fade_goes_from_one_picture_to_the_next(void **state)
{
    (void) state;
    struct glass *g =
        open_glass((struct glass_options){300, 170, 0, 0, false, 0, 0});
    SDL_Surface *picture = glass_picture(g);
    fill(picture, BEFORE);
    glass_show(g, all_of(picture));
    SDL_Surface *next = glass_fade_begin(g);
    assert_non_null(next);
    assert_int_equal(next->w, 300);
    fill(next, AFTER);
    glass_fade_step(g, 0);
    assert_int_equal(pixel(glass_picture(g), 299, 169), BEFORE);
    glass_fade_step(g, 0.5F);
    assert_int_equal(pixel(glass_picture(g), 0, 0), 0xFF807038);
    assert_int_equal(pixel(glass_picture(g), 299, 169), 0xFF807038);
    glass_fade_end(g);
    assert_int_equal(pixel(glass_picture(g), 150, 100), AFTER);
    glass_fade_end(g); // twice is once
    glass_fade_step(g, 0.2F);
    assert_int_equal(pixel(glass_picture(g), 150, 100), AFTER);
    glass_close(g);
}

static void
a_fade_may_be_cut_short(void **state)
{
    (void) state;
    struct glass *g =
        open_glass((struct glass_options){30, 20, 0, 0, false, 0, 0});
    fill(glass_picture(g), BEFORE);
    assert_non_null(glass_fade_begin(g));
    SDL_Surface *next = glass_fade_begin(g); // begun anew
    assert_non_null(next);
    fill(next, AFTER);
    glass_fade_end(g);
    assert_int_equal(pixel(glass_picture(g), 3, 3), AFTER);
    assert_non_null(glass_fade_begin(g));
    glass_close(g);
    glass_close(NULL);
}

/* What the renderer shows; black where nothing was drawn. */
static uint32_t
shown(SDL_Renderer *renderer, int x, int y)
{
    uint32_t colour = 0;
    SDL_Rect one = {x, y, 1, 1};
    assert_int_equal(SDL_RenderReadPixels(renderer, &one,
                                          SDL_PIXELFORMAT_ARGB8888, &colour, 4),
                     0);
    return colour | 0xFF000000;
}

/* One whose picture is its own, and is painted before there is a window: how
   the kiosk begins. */
static struct glass *
paint_before_lighting(struct glass_options options)
{
    bool no_display;
    struct problem why = {0};
    setenv(SDL_HINT_RENDER_DRIVER, "software", 1);
    struct glass *g = glass_open(&options, &no_display, &why);
    assert_non_null(g);
    assert_null(the_window());
    fill(glass_picture(g), AFTER);
    glass_show_unlit(g); // which only a console can
    assert_null(the_window());
    bool is_lit = glass_light(g, &why);
    unsetenv(SDL_HINT_RENDER_DRIVER);
    assert_true(is_lit);
    return g;
}

static void
a_card_that_is_none_shows_nothing(void **state)
{
    (void) state;
    struct problem why = {0};
    struct first_light first = {0};
    SDL_DisplayMode mode = {.w = 40, .h = 30, .refresh_rate = 60};
    SDL_Surface *picture =
        SDL_CreateRGBSurfaceWithFormat(0, 40, 30, 32, SDL_PIXELFORMAT_ARGB8888);
    assert_non_null(picture);
    assert_false(first_light_begin(&first, 1 << 20, picture, &mode, &why));
    assert_string_equal(why.text,
                        "/dev/dri/card1048576, 40x30: No such file or directory");
    first_light_end(&first);
    SDL_FreeSurface(picture);
}

static void
a_picture_is_there_before_the_window(void **state)
{
    (void) state;
    struct problem why = {0};
    int w, h;
    struct glass *g = paint_before_lighting(
        (struct glass_options){300, 170, 90, 0, false, 0, 0});
    glass_size(g, &w, &h);
    assert_int_equal(w, 170);
    assert_int_equal(h, 300);
    SDL_Surface *picture = glass_picture(g);
    assert_int_equal(pixel(picture, 299, 169), AFTER);
    // It would be painted anew for nothing.
    assert_false(SDL_HasEvent(SDL_WINDOWEVENT));
    glass_show(g, all_of(picture));
    SDL_Renderer *renderer = SDL_GetRenderer(the_window());
    assert_non_null(renderer);
    assert_int_equal(shown(renderer, 299, 169), AFTER);
    assert_true(glass_light(g, &why)); // again: it is
    glass_close(g);
}

/* A window is never smaller than 160 by 160. */
static void
a_window_of_another_size_has_another_picture(void **state)
{
    (void) state;
    int w, h;
    struct glass *g = paint_before_lighting(
        (struct glass_options){120, 140, 0, 0, false, 0, 0});
    glass_size(g, &w, &h);
    assert_int_equal(w, 160);
    assert_int_equal(h, 160);
    assert_int_equal(pixel(glass_picture(g), 0, 0), 0xFF000000);
    glass_show(g, all_of(glass_picture(g)));
    glass_close(g);
}

static void
textures_are_laid_side_by_side(void **state)
{
    (void) state;
    setenv(SDL_HINT_RENDER_DRIVER, "software", 1);
    struct glass *g =
        open_glass((struct glass_options){300, 170, 0, 64, false, 0, 0});
    unsetenv(SDL_HINT_RENDER_DRIVER);
    SDL_Renderer *renderer = SDL_GetRenderer(the_window());
    assert_non_null(renderer);
    assert_non_null(strstr(glass_description(g), "textures to 64"));
    SDL_Surface *picture = glass_picture(g);
    fill(picture, BEFORE);
    glass_show(g, all_of(picture));
    for (int i = 0; i < 20; i++)
        assert_int_equal(shown(renderer, i * 15, i * 8), BEFORE);

    // Only what is said to have changed is taken over.
    fill(picture, AFTER);
    glass_show(g, (struct rect){60, 60, 10, 10});
    assert_int_equal(shown(renderer, 63, 63), AFTER);
    assert_int_equal(shown(renderer, 69, 69), AFTER);
    assert_int_equal(shown(renderer, 59, 60), BEFORE);
    assert_int_equal(shown(renderer, 70, 69), BEFORE);

    fill(picture, BEFORE);
    glass_show(g, all_of(picture));
    SDL_Surface *next = glass_fade_begin(g);
    fill(next, AFTER);
    glass_fade_step(g, 0.5F);
    assert_int_equal(shown(renderer, 299, 169), 0xFF807038);
    glass_fade_end(g);
    assert_int_equal(shown(renderer, 299, 169), AFTER);

    SDL_Event event = {.type = SDL_RENDER_TARGETS_RESET};
    assert_true(glass_handle(g, &event));
    glass_close(g);
}

static void
another_size_is_another_picture(void **state)
{
    (void) state;
    static const char *const drivers[] = {NULL, "software"};
    for (int i = 0; i < 2; i++) {
        if (drivers[i])
            setenv(SDL_HINT_RENDER_DRIVER, drivers[i], 1);
        struct glass *g =
            open_glass((struct glass_options){300, 170, 0, 0, false, 0, 0});
        unsetenv(SDL_HINT_RENDER_DRIVER);
        assert_non_null(glass_fade_begin(g));
        SDL_SetWindowSize(the_window(), 200, 180);
        bool is_new = false;
        SDL_Event event;
        while (SDL_WaitEventTimeout(&event, 200))
            is_new |= glass_handle(g, &event);
        int w, h;
        glass_size(g, &w, &h);
        assert_true(is_new);
        assert_int_equal(w, 200);
        assert_int_equal(h, 180);
        glass_fade_step(g, 0.5F); // of a fade that is no more
        fill(glass_picture(g), AFTER);
        glass_show(g, all_of(glass_picture(g)));
        event = (SDL_Event){.window = {.type = SDL_WINDOWEVENT,
                                       .event = SDL_WINDOWEVENT_EXPOSED}};
        assert_false(glass_handle(g, &event));
        glass_close(g);
    }
}

static void
no_display_is_said_so(void **state)
{
    static const char *const names[] = {"SDL_VIDEODRIVER", "DISPLAY",
                                        "WAYLAND_DISPLAY"};
    char *kept[3];
    struct glass_options options = {0};
    struct problem why = {0};
    bool no_display = false;
    (void) state;
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        kept[i] = value ? strdup(value) : NULL;
        unsetenv(names[i]);
    }
    struct glass *g = NULL;
    if (access("/dev/dri", F_OK) == 0) // the machine's own screen may be free
        print_message("not tried: this machine has a graphics card\n");
    else {
        g = glass_open(&options, &no_display, &why);
        assert_null(g);
        assert_true(no_display);
        assert_true(strlen(why.text) > 20);
    }
    setenv("DISPLAY", ":987", 1); // an X server that is not there
    assert_null(glass_open(&options, &no_display, &why));
    assert_true(no_display);
    setenv("SDL_VIDEODRIVER", "no-such-driver", 1);
    assert_null(glass_open(&options, &no_display, &why));
    assert_true(no_display);
    for (int i = 0; i < 3; i++) {
        if (kept[i])
            setenv(names[i], kept[i], 1);
        else
            unsetenv(names[i]);
        free(kept[i]);
    }
}

static void
a_wake_up_is_news(void **state)
{
    SDL_Event event;
    bool is_news = false;
    (void) state;
    struct glass *g =
        open_glass((struct glass_options){30, 20, 0, 0, false, 0, 0});
    pump_wake(&(struct pump){0});
    while (!is_news && SDL_WaitEventTimeout(&event, 1000))
        is_news = input_read(&event, 30, 20, 0).kind == INPUT_NEWS;
    assert_true(is_news);
    glass_close(g);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_window_has_the_size_asked_for),
        cmocka_unit_test(the_whole_screen_is_taken),
        cmocka_unit_test(a_cursor_is_seen_where_somebody_points),
        cmocka_unit_test(a_card_that_is_none_shows_nothing),
        cmocka_unit_test(a_picture_is_there_before_the_window),
        cmocka_unit_test(a_window_of_another_size_has_another_picture),
        cmocka_unit_test(a_fade_goes_from_one_picture_to_the_next),
        cmocka_unit_test(a_fade_may_be_cut_short),
        cmocka_unit_test(textures_are_laid_side_by_side),
        cmocka_unit_test(another_size_is_another_picture),
        cmocka_unit_test(no_display_is_said_so),
        cmocka_unit_test(a_wake_up_is_news),
    };
    if (!getenv("DISPLAY")) {
        print_message("DISPLAY is not set: on SDL's dummy screen, not X11\n");
        setenv("SDL_VIDEODRIVER", "dummy", 1);
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
