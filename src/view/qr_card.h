#ifndef VIEW_QR_CARD_H
#define VIEW_QR_CARD_H

#include "core/qr.h"
#include "view/sheet.h"

/*
 * A QR code on the screen: dark squares on white, each of the same whole number
 * of pixels, with the light around it that readers need.
 */

/* How large one square may be, for all of it to fit a box of w × h; 0 when they
   would be too small for a phone: under 3 pixels, or half a millimetre. */
int qr_card_square_px(const struct theme *t, const struct qr *q, int w, int h);

/* The side of all of it, its quiet zone included. */
int qr_card_side_px(const struct qr *q, int square_px);

void qr_card_draw_squares(struct draw_list *list, const struct qr *q, int x,
                          int y, int square_px);

/* A white card with the code and a few words, below or beside it, in the lower
   right corner of `room`. False, and nothing drawn, when it is too small. */
bool qr_card_draw(struct sheet *s, const struct qr *q, const char *words,
                  struct rect room);
bool qr_card_fits(const struct sheet *s, const struct qr *q, const char *words,
                  int w, int h);

#endif
