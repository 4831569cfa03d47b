#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "core/board_meetings.h"
#include "kiosk/show_part.h"

#define MINUTE_S 60

/* Of which there is one at most: the same slide, whatever hangs on it. */
static bool
is_only_one(enum slide_kind kind)
{
    return kind == SLIDE_BOARD || kind == SLIDE_MEETINGS;
}

/* The hub's word counts where the settings are silent. */
static const char *
school_of(const struct show *s)
{
    return *s->config->school ? s->config->school : s->hub.school;
}

/* Where that item's slide stands; else, where to go on from `index`, the
   first of its kind, or what stands in its place now. */
static int
find_slide(const struct running_order *order, enum slide_kind kind,
           const char *id, int index, bool *is_same)
{
    *is_same = false;
    for (int i = 0; i < order->count; i++)
        if (order->slides[i].kind == kind &&
            (is_only_one(kind) ||
             strcmp(order->slides[i].items[0]->id, id) == 0)) {
            *is_same = true;
            return i;
        }
    for (int i = 0; i < order->count; i++)
        if (order->slides[i].kind == kind)
            return i;
    return index < order->count ? index : 0;
}

/* --- visitors --- */

static struct local
local_now(const struct show *s, struct now now)
{
    return local_time(s->board ? s->board->zone : s->zone, now.wall_s);
}

static bool
is_in_visitor_hours(const struct show *s, struct now now)
{
    // Hours, but no clock to tell them by: better to hide too much.
    if (!now.is_trusted)
        return s->config->visitors.count > 0;
    return hours_hold(&s->config->visitors, local_now(s, now));
}

/* What was said by hand counts until the hours say something new, and not
   beyond its day: nobody finds the board hidden the next morning. */
static void
forget_said(struct show *s, struct now now)
{
    struct show_visitors *v = &s->visitors;
    if (v->is_said && (v->by_hours != is_in_visitor_hours(s, now) ||
                       v->day != local_now(s, now).day))
        *v = (struct show_visitors){0};
}

static bool
expects_visitors(const struct show *s, struct now now)
{
    return s->visitors.is_said ? s->visitors.are_here
                               : is_in_visitor_hours(s, now);
}

/*
 * Makes the order again. The slide that is up stays up wherever it stands
 * now, so that a new post-it at break time does not send everyone back to the
 * start; where it is gone, the next one begins with its first page.
 */
void
show_make_order(struct show *s, struct now now)
{
    enum slide_kind kind = SLIDE_PURPOSE;
    char id[256] = "";
    int index = s->rotation.slide;
    if (index < s->order.count) {
        const struct slide *up = &s->order.slides[index];
        kind = up->kind;
        size_t len = strnlen(up->items[0]->id, sizeof id - 1);
        memcpy(id, up->items[0]->id, len);
    }
    arena_reset(&s->order_arena);
    s->order.count = 0;
    s->order_minute = now.wall_s / MINUTE_S;
    s->order_is_trusted = now.is_trusted;
    s->order_number++;
    if (!s->board)
        return;
    arena_reset(&s->merged_arena);
    static const struct board_addition nothing;
    s->merged = board_with(s->board, &s->merged_arena,
                           s->postits ? &s->postits->added : &nothing);
    if (s->meetings)
        s->merged = board_with_meetings(&s->merged, &s->merged_arena,
                                        s->meetings->items, s->meetings->count,
                                        school_of(s), now);
    running_order_make(&s->order, &s->order_arena, &s->merged, school_of(s),
                       now);
    forget_said(s, now);
    s->is_for_visitors = expects_visitors(s, now);
    if (s->is_for_visitors) {
        show_put_draft_aside(s, now);
        running_order_for_visitors(&s->order);
        s->thread = s->reading = 0;
    }
    bool is_same;
    s->rotation.slide = find_slide(&s->order, kind, id, index, &is_same);
    if (is_same)
        return;
    s->rotation.page = 0;
    s->rotation.since_ms = now.mono_ms;
    if (s->reading || s->thread) // it stays over whatever slide there is
        return;
    s->rotation.held_until_ms = 0;
    s->has_turned = true;
}

void
show_toggle_visitors(struct show *s, struct now now)
{
    bool are_here = !expects_visitors(s, now);
    s->visitors = (struct show_visitors){
        .is_said = true,
        .are_here = are_here,
        .by_hours = is_in_visitor_hours(s, now),
        .day = local_now(s, now).day,
    };
    show_make_order(s, now);
    show_say(s,
             are_here ? "Visitors: the board is hidden" : "The board is back",
             now);
}

/* --- looking things up --- */

const struct item *
show_find(const struct show *s, uint64_t id)
{
    for (int i = 0; s->board && i < s->merged.item_count; i++)
        if (hash_string(s->merged.items[i].id) == id)
            return &s->merged.items[i];
    return NULL;
}

static int
by_newest(const void *one, const void *other)
{
    const struct item *a = *(const struct item *const *) one;
    const struct item *b = *(const struct item *const *) other;
    if (a->published_s != b->published_s)
        return a->published_s > b->published_s ? -1 : 1;
    return (a->order > b->order) - (a->order < b->order);
}

int
show_thread(struct show *s, const struct item *about, struct now now,
            const struct item *const **out)
{
    const struct board *b = &s->merged;
    const struct item **found =
        arena_array(&s->frame, (size_t) b->item_count + 1, sizeof *found);
    int count = 0;
    for (int i = 0; i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        if (item->kind == KIND_POSTIT &&
            strcmp(item->answers, about->id) == 0 &&
            item_is_showing(item, b, school_of(s), now))
            found[count++] = item;
    }
    if (count > 1)
        qsort(found, (size_t) count, sizeof *found, by_newest);
    *out = found;
    return count;
}
