#include "io/hub_store.h"

#include "base/hash.h"
#include "io/db.h"
#include "io/hub_store_part.h"

static void
take_calendar(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_calendar *c = out;
    c->number = sqlite3_column_int64(row, 1);
    c->url = hub_store_take_text(row, 2, a);
    c->label = hub_store_take_text(row, 3, a);
    c->school = hub_store_take_text(row, 4, a);
    c->filter = hub_store_take_text(row, 5, a);
    c->problem = hub_store_take_text(row, 6, a);
    c->tried_s = sqlite3_column_int64(row, 7);
    c->read_s = sqlite3_column_int64(row, 8);
    c->refresh_s = sqlite3_column_int(row, 9);
    c->etag = hub_store_take_text(row, 10, a);
    c->modified = hub_store_take_text(row, 11, a);
    c->made_for = hub_store_take_text(row, 12, a);
    c->document = hub_store_take_text(row, 13, a);
}

int
hub_store_calendars(struct hub_store *s, struct arena *a, bool has_documents,
                    const struct hub_calendar **out)
{
    return hub_store_list(s,
                          hub_store_numbered(s, LIST_CALENDARS, has_documents),
                          a, sizeof **out, take_calendar, out);
}

uint64_t
hub_store_calendars_edition(struct hub_store *s)
{
    sqlite3_stmt *row = s->statements[CALENDARS_EDITION];
    uint64_t edition = 0;
    if (hub_store_look(s, row) == 1) {
        int64_t all[3];
        for (int i = 0; i < 3; i++)
            all[i] = sqlite3_column_int64(row, i);
        edition = hash_more(HASH_START, all, sizeof all);
    }
    hub_store_done(row);
    return edition;
}

int64_t
hub_store_add_calendar(struct hub_store *s, const struct hub_calendar *c,
                       struct problem *why)
{
    int full = hub_store_has(
        s, hub_store_numbered(s, IS_CALENDAR_FULL, HUB_CALENDARS_MOST));
    if (full == 1)
        return hub_store_decline(why, "There are as many calendars as the hub "
                                      "can read. Remove one first");
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    sqlite3_stmt *insert = hub_store_about(s, INSERT_CALENDAR, c->url);
    hub_store_bind_text(insert, 2, c->label);
    hub_store_bind_text(insert, 3, c->school);
    hub_store_bind_text(insert, 4, c->filter);
    bool ok = db_run(&s->db, insert);
    int64_t number = ok ? sqlite3_last_insert_rowid(s->db.handle) : 0;
    return hub_store_end(s, ok, why) ? number : 0;
}

bool
hub_store_change_calendar(struct hub_store *s, const struct hub_calendar *c,
                          struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    sqlite3_stmt *forget = hub_store_numbered(s, FORGET_CALENDAR, c->number);
    hub_store_bind_text(forget, 2, c->url);
    sqlite3_stmt *change = hub_store_numbered(s, CHANGE_CALENDAR, c->number);
    hub_store_bind_text(change, 2, c->label);
    hub_store_bind_text(change, 3, c->school);
    hub_store_bind_text(change, 4, c->filter);
    bool ok =
        db_run(&s->db, forget) && db_run(&s->db, change) && hub_store_raise(s);
    if (!hub_store_end(s, ok, why))
        return false;
    hub_store_forget(s); // the address before may have been a secret
    return true;
}

bool
hub_store_remove_calendar(struct hub_store *s, int64_t number,
                          struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = db_run(&s->db, hub_store_numbered(s, DELETE_CALENDAR, number)) &&
              hub_store_raise(s);
    if (!hub_store_end(s, ok, why))
        return false;
    hub_store_forget(s);
    return true;
}

static sqlite3_stmt *
about_calendar(struct hub_store *s, enum hub_statement which,
               const struct hub_calendar *c)
{
    sqlite3_stmt *statement = hub_store_numbered(s, which, c->number);
    hub_store_bind_text(statement, 2, c->url);
    return statement;
}

/* Screens hear of it only when it is another one than before. */
static bool
keep_document(struct hub_store *s, const struct hub_calendar *c)
{
    sqlite3_stmt *show = about_calendar(s, SHOW_CALENDAR, c);
    hub_store_bind_text(show, 3, c->document);
    return db_run(&s->db, show) &&
           (!hub_store_changed(s) || hub_store_raise(s));
}

bool
hub_store_keep_calendar(struct hub_store *s, const struct hub_calendar *c,
                        struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    sqlite3_stmt *keep = about_calendar(s, KEEP_CALENDAR, c);
    hub_store_bind_text(keep, 3, c->problem);
    sqlite3_bind_int64(keep, 4, c->tried_s);
    sqlite3_bind_int64(keep, 5, c->read_s);
    sqlite3_bind_int(keep, 6, c->refresh_s);
    hub_store_bind_text(keep, 7, c->etag);
    hub_store_bind_text(keep, 8, c->modified);
    hub_store_bind_text(keep, 9, c->made_for);
    bool ok = db_run(&s->db, keep) &&
              (!c->document || !c->document[0] || keep_document(s, c));
    return hub_store_end(s, ok, why);
}
