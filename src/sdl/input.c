#include "sdl/input.h"

#include <string.h>

#include "sdl/canvas.h"
#include "sdl/fingers.h"

void
input_prepare(void)
{
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
}

/* What is no number, a panel's without width, is at 0. */
static int
pixel(float part, int count)
{
    float at = part * (float) count;
    if (!(at > 0))
        return 0;
    return at < (float) count ? (int) at : count - 1;
}

/* A touch at a place on the panel, both from 0 to 1 and sometimes beyond. */
static struct input
touch_at(enum touch_phase phase, float panel_x, float panel_y, int w, int h,
         int turn, int64_t at_ms)
{
    float x, y;
    canvas_unturned(panel_x, panel_y, turn, &x, &y);
    return (struct input){
        .kind = INPUT_TOUCH,
        .device = FINGERS_MOUSE,
        .touch = {phase, FINGERS_MOUSE, pixel(x, w), pixel(y, h), at_ms},
    };
}

static struct input
read_finger(const SDL_TouchFingerEvent *event, int w, int h, int turn)
{
    enum touch_phase phase = event->type == SDL_FINGERDOWN ? TOUCH_DOWN
                             : event->type == SDL_FINGERUP ? TOUCH_UP
                                                           : TOUCH_MOVE;
    struct input touched =
        touch_at(phase, event->x, event->y, w, h, turn, event->timestamp);
    touched.device = event->touchId;
    touched.touch.finger = event->fingerId;
    return touched;
}

/* The mouse counts in the window's pixels; their middles are meant. */
static struct input
read_mouse(enum touch_phase phase, int x, int y, int w, int h, int turn,
           int64_t at_ms)
{
    bool is_on_side = turn == 90 || turn == 270;
    float panel_w = (float) (is_on_side ? h : w);
    float panel_h = (float) (is_on_side ? w : h);
    return touch_at(phase, ((float) x + 0.5F) / panel_w,
                    ((float) y + 0.5F) / panel_h, w, h, turn, at_ms);
}

static enum input_kind
read_key(const SDL_KeyboardEvent *event)
{
    switch (event->keysym.sym) {
    case SDLK_RIGHT:
    case SDLK_PAGEDOWN:
        return INPUT_FORWARD;
    case SDLK_SPACE:
        return INPUT_SPACE;
    case SDLK_BACKSPACE:
        return INPUT_ERASE;
    case SDLK_DELETE:
        return INPUT_DELETE;
    case SDLK_RETURN:
    case SDLK_KP_ENTER:
        return INPUT_ENTER;
    case SDLK_LEFT:
    case SDLK_PAGEUP:
        return INPUT_BACK;
    case SDLK_F1:
        return INPUT_CARD;
    case SDLK_ESCAPE:
        return INPUT_LEAVE;
    case SDLK_q:
        return event->keysym.mod & KMOD_CTRL ? INPUT_LEAVE : INPUT_NONE;
    default:
        return INPUT_NONE;
    }
}

_Static_assert(FINGERS_MOUSE == SDL_MOUSE_TOUCHID,
               "no panel may be taken for the mouse");

/* A mouse that SDL makes from touches is never the real one. */
static bool
is_left_button(const SDL_MouseButtonEvent *event)
{
    return event->which != SDL_TOUCH_MOUSEID &&
           event->button == SDL_BUTTON_LEFT;
}

static bool
is_drag(const SDL_MouseMotionEvent *event)
{
    return event->which != SDL_TOUCH_MOUSEID && event->state & SDL_BUTTON_LMASK;
}

struct input
input_read(const SDL_Event *event, int w, int h, int turn)
{
    struct input nothing = {.kind = INPUT_NONE};
    switch (event->type) {
    case SDL_QUIT:
        return (struct input){.kind = INPUT_QUIT};
    case SDL_USEREVENT:
        return (struct input){.kind = INPUT_NEWS};
    case SDL_KEYDOWN:
        return (struct input){.kind = read_key(&event->key)};
    case SDL_TEXTINPUT: {
        struct input typed = {.kind = INPUT_TEXT};
        size_t len = strnlen(event->text.text, sizeof typed.text - 1);
        memcpy(typed.text, event->text.text, len);
        return typed;
    }
    case SDL_FINGERDOWN:
    case SDL_FINGERUP:
    case SDL_FINGERMOTION:
        if (event->tfinger.touchId == SDL_MOUSE_TOUCHID)
            return nothing;
        return read_finger(&event->tfinger, w, h, turn);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (!is_left_button(&event->button))
            return nothing;
        return read_mouse(event->type == SDL_MOUSEBUTTONDOWN ? TOUCH_DOWN
                                                             : TOUCH_UP,
                          event->button.x, event->button.y, w, h, turn,
                          event->button.timestamp);
    case SDL_MOUSEMOTION:
        if (!is_drag(&event->motion))
            return nothing;
        return read_mouse(TOUCH_MOVE, event->motion.x, event->motion.y, w, h,
                          turn, event->motion.timestamp);
    default:
        return nothing;
    }
}

void
input_writing(bool is_writing)
{
    if (is_writing)
        SDL_StartTextInput();
    else
        SDL_StopTextInput();
}
