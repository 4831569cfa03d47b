#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/accounts_part.h"
#include "hub/content.h"
#include "hub/device_api_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define KEPT_AS "set-up secret" // its hash, as secret_write writes it
#define TITLE_LETTERS 80
#define SCHOOL_LETTERS 80
#define SCHOOLS_MOST 50

static const struct bucket_rule rule = {.burst = 20, .every_ms = 10000};

static void
hash_text(const unsigned char secret[SECRET_BYTES], char out[SECRET_TEXT_BYTES])
{
    unsigned char hash[SECRET_BYTES];
    secret_hash(secret, SECRET_BYTES, hash);
    secret_write(hash, out);
}

static bool
has_people(struct hub *hub, struct arena *a)
{
    const struct hub_person *list;
    return hub_store_people(hub->store, a, &list) != 0; // -1: better not
}

static bool
has_board(struct hub *hub, struct arena *a)
{
    struct hub_revision newest;
    return hub_store_revision(hub->store, a, 0, &newest);
}

bool
accounts_open_set_up(struct hub *hub, char *path, size_t size)
{
    struct arena arena = {0};
    struct problem why;
    unsigned char secret[SECRET_BYTES];
    char text[SECRET_TEXT_BYTES], hash[SECRET_TEXT_BYTES];
    bool is_open = !has_people(hub, &arena);
    arena_destroy(&arena);
    if (!is_open)
        return false;
    secret_random(secret, sizeof secret);
    secret_write(secret, text);
    hash_text(secret, hash);
    snprintf(path, size, "/set-up/%s", text);
    secret_forget(secret, sizeof secret);
    secret_forget(text, sizeof text);
    return hub_store_set(hub->store, KEPT_AS, hash, &why);
}

/* Whether the address has the secret; else it is answered. */
static bool
may_set_up(struct hub *hub, const struct http_request *r,
           const struct route_match *m, struct http_answer *a)
{
    unsigned char secret[SECRET_BYTES];
    char hash[SECRET_TEXT_BYTES];
    if (!device_api_may(hub, r, "set up", &rule, a)) {
        routes_refuse(r, a, 429, "Too many tries",
                      "Wait a minute, then load the page again.");
        return false;
    }
    if (secret_read(m->values[0], secret) && !has_people(hub, r->arena)) {
        const char *kept = hub_store_get(hub->store, r->arena, KEPT_AS);
        hash_text(secret, hash);
        if (strlen(kept) == strlen(hash) &&
            secret_is_equal(kept, hash, strlen(hash)))
            return true;
    }
    routes_refuse(r, a, 404, "This address is used up",
                  "The hub is set up already, or has started again since: then "
                  "it has printed a new address.");
    return false;
}

/* ---- what was typed ----------------------------------------------------- */

struct set_up {
    bool has_board; // something is published already: only a person is missing
    const char *name, *title, *zone, *schools;
    const char *wrong_name, *wrong_password, *wrong_title, *wrong_zone,
        *wrong_schools;
    struct board board; // what will be published
};

static const char *
zone_refusal(const char *name)
{
    struct zone *zone = *name ? zone_open(name) : NULL;
    zone_close(zone);
    return zone ? NULL
                : "The hub does not know this one. Most in the United Kingdom "
                  "are Europe/London.";
}

/* One line is one school. */
static const char *
read_schools(struct set_up *s, struct arena *a)
{
    const char *at = s->schools;
    while (*at) {
        size_t len = strcspn(at, "\n");
        const char *name = pages_line(a, arena_copy(a, at, len));
        at += len + (at[len] == '\n');
        if (!*name)
            continue;
        if (s->board.school_count == SCHOOLS_MOST)
            return "Those are more schools than the hub can take.";
        const char *wrong = pages_line_refusal(name, SCHOOL_LETTERS);
        if (wrong)
            return wrong;
        s->board = pages_board_with_school(a, &s->board, name);
    }
    return s->board.school_count ? NULL
                                 : "Please write at least one school, each on "
                                   "a line of its own.";
}

static bool
read_set_up(struct set_up *s, struct arena *a, const struct form *form)
{
    s->name = pages_line(a, form_value(form, "name"));
    s->title = pages_line(a, form_value(form, "title"));
    s->zone = pages_line(a, form_value(form, "zone"));
    s->schools = form_value(form, "schools");
    s->board = (struct board){.title = s->title,
                              .language = "en-GB",
                              .zone_name = s->zone,
                              .is_complete = true};
    s->wrong_name = pages_line_refusal(s->name, ACCOUNTS_NAME_LETTERS);
    if (!s->has_board) {
        s->wrong_title = pages_line_refusal(s->title, TITLE_LETTERS);
        s->wrong_zone = zone_refusal(s->zone);
        s->wrong_schools = read_schools(s, a);
    }
    s->wrong_password = accounts_new_password_refusal(form, s->name);
    return !s->wrong_name && !s->wrong_title && !s->wrong_zone &&
           !s->wrong_schools && !s->wrong_password;
}

/* ---- the page ----------------------------------------------------------- */

static void
add_about_you(struct text *t, const struct set_up *s)
{
    html_add(t, "<fieldset><legend>You</legend>\n");
    pages_add_field(t, &(struct pages_field){.name = "name",
                                             .label = "Your name",
                                             .hint = "You sign in with it. "
                                                     "Other coordinators see "
                                                     "it, the screens do not.",
                                             .wrong = s->wrong_name,
                                             .value = s->name,
                                             .autocomplete = "username",
                                             .most = ACCOUNTS_NAME_LETTERS,
                                             .is_required = true});
    accounts_add_new_password(t, s->wrong_password);
    html_add(t, "</fieldset>\n");
}

static void
add_about_partnership(struct text *t, const struct set_up *s)
{
    html_add(t, "<fieldset><legend>Your partnership</legend>\n");
    pages_add_field(t,
                    &(struct pages_field){.name = "title",
                                          .label = "Its name",
                                          .hint = "At the top of every screen.",
                                          .wrong = s->wrong_title,
                                          .value = s->title,
                                          .most = TITLE_LETTERS,
                                          .is_required = true});
    pages_add_field(
        t, &(struct pages_field){.name = "schools",
                                 .label = "Its schools",
                                 .hint = "One on each line. You can add more "
                                         "with each screen.",
                                 .wrong = s->wrong_schools,
                                 .value = s->schools,
                                 .is_required = true,
                                 .lines = 5});
    pages_add_field(t, &(struct pages_field){.name = "zone",
                                             .label = "Its time zone",
                                             .wrong = s->wrong_zone,
                                             .value = s->zone,
                                             .list = "zones",
                                             .is_required = true});
    html_add(t, "<datalist id=\"zones\"><option>Europe/London</option>"
                "<option>Europe/Dublin</option><option>Europe/Berlin</option>"
                "<option>Europe/Paris</option><option>America/New_York"
                "</option><option>Australia/Sydney</option>"
                "<option>Pacific/Auckland</option></datalist>\n</fieldset>\n");
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct set_up *s, const char *failed)
{
    struct text *t = &a->body;
    bool is_wrong = failed || s->wrong_name || s->wrong_password ||
                    s->wrong_title || s->wrong_zone || s->wrong_schools;
    page_begin(hub, r, a,
               &(struct page){.title = "Set up your hub",
                              .status = failed     ? 503
                                        : is_wrong ? 422
                                                   : 200,
                              .has_error = is_wrong});
    html_add(t, "<p class=\"lead\">You are the first here. This page is shown "
                "once: who has its address can use it until you have.</p>\n");
    if (failed)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s.</p>\n",
                    failed);
    else if (is_wrong)
        html_add(t, "<p class=\"said bad\" role=\"alert\">Something is missing "
                    "or not right yet. It says so below, beside each field. "
                    "Please type the password again as well.</p>\n");
    html_add(t, "<div class=\"card small\">\n");
    page_form(hub, a, r->path);
    add_about_you(t, s);
    if (!s->has_board)
        add_about_partnership(t, s);
    html_add(t, "<p><button class=\"main\">Set up the hub</button></p>\n"
                "</form>\n</div>\n");
    page_end(hub, a);
}

void
accounts_show_set_up(struct hub *hub, const struct http_request *r,
                     const struct route_match *m, struct http_answer *a)
{
    struct set_up s = {.has_board = has_board(hub, r->arena),
                       .name = "",
                       .title = "",
                       .zone = "Europe/London",
                       .schools = ""};
    if (may_set_up(hub, r, m, a))
        show(hub, r, a, &s, NULL);
}

/* ---- doing it ----------------------------------------------------------- */

static bool
publish(struct hub *hub, const struct set_up *s, struct problem *why)
{
    struct content c;
    bool ok = content_open(&c, hub->store, 0, why);
    c.board.title = s->title;
    c.board.schools = s->board.schools;
    c.board.school_count = s->board.school_count;
    ok = ok && content_set_zone(&c, s->zone) &&
         content_save(&c, hub->store, s->name, "Set up the hub",
                      hub->now.wall_s, why) == CONTENT_SAVED;
    content_close(&c);
    return ok;
}

/* The person comes last but one: until then the address is good, so that all
   of it can be done again. */
static bool
set_up(struct hub *hub, const struct http_request *r, const struct set_up *s,
       const char *password, struct http_answer *a, struct problem *why)
{
    struct hub_person person = {.name = s->name, .is_coordinator = true};
    char hash[SECRET_PASSWORD_BYTES];
    int64_t now_s = hub->now.wall_s;
    problem_set(why, 0, 0, "The hub has not enough memory just now");
    if (!secret_password_hash(password, hash))
        return false;
    person.password = hash;
    bool is_published = s->has_board || publish(hub, s, why);
    if (!is_published || !hub_store_add_person(hub->store, &person, now_s, why))
        return false;
    (void) hub_store_set(hub->store, KEPT_AS, "", why);
    (void) hub_store_audit(hub->store, s->name, "set up the hub", "", now_s);
    if (hub_store_person(hub->store, r->arena, s->name, &person) &&
        accounts_begin(hub, r, person.number, a, why)) {
        door_log_signed_in(r, person.number, "by setting up the hub");
        page_go_back(a, "/screens", PAGE_SAID_WELCOME);
    } else {
        http_answer_go_to(a, "/sign-in");
    }
    return true;
}

void
accounts_set_up(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct set_up s = {.has_board = has_board(hub, r->arena)};
    struct problem why = {0};
    if (!may_set_up(hub, r, m, a) || !page_take_form(hub, r, a, &form))
        return;
    if (!read_set_up(&s, r->arena, &form))
        show(hub, r, a, &s, NULL);
    else if (!set_up(hub, r, &s, form_value(&form, "password"), a, &why))
        show(hub, r, a, &s, why.text);
}
