#include "calendar/content_line.h"

#include <ctype.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

static bool
is_fold_blank(char c)
{
    return c == ' ' || c == '\t';
}

static char *
skip_front(char *at, char *end)
{
    size_t mark = strlen(BYTE_ORDER_MARK);
    if ((size_t) (end - at) >= mark && memcmp(at, BYTE_ORDER_MARK, mark) == 0)
        at += mark;
    while (at < end && isspace((unsigned char) *at))
        at++;
    return at;
}

struct content_reader
content_open(char *bytes, size_t len)
{
    char *end = bytes + len, *from = skip_front(bytes, end), *to = from;
    struct content_reader r = {.at = from};
    while (from < end) {
        char c = *from++;
        if (c != '\r' && c != '\n') {
            *to++ = c ? c : ' '; // NUL ends a line here and nowhere else
            continue;
        }
        if (c == '\r' && from < end && *from == '\n')
            from++;
        if (from < end && is_fold_blank(*from))
            from++;
        else
            *to++ = '\0';
    }
    *to = '\0';
    r.end = to;
    return r;
}

/* Up to one of `ends`, in upper case; NULL when there is no name. */
static char *
read_name(char *at, const char *ends)
{
    char *from = at;
    while (isalnum((unsigned char) *at) || *at == '-' || *at == '_') {
        *at = (char) toupper((unsigned char) *at);
        at++;
    }
    return at > from && *at && strchr(ends, *at) ? at : NULL;
}

/* Behind the value of a parameter, which ends with a NUL then; `*mark` is what
   stood there. NULL when its quotes are never closed. */
static char *
read_param_value(char *at, char **value, char *mark)
{
    if (*at == '"') {
        *value = ++at;
        char *quote = strchr(at, '"');
        if (!quote)
            return NULL;
        *quote = '\0';
        at = quote + 1;
        at += strcspn(at, ";:"); // a second value of the same parameter
    } else {
        *value = at;
        at += strcspn(at, ";:");
    }
    *mark = *at;
    if (*mark == '\0')
        return NULL;
    *at = '\0';
    return at + 1;
}

static bool
read_line(char *at, struct content_line *line)
{
    line->name = at;
    line->param_count = 0;
    at = read_name(at, ";:");
    if (!at)
        return false;
    char mark = *at;
    *at++ = '\0';
    while (mark == ';') {
        struct content_param param = {.name = at};
        at = read_name(at, "=");
        if (!at)
            return false;
        *at++ = '\0';
        at = read_param_value(at, &param.value, &mark);
        if (!at)
            return false;
        if (line->param_count < CONTENT_PARAMS_MOST)
            line->params[line->param_count++] = param;
    }
    line->value = at;
    return true;
}

bool
content_next(struct content_reader *r, struct content_line *line)
{
    while (r->at < r->end) {
        char *at = r->at;
        size_t len = strlen(at);
        r->at += len + 1;
        while (len > 0 && is_fold_blank(at[len - 1]))
            at[--len] = '\0';
        if (read_line(at, line))
            return true;
    }
    return false;
}

const char *
content_param(const struct content_line *line, const char *name)
{
    for (int i = 0; i < line->param_count; i++)
        if (strcmp(line->params[i].name, name) == 0)
            return line->params[i].value;
    return "";
}

void
content_value_after_last_colon(struct content_line *line)
{
    char *last = strrchr(line->value, ':');
    if (!last)
        return;
    // The parameter goes on where it was cut, up to the last colon.
    if (line->param_count > 0)
        line->value[-1] = ':';
    *last = '\0';
    line->value = last + 1;
}
