#include <string.h>

#include "hub/content.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"
#include "hub/screens_page.h"

#define CODE_LETTERS 8
#define NAME_LETTERS 60
#define SCHOOL_LETTERS 80
#define SCHOOLS_MOST 50

struct adding { // what was typed, and what is wrong with it
    const char *code, *name, *school, *new_school;
    const char *wrong_code, *wrong_name, *wrong_school;
    const char *failed;
};

/* ---- the page ----------------------------------------------------------- */

static void
add_schools(struct text *t, const struct adding *s, const struct board *b)
{
    html_format(t,
                "<div class=\"field%s\">\n<label for=\"school\">Its school"
                "</label>\n",
                s->wrong_school ? " wrong" : "");
    if (s->wrong_school)
        html_format(t, "<p class=\"why\" id=\"school-wrong\">%s</p>\n",
                    s->wrong_school);
    html_add(t, "<select id=\"school\" name=\"school\"");
    if (s->wrong_school)
        html_add(t, " aria-invalid=\"true\" aria-describedby=\"school-wrong\"");
    html_add(t, ">\n<option value=\"\">Please choose</option>\n");
    for (int i = 0; b && i < b->school_count; i++) {
        html_format(t, "<option value=\"%s\"", b->schools[i].id);
        if (strcmp(s->school, b->schools[i].id) == 0)
            html_add(t, " selected");
        html_format(t, ">%s</option>\n", b->schools[i].name);
    }
    html_add(t, "</select>\n</div>\n");
}

static void
add_fields(struct text *t, const struct adding *s, const struct board *b)
{
    pages_add_field(t, &(struct pages_field){.name = "code",
                                             .label = "The eight letters on "
                                                      "the screen",
                                             .hint = "They are good for ten "
                                                     "minutes.",
                                             .wrong = s->wrong_code,
                                             .value = s->code,
                                             .is_required = true});
    pages_add_field(
        t, &(struct pages_field){.name = "name",
                                 .label = "A name for the screen",
                                 .hint = "Where it hangs, for example "
                                         "\xE2\x80\x9CHillcrest staffroom"
                                         "\xE2\x80\x9D.",
                                 .wrong = s->wrong_name,
                                 .value = s->name,
                                 .most = NAME_LETTERS,
                                 .is_required = true});
    add_schools(t, s, b);
    pages_add_field(t, &(struct pages_field){.name = "new_school",
                                             .label = "Or a school that is not "
                                                      "in the list yet",
                                             .value = s->new_school,
                                             .most = SCHOOL_LETTERS});
}

static void
show(struct hub *hub, const struct http_request *r, struct http_answer *a,
     const struct adding *s, const struct board *b)
{
    struct text *t = &a->body;
    bool is_wrong =
        s->failed || s->wrong_code || s->wrong_name || s->wrong_school;
    page_begin(hub, r, a,
               &(struct page){.title = "Add a screen",
                              .here = "/screens",
                              .status = is_wrong ? 422 : 200,
                              .has_error = is_wrong});
    if (s->failed)
        html_format(t, "<p class=\"said bad\" role=\"alert\">%s.</p>\n",
                    s->failed);
    html_add(t, "<div class=\"card small\">\n");
    page_form(hub, a, "/screens/add");
    add_fields(t, s, b);
    html_add(t, "<p class=\"buttons\"><button class=\"main\">Add it</button>\n"
                "<a class=\"button\" href=\"/screens\">Cancel</a></p>\n"
                "</form>\n</div>\n");
    page_end(hub, a);
}

/* As people copy it: in either case, in fours, with a dash. */
static const char *
plain_code(struct arena *a, const char *typed)
{
    char *code = arena_alloc(a, strlen(typed) + 1), *to = code;
    for (; *typed; typed++) {
        if (*typed == ' ' || *typed == '-')
            continue;
        *to++ =
            *typed >= 'a' && *typed <= 'z' ? (char) (*typed & ~0x20) : *typed;
    }
    *to = '\0';
    return code;
}

/* Of the QR code that the screen shows; what is no such code is not shown. */
static const char *
scanned_code(const struct http_request *r)
{
    struct form query;
    struct problem why;
    if (!form_read(&query, r->arena, r->query, strlen(r->query), &why))
        return "";
    const char *code = plain_code(r->arena, form_value(&query, "code"));
    bool is_code = strlen(code) == CODE_LETTERS &&
                   strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == CODE_LETTERS;
    return is_code ? code : "";
}

void
screens_page_show_add(struct hub *hub, const struct http_request *r,
                      const struct route_match *m, struct http_answer *a)
{
    struct pages_board published;
    struct problem why;
    (void) m;
    (void) pages_board_open(hub, r->arena, &published, &why);
    show(hub, r, a,
         &(struct adding){.code = scanned_code(r),
                          .name = "",
                          .school = "",
                          .new_school = ""},
         published.board);
    pages_board_close(&published);
}

/* ---- doing it ----------------------------------------------------------- */

static bool
is_on_board(const struct board *b, const char *school)
{
    for (int i = 0; b && i < b->school_count; i++)
        if (strcmp(b->schools[i].id, school) == 0)
            return true;
    return false;
}

static const char *
school_refusal(const struct adding *s, const struct board *b)
{
    if (!*s->new_school)
        return is_on_board(b, s->school)
                   ? NULL
                   : "Please choose a school, or write the name of another.";
    if (!b)
        return "Nothing is published yet, so there is no list to add it to.";
    if (b->school_count >= SCHOOLS_MOST)
        return "Those are more schools than the hub can take.";
    return pages_line_refusal(s->new_school, SCHOOL_LETTERS);
}

static bool
read_adding(struct adding *s, struct arena *a, const struct form *form,
            const struct board *b)
{
    s->code = plain_code(a, form_value(form, "code"));
    s->name = pages_line(a, form_value(form, "name"));
    s->school = form_value(form, "school");
    s->new_school = pages_line(a, form_value(form, "new_school"));
    if (strlen(s->code) != CODE_LETTERS)
        s->wrong_code = "The code has eight letters. Look at the screen again.";
    s->wrong_name = pages_line_refusal(s->name, NAME_LETTERS);
    s->wrong_school = school_refusal(s, b);
    return !s->wrong_code && !s->wrong_name && !s->wrong_school;
}

/* Its id; of the one that has this name already, where there is one. */
static bool
choose_school(struct hub *hub, struct arena *a, const struct adding *s,
              const struct pages_board *published, const char **id,
              struct problem *why)
{
    const struct board *b = published->board;
    *id = s->school;
    if (!*s->new_school)
        return true;
    for (int i = 0; i < b->school_count; i++) {
        *id = b->schools[i].id;
        if (strcmp(b->schools[i].name, s->new_school) == 0)
            return true;
    }
    struct content c;
    bool ok = content_open(&c, hub->store, 0, why);
    c.board = pages_board_with_school(a, &c.board, s->new_school);
    *id = c.board.schools[c.board.school_count - 1].id;
    ok = ok && content_save(&c, hub->store, hub->person.name, "Added a school",
                            hub->now.wall_s, why) == CONTENT_SAVED;
    content_close(&c);
    return ok;
}

void
screens_page_add(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    struct form form;
    struct adding s = {0};
    struct pages_board published;
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &form))
        return;
    (void) pages_board_open(hub, r->arena, &published, &why);
    if (!read_adding(&s, r->arena, &form, published.board)) {
        show(hub, r, a, &s, published.board);
        goto out;
    }
    // The school first: what is on the board without a screen does no harm.
    const char *school;
    if (!choose_school(hub, r->arena, &s, &published, &school, &why)) {
        s.failed = why.text;
        show(hub, r, a, &s, published.board);
    } else if (!hub_store_accept_pairing(hub->store, s.code, s.name, school,
                                         hub->now.wall_s, &why)) {
        s.wrong_code = arena_format(r->arena, "%s.", why.text);
        show(hub, r, a, &s, published.board);
    } else {
        (void) hub_store_audit(hub->store, hub->person.name, "added a screen",
                               "", hub->now.wall_s);
        page_go_back(a, "/screens", PAGE_SAID_SCREEN_ADDED);
    }
out:
    pages_board_close(&published);
}
