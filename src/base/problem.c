#include "base/problem.h"

#include <stdarg.h>
#include <stdio.h>

void
problem_set(struct problem *p, int line, int column, const char *format, ...)
{
    va_list args;
    p->line = line;
    p->column = column;
    va_start(args, format);
    vsnprintf(p->text, sizeof p->text, format, args);
    va_end(args);
}

void
problem_place(struct problem *p, const char *bytes, unsigned long len,
              unsigned long at)
{
    p->line = 1;
    p->column = 1;
    for (unsigned long i = 0; i < at && i < len; i++) {
        p->column++;
        if (bytes[i] == '\n') {
            p->line++;
            p->column = 1;
        }
    }
}
