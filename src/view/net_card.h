#ifndef VIEW_NET_CARD_H
#define VIEW_NET_CARD_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/text.h"
#include "core/net_report.h"
#include "core/qr.h"
#include "view/draw.h"
#include "view/theme.h"

/*
 * The network card: what is wrong, in a sentence, then all that is known in two
 * groups, and the same as a QR code for whoever has a phone in their hand. Takes
 * the whole screen; read from a metre away, so a small panel has several pages.
 * It can be touched where nothing else can (touch = off).
 */

/* The report as a code that this panel has room for: as much of it as that may
   hold. The text that is in it goes to `words`, if not NULL. False: no room. */
bool net_card_code(struct qr *q, struct arena *arena,
                   const struct theme *theme, const struct net_report *r,
                   struct text *words);

/* Empties the list and draws into it. `r` NULL: the facts are not here yet; `q`
   NULL: no code. Returns how many pages there are; a page beyond them is the
   last. */
int net_card_draw(struct draw_list *list, const struct theme *theme,
                  struct arena *arena, const struct net_report *r,
                  const struct qr *q, int page);

#endif
