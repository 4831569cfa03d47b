#ifndef CORE_QR_H
#define CORE_QR_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * An address as a QR code (ISO/IEC 18004): which squares are dark. What they
 * look like is the view's business. Pure; the only file that knows libqrencode.
 *
 * Level M, so that a reflection over a seventh of it does no harm: a code on a
 * screen is not torn, and every step more makes its squares smaller.
 */

#define QR_TEXT_MOST 400 // bytes: 81 squares a side, for a phone held close
#define QR_WORDS_MOST 1000 // 105 squares a side
#define QR_QUIET 4       // light squares all around it, §6.3.8 of the standard

struct qr {
    int side; // squares, without the quiet zone; 0: there is none
    const unsigned char *dark; // side × side, row by row: 1 or 0
};

/* False, and no code, for a text that is empty, too long, or holds anything but
   printable ASCII. */
bool qr_make(struct qr *q, struct arena *a, const char *text);

/* The same of a text of several lines, in valid UTF-8 and of at most
   QR_WORDS_MOST bytes. Level L: it is held still and scanned once. */
bool qr_make_words(struct qr *q, struct arena *a, const char *text);

/* Light outside of it. */
bool qr_is_dark(const struct qr *q, int x, int y);

/* The code made last, for who draws the same one many times a second. Zero is
   valid. */
struct qr_memo {
    char text[QR_TEXT_MOST + 1];
    struct qr qr;
    struct arena arena;
};

/* NULL where there is none. Good until another text is asked for. */
const struct qr *qr_memo_of(struct qr_memo *m, const char *text);
void qr_memo_destroy(struct qr_memo *m);

#endif
