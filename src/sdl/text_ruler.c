#include <string.h>

#include "base/hash.h"
#include "sdl/text_run.h"

static int
width_px(TTF_Font *font, const char *text)
{
    int width = 0;
    return TTF_SizeUTF8(font, text, &width, NULL) == 0 ? width : 0;
}

/*
 * SDL_ttf answers with the ink's width where ink reaches beyond the letters'
 * own room. Between two spaces none does, and what is left when they are
 * taken away again is how far the pen moves.
 */
float
text_run_em(struct fonts *f, enum font role, const char *text,
            const struct text_run *run)
{
    char padded[TEXT_LINE_MAX + 3];
    float scale;
    TTF_Font *font = fonts_reference(f, role, run->face, &scale);
    padded[0] = ' ';
    memcpy(padded + 1, text + run->at, run->len);
    memcpy(padded + 1 + run->len, " ", 2);
    text_run_set(font, run);
    int width = width_px(font, padded) - width_px(font, "  ");
    return (float) (width > 0 ? width : 0) * scale / FONTS_REFERENCE_PX;
}

static float
measure(struct fonts *f, enum font role, const char *text, size_t len)
{
    struct text_run runs[TEXT_RUNS_MAX];
    int count = text_runs(f, role, text, len, runs);
    float em = 0;
    for (int i = 0; i < count; i++)
        em += text_run_em(f, role, text, &runs[i]);
    return em;
}

static float
remembered(struct fonts *f, enum font role, const char *text, size_t len)
{
    uint64_t key = hash_more(HASH_START, &role, sizeof role);
    key = hash_more(key, text, len);
    key += !key; // 0 means a place never used
    struct fonts_width *width = fonts_width(f, key);
    if (width->key != key)
        *width = (struct fonts_width){key, measure(f, role, text, len)};
    return width->em;
}

static float
width_em(void *data, enum font font, const char *text, size_t len)
{
    struct fonts *f = data;
    // Words that change places have to be measured as the line they are in.
    if (text_is_bidi(text, len))
        return remembered(f, font, text, len);
    float em = 0;
    for (size_t at = 0; at < len;) {
        const char *space = memchr(text + at, ' ', len - at);
        size_t end = space ? (size_t) (space - text) : len;
        if (end > at)
            em += remembered(f, font, text + at, end - at);
        if (space)
            em += remembered(f, font, " ", 1);
        at = end + (space != NULL);
    }
    return em;
}

static struct font_shape
shape(void *data, enum font font)
{
    float scale;
    int cap = 0;
    TTF_Font *reference = fonts_reference(data, font, FONTS_FACE_OWN, &scale);
    TTF_GlyphMetrics32(reference, 'H', NULL, NULL, NULL, &cap, NULL);
    return (struct font_shape){
        .ascent = (float) TTF_FontAscent(reference) / FONTS_REFERENCE_PX,
        .descent = (float) -TTF_FontDescent(reference) / FONTS_REFERENCE_PX,
        .cap = (float) cap / FONTS_REFERENCE_PX,
    };
}

struct ruler
text_ruler(struct fonts *f)
{
    return (struct ruler){.data = f, .width_em = width_em, .shape = shape};
}
