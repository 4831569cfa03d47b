#include "view/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/memory.h"

#define RADIANS(degrees) ((double) (degrees) *3.14159265358979323846 / 180.0)

bool
rect_is_empty(struct rect r)
{
    return r.w <= 0 || r.h <= 0;
}

struct rect
rect_union(struct rect a, struct rect b)
{
    if (rect_is_empty(a))
        return b;
    if (rect_is_empty(b))
        return a;
    int x = a.x < b.x ? a.x : b.x;
    int y = a.y < b.y ? a.y : b.y;
    int right = a.x + a.w > b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h > b.y + b.h ? a.y + a.h : b.y + b.h;
    return (struct rect){x, y, right - x, bottom - y};
}

struct rect
rect_cross(struct rect a, struct rect b)
{
    int x = a.x > b.x ? a.x : b.x;
    int y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.w < b.x + b.w ? a.x + a.w : b.x + b.w;
    int bottom = a.y + a.h < b.y + b.h ? a.y + a.h : b.y + b.h;
    if (right <= x || bottom <= y)
        return (struct rect){x, y, 0, 0};
    return (struct rect){x, y, right - x, bottom - y};
}

struct rect
rect_grow(struct rect r, int by)
{
    return (struct rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

bool
rect_holds(struct rect r, int x, int y)
{
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

void
draw_start(struct draw_list *d, int w, int h)
{
    d->w = w;
    d->h = h;
    d->count = 0;
    text_cut(&d->texts, 0);
    d->target_count = 0;
    d->shift_x = d->shift_y = 0;
    draw_straight(d);
}

void
draw_destroy(struct draw_list *d)
{
    free(d->commands);
    text_destroy(&d->texts);
    *d = (struct draw_list){0};
}

/* The new last command, all its bytes zero so that lists compare whole. */
static struct draw_command *
append(struct draw_list *d, enum draw_kind kind, struct rect box,
       uint32_t colour)
{
    if (d->count == d->size) {
        d->size = d->size ? d->size * 2 : 64;
        d->commands = memory_grow(d->commands, d->size * sizeof *d->commands);
    }
    struct draw_command *c = &d->commands[d->count++];
    memset(c, 0, sizeof *c);
    c->kind = kind;
    c->box =
        (struct rect){box.x + d->shift_x, box.y + d->shift_y, box.w, box.h};
    c->colour = colour;
    if (d->lean != 0) {
        c->lean = d->lean;
        c->pivot_x = d->pivot_x + d->shift_x;
        c->pivot_y = d->pivot_y + d->shift_y;
    }
    return c;
}

void
draw_fill(struct draw_list *d, struct rect box, uint32_t colour)
{
    append(d, DRAW_FILL, box, colour);
}

void
draw_box_corners(struct draw_list *d, struct rect box, int radius,
                 unsigned corners, uint32_t colour)
{
    struct draw_command *c = append(d, DRAW_BOX, box, colour);
    c->radius = radius;
    c->corners = corners;
}

void
draw_box(struct draw_list *d, struct rect box, int radius, uint32_t colour)
{
    draw_box_corners(d, box, radius, CORNER_ALL, colour);
}

void
draw_bordered_box(struct draw_list *d, struct rect box, int radius,
                  uint32_t colour, int line_px, uint32_t line_colour)
{
    struct draw_command *c = append(d, DRAW_BOX, box, colour);
    c->radius = radius;
    c->corners = CORNER_ALL;
    c->line_px = line_px;
    c->line_colour = line_colour;
}

void
draw_shadow(struct draw_list *d, struct rect box, int radius, int blur_px,
            uint32_t colour)
{
    struct draw_command *c = append(d, DRAW_SHADOW, box, colour);
    c->radius = radius;
    c->blur_px = blur_px;
}

void
draw_text(struct draw_list *d, struct rect box, int baseline, enum font font,
          int size_px, uint32_t colour, const char *text, size_t len)
{
    if (len == 0)
        return;
    struct draw_command *c = append(d, DRAW_TEXT, box, colour);
    c->baseline = baseline + d->shift_y;
    c->font = font;
    c->size_px = size_px;
    c->text_at = d->texts.len;
    c->text_len = len;
    text_add(&d->texts, text, len);
}

void
draw_image(struct draw_list *d, struct rect box, int radius, uint64_t image)
{
    struct draw_command *c = append(d, DRAW_IMAGE, box, 0xFFE4DAC7);
    c->radius = radius;
    c->corners = CORNER_ALL;
    c->image = image;
}

void
draw_ring(struct draw_list *d, struct rect box, int line_px, float part,
          uint32_t colour)
{
    struct draw_command *c = append(d, DRAW_RING, box, colour);
    c->line_px = line_px;
    c->part = part;
}

void
draw_lean(struct draw_list *d, float degrees, struct rect around)
{
    d->lean = degrees;
    d->pivot_x = around.x + around.w / 2;
    d->pivot_y = around.y + around.h / 2;
}

void
draw_straight(struct draw_list *d)
{
    d->lean = 0;
    d->pivot_x = d->pivot_y = 0;
}

void
draw_shift(struct draw_list *d, int x, int y)
{
    d->shift_x = x;
    d->shift_y = y;
}

void
draw_target(struct draw_list *d, enum target_kind kind, int value,
            struct rect box)
{
    check(d->target_count < TARGETS_MAX);
    d->targets[d->target_count++] = (struct target){kind, value, box};
}

const struct target *
draw_target_at(const struct draw_list *d, int x, int y)
{
    for (int i = d->target_count - 1; i >= 0; i--)
        if (rect_holds(d->targets[i].box, x, y))
            return &d->targets[i];
    return NULL;
}

const char *
draw_text_bytes(const struct draw_list *d, const struct draw_command *c)
{
    return d->texts.bytes + c->text_at;
}

/* How far pixels can lie outside the command's own box. */
static int
overhang(const struct draw_command *c)
{
    switch (c->kind) {
    case DRAW_FILL:
    case DRAW_BOX:
    case DRAW_IMAGE:
    case DRAW_RING:
        return 1;
    case DRAW_SHADOW:
        return c->blur_px + 1;
    case DRAW_TEXT: // tails of f and j, accents on capitals, emoji
        return c->size_px / 2 + 2;
    }
    return 0;
}

struct rect
draw_command_reach(const struct draw_command *c)
{
    struct rect r = rect_grow(c->box, overhang(c));
    if (c->lean == 0)
        return r;
    double sine = sin(RADIANS(c->lean)), cosine = cos(RADIANS(c->lean));
    double low_x = 1e9, low_y = 1e9, high_x = -1e9, high_y = -1e9;
    for (int i = 0; i < 4; i++) {
        double x = r.x + (i & 1 ? r.w : 0) - c->pivot_x;
        double y = r.y + (i & 2 ? r.h : 0) - c->pivot_y;
        double to_x = c->pivot_x + x * cosine - y * sine;
        double to_y = c->pivot_y + x * sine + y * cosine;
        low_x = to_x < low_x ? to_x : low_x;
        low_y = to_y < low_y ? to_y : low_y;
        high_x = to_x > high_x ? to_x : high_x;
        high_y = to_y > high_y ? to_y : high_y;
    }
    int x = (int) floor(low_x) - 1, y = (int) floor(low_y) - 1;
    return (struct rect){x, y, (int) ceil(high_x) + 1 - x,
                         (int) ceil(high_y) + 1 - y};
}

/* Every byte of a command was zeroed before it was filled in, so bytes can be
   compared; only where the words are kept may differ. */
static bool
is_same(const struct draw_list *a, const struct draw_command *x,
        const struct draw_list *b, const struct draw_command *y)
{
    size_t before = offsetof(struct draw_command, text_at);
    size_t behind = before + sizeof x->text_at;
    return memcmp(x, y, before) == 0 &&
           memcmp((const char *) x + behind, (const char *) y + behind,
                  sizeof *x - behind) == 0 &&
           (x->text_len == 0 ||
            memcmp(draw_text_bytes(a, x), draw_text_bytes(b, y), x->text_len) ==
                0);
}

struct rect
draw_difference(const struct draw_list *a, const struct draw_list *b)
{
    struct rect all = {0, 0, b->w, b->h};
    if (a->w != b->w || a->h != b->h)
        return all;

    size_t head = 0, tail = 0;
    size_t shorter = a->count < b->count ? a->count : b->count;
    while (head < shorter &&
           is_same(a, &a->commands[head], b, &b->commands[head]))
        head++;
    while (tail < shorter - head &&
           is_same(a, &a->commands[a->count - 1 - tail], b,
                   &b->commands[b->count - 1 - tail]))
        tail++;

    struct rect differs = {0};
    size_t in_a = a->count - head - tail, in_b = b->count - head - tail;
    for (size_t i = head; i < head + (in_a > in_b ? in_a : in_b); i++) {
        bool has_a = i < head + in_a, has_b = i < head + in_b;
        if (in_a == in_b && is_same(a, &a->commands[i], b, &b->commands[i]))
            continue;
        if (has_a)
            differs = rect_union(differs, draw_command_reach(&a->commands[i]));
        if (has_b)
            differs = rect_union(differs, draw_command_reach(&b->commands[i]));
    }
    return rect_cross(differs, all);
}

static void
print_command(const struct draw_list *d, const struct draw_command *c,
              struct text *out)
{
    static const char *const names[] = {
        [DRAW_FILL] = "fill", [DRAW_BOX] = "box",     [DRAW_SHADOW] = "shadow",
        [DRAW_TEXT] = "text", [DRAW_IMAGE] = "image", [DRAW_RING] = "ring",
    };
    static const char *const fonts[] = {
        [FONT_TEXT] = "text",   [FONT_STRONG] = "strong",
        [FONT_HEAVY] = "heavy", [FONT_SENTENCE] = "sentence",
        [FONT_HAND] = "hand",
    };
    text_add_format(out, "%-6s %4d,%-4d %4dx%-4d #%08x", names[c->kind],
                    c->box.x, c->box.y, c->box.w, c->box.h, c->colour);
    if (c->kind == DRAW_TEXT)
        text_add_format(out, " %s %d at %d \"%.*s\"", fonts[c->font],
                        c->size_px, c->baseline, (int) c->text_len,
                        draw_text_bytes(d, c));
    if (c->radius)
        text_add_format(out, " radius %d", c->radius);
    if (c->corners && c->corners != CORNER_ALL)
        text_add_format(out, " corners %u", c->corners);
    if (c->line_px)
        text_add_format(out, " line %d #%08x", c->line_px, c->line_colour);
    if (c->blur_px)
        text_add_format(out, " blur %d", c->blur_px);
    if (c->kind == DRAW_RING)
        text_add_format(out, " part %.2f", (double) c->part);
    if (c->lean != 0)
        text_add_format(out, " lean %.2f around %d,%d", (double) c->lean,
                        c->pivot_x, c->pivot_y);
    text_add_char(out, '\n');
}

void
draw_print(const struct draw_list *d, struct text *out)
{
    static const char *const names[] = {
        [TARGET_NONE] = "none",           [TARGET_ADD_POSTIT] = "add-postit",
        [TARGET_ANSWER] = "answer",       [TARGET_PREVIOUS] = "previous",
        [TARGET_NEXT] = "next",           [TARGET_CANCEL] = "cancel",
        [TARGET_POST] = "post",           [TARGET_SORT] = "sort",
        [TARGET_SORT_NEXT] = "sort-next", [TARGET_COLOUR] = "colour",
        [TARGET_TEXT] = "text",           [TARGET_NAME] = "name",
        [TARGET_POSTIT] = "postit",       [TARGET_ANSWER_ONE] = "answer-one",
        [TARGET_ANSWERS] = "answers",     [TARGET_MEETING] = "meeting",
        [TARGET_THANKS] = "thanks",       [TARGET_TRYING] = "trying",
        [TARGET_TURN_OVER] = "turn-over", [TARGET_TAKE_BACK] = "take-back",
        [TARGET_CLOSE] = "close",         [TARGET_DIGIT] = "digit",
        [TARGET_ERASE] = "erase",
    };
    text_add_format(out, "picture %dx%d\n", d->w, d->h);
    for (size_t i = 0; i < d->count; i++)
        print_command(d, &d->commands[i], out);
    for (int i = 0; i < d->target_count; i++) {
        const struct target *t = &d->targets[i];
        text_add_format(out, "target %4d,%-4d %4dx%-4d %s %d\n", t->box.x,
                        t->box.y, t->box.w, t->box.h, names[t->kind], t->value);
    }
}
