#include "sdl/glass.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "sdl/display.h"
#include "sdl/display_mode.h"
#include "sdl/dpms.h"
#include "sdl/glass_fade.h"
#include "sdl/glass_log.h"
#include "sdl/glass_tiles.h"
#include "sdl/input.h"

// Larger than any screen; what a window without textures could show.
#define SIDE_MAX 16384
#define SIDE_MIN 160
#define MODES_MOST 128

struct glass {
    SDL_Window *window;
    SDL_Renderer *renderer;    // NULL: the picture is the window's own memory
    bool is_gpu;               // the renderer is not SDL's software
    SDL_Surface *picture;      // owned with a renderer, else the window's
    struct glass_tiles tiles;  // what is on the screen, with a renderer
    struct glass_tiles coming; // what a fade goes to, with a GPU
    SDL_Surface *from, *to;    // owned; a fade without a GPU
    bool was_shown;            // the textures hold a picture
    bool is_fading;
    bool is_coming_uploaded;
    int turn;
    int max_texture;
    char description[80];
    struct glass_log log; // of what SDL says
};

/* The mode to change to; false: stay in the one that is set. */
static bool
find_mode(const struct glass_options *options, SDL_DisplayMode *out)
{
    struct display_mode modes[MODES_MOST];
    SDL_DisplayMode now = {0}, m = {0};
    int count = SDL_GetNumDisplayModes(0);
    bool is_missing;
    if (SDL_GetDesktopDisplayMode(0, &now) != 0)
        return false;
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

static SDL_Window *
open_on_console(const struct glass_options *options)
{
    SDL_DisplayMode mode;
    if (!find_mode(options, &mode))
        return SDL_CreateWindow("Staffroom", 0, 0, 0, 0,
                                SDL_WINDOW_FULLSCREEN_DESKTOP);
    SDL_Window *window = SDL_CreateWindow("Staffroom", 0, 0, mode.w, mode.h,
                                          SDL_WINDOW_FULLSCREEN);
    // SDL went by the size; there may be several, at other rates.
    if (window && SDL_SetWindowDisplayMode(window, &mode) != 0)
        log_warning("the screen's mode is not as it should be: %s",
                    SDL_GetError());
    return window;
}

static SDL_Window *
open_window(const struct glass_options *options)
{
    const char *driver = SDL_GetCurrentVideoDriver();
    SDL_Rect screen;
    if (options->window_w > 0 && options->window_h > 0) {
        SDL_Window *window = SDL_CreateWindow(
            "Staffroom", SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
            options->window_w, options->window_h, SDL_WINDOW_RESIZABLE);
        if (window)
            SDL_SetWindowMinimumSize(window, SIDE_MIN, SIDE_MIN);
        return window;
    }
    if (SDL_strcasecmp(driver, "KMSDRM") == 0)
        return open_on_console(options);
    if (SDL_strcasecmp(driver, "wayland") == 0)
        return SDL_CreateWindow("Staffroom", 0, 0, 0, 0,
                                SDL_WINDOW_FULLSCREEN_DESKTOP);
    // On X11 "full screen" waits a tenth of a second for a window manager
    // that a kiosk does not have.
    if (SDL_GetDisplayBounds(0, &screen) != 0)
        return NULL;
    return SDL_CreateWindow("Staffroom", screen.x, screen.y, screen.w, screen.h,
                            SDL_WINDOW_BORDERLESS);
}

static bool
open_renderer(struct glass *g, const struct glass_options *options)
{
    SDL_RendererInfo info;
    g->renderer = SDL_CreateRenderer(g->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!g->renderer || SDL_GetRendererInfo(g->renderer, &info) != 0)
        return false;
    g->is_gpu = (info.flags & SDL_RENDERER_ACCELERATED) != 0;
    int most = info.max_texture_width < info.max_texture_height
                   ? info.max_texture_width
                   : info.max_texture_height;
    if (most <= 0 || most > SIDE_MAX)
        most = SIDE_MAX;
    if (options->max_texture <= 0 || options->max_texture > most)
        g->max_texture = most;
    snprintf(g->description, sizeof g->description, "%s, %s, textures to %d",
             SDL_GetCurrentVideoDriver(), info.name, g->max_texture);
    if (!g->is_gpu)
        log_warning("the screen is drawn without a GPU (%s): is "
                    "libgl1-mesa-dri installed?",
                    info.name);
    return true;
}

/* The picture of the window's size, and textures for it. */
static bool
make_picture(struct glass *g)
{
    int w, h;
    if (SDL_GetRendererOutputSize(g->renderer, &w, &h) != 0)
        return false;
    if (!g->picture || g->picture->w != w || g->picture->h != h) {
        SDL_Surface *picture = SDL_CreateRGBSurfaceWithFormat(
            0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
        if (!picture)
            return false;
        SDL_FreeSurface(g->picture);
        g->picture = picture;
    }
    return tiles_make(&g->tiles, g->renderer, w, h, g->max_texture);
}

static bool
open_picture(struct glass *g, const struct glass_options *options)
{
    if (!display_has_window_memory())
        return open_renderer(g, options) && make_picture(g);
    snprintf(g->description, sizeof g->description, "%s, own picture",
             SDL_GetCurrentVideoDriver());
    g->picture = SDL_GetWindowSurface(g->window);
    return g->picture && g->picture->format->BytesPerPixel == 4;
}

struct glass *
glass_open(const struct glass_options *options, bool *no_display,
           struct problem *why)
{
    struct glass *g = memory_take_zeroed(sizeof *g);
    g->turn = options->turn;
    g->max_texture = options->max_texture > 0 && options->max_texture < SIDE_MAX
                         ? options->max_texture
                         : SIDE_MAX;
    glass_log_listen(&g->log);
    input_prepare();
    *no_display = !display_open(why);
    if (*no_display) {
        glass_log_listen(NULL);
        free(g);
        return NULL;
    }
    SDL_ShowCursor(options->shows_cursor ? SDL_ENABLE : SDL_DISABLE);
    g->window = open_window(options);
    if (!g->window || !open_picture(g, options)) {
        problem_set(why, 0, 0,
                    "The screen is there but nothing can be drawn on it (%s): "
                    "%s. Install libegl1, libgles2 and libgl1-mesa-dri",
                    SDL_GetCurrentVideoDriver(), SDL_GetError());
        glass_close(g);
        return NULL;
    }
    return g;
}

static void
drop_fade(struct glass *g)
{
    fade_picture_free(g->from);
    fade_picture_free(g->to);
    g->from = g->to = NULL;
    g->is_fading = false;
    g->is_coming_uploaded = false;
}

void
glass_close(struct glass *g)
{
    if (!g)
        return;
    drop_fade(g);
    tiles_destroy(&g->tiles);
    tiles_destroy(&g->coming);
    if (g->renderer) {
        SDL_FreeSurface(g->picture);
        SDL_DestroyRenderer(g->renderer);
    }
    if (g->window)
        SDL_DestroyWindow(g->window);
    display_close();
    glass_log_listen(NULL);
    free(g);
}

void
glass_size(const struct glass *g, int *w, int *h)
{
    bool is_on_side = g->turn == 90 || g->turn == 270;
    *w = is_on_side ? g->picture->h : g->picture->w;
    *h = is_on_side ? g->picture->w : g->picture->h;
}

int
glass_max_texture(const struct glass *g)
{
    return g->max_texture;
}

double
glass_diagonal_in(const struct glass *g)
{
    (void) g;
    return display_diagonal_in();
}

SDL_Surface *
glass_picture(struct glass *g)
{
    return g->picture;
}

static struct rect
whole(const struct glass *g)
{
    return (struct rect){0, 0, g->picture->w, g->picture->h};
}

static void
present_tiles(struct glass *g)
{
    tiles_draw(&g->tiles, g->renderer, 255);
    SDL_RenderPresent(g->renderer);
}

void
glass_show(struct glass *g, struct rect part)
{
    part = rect_cross(part, whole(g));
    if (rect_is_empty(part))
        return;
    if (g->renderer) {
        tiles_upload(&g->tiles, g->picture, part);
        present_tiles(g);
        // Of the first picture on KMSDRM nothing is seen: the screen is black
        // until a second one comes, which may be a minute.
        if (!g->was_shown)
            present_tiles(g);
        g->was_shown = true;
        return;
    }
    SDL_Rect seen = {part.x, part.y, part.w, part.h};
    SDL_UpdateWindowSurfaceRects(g->window, &seen, 1);
}

void
glass_blacken(struct glass *g)
{
    SDL_FillRect(g->picture, NULL, SDL_MapRGB(g->picture->format, 0, 0, 0));
    glass_show(g, whole(g));
    // On KMSDRM it is seen for certain when the next one has come.
    if (g->renderer)
        present_tiles(g);
}

bool
glass_has_signal(const struct glass *g)
{
    return dpms_is_there(g->window);
}

bool
glass_signal(struct glass *g, bool is_on, struct problem *why)
{
    g->was_shown = g->was_shown && !is_on; // as at the very first picture
    return dpms_set(g->window, is_on, why);
}

void
glass_ask_screen(struct glass *g)
{
    dpms_ask(g->window);
}

SDL_Surface *
glass_fade_begin(struct glass *g)
{
    drop_fade(g);
    if (g->is_gpu) {
        // What is on the screen is in its textures; the picture is free.
        if (!tiles_make(&g->coming, g->renderer, g->picture->w, g->picture->h,
                        g->max_texture))
            return NULL;
        g->is_fading = true;
        return g->picture;
    }
    g->from = fade_picture_like(g->picture);
    g->to = fade_picture_like(g->picture);
    if (!g->from || !g->to) {
        drop_fade(g);
        return NULL;
    }
    fade_copy(g->from, g->picture);
    g->is_fading = true;
    return g->to;
}

static void
step_on_gpu(struct glass *g, float mix)
{
    if (!g->is_coming_uploaded) {
        tiles_upload(&g->coming, g->picture, whole(g));
        g->is_coming_uploaded = true;
    }
    tiles_draw(&g->tiles, g->renderer, 255);
    tiles_draw(&g->coming, g->renderer, (int) (mix * 255 + 0.5F));
    SDL_RenderPresent(g->renderer);
}

void
glass_fade_step(struct glass *g, float mix)
{
    if (!g->is_fading)
        return;
    mix = mix < 0 ? 0 : mix > 1 ? 1 : mix;
    if (g->is_gpu) {
        step_on_gpu(g, mix);
        return;
    }
    fade_blend(g->picture, g->from, g->to, (int) (mix * 256 + 0.5F));
    glass_show(g, whole(g));
}

void
glass_fade_end(struct glass *g)
{
    if (!g->is_fading)
        return;
    if (g->is_gpu) {
        step_on_gpu(g, 1);
        struct glass_tiles gone = g->tiles;
        g->tiles = g->coming;
        g->coming = gone;
    } else {
        fade_copy(g->picture, g->to);
        glass_show(g, whole(g));
    }
    drop_fade(g);
}

/*
 * The window has another size, or the GPU forgot its textures. Where there is
 * no new picture to be had, nothing can ever be shown again: better to end,
 * and be started afresh, than to stand black for a year.
 */
static bool
start_over(struct glass *g)
{
    drop_fade(g);
    g->was_shown = false;
    if (!g->renderer) {
        g->picture = SDL_GetWindowSurface(g->window);
        check(g->picture != NULL);
        return true;
    }
    tiles_destroy(&g->tiles);
    tiles_destroy(&g->coming);
    bool has_room = make_picture(g);
    check(has_room);
    return true;
}

static bool
handle_window(struct glass *g, const SDL_WindowEvent *event)
{
    if (event->event == SDL_WINDOWEVENT_SIZE_CHANGED)
        return start_over(g);
    if (event->event != SDL_WINDOWEVENT_EXPOSED || g->is_fading)
        return false;
    if (!g->renderer)
        glass_show(g, whole(g));
    else if (g->was_shown)
        present_tiles(g);
    return false;
}

bool
glass_handle(struct glass *g, const SDL_Event *event)
{
    if (event->type == SDL_WINDOWEVENT)
        return handle_window(g, &event->window);
    if (event->type == SDL_RENDER_TARGETS_RESET ||
        event->type == SDL_RENDER_DEVICE_RESET)
        return g->renderer && start_over(g);
    return false;
}

const char *
glass_description(const struct glass *g)
{
    return g->description;
}
