#ifndef HUB_CONTENT_PHOTO_H
#define HUB_CONTENT_PHOTO_H

#include "base/arena.h"

/*
 * The pictures that come with a sample: copied into the folder `photos` of the
 * hub's data, from where it serves them as /photos/NAME. A kiosk takes that
 * for an address beside the feed. Other pictures a hub does not keep: their
 * items have their addresses.
 */

#define CONTENT_PHOTOS "photos" // in the data folder

/*
 * Copies the picture that an item of the file `feed` calls `image`, when that is
 * a plain file name of letters, digits, - _ and ., beside the feed, and a JPEG
 * or a PNG of at most WEB_FILE_MOST_BYTES by its name and by its first bytes.
 * Gives its path at the hub, in `a`; "" (logged) when it is none such or cannot
 * be kept.
 */
const char *content_photo_copy(struct arena *a, const char *feed,
                               const char *image, const char *data);

#endif
