// links: src/core/*.c src/base/*.c
// libs: -lcjson -linih -lunistring -lqrencode
/*
 * A feed of unknown origin: read, put in order on an ordinary day, at the edge
 * of time and under a clock nobody trusts, and asked for its next page.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "core/feed.h"
#include "core/running_order.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
put_in_order(const struct board *board)
{
    static const struct now at[] = {
        {.wall_s = 1795679700, .is_trusted = true}, // Thursday 26 Nov 2026
        {.wall_s = 0, .is_trusted = true},
        {.wall_s = 253402300799, .is_trusted = true}, // the end of 9999
        {.wall_s = 1795679700, .is_trusted = false},
    };
    for (size_t i = 0; i < sizeof(at) / sizeof(at[0]); i++) {
        struct arena arena = {0};
        struct running_order order = {0};
        running_order_make(&order, &arena, board, "hillcrest", at[i]);
        if (order.count < 0 || order.count > SLIDES_MAX)
            abort();
        for (int s = 0; s < order.count; s++)
            if (order.slides[s].item_count < 1)
                abort();
        arena_destroy(&arena);
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct feed_page page = {(const char *) data, size};
    struct problem why = {0};
    struct board *board = feed_read(&page, 1, 1795679700, NULL, NULL, &why);
    if (board)
        put_in_order(board);
    else if (why.text[0] == '\0')
        abort(); // refused without a word
    board_free(board);
    free(feed_next_url(&page));
    return 0;
}
