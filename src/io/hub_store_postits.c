#include "io/hub_store.h"

#include <stdio.h>

#include "io/db.h"
#include "io/hub_store_part.h"

static bool
is_postit(const struct hub_postit *p)
{
    return hub_store_is_id(p->id) && p->text && p->text[0] &&
           p->sort <= SORT_DELIGHT && p->colour <= COLOUR_BLUE &&
           p->state < HUB_POSTIT_DOWN && p->expires_s > p->made_s;
}

/* Parameters 1 to 6: what a person chose. */
static sqlite3_stmt *
bind_words(struct hub_store *s, enum hub_statement which,
           const struct hub_postit *p)
{
    sqlite3_stmt *statement = hub_store_about(s, which, p->id);
    sqlite3_bind_int(statement, 2, (int) p->sort);
    sqlite3_bind_int(statement, 3, (int) p->colour);
    hub_store_bind_text(statement, 4, p->text);
    hub_store_bind_text(statement, 5, p->author);
    hub_store_bind_text(statement, 6, p->answers);
    return statement;
}

/* What is under that id: NEW when nothing is. */
static enum hub_put
compare(struct hub_store *s, const struct hub_postit *p)
{
    int is_gone = hub_store_has(s, hub_store_about(s, IS_TOMBSTONE, p->id));
    if (is_gone)
        return is_gone > 0 ? HUB_PUT_GONE : HUB_PUT_FAILED;
    int is_same = hub_store_has(s, bind_words(s, IS_SAME_POSTIT, p));
    if (is_same)
        return is_same > 0 ? HUB_PUT_SAME : HUB_PUT_FAILED;
    int is_there = hub_store_has(s, hub_store_about(s, FIND_POSTIT, p->id));
    if (is_there)
        return is_there > 0 ? HUB_PUT_OTHER : HUB_PUT_FAILED;
    return HUB_PUT_NEW;
}

/* False, and nothing inserted, also when another process was quicker. */
static bool
insert(struct hub_store *s, const struct hub_postit *p, int64_t device,
       int64_t now_s, struct problem *why)
{
    sqlite3_stmt *statement = bind_words(s, INSERT_POSTIT, p);
    hub_store_bind_text(statement, 7, p->school);
    sqlite3_bind_int64(statement, 8, p->made_s);
    sqlite3_bind_int64(statement, 9, p->expires_s);
    sqlite3_bind_int(statement, 10, (int) p->state);
    sqlite3_bind_int64(statement, 11, device);
    sqlite3_bind_int64(statement, 12, now_s);
    if (!hub_store_begin(s)) {
        hub_store_done(statement);
        return hub_store_complain(s, why);
    }
    bool ok = db_run(&s->db, statement);
    bool is_new = ok && hub_store_changed(s) == 1;
    // Until somebody shares it, nobody else sees it.
    if (is_new)
        ok = p->state == HUB_POSTIT_SHARED ? hub_store_raise(s)
                                           : hub_store_raise_for(s, p->school);
    hub_store_decline(why, "This screen is not paired with the hub any more");
    return hub_store_end(s, ok, why) && is_new;
}

enum hub_put
hub_store_put_postit(struct hub_store *s, const struct hub_postit *p,
                     int64_t device, int64_t now_s, struct problem *why)
{
    if (!is_postit(p)) {
        hub_store_decline(why, "This post-it cannot be kept. Please write it "
                               "again");
        return HUB_PUT_FAILED;
    }
    // Looking first: what is there already is answered on a full disk, too.
    enum hub_put found = compare(s, p);
    if (found == HUB_PUT_NEW) {
        if (insert(s, p, device, now_s, why))
            return HUB_PUT_NEW;
        found = compare(s, p);
        return found == HUB_PUT_NEW ? HUB_PUT_FAILED : found;
    }
    if (found == HUB_PUT_FAILED)
        hub_store_complain(s, why);
    return found;
}

/* ---- away --------------------------------------------------------------- */

bool
hub_store_bury(struct hub_store *s, const char *id, int64_t now_s)
{
    if (!db_run(&s->db, hub_store_about(s, DELETE_POSTIT, id)))
        return false;
    bool was_there = hub_store_changed(s) == 1;
    sqlite3_stmt *tombstone = hub_store_about(s, INSERT_TOMBSTONE, id);
    sqlite3_bind_int64(tombstone, 2, now_s);
    return db_run(&s->db, tombstone) &&
           db_run(&s->db, hub_store_about(s, DELETE_REACTIONS, id)) &&
           (!was_there || hub_store_raise(s));
}

/* What is to be answered, when it can be done: DONE when it is gone already. */
static enum hub_take_back
ask_whose(struct hub_store *s, const char *id, int64_t device, bool *is_there)
{
    int is_gone = hub_store_has(s, hub_store_about(s, IS_TOMBSTONE, id));
    *is_there = false;
    if (is_gone)
        return is_gone > 0 ? HUB_TAKE_BACK_DONE : HUB_TAKE_BACK_FAILED;
    sqlite3_stmt *row = hub_store_about(s, FIND_POSTIT, id);
    int found = hub_store_look(s, row);
    int64_t owner = found > 0 ? sqlite3_column_int64(row, 0) : 0;
    hub_store_done(row);
    if (found < 0)
        return HUB_TAKE_BACK_FAILED;
    *is_there = found;
    if (!found)
        return HUB_TAKE_BACK_NEVER_SEEN;
    return owner == device ? HUB_TAKE_BACK_DONE : HUB_TAKE_BACK_NOT_YOURS;
}

enum hub_take_back
hub_store_take_back(struct hub_store *s, const char *id, int64_t device,
                    int64_t now_s, struct problem *why)
{
    bool is_there;
    if (!hub_store_is_id(id))
        return HUB_TAKE_BACK_NEVER_SEEN;
    enum hub_take_back answer = ask_whose(s, id, device, &is_there);
    if (answer == HUB_TAKE_BACK_FAILED)
        hub_store_complain(s, why);
    if (answer == HUB_TAKE_BACK_FAILED || answer == HUB_TAKE_BACK_NOT_YOURS ||
        (answer == HUB_TAKE_BACK_DONE && !is_there))
        return answer;
    if (!hub_store_begin(s)) {
        hub_store_complain(s, why);
        return HUB_TAKE_BACK_FAILED;
    }
    if (!hub_store_end(s, hub_store_bury(s, id, now_s), why))
        return HUB_TAKE_BACK_FAILED;
    if (is_there)
        hub_store_forget(s);
    return answer;
}

/* ---- moderation --------------------------------------------------------- */

static const char *const deeds[] = {
    [HUB_POSTIT_WAITING] = "put back to wait",
    [HUB_POSTIT_SHARED] = "shared with all",
    [HUB_POSTIT_KEPT] = "kept at its school",
    [HUB_POSTIT_DOWN] = "taken down",
};

static bool
set_state(struct hub_store *s, const char *id, enum hub_postit_state state)
{
    sqlite3_stmt *statement = hub_store_about(s, SET_STATE, id);
    sqlite3_bind_int(statement, 2, (int) state);
    return db_run(&s->db, statement) && hub_store_raise(s);
}

/* DOWN when only its tombstone is there; -1, and `why`, when it is not. */
static int
read_state(struct hub_store *s, const char *id, struct problem *why)
{
    sqlite3_stmt *row = hub_store_about(s, FIND_POSTIT, id);
    int found = hub_store_look(s, row);
    int state = found > 0 ? sqlite3_column_int(row, 1) : -1;
    hub_store_done(row);
    if (found == 0)
        found = hub_store_has(s, hub_store_about(s, IS_TOMBSTONE, id));
    if (found < 0)
        hub_store_complain(s, why);
    if (found == 0)
        hub_store_decline(why, "This post-it is no longer here");
    return found > 0 && state < 0 ? HUB_POSTIT_DOWN : state;
}

bool
hub_store_moderate(struct hub_store *s, const char *id,
                   enum hub_postit_state state, const char *person,
                   int64_t now_s, struct problem *why)
{
    bool is_down = state == HUB_POSTIT_DOWN;
    if (state > HUB_POSTIT_DOWN)
        return hub_store_decline(why, "There is no such state");
    int before = read_state(s, id, why);
    if (before < 0 || before == (int) state)
        return before >= 0;
    if (before == HUB_POSTIT_DOWN)
        return hub_store_decline(why, "This post-it was taken down or taken "
                                      "back");
    if (!hub_store_begin(s))
        return hub_store_complain(s, why);
    bool ok = is_down ? hub_store_bury(s, id, now_s) : set_state(s, id, state);
    ok = ok && hub_store_audit(s, person, deeds[state], id, now_s);
    if (!hub_store_end(s, ok, why))
        return false;
    if (is_down)
        hub_store_forget(s);
    return true;
}

/* ---- lists -------------------------------------------------------------- */

static void
take_postit(sqlite3_stmt *row, struct arena *a, void *out)
{
    struct hub_postit *p = out;
    snprintf(p->id, sizeof p->id, "%s",
             (const char *) sqlite3_column_text(row, 1));
    p->sort = (enum postit_sort) sqlite3_column_int(row, 2);
    p->colour = (enum postit_colour) sqlite3_column_int(row, 3);
    p->text = hub_store_take_text(row, 4, a);
    p->author = hub_store_take_text(row, 5, a);
    p->answers = hub_store_take_text(row, 6, a);
    p->school = hub_store_take_text(row, 7, a);
    p->made_s = sqlite3_column_int64(row, 8);
    p->expires_s = sqlite3_column_int64(row, 9);
    p->state = (enum hub_postit_state) sqlite3_column_int(row, 10);
    p->thanks = sqlite3_column_int(row, 11);
    p->trying = sqlite3_column_int(row, 12);
    p->face_down = sqlite3_column_int(row, 13);
}

int
hub_store_postits(struct hub_store *s, struct arena *a, int state,
                  int64_t now_s, const struct hub_postit **out)
{
    sqlite3_stmt *rows = hub_store_numbered(s, LIST_POSTITS, now_s);
    sqlite3_bind_int(rows, 2, state);
    return hub_store_list(s, rows, a, sizeof **out, take_postit, out);
}

bool
hub_store_postit(struct hub_store *s, struct arena *a, const char *id,
                 int64_t now_s, struct hub_postit *out)
{
    sqlite3_stmt *row = hub_store_about(s, READ_POSTIT, id);
    sqlite3_bind_int64(row, 2, now_s);
    bool is_there = hub_store_look(s, row) > 0;
    if (is_there)
        take_postit(row, a, out);
    hub_store_done(row);
    return is_there;
}

int
hub_store_postit_page(struct hub_store *s, struct arena *a,
                      const struct hub_postit_page *page, int64_t now_s,
                      const struct hub_postit **out)
{
    sqlite3_stmt *rows = hub_store_numbered(s, LIST_POSTIT_PAGE, now_s);
    sqlite3_bind_int(rows, 2, page->state);
    hub_store_bind_text(rows, 3, page->school);
    sqlite3_bind_int(rows, 4, page->skip);
    sqlite3_bind_int(rows, 5, page->most);
    return hub_store_list(s, rows, a, sizeof **out, take_postit, out);
}

bool
hub_store_count_postits(struct hub_store *s, const char *school, int64_t now_s,
                        int counts[HUB_POSTIT_DOWN])
{
    sqlite3_stmt *row = hub_store_numbered(s, COUNT_POSTITS, now_s);
    hub_store_bind_text(row, 2, school);
    bool is_read = hub_store_look(s, row) > 0;
    for (int i = 0; i < HUB_POSTIT_DOWN; i++)
        counts[i] = is_read ? sqlite3_column_int(row, i) : 0;
    hub_store_done(row);
    return is_read;
}

int
hub_store_count_answers(struct hub_store *s, const char *target, int64_t now_s)
{
    sqlite3_stmt *row = hub_store_numbered(s, COUNT_ANSWERS, now_s);
    hub_store_bind_text(row, 2, target);
    int count = hub_store_look(s, row) == 1 ? sqlite3_column_int(row, 0) : -1;
    hub_store_done(row);
    return count;
}

int
hub_store_postits_for(struct hub_store *s, struct arena *a, const char *school,
                      int most, int64_t now_s, const struct hub_postit **out)
{
    sqlite3_stmt *rows = hub_store_numbered(
        s, school ? LIST_POSTITS_OF_SCHOOL : LIST_SHARED_POSTITS, now_s);
    sqlite3_bind_int(rows, 2, most);
    if (school)
        hub_store_bind_text(rows, 3, school);
    return hub_store_list(s, rows, a, sizeof **out, take_postit, out);
}
