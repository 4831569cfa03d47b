#ifndef SDL_PHOTO_SCALE_H
#define SDL_PHOTO_SCALE_H

#include "sdl/photos.h"

/*
 * A decoded picture, made smaller and turned upright. Each new pixel is the
 * average of exactly the area it stands for.
 *
 * `w` and `h` are the size before turning, neither larger than the picture's;
 * `orientation` is EXIF's. Transparency is put on white. False without memory
 * for it.
 */
bool photo_scale(SDL_Surface *from, int w, int h, int orientation,
                 struct photo *out);

#endif
