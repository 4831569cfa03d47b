#include "kiosk/painter.h"

#include "base/clock.h"

#define FADE_MS 300
#define FRAME_MS 16

void
painter_open(struct painter *p, const struct program *program,
             struct glass *glass, struct canvas *canvas)
{
    *p = (struct painter){
        .glass = glass,
        .canvas = canvas,
        .rotate = program->rotate,
        .fade_ms = program->config.reduce_motion
                       ? 0
                       : FADE_MS / program->options.speed,
        .is_all_new = true,
    };
}

static struct rect
whole(const struct draw_list *list)
{
    return (struct rect){0, 0, list->w, list->h};
}

static void
paint(struct painter *p, const struct draw_list *list, struct rect part)
{
    canvas_paint(p->canvas, glass_picture(p->glass), list, part, p->rotate);
}

static void
show(struct painter *p, const struct draw_list *list, struct rect part)
{
    glass_show(p->glass, canvas_turned(part, list->w, list->h, p->rotate));
}

static void
paint_and_show(struct painter *p, const struct draw_list *list,
               struct rect part)
{
    paint(p, list, part);
    show(p, list, part);
}

void
painter_paint_ahead(struct painter *p, const struct draw_list *list)
{
    paint(p, list, whole(list));
    p->is_ahead = true;
}

static void
begin_fade(struct painter *p, const struct draw_list *list)
{
    SDL_Surface *next = p->fade_ms ? glass_fade_begin(p->glass) : NULL;
    if (!next) { // no memory for two pictures, or no wish for motion: a cut
        paint_and_show(p, list, whole(list));
        return;
    }
    canvas_paint(p->canvas, next, list, whole(list), p->rotate);
    p->is_fading = true;
    p->fade_end_ms = clock_mono_ms() + p->fade_ms;
}

int
painter_step(struct painter *p)
{
    int64_t begun_ms = clock_mono_ms();
    int64_t left_ms = p->fade_end_ms - begun_ms;
    if (left_ms <= 0) {
        painter_end_fade(p);
        return 0;
    }
    float left = (float) left_ms / (float) p->fade_ms;
    glass_fade_step(p->glass, 1 - left * left); // ease out
    int64_t spent_ms = clock_mono_ms() - begun_ms;
    return spent_ms < FRAME_MS ? (int) (FRAME_MS - spent_ms) : 0;
}

void
painter_bring(struct painter *p, const struct draw_list *list,
              enum show_change change, struct rect part)
{
    if (p->is_all_new) {
        painter_end_fade(p);
        if (!p->is_ahead || change != SHOW_SAME)
            paint(p, list, whole(list));
        show(p, list, whole(list));
        p->is_all_new = p->is_ahead = false;
        return;
    }
    if (change == SHOW_SAME)
        return;
    painter_end_fade(p); // whatever comes while it runs is shown at once
    if (change == SHOW_TURNED)
        begin_fade(p, list);
    else
        paint_and_show(p, list, part);
}

void
painter_end_fade(struct painter *p)
{
    if (!p->is_fading)
        return;
    glass_fade_end(p->glass);
    p->is_fading = false;
}

void
painter_begin_anew(struct painter *p)
{
    painter_end_fade(p);
    p->is_all_new = true;
    p->is_ahead = false;
}
