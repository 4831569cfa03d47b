#ifndef SDL_BLEND_H
#define SDL_BLEND_H

#include <stddef.h>
#include <stdint.h>

/*
 * The one loop that has to be fast: compiled with vectorisation on.
 */

/* out = from + (to − from) × mix / 256, each byte; mix 0 to 256. */
void blend_pictures(uint32_t *restrict out, const uint32_t *restrict from,
                    const uint32_t *restrict to, size_t count, int mix);

#endif
