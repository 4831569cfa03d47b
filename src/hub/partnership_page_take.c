#include <ctype.h>
#include <string.h>

#include "core/date.h"
#include "core/plain_text.h"
#include "hub/content_time.h"
#include "hub/hub.h"
#include "hub/pages_part.h"
#include "hub/partnership_page_part.h"

#define ADDRESS_BYTES_MOST 2000
#define LANGUAGE_BYTES_MOST 35

/* ---- what is there, or was sent ----------------------------------------- */

static const char *
sent(struct partnership_page *p, const char *name, int number)
{
    return form_value(&p->form,
                      arena_format(p->r->arena, "%s-%d", name, number));
}

static bool
is_of(const struct item *item, const char *school)
{
    if (strcmp(item->school, school) == 0)
        return true;
    for (int i = 0; i < item->school_count; i++)
        if (strcmp(item->schools[i], school) == 0)
            return true;
    return false;
}

/* What cannot be counted counts as something: then it cannot be removed. */
static void
count_uses(struct partnership_page *p)
{
    const struct hub_device *devices;
    const struct hub_postit *postits;
    const struct board *b = &p->content.board;
    int device_count = hub_store_devices(p->hub->store, p->r->arena, &devices);
    int postit_count = hub_store_postits(p->hub->store, p->r->arena, -1,
                                         p->hub->now.wall_s, &postits);
    for (int s = 0; s < p->school_count; s++) {
        const char *id = p->schools[s].id;
        struct school_uses *uses = &p->schools[s].uses;
        uses->screens = device_count < 0;
        uses->postits = postit_count < 0;
        for (int i = 0; i < device_count; i++)
            uses->screens +=
                !devices[i].is_revoked && strcmp(devices[i].school, id) == 0;
        for (int i = 0; i < postit_count; i++)
            uses->postits += strcmp(postits[i].school, id) == 0;
        for (int i = 0; i < b->item_count; i++)
            uses->entries += is_of(&b->items[i], id);
    }
}

static bool
is_ticked(const struct partnership_page *p, const char *id)
{
    const char *value;
    for (size_t i = 0; (value = form_value_at(&p->form, "remove", i)); i++)
        if (strcmp(value, id) == 0)
            return true;
    return false;
}

/* A name that was typed for a school is found by the school's id: the list may
   have changed since the page was shown. */
static const char *
sent_name(struct partnership_page *p, const char *id, const char *otherwise)
{
    for (int i = 0; i < PARTNERSHIP_SCHOOLS_MOST; i++)
        if (strcmp(sent(p, "id", i), id) == 0)
            return sent(p, "school", i);
    return otherwise;
}

static void
read_schools(struct partnership_page *p)
{
    const struct board *b = &p->content.board;
    for (int i = 0; i < b->school_count && i < PARTNERSHIP_SCHOOLS_MOST; i++) {
        struct partnership_school *s = &p->schools[p->school_count++];
        s->id = b->schools[i].id;
        s->name = b->schools[i].name;
        if (p->is_sent) {
            s->name = sent_name(p, s->id, s->name);
            s->is_removed = is_ticked(p, s->id);
        }
    }
    count_uses(p);
}

static void
read_terms(struct partnership_page *p)
{
    struct arena *a = p->r->arena;
    const struct board *b = &p->content.board;
    for (int i = 0; i < PARTNERSHIP_TERMS_MOST; i++) {
        struct partnership_term *t = &p->terms[i];
        bool is_there = !p->is_sent && i < b->term_count;
        t->from = is_there ? content_day_value(a, b->terms[i].from)
                           : sent(p, "from", i);
        t->until = is_there ? content_day_value(a, b->terms[i].until)
                            : sent(p, "until", i);
        if (*t->from || *t->until)
            p->term_count = i + 1;
    }
}

void
partnership_page_read(struct partnership_page *p)
{
    const struct board *b = &p->content.board;
    const struct form *f = &p->form;
    bool is_sent = p->is_sent;
    p->title = is_sent ? form_value(f, "title") : b->title;
    p->home_page = is_sent ? form_value(f, "home_page") : b->home_page;
    p->language = is_sent ? form_value(f, "language") : b->language;
    p->zone = is_sent ? form_value(f, "zone") : b->zone_name;
    p->is_frozen = is_sent ? form_has(f, "frozen") : b->is_frozen;
    p->new_schools = form_value(f, "new_schools");
    read_schools(p);
    read_terms(p);
}

/* ---- what may not be saved ---------------------------------------------- */

static const char *
line(struct partnership_page *p, const char *typed)
{
    return plain_text(&p->content.arena, typed, strlen(typed), FORM_BYTES_MOST,
                      PLAIN_ONE_LINE, NULL);
}

static const char *
address_refusal(const char *address)
{
    if (!*address)
        return NULL;
    bool is_web = strncmp(address, "https://", 8) == 0 ||
                  strncmp(address, "http://", 7) == 0;
    if (!is_web || strpbrk(address, " \"<>\\^`{|}"))
        return "Write it as in your browser, from https:// on.";
    return strlen(address) > ADDRESS_BYTES_MOST
               ? "That is too long. Please give a shorter address."
               : NULL;
}

/* RFC 5646 §2.1, as far as it can be told without its registry. */
static const char *
language_refusal(const char *language)
{
    size_t first = strspn(language, "abcdefghijklmnopqrstuvwxyz"
                                    "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    bool is_good = first >= 2 && first <= 8 &&
                   strlen(language) <= LANGUAGE_BYTES_MOST &&
                   (language[first] == '-' || language[first] == '\0');
    for (const char *c = language; *c; c++)
        is_good = is_good && (isalnum((unsigned char) *c) || *c == '-');
    return is_good ? NULL
                   : "Write it as a short code: en-GB for British English, cy "
                     "for Welsh, de for German.";
}

static const char *
zone_refusal(const char *name)
{
    struct zone *zone = *name ? zone_open(name) : NULL;
    zone_close(zone);
    return zone ? NULL : "Please choose one from the list.";
}

static bool
is_used(const struct school_uses *uses)
{
    return uses->screens || uses->postits || uses->entries;
}

/* `b` has the schools so far. */
static const char *
school_refusal(const struct board *b, const char *name)
{
    const char *wrong = pages_line_refusal(name, PARTNERSHIP_SCHOOL_LETTERS);
    if (wrong)
        return wrong;
    for (int i = 0; i < b->school_count; i++)
        if (strcmp(b->schools[i].name, name) == 0)
            return "There is a school of that name already.";
    return NULL;
}

/* ---- taking ------------------------------------------------------------- */

/* Into `more`, which has room for all. Those there was no row for stay. */
static bool
take_old_schools(struct partnership_page *p, struct board *more,
                 struct school *schools)
{
    bool ok = true;
    for (int i = 0; i < p->school_count; i++) {
        struct partnership_school *s = &p->schools[i];
        if (s->is_removed && !is_used(&s->uses))
            continue;
        if (s->is_removed)
            s->wrong = "It is still in use, so it was not removed.";
        s->name = line(p, s->name);
        if (!s->wrong)
            s->wrong = school_refusal(more, s->name);
        ok = ok && !s->wrong;
        schools[more->school_count++] =
            (struct school){.id = s->id, .name = s->name};
    }
    const struct board *b = &p->content.board;
    for (int i = p->school_count; i < b->school_count; i++)
        schools[more->school_count++] = b->schools[i];
    return ok;
}

static bool
take_new_schools(struct partnership_page *p, struct board *more)
{
    const char *at = p->new_schools;
    while (*at && !p->wrong_new_schools) {
        size_t len = strcspn(at, "\n");
        const char *name = line(p, arena_copy(p->r->arena, at, len));
        at += len + (at[len] == '\n');
        if (!*name)
            continue;
        p->wrong_new_schools = more->school_count < PARTNERSHIP_SCHOOLS_MOST
                                   ? school_refusal(more, name)
                                   : "Those are more schools than the hub can "
                                     "take.";
        if (!p->wrong_new_schools)
            *more = pages_board_with_school(&p->content.arena, more, name);
    }
    return !p->wrong_new_schools;
}

static bool
take_schools(struct partnership_page *p, struct board *to)
{
    struct board more = *to;
    struct school *schools = arena_array(
        &p->content.arena, (size_t) to->school_count, sizeof *schools);
    more.schools = schools;
    more.school_count = 0;
    bool ok = take_old_schools(p, &more, schools);
    ok = take_new_schools(p, &more) && ok;
    if (ok && more.school_count == 0) {
        p->sentence = "A partnership has one school at least, so nothing was "
                      "saved. Keep one, or add another first.";
        ok = false;
    }
    to->schools = more.schools;
    to->school_count = more.school_count;
    return ok;
}

/* In the order of their first days. */
static void
insert_term(struct term *terms, int count, struct term term)
{
    for (; count > 0 && terms[count - 1].from > term.from; count--)
        terms[count] = terms[count - 1];
    terms[count] = term;
}

static bool
take_terms(struct partnership_page *p, struct board *to)
{
    size_t most = PARTNERSHIP_TERMS_MOST + (size_t) to->term_count;
    struct term *terms = arena_array(&p->content.arena, most, sizeof *terms);
    int count = 0;
    bool ok = true;
    for (int i = 0; i < p->term_count; i++) {
        struct partnership_term *t = &p->terms[i];
        struct term term = {.from = day_parse(t->from),
                            .until = day_parse(t->until)};
        if (!*t->from && !*t->until)
            continue;
        if (term.from == DAY_NONE || term.until == DAY_NONE)
            t->wrong = "Give both days, such as 2026-11-26.";
        else if (term.until < term.from)
            t->wrong = "This term ends before it begins.";
        ok = ok && !t->wrong;
        insert_term(terms, count++, term);
    }
    for (int i = PARTNERSHIP_TERMS_MOST; i < to->term_count; i++)
        insert_term(terms, count++, to->terms[i]); // there was no row for it
    to->terms = terms;
    to->term_count = count;
    return ok;
}

static bool
take_words(struct partnership_page *p, struct board *to)
{
    to->title = p->title = line(p, p->title);
    to->home_page = p->home_page = line(p, p->home_page);
    to->language = p->language = line(p, p->language);
    p->wrong_title = pages_line_refusal(p->title, PARTNERSHIP_TITLE_LETTERS);
    p->wrong_home_page = address_refusal(p->home_page);
    p->wrong_language = language_refusal(p->language);
    p->wrong_zone = zone_refusal(p->zone);
    to->is_frozen = p->is_frozen;
    return !p->wrong_title && !p->wrong_home_page && !p->wrong_language &&
           !p->wrong_zone;
}

/* ---- what was changed --------------------------------------------------- */

static bool
has_same_schools(const struct board *one, const struct board *other)
{
    bool is_same = one->school_count == other->school_count;
    for (int i = 0; is_same && i < one->school_count; i++)
        is_same = strcmp(one->schools[i].id, other->schools[i].id) == 0 &&
                  strcmp(one->schools[i].name, other->schools[i].name) == 0;
    return is_same;
}

static bool
has_same_terms(const struct board *one, const struct board *other)
{
    bool is_same = one->term_count == other->term_count;
    for (int i = 0; is_same && i < one->term_count; i++)
        is_same = one->terms[i].from == other->terms[i].from &&
                  one->terms[i].until == other->terms[i].until;
    return is_same;
}

/* "Changed the name and the term dates"; "" for nothing. */
static const char *
note_of(struct arena *a, const struct board *was, const struct board *is)
{
    const struct {
        bool is_changed;
        const char *words;
    } parts[] = {
        {strcmp(was->title, is->title) != 0,
         "the partnership\xE2\x80\x99s name"},
        {!has_same_schools(was, is), "the schools"},
        {!has_same_terms(was, is), "the term dates"},
        {strcmp(was->zone_name, is->zone_name) != 0, "the time zone"},
        {strcmp(was->language, is->language) != 0, "the language"},
        {strcmp(was->home_page, is->home_page) != 0, "the home page"},
    };
    const char *note = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].is_changed)
            note = arena_format(a, "%s%s%s", note, *note ? ", " : "Changed ",
                                parts[i].words);
    if (was->is_frozen != is->is_frozen)
        note = arena_format(a, "%s%s%s", note, *note ? "; " : "",
                            is->is_frozen ? "Paused new post-its"
                                          : "Let new post-its in again");
    return note;
}

bool
partnership_page_take(struct partnership_page *p, const char **note)
{
    struct board was = p->content.board;
    struct board *to = &p->content.board;
    bool ok = take_words(p, to);
    ok = take_schools(p, to) && ok;
    ok = take_terms(p, to) && ok;
    if (!ok)
        return false;
    if (strcmp(was.zone_name, p->zone) != 0 &&
        !content_set_zone(&p->content, p->zone))
        return false;
    *note = note_of(p->r->arena, &was, to);
    return true;
}
