#include "sdl/picture.h"

#include <dlfcn.h>

#include "base/memory.h"

// Opened only for as long as a picture is written, as sdl/photos does: linked
// to the program it would cost every kiosk 1.6 MB.
#define IMAGE_LIBRARY "libSDL2_image-2.0.so.0"

typedef int picture_saver(SDL_Surface *picture, const char *path);

SDL_Surface *
picture_new(int w, int h)
{
    SDL_Surface *picture =
        SDL_CreateRGBSurfaceWithFormat(0, w, h, 32, SDL_PIXELFORMAT_XRGB8888);
    if (!picture)
        memory_exhausted();
    return picture;
}

void
picture_free(SDL_Surface *picture)
{
    SDL_FreeSurface(picture);
}

bool
picture_save(SDL_Surface *picture, const char *path, struct problem *why)
{
    void *library = dlopen(IMAGE_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    picture_saver *save =
        library ? (picture_saver *) dlsym(library, "IMG_SavePNG") : NULL;
    bool is_good = save && save(picture, path) == 0;
    if (!save)
        problem_set(why, 0, 0,
                    "PNG files cannot be written on this machine: SDL2_image "
                    "is missing; install the package libsdl2-image-2.0-0");
    else if (!is_good)
        problem_set(why, 0, 0, "%.160s cannot be written: %.60s", path,
                    SDL_GetError());
    if (library)
        dlclose(library);
    return is_good;
}
