#include "hub/partnership_page.h"

#include <inttypes.h>
#include <string.h>

#include "hub/hub.h"
#include "hub/moderation.h"
#include "hub/page.h"
#include "hub/partnership_page_part.h"

#define PATH "/partnership"

static bool
open_newest(struct partnership_page *p)
{
    struct problem why = {0};
    content_close(&p->content);
    if (content_open(&p->content, p->hub->store, 0, &why))
        return true;
    routes_refuse(p->r, p->a, 503, "The board cannot be read", why.text);
    return false;
}

static void
complain(struct partnership_page *p, int status, const char *sentence)
{
    p->sentence = p->sentence ? p->sentence : sentence;
    p->status = status;
}

void
partnership_page_get(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct partnership_page p = {.hub = hub, .r = r, .a = a, .status = 200};
    (void) m;
    if (open_newest(&p)) {
        partnership_page_read(&p);
        partnership_page_show(&p);
    }
    content_close(&p.content);
}

static void
save(struct partnership_page *p)
{
    struct problem why = {0};
    const char *note;
    if (!partnership_page_take(p, &note)) {
        complain(p, 422,
                 "Something is missing or not right yet, so nothing was saved. "
                 "It says so below, beside each field.");
        return;
    }
    if (!*note) {
        page_go_back(p->a, PATH, PAGE_SAID_NOTHING);
        return;
    }
    switch (content_save(&p->content, p->hub->store, p->hub->person.name, note,
                         p->hub->now.wall_s, &why)) {
    case CONTENT_SAVED:
        page_go_back(p->a, PATH, PAGE_SAID_SAVED);
        return;
    case CONTENT_SOMEBODY_ELSE:
        complain(
            p, 409,
            "Somebody else has saved meanwhile, so yours is not saved yet. "
            "What you typed is still here: save again to keep it.");
        return;
    case CONTENT_CANNOT:
        complain(p, 503, arena_format(p->r->arena, "%s.", why.text));
        return;
    }
}

void
partnership_page_post(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct partnership_page p = {
        .hub = hub, .r = r, .a = a, .is_sent = true, .status = 200};
    (void) m;
    if (!page_take_form(hub, r, a, &p.form) || !open_newest(&p))
        goto out;
    partnership_page_read(&p);
    const char *seen = arena_format(r->arena, "%" PRId64, p.content.revision);
    if (strcmp(form_value(&p.form, "revision"), seen) == 0)
        save(&p);
    else
        complain(
            &p, 409,
            "Somebody else has saved meanwhile, so yours is not saved yet. "
            "What you typed is still here: save again to keep it.");
    if (p.sentence)
        partnership_page_show(&p);
out:
    content_close(&p.content);
}

void
partnership_page_moderate(struct hub *hub, const struct http_request *r,
                          const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    bool on = strcmp(form_value(&form, "moderation"), "off") != 0;
    bool was_on = moderation_is_on(hub, r->arena);
    bool ok = on == was_on || moderation_switch(hub, on, &why);
    page_go_back(a, PATH,
                 !ok  ? PAGE_SAID_FAILED
                 : on ? PAGE_SAID_MODERATION_ON
                      : PAGE_SAID_MODERATION_OFF);
}
