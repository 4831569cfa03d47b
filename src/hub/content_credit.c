#include "hub/content_credit.h"

#include <string.h>

#include "hub/accounts.h"
#include "hub/html.h"
#include "hub/hub.h"

static const struct content_field school_field = {.name = "school",
                                                  .label = "School"};

void
content_credit_take_school(struct content_page *p, struct item *item)
{
    const char *id = form_value(&p->form, school_field.name);
    const struct board *b = &p->content.board;
    bool is_known = !*id || strcmp(id, item->school) == 0;
    for (int i = 0; i < b->school_count; i++)
        is_known |= strcmp(b->schools[i].id, id) == 0;
    if (is_known)
        item->school = arena_copy(&p->content.arena, id, strlen(id));
    else
        content_page_complain(p, school_field.name,
                              "That school is not in the partnership.");
}

void
content_credit_write_school(struct content_page *p, const struct item *item)
{
    const struct board *b = &p->content.board;
    content_page_select(p, &school_field);
    content_page_option(p, &school_field, "", "None in particular",
                        item->school);
    bool is_listed = !*item->school;
    for (int i = 0; i < b->school_count; i++) {
        content_page_option(p, &school_field, b->schools[i].id,
                            b->schools[i].name, item->school);
        is_listed |= strcmp(b->schools[i].id, item->school) == 0;
    }
    if (!is_listed)
        content_page_option(p, &school_field, item->school, item->school,
                            item->school);
    content_page_end_select(p);
}

void
content_credit_line(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    const char *school = board_school_name(&p->content.board, item->school);
    if (!*item->author && !*school)
        return;
    html_add(t, "<p>");
    if (*item->author)
        accounts_add_name(t, p->hub, item->author);
    html_format(t, "%s<bdi>%s</bdi></p>\n",
                *item->author && *school ? ", " : "", school);
}
