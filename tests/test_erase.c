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
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/content.h"
#include "hub/name.h"
#include "io/file.h"
#include "tests/page_stand.h"

#define ID "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a0"

/* ---- names -------------------------------------------------------------- */

static void
names_are_compared_as_people_would(void **state)
{
    static const struct {
        const char *typed, *line;
        enum name_likeness likeness;
    } rows[] = {
        {"Danielle", "Danielle", NAME_SAME},
        {"danielle", "DANIELLE", NAME_SAME},
        {" Danielle. ", "Danielle", NAME_SAME},
        {"JOS\xC3\x89", "jos\xC3\xA9", NAME_SAME},
        {"Jose\xCC\x81", "jos\xC3\xA9", NAME_SAME}, // e and an acute
        {"Jose", "Jos\xC3\xA9", NAME_NEAR},
        {"STRASSE",
         "Stra\xC3\x9F"
         "e",
         NAME_SAME},
        {"Danielle", "Danielle, Year 4", NAME_NEAR},
        {"Danielle Smith", "Danielle", NAME_NEAR},
        {"Danielle Smith", "Danielle, Year 4", NAME_NEAR},
        {"Danielle", "Tom and Danielle", NAME_NEAR},
        {"Danielle", "Danielles", NAME_DIFFERENT},
        {"Jo", "John", NAME_DIFFERENT},
        {"Tom, Year 4", "Jo, Year 4", NAME_DIFFERENT},
        {"Danielle", "", NAME_DIFFERENT},
        {"...", "...", NAME_DIFFERENT},
        {"\xD9\x84\xD9\x8A\xD9\x84\xD9\x89", "\xD9\x84\xD9\x8A\xD9\x84\xD9\x89",
         NAME_SAME},
    };
    struct arena a = {0};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct name n = name_read(&a, rows[i].typed);
        if (name_compare(&n, rows[i].line) != rows[i].likeness)
            fail_msg("%s, %s", rows[i].typed, rows[i].line);
    }
    arena_destroy(&a);
}

static void
names_are_found_in_words(void **state)
{
    static const struct {
        const char *typed, *text, *found, *left;
    } rows[] = {
        {"Danielle", "Danielle\xE2\x80\x99s maze", "Danielle",
         "\xE2\x80\xA6\xE2\x80\x99s maze"},
        {"mary jane", "So Mary-Jane said", "Mary-Jane", "So \xE2\x80\xA6 said"},
        {"Zoe", "ask Zo\xC3\xAB, Zo\xC3\xAB!", "Zo\xC3\xAB",
         "ask \xE2\x80\xA6, \xE2\x80\xA6!"},
        {"Jo", "John and Jo", "Jo", "John and \xE2\x80\xA6"},
        {"Jo Jo", "Jo Ja Jo Jo", "Jo Jo", "Jo Ja \xE2\x80\xA6"},
        {"Jo Jo", "Jo Ja Jo", NULL, NULL},
        {"Danielle", "", NULL, NULL},
    };
    struct arena a = {0};
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct name n = name_read(&a, rows[i].typed);
        size_t start = 0, end = 0;
        bool is_there = name_find(&n, rows[i].text, 0, &start, &end);
        assert_int_equal(is_there, rows[i].found != NULL);
        if (!is_there)
            continue;
        const char *spelling =
            arena_copy(&a, rows[i].text + start, end - start);
        assert_string_equal(spelling, rows[i].found);
        assert_string_equal(name_replace(&a, rows[i].text, spelling),
                            rows[i].left);
    }
    assert_string_equal(name_replace(&a, "xJox Jox xJo", "Jo"), "xJox Jox xJo");
    arena_destroy(&a);
}

/* ---- erasing ------------------------------------------------------------ */

static int
close_stand(void **state)
{
    struct page_stand *s = *state;
    char path[400];
    snprintf(path, sizeof path, "%s/backups", s->folder);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
        snprintf(path, sizeof path, "%s/backups/%s", s->folder, e->d_name);
        unlink(path);
    }
    if (d)
        closedir(d);
    snprintf(path, sizeof path, "%s/backups", s->folder);
    rmdir(path);
    return page_stand_close(state);
}

static void
switch_codes(struct page_stand *s, const char *secret)
{
    struct arena a = {0};
    struct hub_person p;
    struct problem why = {0};
    assert_true(hub_store_person(s->hub.store, &a, "Maria", &p));
    p.totp = secret;
    assert_true(hub_store_change_person(s->hub.store, &p, &why));
    arena_destroy(&a);
}

static void
save(struct content *c, struct page_stand *s, const char *note)
{
    struct problem why = {0};
    if (content_save(c, s->hub.store, "Maria", note, PAGE_NOW_S, &why) !=
        CONTENT_SAVED)
        fail_msg("%s", why.text);
}

/* Three revisions with her in them, and post-its. */
static void
write_much(struct page_stand *s)
{
    struct content c;
    struct problem why = {0};
    snprintf(s->hub.options.data, sizeof s->hub.options.data, "%s", s->folder);
    page_stand_set_up(s);
    switch_codes(s, "ABCDEFGHIJKLMNOP");
    assert_true(content_open(&c, s->hub.store, 0, &why));
    struct item idea = content_new_item(KIND_IDEA);
    idea.id = "i-1";
    idea.title = "Danielle\xE2\x80\x99s maze";
    idea.has_own_title = true;
    idea.text = "Rope and tape.";
    idea.author = "Danielle";
    idea.published_s = PAGE_NOW_S;
    content_set_item(&c, &idea);
    struct item question = content_new_item(KIND_QUESTION);
    question.id = "q-1";
    question.text = "Why?";
    question.author = "DANIELLE";
    question.next_asker = "Danielle, Year 4";
    question.published_s = PAGE_NOW_S;
    content_set_item(&c, &question);
    struct item purpose = content_new_item(KIND_PURPOSE);
    static const char *const promises[] = {"We visit. Danielle, Tom", "Tea"};
    purpose.id = "p-1";
    purpose.title = "Why";
    purpose.has_own_title = true;
    purpose.promises = promises;
    purpose.promise_count = 2;
    purpose.published_s = PAGE_NOW_S;
    content_set_item(&c, &purpose);
    save(&c, s, "Changed the idea Danielle\xE2\x80\x99s maze");
    idea.author = "Tom";
    content_set_item(&c, &idea);
    save(&c, s, "Changed an idea");
    content_close(&c);
    int64_t device = page_stand_pair(s, "Door");
    page_stand_postit(s, device, ID "1", "Rope is good", "Danielle");
    page_stand_postit(s, device, ID "2", "Ask Danielle!", "Jo");
    page_stand_postit(s, device, ID "3", "Tape", "Danielle, Year 4");
    page_stand_postit(s, device, ID "4", "danielles", "Tom");
}

static bool
is_in_file(const char *path, const char *name)
{
    struct text bytes = {0};
    struct problem why = {0};
    if (!file_read(path, 1 << 26, &bytes, &why))
        fail_msg("%s", why.text);
    bool is_there =
        bytes.len && memmem(bytes.bytes, bytes.len, name, strlen(name)) != NULL;
    text_destroy(&bytes);
    return is_there;
}

/* In how many files of the hub's folder those bytes are. */
static int
files_with(struct page_stand *s, const char *name)
{
    static const char *const folders[] = {"", "/backups"};
    int count = 0;
    for (size_t i = 0; i < 2; i++) {
        char path[400];
        struct stat is;
        snprintf(path, sizeof path, "%s%s", s->folder, folders[i]);
        DIR *d = opendir(path);
        for (struct dirent *e; d && (e = readdir(d)) != NULL;) {
            snprintf(path, sizeof path, "%s%s/%s", s->folder, folders[i],
                     e->d_name);
            if (stat(path, &is) == 0 && S_ISREG(is.st_mode))
                count += is_in_file(path, name);
        }
        if (d)
            closedir(d);
    }
    return count;
}

static const struct hub_postit *
postit(struct page_stand *s, const char *id)
{
    const struct hub_postit *list;
    int count =
        hub_store_postits(s->hub.store, &s->arena, -1, PAGE_NOW_S, &list);
    for (int i = 0; i < count; i++)
        if (strcmp(list[i].id, id) == 0)
            return &list[i];
    return NULL;
}

static void
look_for(struct page_stand *s, const char *name)
{
    char form[200];
    snprintf(form, sizeof form, "name=%s", name);
    assert_int_equal(page_stand_get(s, "/erase"), 200);
    assert_int_equal(page_stand_send(s, "/erase", form), 200);
}

/* The name may stand in what the same person still has elsewhere. */
#define ALL                                                                    \
    "name=danielle&erase=yes&signed=Danielle&signed=DANIELLE"                  \
    "&signed=Danielle,+Year+4&words=Danielle"

static void
it_shows_where_the_name_stands(void **state)
{
    struct page_stand *s = *state;
    write_much(s);
    look_for(s, "danielle");
    page_stand_has(s, "name=\"signed\" value=\"Danielle\" "
                      "aria-describedby=\"found-");
    page_stand_has(s, "1 post-it (Hillcrest Primary 1), 1 earlier version");
    page_stand_has(s, "value=\"Danielle, Year 4\"");
    // Ticked is what is the same, and nothing in the midst of words.
    int ticked = 0;
    for (const char *at = page_stand_body(s);
         (at = strstr(at, "\" checked> <bdi>")) != NULL; at++)
        ticked++;
    assert_int_equal(ticked, 2); // Danielle, DANIELLE
    page_stand_has(s, "<q dir=\"auto\">Danielle\xE2\x80\x99s maze</q>");
    page_stand_has_not(s, "danielles");
    page_stand_has_not(s, "also signs in here");
    look_for(s, "Maria");
    page_stand_has(s, "was found nowhere");
    page_stand_has(s, "<bdi>Maria</bdi> also signs in here");
    look_for(s, "the+Door");
    page_stand_has(s, "was found nowhere");
    look_for(s, "Door");
    page_stand_has(s, "A screen is called <bdi>Door</bdi>");
}

static void
the_name_is_nowhere_afterwards(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    struct content c;
    write_much(s);
    // One backup of today, and one from before, which have it.
    assert_true(backup_replace_all(&s->hub, &why));
    char old[200];
    snprintf(old, sizeof old, "%s/backups/hub-2026-11-20.db", s->folder);
    assert_true(file_write(old, "Danielle", 8, &why));
    assert_true(files_with(s, "Danielle") >= 2);
    look_for(s, "danielle");
    assert_int_equal(page_stand_send(s, "/erase", ALL "&how=name"), 303);
    page_stand_get(s, "/erase");
    page_stand_has(s, "Erased: here, in all earlier versions");
    page_stand_has_not(s, "Not finished yet");

    // What is left is another word.
    assert_string_equal(postit(s, ID "4")->text, "danielles");
    assert_string_equal(postit(s, ID "1")->author, "");
    assert_string_equal(postit(s, ID "1")->text, "Rope is good");
    assert_string_equal(postit(s, ID "2")->text, "Ask \xE2\x80\xA6!");
    assert_string_equal(postit(s, ID "2")->author, "Jo");
    assert_string_equal(postit(s, ID "3")->author, "");
    assert_int_equal(files_with(s, "Danielle"), 0);
    assert_int_equal(files_with(s, "DANIELLE"), 0);
    assert_int_not_equal(access(old, F_OK), 0);
    assert_int_equal(backup_count(&s->hub), 1);

    // Every version is still there, and good.
    for (int64_t number = 1; number <= 4; number++) {
        assert_true(content_open(&c, s->hub.store, number, &why));
        assert_int_equal(c.revision, number);
        content_close(&c);
    }
    assert_true(content_open(&c, s->hub.store, 0, &why));
    assert_string_equal(content_find(&c, KIND_IDEA, "i-1")->title,
                        "\xE2\x80\xA6\xE2\x80\x99s maze");
    assert_string_equal(content_find(&c, KIND_IDEA, "i-1")->author, "Tom");
    assert_string_equal(content_find(&c, KIND_QUESTION, "q-1")->next_asker, "");
    assert_string_equal(content_find(&c, KIND_PURPOSE, "p-1")->promises[0],
                        "We visit. \xE2\x80\xA6, Tom");
    content_close(&c);
    page_stand_get(s, "/history");
    page_stand_has(s, "Erased a name");
    page_stand_has(s, "Changed the idea \xE2\x80\xA6\xE2\x80\x99s maze");
}

static void
what_they_wrote_is_deleted_when_asked(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    write_much(s);
    look_for(s, "danielle");
    assert_int_equal(
        page_stand_send(s, "/erase",
                        "name=danielle&erase=yes&how=delete&signed=Danielle"),
        303);
    assert_null(postit(s, ID "1"));
    assert_non_null(postit(s, ID "3")); // was not ticked
    struct hub_postit again = {.text = "Rope is good",
                               .author = "Danielle",
                               .answers = "",
                               .school = "hillcrest-primary",
                               .made_s = PAGE_NOW_S - 240,
                               .expires_s = PAGE_NOW_S + 86400};
    snprintf(again.id, sizeof again.id, "%s", ID "1");
    assert_int_equal(
        hub_store_put_postit(s->hub.store, &again, 1, PAGE_NOW_S, &why),
        HUB_PUT_GONE);
}

/* A screen that did not hear the first answer sends it again, name and all. */
static void
a_second_sending_does_not_bring_it_back(void **state)
{
    struct page_stand *s = *state;
    struct problem why = {0};
    write_much(s);
    look_for(s, "danielle");
    page_stand_send(s, "/erase", ALL "&how=name");
    struct hub_postit again = {.text = "Rope is good",
                               .author = "Danielle",
                               .answers = "",
                               .school = "hillcrest-primary",
                               .made_s = PAGE_NOW_S - 240,
                               .expires_s = PAGE_NOW_S + 86400};
    snprintf(again.id, sizeof again.id, "%s", ID "1");
    assert_int_equal(
        hub_store_put_postit(s->hub.store, &again, 1, PAGE_NOW_S, &why),
        HUB_PUT_SAME);
    assert_string_equal(postit(s, ID "1")->author, "");
    again.text = "Rope is bad";
    assert_int_equal(
        hub_store_put_postit(s->hub.store, &again, 1, PAGE_NOW_S, &why),
        HUB_PUT_OTHER);
}

static void
only_what_was_found_is_erased(void **state)
{
    static const char *const forms[] = {
        "name=danielle&erase=yes&how=delete",
        "name=danielle&erase=yes&how=delete&signed=Jo&signed=Tom",
        "name=danielle&erase=yes&how=delete&signed=&words=&words=Rope",
        "name=danielle&erase=yes&how=delete&signed=danielle",
    };
    struct page_stand *s = *state;
    write_much(s);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        look_for(s, "danielle");
        assert_int_equal(page_stand_send(s, "/erase", forms[i]), 422);
        page_stand_has(s, "Nothing is ticked");
    }
    assert_string_equal(postit(s, ID "2")->author, "Jo");
    assert_string_equal(postit(s, ID "1")->text, "Rope is good");
    page_stand_get(s, "/erase");
    assert_int_equal(page_stand_post(s, "/erase", ALL), 403);
    page_stand_get(s, "/erase");
    assert_int_equal(page_stand_send(s, "/erase", "name="), 422);
    page_stand_get(s, "/erase");
    assert_int_equal(page_stand_send(s, "/erase", "name=!"), 422);
    page_stand_has(s, "Please write the name as it was written.");
    page_stand_get(s, "/erase");
    assert_int_equal(page_stand_send(s, "/erase", "name=%3Cb%3E&x=1"), 200);
    page_stand_has(s, "<bdi>&lt;b&gt;</bdi> was found nowhere");
    page_stand_has_not(s, "<b>");
}

static void
who_may_not_see_names_finds_none(void **state)
{
    struct page_stand *s = *state;
    write_much(s);
    page_stand_get(s, "/erase");
    switch_codes(s, "");
    page_stand_send(s, "/erase", ALL);
    page_stand_has(s, "once you have switched on codes");
    page_stand_has_not(s, "Danielle");
    assert_string_equal(postit(s, ID "1")->author, "Danielle");
    page_stand_get(s, "/erase");
    page_stand_has_not(s, "<form method=\"post\" action=\"/erase\">");
}

/* The folder for backups cannot be made: it says so, and it can be finished. */
static void
what_is_not_finished_is_said(void **state)
{
    struct page_stand *s = *state;
    char path[200];
    struct problem why = {0};
    write_much(s);
    snprintf(path, sizeof path, "%s/backups", s->folder);
    assert_true(file_write(path, "x", 1, &why));
    look_for(s, "danielle");
    assert_int_equal(page_stand_send(s, "/erase", ALL "&how=delete"), 303);
    page_stand_get(s, "/erase");
    page_stand_has(s, "could not be cleaned");
    page_stand_has(s, "Not finished yet");
    page_stand_get(s, "/partnership");
    page_stand_has(s, "The last backup failed");
    unlink(path);
    page_stand_get(s, "/erase");
    assert_int_equal(page_stand_send(s, "/erase", "finish=yes"), 303);
    page_stand_get(s, "/erase");
    page_stand_has_not(s, "Not finished yet");
    assert_null(hub_backup_problem(&s->hub));
}

/* A program that reads the store keeps the log from being emptied. */
static void
a_log_that_cannot_be_emptied_is_said(void **state)
{
    struct page_stand *s = *state;
    char path[200];
    sqlite3 *reader;
    write_much(s);
    look_for(s, "danielle");
    snprintf(path, sizeof path, "%s/hub.sqlite", s->folder);
    assert_int_equal(sqlite3_open(path, &reader), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(reader, "BEGIN; SELECT * FROM postit", NULL, NULL, NULL),
        SQLITE_OK);
    assert_int_equal(page_stand_send(s, "/erase", ALL "&how=name"), 303);
    page_stand_get(s, "/erase");
    page_stand_has(s, "Not finished yet");
    assert_true(files_with(s, "Danielle") > 0);
    sqlite3_close(reader);
    page_stand_send(s, "/erase", "finish=yes");
    page_stand_get(s, "/erase");
    page_stand_has_not(s, "Not finished yet");
    assert_int_equal(files_with(s, "Danielle"), 0);
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, page_stand_open, close_stand)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_compared_as_people_would),
        cmocka_unit_test(names_are_found_in_words),
        TEST(it_shows_where_the_name_stands),
        TEST(the_name_is_nowhere_afterwards),
        TEST(what_they_wrote_is_deleted_when_asked),
        TEST(a_second_sending_does_not_bring_it_back),
        TEST(only_what_was_found_is_erased),
        TEST(who_may_not_see_names_finds_none),
        TEST(what_is_not_finished_is_said),
        TEST(a_log_that_cannot_be_emptied_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
