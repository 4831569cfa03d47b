#ifndef KIOSK_LOCAL_POSTITS_H
#define KIOSK_LOCAL_POSTITS_H

#include "base/arena.h"
#include "core/board.h"

/*
 * What was written and touched on this kiosk, for a board: the post-its newest
 * first. Made by the worker, owned by whoever took the news.
 */
struct local_postits {
    struct arena arena;
    struct board_addition added;
};

struct local_postits *local_postits_new(void);
void local_postits_free(struct local_postits *p); // NULL is fine

#endif
