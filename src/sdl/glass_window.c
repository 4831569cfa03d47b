#include "sdl/glass_window.h"

#include "base/log.h"
#include "sdl/display.h"
#include "sdl/display_mode.h"

#define SIDE_MIN 160
#define MODES_MOST 128

/* Changes `mode`, which is set, to the one that suits us. */
static void
find_mode(const struct glass_options *options, SDL_DisplayMode *mode)
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
    struct display_mode is = {mode->w, mode->h, mode->refresh_rate};
    int picked = display_mode_pick(modes, count, is, options->mode_w,
                                   options->mode_h, &is_missing);
    if (is_missing)
        log_warning("this screen has no mode %dx%d; it stays at %dx%d",
                    options->mode_w, options->mode_h, mode->w, mode->h);
    if (picked >= 0 && SDL_GetDisplayMode(0, picked, &m) == 0)
        *mode = m;
}

/*
 * On the console a window without further ado is a whole screen as well, in the
 * mode that SDL finds by its size. Where that is the one we mean it is the
 * better one: SDL's "full screen" puts the console's picture back and makes all
 * buffers anew, as the first picture is to be shown.
 */
static bool
comes_by_size(const SDL_DisplayMode *mode)
{
    SDL_DisplayMode size = {.w = mode->w, .h = mode->h}, found;
    return SDL_GetClosestDisplayMode(0, &size, &found) && found.w == mode->w &&
           found.h == mode->h && found.refresh_rate == mode->refresh_rate;
}

bool
glass_window_plan(const struct glass_options *options, struct glass_window *out)
{
    *out =
        (struct glass_window){.w = options->window_w, .h = options->window_h};
    out->is_on_desk = out->w > 0 && out->h > 0;
    if (out->is_on_desk)
        return true;
    if (SDL_GetDesktopDisplayMode(0, &out->mode) != 0)
        return false;
    if (display_is_on_console()) {
        find_mode(options, &out->mode);
        out->is_full_screen = !comes_by_size(&out->mode);
    } else {
        out->is_full_screen =
            SDL_strcasecmp(SDL_GetCurrentVideoDriver(), "wayland") == 0;
    }
    out->w = out->mode.w;
    out->h = out->mode.h;
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
    if (display_is_on_console())
        ask_for_opengl();
    if (plan->is_full_screen)
        return display_is_on_console()
                   ? open_in_mode(plan)
                   : SDL_CreateWindow("Staffroom", 0, 0, 0, 0,
                                      SDL_WINDOW_FULLSCREEN_DESKTOP);
    // On X11 "full screen" waits a tenth of a second for a window manager
    // that a kiosk does not have.
    if (SDL_GetDisplayBounds(0, &screen) != 0)
        return NULL;
    return SDL_CreateWindow("Staffroom", screen.x, screen.y, plan->w, plan->h,
                            SDL_WINDOW_BORDERLESS);
}
