#ifndef SDL_PHOTO_HEADER_H
#define SDL_PHOTO_HEADER_H

#include <stdbool.h>
#include <stddef.h>

/*
 * What a picture file says about itself, read by our own few lines before any
 * decoder sees a byte: a decoder believes the header and allocates.
 */

enum photo_kind {
    PHOTO_JPEG,
    PHOTO_PNG,
    PHOTO_WEBP,
};

struct photo_info {
    enum photo_kind kind;
    int w, h;        // as stored, before turning
    int orientation; // EXIF 2.3, tag 0x0112: 1 (upright) to 8
    bool is_whole;   // false: it visibly breaks off
};

/* False when it is no JPEG, PNG or WebP, or has no size in its header. */
bool photo_info_read(const unsigned char *bytes, size_t len,
                     struct photo_info *info);

#endif
