// links: src/base/*.c src/core/*.c src/view/*.c src/io/*.c
// links: src/sdl/*.c src/kiosk/*.c
// libs: $(LIBS) -lqrencode
/*
 * A board with thousands of post-its, and somebody who turns its pages and
 * writes: how long each takes from the touch to the painted picture, in one
 * window of 1920 × 1080 without a GPU.
 *
 *     full_board FEED COUNT
 *
 * prints "what median p99 most", in milliseconds:
 *
 *     fill    the picture in one colour, which is the least it can cost
 *     page    a page turned, until it is painted; page-cpu: the same in time
 *             on the processor, which does not depend on who else is busy
 *     key     half of a key pressed and let go
 *     minute  the running order made again
 *
 * and "first N" for the first picture of all.
 */
#include <stdio.h>
#include <string.h>

#include "kiosk/load.h"
#include "kiosk/program.h"
#include "kiosk/show.h"
#include "kiosk/still.h"
#include "sdl/canvas.h"
#include "sdl/picture.h"
#include "tests/bench/stopwatch.h"

#define W 1920
#define H 1080
#define SAMPLES_MOST 4000

struct bench {
    struct show show;
    struct canvas *canvas;
    SDL_Surface *picture;
    struct now now;
    double ms[SAMPLES_MOST], cpu_ms[SAMPLES_MOST];
    size_t count;
    double from_ms, from_cpu_ms;
};

static uint32_t
next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* From three words to a hundred and forty letters, like people write. */
static const char *
some_words(struct arena *a, uint32_t *seed)
{
    static const char *const words[] = {
        "reading",  "with",   "the",      "door",    "open",
        "children", "ask",    "more",     "when",    "we",
        "wait",     "three",  "seconds",  "maths",   "puppets",
        "again",    "before", "assembly", "whoever", "and",
        "lunch",    "Year",   "sketch",   "notes",   "playground"};
    struct text t = {0};
    size_t most = 15 + next_random(seed) % 125;
    while (t.len < most) {
        const char *word =
            words[next_random(seed) % (sizeof words / sizeof *words)];
        text_add_format(&t, "%s%s", t.len ? " " : "", word);
    }
    const char *kept = arena_copy(a, text_string(&t), t.len);
    text_destroy(&t);
    return kept;
}

static struct local_postits *
many_postits(int count, int64_t now_s)
{
    struct local_postits *list = local_postits_new();
    struct item *items =
        arena_array(&list->arena, (size_t) count, sizeof *items);
    uint32_t seed = 7;
    for (int i = 0; i < count; i++) {
        const char *text = some_words(&list->arena, &seed);
        items[i] = (struct item){
            .kind = KIND_POSTIT,
            .order = i,
            .id = arena_format(&list->arena, "postit-%d", i),
            .title = text,
            .text = text,
            .author = i % 3 ? "Jo" : "",
            .school = "hillcrest",
            .image = "",
            .link = "",
            .published_s = now_s - i * 60,
            .window = {TIME_NONE, TIME_NONE, 0, -1, -1},
            .on = DAY_NONE,
            .week = DAY_NONE,
            .next_asker = "",
            .next_step = "",
            .place = "",
            .answers = "",
            .sort = (enum postit_sort)(i % 5),
            .colour = (enum postit_colour)(i % 4),
            .starts_s = TIME_NONE,
            .ends_s = TIME_NONE,
        };
    }
    list->added = (struct board_addition){.items = items, .item_count = count};
    return list;
}

/* Brings the screen to now, as the kiosk does. */
static void
picture(struct bench *b)
{
    enum show_change change;
    struct rect part;
    show_tick(&b->show, b->now, &change, &part);
    const struct draw_list *list = show_list(&b->show);
    if (change == SHOW_TURNED)
        part = (struct rect){0, 0, W, H};
    if (change != SHOW_SAME)
        canvas_paint(b->canvas, b->picture, list, part, 0);
}

static void
pass(struct bench *b, int64_t ms)
{
    b->now.mono_ms += ms;
    b->now.wall_s = b->now.wall_s + ms / 1000;
}

static void
begin(struct bench *b)
{
    b->from_ms = stopwatch_ms();
    b->from_cpu_ms = stopwatch_cpu_ms();
}

static void
end(struct bench *b)
{
    b->ms[b->count] = stopwatch_ms() - b->from_ms;
    b->cpu_ms[b->count++] = stopwatch_cpu_ms() - b->from_cpu_ms;
}

static void
print_samples(const char *what, const char *more, double *values, size_t count)
{
    printf(
        "%s%s %.2f %.2f %.2f\n", what, more, stopwatch_part(values, count, 0.5),
        stopwatch_part(values, count, 0.99), stopwatch_part(values, count, 1));
}

static void
report(struct bench *b, const char *what)
{
    print_samples(what, "", b->ms, b->count);
    print_samples(what, "-cpu", b->cpu_ms, b->count);
    b->count = 0;
}

static void
fill_pictures(struct bench *b)
{
    for (int i = 0; i < 200; i++) {
        begin(b);
        SDL_FillRect(b->picture, NULL, (Uint32) i * 0x010101u);
        end(b);
    }
    report(b, "fill");
}

static void
turn_pages(struct bench *b)
{
    for (int i = 0; i < 700; i++) {
        begin(b);
        show_turn(&b->show, +1, b->now);
        picture(b);
        end(b);
        pass(b, 100);
    }
    report(b, "page");
}

static void
touch(struct bench *b, int x, int y)
{
    struct touch t = {TOUCH_DOWN, 1, x, y, b->now.mono_ms};
    show_touch(&b->show, &t, b->now);
    picture(b);
    pass(b, 40);
    t.phase = TOUCH_UP;
    t.at_ms += 40;
    show_touch(&b->show, &t, b->now);
    picture(b);
}

static void
tap(struct bench *b, enum target_kind kind)
{
    const struct draw_list *list = show_list(&b->show);
    for (int i = 0; i < list->target_count; i++) {
        struct rect box = list->targets[i].box;
        if (list->targets[i].kind == kind) {
            touch(b, box.x + box.w / 2, box.y + box.h / 2);
            return;
        }
    }
    fprintf(stderr, "there is nothing to touch\n");
    exit(1);
}

/* Somebody types 130 letters with one finger: each sample is a key pressed
   and let go, two pictures. */
static void
type_keys(struct bench *b)
{
    uint32_t seed = 11;
    tap(b, TARGET_ADD_POSTIT);
    for (int i = 0; i < 130; i++) {
        struct rect rects[KEYBOARD_KEYS_MAX];
        const struct key *keys[KEYBOARD_KEYS_MAX];
        int count = keyboard_rects(&b->show.composer.keyboard, rects, keys);
        int key;
        do
            key = (int) (next_random(&seed) % (uint32_t) count);
        while (keys[key]->action != KEY_TEXT && keys[key]->action != KEY_SPACE);
        begin(b);
        touch(b, rects[key].x + rects[key].w / 2,
              rects[key].y + rects[key].h / 2);
        end(b);
        b->ms[b->count - 1] /= 2;
        b->cpu_ms[b->count - 1] /= 2;
        pass(b, 100);
    }
    report(b, "key");
    tap(b, TARGET_CANCEL);
}

/* The running order is made again each minute, and whenever news comes. */
static void
pass_minutes(struct bench *b)
{
    for (int i = 0; i < 30; i++) {
        pass(b, 60000);
        b->show.rotation.held_until_ms = b->now.mono_ms + 5000;
        begin(b);
        picture(b);
        end(b);
    }
    report(b, "minute");
}

int
main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "full_board FEED COUNT\n");
        return 2;
    }
    char render[] = "--render", folder[] = "/nowhere"; // nothing is written
    char feed[] = "--feed", size[] = "--size", wh[] = "1920x1080";
    char *arguments[] = {argv[0], render, folder, feed,
                         argv[1], size,   wh,     NULL};
    struct program p;
    struct still still;
    static struct bench b;
    if (!program_init(&p, 7, arguments) || still_init(&still, &p) != 0)
        return 1;
    struct panel panel = {
        .w = W, .h = H, .has_touch = true, .has_handwriting = true};
    b.now = still.now;
    b.canvas = canvas_new(still.fonts, photos_new((size_t) 1024 * 1024));
    b.picture = picture_new(W, H);
    show_init(&b.show, &panel, &still.ruler, &p.config, b.now);
    double from_ms = stopwatch_ms();
    struct news news = {
        .board = still.loaded.board,
        .postits = many_postits((int) strtol(argv[2], NULL, 10), b.now.wall_s)};
    show_take(&b.show, &news, b.now);
    picture(&b);
    printf("first %.2f\n", stopwatch_ms() - from_ms);
    fill_pictures(&b);
    turn_pages(&b);
    show_turn(&b.show, -1, b.now);
    picture(&b);
    type_keys(&b);
    pass_minutes(&b);
    return 0; // everything ends with the program
}
