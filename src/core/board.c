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
