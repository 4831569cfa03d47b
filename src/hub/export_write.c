#include "hub/export_write.h"

#include <inttypes.h>
#include <limits.h>
#include <string.h>

#include "core/date.h"
#include "core/feed.h"
#include "core/feed_write.h"
#include "core/postit_csv.h"
#include "hub/content.h"
#include "hub/hub.h"

#define ABOUT                                                                  \
    "Everything a Staffroom hub keeps, but for secrets. \"feed\" is a JSON "   \
    "Feed (https://jsonfeed.org/version/1.1). Times are in UTC."

static const char *const state_words[] = {
    [HUB_POSTIT_WAITING] = "waiting",
    [HUB_POSTIT_SHARED] = "shared",
    [HUB_POSTIT_KEPT] = "kept at its school",
};

static bool
refuse(struct problem *why)
{
    problem_set(why, 0, 0,
                "The hub cannot read its store. Try again in a minute");
    return false;
}

/* ---- JSON --------------------------------------------------------------- */

/* `before` is what stands between it and the last: "", "," or "{". */
static void
add_string(struct text *t, const char *before, const char *name,
           const char *value)
{
    text_add_string(t, before);
    text_add_json(t, name);
    text_add_char(t, ':');
    text_add_json(t, value);
}

static void
add_number(struct text *t, const char *name, int64_t value)
{
    text_add_format(t, ",\"%s\":%" PRId64, name, value);
}

/* RFC 3339; null for none. */
static void
add_time(struct text *t, const char *name, int64_t utc_s)
{
    text_add_format(t, ",\"%s\":", name);
    if (utc_s <= 0 || !postit_record_is_moment(utc_s)) {
        text_add_string(t, "null");
        return;
    }
    struct local l = local_time(NULL, utc_s);
    text_add_format(t, "\"%04d-%02d-%02dT%02d:%02d:%02dZ\"", l.year, l.month,
                    l.date, l.minute / 60, l.minute % 60,
                    (int) (utc_s - (int64_t) l.day * DAY_S) - l.minute * 60);
}

static void
begin_list(struct text *t, const char *name)
{
    text_add_format(t, ",\n\"%s\":[", name);
}

static void
begin_part(struct text *t, int i)
{
    text_add_string(t, i ? ",\n" : "\n");
}

/* ---- everything --------------------------------------------------------- */

static void
add_feed(struct text *t, const struct content *c, bool has_names)
{
    struct board b = c->board;
    b.revision = c->revision;
    text_add_string(t, ",\n\"feed\":");
    feed_write_board(t, &b,
                     &(struct feed_write_options){.has_names = has_names});
}

static bool
add_revisions(struct text *t, struct hub *hub, struct arena *a)
{
    const struct hub_revision *list;
    int count = hub_store_history(hub->store, a, HUB_REVISIONS_KEPT, &list);
    begin_list(t, "revisions");
    for (int i = 0; i < count; i++) {
        begin_part(t, i);
        add_string(t, "{", "note", list[i].note);
        add_string(t, ",", "person", list[i].person);
        add_number(t, "number", list[i].number);
        add_time(t, "made", list[i].made_s);
        text_add_char(t, '}');
    }
    text_add_char(t, ']');
    return count >= 0;
}

static void
add_postit(struct text *t, const struct hub_postit *p, bool has_names)
{
    add_string(t, "{", "id", p->id);
    add_string(t, ",", "sort", postit_record_sorts[p->sort]);
    add_string(t, ",", "colour", postit_record_colours[p->colour]);
    add_string(t, ",", "text", p->text);
    if (has_names)
        add_string(t, ",", "author", p->author);
    add_string(t, ",", "school", p->school);
    add_string(t, ",", "answers", p->answers);
    add_string(t, ",", "state", state_words[p->state]);
    add_time(t, "made", p->made_s);
    add_time(t, "expires", p->expires_s);
    add_number(t, "thanks", p->thanks);
    add_number(t, "trying", p->trying);
    add_number(t, "face_down", p->face_down);
    text_add_char(t, '}');
}

static bool
add_postits(struct text *t, struct hub *hub, bool has_names)
{
    struct arena arena = {0}; // given back before the rest is read
    const struct hub_postit *list;
    int count =
        hub_store_postits(hub->store, &arena, -1, hub->now.wall_s, &list);
    begin_list(t, "postits");
    for (int i = 0; i < count; i++) {
        begin_part(t, i);
        add_postit(t, &list[i], has_names);
    }
    text_add_char(t, ']');
    arena_destroy(&arena);
    return count >= 0;
}

/* As the store has them: what the feed's own numbers began with is in "feed".
 */
static bool
add_reactions(struct text *t, struct hub *hub, const struct content *c)
{
    int count = 0;
    begin_list(t, "reactions");
    for (int i = 0; i < c->board.item_count; i++) {
        int thanks = 0, trying = 0;
        const char *id = c->items[i].id;
        if (c->items[i].kind != KIND_IDEA)
            continue;
        if (!hub_store_reactions(hub->store, id, &thanks, &trying))
            return false;
        begin_part(t, count++);
        add_string(t, "{", "to", id);
        add_number(t, "thanks", thanks);
        add_number(t, "trying", trying);
        text_add_char(t, '}');
    }
    text_add_char(t, ']');
    return true;
}

static bool
add_screens(struct text *t, struct hub *hub, struct arena *a)
{
    const struct hub_device *list;
    int count = hub_store_devices(hub->store, a, &list);
    begin_list(t, "screens");
    for (int i = 0; i < count; i++) {
        begin_part(t, i);
        add_string(t, "{", "name", list[i].name);
        add_string(t, ",", "school", list[i].school);
        add_number(t, "number", list[i].number);
        add_time(t, "paired", list[i].paired_s);
        add_time(t, "seen", list[i].seen_s);
        add_number(t, "revision", list[i].revision);
        add_string(t, ",", "version", list[i].version);
        add_string(t, ",", "size", list[i].size);
        text_add_format(t, ",\"removed\":%s}",
                        list[i].is_revoked ? "true" : "false");
    }
    text_add_char(t, ']');
    return count >= 0;
}

static bool
add_people(struct text *t, struct hub *hub, struct arena *a)
{
    const struct hub_person *list;
    int count = hub_store_people(hub->store, a, &list);
    begin_list(t, "people");
    for (int i = 0; i < count; i++) {
        begin_part(t, i);
        add_string(t, "{", "name", list[i].name);
        add_string(t, ",", "role",
                   list[i].is_coordinator ? "coordinator" : "moderator");
        text_add_format(t, ",\"codes\":%s}",
                        list[i].totp[0] ? "true" : "false");
    }
    text_add_char(t, ']');
    return count >= 0;
}

static bool
add_deeds(struct text *t, struct hub *hub, struct arena *a)
{
    const struct hub_deed *list;
    int count = hub_store_deeds(hub->store, a, INT_MAX, &list);
    begin_list(t, "deeds");
    for (int i = 0; i < count; i++) {
        begin_part(t, i);
        add_string(t, "{", "person", list[i].person);
        add_string(t, ",", "what", list[i].what);
        add_string(t, ",", "about", list[i].id);
        add_time(t, "done", list[i].done_s);
        text_add_char(t, '}');
    }
    text_add_char(t, ']');
    return count >= 0;
}

bool
export_write_everything(struct hub *hub, struct arena *a, bool has_names,
                        struct text *out, struct problem *why)
{
    struct content c;
    bool ok = content_open(&c, hub->store, 0, why);
    if (ok) {
        add_string(out, "{", "about", ABOUT);
        text_add_format(out, ",\"has_names\":%s", has_names ? "true" : "false");
        add_time(out, "exported", hub->now.wall_s);
        add_feed(out, &c, has_names);
        ok = (add_revisions(out, hub, a) && add_postits(out, hub, has_names) &&
              add_reactions(out, hub, &c) && add_screens(out, hub, a) &&
              add_people(out, hub, a) && add_deeds(out, hub, a)) ||
             refuse(why);
        text_add_string(out, "}\n");
    }
    content_close(&c);
    return ok;
}

/* ---- post-its as a table ------------------------------------------------ */

static enum postit_shared
shared_of(enum hub_postit_state state)
{
    switch (state) {
    case HUB_POSTIT_SHARED:
        return POSTIT_SHARED_YES;
    case HUB_POSTIT_WAITING:
        return POSTIT_SHARED_SENT;
    case HUB_POSTIT_KEPT:
    case HUB_POSTIT_DOWN:
        return POSTIT_SHARED_NO;
    }
    return POSTIT_SHARED_NO;
}

static struct postit_record
record_of(const struct board *b, const struct hub_postit *p, bool has_names)
{
    return (struct postit_record){
        .id = p->id,
        .text = p->text,
        .author = has_names ? p->author : "",
        .school = board_school_name(b, p->school),
        .answers = p->answers,
        .sort = p->sort,
        .colour = p->colour,
        .shared = shared_of(p->state),
        .is_face_down = p->face_down > 0,
        .thanks = p->thanks,
        .trying = p->trying,
        .made_s = p->made_s,
        .expires_s = p->expires_s,
    };
}

bool
export_write_table(struct hub *hub, struct arena *a, bool has_names,
                   struct text *out, struct problem *why)
{
    struct content c;
    const struct hub_postit *list;
    bool ok = content_open(&c, hub->store, 0, why);
    int count = hub_store_postits(hub->store, a, -1, hub->now.wall_s, &list);
    if (ok && count < 0)
        ok = refuse(why);
    if (ok) {
        struct postit_record *records =
            arena_array(a, (size_t) count, sizeof *records);
        for (int i = 0; i < count; i++)
            records[i] = record_of(&c.board, &list[i], has_names);
        postit_csv_write(out, c.board.zone, records, count);
    }
    content_close(&c);
    return ok;
}

/* ---- a feed to begin with ----------------------------------------------- */

static struct item
item_of(const struct hub_postit *p)
{
    struct item item = content_new_item(KIND_POSTIT);
    item.id = p->id;
    item.text = p->text;
    item.author = p->author;
    item.school = p->school;
    item.published_s = p->made_s;
    item.window.until_s = p->expires_s;
    item.sort = p->sort;
    item.colour = p->colour;
    item.answers = p->answers;
    item.thanks = p->thanks;
    item.trying = p->trying;
    return item;
}

/* Behind its own entries, the newest, as many as feeds may have. */
static void
add_shared(struct content *c, struct arena *a, const struct hub_postit *list,
           int count)
{
    struct board *b = &c->board;
    struct item *items = arena_array(a, FEED_MAX_ITEMS, sizeof *items);
    for (int i = 0; i < b->item_count; i++)
        items[i] = b->items[i];
    for (int i = 0; i < count && b->item_count < FEED_MAX_ITEMS; i++)
        items[b->item_count++] = item_of(&list[i]);
    b->items = items;
}

bool
export_write_feed(struct hub *hub, struct arena *a, bool has_names,
                  struct text *out, struct problem *why)
{
    struct content c;
    const struct hub_postit *list;
    bool ok = content_open(&c, hub->store, 0, why);
    int count = hub_store_postits(hub->store, a, HUB_POSTIT_SHARED,
                                  hub->now.wall_s, &list);
    if (ok && count < 0)
        ok = refuse(why);
    if (ok) {
        int own_count = c.board.item_count;
        struct feed_write_options options = {.has_names = has_names};
        add_shared(&c, a, list, count);
        feed_write_board(out, &c.board, &options);
        while (out->len > FEED_MAX_BYTES && c.board.item_count > own_count) {
            c.board.item_count -= (c.board.item_count - own_count + 1) / 2;
            text_cut(out, 0);
            feed_write_board(out, &c.board, &options);
        }
    }
    content_close(&c);
    return ok;
}
