#include "sdl/text_lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "sdl/text_run.h"

#define LINES_MAX 256
// A line that would be larger is none that anybody can read.
#define WIDTH_MAX_PX 16384
#define AREA_MAX_PX (16 * 1024 * 1024)

struct kept_line {
    struct text_line line; // coverage owned
    uint64_t key;          // 0: free
    char *text;            // owned; not NUL-terminated
    size_t len;
    enum font role;
    int size_px;
    uint64_t used; // tick of the latest use
};

struct text_lines {
    struct fonts *fonts; // borrowed
    struct kept_line lines[LINES_MAX];
    size_t budget;
    size_t kept_bytes;
    uint64_t tick;
};

struct placed_run {
    int x, y, w, h; // its picture, from the line's start and the baseline
};

struct layer { // coverage under construction, same origin as above
    int x, y, w, h;
    uint8_t *bytes; // owned
};

static size_t
cost(const struct kept_line *kept)
{
    return (size_t) kept->line.w * (size_t) kept->line.h + kept->len;
}

static void
drop(struct text_lines *t, struct kept_line *kept)
{
    if (!kept->key)
        return;
    t->kept_bytes -= cost(kept);
    free((void *) (uintptr_t) kept->line.coverage);
    free(kept->text);
    *kept = (struct kept_line){0};
}

struct text_lines *
text_lines_new(struct fonts *fonts, size_t budget_bytes)
{
    struct text_lines *t = memory_take_zeroed(sizeof *t);
    t->fonts = fonts;
    t->budget = budget_bytes;
    return t;
}

void
text_lines_free(struct text_lines *t)
{
    if (!t)
        return;
    for (int i = 0; i < LINES_MAX; i++)
        drop(t, &t->lines[i]);
    free(t);
}

/*
 * SDL_ttf moves a line to the right when its first letter begins left of the
 * pen, and down when one is higher than the face says, and does not tell.
 * Both are found from the letters themselves.
 */
static int
moved_right(TTF_Font *font, const char *text, size_t len,
            const struct text_run *run)
{
    size_t at = 0;
    uint32_t letter = utf8_next(text, len, &at);
    while (run->is_right_to_left && at < len)
        letter = utf8_next(text, len, &at);
    int left = 0;
    TTF_GlyphMetrics32(font, letter, &left, NULL, NULL, NULL, NULL);
    return left < 0 ? -left : 0;
}

static int
moved_down(TTF_Font *font, const char *text, size_t len, int h)
{
    int over = h - TTF_FontHeight(font);
    if (over <= 0)
        return 0;
    int highest = TTF_FontAscent(font);
    for (size_t at = 0; at < len;) {
        int top;
        uint32_t letter = utf8_next(text, len, &at);
        if (TTF_GlyphMetrics32(font, letter, NULL, NULL, NULL, &top, NULL) ==
                0 &&
            top > highest)
            highest = top;
    }
    int moved = highest - TTF_FontAscent(font);
    return moved < over ? moved : over;
}

static struct placed_run
place_run(TTF_Font *font, const char *text, size_t len,
          const struct text_run *run, float pen)
{
    struct placed_run placed = {0};
    if (TTF_SizeUTF8(font, text, &placed.w, &placed.h) != 0)
        return placed;
    int pen_px = (int) (pen + 0.5F);
    placed.x = pen_px - moved_right(font, text, len, run);
    placed.y = -TTF_FontAscent(font) - moved_down(font, text, len, placed.h);
    return placed;
}

/* Makes room for the placed run, keeping what the layer has. */
static bool
widen(struct layer *layer, const struct placed_run *p)
{
    struct layer wide = *layer;
    if (!layer->bytes)
        wide = (struct layer){p->x, p->y, p->w, p->h, NULL};
    int right = layer->x + layer->w, bottom = layer->y + layer->h;
    if (layer->bytes) {
        wide.x = p->x < layer->x ? p->x : layer->x;
        wide.y = p->y < layer->y ? p->y : layer->y;
        wide.w = (p->x + p->w > right ? p->x + p->w : right) - wide.x;
        wide.h = (p->y + p->h > bottom ? p->y + p->h : bottom) - wide.y;
    }
    if (wide.w <= 0 || wide.h <= 0 || wide.w > WIDTH_MAX_PX ||
        (int64_t) wide.w * wide.h > AREA_MAX_PX)
        return false;
    wide.bytes = memory_take_zeroed((size_t) wide.w * (size_t) wide.h);
    for (int y = 0; y < layer->h; y++)
        memcpy(wide.bytes + (layer->y + y - wide.y) * (ptrdiff_t) wide.w +
                   (layer->x - wide.x),
               layer->bytes + y * (ptrdiff_t) layer->w, (size_t) layer->w);
    free(layer->bytes);
    *layer = wide;
    return true;
}

/* Where two runs overlap, as italics and swashes do, the darker one shows. */
static void
add_coverage(struct layer *layer, const SDL_Surface *picture, int x, int y)
{
    for (int row = 0; row < picture->h; row++) {
        int to_y = y + row - layer->y;
        if (to_y < 0 || to_y >= layer->h)
            continue;
        const uint8_t *from =
            (const uint8_t *) picture->pixels + row * picture->pitch;
        uint8_t *to = layer->bytes + to_y * (ptrdiff_t) layer->w;
        for (int column = 0; column < picture->w; column++) {
            int to_x = x + column - layer->x;
            if (to_x >= 0 && to_x < layer->w && from[column] > to[to_x])
                to[to_x] = from[column];
        }
    }
}

static void
draw_run(struct layer *layer, TTF_Font *font, const char *text,
         const struct placed_run *placed)
{
    static const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    // Shaded, a picture's bytes are the coverage itself.
    SDL_Surface *picture = TTF_RenderUTF8_Shaded(font, text, white, black);
    if (!picture)
        return;
    add_coverage(layer, picture, placed->x, placed->y);
    SDL_FreeSurface(picture);
}

static void
set_line(struct fonts *fonts, enum font role, int size_px, const char *text,
         size_t len, struct layer *layer)
{
    struct text_run runs[TEXT_RUNS_MAX];
    char bytes[TEXT_LINE_MAX + 1];
    int count = text_runs(fonts, role, text, len, runs);
    float pen = 0;
    for (int i = 0; i < count; i++) {
        TTF_Font *font = fonts_at(fonts, role, runs[i].face, size_px);
        memcpy(bytes, text + runs[i].at, runs[i].len);
        bytes[runs[i].len] = '\0';
        text_run_set(font, &runs[i]);
        struct placed_run placed =
            place_run(font, bytes, runs[i].len, &runs[i], pen);
        if (placed.w > 0 && widen(layer, &placed))
            draw_run(layer, font, bytes, &placed);
        if (i + 1 < count)
            pen += text_run_em(fonts, role, text, &runs[i]) * (float) size_px;
    }
}

static bool
row_is_empty(const uint8_t *row, int w)
{
    for (int x = 0; x < w; x++)
        if (row[x])
            return false;
    return true;
}

static bool
column_is_empty(const struct layer *layer, int x, int y0, int y1)
{
    for (int y = y0; y < y1; y++)
        if (layer->bytes[y * (ptrdiff_t) layer->w + x])
            return false;
    return true;
}

/* The layer's ink with one empty pixel all around; coverage is owned. */
static struct text_line
crop(const struct layer *layer)
{
    int x0 = 0, x1 = layer->w, y0 = 0, y1 = layer->h;
    while (y0 < y1 &&
           row_is_empty(layer->bytes + y0 * (ptrdiff_t) layer->w, layer->w))
        y0++;
    while (
        y1 > y0 &&
        row_is_empty(layer->bytes + (y1 - 1) * (ptrdiff_t) layer->w, layer->w))
        y1--;
    if (y0 == y1)
        return (struct text_line){0};
    while (column_is_empty(layer, x0, y0, y1))
        x0++;
    while (column_is_empty(layer, x1 - 1, y0, y1))
        x1--;
    struct text_line line = {.w = x1 - x0 + 2,
                             .h = y1 - y0 + 2,
                             .left = layer->x + x0 - 1,
                             .top = layer->y + y0 - 1};
    uint8_t *bytes = memory_take_zeroed((size_t) line.w * (size_t) line.h);
    for (int y = y0; y < y1; y++)
        memcpy(bytes + (y - y0 + 1) * (ptrdiff_t) line.w + 1,
               layer->bytes + y * (ptrdiff_t) layer->w + x0,
               (size_t) (x1 - x0));
    line.coverage = bytes;
    return line;
}

static struct kept_line *
find_kept(struct text_lines *t, const struct kept_line *wanted)
{
    for (int i = 0; i < LINES_MAX; i++) {
        struct kept_line *kept = &t->lines[i];
        if (kept->key == wanted->key && kept->role == wanted->role &&
            kept->size_px == wanted->size_px && kept->len == wanted->len &&
            memcmp(kept->text, wanted->text, wanted->len) == 0)
            return kept;
    }
    return NULL;
}

static struct kept_line *
oldest(struct text_lines *t)
{
    struct kept_line *found = NULL;
    for (int i = 0; i < LINES_MAX; i++)
        if (t->lines[i].key && (!found || t->lines[i].used < found->used))
            found = &t->lines[i];
    return found;
}

/* Room for one line of that cost; a line dearer than the whole budget is
   still kept until the next one, as it is drawn in several strips. */
static struct kept_line *
make_place(struct text_lines *t, size_t bytes)
{
    struct kept_line *kept;
    while (t->kept_bytes + bytes > t->budget && (kept = oldest(t)))
        drop(t, kept);
    for (int i = 0; i < LINES_MAX; i++)
        if (!t->lines[i].key)
            return &t->lines[i];
    kept = oldest(t);
    drop(t, kept);
    return kept;
}

static struct kept_line *
keep(struct text_lines *t, struct kept_line made)
{
    struct kept_line *place = make_place(t, cost(&made));
    made.text = memcpy(memory_take(made.len), made.text, made.len);
    *place = made;
    t->kept_bytes += cost(place);
    return place;
}

const struct text_line *
text_lines_get(struct text_lines *t, enum font role, int size_px,
               const char *text, size_t len)
{
    if (len == 0 || size_px <= 0)
        return NULL;
    struct kept_line wanted = {
        .key = hash_more(HASH_START, text, len) | 1,
        .text = (char *) (uintptr_t) text, // only read, until it is kept
        .len = len,
        .role = role,
        .size_px = size_px,
    };
    struct kept_line *kept = find_kept(t, &wanted);
    if (!kept) {
        struct layer layer = {0};
        set_line(t->fonts, role, size_px, text, len, &layer);
        if (layer.bytes)
            wanted.line = crop(&layer);
        free(layer.bytes);
        kept = keep(t, wanted);
    }
    kept->used = ++t->tick;
    return kept->line.coverage ? &kept->line : NULL;
}
