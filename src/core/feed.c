#include "core/feed.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/memory.h"
#include "core/feed_fields.h"
#include "core/feed_item.h"
#include "core/feed_json.h"
#include "core/plain_text.h"

#define SCHOOLS_MOST 500
#define TERMS_MOST 60
#define LANGUAGE_CHARACTERS 35           // RFC 5646 §4.4.1
#define REVISION_MOST (INT64_C(1) << 53) // exact in any JSON reader
#define ZONE_CHARACTERS 64

/* The items so far, while pages are read. */
struct gathering {
    struct item *items; // FEED_MAX_ITEMS of them, in the board's arena
    uint64_t *hashes;   // of their ids, so that looking stays cheap
    int count;
    int seen; // on all pages, kept or not
    int over; // beyond FEED_MAX_ITEMS
};

/* --- the feed's own words --- */

/* NULL, with a note, when it is something else. */
static const struct json *
list_in(struct feed_reader *r, const struct json *extension, const char *name)
{
    const struct json *list = json_get(extension, name);
    enum json_type type = json_type_of(list);
    if (type == JSON_ARRAY)
        return list;
    if (type != JSON_MISSING && type != JSON_NULL)
        feed_note(r, "\"%s\" should be a list but is %s, so it was left out",
                  name, json_type_name(list));
    return NULL;
}

static void
read_schools(struct feed_reader *r, const struct json *extension)
{
    struct board *b = r->board;
    const struct json *list = list_in(r, extension, "schools");
    struct school *schools =
        arena_array(&b->arena, SCHOOLS_MOST, sizeof *schools);
    const struct json *part = json_first(list);
    for (; part && b->school_count < SCHOOLS_MOST; part = json_next(part)) {
        const char *id = feed_id(r, part, "id");
        const char *name = feed_text(r, part, "name", FEED_NAME_CHARACTERS);
        if (!*id) {
            feed_note(r, "one of \"schools\" has no id, so it was left out");
            continue;
        }
        schools[b->school_count++] =
            (struct school){.id = id, .name = *name ? name : id};
    }
    b->schools = schools;
}

static void
read_terms(struct feed_reader *r, const struct json *extension)
{
    struct board *b = r->board;
    const struct json *list = list_in(r, extension, "term");
    struct term *terms = arena_array(&b->arena, TERMS_MOST, sizeof *terms);
    const struct json *part = json_first(list);
    for (; part && b->term_count < TERMS_MOST; part = json_next(part)) {
        struct term term = {.from = feed_day(r, part, "from"),
                            .until = feed_day(r, part, "until")};
        if (term.from == DAY_NONE || term.until < term.from)
            feed_note(r, "one of \"term\" has no \"from\" and \"until\" in "
                         "that order, so it was left out");
        else
            terms[b->term_count++] = term;
    }
    b->terms = terms;
}

static void
read_zone(struct feed_reader *r, const struct json *extension)
{
    struct board *b = r->board;
    b->zone_name = feed_text(r, extension, "timezone", ZONE_CHARACTERS);
    if (*b->zone_name) {
        b->zone = zone_open(b->zone_name);
        if (b->zone || strcmp(b->zone_name, "UTC") == 0)
            return;
        feed_note(r, "there is no time zone %s, so this machine's own is used",
                  feed_quote(r, b->zone_name));
        b->zone_name = "";
    }
    b->zone = zone_open(NULL);
}

static void
read_head(struct feed_reader *r, const struct json *root)
{
    struct board *b = r->board;
    const struct json *extension = feed_object(r, root, "_staffroom");
    read_zone(r, extension); // first: dates need it
    b->title = feed_text(r, root, "title", FEED_TITLE_CHARACTERS);
    if (!*b->title)
        feed_note(r, "it has no \"title\"");
    b->language = feed_text(r, root, "language", LANGUAGE_CHARACTERS);
    b->home_page = feed_address(r, root, "home_page_url");
    b->revision = feed_number(r, extension, "revision", REVISION_MOST, -1);
    b->is_complete = feed_flag(r, extension, "complete");
    b->is_frozen = feed_flag(r, extension, "frozen");
    read_schools(r, extension);
    read_terms(r, extension);
    r->author = feed_authors(r, root);
}

/* --- its items --- */

static bool
is_known(const struct gathering *g, const char *id, uint64_t hash)
{
    for (int i = 0; i < g->count; i++)
        if (g->hashes[i] == hash && strcmp(g->items[i].id, id) == 0)
            return true;
    return false;
}

/* What speaks against an item before anything but its id is looked at. */
static const char *
reason_to_drop(const struct gathering *g, const struct json *object,
               const char *id, uint64_t hash)
{
    if (json_type_of(object) != JSON_OBJECT)
        return "it is no object, so it was left out";
    if (!*id)
        return "it has no usable \"id\", so it was left out";
    if (json_is_true(json_get(object, "expired")))
        return "it has expired, so it was left out";
    if (is_known(g, id, hash))
        return "an item before it has the same id, so it was left out";
    return NULL;
}

/* Whether it is to be kept, as g->items[g->count]. */
static bool
take_item(struct feed_reader *r, struct gathering *g, const struct json *object)
{
    r->id = "";
    const char *id = feed_id(r, object, "id");
    uint64_t hash = hash_string(id);
    r->id = id;
    const char *reason = reason_to_drop(g, object, id, hash);
    if (reason) {
        feed_note(r, "%s", reason);
        return false;
    }
    if (g->count == FEED_MAX_ITEMS) {
        g->over++;
        return false;
    }
    struct item *item = &g->items[g->count];
    *item = (struct item){.id = id, .order = g->seen};
    g->hashes[g->count] = hash;
    return feed_item_read(r, object, item);
}

static void
read_items(struct feed_reader *r, struct gathering *g, const struct json *list)
{
    r->position = 0;
    for (const struct json *o = json_first(list); o; o = json_next(o)) {
        r->position++;
        if (take_item(r, g, o))
            g->count++;
        else
            r->board->dropped_count++;
        g->seen++;
    }
    r->position = 0;
    r->id = "";
}

/* --- pages --- */

static bool
refuse(struct problem *why, int page, const char *sentence)
{
    if (page > 0)
        problem_set(why, 0, 0, "page %d: %s", page + 1, sentence);
    else
        problem_set(why, 0, 0, "%s", sentence);
    return false;
}

static const char *
reason_to_refuse(const struct json *root)
{
    if (json_type_of(root) == JSON_ARRAY)
        return "this is a list, not a feed: a feed is an object with "
               "\"items\" in it";
    if (json_type_of(root) != JSON_OBJECT)
        return "this is not a feed: a feed is an object with \"items\" in it";
    if (json_type_of(json_get(root, "items")) != JSON_ARRAY)
        return "this is not a feed: it has no list of \"items\"";
    return NULL;
}

static bool
read_page(struct feed_reader *r, struct gathering *g,
          const struct feed_page *page, struct problem *why)
{
    struct json *root = json_open(page->bytes, page->len, why);
    if (!root) {
        if (r->page > 0) {
            struct problem inner = *why;
            problem_set(why, inner.line, inner.column, "page %d: %s",
                        r->page + 1, inner.text);
        }
        return false;
    }
    const char *reason = reason_to_refuse(root);
    if (!reason) {
        if (r->page == 0)
            read_head(r, root);
        read_items(r, g, json_get(root, "items"));
    }
    json_close(root);
    return reason ? refuse(why, r->page, reason) : true;
}

static bool
is_within_budget(const struct feed_page *pages, int count, struct problem *why)
{
    if (count < 1 || count > FEED_MAX_PAGES)
        return refuse(why, 0, "a feed has one to three pages");
    size_t total = 0;
    for (int i = 0; i < count; i++) {
        if (pages[i].len > FEED_MAX_BYTES - total)
            return refuse(why, 0, "the feed is larger than 2 MiB");
        total += pages[i].len;
    }
    return true;
}

/* The board gets what was gathered beside it. */
static void
finish(struct feed_reader *r, struct gathering *g)
{
    struct board *b = r->board;
    r->page = 0;
    b->items = g->items;
    b->item_count = g->count;
    if (g->over)
        feed_note(r, "it has more than %d items; the other %d were left out",
                  FEED_MAX_ITEMS, g->over);
    const char **notes =
        arena_array(&b->arena, (size_t) r->note_count + 1, sizeof *notes);
    memcpy(notes, r->notes, (size_t) r->note_count * sizeof *notes);
    b->note_count = r->note_count;
    if (r->more_notes)
        notes[b->note_count++] = arena_format(
            &b->arena, "the feed: and %d more such remarks", r->more_notes);
    b->notes = notes;
}

struct board *
feed_read(const struct feed_page *pages, int page_count, int64_t seen_s,
          const struct feed_dates *before, const struct tag_synonyms *tags,
          struct problem *why)
{
    *why = (struct problem){0};
    if (!is_within_budget(pages, page_count, why))
        return NULL;
    struct board *b = memory_take_zeroed(sizeof *b);
    struct gathering g = {
        .items = arena_array(&b->arena, FEED_MAX_ITEMS, sizeof *g.items),
        .hashes = arena_array(&b->arena, FEED_MAX_ITEMS, sizeof *g.hashes),
    };
    struct feed_reader r = {.board = b,
                            .tags = tags,
                            .seen_s = seen_s,
                            .before = before,
                            .author = "",
                            .page_count = page_count,
                            .id = ""};
    for (; r.page < page_count; r.page++) {
        if (!read_page(&r, &g, &pages[r.page], why)) {
            board_free(b);
            return NULL;
        }
    }
    finish(&r, &g);
    return b;
}

void
feed_dates_take(struct feed_dates *d, const struct board *b)
{
    d->count = b->item_count;
    for (int i = 0; i < b->item_count; i++) {
        d->ids[i] = hash_string(b->items[i].id);
        d->published_s[i] = b->items[i].published_s;
    }
}

char *
feed_next_url(const struct feed_page *page)
{
    struct problem why;
    struct json *root = json_open(page->bytes, page->len, &why);
    const char *next = json_string(json_get(root, "next_url"));
    bool is_usable = next && *next && strlen(next) <= FEED_ADDRESS_CHARACTERS;
    char *copy = is_usable ? memory_copy_string(next) : NULL;
    json_close(root);
    return copy;
}
