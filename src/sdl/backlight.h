#ifndef SDL_BACKLIGHT_H
#define SDL_BACKLIGHT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How bright a panel's backlight is, as the kernel has it under
 * /sys/class/backlight (Documentation/ABI/stable/sysfs-class-backlight). No SDL
 * in it. UI thread.
 */

#define BACKLIGHTS "/sys/class/backlight"

/* Zero is valid: there is none. */
struct backlight {
    char name[64];  // "10-0045"; ""
    char path[288]; // of its brightness
    int most;       // max_brightness; the least is 0, off
};

/*
 * The first in the order of names that is ours to set. False when there is
 * none; `*is_forbidden` then tells whether there is one that may not be set.
 * `folder`: BACKLIGHTS.
 */
bool backlight_find(struct backlight *b, const char *folder,
                    bool *is_forbidden);

/* Its level as it was last set, 0 to `most`; -1 when it cannot be read. */
int backlight_read(const struct backlight *b);

/* False, with errno, when it cannot be set. */
bool backlight_write(const struct backlight *b, int level);

#endif
