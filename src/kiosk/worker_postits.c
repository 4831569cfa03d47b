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

bool
worker_postits_open(struct worker_postits *p, int64_t now_s,
                    struct problem *why)
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
worker_postits_do(struct worker_postits *p, const struct request *r,
                  int64_t now_s, struct problem *why)
{
    if (!worker_postits_open(p, now_s, why))
        return false;
    struct kiosk_store *store = p->store;
    switch (r->kind) {
    case REQUEST_ROOM:
        return kiosk_store_can_write(store, why);
    case REQUEST_POST:
        return kiosk_store_post(store, &r->postit, why);
    case REQUEST_TAKE_BACK:
        return kiosk_store_take_back(store, r->target, now_s, why);
    case REQUEST_THANK:
        return kiosk_store_react(store, r->target, REACTION_THANKS, r->step,
                                 now_s, why);
    case REQUEST_TRY:
        return kiosk_store_react(store, r->target, REACTION_TRYING, r->step,
                                 now_s, why);
    case REQUEST_TURN_OVER:
        return kiosk_store_turn_over(store, r->target, r->step > 0, now_s, why);
    }
    return false;
}

bool
worker_postits_tidy(struct worker_postits *p, int64_t now_s)
{
    if (!p->store)
        return false;
    int settled = kiosk_store_settle_times(p->store, now_s);
    int gone = kiosk_store_expire(p->store, now_s);
    return settled > 0 || gone > 0;
}

static const char *
copy(struct arena *a, const char *text)
{
    return arena_copy(a, text, strlen(text));
}

static enum item_fate
fate_of(const struct postit *p)
{
    switch (p->state) {
    case POSTIT_WAITING:
        return p->is_refused ? FATE_STAYS : FATE_KEPT;
    case POSTIT_SENT:
        return FATE_SENT;
    case POSTIT_SHARED:
        return FATE_SHARED;
    }
    return FATE_NONE;
}

static struct item
item_of(struct arena *a, const struct postit *p,
        const struct worker_postits *from, int order)
{
    const char *text = copy(a, p->text);
    return (struct item){
        .kind = KIND_POSTIT,
        .order = order,
        .id = copy(a, p->id),
        .title = text,
        .text = text,
        .author = copy(a, p->author),
        .school = copy(a, from->school),
        .image = "",
        .link = "",
        .published_s = p->made_s,
        // None: the store lists what has not expired, and a window would hide
        // it from a screen whose clock is not set yet.
        .window = {TIME_NONE, TIME_NONE, 0, -1, -1},
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
        .is_face_down = p->is_face_down,
        .fate = from->has_hub ? fate_of(p) : FATE_NONE,
    };
}

/* False when they cannot be read. */
static bool
list_items(struct worker_postits *p, int64_t now_s, struct local_postits *list,
           struct arena *rows)
{
    const struct postit *postits = NULL;
    int count = kiosk_store_list(p->store, rows, now_s, &postits);
    if (count <= 0)
        return count == 0;
    struct item *items =
        arena_array(&list->arena, (size_t) count, sizeof *items);
    for (int i = 0; i < count; i++)
        items[i] = item_of(&list->arena, &postits[i], p, i);
    list->added.items = items;
    list->added.item_count = count;
    return true;
}

static bool
list_reactions(struct worker_postits *p, struct local_postits *list,
               struct arena *rows)
{
    const struct reaction *kept = NULL;
    int count = kiosk_store_reactions(p->store, rows, &kept);
    if (count <= 0)
        return count == 0;
    struct item_reaction *listed =
        arena_array(&list->arena, (size_t) count, sizeof *listed);
    for (int i = 0; i < count; i++)
        listed[i] = (struct item_reaction){
            .target = copy(&list->arena, kept[i].target),
            .thanks = kept[i].thanks - kept[i].thanks_in_feed,
            .trying = kept[i].trying - kept[i].trying_in_feed,
            .is_face_down = kept[i].is_face_down,
        };
    list->added.reactions = listed;
    list->added.reaction_count = count;
    return true;
}

struct local_postits *
worker_postits_list(struct worker_postits *p, int64_t now_s)
{
    struct local_postits *list = local_postits_new();
    struct arena rows = {0};
    bool is_whole = !p->store || (list_items(p, now_s, list, &rows) &&
                                  list_reactions(p, list, &rows));
    arena_destroy(&rows);
    if (is_whole)
        return list;
    local_postits_free(list);
    return NULL;
}
