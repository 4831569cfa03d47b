// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/io/child.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PATIENCE_MS 60000
#define MOMENT "/this-week?day=2026-11-26&time=10:42&screen=wide"
#define NASTY_SHOWN "&lt;script&gt;&quot;&#39;&amp;amp;"

/* A purpose and a question with words that are no markup. */
#define FEED                                                                   \
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"N\","       \
    "\"_staffroom\":{\"timezone\":\"Europe/London\"},\"items\":["              \
    "{\"id\":\"p\",\"title\":\"Why\",\"content_text\":\"Because.\","           \
    "\"_staffroom\":{\"kind\":\"purpose\"}},{\"id\":\"q\",\"content_text\":"   \
    "\"<script>\\\"'&amp;amp;\",\"_staffroom\":{\"kind\":\"question\","        \
    "\"on\":\"2026-11-26\"},\"authors\":[{\"name\":\"Priya\"}]}]}"

static void
set_up(struct page_stand *s)
{
    struct problem why = {0};
    struct hub_revision newest;
    page_stand_set_up(s);
    assert_true(hub_store_revision(s->hub.store, &s->arena, 0, &newest));
    if (!hub_store_publish(s->hub.store, newest.number, FEED, "Maria", "",
                           PAGE_NOW_S, &why))
        fail_msg("%s", why.text);
}

/* As if it were installed: a program of the test's. */
static void
install(struct page_stand *s, const char *script)
{
    char path[80], folder[80];
    snprintf(path, sizeof path, "%s/program", s->folder);
    snprintf(folder, sizeof folder, "%s/preview", s->folder);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fprintf(f, "#!/bin/sh\n%s\n", script);
    fclose(f);
    assert_int_equal(chmod(path, 0700), 0);
    s->hub.beside = epoll_create1(EPOLL_CLOEXEC);
    s->hub.preview = preview_open(folder, path, s->hub.beside);
    assert_non_null(s->hub.preview);
}

static void
uninstall(struct page_stand *s)
{
    char path[80];
    snprintf(path, sizeof path, "%s/program", s->folder);
    unlink(path);
    preview_close(s->hub.preview);
    s->hub.preview = NULL;
}

static void
wait_for(struct page_stand *s)
{
    struct pollfd on = {.fd = s->hub.beside, .events = POLLIN};
    while (!hub_turn(&s->hub))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
    s->hub.now = (struct now){.mono_ms = 60000, .wall_s = PAGE_NOW_S};
}

static void
begins_with_now(void **state)
{
    struct page_stand *s = *state;
    set_up(s);
    assert_int_equal(page_stand_get(s, "/this-week"), 200);
    page_stand_has(s, "What the screens show");
    page_stand_has(s, "value=\"2026-11-26\"");
    page_stand_has(s, "value=\"10:42\"");
    page_stand_has_not(s, "<ol");
}

static void
tells_slides_in_words_without_the_program(void **state)
{
    struct page_stand *s = *state;
    set_up(s);
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    page_stand_has(s, "is not installed");
    page_stand_has(s, "Thursday 26 November at 10:42 it is, in this order");
    // On its own day the question goes first.
    const char *question = strstr(page_stand_body(s), "Thinking-Thursday</str");
    const char *purpose = strstr(page_stand_body(s), "Purpose</strong>");
    assert_true(question && purpose && question < purpose);
    page_stand_has(s, "<bdi>" NASTY_SHOWN "</bdi>");
    page_stand_has_not(s, "<script");
}

static void
says_what_is_no_moment(void **state)
{
    static const struct {
        const char *query, *words;
    } rows[] = {
        {"day=&time=10:42", "That is no date"},
        {"day=%22%3E%3Cscript%3E&time=10:42", "That is no date"},
        {"day=2026-11-31&time=10:42", "That is no date"},
        {"day=1999-12-31&time=10:42", "from 2000 to 2099"},
        {"day=2100-01-01&time=10:42", "from 2000 to 2099"},
        {"day=2026-11-26", "That is no time"},
        {"day=2026-11-26&time=24:00", "That is no time"},
        {"day=2026-03-29&time=01:30", "clocks go forward"},
    };
    struct page_stand *s = *state;
    char path[256];
    set_up(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        snprintf(path, sizeof path, "/this-week?%s", rows[i].query);
        assert_int_equal(page_stand_get(s, path), 200);
        page_stand_has(s, rows[i].words);
        page_stand_has(s, "aria-invalid");
        page_stand_has_not(s, "<script");
        page_stand_has_not(s, "is not installed");
    }
    // What cannot be read at all is as if nothing was chosen.
    assert_int_equal(page_stand_get(s, "/this-week?day=%ff"), 200);
    page_stand_has_not(s, "aria-invalid");
    assert_int_equal(
        page_stand_get(s, "/this-week?day=2026-11-26&time=10:42&screen=huge"),
        200);
    page_stand_has(s, "<option value=\"wide\" selected>");
}

static void
shows_pictures(void **state)
{
    struct page_stand *s = *state;
    char at[64];
    set_up(s);
    install(s, "mkdir -p out\n"
               "case \"$*\" in\n"
               "*--list*) echo '{\"slide\":\"question\",\"kind\":\"question\","
               "\"ids\":[\"q\"],\"title\":\"<script>\\\"'\\''&amp;\","
               "\"dwell_ms\":8600,\"pages\":1,\"cap_px\":60}';;\n"
               "*) printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR"
               "\\0\\0\\003\\300\\0\\0\\002\\034' >out/01-question.png\n"
               "echo out/01-question.png;;\nesac");
    assert_int_equal(page_stand_get(s, MOMENT "&x=\"><script>"), 200);
    page_stand_has(s, "still being drawn");
    page_stand_has(s, "Look again");
    page_stand_has_not(s, "<script");
    wait_for(s);
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    page_stand_has(s, "width=\"960\" height=\"540\" "
                      "alt=\"&lt;script&gt;&quot;&#39;&amp;amp;\"");
    page_stand_has(s, "<strong>Thinking-Thursday</strong>, "
                      "<span class=\"soft\">for 9 seconds</span>");
    page_stand_has(s, "Once through takes 9 seconds");
    page_stand_has_not(s, "<script");
    const char *src = strstr(page_stand_body(s), "src=\"/preview/");
    assert_non_null(src);
    snprintf(at, sizeof at, "%.*s", (int) strcspn(src + 5, "\""), src + 5);
    assert_int_equal(page_stand_get(s, at), 200);
    assert_string_equal(s->answer.type, "image/png");
    assert_int_equal(s->answer.body.len, 24);
    at[strlen(at) - 1] = '2';
    assert_int_equal(page_stand_get(s, at), 404);
    assert_int_equal(page_stand_get(s, "/preview/1/1/wide/1"), 404);
    s->session[0] = '\0';
    at[strlen(at) - 1] = '1';
    assert_int_equal(page_stand_get(s, at), 303);
    uninstall(s);
}

/* Which feed the program was given: the last one. */
static bool
was_drawn_with(struct page_stand *s, const char *words)
{
    char path[80];
    struct text seen = {0};
    struct problem why;
    snprintf(path, sizeof path, "%s/seen", s->folder);
    assert_true(file_read(path, 1 << 20, &seen, &why));
    bool has = strstr(text_string(&seen), words) != NULL;
    text_destroy(&seen);
    return has;
}

static void
names_are_in_no_picture_for_who_may_not_see_them(void **state)
{
    struct page_stand *s = *state;
    char script[600];
    set_up(s);
    snprintf(script, sizeof script,
             "for a; do [ \"$was\" != --feed ] || cp \"$a\" %s/seen; was=$a; "
             "done\nmkdir -p out\ncase \"$*\" in\n"
             "*--list*) echo '{\"slide\":\"question\",\"kind\":\"question\","
             "\"ids\":[\"q\"],\"title\":\"Q\",\"dwell_ms\":8600,\"pages\":1,"
             "\"cap_px\":60}';;\n"
             "*) printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR"
             "\\0\\0\\003\\300\\0\\0\\002\\034' >out/01-question.png\n"
             "echo out/01-question.png;;\nesac",
             s->folder);
    install(s, script);
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    wait_for(s);
    assert_true(was_drawn_with(s, "2026-11-26"));
    assert_false(was_drawn_with(s, "Priya"));

    page_stand_switch_on_codes(s);
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    page_stand_has(s, "still being drawn"); // another picture
    wait_for(s);
    assert_true(was_drawn_with(s, "Priya"));
    uninstall(s);
}

static void
says_when_they_cannot_be_drawn(void **state)
{
    struct page_stand *s = *state;
    set_up(s);
    install(s, "exit 1");
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    wait_for(s);
    assert_int_equal(page_stand_get(s, MOMENT), 200);
    page_stand_has(s, "could not be drawn");
    page_stand_has(s, "<strong>Purpose</strong>: <bdi>Why</bdi>");
    uninstall(s);
}

int
main(void)
{
#define WITH_STAND(test)                                                       \
    cmocka_unit_test_setup_teardown(test, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        WITH_STAND(begins_with_now),
        WITH_STAND(tells_slides_in_words_without_the_program),
        WITH_STAND(says_what_is_no_moment),
        WITH_STAND(shows_pictures),
        WITH_STAND(names_are_in_no_picture_for_who_may_not_see_them),
        WITH_STAND(says_when_they_cannot_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
