#ifndef HUB_CONTENT_PAGE_PART_H
#define HUB_CONTENT_PAGE_PART_H

#include "hub/content_page.h"

/*
 * What content_page.c (requests, saving) has from content_page_write.c.
 */

/* The whole page, with p->sentence and what was sent where there is any. */
void content_page_show(struct content_page *p);

#endif
