#include "sdl/blend.h"

void
blend_pictures(uint32_t *restrict out, const uint32_t *restrict from,
               const uint32_t *restrict to, size_t count, int mix)
{
    // Byte by byte in 16 bits: the form that compilers turn into vectors.
    uint8_t *restrict o = (uint8_t *) out;
    const uint8_t *restrict f = (const uint8_t *) from;
    const uint8_t *restrict t = (const uint8_t *) to;
    uint16_t more = (uint16_t) (mix < 0 ? 0 : mix > 256 ? 256 : mix);
    uint16_t less = (uint16_t) (256 - more);
    for (size_t i = 0; i < count * 4; i++)
        o[i] = (uint8_t) ((uint16_t) (f[i] * less + t[i] * more) >> 8);
}
