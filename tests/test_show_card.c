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
#include <stdlib.h>

#include "tests/show_stand.h"

#define OPEN "All is well"

static void
touch(struct show *s, enum touch_phase phase, int64_t finger, int x, int y,
      int64_t ms)
{
    show_touch(s, &(struct touch){phase, finger, x, y, ms}, at(ms));
}

static void
give_facts(struct show *s, const char *host, int64_t ms)
{
    struct net_facts *facts = calloc(1, sizeof *facts);
    facts->feed.state = NET_STATE_WELL;
    snprintf(facts->feed.address, sizeof facts->feed.address, "%s",
             "https://a.example/feed.json");
    facts->is_clock_trusted = facts->has_store = true;
    facts->machine.is_read = true;
    snprintf(facts->machine.host, sizeof facts->machine.host, "%s", host);
    struct news news = {.facts = facts, .status = s->status};
    show_take(s, &news, at(ms));
    assert_null(news.facts);
}

static void
three_seconds_in_the_corner_open_it(void **state)
{
    struct show s;
    struct config config;
    int64_t next;
    (void) state;
    for (int is_off = 0; is_off < 2; is_off++) {
        begin(&s, &config);
        config.touch = is_off ? TOUCH_OFF : TOUCH_ON;
        tick(&s, 0, NULL);
        touch(&s, TOUCH_DOWN, 1, 100, 60, 1000);
        tick(&s, 1000, &next);
        assert_true(next <= 4000);
        tick(&s, 3999, &next);
        assert_false(show_card_is_open(&s));
        assert_true(next <= 4000);
        tick(&s, 4000, NULL);
        assert_true(show_card_is_open(&s));
        assert_true(says(&s, "One moment"));
        assert_true(show_card_wants_facts(&s));
        assert_false(show_card_wants_facts(&s));
        touch(&s, TOUCH_UP, 1, 100, 60, 4100);
        give_facts(&s, "hall", 4200);
        assert_int_equal(tick(&s, 4200, NULL), SHOW_CHANGED);
        assert_true(says(&s, OPEN));
        assert_true(says(&s, "hall"));
        tap(&s, TARGET_CLOSE, 0, 5000); // whatever the settings say
        assert_false(show_card_is_open(&s));
        assert_false(says(&s, "hall"));
        finish(&s, &config);
    }
}

static void
other_presses_do_not(void **state)
{
    static const struct {
        int x, y, to_x, to_y;
        int64_t up_ms;
        bool has_second;
    } rows[] = {
        {100, 60, 100, 60, 2900, false},   // too short
        {1000, 60, 1000, 60, 9000, false}, // not in the corner
        {100, 500, 100, 500, 9000, false},
        {100, 60, 1000, 60, 9000, false}, // it went away
        {100, 60, 100, 60, 9000, true},   // two are no press
    };
    (void) state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct show s;
        struct config config;
        begin(&s, &config);
        tick(&s, 0, NULL);
        touch(&s, TOUCH_DOWN, 1, rows[i].x, rows[i].y, 1000);
        if (rows[i].has_second)
            touch(&s, TOUCH_DOWN, 2, 900, 500, 1100);
        touch(&s, TOUCH_MOVE, 1, rows[i].to_x, rows[i].to_y, 1500);
        tick(&s, 1500, NULL);
        for (int64_t ms = 2000; ms < 1000 + rows[i].up_ms; ms += 500)
            tick(&s, ms, NULL);
        touch(&s, TOUCH_UP, 1, rows[i].to_x, rows[i].to_y,
              1000 + rows[i].up_ms);
        tick(&s, 20000, NULL);
        if (show_card_is_open(&s))
            fail_msg("row %zu opened it", i);
        assert_false(show_card_wants_facts(&s));
        finish(&s, &config);
    }
}

static void
where_touch_is_off_nothing_else_reacts(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    config.touch = TOUCH_OFF;
    tick(&s, 0, NULL);
    int slide = s.rotation.slide;
    touch(&s, TOUCH_DOWN, 1, 1500, 500, 100); // a swipe
    touch(&s, TOUCH_UP, 1, 300, 500, 300);
    tick(&s, 300, NULL);
    assert_int_equal(s.rotation.slide, slide);
    assert_true(s.rotation.held_until_ms <= at(300).mono_ms);
    finish(&s, &config);
}

static void
it_asks_again_while_it_is_open_and_shuts_by_itself(void **state)
{
    struct show s;
    struct config config;
    int asked = 0;
    int64_t next = 0;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    show_card_open(&s, at(0));
    for (int64_t ms = 0; ms < 119999; ms = next) {
        tick(&s, ms, &next);
        assert_true(show_card_is_open(&s));
        if (show_card_wants_facts(&s)) {
            asked++;
            give_facts(&s, "hall", ms);
        }
        assert_true(next > ms);
        if (next > 119999)
            next = 119999;
    }
    assert_in_range(asked, 20, 60);
    tick(&s, 120000, NULL);
    assert_false(show_card_is_open(&s));
    // What comes too late is thrown away.
    give_facts(&s, "hall", 121000);
    assert_null(s.card.facts);
    tick(&s, 200000, NULL);
    assert_false(show_card_wants_facts(&s));
    finish(&s, &config);
}

static void
the_slides_wait_for_it(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    int slide = s.rotation.slide;
    show_card_open(&s, at(100));
    for (int64_t ms = 100; ms < 100000; ms += 1000)
        tick(&s, ms, NULL);
    assert_int_equal(s.rotation.slide, slide);
    show_key(&s, SHOW_KEY_LEAVE, at(100000));
    tick(&s, 100000, NULL);
    assert_false(show_card_is_open(&s));
    assert_int_equal(s.rotation.slide, slide);
    finish(&s, &config);
}

static void
nobody_who_writes_is_disturbed(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    tick(&s, 0, NULL);
    while (!s.is_composing) { // on whichever slide that can be done
        show_turn(&s, +1, at(50));
        tick(&s, 50, NULL);
        for (int i = 0; i < show_list(&s)->target_count; i++)
            if (show_list(&s)->targets[i].kind == TARGET_ADD_POSTIT) {
                tap(&s, TARGET_ADD_POSTIT, 0, 100);
                break;
            }
    }
    show_card_open(&s, at(300));
    assert_false(show_card_is_open(&s));
    touch(&s, TOUCH_DOWN, 1, 100, 60, 400);
    tick(&s, 9000, NULL);
    assert_false(show_card_is_open(&s));
    finish(&s, &config);
}

static void
type(struct show *s, const char *digits, int64_t ms)
{
    for (; *digits; digits++) {
        tick(s, ms, NULL);
        tap(s, TARGET_DIGIT, *digits - '0', ms);
        ms += 300;
    }
}

static void
a_pin_is_asked_for(void **state)
{
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    config.pin = "0417";
    tick(&s, 0, NULL);
    show_card_open(&s, at(0));
    tick(&s, 0, NULL);
    assert_true(says(&s, "PIN"));
    assert_true(show_card_is_typing(&s));
    assert_false(show_card_wants_facts(&s));
    give_facts(&s, "hall", 10); // of an earlier asking
    tick(&s, 10, NULL);
    assert_false(says(&s, "hall"));
    type(&s, "0418", 1000);
    tick(&s, 3000, NULL);
    assert_true(says(&s, "not the PIN"));
    type(&s, "05", 4000);
    tap(&s, TARGET_ERASE, 0, 5000);
    type(&s, "417", 6000);
    tick(&s, 8000, NULL);
    assert_false(show_card_is_typing(&s));
    assert_true(show_card_wants_facts(&s));
    give_facts(&s, "hall", 8100);
    tick(&s, 8100, NULL);
    assert_true(says(&s, "hall"));
    // And again the next time.
    tap(&s, TARGET_CLOSE, 0, 9000);
    show_card_open(&s, at(10000));
    tick(&s, 10000, NULL);
    assert_true(show_card_is_typing(&s));
    finish(&s, &config);
}

static void
guessing_is_slow(void **state)
{
    struct show s;
    struct config config;
    int64_t ms = 0;
    (void) state;
    begin(&s, &config);
    config.pin = "0417";
    tick(&s, 0, NULL);
    for (int i = 0; i < 5; i++) { // closing it in between helps nobody
        show_card_open(&s, at(ms));
        type(&s, "1111", ms + 100);
        ms += 2000;
        tick(&s, ms, NULL);
        if (i < 4)
            show_key(&s, SHOW_KEY_LEAVE, at(ms));
    }
    assert_true(says(&s, "five times"));
    show_type(&s, "0417", 4, at(ms));
    assert_true(show_card_is_typing(&s));
    tick(&s, ms + 61000, NULL);
    assert_false(says(&s, "five times"));
    show_type(&s, "0417", 4, at(ms + 61000)); // with a keyboard
    assert_false(show_card_is_typing(&s));
    assert_true(show_card_is_open(&s));
    finish(&s, &config);
}

static void
keys_turn_its_pages(void **state)
{
    static const struct panel small = {
        .w = 800, .h = 480, .diagonal_in = 7, .has_touch = true};
    struct show s;
    struct config config;
    (void) state;
    begin(&s, &config);
    show_resize(&s, &small, &ruler);
    tick(&s, 0, NULL);
    show_card_open(&s, at(0));
    give_facts(&s, "hall", 10);
    tick(&s, 10, NULL);
    assert_true(s.card.page_count > 1);
    show_turn(&s, +1, at(20));
    assert_int_equal(s.card.page, 1);
    for (int i = 0; i < 20; i++)
        show_turn(&s, +1, at(30));
    tick(&s, 40, NULL);
    assert_int_equal(s.card.page, s.card.page_count - 1);
    tap(&s, TARGET_PREVIOUS, 0, 1000);
    assert_int_equal(s.card.page, s.card.page_count - 2);
    touch(&s, TOUCH_DOWN, 7, 600, 200, 2000);
    touch(&s, TOUCH_UP, 7, 200, 200, 2200);
    tick(&s, 2200, NULL);
    assert_int_equal(s.card.page, s.card.page_count - 1);
    finish(&s, &config);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_seconds_in_the_corner_open_it),
        cmocka_unit_test(other_presses_do_not),
        cmocka_unit_test(where_touch_is_off_nothing_else_reacts),
        cmocka_unit_test(it_asks_again_while_it_is_open_and_shuts_by_itself),
        cmocka_unit_test(the_slides_wait_for_it),
        cmocka_unit_test(nobody_who_writes_is_disturbed),
        cmocka_unit_test(a_pin_is_asked_for),
        cmocka_unit_test(guessing_is_slow),
        cmocka_unit_test(keys_turn_its_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
