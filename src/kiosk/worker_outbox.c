#include "kiosk/worker_outbox.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "core/date.h"
#include "core/postit_record.h"

static const char *const kind_words[] = {
    [REACTION_THANKS] = "thanks",
    [REACTION_TRYING] = "trying",
    [REACTION_FACE_DOWN] = "face-down",
};

void
worker_errand_destroy(struct worker_errand *e)
{
    text_destroy(&e->path);
    text_destroy(&e->json);
    *e = (struct worker_errand){0};
}

void
worker_outbox_add_time(struct text *out, int64_t utc_s)
{
    struct local l = local_time(NULL, utc_s);
    int second = (int) (utc_s - (int64_t) l.day * DAY_S) - l.minute * 60;
    text_add_format(out, "%04d-%02d-%02dT%02d:%02d:%02dZ", l.year, l.month,
                    l.date, l.minute / 60, l.minute % 60, second);
}

/* All but RFC 3986's unreserved characters (§2.3) as %XX. */
static void
add_segment(struct text *path, const char *id)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
    for (; *id; id++)
        if (strchr(plain, *id))
            text_add_char(path, *id);
        else
            text_add_format(path, "%%%02X", (unsigned char) *id);
}

static void
add_member(struct text *json, const char *name, const char *value)
{
    text_add_format(json, "%s\"%s\":", json->len ? "," : "{", name);
    text_add_json(json, value);
}

static void
write_postit(struct text *json, const struct postit *p)
{
    add_member(json, "sort", postit_record_sorts[p->sort]);
    add_member(json, "colour", postit_record_colours[p->colour]);
    add_member(json, "text", p->text);
    add_member(json, "author", p->author);
    add_member(json, "answers", p->answers);
    text_add_string(json, ",\"made\":\"");
    worker_outbox_add_time(json, p->made_s);
    text_add_string(json, "\",\"expires\":\"");
    worker_outbox_add_time(json, p->expires_s);
    text_add_string(json, "\"}");
}

static bool
next_taken_back(struct kiosk_store *s, struct arena *a,
                struct worker_errand *out)
{
    const struct tombstone *list = NULL;
    if (kiosk_store_taken_back(s, a, &list) <= 0)
        return false;
    out->kind = ERRAND_TAKE_BACK;
    out->method = "DELETE";
    memcpy(out->about.id, list[0].id, sizeof out->about.id);
    text_add_format(&out->path, "/v1/postits/%s", list[0].id);
    return true;
}

static bool
next_postit(struct kiosk_store *s, struct arena *a, int64_t now_s,
            struct worker_errand *out)
{
    const struct postit *list = NULL;
    // One of unknown time waits until the clock is right: the hub would take
    // it for one that has expired, or will for ever be new.
    if (kiosk_store_outbox(s, a, now_s, &list) <= 0 || list[0].is_time_unsure)
        return false;
    out->kind = ERRAND_POSTIT;
    out->method = "PUT";
    memcpy(out->about.id, list[0].id, sizeof out->about.id);
    text_add_format(&out->path, "/v1/postits/%s", list[0].id);
    write_postit(&out->json, &list[0]);
    return true;
}

static bool
next_touch(struct kiosk_store *s, struct arena *a, struct worker_errand *out)
{
    const struct reaction_touch *list = NULL;
    if (kiosk_store_touches(s, a, &list) <= 0)
        return false;
    out->kind = ERRAND_TOUCH;
    out->method = list[0].is_undone ? "DELETE" : "PUT";
    out->about = list[0];
    text_add_string(&out->path, "/v1/reactions/");
    add_segment(&out->path, list[0].target);
    text_add_format(&out->path, "/%s", list[0].id);
    out->about.target = NULL;
    if (list[0].is_undone)
        return true;
    add_member(&out->json, "kind", kind_words[list[0].kind]);
    text_add_char(&out->json, '}');
    return true;
}

bool
worker_outbox_next(struct kiosk_store *s, int64_t now_s,
                   struct worker_errand *out)
{
    struct arena a = {0};
    *out = (struct worker_errand){0};
    bool has_one = next_taken_back(s, &a, out) ||
                   next_postit(s, &a, now_s, out) || next_touch(s, &a, out);
    arena_destroy(&a);
    return has_one;
}

int
worker_outbox_unsent(struct kiosk_store *s, int64_t now_s)
{
    struct arena a = {0};
    const struct postit *list = NULL;
    int count = kiosk_store_outbox(s, &a, now_s, &list);
    arena_destroy(&a);
    return count > 0 ? count : 0;
}

/* --- answers --- */

static bool
settle_postit(struct kiosk_store *s, const char *id, int status)
{
    struct problem why;
    switch (status) {
    case 200: // it had come before, and only its answer was lost
    case 201:
    case 204:
        // Taken back meanwhile is no failure: that is the next errand.
        kiosk_store_sent(s, id, POSTIT_SENT, &why);
        return true;
    case 409:
        log_warning("the hub has post-it %s in other words", id);
        kiosk_store_sent(s, id, POSTIT_SENT, &why);
        return true;
    case 410:
        log_info("post-it %s was taken down at the hub", id);
        kiosk_store_taken_down(s, id, &why);
        return true;
    case 413:
    case 422:
        log_warning("the hub does not take post-it %s (%d): it stays here", id,
                    status);
        kiosk_store_refused(s, id, &why);
        return true;
    default:
        return false;
    }
}

/* Where it is all the same whether the hub did it or never can. */
static bool
is_final(int status)
{
    switch (status) {
    case 200:
    case 201:
    case 204:
    case 403: // it is another screen's: this one was added anew since
    case 404:
    case 409:
    case 410:
    case 413:
    case 422:
        return true;
    default:
        return false;
    }
}

bool
worker_outbox_settle(struct kiosk_store *s, const struct worker_errand *e,
                     int status)
{
    struct problem why;
    if (e->kind == ERRAND_POSTIT)
        return settle_postit(s, e->about.id, status);
    // A touch may be of an item whose id the hub cannot read in an address.
    bool is_unreadable = status == 400 && e->kind == ERRAND_TOUCH;
    if (!is_final(status) && !is_unreadable)
        return false;
    // A hub answers 404 to the taking back of what it never saw, and lets it
    // in no more.
    bool is_odd = is_unreadable || status == 403 || status > 404 ||
                  (status == 404 && e->kind == ERRAND_TOUCH);
    if (is_odd)
        log_warning("the hub does not want to hear of %s (%d)", e->about.id,
                    status);
    if (e->kind == ERRAND_TAKE_BACK)
        kiosk_store_told(s, e->about.id, &why);
    else
        kiosk_store_touch_told(s, &e->about, &why);
    return true;
}

/* --- boards --- */

static int
by_id(const void *one, const void *other)
{
    return strcmp((*(const struct item *const *) one)->id,
                  (*(const struct item *const *) other)->id);
}

static int
by_name(const void *id, const void *element)
{
    return strcmp(id, (*(const struct item *const *) element)->id);
}

/* The post-its of the board, in the order of their ids. */
static int
sort_postits(struct arena *a, const struct board *b, const struct item ***out)
{
    const struct item **sorted =
        arena_array(a, (size_t) b->item_count + 1, sizeof *sorted);
    int count = 0;
    for (int i = 0; i < b->item_count; i++)
        if (b->items[i].kind == KIND_POSTIT)
            sorted[count++] = &b->items[i];
    if (count > 1)
        qsort(sorted, (size_t) count, sizeof *sorted, by_id);
    *out = sorted;
    return count;
}

/* One of ours; `item` is what the board has of it, NULL when it has not. */
static bool
see_one(struct kiosk_store *s, const struct postit *p, const struct item *item,
        bool may_miss)
{
    struct problem why;
    if (item) {
        enum postit_state state =
            item->school_count ? POSTIT_SENT : POSTIT_SHARED;
        return (p->state != state || !p->is_in_feed) &&
               kiosk_store_seen(s, p->id, state, &why);
    }
    return may_miss && p->is_in_feed && kiosk_store_missed(s, p->id, &why);
}

bool
worker_outbox_see_board(struct kiosk_store *s, const struct board *b,
                        bool is_hub_feed)
{
    struct arena a = {0};
    const struct item **sorted = NULL;
    const struct postit *own = NULL;
    bool has_changed = false;
    int count = sort_postits(&a, b, &sorted);
    int own_count = kiosk_store_list(s, &a, INT64_MIN, &own);
    for (int i = 0; i < own_count; i++) {
        const struct item **found =
            count ? bsearch(own[i].id, sorted, (size_t) count, sizeof *sorted,
                            by_name)
                  : NULL;
        if (see_one(s, &own[i], found ? *found : NULL,
                    is_hub_feed && b->is_complete))
            has_changed = true;
    }
    arena_destroy(&a);
    return has_changed;
}
