#include "hub/erase.h"

#include <string.h>

#include "hub/content.h"
#include "hub/hub.h"
#include "hub/name.h"

#define EXCERPT_BYTES 40 // before and behind the name

/* What is done with each string that may have a name: gives it back, or what is
   to stand in its place. */
typedef const char *
visit(void *data, struct arena *a, enum erase_where where, const char *string);

/* ---- every place a name may stand --------------------------------------- */

static const char *const *
visit_list(struct arena *a, const char *const *list, int count, visit *v,
           void *data)
{
    const char **again = arena_array(a, (size_t) count, sizeof *again);
    for (int i = 0; i < count; i++)
        again[i] = v(data, a, ERASE_IN_WORDS, list[i]);
    return again;
}

static void
visit_item(struct arena *a, struct item *item, visit *v, void *data)
{
    item->author = v(data, a, ERASE_SIGNED, item->author);
    item->next_asker = v(data, a, ERASE_SIGNED, item->next_asker);
    if (item->has_own_title)
        item->title = v(data, a, ERASE_IN_WORDS, item->title);
    item->text = v(data, a, ERASE_IN_WORDS, item->text);
    item->next_step = v(data, a, ERASE_IN_WORDS, item->next_step);
    item->place = v(data, a, ERASE_IN_WORDS, item->place);
    item->priorities =
        visit_list(a, item->priorities, item->priority_count, v, data);
    item->promises =
        visit_list(a, item->promises, item->promise_count, v, data);
}

static void
visit_content(struct content *c, visit *v, void *data)
{
    for (int i = 0; i < c->board.item_count; i++)
        visit_item(&c->arena, &c->items[i], v, data);
}

/* ---- finding ------------------------------------------------------------ */

struct search {
    struct arena *a;
    struct name name;
    struct erase_search *out;
    const struct board *board; // the newest
    // What is being looked at.
    enum { AT_POSTIT, AT_BOARD, AT_VERSION } at;
    int school;       // of the post-it
    int64_t seen_now; // grows with each post-it, entry and version
};

static struct erase_found *
find_or_add(struct search *s, enum erase_where where, const char *name,
            size_t len)
{
    struct erase_search *out = s->out;
    for (int i = 0; i < out->count; i++)
        if (out->found[i].where == where && strlen(out->found[i].name) == len &&
            memcmp(out->found[i].name, name, len) == 0)
            return &out->found[i];
    if (out->count == ERASE_FOUND_MOST) {
        out->has_more = true;
        return NULL;
    }
    struct erase_found *f = &out->found[out->count++];
    f->where = where;
    f->name = arena_copy(s->a, name, len);
    f->excerpt = "";
    f->at_school =
        arena_array(s->a, (size_t) out->school_count + 1, sizeof(int));
    return f;
}

static void
count(struct search *s, struct erase_found *f)
{
    if (f->seen_in == s->seen_now)
        return;
    f->seen_in = s->seen_now;
    switch (s->at) {
    case AT_POSTIT:
        f->postits++;
        ((int *) f->at_school)[s->school]++;
        return;
    case AT_BOARD:
        f->entries++;
        return;
    case AT_VERSION:
        f->versions++;
        return;
    }
}

static const char *
excerpt(struct arena *a, const char *text, size_t start, size_t end)
{
    size_t len = strlen(text);
    size_t from = start > EXCERPT_BYTES ? start - EXCERPT_BYTES : 0;
    size_t to = len - end > EXCERPT_BYTES ? end + EXCERPT_BYTES : len;
    while (from > 0 && ((unsigned char) text[from] & 0xC0) == 0x80)
        from--;
    while (to < len && ((unsigned char) text[to] & 0xC0) == 0x80)
        to++;
    return arena_format(a, "%s%.*s%s", from ? "\xE2\x80\xA6" : "",
                        (int) (to - from), text + from,
                        to < len ? "\xE2\x80\xA6" : "");
}

static void
look_at_words(struct search *s, const char *text)
{
    size_t start, end = 0;
    while (name_find(&s->name, text, end, &start, &end)) {
        struct erase_found *f =
            find_or_add(s, ERASE_IN_WORDS, text + start, end - start);
        if (!f)
            return;
        if (!*f->excerpt)
            f->excerpt = excerpt(s->a, text, start, end);
        count(s, f);
    }
}

static const char *
look(void *data, struct arena *a, enum erase_where where, const char *string)
{
    struct search *s = data;
    (void) a;
    if (!*string)
        return string;
    if (where == ERASE_IN_WORDS) {
        look_at_words(s, string);
        return string;
    }
    enum name_likeness likeness = name_compare(&s->name, string);
    struct erase_found *f =
        likeness == NAME_DIFFERENT
            ? NULL
            : find_or_add(s, ERASE_SIGNED, string, strlen(string));
    if (f) {
        f->is_same = likeness == NAME_SAME;
        count(s, f);
    }
    return string;
}

static int
school_of(const struct board *b, const char *id)
{
    int i = 0;
    while (i < b->school_count && strcmp(b->schools[i].id, id) != 0)
        i++;
    return i;
}

static bool
search_postits(struct search *s, struct hub *hub)
{
    struct arena arena = {0};
    const struct hub_postit *list;
    int postit_count =
        hub_store_postits(hub->store, &arena, -1, INT64_MIN, &list);
    s->at = AT_POSTIT;
    for (int i = 0; i < postit_count; i++) {
        s->seen_now++;
        s->school = school_of(s->board, list[i].school);
        look(s, &arena, ERASE_SIGNED, list[i].author);
        look(s, &arena, ERASE_IN_WORDS, list[i].text);
    }
    arena_destroy(&arena);
    return postit_count >= 0;
}

static void
search_board(struct search *s, struct content *c)
{
    s->at = AT_BOARD;
    for (int i = 0; i < c->board.item_count; i++) {
        s->seen_now++;
        visit_item(&c->arena, &c->items[i], look, s);
    }
}

/* Notes, of the newest as well, count as versions: they are of the past. */
static bool
search_versions(struct search *s, struct hub *hub, int64_t newest)
{
    struct arena arena = {0};
    const struct hub_revision *list;
    int list_count =
        hub_store_history(hub->store, &arena, HUB_REVISIONS_KEPT, &list);
    s->at = AT_VERSION;
    for (int i = 0; i < list_count; i++) {
        struct content c;
        struct problem why = {0};
        s->seen_now++;
        look(s, &arena, ERASE_IN_WORDS, list[i].note);
        if (list[i].number == newest)
            continue;
        // One that cannot be read is deleted when something is erased.
        if (content_open(&c, hub->store, list[i].number, &why))
            visit_content(&c, look, s);
        content_close(&c);
    }
    arena_destroy(&arena);
    return list_count >= 0;
}

static void
list_schools(struct erase_search *out, struct arena *a, const struct board *b)
{
    const char **names =
        arena_array(a, (size_t) b->school_count, sizeof *names);
    for (int i = 0; i < b->school_count; i++)
        names[i] =
            arena_copy(a, b->schools[i].name, strlen(b->schools[i].name));
    out->schools = names;
    out->school_count = b->school_count;
}

bool
erase_find(struct hub *hub, struct arena *a, const char *typed,
           struct erase_search *out, struct problem *why)
{
    struct content c = {0};
    struct search s = {.a = a, .name = name_read(a, typed), .out = out};
    *out = (struct erase_search){
        .found = arena_array(a, ERASE_FOUND_MOST, sizeof *out->found)};
    if (!s.name.count) {
        problem_set(why, 0, 0, "Please write the name as it was written");
        return false;
    }
    bool ok = content_open(&c, hub->store, 0, why);
    if (ok) {
        s.board = &c.board;
        list_schools(out, a, &c.board);
        search_board(&s, &c);
        ok = search_postits(&s, hub) && search_versions(&s, hub, c.revision);
        if (!ok)
            problem_set(why, 0, 0,
                        "The hub cannot read its store. Try again in a minute");
    }
    content_close(&c);
    return ok;
}

/* ---- erasing ------------------------------------------------------------ */

struct erasing {
    struct hub *hub;
    const struct erase_choice *choice;
    int64_t newest; // stays, whatever happens
    bool is_changed;
};

static bool
is_signed(const struct erase_choice *choice, const char *author)
{
    for (int i = 0; i < choice->signed_count; i++)
        if (strcmp(choice->signed_by[i], author) == 0)
            return true;
    return false;
}

static const char *
erase(void *data, struct arena *a, enum erase_where where, const char *string)
{
    struct erasing *e = data;
    const struct erase_choice *choice = e->choice;
    const char *again = string;
    if (where == ERASE_SIGNED && *string && is_signed(choice, string))
        again = "";
    // Also beside other names: "Danielle, Tom".
    for (int i = 0; i < choice->spelling_count; i++)
        again = name_replace(a, again, choice->spellings[i]);
    e->is_changed = e->is_changed || again != string;
    return again;
}

static enum hub_rewrite
rewrite_postit(void *data, struct arena *a, struct hub_postit *p)
{
    struct erasing *e = data;
    e->is_changed = false;
    if (e->choice->deletes_postits && *p->author &&
        is_signed(e->choice, p->author))
        return HUB_REWRITE_DELETE;
    p->author = erase(e, a, ERASE_SIGNED, p->author);
    p->text = erase(e, a, ERASE_IN_WORDS, p->text);
    return e->is_changed ? HUB_REWRITE_CHANGE : HUB_REWRITE_LEAVE;
}

/* The document without the name, in `a`; false when it cannot be made. */
static bool
rewrite_document(struct erasing *e, struct arena *a, struct hub_revision *r)
{
    struct content c;
    struct problem why = {0};
    struct text document = {0};
    bool ok = content_open(&c, e->hub->store, r->number, &why);
    if (ok) {
        bool was_changed = e->is_changed;
        e->is_changed = false;
        visit_content(&c, erase, e);
        if (e->is_changed) {
            content_write(&c, &document);
            r->document = arena_copy(a, text_string(&document), document.len);
        }
        e->is_changed = e->is_changed || was_changed;
    }
    text_destroy(&document);
    content_close(&c);
    return ok;
}

static enum hub_rewrite
rewrite_revision(void *data, struct arena *a, struct hub_revision *r)
{
    struct erasing *e = data;
    e->is_changed = false;
    r->note = erase(e, a, ERASE_IN_WORDS, r->note);
    // What cannot be read cannot be gone back to either.
    if (!rewrite_document(e, a, r) && r->number != e->newest)
        return HUB_REWRITE_DELETE;
    return e->is_changed ? HUB_REWRITE_CHANGE : HUB_REWRITE_LEAVE;
}

/* A new revision, so that screens see that there is something new. */
static bool
publish(struct erasing *e, struct problem *why)
{
    struct hub *hub = e->hub;
    struct content c;
    bool ok = content_open(&c, hub->store, 0, why);
    if (ok) {
        visit_content(&c, erase, e);
        ok = !e->is_changed ||
             content_save(&c, hub->store, hub->person.name, "Erased a name",
                          hub->now.wall_s, why) == CONTENT_SAVED;
        e->newest = c.revision;
    }
    content_close(&c);
    return ok;
}

bool
erase_do(struct hub *hub, const struct erase_choice *choice,
         struct problem *why)
{
    struct erasing e = {.hub = hub, .choice = choice};
    const struct hub_rewriting how = {
        .data = &e,
        .postit = rewrite_postit,
        .revision = rewrite_revision,
    };
    return publish(&e, why) &&
           hub_store_rewrite(hub->store, &how, hub->person.name,
                             "erased a name", hub->now.wall_s, why);
}
