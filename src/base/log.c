#include "base/log.h"

#include <errno.h> // program_invocation_short_name
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
write_line(const char *priority, const char *format, va_list args)
{
    char line[1024];
    int at = snprintf(line, sizeof line,
                      "%s%s: ", getenv("JOURNAL_STREAM") ? priority : "",
                      program_invocation_short_name);
    int more =
        vsnprintf(line + at, sizeof line - (size_t) at - 1, format, args);
    size_t len = (size_t) at + (more > 0 ? (size_t) more : 0);
    if (len > sizeof line - 2)
        len = sizeof line - 2;
    // What came from outside must not begin a line of its own in the log.
    for (size_t i = 0; i < len; i++)
        if ((unsigned char) line[i] < 0x20 || line[i] == 0x7f)
            line[i] = ' ';
    line[len++] = '\n';
    // Nobody can be told that the log is gone.
    if (write(STDERR_FILENO, line, len) < 0)
        return;
}

void
log_info(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("<6>", format, args);
    va_end(args);
}

void
log_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("<4>", format, args);
    va_end(args);
}

void
log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line("<3>", format, args);
    va_end(args);
}
