#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "kiosk/worker_part.h"

static bool
is_wanted(const struct worker *w, const struct worker_photo *photo)
{
    for (int i = 0; i < w->wish_count; i++)
        if (w->wishes[i].asking == photo->asking)
            return true;
    return false;
}

/* Takes over the pixels; they may no longer be wanted by now. */
void
worker_publish_photo(struct worker *w, struct worker_photo *photo)
{
    bool must_wake = false;
    mutex_lock(w->lock);
    struct news *n = &w->news;
    if (is_wanted(w, photo)) {
        n->photos = memory_grow(n->photos, (size_t) (n->photo_count + 1) *
                                               sizeof *n->photos);
        n->photos[n->photo_count++] = *photo;
        photo->pixels = NULL;
        must_wake = worker_raise_news(w);
    }
    mutex_unlock(w->lock);
    free(photo->pixels);
    if (must_wake)
        w->settings.wake(w->settings.wake_data);
}

/* Hands a new list on to the photos, as a copy of their own. */
void
worker_take_wishes(struct worker *w)
{
    struct photo_wish wishes[WORKER_PHOTOS_MAX];
    int count = 0;
    mutex_lock(w->lock);
    bool are_new = w->has_new_wishes;
    for (; are_new && count < w->wish_count; count++)
        wishes[count] = (struct photo_wish){
            .image = memory_copy_string(w->wishes[count].image),
            .asking = w->wishes[count].asking,
        };
    w->has_new_wishes = false;
    mutex_unlock(w->lock);
    if (are_new)
        worker_photos_want(&w->photos, wishes, count);
}

bool
worker_has_room_for_photos(struct worker *w)
{
    mutex_lock(w->lock);
    bool has_room = w->news.photo_count < PHOTOS_WAITING_MAX;
    mutex_unlock(w->lock);
    return has_room;
}

static const struct photo_wish *
find_wish(const struct photo_wish *wishes, int count, const char *image)
{
    for (int i = 0; i < count; i++)
        if (strcmp(wishes[i].image, image) == 0)
            return &wishes[i];
    return NULL;
}

/* Takes what nobody wants any more out of the slot. */
static void
drop_unwanted(struct worker *w)
{
    struct news *n = &w->news;
    int kept = 0;
    for (int i = 0; i < n->photo_count; i++) {
        if (is_wanted(w, &n->photos[i]))
            n->photos[kept++] = n->photos[i];
        else
            free(n->photos[i].pixels);
    }
    n->photo_count = kept;
}

void
worker_forget_wishes(struct worker *w)
{
    for (int i = 0; i < w->wish_count; i++)
        free(w->wishes[i].image);
    w->wish_count = 0;
}

void
worker_want_photos(struct worker *w, const char *const *images, int count)
{
    struct photo_wish wishes[WORKER_PHOTOS_MAX];
    int wish_count = 0;
    if (!w)
        return;
    mutex_lock(w->lock);
    bool is_same = true;
    for (int i = 0; i < count && wish_count < WORKER_PHOTOS_MAX; i++) {
        if (!*images[i] || find_wish(wishes, wish_count, images[i]))
            continue;
        const struct photo_wish *known =
            find_wish(w->wishes, w->wish_count, images[i]);
        is_same = is_same && known == &w->wishes[wish_count];
        wishes[wish_count++] = (struct photo_wish){
            .image = memory_copy_string(images[i]),
            .asking = known ? known->asking : ++w->last_asking,
        };
    }
    is_same = is_same && wish_count == w->wish_count;
    worker_forget_wishes(w);
    if (wish_count)
        memcpy(w->wishes, wishes, (size_t) wish_count * sizeof *wishes);
    w->wish_count = wish_count;
    drop_unwanted(w);
    w->has_new_wishes = w->has_new_wishes || !is_same;
    if (!is_same && w->http)
        http_wake(w->http);
    mutex_unlock(w->lock);
}
