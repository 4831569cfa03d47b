#include "hub/html.h"

#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/check.h"

static const char *
escape_for(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    }
    return NULL;
}

void
html_add_text(struct text *t, const char *anything)
{
    while (anything && *anything) {
        size_t plain = strcspn(anything, "&<>\"'");
        text_add(t, anything, plain);
        anything += plain;
        if (*anything)
            text_add_string(t, escape_for(*anything++));
    }
}

void
html_attribute_(struct text *t, const char *name, const char *anything)
{
    text_add_format(t, " %s=\"", name);
    html_add_text(t, anything);
    text_add_char(t, '"');
}

static bool
is_harmless(const char *address)
{
    // Browsers read "/\elsewhere" as "//elsewhere" and skip tabs and new lines.
    for (const char *c = address; *c; c++)
        if ((unsigned char) *c <= ' ' || *c == 0x7f || *c == '\\')
            return false;
    return strncasecmp(address, "https://", 8) == 0 ||
           strncasecmp(address, "http://", 7) == 0 ||
           (address[0] == '/' && address[1] != '/');
}

void
html_link(struct text *t, const char *address)
{
    if (address && is_harmless(address))
        html_attribute(t, "href", address);
}

/* Writes one value; returns how many characters of the markup stood for it. */
static size_t
add_value(struct text *t, const char *kind, va_list *values)
{
    if (*kind == 's') {
        html_add_text(t, va_arg(*values, const char *));
        return 1;
    }
    if (*kind == '%') {
        text_add_char(t, '%');
        return 1;
    }
    if (*kind == 'd') {
        text_add_format(t, "%d", va_arg(*values, int));
        return 1;
    }
    if (strncmp(kind, "ld", 2) == 0) {
        text_add_format(t, "%ld", va_arg(*values, long));
        return 2;
    }
    check(strncmp(kind, "lld", 3) == 0);
    text_add_format(t, "%lld", va_arg(*values, long long));
    return 3;
}

void
html_format_(struct text *t, const char *markup, ...)
{
    va_list values;
    va_start(values, markup);
    for (const char *at = markup; *at;) {
        size_t plain = strcspn(at, "%");
        text_add(t, at, plain);
        at += plain;
        if (!*at)
            break;
        // class=%s would let a space begin another attribute.
        check(at[1] != 's' || at == markup || at[-1] != '=');
        at += 1 + add_value(t, at + 1, &values);
    }
    va_end(values);
}
