#ifndef KIOSK_LOCAL_POSTITS_H
#define KIOSK_LOCAL_POSTITS_H

#include "base/arena.h"
#include "core/board.h"

/*
 * Post-its written on this kiosk, as items of a board. Made by the worker,
 * owned by whoever took the news.
 */
struct local_postits {
    struct arena arena;
    const struct item *items; // newest first
    int count;
};

struct local_postits *local_postits_new(void);
void local_postits_free(struct local_postits *p); // NULL is fine

#endif
