#include "hub/calendars_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "hub/calendars.h"
#include "hub/content_page.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define MEETINGS "/meetings"
#define PAGE MEETINGS "/calendars"
#define WAIT_MS 20000 // for a reading, before the page comes without it
#define ADDRESS_BYTES_MOST 2000
#define NAME_LETTERS 60
#define FILTER_LETTERS 100

/* ---- addresses ---------------------------------------------------------- */

/* As it was typed, but https for webcal: that is what these are. */
static const char *
take_address(struct arena *a, const char *typed)
{
    static const char webcal[] = "webcal://";
    const char *line = pages_line(a, typed);
    return strncasecmp(line, webcal, strlen(webcal)) == 0
               ? arena_format(a, "https://%s", line + strlen(webcal))
               : line;
}

/* "calendar.google.com" of https://you:pass@calendar.google.com:443/…; "" for
   what is no https address. */
static const char *
server_of(struct arena *a, const char *address)
{
    static const char https[] = "https://";
    if (strncasecmp(address, https, strlen(https)) != 0)
        return "";
    const char *host = address + strlen(https);
    size_t len = strcspn(host, "/?#\\");
    const char *at = memrchr(host, '@', len);
    if (at)
        host = at + 1;
    len = *host == '[' ? strcspn(host, "/?#\\") : strcspn(host, "/?#\\:");
    return arena_copy(a, host, len);
}

/* NULL, or why it is not taken. */
static const char *
address_refusal(struct arena *a, const char *address)
{
    if (!*address)
        return "Give the calendar\xE2\x80\x99s address.";
    if (strncasecmp(address, "http://", strlen("http://")) == 0)
        return "The hub reads calendars over secure connections only: the "
               "address should begin with https://. Try it with the s.";
    if (!*server_of(a, address))
        return "That is no address of a calendar: it should begin with "
               "https:// or webcal://.";
    if (strlen(address) > ADDRESS_BYTES_MOST || strchr(address, ' '))
        return "This address cannot be right: it has a blank in it, or is "
               "longer than any.";
    return NULL;
}

/* ---- the form ----------------------------------------------------------- */

struct calendar_form {
    struct hub_calendar is; // what was typed, else what there is
    const char *kept_at;    // the server of the address that is kept; "": none
    const char *wrong_address, *wrong_name, *wrong_filter;
    const char *sentence; // why it was not saved; NULL: nothing is wrong
};

static bool
is_wrong(const struct calendar_form *f)
{
    return f->sentence || f->wrong_address || f->wrong_name || f->wrong_filter;
}

static void
add_schools(struct text *t, const struct board *b, const char *chosen)
{
    html_add(t, "<div class=\"field\">\n<label for=\"school\">Shown at</label>"
                "\n<select id=\"school\" name=\"school\">\n"
                "<option value=\"\">All schools</option>\n");
    for (int i = 0; b && i < b->school_count; i++) {
        html_add(t, "<option");
        html_attribute(t, "value", b->schools[i].id);
        if (strcmp(b->schools[i].id, chosen) == 0)
            html_add(t, " selected");
        html_format(t, ">%s</option>\n", b->schools[i].name);
    }
    html_add(t, "</select>\n</div>\n");
}

static void
add_fields(struct arena *a, struct text *t, const struct board *b,
           const struct calendar_form *f)
{
    const char *hint =
        *f->kept_at
            ? arena_format(a,
                           "Leave it empty to keep the one there is, at %s. It "
                           "may be a secret, so it is not shown.",
                           f->kept_at)
            : "Begins with https:// or webcal://, and often ends in .ics. In "
              "Google Calendar: Settings, your calendar, Secret address in "
              "iCal format. In Outlook: Settings, Shared calendars, Publish a "
              "calendar, ICS.";
    pages_add_field(t, &(struct pages_field){.name = "address",
                                             .label = "Address",
                                             .hint = hint,
                                             .wrong = f->wrong_address,
                                             .value = f->is.url,
                                             .is_required = !*f->kept_at});
    pages_add_field(
        t, &(struct pages_field){.name = "label",
                                 .label = "Name",
                                 .hint = "For you and other coordinators, such "
                                         "as Hillcrest staff meetings.",
                                 .wrong = f->wrong_name,
                                 .value = f->is.label,
                                 .most = NAME_LETTERS,
                                 .is_required = true});
    add_schools(t, b, f->is.school);
    pages_add_field(
        t, &(struct pages_field){
               .name = "filter",
               .label = "Only entries with these words",
               .hint = "In their titles, such as staff meeting. Empty: all "
                       "entries.",
               .wrong = f->wrong_filter,
               .value = f->is.filter,
               .most = FILTER_LETTERS});
}

static void
show_form(struct hub *hub, const struct http_request *r, struct http_answer *a,
          const char *action, const struct calendar_form *f)
{
    struct text *t = &a->body;
    struct pages_board published;
    struct problem why;
    bool is_new = strcmp(action, PAGE) == 0;
    (void) pages_board_open(hub, r->arena, &published, &why);
    page_begin(
        hub, r, a,
        &(struct page){.title = is_new ? "Add a calendar" : "Change a calendar",
                       .here = MEETINGS,
                       .status = is_wrong(f) ? 422 : 200,
                       .has_error = is_wrong(f)});
    if (f->sentence)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    f->sentence);
    html_add(t, "<div class=\"card small\">\n<p>The hub reads the calendar "
                "every half hour and shows its meetings of the next 60 days. "
                "Everybody can read them, on the screens and in the public "
                "feed: titles, times, places and notes.</p>\n");
    page_form(hub, a, action);
    add_fields(r->arena, t, published.board, f);
    html_add(t, "<p class=\"buttons\"><button class=\"main\">Save</button>\n"
                "<a class=\"button\" href=\"" MEETINGS "#calendars\">"
                "Leave it as it was</a></p>\n</form>\n</div>\n");
    page_end(hub, a);
    pages_board_close(&published);
}

static void
take_form(struct hub *hub, const struct http_request *r,
          const struct form *form, const struct hub_calendar *was,
          struct calendar_form *f)
{
    struct arena *a = r->arena;
    const struct hub_calendar *list;
    const char *address = take_address(a, form_value(form, "address"));
    f->is = (struct hub_calendar){
        .number = was ? was->number : 0,
        .url = was && !*address ? was->url : address,
        .label = pages_line(a, form_value(form, "label")),
        .school = form_value(form, "school"),
        .filter = pages_line(a, form_value(form, "filter")),
    };
    f->kept_at = was ? server_of(a, was->url) : "";
    f->wrong_address = address_refusal(a, f->is.url);
    f->wrong_name = pages_line_refusal(f->is.label, NAME_LETTERS);
    if (*f->is.filter)
        f->wrong_filter = pages_line_refusal(f->is.filter, FILTER_LETTERS);
    int count = hub_store_calendars(hub->store, a, false, &list);
    for (int i = 0; i < count; i++)
        if (list[i].number != f->is.number &&
            strcmp(list[i].url, f->is.url) == 0 &&
            strcmp(list[i].filter, f->is.filter) == 0)
            f->wrong_address = "This calendar is there already.";
}

/* What was typed, but never an address that is kept. */
static void
show_again(struct hub *hub, const struct http_request *r, struct http_answer *a,
           const char *action, const struct form *form, struct calendar_form *f)
{
    f->is.url = take_address(r->arena, form_value(form, "address"));
    show_form(hub, r, a, action, f);
}

/* To the page Meetings, which waits until it has been read. */
static void
read_now(struct hub *hub, const struct http_request *r, struct http_answer *a,
         int64_t number, enum page_said said)
{
    calendars_sync(hub->calendars, &hub->now);
    calendars_want(hub->calendars, number, &hub->now);
    page_go_back(
        a,
        arena_format(r->arena, MEETINGS "?read=%" PRId64 "#calendars", number),
        said);
}

static void
note(struct hub *hub, struct arena *a, const char *deed, int64_t number)
{
    (void) hub_store_audit(hub->store, hub->person.name, deed,
                           arena_format(a, "%" PRId64, number),
                           hub->now.wall_s);
}

/* ---- one more ----------------------------------------------------------- */

void
calendars_page_show_add(struct hub *hub, const struct http_request *r,
                        const struct route_match *m, struct http_answer *a)
{
    (void) m;
    show_form(hub, r, a, PAGE,
              &(struct calendar_form){
                  .is = {.url = "", .label = "", .school = "", .filter = ""},
                  .kept_at = ""});
}

void
calendars_page_add(struct hub *hub, const struct http_request *r,
                   const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct calendar_form f = {0};
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    take_form(hub, r, &form, NULL, &f);
    int64_t number =
        is_wrong(&f) ? 0 : hub_store_add_calendar(hub->store, &f.is, &why);
    if (number) {
        note(hub, r->arena, "added a calendar", number);
        read_now(hub, r, a, number, PAGE_SAID_SAVED);
        return;
    }
    if (*why.text)
        f.sentence = arena_format(r->arena, "%s.", why.text);
    show_again(hub, r, a, PAGE, &form, &f);
}

/* ---- one that is there -------------------------------------------------- */

static bool
find_calendar(struct hub *hub, struct arena *a, const char *number,
              struct hub_calendar *out)
{
    const struct hub_calendar *list;
    long long wanted = strtoll(number, NULL, 10); // 18 digits: {number}
    int count = hub_store_calendars(hub->store, a, false, &list);
    for (int i = 0; i < count; i++)
        if (list[i].number == wanted) {
            *out = list[i];
            return true;
        }
    return false;
}

void
calendars_page_show_change(struct hub *hub, const struct http_request *r,
                           const struct route_match *m, struct http_answer *a)
{
    struct calendar_form f = {0};
    if (!find_calendar(hub, r->arena, m->values[0], &f.is)) {
        page_go_back(a, MEETINGS, PAGE_SAID_SOMEBODY_ELSE);
        return;
    }
    f.kept_at = server_of(r->arena, f.is.url);
    f.is.url = "";
    show_form(hub, r, a, r->path, &f);
}

static void
save(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct form *form, const struct hub_calendar *was)
{
    struct calendar_form f = {0};
    struct problem why = {0};
    take_form(hub, r, form, was, &f);
    if (!is_wrong(&f) && hub_store_change_calendar(hub->store, &f.is, &why)) {
        note(hub, r->arena, "changed a calendar", was->number);
        read_now(hub, r, a, was->number, PAGE_SAID_SAVED);
        return;
    }
    if (*why.text)
        f.sentence = arena_format(r->arena, "%s.", why.text);
    show_again(hub, r, a, r->path, form, &f);
}

static void
remove_it(struct hub *hub, const struct http_request *r, struct http_answer *a,
          int64_t number)
{
    struct problem why = {0};
    bool is_gone = hub_store_remove_calendar(hub->store, number, &why);
    if (is_gone)
        note(hub, r->arena, "removed a calendar", number);
    calendars_sync(hub->calendars, &hub->now);
    page_go_back(a, MEETINGS "#calendars",
                 is_gone ? PAGE_SAID_SAVED : PAGE_SAID_FAILED);
}

void
calendars_page_change(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct hub_calendar was;
    if (!page_take_form(hub, r, a, &form))
        return;
    if (!find_calendar(hub, r->arena, m->values[0], &was))
        page_go_back(a, MEETINGS, PAGE_SAID_SOMEBODY_ELSE);
    else if (form_has(&form, "remove"))
        remove_it(hub, r, a, was.number);
    else if (form_has(&form, "read"))
        read_now(hub, r, a, was.number, PAGE_SAID_NOTHING);
    else
        save(hub, r, a, &form, &was);
}

/* ---- the section -------------------------------------------------------- */

bool
calendars_page_must_wait(struct hub *hub, const struct http_request *r,
                         struct http_answer *a)
{
    struct form form;
    struct problem why = {0};
    if (!r->may_wait ||
        !form_read(&form, r->arena, r->query, strlen(r->query), &why))
        return false;
    int64_t number = strtoll(form_value(&form, "read"), NULL, 10);
    if (calendars_is_reading(hub->calendars, number))
        a->wait_ms = WAIT_MS;
    return a->wait_ms > 0;
}

static int
count_meetings(struct content_page *p, int64_t number)
{
    const struct feed_published *published = &p->hub->feed.published;
    const struct feed_calendar_meeting *const *list;
    int count =
        feed_calendars_pick(&published->calendars, p->r->arena,
                            published->board, p->hub->now.wall_s, &list);
    int its = 0;
    for (int i = 0; i < count; i++)
        its += list[i]->calendar == number;
    return its;
}

static const char *
when(struct content_page *p, int64_t then_s)
{
    return pages_when(p->r->arena, &p->content.board, then_s,
                      pages_now(p->hub));
}

/* How the last reading went. */
static void
write_state(struct content_page *p, const struct hub_calendar *c)
{
    struct text *t = &p->a->body;
    if (calendars_is_reading(p->hub->calendars, c->number))
        html_add(t, "<p>It is being read. Load this page again in a moment."
                    "</p>\n");
    else if (!c->tried_s)
        html_add(t, "<p>It was not read yet.</p>\n");
    if (*c->problem)
        html_format(t, "<p class=\"why\">%s. (Tried %s.)</p>\n", c->problem,
                    when(p, c->tried_s));
    if (!c->read_s)
        return;
    int count = count_meetings(p, c->number);
    html_format(t, "<p>%d meeting%s of it %s shown. ", count,
                count == 1 ? "" : "s", count == 1 ? "is" : "are");
    html_format(t, "%s %s.</p>\n",
                *c->problem ? "They are of the last time it could be read,"
                            : "Read",
                when(p, c->read_s));
}

static void
write_calendar(struct content_page *p, const struct hub_calendar *c)
{
    struct text *t = &p->a->body;
    struct arena *a = p->r->arena;
    const char *action = arena_format(a, PAGE "/%" PRId64, c->number);
    content_page_begin_row(p, c->label);
    write_state(p, c);
    html_format(t,
                "<p class=\"soft\">From <bdi>%s</bdi>, shown at <bdi>%s"
                "</bdi>",
                server_of(a, c->url),
                *c->school ? board_school_name(&p->content.board, c->school)
                           : "all schools");
    if (*c->filter)
        html_format(t,
                    ", only entries with \xE2\x80\x9C<bdi>%s</bdi>\xE2\x80"
                    "\x9D",
                    c->filter);
    html_add(t, ".</p>\n");
    page_form(p->hub, p->a, action);
    html_add(t, "<p class=\"buttons\"><a class=\"button\"");
    html_link(t, action);
    html_format(t, " aria-label=\"Change %s\">Change</a>\n", c->label);
    if (calendars_has_program(p->hub->calendars))
        html_format(t,
                    "<button name=\"read\" value=\"yes\" aria-label=\"Read it "
                    "now: %s\">Read it now</button>\n",
                    c->label);
    html_format(t,
                "<button name=\"remove\" value=\"yes\" aria-label=\"Remove "
                "%s\">Remove</button></p></form>\n</div></div>\n",
                c->label);
}

void
calendars_page_section(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct hub_calendar *list;
    int count = hub_store_calendars(p->hub->store, p->r->arena, false, &list);
    html_add(t,
             "<section class=\"card\" id=\"calendars\"><h2>Calendars</h2>\n"
             "<p>Meetings can come from calendars you already have, by an "
             "address that each of them has for this (.ics). They are changed "
             "there, not here.</p>\n");
    if (!calendars_has_program(p->hub->calendars))
        html_add(t,
                 "<p class=\"why\">Calendars are not read: the program "
                 "staffroom-calendar is not on the hub\xE2\x80\x99s machine. "
                 "Tell whoever looks after the hub.</p>\n");
    if (count < 0)
        html_add(t, "<p>The hub cannot read its store just now. Load the page "
                    "again in a minute.</p>\n");
    for (int i = 0; i < count; i++)
        write_calendar(p, &list[i]);
    if (count < HUB_CALENDARS_MOST)
        html_add(t, "<p class=\"buttons\"><a class=\"button\" href=\"" PAGE
                    "\">Add a calendar</a></p>\n");
    html_add(t, "</section>\n");
}
