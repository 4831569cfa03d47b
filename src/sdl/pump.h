#ifndef SDL_PUMP_H
#define SDL_PUMP_H

#include <stdbool.h>

#include "sdl/glass.h"
#include "sdl/input.h"

/*
 * Where the UI thread sleeps: until somebody does something, the worker has
 * news, or the time is up. UI thread.
 */

/*
 * The next thing that happened, waiting up to `wait_ms` (0: only what has
 * happened already). False when nothing did. The window's own business is
 * handled here and comes back as INPUT_REPAINT where it matters; what matters
 * to nobody comes back as INPUT_NONE. `turn` as the glass was opened with.
 */
bool pump_next(struct glass *g, int turn, int wait_ms, struct input *out);

#endif
