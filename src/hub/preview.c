#include "hub/preview.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "hub/preview_part.h"
#include "io/child.h"
#include "io/file.h"

#define FAILED_FOR_MS 10000

const struct preview_shape_row preview_shapes[PREVIEW_SHAPE_COUNT] = {
    [PREVIEW_WIDE] = {"wide", "Wide, as a television", 960, 540},
    [PREVIEW_SMALL] = {"small", "Small, the Raspberry Pi\xE2\x80\x99s own", 800,
                       480},
    [PREVIEW_UPRIGHT] = {"upright", "Upright", 540, 960},
};

/* ---- opening ------------------------------------------------------------ */

struct preview *
preview_open(const char *folder, const char *program, int beside)
{
    // What an earlier hub left may show post-its that were taken down since.
    preview_remove(folder);
    char *found = preview_find_program(program);
    if (!found) {
        if (*program)
            log_warning("the kiosk's program %s cannot be run: slides are not "
                        "drawn",
                        program);
        else
            log_info("the kiosk's program is not on this machine: slides are "
                     "not drawn");
        return NULL;
    }
    if (mkdir(folder, 0700) != 0) {
        log_warning("slides are not drawn: %s cannot be made: %s", folder,
                    strerror(errno));
        free(found);
        return NULL;
    }
    struct preview *p = memory_take_zeroed(sizeof *p);
    p->folder = memory_copy_string(folder);
    p->program = found;
    p->beside = beside;
    return p;
}

static void
forget(struct preview *p, struct drawing *d)
{
    char path[PATH_MAX];
    if (d->stage == STAGE_NONE)
        return;
    preview_remove(preview_folder_of(p, d, path));
    arena_destroy(&d->arena);
    *d = (struct drawing){0};
}

void
preview_close(struct preview *p)
{
    if (!p)
        return;
    preview_end_child(p);
    for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++)
        forget(p, &p->drawings[i]);
    preview_remove(p->folder);
    free(p->folder);
    free(p->program);
    free(p);
}

/* ---- one after the other ------------------------------------------------ */

static void
fail(struct preview *p, struct drawing *d, int64_t now_ms,
     const struct problem *why)
{
    char path[PATH_MAX];
    log_warning("slides could not be drawn: %s", why->text);
    preview_remove(preview_folder_of(p, d, path));
    d->stage = STAGE_FAILED;
    d->used_ms = now_ms;
    d->bytes = 0;
    if (p->running == d)
        p->running = NULL;
}

static void
start_next(struct preview *p, int64_t now_ms)
{
    while (!p->running) {
        struct problem why = {0};
        struct drawing *first = NULL;
        for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++) {
            struct drawing *d = &p->drawings[i];
            if (d->stage == STAGE_QUEUED &&
                (!first || d->is.number < first->is.number))
                first = d;
        }
        if (!first)
            return;
        first->stage = STAGE_LIST;
        p->running = first;
        if (!preview_start_run(p, first, &why))
            fail(p, first, now_ms, &why);
    }
}

/* ---- what is kept ------------------------------------------------------- */

/* The one that was asked for longest ago, but not that number; NULL when
   nothing can go. */
static struct drawing *
oldest(struct preview *p, int but)
{
    struct drawing *found = NULL;
    for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++) {
        struct drawing *d = &p->drawings[i];
        bool may_go = d->stage == STAGE_DONE || d->stage == STAGE_FAILED;
        if (may_go && d->is.number != but &&
            (!found || d->used_ms < found->used_ms))
            found = d;
    }
    return found;
}

static void
keep_within_bounds(struct preview *p, const struct drawing *newest)
{
    size_t sum = 0;
    for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++)
        sum += p->drawings[i].bytes;
    while (sum > PREVIEW_BYTES_MOST) {
        struct drawing *d = oldest(p, newest->is.number);
        if (!d)
            return;
        sum -= d->bytes;
        forget(p, d);
    }
}

void
preview_forget_all_but(struct preview *p, int64_t change)
{
    for (int i = 0; p && i < PREVIEW_DRAWINGS_MOST; i++) {
        struct drawing *d = &p->drawings[i];
        bool is_under_way = d == p->running || d->stage == STAGE_QUEUED;
        if (!is_under_way && (d->is_measure || d->change != change))
            forget(p, d);
    }
}

bool
preview_turn(struct preview *p, int64_t now_ms)
{
    struct problem why = {0};
    if (!p || !p->child || !child_turn(p->child))
        return false;
    struct drawing *d = p->running;
    bool is_good = preview_take_run(p, d, &why);
    preview_end_child(p);
    if (is_good && d->stage != STAGE_DONE)
        is_good = preview_start_run(p, d, &why);
    if (is_good && d->stage != STAGE_DONE)
        return false;
    if (is_good) {
        d->used_ms = now_ms;
        p->running = NULL;
        keep_within_bounds(p, d);
    } else {
        fail(p, d, now_ms, &why);
    }
    start_next(p, now_ms);
    return true;
}

/* ---- asking ------------------------------------------------------------- */

static struct drawing
drawing_like(const struct preview_wish *wish)
{
    return (struct drawing){.change = wish->change,
                            .minute = wish->minute,
                            .shape = wish->shape,
                            .is_nameless = wish->is_nameless};
}

static struct drawing *
find(struct preview *p, const struct drawing *like)
{
    for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++) {
        struct drawing *d = &p->drawings[i];
        if (d->stage != STAGE_NONE && d->change == like->change &&
            d->minute == like->minute && d->shape == like->shape &&
            d->is_nameless == like->is_nameless &&
            d->is_measure == like->is_measure)
            return d;
    }
    return NULL;
}

static struct drawing *
free_place(struct preview *p)
{
    int queued = 0;
    struct drawing *place = NULL;
    for (int i = 0; i < PREVIEW_DRAWINGS_MOST; i++) {
        queued += p->drawings[i].stage == STAGE_QUEUED;
        if (p->drawings[i].stage == STAGE_NONE)
            place = &p->drawings[i];
    }
    if (queued >= PREVIEW_QUEUE_MOST)
        return NULL;
    if (!place && (place = oldest(p, 0)))
        forget(p, place);
    return place;
}

static bool
prepare(struct preview *p, struct drawing *d, const struct feed_page *feed)
{
    char folder[PATH_MAX];
    d->is.number = ++p->last_number;
    return mkdir(preview_folder_of(p, d, folder), 0700) == 0 &&
           preview_write(folder, PREVIEW_FEED, feed->bytes, feed->len) &&
           preview_write(folder, PREVIEW_SETTINGS, "", 0);
}

static enum preview_state
ask(struct preview *p, const struct drawing *like, const struct feed_page *feed,
    int64_t now_ms, const struct preview_drawing **out)
{
    *out = NULL;
    if (!p)
        return PREVIEW_NO_PROGRAM;
    struct drawing *d = find(p, like);
    if (d && d->stage == STAGE_FAILED && now_ms - d->used_ms >= FAILED_FOR_MS) {
        forget(p, d);
        d = NULL;
    }
    if (!d) {
        d = free_place(p);
        if (!d)
            return PREVIEW_BUSY;
        *d = *like;
        d->stage = STAGE_QUEUED;
        if (prepare(p, d, feed)) {
            start_next(p, now_ms);
        } else {
            struct problem why = {0};
            problem_set(&why, 0, 0, "nothing can be written in %.150s: %s",
                        p->folder, strerror(errno));
            fail(p, d, now_ms, &why);
        }
    }
    if (d->stage == STAGE_FAILED)
        return PREVIEW_FAILED;
    if (d->stage != STAGE_DONE)
        return PREVIEW_UNDER_WAY;
    d->used_ms = now_ms;
    *out = &d->is;
    return PREVIEW_DRAWN;
}

enum preview_state
preview_draw(struct preview *p, const struct preview_wish *wish, int64_t now_ms,
             const struct preview_drawing **out)
{
    const struct drawing like = drawing_like(wish);
    return ask(p, &like, &wish->feed, now_ms, out);
}

enum preview_state
preview_measure(struct preview *p, const struct preview_wish *wish,
                int64_t now_ms, const struct preview_drawing **out)
{
    uint64_t hash = hash_more(HASH_START, wish->feed.bytes, wish->feed.len);
    const struct drawing like = {.change = (int64_t) (hash >> 1),
                                 .minute = wish->minute,
                                 .is_measure = true};
    return ask(p, &like, &wish->feed, now_ms, out);
}

const struct preview_drawing *
preview_kept(struct preview *p, const struct preview_wish *wish, int64_t now_ms)
{
    const struct drawing like = drawing_like(wish);
    struct drawing *d = p ? find(p, &like) : NULL;
    if (!d || d->stage != STAGE_DONE)
        return NULL;
    d->used_ms = now_ms;
    return &d->is;
}

bool
preview_read(const struct preview *p, const struct preview_drawing *d,
             int picture, struct text *out)
{
    char path[PATH_MAX];
    struct problem why = {0};
    if (!p || picture < 0 || picture >= d->picture_count)
        return false;
    snprintf(path, sizeof path, "%s/%d/%d.png", p->folder, d->number,
             picture + 1);
    return file_read(path, PREVIEW_PICTURE_BYTES_MOST, out, &why);
}
