#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/feed.h"
#include "io/file.h"
#include "tests/board_file.h"

struct board *
board_from_file(const char *path)
{
    struct text text = {0};
    struct problem why = {0};
    if (!file_read(path, FEED_MAX_BYTES, &text, &why))
        fail_msg("%s", why.text);
    struct feed_page page = {text_string(&text), text.len};
    struct board *board = feed_read(&page, 1, 1795689720, NULL, NULL, &why);
    text_destroy(&text);
    if (!board)
        fail_msg("%s:%d:%d: %s", path, why.line, why.column, why.text);
    return board;
}
