#include "sdl/glass.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "sdl/display.h"
#include "sdl/dpms.h"
#include "sdl/first_light.h"
#include "sdl/glass_fade.h"
#include "sdl/glass_log.h"
#include "sdl/glass_tiles.h"
#include "sdl/glass_window.h"
#include "sdl/input.h"

// Larger than any screen; what a window without textures could show.
#define SIDE_MAX 16384

struct glass {
    SDL_Window *window;        // NULL: not lit yet
    bool has_own_picture;      // else it is the window's own memory
    SDL_Renderer *renderer;    // with a picture of our own, once it is lit
    bool is_gpu;               // the renderer is not SDL's software
    SDL_Surface *picture;      // owned if it is our own, else the window's
    struct glass_tiles tiles;  // what is on the screen, with a renderer
    struct glass_tiles coming; // what a fade goes to, with a GPU
    SDL_Surface *from, *to;    // owned; a fade without a GPU
    bool was_shown;            // the textures hold a picture
    bool has_new_signal;       // what is shown first may not be seen
    bool is_fading;
    bool is_coming_uploaded;
    int turn;
    int max_texture;
    struct glass_window plan;
    struct first_light first; // until something is shown by the renderer
    char description[80];
    struct glass_log log; // of what SDL says
};

static bool
open_renderer(struct glass *g)
{
    SDL_RendererInfo info;
    g->renderer = SDL_CreateRenderer(g->window, -1, SDL_RENDERER_PRESENTVSYNC);
    if (!g->renderer || SDL_GetRendererInfo(g->renderer, &info) != 0)
        return false;
    g->is_gpu = (info.flags & SDL_RENDERER_ACCELERATED) != 0;
    int most = info.max_texture_width < info.max_texture_height
                   ? info.max_texture_width
                   : info.max_texture_height;
    if (most > 0 && most < g->max_texture)
        g->max_texture = most;
    snprintf(g->description, sizeof g->description, "%s, %s, textures to %d",
             SDL_GetCurrentVideoDriver(), info.name, g->max_texture);
    if (!g->is_gpu)
        log_warning("the screen is drawn without a GPU (%s): is "
                    "libgl1-mesa-dri installed?",
                    info.name);
    // Those of a full screen on the console are made anew as the first picture
    // is to be shown, after it was drawn into the old ones: let that be none.
    if (g->plan.is_full_screen && display_is_on_console())
        SDL_RenderPresent(g->renderer);
    return true;
}

/* A picture of our own of that size, black. */
static bool
make_picture(struct glass *g, int w, int h)
{
    if (g->picture && g->picture->w == w && g->picture->h == h)
        return true;
    SDL_Surface *picture =
        SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_ARGB8888);
    if (!picture)
        return false;
    SDL_FreeSurface(g->picture);
    g->picture = picture;
    return true;
}

/* The picture of the window's size, and textures for it. */
static bool
fit_picture(struct glass *g)
{
    int w, h;
    return SDL_GetRendererOutputSize(g->renderer, &w, &h) == 0 &&
           make_picture(g, w, h) &&
           tiles_make(&g->tiles, g->renderer, w, h, g->max_texture);
}

/* Where the picture is the window's own memory. */
static bool
take_picture(struct glass *g)
{
    g->window = glass_window_open(&g->plan);
    g->picture = g->window ? SDL_GetWindowSurface(g->window) : NULL;
    snprintf(g->description, sizeof g->description, "%s, own picture",
             SDL_GetCurrentVideoDriver());
    return g->picture && g->picture->format->BytesPerPixel == 4;
}

static void
explain(struct problem *why)
{
    problem_set(why, 0, 0,
                "The screen is there but nothing can be drawn on it (%s): "
                "%s. Install libegl1, libgles2 and libgl1-mesa-dri",
                SDL_GetCurrentVideoDriver(), SDL_GetError());
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
    g->has_own_picture = !display_has_window_memory();
    if (glass_window_plan(options, &g->plan) &&
        (g->has_own_picture ? make_picture(g, g->plan.w, g->plan.h)
                            : take_picture(g)))
        return g;
    explain(why);
    glass_close(g);
    return NULL;
}

void
glass_show_unlit(struct glass *g)
{
    struct problem why = {0};
    int card = display_card();
    // SDL's full screen begins with the console's picture in the console's
    // mode: ours would only add one more change of modes.
    if (g->window || card < 0 || g->plan.is_on_desk || g->plan.is_full_screen)
        return;
    if (!first_light_begin(&g->first, card, g->picture, &g->plan.mode, &why))
        log_info("the first picture waits for the graphics driver (%s)",
                 why.text);
}

bool
glass_light(struct glass *g, struct problem *why)
{
    if (g->window)
        return true;
    g->window = glass_window_open(&g->plan);
    if (!g->window || !open_renderer(g) || !fit_picture(g)) {
        explain(why);
        return false;
    }
    // A window on KMSDRM says that its size has changed even if it has not; by
    // now what it is has been asked.
    SDL_FlushEvent(SDL_WINDOWEVENT);
    return true;
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
    if (g->has_own_picture)
        SDL_FreeSurface(g->picture);
    if (g->renderer)
        SDL_DestroyRenderer(g->renderer);
    if (g->window)
        SDL_DestroyWindow(g->window);
    first_light_end(&g->first);
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
    // Presenting fails in silence: better the old picture, then, than none.
    if (!first_light_is_seen(&g->first))
        first_light_end(&g->first);
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
        if (g->has_new_signal)
            present_tiles(g);
        g->has_new_signal = false;
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
    g->has_new_signal = g->has_new_signal || is_on;
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
    bool has_room = fit_picture(g);
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
