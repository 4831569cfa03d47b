#ifndef CORE_QR_H
#define CORE_QR_H

#include <stdbool.h>

#include "base/arena.h"

/*
 * Text as a QR code (ISO/IEC 18004): which of its modules are dark. From
 * libqrencode. Pure.
 */

#define QR_QUIET 4 // modules left light on each side, where it is drawn

struct qr {
    int modules;               // on each side
    const unsigned char *bits; // in rows, one byte each; 1: dark
};

/* At error level M. In `a`. False for text that is too long for one. */
bool qr_make(struct arena *a, const char *text, struct qr *out);

#endif
