#ifndef VIEW_COMPOSER_FIELD_H
#define VIEW_COMPOSER_FIELD_H

#include "core/compose.h"
#include "view/sheet.h"

/*
 * What is being written, with its caret, and with targets that put the caret
 * where a finger points: the letter nearest to it. Words never leave their box:
 * they become smaller, and then what is around the caret is shown.
 */

/* The words of the post-it, at most and at least that large. */
void composer_field_text(struct sheet *s, const struct compose *compose,
                         struct rect box, int most_px, int least_px);

/* The writer's name, in one line, or the invitation to give one. Returns what
   of the box it takes; the target is the caller's. */
struct rect composer_field_name(struct sheet *s, const struct compose *compose,
                                struct rect box, int size_px);

#endif
