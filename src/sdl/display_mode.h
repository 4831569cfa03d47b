#ifndef SDL_DISPLAY_MODE_H
#define SDL_DISPLAY_MODE_H

#include <stdbool.h>

/*
 * Which of a screen's modes to show in. A 4K television offers 3840 × 2160, on
 * a Pi 4 often at 30 Hz only, and beyond what a Pi 3 can draw: from across the
 * room nobody sees the difference. Pure.
 */

struct display_mode {
    int w, h;
    int hz; // 0: unknown
};

/* What the settings ask for: 0 × 0: as it is, but no more than full HD;
   DISPLAY_MODE_NATIVE × any: as it is; else that size. */
#define DISPLAY_MODE_NATIVE (-1)

/*
 * The index of the one to change to. -1: stay in `now`, because it is right, or
 * because nothing better is offered (then `*is_missing` tells whether the size
 * that was asked for is not among them). Of a size the one nearest to 60 Hz.
 */
int display_mode_pick(const struct display_mode *modes, int count,
                      struct display_mode now, int want_w, int want_h,
                      bool *is_missing);

#endif
