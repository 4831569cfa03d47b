#include "sdl/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"
#include "sdl/canvas_box.h"
#include "sdl/canvas_part.h"
#include "sdl/canvas_shadow.h"
#include "sdl/canvas_text.h"
#include "sdl/text_lines.h"

// Some three slides full of text.
#define LINES_BUDGET ((size_t) 2 * 1024 * 1024)

// A turned picture is painted upright, strip by strip, and copied over turned:
// strips that stay in the processor's cache.
#define STRIP_BYTES ((size_t) 256 * 1024)
#define TILE 16 // pixels turned at a time, each way

struct canvas {
    struct photos *photos;    // borrowed
    struct text_lines *lines; // owned
    uint32_t *strip;          // owned; NULL until a turned picture is painted
    size_t strip_size;        // in pixels
};

struct canvas *
canvas_new(struct fonts *fonts, struct photos *photos)
{
    struct canvas *c = memory_take_zeroed(sizeof *c);
    c->photos = photos;
    c->lines = text_lines_new(fonts, LINES_BUDGET);
    return c;
}

void
canvas_free(struct canvas *c)
{
    if (!c)
        return;
    text_lines_free(c->lines);
    free(c->strip);
    free(c);
}

struct rect
canvas_turned(struct rect r, int list_w, int list_h, int turn)
{
    switch (turn) {
    case 90:
        return (struct rect){list_h - r.y - r.h, r.x, r.h, r.w};
    case 180:
        return (struct rect){list_w - r.x - r.w, list_h - r.y - r.h, r.w, r.h};
    case 270:
        return (struct rect){r.y, list_w - r.x - r.w, r.h, r.w};
    default:
        return r;
    }
}

void
canvas_unturned(float panel_x, float panel_y, int turn, float *x, float *y)
{
    switch (turn) {
    case 90:
        *x = panel_y;
        *y = 1 - panel_x;
        return;
    case 180:
        *x = 1 - panel_x;
        *y = 1 - panel_y;
        return;
    case 270:
        *x = 1 - panel_y;
        *y = panel_x;
        return;
    default:
        *x = panel_x;
        *y = panel_y;
    }
}

static bool
is_opaque(const struct canvas *canvas, const struct draw_command *c)
{
    bool has_photo =
        c->kind == DRAW_IMAGE && photos_find(canvas->photos, c->image);
    return has_photo ||
           (colour_alpha(c->colour) == 255 &&
            (c->line_px == 0 || colour_alpha(c->line_colour) == 255));
}

/* The opaque box that follows the shadow at `at`, other shadows between. */
static const struct draw_command *
find_cover(const struct canvas *canvas, const struct draw_list *list, size_t at)
{
    size_t i = at + 1;
    while (i < list->count && list->commands[i].kind == DRAW_SHADOW)
        i++;
    if (i == list->count)
        return NULL;
    const struct draw_command *c = &list->commands[i];
    bool is_box = c->kind == DRAW_BOX || c->kind == DRAW_IMAGE;
    return is_box && is_opaque(canvas, c) ? c : NULL;
}

static void
paint_command(struct canvas *canvas, const struct canvas_part *p,
              const struct draw_list *list, size_t at)
{
    const struct draw_command *c = &list->commands[at];
    switch (c->kind) {
    case DRAW_FILL:
    case DRAW_BOX:
        box_paint(p, c);
        return;
    case DRAW_SHADOW:
        shadow_paint(p, c, find_cover(canvas, list, at));
        return;
    case DRAW_IMAGE:
        image_paint(p, c, photos_find(canvas->photos, c->image));
        return;
    case DRAW_RING:
        ring_paint(p, c);
        return;
    case DRAW_TEXT:
        break;
    }
    const struct text_line *line =
        text_lines_get(canvas->lines, c->font, c->size_px,
                       draw_text_bytes(list, c), c->text_len);
    if (line)
        text_paint(p, c, line);
}

static void
paint_commands(struct canvas *canvas, struct canvas_part p,
               const struct draw_list *list)
{
    struct rect part = p.clip;
    for (size_t i = 0; i < list->count; i++) {
        // What a list's difference is reckoned from is also the law here.
        p.clip = rect_cross(part, draw_command_reach(&list->commands[i]));
        if (!rect_is_empty(p.clip))
            paint_command(canvas, &p, list, i);
    }
}

/*
 * Where the logical pixel (x, y) is in the picture, as its first pixel plus
 * x steps of one kind and y of another.
 */
struct walk {
    uint32_t *pixels;
    ptrdiff_t right, down;
};

static struct walk
walk_of(const SDL_Surface *picture, int turn)
{
    ptrdiff_t stride = picture->pitch / 4;
    ptrdiff_t last_row = (picture->h - 1) * stride;
    struct walk w = {picture->pixels, 1, stride};
    switch (turn) {
    case 90:
        w.pixels += picture->w - 1;
        w.right = stride;
        w.down = -1;
        break;
    case 180:
        w.pixels += last_row + picture->w - 1;
        w.right = -1;
        w.down = -stride;
        break;
    case 270:
        w.pixels += last_row;
        w.right = -stride;
        w.down = 1;
        break;
    default:
        break;
    }
    return w;
}

static void
turn_tile(const struct walk *w, uint32_t *strip, ptrdiff_t stride,
          struct rect to, bool is_in)
{
    for (int x = 0; x < to.w; x++) {
        uint32_t *outside = w->pixels + (to.x + x) * w->right + to.y * w->down;
        uint32_t *inside = strip + x;
        for (int y = 0; y < to.h; y++) {
            if (is_in)
                *inside = *outside;
            else
                *outside = *inside;
            outside += w->down;
            inside += stride;
        }
    }
}

/* Copies between the strip and the place `to` (logical) in the picture. */
static void
turn_strip(const struct walk *w, uint32_t *strip, struct rect to, bool is_in)
{
    for (int y = 0; y < to.h; y += TILE) {
        for (int x = 0; x < to.w; x += TILE) {
            struct rect tile = {to.x + x, to.y + y,
                                to.w - x < TILE ? to.w - x : TILE,
                                to.h - y < TILE ? to.h - y : TILE};
            turn_tile(w, strip + (ptrdiff_t) y * to.w + x, to.w, tile, is_in);
        }
    }
}

static bool
starts_by_covering(const struct draw_list *list, struct rect part)
{
    if (list->count == 0)
        return false;
    const struct draw_command *c = &list->commands[0];
    struct rect seen = rect_cross(c->box, part);
    return c->kind == DRAW_FILL && c->lean == 0 &&
           colour_alpha(c->colour) == 255 && seen.w == part.w &&
           seen.h == part.h;
}

static void
paint_turned(struct canvas *canvas, SDL_Surface *picture,
             const struct draw_list *list, struct rect part, int turn)
{
    struct walk walk = walk_of(picture, turn);
    int rows = (int) (STRIP_BYTES / 4 / (size_t) part.w);
    if (rows < TILE)
        rows = TILE;
    if (rows > part.h)
        rows = part.h;
    size_t need = (size_t) rows * (size_t) part.w;
    if (need > canvas->strip_size) {
        canvas->strip = memory_grow(canvas->strip, need * 4);
        canvas->strip_size = need;
    }
    bool is_covered = starts_by_covering(list, part);
    for (int y = part.y; y < part.y + part.h; y += rows) {
        int left = part.y + part.h - y;
        struct rect strip = {part.x, y, part.w, left < rows ? left : rows};
        struct canvas_part p = {canvas->strip, part.w, part.x, y, strip};
        if (!is_covered)
            turn_strip(&walk, canvas->strip, strip, true);
        paint_commands(canvas, p, list);
        turn_strip(&walk, canvas->strip, strip, false);
    }
}

void
canvas_paint(struct canvas *c, SDL_Surface *picture,
             const struct draw_list *list, struct rect part, int turn)
{
    bool is_on_side = turn == 90 || turn == 270;
    struct rect whole = {0, 0, is_on_side ? picture->h : picture->w,
                         is_on_side ? picture->w : picture->h};
    check(picture->format->BytesPerPixel == 4);
    part = rect_cross(part, whole);
    if (rect_is_empty(part))
        return;
    if (turn != 0) {
        paint_turned(c, picture, list, part, turn);
        return;
    }
    struct canvas_part p = {picture->pixels, picture->pitch / 4, 0, 0, part};
    paint_commands(c, p, list);
}
