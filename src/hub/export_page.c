#include "hub/export_page.h"

#include <string.h>

#include "core/date.h"
#include "hub/accounts.h"
#include "hub/content.h"
#include "hub/export_write.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"

static const struct {
    const char *name; // in the address
    const char *title, *button, *ending, *type, *deed;
    export_write *write;
} files[] = {
    {"everything", "Everything, as one file", "Download everything", "json",
     "application/json", "exported everything", export_write_everything},
    {"post-its", "Post-its, as a table", "Download the table", "csv",
     "text/csv; charset=utf-8", "exported the post-its", export_write_table},
    {"feed", "The board, as a feed", "Download the feed", "json",
     "application/feed+json", "exported the feed", export_write_feed},
};
#define FILES ((int) (sizeof files / sizeof *files))

/* ---- the page ----------------------------------------------------------- */

/* As far as they are different: what is in the file. */
static void
add_words(struct text *t, int i)
{
    if (i == 0)
        html_add(t, "<p>For your own records, or for another program: the "
                    "whole board, when it was changed by whom, all post-its "
                    "with how they stand and what they got, schools, screens, "
                    "who may sign in, and what was done by whom. Passwords, "
                    "codes and the screens\xE2\x80\x99 keys are not in it. "
                    "It is a JSON file.</p>\n");
    if (i == 1)
        html_add(t,
                 "<p>For a spreadsheet: one row for each post-it, those "
                 "that wait or stay at one school as well. In the column "
                 "\xE2\x80\x9Cshared\xE2\x80\x9D, \xE2\x80\x9Csent\xE2\x80\x9D"
                 " means that it waits to be read.</p>\n");
    if (i == 2)
        html_add(t, "<p>What all schools see, as a JSON Feed. A new hub can "
                    "begin with it (<code>staffroom-hub --sample</code>), and "
                    "any screen can show it. Post-its that wait or stay at one "
                    "school are not in it.</p>\n");
}

static void
add_file(struct hub *hub, const struct http_request *r, struct http_answer *a,
         int i)
{
    struct text *t = &a->body;
    html_format(t, "<section class=\"card small\"><h2>%s</h2>\n",
                files[i].title);
    add_words(t, i);
    page_form(hub, a, arena_format(r->arena, "/export/%s", files[i].name));
    html_format(t,
                "<p class=\"buttons\"><button class=\"main\">%s</button></p>"
                "</form></section>\n",
                files[i].button);
}
void
export_page_get(struct hub *hub, const struct http_request *r,
                const struct route_match *m, struct http_answer *a)
{
    struct text *t = &a->body;
    (void) m;
    page_begin(
        hub, r, a,
        &(struct page){.title = "Export everything", .here = "/partnership"});
    if (accounts_sees_names(hub))
        html_add(t, "<p class=\"lead\">There are names of people in these "
                    "files. Keep them where nobody else can read them, and "
                    "delete them when you have done with them: what is erased "
                    "here later stays in a file that was taken before.</p>\n");
    else
        html_add(t, "<p class=\"lead\">The names of people who wrote are left "
                    "out of these files, because you have not switched on "
                    "codes for signing in. <a href=\"/account\">Switch them "
                    "on</a> to export with names.</p>\n");
    for (int i = 0; i < FILES; i++)
        add_file(hub, r, a, i);
    page_end(hub, a);
}

/* ---- the files ---------------------------------------------------------- */

static const char *
disposition(struct hub *hub, struct arena *arena, int i)
{
    struct content c;
    struct problem why = {0};
    content_open(&c, hub->store, 0, &why); // for its zone
    struct local l = local_time(c.board.zone, hub->now.wall_s);
    content_close(&c);
    return arena_format(arena,
                        "attachment; filename=\"staffroom-%s-%04d-%02d-%02d"
                        ".%s\"",
                        files[i].name, l.year, l.month, l.date,
                        files[i].ending);
}

static void
give(struct hub *hub, const struct http_request *r, struct http_answer *a,
     int i)
{
    struct problem why = {0};
    struct text file = {0};
    // First: what cannot be noted is not given out.
    if (!hub_store_audit(hub->store, hub->person.name, files[i].deed, "",
                         hub->now.wall_s) ||
        !files[i].write(hub, r->arena, accounts_sees_names(hub), &file, &why)) {
        text_destroy(&file);
        routes_refuse(r, a, 503, "This cannot be exported just now",
                      "The hub cannot read or write its store. Try again in a "
                      "minute; its log has the reason.");
        return;
    }
    a->status = 200;
    a->type = files[i].type;
    a->body = file;
    http_answer_header(a, "Content-Disposition", disposition(hub, r->arena, i));
}

void
export_page_take(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    struct form form;
    if (!page_take_form(hub, r, a, &form))
        return;
    for (int i = 0; i < FILES; i++)
        if (strcmp(files[i].name, m->values[0]) == 0) {
            give(hub, r, a, i);
            return;
        }
    routes_refuse(r, a, 404, "There is no such file",
                  "Choose one of those on the page \"Export everything\".");
}
