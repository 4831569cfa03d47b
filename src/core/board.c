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

static int
by_id(const void *one, const void *other)
{
    return strcmp((*(struct item *const *) one)->id,
                  (*(struct item *const *) other)->id);
}

static int
by_name(const void *id, const void *element)
{
    return strcmp(id, (*(struct item *const *) element)->id);
}

static int
by_target(const void *id, const void *element)
{
    const struct item_reaction *reaction = element;
    return strcmp(id, reaction->target);
}

static int
at_least_none(int count)
{
    return count > 0 ? count : 0;
}

static void
add_reactions(struct item *item, const struct board_addition *add)
{
    const struct item_reaction *found =
        add->reaction_count
            ? bsearch(item->id, add->reactions, (size_t) add->reaction_count,
                      sizeof *add->reactions, by_target)
            : NULL;
    if (!found)
        return;
    item->thanks = at_least_none(item->thanks + found->thanks);
    item->trying = at_least_none(item->trying + found->trying);
    item->is_face_down = found->is_face_down;
}

struct board
board_with(const struct board *b, struct arena *arena,
           const struct board_addition *add)
{
    struct board with = *b;
    size_t own = (size_t) b->item_count;
    struct item *items =
        arena_array(arena, own + (size_t) add->item_count + 1, sizeof *items);
    // In order, so that thousands of post-its are looked up quickly.
    struct item **sorted = arena_array(arena, own + 1, sizeof *sorted);
    for (size_t i = 0; i < own; i++) {
        items[i] = b->items[i];
        add_reactions(&items[i], add);
        sorted[i] = &items[i];
    }
    if (own)
        qsort(sorted, own, sizeof *sorted, by_id);
    for (int i = 0; i < add->item_count; i++) {
        struct item **found = own ? bsearch(add->items[i].id, sorted, own,
                                            sizeof *sorted, by_name)
                                  : NULL;
        if (found)
            (*found)->fate = add->items[i].fate;
        else
            items[with.item_count++] = add->items[i];
    }
    with.items = items;
    return with;
}
