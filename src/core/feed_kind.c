#include "core/feed_kind.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define WORD_SIZE 64 // bytes; a longer tag is none of ours

static const struct {
    const char *tag; // squeezed
    enum item_kind kind;
} tags[] = {
    {"purpose", KIND_PURPOSE},   {"thinkingthursday", KIND_QUESTION},
    {"question", KIND_QUESTION}, {"ideaoftheweek", KIND_IDEA},
    {"idea", KIND_IDEA},         {"meeting", KIND_MEETING},
    {"event", KIND_MEETING},     {"scrapbook", KIND_SCRAPBOOK},
    {"impact", KIND_IMPACT},
};

/* The small letter, as far as Western European languages need it. */
static uint32_t
small_letter(uint32_t c)
{
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return c + 0x20;
    if (c >= 0x100 && c <= 0x137) // capitals are even there: Ā ā Ă ă
        return c | 1;
    return c;
}

static bool
is_kept(uint32_t c)
{
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    return c >= 0xC0 && !(c >= 0x2000 && c < 0x2C00); // no dashes, quotes
}

/* False when nothing is left, or too much. */
static bool
squeeze(const char *word, char out[WORD_SIZE])
{
    size_t len = strlen(word), used = 0;
    for (size_t at = 0; at < len;) {
        uint32_t c = small_letter(utf8_next(word, len, &at));
        if (!is_kept(c))
            continue;
        if (used + 4 >= WORD_SIZE)
            return false;
        used += utf8_put(c, out + used);
    }
    out[used] = '\0';
    return used > 0;
}

bool
feed_kind_from_name(const char *name, enum item_kind *kind)
{
    char word[WORD_SIZE];
    if (!squeeze(name, word))
        return false;
    for (int i = 0; i < KIND_COUNT; i++) {
        if (strcmp(kind_names[i], word) == 0) {
            *kind = (enum item_kind) i;
            return true;
        }
    }
    return false;
}

bool
feed_kind_from_tag(const char *tag, const struct tag_synonyms *synonyms,
                   enum item_kind *kind)
{
    char word[WORD_SIZE], other[WORD_SIZE];
    if (!squeeze(tag, word))
        return false;
    for (int i = 0; synonyms && i < synonyms->count; i++) {
        if (squeeze(synonyms->list[i].tag, other) && !strcmp(word, other)) {
            *kind = synonyms->list[i].kind;
            return true;
        }
    }
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        if (strcmp(tags[i].tag, word) == 0) {
            *kind = tags[i].kind;
            return true;
        }
    }
    return false;
}
