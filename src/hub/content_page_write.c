#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "hub/accounts.h"
#include "hub/content_page.h"
#include "hub/content_page_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"

static struct text *
out(struct content_page *p)
{
    return &p->a->body;
}

/* ---- fields ------------------------------------------------------------- */

static const char *
value_of(const struct content_page *p, const struct content_field *field,
         const char *value)
{
    return p->is_sent ? form_value(&p->form, field->name) : value;
}

static bool
is_wrong(const struct content_page *p, const struct content_field *field)
{
    return p->wrong && strcmp(p->wrong, field->name) == 0;
}

/* <div>, label, help and what is wrong with it. */
static void
begin_field(struct content_page *p, const struct content_field *field)
{
    const char *name = field->name;
    bool has_complaint = is_wrong(p, field);
    html_format(out(p), "<div class=\"field%s\"><label for=\"%s\">%s</label>\n",
                has_complaint ? " wrong" : "", name, field->label);
    if (field->help)
        html_format(out(p), "<p class=\"hint\" id=\"%s-hint\">%s</p>\n", name,
                    field->help);
    if (has_complaint)
        html_format(out(p), "<p class=\"why\" id=\"%s-wrong\">%s</p>\n", name,
                    p->sentence);
}

/* Name, id, and what a screen reader is to say about it. */
static void
write_attributes(struct content_page *p, const struct content_field *field)
{
    const char *name = field->name;
    bool has_complaint = is_wrong(p, field);
    html_attribute(out(p), "id", name);
    html_attribute(out(p), "name", name);
    if (field->missing)
        html_add(out(p), " required");
    if (has_complaint)
        html_add(out(p), " aria-invalid=\"true\"");
    if (has_complaint && field->help)
        html_format(out(p), " aria-describedby=\"%s-hint %s-wrong\"", name,
                    name);
    else if (has_complaint)
        html_format(out(p), " aria-describedby=\"%s-wrong\"", name);
    else if (field->help)
        html_format(out(p), " aria-describedby=\"%s-hint\"", name);
}

static void
write_input(struct content_page *p, const struct content_field *field,
            const char *type, const char *value)
{
    html_format(out(p), "<input type=\"%s\" dir=\"auto\" autocomplete=\"off\"",
                type);
    write_attributes(p, field);
    html_attribute(out(p), "value", value);
    html_add(out(p), ">\n");
}

static void
write_tick(struct content_page *p, const struct content_field *field,
           bool is_ticked)
{
    html_add(out(p), "<div class=\"field\"><label><input type=\"checkbox\"");
    write_attributes(p, field);
    html_add(out(p), " value=\"yes\"");
    if (is_ticked)
        html_add(out(p), " checked");
    html_format(out(p), "> %s</label></div>\n", field->label);
}

void
content_page_field(struct content_page *p, const struct content_field *field,
                   const char *value)
{
    value = value_of(p, field, value);
    if (field->input == CONTENT_TICK) {
        write_tick(p, field, *value);
        return;
    }
    begin_field(p, field);
    switch (field->input) {
    case CONTENT_LINE:
        write_input(p, field, "text", value);
        break;
    case CONTENT_LINES:
        html_add(out(p), "<textarea rows=\"4\" dir=\"auto\"");
        write_attributes(p, field);
        html_format(out(p), ">\n%s</textarea>", value);
        break;
    case CONTENT_DATE:
        write_input(p, field, "date", value);
        break;
    case CONTENT_TIME:
        write_input(p, field, "time", value);
        break;
    case CONTENT_TICK:
        break;
    }
    html_add(out(p), "</div>\n");
}

void
content_page_name_field(struct content_page *p,
                        const struct content_field *field, const char *value)
{
    if (!*value || accounts_sees_names(p->hub)) {
        content_page_field(p, field, value);
        return;
    }
    html_format(out(p), "<div class=\"field\"><p><strong>%s</strong><br>\n",
                field->label);
    accounts_add_name(out(p), p->hub, value);
    html_add(out(p), "</p></div>\n");
}

void
content_page_select(struct content_page *p, const struct content_field *field)
{
    begin_field(p, field);
    html_add(out(p), "<select");
    write_attributes(p, field);
    html_add(out(p), ">\n");
}

void
content_page_option(struct content_page *p, const struct content_field *field,
                    const char *value, const char *label, const char *chosen)
{
    html_add(out(p), "<option");
    html_attribute(out(p), "value", value);
    if (strcmp(value, value_of(p, field, chosen)) == 0)
        html_add(out(p), " selected");
    html_format(out(p), ">%s</option>\n", label);
}

void
content_page_end_select(struct content_page *p)
{
    html_add(out(p), "</select></div>\n");
}

/* ---- forms -------------------------------------------------------------- */

static void
begin_form(struct content_page *p, const char *id)
{
    page_form(p->hub, p->a, p->editor->path);
    html_format(out(p),
                "<input type=\"hidden\" name=\"revision\" value=\"%s\">",
                arena_format(p->r->arena, "%" PRId64, p->content.revision));
    html_format(out(p), "<input type=\"hidden\" name=\"id\" value=\"%s\">\n",
                id);
}

/* An id may be anything, so all but the plainest bytes are encoded. */
const char *
content_page_edit_address(struct content_page *p, const char *id)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.";
    struct text address = {0};
    text_add_format(&address, "%s?edit=", p->editor->path);
    for (const char *c = id; *c; c++) {
        if (strchr(plain, *c))
            text_add_char(&address, *c);
        else
            text_add_format(&address, "%%%02X", (unsigned) (unsigned char) *c);
    }
    const char *copy = arena_copy(p->r->arena, address.bytes, address.len);
    text_destroy(&address);
    return copy;
}

/* "Edit" and "Delete". */
static void
write_actions(struct content_page *p, const struct item *item)
{
    const char *name = p->editor->name(p, item);
    begin_form(p, item->id);
    html_add(out(p), "<p class=\"buttons\"><a class=\"button\"");
    html_link(out(p), content_page_edit_address(p, item->id));
    html_format(out(p), " aria-label=\"Edit %s\">Edit</a>\n", name);
    if (p->editor->again)
        html_format(out(p),
                    "<button name=\"again\" value=\"yes\" "
                    "aria-label=\"%s: %s\">%s</button>\n",
                    p->editor->again_label, name, p->editor->again_label);
    html_format(out(p),
                "<button name=\"delete\" value=\"yes\" "
                "aria-label=\"Delete %s\">Delete</button></p></form>\n",
                name);
}

/* ---- lists -------------------------------------------------------------- */

void
content_page_begin_row(struct content_page *p, const char *heading)
{
    html_format(out(p), "<div class=\"row\"><h3 dir=\"auto\">%s</h3>\n<div>\n",
                heading);
}

void
content_page_end_row(struct content_page *p, const struct item *item)
{
    write_actions(p, item);
    html_add(out(p), "</div></div>\n");
}

void
content_page_words(struct content_page *p, const char *words)
{
    while (*words) {
        size_t len = strcspn(words, "\n");
        if (len)
            html_format(out(p), "<p dir=\"auto\">%s</p>\n",
                        arena_copy(p->r->arena, words, len));
        words += len + (words[len] == '\n');
    }
}

/* ---- the page ----------------------------------------------------------- */

static void
write_form(struct content_page *p, const struct item *item)
{
    struct item nothing = content_new_item(p->editor->kind);
    bool is_from_postit = !item && *p->from_id;
    if (is_from_postit && p->from)
        p->editor->fill(p, &nothing);
    html_add(out(p), "<section class=\"card small\" id=\"form\">");
    if (item)
        html_format(out(p), "<h2>Change %s</h2>\n", p->editor->name(p, item));
    else
        html_format(out(p), "<h2>%s</h2>\n",
                    is_from_postit ? p->editor->from_title
                                   : p->editor->add_title);
    begin_form(p, item ? item->id : "");
    if (is_from_postit)
        content_from_write(p);
    p->editor->write_fields(p, item ? item : &nothing);
    if (p->is_warning)
        html_add(out(p), "<div class=\"field\"><label><input type=\"checkbox\" "
                         "name=\"anyway\" value=\"yes\"> Save it all the same"
                         "</label></div>\n");
    html_add(out(p),
             "<p class=\"buttons\"><button class=\"main\">Save</button>");
    if (item || is_from_postit) {
        html_add(out(p), " <a class=\"button\"");
        html_link(out(p), is_from_postit ? "/postits" : p->editor->path);
        html_add(out(p), ">Leave it as it was</a>");
    }
    html_add(out(p), "</p></form></section>\n");
}

static const struct item *
item_in_form(struct content_page *p)
{
    const struct item *const *list;
    if (*p->id)
        return content_page_find(p, p->id);
    if (!p->editor->opens_first || p->is_sent)
        return NULL;
    return content_page_pick(p, &list, NULL, NULL) > 0 ? list[0] : NULL;
}

void
content_page_show(struct content_page *p)
{
    struct page page = {.title = p->editor->title,
                        .here = p->editor->path,
                        .status = p->status,
                        .has_error = p->sentence != NULL};
    page_begin(p->hub, p->r, p->a, &page);
    if (p->sentence)
        html_format(out(p), "<p class=\"said bad\" role=\"alert\">%s</p>\n",
                    p->sentence);
    // Somebody who is at it finds the form at once, all others the list.
    bool is_at_it =
        p->is_sent || *p->id || *p->from_id || p->editor->opens_first;
    if (is_at_it)
        write_form(p, item_in_form(p));
    p->editor->write_list(p);
    if (!is_at_it)
        write_form(p, NULL);
    page_end(p->hub, p->a);
}
