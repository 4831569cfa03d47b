// links: src/io/kiosk_store.c src/io/kiosk_store_sql.c src/io/kiosk_store_list.c
// links: src/io/kiosk_store_open.c src/io/db.c src/io/db_aside.c
// links: src/io/file.c src/base/arena.c
// links: src/base/uuid.c src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c
// links: src/base/text.c src/base/check.c
// links: tests/power_cut.c
// libs: -lsqlite3
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
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/text.h"
#include "io/db.h"
#include "io/file.h"
#include "io/kiosk_store.h"
#include "tests/power_cut.h"

/*
 * A disk that refuses one call, or all from one on: whatever the kiosk was
 * doing, it says so or it has done it, and when the disk is well again nothing
 * that was up is missing.
 */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define NOW INT64_C(1795680000) // 26 November 2026, 08:00 UTC
#define DAY 86400
#define OLD_POSTITS 8

static char base[] = "/tmp/staffroom-bad-disk-XXXXXX";
static char folder[64];
static struct problem why;
static struct text closed, killed, killed_log; // see make_befores
static bool is_soak; // every call, not a sample of them

static int
make_base(void **state)
{
    (void) state;
    is_soak = getenv("STAFFROOM_SOAK") != NULL;
    power_cut_install();
    power_cut_sync_for_real(false);
    return mkdtemp(base) ? 0 : -1;
}

static int
remove_base(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    text_destroy(&closed);
    text_destroy(&killed);
    text_destroy(&killed_log);
    return system(command);
}

static int
new_folder(void **state)
{
    static int number;
    (void) state;
    power_cut_refuse(CALL_OPEN, 0, 0, 0);
    snprintf(folder, sizeof folder, "%s/%d", base, number++);
    return mkdir(folder, 0755);
}

static const char *
in_folder(const char *name)
{
    static char path[2][400];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

static struct postit
postit_number(int number)
{
    static char text[2][4000];
    static int turn;
    turn = !turn;
    struct postit p = {
        .text = text[turn],
        .author = "",
        .made_s = NOW + number,
        .expires_s = NOW + number + 14 * DAY,
    };
    snprintf(p.id, sizeof p.id, "00000000-0000-4000-8000-%012d", number);
    // One in four is too long for a page of the database.
    snprintf(text[turn], sizeof text[turn], "%*s post-it %d",
             number % 4 ? 1 : 3900, "the words of", number);
    return p;
}

static bool
post_number(struct kiosk_store *s, int number)
{
    struct postit p = postit_number(number);
    return kiosk_store_post(s, &p, &why);
}

static struct kiosk_store *
open_store(void)
{
    struct kiosk_store *s = kiosk_store_open(folder, NOW, &why);
    if (!s)
        fail_msg("%s", why.text);
    return s;
}

static int
count_aside(void)
{
    int count = 0;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *d; (d = readdir(dir));)
        count += strncmp(d->d_name, "postits-damaged-", 16) == 0;
    closedir(dir);
    return count;
}

/* Marks which of 64 are on the board, and fails over one that is not whole. */
static void
look_at_board(struct kiosk_store *s, bool seen[64])
{
    struct arena a = {0};
    const struct postit *list = NULL;
    int count = kiosk_store_list(s, &a, NOW, &list);
    assert_true(count >= 0);
    for (int i = 0; i < count; i++) {
        int number = -1;
        assert_int_equal(sscanf(list[i].id + 24, "%d", &number), 1);
        assert_in_range(number, 0, 63);
        assert_false(seen[number]);
        seen[number] = true;
        assert_string_equal(list[i].text, postit_number(number).text);
    }
    arena_destroy(&a);
}

/* ---- what was there before ---------------------------------------------- */

enum before {
    NOTHING, // the first start
    CLOSED,  // a database and no log
    KILLED,  // all of it still in the log
};

static void
read_into(const char *name, struct text *bytes)
{
    assert_true(file_read(in_folder(name), 1 << 24, bytes, &why));
}

static void
write_from(const char *name, const struct text *bytes)
{
    FILE *file = fopen(in_folder(name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text_string(bytes), 1, bytes->len, file),
                     bytes->len);
    fclose(file);
}

static void
make_befores(void)
{
    if (closed.len)
        return;
    new_folder(NULL);
    struct kiosk_store *s = open_store();
    for (int i = 0; i < OLD_POSTITS; i++)
        assert_true(post_number(s, i));
    read_into("postits.db", &killed);
    read_into("postits.db-wal", &killed_log);
    kiosk_store_close(s);
    read_into("postits.db", &closed);
}

static void
empty_folder(void)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *d; (d = readdir(dir));)
        if (d->d_name[0] != '.')
            unlinkat(dirfd(dir), d->d_name, 0);
    closedir(dir);
}

static void
put(enum before before)
{
    empty_folder();
    switch (before) {
    case NOTHING:
        return;
    case CLOSED:
        write_from("postits.db", &closed);
        return;
    case KILLED:
        write_from("postits.db", &killed);
        write_from("postits.db-wal", &killed_log);
        return;
    }
}

/* ---- a day at the board ------------------------------------------------- */

static bool
take_back(struct kiosk_store *s, int number)
{
    struct postit p = postit_number(number);
    return kiosk_store_take_back(s, p.id, p.made_s, &why);
}

/* As the worker does it: opened when it is not, or when it turned out to be
   damaged, each time somebody asks. */
static bool
is_open(struct kiosk_store **s)
{
    if (*s && kiosk_store_is_damaged(*s)) {
        kiosk_store_close(*s);
        *s = NULL;
    }
    if (!*s)
        *s = kiosk_store_open(folder, NOW, &why);
    return *s != NULL;
}

static void
assert_said(bool ok)
{
    if (!ok && !strstr(why.text, "Can't keep post-its just now: "))
        fail_msg("'%s' is no answer", why.text);
}

/* What was done: 1 it was said to be, 0 it was not. */
struct day {
    int posted[64], taken_back[64];
};

static void
spend_day(struct day *day)
{
    struct kiosk_store *s = NULL;
    *day = (struct day){0};
    for (int number = 20; number < 24; number++) {
        why.text[0] = '\0';
        bool ok = is_open(&s) && kiosk_store_can_write(s, &why);
        assert_said(ok);
        ok = is_open(&s) && post_number(s, number);
        assert_said(ok);
        day->posted[number] = ok;
        if (number == 23 && ok)
            day->taken_back[number] = is_open(&s) && take_back(s, number);
        if (number == 22 && is_open(&s))
            kiosk_store_expire(s, NOW);
    }
    kiosk_store_close(s);
}

/* What is to be there is, and it works. NULL, or what is wrong. */
static const char *
look_next_day(enum before before, const struct day *day)
{
    bool seen[64] = {false};
    struct kiosk_store *s = open_store();
    const char *wrong = count_aside() ? "it was set aside" : NULL;
    look_at_board(s, seen);
    for (int i = 0; i < 64 && !wrong; i++) {
        bool was_up = day->posted[i] || (before != NOTHING && i < OLD_POSTITS);
        if (day->taken_back[i] && seen[i])
            wrong = "what was taken back is up";
        else if (was_up && i != 23 && !seen[i])
            wrong = "a post-it is gone";
        else if (i == 23 && was_up && !day->taken_back[i] && !seen[i] &&
                 post_number(s, i))
            wrong = "a post-it is gone that nobody took back";
    }
    if (!kiosk_store_can_write(s, &why) || !post_number(s, 63))
        wrong = "it cannot be written";
    kiosk_store_close(s);
    return wrong;
}

/* ---- refusals ----------------------------------------------------------- */

static const struct refused {
    const char *name;
    enum disk_call call;
    int code;
} rows[] = {
    {"write, full", CALL_WRITE, SQLITE_FULL},
    {"write", CALL_WRITE, SQLITE_IOERR_WRITE},
    {"sync", CALL_SYNC, SQLITE_IOERR_FSYNC},
    {"truncate", CALL_TRUNCATE, SQLITE_IOERR_TRUNCATE},
    {"read", CALL_READ, SQLITE_IOERR_READ},
    {"open", CALL_OPEN, SQLITE_CANTOPEN},
    {"delete", CALL_DELETE, SQLITE_IOERR_DELETE},
    {"size", CALL_SIZE, SQLITE_IOERR_FSTAT},
    {"lock", CALL_LOCK, SQLITE_IOERR_LOCK},
    {"share", CALL_SHARE, SQLITE_IOERR_SHMMAP},
};

#define FOR_GOOD 1000000

/* Reads are few and all different; writes are many and much alike. */
static int
next_number(const struct refused *row, int number, int times)
{
    if (is_soak || number < 10 || (row->call == CALL_READ && times == 1))
        return number + 1;
    return number + 7;
}

/* Refuses each call in turn; gives on how many days. */
static int
refuse_each(const struct refused *row, enum before before, int times)
{
    static const char *const befores[] = {"nothing", "a database", "a log"};
    struct day day;
    int number = 0, days = 0, bad = 0;
    for (bool was_refused = true; was_refused;
         number = next_number(row, number, times)) {
        days++;
        put(before);
        power_cut_refuse(row->call, number, times, row->code);
        spend_day(&day);
        was_refused = power_cut_count_calls() > number;
        power_cut_refuse(row->call, 0, 0, SQLITE_OK);
        const char *wrong = look_next_day(before, &day);
        if (wrong)
            print_message("after %s, %s number %d (%d times): %s\n",
                          befores[before], row->name, number, times, wrong);
        bad += wrong != NULL;
    }
    assert_int_equal(bad, 0);
    return days;
}

static void
a_disk_that_fails_once_loses_nothing(void **state)
{
    int days = 0;
    (void) state;
    make_befores();
    new_folder(NULL);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (enum before before = NOTHING; before <= KILLED; before++)
            days += refuse_each(&rows[i], before, 1);
    print_message("%d days\n", days);
}

static void
a_disk_that_fails_for_a_day_loses_nothing(void **state)
{
    int days = 0;
    (void) state;
    make_befores();
    new_folder(NULL);
    for (size_t i = 0; i < COUNT(rows); i++)
        for (enum before before = NOTHING; before <= KILLED; before++)
            days += refuse_each(&rows[i], before, FOR_GOOD);
    print_message("%d days\n", days);
}

/* Only what was read can be damaged. */
static void
a_refusal_is_not_called_damage(void **state)
{
    static const char *const steps[] = {"SELECT 1", "SELECT 2"};
    struct db_schema schema = {steps, COUNT(steps)}; // as far as CLOSED is
    int refusals = 0;
    (void) state;
    make_befores();
    new_folder(NULL);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool was_refused = rows[i].call != CALL_READ;
        for (int number = 0; was_refused; number++) {
            struct db db;
            put(CLOSED);
            power_cut_refuse(rows[i].call, number, 1, rows[i].code);
            enum db_health health =
                db_open(&db, in_folder("postits.db"), &schema, &why);
            was_refused = power_cut_count_calls() > number;
            if (health == DB_DAMAGED)
                fail_msg("%s number %d: %s", rows[i].name, number, why.text);
            refusals += health == DB_OUT_OF_REACH;
            db_close(&db, NULL, 0);
        }
    }
    assert_true(refusals > 5);
}

static void
a_sector_that_stays_unreadable_is_set_aside(void **state)
{
    (void) state;
    make_befores();
    new_folder(NULL);
    put(CLOSED);
    power_cut_rot(in_folder("postits.db"));
    struct kiosk_store *s = open_store();
    assert_int_equal(count_aside(), 1);
    assert_true(post_number(s, 20));
    kiosk_store_close(s);
    power_cut_rot(NULL);
    s = open_store();
    bool seen[64] = {false};
    look_at_board(s, seen);
    assert_true(seen[20] && !seen[0]);
    kiosk_store_close(s);
    assert_int_not_equal(access(in_folder("postits.db-trial"), F_OK), 0);
}

/* ---- strange things in the folder --------------------------------------- */

static void
rubbish_beside_it_is_no_harm(void **state)
{
    static const struct {
        const char *name;
        unsigned char with;
        size_t len;
    } rubbish[] = {
        {"postits.db-wal", 0xa5, 50000},    {"postits.db-wal", 0, 50000},
        {"postits.db-wal", 0x37, 31},       {"postits.db-wal", 0, 0},
        {"postits.db-journal", 0xa5, 9000}, {"postits.db-journal", 0, 9000},
        {"postits.db-journal", 0xd9, 3},    {"postits.db-journal", 0, 0},
        {"postits.db-shm", 0xa5, 32768},    {"postits.db-shm", 0, 1},
        {"postits.db-trial", 'x', 4096},
    };
    struct day day = {0};
    (void) state;
    make_befores();
    new_folder(NULL);
    for (size_t i = 0; i < COUNT(rubbish); i++) {
        struct text bytes = {0};
        for (size_t k = 0; k < rubbish[i].len; k++)
            text_add_char(&bytes, (char) rubbish[i].with);
        put(CLOSED);
        write_from(rubbish[i].name, &bytes);
        const char *wrong = look_next_day(CLOSED, &day);
        if (wrong)
            fail_msg("%s, %d: %s", rubbish[i].name, (int) i, wrong);
        text_destroy(&bytes);
    }
}

static void
a_link_to_another_disk_is_followed(void **state)
{
    struct day day = {0};
    (void) state;
    make_befores();
    new_folder(NULL);
    put(CLOSED);
    assert_int_equal(rename(in_folder("postits.db"), in_folder("elsewhere")),
                     0);
    assert_int_equal(symlink("elsewhere", in_folder("postits.db")), 0);
    assert_null(look_next_day(CLOSED, &day));
    assert_null(look_next_day(CLOSED, &day));
    struct stat st;
    assert_int_equal(lstat(in_folder("postits.db"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    // And one that leads nowhere: there is no telling whether it ever did.
    assert_int_equal(unlink(in_folder("elsewhere")), 0);
    struct kiosk_store *s = kiosk_store_open(folder, NOW, &why);
    if (s)
        assert_true(post_number(s, 20));
    else
        assert_said(false);
    kiosk_store_close(s);
}

/* ---- somebody else has it open ------------------------------------------ */

/* Runs `sql` and holds on until the other end of `until` is closed. */
static _Noreturn void
hold(const char *sql, int ready, int until)
{
    sqlite3 *handle;
    char byte = 0;
    if (sqlite3_open(in_folder("postits.db"), &handle) != SQLITE_OK ||
        sqlite3_exec(handle, sql, NULL, NULL, NULL) != SQLITE_OK ||
        write(ready, &byte, 1) != 1)
        _exit(1);
    while (read(until, &byte, 1) > 0)
        ;
    _exit(0); // without closing: what it had begun is as if never begun
}

/* That there is an answer at all while the other holds on is the test. */
static void
answer_while_held(const char *sql)
{
    int ready[2], until[2], status = 0;
    char byte;
    struct day day = {0};
    assert_int_equal(pipe(ready) + pipe(until), 0);
    put(CLOSED);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(until[1]);
        hold(sql, ready[1], until[0]);
    }
    close(ready[1]);
    close(until[0]);
    assert_int_equal(read(ready[0], &byte, 1), 1);
    why.text[0] = '\0';
    struct kiosk_store *s = kiosk_store_open(folder, NOW, &why);
    assert_false(s && post_number(s, 20));
    assert_said(false);
    assert_non_null(strstr(why.text, "another program is busy"));
    kiosk_store_close(s);
    assert_int_equal(count_aside(), 0);
    close(ready[0]);
    close(until[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_null(look_next_day(CLOSED, &day));
}

static void
what_another_program_holds_is_waited_for_and_said(void **state)
{
    (void) state;
    make_befores();
    new_folder(NULL);
    answer_while_held("BEGIN EXCLUSIVE; DELETE FROM postit");
    answer_while_held("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;"
                      "DELETE FROM postit; ROLLBACK");
}

#define test(name) cmocka_unit_test_setup(name, new_folder)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(a_disk_that_fails_once_loses_nothing),
        test(a_disk_that_fails_for_a_day_loses_nothing),
        test(a_refusal_is_not_called_damage),
        test(a_sector_that_stays_unreadable_is_set_aside),
        test(rubbish_beside_it_is_no_harm),
        test(a_link_to_another_disk_is_followed),
        test(what_another_program_holds_is_waited_for_and_said),
    };
    return cmocka_run_group_tests(tests, make_base, remove_base);
}
