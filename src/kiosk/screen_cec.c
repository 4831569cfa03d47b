#include "kiosk/screen_cec.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"

#define PROGRAM "cec-ctl"
#define USUAL_PATH "/usr/local/bin:/usr/bin:/bin"
#define ADAPTERS_MOST 4 // a Pi has two at most
#define WALL_MS 15000   // a television that sleeps answers late, or never
#define OUTPUT_MOST_BYTES ((size_t) 256 * 1024)
#define LOOK_EVERY_MS 200 // at a run
// One that was killed is gone at once, or hangs for who knows how long.
#define LOOKS_OFTEN 50
#define LOOK_SELDOM_MS 5000

static char *
find_program(void)
{
    const char *at = getenv("PATH");
    if (!at || !*at)
        at = USUAL_PATH;
    while (*at) {
        char path[PATH_MAX];
        size_t len = strcspn(at, ":");
        int got = snprintf(path, sizeof path, "%.*s/" PROGRAM, (int) len, at);
        // An empty or relative entry means wherever we were started.
        if (at[0] == '/' && got > 0 && (size_t) got < sizeof path &&
            access(path, X_OK) == 0)
            return memory_copy_string(path);
        at += len + (at[len] == ':');
    }
    return NULL;
}

bool
screen_cec_open(struct screen_cec *c, const char *devices)
{
    *c = (struct screen_cec){.devices = devices, .program = find_program()};
    if (!c->program)
        log_error("power = cec needs the program " PROGRAM
                  ": install v4l-utils");
    return c->program != NULL;
}

void
screen_cec_close(struct screen_cec *c)
{
    child_leave(c->child);
    free(c->program);
    *c = (struct screen_cec){0};
}

static void
complain(struct screen_cec *c, const char *why)
{
    if (!c->has_complained)
        log_warning("the television cannot be told by CEC to %s: %s",
                    c->is_on ? "wake" : "go to standby", why);
    c->has_complained = true;
}

static bool
find_adapter(const struct screen_cec *c, int at, char *path, size_t size)
{
    int len = snprintf(path, size, "%s/cec%d", c->devices, at);
    return len > 0 && (size_t) len < size && access(path, F_OK) == 0;
}

/* The run for the adapter `at`, or for the next one that is there. */
static void
start(struct screen_cec *c)
{
    for (; c->at < ADAPTERS_MOST; c->at++) {
        char path[PATH_MAX];
        struct problem why = {0};
        const char *word = c->is_on ? "--image-view-on" : "--standby";
        const char *const argv[] = {c->program, "-s", "-d", path, "--playback",
                                    "--to",     "0",  word, NULL};
        if (!find_adapter(c, c->at, path, sizeof path))
            continue;
        c->child =
            child_start(&(struct child_order){.argv = argv,
                                              .output_most = OUTPUT_MOST_BYTES,
                                              .wall_ms = WALL_MS},
                        &why);
        if (c->child)
            return;
        complain(c, why.text);
    }
    if (c->heard == 0)
        complain(c, *c->why ? c->why : "this machine has no CEC adapter");
}

/* Whether there is no run any more. */
static bool
end_run(struct screen_cec *c)
{
    c->is_broken_off = !child_try_free(c->child);
    if (!c->is_broken_off)
        c->child = NULL;
    return !c->is_broken_off;
}

void
screen_cec_tell(struct screen_cec *c, bool is_on)
{
    if (!c->program)
        return;
    c->has_complained = c->has_complained && c->is_on == is_on;
    c->is_on = is_on;
    c->at = c->heard = 0;
    c->why[0] = '\0';
    c->looks = 0;
    if (end_run(c))
        start(c);
}

bool
screen_cec_is_telling(const struct screen_cec *c, bool is_on)
{
    return c->child && c->is_on == is_on;
}

bool
screen_cec_is_heard(const struct screen_cec *c, bool is_on)
{
    return c->is_on == is_on && c->heard > 0;
}

/*
 * It leaves with 0 whatever became of the message, and says that on stdout:
 * when it went out, and after that what was wrong, "Tx, Not Acknowledged (4),
 * Max Retries" where nobody answers (v4l-utils, cec-ctl.cpp and cec-info.cpp).
 */
static bool
is_heard(const struct child *run)
{
    const char *said = text_string(child_output(run));
    return child_end(run) == CHILD_LEFT && child_status(run) == 0 &&
           strstr(said, "Tx Timestamp") && !strstr(said, "Max Retries");
}

/* Of two sockets one is usually empty: that is no failure yet. */
static void
take_end(struct screen_cec *c)
{
    const char *words = child_complaint(c->child);
    if (is_heard(c->child))
        c->heard++;
    else
        snprintf(c->why, sizeof c->why, "%s",
                 *words ? words : "it does not answer");
    child_free(c->child);
    c->child = NULL;
    c->at++;
}

void
screen_cec_turn(struct screen_cec *c)
{
    if (!c->child)
        return;
    bool is_over = c->is_broken_off ? end_run(c) : child_turn(c->child);
    if (!is_over) {
        c->looks += child_end(c->child) != CHILD_RUNS;
        return;
    }
    if (c->child)
        take_end(c);
    c->looks = 0;
    start(c);
}

int
screen_cec_wait_ms(const struct screen_cec *c, int wait_ms)
{
    int look_ms = c->looks < LOOKS_OFTEN ? LOOK_EVERY_MS : LOOK_SELDOM_MS;
    return c->child && wait_ms > look_ms ? look_ms : wait_ms;
}
