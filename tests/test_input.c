// links: src/sdl/input.c src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/view/draw.c src/base/arena.c src/base/check.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sdl/input.h"

#define W 1920
#define H 1080

static void
fingers_touch_where_they_are(void **state)
{
    static const struct {
        Uint32 type;
        float x, y;
        int turn;
        enum touch_phase phase;
        int to_x, to_y;
    } rows[] = {
        {SDL_FINGERDOWN, 0.25F, 0.5F, 0, TOUCH_DOWN, 480, 540},
        {SDL_FINGERMOTION, 0.25F, 0.5F, 0, TOUCH_MOVE, 480, 540},
        {SDL_FINGERUP, 0.25F, 0.5F, 0, TOUCH_UP, 480, 540},
        {SDL_FINGERDOWN, 1, 1, 0, TOUCH_DOWN, 1919, 1079}, // some panels do
        {SDL_FINGERDOWN, 1.2F, -0.1F, 0, TOUCH_DOWN, 1919, 0},
        {SDL_FINGERDOWN, 0.25F, 0.5F, 180, TOUCH_DOWN, 1440, 540},
        {SDL_FINGERDOWN, 0.25F, 0.125F, 90, TOUCH_DOWN, 240, 810},
        {SDL_FINGERDOWN, 0.25F, 0.125F, 270, TOUCH_DOWN, 1680, 270},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        SDL_Event e = {.tfinger = {.type = rows[i].type,
                                   .fingerId = 7,
                                   .timestamp = 1234,
                                   .x = rows[i].x,
                                   .y = rows[i].y}};
        struct input in = input_read(&e, W, H, rows[i].turn);
        assert_int_equal(in.kind, INPUT_TOUCH);
        assert_int_equal(in.touch.phase, rows[i].phase);
        assert_int_equal(in.touch.finger, 7);
        assert_int_equal(in.touch.at_ms, 1234);
        assert_int_equal(in.touch.x, rows[i].to_x);
        assert_int_equal(in.touch.y, rows[i].to_y);
    }
}

static void
the_left_button_is_a_finger(void **state)
{
    static const struct {
        Uint32 type, which;
        Uint8 button;
        int turn, x, y;
        enum input_kind kind;
        int to_x, to_y;
    } rows[] = {
        {SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_LEFT, 0, 5, 7, INPUT_TOUCH, 5, 7},
        {SDL_MOUSEBUTTONUP, 0, SDL_BUTTON_LEFT, 0, 1919, 1079, INPUT_TOUCH,
         1919, 1079},
        {SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_LEFT, 90, 0, 0, INPUT_TOUCH, 0,
         1079},
        {SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_LEFT, 270, 0, 0, INPUT_TOUCH, 1919,
         0},
        {SDL_MOUSEBUTTONDOWN, 0, SDL_BUTTON_RIGHT, 0, 5, 7, INPUT_NONE, 0, 0},
        {SDL_MOUSEBUTTONDOWN, SDL_TOUCH_MOUSEID, SDL_BUTTON_LEFT, 0, 5, 7,
         INPUT_NONE, 0, 0},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        SDL_Event e = {.button = {.type = rows[i].type,
                                  .which = rows[i].which,
                                  .button = rows[i].button,
                                  .x = rows[i].x,
                                  .y = rows[i].y}};
        struct input in = input_read(&e, W, H, rows[i].turn);
        assert_int_equal(in.kind, rows[i].kind);
        if (in.kind != INPUT_TOUCH)
            continue;
        assert_int_equal(in.touch.finger, -1);
        assert_int_equal(in.touch.x, rows[i].to_x);
        assert_int_equal(in.touch.y, rows[i].to_y);
    }
}

static void
a_mouse_moves_only_while_pressed(void **state)
{
    SDL_Event e = {.motion = {.type = SDL_MOUSEMOTION, .x = 3, .y = 4}};
    (void) state;
    assert_int_equal(input_read(&e, W, H, 0).kind, INPUT_NONE);
    e.motion.state = SDL_BUTTON_LMASK;
    assert_int_equal(input_read(&e, W, H, 0).kind, INPUT_TOUCH);
    assert_int_equal(input_read(&e, W, H, 0).touch.phase, TOUCH_MOVE);
    e.motion.which = SDL_TOUCH_MOUSEID;
    assert_int_equal(input_read(&e, W, H, 0).kind, INPUT_NONE);
    SDL_Event wheel = {.wheel = {.type = SDL_MOUSEWHEEL, .y = 1}};
    assert_int_equal(input_read(&wheel, W, H, 0).kind, INPUT_NONE);
}

static void
keys_turn_pages(void **state)
{
    static const struct {
        SDL_Keycode key;
        Uint16 mod;
        enum input_kind kind;
    } rows[] = {
        {SDLK_RIGHT, 0, INPUT_FORWARD},    {SDLK_PAGEDOWN, 0, INPUT_FORWARD},
        {SDLK_SPACE, 0, INPUT_SPACE},      {SDLK_LEFT, 0, INPUT_BACK},
        {SDLK_PAGEUP, 0, INPUT_BACK},      {SDLK_ESCAPE, 0, INPUT_LEAVE},
        {SDLK_q, KMOD_LCTRL, INPUT_LEAVE}, {SDLK_q, 0, INPUT_NONE},
        {SDLK_a, 0, INPUT_NONE},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        SDL_Event e = {.key = {.type = SDL_KEYDOWN}};
        e.key.keysym.sym = rows[i].key;
        e.key.keysym.mod = rows[i].mod;
        assert_int_equal(input_read(&e, W, H, 0).kind, rows[i].kind);
        e.type = SDL_KEYUP;
        assert_int_equal(input_read(&e, W, H, 0).kind, INPUT_NONE);
    }
    SDL_Event quit = {.type = SDL_QUIT};
    assert_int_equal(input_read(&quit, W, H, 0).kind, INPUT_QUIT);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_touch_where_they_are),
        cmocka_unit_test(the_left_button_is_a_finger),
        cmocka_unit_test(a_mouse_moves_only_while_pressed),
        cmocka_unit_test(keys_turn_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
