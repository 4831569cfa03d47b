#include "io/hub_store.h"

#include "io/db.h"
#include "io/hub_store_part.h"

/* One by one, so that 500 documents are never in memory together. */
static bool
rewrite_revision(struct hub_store *s, const struct hub_rewriting *how,
                 struct arena *a, int64_t number)
{
    struct hub_revision r;
    if (!hub_store_revision(s, a, number, &r))
        return false;
    sqlite3_stmt *change;
    switch (how->revision(how->data, a, &r)) {
    case HUB_REWRITE_LEAVE:
        return true;
    case HUB_REWRITE_CHANGE:
        change = hub_store_numbered(s, CHANGE_REVISION, number);
        hub_store_bind_text(change, 2, r.note);
        hub_store_bind_text(change, 3, r.document);
        return db_run(&s->db, change);
    case HUB_REWRITE_DELETE:
        return db_run(&s->db, hub_store_numbered(s, DELETE_REVISION, number));
    }
    return false;
}

static bool
rewrite_revisions(struct hub_store *s, const struct hub_rewriting *how)
{
    struct arena list_arena = {0}, arena = {0};
    const struct hub_revision *list;
    int count = hub_store_history(s, &list_arena, HUB_REVISIONS_KEPT, &list);
    bool ok = count >= 0;
    for (int i = 0; ok && i < count; i++) {
        ok = rewrite_revision(s, how, &arena, list[i].number);
        arena_reset(&arena);
    }
    arena_destroy(&arena);
    arena_destroy(&list_arena);
    return ok;
}

static bool
rewrite_postit(struct hub_store *s, const struct hub_rewriting *how,
               struct arena *a, const struct hub_postit *was, int64_t now_s)
{
    struct hub_postit p = *was;
    sqlite3_stmt *change;
    switch (how->postit(how->data, a, &p)) {
    case HUB_REWRITE_LEAVE:
        return true;
    case HUB_REWRITE_CHANGE:
        change = hub_store_about(s, CHANGE_WORDS, p.id);
        hub_store_bind_text(change, 2, p.text);
        hub_store_bind_text(change, 3, p.author);
        return db_run(&s->db, change);
    case HUB_REWRITE_DELETE:
        return hub_store_bury(s, p.id, now_s);
    }
    return false;
}

static bool
rewrite_postits(struct hub_store *s, const struct hub_rewriting *how,
                int64_t now_s)
{
    struct arena arena = {0};
    const struct hub_postit *list;
    // Those, too, that have had their time and wait to be deleted.
    int count = hub_store_postits(s, &arena, -1, INT64_MIN, &list);
    bool ok = count >= 0;
    for (int i = 0; ok && i < count; i++)
        ok = rewrite_postit(s, how, &arena, &list[i], now_s);
    arena_destroy(&arena);
    return ok;
}

bool
hub_store_rewrite(struct hub_store *s, const struct hub_rewriting *how,
                  const char *person, const char *what, int64_t now_s,
                  struct problem *why)
{
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = rewrite_revisions(s, how) && rewrite_postits(s, how, now_s) &&
              hub_store_audit(s, person, what, "", now_s) && hub_store_raise(s);
    return hub_store_end(s, ok, why);
}

bool
hub_store_clean(struct hub_store *s, struct problem *why)
{
    // Pages that are free are zeroed (secure_delete), but a page in use may
    // have old bytes between its cells.
    bool ok = db_is_in_place(&s->db) && db_execute(&s->db, "VACUUM");
    if (!ok)
        hub_store_complain(s, why);
    s->has_to_forget = !db_forget(&s->db);
    if (ok && s->has_to_forget)
        return hub_store_decline(why, "Another program is reading the hub's "
                                      "file just now");
    return ok;
}
