#ifndef HUB_ZONES_H
#define HUB_ZONES_H

#include "base/arena.h"

/*
 * Names of time zones for people to choose from: a few common ones first, then
 * all that this machine's tzdata lists (zone.tab), by name.
 */

#define ZONES_COMMON 7
extern const char *const zones_common[ZONES_COMMON];

/* Those that are not common, in `a`; 0 where the list cannot be read. */
int zones_list(struct arena *a, const char *const **out);

#endif
