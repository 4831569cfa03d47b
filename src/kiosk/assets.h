#ifndef KIOSK_ASSETS_H
#define KIOSK_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

/*
 * Where our own files are: STAFFROOM_ASSETS, else assets/ of the tree this
 * program was built in, else /usr/share/staffroom. The path of `name`, such
 * as ASSETS_FONTS, in the first of these that is whole goes into `out`; false
 * with a sentence when none is.
 */
#define ASSETS_FONTS "fonts"
#define ASSETS_SAMPLE "sample/feed.json"

bool assets_path(const char *name, char *out, size_t size,
                 struct problem *why);

#endif
