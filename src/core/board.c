#include "core/board.h"

#include <stdlib.h>
#include <string.h>

const char *const kind_names[KIND_COUNT] = {
    [KIND_PURPOSE] = "purpose", [KIND_QUESTION] = "question",
    [KIND_IDEA] = "idea",       [KIND_POSTIT] = "postit",
    [KIND_MEETING] = "meeting", [KIND_SCRAPBOOK] = "scrapbook",
    [KIND_IMPACT] = "impact",
};

void
board_free(struct board *b)
{
    if (!b)
        return;
    zone_close(b->zone);
    arena_destroy(&b->arena);
    free(b);
}

const char *
board_school_name(const struct board *b, const char *id)
{
    for (int i = 0; i < b->school_count; i++)
        if (strcmp(b->schools[i].id, id) == 0)
            return b->schools[i].name;
    return id;
}

static bool
has_item(const struct item *items, int count, const char *id)
{
    for (int i = 0; i < count; i++)
        if (strcmp(items[i].id, id) == 0)
            return true;
    return false;
}

struct board
board_with(const struct board *b, struct arena *arena, const struct item *more,
           int count)
{
    struct board with = *b;
    struct item *items =
        arena_array(arena, (size_t) (b->item_count + count) + 1, sizeof *items);
    if (b->item_count)
        memcpy(items, b->items, (size_t) b->item_count * sizeof *items);
    for (int i = 0; i < count; i++)
        if (!has_item(b->items, b->item_count, more[i].id))
            items[with.item_count++] = more[i];
    with.items = items;
    return with;
}
