#ifndef HUB_POSTITS_PAGE_PART_H
#define HUB_POSTITS_PAGE_PART_H

#include "base/arena.h"
#include "base/text.h"
#include "core/board.h"
#include "io/hub_store.h"

struct hub;

/*
 * One post-it on a page, for the list and for the question whether it is meant
 * to be taken down. pages_add_postit (pages_part.h) is both, with the buttons.
 */

void postits_page_add_paper(struct text *t, const struct hub_postit *p);
/* Sort, name, school, time, what it answers, counts. */
void postits_page_add_about(struct text *t, struct arena *a,
                            const struct hub *hub, const struct board *b,
                            const struct hub_postit *p);

#endif
