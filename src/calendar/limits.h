#ifndef CALENDAR_LIMITS_H
#define CALENDAR_LIMITS_H

/*
 * What a calendar from the internet may cost: 2 seconds of processor, 256 MiB.
 * Whoever goes beyond ends with one sentence and EXIT_REFUSED; the caller's own
 * limits stay as they are where they are narrower.
 */

#define EXIT_REFUSED 1

#define LIMIT_CPU_S 2
#define LIMIT_MEMORY_BYTES (256l * 1024 * 1024)

void limits_set(void);

#endif
