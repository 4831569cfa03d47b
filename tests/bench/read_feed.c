// links: src/base/*.c src/core/*.c src/view/*.c src/sdl/fonts.c
// links: src/sdl/text_run.c src/sdl/text_ruler.c src/sdl/text_lines.c
// libs: $(LIBS) -lqrencode
/*
 * A feed as large as a feed may be, 2 MiB and 500 items: read, put in order
 * and laid out (the first slide, and the first page of every slide, at 1080p
 * with the real fonts), beside what cJSON alone needs for the same bytes.
 *
 *     read_feed FONTS
 *
 * prints "name milliseconds MiB" for each: the median of several runs, and how
 * much more memory the process had at its fullest. Every run is a process of
 * its own, so that none profits from the memory of another.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cjson/cJSON.h>

#include "core/feed.h"
#include "core/running_order.h"
#include "sdl/fonts.h"
#include "sdl/text_run.h"
#include "tests/bench/stopwatch.h"
#include "view/screen.h"

#define RUNS 9
#define NOW_S 1795679700 // Thursday 26 November 2026

static const char *const kinds[] = {
    "\"kind\":\"postit\",\"sort\":\"delight\",\"colour\":\"mint\"",
    "\"kind\":\"postit\",\"sort\":\"idea\",\"school\":\"hillcrest\"",
    "\"kind\":\"meeting\",\"starts\":\"2026-11-27T15:45\",\"place\":\"Hall\"",
    "\"kind\":\"idea\",\"week\":\"2026-W48\",\"thanks\":3",
    "\"kind\":\"question\",\"on\":\"2026-11-26\"",
    "\"kind\":\"purpose\",\"priorities\":[\"Talk\",\"Reading\"]",
    "\"kind\":\"postit\",\"sort\":\"discovery\"",
    "\"kind\":\"scrapbook\"",
};

static void
make_feed(struct text *feed)
{
    size_t each = (FEED_MAX_BYTES - 200) / FEED_MAX_ITEMS;
    text_add_string(feed, "{\"title\":\"A large partnership\",\"items\":[");
    for (int i = 0; i < FEED_MAX_ITEMS; i++) {
        size_t end = feed->len + each - 8;
        text_add_format(feed,
                        "%s{\"id\":\"item-%d\",\"title\":\"Number %d\","
                        "\"_staffroom\":{%s},\"content_html\":\"<p>",
                        i ? "," : "", i, i, kinds[i % 8]);
        while (feed->len + 60 < end)
            text_add_string(feed, "What a <b>quiet</b> pupil said &amp; we "
                                  "all heard.</p><p>");
        text_add_string(feed, "</p>\"}");
    }
    text_add_string(feed, "]}");
}

static void
lay_out(const struct board *board, const struct ruler *ruler, int most_slides)
{
    struct running_order order = {0};
    struct arena arena = {0}, frame = {0};
    struct draw_list list = {0};
    struct theme theme = {0};
    struct scene scene = {
        .board = board,
        .order = &order,
        .now = {.wall_s = NOW_S, .is_trusted = true},
        .why = "",
        .detail = "",
    };
    theme_make(&theme, &(struct panel){.w = 1920, .h = 1080}, ruler);
    running_order_make(&order, &arena, board, "", scene.now);
    for (; scene.slide < order.count && scene.slide < most_slides;
         scene.slide++) {
        arena_reset(&frame);
        screen_draw(&list, &theme, &frame, &scene);
    }
    draw_destroy(&list);
    arena_destroy(&frame);
    arena_destroy(&arena);
}

struct job {
    const struct text *feed;
    const char *fonts;
};

static void
read_only(const struct job *job)
{
    struct feed_page page = {job->feed->bytes, job->feed->len};
    struct problem why = {0};
    struct board *board = feed_read(&page, 1, NOW_S, NULL, NULL, &why);
    if (!board || board->item_count != FEED_MAX_ITEMS) {
        fprintf(stderr, "the large feed was refused: %s\n", why.text);
        _exit(1);
    }
    board_free(board);
}

static void
read_and_lay_out(const struct job *job, int most_slides)
{
    struct feed_page page = {job->feed->bytes, job->feed->len};
    struct problem why = {0};
    struct fonts *fonts = fonts_open(job->fonts, &why);
    struct board *board = feed_read(&page, 1, NOW_S, NULL, NULL, &why);
    if (!fonts || !board) {
        fprintf(stderr, "%s\n", why.text);
        _exit(1);
    }
    struct ruler ruler = text_ruler(fonts);
    lay_out(board, &ruler, most_slides);
    board_free(board);
    fonts_close(fonts);
}

/* What stands between a new feed and its first picture. */
static void
first_slide(const struct job *job)
{
    read_and_lay_out(job, 1);
}

static void
every_slide(const struct job *job)
{
    read_and_lay_out(job, SLIDES_MAX);
}

static void
cjson_alone(const struct job *job)
{
    cJSON_Delete(cJSON_ParseWithLength(job->feed->bytes, job->feed->len));
}

struct cost {
    double took_ms;
    double more_mib;
};

static double
fullest_mib(void)
{
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    return (double) used.ru_maxrss / 1024;
}

/* In a child; false when it failed. */
static bool
run_once(void (*work)(const struct job *), const struct job *job,
         struct cost *cost)
{
    int ends[2], status = 1;
    if (pipe(ends))
        return false;
    pid_t pid = fork();
    if (pid == 0) {
        double before_mib = fullest_mib(), from_ms = stopwatch_ms();
        work(job);
        struct cost mine = {stopwatch_ms() - from_ms,
                            fullest_mib() - before_mib};
        _exit(write(ends[1], &mine, sizeof(mine)) != sizeof(mine));
    }
    close(ends[1]);
    bool is_good = read(ends[0], cost, sizeof(*cost)) == sizeof(*cost);
    close(ends[0]);
    return waitpid(pid, &status, 0) == pid && status == 0 && is_good;
}

static bool
measure(const char *name, void (*work)(const struct job *),
        const struct job *job)
{
    double took_ms[RUNS], more_mib[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct cost cost;
        if (!run_once(work, job, &cost))
            return false;
        took_ms[i] = cost.took_ms;
        more_mib[i] = cost.more_mib;
    }
    printf("%s %.1f %.1f\n", name, stopwatch_part(took_ms, RUNS, 0.5),
           stopwatch_part(more_mib, RUNS, 0.5));
    fflush(stdout);
    return true;
}

int
main(int argc, char **argv)
{
    struct text feed = {0};
    struct job job = {&feed, argc > 1 ? argv[1] : "assets/fonts"};
    make_feed(&feed);
    bool is_good = measure("cjson", cjson_alone, &job) &&
                   measure("read", read_only, &job) &&
                   measure("first-slide", first_slide, &job) &&
                   measure("every-slide", every_slide, &job);
    text_destroy(&feed);
    return is_good ? 0 : 1;
}
