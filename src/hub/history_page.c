#include "hub/history_page.h"

#include <inttypes.h>
#include <string.h>

#include "core/date.h"
#include "hub/content.h"
#include "hub/content_time.h"
#include "hub/form.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"

#define PATH "/history"
#define NUMBER_DIGITS_MOST 18

/* 0 when it is no number. */
static int64_t
read_number(const char *digits)
{
    int64_t number = 0;
    size_t len = strlen(digits);
    if (len > NUMBER_DIGITS_MOST || strspn(digits, "0123456789") != len)
        return 0;
    for (; *digits; digits++)
        number = number * 10 + (*digits - '0');
    return number;
}

/* "Thursday 26 November, 10:42" */
static const char *
when(struct arena *a, const struct zone *z, int64_t then_s, int64_t now_s)
{
    struct local then = local_time(z, then_s);
    return arena_format(
        a, "%s, %s", content_day_words(a, then.day, local_time(z, now_s).day),
        content_minute_value(a, then.minute));
}

static void
write_number(struct text *t, const char *name, int64_t number)
{
    html_add(t, "<input type=\"hidden\"");
    html_attribute(t, "name", name);
    html_format(t, " value=\"%lld\">", (long long) number);
}

/* The newest is what is on the screens already: no way back to it. */
static void
write_revision(struct hub *hub, struct http_answer *a,
               const struct hub_revision *revision, int64_t newest,
               const char *made)
{
    struct text *t = &a->body;
    const char *person = *revision->person ? revision->person : "the hub";
    html_format(t, "<div class=\"row\"><h2>%s</h2>\n<div>", made);
    html_format(t, "<p><bdi>%s</bdi>, by <bdi>%s</bdi></p>\n",
                *revision->note ? revision->note : "Published", person);
    if (revision->number == newest) {
        html_add(t, "<p>This is what the screens show now.</p></div></div>\n");
        return;
    }
    page_form(hub, a, PATH);
    write_number(t, "revision", newest);
    write_number(t, "number", revision->number);
    html_format(t,
                "<button aria-label=\"Go back to how it was on %s\">Go back "
                "to this</button></form></div></div>\n",
                made);
}

static void
write_history(struct hub *hub, const struct http_request *r,
              struct http_answer *a, const struct zone *z)
{
    struct text *t = &a->body;
    const struct hub_revision *list;
    int count =
        hub_store_history(hub->store, r->arena, HUB_REVISIONS_KEPT, &list);
    if (count < 0)
        html_add(t, "<p role=\"alert\">The history cannot be read just now. "
                    "Try again in a minute.</p>\n");
    if (count == 0)
        html_add(t, "<p>Nothing has been published yet.</p>\n");
    if (count <= 0)
        return;
    html_add(t, "<div class=\"card\">\n");
    for (int i = 0; i < count; i++)
        write_revision(hub, a, &list[i], list[0].number,
                       when(r->arena, z, list[i].made_s, hub->now.wall_s));
    html_add(t, "</div>\n");
}

void
history_page_get(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    struct page page = {.title = "History", .here = PATH};
    struct content newest;
    struct problem why = {0};
    (void) m;
    // Also when the newest cannot be read: then going back is the way out.
    content_open(&newest, hub->store, 0, &why);
    page_begin(hub, r, a, &page);
    html_format(&a->body,
                "<p>The last %d changes are kept. Going back to one keeps "
                "those after it as well.</p>\n",
                HUB_REVISIONS_KEPT);
    write_history(hub, r, a, newest.board.zone);
    page_end(hub, a);
    content_close(&newest);
}

/* `old` was read, and is published behind what the person saw as the newest. */
static enum page_said
go_back_to(struct hub *hub, const struct http_request *r, const char *person,
           struct content *old, const struct hub_revision *said, int64_t seen)
{
    struct problem why = {0};
    const char *note = arena_format(
        r->arena, "Went back to how it was on %s",
        when(r->arena, old->board.zone, said->made_s, hub->now.wall_s));
    old->revision = seen;
    switch (
        content_save(old, hub->store, person, note, hub->now.wall_s, &why)) {
    case CONTENT_SAVED:
        return PAGE_SAID_UNDONE;
    case CONTENT_SOMEBODY_ELSE:
        return PAGE_SAID_SOMEBODY_ELSE;
    case CONTENT_CANNOT:
        return PAGE_SAID_FAILED;
    }
    return PAGE_SAID_FAILED;
}

void
history_page_post(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct content old = {0};
    struct hub_revision said;
    struct problem why = {0};
    if (!page_take_form(hub, r, a, &form))
        return;
    int64_t number = read_number(form_value(&form, "number"));
    int64_t seen = read_number(form_value(&form, "revision"));
    bool is_there = number > 0 &&
                    hub_store_revision(hub->store, r->arena, number, &said) &&
                    content_open(&old, hub->store, number, &why);
    page_go_back(a, PATH,
                 is_there
                     ? go_back_to(hub, r, m->person.name, &old, &said, seen)
                     : PAGE_SAID_FAILED);
    content_close(&old);
}
