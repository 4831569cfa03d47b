#include "hub/history_page.h"

#include <inttypes.h>
#include <string.h>

#include "base/uuid.h"
#include "core/date.h"
#include "hub/content.h"
#include "hub/content_time.h"
#include "hub/form.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"

#define PATH "/history"
#define NUMBER_DIGITS_MOST 18
#define PAGE_EVENTS 50
#define PAGES_MOST 200 // what is older is in the export

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

/* ---- what is in it ------------------------------------------------------ */

enum kind { OF_BOARD, OF_POSTITS, OF_PEOPLE };

static const struct {
    const char *name, *words;
} kinds[] = {
    [OF_BOARD] = {"board", "Changes of the board"},
    [OF_POSTITS] = {"postits", "Post-its"},
    [OF_PEOPLE] = {"people", "People and screens"},
};
#define KINDS ((int) (sizeof kinds / sizeof *kinds))
#define ALL_KINDS (-1)

/* What the store and the pages put into the audit, as a sentence. All others
   only get a capital letter. */
static const struct {
    const char *what, *words;
    enum kind kind;
} deeds[] = {
    {"shared with all", "Shared a post-it with all schools", OF_POSTITS},
    {"kept at its school", "Kept a post-it at its school", OF_POSTITS},
    {"put back to wait", "Put a post-it back to wait", OF_POSTITS},
    {"taken down", "Took a post-it down", OF_POSTITS},
    {"switched moderation on",
     "Switched moderation on: post-its wait until somebody has read them",
     OF_POSTITS},
    {"switched moderation off",
     "Switched moderation off: post-its go to all schools at once", OF_POSTITS},
    {"added a calendar", "Added a calendar", OF_BOARD},
    {"changed a calendar", "Changed a calendar", OF_BOARD},
    {"removed a calendar", "Removed a calendar", OF_BOARD},
    {"erased a name", "Erased a name", OF_POSTITS},
};

struct event { // one of the two
    const struct hub_revision *revision;
    const struct hub_deed *deed;
};

struct history {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    const struct zone *zone;
    const struct hub_revision *revisions;
    const struct hub_deed *deeds;
    int revision_count, deed_count;
    int kind; // or ALL_KINDS
    int page; // from 0
};

static int
row_of(const struct hub_deed *deed)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].what, deed->what) == 0)
            return (int) i;
    return -1;
}

static bool
is_wanted(const struct history *h, const struct event *e)
{
    int row = e->deed ? row_of(e->deed) : -1;
    enum kind kind = e->revision ? OF_BOARD
                     : row < 0   ? OF_PEOPLE
                                 : deeds[row].kind;
    return h->kind == ALL_KINDS || h->kind == (int) kind;
}

/* The next of the two lists, both newest first; false behind the last. */
static bool
next_event(const struct history *h, int *revision, int *deed, struct event *e)
{
    bool has_revision = *revision < h->revision_count;
    bool has_deed = *deed < h->deed_count;
    *e = (struct event){0};
    if (!has_revision && !has_deed)
        return false;
    if (!has_deed || (has_revision &&
                      h->revisions[*revision].made_s >= h->deeds[*deed].done_s))
        e->revision = &h->revisions[(*revision)++];
    else
        e->deed = &h->deeds[(*deed)++];
    return true;
}

/* ---- the page ----------------------------------------------------------- */

static void
write_heading(struct history *h, int64_t then_s, const char *words,
              const char *person)
{
    html_format(&h->a->body,
                "<div class=\"row\"><h2>%s</h2>\n<div><p><bdi>%s</bdi>, by "
                "<bdi>%s</bdi></p>\n",
                when(h->r->arena, h->zone, then_s, h->hub->now.wall_s), words,
                *person ? person : "the hub");
}

/* The newest is what is on the screens already: no way back to it. */
static void
write_revision(struct history *h, const struct hub_revision *revision)
{
    struct text *t = &h->a->body;
    int64_t newest = h->revisions[0].number;
    write_heading(h, revision->made_s,
                  *revision->note ? revision->note : "Published",
                  revision->person);
    if (revision->number == newest) {
        html_add(t, "<p>This is what the screens show now.</p></div></div>\n");
        return;
    }
    page_form(h->hub, h->a, PATH);
    write_number(t, "revision", newest);
    write_number(t, "number", revision->number);
    html_format(
        t,
        "<button aria-label=\"Go back to how it was on %s\">Go back "
        "to this</button></form></div></div>\n",
        when(h->r->arena, h->zone, revision->made_s, h->hub->now.wall_s));
}

/* "revoked a screen" -> "Revoked a screen": what is put there is ASCII. */
static const char *
deed_words(struct arena *a, const struct hub_deed *deed)
{
    int row = row_of(deed);
    if (row >= 0)
        return deeds[row].words;
    // Of somebody the name is kept; of post-its and screens a number, which
    // tells nobody anything.
    bool is_somebody = *deed->id && !uuid_is(deed->id, strlen(deed->id)) &&
                       strspn(deed->id, "0123456789") < strlen(deed->id);
    char *words = arena_format(a, "%s%s%s", deed->what, is_somebody ? " " : "",
                               is_somebody ? deed->id : "");
    if (*words >= 'a' && *words <= 'z')
        *words = (char) (*words & ~0x20);
    return words;
}

static void
write_deed(struct history *h, const struct hub_deed *deed)
{
    write_heading(h, deed->done_s, deed_words(h->r->arena, deed), deed->person);
    html_add(&h->a->body, "</div></div>\n");
}

static void
write_event(struct history *h, const struct event *e)
{
    if (e->revision)
        write_revision(h, e->revision);
    else if (e->deed)
        write_deed(h, e->deed);
}

static const char *
address(const struct history *h, int kind, int page)
{
    const char *name = kind == ALL_KINDS ? "all" : kinds[kind].name;
    return arena_format(h->r->arena, PATH "?show=%s&page=%d", name, page + 1);
}

static void
write_filter_link(struct history *h, int kind, const char *words)
{
    struct text *t = &h->a->body;
    html_add(t, "<a class=\"button\"");
    html_link(t, address(h, kind, 0));
    if (h->kind == kind)
        html_add(t, " aria-current=\"true\"");
    html_format(t, ">%s</a>\n", words);
}

static void
write_filter(struct history *h)
{
    html_add(&h->a->body,
             "<nav class=\"buttons filter\" aria-label=\"What to show\">\n");
    write_filter_link(h, ALL_KINDS, "Everything");
    for (int i = 0; i < KINDS; i++)
        write_filter_link(h, i, kinds[i].words);
    html_add(&h->a->body, "</nav>\n");
}

static void
write_pager(struct history *h, bool has_more)
{
    struct text *t = &h->a->body;
    if (!has_more && h->page == 0)
        return;
    html_add(t, "<nav class=\"buttons\" aria-label=\"More\">\n");
    if (h->page > 0) {
        html_add(t, "<a class=\"button\" rel=\"prev\"");
        html_link(t, address(h, h->kind, h->page - 1));
        html_add(t, ">Newer</a>\n");
    }
    if (has_more) {
        html_add(t, "<a class=\"button\" rel=\"next\"");
        html_link(t, address(h, h->kind, h->page + 1));
        html_add(t, ">Older</a>\n");
    }
    html_add(t, "</nav>\n");
}

static void
write_events(struct history *h)
{
    struct text *t = &h->a->body;
    struct event e;
    int revision = 0, deed = 0;
    int64_t seen = 0, first = (int64_t) h->page * PAGE_EVENTS;
    html_add(t, "<div class=\"card\">\n");
    while (seen <= first + PAGE_EVENTS && next_event(h, &revision, &deed, &e)) {
        if (!is_wanted(h, &e))
            continue;
        if (seen >= first && seen < first + PAGE_EVENTS)
            write_event(h, &e);
        seen++;
    }
    if (seen <= first && h->page)
        html_add(t, "<p>There is nothing older.</p>\n");
    else if (seen == 0 && h->kind > OF_BOARD)
        html_add(t, "<p>There is nothing yet.</p>\n");
    else if (seen == 0)
        html_add(t, "<p>Nothing has been published yet.</p>\n");
    html_add(t, "</div>\n");
    write_pager(h, seen > first + PAGE_EVENTS);
}

static void
read_query(struct history *h)
{
    struct form form;
    struct problem why = {0};
    h->kind = ALL_KINDS;
    if (!form_read(&form, h->r->arena, h->r->query, strlen(h->r->query), &why))
        return; // an address that somebody mistyped
    const char *show = form_value(&form, "show");
    for (int i = 0; i < KINDS; i++)
        if (strcmp(kinds[i].name, show) == 0)
            h->kind = i;
    int64_t page = read_number(form_value(&form, "page"));
    if (page > 1 && page <= PAGES_MOST)
        h->page = (int) page - 1;
}

static void
write_history(struct history *h)
{
    struct hub_store *store = h->hub->store;
    struct arena *a = h->r->arena;
    h->revision_count =
        hub_store_history(store, a, HUB_REVISIONS_KEPT, &h->revisions);
    h->deed_count =
        hub_store_deeds(store, a, PAGES_MOST * PAGE_EVENTS, &h->deeds);
    if (h->revision_count < 0 || h->deed_count < 0) {
        html_add(&h->a->body,
                 "<p role=\"alert\">The history cannot be read just now. "
                 "Try again in a minute.</p>\n");
        return;
    }
    write_filter(h);
    write_events(h);
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
    struct history h = {.hub = hub, .r = r, .a = a, .zone = newest.board.zone};
    read_query(&h);
    page_begin(hub, r, a, &page);
    html_format(&a->body,
                "<p>The last %d changes of the board are kept. Going back to "
                "one keeps those after it as well.</p>\n",
                HUB_REVISIONS_KEPT);
    write_history(&h);
    page_end(hub, a);
    content_close(&newest);
}

/* ---- going back --------------------------------------------------------- */

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
