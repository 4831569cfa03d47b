// links: src/io/program.c src/io/http_*.c
// libs: -lcurl
// links: src/hub/*.c src/core/*.c src/base/*.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/io/child.c tests/page_stand.c
// libs: -lmicrohttpd -lsodium -loath -lcjson -lsqlite3 -linih -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "hub/new_address.h"
#include "tests/page_stand.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define OTHER "nine brass lanterns"

static void
want(struct page_stand *s, const char *name)
{
    snprintf(s->hub.options.new_address, sizeof s->hub.options.new_address,
             "%s", name);
}

static void
a_coordinator_who_lost_everything_comes_back(void **state)
{
    struct page_stand *s = *state;
    struct arena a = {0};
    struct problem why = {0};
    struct hub_person maria;
    const struct hub_deed *deeds;
    page_stand_set_up(s);
    page_stand_switch_on_codes(s);
    want(s, " maria ");                              // as somebody may type it
    assert_non_null(new_address(&s->hub, &a, &why)); // printed, and lost
    const char *path = new_address(&s->hub, &a, &why);
    assert_non_null(path);
    assert_memory_equal(path, "/welcome/", 9);
    assert_true(hub_store_deeds(s->hub.store, &a, 1, &deeds) == 1);
    assert_string_equal(deeds[0].what,
                        "made an address on the hub's machine for");
    assert_string_equal(deeds[0].id, "Maria");
    assert_string_equal(deeds[0].person, "");

    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, path), 200);
    assert_int_equal(
        page_stand_post(s, path, "password=" OTHER "&again=" OTHER), 303);
    assert_true(hub_store_person(s->hub.store, &a, "Maria", &maria));
    assert_string_equal(maria.totp, "");
    assert_true(maria.is_coordinator);
    assert_int_equal(
        page_stand_post(s, "/sign-in", "name=Maria&password=" OTHER), 303);
    assert_int_equal(page_stand_get(s, "/people"), 200);
    s->session[0] = '\0';
    assert_int_equal(page_stand_get(s, path), 404); // once
    arena_destroy(&a);
}

static void
nobody_else_gets_one(void **state)
{
    static const struct {
        const char *name, *why;
    } rows[] = {
        {"", "They are: Maria"},
        {"Nobody", "They are: Maria"},
        {"Mo", "They are: Maria"}, // a moderator: Maria can help
        {"Maria'; DROP TABLE person", "They are: Maria"},
    };
    struct page_stand *s = *state;
    struct arena a = {0};
    struct problem why = {0};
    const struct hub_invitation *list;
    const struct hub_person mo = {.name = "Mo", .password = "x", .totp = ""};
    want(s, "Maria");
    assert_null(new_address(&s->hub, &a, &why));
    assert_non_null(strstr(why.text, "start the hub"));
    page_stand_set_up(s);
    assert_true(hub_store_add_person(s->hub.store, &mo, PAGE_NOW_S, &why));
    for (size_t i = 0; i < COUNT(rows); i++) {
        want(s, rows[i].name);
        if (new_address(&s->hub, &a, &why) || !strstr(why.text, rows[i].why))
            fail_msg("%s: %s", rows[i].name, why.text);
    }
    assert_int_equal(hub_store_invitations(s->hub.store, &a, PAGE_NOW_S, &list),
                     0);
    arena_destroy(&a);
}

int
main(void)
{
#define TEST(f)                                                                \
    cmocka_unit_test_setup_teardown(f, page_stand_open, page_stand_close)
    const struct CMUnitTest tests[] = {
        TEST(a_coordinator_who_lost_everything_comes_back),
        TEST(nobody_else_gets_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
