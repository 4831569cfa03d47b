#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uninorm.h>

#include "base/memory.h"

// Grapheme clusters are looked for this far ahead: an emoji family is 25 bytes,
// and nobody reads a letter with a hundred marks.
#define GRAPHEME_LOOK_BYTES 128

#define REPLACEMENT 0xFFFDu

/* Bytes in the sequence that starts here, 0 when it is no valid one. */
static size_t
sequence_len(const unsigned char *b, size_t left)
{
    if (b[0] < 0x80)
        return 1;
    size_t need = b[0] >= 0xF0 ? 4 : b[0] >= 0xE0 ? 3 : 2;
    if (b[0] < 0xC2 || b[0] > 0xF4 || left < need)
        return 0;
    for (size_t i = 1; i < need; i++)
        if ((b[i] & 0xC0) != 0x80)
            return 0;
    if ((b[0] == 0xE0 && b[1] < 0xA0) || (b[0] == 0xED && b[1] > 0x9F) ||
        (b[0] == 0xF0 && b[1] < 0x90) || (b[0] == 0xF4 && b[1] > 0x8F))
        return 0; // overlong, surrogate, above U+10FFFF
    return need;
}

size_t
utf8_valid_prefix(const char *bytes, size_t len)
{
    const unsigned char *b = (const unsigned char *) bytes;
    size_t at = 0;
    while (at < len) {
        size_t step = sequence_len(b + at, len - at);
        if (!step)
            break;
        at += step;
    }
    return at;
}

uint32_t
utf8_next(const char *bytes, size_t len, size_t *at)
{
    const unsigned char *b = (const unsigned char *) bytes + *at;
    size_t step = sequence_len(b, len - *at);
    *at += step ? step : 1;
    switch (step) {
    case 1:
        return b[0];
    case 2:
        return (uint32_t) (b[0] & 0x1F) << 6 | (b[1] & 0x3Fu);
    case 3:
        return (uint32_t) (b[0] & 0x0F) << 12 | (b[1] & 0x3Fu) << 6 |
               (b[2] & 0x3Fu);
    case 4:
        return (uint32_t) (b[0] & 0x07) << 18 | (b[1] & 0x3Fu) << 12 |
               (b[2] & 0x3Fu) << 6 | (b[3] & 0x3Fu);
    default:
        return REPLACEMENT;
    }
}

size_t
utf8_put(uint32_t c, char out[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char) c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char) (0xC0 | c >> 6);
        out[1] = (char) (0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char) (0xE0 | c >> 12);
        out[1] = (char) (0x80 | (c >> 6 & 0x3F));
        out[2] = (char) (0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char) (0xF0 | c >> 18);
    out[1] = (char) (0x80 | (c >> 12 & 0x3F));
    out[2] = (char) (0x80 | (c >> 6 & 0x3F));
    out[3] = (char) (0x80 | (c & 0x3F));
    return 4;
}

size_t
utf8_count(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t at = 0; at < len; count++)
        utf8_next(bytes, len, &at);
    return count;
}

size_t
utf8_cut(const char *bytes, size_t len, size_t most)
{
    size_t at = 0;
    while (at < len && most-- > 0)
        utf8_next(bytes, len, &at);
    return at;
}

size_t
utf8_grapheme_end(const char *bytes, size_t len, size_t at)
{
    size_t look =
        len - at < GRAPHEME_LOOK_BYTES ? len - at : GRAPHEME_LOOK_BYTES;
    const unsigned char *b = (const unsigned char *) bytes + at;
    if (look > 1 && b[0] < 0x80 && b[1] < 0x80 && b[0] != '\r')
        return at + 1; // no need to ask for plain letters
    look = utf8_valid_prefix(bytes + at, look); // may have cut a sequence
    if (look == 0)
        return at + (at < len);

    char breaks[GRAPHEME_LOOK_BYTES];
    u8_grapheme_breaks(b, look, breaks);
    for (size_t i = 1; i < look; i++)
        if (breaks[i])
            return at + i;
    return at + look;
}

void
utf8_line_breaks(const char *bytes, size_t len, bool *may, bool *must)
{
    if (len == 0)
        return;
    char *breaks = memory_take(len);
    u8_possible_linebreaks((const uint8_t *) bytes, len, "UTF-8", breaks);
    for (size_t i = 0; i < len; i++) {
        may[i] = breaks[i] == UC_BREAK_POSSIBLE;
        // libunistring marks the newline itself; the new line starts behind.
        must[i] = i > 0 && bytes[i - 1] == '\n';
    }
    may[0] = false;
    free(breaks);
}

bool
utf8_is_right_to_left(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        switch (uc_bidi_category(utf8_next(bytes, len, &at))) {
        case UC_BIDI_L:
            return false;
        case UC_BIDI_R:
        case UC_BIDI_AL:
            return true;
        default:
            break;
        }
    }
    return false;
}

bool
utf8_is_ignorable(uint32_t c)
{
    if (c < 0x300)
        return c == 0xAD;
    return uc_is_property(c, UC_PROPERTY_DEFAULT_IGNORABLE_CODE_POINT);
}

bool
utf8_is_control(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F ||
           c == 0x061C || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

void
utf8_script(uint32_t c, char script[5])
{
    static const struct {
        const char *name;
        const char code[5];
    } codes[] = {
        {"Latin", "Latn"},     {"Arabic", "Arab"},   {"Hebrew", "Hebr"},
        {"Greek", "Grek"},     {"Cyrillic", "Cyrl"}, {"Devanagari", "Deva"},
        {"Bengali", "Beng"},   {"Gurmukhi", "Guru"}, {"Gujarati", "Gujr"},
        {"Tamil", "Taml"},     {"Telugu", "Telu"},   {"Kannada", "Knda"},
        {"Malayalam", "Mlym"}, {"Sinhala", "Sinh"},  {"Thai", "Thai"},
        {"Lao", "Laoo"},       {"Tibetan", "Tibt"},  {"Myanmar", "Mymr"},
        {"Georgian", "Geor"},  {"Armenian", "Armn"}, {"Ethiopic", "Ethi"},
        {"Khmer", "Khmr"},     {"Hangul", "Hang"},   {"Hiragana", "Hira"},
        {"Katakana", "Kana"},  {"Han", "Hani"},      {"Syriac", "Syrc"},
        {"Thaana", "Thaa"},    {"Oriya", "Orya"},    {"Nko", "Nkoo"},
        {"Mongolian", "Mong"},
    };
    memcpy(script, "Zyyy", 5);
    if (c < 0x80) {
        if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
            memcpy(script, "Latn", 5);
        return;
    }
    const uc_script_t *found = uc_script(c);
    for (size_t i = 0; found && i < sizeof codes / sizeof codes[0]; i++)
        if (strcmp(codes[i].name, found->name) == 0)
            memcpy(script, codes[i].code, 5);
}

char *
utf8_compose(const char *bytes, size_t len)
{
    bool is_plain = true; // nothing before U+0300 can combine
    for (size_t i = 0; i < len && is_plain; i++)
        is_plain = (unsigned char) bytes[i] < 0xCC;
    if (is_plain)
        return NULL;
    size_t made = 0;
    uint8_t *composed =
        u8_normalize(UNINORM_NFC, (const uint8_t *) bytes, len, NULL, &made);
    if (!composed || (made == len && memcmp(composed, bytes, len) == 0)) {
        free(composed);
        return NULL;
    }
    composed = memory_grow(composed, made + 1);
    composed[made] = '\0';
    return (char *) composed;
}

bool
utf8_is_word(uint32_t code_point)
{
    if (code_point < 0x80) // most are, and the table is slow
        return (code_point >= '0' && code_point <= '9') ||
               ((code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z');
    return uc_is_general_category_withtable(code_point, UC_CATEGORY_MASK_L |
                                                            UC_CATEGORY_MASK_M |
                                                            UC_CATEGORY_MASK_N);
}

/* In place; the new length. */
static size_t
drop_marks(uint8_t *bytes, size_t len)
{
    size_t kept = 0;
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = utf8_next((const char *) bytes, len, &at);
        if (uc_is_general_category_withtable(c, UC_CATEGORY_MASK_M))
            continue;
        memmove(bytes + kept, bytes + from, at - from);
        kept += at - from;
    }
    return kept;
}

char *
utf8_fold(const char *bytes, size_t len, bool without_marks)
{
    size_t made = 0;
    uint8_t *folded =
        u8_casefold((const uint8_t *) bytes, len, NULL,
                    without_marks ? UNINORM_NFKD : UNINORM_NFC, NULL, &made);
    if (!folded && len) // valid UTF-8 fails only without memory
        memory_exhausted();
    if (folded && without_marks)
        made = drop_marks(folded, made);
    folded = memory_grow(folded, made + 1);
    folded[made] = '\0';
    return (char *) folded;
}

int
utf8_words(const char *bytes, size_t len)
{
    int words = 0;
    bool is_inside = false;
    for (size_t at = 0; at < len;) {
        uint32_t c = utf8_next(bytes, len, &at);
        bool is_blank = c == ' ' || c == '\n' || c == '\t' ||
                        (c >= 0x80 && uc_is_property_white_space(c));
        if (!is_blank && !is_inside)
            words++;
        is_inside = !is_blank;
    }
    return words;
}
