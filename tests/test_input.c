// links: src/sdl/input.c src/sdl/pump.c src/sdl/pump_card.c src/sdl/fingers.c src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/view/draw.c src/base/arena.c src/base/check.c src/base/clock.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "sdl/fingers.h"
#include "sdl/input.h"
#include "sdl/pump.h"

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
        {SDL_FINGERDOWN, NAN, INFINITY, 0, TOUCH_DOWN, 0, 1079},
        {SDL_FINGERDOWN, NAN, -INFINITY, 90, TOUCH_DOWN, 0, 0},
        {SDL_FINGERDOWN, 0.25F, 0.5F, 180, TOUCH_DOWN, 1440, 540},
        {SDL_FINGERDOWN, 0.25F, 0.125F, 90, TOUCH_DOWN, 240, 810},
        {SDL_FINGERDOWN, 0.25F, 0.125F, 270, TOUCH_DOWN, 1680, 270},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        SDL_Event e = {.tfinger = {.type = rows[i].type,
                                   .touchId = 4,
                                   .fingerId = 7,
                                   .timestamp = 1234,
                                   .x = rows[i].x,
                                   .y = rows[i].y}};
        struct input in = input_read(&e, W, H, rows[i].turn);
        assert_int_equal(in.kind, INPUT_TOUCH);
        assert_int_equal(in.touch.phase, rows[i].phase);
        assert_int_equal(in.device, 4);
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
        assert_int_equal(in.device, FINGERS_MOUSE);
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
a_finger_made_of_the_mouse_is_none(void **state)
{
    SDL_Event e = {
        .tfinger = {.type = SDL_FINGERDOWN, .touchId = SDL_MOUSE_TOUCHID}};
    (void) state;
    assert_int_equal(input_read(&e, W, H, 0).kind, INPUT_NONE);
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
        {SDLK_F1, 0, INPUT_CARD},          {SDLK_a, 0, INPUT_NONE},
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

/* --- the pump, on a glass without a window --- */

bool
glass_handle(struct glass *g, const SDL_Event *event)
{
    (void) g;
    return event->type == SDL_WINDOWEVENT;
}

void
glass_size(const struct glass *g, int *w, int *h)
{
    (void) g;
    *w = W;
    *h = H;
}

static void
push_finger(Uint32 type, SDL_FingerID finger)
{
    SDL_Event e = {.tfinger = {.type = type,
                               .touchId = 4,
                               .fingerId = finger,
                               .x = 0.25F,
                               .y = 0.5F}};
    assert_int_equal(SDL_PushEvent(&e), 1);
}

static void
pumps(struct pump *p, int wait_ms, enum touch_phase phase, int finger)
{
    struct input in;
    assert_true(pump_next(p, NULL, 0, wait_ms, &in));
    assert_int_equal(in.kind, INPUT_TOUCH);
    assert_int_equal(in.touch.phase, phase);
    assert_int_equal(in.touch.finger, finger);
    assert_int_equal(in.touch.x, 480);
    assert_int_equal(in.touch.y, 540);
}

/* One event, two touches; and then one without any. */
static void
the_pump_gives_out_touches_one_by_one(void **state)
{
    struct pump p = {0};
    struct input in;
    (void) state;
    assert_false(pump_next(&p, NULL, 0, 0, &in));
    push_finger(SDL_FINGERDOWN, 1);
    push_finger(SDL_FINGERDOWN, 2);
    push_finger(SDL_FINGERDOWN, 3);
    push_finger(SDL_FINGERUP, 2);
    pump_wake(&p);
    pumps(&p, 0, TOUCH_DOWN, 1);
    pumps(&p, 0, TOUCH_DOWN, 2);
    pumps(&p, 0, TOUCH_CANCEL, 1);
    pumps(&p, 0, TOUCH_CANCEL, 2);
    assert_true(pump_next(&p, NULL, 0, 0, &in));
    assert_int_equal(in.kind, INPUT_NONE);
    assert_true(pump_next(&p, NULL, 0, 0, &in));
    assert_int_equal(in.kind, INPUT_NEWS);
    assert_false(pump_next(&p, NULL, 0, 0, &in));
}

static void
the_window_comes_first(void **state)
{
    struct pump p = {0};
    struct input in;
    SDL_Event exposed = {.window = {.type = SDL_WINDOWEVENT}};
    (void) state;
    SDL_PushEvent(&exposed);
    assert_true(pump_next(&p, NULL, 0, 0, &in));
    assert_int_equal(in.kind, INPUT_REPAINT);
}

/* Nobody has fetched events since the machine was started, so these two may
   have been far apart although their stamps are one. */
static void
a_tap_that_waited_is_no_spark(void **state)
{
    struct pump p = {0};
    struct input in;
    (void) state;
    assert_false(pump_next(&p, NULL, 0, 0, &in));
    push_finger(SDL_FINGERDOWN, 1);
    push_finger(SDL_FINGERUP, 1);
    pumps(&p, 0, TOUCH_DOWN, 1);
    pumps(&p, 0, TOUCH_UP, 1);
}

/* No panel is plugged in here at all, so the pump ends by itself what it has
   been told of, however long it was to wait. */
static void
the_pump_wakes_up_for_an_unplugged_panel(void **state)
{
    struct pump p = {0};
    struct input in;
    (void) state;
    push_finger(SDL_FINGERDOWN, 1);
    pumps(&p, 0, TOUCH_DOWN, 1);
    pumps(&p, 600000, TOUCH_CANCEL, 1);
    assert_false(pump_next(&p, NULL, 0, 10, &in));
}

static int
begin_sdl(void **state)
{
    (void) state;
    return SDL_Init(SDL_INIT_EVENTS);
}

static int
end_sdl(void **state)
{
    (void) state;
    SDL_Quit();
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_touch_where_they_are),
        cmocka_unit_test(the_left_button_is_a_finger),
        cmocka_unit_test(a_mouse_moves_only_while_pressed),
        cmocka_unit_test(a_finger_made_of_the_mouse_is_none),
        cmocka_unit_test(keys_turn_pages),
        cmocka_unit_test(the_pump_gives_out_touches_one_by_one),
        cmocka_unit_test(the_window_comes_first),
        cmocka_unit_test(a_tap_that_waited_is_no_spark),
        cmocka_unit_test(the_pump_wakes_up_for_an_unplugged_panel),
    };
    return cmocka_run_group_tests(tests, begin_sdl, end_sdl);
}
