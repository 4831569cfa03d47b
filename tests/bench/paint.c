// links: src/base/*.c src/core/*.c src/view/*.c src/io/*.c
// links: src/sdl/*.c src/kiosk/*.c
// libs: $(LIBS) -lqrencode
/*
 * Laying out and painting each slide from nothing: the first time, with fonts
 * just opened and no glyph drawn yet, and again when everything is warm.
 *
 *     paint FEED WxH
 *
 * prints "slide cold warm" for each, in milliseconds. Both times are layout
 * and paint of the whole picture; nothing is left over from a picture before.
 */
#include <stdio.h>

#include "kiosk/program.h"
#include "kiosk/still.h"
#include "sdl/canvas.h"
#include "sdl/picture.h"
#include "tests/bench/stopwatch.h"

#define WARM 15

static double
draw_and_paint(struct still *s, struct canvas *canvas, SDL_Surface *picture,
               int slide)
{
    double from_ms = stopwatch_ms();
    still_draw(s, slide, 0);
    canvas_paint(canvas, picture, &s->list,
                 (struct rect){0, 0, s->list.w, s->list.h}, 0);
    return stopwatch_ms() - from_ms;
}

/* False when there is no such slide. */
static bool
measure(const struct program *p, int slide)
{
    struct still s;
    bool is_there = still_init(&s, p) == 0 && slide < s.order.count;
    if (is_there) {
        double warm_ms[WARM];
        struct photos *photos = photos_new((size_t) 1024 * 1024);
        struct canvas *canvas = canvas_new(s.fonts, photos);
        SDL_Surface *picture =
            picture_new(p->options.size_w, p->options.size_h);
        double cold_ms = draw_and_paint(&s, canvas, picture, slide);
        for (int i = 0; i < WARM; i++)
            warm_ms[i] = draw_and_paint(&s, canvas, picture, slide);
        printf("%s %.2f %.2f\n", s.order.slides[slide].name, cold_ms,
               stopwatch_part(warm_ms, WARM, 0.5));
        picture_free(picture);
        canvas_free(canvas);
        photos_free(photos);
    }
    still_destroy(&s);
    return is_there;
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "paint FEED WxH\n");
        return 2;
    }
    char render[] = "--render", folder[] = "/nowhere"; // nothing is written
    char feed[] = "--feed", size[] = "--size";
    char *arguments[] = {argv[0], render, folder,  feed,
                         argv[1], size,   argv[2], NULL};
    struct program p;
    int slide = 0;
    if (program_init(&p, 7, arguments))
        while (measure(&p, slide))
            slide++;
    program_destroy(&p);
    return slide > 0 ? 0 : 1;
}
