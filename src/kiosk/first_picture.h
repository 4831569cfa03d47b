#ifndef KIOSK_FIRST_PICTURE_H
#define KIOSK_FIRST_PICTURE_H

#include <stdbool.h>

#include "kiosk/kiosk.h"

/*
 * All that has to be there before the board can be seen, but for the window: the
 * fonts, the worker, what it finds on the disk, and the first slide painted, and
 * shown where that can be done so early. UI thread.
 */

/* Of a kiosk with a glass, not lit, and a pump; `fonts` is their folder. False: it
   cannot be, which has been said. */
bool first_picture_show(struct kiosk *k, const char *fonts,
                        const struct panel *panel);

#endif
