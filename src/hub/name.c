#include "hub/name.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "base/utf8.h"

#define ELLIPSIS "\xE2\x80\xA6"

struct word {
    size_t start, end;
};

/* The next word from `at` on. */
static bool
next_word(const char *text, size_t len, size_t at, struct word *w)
{
    bool is_inside = false;
    while (at < len) {
        size_t from = at;
        bool is_word = utf8_is_word(utf8_next(text, len, &at));
        if (is_word && !is_inside)
            w->start = from;
        if (is_word)
            w->end = at;
        if (!is_word && is_inside)
            return true;
        is_inside = is_word;
    }
    return is_inside;
}

static const char *
fold(struct arena *a, const char *text, struct word w, bool without_marks)
{
    char *folded = utf8_fold(text + w.start, w.end - w.start, without_marks);
    const char *copy = arena_copy(a, folded, strlen(folded));
    free(folded);
    return copy;
}

struct name
name_read(struct arena *a, const char *typed)
{
    struct name n = {0};
    struct word w = {0};
    size_t len = strlen(typed);
    while (n.count < NAME_WORDS_MOST && next_word(typed, len, w.end, &w)) {
        n.folded[n.count] = fold(a, typed, w, false);
        n.plain[n.count++] = fold(a, typed, w, true);
    }
    return n;
}

/* Whether all of `part` stands in `whole`, one word after another. */
static bool
has_part(const struct name *whole, const struct name *part)
{
    for (int from = 0; from + part->count <= whole->count; from++) {
        int i = 0;
        while (i < part->count &&
               strcmp(whole->plain[from + i], part->plain[i]) == 0)
            i++;
        if (i == part->count)
            return true;
    }
    return false;
}

static bool
is_same(const struct name *one, const struct name *other)
{
    bool same = one->count == other->count;
    for (int i = 0; same && i < one->count; i++)
        same = strcmp(one->folded[i], other->folded[i]) == 0;
    return same;
}

enum name_likeness
name_compare(const struct name *n, const char *line)
{
    struct arena arena = {0};
    enum name_likeness likeness = NAME_DIFFERENT;
    struct name other = name_read(&arena, line);
    if (n->count && other.count) {
        if (is_same(n, &other))
            likeness = NAME_SAME;
        else if (has_part(&other, n) || has_part(n, &other) ||
                 strcmp(n->plain[0], other.plain[0]) == 0)
            likeness = NAME_NEAR;
    }
    arena_destroy(&arena);
    return likeness;
}

/* Of ASCII alone: then there is little to fold. */
static bool
is_ascii(const char *text, struct word w)
{
    for (size_t i = w.start; i < w.end; i++)
        if ((unsigned char) text[i] >= 0x80)
            return false;
    return true;
}

static bool
is_word_plain(const char *text, struct word w, const char *plain)
{
    size_t len = w.end - w.start;
    if (is_ascii(text, w))
        return strncasecmp(text + w.start, plain, len) == 0 &&
               plain[len] == '\0';
    char *folded = utf8_fold(text + w.start, w.end - w.start, true);
    bool is_it = strcmp(folded, plain) == 0;
    free(folded);
    return is_it;
}

bool
name_find(const struct name *n, const char *text, size_t from, size_t *start,
          size_t *end)
{
    size_t len = strlen(text);
    struct word first = {0, from};
    while (n->count && next_word(text, len, first.end, &first)) {
        struct word w = first;
        int i = 0;
        while (is_word_plain(text, w, n->plain[i])) {
            *start = first.start;
            *end = w.end;
            if (++i == n->count)
                return true;
            if (!next_word(text, len, w.end, &w))
                break;
        }
    }
    return false;
}

/* Where no word goes on to the left, or to the right, of `at`. */
static bool
is_edge(const char *text, size_t len, size_t at)
{
    size_t before = at;
    while (before > 0 && ((unsigned char) text[--before] & 0xC0) == 0x80)
        ;
    size_t left = before, right = at;
    bool has_left = at > 0 && utf8_is_word(utf8_next(text, len, &left));
    bool has_right = at < len && utf8_is_word(utf8_next(text, len, &right));
    return !has_left || !has_right;
}

const char *
name_replace(struct arena *a, const char *text, const char *spelling)
{
    struct text out = {0};
    size_t len = strlen(text), spelled = strlen(spelling), done = 0;
    const char *at = text;
    while (spelled && (at = strstr(at, spelling)) != NULL) {
        size_t place = (size_t) (at - text);
        at += spelled;
        if (!is_edge(text, len, place) || !is_edge(text, len, place + spelled))
            continue;
        text_add(&out, text + done, place - done);
        text_add_string(&out, ELLIPSIS);
        done = place + spelled;
    }
    if (!done)
        return text;
    text_add_string(&out, text + done);
    const char *copy = arena_copy(a, text_string(&out), out.len);
    text_destroy(&out);
    return copy;
}
