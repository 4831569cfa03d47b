#ifndef VIEW_BAR_H
#define VIEW_BAR_H

#include "view/sheet.h"

/*
 * The bar at the foot of what covers the whole screen: a large way out and,
 * where there are several, the pages. Unlike a slide's footer it can be touched
 * whatever the settings say.
 */

struct rect bar_place(const struct theme *t);
void bar_draw(struct sheet *s, int page, int page_count);

#endif
