// links: src/io/hub_store.c src/io/hub_store_sql.c src/io/hub_store_schema.c
// links: src/io/hub_store_open.c src/io/hub_store_revisions.c
// links: src/io/hub_store_backup.c src/io/hub_store_erase.c
// links: src/io/hub_store_postits.c src/io/hub_store_reactions.c
// links: src/io/hub_store_devices.c src/io/hub_store_people.c
// links: src/io/hub_store_sessions.c src/io/hub_store_invitations.c
// links: src/io/hub_store_calendars.c
// links: src/io/db.c src/io/file.c src/base/arena.c
// links: src/base/hash.c src/base/log.c src/base/memory.c src/base/problem.c
// links: src/base/text.c src/base/check.c
// links: tests/power_cut.c
// libs: -lsqlite3
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
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
#include "io/hub_store.h"
#include "tests/power_cut.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

#define NOW INT64_C(1795680000) // 26 November 2026, 08:00 UTC
#define MINUTE 60
#define DAY 86400
#define FOR_GOOD 1000000

/* What a store must keep as it is, and never take for SQL. */
static const char *const nasty[] = {
    "Robert'); DROP TABLE postit;--",
    "'",
    "\"",
    "%_\\",
    "?1 :a @b $c",
    "x' OR '1'='1",
    "; DELETE FROM person; SELECT '",
    "/* -- */ NULL",
    "na\xc3\xafve \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x8f\xab",
};

static char base[] = "/tmp/staffroom-hub-store-XXXXXX";
static char folder[64]; // a new one for every test
static struct problem why;
static struct arena arena; // emptied for every test

static int
make_base(void **state)
{
    (void) state;
    power_cut_install();
    power_cut_sync_for_real(false);
    return mkdtemp(base) ? 0 : -1;
}

static int
remove_base(void **state)
{
    char command[128];
    (void) state;
    arena_destroy(&arena);
    snprintf(command, sizeof command, "rm -rf '%s'", base);
    return system(command);
}

static int
new_folder(void **state)
{
    static int number;
    (void) state;
    power_cut_refuse(CALL_OPEN, 0, 0, 0);
    arena_reset(&arena);
    snprintf(folder, sizeof folder, "%s/%d", base, number++);
    return 0;
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

static struct hub_store *
open_store(void)
{
    why.text[0] = '\0';
    struct hub_store *s = hub_store_open(in_folder("hub.db"), &why);
    if (!s)
        fail_msg("%s", why.text);
    return s;
}

static void
assert_said(const char *part)
{
    if (!strstr(why.text, part))
        fail_msg("'%s' does not say '%s'", why.text, part);
}

static const char *
id_number(int number)
{
    static char ids[4][HUB_ID_BYTES];
    static int turn;
    char *id = ids[turn++ % 4];
    snprintf(id, HUB_ID_BYTES, "00000000-0000-4000-8000-%012d", number);
    return id;
}

static const unsigned char *
hash_number(int number)
{
    static unsigned char hashes[4][HUB_HASH_BYTES];
    static int turn;
    unsigned char *hash = hashes[turn++ % 4];
    memset(hash, 0, HUB_HASH_BYTES);
    snprintf((char *) hash, HUB_HASH_BYTES, "hash %d", number);
    return hash;
}

static struct hub_postit
postit_number(int number)
{
    static char text[2][64];
    static int turn;
    turn = !turn;
    struct hub_postit p = {
        .sort = (enum postit_sort)(number % 5),
        .colour = (enum postit_colour)(number % 4),
        .text = text[turn],
        .author = number % 2 ? "Jo, Y5" : NULL,
        .answers = number % 3 ? NULL : "q-2026-11-26",
        .school = "hillcrest",
        .made_s = NOW + number,
        .expires_s = NOW + number + 14 * DAY,
    };
    snprintf(p.id, sizeof p.id, "%s", id_number(number));
    snprintf(text[turn], sizeof text[turn], "These are the words of post-it %d",
             number);
    return p;
}

static enum hub_put
put_number(struct hub_store *s, int number, int64_t device)
{
    struct hub_postit p = postit_number(number);
    return hub_store_put_postit(s, &p, device, NOW, &why);
}

/* How many, with that state; the list stays in `arena`. */
static int
list(struct hub_store *s, int state, const struct hub_postit **out)
{
    return hub_store_postits(s, &arena, state, NOW, out);
}

static int
count_postits(struct hub_store *s)
{
    const struct hub_postit *postits;
    return list(s, -1, &postits);
}

/* The device with the token hash_number(number). */
static struct hub_device
pair_number(struct hub_store *s, int number)
{
    char code[16];
    struct hub_device d = {0};
    snprintf(code, sizeof code, "CODE%d", number);
    assert_true(hub_store_begin_pairing(s, code, hash_number(1000 + number),
                                        NOW, &why));
    assert_true(hub_store_accept_pairing(s, code, "Hillcrest staffroom",
                                         "hillcrest", NOW, &why));
    assert_int_equal(hub_store_end_pairing(s, code, hash_number(1000 + number),
                                           hash_number(number), NOW, &arena,
                                           &d),
                     HUB_PAIRING_GIVEN);
    return d;
}

/* Whether those bytes are anywhere in a file of the folder. */
static bool
is_on_disk(const char *bytes)
{
    bool is_found = false;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *d; (d = readdir(dir));) {
        struct text content = {0};
        if (d->d_name[0] != '.') {
            assert_true(
                file_read(in_folder(d->d_name), 1 << 24, &content, &why));
            is_found |= memmem(text_string(&content), content.len, bytes,
                               strlen(bytes)) != NULL;
        }
        text_destroy(&content);
    }
    closedir(dir);
    return is_found;
}

/* SQL of our own, beside a store or without. */
static void
run_sql(const char *name, const char *sql)
{
    sqlite3 *handle;
    assert_int_equal(sqlite3_open(in_folder(name), &handle), SQLITE_OK);
    assert_int_equal(sqlite3_exec(handle, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(handle);
}

/* ---- opening ------------------------------------------------------------ */

static void
an_empty_file_becomes_a_hub(void **state)
{
    struct hub_revision r;
    (void) state;
    mkdir(folder, 0755);
    close(open(in_folder("hub.db"), O_CREAT | O_WRONLY, 0644));
    struct hub_store *s = open_store();
    assert_int_equal(hub_store_change_number(s), 1);
    assert_false(hub_store_revision(s, &arena, 0, &r));
    assert_int_equal(count_postits(s), 0);
    hub_store_close(s);
    s = open_store(); // not migrated twice
    assert_int_equal(hub_store_change_number(s), 1);
    hub_store_close(s);
    hub_store_close(NULL);
}

static void
nobody_else_may_read_it(void **state)
{
    static const char *const names[] = {"hub.db", "hub.db-wal", "hub.db-shm"};
    struct stat st;
    (void) state;
    mode_t before = umask(0);
    struct hub_store *s = open_store();
    assert_true(hub_store_set(s, "zone", "Europe/London", &why));
    umask(before);
    assert_int_equal(stat(folder, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0700);
    for (size_t i = 0; i < COUNT(names); i++) {
        assert_int_equal(stat(in_folder(names[i]), &st), 0);
        assert_int_equal(st.st_mode & 07777, 0600);
    }
    hub_store_close(s);
    chmod(in_folder("hub.db"), 0644); // a backup somebody copied back
    hub_store_close(open_store());
    assert_int_equal(stat(in_folder("hub.db"), &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
}

static void
a_folder_of_everybody_stays_open(void **state)
{
    struct stat st;
    (void) state;
    mkdir(folder, 0755);
    chmod(folder, 01777);
    hub_store_close(open_store());
    assert_int_equal(stat(folder, &st), 0);
    assert_int_equal(st.st_mode & 07777, 01777);
}

static void
assert_refused(const char *part)
{
    struct text before = {0}, after = {0};
    assert_true(file_read(in_folder("hub.db"), 1 << 24, &before, &why));
    assert_null(hub_store_open(in_folder("hub.db"), &why));
    assert_said(part);
    assert_said(in_folder("hub.db"));
    assert_true(file_read(in_folder("hub.db"), 1 << 24, &after, &why));
    assert_int_equal(before.len, after.len);
    assert_memory_equal(text_string(&before), text_string(&after), after.len);
    text_destroy(&before);
    text_destroy(&after);
}

static void
a_newer_hub_s_database_is_refused(void **state)
{
    (void) state;
    hub_store_close(open_store());
    run_sql("hub.db", "PRAGMA user_version = 900");
    assert_refused("A newer hub wrote");
}

static void
a_damaged_database_is_left_and_refused(void **state)
{
    unsigned char junk[4096];
    (void) state;
    memset(junk, 0xa5, sizeof junk);
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (int i = 0; i < 40; i++)
        assert_int_equal(put_number(s, i, device), HUB_PUT_NEW);
    hub_store_close(s);
    int fd = open(in_folder("hub.db"), O_WRONLY);
    off_t end = lseek(fd, 0, SEEK_END);
    for (off_t at = 4096; at < end; at += 8192)
        assert_int_equal(pwrite(fd, junk, sizeof junk, at), sizeof junk);
    close(fd);
    assert_refused("put the latest backup");
    file_write(in_folder("hub.db"), "no database at all, but long enough", 35,
               &why);
    assert_refused("put the latest backup");
}

static void
another_program_s_database_is_refused(void **state)
{
    (void) state;
    mkdir(folder, 0755);
    run_sql("hub.db", "PRAGMA journal_mode = WAL; CREATE TABLE postit (id);"
                      "PRAGMA user_version = 1;");
    assert_refused("put the latest backup");
}

static void
a_disk_that_misread_once_is_asked_again(void **state)
{
    (void) state;
    hub_store_close(open_store());
    power_cut_refuse(CALL_READ, 3, 1, SQLITE_IOERR_READ);
    struct hub_store *s = hub_store_open(in_folder("hub.db"), &why);
    assert_non_null(s);
    hub_store_close(s);
}

static void
what_cannot_be_opened_says_why(void **state)
{
    char path[8192];
    (void) state;
    mkdir(folder, 0755);
    mkdir(in_folder("hub.db"), 0755);
    assert_null(hub_store_open(in_folder("hub.db"), &why));
    assert_said("nothing can be written");
    assert_said("start the hub again");
    memset(path, 'a', sizeof path);
    path[sizeof path - 1] = '\0';
    assert_null(hub_store_open(path, &why));
    assert_said("too long");
    file_write(in_folder("file"), "", 0, &why);
    assert_null(hub_store_open(in_folder("file/below/hub.db"), &why));
    assert_true(why.text[0]);
}

/* ---- revisions ---------------------------------------------------------- */

static void
what_is_published_can_be_read(void **state)
{
    struct hub_revision r;
    const struct hub_revision *history;
    (void) state;
    struct hub_store *s = open_store();
    for (int i = 0; i < 3; i++)
        assert_int_equal(hub_store_publish(s, i, i ? "{\"b\":2}" : "{\"a\":1}",
                                           "Ama", i ? "Second" : "First",
                                           NOW + i, &why),
                         i + 1);
    assert_true(hub_store_revision(s, &arena, 1, &r));
    assert_int_equal(r.number, 1);
    assert_int_equal(r.made_s, NOW);
    assert_string_equal(r.document, "{\"a\":1}");
    assert_string_equal(r.note, "First");
    assert_string_equal(r.person, "Ama");
    assert_true(hub_store_revision(s, &arena, 0, &r));
    assert_int_equal(r.number, 3);
    assert_string_equal(r.document, "{\"b\":2}");
    assert_false(hub_store_revision(s, &arena, 4, &r));
    assert_false(hub_store_revision(s, &arena, -1, &r));
    assert_int_equal(hub_store_history(s, &arena, 2, &history), 2);
    assert_int_equal(history[0].number, 3);
    assert_int_equal(history[1].number, 2);
    assert_string_equal(history[0].document, "");
    assert_int_equal(hub_store_history(s, &arena, 50, &history), 3);
    assert_int_equal(hub_store_history(s, &arena, -1, &history), 0);
    assert_int_equal(hub_store_change_number(s), 4);
    hub_store_close(s);
}

static void
nobody_publishes_over_somebody_else(void **state)
{
    struct hub_revision r;
    (void) state;
    struct hub_store *s = open_store();
    assert_int_equal(hub_store_publish(s, 0, "{}", "Ama", "", NOW, &why), 1);
    int64_t change = hub_store_change_number(s);
    static const int64_t wrong[] = {0, 2, -1, INT64_MAX - 1};
    for (size_t i = 0; i < COUNT(wrong); i++) {
        why.text[0] = '\0';
        assert_int_equal(
            hub_store_publish(s, wrong[i], "{1}", "Ben", "", NOW, &why), 0);
        assert_said("Somebody else has saved");
    }
    assert_int_equal(hub_store_change_number(s), change);
    assert_true(hub_store_revision(s, &arena, 0, &r));
    assert_string_equal(r.person, "Ama");
    assert_int_equal(hub_store_publish(s, 1, "{2}", NULL, NULL, NOW, &why), 2);
    assert_true(hub_store_revision(s, &arena, 2, &r));
    assert_string_equal(r.person, "");
    hub_store_close(s);
}

static void
the_last_500_revisions_are_kept(void **state)
{
    struct hub_revision r;
    const struct hub_revision *history;
    (void) state;
    struct hub_store *s = open_store();
    for (int i = 0; i < HUB_REVISIONS_KEPT + 7; i++)
        assert_int_equal(hub_store_publish(s, i, "{}", "", "", NOW, &why),
                         i + 1);
    assert_int_equal(hub_store_history(s, &arena, 9999, &history),
                     HUB_REVISIONS_KEPT);
    assert_false(hub_store_revision(s, &arena, 7, &r));
    assert_true(hub_store_revision(s, &arena, 8, &r));
    hub_store_close(s);
}

/* ---- post-its ----------------------------------------------------------- */

static void
a_put_is_answered_by_what_is_there(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    struct hub_postit p = postit_number(7);
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_NEW);
    int64_t change = hub_store_change_number(s);
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_SAME);
    p.made_s += 40 * DAY; // a kiosk whose clock was put right
    p.expires_s += 40 * DAY;
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_SAME);
    for (int part = 0; part < 5; part++) {
        struct hub_postit other = p;
        switch (part) {
        case 0:
            other.text = "Other words";
            break;
        case 1:
            other.author = "Somebody else";
            break;
        case 2:
            other.answers = "m-1";
            break;
        case 3:
            other.sort = SORT_DELIGHT;
            break;
        default:
            other.colour = COLOUR_YELLOW;
        }
        assert_int_equal(hub_store_put_postit(s, &other, device, NOW, &why),
                         HUB_PUT_OTHER);
    }
    assert_int_equal(hub_store_change_number(s), change);
    for (int to = HUB_POSTIT_SHARED; to <= HUB_POSTIT_KEPT; to++) {
        assert_true(hub_store_moderate(s, p.id, (enum hub_postit_state) to,
                                       "Ama", NOW, &why));
        assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                         HUB_PUT_SAME);
    }
    const struct hub_postit *there;
    assert_int_equal(list(s, HUB_POSTIT_KEPT, &there), 1); // not put back
    assert_int_equal(there->made_s, NOW + 7);
    assert_true(hub_store_moderate(s, p.id, HUB_POSTIT_DOWN, "Ama", NOW, &why));
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_GONE);
    p.text = "Other words";
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_GONE);
    assert_int_equal(count_postits(s), 0);
    hub_store_close(s);
}

static void
what_is_no_post_it_is_refused(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (int part = 0; part < 9; part++) {
        struct hub_postit p = postit_number(1);
        switch (part) {
        case 0:
            p.id[0] = 'A'; // upper case
            break;
        case 1:
            p.id[35] = '\0';
            break;
        case 2:
            p.id[8] = '0';
            break;
        case 3:
            p.text = "";
            break;
        case 4:
            p.text = NULL;
            break;
        case 5:
            p.sort = (enum postit_sort)(SORT_DELIGHT + 1);
            break;
        case 6:
            p.colour = (enum postit_colour)(COLOUR_BLUE + 1);
            break;
        case 7:
            p.state = HUB_POSTIT_DOWN;
            break;
        default:
            p.expires_s = p.made_s;
        }
        why.text[0] = '\0';
        assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                         HUB_PUT_FAILED);
        assert_said("cannot be kept");
    }
    assert_int_equal(put_number(s, 1, device + 1), HUB_PUT_FAILED);
    assert_said("not paired");
    assert_int_equal(count_postits(s), 0);
    assert_int_equal(hub_store_change_number(s), 1);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW); // it still works
    hub_store_close(s);
}

static void
post_its_are_listed_newest_first(void **state)
{
    const struct hub_postit *postits;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (int i = 0; i < 6; i++)
        assert_int_equal(put_number(s, i, device), HUB_PUT_NEW);
    struct hub_postit shared = postit_number(6);
    shared.state = HUB_POSTIT_SHARED; // a partnership without moderation
    shared.made_s = NOW + 5;          // as old as the one before
    assert_int_equal(hub_store_put_postit(s, &shared, device, NOW, &why),
                     HUB_PUT_NEW);
    hub_store_close(s);
    s = open_store();
    assert_int_equal(list(s, -1, &postits), 7);
    for (int i = 0; i < 7; i++) {
        struct hub_postit p = postit_number(6 - i);
        assert_string_equal(postits[i].id, p.id);
        assert_string_equal(postits[i].text, p.text);
        assert_string_equal(postits[i].author, p.author ? p.author : "");
        assert_string_equal(postits[i].answers, p.answers ? p.answers : "");
        assert_string_equal(postits[i].school, "hillcrest");
        assert_int_equal(postits[i].sort, p.sort);
        assert_int_equal(postits[i].colour, p.colour);
        assert_int_equal(postits[i].expires_s, p.expires_s);
    }
    assert_int_equal(list(s, HUB_POSTIT_WAITING, &postits), 6);
    assert_int_equal(list(s, HUB_POSTIT_SHARED, &postits), 1);
    assert_int_equal(list(s, HUB_POSTIT_KEPT, &postits), 0);
    assert_int_equal(list(s, HUB_POSTIT_DOWN, &postits), 0);
    // Expiry is exclusive.
    assert_int_equal(hub_store_postits(s, &arena, -1, NOW + 14 * DAY, &postits),
                     6);
    assert_int_equal(
        hub_store_postits(s, &arena, -1, NOW + 14 * DAY - 1, &postits), 7);
    hub_store_close(s);
}

static void
a_long_list_is_read_by_the_page(void **state)
{
    const struct hub_postit *page;
    struct hub_postit one;
    int counts[HUB_POSTIT_DOWN];
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (int i = 0; i < 9; i++) {
        struct hub_postit p = postit_number(i);
        p.state = (enum hub_postit_state)(i % 3);
        p.school = i < 6 ? "hillcrest" : "moor-lane";
        assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                         HUB_PUT_NEW);
    }
    assert_int_equal(hub_store_put_reaction(s, id_number(1), id_number(100),
                                            HUB_REACTION_FACE_DOWN, device, NOW,
                                            &why),
                     HUB_PUT_NEW);
    assert_int_equal(hub_store_put_reaction(s, id_number(4), id_number(101),
                                            HUB_REACTION_THANKS, device, NOW,
                                            &why),
                     HUB_PUT_NEW);
    // Waiting, then shared with what was turned face-down in front, then kept.
    static const int order[] = {6, 3, 0, 1, 7, 4, 8, 5, 2};
    struct hub_postit_page all = {.state = -1, .school = "", .most = 4};
    for (int i = 0; i < 9; i++) {
        all.skip = i / 4 * 4;
        assert_int_equal(hub_store_postit_page(s, &arena, &all, NOW, &page),
                         i < 8 ? 4 : 1);
        assert_string_equal(page[i % 4].id, id_number(order[i]));
    }
    all.skip = 9;
    assert_int_equal(hub_store_postit_page(s, &arena, &all, NOW, &page), 0);
    struct hub_postit_page some = {HUB_POSTIT_SHARED, "hillcrest", 0, 50};
    assert_int_equal(hub_store_postit_page(s, &arena, &some, NOW, &page), 2);
    assert_int_equal(page[0].face_down, 1);
    assert_int_equal(page[1].thanks, 1);
    assert_int_equal(
        hub_store_postit_page(s, &arena, &some, NOW + 15 * DAY, &page), 0);
    assert_true(hub_store_count_postits(s, "", NOW, counts));
    assert_int_equal(counts[HUB_POSTIT_KEPT], 3);
    assert_true(hub_store_count_postits(s, "moor-lane", NOW, counts));
    assert_int_equal(counts[HUB_POSTIT_WAITING], 1);
    assert_true(hub_store_count_postits(s, "", NOW + 15 * DAY, counts));
    assert_int_equal(counts[HUB_POSTIT_WAITING], 0);

    assert_true(hub_store_postit(s, &arena, id_number(4), NOW, &one));
    assert_string_equal(one.text, "These are the words of post-it 4");
    assert_int_equal(one.state, HUB_POSTIT_SHARED);
    assert_int_equal(one.thanks, 1);
    assert_false(
        hub_store_postit(s, &arena, id_number(4), NOW + 15 * DAY, &one));
    assert_false(hub_store_postit(s, &arena, id_number(50), NOW, &one));
    assert_false(hub_store_postit(s, &arena, "' OR 1 --", NOW, &one));
    hub_store_close(s);
}

static void
only_the_device_that_sent_it_takes_it_back(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t ours = pair_number(s, 1).number, other = pair_number(s, 2).number;
    assert_int_equal(put_number(s, 1, ours), HUB_PUT_NEW);
    int64_t change = hub_store_change_number(s);
    assert_int_equal(hub_store_take_back(s, id_number(1), other, NOW, &why),
                     HUB_TAKE_BACK_NOT_YOURS);
    assert_int_equal(count_postits(s), 1);
    assert_int_equal(hub_store_change_number(s), change);
    assert_int_equal(hub_store_take_back(s, id_number(1), ours, NOW, &why),
                     HUB_TAKE_BACK_DONE);
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_int_equal(count_postits(s), 0);
    for (int64_t device = ours; device <= other; device++) {
        assert_int_equal(
            hub_store_take_back(s, id_number(1), device, NOW, &why),
            HUB_TAKE_BACK_DONE); // already
        assert_int_equal(put_number(s, 1, device), HUB_PUT_GONE);
    }
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_false(is_on_disk("the words of post-it 1"));
    // Taken back before it came.
    assert_int_equal(hub_store_take_back(s, id_number(2), ours, NOW, &why),
                     HUB_TAKE_BACK_NEVER_SEEN);
    assert_int_equal(hub_store_take_back(s, id_number(2), ours, NOW, &why),
                     HUB_TAKE_BACK_DONE);
    assert_int_equal(put_number(s, 2, ours), HUB_PUT_GONE);
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_int_equal(hub_store_take_back(s, "no id", ours, NOW, &why),
                     HUB_TAKE_BACK_NEVER_SEEN);
    hub_store_close(s);
}

static void
moderation_moves_and_is_noted(void **state)
{
    static const enum hub_postit_state way[] = {
        HUB_POSTIT_SHARED,  HUB_POSTIT_KEPT, HUB_POSTIT_SHARED,
        HUB_POSTIT_WAITING, HUB_POSTIT_DOWN,
    };
    static const char *const deeds[] = {
        "shared with all",  "kept at its school", "shared with all",
        "put back to wait", "taken down",
    };
    const struct hub_postit *postits;
    const struct hub_deed *done;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    int64_t change = hub_store_change_number(s);
    for (size_t i = 0; i < COUNT(way); i++)
        for (int again = 0; again < 2; again++) { // pressed twice
            assert_true(hub_store_moderate(s, id_number(1), way[i], "Ama",
                                           NOW + (int) i, &why));
            assert_int_equal(hub_store_change_number(s), change + 1 + (int) i);
            assert_int_equal(list(s, way[i], &postits),
                             way[i] != HUB_POSTIT_DOWN);
        }
    assert_int_equal(hub_store_deeds(s, &arena, 100, &done), COUNT(way));
    for (size_t i = 0; i < COUNT(way); i++) {
        const struct hub_deed *d = &done[COUNT(way) - 1 - i];
        assert_string_equal(d->what, deeds[i]);
        assert_string_equal(d->person, "Ama");
        assert_string_equal(d->id, id_number(1));
        assert_int_equal(d->done_s, NOW + (int) i);
    }
    assert_false(hub_store_moderate(s, id_number(1), HUB_POSTIT_SHARED, "Ama",
                                    NOW, &why));
    assert_said("taken down");
    assert_false(
        hub_store_moderate(s, id_number(2), HUB_POSTIT_DOWN, "Ama", NOW, &why));
    assert_said("no longer here");
    assert_false(hub_store_moderate(
        s, id_number(1), (enum hub_postit_state)(HUB_POSTIT_DOWN + 1), "Ama",
        NOW, &why));
    assert_int_equal(hub_store_deeds(s, &arena, 100, &done), COUNT(way));
    hub_store_close(s);
}

static void
what_is_taken_down_leaves_no_words(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    struct hub_postit p = postit_number(1);
    static char longest[9000]; // reaches over pages of the database
    memset(longest, 'w', sizeof longest - 1);
    memcpy(longest + 8900, "LAST WORDS", 10);
    p.text = longest;
    p.author = "Somebody Particular";
    p.answers = "what-it-answered";
    assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                     HUB_PUT_NEW);
    assert_int_equal(hub_store_put_reaction(s, p.id, id_number(50),
                                            HUB_REACTION_THANKS, device, NOW,
                                            &why),
                     HUB_PUT_NEW);
    assert_true(is_on_disk("LAST WORDS"));
    assert_true(hub_store_moderate(s, p.id, HUB_POSTIT_DOWN, "Ama", NOW, &why));
    assert_false(is_on_disk("LAST WORDS"));
    assert_false(is_on_disk("wwwwwwww"));
    assert_false(is_on_disk("Somebody Particular"));
    assert_false(is_on_disk("what-it-answered"));
    assert_false(is_on_disk(id_number(50)));
    assert_true(is_on_disk(p.id)); // the tombstone
    hub_store_close(s);
}

/* Another connection that reads keeps the words in the WAL: later, then. */
static void
words_leave_the_log_when_the_reader_has_gone(void **state)
{
    sqlite3 *reader;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    assert_int_equal(sqlite3_open(in_folder("hub.db"), &reader), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(reader, "BEGIN; SELECT * FROM postit", NULL, NULL, NULL),
        SQLITE_OK);
    assert_true(
        hub_store_moderate(s, id_number(1), HUB_POSTIT_DOWN, "Ama", NOW, &why));
    assert_true(is_on_disk("the words of post-it 1"));
    sqlite3_close(reader);
    assert_int_equal(hub_store_expire(s, NOW), 0);
    assert_false(is_on_disk("the words of post-it 1"));
    hub_store_close(s);
}

/* ---- reactions ---------------------------------------------------------- */

static enum hub_put
react(struct hub_store *s, const char *target, int number,
      enum hub_reaction kind, int64_t device)
{
    return hub_store_put_reaction(s, target, id_number(number), kind, device,
                                  NOW, &why);
}

static void
reactions_are_counted_once(void **state)
{
    const struct hub_postit *postits;
    int thanks, trying;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number, other = pair_number(s, 2).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    assert_int_equal(put_number(s, 2, device), HUB_PUT_NEW);
    const char *target = "00000000-0000-4000-8000-000000000001";
    int64_t change = hub_store_change_number(s);
    for (int again = 0; again < 2; again++) {
        enum hub_put wanted = again ? HUB_PUT_SAME : HUB_PUT_NEW;
        assert_int_equal(react(s, target, 11, HUB_REACTION_THANKS, device),
                         wanted);
        assert_int_equal(react(s, target, 12, HUB_REACTION_THANKS, other),
                         wanted);
        assert_int_equal(react(s, target, 13, HUB_REACTION_TRYING, other),
                         wanted);
        assert_int_equal(react(s, target, 14, HUB_REACTION_FACE_DOWN, other),
                         wanted);
        assert_int_equal(react(s, "idea-3", 15, HUB_REACTION_THANKS, device),
                         wanted);
        assert_int_equal(hub_store_change_number(s), change + 5);
    }
    assert_int_equal(list(s, -1, &postits), 2);
    assert_int_equal(postits[1].thanks, 2);
    assert_int_equal(postits[1].trying, 1);
    assert_int_equal(postits[1].face_down, 1);
    assert_int_equal(
        postits[0].thanks + postits[0].trying + postits[0].face_down, 0);
    assert_true(hub_store_reactions(s, "idea-3", &thanks, &trying));
    assert_int_equal(thanks, 1);
    assert_int_equal(trying, 0);
    assert_true(hub_store_reactions(s, "nothing", &thanks, &trying));
    assert_int_equal(thanks + trying, 0);
    // Undone by who did it only, and twice is once.
    assert_true(hub_store_undo_reaction(s, id_number(15), other, &why));
    assert_int_equal(hub_store_change_number(s), change + 5);
    assert_true(hub_store_undo_reaction(s, id_number(15), device, &why));
    assert_true(hub_store_undo_reaction(s, id_number(15), device, &why));
    assert_int_equal(hub_store_change_number(s), change + 6);
    assert_true(hub_store_reactions(s, "idea-3", &thanks, &trying));
    assert_int_equal(thanks, 0);
    hub_store_close(s);
}

static void
what_is_no_reaction_is_refused(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(hub_store_put_reaction(s, "idea-3", "x",
                                            HUB_REACTION_THANKS, device, NOW,
                                            &why),
                     HUB_PUT_FAILED);
    assert_int_equal(react(s, "", 1, HUB_REACTION_THANKS, device),
                     HUB_PUT_FAILED);
    assert_int_equal(react(s, "idea-3", 1,
                           (enum hub_reaction)(HUB_REACTION_FACE_DOWN + 1),
                           device),
                     HUB_PUT_FAILED);
    assert_int_equal(react(s, "idea-3", 1, HUB_REACTION_THANKS, device + 1),
                     HUB_PUT_FAILED);
    assert_said("not paired");
    hub_store_take_back(s, id_number(9), device, NOW, &why);
    assert_int_equal(react(s, id_number(9), 1, HUB_REACTION_THANKS, device),
                     HUB_PUT_GONE);
    assert_int_equal(hub_store_change_number(s), 1);
    hub_store_close(s);
}

/* ---- growing old -------------------------------------------------------- */

static void
what_has_expired_is_gone_for_good(void **state)
{
    int thanks, trying;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (int i = 0; i < 4; i++)
        assert_int_equal(put_number(s, i, device), HUB_PUT_NEW);
    assert_int_equal(react(s, id_number(1), 11, HUB_REACTION_THANKS, device),
                     HUB_PUT_NEW);
    assert_int_equal(react(s, id_number(3), 12, HUB_REACTION_THANKS, device),
                     HUB_PUT_NEW);
    assert_int_equal(react(s, "idea-3", 13, HUB_REACTION_THANKS, device),
                     HUB_PUT_NEW);
    int64_t change = hub_store_change_number(s);
    assert_int_equal(hub_store_expire(s, NOW + 14 * DAY - 1), 0);
    assert_int_equal(hub_store_change_number(s), change);
    assert_int_equal(hub_store_expire(s, NOW + 14 * DAY + 1), 2);
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_int_equal(hub_store_expire(s, NOW + 14 * DAY + 1), 0);
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_false(is_on_disk("the words of post-it 1"));
    assert_false(is_on_disk(id_number(1))); // nor a tombstone
    assert_true(is_on_disk("the words of post-it 2"));
    assert_true(hub_store_reactions(s, id_number(1), &thanks, &trying));
    assert_int_equal(thanks, 0);
    assert_true(hub_store_reactions(s, id_number(3), &thanks, &trying));
    assert_int_equal(thanks, 1);
    assert_int_equal(hub_store_expire(s, NOW + HUB_REACTION_KEPT_S - 1), 2);
    assert_true(hub_store_reactions(s, "idea-3", &thanks, &trying));
    assert_int_equal(thanks, 1);
    assert_int_equal(hub_store_expire(s, NOW + HUB_REACTION_KEPT_S), 0);
    assert_true(hub_store_reactions(s, "idea-3", &thanks, &trying));
    assert_int_equal(thanks, 0);
    hub_store_close(s);
}

static void
a_tombstone_stays_90_days(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    assert_true(
        hub_store_moderate(s, id_number(1), HUB_POSTIT_DOWN, "", NOW, &why));
    assert_int_equal(hub_store_expire(s, NOW + 90 * DAY - 1), 0);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_GONE);
    assert_int_equal(hub_store_expire(s, NOW + 90 * DAY), 0);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    hub_store_close(s);
}

/* ---- screens ------------------------------------------------------------ */

static enum hub_pairing
ask(struct hub_store *s, const char *code, int secret, int token, int64_t now_s,
    struct hub_device *out)
{
    return hub_store_end_pairing(s, code, hash_number(secret),
                                 hash_number(token), now_s, &arena, out);
}

static bool
accept_code(struct hub_store *s, const char *code, int64_t now_s)
{
    return hub_store_accept_pairing(s, code, "Hillcrest staffroom", "hillcrest",
                                    now_s, &why);
}

static void
a_screen_is_paired(void **state)
{
    struct hub_device d, again;
    const struct hub_device *devices;
    (void) state;
    struct hub_store *s = open_store();
    assert_int_equal(ask(s, "BCDFGHJK", 1, 2, NOW, &d), HUB_PAIRING_NONE);
    assert_false(accept_code(s, "BCDFGHJK", NOW));
    assert_said("No screen is waiting");
    assert_true(
        hub_store_begin_pairing(s, "BCDFGHJK", hash_number(1), NOW, &why));
    assert_int_equal(ask(s, "BCDFGHJK", 1, 2, NOW, &d), HUB_PAIRING_WAITING);
    assert_int_equal(ask(s, "BCDFGHJK", 9, 2, NOW, &d), HUB_PAIRING_NONE);
    assert_true(accept_code(s, "BCDFGHJK", NOW + 5));
    assert_false(accept_code(s, "BCDFGHJK", NOW + 5)); // once
    assert_int_equal(hub_store_devices(s, &arena, &devices), 1);
    assert_false(hub_store_device(s, hash_number(2), NOW, &arena, &d));
    assert_int_equal(ask(s, "BCDFGHJK", 9, 2, NOW, &d), HUB_PAIRING_NONE);
    assert_int_equal(ask(s, "BCDFGHJK", 1, 2, NOW, &d), HUB_PAIRING_GIVEN);
    assert_int_equal(d.number, 1);
    assert_int_equal(d.paired_s, NOW + 5);
    assert_int_equal(d.seen_s, 0);
    assert_string_equal(d.name, "Hillcrest staffroom");
    assert_string_equal(d.school, "hillcrest");
    assert_string_equal(d.version, "");
    assert_true(hub_store_device(s, hash_number(2), NOW, &arena, &d));
    // The answer was lost: a new token, the old one no more.
    assert_int_equal(ask(s, "BCDFGHJK", 1, 3, NOW + 9, &again),
                     HUB_PAIRING_GIVEN);
    assert_int_equal(again.number, 1);
    assert_false(hub_store_device(s, hash_number(2), NOW, &arena, &d));
    assert_true(hub_store_device(s, hash_number(3), NOW, &arena, &d));
    assert_int_equal(d.number, 1);
    assert_int_equal(hub_store_devices(s, &arena, &devices), 1);
    hub_store_close(s);
}

static void
a_code_is_good_for_ten_minutes(void **state)
{
    struct hub_device d;
    (void) state;
    struct hub_store *s = open_store();
    assert_true(hub_store_begin_pairing(s, "B", hash_number(1), NOW, &why));
    assert_false(hub_store_begin_pairing(s, "B", hash_number(2),
                                         NOW + 10 * MINUTE - 1, &why));
    assert_said("Another screen has this code");
    assert_false(accept_code(s, "B", NOW + 10 * MINUTE));
    assert_int_equal(ask(s, "B", 1, 5, NOW + 10 * MINUTE, &d),
                     HUB_PAIRING_NONE);
    assert_true(hub_store_begin_pairing(s, "B", hash_number(2),
                                        NOW + 10 * MINUTE, &why));
    assert_int_equal(ask(s, "B", 1, 5, NOW + 10 * MINUTE, &d),
                     HUB_PAIRING_NONE);
    // Typed in at the last moment: ten minutes more to fetch the token.
    assert_true(accept_code(s, "B", NOW + 20 * MINUTE - 1));
    assert_int_equal(ask(s, "B", 2, 5, NOW + 30 * MINUTE - 2, &d),
                     HUB_PAIRING_GIVEN);
    assert_int_equal(ask(s, "B", 2, 6, NOW + 30 * MINUTE - 1, &d),
                     HUB_PAIRING_NONE);
    // The next screen that gets this code does not get that device.
    assert_true(hub_store_begin_pairing(s, "B", hash_number(2),
                                        NOW + 30 * MINUTE, &why));
    assert_int_equal(ask(s, "B", 2, 6, NOW + 30 * MINUTE, &d),
                     HUB_PAIRING_WAITING);
    assert_true(hub_store_device(s, hash_number(5), NOW, &arena, &d));
    assert_int_equal(hub_store_expire(s, NOW + 40 * MINUTE), 0);
    assert_int_equal(ask(s, "B", 2, 6, NOW, &d), HUB_PAIRING_NONE);
    hub_store_close(s);
}

static void
there_is_an_end_to_screens_that_wait(void **state)
{
    char code[16];
    (void) state;
    struct hub_store *s = open_store();
    for (int i = 0; i < HUB_PAIRINGS_MOST; i++) {
        snprintf(code, sizeof code, "C%d", i);
        assert_true(
            hub_store_begin_pairing(s, code, hash_number(i), NOW, &why));
    }
    assert_false(hub_store_begin_pairing(s, "X", hash_number(-1), NOW, &why));
    assert_said("Too many screens");
    // One of them may have new letters, and has no others then.
    assert_true(hub_store_begin_pairing(s, "Y", hash_number(7), NOW, &why));
    assert_false(accept_code(s, "C7", NOW));
    assert_true(accept_code(s, "Y", NOW));
    assert_true(hub_store_begin_pairing(s, "X", hash_number(-1),
                                        NOW + 10 * MINUTE, &why));
    hub_store_close(s);
}

static void
a_screen_is_seen_and_says_how_it_is(void **state)
{
    const struct hub_device *devices;
    struct hub_device d;
    (void) state;
    struct hub_store *s = open_store();
    int64_t number = pair_number(s, 1).number;
    static const struct {
        int at_s, seen_s;
    } rows[] = {{0, 0}, {59, 0}, {60, 60}, {119, 60}, {500, 500}, {300, 300}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_true(hub_store_device(s, hash_number(1), NOW + rows[i].at_s,
                                     &arena, &d));
        assert_int_equal(d.seen_s, NOW + rows[i].seen_s);
        assert_int_equal(hub_store_devices(s, &arena, &devices), 1);
        assert_int_equal(devices[0].seen_s, NOW + rows[i].seen_s);
    }
    struct hub_device said = {
        .number = number,
        .name = "not to be changed",
        .school = "nor this",
        .revision = 12,
        .shown_since_s = NOW - 5,
        .version = "1.2",
        .size = "1920x1080",
        .clock = "doubtful",
        .unsent = 3,
        .disk_free_mb = 1234,
    };
    int64_t change = hub_store_change_number(s);
    assert_true(hub_store_status(s, &said, NOW + 700, &why));
    assert_int_equal(hub_store_change_number(s), change);
    hub_store_close(s);
    s = open_store();
    assert_int_equal(hub_store_devices(s, &arena, &devices), 1);
    d = devices[0];
    assert_string_equal(d.name, "Hillcrest staffroom");
    assert_string_equal(d.school, "hillcrest");
    assert_int_equal(d.seen_s, NOW + 700);
    assert_int_equal(d.revision, 12);
    assert_int_equal(d.shown_since_s, NOW - 5);
    assert_string_equal(d.version, "1.2");
    assert_string_equal(d.size, "1920x1080");
    assert_string_equal(d.clock, "doubtful");
    assert_int_equal(d.unsent, 3);
    assert_int_equal(d.disk_free_mb, 1234);
    said.number = number + 1;
    assert_false(hub_store_status(s, &said, NOW, &why));
    assert_said("not paired");
    hub_store_close(s);
}

static void
a_revoked_screen_stays_out(void **state)
{
    const struct hub_device *devices;
    const struct hub_deed *deeds;
    struct hub_device d;
    (void) state;
    struct hub_store *s = open_store();
    int64_t number = pair_number(s, 1).number;
    pair_number(s, 2);
    assert_int_equal(put_number(s, 1, number), HUB_PUT_NEW);
    for (int again = 0; again < 2; again++)
        assert_true(hub_store_revoke(s, number, "Ama", NOW, &why));
    assert_false(hub_store_revoke(s, 99, "Ama", NOW, &why));
    assert_said("no such screen");
    assert_false(hub_store_device(s, hash_number(1), NOW, &arena, &d));
    assert_true(hub_store_device(s, hash_number(2), NOW, &arena, &d));
    assert_int_equal(hub_store_was_revoked(s, hash_number(1)), 1);
    assert_int_equal(hub_store_was_revoked(s, hash_number(2)), 0);
    assert_int_equal(hub_store_was_revoked(s, hash_number(3)), 0);
    // Its code would still be good.
    assert_int_equal(ask(s, "CODE1", 1001, 7, NOW, &d), HUB_PAIRING_NONE);
    assert_false(hub_store_device(s, hash_number(7), NOW, &arena, &d));
    d = (struct hub_device){.number = number};
    assert_false(hub_store_status(s, &d, NOW, &why));
    assert_int_equal(hub_store_devices(s, &arena, &devices), 2);
    assert_true(devices[0].is_revoked);
    assert_false(devices[1].is_revoked);
    assert_int_equal(count_postits(s), 1);
    assert_int_equal(hub_store_deeds(s, &arena, 9, &deeds), 1);
    assert_string_equal(deeds[0].what, "revoked a screen");
    assert_string_equal(deeds[0].id, "1");
    hub_store_close(s);
}

static void
a_token_has_one_screen(void **state)
{
    struct hub_device d;
    (void) state;
    struct hub_store *s = open_store();
    int64_t number = pair_number(s, 1).number;
    assert_true(hub_store_begin_pairing(s, "B", hash_number(9), NOW, &why));
    assert_true(accept_code(s, "B", NOW));
    assert_int_equal(ask(s, "B", 9, 1, NOW, &d), HUB_PAIRING_WAITING);
    assert_true(hub_store_device(s, hash_number(1), NOW, &arena, &d));
    assert_int_equal(d.number, number);
    assert_int_equal(ask(s, "B", 9, 2, NOW, &d), HUB_PAIRING_GIVEN);
    hub_store_close(s);
}

/* ---- people ------------------------------------------------------------- */

static struct hub_person
add(struct hub_store *s, const char *name, bool is_coordinator)
{
    struct hub_person p = {
        .name = name,
        .password = "$argon2id$v=19$m=65536",
        .totp_step = 5,
        .is_coordinator = is_coordinator,
    };
    assert_true(hub_store_add_person(s, &p, NOW, &why));
    assert_true(hub_store_person(s, &arena, name, &p));
    return p;
}

static void
people_are_kept(void **state)
{
    const struct hub_person *people;
    struct hub_person p, q;
    (void) state;
    struct hub_store *s = open_store();
    assert_int_equal(hub_store_people(s, &arena, &people), 0);
    p = add(s, "Ben", true);
    add(s, "Ama", false);
    assert_string_equal(p.password, "$argon2id$v=19$m=65536");
    assert_string_equal(p.totp, "");
    assert_int_equal(p.totp_step, 5);
    assert_true(p.is_coordinator);
    q = p;
    q.name = "ben"; // a phone that begins with a capital, or does not
    assert_false(hub_store_add_person(s, &q, NOW, &why));
    assert_said("already");
    assert_true(hub_store_person(s, &arena, "BEN", &q));
    assert_int_equal(q.number, p.number);
    q.name = "";
    assert_false(hub_store_add_person(s, &q, NOW, &why));
    assert_said("needs a name");
    assert_false(hub_store_person(s, &arena, "Cem", &q));
    p.password = "$argon2id$other";
    p.totp = "JBSWY3DPEHPK3PXP";
    p.totp_step = 59856000;
    assert_true(hub_store_change_person(s, &p, &why));
    assert_int_equal(hub_store_people(s, &arena, &people), 2);
    assert_string_equal(people[0].name, "Ama");
    assert_false(people[0].is_coordinator);
    assert_string_equal(people[0].totp, "");
    assert_string_equal(people[1].password, "$argon2id$other");
    assert_string_equal(people[1].totp, "JBSWY3DPEHPK3PXP");
    assert_int_equal(people[1].totp_step, 59856000);
    q = people[0];
    q.is_coordinator = true; // somebody has to be
    assert_true(hub_store_renew_person(s, &q, NULL, &why));
    assert_true(hub_store_remove_person(s, p.number, &why));
    assert_true(hub_store_remove_person(s, p.number, &why));
    assert_false(hub_store_change_person(s, &p, &why));
    assert_said("any more");
    assert_false(is_on_disk("$argon2id$other"));
    assert_int_equal(hub_store_people(s, &arena, &people), 1);
    assert_true(add(s, "Ben", true).number > p.number); // never used again
    hub_store_close(s);
}

static bool
begin(struct hub_store *s, int hash, int64_t person)
{
    struct hub_session session = {
        .person = person,
        .begun_s = NOW,
        .used_s = NOW,
    };
    memcpy(session.form_key, hash_number(77), HUB_HASH_BYTES);
    return hub_store_begin_session(s, hash_number(hash), &session, &why);
}

static bool
has_session(struct hub_store *s, int hash, int64_t now_s)
{
    struct hub_session session;
    struct hub_person p;
    if (!hub_store_session(s, hash_number(hash), now_s, &arena, &session, &p))
        return false;
    assert_memory_equal(session.form_key, hash_number(77), HUB_HASH_BYTES);
    assert_int_equal(session.person, p.number);
    assert_int_equal(session.begun_s, NOW);
    assert_string_equal(p.name, "Ama");
    return true;
}

static void
a_session_ends(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t ama = add(s, "Ama", true).number;
    assert_true(begin(s, 1, ama));
    assert_false(begin(s, 1, ama)); // never the same twice
    assert_false(begin(s, 2, ama + 1));
    assert_said("sign in again");
    assert_false(has_session(s, 2, NOW));
    // Used every 29 minutes: 12 hours, and not one second more.
    int64_t at = NOW;
    for (; at < NOW + HUB_SESSION_S; at += 29 * MINUTE)
        assert_true(has_session(s, 1, at));
    assert_true(has_session(s, 1, NOW + HUB_SESSION_S - 1));
    assert_false(has_session(s, 1, NOW + HUB_SESSION_S));
    // Idle; a use within a minute is not noted.
    assert_true(begin(s, 3, ama));
    assert_true(has_session(s, 3, NOW + 59));
    assert_false(has_session(s, 3, NOW + 30 * MINUTE));
    assert_true(begin(s, 4, ama));
    assert_true(has_session(s, 4, NOW + 60));
    assert_true(has_session(s, 4, NOW + 30 * MINUTE));
    assert_true(hub_store_end_session(s, hash_number(4)));
    assert_true(hub_store_end_session(s, hash_number(4)));
    assert_false(has_session(s, 4, NOW + 30 * MINUTE));
    assert_true(begin(s, 5, ama));
    assert_int_equal(hub_store_expire(s, NOW + 29 * MINUTE), 0);
    assert_true(has_session(s, 5, NOW));
    assert_int_equal(hub_store_expire(s, NOW + 30 * MINUTE), 0);
    assert_false(has_session(s, 5, NOW));
    assert_true(begin(s, 6, ama));
    add(s, "Zoe", true);
    assert_true(hub_store_remove_person(s, ama, &why));
    assert_false(has_session(s, 6, NOW));
    hub_store_close(s);
}

static int
count_sessions(struct hub_store *s, int64_t person)
{
    const struct hub_session *list;
    return hub_store_sessions(s, &arena, person, NOW, &list);
}

static void
a_change_of_somebody_ends_their_other_sessions(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    struct hub_person ama = add(s, "Ama", true);
    int64_t zoe = add(s, "Zoe", true).number;
    const struct hub_session *list;
    for (int i = 1; i <= 3; i++)
        assert_true(begin(s, i, ama.number));
    assert_true(begin(s, 4, zoe));
    assert_int_equal(hub_store_sessions(s, &arena, ama.number, NOW, &list), 3);
    assert_string_equal(list[0].browser, "");
    assert_int_equal(count_sessions(s, ama.number + 9), 0);
    ama.password = "$new";
    assert_true(hub_store_renew_person(s, &ama, hash_number(2), &why));
    assert_int_equal(hub_store_sessions(s, &arena, ama.number, NOW, &list), 1);
    assert_memory_equal(list[0].hash, hash_number(2), HUB_HASH_BYTES);
    assert_true(begin(s, 5, ama.number));
    assert_true(
        hub_store_end_other_sessions(s, ama.number, hash_number(5), &why));
    assert_int_equal(count_sessions(s, ama.number), 1);
    assert_true(hub_store_renew_person(s, &ama, NULL, &why));
    assert_int_equal(count_sessions(s, ama.number), 0);
    assert_int_equal(count_sessions(s, zoe), 1);
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_string_equal(ama.password, "$new");
    assert_int_equal(ama.signed_in_s, NOW);
    hub_store_close(s);
}

static void
there_is_always_a_coordinator(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    struct hub_person ama = add(s, "Ama", true), ben = add(s, "Ben", false);
    assert_false(hub_store_remove_person(s, ama.number, &why));
    assert_said("one coordinator at least");
    ama.is_coordinator = false;
    assert_true(begin(s, 1, ama.number));
    assert_false(hub_store_renew_person(s, &ama, NULL, &why));
    assert_said("one coordinator at least");
    assert_int_equal(count_sessions(s, ama.number), 1);
    ben.is_coordinator = true;
    assert_true(hub_store_renew_person(s, &ben, NULL, &why));
    assert_true(hub_store_renew_person(s, &ama, NULL, &why));
    assert_false(hub_store_remove_person(s, ben.number, &why));
    assert_true(hub_store_remove_person(s, ama.number, &why));
    assert_false(hub_store_renew_person(s, &ama, NULL, &why));
    assert_said("any more");
    hub_store_close(s);
}

static void
a_recovery_code_is_good_once(void **state)
{
    unsigned char hashes[HUB_RECOVERY_CODES][HUB_HASH_BYTES];
    (void) state;
    struct hub_store *s = open_store();
    struct hub_person ama = add(s, "Ama", true), zoe = add(s, "Zoe", true);
    for (int i = 0; i < HUB_RECOVERY_CODES; i++)
        memcpy(hashes[i], hash_number(100 + i), HUB_HASH_BYTES);
    ama.totp = "JBSWY3DPEHPK3PXP";
    assert_true(hub_store_set_recovery(s, &ama, hashes, NULL, &why));
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_string_equal(ama.totp, "JBSWY3DPEHPK3PXP");
    assert_int_equal(ama.recovery_left, HUB_RECOVERY_CODES);
    assert_false(hub_store_use_recovery(s, zoe.number, hash_number(100)));
    assert_false(hub_store_use_recovery(s, ama.number, hash_number(99)));
    assert_true(hub_store_use_recovery(s, ama.number, hash_number(100)));
    assert_false(hub_store_use_recovery(s, ama.number, hash_number(100)));
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_int_equal(ama.recovery_left, HUB_RECOVERY_CODES - 1);
    for (int i = 0; i < HUB_RECOVERY_CODES; i++)
        memcpy(hashes[i], hash_number(200 + i), HUB_HASH_BYTES);
    assert_true(hub_store_set_recovery(s, &ama, hashes, NULL, &why));
    assert_false(hub_store_use_recovery(s, ama.number, hash_number(101)));
    assert_true(hub_store_use_recovery(s, ama.number, hash_number(201)));
    ama.totp = "";
    assert_true(hub_store_renew_person(s, &ama, NULL, &why));
    assert_false(hub_store_use_recovery(s, ama.number, hash_number(202)));
    assert_false(is_on_disk("JBSWY3DPEHPK3PXP"));
    hub_store_close(s);
}

/* By the first who was added. */
static bool
invite(struct hub_store *s, int hash, const char *name, int64_t person)
{
    const struct hub_invitation i = {
        .name = name, .person = person, .made_by = 1};
    return hub_store_invite(s, hash_number(hash), &i, NOW, &why);
}

static void
an_invitation_is_good_once_and_three_days(void **state)
{
    struct hub_invitation found;
    const struct hub_invitation *list;
    struct hub_person p;
    int64_t number = 0;
    (void) state;
    struct hub_store *s = open_store();
    add(s, "Ama", true);
    assert_false(invite(s, 1, "AMA", 0)); // is here already
    assert_said("already");
    assert_false(invite(s, 1, "", 0));
    assert_true(invite(s, 1, "Ben", 0));
    assert_false(invite(s, 2, "ben", 0)); // is invited already
    assert_false(invite(s, 1, "Cem", 0)); // never the same secret twice
    assert_int_equal(hub_store_invitations(s, &arena, NOW, &list), 1);
    assert_string_equal(list[0].name, "Ben");
    assert_int_equal(list[0].until_s, NOW + HUB_INVITATION_S);
    assert_true(hub_store_invitation(
        s, hash_number(1), NOW + HUB_INVITATION_S - 1, &arena, &found));
    assert_false(hub_store_invitation(s, hash_number(1), NOW + HUB_INVITATION_S,
                                      &arena, &found));
    assert_false(hub_store_accept(s, hash_number(1), "$",
                                  NOW + HUB_INVITATION_S, &number, &why));
    assert_said("used up");
    assert_false(hub_store_accept(s, hash_number(2), "$", NOW, &number, &why));
    assert_true(
        hub_store_accept(s, hash_number(1), "$ben", NOW, &number, &why));
    assert_true(hub_store_person(s, &arena, "Ben", &p));
    assert_int_equal(p.number, number);
    assert_false(hub_store_accept(s, hash_number(1), "$2", NOW, &number, &why));
    assert_string_equal(p.password, "$ben");
    assert_false(p.is_coordinator);
    assert_int_equal(p.signed_in_s, 0);
    // Withdrawn, and too old: then the name is free again.
    assert_true(invite(s, 3, "Cem", 0));
    assert_int_equal(hub_store_invitations(s, &arena, NOW, &list), 1);
    assert_true(hub_store_withdraw(s, list[0].number, &why));
    assert_true(hub_store_withdraw(s, list[0].number, &why));
    assert_false(hub_store_accept(s, hash_number(3), "$", NOW, &number, &why));
    assert_true(invite(s, 4, "Cem", 0));
    assert_int_equal(hub_store_expire(s, NOW + HUB_INVITATION_S), 0);
    assert_int_equal(hub_store_invitations(s, &arena, NOW, &list), 0);
    hub_store_close(s);
}

static void
an_address_gives_a_new_password(void **state)
{
    unsigned char hashes[HUB_RECOVERY_CODES][HUB_HASH_BYTES] = {{1}};
    struct hub_person ama;
    int64_t number = 0;
    (void) state;
    struct hub_store *s = open_store();
    ama = add(s, "Ama", true);
    ama.totp = "JBSWY3DPEHPK3PXP";
    assert_true(hub_store_set_recovery(s, &ama, hashes, NULL, &why));
    assert_true(begin(s, 1, ama.number));
    assert_false(invite(s, 1, "Ama", ama.number + 1));
    assert_true(invite(s, 1, "Ama", ama.number));
    assert_true(invite(s, 2, "Ama", ama.number)); // in place of the first
    assert_false(hub_store_accept(s, hash_number(1), "$", NOW, &number, &why));
    assert_int_equal(count_sessions(s, ama.number), 1);
    assert_true(hub_store_accept(s, hash_number(2), "$2", NOW, &number, &why));
    assert_int_equal(number, ama.number);
    assert_int_equal(count_sessions(s, ama.number), 0);
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_string_equal(ama.password, "$2");
    assert_string_equal(ama.totp, "JBSWY3DPEHPK3PXP");
    assert_true(ama.is_coordinator);
    assert_true(hub_store_invite(s, hash_number(3),
                                 &(struct hub_invitation){.name = "Ama",
                                                          .person = ama.number,
                                                          .ends_codes = true,
                                                          .made_by = 1},
                                 NOW, &why));
    assert_true(hub_store_accept(s, hash_number(3), "$3", NOW, &number, &why));
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_string_equal(ama.totp, "");
    assert_int_equal(ama.recovery_left, 0);
    // Goes with the person.
    add(s, "Zoe", true);
    assert_true(invite(s, 4, "Ama", ama.number));
    assert_true(hub_store_remove_person(s, ama.number, &why));
    assert_false(hub_store_accept(s, hash_number(4), "$", NOW, &number, &why));
    hub_store_close(s);
}

static bool
is_good(struct hub_store *s, int hash)
{
    struct hub_invitation i;
    return hub_store_invitation(s, hash_number(hash), NOW, &arena, &i);
}

/* Who is removed, or no coordinator any more, must not have a way back. */
static void
invitations_go_with_who_made_them(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    struct hub_person ama = add(s, "Ama", true), zoe = add(s, "Zoe", true);
    int64_t number;
    assert_int_equal(ama.number, 1);
    assert_true(invite(s, 1, "Ama again", 0));
    ama.password = "$2"; // her own choice
    assert_true(hub_store_renew_person(s, &ama, NULL, &why));
    assert_true(is_good(s, 1));
    const struct hub_invitation i = {
        .name = "Ama", .person = 1, .made_by = zoe.number};
    assert_true(hub_store_invite(s, hash_number(2), &i, NOW, &why));
    assert_true(hub_store_accept(s, hash_number(2), "$3", NOW, &number, &why));
    assert_false(is_good(s, 1));
    assert_true(invite(s, 3, "Ama again", 0));
    ama.is_coordinator = false;
    assert_true(hub_store_renew_person(s, &ama, NULL, &why));
    assert_false(is_good(s, 3));
    assert_true(invite(s, 4, "Ama again", 0));
    assert_true(hub_store_remove_person(s, 1, &why));
    assert_false(is_good(s, 4));
    assert_false(invite(s, 5, "Ama again", 0)); // by nobody
    hub_store_close(s);
}

/* As the first hubs wrote it. */
static void
people_of_an_older_hub_stay(void **state)
{
    struct hub_person ama;
    (void) state;
    struct hub_store *s = open_store();
    assert_true(begin(s, 1, add(s, "Ama", true).number));
    hub_store_close(s);
    run_sql("hub.db", "DROP TABLE recovery; DROP TABLE invitation;"
                      "ALTER TABLE person DROP COLUMN signed_in_s;"
                      "ALTER TABLE session DROP COLUMN browser;"
                      "DROP INDEX postit_of_all; DROP INDEX postit_of_school;"
                      "DROP TABLE calendar;"
                      "DROP TABLE seen; ALTER TABLE device ADD COLUMN seen_s"
                      " INTEGER NOT NULL DEFAULT 0;"
                      "PRAGMA user_version = 1;");
    s = open_store();
    assert_true(has_session(s, 1, NOW));
    assert_true(hub_store_person(s, &arena, "Ama", &ama));
    assert_int_equal(ama.recovery_left, 0);
    assert_true(invite(s, 1, "Ben", 0));
    hub_store_close(s);
}

/* ---- deeds and values --------------------------------------------------- */

static void
deeds_and_values_are_kept(void **state)
{
    const struct hub_deed *deeds;
    (void) state;
    struct hub_store *s = open_store();
    assert_string_equal(hub_store_get(s, &arena, "zone"), "");
    assert_true(hub_store_set(s, "zone", "Europe/London", &why));
    assert_true(hub_store_set(s, "set-up", "SECRET-SECRET", &why));
    assert_true(hub_store_set(s, "zone", "Europe/Dublin", &why));
    assert_string_equal(hub_store_get(s, &arena, "zone"), "Europe/Dublin");
    assert_true(hub_store_set(s, "set-up", "", &why));
    assert_string_equal(hub_store_get(s, &arena, "set-up"), "");
    assert_false(is_on_disk("SECRET-SECRET"));
    assert_false(is_on_disk("Europe/London"));
    for (int i = 0; i < 5; i++)
        assert_true(hub_store_audit(s, "Ama", "looked", id_number(i), NOW - i));
    assert_int_equal(hub_store_deeds(s, &arena, 3, &deeds), 3);
    assert_string_equal(deeds[0].id, id_number(4)); // the last one, whenever
    assert_int_equal(deeds[0].done_s, NOW - 4);
    assert_int_equal(hub_store_deeds(s, &arena, 0, &deeds), 0);
    assert_int_equal(hub_store_deeds(s, &arena, -1, &deeds), 0);
    assert_int_equal(hub_store_change_number(s), 1);
    hub_store_close(s);
}

static void
nothing_is_taken_for_sql(void **state)
{
    const struct hub_postit *postits;
    const struct hub_deed *deeds;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    for (size_t i = 0; i < COUNT(nasty); i++) {
        const char *n = nasty[i];
        struct hub_postit p = postit_number((int) i);
        struct hub_person who, person = {.name = n, .password = n, .totp = n};
        struct hub_revision r;
        struct hub_device d, said = {.number = device};
        int thanks, trying;
        p.text = p.author = p.answers = p.school = n;
        assert_int_equal(hub_store_put_postit(s, &p, device, NOW, &why),
                         HUB_PUT_NEW);
        assert_true(hub_store_moderate(s, p.id, HUB_POSTIT_KEPT, n, NOW, &why));
        assert_false(hub_store_moderate(s, n, HUB_POSTIT_DOWN, n, NOW, &why));
        assert_int_equal(hub_store_take_back(s, n, device, NOW, &why),
                         HUB_TAKE_BACK_NEVER_SEEN);
        assert_int_equal(
            react(s, n, 100 + (int) i, HUB_REACTION_TRYING, device),
            HUB_PUT_NEW);
        assert_true(hub_store_undo_reaction(s, n, device, &why));
        assert_true(hub_store_reactions(s, n, &thanks, &trying));
        assert_int_equal(trying, 1);
        assert_int_equal(hub_store_publish(s, (int) i, n, n, n, NOW, &why),
                         i + 1);
        assert_true(hub_store_revision(s, &arena, 0, &r));
        assert_string_equal(r.document, n);
        assert_string_equal(r.note, n);
        assert_true(hub_store_add_person(s, &person, NOW, &why));
        assert_true(hub_store_person(s, &arena, n, &who));
        assert_string_equal(who.totp, n);
        assert_true(hub_store_set(s, n, n, &why));
        assert_string_equal(hub_store_get(s, &arena, n), n);
        assert_true(hub_store_begin_pairing(s, n, hash_number(3), NOW, &why));
        assert_true(hub_store_accept_pairing(s, n, n, n, NOW, &why));
        assert_int_equal(ask(s, n, 3, 500 + (int) i, NOW, &d),
                         HUB_PAIRING_GIVEN);
        assert_string_equal(d.name, n);
        assert_string_equal(d.school, n);
        said.version = said.size = said.clock = n;
        assert_true(hub_store_status(s, &said, NOW, &why));
        assert_true(hub_store_device(s, hash_number(1), NOW, &arena, &d));
        assert_string_equal(d.clock, n);
        assert_true(hub_store_audit(s, n, n, n, NOW));
        assert_true(hub_store_deeds(s, &arena, 1, &deeds) == 1);
        assert_string_equal(deeds[0].what, n);
    }
    hub_store_close(s);
    s = open_store();
    assert_int_equal(list(s, -1, &postits), COUNT(nasty));
    for (size_t i = 0; i < COUNT(nasty); i++) {
        const struct hub_postit *p = &postits[COUNT(nasty) - 1 - i];
        assert_string_equal(p->text, nasty[i]);
        assert_string_equal(p->author, nasty[i]);
        assert_string_equal(p->school, nasty[i]);
    }
    hub_store_close(s);
}

/* ---- two at a time ------------------------------------------------------ */

static void
a_second_process_sees_and_is_seen(void **state)
{
    int status;
    struct hub_person p;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    int64_t change = hub_store_change_number(s);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) { // s is not touched in here: it is the parent's
        struct hub_store *other = hub_store_open(in_folder("hub.db"), &why);
        struct hub_person ama = {.name = "Ama", .password = "$"};
        bool ok = other && count_postits(other) == 1 &&
                  hub_store_add_person(other, &ama, NOW, &why) &&
                  put_number(other, 1, device) == HUB_PUT_SAME &&
                  put_number(other, 2, device) == HUB_PUT_NEW;
        hub_store_close(other);
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(hub_store_person(s, &arena, "Ama", &p));
    assert_int_equal(count_postits(s), 2);
    assert_int_equal(hub_store_change_number(s), change + 1);
    assert_int_equal(put_number(s, 2, device), HUB_PUT_SAME);
    assert_int_equal(put_number(s, 3, device), HUB_PUT_NEW);
    hub_store_close(s);
}

static void
while_another_writes_for_long_reads_go_on(void **state)
{
    sqlite3 *other;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    assert_int_equal(sqlite3_open(in_folder("hub.db"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other, "BEGIN IMMEDIATE", NULL, NULL, NULL),
                     SQLITE_OK);
    assert_int_equal(put_number(s, 2, device), HUB_PUT_FAILED);
    assert_said("another program is busy");
    assert_int_equal(put_number(s, 1, device), HUB_PUT_SAME);
    assert_int_equal(count_postits(s), 1);
    sqlite3_close(other);
    assert_int_equal(put_number(s, 2, device), HUB_PUT_NEW);
    hub_store_close(s);
}

static void
a_file_that_was_moved_away_is_not_written(void **state)
{
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(rename(in_folder("hub.db"), in_folder("old.db")), 0);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_FAILED);
    assert_said("nothing can be written");
    assert_int_equal(hub_store_publish(s, 0, "{}", "", "", NOW, &why), 0);
    assert_false(hub_store_set(s, "zone", "UTC", &why));
    assert_int_equal(rename(in_folder("old.db"), in_folder("hub.db")), 0);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    hub_store_close(s);
}

/* ---- the power ---------------------------------------------------------- */

struct told {
    int number;
    enum hub_put answer;
};

/* As a kiosk does it: each is put until it is answered. A dozen, so that there
   are many kills however fast the disk is. */
static _Noreturn void
put_until_killed(int number, int64_t device, int tell)
{
    struct hub_store *s = hub_store_open(in_folder("hub.db"), &why);
    for (int end = number + 12; s && number < end; number++) {
        struct told told = {number, put_number(s, number, device)};
        if (write(tell, &told, sizeof told) != sizeof told)
            _exit(1);
    }
    if (s && number % 2) // killed in the middle of closing, too
        hub_store_close(s);
    for (; s;)
        pause();
    _exit(1);
}

/* Kills it a moment after it told so many. Gives the number that was not told
   yet. */
static int
kill_one(int from, int after, int moment_us, int64_t device)
{
    int ends[2], next = from, status = 0;
    struct told told;
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        close(ends[0]);
        put_until_killed(from, device, ends[1]);
    }
    close(ends[1]);
    for (bool is_killed = false;;) {
        if (!is_killed && next >= from + after) {
            usleep((useconds_t) moment_us);
            kill(child, SIGKILL);
            is_killed = true;
        }
        if (read(ends[0], &told, sizeof told) != sizeof told)
            break;
        assert_int_equal(told.number, next);
        // Only the first may be there: committed, and not told any more.
        assert_true(told.answer == HUB_PUT_NEW ||
                    (told.answer == HUB_PUT_SAME && next == from));
        next++;
    }
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status)); // it did not give up by itself
    return next;
}

static void
a_killed_hub_has_each_post_it_once(void **state)
{
    enum { MOST = 320 };
    bool seen[MOST] = {false};
    const struct hub_postit *postits;
    unsigned random = 20261126;
    int next = 0, kills = 0, lost_answers = 0;
    (void) state;
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    hub_store_close(s);
    for (; next < 300; kills++) {
        random = random * 1664525u + 1013904223u;
        next = kill_one(next, (int) (random >> 8) % 8,
                        (int) (random >> 16) % 1500, device);
        s = open_store();
        lost_answers += count_postits(s) == next + 1;
        assert_in_range(count_postits(s), next, next + 1);
        hub_store_close(s);
    }
    s = open_store();
    enum hub_put last = put_number(s, next++, device);
    assert_true(last == HUB_PUT_NEW || last == HUB_PUT_SAME);
    assert_int_equal(list(s, -1, &postits), next);
    for (int i = 0; i < next; i++) {
        int number = -1;
        assert_int_equal(sscanf(postits[i].id + 24, "%d", &number), 1);
        assert_in_range(number, 0, MOST - 1);
        assert_false(seen[number]);
        seen[number] = true;
        assert_string_equal(postits[i].text, postit_number(number).text);
    }
    // Raised with each, no more and no less: one transaction.
    assert_int_equal(hub_store_change_number(s), 1 + next);
    for (int i = 0; i < next; i++)
        assert_int_equal(put_number(s, i, device), HUB_PUT_SAME);
    print_message("%d kills, %d answers lost\n", kills, lost_answers);
    hub_store_close(s);
}

/* ---- a full disk -------------------------------------------------------- */

static void
assert_disk_full(bool was_done)
{
    assert_false(was_done);
    assert_said("Can't keep changes just now: the disk is full");
    why.text[0] = '\0';
}

static void
assert_it_reads(struct hub_store *s)
{
    struct hub_revision r;
    struct hub_device d;
    struct hub_person p;
    struct hub_session session;
    const struct hub_device *devices;
    const struct hub_postit *postits;
    int thanks, trying;
    assert_true(hub_store_revision(s, &arena, 0, &r));
    assert_int_equal(list(s, -1, &postits), 1);
    assert_int_equal(postits[0].thanks, 1);
    assert_int_equal(hub_store_devices(s, &arena, &devices), 1);
    assert_true(hub_store_device(s, hash_number(1), NOW + DAY, &arena, &d));
    assert_true(hub_store_session(s, hash_number(6), NOW + 5 * MINUTE, &arena,
                                  &session, &p));
    assert_true(hub_store_reactions(s, id_number(1), &thanks, &trying));
    assert_int_equal(thanks, 1);
    assert_string_equal(hub_store_get(s, &arena, "zone"), "UTC");
    assert_int_equal(put_number(s, 1, 1), HUB_PUT_SAME);
    assert_int_equal(react(s, id_number(1), 11, HUB_REACTION_THANKS, 1),
                     HUB_PUT_SAME);
    assert_true(hub_store_change_number(s) > 1);
}

static struct hub_store *
open_filled(void)
{
    struct hub_store *s = open_store();
    int64_t device = pair_number(s, 1).number;
    assert_int_equal(device, 1);
    assert_int_equal(put_number(s, 1, device), HUB_PUT_NEW);
    assert_int_equal(react(s, id_number(1), 11, HUB_REACTION_THANKS, device),
                     HUB_PUT_NEW);
    assert_int_equal(hub_store_publish(s, 0, "{}", "", "", NOW, &why), 1);
    assert_true(begin(s, 6, add(s, "Ama", true).number));
    add(s, "Zoe", true);
    assert_true(hub_store_set(s, "zone", "UTC", &why));
    return s;
}

static void
refuse_every_write(struct hub_store *s)
{
    struct hub_person p = {
        .number = 1, .name = "Ben", .password = "$", .is_coordinator = true};
    struct hub_device d = {.number = 1, .unsent = 1}; // else nothing is new
    assert_disk_full(put_number(s, 2, 1) != HUB_PUT_FAILED);
    assert_disk_full(react(s, "idea-3", 12, HUB_REACTION_TRYING, 1) !=
                     HUB_PUT_FAILED);
    assert_disk_full(hub_store_publish(s, 1, "{}", "", "", NOW, &why));
    assert_disk_full(hub_store_take_back(s, id_number(1), 1, NOW, &why) !=
                     HUB_TAKE_BACK_FAILED);
    assert_disk_full(hub_store_take_back(s, id_number(9), 1, NOW, &why) !=
                     HUB_TAKE_BACK_FAILED);
    assert_disk_full(
        hub_store_moderate(s, id_number(1), HUB_POSTIT_DOWN, "Ama", NOW, &why));
    assert_disk_full(hub_store_moderate(s, id_number(1), HUB_POSTIT_SHARED,
                                        "Ama", NOW, &why));
    assert_disk_full(hub_store_undo_reaction(s, id_number(11), 1, &why));
    assert_disk_full(
        hub_store_begin_pairing(s, "X", hash_number(1), NOW, &why));
    assert_disk_full(hub_store_status(s, &d, NOW, &why));
    assert_disk_full(hub_store_revoke(s, 1, "Ama", NOW, &why));
    assert_disk_full(hub_store_add_person(s, &p, NOW, &why));
    assert_disk_full(hub_store_change_person(s, &p, &why));
    assert_disk_full(hub_store_remove_person(s, 1, &why));
    assert_disk_full(hub_store_renew_person(s, &p, NULL, &why));
    assert_disk_full(hub_store_invite(
        s, hash_number(1),
        &(struct hub_invitation){.name = "Eve", .made_by = 1}, NOW, &why));
    assert_disk_full(hub_store_end_other_sessions(s, 1, hash_number(1), &why));
    assert_disk_full(begin(s, 8, 1));
    assert_disk_full(hub_store_set(s, "zone", "CET", &why));
    assert_false(hub_store_end_session(s, hash_number(6)));
    assert_false(hub_store_audit(s, "Ama", "looked", "", NOW));
    assert_int_equal(hub_store_expire(s, NOW + 100 * DAY), -1);
}

static void
on_a_full_disk_nothing_is_written_and_all_is_read(void **state)
{
    struct hub_device d;
    (void) state;
    struct hub_store *s = open_filled();
    assert_true(hub_store_begin_pairing(s, "W", hash_number(5), NOW, &why));
    int64_t change = hub_store_change_number(s);
    power_cut_refuse(CALL_WRITE, 0, FOR_GOOD, SQLITE_FULL);
    refuse_every_write(s);
    assert_disk_full(accept_code(s, "W", NOW));
    assert_int_equal(ask(s, "CODE1", 1001, 9, NOW, &d), HUB_PAIRING_WAITING);
    assert_it_reads(s);
    assert_int_equal(hub_store_change_number(s), change);
    power_cut_refuse(CALL_WRITE, 0, 0, 0);
    assert_it_reads(s);
    assert_int_equal(put_number(s, 2, 1), HUB_PUT_NEW);
    assert_true(accept_code(s, "W", NOW));
    assert_int_equal(hub_store_expire(s, NOW), 0);
    assert_int_equal(hub_store_change_number(s), change + 1);
    hub_store_close(s);
}

static void
a_hub_starts_on_a_full_disk(void **state)
{
    (void) state;
    hub_store_close(open_filled());
    power_cut_refuse(CALL_WRITE, 0, FOR_GOOD, SQLITE_FULL);
    struct hub_store *s = open_store();
    refuse_every_write(s);
    assert_it_reads(s);
    hub_store_close(s);
    power_cut_refuse(CALL_WRITE, 0, 0, 0);
    s = open_store();
    assert_it_reads(s);
    assert_int_equal(put_number(s, 2, 1), HUB_PUT_NEW);
    hub_store_close(s);
}

/* Every write and sync of a few requests refused once in turn: what was said to
   be done is there, and the rest is there whole or not at all. */
static void
a_refused_write_leaves_all_or_nothing(void **state)
{
    static const enum disk_call calls[] = {CALL_WRITE, CALL_SYNC};
    static const int codes[] = {SQLITE_IOERR_WRITE, SQLITE_IOERR_FSYNC};
    int refusals = 0;
    (void) state;
    for (size_t i = 0; i < COUNT(calls); i++) {
        bool was_refused = true;
        for (int number = 0; was_refused; number++) {
            new_folder(NULL);
            struct hub_store *s = open_filled();
            int64_t change = hub_store_change_number(s);
            power_cut_refuse(calls[i], number, 1, codes[i]);
            bool is_put = put_number(s, 2, 1) == HUB_PUT_NEW;
            bool is_down = hub_store_moderate(s, id_number(1), HUB_POSTIT_DOWN,
                                              "Ama", NOW, &why);
            was_refused = power_cut_count_calls() > number;
            power_cut_refuse(calls[i], 0, 0, 0);
            refusals += !is_put + !is_down;
            hub_store_close(s);
            s = open_store();
            int64_t raised = hub_store_change_number(s) - change;
            bool has_put = put_number(s, 2, 1) == HUB_PUT_SAME;
            enum hub_put first = put_number(s, 1, 1);
            bool has_gone = first == HUB_PUT_GONE;
            assert_true(has_gone || first == HUB_PUT_SAME);
            assert_true((has_put || !is_put) && (has_gone || !is_down));
            assert_int_equal(raised, has_put + has_gone);
            hub_store_close(s);
        }
    }
    assert_true(refusals > 2);
}

#define test(name) cmocka_unit_test_setup(name, new_folder)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        test(an_empty_file_becomes_a_hub),
        test(nobody_else_may_read_it),
        test(a_folder_of_everybody_stays_open),
        test(a_newer_hub_s_database_is_refused),
        test(a_damaged_database_is_left_and_refused),
        test(another_program_s_database_is_refused),
        test(a_disk_that_misread_once_is_asked_again),
        test(what_cannot_be_opened_says_why),
        test(what_is_published_can_be_read),
        test(nobody_publishes_over_somebody_else),
        test(the_last_500_revisions_are_kept),
        test(a_put_is_answered_by_what_is_there),
        test(what_is_no_post_it_is_refused),
        test(post_its_are_listed_newest_first),
        test(a_long_list_is_read_by_the_page),
        test(only_the_device_that_sent_it_takes_it_back),
        test(moderation_moves_and_is_noted),
        test(what_is_taken_down_leaves_no_words),
        test(words_leave_the_log_when_the_reader_has_gone),
        test(reactions_are_counted_once),
        test(what_is_no_reaction_is_refused),
        test(what_has_expired_is_gone_for_good),
        test(a_tombstone_stays_90_days),
        test(a_screen_is_paired),
        test(a_code_is_good_for_ten_minutes),
        test(there_is_an_end_to_screens_that_wait),
        test(a_screen_is_seen_and_says_how_it_is),
        test(a_revoked_screen_stays_out),
        test(a_token_has_one_screen),
        test(people_are_kept),
        test(a_session_ends),
        test(a_change_of_somebody_ends_their_other_sessions),
        test(there_is_always_a_coordinator),
        test(a_recovery_code_is_good_once),
        test(an_invitation_is_good_once_and_three_days),
        test(an_address_gives_a_new_password),
        test(invitations_go_with_who_made_them),
        test(people_of_an_older_hub_stay),
        test(deeds_and_values_are_kept),
        test(nothing_is_taken_for_sql),
        test(a_second_process_sees_and_is_seen),
        test(while_another_writes_for_long_reads_go_on),
        test(a_file_that_was_moved_away_is_not_written),
        test(a_killed_hub_has_each_post_it_once),
        test(on_a_full_disk_nothing_is_written_and_all_is_read),
        test(a_hub_starts_on_a_full_disk),
        test(a_refused_write_leaves_all_or_nothing),
    };
    return cmocka_run_group_tests(tests, make_base, remove_base);
}
