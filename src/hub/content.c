#include "hub/content.h"

#include <string.h>

#include "base/text.h"
#include "base/zone.h"
#include "core/date.h"
#include "core/feed.h"
#include "core/feed_write.h"
#include "hub/secret.h"

#define USUAL_ZONE "Europe/London"
#define USUAL_LANGUAGE "en-GB"
#define BYTES_MOST (FEED_MAX_BYTES / 2) // the rest is for post-its

/* No letters that make words, nor ones that look alike. */
#define ID_LETTERS "bcdfghjkmnpqrstvwxz23456789"
#define ID_LETTER_COUNT 6

static const struct feed_write_options with_names = {.has_names = true};

/* ---- reading ------------------------------------------------------------ */

static struct board *
read_document(const char *document, size_t len, struct problem *why)
{
    struct feed_page page = {document, len};
    // No date where none was said: each screen knows when it first saw it.
    return feed_read(&page, 1, TIME_NONE, NULL, NULL, why);
}

static void
begin_empty(struct content *c)
{
    c->board = (struct board){
        .title = "",
        .language = USUAL_LANGUAGE,
        .revision = -1,
        .is_complete = true,
        .home_page = "",
        .zone_name = USUAL_ZONE,
        .zone = c->zone = zone_open(USUAL_ZONE),
    };
}

static void
begin_read(struct content *c)
{
    c->board = *c->read;
    c->board.arena = (struct arena){0}; // stays with the one that was read
    c->board.revision = -1;             // the store counts
}

static bool
read_revision(struct content *c, struct hub_store *store, int64_t number,
              struct problem *why)
{
    struct hub_revision revision;
    const struct hub_revision *list;
    if (hub_store_revision(store, &c->arena, number, &revision)) {
        c->revision = revision.number;
        c->read =
            read_document(revision.document, strlen(revision.document), why);
        return c->read != NULL;
    }
    int count = hub_store_history(store, &c->arena, 1, &list);
    if (count == 0 && number == 0)
        return true;
    problem_set(why, 0, 0, "%s",
                count < 0 ? "The hub cannot read its store. Try again in a "
                            "minute; its log has the reason"
                          : "That version is not kept any more");
    return false;
}

bool
content_open(struct content *c, struct hub_store *store, int64_t number,
             struct problem *why)
{
    *c = (struct content){0};
    bool ok = read_revision(c, store, number, why);
    if (c->read)
        begin_read(c);
    else
        begin_empty(c);
    size_t count = (size_t) c->board.item_count;
    c->items =
        arena_array(&c->arena, count + CONTENT_ITEMS_MOST, sizeof *c->items);
    for (size_t i = 0; i < count; i++)
        c->items[i] = c->board.items[i];
    c->board.items = c->items;
    return ok;
}

void
content_close(struct content *c)
{
    zone_close(c->zone);
    board_free(c->read);
    arena_destroy(&c->arena);
    *c = (struct content){0};
}

/* ---- changing ----------------------------------------------------------- */

/* -1 when there is none. */
static int
place_of(const struct content *c, const char *id)
{
    for (int i = 0; i < c->board.item_count; i++)
        if (strcmp(c->items[i].id, id) == 0)
            return i;
    return -1;
}

const struct item *
content_find(const struct content *c, enum item_kind kind, const char *id)
{
    int place = place_of(c, id);
    return place >= 0 && c->items[place].kind == kind ? &c->items[place] : NULL;
}

struct item
content_new_item(enum item_kind kind)
{
    return (struct item){
        .kind = kind,
        .id = "",
        .title = "",
        .text = "",
        .author = "",
        .school = "",
        .image = "",
        .link = "",
        .published_s = TIME_NONE,
        .window = {.from_s = TIME_NONE,
                   .until_s = TIME_NONE,
                   .open_minute = -1,
                   .shut_minute = -1},
        .on = DAY_NONE,
        .next_asker = "",
        .week = DAY_NONE,
        .next_step = "",
        .starts_s = TIME_NONE,
        .ends_s = TIME_NONE,
        .starts_day = DAY_NONE,
        .ends_day = DAY_NONE,
        .place = "",
        .answers = "",
    };
}

const char *
content_make_id(struct content *c, char letter, int32_t day)
{
    struct local l = local_time(NULL, (int64_t) day * DAY_S);
    char letters[ID_LETTER_COUNT + 1];
    const char *id;
    do {
        secret_letters(ID_LETTERS, ID_LETTER_COUNT, letters);
        id = arena_format(&c->arena, "%c-%04d-%02d-%02d-%s", letter, l.year,
                          l.month, l.date, letters);
    } while (place_of(c, id) >= 0);
    return id;
}

bool
content_set_item(struct content *c, const struct item *item)
{
    int place = place_of(c, item->id);
    if (place < 0 && c->board.item_count >= CONTENT_ITEMS_MOST)
        return false;
    if (place < 0)
        place = c->board.item_count++;
    c->items[place] = *item;
    return true;
}

bool
content_remove_item(struct content *c, const char *id)
{
    int place = place_of(c, id);
    if (place < 0)
        return false;
    c->board.item_count--;
    memmove(c->items + place, c->items + place + 1,
            (size_t) (c->board.item_count - place) * sizeof *c->items);
    return true;
}

/* Its last day ends with the day where nothing else was said. */
static void
move_days(struct item *item, const struct zone *from, const struct zone *to)
{
    int64_t end_of_day = ((int64_t) item->ends_day + 1) * DAY_S;
    bool has_whole_days = item->ends_s == zone_to_utc(from, end_of_day);
    item->starts_s = zone_to_utc(to, (int64_t) item->starts_day * DAY_S);
    if (has_whole_days)
        item->ends_s = zone_to_utc(to, end_of_day);
}

bool
content_set_zone(struct content *c, const char *name)
{
    struct zone *zone = zone_open(name);
    if (!zone)
        return false;
    for (int i = 0; i < c->board.item_count; i++)
        if (c->items[i].kind == KIND_MEETING && c->items[i].is_all_day)
            move_days(&c->items[i], c->board.zone, zone);
    zone_close(c->zone);
    c->board.zone = c->zone = zone;
    c->board.zone_name = arena_copy(&c->arena, name, strlen(name));
    return true;
}

/* ---- saving ------------------------------------------------------------- */

/* Whether a screen would have the same board: what it reads must be written as
   the same bytes. */
static bool
reads_back(const struct content *c, const struct text *document,
           struct problem *why)
{
    struct problem reason = {0};
    struct text again = {0};
    struct board *b = read_document(document->bytes, document->len, &reason);
    if (!b) {
        problem_set(why, 0, 0, "This would not be a feed any more: %s",
                    reason.text);
        return false;
    }
    b->revision = -1;
    feed_write_board(&again, b, &with_names);
    bool is_same = b->dropped_count == 0 &&
                   b->item_count == c->board.item_count &&
                   again.len == document->len &&
                   memcmp(again.bytes, document->bytes, again.len) == 0;
    if (!is_same)
        problem_set(why, 0, 0,
                    "Screens would not show this as it was typed, so it was "
                    "not saved. Leave out unusual characters and try again");
    text_destroy(&again);
    board_free(b);
    return is_same;
}

static bool
is_newest(struct hub_store *store, int64_t revision)
{
    struct arena arena = {0};
    const struct hub_revision *list;
    int count = hub_store_history(store, &arena, 1, &list);
    int64_t newest = count > 0 ? list[0].number : 0;
    arena_destroy(&arena);
    return count < 0 || newest == revision;
}

static enum content_result
publish(struct content *c, struct hub_store *store, const char *document,
        const char *person, const char *note, int64_t now_s,
        struct problem *why)
{
    int64_t number = hub_store_publish(store, c->revision, document, person,
                                       note, now_s, why);
    if (number > 0) {
        c->revision = number;
        return CONTENT_SAVED;
    }
    return is_newest(store, c->revision) ? CONTENT_CANNOT
                                         : CONTENT_SOMEBODY_ELSE;
}

void
content_write(const struct content *c, struct text *document)
{
    feed_write_board(document, &c->board, &with_names);
}

/* Whether it may be published. */
static bool
is_good(const struct content *c, const struct text *document,
        struct problem *why)
{
    if (document->len <= BYTES_MOST)
        return reads_back(c, document, why);
    problem_set(why, 0, 0,
                "The board is full: it is longer than one MiB. Delete what is "
                "old");
    return false;
}

enum content_result
content_save(struct content *c, struct hub_store *store, const char *person,
             const char *note, int64_t now_s, struct problem *why)
{
    struct text document = {0};
    enum content_result result = CONTENT_CANNOT;
    content_write(c, &document);
    if (is_good(c, &document, why))
        result = publish(c, store, document.bytes, person, note, now_s, why);
    text_destroy(&document);
    return result;
}
