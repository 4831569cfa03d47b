// links: src/base/*.c
// libs: -lunistring
/* Any bytes at the door, then every question asked of the valid part. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
walk(const char *text, size_t len)
{
    size_t at = 0, letters = 0;
    while (at < len) {
        char script[5];
        uint32_t c = utf8_next(text, len, &at);
        utf8_script(c, script);
        letters++;
    }
    if (at != len || letters != utf8_count(text, len))
        abort();
    for (at = 0; at < len;) {
        size_t end = utf8_grapheme_end(text, len, at);
        if (end <= at || end > len)
            abort();
        at = end;
    }
}

static void
break_lines(const char *text, size_t len)
{
    bool *may = calloc(2 * len + 1, sizeof(*may));
    if (!may)
        abort();
    utf8_line_breaks(text, len, may, may + len);
    if (len > 0 && (may[0] || may[len]))
        abort();
    free(may);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *) data;
    size_t len = utf8_valid_prefix(text, size);
    if (len > size || utf8_cut(text, len, 7) > len)
        abort();
    for (size_t at = 0; at < size;) // broken bytes as well
        utf8_next(text, size, &at);
    walk(text, len);
    break_lines(text, len);
    utf8_is_right_to_left(text, len);
    utf8_words(text, len);
    return 0;
}
