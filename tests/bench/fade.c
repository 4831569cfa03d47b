// links: src/base/*.c src/core/*.c src/view/*.c src/io/*.c
// links: src/sdl/*.c src/kiosk/*.c
// libs: $(LIBS) -lqrencode
/*
 * A cross-fade between two busy pictures on whatever screen there is, frame by
 * frame through the glass. Prints "frames median p99", in milliseconds.
 */
#include <stdio.h>

#include "sdl/glass.h"
#include "sdl/input.h"
#include "tests/bench/stopwatch.h"

#define FADES 12
#define STEPS 24
#define FRAMES (FADES * STEPS)

/* Every pixel different from its neighbours, and from the other picture. */
static void
scribble(SDL_Surface *picture, uint32_t seed)
{
    for (int y = 0; y < picture->h; y++) {
        uint32_t *row =
            (uint32_t *) ((char *) picture->pixels + y * picture->pitch);
        for (int x = 0; x < picture->w; x++)
            row[x] = (seed = seed * 1664525 + 1013904223) | 0xff000000;
    }
}

static bool
fade(struct glass *g, uint32_t seed, double frames_ms[STEPS])
{
    SDL_Surface *next = glass_fade_begin(g);
    if (!next)
        return false;
    scribble(next, seed);
    for (int i = 0; i < STEPS; i++) {
        double from_ms = stopwatch_ms();
        glass_fade_step(g, (float) (i + 1) / (STEPS + 1));
        frames_ms[i] = stopwatch_ms() - from_ms;
        SDL_Delay(4); // as the loop would wait for the next frame
        SDL_PumpEvents();
    }
    glass_fade_end(g);
    return true;
}

int
main(void)
{
    static double frames_ms[FRAMES];
    struct glass_options options = {0};
    struct problem why = {0};
    bool no_display = false;
    int w, h;
    input_prepare();
    struct glass *g = glass_open(&options, &no_display, &why);
    if (!g || !glass_light(g, &why)) {
        fprintf(stderr, "%s\n", why.text);
        return 1;
    }
    glass_size(g, &w, &h);
    scribble(glass_picture(g), 1);
    glass_show(g, (struct rect){0, 0, w, h});
    for (int i = 0; i < FADES; i++) {
        if (!fade(g, (uint32_t) i + 2, frames_ms + i * STEPS)) {
            fprintf(stderr, "no memory for two pictures of %d×%d\n", w, h);
            glass_close(g);
            return 1;
        }
    }
    glass_close(g);
    printf("%d %.2f %.2f\n", FRAMES, stopwatch_part(frames_ms, FRAMES, 0.5),
           stopwatch_part(frames_ms, FRAMES, 0.99));
    return 0;
}
