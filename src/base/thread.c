#include "base/thread.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

#include "base/check.h"
#include "base/clock.h"
#include "base/memory.h"

// cJSON recurses a thousand deep and SDL_image is no lighter: room for both,
// and still no more address space than a Pi can spare.
#define STACK_BYTES ((size_t) 2 * 1024 * 1024)

struct thread {
    pthread_t id;
    pthread_mutex_t lock; // for is_finished
    pthread_cond_t finished;
    bool is_finished;
    void (*run)(void *);
    void *data; // borrowed
};

struct mutex {
    pthread_mutex_t lock;
    pthread_cond_t told;
};

/* Its waits end by the monotonic clock. */
static void
make_condition(pthread_cond_t *condition)
{
    pthread_condattr_t monotonic;
    check(pthread_condattr_init(&monotonic) == 0);
    check(pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC) == 0);
    check(pthread_cond_init(condition, &monotonic) == 0);
    pthread_condattr_destroy(&monotonic);
}

static void *
run_thread(void *data)
{
    struct thread *t = data;
    t->run(t->data);
    check(pthread_mutex_lock(&t->lock) == 0);
    t->is_finished = true;
    pthread_cond_signal(&t->finished);
    check(pthread_mutex_unlock(&t->lock) == 0);
    return NULL;
}

struct thread *
thread_start(const char *name, void (*run)(void *), void *data)
{
    struct thread *t = memory_take_zeroed(sizeof *t);
    t->run = run;
    t->data = data;
    check(pthread_mutex_init(&t->lock, NULL) == 0);
    make_condition(&t->finished);

    pthread_attr_t attributes;
    check(pthread_attr_init(&attributes) == 0);
    check(pthread_attr_setstacksize(&attributes, STACK_BYTES) == 0);
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    check(pthread_create(&t->id, &attributes, run_thread, t) == 0);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    pthread_attr_destroy(&attributes);
    pthread_setname_np(t->id, name);
    return t;
}

bool
thread_join_within(struct thread *t, int wait_ms)
{
    struct timespec until = clock_mono_after(wait_ms);
    // Not pthread_clockjoin_np, which ThreadSanitizer cannot see.
    check(pthread_mutex_lock(&t->lock) == 0);
    int late = 0;
    while (!t->is_finished && !late)
        late = pthread_cond_timedwait(&t->finished, &t->lock, &until);
    bool is_finished = t->is_finished;
    check(pthread_mutex_unlock(&t->lock) == 0);
    if (!is_finished)
        return false;
    check(pthread_join(t->id, NULL) == 0);
    pthread_cond_destroy(&t->finished);
    pthread_mutex_destroy(&t->lock);
    free(t);
    return true;
}

struct mutex *
mutex_new(void)
{
    struct mutex *m = memory_take_zeroed(sizeof *m);
    check(pthread_mutex_init(&m->lock, NULL) == 0);
    make_condition(&m->told);
    return m;
}

void
mutex_free(struct mutex *m)
{
    if (!m)
        return;
    pthread_cond_destroy(&m->told);
    pthread_mutex_destroy(&m->lock);
    free(m);
}

void
mutex_lock(struct mutex *m)
{
    check(pthread_mutex_lock(&m->lock) == 0);
}

void
mutex_unlock(struct mutex *m)
{
    check(pthread_mutex_unlock(&m->lock) == 0);
}

void
mutex_wait(struct mutex *m, int wait_ms)
{
    struct timespec until = clock_mono_after(wait_ms);
    int error = pthread_cond_timedwait(&m->told, &m->lock, &until);
    check(error == 0 || error == ETIMEDOUT);
}

void
mutex_tell(struct mutex *m)
{
    check(pthread_cond_broadcast(&m->told) == 0);
}
