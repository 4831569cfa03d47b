#ifndef SDL_GLASS_H
#define SDL_GLASS_H

#include <stdbool.h>

#include <SDL2/SDL.h>

#include "base/problem.h"
#include "view/draw.h"

/*
 * The window and what is seen in it: it shows finished pictures and cross-
 * fades between two of them. UI thread.
 *
 * On X11 the picture is the window's own memory (no renderer: creating one
 * costs more than everything else at start-up). On KMSDRM and Wayland SDL has
 * no such memory, so the picture is ours and goes to the screen through one
 * texture, in tiles where the GPU's textures are smaller than the screen.
 * (SDL_RENDER_DRIVER in the environment asks for that way on X11, too.) Such a
 * picture is there before the window, which takes the graphics driver longer
 * than anything else: on the console it can be seen before that (first_light).
 * Standing still, there is one picture in memory.
 */

struct glass;

struct glass_options {
    int window_w, window_h; // panel pixels; 0: the whole screen
    int turn;               // 0, 90, 180, 270
    int max_texture;        // 0: what the GPU says; else pretend less
    bool shows_cursor;
    int mode_w, mode_h;     // on the console, as display_mode.h says; 0: auto
};

/* The display and a picture. NULL with a sentence in `why`, and `*no_display`
   set when there is no display at all to open. Initialises SDL's video. */
struct glass *glass_open(const struct glass_options *options, bool *no_display,
                         struct problem *why);

/* Before it is lit: shows the picture, where that can be done without a window. It
   stays until something else is shown. */
void glass_show_unlit(struct glass *g);

/* The window, where there is none yet. Where it has another size than was expected
   (a desktop keeps some room, a mode did not come), the picture is a new one,
   black. False with a sentence; close it then. */
bool glass_light(struct glass *g, struct problem *why);

void glass_close(struct glass *g);

/* The size of the picture as it is read, after turning. */
void glass_size(const struct glass *g, int *w, int *h);

/* Physical diagonal in inches as the screen tells it; 0 when it does not. */
double glass_diagonal_in(const struct glass *g);

/* The picture to paint into, panel orientation. Valid until the window is
   resized; ask again each time. */
SDL_Surface *glass_picture(struct glass *g);

/* Shows what was painted in that part of the picture (panel pixels). */
void glass_show(struct glass *g, struct rect part);

/* Paints the picture black and shows it; what was in it is gone. Not during a
   fade. */
void glass_blacken(struct glass *g);

/* Whether the screen's signal can be ended and begun again: on the console. */
bool glass_has_signal(const struct glass *g);

/* While it is off, show nothing. False with a sentence. */
bool glass_signal(struct glass *g, bool is_on, struct problem *why);

/* Has the kernel find out what is plugged in by now; on the console. */
void glass_ask_screen(struct glass *g);

/*
 * Cross-fade: begin keeps what is on the screen now and returns the picture
 * to paint the next one into; step shows a mix (0 to 1) of the two; end shows
 * the new one and frees what the fade took. NULL from begin: not enough
 * memory for two pictures; paint and show as usual (a cut).
 */
SDL_Surface *glass_fade_begin(struct glass *g);
void glass_fade_step(struct glass *g, float mix);
void glass_fade_end(struct glass *g);

/* Call when SDL says the window changed size or was exposed: true when the
   whole picture has to be painted again (the size may have changed). */
bool glass_handle(struct glass *g, const SDL_Event *event);

/* "x11, own picture"; "KMSDRM, opengles2": for the log. */
const char *glass_description(const struct glass *g);

#endif
