#include "base/clock.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/timex.h>
#include <unistd.h>

#define RTC_APART_S 120

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

/* -1 where there is no such file, or no number in it. */
static int64_t
read_number(const char *root, const char *file)
{
    char path[PATH_MAX], text[32] = "";
    snprintf(path, sizeof path, "%s%s", root, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    ssize_t len = read(fd, text, sizeof text - 1);
    close(fd);
    char *end;
    long long number = strtoll(text, &end, 10);
    return len > 0 && end != text ? number : -1;
}

static bool
is_there(const char *root, const char *file)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s%s", root, file);
    return access(path, F_OK) == 0;
}

bool
clock_has_battery(const char *root, int64_t wall_s)
{
    // Not /proc/device-tree: a service may be shown processes only.
    if (!is_there(root, "/sys/firmware/devicetree/base"))
        return true;
    int64_t rtc_s = read_number(root, "/sys/class/rtc/rtc0/since_epoch");
    return rtc_s >= CLOCK_BUILT_AFTER_S && llabs(rtc_s - wall_s) <= RTC_APART_S;
}

bool
clock_machine_is_trusted(int64_t at_least_s)
{
    int64_t wall_s = read_ms(CLOCK_REALTIME) / 1000;
    if (wall_s < at_least_s)
        return false;
    if (access("/run/systemd/timesync/synchronized", F_OK) == 0)
        return true;
    struct timex kernel = {0};
    int state = adjtimex(&kernel);
    if (state >= 0 && state != TIME_ERROR && !(kernel.status & STA_UNSYNC))
        return true;
    return clock_has_battery("", wall_s);
}
