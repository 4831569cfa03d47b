#ifndef SDL_PHOTOS_H
#define SDL_PHOTOS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <SDL2/SDL.h>

#include "base/problem.h"

/*
 * Photos: from bytes of unknown origin to a picture of the size it is shown.
 *
 * photo_decode may run on any thread (it touches no video state); the
 * collection belongs to the UI thread.
 */

#define PHOTO_MAX_BYTES ((size_t) 8 * 1024 * 1024)
#define PHOTO_MAX_PIXELS ((int64_t) 16 * 1000 * 1000)
#define PHOTO_MAX_SIDE 32768

struct photo { // owned pixels: XRGB8888 rows of w × 4 bytes, malloc'ed
    int w, h;
    uint32_t *pixels;
};

/*
 * Reads the header first (JPEG, PNG, WebP; nothing else is tried) and refuses
 * what is over the limits before decoding anything; then decodes, turns as
 * EXIF says, puts transparency on white, and scales down (area average) to
 * the smallest size that still covers w × h, neither side over
 * `max_side` (0: no limit). False with a sentence in `why`.
 */
bool photo_decode(const unsigned char *bytes, size_t len, int w, int h,
                  int max_side, struct photo *out, struct problem *why);
void photo_free(struct photo *p);

/* The size in the header of a JPEG, PNG or WebP, without decoding. */
bool photo_header(const unsigned char *bytes, size_t len, int *w, int *h);

struct photos;

struct photos *photos_new(size_t budget_bytes);
void photos_free(struct photos *p);

/* Takes over the pixels. Beyond the budget the one unused longest goes. */
void photos_give(struct photos *p, uint64_t key, struct photo *photo);
const struct photo *photos_find(struct photos *p, uint64_t key); // NULL: none

/* Drops every photo whose key is not in the list. */
void photos_keep(struct photos *p, const uint64_t *keys, size_t count);

#endif
