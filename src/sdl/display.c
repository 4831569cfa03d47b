#include "sdl/display.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "sdl/display_card.h"

#define MM_AN_INCH 25.4

static bool
is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value && *value;
}

/* libdbus looks there when the environment names no bus. */
static bool
has_session_bus(void)
{
    char path[512];
    const char *folder = getenv("XDG_RUNTIME_DIR");
    snprintf(path, sizeof path, "%s/bus", folder ? folder : "");
    return is_set("DBUS_SESSION_BUS_ADDRESS") || access(path, F_OK) == 0;
}

/*
 * SDL asks the session bus for an input method, and libdbus, told of no bus,
 * starts one: 5 ms and a process for a screen that has no such thing. libX11
 * reads the whole table of Compose keys: 7 ms. What the environment says
 * itself stays as it is.
 */
static void
spare_the_start(void)
{
    if (!has_session_bus())
        setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/dev/null", 0);
    setenv("XCOMPOSEFILE", "/dev/null", 0);
    setenv("XMODIFIERS", "@im=none", 0);
}

/* The environment has the last word on each of them: SDL sees to that. */
static void
set_hints(void)
{
    static const char *const hints[][2] = {
        {SDL_HINT_APP_NAME, "Staffroom"},
        {SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "0"},
        {SDL_HINT_VIDEO_MINIMIZE_ON_FOCUS_LOSS, "0"},
        // Otherwise X11's window memory is an OpenGL texture in disguise.
        {SDL_HINT_FRAMEBUFFER_ACCELERATION, "0"},
        {SDL_HINT_RENDER_SCALE_QUALITY, "nearest"},
        // Desktop OpenGL is an emulation on a Pi.
        {SDL_HINT_RENDER_DRIVER, "opengles2"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof hints[0]; i++)
        SDL_SetHint(hints[i][0], hints[i][1]);
}

static bool
start(const char *driver, struct problem *why)
{
    if (driver)
        SDL_SetHint(SDL_HINT_VIDEODRIVER, driver);
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0) {
        SDL_StopTextInput();
        return true;
    }
    problem_set(why, 0, 0, "The screen cannot be opened (%s): %s",
                driver ? driver : getenv("SDL_VIDEODRIVER"), SDL_GetError());
    return false;
}

static bool
start_on_card(struct problem *why)
{
    int card = display_card_find(why);
    if (card < 0)
        return false;
    char index[12];
    SDL_snprintf(index, sizeof index, "%d", card);
    SDL_SetHint(SDL_HINT_KMSDRM_DEVICE_INDEX, index);
    return start("kmsdrm", why);
}

bool
display_open(struct problem *why)
{
    spare_the_start();
    set_hints();
    if (is_set("SDL_VIDEODRIVER"))
        return start(NULL, why);
    bool has_wayland = is_set("WAYLAND_DISPLAY"), has_x11 = is_set("DISPLAY");
    if (has_wayland && start("wayland", why))
        return true;
    if (has_x11 && start("x11", why))
        return true;
    // With a desktop running, its screen is not ours to take.
    return !has_wayland && !has_x11 && start_on_card(why);
}

void
display_close(void)
{
    SDL_QuitSubSystem(SDL_INIT_VIDEO);
}

bool
display_has_window_memory(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && SDL_strcasecmp(driver, "KMSDRM") != 0 &&
           SDL_strcasecmp(driver, "wayland") != 0 &&
           !is_set(SDL_HINT_RENDER_DRIVER);
}

double
display_diagonal_in(void)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    double inches = 0;
    float dots = 0;
    SDL_DisplayMode mode;
    if (driver && SDL_strcasecmp(driver, "KMSDRM") == 0)
        inches = display_card_diagonal_mm() / MM_AN_INCH;
    else if (SDL_GetDisplayDPI(0, &dots, NULL, NULL) == 0 && dots > 0 &&
             SDL_GetDesktopDisplayMode(0, &mode) == 0)
        inches = sqrt((double) mode.w * mode.w + (double) mode.h * mode.h) /
                 (double) dots;
    // Projectors, and screens that answer with their proportions.
    return inches >= 3 && inches <= 150 ? inches : 0;
}
