// links: src/io/cache.c src/io/cache_entry.c src/io/cache_folder.c
// links: src/io/file.c src/base/text.c src/base/memory.c src/base/problem.c
// links: src/base/hash.c src/base/clock.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "io/cache.h"
#include "io/cache_entry.h"
#include "io/cache_folder.h"
#include "io/file.h"

#define MIB ((size_t) 1024 * 1024)

static const char address[] = "https://northside.example/feed.json";
static const char photo[] = "https://northside.example/photo.jpg";
static char folder[64];
static int said; // how often the log would have had a line

void
log_warning(const char *format, ...)
{
    (void) format;
    said++;
}

static int
make_folder(void **state)
{
    (void) state;
    snprintf(folder, sizeof folder, "/tmp/staffroom-cache-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int
remove_it(void **state)
{
    char command[128];
    (void) state;
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

/* The name of the n-th file that starts so, by name; "" when there is none. */
static const char *
nth_file(const char *start, int n)
{
    static char path[400];
    struct dirent **list;
    int count = scandir(folder, &list, NULL, alphasort);
    path[0] = '\0';
    for (int i = 0; i < count; i++) {
        if (strncmp(list[i]->d_name, start, strlen(start)) == 0 && n-- == 0)
            snprintf(path, sizeof path, "%s/%s", folder, list[i]->d_name);
        free(list[i]);
    }
    if (count >= 0)
        free(list);
    return path;
}

static int
count_files(const char *start)
{
    int n = 0;
    while (*nth_file(start, n))
        n++;
    return n;
}

static bool
keep(struct cache *c, const char *where, const char *first, const char *second)
{
    struct problem why;
    struct cached_feed feed = {.page_count = second ? 2 : 1,
                               .fetched_s = 1795680000};
    snprintf(feed.etag, sizeof feed.etag, "\"%.20s\"", first);
    snprintf(feed.last_modified, sizeof feed.last_modified, "yesterday");
    snprintf(feed.base_url, sizeof feed.base_url, "https://cdn.example/f/");
    text_add_string(&feed.pages[0], first);
    if (second)
        text_add_string(&feed.pages[1], second);
    bool ok = cache_keep_feed(c, where, &feed, &why);
    cached_feed_destroy(&feed);
    return ok;
}

/* The first page of the edition; "" when there is none. */
static const char *
found(struct cache *c, const char *where, int skip)
{
    static char page[64];
    struct cached_feed feed;
    page[0] = '\0';
    if (cache_find_feed(c, where, skip, &feed))
        snprintf(page, sizeof page, "%s", text_string(&feed.pages[0]));
    cached_feed_destroy(&feed);
    return page;
}

static void
a_feed_comes_back_as_it_was(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    struct cached_feed feed;
    (void) state;
    assert_false(cache_find_feed(c, address, 0, &feed));
    assert_true(keep(c, address, "{\"one\":\n\n1}", "{\"two\":2}"));
    cache_close(c);

    c = cache_open(folder, MIB);
    assert_true(cache_find_feed(c, address, 0, &feed));
    assert_int_equal(feed.page_count, 2);
    assert_string_equal(feed.pages[0].bytes, "{\"one\":\n\n1}");
    assert_string_equal(feed.pages[1].bytes, "{\"two\":2}");
    assert_string_equal(feed.last_modified, "yesterday");
    assert_string_equal(feed.base_url, "https://cdn.example/f/");
    assert_int_equal(feed.fetched_s, 1795680000);
    cached_feed_destroy(&feed);
    assert_false(cache_find_feed(c, "https://other.example/", 0, &feed));
    assert_false(cache_find_feed(c, address, 1, &feed));
    cache_close(c);
}

static void
five_editions_of_each_address_stay(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    (void) state;
    assert_true(keep(c, "http://other.example/", "other", NULL));
    for (int i = 0; i < 8; i++)
        assert_true(keep(c, address, (char[]){(char) ('a' + i), 0}, NULL));
    assert_int_equal(count_files("feed-"), 6);
    static const char *const newest_first[] = {"h", "g", "f", "e", "d", ""};
    for (int i = 0; i < 6; i++)
        assert_string_equal(found(c, address, i), newest_first[i]);
    assert_string_equal(found(c, "http://other.example/", 0), "other");
    cache_close(c);
}

static void
nothing_is_written_when_nothing_changed(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    (void) state;
    assert_true(keep(c, address, "same", NULL));
    uint64_t before = file_stamp(nth_file("feed-", 0));
    uint64_t folder_before = file_stamp(folder);
    for (int i = 0; i < 3; i++)
        assert_true(keep(c, address, "same", NULL));
    struct problem why;
    assert_true(cache_keep_picture(c, photo, "picture", 7, &why));
    uint64_t with_picture = file_stamp(folder);
    assert_int_not_equal(with_picture, folder_before);
    assert_true(cache_keep_picture(c, photo, "picture", 7, &why));
    assert_int_equal(file_stamp(nth_file("feed-", 0)), before);
    assert_int_equal(file_stamp(folder), with_picture);
    assert_true(keep(c, address, "other", NULL));
    assert_int_equal(count_files("feed-"), 2);
    cache_close(c);
}

static void
damage_anywhere_gives_the_one_before(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    (void) state;
    assert_true(keep(c, address, "the one before", NULL));
    assert_true(keep(c, address, "newest one", "second page"));
    char path[400];
    snprintf(path, sizeof path, "%s", nth_file("feed-", 1));
    struct text whole = {0};
    struct problem why;
    assert_true(file_read(path, MIB, &whole, &why));

    for (size_t at = 0; at < whole.len; at++) {
        static const unsigned char flips[] = {0x01, 0x80, 0xff};
        for (size_t f = 0; f < sizeof flips; f++) {
            struct text bad = {0};
            text_add(&bad, whole.bytes, whole.len);
            bad.bytes[at] = (char) (bad.bytes[at] ^ flips[f]);
            FILE *to = fopen(path, "w");
            fwrite(bad.bytes, 1, bad.len, to);
            fclose(to);
            text_destroy(&bad);
            assert_string_equal(found(c, address, 0), "the one before");
            assert_int_not_equal(access(path, F_OK), 0);
        }
    }
    text_destroy(&whole);
    cache_close(c);
}

static void
a_torn_file_is_none(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    (void) state;
    assert_true(keep(c, address, "only one", NULL));
    char path[400];
    snprintf(path, sizeof path, "%s", nth_file("feed-", 0));
    struct text whole = {0};
    struct problem why;
    assert_true(file_read(path, MIB, &whole, &why));
    text_add_string(&whole, "more");
    for (size_t len = 0; len <= whole.len; len++) {
        FILE *to = fopen(path, "w");
        fwrite(whole.bytes, 1, len, to);
        fclose(to);
        bool is_whole = len == whole.len - 4;
        assert_string_equal(found(c, address, 0), is_whole ? "only one" : "");
    }
    text_destroy(&whole);
    cache_close(c);
}

static void
a_file_of_another_address_is_not_taken_for_ours(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    (void) state;
    // As if both addresses had one hash: the address inside decides.
    assert_true(keep(c, address, "ours", NULL));
    char ours[400], theirs[400];
    snprintf(ours, sizeof ours, "%s", nth_file("feed-", 0));
    assert_true(keep(c, "http://other.example/", "theirs", NULL));
    const char *first = nth_file("feed-", 0);
    snprintf(theirs, sizeof theirs, "%s",
             strcmp(first, ours) == 0 ? nth_file("feed-", 1) : first);
    assert_int_equal(rename(theirs, ours), 0);
    assert_string_equal(found(c, address, 0), "");
    assert_int_equal(access(ours, F_OK), 0);
    cache_close(c);
}

static void
a_file_of_another_version_is_not_found(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    struct problem why;
    (void) state;
    assert_true(keep(c, address, "one before", NULL));
    char name[CACHE_NAME_BYTES], path[400];
    cache_feed_name(name, hash_string(address), 2);
    snprintf(path, sizeof path, "%s/%s", folder, name);
    struct cache_entry entry = {
        .address = (char *) address, .body_count = 1, .body_len = {5}};
    static const char *const formats[] = {CACHE_FEED_FORMAT, "staffroom-feed 1",
                                          "staffroom-feed 3"};
    for (int i = 0; i < 3; i++) {
        struct text bytes = {0};
        cache_entry_write(&bytes, formats[i], &entry, &(const char *){"other"});
        assert_true(file_write(path, bytes.bytes, bytes.len, &why));
        text_destroy(&bytes);
        assert_string_equal(found(c, address, 0), i ? "one before" : "other");
    }
    cache_close(c);
}

static void
pictures_come_back(void **state)
{
    static const char bytes[] = "\xff\xd8\0\n\njpeg";
    struct cache *c = cache_open(folder, MIB);
    struct problem why;
    struct text read = {0};
    (void) state;
    assert_false(cache_find_picture(c, photo, &read));
    assert_true(cache_keep_picture(c, photo, bytes, sizeof bytes, &why));
    assert_true(cache_find_picture(c, photo, &read));
    assert_int_equal(read.len, sizeof bytes);
    assert_memory_equal(read.bytes, bytes, sizeof bytes);
    text_cut(&read, 0);
    assert_true(cache_keep_picture(c, photo, "new", 3, &why));
    assert_true(cache_find_picture(c, photo, &read));
    assert_string_equal(read.bytes, "new");
    text_cut(&read, 0);

    int fd = open(nth_file("picture-", 0), O_WRONLY);
    assert_int_equal(pwrite(fd, "N", 1, 60), 1);
    close(fd);
    assert_false(cache_find_picture(c, photo, &read));
    assert_int_equal(read.len, 0);
    assert_int_equal(count_files("picture-"), 0);
    assert_false(cache_keep_picture(c, photo, "", 0, &why));
    assert_false(cache_keep_picture(c, "http://a/\nb", "x", 1, &why));
    text_destroy(&read);
    cache_close(c);
}

/* Moves the file's times `days` back. */
static void
make_old(const char *path, int days)
{
    struct timespec then[2] = {{.tv_sec = time(NULL) - days * 86400L}};
    then[1] = then[0];
    assert_int_equal(utimensat(AT_FDCWD, path, then, 0), 0);
}

static int64_t
mtime(const char *path)
{
    struct stat st;
    assert_int_equal(stat(path, &st), 0);
    return st.st_mtim.tv_sec;
}

/* A reader beside a running kiosk, which throws away what is damaged. */
static void
a_reader_changes_nothing(void **state)
{
    struct problem why;
    (void) state;
    struct cache *c = cache_open(folder, MIB);
    assert_true(keep(c, address, "one", NULL));
    assert_true(keep(c, address, "two", NULL));
    cache_close(c);
    assert_true(file_write(nth_file("feed-", 0), "rot", 3, &why));
    struct cache *reader = cache_open_to_read(folder);
    assert_int_equal(strlen(found(reader, address, 0)), 3); // "one" or "two"
    assert_string_equal(found(reader, address, 1), "");
    assert_string_equal(found(reader, "https://other.example/", 0), "");
    assert_int_equal(count_files("feed-"), 2);
    cache_close(reader);
    reader = cache_open_to_read("/tmp/staffroom-no-such-folder");
    assert_string_equal(found(reader, address, 0), "");
    cache_close(reader);
    assert_int_equal(access("/tmp/staffroom-no-such-folder", F_OK), -1);
}

static void
what_must_not_be_seen_any_more_is_gone(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    struct problem why;
    (void) state;
    assert_true(keep(c, address, "one", NULL));
    assert_true(keep(c, address, "two", NULL));
    assert_true(keep(c, "https://elsewhere.example/feed.json", "three", NULL));
    assert_true(cache_keep_picture(c, photo, "jpeg", 4, &why));
    cache_forget_feed(c, address);
    assert_int_equal(count_files("feed-"), 1);
    assert_int_equal(count_files("picture-"), 0);
    assert_string_equal(found(c, address, 0), "");
    assert_string_equal(found(c, "https://elsewhere.example/feed.json", 0),
                        "three");
    cache_forget_feed(c, address);
    assert_true(keep(c, address, "four", NULL));
    assert_string_equal(found(c, address, 0), "four");
    cache_close(c);
}

static void
use_is_marked_once_a_day(void **state)
{
    struct cache *c = cache_open(folder, MIB);
    struct problem why;
    struct text read = {0};
    (void) state;
    assert_true(cache_keep_picture(c, photo, "picture", 7, &why));
    char path[400];
    snprintf(path, sizeof path, "%s", nth_file("picture-", 0));
    make_old(path, 3);
    assert_true(cache_find_picture(c, photo, &read));
    assert_true(mtime(path) > time(NULL) - 60);

    struct timespec an_hour_ago[2] = {{.tv_sec = time(NULL) - 3600}};
    an_hour_ago[1] = an_hour_ago[0];
    utimensat(AT_FDCWD, path, an_hour_ago, 0);
    assert_true(cache_find_picture(c, photo, &read));
    assert_int_equal(mtime(path), an_hour_ago[0].tv_sec);
    make_old(path, -30); // the clock is behind
    int64_t before = mtime(path);
    assert_true(cache_find_picture(c, photo, &read));
    assert_int_equal(mtime(path), before);
    text_destroy(&read);
    cache_close(c);
}

static size_t
folder_bytes(void)
{
    size_t total = 0;
    struct stat st;
    for (int i = 0; *nth_file("feed-", i); i++)
        if (stat(nth_file("feed-", i), &st) == 0)
            total += (size_t) st.st_size;
    for (int i = 0; *nth_file("picture-", i); i++)
        if (stat(nth_file("picture-", i), &st) == 0)
            total += (size_t) st.st_size;
    return total;
}

static void
the_limit_takes_pictures_first_and_the_oldest_of_them(void **state)
{
    static char bytes[10000];
    struct cache *c = cache_open(folder, 35000);
    struct problem why;
    struct text read = {0};
    (void) state;
    assert_true(keep(c, address, "one", NULL));
    assert_true(keep(c, address, "two", NULL));
    assert_true(cache_keep_picture(c, "http://a/1", bytes, 10000, &why));
    make_old(nth_file("picture-", 0), 2);
    assert_true(cache_keep_picture(c, "http://a/2", bytes, 10000, &why));
    assert_true(cache_keep_picture(c, "http://a/3", bytes, 10000, &why));
    assert_true(cache_keep_picture(c, "http://a/4", bytes, 10000, &why));
    assert_true(folder_bytes() <= 35000);
    assert_false(cache_find_picture(c, "http://a/1", &read));
    assert_true(cache_find_picture(c, "http://a/4", &read));
    assert_int_equal(count_files("picture-"), 3);
    assert_int_equal(count_files("feed-"), 2);

    // A picture never drives out a feed, however large it is.
    static char large[34900];
    assert_false(cache_keep_picture(c, "http://a/5", large, 34900, &why));
    assert_int_equal(count_files("feed-"), 2);
    text_destroy(&read);
    cache_close(c);
}

static void
the_limit_spares_the_newest_feed_in_use(void **state)
{
    char page[3001];
    struct cache *c = cache_open(folder, 100000);
    (void) state;
    memset(page, 'x', 3000);
    page[3000] = '\0';
    assert_true(keep(c, "http://other.example/", page, NULL));
    for (int i = 0; i < 4; i++) {
        page[0] = (char) ('a' + i);
        assert_true(keep(c, address, page, NULL));
    }
    cache_close(c);
    assert_int_equal(count_files("feed-"), 5);

    c = cache_open(folder, 2000); // a smaller limit than even one takes
    assert_int_equal(*found(c, address, 0), 'd');
    assert_int_equal(count_files("feed-"), 1);
    page[0] = 'e';
    assert_true(keep(c, address, page, NULL));
    assert_int_equal(count_files("feed-"), 1);
    assert_int_equal(*found(c, address, 0), 'e');
    cache_close(c);
}

static void
leftovers_are_swept_and_strangers_left_alone(void **state)
{
    static const struct {
        const char *name;
        bool stays;
    } rows[] = {
        {"feed-0123456789abcdef-0000000000000001.77.tmp", false},
        {"picture-0123456789abcdef.1.tmp", false},
        {"somebody.tmp", true},
        {"feed-notes.txt", true},
        {"picture-of-the-dog.jpg", true},
    };
    struct problem why;
    char path[400];
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        assert_true(file_write(path, "torn", 4, &why));
    }
    struct cache *c = cache_open(folder, 1);
    assert_true(keep(c, address, "a feed", NULL));
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, rows[i].name);
        assert_int_equal(access(path, F_OK) == 0, rows[i].stays);
    }
    cache_close(c);
}

static void
without_a_folder_it_is_empty(void **state)
{
    struct problem why;
    char path[400];
    struct text read = {0};
    (void) state;
    // Below a file no folder can be, not even for root.
    snprintf(path, sizeof path, "%s/file", folder);
    assert_true(file_write(path, "", 0, &why));
    snprintf(path, sizeof path, "%s/file/cache", folder);
    said = 0;
    struct cache *c = cache_open(path, MIB);
    assert_int_equal(said, 1);
    assert_false(keep(c, address, "lost", NULL));
    assert_false(cache_keep_picture(c, photo, "x", 1, &why));
    assert_true(why.text[0] != '\0');
    assert_string_equal(found(c, address, 0), "");
    assert_false(cache_find_picture(c, photo, &read));
    assert_int_equal(said, 1);
    cache_close(c);
}

static void
a_full_disk_leaves_what_was_there(void **state)
{
    static char page[20001];
    struct cache *c = cache_open(folder, MIB);
    struct rlimit before, small;
    (void) state;
    assert_true(keep(c, address, "there", NULL));
    memset(page, 'x', 20000);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){.rlim_cur = 5000, .rlim_max = before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
    bool ok = keep(c, address, page, NULL);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_false(ok);
    assert_string_equal(found(c, address, 0), "there");
    assert_true(keep(c, address, "again", NULL));
    assert_string_equal(found(c, address, 0), "again");
    cache_close(c);
}

static void
what_cannot_be_kept_is_refused(void **state)
{
    struct cache *c = cache_open(folder, 8 * MIB);
    struct problem why;
    struct cached_feed none = {0};
    struct cached_feed huge = {.page_count = 2};
    (void) state;
    assert_false(cache_keep_feed(c, address, &none, &why));
    char *bytes = calloc(1, FEED_MAX_BYTES);
    text_add(&huge.pages[0], bytes, FEED_MAX_BYTES);
    text_add(&huge.pages[1], "x", 1);
    assert_false(cache_keep_feed(c, address, &huge, &why));
    text_cut(&huge.pages[1], 0);
    assert_true(cache_keep_feed(c, address, &huge, &why));
    assert_false(keep(c, "http://a/\nfetched 1", "x", NULL));
    free(bytes);
    cached_feed_destroy(&huge);
    cache_close(c);
    cache_close(NULL);
}

static bool
keep_calendar(struct cache *c, const char *where, const char *bytes, size_t len)
{
    struct problem why;
    struct cached_feed calendar = {
        .page_count = 1, .etag = "\"7\"", .fetched_s = 1795680000};
    text_add(&calendar.pages[0], bytes, len);
    bool ok = cache_keep_calendar(c, where, &calendar, &why);
    cached_feed_destroy(&calendar);
    return ok;
}

static void
one_calendar_of_each_address_stays_for_our_eyes(void **state)
{
    static const char where[] = "https://calendar.example/secret.ics";
    struct cached_feed kept;
    struct stat is;
    struct problem why;
    (void) state;
    struct cache *c = cache_open(folder, MIB);
    assert_false(cache_find_calendar(c, where, &kept));
    assert_true(keep(c, address, "feed", NULL));
    assert_true(keep_calendar(c, where, "one", 3));
    assert_true(keep_calendar(c, where, "two", 3));
    assert_true(keep_calendar(c, address, "of the feed's address", 21));
    assert_int_equal(count_files("calendar-"), 2);
    assert_true(cache_find_calendar(c, where, &kept));
    assert_string_equal(text_string(&kept.pages[0]), "two");
    assert_string_equal(kept.etag, "\"7\"");
    assert_int_equal(kept.fetched_s, 1795680000);
    cached_feed_destroy(&kept);
    assert_string_equal(found(c, address, 0), "feed");
    for (int i = 0; i < 2; i++) {
        assert_int_equal(stat(nth_file("calendar-", i), &is), 0);
        assert_int_equal(is.st_mode & 0777, 0600);
    }

    // Pictures make way for it; for them it makes none.
    char *bytes = calloc(1, MIB);
    assert_true(cache_keep_picture(c, photo, bytes, MIB / 2, &why));
    assert_true(keep_calendar(c, where, bytes, MIB * 3 / 4));
    assert_int_equal(count_files("picture-"), 0);
    assert_false(cache_keep_picture(c, photo, bytes, MIB / 2, &why));
    assert_true(cache_find_calendar(c, where, &kept));
    cached_feed_destroy(&kept);
    free(bytes);
    cache_close(c);
}

static void
who_only_looks_changes_nothing(void **state)
{
    struct cached_feed kept;
    (void) state;
    struct cache *c = cache_open(folder, MIB);
    assert_true(keep_calendar(c, address, "one", 3));
    cache_close(c);
    FILE *damaged = fopen(nth_file("calendar-", 0), "a");
    assert_true(damaged && fputs("x", damaged) >= 0 && fclose(damaged) == 0);
    said = 0;
    c = cache_open_to_read(folder);
    assert_false(cache_find_calendar(c, address, &kept));
    cache_close(c);
    assert_int_equal(count_files("calendar-"), 1);
    assert_int_equal(said, 0);
    c = cache_open(folder, MIB); // whose it is throws it away
    assert_false(cache_find_calendar(c, address, &kept));
    assert_int_equal(count_files("calendar-"), 0);
    cache_close(c);
    c = cache_open_to_read("/nonexistent/folder");
    assert_false(cache_find_calendar(c, address, &kept));
    cache_close(c);
}

#define WITH_FOLDER(test)                                                      \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_it)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDER(a_feed_comes_back_as_it_was),
        WITH_FOLDER(five_editions_of_each_address_stay),
        WITH_FOLDER(nothing_is_written_when_nothing_changed),
        WITH_FOLDER(damage_anywhere_gives_the_one_before),
        WITH_FOLDER(a_torn_file_is_none),
        WITH_FOLDER(a_file_of_another_address_is_not_taken_for_ours),
        WITH_FOLDER(a_file_of_another_version_is_not_found),
        WITH_FOLDER(pictures_come_back),
        WITH_FOLDER(a_reader_changes_nothing),
        WITH_FOLDER(what_must_not_be_seen_any_more_is_gone),
        WITH_FOLDER(use_is_marked_once_a_day),
        WITH_FOLDER(the_limit_takes_pictures_first_and_the_oldest_of_them),
        WITH_FOLDER(the_limit_spares_the_newest_feed_in_use),
        WITH_FOLDER(leftovers_are_swept_and_strangers_left_alone),
        WITH_FOLDER(without_a_folder_it_is_empty),
        WITH_FOLDER(a_full_disk_leaves_what_was_there),
        WITH_FOLDER(what_cannot_be_kept_is_refused),
        WITH_FOLDER(one_calendar_of_each_address_stays_for_our_eyes),
        WITH_FOLDER(who_only_looks_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
