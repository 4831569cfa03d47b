#include "hub/feed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "core/feed.h"
#include "core/feed_json.h"
#include "core/feed_write.h"
#include "hub/hub.h"
#include "hub/routes.h"

#define TYPE "application/feed+json"
#define FOR_EVERYBODY                                                          \
    "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
#define FOR_ONE "private, no-cache"

#define ETAG_BYTES 48        // two quotes, 20 digits, a dash, 16 digits, a NUL
#define COUNT_MOST 100000    // more thanks than feeds can say
#define UNTITLED "Staffroom" // before anything is published

struct hub_edition {
    // Where its audience knows it; NULL once the audience is gone.
    struct hub_edition **place;
    int holders; // its audience, while it is the newest, and who sends it
    int64_t change;
    char etag[ETAG_BYTES];
    char *bytes; // owned
    size_t len;
};

struct hub_audience {
    struct hub_audience *next;
    char *school; // owned; NULL: everybody
    struct hub_edition *newest;
    struct hub_edition *alive[HUB_FEED_EDITIONS_MOST]; // `newest` among them
};

/* ---- editions ----------------------------------------------------------- */

static void
let_go(void *data)
{
    struct hub_edition *e = data;
    if (--e->holders > 0)
        return;
    if (e->place)
        *e->place = NULL;
    free(e->bytes);
    free(e);
}

static struct hub_edition **
free_place(struct hub_audience *audience)
{
    for (int i = 0; i < HUB_FEED_EDITIONS_MOST; i++)
        if (!audience->alive[i])
            return &audience->alive[i];
    // The newest is about to be replaced: when nobody is being sent it, it
    // makes room.
    if (audience->newest && audience->newest->holders == 1)
        return audience->newest->place;
    return NULL;
}

/*
 * The change number alone would do, but a backup that is brought back has old
 * numbers again: so the tag has a bit of every byte in it, and of whose it is,
 * and equal tags mean equal bytes (RFC 9110 §8.8.3).
 */
static void
write_etag(struct hub_edition *e, const char *school)
{
    uint64_t hash = hash_string(school ? school : "");
    hash = hash_more(hash, school ? "1" : "0", 1);
    hash = hash_more(hash, e->bytes, e->len);
    snprintf(e->etag, sizeof e->etag, "\"%" PRId64 "-%016" PRIx64 "\"",
             e->change, hash);
}

/* Takes `document` over. */
static void
publish(struct hub_audience *audience, struct hub_edition **place,
        int64_t change, struct text *document)
{
    if (audience->newest)
        let_go(audience->newest);
    struct hub_edition *e = memory_take_zeroed(sizeof *e);
    e->place = place;
    e->holders = 1;
    e->change = change;
    e->bytes = memory_grow(document->bytes, document->len + 1);
    e->len = document->len;
    write_etag(e, audience->school);
    *document = (struct text){0};
    *place = audience->newest = e;
}

static struct hub_audience *
audience_of(struct hub_feed *f, const char *school)
{
    for (struct hub_audience *a = f->first; a; a = a->next)
        if (school ? a->school && strcmp(a->school, school) == 0 : !a->school)
            return a;
    struct hub_audience *made = memory_take_zeroed(sizeof *made);
    made->school = memory_copy_string(school);
    made->next = f->first;
    f->first = made;
    return made;
}

void
hub_feed_destroy(struct hub_feed *f)
{
    while (f->first) {
        struct hub_audience *audience = f->first;
        f->first = audience->next;
        for (int i = 0; i < HUB_FEED_EDITIONS_MOST; i++)
            if (audience->alive[i])
                audience->alive[i]->place = NULL;
        if (audience->newest)
            let_go(audience->newest);
        free(audience->school);
        free(audience);
    }
}

/* ---- what is in one ----------------------------------------------------- */

struct contents {
    struct arena arena;
    struct board *published; // owned; NULL: nothing is yet
    struct board board;      // what goes out; shares all with the above
    int own_count;           // items of it that are no post-its of the store
};

static bool
read_published(struct contents *c, struct hub_store *store)
{
    struct hub_revision revision;
    struct problem why = {0};
    const struct hub_revision *list;
    c->board =
        (struct board){.title = UNTITLED, .language = "", .zone_name = ""};
    if (!hub_store_revision(store, &c->arena, 0, &revision))
        return hub_store_history(store, &c->arena, 1, &list) == 0;
    struct feed_page page = {revision.document, strlen(revision.document)};
    // No date where none was said: each screen knows when it first saw it.
    c->published = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!c->published) {
        log_error("revision %" PRId64 " cannot be read as a feed: %s",
                  revision.number, why.text);
        return false;
    }
    c->board = *c->published;
    c->board.revision = revision.number;
    return true;
}

static int
sum(int one, int other)
{
    return one > COUNT_MOST - other ? COUNT_MOST : one + other;
}

static bool
add_reactions(struct item *item, struct hub_store *store)
{
    int thanks = 0, trying = 0;
    if (item->kind != KIND_IDEA)
        return true;
    if (!hub_store_reactions(store, item->id, &thanks, &trying))
        return false;
    item->thanks = sum(item->thanks, thanks);
    item->trying = sum(item->trying, trying);
    return true;
}

static bool
is_for(const struct hub_postit *p, const char *school)
{
    switch (p->state) {
    case HUB_POSTIT_SHARED:
        return true;
    case HUB_POSTIT_WAITING:
    case HUB_POSTIT_KEPT:
        return school && strcmp(p->school, school) == 0;
    case HUB_POSTIT_DOWN:
        return false;
    }
    return false;
}

/* One that stays at its school says so: by that its screens know that nobody
   else has it yet. */
static struct item
postit_item(const struct hub_postit *p)
{
    bool is_theirs_alone = p->state != HUB_POSTIT_SHARED && p->school[0];
    return (struct item){
        .kind = KIND_POSTIT,
        .id = p->id,
        .title = "",
        .text = p->text,
        .author = p->author,
        .school = p->school,
        .image = "",
        .link = "",
        .published_s = p->made_s,
        .window = {.from_s = TIME_NONE,
                   .until_s = p->expires_s,
                   .open_minute = -1,
                   .shut_minute = -1},
        .schools = &p->school,
        .school_count = is_theirs_alone,
        .sort = p->sort,
        .colour = p->colour,
        .answers = p->answers,
        .thanks = sum(p->thanks, 0),
        .trying = sum(p->trying, 0),
    };
}

/* The published items, and behind them the newest post-its there is room for.
 */
static bool
gather(struct contents *c, struct hub_store *store, const char *school,
       int64_t now_s)
{
    const struct hub_postit *postits;
    if (!read_published(c, store))
        return false;
    int count = hub_store_postits(store, &c->arena, -1, now_s, &postits);
    if (count < 0)
        return false;
    struct item *items = arena_array(&c->arena, FEED_MAX_ITEMS, sizeof *items);
    struct board *b = &c->board;
    for (int i = 0; i < b->item_count; i++) {
        items[i] = b->items[i];
        if (!add_reactions(&items[i], store))
            return false;
    }
    c->own_count = b->item_count;
    b->is_complete = true; // what is not in it was taken down
    for (int i = 0; i < count; i++) {
        if (!is_for(&postits[i], school))
            continue;
        if (b->item_count < FEED_MAX_ITEMS)
            items[b->item_count++] = postit_item(&postits[i]);
        else
            b->is_complete = false;
    }
    b->items = items;
    return true;
}

/* No longer than readers take, if need be with fewer of the older post-its. */
static void
write_within_bounds(struct text *out, struct contents *c, bool has_names)
{
    struct feed_write_options options = {.has_names = has_names};
    feed_write_board(out, &c->board, &options);
    while (out->len > FEED_MAX_BYTES && c->board.item_count > c->own_count) {
        c->board.item_count -= (c->board.item_count - c->own_count + 1) / 2;
        c->board.is_complete = false;
        text_cut(out, 0);
        feed_write_board(out, &c->board, &options);
    }
}

static bool
write_feed(struct text *out, struct hub_store *store, const char *school,
           int64_t now_s)
{
    struct contents c = {0};
    bool ok = gather(&c, store, school, now_s);
    if (ok)
        write_within_bounds(out, &c, school != NULL);
    board_free(c.published);
    arena_destroy(&c.arena);
    return ok;
}

/* ---- answers ------------------------------------------------------------ */

/* The newest there can be; NULL when there never was one. Borrowed. */
static struct hub_edition *
edition_of(struct hub *hub, const char *school)
{
    struct hub_audience *audience = audience_of(&hub->feed, school);
    // Asked first: what is read may be newer than its number, never older.
    int64_t change = hub_store_change_number(hub->store);
    struct hub_edition *newest = audience->newest;
    if (change <= 0 || (newest && newest->change == change))
        return newest;
    struct text document = {0};
    struct hub_edition **place = free_place(audience);
    if (place && write_feed(&document, hub->store, school, hub->now.wall_s))
        publish(audience, place, change, &document);
    text_destroy(&document);
    return audience->newest;
}

static void
answer(struct hub *hub, const struct http_request *r, const char *school,
       struct http_answer *a)
{
    struct hub_edition *e = edition_of(hub, school);
    if (!e) {
        http_answer_problem(a, 503, "The feed cannot be read just now",
                            "The hub cannot read its store. Try again in a "
                            "minute; its log has the reason.");
        http_answer_header(a, "Retry-After", "60");
        return;
    }
    http_answer_header(a, "ETag",
                       arena_copy(r->arena, e->etag, strlen(e->etag)));
    http_answer_header(a, "Cache-Control", school ? FOR_ONE : FOR_EVERYBODY);
    if (http_etag_is_among(r->header(r, "If-None-Match"), e->etag)) {
        a->status = 304;
        return;
    }
    a->status = 200;
    a->type = TYPE;
    a->kept = e->bytes;
    a->kept_len = e->len;
    a->release = let_go;
    a->release_data = e;
    e->holders++;
}

void
hub_feed_answer_public(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a)
{
    (void) m;
    answer(hub, r, NULL, a);
}

void
hub_feed_answer_device(struct hub *hub, const struct http_request *r,
                       const struct route_match *m, struct http_answer *a)
{
    answer(hub, r, m->device.school, a);
}

bool
hub_feed_read(struct hub *hub, const char *school, struct hub_feed_bytes *out)
{
    const struct hub_edition *e = edition_of(hub, school);
    *out = (struct hub_feed_bytes){0};
    if (e)
        *out = (struct hub_feed_bytes){e->bytes, e->len, e->change};
    return e != NULL;
}

const char *
hub_feed_title(struct hub_store *store, struct arena *a)
{
    struct hub_revision revision;
    struct problem why;
    if (!hub_store_revision(store, a, 0, &revision))
        return "";
    struct feed_page page = {revision.document, strlen(revision.document)};
    struct board *b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    const char *title = b ? arena_copy(a, b->title, strlen(b->title)) : "";
    board_free(b);
    return title;
}
