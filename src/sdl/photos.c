#include "sdl/photos.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sdl/photo_header.h"
#include "sdl/photo_scale.h"

/*
 * SDL_image brings decoders for a dozen formats: 1.6 MB of memory for a
 * program that is linked to it and shows no photo. So it is opened for a
 * photo and closed behind it.
 */
#define IMAGE_LIBRARY "libSDL2_image-2.0.so.0"

typedef SDL_Surface *photo_loader(SDL_RWops *bytes);

struct kept_photo {
    uint64_t key;
    struct photo photo; // owned
    uint64_t used;      // tick of the latest use
};

struct photos {
    struct kept_photo *kept; // owned
    size_t count, size;
    size_t budget, bytes;
    uint64_t tick;
};

bool
photo_header(const unsigned char *bytes, size_t len, int *w, int *h)
{
    struct photo_info info;
    if (!photo_info_read(bytes, len, &info))
        return false;
    *w = info.w;
    *h = info.h;
    return true;
}

static bool
is_acceptable(size_t len, const struct photo_info *info, struct problem *why)
{
    if (len > PHOTO_MAX_BYTES) {
        problem_set(why, 0, 0,
                    "The photo is a file of more than %zu MB. Save a smaller "
                    "copy and use that",
                    PHOTO_MAX_BYTES / 1024 / 1024);
        return false;
    }
    if ((int64_t) info->w * info->h > PHOTO_MAX_PIXELS ||
        info->w > PHOTO_MAX_SIDE || info->h > PHOTO_MAX_SIDE) {
        problem_set(why, 0, 0,
                    "The photo is too large: %d by %d. Save a copy with at "
                    "most %d million pixels",
                    info->w, info->h, (int) (PHOTO_MAX_PIXELS / 1000000));
        return false;
    }
    if (!info->is_whole) {
        problem_set(why, 0, 0,
                    "The photo breaks off in the middle. Upload it again");
        return false;
    }
    return true;
}

static SDL_Surface *
decode(const unsigned char *bytes, size_t len, enum photo_kind kind,
       void *library)
{
    static const char *const names[] = {
        [PHOTO_JPEG] = "IMG_LoadJPG_RW",
        [PHOTO_PNG] = "IMG_LoadPNG_RW",
        [PHOTO_WEBP] = "IMG_LoadWEBP_RW",
    };
    photo_loader *load = (photo_loader *) dlsym(library, names[kind]);
    SDL_RWops *reader = load ? SDL_RWFromConstMem(bytes, (int) len) : NULL;
    if (!reader)
        return NULL;
    SDL_Surface *picture = load(reader);
    SDL_RWclose(reader);
    return picture;
}

/* The smallest size, not above the picture's own, that covers w × h. */
static void
fit(const SDL_Surface *picture, int w, int h, int max_side, int *to_w,
    int *to_h)
{
    double across = (double) w / picture->w, down = (double) h / picture->h;
    double scale = across > down ? across : down;
    int longest = picture->w > picture->h ? picture->w : picture->h;
    if (scale > 1)
        scale = 1;
    if (max_side > 0 && longest * scale > max_side)
        scale = (double) max_side / longest;
    *to_w = (int) (picture->w * scale + 0.999);
    *to_h = (int) (picture->h * scale + 0.999);
    if (max_side > 0 && *to_w > max_side)
        *to_w = max_side;
    if (max_side > 0 && *to_h > max_side)
        *to_h = max_side;
    *to_w = *to_w < 1 ? 1 : *to_w > picture->w ? picture->w : *to_w;
    *to_h = *to_h < 1 ? 1 : *to_h > picture->h ? picture->h : *to_h;
}

static bool
decode_and_scale(const unsigned char *bytes, size_t len,
                 const struct photo_info *info, int w, int h, int max_side,
                 struct photo *out, void *library)
{
    SDL_Surface *picture = decode(bytes, len, info->kind, library);
    if (!picture)
        return false;
    bool is_turned = info->orientation >= 5;
    int to_w, to_h;
    fit(picture, is_turned ? h : w, is_turned ? w : h, max_side, &to_w, &to_h);
    // A decoder that finds another picture than the header announced is being
    // led somewhere.
    bool is_good = picture->w == info->w && picture->h == info->h &&
                   photo_scale(picture, to_w, to_h, info->orientation, out);
    SDL_FreeSurface(picture);
    return is_good;
}

bool
photo_decode(const unsigned char *bytes, size_t len, int w, int h, int max_side,
             struct photo *out, struct problem *why)
{
    struct photo_info info;
    *out = (struct photo){0};
    if (!photo_info_read(bytes, len, &info)) {
        problem_set(why, 0, 0,
                    "This is not a JPEG, PNG or WebP photo. Save it as one "
                    "of these and use that");
        return false;
    }
    if (!is_acceptable(len, &info, why))
        return false;
    void *library = dlopen(IMAGE_LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        problem_set(why, 0, 0,
                    "Photos cannot be shown on this machine: SDL2_image is "
                    "missing. Install the package libsdl2-image-2.0-0");
        return false;
    }
    bool is_good =
        decode_and_scale(bytes, len, &info, w, h, max_side, out, library);
    dlclose(library);
    if (!is_good)
        problem_set(why, 0, 0,
                    "The photo is damaged or of a kind that cannot be shown. "
                    "Save it again as a JPEG");
    return is_good;
}

void
photo_free(struct photo *p)
{
    if (!p)
        return;
    free(p->pixels);
    *p = (struct photo){0};
}

static size_t
photo_bytes(const struct photo *p)
{
    return (size_t) p->w * (size_t) p->h * 4;
}

struct photos *
photos_new(size_t budget_bytes)
{
    struct photos *p = memory_take_zeroed(sizeof *p);
    p->budget = budget_bytes;
    return p;
}

static void
drop(struct photos *p, size_t at)
{
    p->bytes -= photo_bytes(&p->kept[at].photo);
    photo_free(&p->kept[at].photo);
    p->kept[at] = p->kept[--p->count];
}

void
photos_free(struct photos *p)
{
    if (!p)
        return;
    while (p->count > 0)
        drop(p, p->count - 1);
    free(p->kept);
    free(p);
}

static struct kept_photo *
find(struct photos *p, uint64_t key)
{
    for (size_t i = 0; i < p->count; i++)
        if (p->kept[i].key == key)
            return &p->kept[i];
    return NULL;
}

static size_t
oldest(const struct photos *p)
{
    size_t found = 0;
    for (size_t i = 1; i < p->count; i++)
        if (p->kept[i].used < p->kept[found].used)
            found = i;
    return found;
}

void
photos_give(struct photos *p, uint64_t key, struct photo *photo)
{
    struct kept_photo *known = find(p, key);
    if (known)
        drop(p, (size_t) (known - p->kept));
    while (p->count > 0 && p->bytes + photo_bytes(photo) > p->budget)
        drop(p, oldest(p));
    if (p->count == p->size) {
        p->size = p->size ? p->size * 2 : 8;
        p->kept = memory_grow(p->kept, p->size * sizeof *p->kept);
    }
    p->kept[p->count++] = (struct kept_photo){key, *photo, ++p->tick};
    p->bytes += photo_bytes(photo);
    *photo = (struct photo){0};
}

const struct photo *
photos_find(struct photos *p, uint64_t key)
{
    struct kept_photo *known = find(p, key);
    if (!known)
        return NULL;
    known->used = ++p->tick;
    return &known->photo;
}

static bool
is_listed(uint64_t key, const uint64_t *keys, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (keys[i] == key)
            return true;
    return false;
}

void
photos_keep(struct photos *p, const uint64_t *keys, size_t count)
{
    for (size_t i = p->count; i-- > 0;)
        if (!is_listed(p->kept[i].key, keys, count))
            drop(p, i);
}
