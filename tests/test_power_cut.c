// links: src/io/kiosk_store.c src/io/kiosk_store_sql.c src/io/kiosk_store_list.c
// links: src/io/kiosk_store_open.c src/io/db.c src/io/db_aside.c
// links: src/io/file.c src/base/arena.c
// links: src/base/uuid.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c
// links: src/base/text.c src/base/check.c
// links: tests/power_cut.c tests/power_cut_image.c
// libs: -lsqlite3 -Wl,--wrap=statvfs
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "io/kiosk_store.h"
#include "tests/power_cut.h"
#include "tests/power_cut_image.h"

/*
 * The plug is pulled while the store of post-its is at work, at every moment
 * and with every outcome for what was not synced. What is on the board then
 * has to be what it was before, or what it was after, the one thing that was
 * under way; and what somebody was told had happened, has happened.
 */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define NOW INT64_C(1795680000) // 26 November 2026, 08:00 UTC
#define DAY 86400

enum act {
    POST,      // `value` letters
    TAKE_BACK, // `value` seconds later
    THANK,
    TURN_OVER,
    SEND,
    TELL,
    EXPIRE, // `value` days later
    SETTLE,
    ASK,        // whether it can write: is to change nothing
    CHECKPOINT, // as SQLite does by itself when the log has grown
    REOPEN,
};

struct action {
    enum act act;
    int number, value;
};

/* On one board: everything that is ever written, in all sizes, and all
   ways in which the log begins anew. */
static const struct action script[] = {
    {POST, 0, 12},      {POST, 1, 140},     {ASK, 0, 0},
    {POST, 2, 300},     {THANK, 1, 1},      {TAKE_BACK, 2, 5},
    {POST, 3, 1},       {POST, 4, 3000},    {POST, 5, 140},
    {REOPEN, 0, 0},     {POST, 6, 80},      {TURN_OVER, 3, 1},
    {ASK, 0, 0},        {POST, 7, 9000},    {CHECKPOINT, 0, 0},
    {POST, 8, 20},      {POST, 9, 140},     {SEND, 8, 0},
    {CHECKPOINT, 0, 0}, {THANK, 9, 1},      {POST, 10, 600},
    {TAKE_BACK, 10, 0}, {POST, 11, 140},    {POST, 12, 60},
    {TELL, 2, 0},       {POST, 13, 4000},   {POST, 14, 140},
    {SETTLE, 0, 0},     {POST, 15, 140},    {TAKE_BACK, 14, 59},
    {POST, 16, 33},     {REOPEN, 0, 0},     {POST, 17, 140},
    {POST, 18, 140},    {EXPIRE, 0, 8},     {POST, 19, 100},
    {POST, 20, 140},    {ASK, 0, 0},        {POST, 21, 7},
    {POST, 22, 2000},   {CHECKPOINT, 0, 0}, {POST, 23, 140},
    {POST, 24, 140},    {TURN_OVER, 3, 0},  {EXPIRE, 0, 30},
    {POST, 25, 140},    {REOPEN, 0, 0},     {POST, 26, 10},
};
#define SCRIPT_COUNT ((int) COUNT(script))

/* What was on the board before each action, and after the last. */
struct history {
    struct disk_record record;
    struct text boards[COUNT(script) + 1];
};

static char base[] = "/tmp/staffroom-power-XXXXXX";
static char folder[64]; // where the store works
static char later[64];  // where the power is back
static struct problem why;
static bool is_soak; // hours, not seconds
static bool is_disk_small;

/* The store asks it how much room there is. */
int __real_statvfs(const char *path, struct statvfs *fs);
int __wrap_statvfs(const char *path, struct statvfs *fs);

int
__wrap_statvfs(const char *path, struct statvfs *fs)
{
    int answer = __real_statvfs(path, fs);
    if (is_disk_small)
        fs->f_bavail = 1;
    return answer;
}

static int
make_base(void **state)
{
    (void) state;
    is_soak = getenv("STAFFROOM_SOAK") != NULL;
    power_cut_install();
    if (!mkdtemp(base))
        return -1;
    snprintf(later, sizeof later, "%s/later", base);
    return mkdir(later, 0755);
}

static int
remove_base(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command);
}

static int
new_folder(void **state)
{
    static int number;
    (void) state;
    snprintf(folder, sizeof folder, "%s/%d", base, number++);
    is_disk_small = false;
    power_cut_sync_for_real(true);
    return mkdir(folder, 0755);
}

/* ---- what happens on one board ------------------------------------------ */

static struct postit
postit_number(int number, int letters, struct text *words)
{
    struct postit p = {
        .sort = (enum postit_sort)(number % 5),
        .colour = (enum postit_colour)(number % 4),
        .author = number % 2 ? "Jo, Y5" : "",
        .made_s = NOW + number,
        .expires_s = NOW + number + (number % 4 ? 60 : 7) * DAY,
        .is_time_unsure = number == 12,
    };
    snprintf(p.id, sizeof p.id, "00000000-0000-4000-8000-%012d", number);
    text_cut(words, 0);
    while (words->len < (size_t) letters)
        text_add_format(words, "post-it %d, ", number);
    text_cut(words, (size_t) letters);
    p.text = text_string(words);
    return p;
}

static struct kiosk_store *
open_store(const char *where)
{
    struct kiosk_store *s = kiosk_store_open(where, NOW, &why);
    if (!s)
        fail_msg("%s", why.text);
    return s;
}

/* The first write after it begins the log anew, over the old one. */
static void
checkpoint(void)
{
    char path[128];
    sqlite3 *handle;
    snprintf(path, sizeof path, "%s/postits.db", folder);
    assert_int_equal(sqlite3_open(path, &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle,
                                  "PRAGMA synchronous = FULL;"
                                  "PRAGMA wal_checkpoint(RESTART)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(handle);
}

static bool
act(struct kiosk_store **s, const struct action *a)
{
    struct text words = {0};
    struct postit p = postit_number(a->number, a->value, &words);
    bool ok = true;
    switch (a->act) {
    case POST:
        ok = kiosk_store_post(*s, &p, &why);
        break;
    case TAKE_BACK:
        ok = kiosk_store_take_back(*s, p.id, p.made_s + a->value, &why);
        break;
    case THANK:
        ok = kiosk_store_react(*s, p.id, REACTION_THANKS, a->value, NOW, &why);
        break;
    case TURN_OVER:
        ok = kiosk_store_turn_over(*s, p.id, a->value, NOW, &why);
        break;
    case SEND:
        ok = kiosk_store_sent(*s, p.id, POSTIT_SENT, &why);
        break;
    case TELL:
        ok = kiosk_store_told(*s, p.id, &why);
        break;
    case EXPIRE:
        ok = kiosk_store_expire(*s, NOW + a->value * DAY) >= 0;
        break;
    case SETTLE:
        ok = kiosk_store_settle_times(*s, NOW + DAY) == 1;
        break;
    case ASK:
        ok = kiosk_store_can_write(*s, &why);
        break;
    case CHECKPOINT:
        if (!is_disk_small) // there the store lets nobody in beside it
            checkpoint();
        break;
    case REOPEN:
        kiosk_store_close(*s);
        *s = open_store(folder);
        break;
    }
    text_destroy(&words);
    return ok;
}

/* All that the store knows, as text. False when it cannot be read. */
static bool
describe(struct kiosk_store *s, struct text *out)
{
    struct arena a = {0};
    const struct postit *p = NULL;
    const struct reaction *r = NULL;
    const struct tombstone *t = NULL;
    int postits = kiosk_store_list(s, &a, INT64_MIN, &p);
    int reactions = kiosk_store_reactions(s, &a, &r);
    int tombstones = kiosk_store_taken_back(s, &a, &t);
    for (int i = 0; i < postits; i++)
        text_add_format(out, "%s %d%d%d %d %d/%d %lld-%lld %s%s: %s\n", p[i].id,
                        p[i].sort, p[i].colour, p[i].state, p[i].is_face_down,
                        p[i].thanks, p[i].trying, (long long) p[i].made_s,
                        (long long) p[i].expires_s, p[i].author,
                        p[i].is_time_unsure ? "?" : "", p[i].text);
    for (int i = 0; i < reactions; i++)
        text_add_format(out, "%s: %d %d/%d\n", r[i].target, r[i].is_face_down,
                        r[i].thanks, r[i].trying);
    for (int i = 0; i < tombstones; i++)
        text_add_format(out, "%s taken back\n", t[i].id);
    arena_destroy(&a);
    return postits >= 0 && reactions >= 0 && tombstones >= 0;
}

/* What was just done is in the description. */
static void
assert_described(const struct action *a, const struct text *board)
{
    struct text words = {0};
    struct postit p = postit_number(a->number, a->value, &words);
    const char *at = strstr(text_string(board), p.id);
    if (a->act == POST)
        assert_true(at && strstr(at, p.text));
    if (a->act == TAKE_BACK)
        assert_true(at && strncmp(at + strlen(p.id), " taken back", 11) == 0);
    text_destroy(&words);
}

/* Not where the store keeps everybody else out. */
static bool
has_index(void)
{
    char path[128];
    snprintf(path, sizeof path, "%s/postits.db-shm", folder);
    return access(path, F_OK) == 0;
}

/* The last mark: action i under way is 2i + 1, done 2i + 2. */
static void
make_history(struct history *h, enum disk_hearing hearing)
{
    *h = (struct history){0};
    power_cut_record(&h->record, folder, hearing, true);
    struct kiosk_store *s = open_store(folder);
    assert_int_equal(has_index(), !is_disk_small);
    assert_true(describe(s, &h->boards[0]));
    for (int i = 0; i < SCRIPT_COUNT; i++) {
        power_cut_mark(2 * i + 1);
        if (!act(&s, &script[i]))
            fail_msg("action %d: %s", i, why.text);
        power_cut_mark(2 * i + 2);
        assert_true(describe(s, &h->boards[i + 1]));
        assert_described(&script[i], &h->boards[i + 1]);
    }
    kiosk_store_close(s);
    power_cut_stop();
    assert_int_equal(h->boards[0].len, 0);
}

static void
forget_history(struct history *h)
{
    disk_record_destroy(&h->record);
    for (size_t i = 0; i < COUNT(h->boards); i++)
        text_destroy(&h->boards[i]);
}

/* ---- the power is back -------------------------------------------------- */

static bool
is_something_aside(void)
{
    bool is_aside = false;
    DIR *dir = opendir(later);
    assert_non_null(dir);
    for (struct dirent *d; (d = readdir(dir));)
        is_aside = is_aside || strstr(d->d_name, "damaged");
    closedir(dir);
    return is_aside;
}

/* NULL when the store in `later` opens and says what one of two boards says;
   else what is wrong. `found` may be NULL. */
static const char *
judge(const char *before, const char *after, struct text *found)
{
    struct text board = {0};
    struct kiosk_store *s = kiosk_store_open(later, NOW, &why);
    if (!s)
        return "it does not open";
    const char *wrong = NULL;
    if (!describe(s, &board))
        wrong = "it cannot be read";
    else if (is_something_aside())
        wrong = "it was set aside as damaged";
    else if (strcmp(text_string(&board), before) != 0 &&
             strcmp(text_string(&board), after) != 0)
        wrong = "what is on the board was never on it";
    kiosk_store_close(s);
    if (found)
        *found = board;
    else
        text_destroy(&board);
    return wrong;
}

struct outcome {
    const struct history *history;
    int disks, bad;
    bool may_be_bad;
    const struct disk_plan *next; // while it is opened again, for some
    int every, nexts;
};

static void cut_once_more(struct outcome *o, const char *board);

static void
look_after_cut(const struct disk_cut *cut, int64_t told, void *context)
{
    struct outcome *o = context;
    const struct text *before = &o->history->boards[told / 2];
    const struct text *after = &o->history->boards[(told + 1) / 2];
    disk_cut_write(cut, later, o->disks++ % 2);
    struct text board = {0};
    const char *wrong = judge(text_string(before), text_string(after), &board);
    if (wrong && !o->may_be_bad) {
        disk_cut_print(cut);
        printf("under way: action %d; %s\n%s--- was\n%s", (int) (told / 2),
               wrong, text_string(&board), text_string(before));
        fail_msg("%s", wrong);
    }
    o->bad += wrong != NULL;
    if (o->next && o->disks % o->every == 0) {
        disk_cut_write(cut, later, false);
        cut_once_more(o, text_string(&board));
    }
    text_destroy(&board);
}

static struct disk_plan
plan(int most, uint32_t seed)
{
    const char *given = getenv("STAFFROOM_SOAK_SEED");
    if (is_soak)
        return (struct disk_plan){
            .most_subsets = 10,
            .samples = 400,
            .most = 4096,
            .seed = given ? (uint32_t) strtoul(given, NULL, 10) + seed : seed};
    return (struct disk_plan){
        .most_subsets = 6, .samples = 20, .most = most, .seed = seed};
}

static void
pull_the_plug(bool is_small)
{
    struct history h;
    struct disk_plan p = plan(is_small ? 12 : 20, is_small ? 2 : 1);
    struct outcome o = {.history = &h};
    is_disk_small = is_small;
    make_history(&h, HEARS_ALL);
    power_cut_sync_for_real(false);
    int disks = disk_cut_each(&h.record, &p, look_after_cut, &o);
    assert_int_equal(o.disks, disks);
    assert_true(disks > 500);
    print_message("%d operations, %d disks, none lost\n", h.record.count,
                  disks);
    forget_history(&h);
}

static void
a_pulled_plug_loses_nothing(void **state)
{
    (void) state;
    pull_the_plug(false);
}

static void
nor_on_a_disk_that_is_nearly_full(void **state)
{
    (void) state;
    pull_the_plug(true);
}

/* ---- and is gone again -------------------------------------------------- */

struct second {
    const char *board; // on the screen after the first time
    bool was_log_safe;
    int disks;
};

static void
look_after_second_cut(const struct disk_cut *cut, int64_t told, void *context)
{
    struct second *second = context;
    // Before the second time, and while nobody was told anything yet.
    if (told == 0 || (told == 1 && !second->was_log_safe))
        return;
    disk_cut_write(cut, later, second->disks++ % 2);
    const char *wrong = judge(second->board, second->board, NULL);
    if (wrong) {
        disk_cut_print(cut);
        fail_msg("the second time, %s: %s", told == 2 ? "opened" : "opening",
                 wrong);
    }
}

/* `later` holds a disk on which `board` is: it is cut again while the store
   opens it, and after it showed what is there. */
static void
cut_once_more(struct outcome *o, const char *board)
{
    struct second second = {.board = board, .was_log_safe = o->nexts++ % 2};
    struct disk_record record = {0};
    power_cut_record(&record, later, HEARS_ALL, second.was_log_safe);
    power_cut_sync_for_real(true);
    power_cut_mark(1);
    struct kiosk_store *s = open_store(later);
    power_cut_mark(2);
    kiosk_store_close(s);
    power_cut_stop();
    power_cut_sync_for_real(false);
    disk_cut_each(&record, o->next, look_after_second_cut, &second);
    disk_record_destroy(&record);
}

static void
nor_when_it_is_pulled_again_while_starting(void **state)
{
    struct history h;
    struct disk_plan first = plan(4, 3), next = plan(8, 4);
    struct outcome o = {.history = &h, .next = &next, .every = 23};
    (void) state;
    if (is_soak) {
        first.most = 64;
        next.most = 64;
    }
    make_history(&h, HEARS_ALL);
    power_cut_sync_for_real(false);
    disk_cut_each(&h.record, &first, look_after_cut, &o);
    assert_true(o.nexts > 10);
    print_message("%d disks were cut twice\n", o.nexts);
    forget_history(&h);
}

/* ---- and the proof that we would notice --------------------------------- */

static void
a_disk_that_is_not_told_to_sync_loses_post_its(void **state)
{
    static const enum disk_hearing hearings[] = {HEARS_NO_SYNC,
                                                 HEARS_ALL_BUT_LOGS};
    (void) state;
    for (size_t i = 0; i < COUNT(hearings); i++) {
        struct history h;
        struct disk_plan p = plan(2, 5); // no sync, few moments: none and all
        struct outcome o = {.history = &h, .may_be_bad = true};
        new_folder(NULL);
        p.most = 3;
        make_history(&h, hearings[i]);
        power_cut_sync_for_real(false);
        disk_cut_each(&h.record, &p, look_after_cut, &o);
        print_message("%d of %d disks lost something\n", o.bad, o.disks);
        assert_true(o.bad > o.disks / 10);
        assert_true(o.bad < o.disks);
        forget_history(&h);
    }
}

#define test(name) cmocka_unit_test_setup(name, new_folder)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(a_pulled_plug_loses_nothing),
        test(nor_on_a_disk_that_is_nearly_full),
        test(nor_when_it_is_pulled_again_while_starting),
        test(a_disk_that_is_not_told_to_sync_loses_post_its),
    };
    return cmocka_run_group_tests(tests, make_base, remove_base);
}
