#include "hub/erase_page.h"

#include <string.h>

#include "base/log.h"
#include "hub/accounts.h"
#include "hub/erase.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/name.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define PATH "/erase"
#define NAME_LETTERS 120 // as many as feeds have

/* While it stands in the store, something erased may be left in the file or in
   a backup: also when the hub was killed in between. */
#define UNFINISHED "erasing unfinished"

struct erasing {
    struct hub *hub;
    const struct http_request *r;
    struct http_answer *a;
    struct form form;
    const char *typed;
    const char *wrong; // with what was typed
    struct erase_search search;
    bool is_searched;
    const char *sentence; // what is wrong with all of it
    int status;
};
/* ---- what was found ----------------------------------------------------- */

static const char *
join(struct arena *a, const char *words, const char *more)
{
    return arena_format(a, "%s%s%s", words, *words ? ", " : "", more);
}

static const char *
number_of(struct arena *a, int count, const char *one, const char *many)
{
    return arena_format(a, "%d %s", count, count == 1 ? one : many);
}

/* "5 post-its (Hillcrest Primary 3, others 2), 1 entry of the board" */
static const char *
places(struct erasing *e, const struct erase_found *f)
{
    struct arena *a = e->r->arena;
    const char *schools = "", *words = "";
    for (int i = 0; i <= e->search.school_count; i++)
        if (f->at_school[i])
            schools = join(a, schools,
                           arena_format(a, "%s %d",
                                        i < e->search.school_count
                                            ? e->search.schools[i]
                                            : "other schools",
                                        f->at_school[i]));
    if (f->postits)
        words = arena_format(a, "%s (%s)",
                             number_of(a, f->postits, "post-it", "post-its"),
                             schools);
    if (f->entries)
        words = join(a, words,
                     number_of(a, f->entries, "entry of the board",
                               "entries of the board"));
    if (f->versions)
        words = join(
            a, words,
            number_of(a, f->versions, "earlier version", "earlier versions"));
    return words;
}

static bool
is_ticked(const struct erasing *e, const char *field, const char *name)
{
    const char *value;
    for (size_t i = 0; (value = form_value_at(&e->form, field, i)); i++)
        if (strcmp(value, name) == 0)
            return true;
    return false;
}

static const char *
field_of(const struct erase_found *f)
{
    return f->where == ERASE_SIGNED ? "signed" : "words";
}

static void
add_found(struct erasing *e, int i)
{
    struct text *t = &e->a->body;
    const struct erase_found *f = &e->search.found[i];
    bool is_again = form_has(&e->form, "erase");
    bool is_on = is_again ? is_ticked(e, field_of(f), f->name)
                          : f->where == ERASE_SIGNED && f->is_same;
    html_format(t,
                "<div class=\"field\"><label><input type=\"checkbox\" "
                "name=\"%s\" value=\"%s\" aria-describedby=\"found-%d\"",
                field_of(f), f->name, i);
    if (is_on)
        html_add(t, " checked");
    html_format(t,
                "> <bdi>%s</bdi></label>\n<p class=\"hint\" "
                "id=\"found-%d\">%s",
                f->name, i, places(e, f));
    if (*f->excerpt)
        html_format(t, ": <q dir=\"auto\">%s</q>", f->excerpt);
    html_add(t, "</p></div>\n");
}

static int
count_found(const struct erasing *e, enum erase_where where)
{
    int count = 0;
    for (int i = 0; i < e->search.count; i++)
        count += e->search.found[i].where == where;
    return count;
}

static void
add_all_found(struct erasing *e, enum erase_where where)
{
    for (int i = 0; i < e->search.count; i++)
        if (e->search.found[i].where == where)
            add_found(e, i);
    html_add(&e->a->body, "</fieldset>\n");
}

/* ---- what is to be done ------------------------------------------------- */

static void
add_how(struct erasing *e)
{
    bool deletes = strcmp(form_value(&e->form, "how"), "delete") == 0;
    html_add(&e->a->body,
             "<fieldset><legend>Their post-its</legend>\n"
             "<div class=\"field pick\">\n"
             "<label><input type=\"radio\" name=\"how\" value=\"name\"");
    if (!deletes)
        html_add(&e->a->body, " checked");
    html_add(&e->a->body,
             "> Take the name off, and leave what they wrote</label>\n"
             "<label><input type=\"radio\" name=\"how\" value=\"delete\"");
    if (deletes)
        html_add(&e->a->body, " checked");
    html_add(&e->a->body,
             "> Delete what they wrote</label>\n</div>\n"
             "<p class=\"hint\">The screen it was written on has a copy of its "
             "own. When what they wrote is deleted here, that goes as well. "
             "When only the name is taken off, that screen may keep the name "
             "until the post-it has had its time, 14 days at the most.</p>\n"
             "</fieldset>\n");
}

static void
add_consequences(struct text *t)
{
    html_add(
        t,
        "<h3>What happens then</h3>\n"
        "<ul>\n"
        "<li>It cannot be undone, not by History either: the name leaves all "
        "earlier versions of the board, too.</li>\n"
        "<li>The hub\xE2\x80\x99s own backups are deleted, and a new one "
        "is made without the name.</li>\n"
        "<li>Copies of them that somebody has put elsewhere, and files "
        "that were exported, keep the name until they are deleted there: "
        "ask whoever looks after the hub.</li>\n"
        "<li>Screens keep the last five editions of the board for days "
        "without network. The name leaves them as new editions come."
        "</li>\n</ul>\n");
}

static void
add_choices(struct erasing *e)
{
    struct text *t = &e->a->body;
    html_add(t, "<section class=\"card small\">\n<h2>What was found</h2>\n");
    page_form(e->hub, e->a, PATH);
    html_format(t, "<input type=\"hidden\" name=\"name\" value=\"%s\">\n",
                e->typed);
    if (count_found(e, ERASE_SIGNED)) {
        html_add(t,
                 "<fieldset><legend>As who wrote or asks</legend>\n"
                 "<p>Tick each that is this person. The whole of it is taken "
                 "off.</p>\n");
        add_all_found(e, ERASE_SIGNED);
        add_how(e);
    }
    if (count_found(e, ERASE_IN_WORDS)) {
        html_add(t, "<fieldset><legend>In the midst of words</legend>\n"
                    "<p>Tick what means this person. A \xE2\x80\x9C\xE2\x80\xA6"
                    "\xE2\x80\x9D then stands in its place everywhere.</p>\n");
        add_all_found(e, ERASE_IN_WORDS);
    }
    if (e->search.has_more)
        html_add(t, "<p>There is more than fits on this page: look again after "
                    "this.</p>\n");
    add_consequences(t);
    html_add(t, "<p class=\"buttons\"><button class=\"danger\" name=\"erase\" "
                "value=\"yes\">Erase for good</button>\n"
                "<a class=\"button\" href=\"" PATH "\">Cancel</a></p></form>\n"
                "</section>\n");
}

/* ---- what is left to somebody else -------------------------------------- */

static bool
is_like(const struct name *n, const char *words)
{
    size_t start, end;
    return name_compare(n, words) != NAME_DIFFERENT ||
           name_find(n, words, 0, &start, &end);
}

static void
add_elsewhere(struct erasing *e)
{
    struct arena *a = e->r->arena;
    struct text *t = &e->a->body;
    const struct hub_person *people;
    const struct hub_device *screens;
    struct name n = name_read(a, e->typed);
    int person_count = hub_store_people(e->hub->store, a, &people);
    int screen_count = hub_store_devices(e->hub->store, a, &screens);
    for (int i = 0; i < person_count; i++)
        if (name_compare(&n, people[i].name) != NAME_DIFFERENT)
            html_format(t,
                        "<p><bdi>%s</bdi> also signs in here. That, and what "
                        "History says they did, is not erased here: see "
                        "<a href=\"/people\">People</a>.</p>\n",
                        people[i].name);
    for (int i = 0; i < screen_count; i++)
        if (is_like(&n, screens[i].name))
            html_format(t,
                        "<p>A screen is called <bdi>%s</bdi>. Its name stays: "
                        "see <a href=\"/screens\">Screens</a>.</p>\n",
                        screens[i].name);
}

/* ---- the page ----------------------------------------------------------- */

static void
add_search(struct erasing *e)
{
    struct text *t = &e->a->body;
    html_add(t, "<section class=\"card small\">\n");
    page_form(e->hub, e->a, PATH);
    pages_add_field(
        t, &(struct pages_field){.name = "name",
                                 .label = "The name",
                                 .hint = "As it was written, such as Danielle. "
                                         "Capitals and accents do not matter; "
                                         "\xE2\x80\x9C"
                                         "Danielle, Year 4"
                                         "\xE2\x80\x9D is found as well.",
                                 .wrong = e->wrong,
                                 .value = e->typed,
                                 .most = NAME_LETTERS,
                                 .is_required = true});
    html_add(t, "<p class=\"buttons\"><button class=\"main\">Look for it"
                "</button></p></form>\n</section>\n");
}

static void
add_result(struct erasing *e)
{
    if (e->search.count)
        add_choices(e);
    else
        html_format(&e->a->body,
                    "<p role=\"status\"><bdi>%s</bdi> was found nowhere: on no "
                    "post-it, not on the board and in no earlier version of "
                    "it.</p>\n",
                    e->typed);
    add_elsewhere(e);
}

static void
add_unfinished(struct erasing *e)
{
    struct text *t = &e->a->body;
    if (!*hub_store_get(e->hub->store, e->r->arena, UNFINISHED))
        return;
    html_add(t, "<section class=\"card small\">\n<h2>Not finished yet</h2>\n"
                "<p>A name was erased, but the hub\xE2\x80\x99s file and its "
                "backups could not be cleaned afterwards.</p>\n");
    page_form(e->hub, e->a, PATH);
    html_add(t, "<p class=\"buttons\"><button name=\"finish\" value=\"yes\">"
                "Clean them now</button></p></form>\n</section>\n");
}

static void
show(struct erasing *e)
{
    page_begin(e->hub, e->r, e->a,
               &(struct page){.title = "Erase a name",
                              .here = "/partnership",
                              .status = e->status,
                              .has_error = e->sentence || e->wrong});
    if (e->sentence)
        html_format(&e->a->body,
                    "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    e->sentence);
    if (!e->is_searched)
        add_unfinished(e);
    if (!e->is_searched)
        html_add(&e->a->body,
                 "<p class=\"lead\">When somebody does not want to be named "
                 "here any more. First you see where the name stands; nothing "
                 "is erased before you say so.</p>\n");
    add_search(e);
    if (e->is_searched)
        add_result(e);
    page_end(e->hub, e->a);
}

static bool
may_erase(struct hub *hub, const struct http_request *r, struct http_answer *a)
{
    if (accounts_sees_names(hub))
        return true;
    page_begin(hub, r, a,
               &(struct page){.title = "Erase a name", .here = "/partnership"});
    html_add(&a->body,
             "<p class=\"lead\">Names are shown to you once you have switched "
             "on codes for signing in. Then you can erase one as well.</p>\n"
             "<p class=\"buttons\"><a class=\"button\" href=\"/account\">Your "
             "account</a></p>\n");
    page_end(hub, a);
    return false;
}

void
erase_page_get(struct hub *hub, const struct http_request *r,
               const struct route_match *m, struct http_answer *a)
{
    struct erasing e = {.hub = hub, .r = r, .a = a, .typed = "", .status = 200};
    (void) m;
    if (may_erase(hub, r, a))
        show(&e);
}

/* ---- doing it ----------------------------------------------------------- */

/* Only what was found may be erased. */
static struct erase_choice
choice_of(struct erasing *e)
{
    struct arena *a = e->r->arena;
    size_t most = (size_t) e->search.count;
    const char **names = arena_array(a, most, sizeof *names);
    const char **spellings = arena_array(a, most, sizeof *spellings);
    struct erase_choice c = {
        .signed_by = names,
        .spellings = spellings,
        .deletes_postits = strcmp(form_value(&e->form, "how"), "delete") == 0,
    };
    for (int i = 0; i < e->search.count; i++) {
        const struct erase_found *f = &e->search.found[i];
        if (!is_ticked(e, field_of(f), f->name))
            continue;
        if (f->where == ERASE_SIGNED)
            names[c.signed_count++] = f->name;
        else
            spellings[c.spelling_count++] = f->name;
    }
    return c;
}

/* Out of the file, and out of the copies of it. */
static void
finish(struct erasing *e)
{
    struct hub_store *store = e->hub->store;
    struct problem why = {0};
    bool is_whole = hub_store_clean(store, &why);
    if (!is_whole)
        log_error("what was erased may still be in the hub's file: %s",
                  why.text);
    is_whole = backup_replace_all(e->hub, &why) && is_whole;
    is_whole = is_whole && hub_store_set(store, UNFINISHED, "", &why);
    page_go_back(e->a, PATH,
                 is_whole ? PAGE_SAID_ERASED : PAGE_SAID_ERASED_IN_PART);
}

static void
erase(struct erasing *e)
{
    struct problem why = {0};
    struct erase_choice choice = choice_of(e);
    if (!choice.signed_count && !choice.spelling_count) {
        e->sentence = "Nothing is ticked, so nothing was erased.";
        e->status = 422;
        return;
    }
    if (!hub_store_set(e->hub->store, UNFINISHED, "yes", &why) ||
        !erase_do(e->hub, &choice, &why)) {
        e->sentence = arena_format(e->r->arena, "%s.", why.text);
        e->status = 503;
        return;
    }
    finish(e);
}

void
erase_page_post(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    struct erasing e = {.hub = hub, .r = r, .a = a, .status = 200};
    struct problem why = {0};
    (void) m;
    if (!page_take_form(hub, r, a, &e.form) || !may_erase(hub, r, a))
        return;
    if (form_has(&e.form, "finish")) {
        finish(&e);
        return;
    }
    e.typed = pages_line(r->arena, form_value(&e.form, "name"));
    e.wrong = pages_line_refusal(e.typed, NAME_LETTERS);
    e.is_searched =
        !e.wrong && erase_find(hub, r->arena, e.typed, &e.search, &why);
    if (!e.is_searched) {
        e.wrong = e.wrong ? e.wrong : arena_format(r->arena, "%s.", why.text);
        e.status = 422;
    } else if (form_has(&e.form, "erase")) {
        erase(&e);
        if (!e.sentence)
            return;
    }
    show(&e);
}
