// links: src/kiosk/show.c src/kiosk/show_board.c src/kiosk/show_postit.c
// links: src/kiosk/show_compose.c src/kiosk/show_card.c
// links: src/kiosk/show_touch.c src/kiosk/requests.c src/kiosk/local_postits.c
// links: src/kiosk/local_meetings.c
// links: src/view/*.c src/core/*.c src/base/*.c src/io/file.c
// links: tests/board_file.c
// libs: -lcjson -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

#include "tests/show_stand.h"

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
what_stood_in_the_dark_has_its_time_again(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    int slide = s.rotation.slide, page = s.rotation.page;
    int dwell = dwell_ms(s.facts.words);
    show_resume(&s, at(3600000)); // nobody has ticked it for an hour
    tick(&s, 3600000, NULL);
    assert_int_equal(s.rotation.slide, slide);
    assert_int_equal(s.rotation.page, page);
    tick(&s, 3600000 + dwell - 1, NULL);
    assert_int_equal(s.rotation.slide, slide);
    tick(&s, 3600000 + dwell, NULL);
    assert_true(s.rotation.slide != slide || s.rotation.page != page);
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

/* The board's slide, if it is up within a round. */
static bool
turn_to_the_board(struct show *s)
{
    for (int i = 0; i < SLIDES_MAX; i++) {
        tick(s, i * 1000, NULL);
        if (says(s, "On the board"))
            return true;
        show_turn(s, 1, at(i * 1000));
    }
    return false;
}

static void
a_phone_is_shown_the_way_to_a_hub_it_can_reach(void **state)
{
    static const struct {
        const char *hub, *page;
        enum hub_state state;
        bool is_shown;
    } rows[] = {
        {"https://hub.example", "/post/abc", HUB_PAIRED, true},
        {"https://hub.example/north", "/post/abc", HUB_PAIRED, true},
        {"https://hub.example", "", HUB_PAIRED, false},
        {"https://hub.example", "", HUB_PAIRING, false},
        {"http://127.0.0.1:8080", "/post/abc", HUB_PAIRED, false},
        {"http://localhost", "/post/abc", HUB_PAIRED, false},
        {"https://LOCALHOST:8443", "/post/abc", HUB_PAIRED, false},
        {"http://[::1]:8080", "/post/abc", HUB_PAIRED, false},
        {"", "/post/abc", HUB_NONE, false},
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct show s;
        struct config config;
        begin(&s, &config);
        config.hub = rows[i].hub;
        struct news news = {.status = s.status,
                            .hub = {.state = rows[i].state}};
        snprintf(news.hub.post_page, sizeof news.hub.post_page, "%s",
                 rows[i].page);
        show_take(&s, &news, at(0));
        assert_true(turn_to_the_board(&s));
        if (says(&s, "write on your phone") != rows[i].is_shown)
            fail_msg("row %zu: %s%s", i, rows[i].hub, rows[i].page);
        finish(&s, &config);
    }
}

static void
letters_come_with_a_code_to_scan(void **state)
{
    (void) state;
    for (int is_here = 0; is_here < 2; is_here++) {
        struct show s;
        struct config config;
        ruler = flat_ruler();
        config_init(&config);
        config.hub = is_here ? "http://127.0.0.1:8080" : "https://hub.example";
        show_init(&s, &panel, &ruler, &config, at(0));
        struct news news = {.hub = {.state = HUB_PAIRING, .code = "BCDFGHJK"}};
        show_take(&s, &news, at(0));
        tick(&s, 0, NULL);
        assert_true(says(&s, "BCDF GHJK"));
        assert_int_equal(says(&s, "Or scan the code."), !is_here);
        finish(&s, &config);
    }
}

/* It may hang elsewhere by now, before people who are not to read it. */
static void
a_board_that_is_taken_down_makes_room_for_the_letters(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    assert_true(turn_to_the_board(&s));
    struct news news = {.is_taken_down = true,
                        .hub = {.state = HUB_PAIRING,
                                .code = "BCDFGHJK",
                                .was_removed = true,
                                .was_revoked = true}};
    show_take(&s, &news, at(1000));
    assert_null(s.board);
    tick(&s, 1000, NULL);
    assert_true(says(&s, "BCDF GHJK"));
    assert_true(says(&s, "A coordinator has taken this screen off"));
    finish(&s, &config);
}

static void
meetings_from_calendars_stand_among_the_feeds(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    int slides = s.order.count, own = 0;
    for (int i = 0; i < slides; i++)
        if (s.order.slides[i].kind == SLIDE_MEETINGS)
            own = s.order.slides[i].item_count;
    assert_true(own > 0);

    static const struct calendar_setting everywhere = {"", "", "", ""};
    struct text lines = {0};
    text_add_string(&lines, "{\"summary\":\"INSET\",\"all_day\":true,"
                            "\"start\":\"2026-12-24\","
                            "\"end\":\"2026-12-25\"}\n");
    struct news news = {
        .meetings = local_meetings_read(&lines, &everywhere, s.board->zone)};
    text_destroy(&lines);
    uint32_t before = s.order_number;
    show_take(&s, &news, at(10));
    assert_null(news.meetings); // they are the show's now
    assert_int_not_equal(s.order_number, before);
    assert_int_equal(s.order.count, slides);
    for (int i = 0; i < slides; i++)
        if (s.order.slides[i].kind == SLIDE_MEETINGS)
            assert_int_equal(s.order.slides[i].item_count, own + 1);
    // The slide that was up is still up.
    assert_int_equal(tick(&s, 20, NULL), SHOW_SAME);
    // A board that comes later keeps them.
    give_board(&s, SAMPLE, at(30));
    int found = 0;
    for (int i = 0; i < s.merged.item_count; i++)
        found += strcmp(s.merged.items[i].title, "INSET") == 0;
    assert_int_equal(found, 1);
    finish(&s, &config);
}

static enum show_change
tick_at(struct show *s, struct now now)
{
    enum show_change change;
    struct rect part;
    show_tick(s, now, &change, &part);
    return change;
}

/* A Pi wakes in August, by the clock it had when it was switched off; then the
   network's time comes. Nobody waits for the minute to be over. */
static void
a_clock_that_is_set_plans_anew_at_once(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    ruler = flat_ruler();
    config_init(&config);
    struct now wakes = at(0), set = at(1), back = at(2);
    wakes.wall_s -= 100 * 86400;
    wakes.is_trusted = false;
    back.wall_s -= 3600;
    show_init(&s, &panel, &ruler, &config, wakes);
    give_board(&s, SAMPLE, wakes);
    tick_at(&s, wakes);
    assert_true(says(&s, "time not set yet"));
    assert_false(says(&s, "August"));
    assert_false(says(&s, "10:42"));
    int doubtful = s.order.count;

    tick_at(&s, set); // one millisecond later
    assert_false(says(&s, "time not set yet"));
    assert_true(says(&s, "10:42"));
    assert_true(says(&s, "26 November"));
    assert_true(s.order.count > doubtful); // the meetings, of which it is known
    bool has_meetings = false;             // now that they are to come
    for (int i = 0; i < s.order.count; i++)
        has_meetings |= s.order.slides[i].kind == SLIDE_MEETINGS;
    assert_true(has_meetings);

    struct now doubted = set; // nothing but that, in the same minute
    doubted.is_trusted = false;
    tick_at(&s, doubted);
    assert_int_equal(s.order.count, doubtful);
    tick_at(&s, set);
    assert_true(s.order.count > doubtful);

    uint32_t order = s.order_number;
    assert_int_equal(tick_at(&s, back), SHOW_CHANGED);
    assert_true(says(&s, "9:42"));
    assert_true(s.order_number > order);
    finish(&s, &config);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_board_it_is_honest),
        cmocka_unit_test(standing_still_paints_nothing),
        cmocka_unit_test(pages_turn_when_they_have_been_read),
        cmocka_unit_test(what_stood_in_the_dark_has_its_time_again),
        cmocka_unit_test(the_clock_changes_with_the_minute),
        cmocka_unit_test(a_clock_that_is_set_plans_anew_at_once),
        cmocka_unit_test(a_new_board_leaves_the_slide_where_it_is),
        cmocka_unit_test(turning_back_shows_the_last_page),
        cmocka_unit_test(where_a_slide_is_gone_the_next_begins_anew),
        cmocka_unit_test(even_a_slide_alone_wanders),
        cmocka_unit_test(a_touch_holds_for_a_minute),
        cmocka_unit_test(a_swipe_and_the_visible_buttons_turn),
        cmocka_unit_test(an_old_board_says_so_only_when_it_is_old),
        cmocka_unit_test(the_picture_wanders_with_the_rounds),
        cmocka_unit_test(a_phone_is_shown_the_way_to_a_hub_it_can_reach),
        cmocka_unit_test(letters_come_with_a_code_to_scan),
        cmocka_unit_test(a_board_that_is_taken_down_makes_room_for_the_letters),
        cmocka_unit_test(meetings_from_calendars_stand_among_the_feeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
