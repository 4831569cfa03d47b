#include "kiosk/worker_postits.h"

#include <string.h>

void
worker_postits_init(struct worker_postits *p, const char *folder,
                    const char *school)
{
    *p = (struct worker_postits){.folder = folder, .school = school};
}

void
worker_postits_destroy(struct worker_postits *p)
{
    kiosk_store_close(p->store);
    *p = (struct worker_postits){0};
}

static bool
open_store(struct worker_postits *p, int64_t now_s, struct problem *why)
{
    // One that went bad while it was open is set aside by opening it again.
    if (p->store && kiosk_store_is_damaged(p->store)) {
        kiosk_store_close(p->store);
        p->store = NULL;
    }
    if (!p->store)
        p->store = kiosk_store_open(p->folder, now_s, why);
    return p->store != NULL;
}

bool
worker_postits_have_room(struct worker_postits *p, int64_t now_s,
                         struct problem *why)
{
    return open_store(p, now_s, why) && kiosk_store_can_write(p->store, why);
}

bool
worker_postits_keep(struct worker_postits *p, const struct postit *postit,
                    int64_t now_s, struct problem *why)
{
    return open_store(p, now_s, why) && kiosk_store_post(p->store, postit, why);
}

void
worker_postits_tidy(struct worker_postits *p, int64_t now_s)
{
    if (!p->store)
        return;
    kiosk_store_settle_times(p->store, now_s);
    kiosk_store_expire(p->store, now_s);
}

static const char *
copy(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}

static struct item
item_of(struct arena *a, const struct postit *p, const char *school, int order)
{
    const char *text = copy(a, p->text);
    return (struct item){
        .kind = KIND_POSTIT,
        .order = order,
        .id = copy(a, p->id),
        .title = text,
        .text = text,
        .author = copy(a, p->author),
        .school = copy(a, school),
        .image = "",
        .link = "",
        .published_s = p->made_s,
        .window = {.from_s = TIME_NONE,
                   .until_s = p->expires_s,
                   .open_minute = -1},
        .on = DAY_NONE,
        .next_asker = "",
        .week = DAY_NONE,
        .next_step = "",
        .thanks = p->thanks,
        .trying = p->trying,
        .starts_s = TIME_NONE,
        .ends_s = TIME_NONE,
        .place = "",
        .sort = p->sort,
        .colour = p->colour,
        .answers = copy(a, p->answers),
    };
}

struct local_postits *
worker_postits_list(struct worker_postits *p, int64_t now_s)
{
    struct local_postits *list = local_postits_new();
    struct arena rows = {0};
    const struct postit *postits = NULL;
    int count =
        p->store ? kiosk_store_list(p->store, &rows, now_s, &postits) : 0;
    struct item *items = arena_array(
        &list->arena, count > 0 ? (size_t) count : 1, sizeof *items);
    for (int i = 0; i < count; i++)
        if (!postits[i].is_face_down)
            items[list->count++] =
                item_of(&list->arena, &postits[i], p->school, i);
    list->items = items;
    arena_destroy(&rows);
    return list;
}
