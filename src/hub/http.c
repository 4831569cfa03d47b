#include "hub/http.h"

#include <string.h>

#include "base/check.h"
#include "base/utf8.h"

void
http_answer_header(struct http_answer *a, const char *name, const char *value)
{
    check(a->header_count < HTTP_HEADERS_MOST);
    a->headers[a->header_count].name = name;
    a->headers[a->header_count].value = value;
    a->header_count++;
}

static void
let_go(struct http_answer *a)
{
    text_destroy(&a->body);
    if (a->release)
        a->release(a->release_data);
    a->kept = NULL;
    a->kept_len = 0;
    a->release = NULL;
    a->release_data = NULL;
}

void
http_ready_destroy(struct http_ready *r)
{
    if (r->made)
        r->free_made(r->made);
    *r = (struct http_ready){0};
}

void
http_answer_destroy(struct http_answer *a)
{
    if (!a)
        return;
    let_go(a);
    *a = (struct http_answer){0};
}

void
http_answer_problem_of(struct http_answer *a, int status, const char *type,
                       const char *title, const char *detail)
{
    let_go(a);
    a->status = status;
    a->type = "application/problem+json";
    text_add_string(&a->body, "{");
    if (type) {
        text_add_string(&a->body, "\"type\":");
        text_add_json(&a->body, type);
        text_add_string(&a->body, ",");
    }
    text_add_string(&a->body, "\"title\":");
    text_add_json(&a->body, title);
    text_add_string(&a->body, ",\"detail\":");
    text_add_json(&a->body, detail);
    text_add_format(&a->body, ",\"status\":%d}\n", status);
}

void
http_answer_problem(struct http_answer *a, int status, const char *title,
                    const char *detail)
{
    http_answer_problem_of(a, status, NULL, title, detail);
}

void
http_answer_go_to(struct http_answer *a, const char *path)
{
    // "//elsewhere" would be another server.
    check(path[0] == '/' && path[1] != '/');
    let_go(a);
    a->status = 303;
    a->type = NULL;
    http_answer_header(a, "Location", path);
}

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One segment, without its slash, to *out. */
static bool
read_segment(const char *from, size_t len, char **out)
{
    char *begin = *out, *to = begin;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char) from[i];
        if (c == '%') {
            if (len - i < 3)
                return false;
            int high = hex_digit(from[i + 1]), low = hex_digit(from[i + 2]);
            if (high < 0 || low < 0)
                return false;
            c = (unsigned char) (high << 4 | low);
            i += 2;
        }
        if (c < 0x20 || c == 0x7f || c == '\\')
            return false;
        // Only an encoded one comes to here, and never ends a segment.
        *to++ = c == '/' ? HTTP_ENCODED_SLASH : (char) c;
    }
    size_t got = (size_t) (to - begin);
    *out = to;
    bool is_dots = (got == 1 || got == 2) && memcmp(begin, "..", got) == 0;
    return !is_dots && utf8_valid_prefix(begin, got) == got;
}

static bool
is_printable(const char *s)
{
    for (; *s; s++)
        if (*s <= ' ' || *s >= 0x7f)
            return false;
    return true;
}

bool
http_target_read(struct arena *a, const char *target, const char **path,
                 const char **query)
{
    if (target[0] != '/' || !is_printable(target) || strchr(target, '#'))
        return false;
    size_t len = strcspn(target, "?");
    *query = target[len]
                 ? arena_copy(a, target + len + 1, strlen(target + len + 1))
                 : "";
    char *decoded = arena_alloc(a, len + 1), *to = decoded;
    for (size_t at = 0; at < len;) {
        *to++ = '/';
        size_t segment = strcspn(target + at + 1, "/?");
        bool is_last = at + 1 + segment == len;
        if (segment == 0 && !is_last)
            return false;
        if (!read_segment(target + at + 1, segment, &to))
            return false;
        at += 1 + segment;
    }
    *to = '\0';
    *path = decoded;
    return true;
}

bool
http_etag_is_among(const char *list, const char *etag)
{
    size_t len = strlen(etag);
    while (*list) {
        list += strspn(list, " \t,");
        if (*list == '*')
            return true;
        // A cache on the way may have made it weak (nginx does, with gzip).
        if (strncmp(list, "W/", 2) == 0)
            list += 2;
        if (strncmp(list, etag, len) == 0 &&
            (list[len] == '\0' || strchr(" \t,", list[len])))
            return true;
        list += strcspn(list, ",");
    }
    return false;
}
