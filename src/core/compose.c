#include "core/compose.h"

#include <string.h>

#include "base/utf8.h"

// Letters put in may join their neighbours, so a few more than there is room
// for may still fit.
#define JOINS_MOST 4

static const size_t letters_most[COMPOSE_FIELD_COUNT] = {
    [COMPOSE_TEXT] = COMPOSE_TEXT_LETTERS,
    [COMPOSE_NAME] = COMPOSE_NAME_LETTERS,
};

static size_t
count_letters(const char *bytes, size_t len, size_t *longest)
{
    size_t count = 0;
    *longest = 0;
    for (size_t at = 0, end; at < len; at = end, count++) {
        end = utf8_grapheme_end(bytes, len, at);
        if (end - at > *longest)
            *longest = end - at;
    }
    return count;
}

/* Where the letter begins that `at` is inside of; `at` itself between two. */
static size_t
letter_start(const struct compose_line *l, size_t at)
{
    size_t start = 0;
    if (at >= l->len)
        return l->len;
    for (size_t end; start < at; start = end) {
        end = utf8_grapheme_end(l->bytes, l->len, start);
        if (end > at)
            return start;
    }
    return start;
}

static size_t
letter_before(const struct compose_line *l, size_t at)
{
    return at > 0 ? letter_start(l, at - 1) : 0;
}

static size_t
letter_after(const struct compose_line *l, size_t at)
{
    return at < l->len ? utf8_grapheme_end(l->bytes, l->len, at) : l->len;
}

/* Nothing to see: white space, and what only joins or chooses. */
static bool
is_blank(const char *bytes, size_t len)
{
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = utf8_next(bytes, len, &at);
        if (utf8_words(bytes + from, at - from) > 0 && !utf8_is_ignorable(c))
            return false;
    }
    return true;
}

static bool
is_letter_or_digit(const char *bytes, size_t len)
{
    char script[5];
    size_t at = 0;
    uint32_t c = utf8_next(bytes, len, &at);
    if (c < 0x80 && c >= '0' && c <= '9')
        return true;
    utf8_script(c, script);
    return strcmp(script, "Zyyy") != 0;
}

static struct compose_line *
line_of(struct compose *c)
{
    return &c->lines[c->field];
}

/*
 * Puts `len` bytes in the place of those from `from` to `until`, the caret
 * behind them, if the limits allow it.
 */
static bool
replace(struct compose_line *l, size_t most, size_t from, size_t until,
        const char *bytes, size_t len)
{
    size_t made = l->len - (until - from) + len, longest;
    if (made > COMPOSE_BYTES_MAX)
        return false;
    struct compose_line next = {.len = made};
    memcpy(next.bytes, l->bytes, from);
    memcpy(next.bytes + from, bytes, len);
    memcpy(next.bytes + from + len, l->bytes + until, l->len - until);
    bool is_shorter = made <= l->len; // taking away is always allowed
    if (!is_shorter && (count_letters(next.bytes, made, &longest) > most ||
                        longest > COMPOSE_LETTER_BYTES_MAX))
        return false;

    // What came may have joined what follows: then behind both.
    next.caret = letter_start(&next, from + len);
    if (next.caret < from + len)
        next.caret = letter_after(&next, next.caret);
    *l = next;
    return true;
}

/*
 * What may be put in of what came, ready to be: control characters, and what
 * is no UTF-8, are gone; no letter is longer than one may be. Never more than
 * a line holds.
 */
static size_t
clean(const char *bytes, size_t len, char out[COMPOSE_BYTES_MAX], bool *is_all)
{
    size_t made = 0, letter = 0;
    *is_all = true;
    for (size_t at = 0; at < len;) {
        size_t from = at;
        uint32_t c = utf8_next(bytes, len, &at);
        if (c == '\r' && at < len && bytes[at] == '\n')
            continue; // one line end, not two
        if (c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029)
            c = ' ';
        if (utf8_is_control(c) || !utf8_valid_prefix(bytes + from, at - from))
            continue;
        char put[4];
        size_t put_len = utf8_put(c, put);
        if (made + put_len > COMPOSE_BYTES_MAX) {
            *is_all = false;
            break;
        }
        memcpy(out + made, put, put_len);
        made += put_len;
        size_t end = utf8_grapheme_end(out, made, letter);
        if (end < made)
            letter = end;
        else if (made - letter > COMPOSE_LETTER_BYTES_MAX)
            made -= put_len;
    }
    return made;
}

void
compose_reset(struct compose *c)
{
    *c = (struct compose){0};
}

bool
compose_set_answers(struct compose *c, const char *id)
{
    size_t len = strlen(id);
    bool is_short = len <= COMPOSE_ID_BYTES_MAX;
    memset(c->answers, 0, sizeof c->answers);
    if (is_short)
        memcpy(c->answers, id, len);
    return is_short;
}

/* Two spaces after a letter or digit are how many people end a sentence. */
static bool
make_stop(struct compose_line *l, size_t most)
{
    size_t space = letter_before(l, l->caret), word = letter_before(l, space);
    if (space == word || l->caret - space != 1 || l->bytes[space] != ' ' ||
        !is_letter_or_digit(l->bytes + word, space - word))
        return false;
    l->has_made_stop = replace(l, most, space, l->caret, ". ", 2);
    return l->has_made_stop;
}

bool
compose_insert(struct compose *c, const char *bytes, size_t len)
{
    struct compose_line *l = line_of(c);
    size_t most = letters_most[c->field];
    char cleaned[COMPOSE_BYTES_MAX];
    bool is_all;
    len = clean(bytes, len, cleaned, &is_all);
    if (c->field == COMPOSE_TEXT && len == 1 && *cleaned == ' ' &&
        make_stop(l, most))
        return true;
    l->has_made_stop = false;

    // ends[n]: where the first n letters of it end
    size_t ends[COMPOSE_TEXT_LETTERS + JOINS_MOST + 1] = {0};
    size_t room = (size_t) compose_left(c, c->field) + JOINS_MOST, count = 0;
    while (count < room && ends[count] < len) {
        ends[count + 1] = utf8_grapheme_end(cleaned, len, ends[count]);
        count++;
    }
    is_all = is_all && ends[count] == len;
    while (count > 0 &&
           !replace(l, most, l->caret, l->caret, cleaned, ends[count])) {
        count--;
        is_all = false;
    }
    return is_all;
}

static bool
take_away(struct compose_line *l, size_t from, size_t until)
{
    l->has_made_stop = false;
    return from < until && replace(l, 0, from, until, "", 0);
}

bool
compose_backspace(struct compose *c)
{
    struct compose_line *l = line_of(c);
    size_t from = letter_before(l, l->caret);
    if (!l->has_made_stop)
        return take_away(l, from, l->caret);
    l->has_made_stop = false;
    return replace(l, 0, l->caret - 2, l->caret, "  ", 2);
}

bool
compose_backspace_word(struct compose *c)
{
    struct compose_line *l = line_of(c);
    size_t from = l->caret;
    bool has_word = false;
    while (from > 0) {
        size_t before = letter_before(l, from);
        bool is_gap = is_blank(l->bytes + before, from - before);
        if (is_gap && has_word)
            break;
        has_word = has_word || !is_gap;
        from = before;
    }
    return take_away(l, from, l->caret);
}

bool
compose_delete(struct compose *c)
{
    struct compose_line *l = line_of(c);
    return take_away(l, l->caret, letter_after(l, l->caret));
}

bool
compose_move(struct compose *c, int letters)
{
    struct compose_line *l = line_of(c);
    size_t from = l->caret;
    l->has_made_stop = false;
    for (; letters < 0 && l->caret > 0; letters++)
        l->caret = letter_before(l, l->caret);
    for (; letters > 0 && l->caret < l->len; letters--)
        l->caret = letter_after(l, l->caret);
    return l->caret != from;
}

void
compose_place_caret(struct compose *c, size_t at)
{
    struct compose_line *l = line_of(c);
    l->has_made_stop = false;
    l->caret = letter_start(l, at);
}

/* One of what may stand between a full stop and the next sentence. */
static bool
is_closing(const char *bytes, size_t len)
{
    static const char *const closing[] = {"\"", "'", ")", "]", "”", "’", "»"};
    for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++)
        if (len == strlen(closing[i]) && memcmp(bytes, closing[i], len) == 0)
            return true;
    return false;
}

bool
compose_wants_capital(const struct compose *c)
{
    const struct compose_line *l = &c->lines[c->field];
    size_t end = l->caret, start = letter_before(l, end);
    while (end > 0 && is_blank(l->bytes + start, end - start)) {
        end = start;
        start = letter_before(l, end);
    }
    if (end == 0)
        return true;
    if (end == l->caret)
        return false;
    while (end > 0 && is_closing(l->bytes + start, end - start)) {
        end = start;
        start = letter_before(l, end);
    }
    return end - start == 1 && strchr(".?!", l->bytes[start]) != NULL;
}

int
compose_left(const struct compose *c, enum compose_field field)
{
    const struct compose_line *l = &c->lines[field];
    size_t longest, count = count_letters(l->bytes, l->len, &longest);
    size_t most = letters_most[field];
    return count < most ? (int) (most - count) : 0;
}

const char *
compose_refusal(const struct compose *c)
{
    const struct compose_line *l = &c->lines[COMPOSE_TEXT];
    if (is_blank(l->bytes, l->len))
        return "There is nothing on it yet. Write a few words, then post it.";
    return NULL;
}

size_t
compose_result(const struct compose *c, enum compose_field field,
               char out[COMPOSE_BYTES_MAX + 1])
{
    const struct compose_line *l = &c->lines[field];
    size_t from = 0, until = l->len;
    while (from < until) {
        size_t end = letter_after(l, from);
        if (!is_blank(l->bytes + from, end - from))
            break;
        from = end;
    }
    while (until > from) {
        size_t start = letter_before(l, until);
        if (!is_blank(l->bytes + start, until - start))
            break;
        until = start;
    }
    memcpy(out, l->bytes + from, until - from);
    out[until - from] = '\0';
    return until - from;
}
