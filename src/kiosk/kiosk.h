#ifndef KIOSK_KIOSK_H
#define KIOSK_KIOSK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "kiosk/painter.h"
#include "kiosk/program.h"
#include "kiosk/screen_power.h"
#include "kiosk/service.h"
#include "kiosk/setup.h"
#include "kiosk/show.h"
#include "kiosk/wanted_photos.h"
#include "kiosk/worker.h"
#include "sdl/canvas.h"
#include "sdl/glass.h"
#include "sdl/photos.h"
#include "sdl/pump.h"
#include "sdl/text_run.h"

/*
 * All that stands behind the picture on the wall, and the order in which it is
 * opened and closed; run_show.c is the loop between the two. UI thread.
 */

/* The running kiosk: everything the UI thread owns. */
struct kiosk {
    const struct program *program; // borrowed; the only one that is set before
    struct service service;
    struct screen_power power;
    struct setup setup;
    struct glass *glass;
    struct pump pump;
    struct fonts *fonts;
    struct ruler ruler;
    struct photos *photos;
    struct canvas *canvas;
    struct worker *worker; // NULL: there is nothing to fetch
    struct show show;
    struct painter painter;
    struct wanted_photos wanted;
    int64_t trust_asked_ms;
    bool is_clock_trusted;
    bool is_writing; // keys come as text
    bool wants_out;
    int ends_with; // the status then
};

/* False: it cannot be shown, which has been said; `ends_with` is the status. */
bool kiosk_open(struct kiosk *k);

/* Also of one that was not opened. Does not return where the worker hangs. */
void kiosk_close(struct kiosk *k);

/* The clock of this turn. Whether to trust it is asked every few seconds, and at
   once when the worker says that it was set. */
struct now kiosk_clock(struct kiosk *k);

/* Takes the screen for what it has become: all is laid out and painted anew. */
void kiosk_resize(struct kiosk *k);

/* Gives the show what the worker has brought, if anything. */
void kiosk_take_news(struct kiosk *k);

#endif
