#ifndef VIEW_PIN_PAD_H
#define VIEW_PIN_PAD_H

#include "base/arena.h"
#include "core/pin.h"
#include "view/draw.h"
#include "view/theme.h"

/* Ten digits to touch, and as many dots as were typed. Takes the whole screen. */

/* Empties the list and draws into it. `said`: what became of the last try; "". */
void pin_pad_draw(struct draw_list *list, const struct theme *theme,
                  struct arena *arena, const struct pin *pin, const char *said);

#endif
