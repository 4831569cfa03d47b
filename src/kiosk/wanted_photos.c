#include "kiosk/wanted_photos.h"

#include <string.h>

#include "base/hash.h"

/* Tells the show which of the photos it could use are here. */
static void
note_photos(const struct wanted_photos *p, struct photos *photos,
            struct show *s)
{
    s->photo_count = 0;
    for (int i = 0; i < p->count; i++)
        if (photos_find(photos, p->keys[i]))
            s->photos[s->photo_count++] = p->keys[i];
}

static bool
has_photo(const struct slide *slide)
{
    bool can_have = slide->kind == SLIDE_IDEA ||
                    slide->kind == SLIDE_SCRAPBOOK ||
                    slide->kind == SLIDE_IMPACT;
    return can_have && *slide->items[0]->image;
}

void
wanted_photos_ask(struct wanted_photos *p, struct photos *photos,
                  struct worker *w, struct show *s)
{
    if (p->order_number == s->order_number)
        return;
    p->order_number = s->order_number;
    // A photo covers its box, so one side may be longer: half as much again.
    size_t each = (size_t) p->w * (size_t) p->h * 4 * 3 / 2;
    int room = (int) (WANTED_PHOTOS_BYTES / (each ? each : 1));
    const char *images[SLIDES_MAX] = {0};
    p->count = 0;
    for (int i = 0; i < s->order.count && p->count < room; i++) {
        if (!has_photo(&s->order.slides[i]))
            continue;
        images[p->count] = s->order.slides[i].items[0]->image;
        p->keys[p->count++] = hash_string(s->order.slides[i].items[0]->image);
    }
    photos_keep(photos, p->keys, (size_t) p->count);
    note_photos(p, photos, s);
    worker_want_photos(w, images, p->count);
}

bool
wanted_photos_decode(const unsigned char *bytes, size_t len, int w, int h,
                     int max_side, struct worker_photo *out,
                     struct problem *why)
{
    struct photo photo;
    if (!photo_decode(bytes, len, w, h, max_side, &photo, why))
        return false;
    *out = (struct worker_photo){
        .w = photo.w, .h = photo.h, .pixels = photo.pixels};
    return true;
}

void
wanted_photos_take(const struct wanted_photos *p, struct photos *photos,
                   struct news *news, struct show *s)
{
    for (int i = 0; i < news->photo_count; i++) {
        struct worker_photo *from = &news->photos[i];
        struct photo photo = {from->w, from->h, from->pixels};
        photos_give(photos, from->key, &photo);
        from->pixels = NULL;
    }
    note_photos(p, photos, s);
}
