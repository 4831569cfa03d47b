#include "base/check.h"

#include <stdio.h>
#include <stdlib.h>

_Noreturn void
check_failed(const char *file, int line, const char *condition)
{
    fprintf(stderr, "staffroom: %s:%d: this should hold: %s\n", file, line,
            condition);
    abort();
}
