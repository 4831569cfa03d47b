#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/*
 * The only place that reads a clock. The loop reads it once a turn and passes
 * `struct now` down; nothing below asks for the time itself.
 */

struct now {
    int64_t mono_ms;  // monotonic: for everything that lasts
    int64_t wall_s;   // seconds since 1970, UTC: for what people read
    int wall_ms;      // of that second, 0 to 999
    bool is_trusted;  // whether wall_s may be shown and reasoned about
};

/*
 * A clock that may be set off from the machine's: --at and --speed. Zero is
 * the machine's own. Set up once, before threads; then only read.
 */
struct clock {
    int64_t start_wall_s;  // 0: the machine's wall clock
    int64_t start_mono_ms; // when start_wall_s was set
    int speed;             // 0 or 1: real time; 100: a hundred times faster
};

/* Starts the clock at `wall_s`. Such a clock is always trusted. */
void clock_start_at(struct clock *c, int64_t wall_s);

/* `is_trusted` is left as the clock's own: true only after clock_start_at. */
struct now clock_now(const struct clock *c);

/* The machine's monotonic milliseconds, never sped up: for benchmarks. */
int64_t clock_mono_ms(void);

/* The monotonic moment `wait_ms` from now, for timed waits. */
struct timespec clock_mono_after(int wait_ms);

/* No machine that runs this lives before it was built: 2026-11-01. */
#define CLOCK_BUILT_AFTER_S INT64_C(1793491200)

/*
 * Whether the machine has a clock that goes on without power, and `wall_s` is
 * its time. A PC has. A Pi before the 5 has none: it wakes at the time at which
 * it was switched off. A Pi 5 always has one, but seldom the battery to it; what
 * that says is believed where it lives in our time and agrees with the system.
 * `root`: "", or for tests a folder that stands for the machine's.
 */
bool clock_has_battery(const char *root, int64_t wall_s);

/*
 * Whether the machine vouches for its wall clock: systemd-timesyncd has set
 * it, the kernel says it is synchronised, or there is a battery clock and
 * the time is not before `at_least_s` (the newest moment known to be past).
 */
bool clock_machine_is_trusted(int64_t at_least_s);

#endif
