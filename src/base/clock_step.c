#include "base/clock_step.h"

#include <errno.h>
#include <stdint.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

/* A timer that never ends is there for its cancellation, timerfd_create(2). */
int
clock_step_open(void)
{
    int fd = timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
    if (fd < 0)
        return -1;
    const struct itimerspec never = {
        .it_value.tv_sec =
            sizeof(time_t) > 4 ? (time_t) INT64_MAX : (time_t) INT32_MAX,
    };
    if (timerfd_settime(fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never,
                        NULL) == 0)
        return fd;
    close(fd);
    return -1;
}

bool
clock_step_take(int fd)
{
    uint64_t times;
    return fd >= 0 && read(fd, &times, sizeof times) < 0 && errno == ECANCELED;
}
