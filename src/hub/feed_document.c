#include "hub/feed_document.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check.h"
#include "base/log.h"
#include "base/memory.h"
#include "core/feed.h"
#include "core/feed_write.h"
#include "hub/secret.h"

#define COUNT_MOST 100000    // more thanks than feeds can say
#define UNTITLED "Staffroom" // before anything is published
#define BRACKETS "]}\n"      // a document's end: of its items and of itself

/* ---- pieces ------------------------------------------------------------- */

static void
pieces_destroy(struct feed_pieces *p)
{
    text_destroy(&p->text);
    free(p->list);
    *p = (struct feed_pieces){0};
}

static int
sum(int one, int other)
{
    return one > COUNT_MOST - other ? COUNT_MOST : one + other;
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

/* Of that school, or (NULL) of all; one more than there is ever room for, to
   know whether that is all of them. */
static bool
pieces_write(struct feed_pieces *p, struct hub_store *store, const char *school,
             bool has_names, int64_t now_s)
{
    const struct board board = {0};
    const struct feed_write_options options = {.has_names = has_names};
    const struct hub_postit *postits;
    struct arena arena = {0};
    int count = hub_store_postits_for(store, &arena, school, FEED_MAX_ITEMS + 1,
                                      now_s, &postits);
    if (count > 0)
        p->list = memory_take_zeroed((size_t) count * sizeof *p->list);
    for (int i = 0; i < count; i++) {
        struct feed_piece *piece = &p->list[p->count++];
        struct item item = postit_item(&postits[i]);
        piece->made_s = postits[i].made_s;
        piece->at = p->text.len;
        feed_write_item(&p->text, &board, &item, &options);
        piece->len = p->text.len - piece->at;
    }
    arena_destroy(&arena);
    return count >= 0;
}

/* ---- what is published -------------------------------------------------- */

void
feed_published_destroy(struct feed_published *p)
{
    board_free(p->board);
    feed_calendars_destroy(&p->calendars);
    *p = (struct feed_published){0};
}

static bool
published_read(struct feed_published *p, struct hub_store *store,
               struct arena *a, int64_t number)
{
    struct hub_revision revision;
    struct problem why = {0};
    if (!hub_store_revision(store, a, number, &revision))
        return false;
    struct feed_page page = {revision.document, strlen(revision.document)};
    // No date where none was said: each screen knows when it first saw it.
    struct board *board = feed_read(&page, 1, TIME_NONE, NULL, NULL, &why);
    if (!board) {
        log_error("revision %" PRId64 " cannot be read as a feed: %s",
                  revision.number, why.text);
        return false;
    }
    board_free(p->board);
    board->revision = revision.number;
    p->board = board;
    p->number = revision.number;
    p->made_s = revision.made_s;
    return true;
}

/* Read again only when there is another. */
bool
feed_published_bring_up(struct feed_published *p, struct hub_store *store)
{
    struct arena arena = {0};
    const struct hub_revision *newest;
    int count = hub_store_history(store, &arena, 1, &newest);
    bool ok = count >= 0;
    if (count > 0 && (!p->board || p->number != newest[0].number ||
                      p->made_s != newest[0].made_s))
        ok = published_read(p, store, &arena, newest[0].number);
    if (count == 0)
        feed_published_destroy(p);
    arena_destroy(&arena);
    return ok && feed_calendars_bring_up(&p->calendars, store);
}

/* ---- what all see ------------------------------------------------------- */

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

static void
write_head(struct text *out, struct board *b, bool has_names, bool is_complete)
{
    const struct feed_write_options options = {.has_names = has_names};
    b->is_complete = is_complete; // what is not in it was taken down
    feed_write_board(out, b, &options);
    size_t len = out->len - strlen(BRACKETS);
    check(strcmp(out->bytes + len, BRACKETS) == 0);
    text_cut(out, len);
}

static bool
write_heads(struct feed_common *c, const struct feed_published *published,
            struct hub_store *store, int64_t now_s)
{
    struct arena arena = {0};
    struct board b = published->board ? *published->board
                                      : (struct board){.title = UNTITLED,
                                                       .language = "",
                                                       .zone_name = ""};
    const struct feed_calendar_meeting *const *meetings;
    int count = feed_calendars_pick(&published->calendars, &arena,
                                    published->board, now_s, &meetings);
    struct item *items =
        arena_array(&arena, (size_t) (b.item_count + count), sizeof *items);
    bool ok = true;
    for (int i = 0; ok && i < b.item_count; i++) {
        items[i] = b.items[i];
        ok = add_reactions(&items[i], store);
    }
    for (int i = 0; i < count; i++)
        items[b.item_count++] = meetings[i]->item;
    b.items = items;
    for (int is_complete = 0; ok && is_complete < 2; is_complete++)
        write_head(&c->heads[is_complete], &b, c->has_names, is_complete);
    c->item_count = b.item_count;
    arena_destroy(&arena);
    return ok;
}

/* The heads differ in one word. */
static void
hash_common(struct feed_common *c)
{
    unsigned char both[2 * HUB_HASH_BYTES];
    secret_hash(c->heads[1].bytes, c->heads[1].len, both);
    secret_hash(text_string(&c->postits.text), c->postits.text.len,
                both + HUB_HASH_BYTES);
    secret_hash(both, sizeof both, c->hash);
}

void
feed_common_destroy(struct feed_common *c)
{
    text_destroy(&c->heads[0]);
    text_destroy(&c->heads[1]);
    pieces_destroy(&c->postits);
    *c = (struct feed_common){0};
}

bool
feed_common_write(struct feed_common *c, struct feed_published *published,
                  struct hub_store *store, int64_t now_s)
{
    struct feed_common next = {.has_names = c->has_names, .is_written = true};
    if (!feed_published_bring_up(published, store) ||
        !write_heads(&next, published, store, now_s) ||
        !pieces_write(&next.postits, store, NULL, c->has_names, now_s)) {
        feed_common_destroy(&next);
        return false;
    }
    hash_common(&next);
    feed_common_destroy(c);
    *c = next;
    return true;
}

/* ---- a document --------------------------------------------------------- */

struct merge { // of two lists, from the newest on
    const struct feed_pieces *from[2];
    int next[2];
};

/* Its bytes and length; NULL at the end. */
static const char *
merge_next(struct merge *m, size_t *len)
{
    const struct feed_piece *best = NULL;
    int which = 0;
    for (int i = 0; i < 2; i++) {
        if (m->next[i] == m->from[i]->count)
            continue;
        const struct feed_piece *piece = &m->from[i]->list[m->next[i]];
        if (best && best->made_s >= piece->made_s)
            continue;
        best = piece;
        which = i;
    }
    if (!best)
        return NULL;
    m->next[which]++;
    *len = best->len;
    return m->from[which]->text.bytes + best->at;
}

/* How many of the newest there is room for; sets whether that is all. */
static int
count_room(const struct feed_common *c, const struct feed_pieces *own,
           size_t *bytes, bool *is_all)
{
    struct merge m = {.from = {&c->postits, own}};
    int count = 0;
    size_t len;
    *bytes = c->heads[0].len + 1 + strlen(BRACKETS);
    *is_all = false;
    while (merge_next(&m, &len)) {
        if (c->item_count + count >= FEED_MAX_ITEMS ||
            *bytes + len + 1 > FEED_MAX_BYTES)
            return count;
        *bytes += len + 1; // a comma
        count++;
    }
    *is_all = true;
    return count;
}

static void
write_merged(struct text *out, const struct feed_common *c,
             const struct feed_pieces *own)
{
    struct merge m = {.from = {&c->postits, own}};
    size_t bytes;
    bool is_all;
    int count = count_room(c, own, &bytes, &is_all);
    const struct text *head = &c->heads[is_all];
    // All at once: growing by doubling would copy it three times.
    out->bytes = memory_grow(out->bytes, out->len + bytes + 1);
    out->size = out->len + bytes + 1;
    text_add(out, head->bytes, head->len);
    for (int i = 0; i < count; i++) {
        size_t len = 0;
        const char *piece = merge_next(&m, &len);
        if (i + c->item_count > 0)
            text_add_char(out, ',');
        text_add(out, piece, len);
    }
    text_add_string(out, BRACKETS);
}

static void
write_tag(char tag[FEED_DOCUMENT_TAG_BYTES], const struct feed_common *c,
          const struct feed_pieces *own, const char *school)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char all[3 * HUB_HASH_BYTES], hash[HUB_HASH_BYTES];
    const char *whose = school ? school : "";
    memcpy(all, c->hash, HUB_HASH_BYTES);
    secret_hash(text_string(&own->text), own->text.len, all + HUB_HASH_BYTES);
    secret_hash(whose, strlen(whose), all + 2 * HUB_HASH_BYTES);
    all[0] ^= school != NULL; // "" is a school
    secret_hash(all, sizeof all, hash);
    char *at = tag;
    *at++ = '"';
    for (int i = 0; i < (FEED_DOCUMENT_TAG_BYTES - 3) / 2; i++) {
        *at++ = digits[hash[i] >> 4];
        *at++ = digits[hash[i] & 15];
    }
    *at++ = '"';
    *at = '\0';
}

bool
feed_document_write(struct text *out, char tag[FEED_DOCUMENT_TAG_BYTES],
                    const struct feed_common *c, struct hub_store *store,
                    const char *school, int64_t now_s)
{
    struct feed_pieces own = {0};
    bool ok = c->is_written && (!school || pieces_write(&own, store, school,
                                                        c->has_names, now_s));
    if (ok) {
        write_merged(out, c, &own);
        write_tag(tag, c, &own, school);
    }
    pieces_destroy(&own);
    return ok;
}
