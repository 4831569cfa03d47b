// links: src/kiosk/show.c src/kiosk/local_postits.c src/view/*.c src/core/*.c src/base/*.c src/io/file.c
// links: tests/board_file.c
// libs: -lcjson -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "kiosk/show.h"
#include "tests/board_file.h"
#include "tests/flat_ruler.h"

#define THURSDAY INT64_C(1795689720) // 2026-11-26 10:42 in London
#define SAMPLE "assets/sample/feed.json"

static struct ruler ruler;
static const struct panel panel = {.w = 1920, .h = 1080, .has_touch = true};

static struct now
at(int64_t since_start_ms)
{
    return (struct now){.mono_ms = 5000 + since_start_ms,
                        .wall_s = THURSDAY + since_start_ms / 1000,
                        .is_trusted = true};
}

static void
give_board(struct show *s, const char *path, struct now now)
{
    struct news news = {.board = board_from_file(path),
                        .status = {.state = FEED_FRESH, .good_s = now.wall_s}};
    show_take(s, &news, now);
    assert_null(news.board);
}

static void
begin(struct show *s, struct config *config)
{
    ruler = flat_ruler();
    config_init(config);
    show_init(s, &panel, &ruler, config, at(0));
    give_board(s, SAMPLE, at(0));
}

static void
finish(struct show *s, struct config *config)
{
    show_destroy(s);
    show_destroy(s); // a zeroed one is fine
    config_destroy(config);
}

static enum show_change
tick(struct show *s, int64_t ms, int64_t *next_ms)
{
    enum show_change change;
    struct rect part;
    int64_t next = show_tick(s, at(ms), &change, &part);
    assert_int_equal(change == SHOW_SAME, rect_is_empty(part));
    if (next_ms)
        *next_ms = next - 5000;
    return change;
}

static bool
says(const struct show *s, const char *words)
{
    struct text out = {0};
    draw_print(show_list(s), &out);
    bool is_said = strstr(text_string(&out), words) != NULL;
    text_destroy(&out);
    return is_said;
}

static void
without_a_board_it_is_honest(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms;
    (void) state;
    ruler = flat_ruler();
    config_init(&config);
    show_init(&s, &panel, &ruler, &config, at(0));
    assert_int_equal(tick(&s, 0, &next_ms), SHOW_CHANGED);
    assert_true(says(&s, "Fetching the board"));
    struct news news = {.status = {.state = FEED_FAILING,
                                   .why = "The web server is not there."}};
    show_take(&s, &news, at(1000));
    assert_int_equal(tick(&s, 1000, NULL), SHOW_CHANGED);
    assert_true(says(&s, "The web server is not there."));
    finish(&s, &config);
}

static void
standing_still_paints_nothing(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms;
    (void) state;
    begin(&s, &config);
    assert_int_equal(tick(&s, 0, &next_ms), SHOW_TURNED);
    assert_true(says(&s, "Thinking Thursday"));
    for (int ms = 1; ms < 8000; ms += 500)
        assert_int_equal(tick(&s, ms, NULL), SHOW_SAME);
    assert_true(next_ms >= 8000);
    finish(&s, &config);
}

static void
pages_turn_when_they_have_been_read(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms, ms = 0;
    int turned = 0;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, &next_ms);
    // It is asked again exactly when it said: nothing is missed.
    while (ms < 10 * 60 * 1000) {
        assert_true(next_ms > ms);
        ms = next_ms;
        if (tick(&s, ms, &next_ms) == SHOW_TURNED)
            turned++;
    }
    // 9 pages of 8 to 40 s each, for ten minutes
    assert_in_range(turned, 15, 75);
    assert_true(s.rotation.rounds >= 1);
    finish(&s, &config);
}

static void
the_clock_changes_with_the_minute(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms;
    (void) state;
    begin(&s, &config);
    tick(&s, 55000, NULL);
    tick(&s, 55001, &next_ms);
    assert_true(says(&s, "10:42"));
    assert_int_equal(next_ms <= 60001, 1);
    tick(&s, 60000, NULL);
    assert_true(says(&s, "10:43"));
    finish(&s, &config);
}

static void
a_new_board_leaves_the_slide_where_it_is(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    for (int ms = 10; ms < 40; ms += 10) { // purpose, its promises, idea
        show_turn(&s, +1, at(ms));
        tick(&s, ms, NULL);
    }
    assert_true(says(&s, "Idea of the week"));
    give_board(&s, SAMPLE, at(50)); // the same again
    assert_int_equal(tick(&s, 50, NULL), SHOW_SAME);
    // another one: its idea is up, not its first slide
    give_board(&s, "tests/feeds/many-tongues.json", at(60));
    assert_int_equal(tick(&s, 60, NULL), SHOW_TURNED);
    assert_true(says(&s, "Idea of the week"));
    finish(&s, &config);
}

static void
turning_back_shows_the_last_page(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    for (int ms = 10; ms < 40; ms += 10) { // purpose, its promises, idea
        show_turn(&s, +1, at(ms));
        tick(&s, ms, NULL);
    }
    assert_true(says(&s, "Idea of the week"));
    show_turn(&s, -1, at(50));
    tick(&s, 50, NULL);
    assert_true(says(&s, "What we promise each other"));
    assert_true(says(&s, "2 of 2"));
    finish(&s, &config);
}

static void
where_a_slide_is_gone_the_next_begins_anew(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    for (int ms = 10; ms < 30; ms += 10) { // purpose, its second page
        show_turn(&s, +1, at(ms));
        tick(&s, ms, NULL);
    }
    assert_true(says(&s, "2 of 2"));
    // a board without any purpose, when the page is nearly over
    give_board(&s, "tests/feeds/plain-blog.json", at(59000));
    assert_int_equal(tick(&s, 59000, &next_ms), SHOW_TURNED);
    assert_true(says(&s, "Another idea"));
    assert_int_equal(s.rotation.page, 0);
    assert_true(next_ms == 60000 || next_ms >= 67000);
    assert_int_equal(tick(&s, 60500, NULL), SHOW_CHANGED); // only the clock
    finish(&s, &config);
}

static void
even_a_slide_alone_wanders(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms, ms = 0;
    int moved = 0;
    (void) state;
    ruler = flat_ruler();
    config_init(&config);
    show_init(&s, &panel, &ruler, &config, at(0));
    tick(&s, 0, &next_ms); // the notice, for two hours
    for (int x = 0; ms < 2 * 3600 * 1000; ms = next_ms) {
        tick(&s, ms, &next_ms);
        moved += show_list(&s)->shift_x != x;
        x = show_list(&s)->shift_x;
    }
    assert_true(moved >= 4);
    finish(&s, &config);
}

static void
a_touch_holds_for_a_minute(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    struct touch down = {TOUCH_DOWN, 1, 900, 500, 7000};
    struct touch up = {TOUCH_UP, 1, 900, 500, 7100};
    show_touch(&s, &down, at(2000));
    show_touch(&s, &up, at(2100));
    assert_int_equal(tick(&s, 2100, &next_ms), SHOW_CHANGED); // the ring
    assert_true(says(&s, "part 1.00"));
    assert_true(next_ms <= 3200);
    for (int ms = 3000; ms < 62000; ms += 1000)
        assert_int_not_equal(tick(&s, ms, NULL), SHOW_TURNED);
    assert_int_equal(tick(&s, 62200, NULL), SHOW_TURNED);
    finish(&s, &config);
}

static void
a_swipe_and_the_visible_buttons_turn(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    struct touch down = {TOUCH_DOWN, 1, 1500, 500, 7000};
    struct touch up = {TOUCH_UP, 1, 900, 520, 7200};
    show_touch(&s, &down, at(2000));
    show_touch(&s, &up, at(2200));
    assert_int_equal(tick(&s, 2200, NULL), SHOW_TURNED);
    assert_true(says(&s, "Why we are a partnership"));

    const struct draw_list *list = show_list(&s);
    struct rect back = {0};
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == TARGET_PREVIOUS)
            back = list->targets[i].box;
    assert_false(rect_is_empty(back));
    down = (struct touch){TOUCH_DOWN, 2, back.x + 5, back.y + 5, 9000};
    up = (struct touch){TOUCH_UP, 2, back.x + 6, back.y + 5, 9100};
    show_touch(&s, &down, at(4000));
    show_touch(&s, &up, at(4100));
    assert_int_equal(tick(&s, 4100, NULL), SHOW_TURNED);
    assert_true(says(&s, "Thinking Thursday"));
    finish(&s, &config);
}

static void
an_old_board_says_so_only_when_it_is_old(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    struct news failing = {
        .status = {.state = FEED_FAILING, .good_s = THURSDAY}};
    show_take(&s, &failing, at(61000));
    tick(&s, 61000, NULL);
    assert_false(says(&s, "as of")); // one interval: it happens
    tick(&s, 125000, NULL);
    assert_true(says(&s, "as of 10:42"));
    struct news good = {
        .status = {.state = FEED_FRESH, .good_s = THURSDAY + 130}};
    show_take(&s, &good, at(130000));
    tick(&s, 130000, NULL);
    assert_false(says(&s, "as of"));
    finish(&s, &config);
}

static void
the_picture_wanders_with_the_rounds(void **state)
{
    struct show s;
    struct config config;
    int64_t next_ms, ms = 0;
    int min_x = 0, max_x = 0;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, &next_ms);
    for (int i = 0; i < 600; i++) {
        ms = next_ms;
        tick(&s, ms, &next_ms);
        const struct draw_list *list = show_list(&s);
        min_x = list->shift_x < min_x ? list->shift_x : min_x;
        max_x = list->shift_x > max_x ? list->shift_x : max_x;
    }
    assert_int_equal(min_x, -2);
    assert_int_equal(max_x, 2);
    finish(&s, &config);
}

/* An item such as the worker makes of what was written. */
static const struct item *
written_item(void)
{
    static const struct item item = {
        .kind = KIND_POSTIT,
        .id = "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a99",
        .title = "Ask a puppet",
        .text = "Ask a puppet",
        .author = "",
        .school = "",
        .image = "",
        .link = "",
        .published_s = THURSDAY + 5,
        .window = {TIME_NONE, TIME_NONE, 0, -1, -1},
        .on = DAY_NONE,
        .week = DAY_NONE,
        .next_asker = "",
        .next_step = "",
        .place = "",
        .sort = SORT_ANSWER,
        .colour = COLOUR_MINT,
        .answers = "q-2026-11-26",
    };
    return &item;
}

static void
tap(struct show *s, enum target_kind kind, int value, int64_t ms)
{
    const struct draw_list *list = show_list(s);
    struct rect box = {0};
    for (int i = 0; i < list->target_count; i++)
        if (list->targets[i].kind == kind && list->targets[i].value == value)
            box = list->targets[i].box;
    assert_false(rect_is_empty(box));
    struct touch touch = {TOUCH_DOWN, 1, box.x + box.w / 2, box.y + box.h / 2,
                          ms};
    show_touch(s, &touch, at(ms));
    tick(s, ms, NULL);
    touch.phase = TOUCH_UP;
    touch.at_ms = ms + 80;
    show_touch(s, &touch, at(ms + 80));
    tick(s, ms + 80, NULL);
}

/* Begins an answer to the question and writes a few words. */
static void
write_some(struct show *s, struct config *config)
{
    begin(s, config);
    tick(s, 0, NULL);
    tap(s, TARGET_ANSWER, 0, 1000);
    assert_true(s->is_composing);
    assert_true(s->wants_room);
    show_type(s, "Ask a puppet", 12, at(2000));
    tick(s, 2000, NULL);
    assert_true(says(s, "Ask a puppet"));
    assert_true(says(s, "128 left"));
}

static void
a_postit_goes_up_only_when_it_is_kept(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    write_some(&s, &config);
    assert_int_equal(s.composer.compose.sort, SORT_ANSWER);
    assert_string_equal(s.composer.compose.answers, "q-2026-11-26");
    tap(&s, TARGET_COLOUR, COLOUR_MINT, 3000);
    tap(&s, TARGET_POST, 0, 4000);
    assert_true(s.wants_post && s.is_posting && s.is_composing);
    assert_false(says(&s, "\"Up on this board\""));

    struct news full = {.store = STORE_CANNOT,
                        .store_why = "Can't keep post-its just now"};
    show_take(&s, &full, at(4200));
    tick(&s, 4200, NULL);
    assert_true(s.is_composing); // and nothing of it is lost
    assert_true(says(&s, "Ask a puppet"));

    tap(&s, TARGET_POST, 0, 5000);
    struct news kept = {.store = STORE_KEPT_IT, .postits = local_postits_new()};
    struct item *item = arena_alloc(&kept.postits->arena, sizeof *item);
    *item = *written_item();
    kept.postits->items = item;
    kept.postits->count = 1;
    show_take(&s, &kept, at(5200));
    tick(&s, 5200, NULL);
    assert_false(s.is_composing);
    assert_true(says(&s, "\"Up on this board\""));
    assert_true(says(&s, "Ask a puppet"));
    tick(&s, 12000, NULL);
    assert_false(says(&s, "\"Up on this board\""));
    finish(&s, &config);
}

static void
blanks_are_refused_kindly(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    tap(&s, TARGET_ANSWER, 0, 1000);
    show_type(&s, "   ", 3, at(2000));
    tap(&s, TARGET_POST, 0, 3000);
    assert_false(s.wants_post);
    assert_non_null(s.composer.refusal);
    finish(&s, &config);
}

static void
a_draft_is_put_aside_and_offered_again(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    write_some(&s, &config);
    tick(&s, 46000, NULL);
    assert_true(s.is_composing);
    tick(&s, 47001, NULL); // 45 s after the last letter
    assert_false(s.is_composing);
    tap(&s, TARGET_ANSWER, 0, 48000);
    assert_true(says(&s, "Ask a puppet"));
    tap(&s, TARGET_CANCEL, 0, 50000);
    assert_false(s.is_composing);
    tap(&s, TARGET_ANSWER, 0, 52000); // thrown away is thrown away
    assert_false(says(&s, "Ask a puppet"));
    finish(&s, &config);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_board_it_is_honest),
        cmocka_unit_test(standing_still_paints_nothing),
        cmocka_unit_test(pages_turn_when_they_have_been_read),
        cmocka_unit_test(the_clock_changes_with_the_minute),
        cmocka_unit_test(a_new_board_leaves_the_slide_where_it_is),
        cmocka_unit_test(turning_back_shows_the_last_page),
        cmocka_unit_test(where_a_slide_is_gone_the_next_begins_anew),
        cmocka_unit_test(even_a_slide_alone_wanders),
        cmocka_unit_test(a_postit_goes_up_only_when_it_is_kept),
        cmocka_unit_test(blanks_are_refused_kindly),
        cmocka_unit_test(a_draft_is_put_aside_and_offered_again),
        cmocka_unit_test(a_touch_holds_for_a_minute),
        cmocka_unit_test(a_swipe_and_the_visible_buttons_turn),
        cmocka_unit_test(an_old_board_says_so_only_when_it_is_old),
        cmocka_unit_test(the_picture_wanders_with_the_rounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
