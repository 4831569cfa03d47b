// links: src/calendar/rule.c src/calendar/stamp.c src/core/date.c
// links: src/base/zone.c src/base/memory.c src/base/text.c
// libs: -lical
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "calendar/rule.h"
#include "core/date.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct stamp
at(const char *text)
{
    struct stamp s;
    assert_true(stamp_read(&s, text, strlen(text), ""));
    return s;
}

/* " 20261015" for each day found. */
static void
add_days(struct text *out, const char *rule_text, const char *first,
         const char *from, const char *until, int most)
{
    struct rule rule;
    struct stamp start = at(first);
    int64_t shown_s, from_s = at(from).shown_s;
    assert_int_equal(rule_read(&rule, rule_text), RULE_GOOD);
    rule_start(&rule, &start, from_s, at(until).shown_s);
    while (rule_next(&rule, &shown_s) && most-- > 0) {
        if (shown_s < from_s)
            continue;
        struct local l = local_time(NULL, shown_s);
        text_add_format(out, " %04d%02d%02d", l.year, l.month, l.date);
        // It stays at its time of day, wherever the walk began.
        assert_int_equal(shown_s - (int64_t) l.day * DAY_S,
                         start.shown_s - stamp_midnight(start.shown_s));
    }
    rule_destroy(&rule);
}

static void
rules_of_rfc_5545(void **state)
{
    (void) state;
    // §3.8.5.3's own examples, and what schools write.
    static const struct {
        const char *rule, *first, *days;
    } rows[] = {
        {"FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,TH", "19970902T090000",
         " 19970902 19970904 19970916 19970918 19970930"},
        {"FREQ=MONTHLY;BYDAY=-1FR", "19970926T090000",
         " 19970926 19971031 19971128 19971226 19980130"},
        {"FREQ=MONTHLY;BYDAY=1FR", "19970905T090000",
         " 19970905 19971003 19971107 19971205 19980102"},
        {"FREQ=MONTHLY;BYMONTHDAY=-3", "19970928T090000",
         " 19970928 19971029 19971128 19971229 19980129"},
        {"FREQ=MONTHLY;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904T090000",
         " 19970904 19971007 19971106 19971204 19980107"},
        {"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512T090000",
         " 19970512 19980511 19990517 20000515 20010514"},
        {"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;"
         "BYMONTHDAY=2,3,4,5,6,7,8",
         "19961105T090000", " 19961105 20001107 20041102 20081104 20121106"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO", "19970805T090000",
         " 19970805 19970810 19970819 19970824 19970902"},
        {"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU", "19970805T090000",
         " 19970805 19970817 19970819 19970831 19970902"},
        {"FREQ=MONTHLY", "20260131",
         " 20260131 20260331 20260531 20260731"
         " 20260831"},
        {"FREQ=YEARLY", "20240229",
         " 20240229 20280229 20320229 20360229"
         " 20400229"},
        {"FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "20261119",
         " 20261119 20261120 20261123 20261124 20261125"},
        {"freq=weekly;rscale=gregorian", "20261119",
         " 20261119 20261126 20261203 20261210 20261217"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct text found = {0};
        add_days(&found, rows[i].rule, rows[i].first, rows[i].first, "20991231",
                 5);
        if (strcmp(text_string(&found), rows[i].days) != 0)
            print_error("%s\n", rows[i].rule);
        assert_string_equal(text_string(&found), rows[i].days);
        text_destroy(&found);
    }
}

/* What is asked for late is what would have been found from the start. */
static void
a_late_walk_finds_the_same_days(void **state)
{
    (void) state;
    static const char *const rules[] = {
        "FREQ=DAILY;INTERVAL=3",
        "FREQ=DAILY;INTERVAL=13;BYDAY=MO,TU,WE",
        "FREQ=DAILY;BYMONTH=3,9;BYMONTHDAY=1,15,-1",
        "FREQ=WEEKLY",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=SU",
        "FREQ=WEEKLY;INTERVAL=5;BYDAY=SA,SU,MO;WKST=WE",
        "FREQ=MONTHLY;INTERVAL=7;BYDAY=2TH",
        "FREQ=MONTHLY;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "FREQ=YEARLY;INTERVAL=3",
        "FREQ=YEARLY;INTERVAL=5;BYMONTH=6;BYDAY=-1MO",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=366",
    };
    static const char *const firsts[] = {"16040229T081500", "19690706",
                                         "19981223T154500", "20240229T233000"};
    for (size_t r = 0; r < COUNT(rules); r++) {
        for (size_t f = 0; f < COUNT(firsts); f++) {
            struct text early = {0}, late = {0};
            add_days(&early, rules[r], firsts[f], firsts[f], "20320101",
                     1000000);
            for (int year = 2026; year < 2032; year++) {
                char from[20];
                snprintf(from, sizeof from, "%d0410", year);
                text_cut(&late, 0);
                add_days(&late, rules[r], firsts[f], from, "20320101", 100000);
                size_t cut = early.len - late.len;
                if (strcmp(text_string(&early) + cut, text_string(&late)) != 0)
                    print_error("%s %s %s\n", rules[r], firsts[f], from);
                assert_string_equal(text_string(&early) + cut,
                                    text_string(&late));
                // And nothing in between was lost.
                assert_true(cut == 0 || strncmp(text_string(&early) + cut - 8,
                                                from, 8) < 0);
            }
            text_destroy(&early);
            text_destroy(&late);
        }
    }
}

static void
rules_that_are_refused(void **state)
{
    (void) state;
    static const struct {
        const char *text;
        enum rule_verdict verdict;
    } rows[] = {
        {"FREQ=WEEKLY", RULE_GOOD},
        {"FREQ=WEEKLY;", RULE_GOOD},
        {"FREQ=HOURLY", RULE_TOO_OFTEN},
        {"COUNT=2;freq=Minutely;BYMONTH=2;BYMONTHDAY=30", RULE_TOO_OFTEN},
        {"FREQ=SECONDLY", RULE_TOO_OFTEN},
        {"RSCALE=CHINESE;FREQ=YEARLY", RULE_OTHER_CALENDAR},
        {"", RULE_BROKEN},
        {"WEEKLY", RULE_BROKEN},
        {"FREQ=FORTNIGHTLY", RULE_BROKEN},
        {"INTERVAL=2", RULE_BROKEN},
        {"FREQ=WEEKLY;COUNT=0", RULE_BROKEN},
        {"FREQ=WEEKLY;COUNT=-3", RULE_BROKEN},
        {"FREQ=WEEKLY;COUNT=two", RULE_BROKEN},
        {"FREQ=WEEKLY;UNTIL=Christmas", RULE_BROKEN},
        {"FREQ=WEEKLY;INTERVAL=0", RULE_BROKEN},
        {"FREQ=WEEKLY;BYDAY=XX", RULE_BROKEN},
        {"FREQ=WEEKLY;FREQ=DAILY", RULE_BROKEN},
        {"FREQ=WEEKLY;WHENEVER=1", RULE_BROKEN},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct rule rule;
        enum rule_verdict verdict = rule_read(&rule, rows[i].text);
        if (verdict != rows[i].verdict)
            print_error("%s\n", rows[i].text);
        assert_int_equal(verdict, rows[i].verdict);
        rule_destroy(&rule);
    }
}

static void
count_and_until_are_told_and_not_heeded(void **state)
{
    (void) state;
    struct rule rule;
    struct stamp start = at("20261001");
    int64_t shown_s;
    int found = 0;
    assert_int_equal(rule_read(&rule, "FREQ=DAILY;COUNT=3"), RULE_GOOD);
    assert_int_equal(rule.count, 3);
    assert_false(rule.until.is_set);
    rule_start(&rule, &start, start.shown_s, at("20261010").shown_s);
    while (rule_next(&rule, &shown_s))
        found++;
    assert_int_equal(found, 10);
    rule_destroy(&rule);

    assert_int_equal(rule_read(&rule, "FREQ=DAILY;UNTIL=20261003T120000Z"),
                     RULE_GOOD);
    assert_int_equal(rule.count, 0);
    assert_true(rule.until.is_utc);
    assert_int_equal(rule.until.shown_s, at("20261003T120000").shown_s);
    rule_destroy(&rule);
    rule_destroy(&rule); // twice is fine
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_of_rfc_5545),
        cmocka_unit_test(a_late_walk_finds_the_same_days),
        cmocka_unit_test(rules_that_are_refused),
        cmocka_unit_test(count_and_until_are_told_and_not_heeded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
