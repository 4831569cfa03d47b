#ifndef BASE_CLOCK_STEP_H
#define BASE_CLOCK_STEP_H

#include <stdbool.h>

/*
 * Hearing at once that somebody has set the machine's wall clock: the network's
 * time has come at last, or a person has mended it. Without it that is noticed
 * when the minute that was slept for is over.
 */

/* A descriptor that can be read from then on; -1 where there is none. Close it
   with close(2). */
int clock_step_open(void);

/* Whether the clock was set since the last time. Never waits; -1 is fine. */
bool clock_step_take(int fd);

#endif
