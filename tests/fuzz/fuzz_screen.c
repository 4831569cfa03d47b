// links: src/view/*.c src/core/*.c src/base/*.c
// libs: -lcjson -linih -lunistring -lqrencode
/*
 * A feed of unknown origin, laid out: every page of every slide, on a wall
 * screen, a small panel and a tall one. Letters are half an em wide.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/feed.h"
#include "core/running_order.h"
#include "view/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static float
half_an_em_each(void *data, enum font font, const char *text, size_t len)
{
    (void) data;
    (void) font;
    (void) text;
    return 0.5f * (float) len;
}

static struct font_shape
ordinary_shape(void *data, enum font font)
{
    (void) data;
    (void) font;
    return (struct font_shape){.ascent = 0.95f, .descent = 0.3f, .cap = 0.7f};
}

static const struct panel panels[] = {
    {.w = 1920, .h = 1080},
    {.w = 800, .h = 480, .diagonal_in = 7, .has_touch = true},
    {.w = 720, .h = 1280, .has_handwriting = true},
};

static void
draw_every_page(struct scene *scene, const struct theme *theme)
{
    struct draw_list list = {0};
    struct arena frame = {0};
    for (scene->slide = 0; scene->slide < scene->order->count; scene->slide++) {
        int pages = 1;
        for (scene->page = 0; scene->page < pages && scene->page < 8;
             scene->page++) {
            arena_reset(&frame);
            pages = screen_draw(&list, theme, &frame, scene).page_count;
            if (pages < 1)
                abort();
        }
    }
    draw_destroy(&list);
    arena_destroy(&frame);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct ruler ruler = {
        .width_em = half_an_em_each,
        .shape = ordinary_shape,
    };
    const struct feed_page page = {(const char *) data, size};
    struct problem why = {0};
    struct board *board = feed_read(&page, 1, 1795679700, NULL, NULL, &why);
    if (!board)
        return 0;
    struct arena arena = {0};
    struct running_order order = {0};
    struct scene scene = {
        .board = board,
        .order = &order,
        .now = {.wall_s = 1795679700, .is_trusted = true},
        .why = "",
        .detail = "",
    };
    running_order_make(&order, &arena, board, "", scene.now);
    for (size_t i = 0; i < sizeof(panels) / sizeof(panels[0]); i++) {
        struct theme theme = {0};
        theme_make(&theme, &panels[i], &ruler);
        draw_every_page(&scene, &theme);
    }
    arena_destroy(&arena);
    board_free(board);
    return 0;
}
