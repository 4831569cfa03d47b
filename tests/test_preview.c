// links: src/hub/preview.c src/hub/preview_run.c src/hub/preview_read.c
// links: src/hub/preview_files.c
// links: src/io/child.c src/io/file.c src/core/feed_json.c src/core/date.c
// links: src/core/json_scan.c
// links: src/base/*.c
// links: src/io/program.c
// libs: -lcjson -lunistring -pthread
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <ftw.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "hub/preview.h"
#include "io/file.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PATIENCE_MS 60000
#define MINUTE INT64_C(29928162) // 2026-11-26 10:42 UTC

/* The kiosk's program is a script of the test's; e2e_hub_preview.sh has the
   real one. */
struct stand {
    char folder[64], program[80], drawings[80];
    int beside;
    struct preview *preview;
    int64_t now_ms;
};

static void
write_file(const char *path, const char *words, mode_t mode)
{
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(words, f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
}

/* `list` and `render` are what it does when it is told so. `picture NAME W H`
   writes one and says so. */
static void
write_program(const struct stand *s, const char *list, const char *render)
{
    char script[4096];
    snprintf(
        script, sizeof script,
        "#!/bin/sh\n"
        "echo \"$*\" >>'%s/asked'\n"
        "head() { printf '\\211PNG\\r\\n\\032\\n\\0\\0\\0\\rIHDR"
        "\\0\\0\\'$(printf %%o $(($1 / 256)))\\\\$(printf %%o $(($1 %% "
        "256)))'\\0\\0\\'$(printf %%o $(($2 / 256)))\\\\$(printf %%o "
        "$(($2 %% 256))); }\n"
        "picture() { head $2 $3 >out/$1.png; echo out/$1.png; }\n"
        "slide() { echo \"{\\\"slide\\\":\\\"$1\\\",\\\"kind\\\":\\\"idea"
        "\\\",\\\"ids\\\":[\\\"a\\\",\\\"b\\\"],\\\"title\\\":\\\"T-$1\\\","
        "\\\"dwell_ms\\\":8000,\\\"pages\\\":$2,\\\"cap_px\\\":40}\"; }\n"
        "mkdir -p out\n"
        "case \"$*\" in\n*--list*) %s;;\n*--check*) cat feed.json;;\n"
        "*) %s;;\nesac\n",
        s->folder, list, render);
    write_file(s->program, script, 0700);
}

static int
remove_one(const char *path, const struct stat *is, int what, struct FTW *where)
{
    (void) is, (void) what, (void) where;
    return remove(path);
}

static void
open_preview(struct stand *s)
{
    s->preview = preview_open(s->drawings, s->program, s->beside);
    assert_non_null(s->preview);
}

static int
set_up(void **state)
{
    struct stand *s = calloc(1, sizeof *s);
    snprintf(s->folder, sizeof s->folder, "/tmp/staffroom-preview-XXXXXX");
    if (!mkdtemp(s->folder))
        return -1;
    snprintf(s->program, sizeof s->program, "%s/program", s->folder);
    snprintf(s->drawings, sizeof s->drawings, "%s/preview", s->folder);
    s->beside = epoll_create1(EPOLL_CLOEXEC);
    s->now_ms = 60000;
    write_program(s, "slide purpose 1; slide idea 2; slide idea-2 1",
                  "picture 01-purpose 960 540; picture 02-idea-1 960 540; "
                  "picture 03-idea-2 960 540; picture 04-idea-2 960 540");
    open_preview(s);
    *state = s;
    return 0;
}

static int
tear_down(void **state)
{
    struct stand *s = *state;
    preview_close(s->preview);
    close(s->beside);
    bool is_left = access(s->drawings, F_OK) == 0;
    int result = nftw(s->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    free(s);
    return is_left ? -1 : result;
}

static enum preview_state
draw(struct stand *s, int64_t change, int64_t minute,
     const struct preview_drawing **out)
{
    const struct preview_wish wish = {
        .feed = {"the feed", 8}, .change = change, .minute = minute};
    return preview_draw(s->preview, &wish, s->now_ms, out);
}

/* Until something has ended. */
static void
wait_for(struct stand *s)
{
    struct pollfd on = {.fd = s->beside, .events = POLLIN};
    while (!preview_turn(s->preview, s->now_ms))
        assert_int_equal(poll(&on, 1, PATIENCE_MS), 1);
}

static enum preview_state
draw_and_wait(struct stand *s, int64_t change, int64_t minute,
              const struct preview_drawing **out)
{
    enum preview_state state;
    while ((state = draw(s, change, minute, out)) == PREVIEW_UNDER_WAY)
        wait_for(s);
    return state;
}

static int
count_runs(const struct stand *s)
{
    char path[96];
    struct text asked = {0};
    struct problem why = {0};
    int count = 0;
    snprintf(path, sizeof path, "%s/asked", s->folder);
    (void) file_read(path, 1 << 20, &asked, &why);
    for (const char *c = text_string(&asked); *c; c++)
        count += *c == '\n';
    text_destroy(&asked);
    return count;
}

static void
draws(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_UNDER_WAY);
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_UNDER_WAY);
    wait_for(s);
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    assert_int_equal(count_runs(s), 2); // shared by all who ask for the same
    assert_int_equal(d->slide_count, 3);
    assert_string_equal(d->slides[1].title, "T-idea");
    assert_string_equal(d->slides[1].kind, "idea");
    assert_int_equal(d->slides[1].item_count, 2);
    assert_int_equal(d->slides[1].dwell_ms, 8000);
    // "idea-2" is a page of one and the name of another.
    static const struct preview_picture wanted[] = {
        {0, 0}, {1, 0}, {1, 1}, {2, 0}};
    assert_int_equal(d->picture_count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++) {
        assert_int_equal(d->pictures[i].slide, wanted[i].slide);
        assert_int_equal(d->pictures[i].page, wanted[i].page);
    }
    struct text png = {0};
    assert_true(preview_read(s->preview, d, 3, &png));
    assert_int_equal(png.len, 24);
    assert_false(preview_read(s->preview, d, 4, &png));
    assert_false(preview_read(s->preview, d, -1, &png));
    text_destroy(&png);
}

/* The same two files, but the list says otherwise. */
static void
tells_pages_from_slides(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "slide idea 1; slide idea-2 1",
                  "picture 01-idea 960 540; picture 02-idea-2 960 540");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    assert_int_equal(d->pictures[1].slide, 1);
    assert_int_equal(d->pictures[1].page, 0);
}

static void
says_what_it_wants(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    char path[96];
    struct text asked = {0};
    struct problem why = {0};
    write_program(s, "slide purpose 1; cat feed.json plain.conf >&2; pwd",
                  "exit 3");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_FAILED);
    snprintf(path, sizeof path, "%s/asked", s->folder);
    assert_true(file_read(path, 4096, &asked, &why));
    assert_string_equal(text_string(&asked),
                        "--config plain.conf --at 2026-11-26T10:42:00Z "
                        "--size 960x540 --list --feed feed.json\n");
    text_destroy(&asked);
}

static void
shows_that_nothing_is_up(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "true", "picture 01-notice 960 540");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    assert_int_equal(d->picture_count, 1);
    assert_string_equal(d->slides[0].kind, "");
}

static void
believes_no_program(void **state)
{
    struct stand *s = *state;
    static const struct {
        const char *list, *render;
    } rows[] = {
        {"slide purpose 1", "picture 01-idea 960 540"}, // another slide's name
        {"slide purpose 1", "picture 02-purpose 960 540"},
        {"slide purpose 1", "picture 01-purpose 800 540"},
        {"slide purpose 1", "picture 01-purpose-2 960 540"},
        {"slide purpose 1", "true"}, // none
        {"slide purpose 1; slide idea 1", "picture 01-purpose 960 540"},
        {"slide purpose 1",
         "picture 01-purpose 960 540; picture 02-purpose 960 540"},
        {"slide purpose 1", "echo out/01-purpose.png"}, // says it only
        {"slide purpose 1", "echo rubbish >out/01-purpose.png; echo "
                            "out/01-purpose.png"},
        {"slide purpose 1", "{ printf 'not a picture at'; head 960 540 | "
                            "tail -c 8; } >out/01-purpose.png; echo "
                            "out/01-purpose.png"},
        {"slide purpose 1", "head 960 540 >good; ln -s ../good "
                            "out/01-purpose.png; echo out/01-purpose.png"},
        {"slide purpose 1", "ln -s /etc/passwd out/01-purpose.png; echo "
                            "out/01-purpose.png"},
        {"slide purpose 1", "mkfifo out/01-purpose.png; echo "
                            "out/01-purpose.png"},
        {"slide purpose 1", "picture 01-purpose 960 540; exit 1"},
        {"slide purpose 1", "picture 01-purpose 960 540; kill -SEGV $$"},
        {"slide purpose 1", "yes out/01-purpose.png"},
        {"slide ../../x 1", "picture 01-../../x 960 540"},
        {"slide Purpose 1", "picture 01-Purpose 960 540"},
        {"slide purpose 0", "true"},
        {"slide purpose 51", "true"},
        {"slide purpose one", "true"},
        {"echo rubbish", "true"},
        {"echo '[]'", "true"},
        {"yes", "true"},
        {"kill -SEGV $$", "true"},
        {"for i in $(seq 65); do slide purpose 1; done", "true"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        const struct preview_drawing *d;
        write_program(s, rows[i].list, rows[i].render);
        if (draw_and_wait(s, 1, MINUTE + (int64_t) i, &d) != PREVIEW_FAILED)
            fail_msg("believed: %s / %s", rows[i].list, rows[i].render);
    }
}

static void
tries_again_later(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "exit 1", "exit 1");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_FAILED);
    s->now_ms += 9999;
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_FAILED);
    assert_int_equal(count_runs(s), 1);
    s->now_ms += 1;
    write_program(s, "slide purpose 1", "picture 01-purpose 960 540");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_DRAWN);
}

static void
queues_so_many(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    for (int i = 0; i <= PREVIEW_QUEUE_MOST; i++) // one runs
        assert_int_equal(draw(s, 1, MINUTE + i, &d), PREVIEW_UNDER_WAY);
    assert_int_equal(draw(s, 1, MINUTE + 100, &d), PREVIEW_BUSY);
    for (int i = 0; i <= PREVIEW_QUEUE_MOST; i++) {
        assert_int_equal(count_runs(s) <= 2 * i + 2, true); // one at a time
        wait_for(s);
        assert_int_equal(draw(s, 1, MINUTE + i, &d), PREVIEW_DRAWN);
    }
    assert_int_equal(draw_and_wait(s, 1, MINUTE + 100, &d), PREVIEW_DRAWN);
}

static void
keeps_so_much(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "slide purpose 1",
                  "picture 01-purpose 960 540; "
                  "truncate -s 8388608 out/01-purpose.png");
    for (int i = 0; i < 9; i++) {
        s->now_ms++;
        assert_int_equal(draw_and_wait(s, 1, MINUTE + i, &d), PREVIEW_DRAWN);
        s->now_ms++;
        if (i > 0) // the first one stays in use
            assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    }
    struct preview_wish wish = {.change = 1, .minute = MINUTE};
    assert_non_null(preview_kept(s->preview, &wish, s->now_ms));
    wish.minute++;
    assert_null(preview_kept(s->preview, &wish, s->now_ms));
    wish.minute++;
    assert_non_null(preview_kept(s->preview, &wish, s->now_ms));
}

/* One that alone is more than may be kept would be drawn again and again. */
static void
refuses_too_much(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "slide purpose 9",
                  "for i in 1 2 3 4 5 6 7 8 9; do picture 0$i-purpose-$i 960 "
                  "540; truncate -s 8388608 out/0$i-purpose-$i.png; done");
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_FAILED);
}

static void
forgets_other_feeds(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    char path[128];
    assert_int_equal(draw_and_wait(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    snprintf(path, sizeof path, "%s/%d/1.png", s->drawings, d->number);
    assert_int_equal(access(path, R_OK), 0);
    preview_forget_all_but(s->preview, 1);
    assert_int_equal(access(path, R_OK), 0);
    preview_forget_all_but(s->preview, 2);
    assert_int_not_equal(access(path, R_OK), 0);
    struct preview_wish wish = {.change = 1, .minute = MINUTE};
    assert_null(preview_kept(s->preview, &wish, s->now_ms));
    preview_forget_all_but(NULL, 2);
}

static void
measures(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    struct preview_wish wish = {.feed = {"one", 3}, .minute = MINUTE};
    assert_int_equal(preview_measure(s->preview, &wish, s->now_ms, &d),
                     PREVIEW_UNDER_WAY);
    wait_for(s);
    assert_int_equal(preview_measure(s->preview, &wish, s->now_ms, &d),
                     PREVIEW_DRAWN);
    assert_int_equal(d->slides[1].cap_px, 40);
    assert_int_equal(d->picture_count, 0);
    assert_false(d->is_cut);
    assert_int_equal(count_runs(s), 2);
    wish.feed = (struct feed_page){"some text has no room, and so on", 32};
    assert_int_equal(preview_measure(s->preview, &wish, s->now_ms, &d),
                     PREVIEW_UNDER_WAY);
    wait_for(s);
    assert_int_equal(preview_measure(s->preview, &wish, s->now_ms, &d),
                     PREVIEW_DRAWN);
    assert_true(d->is_cut);
}

/* One that hangs is ended with us; test_child has the time-out. */
static void
ends_with_a_run_under_way(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    write_program(s, "sleep 600", "true");
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_UNDER_WAY);
    assert_int_equal(draw(s, 1, MINUTE + 1, &d), PREVIEW_UNDER_WAY);
    assert_false(preview_turn(s->preview, s->now_ms));
    preview_forget_all_but(s->preview, 2); // not from under the program
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_UNDER_WAY);
}

/* What the program works on stays until it has ended, whatever is forgotten. */
static void
forgets_nothing_under_way(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    char path[128];
    write_program(s,
                  "while [ ! -e ../../go ]; do sleep 0.01; done; "
                  "slide purpose 1",
                  "picture 01-purpose 960 540");
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_UNDER_WAY);
    preview_forget_all_but(s->preview, 2);
    snprintf(path, sizeof path, "%s/go", s->folder);
    write_file(path, "", 0600);
    wait_for(s);
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_DRAWN);
    assert_int_equal(count_runs(s), 2);
}

static void
begins_with_nothing(void **state)
{
    struct stand *s = *state;
    char path[128], beside[80];
    preview_close(s->preview);
    snprintf(beside, sizeof beside, "%s/beside", s->folder);
    assert_int_equal(mkdir(beside, 0700), 0);
    snprintf(path, sizeof path, "%s/mine", beside);
    write_file(path, "mine", 0600);
    assert_int_equal(mkdir(s->drawings, 0700), 0);
    snprintf(path, sizeof path, "%s/7", s->drawings);
    assert_int_equal(mkdir(path, 0700), 0);
    snprintf(path, sizeof path, "%s/7/1.png", s->drawings);
    write_file(path, "old", 0600);
    snprintf(path, sizeof path, "%s/link", s->drawings);
    assert_int_equal(symlink(beside, path), 0);
    open_preview(s);
    assert_int_not_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/7/1.png", s->drawings);
    assert_int_not_equal(access(path, F_OK), 0);
    snprintf(path, sizeof path, "%s/mine", beside);
    assert_int_equal(access(path, F_OK), 0);
}

static void
does_without_a_program(void **state)
{
    struct stand *s = *state;
    const struct preview_drawing *d;
    struct text png = {0};
    struct preview_wish wish = {.change = 1};
    preview_close(s->preview);
    s->preview = preview_open(s->drawings, "/nonexistent", s->beside);
    assert_null(s->preview);
    assert_int_equal(draw(s, 1, MINUTE, &d), PREVIEW_NO_PROGRAM);
    assert_null(preview_kept(NULL, &wish, 0));
    assert_false(preview_read(NULL, d, 0, &png));
    assert_false(preview_turn(NULL, 0));
    preview_close(NULL);
}

int
main(void)
{
#define STAND(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        STAND(draws),
        STAND(tells_pages_from_slides),
        STAND(says_what_it_wants),
        STAND(shows_that_nothing_is_up),
        STAND(believes_no_program),
        STAND(tries_again_later),
        STAND(queues_so_many),
        STAND(keeps_so_much),
        STAND(refuses_too_much),
        STAND(forgets_other_feeds),
        STAND(measures),
        STAND(ends_with_a_run_under_way),
        STAND(forgets_nothing_under_way),
        STAND(begins_with_nothing),
        STAND(does_without_a_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
