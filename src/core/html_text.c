#include "core/html_text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "core/character_reference.h"

#define BULLET "\xE2\x80\xA2 "

enum role {
    ROLE_INLINE,
    ROLE_BLOCK,
    ROLE_ITEM,
    ROLE_CELL,
    ROLE_PICTURE,
    ROLE_PREFORMATTED,
    ROLE_DROPPED,     // with what it holds; ignored when never closed
    ROLE_DROPPED_RAW, // as above, but what it holds is no markup at all
};

/* By name: the search stops at the first that is too far on. */
static const struct element {
    const char *name;
    enum role role;
} elements[] = {
    {"address", ROLE_BLOCK},
    {"article", ROLE_BLOCK},
    {"aside", ROLE_BLOCK},
    {"audio", ROLE_DROPPED},
    {"blockquote", ROLE_BLOCK},
    {"body", ROLE_BLOCK},
    {"br", ROLE_BLOCK},
    {"canvas", ROLE_DROPPED},
    {"caption", ROLE_BLOCK},
    {"center", ROLE_BLOCK},
    {"dd", ROLE_BLOCK},
    {"details", ROLE_BLOCK},
    {"div", ROLE_BLOCK},
    {"dl", ROLE_BLOCK},
    {"dt", ROLE_BLOCK},
    {"figcaption", ROLE_BLOCK},
    {"figure", ROLE_BLOCK},
    {"footer", ROLE_BLOCK},
    {"form", ROLE_BLOCK},
    {"h1", ROLE_BLOCK},
    {"h2", ROLE_BLOCK},
    {"h3", ROLE_BLOCK},
    {"h4", ROLE_BLOCK},
    {"h5", ROLE_BLOCK},
    {"h6", ROLE_BLOCK},
    {"head", ROLE_DROPPED},
    {"header", ROLE_BLOCK},
    {"hr", ROLE_BLOCK},
    {"html", ROLE_BLOCK},
    {"iframe", ROLE_DROPPED_RAW},
    {"img", ROLE_PICTURE},
    {"li", ROLE_ITEM},
    {"main", ROLE_BLOCK},
    {"math", ROLE_DROPPED},
    {"nav", ROLE_BLOCK},
    {"noscript", ROLE_DROPPED},
    {"object", ROLE_DROPPED},
    {"ol", ROLE_BLOCK},
    {"p", ROLE_BLOCK},
    {"pre", ROLE_PREFORMATTED},
    {"script", ROLE_DROPPED_RAW},
    {"section", ROLE_BLOCK},
    {"select", ROLE_DROPPED},
    {"style", ROLE_DROPPED_RAW},
    {"summary", ROLE_BLOCK},
    {"svg", ROLE_DROPPED},
    {"table", ROLE_BLOCK},
    {"td", ROLE_CELL},
    {"template", ROLE_DROPPED},
    {"textarea", ROLE_DROPPED_RAW},
    {"th", ROLE_CELL},
    {"title", ROLE_DROPPED_RAW},
    {"tr", ROLE_BLOCK},
    {"ul", ROLE_BLOCK},
    {"video", ROLE_DROPPED},
};
#define ELEMENT_COUNT (sizeof elements / sizeof *elements)

struct reader {
    const char *bytes;
    size_t len;
    size_t at;
    struct text *out;
    size_t start; // of our own text in `out`
    bool wants_blank;
    bool wants_line;
    bool wants_bullet;
    bool is_preformatted;
    bool is_in_cdata;
    // Looked for once and not found: there is none further on either, and not
    // looking again is what keeps the time linear.
    bool no_more_quotes[2]; // of " and of '
    bool no_more_closing[ELEMENT_COUNT];
};

struct tag {
    const struct element *element; // NULL: unknown, so inline
    bool is_closing;
    size_t attributes, end; // the bytes between the name and '>'
};

/* --- writing --- */

static void
write_letter(struct reader *r, uint32_t c)
{
    char bytes[4];
    if (r->out->len > r->start) {
        if (r->wants_line)
            text_add_char(r->out, '\n');
        else if (r->wants_blank)
            text_add_char(r->out, ' ');
    }
    if (r->wants_bullet)
        text_add_string(r->out, BULLET);
    r->wants_line = r->wants_blank = r->wants_bullet = false;
    size_t len = utf8_put(c, bytes);
    text_add(r->out, bytes, len);
}

static void
write_character(struct reader *r, uint32_t c)
{
    if (c == '\n' && r->is_preformatted)
        r->wants_line = true;
    else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f')
        r->wants_blank = true;
    else
        write_letter(r, c);
}

/* Text and character references from `from` to `until`. */
static void
write_run(struct reader *r, size_t from, size_t until)
{
    while (from < until) {
        uint32_t c = 0;
        size_t size = 0;
        if (r->bytes[from] == '&')
            size = character_reference_read(r->bytes + from, until - from, &c);
        if (size)
            from += size;
        else
            c = utf8_next(r->bytes, until, &from);
        write_character(r, c);
    }
}

/* --- finding --- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool
is_here(const struct reader *r, size_t at, const char *word)
{
    size_t len = strlen(word);
    return r->len - at >= len && strncasecmp(r->bytes + at, word, len) == 0;
}

/* Where `word` next stands at or behind `at`; r->len when it does not. */
static size_t
find(const struct reader *r, size_t at, const char *word)
{
    const char *hit = memmem(r->bytes + at, r->len - at, word, strlen(word));
    return hit ? (size_t) (hit - r->bytes) : r->len;
}

static const struct element *
find_element(const char *name, size_t len)
{
    char first = (char) (name[0] | 0x20);
    for (size_t i = 0; i < ELEMENT_COUNT && elements[i].name[0] <= first; i++)
        if (elements[i].name[0] == first && strlen(elements[i].name) == len &&
            strncasecmp(elements[i].name, name, len) == 0)
            return &elements[i];
    return NULL;
}

/* At an opening quotation mark: behind the closing one, or just behind. */
static size_t
skip_quoted(struct reader *r, size_t at)
{
    bool *none = &r->no_more_quotes[r->bytes[at] == '\''];
    if (*none)
        return at + 1;
    const char *close =
        memchr(r->bytes + at + 1, r->bytes[at], r->len - at - 1);
    if (close)
        return (size_t) (close - r->bytes) + 1;
    *none = true; // a forgotten quotation mark must not swallow the rest
    return at + 1;
}

/* The '>' that ends the tag around `at`; r->len when there is none. */
static size_t
find_tag_end(struct reader *r, size_t at)
{
    bool is_value = false; // the last thing that was no blank was '='
    while (at < r->len && r->bytes[at] != '>') {
        char c = r->bytes[at];
        if (is_value && (c == '"' || c == '\'')) {
            at = skip_quoted(r, at);
            is_value = false;
            continue;
        }
        if (!is_blank(c))
            is_value = c == '=';
        at++;
    }
    return at;
}

/* r->at is at '<' with a letter, or '/' and a letter, behind it. */
static struct tag
read_tag(struct reader *r)
{
    struct tag tag = {.is_closing = r->bytes[r->at + 1] == '/'};
    size_t name = r->at + 1 + tag.is_closing;
    size_t end = name;
    while (end < r->len && !is_blank(r->bytes[end]) && r->bytes[end] != '>' &&
           r->bytes[end] != '/')
        end++;
    tag.element = find_element(r->bytes + name, end - name);
    tag.attributes = end;
    tag.end = find_tag_end(r, end);
    return tag;
}

/* --- what tags do --- */

/* The value of the attribute that begins at `*at`; moves behind it. */
static void
skip_value(const struct reader *r, size_t *at, size_t end, size_t *from,
           size_t *until)
{
    char quote = r->bytes[*at];
    bool is_quoted = quote == '"' || quote == '\'';
    *from = is_quoted ? ++*at : *at;
    while (*at < end &&
           (is_quoted ? r->bytes[*at] != quote : !is_blank(r->bytes[*at])))
        ++*at;
    *until = *at;
    if (is_quoted && *at < end)
        ++*at;
}

static void
write_alternative(struct reader *r, const struct tag *tag)
{
    size_t at = tag->attributes;
    while (at < tag->end) {
        while (at < tag->end && (is_blank(r->bytes[at]) || r->bytes[at] == '/'))
            at++;
        size_t name = at;
        while (at < tag->end && !is_blank(r->bytes[at]) && r->bytes[at] != '=')
            at++;
        size_t name_len = at - name;
        while (at < tag->end && is_blank(r->bytes[at]))
            at++;
        if (at == tag->end || r->bytes[at] != '=')
            continue;
        at++;
        while (at < tag->end && is_blank(r->bytes[at]))
            at++;
        if (at == tag->end)
            return;
        size_t from, until;
        skip_value(r, &at, tag->end, &from, &until);
        if (name_len == 3 && strncasecmp(r->bytes + name, "alt", 3) == 0) {
            write_run(r, from, until);
            return;
        }
    }
}

/* Moves behind the element's closing tag, if it has one. */
static void
drop(struct reader *r, const struct element *element)
{
    bool *none = &r->no_more_closing[element - elements];
    size_t at = r->at;
    while (!*none && (at = find(r, at, "</")) < r->len) {
        at += 2;
        size_t end = at + strlen(element->name);
        if (is_here(r, at, element->name) &&
            (end == r->len || !is_letter(r->bytes[end]))) {
            r->at = find_tag_end(r, end);
            r->at += r->at < r->len;
            return;
        }
    }
    *none = true;
    if (element->role == ROLE_DROPPED_RAW)
        r->at = r->len;
}

static void
act_on_tag(struct reader *r, const struct tag *tag)
{
    switch (tag->element ? tag->element->role : ROLE_INLINE) {
    case ROLE_INLINE:
        return;
    case ROLE_PREFORMATTED:
        r->is_preformatted = !tag->is_closing;
        r->wants_line = true;
        return;
    case ROLE_BLOCK:
        r->wants_line = true;
        return;
    case ROLE_ITEM:
        r->wants_line = true;
        r->wants_bullet = !tag->is_closing;
        return;
    case ROLE_CELL:
        r->wants_blank = true;
        return;
    case ROLE_PICTURE:
        write_alternative(r, tag);
        return;
    case ROLE_DROPPED:
    case ROLE_DROPPED_RAW:
        if (!tag->is_closing)
            drop(r, tag->element);
        return;
    }
}

/* r->at is at "<!" or "<?": comments, CDATA, doctypes, instructions. */
static void
skip_declaration(struct reader *r)
{
    if (is_here(r, r->at, "<![CDATA[")) {
        r->is_in_cdata = true;
        r->at += strlen("<![CDATA[");
        return;
    }
    bool is_comment = is_here(r, r->at, "<!--");
    // "<!-->" is a whole comment (HTML §13.2.5.43), so look from its dashes.
    size_t end = find(r, r->at + 2, is_comment ? "-->" : ">");
    r->at = end + (end == r->len ? 0 : is_comment ? 3 : 1);
}

/* Whatever r->at is at, moves behind it. */
static void
read_markup(struct reader *r)
{
    char next = r->at + 1 < r->len ? r->bytes[r->at + 1] : '\0';
    char after = r->at + 2 < r->len ? r->bytes[r->at + 2] : '\0';
    if (next == '!' || next == '?') {
        skip_declaration(r);
    } else if (is_letter(next) || (next == '/' && is_letter(after))) {
        struct tag tag = read_tag(r);
        r->at = tag.end + (tag.end < r->len);
        act_on_tag(r, &tag);
    } else { // "3 < 4"
        write_letter(r, '<');
        r->at++;
    }
}

void
html_text(struct text *out, const char *html, size_t len, size_t most_bytes)
{
    struct reader r = {
        .bytes = html, .len = len, .out = out, .start = out->len};
    while (r.at < len && out->len - r.start <= most_bytes) {
        if (html[r.at] == '<') {
            read_markup(&r);
            continue;
        }
        if (r.is_in_cdata && is_here(&r, r.at, "]]>")) {
            r.is_in_cdata = false;
            r.at += 3;
            continue;
        }
        size_t until = r.at + 1; // to the next thing that is not plain text
        while (until < len && html[until] != '<' &&
               (!r.is_in_cdata || html[until] != ']'))
            until++;
        write_run(&r, r.at, until);
        r.at = until;
    }
}
