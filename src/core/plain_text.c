#include "core/plain_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "core/character_reference.h"

#define ELLIPSIS "\xE2\x80\xA6"
#define NO_BREAK_SPACE 0xA0
#define NARROW_NO_BREAK_SPACE 0x202F
#define WORD_END_WITHIN 30 // characters: how far back a cut looks for a blank

struct writer {
    struct text out;
    size_t characters;
    size_t most;
    uint32_t blank; // what stands between words so far; 0: nothing
    int newlines;   // seen since the last letter
    bool keeps_lines;
    bool was_cut;
};

static bool
is_newline(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static bool
is_blank(uint32_t c)
{
    return c == ' ' || c == '\t' || c == NO_BREAK_SPACE || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == NARROW_NO_BREAK_SPACE ||
           c == 0x205F || c == 0x3000;
}

static void
write_character(struct writer *w, uint32_t c)
{
    char bytes[4];
    if (w->characters == w->most) {
        w->was_cut = true;
        return;
    }
    size_t len = utf8_put(c, bytes);
    text_add(&w->out, bytes, len);
    w->characters++;
}

/* A run of blanks is one blank; alone, one that forbids a break stays. */
static void
take_blank(struct writer *w, uint32_t c)
{
    bool forbids_break = c == NO_BREAK_SPACE || c == NARROW_NO_BREAK_SPACE;
    w->blank = w->blank || !forbids_break ? ' ' : c;
}

static void
take_newline(struct writer *w)
{
    if (w->keeps_lines)
        w->newlines++;
    else
        w->blank = ' ';
}

static void
take_letter(struct writer *w, uint32_t c)
{
    if (w->characters > 0 && w->newlines > 0) {
        write_character(w, '\n');
        if (w->newlines > 1)
            write_character(w, '\n');
    } else if (w->characters > 0 && w->blank) {
        write_character(w, w->blank);
    }
    w->blank = 0;
    w->newlines = 0;
    write_character(w, c);
}

static void
take(struct writer *w, uint32_t c)
{
    if (is_newline(c))
        take_newline(w);
    else if (is_blank(c))
        take_blank(w, c);
    else if (!utf8_is_control(c) && c != 0xFEFF) // a BOM in mid-text
        take_letter(w, c);
}

/* Makes room for the ellipsis, at a word's end where there is one nearby. */
static void
end_with_ellipsis(struct writer *w)
{
    struct text *out = &w->out;
    text_cut(out, utf8_cut(out->bytes, out->len, w->most - 1));
    size_t least = w->most > WORD_END_WITHIN ? w->most - WORD_END_WITHIN : 1;
    size_t floor = utf8_cut(out->bytes, out->len, least);
    for (size_t at = out->len; at > floor; at--) {
        if (out->bytes[at - 1] == ' ' || out->bytes[at - 1] == '\n') {
            text_cut(out, at - 1);
            break;
        }
    }
    while (out->len && strchr(" \n,;:", out->bytes[out->len - 1]))
        text_cut(out, out->len - 1);
    text_add_string(out, ELLIPSIS);
}

const char *
plain_text(struct arena *arena, const char *bytes, size_t len, size_t most,
           int how, bool *was_cut)
{
    struct writer w = {.most = most, .keeps_lines = how & PLAIN_LINES};
    for (size_t at = 0; at < len && !w.was_cut;) {
        uint32_t c = 0;
        size_t size = 0;
        if (bytes[at] == '&' && (how & PLAIN_REFERENCES))
            size = character_reference_read(bytes + at, len - at, &c);
        if (size)
            at += size;
        else
            c = utf8_next(bytes, len, &at);
        if (c == '\r' && at < len && bytes[at] == '\n')
            continue; // the two are one newline
        take(&w, c);
    }
    if (w.was_cut && most > 0)
        end_with_ellipsis(&w);
    char *composed = utf8_compose(text_string(&w.out), w.out.len);
    const char *copy =
        composed ? arena_copy(arena, composed, strlen(composed))
                 : arena_copy(arena, text_string(&w.out), w.out.len);
    free(composed);
    if (was_cut)
        *was_cut = w.was_cut;
    text_destroy(&w.out);
    return copy;
}

/* Whether the full stop at text[at] only shortens a word. */
static bool
is_abbreviation(const char *text, size_t at)
{
    static const char *const words[] = {"Mr", "Mrs", "Ms", "Dr",  "St",
                                        "No", "vs",  "Yr", "Prof"};
    size_t start = at;
    while (start > 0 && !strchr(" \n(\"'", text[start - 1]))
        start--;
    size_t len = at - start;
    if (len == 1 || (len == 3 && text[start + 1] == '.')) // J. Hill, e.g.
        return (text[start] | 32) >= 'a' && (text[start] | 32) <= 'z';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == len && memcmp(words[i], text + start, len) == 0)
            return true;
    return false;
}

/* Bytes of closing quotation marks and brackets at `text`. */
static size_t
closing_marks(const char *text)
{
    static const char *const marks[] = {"\"", "'", ")", "\xE2\x80\x99",
                                        "\xE2\x80\x9D"};
    size_t len = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (strncmp(text + len, marks[i], size) == 0) {
            len += size;
            i = (size_t) -1; // from the first mark again
        }
    }
    return len;
}

static size_t
sentence_length(const char *text)
{
    size_t at = 0;
    while (text[at] && text[at] != '\n') {
        char c = text[at++];
        // U+3002, U+FF01, U+FF1F end a sentence without a blank after it.
        if (strncmp(text + at - 1, "\xE3\x80\x82", 3) == 0 ||
            strncmp(text + at - 1, "\xEF\xBC\x81", 3) == 0 ||
            strncmp(text + at - 1, "\xEF\xBC\x9F", 3) == 0)
            return at + 2;
        if (c != '.' && c != '!' && c != '?')
            continue;
        size_t end = at + closing_marks(text + at);
        if (text[end] && text[end] != ' ' && text[end] != '\n')
            continue;
        if (c != '.' || !is_abbreviation(text, at - 1))
            return end;
    }
    return at;
}

const char *
plain_text_first_sentence(struct arena *arena, const char *text, size_t most)
{
    size_t len = sentence_length(text);
    return plain_text(arena, text, len, most, PLAIN_ONE_LINE, NULL);
}
