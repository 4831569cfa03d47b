#include "io/kiosk_store.h"

#include <stdio.h>

#include "io/db.h"
#include "io/kiosk_store_part.h"

static const char *
take_text(sqlite3_stmt *row, int column, struct arena *a)
{
    const unsigned char *text = sqlite3_column_text(row, column);
    int len = sqlite3_column_bytes(row, column);
    return arena_copy(a, text ? (const char *) text : "",
                      text ? (size_t) len : 0);
}

static void
take_id(sqlite3_stmt *row, int column, char id[POSTIT_ID_BYTES])
{
    const unsigned char *text = sqlite3_column_text(row, column);
    snprintf(id, POSTIT_ID_BYTES, "%s", text ? (const char *) text : "");
}

static void
take_postit(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct postit *p = out;
    take_id(row, 1, p->id);
    p->sort = (enum postit_sort) sqlite3_column_int(row, 2);
    p->colour = (enum postit_colour) sqlite3_column_int(row, 3);
    p->text = take_text(row, 4, a);
    p->author = take_text(row, 5, a);
    p->answers = take_text(row, 6, a);
    p->made_s = sqlite3_column_int64(row, 7);
    p->expires_s = sqlite3_column_int64(row, 8);
    p->is_time_unsure = sqlite3_column_int(row, 9);
    p->state = (enum postit_state) sqlite3_column_int(row, 10);
    p->is_refused = sqlite3_column_int(row, 11);
    p->is_in_feed = sqlite3_column_int(row, 12);
    p->is_face_down = sqlite3_column_int(row, 13);
    p->thanks = sqlite3_column_int(row, 14);
    p->trying = sqlite3_column_int(row, 15);
}

static void
take_reaction(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct reaction *r = out;
    r->target = take_text(row, 1, a);
    r->is_face_down = sqlite3_column_int(row, 2);
    r->thanks = sqlite3_column_int(row, 3);
    r->trying = sqlite3_column_int(row, 4);
    r->thanks_in_feed = sqlite3_column_int(row, 5);
    r->trying_in_feed = sqlite3_column_int(row, 6);
}

static void
take_touch(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct reaction_touch *t = out;
    take_id(row, 1, t->id);
    t->target = take_text(row, 2, a);
    t->kind = (enum reaction_kind) sqlite3_column_int(row, 3);
    t->is_undone = sqlite3_column_int(row, 4);
}

static void
take_tombstone(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct tombstone *t = out;
    (void) a;
    take_id(row, 1, t->id);
    t->taken_s = sqlite3_column_int64(row, 2);
}

/* All rows as an array of elements of `size` bytes. Column 0 of every row is
   how many there are at most. */
static int
list(struct kiosk_store *s, enum statement which, struct arena *a, size_t size,
     void (*take)(sqlite3_stmt *, struct arena *, void *), void **out)
{
    sqlite3_stmt *row = s->statements[which];
    char *elements = NULL;
    int count = 0, room = 0;
    struct problem why;
    s->db.code = SQLITE_OK;
    while (db_step(&s->db, row)) {
        if (!elements) {
            room = sqlite3_column_int(row, 0);
            elements = arena_array(a, (size_t) room, size);
        }
        if (count < room)
            take(row, a, elements + (size_t) count++ * size);
    }
    if (s->db.code != SQLITE_OK) {
        kiosk_store_complain(s, &why);
        return -1;
    }
    *out = elements;
    return count;
}

static int
list_postits(struct kiosk_store *s, enum statement which, struct arena *a,
             int64_t now_s, const struct postit **out)
{
    void *elements;
    kiosk_store_as_of(s, which, now_s);
    int count =
        list(s, which, a, sizeof(struct postit), take_postit, &elements);
    if (count >= 0)
        *out = elements;
    return count;
}

int
kiosk_store_list(struct kiosk_store *s, struct arena *a, int64_t now_s,
                 const struct postit **out)
{
    return list_postits(s, LIST_POSTITS, a, now_s, out);
}

int
kiosk_store_outbox(struct kiosk_store *s, struct arena *a, int64_t now_s,
                   const struct postit **out)
{
    return list_postits(s, LIST_OUTBOX, a, now_s, out);
}

int
kiosk_store_reactions(struct kiosk_store *s, struct arena *a,
                      const struct reaction **out)
{
    void *elements;
    int count = list(s, LIST_REACTIONS, a, sizeof(struct reaction),
                     take_reaction, &elements);
    if (count >= 0)
        *out = elements;
    return count;
}

int
kiosk_store_touches(struct kiosk_store *s, struct arena *a,
                    const struct reaction_touch **out)
{
    void *elements;
    int count = list(s, LIST_TOUCHES, a, sizeof(struct reaction_touch),
                     take_touch, &elements);
    if (count >= 0)
        *out = elements;
    return count;
}

int
kiosk_store_taken_back(struct kiosk_store *s, struct arena *a,
                       const struct tombstone **out)
{
    void *elements;
    int count = list(s, LIST_TOMBSTONES, a, sizeof(struct tombstone),
                     take_tombstone, &elements);
    if (count >= 0)
        *out = elements;
    return count;
}
