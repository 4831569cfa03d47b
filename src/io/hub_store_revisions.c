#include "io/hub_store.h"

#include "io/db.h"
#include "io/hub_store_part.h"

/* Columns 1 to 4, and 5 where there is one. */
static void
take_revision(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_revision *r = out;
    r->number = sqlite3_column_int64(row, 1);
    r->made_s = sqlite3_column_int64(row, 2);
    r->person = hub_store_take_text(row, 3, a);
    r->note = hub_store_take_text(row, 4, a);
    r->document =
        sqlite3_column_count(row) > 5 ? hub_store_take_text(row, 5, a) : "";
}

/* 0 when there is none, -1 (logged) when it cannot be read. */
static int64_t
newest(struct hub_store *s)
{
    sqlite3_stmt *row = s->statements[NEWEST_REVISION];
    int64_t number = -1;
    if (hub_store_look(s, row) == 1)
        number = sqlite3_column_int64(row, 0);
    hub_store_done(row);
    return number;
}

bool
hub_store_revision(struct hub_store *s, struct arena *a, int64_t number,
                   struct hub_revision *out)
{
    sqlite3_stmt *row = hub_store_numbered(s, READ_REVISION, number);
    bool is_there = hub_store_look(s, row) == 1;
    if (is_there)
        take_revision(row, a, out);
    hub_store_done(row);
    return is_there;
}

static bool
insert(struct hub_store *s, const struct hub_revision *r)
{
    sqlite3_stmt *statement = hub_store_numbered(s, INSERT_REVISION, r->number);
    sqlite3_bind_int64(statement, 2, r->made_s);
    hub_store_bind_text(statement, 3, r->person);
    hub_store_bind_text(statement, 4, r->note);
    hub_store_bind_text(statement, 5, r->document);
    return db_run(&s->db, statement) &&
           db_run(&s->db, hub_store_numbered(s, DELETE_OLD_REVISIONS,
                                             HUB_REVISIONS_KEPT));
}

int64_t
hub_store_publish(struct hub_store *s, int64_t after, const char *document,
                  const char *person, const char *note, int64_t now_s,
                  struct problem *why)
{
    int64_t floor = hub_store_floor(s);
    struct hub_revision r = {
        .number = (after > floor ? after : floor) + 1,
        .made_s = now_s,
        .person = person,
        .note = note,
        .document = document,
    };
    // Begun first: nobody can save between the look and the insertion.
    if (!hub_store_begin(s)) {
        hub_store_complain(s, why);
        return 0;
    }
    int64_t there = newest(s);
    if (there >= 0 && there != after) {
        db_end(&s->db, false);
        hub_store_decline(why, "Somebody else has saved meanwhile. Look at "
                               "what they changed, then save again");
        return 0;
    }
    bool ok = there >= 0 && insert(s, &r) && hub_store_raise(s);
    // Before it is out: a number that was not used after all does no harm.
    if (ok && !hub_store_raise_floor(s, r.number, why)) {
        db_end(&s->db, false);
        return 0;
    }
    return hub_store_end(s, ok, why) ? r.number : 0;
}

int
hub_store_history(struct hub_store *s, struct arena *a, int most,
                  const struct hub_revision **out)
{
    return hub_store_list(s, hub_store_numbered(s, LIST_REVISIONS, most), a,
                          sizeof **out, take_revision, out);
}
