#include "core/json_scan.h"

#include <stdint.h>
#include <string.h>

/* What the grammar allows at this point. */
enum expected {
    WANT_VALUE,
    WANT_VALUE_OR_END, // just after [
    WANT_KEY,
    WANT_KEY_OR_END, // just after {
    WANT_COLON,
    WANT_COMMA_OR_END,
    WANT_NOTHING, // the document is complete
};

struct scan {
    const char *bytes;
    size_t len;
    size_t at;
    size_t copied; // bytes before this are in `out`
    struct text *out;
    struct problem *why;
    enum expected expected;
    int values;
    int depth;
    char open[JSON_MAX_DEPTH]; // '[' or '{'
};

static bool
refuse(struct scan *s, size_t at, const char *sentence)
{
    struct problem place = {0};
    problem_place(&place, s->bytes, s->len, at);
    problem_set(s->why, place.line, place.column, "%s", sentence);
    return false;
}

static bool
refuse_end(struct scan *s)
{
    return refuse(s, s->len,
                  "the document ends too soon: it may have been cut off");
}

static bool
is_digit(const struct scan *s, size_t at)
{
    return at < s->len && s->bytes[at] >= '0' && s->bytes[at] <= '9';
}

static bool
is_at(const struct scan *s, char c)
{
    return s->at < s->len && s->bytes[s->at] == c;
}

/* Four hexadecimal digits at `at`, or -1. */
static int32_t
hex_digits(const struct scan *s, size_t at)
{
    if (s->len - at < 4)
        return -1;
    int32_t value = 0;
    for (size_t i = at; i < at + 4; i++) {
        char c = s->bytes[i];
        int digit = c >= '0' && c <= '9'   ? c - '0'
                    : c >= 'a' && c <= 'f' ? c - 'a' + 10
                    : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                           : -1;
        if (digit < 0)
            return -1;
        value = value * 16 + digit;
    }
    return value;
}

/* At the first hexadecimal digit of \uXXXX. */
static bool
scan_unicode_escape(struct scan *s)
{
    int32_t unit = hex_digits(s, s->at);
    if (unit < 0)
        return refuse(s, s->at, "\\u needs four hexadecimal digits after it");
    if (unit == 0)
        return refuse(s, s->at - 2,
                      "a text holds the character \\u0000, which no text may");
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return refuse(s, s->at - 2,
                      "half a character: a \\u escape of the "
                      "kind that comes in pairs stands alone");
    s->at += 4;
    if (unit < 0xD800 || unit > 0xDBFF)
        return true;
    if (s->len - s->at >= 6 && memcmp(s->bytes + s->at, "\\u", 2) == 0) {
        int32_t second = hex_digits(s, s->at + 2);
        if (second >= 0xDC00 && second <= 0xDFFF) {
            s->at += 6;
            return true;
        }
    }
    return refuse(s, s->at - 6,
                  "half a character: a \\u escape of the kind "
                  "that comes in pairs stands alone");
}

/* At the opening quotation mark. */
static bool
scan_string(struct scan *s)
{
    size_t start = s->at++;
    while (s->at < s->len) {
        unsigned char c = (unsigned char) s->bytes[s->at++];
        if (c == '"')
            return true;
        if (c < 0x20)
            return refuse(s, s->at - 1,
                          "a text is not closed before the end of its line, "
                          "or holds a raw tab: write \\n or \\t instead");
        if (c != '\\')
            continue;
        if (s->at == s->len)
            break;
        char escape = s->bytes[s->at++];
        if (escape == 'u') {
            if (!scan_unicode_escape(s))
                return false;
        } else if (!strchr("\"\\/bfnrt", escape)) {
            return refuse(s, s->at - 2,
                          "this backslash stands before a letter it cannot "
                          "go with: write two for a real backslash");
        }
    }
    return refuse(s, start,
                  "a text begins here and is never closed: the document may "
                  "have been cut off");
}

/* Makes the number that began at `start` a marked text in the copy. */
static void
copy_number(struct scan *s, size_t start)
{
    text_add(s->out, s->bytes + s->copied, start - s->copied);
    text_add_char(s->out, '"');
    text_add_char(s->out, JSON_NUMBER_MARK);
    text_add(s->out, s->bytes + start, s->at - start);
    text_add_char(s->out, '"');
    s->copied = s->at;
}

static bool
scan_digits(struct scan *s)
{
    if (!is_digit(s, s->at))
        return refuse(s, s->at, "a digit is missing in this number");
    while (is_digit(s, s->at))
        s->at++;
    return true;
}

static bool
scan_number(struct scan *s)
{
    size_t start = s->at;
    if (is_at(s, '-'))
        s->at++;
    if (is_at(s, '0') && is_digit(s, s->at + 1))
        return refuse(s, s->at, "a number must not begin with a zero");
    if (!scan_digits(s))
        return false;
    if (is_at(s, '.')) {
        s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (is_at(s, 'e') || is_at(s, 'E')) {
        s->at++;
        if (is_at(s, '+') || is_at(s, '-'))
            s->at++;
        if (!scan_digits(s))
            return false;
    }
    if (s->at - start > JSON_EXACT_CHARACTERS)
        copy_number(s, start);
    return true;
}

static bool
scan_word(struct scan *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t len = strlen(words[i]);
        if (s->len - s->at >= len &&
            memcmp(s->bytes + s->at, words[i], len) == 0) {
            s->at += len;
            return true;
        }
    }
    char c = s->bytes[s->at];
    if (c == ',' || c == ']' || c == '}')
        return refuse(s, s->at,
                      "a value is missing here: there may be a "
                      "comma too many");
    return refuse(s, s->at,
                  "this is no JSON value: texts stand in straight double "
                  "quotation marks (\")");
}

static bool
scan_open(struct scan *s, char bracket)
{
    if (s->depth == JSON_MAX_DEPTH)
        return refuse(s, s->at, "too many brackets inside one another");
    s->open[s->depth++] = bracket;
    s->at++;
    s->expected = bracket == '[' ? WANT_VALUE_OR_END : WANT_KEY_OR_END;
    return true;
}

static void
value_is_complete(struct scan *s)
{
    s->expected = s->depth ? WANT_COMMA_OR_END : WANT_NOTHING;
}

static void
scan_close(struct scan *s)
{
    s->at++;
    s->depth--;
    value_is_complete(s);
}

static bool
scan_value(struct scan *s)
{
    char c = s->bytes[s->at];
    if (s->expected == WANT_VALUE_OR_END && c == ']') {
        scan_close(s);
        return true;
    }
    if (++s->values > JSON_MAX_VALUES)
        return refuse(s, s->at,
                      "the document holds far more values than any feed");
    if (c == '[' || c == '{')
        return scan_open(s, c);
    bool is_good = c == '"'                             ? scan_string(s)
                   : c == '-' || (c >= '0' && c <= '9') ? scan_number(s)
                                                        : scan_word(s);
    value_is_complete(s);
    return is_good;
}

static bool
scan_key(struct scan *s)
{
    if (s->expected == WANT_KEY_OR_END && is_at(s, '}')) {
        scan_close(s);
        return true;
    }
    s->expected = WANT_COLON;
    if (is_at(s, '"'))
        return scan_string(s);
    return refuse(s, s->at,
                  is_at(s, '}') ? "the comma before this bracket is one too "
                                  "many"
                                : "a name in straight double quotation marks "
                                  "(\") is missing here");
}

static bool
scan_comma_or_end(struct scan *s)
{
    char bracket = s->open[s->depth - 1];
    if (is_at(s, ',')) {
        s->at++;
        s->expected = bracket == '[' ? WANT_VALUE : WANT_KEY;
        return true;
    }
    if (is_at(s, bracket == '[' ? ']' : '}')) {
        scan_close(s);
        return true;
    }
    return refuse(s, s->at,
                  bracket == '[' ? "a comma or the closing ] is missing here"
                                 : "a comma or the closing } is missing here");
}

/* One step of the grammar, at a byte that is no white space. */
static bool
scan_step(struct scan *s)
{
    switch (s->expected) {
    case WANT_VALUE:
    case WANT_VALUE_OR_END:
        return scan_value(s);
    case WANT_KEY:
    case WANT_KEY_OR_END:
        return scan_key(s);
    case WANT_COLON:
        if (!is_at(s, ':'))
            return refuse(s, s->at, "a colon is missing here");
        s->at++;
        s->expected = WANT_VALUE;
        return true;
    case WANT_COMMA_OR_END:
        return scan_comma_or_end(s);
    case WANT_NOTHING:
        break;
    }
    return refuse(s, s->at, "the document should end here, but more follows");
}

bool
json_scan(const char *bytes, size_t len, struct text *out, struct problem *why)
{
    struct scan s = {.bytes = bytes, .len = len, .out = out, .why = why};
    for (;;) {
        while (is_at(&s, ' ') || is_at(&s, '\n') || is_at(&s, '\r') ||
               is_at(&s, '\t'))
            s.at++;
        if (s.at == len)
            break;
        if (!scan_step(&s))
            return false;
    }
    if (s.expected != WANT_NOTHING)
        return refuse_end(&s);
    text_add(out, bytes + s.copied, len - s.copied);
    return true;
}
