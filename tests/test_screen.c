// links: src/view/*.c src/core/*.c src/base/*.c src/io/file.c
// links: tests/golden.c tests/board_file.c
// libs: -lcjson -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/hash.h"
#include "tests/board_file.h"
#include "tests/flat_ruler.h"
#include "tests/golden.h"
#include "view/screen.h"

#define SAMPLE "assets/sample/feed.json"
#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London

static const char *const feeds[] = {
    SAMPLE,
    "tests/feeds/long-words.json",
    "tests/feeds/many-tongues.json",
    "tests/feeds/plain-blog.json",
};

static const struct {
    int w, h;
    double diagonal_in;
} panels[] = {
    {1920, 1080, 0}, {1280, 720, 0}, {3840, 2160, 0}, {800, 480, 0},
    {800, 480, 7},   {720, 1280, 0}, {720, 1280, 7},  {1024, 768, 10.4},
    {480, 800, 5},   {320, 240, 3},
};
#define PANELS (sizeof panels / sizeof panels[0])

/* A board on a panel, with a flat ruler. */
struct stand {
    struct ruler ruler;
    struct theme theme;
    struct board *board;
    struct arena arena, frame;
    struct running_order order;
    struct draw_list list;
    struct scene scene;
};

static void
stand_up(struct stand *s, const char *feed, struct panel panel, struct now now)
{
    *s = (struct stand){.ruler = flat_ruler()};
    panel.has_handwriting = true;
    theme_make(&s->theme, &panel, &s->ruler);
    if (feed) {
        s->board = board_from_file(feed);
        running_order_make(&s->order, &s->arena, s->board, "", now);
    }
    s->scene = (struct scene){.board = s->board,
                              .order = &s->order,
                              .now = now,
                              .zone = s->board ? s->board->zone : NULL,
                              .said = "",
                              .why = "",
                              .detail = ""};
}

static void
stand_down(struct stand *s)
{
    draw_destroy(&s->list);
    arena_destroy(&s->arena);
    arena_destroy(&s->frame);
    board_free(s->board);
}

static struct screen_facts
draw(struct stand *s, int slide, int page)
{
    static uint64_t photo;
    if (slide < s->order.count) { // whatever it names is here
        photo = hash_string(s->order.slides[slide].items[0]->image);
        s->scene.photos = &photo;
        s->scene.photo_count = 1;
    }
    arena_reset(&s->frame);
    s->scene.slide = slide;
    s->scene.page = page;
    return screen_draw(&s->list, &s->theme, &s->frame, &s->scene);
}

static const struct panel wide = {.w = 1920, .h = 1080, .has_touch = true};
static const struct now thursday = {.wall_s = THURSDAY, .is_trusted = true};

/* Every page of every slide, as one text. */
static void
print_all(struct stand *s, struct text *out)
{
    for (int i = 0; i < s->order.count; i++) {
        int pages = 1;
        for (int page = 0; page < pages; page++) {
            struct screen_facts facts = draw(s, i, page);
            pages = facts.page_count;
            text_add_format(out, "--- %s %d/%d, %d words, cap %d\n",
                            s->order.slides[i].name, page + 1, pages,
                            facts.words, facts.cap_px);
            draw_print(&s->list, out);
        }
    }
}

static void
the_sample_is_drawn_as_when_last_looked_at(void **state)
{
    static const struct {
        const char *golden;
        int w, h;
    } rows[] = {
        {"sample-wide.txt", 1920, 1080},
        {"sample-small.txt", 800, 480},
        {"sample-tall.txt", 720, 1280},
    };
    (void) state;
    bool is_same = true;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct panel p = {.w = rows[i].w, .h = rows[i].h, .has_touch = true};
        struct stand s;
        struct text out = {0};
        stand_up(&s, SAMPLE, p, thursday);
        print_all(&s, &out);
        is_same = golden_matches(rows[i].golden, text_string(&out)) && is_same;
        text_destroy(&out);
        stand_down(&s);
    }
    assert_true(is_same);
}

/* No text may leave its panel, and none may be empty. */
static void
check_texts(const struct draw_list *d, const char *where)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct draw_command *c = &d->commands[i];
        if (c->kind != DRAW_TEXT)
            continue;
        if (c->box.x < 0 || c->box.x + c->box.w > d->w + 1 || c->box.y < -2 ||
            c->baseline > d->h || c->size_px < 1)
            fail_msg("%s: \"%.*s\" at %d,%d %dx%d leaves %dx%d", where,
                     (int) c->text_len, draw_text_bytes(d, c), c->box.x,
                     c->box.y, c->box.w, c->box.h, d->w, d->h);
    }
}

static void
nothing_leaves_the_panel(void **state)
{
    (void) state;
    for (size_t f = 0; f < sizeof feeds / sizeof feeds[0]; f++)
        for (size_t p = 0; p < PANELS; p++) {
            struct panel panel = {.w = panels[p].w,
                                  .h = panels[p].h,
                                  .diagonal_in = panels[p].diagonal_in,
                                  .has_touch = true};
            struct stand s;
            char where[128];
            stand_up(&s, feeds[f], panel, thursday);
            assert_true(s.order.count > 0);
            for (int i = 0; i < s.order.count; i++) {
                int pages = 1;
                for (int page = 0; page < pages; page++) {
                    pages = draw(&s, i, page).page_count;
                    snprintf(where, sizeof where, "%s %s page %d", feeds[f],
                             s.order.slides[i].name, page + 1);
                    check_texts(&s.list, where);
                }
            }
            stand_down(&s);
        }
}

static void
what_is_read_across_the_room_is_never_below_the_floor(void **state)
{
    (void) state;
    for (size_t f = 0; f < sizeof feeds / sizeof feeds[0]; f++) {
        struct stand s;
        stand_up(&s, feeds[f], wide, thursday);
        for (int i = 0; i < s.order.count; i++) {
            struct screen_facts facts = draw(&s, i, 0);
            // post-its on the board are read from nearer
            float floor_px = s.order.slides[i].kind == SLIDE_BOARD
                                 ? s.theme.second_cap_px
                                 : s.theme.read_cap_px;
            assert_true(facts.cap_px >= (int) floor_px);
        }
        stand_down(&s);
    }
}

static bool
says(const struct draw_list *d, const char *words)
{
    struct text all = {0};
    for (size_t i = 0; i < d->count; i++)
        if (d->commands[i].kind == DRAW_TEXT) {
            text_add(&all, draw_text_bytes(d, &d->commands[i]),
                     d->commands[i].text_len);
            text_add_char(&all, ' ');
        }
    bool is_said = strstr(text_string(&all), words) != NULL;
    text_destroy(&all);
    return is_said;
}

static void
a_page_beyond_the_last_is_the_last(void **state)
{
    struct stand s;
    struct text last = {0}, beyond = {0};
    (void) state;
    stand_up(&s, SAMPLE, wide, thursday);
    int pages = draw(&s, 1, 0).page_count;
    assert_int_equal(pages, 2);
    draw(&s, 1, pages - 1);
    draw_print(&s.list, &last);
    draw(&s, 1, INT32_MAX);
    draw_print(&s.list, &beyond);
    assert_string_equal(text_string(&last), text_string(&beyond));
    text_destroy(&last);
    text_destroy(&beyond);
    stand_down(&s);
}

static void
a_doubtful_clock_says_no_time(void **state)
{
    struct stand s;
    (void) state;
    stand_up(&s, SAMPLE, wide, (struct now){.wall_s = THURSDAY});
    for (int i = 0; i < s.order.count; i++) {
        draw(&s, i, 0);
        assert_true(says(&s.list, "time not set yet"));
        assert_false(says(&s.list, "10:42"));
        assert_false(says(&s.list, "November"));
        assert_true(s.order.slides[i].kind != SLIDE_MEETINGS);
    }
    stand_down(&s);
}

static void
an_old_feed_says_its_age(void **state)
{
    (void) state;
    for (size_t p = 0; p < 6; p++) {
        struct panel panel = {
            .w = panels[p].w, .h = panels[p].h, .has_touch = true};
        struct stand s;
        stand_up(&s, SAMPLE, panel, thursday);
        draw(&s, 0, 0);
        assert_false(says(&s.list, "as of"));
        s.scene.is_stale = true;
        s.scene.good_s = THURSDAY - 2 * 86400 - 2 * 3600 - 30 * 60;
        draw(&s, 0, 0);
        assert_true(says(&s.list, "as of Tuesday 08:12"));
        stand_down(&s);
    }
}

static void
the_button_is_there_only_for_who_can_use_it(void **state)
{
    struct stand s;
    struct panel untouched = {.w = 1920, .h = 1080};
    (void) state;
    stand_up(&s, SAMPLE, wide, thursday);
    draw(&s, 0, 0);
    assert_true(says(&s.list, "Answer this"));
    draw(&s, 1, 0);
    assert_true(says(&s.list, "Add a post-it"));
    assert_int_equal(s.list.target_count, 3);
    stand_down(&s);

    stand_up(&s, SAMPLE, untouched, thursday);
    draw(&s, 1, 0);
    assert_false(says(&s.list, "Add a post-it"));
    assert_int_equal(s.list.target_count, 0);
    stand_down(&s);
}

static void
targets_are_as_large_as_a_thumb(void **state)
{
    struct stand s;
    struct panel small = {
        .w = 800, .h = 480, .diagonal_in = 7, .has_touch = true};
    (void) state;
    stand_up(&s, SAMPLE, small, thursday);
    draw(&s, 1, 0);
    assert_int_equal(s.list.target_count, 3);
    for (int i = 0; i < s.list.target_count; i++) {
        assert_true(s.list.targets[i].box.w >= s.theme.touch_px);
        assert_true(s.list.targets[i].box.h >= s.theme.touch_px);
    }
    stand_down(&s);
}

static void
an_honest_first_screen(void **state)
{
    struct stand s;
    (void) state;
    stand_up(&s, NULL, wide, thursday);
    draw(&s, 0, 0);
    assert_true(says(&s.list, "Fetching the board"));
    s.scene.why = "The feed’s address could not be found.";
    s.scene.detail = "curl 6: could not resolve northside.example";
    draw(&s, 0, 0);
    assert_true(says(&s.list, "could not be found"));
    assert_true(says(&s.list, "For IT: curl 6"));
    stand_down(&s);
}

static void
a_screen_without_settings_says_how_to_set_it_up(void **state)
{
    (void) state;
    for (size_t p = 0; p < PANELS; p++) {
        struct panel panel = {.w = panels[p].w,
                              .h = panels[p].h,
                              .diagonal_in = panels[p].diagonal_in,
                              .has_touch = true};
        struct stand s;
        stand_up(&s, NULL, panel, (struct now){0});
        s.scene.setup = (struct scene_setup){.is_awaited = true};
        draw(&s, 0, 0);
        assert_true(says(&s.list, "[hub]"));
        check_texts(&s.list, "no settings");
        s.scene.setup.address = "";
        draw(&s, 0, 0);
        check_texts(&s.list, "no settings, no network");
        s.scene.setup.address = "192.168.1.20 or 10.0.0.4";
        s.scene.setup.misnamed = "/boot/firmware/staffroom.conf.txt";
        draw(&s, 0, 0);
        if (panel.w >= 480) { // on a smaller one the first steps are enough
            assert_true(says(&s.list, "firmware"));
            assert_true(says(&s.list, "192.168.1.20"));
        }
        check_texts(&s.list, "settings of another name");
        s.scene.setup.mistake =
            "/boot/firmware/staffroom.conf, line 12: there is no setting "
            "\"intervall_s\" in [feed]: it takes feed, interval_s, proxy, "
            "no_proxy, ca_file";
        draw(&s, 0, 0);
        assert_true(says(&s.list, "12: there"));
        check_texts(&s.list, "a mistake in the settings");
        assert_int_equal(s.list.target_count, 0); // nobody can write yet
        stand_down(&s);
    }
}

static void
what_is_waited_for_is_said(void **state)
{
    struct stand s;
    (void) state;
    stand_up(&s, NULL, wide, (struct now){0});
    s.scene.hub = (struct scene_hub){.address = "https://hub.example",
                                     .is_pairing = true,
                                     .code = "",
                                     .why = "The hub’s address is not known",
                                     .detail = "curl 6"};
    s.scene.setup.address = "";
    draw(&s, 0, 0);
    assert_true(says(&s.list, "Waiting for the network"));
    assert_false(says(&s.list, "cannot be reached"));
    assert_true(says(&s.list, "curl 6"));
    s.scene.setup.address = "192.168.1.20";
    draw(&s, 0, 0);
    assert_true(says(&s.list, "Waiting for the hub to answer"));
    assert_true(says(&s.list, "cannot be reached"));
    assert_true(says(&s.list, "192.168.1.20"));
    s.scene.hub.code = "BCDFGHJK";
    s.scene.hub.why = s.scene.hub.detail = "";
    draw(&s, 0, 0);
    assert_true(says(&s.list, "BCDF GHJK"));
    assert_true(says(&s.list, "192.168.1.20"));
    assert_false(says(&s.list, "Waiting"));
    stand_down(&s);

    // On a wall with a board it is nobody's business.
    stand_up(&s, SAMPLE, wide, thursday);
    s.scene.setup.address = "192.168.1.20";
    for (int i = 0; i < s.order.count; i++) {
        draw(&s, i, 0);
        assert_false(says(&s.list, "192.168"));
    }
    stand_down(&s);
}

static void
a_screen_nobody_has_added_says_its_letters(void **state)
{
    (void) state;
    for (size_t p = 0; p < PANELS; p++) {
        struct panel panel = {.w = panels[p].w,
                              .h = panels[p].h,
                              .diagonal_in = panels[p].diagonal_in,
                              .has_touch = true};
        struct stand s;
        stand_up(&s, NULL, panel, thursday);
        s.scene.hub = (struct scene_hub){.address = "https://hub.example",
                                         .is_pairing = true,
                                         .code = "",
                                         .why = "",
                                         .detail = ""};
        draw(&s, 0, 0);
        assert_true(says(&s.list, "Asking the hub"));
        s.scene.hub.code = "BCDFGHJK";
        draw(&s, 0, 0);
        assert_true(says(&s.list, "BCDF GHJK"));
        check_texts(&s.list, "letters");
        struct qr qr;
        assert_true(qr_make(&qr, &s.arena,
                            "https://hub.example/screens/add?code=BCDFGHJK"));
        s.scene.hub.qr = &qr;
        draw(&s, 0, 0);
        assert_true(says(&s.list, "BCDF GHJK"));
        check_texts(&s.list, "letters beside what can be scanned");
        s.scene.hub.was_removed = s.scene.hub.was_revoked = true;
        draw(&s, 0, 0);
        assert_true(says(&s.list, "BCDF GHJK"));
        assert_true(says(&s.list, "type these letters"));
        check_texts(&s.list, "letters after it was taken off");
        s.scene.hub.was_revoked = false;
        s.scene.hub.why = "The server does not take calls";
        s.scene.hub.detail = "curl 7: Failed to connect";
        draw(&s, 0, 0);
        assert_true(says(&s.list, "BCDF GHJK"));
        assert_true(says(&s.list, "Add this screen again"));
        check_texts(&s.list, "letters of a hub that is away");
        s.scene.hub.code = "";
        draw(&s, 0, 0);
        assert_true(says(&s.list, "cannot be reached"));
        check_texts(&s.list, "a hub that is away");
        stand_down(&s);
    }
    // A board that hangs there goes on, with the letters below it.
    struct stand s;
    stand_up(&s, SAMPLE, wide, thursday);
    s.scene.hub.is_pairing = true;
    s.scene.hub.code = "BCDFGHJK";
    draw(&s, 1, 0);
    assert_true(says(&s.list, "add this screen at the hub: BCDF GHJK"));
    assert_true(says(&s.list, "Every"));
    s.scene.is_for_visitors = true;
    draw(&s, 1, 0);
    assert_false(says(&s.list, "BCDF"));
    stand_down(&s);
}

static void
a_post_it_written_here_says_how_far_it_has_come(void **state)
{
    static const struct {
        enum item_fate fate;
        const char *says;
    } rows[] = {
        {FATE_NONE, NULL},
        {FATE_KEPT, "Kept here, will be sent when the network is back"},
        {FATE_SENT, "Sent"},
        {FATE_SHARED, "Shared"},
        {FATE_STAYS, "Kept here only"},
    };
    (void) state;
    for (size_t p = 0; p < PANELS; p++)
        for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
            struct panel panel = {.w = panels[p].w,
                                  .h = panels[p].h,
                                  .diagonal_in = panels[p].diagonal_in,
                                  .has_touch = true};
            struct item item = {.kind = KIND_POSTIT,
                                .id = "1",
                                .title = "Tea",
                                .text = "Tea!",
                                .author = "Jo",
                                .school = "hillcrest",
                                .image = "",
                                .answers = "",
                                .fate = rows[i].fate};
            struct stand s;
            stand_up(&s, SAMPLE, panel, thursday);
            s.scene.reading = &item;
            s.scene.over = OVER_POSTIT;
            draw(&s, 0, 0);
            check_texts(&s.list, "fate");
            for (size_t k = 1; k < sizeof rows / sizeof rows[0]; k++)
                if (says(&s.list, rows[k].says) != (k == i))
                    fail_msg("panel %zu, fate %zu: %s", p, i, rows[k].says);
            stand_down(&s);
        }
}

static void
what_is_held_says_so(void **state)
{
    struct stand s;
    int rings = 0;
    (void) state;
    stand_up(&s, SAMPLE, wide, thursday);
    s.scene.is_held = true;
    s.scene.held_part = 0.5f;
    draw(&s, 0, 0);
    for (size_t i = 0; i < s.list.count; i++)
        rings += s.list.commands[i].kind == DRAW_RING &&
                 s.list.commands[i].part == 0.5f;
    assert_int_equal(rings, 1);
    stand_down(&s);
}

static void
forty_slides_still_show_where_we_are(void **state)
{
    struct stand s;
    (void) state;
    stand_up(&s, SAMPLE, wide, thursday);
    while (s.order.count < SLIDES_MAX)
        s.order.slides[s.order.count++] = s.order.slides[1];
    for (int i = 0; i < s.order.count; i += 13) {
        draw(&s, i, 0);
        check_texts(&s.list, "forty slides");
    }
    stand_down(&s);
}

/* Nobody hangs such a panel; whoever drags a window through these sizes, or
   mistypes a distance, still sees a kiosk and no abort. */
static void
no_panel_is_too_odd(void **state)
{
    static const int sides[] = {160, 161, 250, 480, 720, 1080, 8192};
    static const double diagonals_in[] = {0, 3, 7, 24, 150};
    static const double distances_m[] = {0, 0.3, 2, 30};
    (void) state;
    for (size_t w = 0; w < 7; w++)
        for (size_t h = 0; h < 7; h++)
            for (size_t d = 0; d < 5; d++) {
                struct panel p = {.w = sides[w],
                                  .h = sides[h],
                                  .diagonal_in = diagonals_in[d],
                                  .distance_m = distances_m[(w + h + d) % 4],
                                  .has_touch = true};
                struct stand s;
                stand_up(&s, (w + h) % 3 ? NULL : SAMPLE, p, thursday);
                s.scene.why = "The feed’s address could not be found.";
                s.scene.detail = "could not resolve northside.example";
                struct qr qr;
                s.scene.hub.code = "";
                if (qr_make(&qr, &s.arena, "https://hub.example/post/abc"))
                    s.scene.hub.qr = &qr;
                for (int i = 0; i <= s.order.count; i++)
                    draw(&s, i, 0);
                stand_down(&s);
            }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sample_is_drawn_as_when_last_looked_at),
        cmocka_unit_test(nothing_leaves_the_panel),
        cmocka_unit_test(what_is_read_across_the_room_is_never_below_the_floor),
        cmocka_unit_test(a_page_beyond_the_last_is_the_last),
        cmocka_unit_test(a_doubtful_clock_says_no_time),
        cmocka_unit_test(an_old_feed_says_its_age),
        cmocka_unit_test(the_button_is_there_only_for_who_can_use_it),
        cmocka_unit_test(targets_are_as_large_as_a_thumb),
        cmocka_unit_test(an_honest_first_screen),
        cmocka_unit_test(a_screen_without_settings_says_how_to_set_it_up),
        cmocka_unit_test(what_is_waited_for_is_said),
        cmocka_unit_test(a_screen_nobody_has_added_says_its_letters),
        cmocka_unit_test(a_post_it_written_here_says_how_far_it_has_come),
        cmocka_unit_test(what_is_held_says_so),
        cmocka_unit_test(no_panel_is_too_odd),
        cmocka_unit_test(forty_slides_still_show_where_we_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
