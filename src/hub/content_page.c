#include "hub/content_page.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "core/date.h"
#include "core/plain_text.h"
#include "hub/accounts.h"
#include "hub/content_page_part.h"
#include "hub/content_time.h"
#include "hub/hub.h"
#include "hub/page.h"

#define SOMEBODY_ELSE                                                          \
    "Somebody else has saved meanwhile, so yours is not saved yet. Look at "   \
    "what is there now, then save again: your words are still in the form."
#define DELETED_MEANWHILE                                                      \
    "Somebody has deleted this meanwhile. Your words are still in the form: "  \
    "saving them adds it again."
#define FULL                                                                   \
    "There are as many entries as a board can have. Delete some old ones "     \
    "first."

/* ---- complaining -------------------------------------------------------- */

void
content_page_complain(struct content_page *p, const char *wrong,
                      const char *sentence)
{
    if (p->sentence && !p->is_warning)
        return;
    p->sentence = arena_copy(p->r->arena, sentence, strlen(sentence));
    p->wrong = wrong;
    p->is_warning = false;
    p->status = 422;
}

void
content_page_warn(struct content_page *p, const char *wrong,
                  const char *sentence)
{
    if (p->sentence || form_has(&p->form, "anyway"))
        return;
    content_page_complain(p, wrong, sentence);
    p->is_warning = true;
}

/* ---- taking what was typed ---------------------------------------------- */

static void
keep_long(struct content_page *p, const char *wrong, const char *sentence)
{
    if (p->long_sentence)
        return;
    p->long_field = wrong;
    p->long_sentence = sentence;
}

/* Whether it may stay; with a complaint when it is too long. */
static bool
has_good_length(struct content_page *p, const struct content_field *field,
                const char *typed)
{
    int count = (int) utf8_count(typed, strlen(typed));
    if (count > field->most)
        content_page_complain(
            p, field->name,
            arena_format(p->r->arena,
                         "\xE2\x80\x9C%s\xE2\x80\x9D has %d characters, and "
                         "there is room for %d. Make it shorter.",
                         field->label, count, field->most));
    else if (field->legible && count > field->legible)
        keep_long(
            p, field->name,
            arena_format(p->r->arena,
                         "\xE2\x80\x9C%s\xE2\x80\x9D has %d characters. "
                         "Beyond %d the words get small on the screen. Make "
                         "it shorter, or save it all the same.",
                         field->label, count, field->legible));
    return count <= field->most;
}

/* Fit for a board, but not cut. */
static const char *
clean(struct content_page *p, const char *typed, size_t len, int how)
{
    return plain_text(&p->content.arena, typed, len, FORM_BYTES_MOST, how,
                      NULL);
}

const char *
content_page_take(struct content_page *p, const struct content_field *field)
{
    const char *typed = form_value(&p->form, field->name);
    bool keeps_lines = field->input == CONTENT_LINES;
    const char *text = clean(p, typed, strlen(typed),
                             keeps_lines ? PLAIN_LINES : PLAIN_ONE_LINE);
    if (!*text && field->missing)
        content_page_complain(p, field->name, field->missing);
    return has_good_length(p, field, text) ? text : "";
}

const char *
content_page_take_name(struct content_page *p,
                       const struct content_field *field, const char *was)
{
    bool stays = *was && !accounts_sees_names(p->hub);
    return stays ? was : content_page_take(p, field);
}

const char *const *
content_page_take_list(struct content_page *p,
                       const struct content_field *field, int most_entries,
                       int *count)
{
    const char **list =
        arena_array(&p->content.arena, (size_t) most_entries, sizeof *list);
    const char *line = form_value(&p->form, field->name);
    *count = 0;
    while (*line) {
        size_t len = strcspn(line, "\n");
        const char *text = clean(p, line, len, PLAIN_ONE_LINE);
        line += len + (line[len] == '\n');
        if (!*text || !has_good_length(p, field, text))
            continue;
        if (*count < most_entries)
            list[(*count)++] = text;
        else
            content_page_complain(
                p, field->name,
                arena_format(p->r->arena,
                             "There is room for %d lines under "
                             "\xE2\x80\x9C%s\xE2\x80\x9D. Leave some out.",
                             most_entries, field->label));
    }
    return list;
}

/* Between blanks; "" with a complaint when it is missing. */
static const char *
take_word(struct content_page *p, const struct content_field *field)
{
    const char *typed = form_value(&p->form, field->name);
    const char *text = clean(p, typed, strlen(typed), PLAIN_ONE_LINE);
    if (!*text && field->missing)
        content_page_complain(p, field->name, field->missing);
    return text;
}

int32_t
content_page_take_day(struct content_page *p, const struct content_field *field)
{
    const char *text = take_word(p, field);
    int32_t day = day_parse(text);
    if (*text && day == DAY_NONE)
        content_page_complain(p, field->name,
                              "That is no date. Write it as 2026-11-26.");
    return day;
}

int
content_page_take_minute(struct content_page *p,
                         const struct content_field *field)
{
    char padded[6] = "0";
    const char *text = take_word(p, field);
    // Browsers without a field for times let people type "9:30".
    if (strlen(text) == 4 && text[1] == ':') {
        memcpy(padded + 1, text, 5);
        text = padded;
    }
    int minute = minute_parse(text);
    if (*text && (minute < 0 || minute >= 24 * 60)) {
        content_page_complain(p, field->name,
                              "That is no time. Write it as 15:45.");
        return -1;
    }
    return minute;
}

bool
content_page_has_kind(const struct content_page *p, enum item_kind kind)
{
    return kind == p->editor->kind ||
           (p->editor->also && kind == p->editor->also);
}

const struct item *
content_page_find(const struct content_page *p, const char *id)
{
    const struct item *item = content_find(&p->content, p->editor->kind, id);
    return item || !p->editor->also
               ? item
               : content_find(&p->content, p->editor->also, id);
}

int
content_page_pick(struct content_page *p, const struct item *const **out,
                  bool (*is_wanted)(const struct content_page *p,
                                    const struct item *item),
                  int (*compare)(const void *one, const void *other))
{
    const struct board *b = &p->content.board;
    size_t count = 0;
    const struct item **list =
        arena_array(p->r->arena, (size_t) b->item_count + 1, sizeof *list);
    for (int i = 0; i < b->item_count; i++)
        if (content_page_has_kind(p, b->items[i].kind) &&
            (!is_wanted || is_wanted(p, &b->items[i])))
            list[count++] = &b->items[i];
    if (compare && count)
        qsort(list, count, sizeof *list, compare);
    *out = list;
    return (int) count;
}

const char *
content_page_day(const struct content_page *p, int32_t day)
{
    return content_day_words(p->r->arena, day, p->today);
}

/* ---- a request ---------------------------------------------------------- */

/* The form of a POST, else what stands behind the ?. */
static bool
read_form(struct content_page *p)
{
    struct problem why = {0};
    p->is_sent = p->r->method == HTTP_POST;
    if (p->is_sent && !page_take_form(p->hub, p->r, p->a, &p->form))
        return false;
    if (!p->is_sent && !form_read(&p->form, p->r->arena, p->r->query,
                                  strlen(p->r->query), &why))
        p->form = (struct form){0}; // an address that somebody mistyped
    p->id = form_value(&p->form, p->is_sent ? "id" : "edit");
    p->from_id = p->editor->fill ? form_value(&p->form, "from") : "";
    return true;
}

static bool
open_newest(struct content_page *p)
{
    struct problem why = {0};
    content_close(&p->content);
    if (!content_open(&p->content, p->hub->store, 0, &why)) {
        routes_refuse(p->r, p->a, 503, "The board cannot be read", why.text);
        return false;
    }
    p->today = local_time(p->content.board.zone, p->hub->now.wall_s).day;
    return true;
}

static void
complain_of_others(struct content_page *p)
{
    content_page_complain(p, NULL, SOMEBODY_ELSE);
    p->status = 409;
}

/* False when it is answered. content_close in any case. */
static bool
open_page(struct content_page *p)
{
    if (!read_form(p) || !open_newest(p))
        return false;
    const char *seen =
        arena_format(p->r->arena, "%" PRId64, p->content.revision);
    if (p->is_sent && strcmp(form_value(&p->form, "revision"), seen) != 0)
        complain_of_others(p);
    return content_from_open(p);
}

/* The entry in the form; NULL for a new one. */
static const struct item *
entry_of(struct content_page *p)
{
    const struct item *item = content_page_find(p, p->id);
    if (!item && *p->id) {
        if (p->is_sent)
            content_page_complain(p, NULL, DELETED_MEANWHILE);
        p->id = "";
    }
    return item;
}

/* The moderation of a post-it is on record, and so is what became of it. */
static void
note_deed(struct content_page *p)
{
    if (p->from && !*p->id)
        (void) hub_store_audit(p->hub->store, p->m->person.name,
                               p->editor->from_deed, p->from->id,
                               p->hub->now.wall_s);
}

static void
save(struct content_page *p, const char *verb, const char *name)
{
    struct problem why = {0};
    const char *note = arena_format(p->r->arena, "%s %s", verb, name);
    switch (content_save(&p->content, p->hub->store, p->m->person.name, note,
                         p->hub->now.wall_s, &why)) {
    case CONTENT_SAVED:
        note_deed(p);
        page_go_back(p->a, p->editor->path, PAGE_SAID_SAVED);
        return;
    case CONTENT_SOMEBODY_ELSE:
        complain_of_others(p);
        return;
    case CONTENT_CANNOT:
        content_page_complain(p, NULL,
                              arena_format(p->r->arena, "%s.", why.text));
        p->status = 503;
        return;
    }
}

static const char *
make_id(struct content_page *p, const struct item *item)
{
    if (p->from && !*p->id)
        return content_from_make_id(p);
    int32_t day = p->editor->day ? p->editor->day(item) : DAY_NONE;
    return content_make_id(&p->content, p->editor->letter,
                           day == DAY_NONE ? p->today : day);
}

static void
set_and_save(struct content_page *p, const struct item *item, const char *verb)
{
    if (content_set_item(&p->content, item))
        save(p, verb, content_from_note(p, item));
    else
        content_page_complain(p, NULL, FULL);
}

static void
take_entry(struct content_page *p, const struct item *was)
{
    struct item item = was ? *was : content_new_item(p->editor->kind);
    p->editor->take(p, &item);
    if (!was)
        content_from_check(p);
    if (!p->sentence)
        content_page_judge_fit(p, &item);
    if (p->sentence || p->is_waiting)
        return;
    if (!was) {
        item.id = make_id(p, &item);
        if (item.published_s == TIME_NONE)
            item.published_s = p->hub->now.wall_s;
    }
    set_and_save(p, &item, was ? "Changed" : "Added");
}

static void
copy_entry(struct content_page *p, const struct item *was)
{
    struct item copy = *was;
    p->editor->again(p, &copy);
    if (p->sentence)
        return;
    copy.id = make_id(p, &copy);
    copy.published_s = p->hub->now.wall_s;
    set_and_save(p, &copy, "Added again");
}

/* There is nothing in a form to be kept: the page says how it went. */
static void
delete_entry(struct content_page *p, const struct item *was)
{
    if (was && !p->sentence) {
        const char *name = content_from_note(p, was);
        content_remove_item(&p->content, was->id);
        save(p, "Deleted", name);
        if (!p->sentence)
            return;
    }
    page_go_back(p->a, p->editor->path,
                 p->status == 503 ? PAGE_SAID_FAILED : PAGE_SAID_SOMEBODY_ELSE);
    p->sentence = NULL;
}

static void
post(struct content_page *p)
{
    const struct item *was = entry_of(p);
    if (form_has(&p->form, "delete"))
        delete_entry(p, was);
    else if (was && p->editor->again && form_has(&p->form, "again") &&
             !p->sentence)
        copy_entry(p, was);
    else if (!p->sentence)
        take_entry(p, was);
    // What could not be saved must not be in the list.
    if (p->sentence && open_newest(p))
        content_page_show(p);
}

void
content_page_get(const struct content_editor *editor, struct hub *hub,
                 const struct http_request *r, const struct route_match *m,
                 struct http_answer *a)
{
    struct content_page p = {
        .hub = hub, .r = r, .m = m, .a = a, .editor = editor, .status = 200};
    if (open_page(&p)) {
        entry_of(&p);
        content_page_show(&p);
    }
    content_close(&p.content);
}

void
content_page_post(const struct content_editor *editor, struct hub *hub,
                  const struct http_request *r, const struct route_match *m,
                  struct http_answer *a)
{
    struct content_page p = {
        .hub = hub, .r = r, .m = m, .a = a, .editor = editor, .status = 200};
    if (open_page(&p))
        post(&p);
    content_close(&p.content);
}
