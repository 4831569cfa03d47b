#include "hub/content_credit.h"

#include <string.h>

#include "hub/html.h"
#include "hub/hub.h"
#include "hub/pages_part.h"

static const struct content_field school_field = {.name = "school",
                                                  .label = "School"};

static bool
is_hidden(const struct content_page *p, const struct item *item)
{
    return *item->author && !pages_sees_names(p->hub);
}

void
content_credit_write_who(struct content_page *p,
                         const struct content_field *field,
                         const struct item *item)
{
    if (!is_hidden(p, item))
        content_page_field(p, field, item->author);
    else
        html_format(&p->a->body,
                    "<p class=\"field\"><strong>%s</strong><br>\n"
                    "A name, which stays as it is. You would see it if you "
                    "signed in with a code from your phone.</p>\n",
                    field->label);
}

void
content_credit_take_who(struct content_page *p,
                        const struct content_field *field, struct item *item)
{
    if (!is_hidden(p, item))
        item->author = content_page_take(p, field);
}

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
    const char *school = board_school_name(&p->content.board, item->school);
    const char *author = is_hidden(p, item) ? "" : item->author;
    if (*author || *school)
        html_format(&p->a->body, "<p><bdi>%s</bdi>%s<bdi>%s</bdi></p>\n",
                    author, *author && *school ? ", " : "", school);
}
