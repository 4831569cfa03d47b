#include "kiosk/worker_photos.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/file.h"
#include "kiosk/worker_path.h"

/* As sdl/photos.h has it; the worker may not look in there. */
#define PICTURE_MAX_BYTES ((size_t) 8 * 1024 * 1024)
#define AT_ONCE 2
#define FIRST_RETRY_MS (30 * 1000)
#define RETRY_MOST_MS (60 * 60 * 1000)
#define ACCEPTED "image/webp, image/jpeg, image/png"

void
worker_photos_init(struct worker_photos *p, const struct worker_settings *s,
                   struct cache *cache)
{
    *p = (struct worker_photos){
        .settings = s, .cache = cache, .last_tag = WORKER_PHOTOS_MAX};
}

static void
picture_destroy(struct picture *picture)
{
    free(picture->image);
    free(picture->url);
    free(picture->path);
    *picture = (struct picture){0};
}

void
worker_photos_destroy(struct worker_photos *p)
{
    for (int i = 0; i < p->count; i++)
        picture_destroy(&p->list[i]);
    *p = (struct worker_photos){0};
}

static struct picture *
find_image(struct picture *list, int count, const char *image)
{
    for (int i = 0; i < count; i++)
        if (list[i].image && strcmp(list[i].image, image) == 0)
            return &list[i];
    return NULL;
}

static struct picture
picture_new(const char *image, const char *base_url, const char *feed_path)
{
    struct picture picture = {.image = memory_copy_string(image)};
    picture.url = http_resolve(feed_path ? "" : base_url, image);
    if (!picture.url && feed_path)
        picture.path = worker_path_of_picture(feed_path, image);
    if (!picture.url && !picture.path) {
        log_warning("a picture's address is not one this screen may use: %s",
                    image);
        picture.state = PICTURE_DONE;
    }
    return picture;
}

void
worker_photos_want(struct worker_photos *p, const struct board *board,
                   const char *base_url, const char *feed_path)
{
    struct picture wanted[WORKER_PHOTOS_MAX];
    int count = 0;
    p->feed_path = feed_path;
    for (int i = 0; i < board->item_count && count < WORKER_PHOTOS_MAX; i++) {
        const char *image = board->items[i].image;
        if (!*image || find_image(wanted, count, image))
            continue;
        struct picture *known = find_image(p->list, p->count, image);
        if (known) {
            wanted[count++] = *known;
            *known = (struct picture){0};
        } else {
            wanted[count++] = picture_new(image, base_url, feed_path);
        }
    }
    for (int i = 0; i < p->count; i++)
        picture_destroy(&p->list[i]);
    if (count)
        memcpy(p->list, wanted, (size_t) count * sizeof *wanted);
    p->count = count;
}

static void
failed(struct picture *picture, const char *why, int retry_after_s,
       int64_t now_ms)
{
    if (picture->failures == 0)
        log_warning("a picture of the feed cannot be shown: %s (%s)", why,
                    picture->image);
    int64_t wait_ms = FIRST_RETRY_MS;
    for (int i = 0; i < picture->failures && wait_ms < RETRY_MOST_MS; i++)
        wait_ms *= 2;
    if (wait_ms < retry_after_s * INT64_C(1000))
        wait_ms = retry_after_s * INT64_C(1000);
    if (wait_ms > RETRY_MOST_MS)
        wait_ms = RETRY_MOST_MS;
    picture->failures++;
    picture->state = PICTURE_MISSING;
    picture->next_ms = now_ms + wait_ms;
}

static bool
decode(const struct worker_photos *p, struct picture *picture,
       const struct text *bytes, struct worker_photo *out, struct problem *why)
{
    const struct worker_settings *s = p->settings;
    *out = (struct worker_photo){0};
    if (!s->decode((const unsigned char *) text_string(bytes), bytes->len,
                   s->photo_w, s->photo_h, s->max_texture, out, why))
        return false;
    out->key = hash_string(picture->image);
    picture->state = PICTURE_DONE;
    return true;
}

/* A first look where no network is needed. */
static bool
look_in_cache(struct worker_photos *p, struct picture *picture,
              struct worker_photo *out)
{
    struct text bytes = {0};
    struct problem why = {0};
    picture->state = PICTURE_MISSING;
    bool ok = picture->url &&
              cache_find_picture(p->cache, picture->url, &bytes) &&
              decode(p, picture, &bytes, out, &why);
    text_destroy(&bytes);
    return ok;
}

static bool
read_beside_feed(struct worker_photos *p, struct picture *picture,
                 int64_t now_ms, struct worker_photo *out)
{
    struct text bytes = {0};
    struct problem why = {0};
    bool ok = false;
    if (file_stamp(picture->path) &&
        !worker_path_is_inside(p->feed_path, picture->path))
        problem_set(&why, 0, 0, "It is not in the feed's folder");
    else
        ok = file_read(picture->path, PICTURE_MAX_BYTES, &bytes, &why) &&
             decode(p, picture, &bytes, out, &why);
    text_destroy(&bytes);
    if (!ok)
        failed(picture, why.text, 0, now_ms);
    return ok;
}

static void
fetch(struct worker_photos *p, struct picture *picture,
      struct http_client *http, enum http_place place, int64_t now_ms)
{
    struct http_request request = {
        .url = picture->url,
        .accept = ACCEPTED,
        .most_bytes = PICTURE_MAX_BYTES,
        .is_guarded = true,
        .allowed = place,
        .tag = ++p->last_tag,
    };
    struct problem why = {0};
    picture->tag = request.tag;
    if (http_start(http, &request, &why))
        picture->state = PICTURE_FETCHING;
    else
        failed(picture, why.text, 0, now_ms);
}

static int
count_fetching(const struct worker_photos *p)
{
    int count = 0;
    for (int i = 0; i < p->count; i++)
        count += p->list[i].state == PICTURE_FETCHING;
    return count;
}

/* Whether a step would do something for this picture, if its time has come. */
static bool
can_step(const struct worker_photos *p, const struct picture *picture,
         bool may_fetch)
{
    if (!p->settings->decode)
        return false;
    switch (picture->state) {
    case PICTURE_NEW:
        return true;
    case PICTURE_MISSING:
        return picture->path || (may_fetch && count_fetching(p) < AT_ONCE);
    case PICTURE_FETCHING:
    case PICTURE_DONE:
        return false;
    }
    return false;
}

bool
worker_photos_step(struct worker_photos *p, struct http_client *http,
                   enum http_place place, bool may_fetch, int64_t now_ms,
                   struct worker_photo *out)
{
    for (int i = 0; i < p->count; i++) {
        struct picture *picture = &p->list[i];
        if (!can_step(p, picture, may_fetch) || picture->next_ms > now_ms)
            continue;
        if (picture->state == PICTURE_NEW && picture->url)
            return look_in_cache(p, picture, out);
        if (picture->path)
            return read_beside_feed(p, picture, now_ms, out);
        fetch(p, picture, http, place, now_ms);
    }
    return false;
}

int64_t
worker_photos_due_ms(const struct worker_photos *p, bool may_fetch,
                     int64_t now_ms)
{
    int64_t due_ms = INT64_MAX;
    for (int i = 0; i < p->count; i++) {
        const struct picture *picture = &p->list[i];
        if (can_step(p, picture, may_fetch) && picture->next_ms < due_ms)
            due_ms = picture->next_ms;
    }
    return due_ms < now_ms ? now_ms : due_ms;
}

static struct picture *
find_tag(struct worker_photos *p, int tag)
{
    for (int i = 0; i < p->count; i++)
        if (p->list[i].state == PICTURE_FETCHING && p->list[i].tag == tag)
            return &p->list[i];
    return NULL;
}

bool
worker_photos_answer(struct worker_photos *p, struct http_reply *reply,
                     int64_t now_ms, struct worker_photo *out)
{
    struct picture *picture = find_tag(p, reply->tag);
    if (!picture)
        return false; // it left the board meanwhile
    struct problem why = reply->why;
    if (reply->outcome == HTTP_OK &&
        decode(p, picture, &reply->body, out, &why)) {
        // Only what can be shown is worth keeping. Where there is no room the
        // cache says so, and the picture is up all the same.
        cache_keep_picture(p->cache, picture->url, reply->body.bytes,
                           reply->body.len, &why);
        return true;
    }
    failed(picture, why.text, reply->retry_after_s, now_ms);
    return false;
}
