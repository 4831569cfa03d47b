#include "hub/purpose_page.h"

#include "base/text.h"
#include "hub/content_page.h"
#include "hub/html.h"

#define ENTRIES_MOST 12 // as many as feeds may have

static const struct content_field title_field = {
    .name = "title",
    .label = "Title",
    .help = "Such as Why we are a partnership.",
    .input = CONTENT_LINE,
    .most = 300,
    .legible = 60,
    .missing = "Give it a title.",
};
static const struct content_field statement_field = {
    .name = "statement",
    .label = "Statement",
    .help = "One or two sentences that everybody stands behind.",
    .input = CONTENT_LINES,
    .most = 2000,
    .legible = 240,
};
static const struct content_field priorities_field = {
    .name = "priorities",
    .label = "Priorities",
    .help = "One a line. Three are remembered.",
    .input = CONTENT_LINES,
    .most = 300,
    .legible = 80,
};
static const struct content_field promises_field = {
    .name = "promises",
    .label = "Promises",
    .help = "What the schools have promised each other, one a line.",
    .input = CONTENT_LINES,
    .most = 300,
    .legible = 120,
};

static const char *
name(struct content_page *p, const struct item *item)
{
    return arena_format(
        p->r->arena, "the purpose \xE2\x80\x9C%.120s\xE2\x80\x9D", item->title);
}

static void
take(struct content_page *p, struct item *item)
{
    item->title = content_page_take(p, &title_field);
    item->has_own_title = true;
    item->text = content_page_take(p, &statement_field);
    item->priorities = content_page_take_list(
        p, &priorities_field, ENTRIES_MOST, &item->priority_count);
    item->promises = content_page_take_list(p, &promises_field, ENTRIES_MOST,
                                            &item->promise_count);
}

/* One a line, in the request's arena. */
static const char *
lines(struct content_page *p, const char *const *list, int count)
{
    struct text t = {0};
    for (int i = 0; i < count; i++) {
        text_add_string(&t, list[i]);
        text_add_char(&t, '\n');
    }
    const char *copy = arena_copy(p->r->arena, text_string(&t), t.len);
    text_destroy(&t);
    return copy;
}

static void
write_fields(struct content_page *p, const struct item *item)
{
    content_page_field(p, &title_field, item->title);
    content_page_field(p, &statement_field, item->text);
    content_page_field(p, &priorities_field,
                       lines(p, item->priorities, item->priority_count));
    content_page_field(p, &promises_field,
                       lines(p, item->promises, item->promise_count));
}

static void
write_entries(struct content_page *p, const char *const *list, int count)
{
    html_add(&p->a->body, "<ul>\n");
    for (int i = 0; i < count; i++)
        html_format(&p->a->body, "<li dir=\"auto\">%s</li>\n", list[i]);
    html_add(&p->a->body, "</ul>\n");
}

static void
write_purpose(struct content_page *p, const struct item *item)
{
    struct text *t = &p->a->body;
    content_page_begin_row(p, item->title);
    content_page_words(p, item->text);
    if (item->priority_count)
        write_entries(p, item->priorities, item->priority_count);
    if (item->promise_count) {
        html_add(t, "<p>Promises:</p>\n");
        write_entries(p, item->promises, item->promise_count);
    }
    content_page_end_row(p, item);
}

static void
write_list(struct content_page *p)
{
    struct text *t = &p->a->body;
    const struct item *const *list;
    int count = content_page_pick(p, &list, NULL, NULL);
    html_add(t, "<section class=\"card\"><h2>On the board</h2>\n");
    if (!count)
        html_add(t, "<p>There is no purpose on the board yet.</p>\n");
    for (int i = 0; i < count; i++)
        write_purpose(p, list[i]);
    html_add(t, "</section>\n");
}

static const struct content_editor editor = {
    .path = "/purpose",
    .title = "Purpose",
    .add_title = "Write down the purpose",
    .kind = KIND_PURPOSE,
    .letter = 'p',
    .opens_first = true,
    .name = name,
    .take = take,
    .write_fields = write_fields,
    .write_list = write_list,
};

void
purpose_page_get(struct hub *hub, const struct http_request *r,
                 const struct route_match *m, struct http_answer *a)
{
    content_page_get(&editor, hub, r, m, a);
}

void
purpose_page_post(struct hub *hub, const struct http_request *r,
                  const struct route_match *m, struct http_answer *a)
{
    content_page_post(&editor, hub, r, m, a);
}
