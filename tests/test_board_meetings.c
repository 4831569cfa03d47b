// links: src/core/board_meetings.c src/core/calendar_meetings.c
// links: src/core/running_order.c src/core/board.c src/core/date.c
// links: src/core/feed_json.c src/core/json_scan.c src/core/plain_text.c
// links: src/core/character_reference.c src/base/zone.c src/base/arena.c
// links: src/base/memory.c src/base/problem.c src/base/text.c src/base/utf8.c
// libs: -lcjson -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "core/board_meetings.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define HOUR_S 3600
#define NOW_S INT64_C(1795680000) // Thursday 26 November 2026, 08:00 UTC

static const struct now now = {.wall_s = NOW_S, .is_trusted = true};
static const char *const hillcrest[] = {"hillcrest"};
static const char *const riverside[] = {"riverside"};

static struct item
meeting(const char *id, const char *title, int64_t starts_s)
{
    int32_t day = local_time(NULL, starts_s).day;
    return (struct item){
        .kind = KIND_MEETING,
        .id = id,
        .title = title,
        .text = "",
        .image = "",
        .place = "",
        .window = {TIME_NONE, TIME_NONE, 0, -1, -1},
        .starts_s = starts_s,
        .ends_s = starts_s + HOUR_S,
        .starts_day = day,
        .ends_day = day,
    };
}

static struct item
all_day(const char *id, const char *title, int32_t from, int32_t until)
{
    struct item item = meeting(id, title, from * (int64_t) DAY_S);
    item.is_all_day = true;
    item.ends_s = (until + 1) * (int64_t) DAY_S;
    item.ends_day = until;
    return item;
}

static struct item
at_school(struct item item, const char *const *school)
{
    item.schools = school;
    item.school_count = 1;
    return item;
}

/* The ids of what stands behind the board's own, with blanks between them. */
static void
assert_added(const struct item *own, int own_count, const struct item *more,
             int count, struct now at, const char *wanted)
{
    struct arena a = {0};
    struct text seen = {0};
    struct board b = {.items = own, .item_count = own_count};
    struct board with =
        board_with_meetings(&b, &a, more, count, "hillcrest", at);
    for (int i = 0; i < own_count; i++)
        assert_string_equal(with.items[i].id, own[i].id);
    for (int i = own_count; i < with.item_count; i++)
        text_add_format(&seen, "%s ", with.items[i].id);
    assert_string_equal(text_string(&seen), wanted);
    text_destroy(&seen);
    arena_destroy(&a);
}

static void
doubles_are_shown_once(void **state)
{
    const int64_t at_s = NOW_S + HOUR_S;
    const int32_t today = local_time(NULL, NOW_S).day;
    const struct item own[] = {meeting("m-1", "Staff meeting", at_s),
                               all_day("m-2", "INSET", today + 1, today + 1)};
    struct item idea = meeting("i-1", "Staff lunch", at_s);
    idea.kind = KIND_IDEA;
    const struct item with_idea[] = {own[0], own[1], idea};
    const struct item more[] = {
        meeting("same", "Staff meeting", at_s),
        meeting("blanks", " STAFF  meeting", at_s),
        meeting("later", "Staff meeting", at_s + 60),
        meeting("other", "Staff lunch", at_s),         // an idea is no meeting
        meeting("other", "Another title", at_s + 120), // the id counts
        meeting("again", "Staff lunch", at_s),         // of a calendar before
        meeting("timed", "INSET", (today + 1) * (int64_t) DAY_S),
        all_day("inset", "inset", today + 1, today + 3),
        all_day("next", "INSET", today + 2, today + 2),
    };
    (void) state;
    assert_added(with_idea, 3, more, COUNT(more), now,
                 "later other timed next ");
    assert_added(NULL, 0, more, 1, now, "same ");
    assert_added(own, 2, more, 0, now, "");
}

static void
what_others_do_not_see_takes_no_place(void **state)
{
    const int64_t at_s = NOW_S + HOUR_S;
    const struct item own[] = {
        at_school(meeting("m-1", "Staff meeting", at_s), riverside),
    };
    const struct item more[] = {
        at_school(meeting("theirs", "Governors", at_s), riverside),
        at_school(meeting("ours", "Governors", at_s), hillcrest),
        meeting("everybody's", "Staff meeting", at_s),
    };
    (void) state;
    assert_added(own, 1, more, COUNT(more), now, "ours everybody's ");
}

static void
what_is_over_goes_and_what_is_far_off_waits(void **state)
{
    const int32_t today = local_time(NULL, NOW_S).day;
    struct item more[4 + BOARD_MEETINGS_MOST + 3] = {
        all_day("yesterday", "x", today - 1, today - 1),
        all_day("until-today", "until today", today - 1, today),
        meeting("over", "x", NOW_S - 2 * HOUR_S),
        meeting("going-on", "going on", NOW_S - HOUR_S / 2),
    };
    static char ids[BOARD_MEETINGS_MOST + 3][4];
    (void) state;
    for (int i = 0; i < BOARD_MEETINGS_MOST + 3; i++) {
        ids[i][0] = 'n';
        ids[i][1] = (char) ('a' + i);
        more[4 + i] = meeting(ids[i], ids[i], NOW_S + (i + 1) * HOUR_S);
    }
    assert_added(NULL, 0, more, COUNT(more), now,
                 "until-today going-on na nb nc nd ne nf ng ");
}

static void
without_a_clock_nothing_is_added(void **state)
{
    const struct item own[] = {meeting("m-1", "Staff meeting", NOW_S)};
    const struct item more[] = {meeting("x", "x", NOW_S + HOUR_S)};
    (void) state;
    assert_added(own, 1, more, 1, (struct now){.wall_s = NOW_S}, "");
}

static void
the_slide_has_them_in_order_of_start(void **state)
{
    struct item own[] = {meeting("m-1", "first", NOW_S + HOUR_S),
                         meeting("m-2", "last", NOW_S + 9 * HOUR_S)};
    const struct item more[] = {meeting("c-1", "same time", NOW_S + HOUR_S),
                                meeting("c-2", "between", NOW_S + 2 * HOUR_S)};
    struct arena a = {0};
    struct running_order order;
    (void) state;
    own[1].order = 1;
    struct board b = {.items = own, .item_count = 2};
    struct board with = board_with_meetings(&b, &a, more, 2, "", now);
    running_order_make(&order, &a, &with, "", now);
    assert_int_equal(order.count, 1);
    static const char *const wanted[] = {"m-1", "c-1", "c-2", "m-2"};
    assert_int_equal(order.slides[0].item_count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++)
        assert_string_equal(order.slides[0].items[i]->id, wanted[i]);
    arena_destroy(&a);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_are_shown_once),
        cmocka_unit_test(what_others_do_not_see_takes_no_place),
        cmocka_unit_test(what_is_over_goes_and_what_is_far_off_waits),
        cmocka_unit_test(without_a_clock_nothing_is_added),
        cmocka_unit_test(the_slide_has_them_in_order_of_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
