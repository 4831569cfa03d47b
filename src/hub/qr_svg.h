#ifndef HUB_QR_SVG_H
#define HUB_QR_SVG_H

#include <stdbool.h>

#include "base/text.h"

/* Adds an SVG picture of `text` as a QR code, with its quiet zone, dark on
   light whatever the page around it looks like. False, and nothing is added,
   for text that is too long for one. */
bool qr_svg_add(struct text *t, const char *text);

#endif
