#include "sdl/pump_card.h"

#include <dirent.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <SDL2/SDL.h>

#include "base/log.h"

// Whatever poll cannot tell (a signal in the moment before it, a descriptor that
// has changed its meaning) is noticed after so long. Each thing that is due at a
// time says so; half the wake-ups of a picture that stands still would be these.
#define WAIT_MOST_MS 2000
#define UNPLUGGED_MS 10

#define OWN_FDS "/proc/self/fd"
#define INPUT_DEVICE "/dev/input/event"

static bool
is_input_device(int fd)
{
    char path[sizeof OWN_FDS + 16], to[sizeof INPUT_DEVICE];
    snprintf(path, sizeof path, OWN_FDS "/%d", fd);
    ssize_t len = readlink(path, to, sizeof to - 1);
    return len == (ssize_t) sizeof to - 1 &&
           memcmp(to, INPUT_DEVICE, sizeof to - 1) == 0;
}

static int
socket_option(int fd, int option)
{
    int value = -1;
    socklen_t len = sizeof value;
    if (getsockopt(fd, SOL_SOCKET, option, &value, &len) != 0)
        return -1;
    return value;
}

static bool
is_udev_monitor(int fd)
{
    return socket_option(fd, SO_DOMAIN) == AF_NETLINK &&
           socket_option(fd, SO_PROTOCOL) == NETLINK_KOBJECT_UEVENT;
}

static void
add(struct pump_card *c, int fd)
{
    if (c->count < PUMP_CARD_FDS_MOST)
        c->fds[c->count++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* SDL does not tell which descriptors it has; the system does. */
static void
look_which_there_are(struct pump_card *c)
{
    c->count = 0;
    c->is_stale = false;
    c->panels = SDL_GetNumTouchDevices();
    add(c, c->wake);
    DIR *open = opendir(OWN_FDS);
    if (!open)
        return;
    const struct dirent *entry;
    while ((entry = readdir(open))) {
        int fd = (int) strtol(entry->d_name, NULL, 10);
        if (entry->d_name[0] != '.' &&
            (is_input_device(fd) || is_udev_monitor(fd)))
            add(c, fd);
    }
    closedir(open);
}

bool
pump_card_open(struct pump_card *c)
{
    *c = (struct pump_card){0};
    const char *driver = SDL_GetCurrentVideoDriver();
    if (!driver || SDL_strcasecmp(driver, "KMSDRM") != 0)
        return false;
    int wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wake <= 0) {
        log_warning("there is no eventfd to sleep with: %m");
        return false;
    }
    c->wake = wake;
    c->is_stale = true;
    return true;
}

void
pump_card_close(struct pump_card *c)
{
    if (c->wake > 0)
        close(c->wake);
    *c = (struct pump_card){0};
}

static void
take_wake(const struct pump_card *c)
{
    uint64_t times;
    if (read(c->wake, &times, sizeof times) < 0)
        return; // nobody has woken us: that is what it says then
}

void
pump_card_wait(struct pump_card *c, int64_t wait_ms)
{
    if (c->is_stale || c->panels != SDL_GetNumTouchDevices())
        look_which_there_are(c);
    if (wait_ms > WAIT_MOST_MS)
        wait_ms = WAIT_MOST_MS;
    if (poll(c->fds, (nfds_t) c->count, (int) wait_ms) <= 0)
        return;
    take_wake(c);
    bool was_pulled_out = false;
    for (int i = 1; i < c->count; i++) {
        bool is_gone = c->fds[i].revents & (POLLERR | POLLHUP | POLLNVAL);
        was_pulled_out |= is_gone;
        c->is_stale |=
            is_gone || (c->fds[i].revents && is_udev_monitor(c->fds[i].fd));
    }
    if (was_pulled_out) {
        // SDL hears of it from udev, a moment later; until then poll would
        // come back at once, again and again.
        const struct timespec moment = {.tv_nsec = UNPLUGGED_MS * 1000000L};
        nanosleep(&moment, NULL);
    }
}

void
pump_card_wake(const struct pump_card *c)
{
    const uint64_t once = 1;
    if (c->wake > 0 && write(c->wake, &once, sizeof once) < 0)
        return; // it is full, so the wait ends anyway
}
