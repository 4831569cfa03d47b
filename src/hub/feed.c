#include "hub/feed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "core/feed.h"
#include "hub/hub.h"
#include "hub/routes.h"

#define TYPE "application/feed+json"
#define FOR_EVERYBODY                                                          \
    "public, max-age=30, stale-while-revalidate=60, stale-if-error=86400"
#define FOR_ONE "private, no-cache"

#define FRESH_S 3600
#define LOOK_EVERY_MS 10 // for what another process has changed

struct hub_edition {
    // Where its audience knows it; NULL once the audience is gone.
    struct hub_edition **place;
    int holders;    // its audience, while it is the newest, and who sends it
    int64_t change; // it is up to date with
    int64_t made_s;
    char etag[FEED_DOCUMENT_TAG_BYTES];
    char *bytes; // owned; NULL: thrown away to save memory
    size_t len;
    struct http_ready unchanged; // the 304 that most are given
};

struct hub_audience {
    struct hub_audience *next;            // of its row
    struct hub_audience *earlier, *later; // who asked before, and after
    bool is_kept;                         // between these: newest has bytes
    char *school;                         // owned; NULL: everybody
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
    http_ready_destroy(&e->unchanged);
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

/* ---- audiences ---------------------------------------------------------- */

static void
unhang(struct hub_feed *f, struct hub_audience *a)
{
    *(a->later ? &a->later->earlier : &f->latest) = a->earlier;
    *(a->earlier ? &a->earlier->later : &f->longest_ago) = a->later;
}

/* Its newest was made or asked for just now. */
static void
keep(struct hub_feed *f, struct hub_audience *a)
{
    if (a->is_kept)
        unhang(f, a);
    else
        f->kept_bytes += a->newest->len;
    a->is_kept = true;
    a->later = NULL;
    a->earlier = f->latest;
    *(f->latest ? &f->latest->later : &f->longest_ago) = a;
    f->latest = a;
}

static void
keep_no_more(struct hub_feed *f, struct hub_audience *a)
{
    if (!a->is_kept)
        return;
    unhang(f, a);
    f->kept_bytes -= a->newest->len;
    a->is_kept = false;
}

/* Takes `document` over. */
static void
publish(struct hub_feed *f, struct hub_audience *audience,
        struct hub_edition **place, int64_t change, int64_t now_s,
        const char *tag, struct text *document)
{
    keep_no_more(f, audience);
    if (audience->newest)
        let_go(audience->newest);
    struct hub_edition *e = memory_take_zeroed(sizeof *e);
    e->place = place;
    e->holders = 1;
    e->change = change;
    e->made_s = now_s;
    e->bytes = document->bytes;
    e->len = document->len;
    snprintf(e->etag, sizeof e->etag, "%s", tag);
    *document = (struct text){0};
    *place = audience->newest = e;
    keep(f, audience);
}

static bool
is_of(const struct hub_audience *a, const char *school)
{
    return school ? a->school && strcmp(a->school, school) == 0 : !a->school;
}

static struct hub_audience *
audience_of(struct hub_feed *f, const char *school)
{
    uint64_t hash = school ? hash_string(school) : 0;
    struct hub_audience **row = &f->rows[hash % HUB_FEED_ROWS];
    struct hub_audience *a = *row;
    while (a && !is_of(a, school))
        a = a->next;
    if (!a) {
        a = memory_take_zeroed(sizeof *a);
        a->school = memory_copy_string(school);
        a->next = *row;
        *row = a;
    }
    return a;
}

static void
forget(struct hub_audience *audience)
{
    for (int i = 0; i < HUB_FEED_EDITIONS_MOST; i++)
        if (audience->alive[i])
            audience->alive[i]->place = NULL;
    if (audience->newest)
        let_go(audience->newest);
    free(audience->school);
    free(audience);
}

void
hub_feed_destroy(struct hub_feed *f)
{
    for (int i = 0; i < HUB_FEED_ROWS; i++)
        for (struct hub_audience *a = f->rows[i], *next; a; a = next) {
            next = a->next;
            forget(a);
        }
    feed_published_destroy(&f->published);
    feed_common_destroy(&f->common[0]);
    feed_common_destroy(&f->common[1]);
    *f = (struct hub_feed){0};
}

/* Those who asked last keep their bytes; what is being sent is there anyway. */
static void
save_memory(struct hub_feed *f)
{
    struct hub_audience *a = f->longest_ago, *later;
    for (; a != f->latest && f->kept_bytes > HUB_FEED_KEPT_BYTES; a = later) {
        later = a->later;
        if (a->newest->holders > 1)
            continue;
        keep_no_more(f, a);
        free(a->newest->bytes);
        a->newest->bytes = NULL;
    }
}

/* ---- answers ------------------------------------------------------------ */

/* The store's change number; 0 while it cannot be read. */
static int64_t
read_change(struct hub *hub)
{
    struct hub_feed *f = &hub->feed;
    int64_t age_ms = hub->now.mono_ms - f->looked_ms;
    int writes = hub_store_writes(hub->store);
    if (f->change > 0 && f->writes == writes && age_ms < LOOK_EVERY_MS)
        return f->change;
    f->change = hub_store_change_number(hub->store);
    f->looked_ms = hub->now.mono_ms;
    f->writes = writes;
    return f->change;
}

/* What was made by a clock that jumped has too much in it, or too little. */
static bool
is_fresh(const struct hub *hub, int64_t made_s)
{
    int64_t age_s = hub->now.wall_s - made_s;
    return age_s >= 0 && age_s < FRESH_S;
}

static bool
is_up_to_date(const struct hub *hub, const struct hub_audience *audience,
              int64_t change)
{
    struct hub_edition *newest = audience->newest;
    if (!newest || !is_fresh(hub, newest->made_s))
        return false;
    if (newest->change == change)
        return true;
    if (hub_store_concerns(hub->store, audience->school, newest->change,
                           change))
        return false;
    newest->change = change; // the next look is a short one
    return true;
}

static bool
is_known_to(const struct http_request *r, const struct hub_edition *e)
{
    return http_etag_is_among(r->header(r, "If-None-Match"), e->etag);
}

/* What all see, as of that change. */
static bool
bring_up_common(struct hub *hub, bool has_names, int64_t change)
{
    struct hub_feed *f = &hub->feed;
    struct feed_common *c = &f->common[has_names];
    int64_t *is_at = &f->common_change[has_names];
    c->has_names = has_names;
    bool is_old = !c->is_written ||
                  !is_fresh(hub, f->common_made_s[has_names]) ||
                  hub_store_concerns(hub->store, NULL, *is_at, change);
    if (is_old &&
        !feed_common_write(c, &f->published, hub->store, hub->now.wall_s))
        return false;
    if (is_old)
        f->common_made_s[has_names] = hub->now.wall_s;
    *is_at = change;
    return true;
}

static void
make_edition(struct hub *hub, struct hub_audience *audience,
             struct hub_edition **place, int64_t change)
{
    const char *school = audience->school;
    struct text document = {0};
    char tag[FEED_DOCUMENT_TAG_BYTES];
    if (!bring_up_common(hub, school != NULL, change) ||
        !feed_document_write(&document, tag, &hub->feed.common[school != NULL],
                             hub->store, school, hub->now.wall_s))
        return;
    publish(&hub->feed, audience, place, change, hub->now.wall_s, tag,
            &document);
    save_memory(&hub->feed);
}

/* The newest there can be; NULL when there is none. With its bytes, unless
   `r`, when there is one, has them already. Borrowed. */
static struct hub_edition *
edition_of(struct hub *hub, const struct http_request *r, const char *school)
{
    struct hub_audience *audience = audience_of(&hub->feed, school);
    // Asked first: what is read may be newer than its number, never older.
    int64_t change = read_change(hub);
    struct hub_edition *newest = audience->newest;
    if (newest && (change <= 0 || is_up_to_date(hub, audience, change)) &&
        (newest->bytes || (r && is_known_to(r, newest)))) {
        if (newest->bytes)
            keep(&hub->feed, audience);
        return newest;
    }
    struct hub_edition **place = change > 0 ? free_place(audience) : NULL;
    if (place)
        make_edition(hub, audience, place, change);
    newest = audience->newest;
    return newest && newest->bytes ? newest : NULL;
}

static void
answer(struct hub *hub, const struct http_request *r, const char *school,
       struct http_answer *a)
{
    struct hub_edition *e = edition_of(hub, r, school);
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
    if (is_known_to(r, e)) {
        a->status = 304;
        a->ready = &e->unchanged;
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
    const struct hub_edition *e = edition_of(hub, NULL, school);
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
