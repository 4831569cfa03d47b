#include "hub/form.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A % that no two hex digits follow stands for itself (URL Standard §1.3). */
static char
next_byte(const char *bytes, size_t len, size_t *at)
{
    char c = bytes[(*at)++];
    if (c == '+')
        return ' ';
    if (c != '%' || len - *at < 2)
        return c;
    int high = hex_digit(bytes[*at]), low = hex_digit(bytes[*at + 1]);
    if (high < 0 || low < 0)
        return c;
    *at += 2;
    return (char) (high << 4 | low);
}

/* CR LF and CR become LF, as a text area means them. */
static size_t
plain_lines(char *text, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\r' && i + 1 < len && text[i + 1] == '\n')
            continue;
        text[to++] = text[i] == '\r' ? '\n' : text[i] == '\t' ? ' ' : text[i];
    }
    return to;
}

static bool
has_control(const char *text, size_t len)
{
    for (size_t at = 0; at < len;) {
        uint32_t c = utf8_next(text, len, &at);
        if ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0))
            return true;
    }
    return false;
}

static const char *
read_part(struct arena *a, const char *bytes, size_t len, struct problem *why)
{
    char *out = arena_alloc(a, len + 1);
    size_t got = 0;
    for (size_t at = 0; at < len;)
        out[got++] = next_byte(bytes, len, &at);
    got = plain_lines(out, got);
    out[got] = '\0';
    if (utf8_valid_prefix(out, got) != got) {
        problem_set(why, 0, 0, "The form is not in UTF-8");
        return NULL;
    }
    if (has_control(out, got)) {
        problem_set(why, 0, 0,
                    "There is a character in the form that cannot be shown; "
                    "type the text instead of pasting it");
        return NULL;
    }
    return out;
}

static size_t
count_fields(const char *bytes, size_t len)
{
    size_t count = 1;
    for (size_t i = 0; i < len; i++)
        count += bytes[i] == '&';
    return count;
}

static bool
read_field(struct form *f, struct arena *a, const char *bytes, size_t len,
           struct problem *why)
{
    const char *equals = memchr(bytes, '=', len);
    size_t name_len = equals ? (size_t) (equals - bytes) : len;
    size_t value_at = equals ? name_len + 1 : len;
    const char *name = read_part(a, bytes, name_len, why);
    const char *value =
        name ? read_part(a, bytes + value_at, len - value_at, why) : NULL;
    if (!value)
        return false;
    f->fields[f->count].name = name;
    f->fields[f->count].value = value;
    f->count++;
    return true;
}

bool
form_read(struct form *f, struct arena *a, const char *bytes, size_t len,
          struct problem *why)
{
    *f = (struct form){0};
    size_t most = count_fields(bytes, len);
    if (len > FORM_BYTES_MOST || most > FORM_FIELDS_MOST) {
        problem_set(why, 0, 0, "The form is too long");
        return false;
    }
    f->fields = arena_array(a, most, sizeof *f->fields);
    for (size_t at = 0; at < len;) {
        const char *end = memchr(bytes + at, '&', len - at);
        size_t field = end ? (size_t) (end - bytes) - at : len - at;
        if (field && !read_field(f, a, bytes + at, field, why)) {
            f->count = 0;
            return false;
        }
        at += field + 1;
    }
    return true;
}

const char *
form_value_at(const struct form *f, const char *name, size_t nth)
{
    for (size_t i = 0; i < f->count; i++)
        if (strcmp(f->fields[i].name, name) == 0 && nth-- == 0)
            return f->fields[i].value;
    return NULL;
}

const char *
form_value(const struct form *f, const char *name)
{
    const char *value = form_value_at(f, name, 0);
    return value ? value : "";
}

bool
form_has(const struct form *f, const char *name)
{
    return form_value_at(f, name, 0) != NULL;
}
