#ifndef TESTS_SHOW_STAND_H
#define TESTS_SHOW_STAND_H

#include <string.h>

#include "kiosk/show.h"
#include "tests/board_file.h"
#include "tests/flat_ruler.h"

/*
 * A show of the sample on a large panel, with a flat ruler and a clock of its
 * own: 0 ms is a Thursday at 10:42.
 */

#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London
#define SAMPLE "assets/sample/feed.json"

static struct ruler ruler;
static const struct panel panel = {.w = 1920, .h = 1080, .has_touch = true};

static inline struct now
at(int64_t since_start_ms)
{
    return (struct now){.mono_ms = 5000 + since_start_ms,
                        .wall_s = THURSDAY + since_start_ms / 1000,
                        .is_trusted = true};
}

static inline void
give_board(struct show *s, const char *path, struct now now)
{
    struct news news = {.board = board_from_file(path),
                        .status = {.state = FEED_FRESH, .good_s = now.wall_s}};
    show_take(s, &news, now);
    assert_null(news.board);
}

static inline void
begin(struct show *s, struct config *config)
{
    ruler = flat_ruler();
    config_init(config);
    show_init(s, &panel, &ruler, config, at(0));
    give_board(s, SAMPLE, at(0));
}

static inline void
finish(struct show *s, struct config *config)
{
    show_destroy(s);
    show_destroy(s); // a zeroed one is fine
    config_destroy(config);
}

static inline enum show_change
tick(struct show *s, int64_t ms, int64_t *next_ms)
{
    enum show_change change;
    struct rect part;
    int64_t next = show_tick(s, at(ms), &change, &part);
    assert_int_equal(change == SHOW_SAME, rect_is_empty(part));
    if (next_ms)
        *next_ms = next - 5000;
    return change;
}

static inline bool
says(const struct show *s, const char *words)
{
    struct text out = {0};
    draw_print(show_list(s), &out);
    bool is_said = strstr(text_string(&out), words) != NULL;
    text_destroy(&out);
    return is_said;
}

/* A finger down and up in the middle of the target. */
static inline void
tap(struct show *s, enum target_kind kind, int value, int64_t ms)
{
    const struct draw_list *list = show_list(s);
    struct rect box = {0};
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == kind && list->targets[i].value == value)
            box = list->targets[i].box;
    assert_false(rect_is_empty(box));
    struct touch touch = {TOUCH_DOWN, 1, box.x + box.w / 2, box.y + box.h / 2,
                          ms};
    show_touch(s, &touch, at(ms));
    tick(s, ms, NULL);
    touch.phase = TOUCH_UP;
    touch.at_ms = ms + 80;
    show_touch(s, &touch, at(ms + 80));
    tick(s, ms + 80, NULL);
}

#endif
