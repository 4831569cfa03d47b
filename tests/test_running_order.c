// links: src/core/running_order.c src/core/date.c src/base/arena.c src/base/memory.c src/base/text.c src/base/zone.c
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "core/running_order.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define ITEMS_MOST 80

/* A board that a test fills item by item. */
struct fixture {
    struct arena arena;
    struct board board;
    struct item items[ITEMS_MOST];
    struct term terms[4];
    struct running_order order;
};

static int
set_up(void **state)
{
    static struct fixture f;
    f = (struct fixture){.board.zone = zone_open("Europe/London")};
    f.board.items = f.items;
    f.board.terms = f.terms;
    *state = &f;
    return f.board.zone ? 0 : -1;
}

static int
tear_down(void **state)
{
    struct fixture *f = *state;
    arena_destroy(&f->arena);
    zone_close(f->board.zone);
    return 0;
}

static struct item *
add(struct fixture *f, enum item_kind kind, const char *id)
{
    assert_true(f->board.item_count < ITEMS_MOST);
    struct item *item = &f->items[f->board.item_count];
    *item = (struct item){
        .kind = kind,
        .order = f->board.item_count++,
        .id = id,
        .title = id,
        .text = "",
        .image = "",
        .place = "",
        .answers = "",
        .window = {.from_s = TIME_NONE,
                   .until_s = TIME_NONE,
                   .open_minute = -1,
                   .shut_minute = -1},
        .on = DAY_NONE,
        .week = DAY_NONE,
        .starts_s = TIME_NONE,
        .ends_s = TIME_NONE,
    };
    return item;
}

static struct item *
add_question(struct fixture *f, const char *id, const char *on)
{
    struct item *item = add(f, KIND_QUESTION, id);
    item->on = day_parse(on);
    return item;
}

static struct item *
add_idea(struct fixture *f, const char *id, const char *week,
         const char *published)
{
    struct item *item = add(f, KIND_IDEA, id);
    item->week = week_parse(week);
    item->published_s = *published ? time_parse(published, NULL) : 0;
    return item;
}

static struct item *
add_postit(struct fixture *f, const char *id, const char *published,
           const char *answers)
{
    struct item *item = add(f, KIND_POSTIT, id);
    item->published_s = time_parse(published, NULL);
    item->answers = answers;
    return item;
}

/* Local start and end; a date alone is all day. */
static struct item *
add_meeting(struct fixture *f, const char *id, const char *starts,
            const char *ends)
{
    const struct zone *z = f->board.zone;
    struct item *m = add(f, KIND_MEETING, id);
    m->starts_day = day_parse(starts);
    m->is_all_day = m->starts_day != DAY_NONE;
    if (m->is_all_day) {
        m->starts_s = zone_to_utc(z, (int64_t) m->starts_day * DAY_S);
        m->ends_day = *ends ? day_parse(ends) : m->starts_day;
    } else {
        m->starts_s = time_parse(starts, z);
        m->ends_s = time_parse(ends, z);
    }
    return m;
}

static void
add_term(struct fixture *f, const char *from, const char *until)
{
    f->terms[f->board.term_count++] =
        (struct term){day_parse(from), day_parse(until)};
}

static struct now
at(const struct fixture *f, const char *time)
{
    return (struct now){.wall_s = time_parse(time, f->board.zone),
                        .is_trusted = true};
}

/* "question! purpose purpose-2 board(a b) …"; "!" where it leads. */
static const char *
describe(struct fixture *f, const char *school, struct now now)
{
    struct text text = {0};
    running_order_make(&f->order, &f->arena, &f->board, school, now);
    for (int i = 0; i < f->order.count; i++) {
        const struct slide *s = &f->order.slides[i];
        text_add_format(&text, "%s%s%s(", i ? " " : "", s->name,
                        s->leads ? "!" : "");
        for (int k = 0; k < s->item_count; k++)
            text_add_format(&text, "%s%s", k ? " " : "", s->items[k]->id);
        for (int k = 0; k < s->answer_count; k++)
            text_add_format(&text, "%s%s", k ? " " : " / ", s->answers[k]->id);
        text_add_char(&text, ')');
    }
    const char *copy = arena_copy(&f->arena, text_string(&text), text.len);
    text_destroy(&text);
    return copy;
}

static void
assert_order_now(struct fixture *f, struct now now, const char *want)
{
    assert_string_equal(describe(f, "hillcrest", now), want);
}

static void
assert_order(struct fixture *f, const char *time, const char *want)
{
    assert_order_now(f, at(f, time), want);
}

static void
an_empty_board_has_no_slides(void **state)
{
    struct fixture *f = *state;
    assert_order(f, "2026-11-26T10:00", "");
    add(f, KIND_IDEA, "i")->title = ""; // nothing to show
    assert_order(f, "2026-11-26T10:00", "");
    f->items[0].image = "a.jpg";
    assert_order(f, "2026-11-26T10:00", "idea!(i)");
}

static void
everything_in_its_place(void **state)
{
    struct fixture *f = *state;
    add(f, KIND_IMPACT, "im");
    add(f, KIND_SCRAPBOOK, "s");
    add_meeting(f, "m", "2026-11-26T15:45", "");
    add_postit(f, "p1", "2026-11-24T08:00Z", "q");
    add_postit(f, "p2", "2026-11-25T08:00Z", "other");
    add_postit(f, "p3", "2026-11-25T09:00Z", "q")->is_pinned = true;
    add_postit(f, "p4", "2026-11-25T10:00Z", "q");
    add_idea(f, "i", "2026-W48", "");
    add_question(f, "q", "2026-11-26");
    add(f, KIND_PURPOSE, "u1");
    add(f, KIND_PURPOSE, "u2");
    assert_order(f, "2026-11-26T10:00",
                 "question!(q / p4 p3 p1) purpose(u1) purpose-2(u2) idea!(i) "
                 "board(p3 p4 p2 p1) meetings(m) scrapbook(s) impact(im)");
    // The day after, the purpose comes first again.
    assert_order(f, "2026-11-27T10:00",
                 "purpose(u1) purpose-2(u2) question(q / p4 p3 p1) idea!(i) "
                 "board(p3 p4 p2 p1) scrapbook(s) impact(im)");
}

static void
the_latest_question_not_after_today(void **state)
{
    struct fixture *f = *state;
    add_question(f, "q3", "2026-12-03");
    add_question(f, "undated", "");
    add_question(f, "q1", "2026-11-19");
    add_question(f, "q2", "2026-11-26");
    assert_order(f, "2026-11-18T23:59", "question(undated)");
    assert_order(f, "2026-11-19T00:00", "question!(q1)");
    assert_order(f, "2026-11-25T23:59", "question(q1)");
    assert_order(f, "2026-11-26T00:00", "question!(q2)");
    assert_order(f, "2026-12-02T23:59", "question(q2)");
    assert_order(f, "2026-12-03T00:00", "question!(q3)");
    assert_order(f, "2027-12-03T00:00", "question(q3)");
}

static void
of_two_undated_questions_the_newer(void **state)
{
    struct fixture *f = *state;
    add_question(f, "a", "")->published_s = 10;
    add_question(f, "b", "")->published_s = 20;
    add_question(f, "c", "")->published_s = 15;
    assert_order(f, "2026-11-26T10:00", "question(b)");
}

static void
holidays_use_up_no_question(void **state)
{
    struct fixture *f = *state;
    add_term(f, "2027-01-04", "2027-02-12");
    add_term(f, "2026-11-02", "2026-12-18");
    add_question(f, "before", "2026-10-22");
    add_question(f, "last", "2026-12-17");
    add_question(f, "holiday", "2026-12-24");
    add_question(f, "new", "2027-01-07");
    // Before the first term: there was none to stay, so the latest there is.
    assert_order(f, "2026-10-28T10:00", "question(before)");
    assert_order(f, "2026-11-02T10:00", "question(before)");
    assert_order(f, "2026-12-17T10:00", "question!(last)");
    assert_order(f, "2026-12-18T10:00", "question(last)");
    assert_order(f, "2026-12-24T10:00", "question(last)");
    assert_order(f, "2027-01-03T23:59", "question(last)");
    assert_order(f, "2027-01-04T00:00", "question(holiday)");
    assert_order(f, "2027-01-07T08:00", "question!(new)");
    assert_order(f, "2027-02-20T08:00", "question(new)");
}

static void
holidays_with_no_question_before(void **state)
{
    struct fixture *f = *state;
    add_term(f, "2026-11-02", "2026-12-18");
    add_question(f, "first", "2026-12-24");
    assert_order(f, "2026-12-18T10:00", "");
    assert_order(f, "2026-12-24T10:00", "question!(first)");
    assert_order(f, "2026-12-25T10:00", "question(first)");
}

static void
ideas_of_the_latest_week(void **state)
{
    struct fixture *f = *state;
    add_idea(f, "old", "2026-W47", "");
    add_idea(f, "a", "2026-W48", "");
    add_idea(f, "none", "", "2026-11-26T00:00Z");
    add_idea(f, "b", "2026-W48", "");
    add_idea(f, "c", "2026-W48", "")->is_pinned = true;
    add_idea(f, "next", "2026-W49", "");
    assert_order(f, "2026-11-22T23:59", "idea!(old)");
    assert_order(f, "2026-11-23T00:00", "idea!(c) idea-2(a) idea-3(b)");
    assert_order(f, "2026-11-29T23:59", "idea!(c) idea-2(a) idea-3(b)");
    assert_order(f, "2026-11-30T00:00", "idea!(next)");
    assert_order(f, "2027-03-01T00:00", "idea!(next)"); // until there is one
}

static void
ideas_without_weeks_follow_the_newest(void **state)
{
    struct fixture *f = *state;
    add_idea(f, "last-week", "", "2026-11-22T23:00Z");
    add_idea(f, "mon", "", "2026-11-23T00:00Z");
    add_idea(f, "wed", "", "2026-11-25T08:00Z");
    add_idea(f, "wed-2", "", "2026-11-25T08:00Z");
    add_idea(f, "future", "2026-W52", "2026-11-26T08:00Z");
    assert_order(f, "2026-11-26T10:00", "idea!(wed) idea-2(wed-2) idea-3(mon)");
    f->items[1].is_pinned = true;
    assert_order(f, "2026-11-26T10:00", "idea!(mon) idea-2(wed) idea-3(wed-2)");
}

static void
eight_ideas_at_most(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 12; i++)
        add_idea(f, arena_format(&f->arena, "%d", i), "2026-W48", "");
    assert_order(f, "2026-11-26T10:00",
                 "idea!(0) idea-2(1) idea-3(2) idea-4(3) idea-5(4) idea-6(5) "
                 "idea-7(6) idea-8(7)");
}

static void
meetings_leave_when_they_are_over(void **state)
{
    struct fixture *f = *state;
    add_meeting(f, "late", "2026-11-26T15:45", "2026-11-26T17:00");
    add_meeting(f, "early", "2026-11-26T08:00", "2026-11-26T09:00");
    add_meeting(f, "open", "2026-11-26T10:00", "");
    add_meeting(f, "day", "2026-11-26", "");
    add_meeting(f, "days", "2026-11-24", "2026-11-27");
    add_meeting(f, "next", "2026-12-03T16:30", "");
    assert_order(f, "2026-11-26T08:59",
                 "meetings(days day early open late next)");
    assert_order(f, "2026-11-26T09:00", "meetings(days day open late next)");
    assert_order(f, "2026-11-26T10:59", "meetings(days day open late next)");
    assert_order(f, "2026-11-26T11:00", "meetings(days day late next)");
    assert_order(f, "2026-11-26T23:59", "meetings(days day next)");
    assert_order(f, "2026-11-27T00:00", "meetings(days next)");
    assert_order(f, "2026-11-28T00:00", "meetings(next)");
    assert_order(f, "2026-12-03T17:30", "");
}

/* An all-day meeting ends with its local day, 23 or 25 hours long. */
static void
days_end_where_the_clocks_change(void **state)
{
    struct fixture *f = *state;
    add_meeting(f, "spring", "2026-03-29", "");
    add_meeting(f, "autumn", "2026-10-25", "");
    struct now now = {.is_trusted = true};
    now.wall_s = time_parse("2026-03-29T22:59Z", NULL);
    assert_order_now(f, now, "meetings(spring autumn)");
    now.wall_s = time_parse("2026-03-29T23:00Z", NULL);
    assert_order_now(f, now, "meetings(autumn)");
    now.wall_s = time_parse("2026-10-25T23:59Z", NULL);
    assert_order_now(f, now, "meetings(autumn)");
    now.wall_s = time_parse("2026-10-26T00:00Z", NULL);
    assert_order_now(f, now, "");
}

static void
three_stories_at_most(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 5; i++) {
        const char *id = arena_format(&f->arena, "%d", i);
        add(f, KIND_SCRAPBOOK, id)->published_s = i % 3;
        add(f, KIND_IMPACT, id)->published_s = i;
    }
    assert_order(f, "2026-11-26T10:00",
                 "scrapbook(2) scrapbook-2(1) scrapbook-3(4) impact(4) "
                 "impact-2(3) impact-3(2)");
}

static void
a_full_board_fits(void **state)
{
    struct fixture *f = *state;
    for (int i = 0; i < 30; i++)
        add(f, KIND_PURPOSE, "u");
    for (int i = 0; i < 12; i++)
        add_idea(f, "i", "2026-W48", "");
    for (int i = 0; i < 6; i++) {
        add(f, KIND_SCRAPBOOK, "s");
        add(f, KIND_IMPACT, "m");
        add_meeting(f, "m", "2026-11-26", "");
    }
    add_question(f, "q", "2026-11-26");
    add_postit(f, "p", "2026-11-26T08:00Z", "");
    describe(f, "", at(f, "2026-11-26T10:00"));
    assert_int_equal(f->order.count, 20 + 1 + 8 + 1 + 1 + 3 + 3);
    assert_true(f->order.count <= SLIDES_MAX);
    for (int i = 0; i < f->order.count; i++)
        for (int k = 0; k < i; k++)
            assert_string_not_equal(f->order.slides[i].name,
                                    f->order.slides[k].name);
}

static void
without_a_clock_only_what_needs_no_date(void **state)
{
    struct fixture *f = *state;
    add(f, KIND_PURPOSE, "u");
    add_question(f, "q", "2026-11-26");
    add_meeting(f, "m", "2026-11-26T15:45", "");
    add(f, KIND_SCRAPBOOK, "s");
    add_idea(f, "i1", "2026-W01", "2026-01-01T00:00Z");
    add_idea(f, "i2", "2026-W48", "2026-11-23T00:00Z");
    add_idea(f, "i3", "", "2026-11-23T00:00Z");
    add_idea(f, "i4", "", "2026-01-02T00:00Z");
    add_postit(f, "p", "2026-11-24T08:00Z", "");
    add_postit(f, "days", "2026-11-24T08:00Z", "")->window.days = 127;
    add_postit(f, "from", "2026-11-24T08:00Z", "")->window.from_s = 0;
    add_postit(f, "until", "2026-11-24T08:00Z", "")->window.until_s = INT64_MAX;
    add_postit(f, "hours", "2026-11-24T08:00Z", "")->window.open_minute = 0;
    struct now now = {.wall_s = time_parse("2026-11-26T10:00Z", NULL)};
    assert_order_now(f, now,
                     "purpose(u) idea(i2) idea-2(i3) idea-3(i4) board(p)");
    now.wall_s = 0;
    assert_order_now(f, now,
                     "purpose(u) idea(i2) idea-2(i3) idea-3(i4) board(p)");
}

static void
schools_see_what_is_theirs(void **state)
{
    static const char *const both[] = {"oakfield", "hillcrest"};
    struct fixture *f = *state;
    struct now now = at(f, "2026-11-26T10:00");
    add(f, KIND_PURPOSE, "all");
    struct item *item = add(f, KIND_PURPOSE, "some");
    item->schools = both;
    item->school_count = 2;
    assert_string_equal(describe(f, "hillcrest", now),
                        "purpose(all) purpose-2(some)");
    assert_string_equal(describe(f, "oakfield", now),
                        "purpose(all) purpose-2(some)");
    assert_string_equal(describe(f, "Hillcrest", now), "purpose(all)");
    assert_string_equal(describe(f, "", now), "purpose(all)");
}

static void
windows_open_and_shut(void **state)
{
    static const struct {
        const char *from, *until, *days; // days from Monday: "...x..."
        int open, shut;
        const char *time;
        bool is_showing;
    } rows[] = {
        {"", "", ".......", -1, -1, "2026-11-26T10:00", true},
        {"2026-11-26T10:00", "", ".......", -1, -1, "2026-11-26T09:59", false},
        {"2026-11-26T10:00", "", ".......", -1, -1, "2026-11-26T10:00", true},
        {"", "2026-11-26T10:00", ".......", -1, -1, "2026-11-26T09:59", true},
        {"", "2026-11-26T10:00", ".......", -1, -1, "2026-11-26T10:00", false},
        {"2026-11-27T10:00", "2026-11-26T10:00", ".......", -1, -1,
         "2026-11-26T20:00", false},
        {"", "", "...x...", -1, -1, "2026-11-26T10:00", true},
        {"", "", "xxx.xxx", -1, -1, "2026-11-26T10:00", false},
        {"", "", ".......", 480, 990, "2026-11-26T07:59", false},
        {"", "", ".......", 480, 990, "2026-11-26T08:00", true},
        {"", "", ".......", 480, 990, "2026-11-26T16:29", true},
        {"", "", ".......", 480, 990, "2026-11-26T16:30", false},
        {"", "", ".......", 0, 1440, "2026-11-26T23:59", true},
        // over midnight, and then the day is the one it opened on
        {"", "", ".......", 1320, 360, "2026-11-26T21:59", false},
        {"", "", ".......", 1320, 360, "2026-11-26T22:00", true},
        {"", "", ".......", 1320, 360, "2026-11-27T05:59", true},
        {"", "", ".......", 1320, 360, "2026-11-27T06:00", false},
        {"", "", "...x...", 1320, 360, "2026-11-26T05:00", false},
        {"", "", "...x...", 1320, 360, "2026-11-26T23:00", true},
        {"", "", "...x...", 1320, 360, "2026-11-27T05:00", true},
        {"", "", "...x...", 1320, 360, "2026-11-27T23:00", false},
        {"", "", "......x", 1320, 360, "2026-11-30T05:00", true}, // Monday
        // local time, in summer as in winter
        {"", "", ".......", 480, 990, "2026-07-01T08:00", true},
        {"", "", ".......", 480, 990, "2026-07-01T16:30", false},
    };
    struct fixture *f = *state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct item *item = add(f, KIND_PURPOSE, "u");
        item->window = (struct window){
            .from_s = time_parse(rows[i].from, f->board.zone),
            .until_s = time_parse(rows[i].until, f->board.zone),
            .open_minute = (int16_t) rows[i].open,
            .shut_minute = (int16_t) rows[i].shut,
        };
        for (int day = 0; day < 7; day++)
            if (rows[i].days[day] == 'x')
                item->window.days |= (uint8_t) (1u << day);
        if (item_is_showing(item, &f->board, "", at(f, rows[i].time)) !=
            rows[i].is_showing)
            fail_msg("row %zu", i);
    }
}

static void
what_is_not_showing_is_in_no_slide(void **state)
{
    struct fixture *f = *state;
    add_question(f, "q1", "2026-11-19");
    add_question(f, "q2", "2026-11-26")->window.days = 1;
    add_postit(f, "p1", "2026-11-24T08:00Z", "q1");
    add_postit(f, "p2", "2026-11-24T08:00Z", "q1")->window.until_s = 0;
    assert_order(f, "2026-11-26T10:00", "question(q1 / p1) board(p1)");
}

static void
reading_takes_time(void **state)
{
    static const struct {
        int words, ms;
    } rows[] = {
        {0, 8000},   {-5, 8000},  {1, 8000},   {13, 8000},   {14, 8250},
        {40, 18000}, {98, 39750}, {99, 40000}, {500, 40000}, {INT32_MAX, 40000},
    };
    (void) state;
    for (size_t i = 0; i < COUNT(rows); i++)
        assert_int_equal(dwell_ms(rows[i].words), rows[i].ms);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_empty_board_has_no_slides),
        TEST(everything_in_its_place),
        TEST(the_latest_question_not_after_today),
        TEST(of_two_undated_questions_the_newer),
        TEST(holidays_use_up_no_question),
        TEST(holidays_with_no_question_before),
        TEST(ideas_of_the_latest_week),
        TEST(ideas_without_weeks_follow_the_newest),
        TEST(eight_ideas_at_most),
        TEST(meetings_leave_when_they_are_over),
        TEST(days_end_where_the_clocks_change),
        TEST(three_stories_at_most),
        TEST(a_full_board_fits),
        TEST(without_a_clock_only_what_needs_no_date),
        TEST(schools_see_what_is_theirs),
        TEST(windows_open_and_shut),
        TEST(what_is_not_showing_is_in_no_slide),
        TEST(reading_takes_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
