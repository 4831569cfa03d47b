#ifndef TESTS_RANDOM_STORE_H
#define TESTS_RANDOM_STORE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "kiosk/show.h"
#include "kiosk/worker_postits.h"

/*
 * What stands in the worker's place: a real store, asked on the same thread,
 * in one of several moods. Like the worker's, its door is a short queue.
 */

enum mood {
    MOOD_WILLING,
    MOOD_REFUSING, // the disk is full
    MOOD_SLOW,     // answers when its time has come
    MOOD_SILENT,   // nothing comes until the mood changes
};

#define TAKEN_MOST 2048

struct worker {
    struct worker_postits postits;
    char folder[64];
    struct requests waiting;
    enum mood mood;
    int64_t due_ms; // SLOW: it answers nothing before
    uint64_t taken[TAKEN_MOST]; // hashes of the ids that were taken back
    int taken_count;
};

static inline void
random_store_open(struct worker *w)
{
    *w = (struct worker){.folder = "/tmp/staffroom-random-XXXXXX"};
    assert_non_null(mkdtemp(w->folder));
    worker_postits_init(&w->postits, w->folder, "hillcrest");
}

static inline void
random_store_close(struct worker *w)
{
    requests_destroy(&w->waiting);
    worker_postits_destroy(&w->postits);
    DIR *dir = opendir(w->folder);
    for (struct dirent *d; (d = readdir(dir));)
        if (d->d_name[0] != '.')
            unlinkat(dirfd(dir), d->d_name, 0);
    closedir(dir);
    rmdir(w->folder);
}

/* For errands.c, which takes what the show asks to the worker. */
bool
worker_ask(struct worker *w, const struct request *request)
{
    return requests_push(&w->waiting, request);
}

static inline bool
random_store_is_ready(const struct worker *w, int64_t now_ms)
{
    return w->waiting.count > 0 && w->mood != MOOD_SILENT &&
           (w->mood != MOOD_SLOW || now_ms >= w->due_ms);
}

static inline void
random_store_do(struct worker *w, const struct request *r, int64_t now_s,
                struct store_answer *answer)
{
    struct problem why = {0};
    bool is_done = w->mood != MOOD_REFUSING &&
                   worker_postits_do(&w->postits, r, now_s, &why);
    answer->says = is_done ? STORE_SAYS_DONE : STORE_SAYS_NO;
    snprintf(answer->why, sizeof answer->why, "%s",
             why.text[0] ? why.text : "Can’t keep post-its: the disk is full");
    if (!is_done || r->kind != REQUEST_TAKE_BACK)
        return;
    assert_true(w->taken_count < TAKEN_MOST);
    w->taken[w->taken_count++] = hash_string(r->target);
}

/* Answers what waits, and says what there is now. */
static inline void
random_store_answer(struct worker *w, struct news *news, struct now now)
{
    struct request r;
    if (now.is_trusted)
        worker_postits_tidy(&w->postits, now.wall_s);
    while (requests_pop(&w->waiting, &r)) {
        random_store_do(w, &r, now.wall_s, &news->answers[r.kind]);
        request_destroy(&r);
    }
    news->postits = worker_postits_list(&w->postits, now.wall_s);
}

static inline bool
random_store_has(const struct worker *w, const char *id)
{
    struct arena rows = {0};
    const struct postit *list = NULL;
    int count = kiosk_store_list(w->postits.store, &rows, INT64_MIN, &list);
    bool is_there = false;
    for (int i = 0; i < count; i++)
        is_there = is_there || strcmp(list[i].id, id) == 0;
    arena_destroy(&rows);
    return is_there;
}

static inline bool
random_store_took_back(const struct worker *w, const char *id)
{
    uint64_t hash = hash_string(id);
    for (int i = 0; i < w->taken_count; i++)
        if (w->taken[i] == hash)
            return true;
    return false;
}

#endif
