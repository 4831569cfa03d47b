#ifndef HUB_CONTENT_PAGE_PART_H
#define HUB_CONTENT_PAGE_PART_H

#include <stdbool.h>

#include "hub/content_page.h"

/*
 * What content_page.c (requests, saving), content_page_write.c,
 * content_page_fit.c and content_from.c (post-its that become entries) have from
 * each other.
 */

/* Warns when the words would be small on a wall, or have no room: as the
   kiosk's own program measures it, else by their number. Or has the answer wait
   (p->is_waiting) until that program has ended. */
void content_page_judge_fit(struct content_page *p, const struct item *item);

/* The whole page, with p->sentence and what was sent where there is any. */
void content_page_show(struct content_page *p);

/* Of the page's kinds; NULL when there is none. Borrowed. */
const struct item *content_page_find(const struct content_page *p,
                                     const char *id);
bool content_page_has_kind(const struct content_page *p, enum item_kind kind);

/* "/ideas?edit=i-48", in the request's arena. */
const char *content_page_edit_address(struct content_page *p, const char *id);

/* Reads p->from_id and p->from. False, and it is answered, when a GET asks for
   one that is gone (back to the post-its) or is an entry already (to that). */
bool content_from_open(struct content_page *p);
/* POST: complains when it is gone, or an entry meanwhile. */
void content_from_check(struct content_page *p);
/* The id of the entry that is made of p->from. */
const char *content_from_make_id(struct content_page *p);
/* What notes call an entry: without its words where it was a post-it's. */
const char *content_from_note(struct content_page *p, const struct item *item);
/* Hidden field, and the sentences over the form. */
void content_from_write(struct content_page *p);

#endif
