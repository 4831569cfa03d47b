#ifndef HUB_CONTENT_CREDIT_H
#define HUB_CONTENT_CREDIT_H

#include "hub/content_page.h"

/*
 * Who an entry is by and of which school: fields of a form, and a line in a
 * list. A name that is there already is not shown to who may not see names, and
 * stays as it is when they save.
 */

/* A line, "who". */
void content_credit_write_who(struct content_page *p,
                              const struct content_field *field,
                              const struct item *item);
void content_credit_take_who(struct content_page *p,
                             const struct content_field *field,
                             struct item *item);

/* A <select> named "school"; also with the entry's own, where that has left. */
void content_credit_write_school(struct content_page *p,
                                 const struct item *item);
/* Into item->school, or complains. */
void content_credit_take_school(struct content_page *p, struct item *item);

/* <p>Danielle, Hillcrest Primary</p>; nothing when there is neither. */
void content_credit_line(struct content_page *p, const struct item *item);

#endif
