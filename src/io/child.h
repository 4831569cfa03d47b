#ifndef IO_CHILD_H
#define IO_CHILD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"
#include "base/text.h"

/*
 * Another program, run for a while and not trusted: with limits, at the lowest
 * priority, in a process group of its own, with an environment of its own and
 * none of our files open. Nothing here blocks but child_free: one descriptor
 * says when there is something to do.
 *
 *     child_start → whenever child_fd can be read: child_turn, until it is
 *     true → child_end, child_output → child_free
 *
 * It ends when we do (PR_SET_PDEATHSIG), may gain no privileges (no_new_privs),
 * and what it has started itself ends with it, unless that has left the group.
 * One thread; no signal handlers: it is waited for through a pidfd.
 */

struct child_order {
    const char *const *argv; // [0] is the path of the program; NULL at the end
    const char *const *env;  // "NAME=value"; NULL at the end, or none at all
    const char *folder;      // where it works; NULL: /
    const char *input;       // its standard input, copied; NULL: empty
    size_t input_len;
    size_t output_most; // bytes on its standard output
    // 0 is no limit.
    int cpu_s;
    int wall_ms;
    size_t memory_bytes; // of address space: sanitized programs need terabytes
    size_t file_bytes;   // of each file it writes
};

enum child_end {
    CHILD_RUNS,
    CHILD_LEFT,         // by itself, with child_status
    CHILD_DIED,         // of a signal, the CPU limit's included
    CHILD_WAS_LATE,     // wall_ms
    CHILD_SAID_TOO_MUCH, // output_most; the output is cut there
};

/* What the program itself must not leave with: it could not be started. */
#define CHILD_NOT_STARTED 127

struct child;

/* NULL when there is no such program, or no room for another process. What
   `o` points to is not needed any more. */
struct child *child_start(const struct child_order *o, struct problem *why);

/* To be polled for reading; the child's own. */
int child_fd(const struct child *c);

/* Reads what it has said. True when it has ended, and then every time. */
bool child_turn(struct child *c);

enum child_end child_end(const struct child *c);
int child_status(const struct child *c); // its exit status, when it LEFT
const struct text *child_output(const struct child *c);

/* The last line on its standard error, at most 200 printable ASCII characters:
   for a log, if the program's words may go there. Borrowed. */
const char *child_complaint(struct child *c);

/* Ends it first if it runs, and waits until it is gone. NULL is fine. */
void child_free(struct child *c);

/*
 * For who must not wait: one that hangs in the kernel dies only when that lets
 * it go. Kills it if it runs, and frees it if it is gone. False: not yet, and
 * it is still yours: ask again when child_fd can be read, or later. NULL is
 * gone.
 */
bool child_try_free(struct child *c);

/* The same for who never asks again: `c` is freed in any case. What has not
   died yet is for init to bury when we end. */
void child_leave(struct child *c);

#endif
