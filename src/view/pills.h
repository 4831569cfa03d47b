#ifndef VIEW_PILLS_H
#define VIEW_PILLS_H

#include "core/board.h"
#include "view/sheet.h"

/*
 * "Thank you · 12" and "I'll try it · 5", each a place to touch, filled when it
 * was touched a moment ago. Where nobody can touch, only what there is to say.
 */

bool pills_are_there(const struct theme *t, const struct item *item);
int pills_height(const struct theme *t);

/* Side by side; on a tall panel over the whole width. Returns the width they
   take. */
int pills_draw(struct sheet *s, const struct item *item, struct rect box);

#endif
