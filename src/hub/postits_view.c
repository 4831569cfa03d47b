#include "hub/postits_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "hub/page.h"

#define PATH "/postits"
#define PAGES_MOST 100000

const char *const postits_view_states[3] = {
    [HUB_POSTIT_WAITING] = "waiting",
    [HUB_POSTIT_SHARED] = "shared",
    [HUB_POSTIT_KEPT] = "kept",
};

struct postits_view
postits_view_read(const struct form *f)
{
    struct postits_view v = {.state = -1, .school = form_value(f, "school")};
    const char *show = form_value(f, "show");
    for (int i = 0; i < 3; i++)
        if (strcmp(postits_view_states[i], show) == 0)
            v.state = i;
    long page = strtol(form_value(f, "page"), NULL, 10); // from 1, for people
    v.page = page < 1 ? 0 : page > PAGES_MOST ? PAGES_MOST - 1 : (int) page - 1;
    return v;
}

static void
add_part(struct text *t, const char *name, const char *value)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    text_add_format(t, "%c%s=", t->len > strlen(PATH) ? '&' : '?', name);
    for (const char *c = value; *c; c++) {
        if (strchr(plain, *c))
            text_add_char(t, *c);
        else
            text_add_format(t, "%%%02X", (unsigned) (unsigned char) *c);
    }
}

const char *
postits_view_address(struct arena *a, const struct postits_view *v)
{
    struct text t = {0};
    text_add_string(&t, PATH);
    if (v->state >= 0)
        add_part(&t, "show", postits_view_states[v->state]);
    if (*v->school)
        add_part(&t, "school", v->school);
    if (v->page > 0)
        add_part(&t, "page", arena_format(a, "%d", v->page + 1));
    const char *address = arena_copy(a, t.bytes, t.len);
    text_destroy(&t);
    return address;
}

const char *
postits_view_back(struct arena *a, const char *from)
{
    struct form f;
    struct problem why;
    size_t len = strlen(PATH "?");
    if (page_is_ours(from))
        return from;
    if (strncmp(from, PATH "?", len) != 0 ||
        !form_read(&f, a, from + len, strlen(from + len), &why))
        return PATH;
    struct postits_view v = postits_view_read(&f);
    return postits_view_address(a, &v);
}
