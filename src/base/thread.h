#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <stdbool.h>

/*
 * The one place that knows pthreads. A thread here has all signals blocked:
 * they belong to the main thread. Mutexes are not recursive. All of these
 * abort on failure: a program that cannot lock cannot go on.
 */

struct thread;
struct mutex;

/* `name` of at most 15 bytes shows in top and in gdb. */
struct thread *thread_start(const char *name, void (*run)(void *), void *data);

/* Waits at most `wait_ms`, then frees; false when it was still running (then
   not freed). */
bool thread_join_within(struct thread *t, int wait_ms);

struct mutex *mutex_new(void);
void mutex_free(struct mutex *m);
void mutex_lock(struct mutex *m);
void mutex_unlock(struct mutex *m);

/* Locked: unlocks, waits for mutex_tell or at most `wait_ms`, and locks again.
   What was waited for has to be looked at anew. */
void mutex_wait(struct mutex *m, int wait_ms);

/* Locked: whoever waits goes on once it is unlocked. */
void mutex_tell(struct mutex *m);

#endif
