#ifndef TESTS_BENCH_STOPWATCH_H
#define TESTS_BENCH_STOPWATCH_H

#include <stddef.h>
#include <stdlib.h>
#include <time.h>

/* What every benchmark needs: a fine clock, and the middle of many numbers. */

static inline double
stopwatch_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

/* What this thread has had of the processor: other programs do not count. */
static inline double
stopwatch_cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static inline int
stopwatch_compare(const void *a, const void *b)
{
    double x = *(const double *) a, y = *(const double *) b;
    return (x > y) - (x < y);
}

/* The value that `part` (0 to 1) of the others do not exceed; sorts them. */
static inline double
stopwatch_part(double *values, size_t count, double part)
{
    qsort(values, count, sizeof(*values), stopwatch_compare);
    return values[(size_t) (part * (double) (count - 1) + 0.5)];
}

#endif
