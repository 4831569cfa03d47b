#ifndef TESTS_FLAT_RULER_H
#define TESTS_FLAT_RULER_H

#include "base/utf8.h"
#include "view/ruler.h"

/*
 * A ruler without fonts: every letter is half an em wide, W a whole one, a
 * space a quarter. So layouts can be tested, and worked out by hand.
 */

static inline float
flat_width_em(void *data, enum font font, const char *text, size_t len)
{
    (void) data;
    (void) font;
    float em = 0;
    for (size_t at = 0; at < len; at = utf8_grapheme_end(text, len, at))
        em += text[at] == 'W' ? 1.0f : text[at] == ' ' ? 0.25f : 0.5f;
    return em;
}

static inline struct font_shape
flat_shape(void *data, enum font font)
{
    (void) data;
    (void) font;
    return (struct font_shape){.ascent = 0.9f, .descent = 0.3f, .cap = 0.7f};
}

static inline struct ruler
flat_ruler(void)
{
    return (struct ruler){.width_em = flat_width_em, .shape = flat_shape};
}

#endif
