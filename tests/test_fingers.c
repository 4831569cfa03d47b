// links: src/sdl/fingers.c src/sdl/input.c src/sdl/canvas.c src/sdl/canvas_box.c src/sdl/canvas_frame.c src/sdl/canvas_ink.c src/sdl/canvas_ring.c src/sdl/canvas_shadow.c src/sdl/canvas_text.c src/sdl/text_lines.c src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/fonts.c src/sdl/photos.c src/sdl/photo_header.c src/sdl/photo_scale.c src/view/draw.c src/view/touch.c src/base/arena.c src/base/check.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lSDL2_ttf -lSDL2 -lfribidi -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "sdl/fingers.h"
#include "sdl/input.h"

#define W 1000
#define H 500

// SDL's clock began when the program did, the machine's long before.
#define START_MS 86400000

/*
 * What SDL said, one line an event, times in milliseconds as it stamped them;
 * and in between what the pump does itself. Places are thousandths of the
 * panel.
 */
#define FINGER(kind, ms, panel, finger, px, py)                                \
    {                                                                          \
        .tfinger = {                                                           \
            .type = (kind),                                                    \
            .timestamp = (ms),                                                 \
            .touchId = (panel),                                                \
            .fingerId = (finger),                                              \
            .x = (px) / 1000.0F,                                               \
            .y = (py) / 1000.0F                                                \
        }                                                                      \
    }
#define DOWN(ms, panel, finger, px, py)                                        \
    FINGER(SDL_FINGERDOWN, ms, panel, finger, px, py)
#define MOVE(ms, panel, finger, px, py)                                        \
    FINGER(SDL_FINGERMOTION, ms, panel, finger, px, py)
#define UP(ms, panel, finger, px, py)                                          \
    FINGER(SDL_FINGERUP, ms, panel, finger, px, py)
#define PRESS(ms, who, px, py)                                                 \
    {                                                                          \
        .button = {                                                            \
            .type = SDL_MOUSEBUTTONDOWN,                                       \
            .timestamp = (ms),                                                 \
            .which = (who),                                                    \
            .button = SDL_BUTTON_LEFT,                                         \
            .x = (px),                                                         \
            .y = (py)                                                          \
        }                                                                      \
    }
#define RELEASE(ms, who, px, py)                                               \
    {                                                                          \
        .button = {                                                            \
            .type = SDL_MOUSEBUTTONUP,                                         \
            .timestamp = (ms),                                                 \
            .which = (who),                                                    \
            .button = SDL_BUTTON_LEFT,                                         \
            .x = (px),                                                         \
            .y = (py)                                                          \
        }                                                                      \
    }
#define DRAG(ms, who, px, py)                                                  \
    {                                                                          \
        .motion = {                                                            \
            .type = SDL_MOUSEMOTION,                                           \
            .timestamp = (ms),                                                 \
            .which = (who),                                                    \
            .state = SDL_BUTTON_LMASK,                                         \
            .x = (px),                                                         \
            .y = (py)                                                          \
        }                                                                      \
    }
// The events after this were fetched so many ms after those before.
#define STALL(late_ms)                                                         \
    {                                                                          \
        .user = {.type = SDL_USEREVENT, .code = (late_ms) }                    \
    }
// The pump found nothing, and looked after fingers: only this panel is there.
#define QUIET(ms, panel)                                                       \
    {                                                                          \
        .user = {                                                              \
            .type = SDL_USEREVENT + 1,                                         \
            .timestamp = (ms),                                                 \
            .code = (panel)                                                    \
        }                                                                      \
    }
#define NO_PANEL 0

static void
write_touches(const struct touches *touches, char *said, size_t size)
{
    for (int i = 0; i < touches->count; i++) {
        const struct touch *t = &touches->all[i];
        size_t used = strlen(said);
        int count =
            snprintf(said + used, size - used, "%c%d %d,%d; ", "DMUC"[t->phase],
                     (int) t -> finger, t -> x, t -> y);
        assert_true(count > 0 && (size_t) count < size - used);
    }
}

struct player {
    struct fingers fingers;
    int turn;
    int64_t late_ms;
    struct touches touches;
};

static void
play_one(struct player *p, const SDL_Event *event)
{
    int64_t now_ms = START_MS + event->common.timestamp;
    int64_t live = event->user.code;
    struct input in;
    p->touches.count = 0;
    switch (event->type) {
    case SDL_USEREVENT:
        p->late_ms = event->user.code;
        return;
    case SDL_USEREVENT + 1:
        fingers_tick(&p->fingers, &live, live != NO_PANEL, now_ms, &p->touches);
        p->late_ms = 0;
        return;
    default:
        in = input_read(event, W, H, p->turn);
        if (in.kind == INPUT_TOUCH)
            fingers_touch(&p->fingers, in.device, &in.touch, p->late_ms, now_ms,
                          &p->touches);
    }
}

/* DOWN, MOVE, UP, CANCEL, whose finger, and where. */
static void
hears(const SDL_Event *events, size_t count, int turn, const char *wanted)
{
    struct player p = {.turn = turn};
    char said[1000] = "";
    for (size_t i = 0; i < count; i++) {
        play_one(&p, &events[i]);
        write_touches(&p.touches, said, sizeof said);
    }
    assert_string_equal(said, wanted);
}
#define HEARS(events, wanted)                                                  \
    hears(events, sizeof(events) / sizeof((events)[0]), 0, wanted)

static void
fingers_of_all_panels_get_numbers_of_their_own(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 0, 100, 200), MOVE(1016, 5, 0, 110, 200),
        DOWN(1020, 6, 0, 700, 800), UP(1100, 5, 0, 110, 200),
        UP(1120, 6, 0, 700, 800),   DOWN(1300, 5, 0, 100, 200),
        UP(1400, 5, 0, 100, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; M1 110,100; D2 700,400; U1 110,100; "
                  "U2 700,400; D3 100,100; U3 100,100; ");
}

/* The main thread stood still for 4 s under a flood of touches. SDL cleared
   the slot of finger 31 before it sent the UP, which then was one of finger
   -1; a late position made that -1 a finger, and then took it away. */
static void
an_up_lost_after_syn_dropped(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 31, 100, 200),
        MOVE(1020, 5, 31, 102, 200),
        STALL(4000),
        DOWN(5020, 5, -1, 102, 200),
        UP(5020, 5, -1, 102, 200),
        QUIET(5021, 5),
        DOWN(5200, 5, 32, 500, 500),
        MOVE(5220, 5, 32, 510, 500),
        UP(5300, 5, 32, 510, 500),
    };
    (void) state;
    HEARS(events, "D1 100,100; M1 102,100; C1 102,100; "
                  "D2 500,250; M2 510,250; U2 510,250; ");
}

static void
what_one_panel_lost_is_no_loss_to_another(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 6, 2, 700, 200),
        DOWN(1010, 5, 31, 100, 200),
        STALL(4000),
        DOWN(5020, 5, -1, 102, 200),
        UP(5020, 5, -1, 102, 200),
        UP(5020, 6, 2, 700, 200),
    };
    (void) state;
    HEARS(events, "D1 700,100; D2 100,100; C2 100,100; U1 700,100; ");
}

static void
an_up_lost_without_a_trace(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 31, 100, 200),
        DOWN(2000, 5, 32, 500, 500), // the one before is merely still
        UP(2100, 5, 32, 500, 500),
        QUIET(10999, 5),
        QUIET(11000, 5),
    };
    static const SDL_Event in_a_hurry[] = {
        DOWN(1000, 5, 31, 100, 200),  DOWN(10999, 5, 32, 500, 500),
        DOWN(11000, 5, 33, 600, 500), // no third: the first is forgotten
        UP(11100, 5, 32, 500, 500),   UP(11100, 5, 33, 600, 500),
        MOVE(11200, 5, 31, 101, 200), UP(11300, 5, 31, 101, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D2 500,250; U2 500,250; C1 100,100; ");
    HEARS(in_a_hurry, "D1 100,100; D2 500,250; C1 100,100; D3 600,250; "
                      "U2 500,250; U3 600,250; ");
}

static void
a_finger_down_twice_was_up_in_between(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 3, 100, 200),
        DOWN(1500, 5, 3, 800, 200),
        UP(1600, 5, 3, 800, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; C1 100,100; D2 800,100; U2 800,100; ");
}

static void
fingers_that_never_came_do_not_go(void **state)
{
    static const SDL_Event events[] = {
        UP(1000, 5, 3, 100, 200),  MOVE(1010, 5, 3, 100, 200),
        UP(1020, 5, -1, 100, 200), DRAG(1030, 0, 10, 10),
        RELEASE(1040, 0, 10, 10),
    };
    static const SDL_Event said_twice[] = {
        DOWN(1000, 5, 3, 100, 200),
        UP(1100, 5, 3, 100, 200),
        UP(1100, 5, 3, 100, 200),
        MOVE(1110, 5, 3, 100, 200),
    };
    // A panel that counts its fingers has none called -1, not even when all
    // are up; its UP may take its time.
    static const SDL_Event made_up[] = {
        DOWN(1000, 5, 7, 100, 200),
        UP(1100, 5, 7, 100, 200),
        STALL(4000),
        DOWN(30000, 5, -1, 100, 200),
        STALL(0),
        MOVE(30050, 5, -1, 400, 200),
        DOWN(30060, 5, 8, 600, 200),
        UP(30100, 5, -1, 400, 200),
        UP(30160, 5, 8, 600, 200),
    };
    // But its place may be taken by one that does not count.
    static const SDL_Event another_panel[] = {
        DOWN(1000, 5, 7, 100, 200),
        UP(1100, 5, 7, 100, 200),
        DOWN(61101, 5, -1, 100, 200),
        UP(61200, 5, -1, 100, 200),
    };
    (void) state;
    HEARS(events, "");
    HEARS(said_twice, "D1 100,100; U1 100,100; ");
    HEARS(made_up, "D1 100,100; U1 100,100; D2 600,100; U2 600,100; ");
    HEARS(another_panel, "D1 100,100; U1 100,100; D2 100,100; U2 100,100; ");
}

static void
a_finger_that_moves_is_not_forgotten(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 3, 100, 200),
        MOVE(10000, 5, 3, 110, 200),
        QUIET(11000, 5),
        MOVE(19000, 5, 3, 120, 200),
        UP(28999, 5, 3, 120, 200),
        DOWN(30000, 5, 4, 100, 200),
        MOVE(40000, 5, 4, 110, 200),
        UP(40100, 5, 4, 120, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; M1 110,100; M1 120,100; U1 120,100; "
                  "D2 100,100; C2 100,100; ");
}

static void
an_unplugged_panel_lets_go(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 3, 100, 200),
        PRESS(1010, 0, 40, 50),
        QUIET(1500, 5),
        QUIET(2500, NO_PANEL),
        QUIET(3500, NO_PANEL),
        RELEASE(3600, 0, 40, 50),
    };
    static const SDL_Event another[] = {
        DOWN(1000, 5, 3, 100, 200), QUIET(2000, 6),
        DOWN(2500, 6, 0, 300, 200), QUIET(3000, 6),
        UP(3100, 6, 0, 300, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D-1 40,50; C1 100,100; U-1 40,50; ");
    HEARS(another, "D1 100,100; C1 100,100; D2 300,100; U2 300,100; ");
}

/* Plugged in again, or another one, before anybody had a look. */
static void
an_unplugged_panels_id_is_used_again(void **state)
{
    static const SDL_Event same_finger[] = {
        DOWN(1000, 5, 0, 100, 200),
        DOWN(1900, 5, 0, 300, 200),
        QUIET(2000, 5),
        UP(2100, 5, 0, 300, 200),
    };
    static const SDL_Event another_finger[] = {
        DOWN(1000, 5, 31, 100, 200),
        DOWN(1900, 5, 0, 300, 200),
        QUIET(2000, 5),
        UP(2100, 5, 0, 300, 200),
        QUIET(11000, 5),
        DOWN(12000, 5, 1, 300, 200),
        UP(12100, 5, 1, 300, 200),
    };
    (void) state;
    HEARS(same_finger, "D1 100,100; C1 100,100; D2 300,100; U2 300,100; ");
    HEARS(another_finger, "D1 100,100; D2 300,100; U2 300,100; C1 100,100; "
                          "D3 300,100; U3 300,100; ");
}

/* ADS7846 and most resistive panels on USB: no motion, and the UP where the
   DOWN was. */
static void
a_panel_for_one_finger_without_motion(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 3, -1, 100, 200), UP(1090, 3, -1, 100, 200),
        DOWN(1400, 3, -1, 800, 900), UP(1520, 3, -1, 800, 900),
        DOWN(2000, 3, -1, 500, 500), // its UP is lost
        DOWN(3000, 3, -1, 600, 500), UP(3100, 3, -1, 600, 500),
    };
    static const SDL_Event beside_another[] = {
        DOWN(1000, 5, 7, 100, 200),
        DOWN(1020, 3, -1, 700, 200),
        UP(1100, 5, 7, 100, 200),
        UP(1120, 3, -1, 700, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; U1 100,100; D2 800,450; U2 800,450; "
                  "D3 500,250; C3 500,250; D4 600,250; U4 600,250; ");
    HEARS(beside_another, "D1 100,100; D2 700,100; U1 100,100; U2 700,100; ");
}

static void
a_palm_of_three(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), DOWN(1010, 5, 2, 200, 200),
        MOVE(1016, 5, 1, 110, 200), DOWN(1020, 5, 3, 300, 200),
        MOVE(1030, 5, 2, 210, 200), UP(1100, 5, 1, 110, 200),
        UP(1110, 5, 2, 210, 200),   DOWN(1150, 5, 4, 400, 200), // still one
        UP(1200, 5, 4, 400, 200),   UP(1210, 5, 3, 300, 200),
        DOWN(1400, 5, 5, 500, 200), UP(1500, 5, 5, 500, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D2 200,100; M1 110,100; C1 110,100; "
                  "C2 200,100; D5 500,100; U5 500,100; ");
}

static void
a_palm_of_five_at_once(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), DOWN(1000, 5, 2, 200, 200),
        DOWN(1000, 5, 3, 300, 200), DOWN(1000, 5, 4, 400, 200),
        DOWN(1000, 5, 5, 500, 200), PRESS(1040, 0, 40, 50),
        RELEASE(1040, 0, 40, 50), // a mouse is nobody's palm
        UP(1200, 5, 3, 300, 200),   UP(1200, 5, 5, 500, 200),
        UP(1200, 5, 1, 100, 200),   QUIET(1250, 5),
        MOVE(1300, 5, 4, 410, 200), UP(1350, 5, 2, 200, 200),
        UP(1400, 5, 4, 410, 200),   DOWN(1600, 5, 6, 600, 200),
        DOWN(1610, 5, 7, 700, 200), UP(1700, 5, 6, 600, 200),
        UP(1700, 5, 7, 700, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D2 200,100; C1 100,100; C2 200,100; "
                  "D-1 40,50; U-1 40,50; "
                  "D6 600,100; D7 700,100; U6 600,100; U7 700,100; ");
}

static void
a_palm_whose_ups_were_lost_is_forgotten(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200),
        DOWN(1000, 5, 2, 200, 200),
        DOWN(1000, 5, 3, 300, 200),
        UP(1200, 5, 1, 100, 200),
        MOVE(4000, 5, 3, 310, 200),
        DOWN(11500, 5, 4, 400, 200),
        UP(11600, 5, 4, 400, 200), // 3 may yet be there
        QUIET(14000, 5),
        DOWN(14001, 5, 5, 500, 200),
        UP(14100, 5, 5, 500, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D2 200,100; C1 100,100; C2 200,100; "
                  "D5 500,100; U5 500,100; ");
}

static void
two_thumbs_rolling_are_no_palm(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), DOWN(1050, 5, 2, 800, 200),
        UP(1060, 5, 1, 100, 200),   DOWN(1100, 5, 3, 150, 200),
        UP(1110, 5, 2, 800, 200),   DOWN(1140, 5, 4, 850, 200),
        UP(1140, 5, 3, 150, 200),   UP(1190, 5, 4, 850, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; D2 800,100; U1 100,100; D3 150,100; "
                  "U2 800,100; D4 850,100; U3 150,100; U4 850,100; ");
}

static void
a_spark_is_no_finger_but_a_click_is_a_click(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), UP(1029, 5, 1, 100, 200),
        DOWN(2000, 5, 2, 100, 200), UP(2030, 5, 2, 100, 200),
        PRESS(3000, 0, 40, 50),     RELEASE(3000, 0, 40, 50),
    };
    (void) state;
    HEARS(events, "D1 100,100; C1 100,100; D2 100,100; U2 100,100; "
                  "D-1 40,50; U-1 40,50; ");
}

/* Through the tracker as well: of three taps the second is the panel's. */
static void
a_bounce_is_heard_but_is_no_tap(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 500, 500), UP(1060, 5, 1, 500, 500),
        DOWN(1090, 5, 2, 502, 500), UP(1130, 5, 2, 502, 500),
        DOWN(1400, 5, 3, 500, 500), UP(1460, 5, 3, 500, 500),
    };
    static const enum gesture gestures[] = {
        GESTURE_NONE, GESTURE_TAP,  GESTURE_NONE,
        GESTURE_NONE, GESTURE_NONE, GESTURE_TAP,
    };
    struct player p = {0};
    struct touch_tracker tracker = {0};
    (void) state;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        play_one(&p, &events[i]);
        assert_int_equal(p.touches.count, 1);
        assert_int_equal(touch_track(&tracker, &p.touches.all[0], 80,
                                     START_MS + events[i].common.timestamp),
                         gestures[i]);
    }
}

/* The events of a stall are all stamped when it is over: two real taps, which
   must not be taken for sparks. After it sparks are sparks again. */
static void
touches_after_a_stall(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), STALL(4000),
        UP(5000, 5, 1, 100, 200),   DOWN(5000, 5, 2, 200, 200),
        MOVE(5000, 5, 2, 210, 200), UP(5001, 5, 2, 210, 200),
        DOWN(5001, 5, 3, 300, 200), UP(5001, 5, 3, 300, 200),
        DOWN(5001, 5, 4, 400, 200), QUIET(5002, 5),
        UP(5003, 5, 4, 400, 200),   DOWN(5100, 5, 5, 500, 200),
        UP(5110, 5, 5, 500, 200),
    };
    (void) state;
    HEARS(events, "D1 100,100; U1 100,100; D2 200,100; M2 210,100; "
                  "U2 210,100; D3 300,100; U3 300,100; D4 400,100; "
                  "U4 400,100; D5 500,100; C5 500,100; ");
}

static void
the_edge_of_a_panel_and_beyond(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 1000, 1000),
        MOVE(1010, 5, 1, 1002, 1500),
        MOVE(1020, 5, 1, -2, -300),
        MOVE(1030, 5, 1, 996.5F, 996.5F),
        MOVE(1040, 5, 1, 0, 0),
        MOVE(1050, 5, 1, NAN, 500),
        MOVE(1060, 5, 1, INFINITY, INFINITY),
        MOVE(1070, 5, 1, -INFINITY, 500),
        MOVE(1080, 5, 1, 3e38F, -3e38F),
        UP(1100, 5, 1, 1000, 0),
    };
    static const char *turned[] = {
        "D1 999,499; M1 999,499; M1 0,0; M1 996,498; M1 0,0; M1 0,250; "
        "M1 999,499; M1 0,250; M1 999,0; U1 999,0; ",
        "D1 999,0; M1 999,0; M1 0,499; M1 996,1; M1 0,499; M1 500,0; "
        "M1 999,0; M1 500,499; M1 0,0; U1 0,0; ",
        "D1 0,0; M1 0,0; M1 999,499; M1 3,1; M1 999,499; M1 0,250; "
        "M1 0,0; M1 999,250; M1 0,499; U1 0,499; ",
        "D1 0,499; M1 0,499; M1 999,0; M1 3,498; M1 999,0; M1 500,0; "
        "M1 0,499; M1 500,0; M1 999,499; U1 999,499; ",
    };
    (void) state;
    for (int i = 0; i < 4; i++)
        hears(events, sizeof events / sizeof events[0], 90 * i, turned[i]);
}

static void
all_four_rotations(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 250, 125),
        MOVE(1020, 5, 1, 750, 125),
        UP(1100, 5, 1, 750, 625),
    };
    (void) state;
    hears(events, 3, 0, "D1 250,62; M1 750,62; U1 750,312; ");
    hears(events, 3, 90, "D1 125,375; M1 125,125; U1 625,125; ");
    hears(events, 3, 180, "D1 750,437; M1 250,437; U1 250,187; ");
    hears(events, 3, 270, "D1 875,125; M1 875,375; U1 375,375; ");
}

static void
a_finger_and_the_mouse_at_once(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, -1, 100, 200), PRESS(1010, 0, 700, 300),
        DRAG(1020, 0, 710, 300),     UP(1100, 5, -1, 100, 200),
        DRAG(1110, 0, 720, 300),     DOWN(1120, 5, -1, 200, 200),
        RELEASE(1130, 0, 720, 300),  UP(1200, 5, -1, 200, 200),
    };
    static const SDL_Event two_thumbs[] = {
        DOWN(1000, 5, 1, 100, 200), DOWN(1010, 5, 2, 800, 200),
        PRESS(1020, 0, 700, 300),   UP(1100, 5, 1, 100, 200),
        RELEASE(1110, 0, 700, 300), UP(1120, 5, 2, 800, 200),
    };
    static const SDL_Event held[] = {
        PRESS(1000, 0, 700, 300),
        QUIET(10999, NO_PANEL),
        QUIET(11000, NO_PANEL),
        RELEASE(12000, 0, 700, 300),
    };
    (void) state;
    HEARS(events, "D1 100,100; D-1 700,300; M-1 710,300; U1 100,100; "
                  "M-1 720,300; D2 200,100; U-1 720,300; U2 200,100; ");
    HEARS(two_thumbs, "D1 100,100; D2 800,100; D-1 700,300; U1 100,100; "
                      "U-1 700,300; U2 800,100; ");
    HEARS(held, "D-1 700,300; C-1 700,300; ");
}

static void
what_sdl_makes_of_the_other_is_nobody(void **state)
{
    static const SDL_Event events[] = {
        DOWN(1000, 5, 1, 100, 200), PRESS(1000, SDL_TOUCH_MOUSEID, 100, 100),
        MOVE(1010, 5, 1, 110, 200), DRAG(1010, SDL_TOUCH_MOUSEID, 110, 100),
        UP(1100, 5, 1, 110, 200),   RELEASE(1100, SDL_TOUCH_MOUSEID, 110, 100),
        PRESS(2000, 0, 40, 50),     DOWN(2000, SDL_MOUSE_TOUCHID, 0, 40, 100),
        RELEASE(2100, 0, 40, 50),   UP(2100, SDL_MOUSE_TOUCHID, 0, 40, 100),
    };
    (void) state;
    HEARS(events, "D1 100,100; M1 110,100; U1 110,100; D-1 40,50; "
                  "U-1 40,50; ");
}

/* After 49 days SDL's milliseconds start anew, in the middle of a tap. */
static void
time_goes_on_when_stamps_start_anew(void **state)
{
    static const struct {
        enum touch_phase phase;
        uint32_t stamp_ms;
        int64_t at_ms;
    } rows[] = {
        {TOUCH_DOWN, UINT32_MAX - 20000, UINT32_MAX - 20000LL},
        {TOUCH_MOVE, UINT32_MAX - 15000, UINT32_MAX - 15000LL},
        {TOUCH_MOVE, 49, UINT32_MAX + 50LL},
        {TOUCH_MOVE, 40, UINT32_MAX + 50LL}, // time does not go back
        {TOUCH_UP, 99, UINT32_MAX + 100LL},
    };
    struct fingers f = {0};
    struct touches out;
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct touch raw = {rows[i].phase, 1, 10, 10, rows[i].stamp_ms};
        fingers_touch(&f, 5, &raw, 0, START_MS, &out);
        assert_int_equal(out.count, 1);
        assert_int_equal(out.all[0].phase, rows[i].phase);
        assert_true(out.all[0].at_ms == rows[i].at_ms);
    }
}

static void
a_kiosk_nobody_touches_is_left_asleep(void **state)
{
    static const int64_t live[] = {4, 5};
    struct fingers f = {0};
    struct touches out;
    struct touch down = {TOUCH_DOWN, 1, 10, 10, 100}, up = down, mouse = down;
    up.phase = TOUCH_UP;
    up.at_ms = 200;
    mouse.finger = FINGERS_MOUSE;
    (void) state;
    assert_true(fingers_due_ms(&f) == INT64_MAX);

    fingers_touch(&f, 5, &down, 0, START_MS, &out);
    assert_true(fingers_due_ms(&f) == START_MS + 1000);
    fingers_tick(&f, live, 2, START_MS + 1003, &out);
    assert_int_equal(out.count, 0);
    assert_true(fingers_due_ms(&f) == START_MS + 2003);
    fingers_tick(&f, live, 2, START_MS + 9500, &out);
    assert_true(fingers_due_ms(&f) == START_MS + 10000);
    fingers_touch(&f, 5, &up, 0, START_MS + 9600, &out);
    assert_true(fingers_due_ms(&f) == INT64_MAX);

    // A mouse has no panel to look for.
    fingers_touch(&f, FINGERS_MOUSE, &mouse, 0, START_MS + 20000, &out);
    assert_true(fingers_due_ms(&f) == START_MS + 30000);
    fingers_tick(&f, live, 2, START_MS + 30000, &out);
    assert_int_equal(out.count, 1);
    assert_int_equal(out.all[0].phase, TOUCH_CANCEL);
    assert_true(fingers_due_ms(&f) == INT64_MAX);
}

static void
more_fingers_than_a_person_has(void **state)
{
    struct player p = {0};
    (void) state;
    for (int i = 0; i < 30; i++) {
        SDL_Event down = DOWN(1000, 5, i, 100, 200);
        play_one(&p, &down);
        assert_int_equal(p.touches.count, i < 2 ? 1 : i == 2 ? 2 : 0);
    }
    for (int i = 0; i < 30; i++) {
        SDL_Event up = UP(1100, 5, i, 100, 200);
        play_one(&p, &up);
        assert_int_equal(p.touches.count, 0);
    }
    SDL_Event down = DOWN(1200, 5, 1, 100, 200);
    play_one(&p, &down);
    assert_int_equal(p.touches.count, 1);
}

/* --- nonsense --- */

static uint32_t
roll(uint64_t *seed, uint32_t sides)
{
    *seed = *seed * 6364136223846793005U + 1442695040888963407U;
    return (uint32_t) (*seed >> 33) % sides;
}

static float
nonsense_place(uint64_t *seed)
{
    static const float odd[] = {NAN, INFINITY, -INFINITY, 3e38F, -1, 1, 1.01F};
    if (roll(seed, 10) == 0)
        return odd[roll(seed, sizeof odd / sizeof odd[0])];
    return (float) roll(seed, 1000) / 1000;
}

static SDL_Event
nonsense(uint64_t *seed, uint32_t at_ms)
{
    static const Uint32 types[] = {
        SDL_FINGERDOWN,      SDL_FINGERMOTION,  SDL_FINGERUP,   SDL_FINGERDOWN,
        SDL_FINGERMOTION,    SDL_FINGERUP,      SDL_FINGERDOWN, SDL_FINGERUP,
        SDL_MOUSEBUTTONDOWN, SDL_MOUSEBUTTONUP, SDL_MOUSEMOTION};
    static const int64_t odd[] = {-1, -2, INT64_MAX, INT64_MIN};
    SDL_Event event = {.common = {.timestamp = at_ms}};
    event.type = types[roll(seed, sizeof types / sizeof types[0])];
    if (event.type == SDL_MOUSEBUTTONDOWN || event.type == SDL_MOUSEBUTTONUP) {
        event.button.button = SDL_BUTTON_LEFT;
        event.button.which = roll(seed, 4) == 0 ? SDL_TOUCH_MOUSEID : 0;
        event.button.x = (int) roll(seed, 1200) - 100;
    } else if (event.type == SDL_MOUSEMOTION) {
        event.motion.state = roll(seed, 2) ? SDL_BUTTON_LMASK : 0;
    } else {
        bool is_odd = roll(seed, 20) == 0;
        event.tfinger.touchId = is_odd ? odd[roll(seed, 4)] : roll(seed, 2);
        event.tfinger.fingerId =
            roll(seed, 20) ? roll(seed, 4) : odd[roll(seed, 4)];
        event.tfinger.x = nonsense_place(seed);
        event.tfinger.y = nonsense_place(seed);
    }
    return event;
}

/* What somebody who believes the touches would know. */
struct believer {
    int64_t down[2];
    int count;
    bool is_pressed; // the mouse
    int64_t last;
    int64_t at_ms;
    int ups; // that meant something
};

static void
believe(struct believer *b, const struct touch *t)
{
    int i = 0;
    assert_in_range(t->x, 0, W - 1);
    assert_in_range(t->y, 0, H - 1);
    assert_true(t->at_ms >= b->at_ms);
    b->at_ms = t->at_ms;
    b->ups += t->phase == TOUCH_UP;
    if (t->finger == FINGERS_MOUSE) {
        assert_int_equal(b->is_pressed, t->phase != TOUCH_DOWN);
        b->is_pressed = t->phase == TOUCH_DOWN || t->phase == TOUCH_MOVE;
        return;
    }
    while (i < b->count && b->down[i] != t->finger)
        i++;
    if (t->phase == TOUCH_DOWN) {
        assert_true(t->finger > b->last);
        assert_true(b->count < 2);
        b->last = b->down[b->count++] = t->finger;
        return;
    }
    assert_true(i < b->count);
    if (t->phase != TOUCH_MOVE)
        b->down[i] = b->down[--b->count];
}

static void
nonsense_comes_out_well_formed(void **state)
{
    static const int64_t live[] = {0, 1, -2};
    struct player p = {0};
    struct believer b = {0};
    uint64_t seed = 20260903;
    int64_t now_ms = START_MS;
    uint32_t stamp_ms = 0;
    (void) state;
    for (int i = 0; i < 5000; i++) {
        now_ms += roll(&seed, 100) == 0 ? roll(&seed, 12000) : roll(&seed, 60);
        stamp_ms = roll(&seed, 20) == 0 ? roll(&seed, UINT32_MAX)
                                        : stamp_ms + roll(&seed, 90) - 20;
        SDL_Event event = nonsense(&seed, stamp_ms);
        struct input in = input_read(&event, W, H, 90 * (int) roll(&seed, 4));
        p.touches.count = 0;
        if (in.kind == INPUT_TOUCH)
            fingers_touch(&p.fingers, in.device, &in.touch,
                          roll(&seed, 10) ? 0 : roll(&seed, 4000), now_ms,
                          &p.touches);
        for (int k = 0; k < p.touches.count; k++)
            believe(&b, &p.touches.all[k]);
        if (now_ms < fingers_due_ms(&p.fingers))
            continue;
        fingers_tick(&p.fingers, live, (int) roll(&seed, 4), now_ms,
                     &p.touches);
        for (int k = 0; k < p.touches.count; k++)
            believe(&b, &p.touches.all[k]);
    }
    assert_true(b.ups > 100);
    fingers_tick(&p.fingers, live, 3, now_ms + 10000, &p.touches);
    for (int k = 0; k < p.touches.count; k++)
        believe(&b, &p.touches.all[k]);
    assert_int_equal(b.count, 0);
    assert_false(b.is_pressed);
    assert_true(fingers_due_ms(&p.fingers) == INT64_MAX);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fingers_of_all_panels_get_numbers_of_their_own),
        cmocka_unit_test(an_up_lost_after_syn_dropped),
        cmocka_unit_test(what_one_panel_lost_is_no_loss_to_another),
        cmocka_unit_test(an_up_lost_without_a_trace),
        cmocka_unit_test(a_finger_down_twice_was_up_in_between),
        cmocka_unit_test(fingers_that_never_came_do_not_go),
        cmocka_unit_test(a_finger_that_moves_is_not_forgotten),
        cmocka_unit_test(an_unplugged_panel_lets_go),
        cmocka_unit_test(an_unplugged_panels_id_is_used_again),
        cmocka_unit_test(a_panel_for_one_finger_without_motion),
        cmocka_unit_test(a_palm_of_three),
        cmocka_unit_test(a_palm_of_five_at_once),
        cmocka_unit_test(a_palm_whose_ups_were_lost_is_forgotten),
        cmocka_unit_test(two_thumbs_rolling_are_no_palm),
        cmocka_unit_test(a_spark_is_no_finger_but_a_click_is_a_click),
        cmocka_unit_test(a_bounce_is_heard_but_is_no_tap),
        cmocka_unit_test(touches_after_a_stall),
        cmocka_unit_test(the_edge_of_a_panel_and_beyond),
        cmocka_unit_test(all_four_rotations),
        cmocka_unit_test(a_finger_and_the_mouse_at_once),
        cmocka_unit_test(what_sdl_makes_of_the_other_is_nobody),
        cmocka_unit_test(time_goes_on_when_stamps_start_anew),
        cmocka_unit_test(a_kiosk_nobody_touches_is_left_asleep),
        cmocka_unit_test(more_fingers_than_a_person_has),
        cmocka_unit_test(nonsense_comes_out_well_formed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
