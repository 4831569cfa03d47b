// links: src/io/child.c
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utime.h>

#include "hub/backup.h"
#include "hub/content.h"
#include "io/file.h"
#include "tests/page_stand.h"

#define ID "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a0"
#define HOUR_S 3600

static int
open_stand(void **state)
{
    int failed = page_stand_open(state);
    struct page_stand *s = *state;
    if (!failed)
        snprintf(s->hub.options.data, sizeof s->hub.options.data, "%s",
                 s->folder);
    return failed;
}

static void
in_backups(struct page_stand *s, const char *name, char *path, size_t size)
{
    snprintf(path, size, "%s/backups/%s", s->folder, name);
}

static int
close_stand(void **state)
{
    struct page_stand *s = *state;
    char path[400];
    hub_close(&s->hub); // what runs, and its part of a file
    in_backups(s, "", path, sizeof path);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        in_backups(s, e->d_name, path, sizeof path);
        unlink(path);
    }
    if (d)
        closedir(d);
    in_backups(s, "", path, sizeof path);
    rmdir(path);
    return page_stand_close(state);
}

/* Ticks until there is nothing more to do at once. */
static int
run(struct page_stand *s)
{
    int ticks = 1;
    while (backup_tick(&s->hub) < 1000)
        assert_in_range(++ticks, 1, 10000);
    return ticks;
}

static bool
is_there(struct page_stand *s, const char *name)
{
    char path[200];
    in_backups(s, name, path, sizeof path);
    return access(path, F_OK) == 0;
}

/* At 10:42 there is none: the second tick makes one. */
static void
first(struct page_stand *s)
{
    page_stand_set_up(s);
    backup_tick(&s->hub);
    assert_false(is_there(s, ""));
    run(s);
    assert_true(is_there(s, "hub-2026-11-26.db"));
}

static void
a_copy_is_whole_and_private(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    struct stat is;
    char path[200];
    struct arena a = {0};
    const struct hub_postit *list;
    page_stand_set_up(s);
    page_stand_postit(s, page_stand_pair(s, "Door"), ID "1", "Rope", "Jo");
    backup_tick(&s->hub);
    run(s);
    assert_null(hub_backup_problem(&s->hub));
    in_backups(s, "hub-2026-11-26.db", path, sizeof path);
    assert_int_equal(stat(path, &is), 0);
    assert_int_equal(is.st_mode & 0777, 0600);
    in_backups(s, "", path, sizeof path);
    assert_int_equal(stat(path, &is), 0);
    assert_int_equal(is.st_mode & 0777, 0700);
    in_backups(s, "hub-2026-11-26.db", path, sizeof path);
    struct hub_store *copy = hub_store_open(path, &why);
    assert_non_null(copy);
    assert_int_equal(hub_store_postits(copy, &a, -1, PAGE_NOW_S, &list), 1);
    assert_string_equal(list[0].text, "Rope");
    hub_store_close(copy);
    arena_destroy(&a);
    assert_false(is_there(s, "hub-2026-11-26.db.part"));
    page_stand_get(s, "/partnership");
    page_stand_has(s, "The hub was last copied today 10:42.");
}

static void
it_comes_in_the_night(void **state)
{
    struct page_stand *s = *state;
    first(s);
    s->hub.now.wall_s += 15 * HOUR_S; // 01:42
    run(s);
    assert_false(is_there(s, "hub-2026-11-27.db"));
    s->hub.now.wall_s += 20 * 60;
    run(s);
    assert_true(is_there(s, "hub-2026-11-27.db"));
    assert_true(is_there(s, "hub-2026-11-26.db"));
    s->hub.now.wall_s += 23 * HOUR_S;
    run(s);
    assert_false(is_there(s, "hub-2026-11-28.db"));
    s->hub.now.wall_s += HOUR_S;
    run(s);
    assert_true(is_there(s, "hub-2026-11-28.db"));
}

/* After a start it knows from the files when the last one was. */
static void
a_start_makes_none_too_many(void **state)
{
    struct page_stand *s = *state;
    char path[200];
    first(s);
    in_backups(s, "hub-2026-11-26.db", path, sizeof path);
    struct utimbuf times = {PAGE_NOW_S, PAGE_NOW_S};
    assert_int_equal(utime(path, &times), 0);
    s->hub.backup = (struct backup){0};
    s->hub.now.wall_s += HOUR_S;
    assert_int_equal(run(s), 1);
    assert_int_equal(run(s), 1);
    assert_int_equal(s->hub.backup.last_s, PAGE_NOW_S);
    // One that a wrong clock has dated into the future stops nothing.
    times.modtime = PAGE_NOW_S + 1000 * 86400;
    assert_int_equal(utime(path, &times), 0);
    s->hub.backup = (struct backup){0};
    assert_int_equal(run(s), 1);
    assert_true(run(s) > 1);
}

static void
seven_are_kept(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    char path[200];
    first(s);
    in_backups(s, "mine.db", path, sizeof path);
    assert_true(file_write(path, "x", 1, &why));
    for (int i = 0; i < 10; i++) {
        s->hub.now.wall_s += 86400;
        run(s);
    }
    assert_int_equal(backup_count(&s->hub), BACKUPS_KEPT);
    assert_false(is_there(s, "hub-2026-11-29.db"));
    assert_true(is_there(s, "hub-2026-11-30.db"));
    assert_true(is_there(s, "hub-2026-12-06.db"));
    assert_true(is_there(s, "mine.db")); // not ours
}

/* What is written between two steps is in it. */
static void
writing_goes_on_meanwhile(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    struct arena a = {0};
    const struct hub_postit *list;
    char path[200], id[40];
    page_stand_set_up(s);
    int64_t device = page_stand_pair(s, "Door");
    for (int i = 0; i < 4000; i++) {
        snprintf(id, sizeof id, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b%04x", i);
        struct hub_postit p = {.text = "Forty post-its fill a page or so of it",
                               .author = "Jo",
                               .answers = "",
                               .school = "hillcrest-primary",
                               .made_s = PAGE_NOW_S,
                               .expires_s = PAGE_NOW_S + 86400};
        memcpy(p.id, id, sizeof p.id);
        assert_int_equal(
            hub_store_put_postit(s->hub.store, &p, device, PAGE_NOW_S, &why),
            HUB_PUT_NEW);
    }
    backup_tick(&s->hub);
    backup_tick(&s->hub);
    assert_true(backup_tick(&s->hub) < 1000);
    assert_true(is_there(s, "hub-2026-11-26.db.part"));
    page_stand_postit(s, device, "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0bffff", "Late",
                      "");
    assert_true(hub_store_moderate(s->hub.store,
                                   "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b0000",
                                   HUB_POSTIT_DOWN, "Maria", PAGE_NOW_S, &why));
    assert_true(run(s) > 1);
    in_backups(s, "hub-2026-11-26.db", path, sizeof path);
    struct hub_store *copy = hub_store_open(path, &why);
    assert_non_null(copy);
    assert_int_equal(hub_store_postits(copy, &a, -1, PAGE_NOW_S, &list), 4000);
    hub_store_close(copy);
    arena_destroy(&a);
}

static void
a_failure_is_said_and_tried_again(void **state)
{
    struct page_stand *s = *state;
    struct rlimit was, small = {.rlim_cur = 16384};
    first(s);
    s->hub.now.wall_s += 86400;
    // A disk that takes 16 KiB a file: writing the copy fails half-way.
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
    small.rlim_max = was.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    run(s);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
    assert_non_null(hub_backup_problem(&s->hub));
    assert_false(is_there(s, "hub-2026-11-27.db"));
    assert_false(is_there(s, "hub-2026-11-27.db.part"));
    assert_true(is_there(s, "hub-2026-11-26.db"));
    s->hub.now.wall_s += HOUR_S / 2;
    assert_int_equal(run(s), 1);
    s->hub.now.wall_s += HOUR_S;
    run(s);
    assert_null(hub_backup_problem(&s->hub));
    assert_true(is_there(s, "hub-2026-11-27.db"));
}

static void
a_clock_nobody_has_set_makes_none(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    s->hub.now.wall_s = 1000;
    run(s);
    run(s);
    assert_false(is_there(s, ""));
}

/* ---- restoring ---------------------------------------------------------- */

static void
publish(struct hub_store *store, const char *title, int64_t revision)
{
    struct content c;
    struct problem why = {0};
    assert_true(content_open(&c, store, 0, &why));
    c.board.title = title;
    assert_int_equal(content_save(&c, store, "Maria", title, PAGE_NOW_S, &why),
                     CONTENT_SAVED);
    assert_int_equal(c.revision, revision);
    content_close(&c);
}

static void
restore(struct page_stand *s, const char *name)
{
    static const char *const logs[] = {"-wal", "-shm"};
    char from[200], to[200], log[210];
    struct problem why = {0};
    struct text bytes = {0};
    in_backups(s, name, from, sizeof from);
    snprintf(to, sizeof to, "%s/hub.sqlite", s->folder);
    for (size_t i = 0; i < 2; i++) {
        snprintf(log, sizeof log, "%s%s", to, logs[i]);
        unlink(log);
    }
    assert_true(file_read(from, 1 << 26, &bytes, &why));
    assert_true(file_write(to, bytes.bytes, bytes.len, &why));
    text_destroy(&bytes);
}

static void
numbers_go_on_after_a_copy_is_put_back(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    struct hub_options options = {0};
    struct arena a = {0};
    struct hub_revision r;
    first(s); // revision 1
    publish(s->hub.store, "Two", 2);
    publish(s->hub.store, "Three", 3);
    assert_int_equal(hub_store_published(s->hub.store), 3);
    options = s->hub.options;
    hub_close(&s->hub);
    restore(s, "hub-2026-11-26.db");
    // What was the first revision is the fourth now: screens have seen three.
    assert_true(hub_open(&s->hub, &options, &why));
    assert_true(hub_store_revision(s->hub.store, &a, 0, &r));
    assert_int_equal(r.number, 4);
    assert_non_null(strstr(r.document, "Northside"));
    assert_non_null(strstr(r.note, "put back"));
    hub_close(&s->hub);
    // Once: the next start finds nothing to do.
    assert_true(hub_open(&s->hub, &options, &why));
    assert_int_equal(hub_store_published(s->hub.store), 4);
    publish(s->hub.store, "Five", 5);
    arena_destroy(&a);
    char path[200];
    snprintf(path, sizeof path, "%s/lock", s->folder);
    unlink(path);
}

static void
a_note_that_makes_no_sense_does_no_harm(void **state)
{
    static const char *const notes[] = {"", "x", "-5", "99999999999999999999"};
    struct page_stand *s = *state;
    struct problem why = {0};
    char path[200];
    page_stand_set_up(s);
    snprintf(path, sizeof path, "%s/revision", s->folder);
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        assert_true(file_write(path, notes[i], strlen(notes[i]), &why));
        publish(s->hub.store, "Next", (int64_t) i + 2);
    }
    // One that is higher: somebody who has lost it writes a safe one.
    assert_true(file_write(path, "700\n", 4, &why));
    publish(s->hub.store, "Far", 701);
    publish(s->hub.store, "On", 702);
    struct arena a = {0};
    const struct hub_revision *list;
    assert_int_equal(hub_store_history(s->hub.store, &a, 100, &list), 7);
    arena_destroy(&a);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, open_stand, close_stand)
    const struct CMUnitTest tests[] = {
        TEST(a_copy_is_whole_and_private),
        TEST(it_comes_in_the_night),
        TEST(a_start_makes_none_too_many),
        TEST(seven_are_kept),
        TEST(writing_goes_on_meanwhile),
        TEST(a_failure_is_said_and_tried_again),
        TEST(a_clock_nobody_has_set_makes_none),
        TEST(numbers_go_on_after_a_copy_is_put_back),
        TEST(a_note_that_makes_no_sense_does_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
