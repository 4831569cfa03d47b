#include "kiosk/worker_photos.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "io/file.h"
#include "kiosk/worker_feed.h"
#include "kiosk/worker_path.h"

#define AT_ONCE 2
#define FIRST_RETRY_MS (30 * 1000)
#define RETRY_MOST_MS (60 * 60 * 1000)
#define ACCEPTED "image/webp, image/jpeg, image/png"

void
worker_photos_init(struct worker_photos *p, const struct worker_settings *s,
                   struct cache *cache, const char *feed_path)
{
    *p = (struct worker_photos){
        .settings = s,
        .cache = cache,
        .feed_path = feed_path,
        .last_tag = WORKER_FEED_TAG,
    };
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

/* Takes over the image. */
static struct picture
picture_new(const struct worker_photos *p, const struct photo_wish *wish)
{
    struct picture picture = {.image = wish->image, .asking = wish->asking};
    picture.url = http_resolve(p->feed_path ? "" : p->base_url, wish->image);
    if (!picture.url && p->feed_path)
        picture.path = worker_path_of_picture(p->feed_path, wish->image);
    if (!picture.url && !picture.path) {
        log_warning("a picture's address is not one this screen may use: %s",
                    wish->image);
        picture.state = PICTURE_DONE;
    }
    return picture;
}

static struct picture *
find_asking(struct worker_photos *p, uint32_t asking)
{
    for (int i = 0; i < p->count; i++)
        if (p->list[i].image && p->list[i].asking == asking)
            return &p->list[i];
    return NULL;
}

void
worker_photos_want(struct worker_photos *p, const struct photo_wish *wishes,
                   int count)
{
    struct picture wanted[WORKER_PHOTOS_MAX];
    for (int i = 0; i < count; i++) {
        struct picture *known = find_asking(p, wishes[i].asking);
        if (known) {
            wanted[i] = *known;
            *known = (struct picture){0};
            free(wishes[i].image);
        } else {
            wanted[i] = picture_new(p, &wishes[i]);
        }
    }
    for (int i = 0; i < p->count; i++)
        picture_destroy(&p->list[i]);
    if (count)
        memcpy(p->list, wanted, (size_t) count * sizeof *wanted);
    p->count = count;
}

static bool
is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

void
worker_photos_move(struct worker_photos *p, const char *base_url)
{
    if (strcmp(p->base_url, base_url) == 0)
        return;
    snprintf(p->base_url, sizeof p->base_url, "%s", base_url);
    for (int i = 0; i < p->count; i++) {
        struct picture *picture = &p->list[i];
        struct photo_wish wish = {memory_copy_string(picture->image),
                                  picture->asking};
        struct picture moved = picture_new(p, &wish);
        bool is_same = is_same_text(moved.url, picture->url);
        picture_destroy(is_same ? &moved : picture);
        if (!is_same)
            *picture = moved;
    }
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
                   s->photo_w, s->photo_h, s->photo_side_most, out, why))
        return false;
    out->key = hash_string(picture->image);
    out->asking = picture->asking;
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
        ok = file_read(picture->path, p->settings->photo_most_bytes, &bytes,
                       &why) &&
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
        .most_bytes = p->settings->photo_most_bytes,
        .is_guarded = true,
        .allowed = place,
        .tag = ++p->last_tag,
    };
    struct problem why = {0};
    picture->tag = request.tag;
    if (!http_start(http, &request, &why)) {
        failed(picture, why.text, 0, now_ms);
        return;
    }
    picture->state = PICTURE_FETCHING;
    p->flying++;
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
        return picture->path || (may_fetch && p->flying < AT_ONCE);
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
    p->flying--;
    if (!picture)
        return false; // nobody asks for it any more
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
