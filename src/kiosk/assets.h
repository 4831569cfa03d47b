#ifndef KIOSK_ASSETS_H
#define KIOSK_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

/*
 * Where our own files are: STAFFROOM_ASSETS, else assets/ of the tree this
 * program was built in, else /usr/share/staffroom. The path of
 * the fonts' folder into `out`; false with a sentence when none of them has the fonts.
 */
bool assets_find_fonts(char *out, size_t size, struct problem *why);

#endif
