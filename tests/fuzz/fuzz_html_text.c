// links: src/core/html_text.c src/core/character_reference.c src/base/*.c
// libs: -lunistring
/* HTML out of a feed; callers have checked that it is UTF-8. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "core/html_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *html = (const char *) data;
    size_t len = utf8_valid_prefix(html, size);
    struct text out = {0};
    html_text(&out, html, len, 8000);
    if (utf8_valid_prefix(text_string(&out), out.len) != out.len)
        abort();
    text_destroy(&out);
    return 0;
}
