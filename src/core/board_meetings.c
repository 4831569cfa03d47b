#include "core/board_meetings.h"

#include <string.h>

#include "core/calendar_meetings.h"

static bool
is_same_start(const struct item *a, const struct item *b)
{
    if (a->is_all_day || b->is_all_day)
        return a->is_all_day && b->is_all_day && a->starts_day == b->starts_day;
    return a->starts_s == b->starts_s;
}

static bool
is_double(struct arena *arena, const struct item *item, const struct item *more)
{
    if (strcmp(item->id, more->id) == 0)
        return true;
    return item->kind == KIND_MEETING && is_same_start(item, more) &&
           strcmp(calendar_title_folded(arena, item->title),
                  calendar_title_folded(arena, more->title)) == 0;
}

/* Whether the board says it already, to those who see this screen. */
static bool
has_it(const struct board *b, struct arena *arena, const struct item *more,
       const char *school, struct now now)
{
    for (int i = 0; i < b->item_count; i++)
        if (is_double(arena, &b->items[i], more) &&
            item_is_showing(&b->items[i], b, school, now))
            return true;
    return false;
}

struct board
board_with_meetings(const struct board *b, struct arena *arena,
                    const struct item *meetings, int count, const char *school,
                    struct now now)
{
    struct board with = *b;
    if (count <= 0 || !now.is_trusted)
        return with;
    size_t own = (size_t) b->item_count;
    struct item *items =
        arena_array(arena, own + BOARD_MEETINGS_MOST, sizeof *items);
    int order = 0;
    for (size_t i = 0; i < own; i++) {
        items[i] = b->items[i];
        order = items[i].order >= order ? items[i].order + 1 : order;
    }
    with.items = items;
    int most = b->item_count + BOARD_MEETINGS_MOST;
    for (int i = 0; i < count && with.item_count < most; i++) {
        const struct item *more = &meetings[i];
        if (!item_is_showing(more, b, school, now) ||
            meeting_is_over(more, b, now) ||
            has_it(&with, arena, more, school, now))
            continue;
        items[with.item_count] = *more;
        items[with.item_count++].order = order++;
    }
    return with;
}
