#ifndef KIOSK_FIRST_PICTURE_H
#define KIOSK_FIRST_PICTURE_H

#include <limits.h>
#include <stdbool.h>

#include "kiosk/kiosk.h"

/*
 * All that has to be there before the board can be seen, but for the screen:
 * the fonts, the worker, what it finds on the disk, and the first slide painted.
 * On a thread of its own, while the UI thread opens the screen: until that
 * thread has been joined it has the whole kiosk to itself, but for the window.
 */

struct first_picture {
    struct kiosk *kiosk; // borrowed; with a glass, lit or not, and a pump
    char fonts[PATH_MAX];
    struct panel panel;  // as the screen is going to be
    bool is_ready;       // false: it cannot be, which has been said
};

void first_picture_draw(void *first);

#endif
