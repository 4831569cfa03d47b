#ifndef HUB_CONTENT_CREDIT_H
#define HUB_CONTENT_CREDIT_H

#include "hub/content_page.h"

/*
 * Of which school an entry is: a field of a form; and who it is by as well: a
 * line in a list.
 */

/* A <select> named "school"; also with the entry's own, where that has left. */
void content_credit_write_school(struct content_page *p,
                                 const struct item *item);
/* Into item->school, or complains. */
void content_credit_take_school(struct content_page *p, struct item *item);

/* <p>Danielle, Hillcrest Primary</p>; nothing when there is neither. */
void content_credit_line(struct content_page *p, const struct item *item);

#endif
