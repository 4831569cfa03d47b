#include "tests/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "io/file.h"

static bool
write_text(const char *path, const char *text)
{
    struct problem why;
    if (file_write(path, text, strlen(text), &why))
        return true;
    printf("%s\n", why.text);
    return false;
}

static void
print_first_difference(const char *name, const char *was, const char *is)
{
    int line = 1;
    while (*was && *is) {
        size_t a = strcspn(was, "\n"), b = strcspn(is, "\n");
        if (a != b || memcmp(was, is, a) != 0)
            break;
        was += a + (was[a] == '\n');
        is += b + (is[b] == '\n');
        line++;
    }
    printf("tests/golden/%s:%d\n  was: %.*s\n  is:  %.*s\n", name, line,
           (int) strcspn(was, "\n"), was, (int) strcspn(is, "\n"), is);
}

bool
golden_matches(const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "tests/golden/%s", name);
    const char *mode = getenv("STAFFROOM_GOLDEN");
    if (mode && strcmp(mode, "write") == 0)
        return write_text(path, text);

    struct text was = {0};
    struct problem why;
    bool is_same = false;
    if (!file_read(path, 4 * 1024 * 1024, &was, &why))
        printf("%s: a golden is missing; see `make golden`\n", why.text);
    else if (strcmp(text_string(&was), text) != 0)
        print_first_difference(name, text_string(&was), text);
    else
        is_same = true;
    if (!is_same) {
        snprintf(path, sizeof path, "build/golden-%s", name);
        write_text(path, text);
    }
    text_destroy(&was);
    return is_same;
}
