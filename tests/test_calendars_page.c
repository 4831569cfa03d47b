// links: src/io/child.c
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c tests/page_stand.c
// links: src/io/program.c src/io/http_*.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring
// libs: -lcurl
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "hub/secret.h"
#include "tests/page_stand.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define PAGE "/meetings/calendars"
#define SECRET "https%3A%2F%2Fcalendar.example%2Fkettle.ics"

static struct hub_calendar
first(struct page_stand *s)
{
    const struct hub_calendar *list;
    if (hub_store_calendars(s->hub.store, &s->arena, true, &list) < 1)
        fail_msg("there is no calendar");
    return list[0];
}

static int
add(struct page_stand *s, const char *form)
{
    assert_int_equal(page_stand_get(s, PAGE), 200);
    return page_stand_send(s, PAGE, form);
}

static void
one_is_added_changed_and_removed(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(page_stand_get(s, "/meetings"), 200);
    page_stand_has(s, "staffroom-calendar is not on the hub");
    page_stand_has_not(s, "Read it now");
    assert_int_equal(add(s, "address=WebCal%3A%2F%2Fcalendar.example%2Fkettle"
                            ".ics&label=Staff+%3Cb%3E&school=st-aidans&filter="
                            "+staff++meeting+"),
                     303);
    assert_string_equal(page_stand_header(s, "Location"),
                        "/meetings?read=1#calendars");
    struct hub_calendar c = first(s);
    assert_string_equal(c.url, "https://calendar.example/kettle.ics");
    assert_string_equal(c.school, "st-aidans");
    assert_string_equal(c.filter, "staff meeting");
    assert_int_equal(page_stand_get(s, "/meetings?read=1"), 200);
    page_stand_has(s, "<h3 dir=\"auto\">Staff &lt;b&gt;</h3>");
    page_stand_has(s, "It was not read yet.");
    page_stand_has(s, "From <bdi>calendar.example</bdi>, shown at <bdi>St "
                      "Aidan&#39;s</bdi>");
    page_stand_has_not(s, "kettle");

    assert_int_equal(page_stand_get(s, PAGE "/1"), 200);
    page_stand_has(s, "Leave it empty to keep the one there is, at "
                      "calendar.example");
    page_stand_has_not(s, "kettle");
    assert_int_equal(page_stand_send(s, PAGE "/1", "address=&label="), 422);
    page_stand_has(s, "Please write something here.");
    page_stand_has_not(s, "kettle");
    assert_int_equal(
        page_stand_send(s, PAGE "/1", "address=&label=Ours&school="), 303);
    c = first(s);
    assert_string_equal(c.url, "https://calendar.example/kettle.ics");
    assert_string_equal(c.label, "Ours");
    assert_string_equal(c.filter, "");

    assert_int_equal(page_stand_get(s, "/meetings"), 200);
    assert_int_equal(page_stand_send(s, PAGE "/1", "remove=yes"), 303);
    const struct hub_calendar *list;
    assert_int_equal(hub_store_calendars(s->hub.store, &s->arena, false, &list),
                     0);
    assert_int_equal(page_stand_get(s, "/history"), 200);
    page_stand_has(s, "Added a calendar");
    page_stand_has(s, "Changed a calendar");
    page_stand_has(s, "Removed a calendar");
    page_stand_has_not(s, "calendar.example");
    assert_int_equal(page_stand_get(s, PAGE "/1"), 303);
}

static void
what_cannot_be_an_address_is_not_taken(void **state)
{
    static const struct {
        const char *address, *words;
    } rows[] = {
        {"", "Give the calendar"},
        {"kettle", "should begin with https:// or webcal://"},
        {"https%3A%2F%2F", "should begin with https:// or webcal://"},
        {"https%3A%2F%2Fme%40%2Fa", "should begin with https:// or webcal://"},
        {"http%3A%2F%2Fa.example%2F", "Try it with the s"},
        {"file%3A%2F%2F%2Fetc%2Fpasswd",
         "should begin with https:// or webcal://"},
        {"https%3A%2F%2Fa.example%2Fa+b", "a blank in it"},
        {"javascript%3Aalert(1)", "should begin with https:// or webcal://"},
    };
    struct page_stand *s = *state;
    page_stand_set_up(s);
    for (size_t i = 0; i < COUNT(rows); i++) {
        char form[256];
        snprintf(form, sizeof form, "address=%s&label=Kept+name",
                 rows[i].address);
        assert_int_equal(add(s, form), 422);
        page_stand_has(s, rows[i].words);
        page_stand_has(s, "value=\"Kept name\"");
        page_stand_has(s, "<title>Error: ");
    }
    assert_int_equal(add(s, "address=" SECRET "&label="), 422);
    assert_int_equal(add(s, "address=" SECRET "&label=A"), 303);
    assert_int_equal(add(s, "address=" SECRET "&label=B"), 422);
    page_stand_has(s, "This calendar is there already.");
    assert_int_equal(add(s, "address=" SECRET "&label=B&filter=x"), 303);
}

static void
keep(struct page_stand *s, const char *problem, int64_t read_s, int meetings)
{
    struct hub_calendar c = first(s);
    struct problem why = {0};
    struct text document = {0};
    text_add_string(&document, "{\"title\":\"C\",\"items\":[");
    for (int i = 0; i < meetings; i++)
        text_add_format(&document,
                        "%s{\"id\":\"cal-%d\",\"title\":\"Learning %d\","
                        "\"_staffroom\":{\"kind\":\"meeting\",\"place\":"
                        "\"Library\",\"starts\":\"2026-12-%02dT15:45:00Z\","
                        "\"ends\":\"2026-12-%02dT16:45:00Z\"}}",
                        i ? "," : "", i, i, i + 1, i + 1);
    text_add_string(&document, "]}");
    c.problem = problem;
    c.tried_s = PAGE_NOW_S - 60;
    c.read_s = read_s;
    c.document = document.bytes;
    assert_true(hub_store_keep_calendar(s->hub.store, &c, &why));
    text_destroy(&document);
}

static void
the_page_says_how_it_went_and_what_came(void **state)
{
    struct page_stand *s = *state;
    page_stand_set_up(s);
    assert_int_equal(add(s, "address=" SECRET "&label=Staff"), 303);
    keep(s, "The server is in trouble", 0, 0);
    assert_int_equal(page_stand_get(s, "/meetings"), 200);
    page_stand_has(s, "The server is in trouble. (Tried today 10:41.)");
    page_stand_has(s, "No meeting is planned.");
    page_stand_has_not(s, "It was not read yet.");
    keep(s, "", PAGE_NOW_S - 60, 1);
    assert_int_equal(page_stand_get(s, "/meetings"), 200);
    page_stand_has(s, "1 meeting of it is shown. Read today 10:41.");
    page_stand_has(s, "<p>Tuesday 1 December, 15:45 to 16:45</p>");
    page_stand_has(s, "From the calendar \xE2\x80\x9C<bdi>Staff</bdi>");
    page_stand_has_not(s, "edit=cal-0");
    page_stand_has_not(s, "Later, from calendars");
    keep(s, "The server is in trouble", PAGE_NOW_S - 86400, 20);
    assert_int_equal(page_stand_get(s, "/meetings"), 200);
    page_stand_has(s, "20 meetings of it are shown. They are of the last time "
                      "it could be read, yesterday 10:42.");
    page_stand_has(s, "Later, from calendars (14)");
    assert_int_equal(page_stand_get(s, "/feed.json"), 200);
    assert_non_null(strstr(s->answer.kept, "Learning 19"));
    assert_null(strstr(s->answer.kept, "kettle"));
}

static void
only_coordinators_and_only_from_our_pages(void **state)
{
    struct page_stand *s = *state;
    assert_int_equal(page_stand_get(s, PAGE), 303);
    page_stand_set_up(s);
    assert_int_equal(add(s, "address=" SECRET "&label=Staff"), 303);
    assert_int_equal(page_stand_post(s, PAGE "/1", "remove=yes"), 403);
    assert_string_equal(first(s).label, "Staff");
    assert_int_equal(page_stand_get(s, PAGE "/1"), 200);
    s->site = "cross-site";
    assert_int_equal(page_stand_send(s, PAGE "/1", "remove=yes"), 403);
    assert_string_equal(first(s).label, "Staff");

    struct hub_person tom = {.name = "Tom", .totp = ""};
    struct problem why = {0};
    char hash[SECRET_PASSWORD_BYTES];
    assert_true(secret_password_hash(PAGE_PASSWORD, hash));
    tom.password = hash;
    assert_true(hub_store_add_person(s->hub.store, &tom, PAGE_NOW_S, &why));
    s->session[0] = '\0';
    s->site = "same-origin";
    page_stand_get(s, "/sign-in");
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Tom&password=" PAGE_PASSWORD),
        303);
    assert_int_equal(page_stand_get(s, PAGE), 403);
    assert_int_equal(page_stand_get(s, PAGE "/1"), 403);
    assert_int_equal(page_stand_post(s, PAGE "/1", "remove=yes"), 403);
    assert_string_equal(first(s).label, "Staff");
}

int
main(void)
{
#define test(name)                                                             \
    cmocka_unit_test_setup_teardown(name, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        test(one_is_added_changed_and_removed),
        test(what_cannot_be_an_address_is_not_taken),
        test(the_page_says_how_it_went_and_what_came),
        test(only_coordinators_and_only_from_our_pages),
    };
#undef test
    return cmocka_run_group_tests(tests, NULL, NULL);
}
