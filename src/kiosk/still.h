#ifndef KIOSK_STILL_H
#define KIOSK_STILL_H

#include <stdbool.h>

#include "kiosk/load.h"
#include "kiosk/local_meetings.h"
#include "kiosk/program.h"
#include "sdl/fonts.h"
#include "sdl/text_run.h"
#include "view/screen.h"

/*
 * One feed at one moment on one panel, with fonts but without a window: what
 * --list, --check and --render have in common.
 */

struct still {
    struct fonts *fonts; // owned
    struct ruler ruler;
    struct theme theme;
    struct loaded loaded; // owned
    struct local_meetings *meetings; // owned; from calendars; NULL: none
    struct board board; // what was loaded, with the meetings: what is drawn
    bool has_bad_calendar; // one that the command line names
    struct now now;
    struct arena arena;
    struct running_order order; // lives in arena
    struct arena frame;
    struct draw_list list; // of the page drawn last
    uint64_t photos[SLIDES_MAX]; // taken to be there, until lost
    int photo_count;
};

/* 0, or the exit status after saying why on stderr. Destroy either way. */
int still_init(struct still *s, const struct program *p);
void still_destroy(struct still *s);

/* That photo cannot be had: slides are laid out without it. */
void still_lose_photo(struct still *s, uint64_t key);

/* Draws that page into s->list. */
struct screen_facts still_draw(struct still *s, int slide, int page);

#endif
