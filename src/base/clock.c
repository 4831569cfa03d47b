#include "base/clock.h"

#include <sys/timex.h>
#include <unistd.h>

static int64_t
read_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t) t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int64_t
clock_mono_ms(void)
{
    return read_ms(CLOCK_MONOTONIC);
}

struct timespec
clock_mono_after(int wait_ms)
{
    int64_t until_ms = clock_mono_ms() + wait_ms;
    return (struct timespec){.tv_sec = until_ms / 1000,
                             .tv_nsec = until_ms % 1000 * 1000000};
}

void
clock_start_at(struct clock *c, int64_t wall_s)
{
    c->start_wall_s = wall_s;
    c->start_mono_ms = clock_mono_ms();
}

struct now
clock_now(const struct clock *c)
{
    int speed = c->speed > 1 ? c->speed : 1;
    int64_t mono_ms = clock_mono_ms();
    struct now now = {
        .mono_ms = c->start_mono_ms + (mono_ms - c->start_mono_ms) * speed,
    };
    if (c->start_wall_s) {
        int64_t since_ms = now.mono_ms - c->start_mono_ms;
        now.wall_s = c->start_wall_s + since_ms / 1000;
        now.wall_ms = (int) (since_ms % 1000);
        now.is_trusted = true;
    } else {
        int64_t wall_ms = read_ms(CLOCK_REALTIME);
        now.wall_s = wall_ms / 1000;
        now.wall_ms = (int) (wall_ms % 1000);
    }
    return now;
}

/* A Pi before the 5 has none: it wakes in the past and jumps. */
static bool
has_battery_clock(void)
{
    return access("/sys/class/rtc/rtc0", F_OK) == 0 ||
           access("/proc/device-tree", F_OK) != 0;
}

bool
clock_machine_is_trusted(int64_t at_least_s)
{
    if (read_ms(CLOCK_REALTIME) / 1000 < at_least_s)
        return false;
    if (access("/run/systemd/timesync/synchronized", F_OK) == 0)
        return true;
    struct timex kernel = {0};
    int state = adjtimex(&kernel);
    if (state >= 0 && state != TIME_ERROR && !(kernel.status & STA_UNSYNC))
        return true;
    return has_battery_clock();
}
