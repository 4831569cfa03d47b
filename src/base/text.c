#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void
make_room(struct text *t, size_t more)
{
    if (more >= SIZE_MAX / 2 - t->len)
        memory_exhausted();
    size_t need = t->len + more + 1;
    if (need <= t->size)
        return;
    size_t size = t->size ? t->size : 64;
    while (size < need)
        size *= 2;
    t->bytes = memory_grow(t->bytes, size);
    t->size = size;
}

void
text_add(struct text *t, const char *bytes, size_t len)
{
    make_room(t, len);
    if (len)
        memcpy(t->bytes + t->len, bytes, len);
    t->len += len;
    t->bytes[t->len] = '\0';
}

void
text_add_string(struct text *t, const char *string)
{
    text_add(t, string, strlen(string));
}

void
text_add_char(struct text *t, char c)
{
    text_add(t, &c, 1);
}

void
text_add_format(struct text *t, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len > 0) {
        make_room(t, (size_t) len);
        vsnprintf(t->bytes + t->len, (size_t) len + 1, format, again);
        t->len += (size_t) len;
    }
    va_end(again);
}

void
text_add_json(struct text *t, const char *string)
{
    text_add_char(t, '"');
    for (const unsigned char *c = (const unsigned char *) string; *c; c++) {
        if (*c == '"' || *c == '\\')
            text_add_format(t, "\\%c", *c);
        else if (*c == '\n')
            text_add_string(t, "\\n");
        else if (*c < 0x20 || *c == 0x7f)
            text_add_format(t, "\\u%04x", *c);
        else
            text_add_char(t, (char) *c);
    }
    text_add_char(t, '"');
}

void
text_cut(struct text *t, size_t len)
{
    if (len >= t->len)
        return;
    t->len = len;
    t->bytes[len] = '\0';
}

void
text_destroy(struct text *t)
{
    free(t->bytes);
    *t = (struct text){0};
}

const char *
text_string(const struct text *t)
{
    return t->bytes ? t->bytes : "";
}
