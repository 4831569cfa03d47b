#include "base/log.h"

#include <errno.h> // program_invocation_short_name
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const priorities[] = {
    [LOG_INFO_LINE] = "<6>",
    [LOG_WARNING_LINE] = "<4>",
    [LOG_ERROR_LINE] = "<3>",
};

/* Belongs to the whole process, as stderr does, and is handed to nobody for the
   same reason: a log that has to be passed down is not called. */
static struct {
    log_keeper *tell;
    void *data;
} also;

void
log_also_tell(log_keeper *keeper, void *data)
{
    also.tell = keeper;
    also.data = data;
}

static void
write_line(enum log_weight weight, const char *format, va_list args)
{
    char line[1024];
    int at =
        snprintf(line, sizeof line,
                 "%s%s: ", getenv("JOURNAL_STREAM") ? priorities[weight] : "",
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
    line[len] = '\0';
    if (also.tell)
        also.tell(also.data, weight, line + at);
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
    write_line(LOG_INFO_LINE, format, args);
    va_end(args);
}

void
log_warning(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line(LOG_WARNING_LINE, format, args);
    va_end(args);
}

void
log_error(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    write_line(LOG_ERROR_LINE, format, args);
    va_end(args);
}
