#ifndef SDL_INPUT_H
#define SDL_INPUT_H

#include <stdbool.h>
#include <stdint.h>

#include <SDL2/SDL.h>

#include "view/touch.h"

/*
 * SDL's events as what a person did. Fingers and the real mouse become the
 * same touches; mice made of touches and touches made of mice are off.
 */

enum input_kind {
    INPUT_NONE,
    INPUT_TOUCH,    // `touch`
    INPUT_FORWARD,  // right, page down
    INPUT_SPACE,    // forward as well, unless somebody is writing
    INPUT_BACK,     // left, page up
    INPUT_LEAVE,    // Esc, Ctrl-Q
    INPUT_TEXT,     // `text`, from a keyboard with a plug
    INPUT_ERASE,    // backspace
    INPUT_DELETE,
    INPUT_ENTER,
    INPUT_CARD,     // F1: the network card
    INPUT_QUIT,     // the window was closed, or SIGTERM
    INPUT_NEWS,     // the worker has something
    INPUT_REPAINT,  // the window is new, or of another size: paint it all
};

struct input {
    enum input_kind kind;
    int64_t device; // of a touch as SDL tells it: see input_read
    struct touch touch;
    char text[32]; // NUL-terminated UTF-8
};

/* Hints to set before the window opens. */
void input_prepare(void);

/*
 * `w`, `h`: the picture as read; `turn` as for the canvas. A touch is as SDL
 * tells it and goes through `struct fingers` before anybody believes it: its
 * finger is one of `device`, its time SDL's 32 bits of milliseconds. Its place
 * is always within the picture.
 */
struct input input_read(const SDL_Event *event, int w, int h, int turn);

/* While somebody writes, keys come as text too. */
void input_writing(bool is_writing);

#endif
