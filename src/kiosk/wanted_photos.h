#ifndef KIOSK_WANTED_PHOTOS_H
#define KIOSK_WANTED_PHOTOS_H

#include "kiosk/show.h"
#include "kiosk/worker.h"
#include "sdl/photos.h"

/*
 * The photos of the slides there are: asked of the worker whenever the running
 * order changes, as many as have room. UI thread. Zero but for w and h.
 */

#define WANTED_PHOTOS_BYTES ((size_t) 16 * 1024 * 1024)

struct wanted_photos {
    int w, h;                  // the largest box one is shown in
    uint32_t order_number;     // whose photos were asked for
    uint64_t keys[SLIDES_MAX]; // of these
    int count;
};

void wanted_photos_ask(struct wanted_photos *p, struct photos *photos,
                       struct worker *w, struct show *s);

/* For worker_settings.decode: on the worker's thread. */
bool wanted_photos_decode(const unsigned char *bytes, size_t len, int w, int h,
                          int max_side, struct worker_photo *out,
                          struct problem *why);

/* Takes the photos that came with the news; tells the show what is here. */
void wanted_photos_take(const struct wanted_photos *p, struct photos *photos,
                        struct news *news, struct show *s);

#endif
