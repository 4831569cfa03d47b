#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>

#include "core/date.h"
#include "hub/preview_part.h"
#include "io/child.h"

#define LIST_BYTES_MOST ((size_t) 256 * 1024)
#define ENV_MOST 8
#define WORDS_MOST 16  // of a command line
#define WORDS_ALWAYS 7 // of them in every run

#define RUN_CPU_S 20
#define RUN_WALL_MS 30000
#ifdef __SANITIZE_ADDRESS__
#define RUN_MEMORY_BYTES ((size_t) 0) // so is the program beside this one
#else
#define RUN_MEMORY_BYTES ((size_t) 1024 * 1024 * 1024)
#endif

/* Only for its size: the one that rooms have. */
static const struct preview_shape_row usual_screen = {"usual", "", 1920, 1080};

const char *
preview_folder_of(const struct preview *p, const struct drawing *d,
                  char path[PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/%d", p->folder, d->is.number);
    return path;
}

void
preview_end_child(struct preview *p)
{
    if (p->child)
        (void) epoll_ctl(p->beside, EPOLL_CTL_DEL, child_fd(p->child), NULL);
    child_free(p->child);
    p->child = NULL;
}

/* ---- starting one ------------------------------------------------------- */

/* What it needs of our environment; the rest is none of its business. */
static void
make_env(struct arena *a, const char *env[ENV_MOST])
{
    static const char *const handed_on[] = {"PATH", "TZ", "STAFFROOM_ASSETS"};
    int count = 0;
    for (size_t i = 0; i < sizeof handed_on / sizeof *handed_on; i++) {
        const char *value = getenv(handed_on[i]);
        if (value && *value)
            env[count++] = arena_format(a, "%s=%s", handed_on[i], value);
    }
    env[count++] = "LC_ALL=C.UTF-8";
    env[count++] = "HOME=/nonexistent";
    env[count++] = "SDL_VIDEODRIVER=dummy";
    env[count] = NULL;
}

static const char *
words_of_minute(struct arena *a, int64_t minute)
{
    struct local l = local_time(NULL, minute * 60);
    return arena_format(a, "%04d-%02d-%02dT%02d:%02d:00Z", l.year, l.month,
                        l.date, l.minute / 60, l.minute % 60);
}

/* The words behind those that every run has. */
static void
add_errand(const char **argv, enum stage stage)
{
    static const char *const list[] = {"--list", "--feed", PREVIEW_FEED, NULL};
    static const char *const check[] = {"--check", PREVIEW_FEED, NULL};
    static const char *const render[] = {"--render", PREVIEW_OUT, "--feed",
                                         PREVIEW_FEED, NULL};
    const char *const *words = stage == STAGE_LIST    ? list
                               : stage == STAGE_CHECK ? check
                                                      : render;
    while (*words)
        *argv++ = *words++;
    *argv = NULL;
}

bool
preview_start_run(struct preview *p, struct drawing *d, struct problem *why)
{
    char folder[PATH_MAX];
    const char *env[ENV_MOST];
    const struct preview_shape_row *shape =
        d->is_measure ? &usual_screen : &preview_shapes[d->shape];
    const char *argv[WORDS_MOST] = {
        p->program,
        "--config",
        PREVIEW_SETTINGS,
        "--at",
        words_of_minute(&d->arena, d->minute),
        "--size",
        arena_format(&d->arena, "%dx%d", shape->w, shape->h)};
    add_errand(argv + WORDS_ALWAYS, d->stage);
    make_env(&d->arena, env);
    p->child = child_start(
        &(struct child_order){.argv = argv,
                              .env = env,
                              .folder = preview_folder_of(p, d, folder),
                              .output_most = LIST_BYTES_MOST,
                              .cpu_s = RUN_CPU_S,
                              .wall_ms = RUN_WALL_MS,
                              .memory_bytes = RUN_MEMORY_BYTES,
                              .file_bytes = PREVIEW_PICTURE_BYTES_MOST},
        why);
    if (!p->child)
        return false;
    struct epoll_event e = {.events = EPOLLIN};
    if (epoll_ctl(p->beside, EPOLL_CTL_ADD, child_fd(p->child), &e) == 0)
        return true;
    problem_set(why, 0, 0, "it cannot be waited for: %s", strerror(errno));
    preview_end_child(p);
    return false;
}

/* ---- what it has left behind -------------------------------------------- */

static const char *
end_words(struct arena *a, const struct child *c)
{
    switch (child_end(c)) {
    case CHILD_RUNS:
        break;
    case CHILD_LEFT:
        return child_status(c) == CHILD_NOT_STARTED
                   ? "it could not be started"
                   : arena_format(a, "it left with %d", child_status(c));
    case CHILD_DIED:
        return "it crashed, or took too much";
    case CHILD_WAS_LATE:
        return "it took too long";
    case CHILD_SAID_TOO_MUCH:
        return "it said too much";
    }
    return "";
}

/* It complains of files, settings and places in the feed, not with what people
   wrote. */
static bool
has_gone_well(struct arena *a, struct child *c, struct problem *why)
{
    if (child_end(c) == CHILD_LEFT && child_status(c) == 0)
        return true;
    const char *complaint = child_complaint(c);
    problem_set(why, 0, 0, "%s%s%s", end_words(a, c), *complaint ? ": " : "",
                complaint);
    return false;
}

/* What only the run needed. */
static void
clear_up(const char *folder)
{
    static const char *const names[] = {PREVIEW_FEED, PREVIEW_SETTINGS,
                                        PREVIEW_OUT};
    char path[PATH_MAX];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int len = snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        if (len > 0 && (size_t) len < sizeof path)
            preview_remove(path);
    }
}

/* What a run has left behind; then there is the next one, or none. */
bool
preview_take_run(struct preview *p, struct drawing *d, struct problem *why)
{
    char folder[PATH_MAX];
    const struct text *said = child_output(p->child);
    preview_folder_of(p, d, folder);
    if (!has_gone_well(&d->arena, p->child, why))
        return false;
    if (d->stage == STAGE_LIST) {
        if (!preview_read_list(&d->arena, said, &d->is.slides,
                               &d->is.slide_count, &d->names, why))
            return false;
        d->stage = d->is_measure ? STAGE_CHECK : STAGE_RENDER;
    } else if (d->stage == STAGE_CHECK) {
        d->is.is_cut = preview_says_cut(said);
        d->stage = STAGE_DONE;
    } else {
        if (!preview_take_pictures(&d->arena, said, folder,
                                   &preview_shapes[d->shape], d->names, &d->is,
                                   &d->bytes, why))
            return false;
        d->stage = STAGE_DONE;
    }
    if (d->stage == STAGE_DONE)
        clear_up(folder);
    return true;
}
