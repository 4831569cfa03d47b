#include "sdl/pump.h"

bool
pump_next(struct glass *g, int turn, int wait_ms, struct input *out)
{
    SDL_Event event;
    int w, h;
    if (!(wait_ms > 0 ? SDL_WaitEventTimeout(&event, wait_ms)
                      : SDL_PollEvent(&event)))
        return false;
    *out = (struct input){0};
    if (glass_handle(g, &event)) {
        out->kind = INPUT_REPAINT;
        return true;
    }
    glass_size(g, &w, &h);
    *out = input_read(&event, w, h, turn);
    return true;
}
