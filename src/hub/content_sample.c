#include "hub/content_sample.h"

#include <string.h>

#include "base/text.h"
#include "base/uuid.h"
#include "core/date.h"
#include "core/feed.h"
#include "hub/content.h"
#include "hub/content_photo.h"
#include "hub/secret.h"
#include "io/file.h"

#define NAME "Sample"
#define CODE_LETTERS "BCDFGHJKLMNPQRSTVWXZ"
#define CODE_LETTER_COUNT 8
#define REACTIONS_MOST 100 // of each kind, for one post-it
#define POSTIT_KEPT_S ((int64_t) 14 * DAY_S)

static struct board *
read_feed(const char *path, struct problem *why)
{
    struct text bytes = {0};
    struct board *b = NULL;
    if (file_read(path, FEED_MAX_BYTES, &bytes, why)) {
        struct feed_page page = {text_string(&bytes), bytes.len};
        struct problem wrong;
        b = feed_read(&page, 1, TIME_NONE, NULL, NULL, &wrong);
        if (!b)
            problem_set(why, 0, 0, "%s:%d:%d: %s", path, wrong.line,
                        wrong.column, wrong.text);
    }
    text_destroy(&bytes);
    return b;
}

/* Post-its belong to a screen: this one was never there, and cannot come. */
static int64_t
make_screen(struct hub_store *store, struct arena *a, int64_t now_s,
            struct problem *why)
{
    char code[CODE_LETTER_COUNT + 1];
    unsigned char nobody_knows[HUB_HASH_BYTES];
    const struct hub_device *list;
    secret_letters(CODE_LETTERS, CODE_LETTER_COUNT, code);
    secret_random(nobody_knows, sizeof nobody_knows);
    if (!hub_store_begin_pairing(store, code, nobody_knows, now_s, why) ||
        !hub_store_accept_pairing(store, code, NAME, "", now_s, why))
        return 0;
    int count = hub_store_devices(store, a, &list);
    return count > 0 ? list[count - 1].number : 0;
}

/* A feed has numbers; here each thank-you is somebody's. */
static bool
put_reactions(struct hub_store *store, const char *postit,
              enum hub_reaction kind, int count, int64_t screen, int64_t now_s,
              struct problem *why)
{
    for (int i = 0; i < count && i < REACTIONS_MOST; i++) {
        char id[UUID_BYTES];
        if (!uuid_new(id) ||
            hub_store_put_reaction(store, postit, id, kind, screen, now_s,
                                   why) == HUB_PUT_FAILED)
            return false;
    }
    return true;
}

static bool
put_postit(struct hub_store *store, const struct item *item, int64_t screen,
           int64_t now_s, struct problem *why)
{
    bool is_dated = item->published_s != TIME_NONE && item->published_s < now_s;
    struct hub_postit p = {
        .sort = item->sort,
        .colour = item->colour,
        .text = item->text,
        .author = item->author,
        .answers = item->answers,
        .school = item->school,
        .made_s = is_dated ? item->published_s : now_s,
        .expires_s = now_s + POSTIT_KEPT_S,
        .state = HUB_POSTIT_SHARED,
    };
    memcpy(p.id, item->id, sizeof p.id);
    return hub_store_put_postit(store, &p, screen, now_s, why) !=
               HUB_PUT_FAILED &&
           put_reactions(store, p.id, HUB_REACTION_THANKS, item->thanks, screen,
                         now_s, why) &&
           put_reactions(store, p.id, HUB_REACTION_TRYING, item->trying, screen,
                         now_s, why);
}

static bool
put_postits(struct hub_store *store, const struct board *b, int64_t now_s,
            struct problem *why)
{
    struct arena a = {0};
    int64_t screen = 0;
    bool ok = true;
    for (int i = 0; ok && i < b->item_count; i++) {
        const struct item *item = &b->items[i];
        if (item->kind != KIND_POSTIT || !uuid_is(item->id, strlen(item->id)) ||
            !*item->text)
            continue;
        if (!screen)
            screen = make_screen(store, &a, now_s, why);
        ok = screen && put_postit(store, item, screen, now_s, why);
    }
    if (screen) // also when it went wrong: nobody may be it
        ok = hub_store_revoke(store, screen, "", now_s, why) && ok;
    arena_destroy(&a);
    return ok;
}

struct origin {
    const char *feed; // path of the file
    const char *data; // the hub's folder
};

static bool
publish_rest(struct content *c, struct hub_store *store, struct board *b,
             const struct origin *from, int64_t now_s, struct problem *why)
{
    c->board.home_page = b->home_page;
    c->board.title = b->title;
    c->board.language = b->language;
    (void) content_set_zone(c, b->zone_name); // it was opened to read `b`
    c->board.schools = b->schools;
    c->board.school_count = b->school_count;
    c->board.terms = b->terms;
    c->board.term_count = b->term_count;
    for (int i = 0; i < b->item_count; i++) {
        struct item item = b->items[i];
        if (item.kind == KIND_POSTIT)
            continue;
        // What only means something beside the file is had from us.
        if (!strstr(item.image, "://"))
            item.image = content_photo_copy(&b->arena, from->feed, item.image,
                                            from->data);
        if (!content_set_item(c, &item)) {
            problem_set(why, 0, 0,
                        "This feed has more than %d entries beside post-its",
                        CONTENT_ITEMS_MOST);
            return false;
        }
    }
    return content_save(c, store, "", "Began with a sample", now_s, why) ==
           CONTENT_SAVED;
}

bool
content_sample(struct hub_store *store, const char *path, const char *data,
               int64_t now_s, struct problem *why)
{
    struct content c;
    struct board *b = NULL;
    bool ok = content_open(&c, store, 0, why);
    // Also one that cannot be read: its own page says so, and what to do.
    bool is_begun = c.revision > 0;
    if (ok && !is_begun) {
        b = read_feed(path, why);
        // Published last: what failed before is tried again at the next start.
        ok = b && put_postits(store, b, now_s, why) &&
             publish_rest(&c, store, b, &(struct origin){path, data}, now_s,
                          why);
    }
    content_close(&c);
    board_free(b);
    return ok || is_begun;
}
