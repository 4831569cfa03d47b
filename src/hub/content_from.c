#include "hub/content_from.h"

#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "core/plain_text.h"
#include "hub/accounts.h"
#include "hub/content_page_part.h"
#include "hub/html.h"
#include "hub/hub.h"
#include "hub/page.h"
#include "hub/pages_part.h"

#define TITLE_LETTERS 60 // what a screen shows large
#define SHORT_ID 8       // of a UUID, in notes

#define GONE                                                                   \
    "This post-it is not there any more: it was taken down or taken back, or " \
    "had its time. Your words are still in the form. Save them only if "       \
    "whoever wrote the post-it agrees."
#define THERE_ALREADY                                                          \
    "Somebody has done the same with this post-it meanwhile, so yours is not " \
    "saved. Look for it in the list and change it there."

/* ---- ids ---------------------------------------------------------------- */

static const char *
make_id(struct arena *a, char letter, const char *postit)
{
    return arena_format(a, "%c-%s", letter, postit);
}

const struct item *
content_from_entry(struct arena *a, const struct board *b, char letter,
                   const char *postit)
{
    const char *id = make_id(a, letter, postit);
    for (int i = 0; b && i < b->item_count; i++)
        if (strcmp(b->items[i].id, id) == 0)
            return &b->items[i];
    return NULL;
}

const char *
content_from_make_id(struct content_page *p)
{
    return make_id(&p->content.arena, p->editor->letter, p->from->id);
}

/* "8f1c2b52" of an entry that was made of a post-it; else NULL. */
static const char *
postit_of(struct content_page *p, const char *id)
{
    static const int dashes[] = {1, 10, 15, 20, 25};
    if (!p->editor->fill || id[0] != p->editor->letter ||
        strlen(id) != 2 + HUB_ID_BYTES - 1)
        return NULL;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (id[dashes[i]] != '-')
            return NULL;
    return arena_copy(p->r->arena, id + 2, SHORT_ID);
}

const char *
content_from_note(struct content_page *p, const struct item *item)
{
    const char *postit = postit_of(p, item->id);
    const char *school = board_school_name(&p->content.board, item->school);
    if (!postit)
        return p->editor->name(p, item);
    return arena_format(p->r->arena, "%s from post-it %s%s%.120s",
                        p->editor->from_noun, postit, *school ? " of " : "",
                        school);
}

/* ---- requests ----------------------------------------------------------- */

bool
content_from_open(struct content_page *p)
{
    struct hub_postit *from = arena_alloc(p->r->arena, sizeof *from);
    if (!*p->from_id)
        return true;
    if (hub_store_postit(p->hub->store, p->r->arena, p->from_id,
                         p->hub->now.wall_s, from))
        p->from = from;
    if (p->is_sent)
        return true;
    if (!p->from) {
        page_go_back(p->a, "/postits", PAGE_SAID_GONE);
        return false;
    }
    const struct item *entry = content_page_find(p, content_from_make_id(p));
    if (entry)
        http_answer_go_to(p->a, content_page_edit_address(p, entry->id));
    return !entry;
}

void
content_from_check(struct content_page *p)
{
    if (!*p->from_id)
        return;
    if (!p->from)
        content_page_warn(p, NULL, GONE);
    else if (content_page_find(p, content_from_make_id(p)))
        content_page_complain(p, NULL, THERE_ALREADY);
}

/* ---- the form ----------------------------------------------------------- */

const char *
content_from_title(struct content_page *p)
{
    struct arena *a = &p->content.arena;
    const char *first = plain_text_first_sentence(a, p->from->text, 2000);
    size_t len = strlen(first), at = 0, end = 0;
    if (utf8_count(first, len) <= TITLE_LETTERS)
        return first;
    for (int i = 0; i < TITLE_LETTERS; i++) {
        if (first[at] == ' ')
            end = at;
        utf8_next(first, len, &at);
    }
    return arena_format(a, "%.*s\xE2\x80\xA6", (int) (end ? end : at), first);
}

const char *
content_from_words(struct content_page *p)
{
    const char *text = p->from->text, *title = content_from_title(p);
    size_t len = strlen(title);
    // A title that was cut is no beginning of it: all the words are needed.
    if (strncmp(text, title, len) != 0)
        return text;
    return text + len + strspn(text + len, " \n");
}

const char *
content_from_school(struct content_page *p)
{
    const struct board *b = &p->content.board;
    for (int i = 0; i < b->school_count; i++)
        if (strcmp(b->schools[i].id, p->from->school) == 0)
            return b->schools[i].id;
    return "";
}

const char *
content_from_author(struct content_page *p)
{
    return accounts_sees_names(p->hub) ? p->from->author : "";
}

/* What was not meant for everybody when it was written. */
static void
write_warning(struct content_page *p, const char *school)
{
    struct text *t = &p->a->body;
    if (p->from->state != HUB_POSTIT_SHARED)
        html_format(t,
                    "<p><strong>So far only <bdi>%s</bdi> sees this "
                    "post-it.</strong> What you save here, all schools "
                    "see.</p>\n",
                    school);
    if (*p->from->author && !accounts_sees_names(p->hub))
        html_add(t, "<p class=\"soft\">There is a name on it, shown once you "
                    "have switched on codes.</p>\n");
}

void
content_from_write(struct content_page *p)
{
    struct text *t = &p->a->body;
    struct arena *a = p->r->arena;
    const struct board *b = &p->content.board;
    html_format(t, "<input type=\"hidden\" name=\"from\" value=\"%s\">\n",
                p->from_id);
    if (!p->from)
        return;
    const char *school = board_school_name(b, p->from->school);
    html_format(t,
                "<p class=\"soft\">From a post-it of <bdi>%s</bdi>, %s.</p>\n",
                school, pages_when(a, b, p->from->made_s, pages_now(p->hub)));
    write_warning(p, school);
}
