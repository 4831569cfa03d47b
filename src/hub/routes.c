#include "hub/routes.h"

#include <string.h>

#include "base/check.h"
#include "base/uuid.h"
#include "hub/html.h"

#define VALUE_MOST_BYTES 200
#define NUMBER_MOST_DIGITS 18

static bool
is_number(const char *s, size_t len)
{
    return len <= NUMBER_MOST_DIGITS && strspn(s, "0123456789") >= len;
}

/* Whether one segment of a path may stand for `name`, such as {uuid}. */
static bool
may_stand_for(const char *name, size_t name_len, const char *s, size_t len)
{
    if (len == 0 || len > VALUE_MOST_BYTES)
        return false;
    if (name_len == 8 && memcmp(name, "{target}", 8) == 0)
        return true;
    if (memchr(s, HTTP_ENCODED_SLASH, len))
        return false;
    if (name_len == 6 && memcmp(name, "{uuid}", 6) == 0)
        return uuid_is(s, len);
    if (name_len == 8 && memcmp(name, "{number}", 8) == 0)
        return is_number(s, len);
    return true;
}

/* The one place where an encoded slash becomes a slash again: behind the
   choice of the route. */
static const char *
copy_value(struct arena *a, const char *s, size_t len)
{
    char *value = arena_alloc(a, len + 1);
    for (size_t i = 0; i < len; i++)
        value[i] = s[i] == HTTP_ENCODED_SLASH ? '/' : s[i];
    value[len] = '\0';
    return value;
}

static bool
fits(const char *pattern, const char *path, struct arena *a,
     struct route_match *m)
{
    size_t values = 0;
    while (*pattern && *path) {
        size_t want = strcspn(pattern + 1, "/"), got = strcspn(path + 1, "/");
        const char *segment = path + 1;
        if (pattern[1] == '{') {
            if (!may_stand_for(pattern + 1, want, segment, got))
                return false;
            check(values < ROUTE_VALUES_MOST);
            m->values[values++] = copy_value(a, segment, got);
        } else if (want != got || memcmp(pattern + 1, segment, want) != 0) {
            return false;
        }
        pattern += 1 + want;
        path += 1 + got;
    }
    return *pattern == *path;
}

static bool
may_enter(const struct routes *t, const struct route *route, struct hub *hub,
          const struct http_request *r, struct route_match *m,
          struct http_answer *a)
{
    route_gate *gate = NULL;
    switch (route->who) {
    case ROUTE_ANYONE:
        return true;
    case ROUTE_DEVICE:
        gate = t->device;
        break;
    case ROUTE_SIGNED_IN:
        gate = t->signed_in;
        break;
    }
    check(gate != NULL);
    return gate(hub, r, m, a);
}

static const char *
method_name(enum http_method method)
{
    switch (method) {
    case HTTP_GET:
        return "GET, HEAD";
    case HTTP_POST:
        return "POST";
    case HTTP_PUT:
        return "PUT";
    case HTTP_DELETE:
        return "DELETE";
    case HTTP_OTHER:
        break;
    }
    return "";
}

static void
refuse_method(const struct http_request *r, const char *allowed,
              struct http_answer *a)
{
    routes_refuse(r, a, 405, "That cannot be done here",
                  "This address is there, but not for that method.");
    http_answer_header(a, "Allow", allowed);
}

void
routes_answer(const struct routes *t, struct hub *hub,
              const struct http_request *r, struct http_answer *a)
{
    const char *allowed = "";
    for (size_t i = 0; i < t->count; i++) {
        const struct route *route = &t->rows[i];
        struct route_match m = {0};
        if (!fits(route->pattern, r->path, r->arena, &m))
            continue;
        if (route->method == r->method) {
            if (may_enter(t, route, hub, r, &m, a))
                route->answer(hub, r, &m, a);
            return;
        }
        allowed =
            arena_format(r->arena, "%s%s%s", allowed, *allowed ? ", " : "",
                         method_name(route->method));
    }
    if (*allowed)
        refuse_method(r, allowed, a);
    else
        routes_refuse(r, a, 404, "There is nothing here",
                      "Check the address, or start at the first page.");
}

void
routes_refuse(const struct http_request *r, struct http_answer *a, int status,
              const char *title, const char *detail)
{
    http_answer_problem(a, status, title, detail);
    if (!strstr(r->header(r, "Accept"), "text/html"))
        return;
    text_cut(&a->body, 0);
    a->type = "text/html; charset=utf-8";
    html_format(&a->body,
                "<!doctype html>\n<html lang=\"en-GB\"><head>"
                "<meta charset=\"utf-8\"><title>%s</title>"
                "<meta name=\"viewport\" content=\"width=device-width\">"
                "<link rel=\"stylesheet\" href=\"/web/style.css\"></head>\n"
                "<body><main><h1>%s</h1><p>%s</p>"
                "<p><a class=\"button\" href=\"/\">To the first page</a></p>"
                "</main></body></html>\n",
                title, title, detail);
}
