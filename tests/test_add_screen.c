// links: src/hub/door_log.c src/hub/seldom.c
// links: src/hub/moderation.c
// links: src/hub/phone_token.c
// links: src/hub/add_screen.c src/hub/pages_words.c src/hub/pages_board.c
// links: src/hub/feed*.c src/hub/device_api*.c src/hub/bucket.c
// links: src/hub/routes.c src/hub/http.c src/hub/html.c src/hub/secret.c
// links: src/io/hub_store*.c src/io/db.c src/io/file.c src/core/feed*.c
// links: src/core/json_scan.c src/core/plain_text.c src/core/html_text.c
// links: src/core/compose.c src/core/wording.c src/core/board.c src/core/date.c
// links: src/core/character_reference.c src/core/postit_record.c src/base/*.c
// links: tests/hub_stand.c
// links: src/core/calendar_meetings.c
// libs: -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "hub/add_screen.h"
#include "tests/hub_stand.h"

#define TWO_SCHOOLS                                                            \
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"North\","   \
    "\"_staffroom\":{\"schools\":[{\"id\":\"oak\",\"name\":\"Oak\"},"          \
    "{\"id\":\"elm\",\"name\":\"Elm\"}]},\"items\":[]}"

static void
publish(struct stand *s)
{
    struct problem why = {0};
    if (hub_store_publish(s->hub.store, 0, TWO_SCHOOLS, "Maria", "",
                          STAND_NOW_S, &why) != 1)
        fail_msg("%s", why.text);
}

static void
want(struct stand *s, const char *name, const char *school)
{
    struct hub_options *o = &s->hub.options;
    snprintf(o->add_screen, sizeof o->add_screen, "%s", name);
    snprintf(o->school, sizeof o->school, "%s", school);
}

static int
count_screens(struct stand *s)
{
    const struct hub_device *list;
    struct arena a = {0};
    int count = hub_store_devices(s->hub.store, &a, &list);
    arena_destroy(&a);
    return count;
}

static void
its_token_opens_the_door(void **state)
{
    struct stand *s = *state;
    char one[SECRET_TEXT_BYTES], other[SECRET_TEXT_BYTES];
    const struct hub_device *list;
    const struct hub_deed *deeds;
    struct problem why = {0};
    struct arena a = {0};
    publish(s);
    want(s, "  Oak   staffroom ", "oak");
    assert_true(add_screen(&s->hub, one, &why));
    want(s, "Elm", "elm");
    assert_true(add_screen(&s->hub, other, &why));
    assert_string_not_equal(one, other);

    assert_int_equal(stand_get(s, "/v1/feed.json"), 401);
    s->token = one;
    assert_int_equal(stand_get(s, "/v1/feed.json"), 200);
    s->token = other;
    assert_int_equal(stand_get(s, "/v1/feed.json"), 200);

    assert_int_equal(hub_store_devices(s->hub.store, &a, &list), 2);
    bool is_oak_first = strcmp(list[0].school, "oak") == 0;
    assert_string_equal(list[!is_oak_first].name, "Oak staffroom");
    assert_string_equal(list[is_oak_first].school, "elm");
    assert_true(hub_store_deeds(s->hub.store, &a, 10, &deeds) >= 2);
    assert_string_equal(deeds[0].what, "added a screen");
    arena_destroy(&a);
}

static void
what_cannot_be_added_leaves_nothing(void **state)
{
    static const struct {
        const char *name, *school, *why;
    } rows[] = {
        {"Hall", "ash", "oak, elm"},
        {"Hall", "", "--school"},
        {"Hall", "Oak", "oak, elm"},
        {"", "oak", "name"},
        {" ", "oak", "name"},
        {"0123456789012345678901234567890123456789012345678901234567890", "oak",
         "name"},
    };
    struct stand *s = *state;
    char token[SECRET_TEXT_BYTES];
    struct problem why = {0};
    want(s, "Hall", "oak");
    assert_false(add_screen(&s->hub, token, &why)); // no board, so no school
    publish(s);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        want(s, rows[i].name, rows[i].school);
        if (add_screen(&s->hub, token, &why))
            fail_msg("added %s of %s", rows[i].name, rows[i].school);
        if (!strstr(why.text, rows[i].why))
            fail_msg("%s of %s: %s", rows[i].name, rows[i].school, why.text);
    }
    assert_int_equal(count_screens(s), 0);
}

static void
a_store_that_cannot_write_is_said(void **state)
{
    struct stand *s = *state;
    char token[SECRET_TEXT_BYTES];
    struct problem why = {0};
    publish(s);
    want(s, "Hall", "oak");
    stand_run_sql(s, "DROP TABLE pairing");
    assert_false(add_screen(&s->hub, token, &why));
    assert_int_not_equal(why.text[0], '\0');
    assert_int_equal(count_screens(s), 0);
}

#define HUB_TEST(f) cmocka_unit_test_setup_teardown(f, stand_open, stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HUB_TEST(its_token_opens_the_door),
        HUB_TEST(what_cannot_be_added_leaves_nothing),
        HUB_TEST(a_store_that_cannot_write_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
