#ifndef HUB_CONTENT_FROM_H
#define HUB_CONTENT_FROM_H

#include "base/arena.h"
#include "core/board.h"
#include "hub/content_page.h"

/*
 * Entries that are made of a post-it: an idea of the week, a page of the
 * scrapbook. The words come from the store, never from the address; whoever
 * saves may change them first. The entry's id has the post-it's in it, so that
 * one post-it becomes one idea, and the post-its' page knows which.
 *
 * It is a copy: the post-it goes when its time is over, the entry stays. While
 * the form was open the post-it may have been taken down or back; then nothing
 * is saved unless the writer says once more that it may be.
 */

#define IDEA_LETTER 'i'
#define SCRAPBOOK_LETTER 's'

/* The entry with that letter made of that post-it; NULL when there is none. */
const struct item *content_from_entry(struct arena *a, const struct board *b,
                                      char letter, const char *postit);

/* ---- for `fill` of struct content_editor; strings in the content's arena ---- */

/* The first sentence; of a long one as much as a title takes, and "…". */
const char *content_from_title(struct content_page *p);
/* What follows the title; "" when that says it all. */
const char *content_from_words(struct content_page *p);
/* "" when it is not in the partnership any more. */
const char *content_from_school(struct content_page *p);
/* "" also for who may not see names. */
const char *content_from_author(struct content_page *p);

#endif
