#include "sdl/glass_window.h"

#include "base/log.h"
#include "sdl/display.h"
#include "sdl/display_mode.h"

#define SIDE_MIN 160
#define MODES_MOST 128

/* The mode to change to; false: stay in the one that is set. */
static bool
find_mode(const struct glass_options *options, SDL_DisplayMode now,
          SDL_DisplayMode *out)
{
    struct display_mode modes[MODES_MOST];
    SDL_DisplayMode m = {0};
    int count = SDL_GetNumDisplayModes(0);
    bool is_missing;
    count = count < MODES_MOST ? count : MODES_MOST;
    for (int i = 0; i < count; i++) {
        modes[i] = (struct display_mode){0};
        if (SDL_GetDisplayMode(0, i, &m) == 0)
            modes[i] = (struct display_mode){m.w, m.h, m.refresh_rate};
    }
    struct display_mode is = {now.w, now.h, now.refresh_rate};
    int picked = display_mode_pick(modes, count, is, options->mode_w,
                                   options->mode_h, &is_missing);
    if (is_missing)
        log_warning("this screen has no mode %dx%d; it stays at %dx%d",
                    options->mode_w, options->mode_h, now.w, now.h);
    return picked >= 0 && SDL_GetDisplayMode(0, picked, out) == 0;
}

bool
glass_window_plan(const struct glass_options *options, struct glass_window *out)
{
    SDL_DisplayMode now = {0};
    *out =
        (struct glass_window){.w = options->window_w, .h = options->window_h};
    out->is_on_desk = out->w > 0 && out->h > 0;
    if (out->is_on_desk)
        return true;
    if (SDL_GetDesktopDisplayMode(0, &now) != 0)
        return false;
    out->changes_mode =
        display_is_on_console() && find_mode(options, now, &out->mode);
    out->w = out->changes_mode ? out->mode.w : now.w;
    out->h = out->changes_mode ? out->mode.h : now.h;
    return true;
}

static SDL_Window *
open_on_desk(const struct glass_window *plan)
{
    SDL_Window *window = SDL_CreateWindow("Staffroom", SDL_WINDOWPOS_UNDEFINED,
                                          SDL_WINDOWPOS_UNDEFINED, plan->w,
                                          plan->h, SDL_WINDOW_RESIZABLE);
    if (window)
        SDL_SetWindowMinimumSize(window, SIDE_MIN, SIDE_MIN);
    return window;
}

static SDL_Window *
open_in_mode(const struct glass_window *plan)
{
    SDL_Window *window = SDL_CreateWindow("Staffroom", 0, 0, plan->w, plan->h,
                                          SDL_WINDOW_FULLSCREEN);
    // SDL went by the size; there may be several, at other rates.
    if (window && SDL_SetWindowDisplayMode(window, &plan->mode) != 0)
        log_warning("the screen's mode is not as it should be: %s",
                    SDL_GetError());
    return window;
}

/* What SDL's renderer wants of OpenGL, said before there is a window: one of
   another kind it closes and opens anew, driver and all. */
static void
ask_for_opengl(void)
{
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_PROFILE_MASK, SDL_GL_CONTEXT_PROFILE_ES);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MAJOR_VERSION, 2);
    SDL_GL_SetAttribute(SDL_GL_CONTEXT_MINOR_VERSION, 0);
    SDL_GL_SetAttribute(SDL_GL_DEPTH_SIZE, 0); // as much memory as a picture
}

SDL_Window *
glass_window_open(const struct glass_window *plan)
{
    SDL_Rect screen;
    if (plan->is_on_desk)
        return open_on_desk(plan);
    bool is_on_console = display_is_on_console();
    if (is_on_console)
        ask_for_opengl();
    if (plan->changes_mode)
        return open_in_mode(plan);
    if (is_on_console ||
        SDL_strcasecmp(SDL_GetCurrentVideoDriver(), "wayland") == 0)
        return SDL_CreateWindow("Staffroom", 0, 0, 0, 0,
                                SDL_WINDOW_FULLSCREEN_DESKTOP);
    // On X11 "full screen" waits a tenth of a second for a window manager
    // that a kiosk does not have.
    if (SDL_GetDisplayBounds(0, &screen) != 0)
        return NULL;
    return SDL_CreateWindow("Staffroom", screen.x, screen.y, screen.w, screen.h,
                            SDL_WINDOW_BORDERLESS);
}
