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

#include <stdio.h>
#include <string.h>

#include "core/date.h"
#include "hub/content.h"
#include "hub/moderation.h"
#include "hub/secret.h"
#include "tests/page_stand.h"

#define ID "8f1c2b52-0d6e-4c8e-9a53-0a4f6f0b7a0"
#define SCHOOLS                                                                \
    "&id-0=hillcrest-primary&school-0=Hillcrest+Primary&id-1=st-aidans"        \
    "&school-1=St+Aidan's"
#define REST "&home_page=&language=en-GB&zone=Europe/London"

static int64_t
revision(struct page_stand *s)
{
    struct arena arena = {0};
    struct hub_revision r = {0};
    hub_store_revision(s->hub.store, &arena, 0, &r);
    arena_destroy(&arena);
    return r.number;
}

static int
save_seen(struct page_stand *s, int64_t seen, const char *fields)
{
    char form[3000];
    assert_int_equal(page_stand_get(s, "/partnership"), 200);
    snprintf(form, sizeof form, "revision=%lld&%s", (long long) seen, fields);
    return page_stand_send(s, "/partnership", form);
}

static int
save(struct page_stand *s, const char *fields)
{
    return save_seen(s, revision(s), fields);
}

static void
open_newest(struct page_stand *s, struct content *c)
{
    struct problem why = {0};
    assert_true(content_open(c, s->hub.store, 0, &why));
}

static void
assert_note(struct page_stand *s, const char *note)
{
    struct arena arena = {0};
    struct hub_revision r;
    assert_true(hub_store_revision(s->hub.store, &arena, 0, &r));
    assert_string_equal(r.note, note);
    assert_string_equal(r.person, "Maria");
    arena_destroy(&arena);
}

static void
all_of_it_is_saved_in_one_step(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    page_stand_get(s, "/partnership");
    page_stand_has(s, "value=\"Northside\"");
    page_stand_has(s, "<option selected>Europe/London</option>");
    page_stand_has(s, "<option>America/Nome</option>"); // of tzdata
    page_stand_has(s, "aria-current=\"page\">Partnership");
    assert_int_equal(
        save(s, "title=S%C3%BCdstern&home_page=https://south.example/&language="
                "de&zone=Europe/Berlin&frozen=yes&id-0=hillcrest-primary"
                "&school-0=Hillcrest&id-1=st-aidans&school-1=St+Aidan's"
                "&new_schools=Moor+Lane%0D%0A%0D%0AHillcrest+Primary"
                "&from-0=2027-01-04&until-0=2027-03-26"
                "&from-1=2026-11-02&until-1=2026-12-18"),
        303);
    open_newest(s, &c);
    assert_int_equal(c.revision, 2);
    assert_string_equal(c.board.title, "S\xC3\xBC"
                                       "dstern");
    assert_string_equal(c.board.home_page, "https://south.example/");
    assert_string_equal(c.board.language, "de");
    assert_string_equal(c.board.zone_name, "Europe/Berlin");
    assert_true(c.board.is_frozen);
    static const char *const ids[] = {"hillcrest-primary", "st-aidans",
                                      "moor-lane", "hillcrest-primary-2"};
    assert_int_equal(c.board.school_count, 4);
    for (int i = 0; i < 4; i++)
        assert_string_equal(c.board.schools[i].id, ids[i]);
    assert_string_equal(c.board.schools[0].name, "Hillcrest");
    assert_int_equal(c.board.term_count, 2);
    assert_int_equal(c.board.terms[0].from, day_from_date(2026, 11, 2));
    assert_int_equal(c.board.terms[1].until, day_from_date(2027, 3, 26));
    content_close(&c);
    assert_note(s,
                "Changed the partnership\xE2\x80\x99s name, the schools, the "
                "term dates, the time zone, the language, the home page; "
                "Paused new post-its");
    page_stand_get(s, "/feed.json");
    assert_non_null(
        strstr(s->answer.kept, "\"home_page_url\":\"https://south.example/\""));
    assert_non_null(strstr(s->answer.kept, "\"frozen\":true"));
}

static void
nothing_changed_is_no_revision(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(save(s, "title=Northside" REST SCHOOLS), 303);
    assert_int_equal(revision(s), 1);
}

static void
what_is_wrong_is_said_and_nothing_saved(void **state)
{
    static const struct {
        const char *form, *said;
    } rows[] = {
        {"title=" REST SCHOOLS, "id=\"title-wrong\""},
        {"title=A&home_page=javascript:x&language=en&zone=Europe/"
         "London" SCHOOLS,
         "id=\"home_page-wrong\""},
        {"title=A&home_page=https://a%22b&language=en&zone=UTC" SCHOOLS,
         "id=\"home_page-wrong\""},
        {"title=A&home_page=&language=e&zone=Europe/London" SCHOOLS,
         "id=\"language-wrong\""},
        {"title=A&home_page=&language=en_GB&zone=Europe/London" SCHOOLS,
         "id=\"language-wrong\""},
        {"title=A&home_page=&language=en&zone=" SCHOOLS, "id=\"zone-wrong\""},
        {"title=A&home_page=&language=en&zone=../../etc/passwd" SCHOOLS,
         "id=\"zone-wrong\""},
        {"title=A" REST "&id-0=hillcrest-primary&school-0=",
         "id=\"school-0-wrong\""},
        {"title=A" REST SCHOOLS "&new_schools=St+Aidan's",
         "id=\"new_schools-wrong\""},
        {"title=A" REST SCHOOLS "&from-0=2026-11-02", "Give both days"},
        {"title=A" REST SCHOOLS "&from-0=2026-11-02&until-0=2026-11-01",
         "ends before it begins"},
        {"title=A" REST SCHOOLS "&from-1=soon&until-1=later", "Give both days"},
        {"title=A" REST SCHOOLS "&remove=hillcrest-primary&remove=st-aidans",
         "one school at least"},
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(save(s, rows[i].form), 422);
        page_stand_has(s, rows[i].said);
        page_stand_has(s, "<title>Error: ");
        assert_int_equal(revision(s), 1);
    }
    assert_int_equal(save(s, "title=%3Cb%3E" REST SCHOOLS "&from-0=x"), 422);
    page_stand_has(s, "value=\"&lt;b&gt;\"");
    page_stand_has_not(s, "<b>");
}

static void
a_school_in_use_stays(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    page_stand_set_up(s);
    page_stand_get(s, "/partnership");
    page_stand_has(s, "value=\"hillcrest-primary\"> Remove Hillcrest Primary");
    page_stand_postit(s, page_stand_pair(s, "Door"), ID "1", "Rope", "");
    page_stand_get(s, "/partnership");
    page_stand_has(s, "It has 1 screen, 1 post-it, so it cannot be removed");
    page_stand_has_not(s, "Remove Hillcrest Primary");
    assert_int_equal(
        save(s, "title=Northside" REST SCHOOLS "&remove=hillcrest-primary"),
        422);
    page_stand_has(s, "still in use");
    assert_int_equal(
        save(s, "title=Northside" REST SCHOOLS "&remove=st-aidans"), 303);
    open_newest(s, &c);
    assert_int_equal(c.board.school_count, 1);
    assert_string_equal(c.board.schools[0].id, "hillcrest-primary");
    content_close(&c);
    assert_note(s, "Changed the schools");
}

static void
who_was_slower_keeps_what_they_typed(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(save(s, "title=Eastside" REST SCHOOLS), 303);
    assert_int_equal(
        save_seen(s, 1, "title=Westside" REST "&id-0=st-aidans&school-0=Aidan"),
        409);
    page_stand_has(s, "value=\"Westside\"");
    page_stand_has(s, "value=\"Aidan\""); // by its id, not by its place
    page_stand_has(s, "value=\"Hillcrest Primary\"");
    assert_int_equal(revision(s), 2);
}

static void
moderation_is_switched_and_noted(void **state)
{
    struct page_stand *s = *state;
    struct arena a = {0};
    const struct hub_deed *deeds;
    page_stand_set_up(s);
    assert_int_equal(moderation_first_state(&s->hub, &a), HUB_POSTIT_WAITING);
    page_stand_postit(s, page_stand_pair(s, "Door"), ID "1", "Rope", "");
    page_stand_get(s, "/partnership");
    page_stand_has(s, "value=\"on\" checked");
    assert_int_equal(
        page_stand_send(s, "/partnership/moderation", "moderation=off"), 303);
    page_stand_get(s, "/partnership");
    page_stand_has(s, "go to all schools at once.");
    page_stand_has(s, "value=\"off\" checked");
    assert_int_equal(moderation_first_state(&s->hub, &a), HUB_POSTIT_SHARED);
    assert_int_equal(page_stand_state(s, ID "1"), HUB_POSTIT_WAITING);
    page_stand_get(s, "/postits");
    page_stand_has(s, "new ones are not read here first");
    page_stand_get(s, "/history?show=postits");
    page_stand_has(s, "Switched moderation off: post-its go to all");
    page_stand_has_not(s, "Set up the hub");
    page_stand_get(s, "/partnership");
    // Whatever else is sent: the safe side.
    assert_int_equal(
        page_stand_send(s, "/partnership/moderation", "moderation=x"), 303);
    assert_true(moderation_is_on(&s->hub, &a));
    assert_int_equal(hub_store_deeds(s->hub.store, &a, 2, &deeds), 2);
    assert_string_equal(deeds[0].what, "switched moderation on");
    assert_string_equal(deeds[1].what, "switched moderation off");
    assert_string_equal(deeds[0].person, "Maria");
    arena_destroy(&a);
}

static void
a_form_from_elsewhere_changes_nothing(void **state)
{
    struct page_stand *s = *state;
    struct arena a = {0};
    page_stand_set_up(s);
    page_stand_get(s, "/partnership");
    assert_int_equal(
        page_stand_post(s, "/partnership/moderation", "moderation=off"), 403);
    s->site = "cross-site";
    page_stand_get(s, "/partnership");
    assert_int_equal(
        page_stand_send(s, "/partnership/moderation", "moderation=off"), 403);
    assert_true(moderation_is_on(&s->hub, &a));
    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, "/partnership"), 303);
    arena_destroy(&a);
}

/* An hour east: moments stay, whole days stay days. */
static void
days_stay_days_in_another_zone(void **state)
{
    struct page_stand *s = *state;
    struct content c;
    struct problem why = {0};
    page_stand_set_up(s);
    open_newest(s, &c);
    struct item day = content_new_item(KIND_MEETING);
    day.id = "m-day";
    day.title = "Inset";
    day.has_own_title = true;
    day.published_s = PAGE_NOW_S;
    day.is_all_day = true;
    day.starts_day = day.ends_day = day_from_date(2027, 1, 4);
    day.starts_s = (int64_t) day.starts_day * DAY_S;
    day.ends_s = day.starts_s + DAY_S;
    struct item hour = day;
    hour.id = "m-hour";
    hour.is_all_day = false;
    hour.ends_s = hour.starts_s + 3600;
    hour.starts_day = hour.ends_day = DAY_NONE;
    content_set_item(&c, &day);
    content_set_item(&c, &hour);
    assert_int_equal(
        content_save(&c, s->hub.store, "Maria", "x", PAGE_NOW_S, &why),
        CONTENT_SAVED);
    content_close(&c);
    assert_int_equal(save(s,
                          "title=Northside&home_page=&language=en&zone=Europe/"
                          "Berlin" SCHOOLS),
                     303);
    open_newest(s, &c);
    const struct item *is = content_find(&c, KIND_MEETING, "m-day");
    assert_true(is->is_all_day);
    assert_int_equal(is->starts_day, day.starts_day);
    assert_int_equal(is->ends_day, day.starts_day);
    assert_int_equal(is->starts_s, day.starts_s - 3600);
    is = content_find(&c, KIND_MEETING, "m-hour");
    assert_int_equal(is->starts_s, hour.starts_s);
    content_close(&c);
}

static void
moderators_stay_out(void **state)
{
    static const char *const paths[] = {"/partnership", "/export", "/erase",
                                        "/history"};
    struct page_stand *s = *state;
    struct problem why = {0};
    struct hub_person p = {.name = "Tom"};
    char hash[SECRET_PASSWORD_BYTES];
    page_stand_set_up(s);
    assert_true(secret_password_hash(PAGE_PASSWORD, hash));
    p.password = hash;
    p.totp = "";
    assert_true(hub_store_add_person(s->hub.store, &p, PAGE_NOW_S, &why));
    s->session[0] = '\0';
    page_stand_get(s, "/sign-in");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Tom&password=" PAGE_PASSWORD),
        303);
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++)
        assert_int_equal(page_stand_get(s, paths[i]), 403);
    assert_int_equal(page_stand_post(s, "/export/everything", ""), 403);
    assert_int_equal(page_stand_post(s, "/erase", "name=Jo"), 403);
}

static void
the_history_has_pages(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    for (int i = 0; i < 60; i++)
        hub_store_audit(s->hub.store, "Maria", "added a <screen>", "",
                        PAGE_NOW_S + i);
    page_stand_get(s, "/history");
    page_stand_has(s, "Added a &lt;screen&gt;");
    page_stand_has(s, "rel=\"next\" href=\"/history?show=all&amp;page=2\"");
    page_stand_has_not(s, "Set up the hub");
    page_stand_get(s, "/history?show=all&page=2");
    page_stand_has(s, "Set up the hub");
    page_stand_has(s, "rel=\"prev\"");
    page_stand_has_not(s, "rel=\"next\"");
    page_stand_get(s, "/history?show=board");
    page_stand_has(s, "This is what the screens show now.");
    page_stand_has_not(s, "Added a");
    assert_int_equal(page_stand_get(s, "/history?show=%00&page=99999999999"),
                     200);
    page_stand_get(s, "/history?show=all&page=150");
    page_stand_has(s, "There is nothing older.");
}

int
main(void)
{
#define TEST(name)                                                             \
    cmocka_unit_test_setup_teardown(name, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        TEST(all_of_it_is_saved_in_one_step),
        TEST(nothing_changed_is_no_revision),
        TEST(what_is_wrong_is_said_and_nothing_saved),
        TEST(a_school_in_use_stays),
        TEST(who_was_slower_keeps_what_they_typed),
        TEST(moderation_is_switched_and_noted),
        TEST(a_form_from_elsewhere_changes_nothing),
        TEST(days_stay_days_in_another_zone),
        TEST(moderators_stay_out),
        TEST(the_history_has_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
