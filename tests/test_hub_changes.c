// links: src/hub/door_log.c src/hub/seldom.c
// links: src/hub/phone_token.c src/hub/moderation.c
// links: src/hub/feed*.c src/hub/device_api.c src/hub/device_api_read.c
// links: src/hub/device_api_pair.c src/hub/bucket.c src/hub/routes.c
// links: src/hub/http.c src/hub/html.c src/hub/secret.c src/io/hub_store*.c
// links: src/io/db.c src/io/file.c src/core/feed*.c src/core/json_scan.c
// links: src/core/plain_text.c src/core/html_text.c src/core/compose.c
// links: src/core/character_reference.c src/core/board.c src/core/date.c
// links: src/core/postit_record.c src/base/*.c tests/hub_stand.c
// links: src/core/calendar_meetings.c
// libs: -lcjson -lsqlite3 -lsodium -lunistring
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "tests/hub_stand.h"

/* What the hub's store knows for the sake of being quick: which changes matter
   to whom, the newest of many, and when screens were seen. */

static const char *
id_number(int number)
{
    static char ids[4][HUB_ID_BYTES];
    static int turn;
    char *id = ids[turn++ % 4];
    snprintf(id, HUB_ID_BYTES, "00000000-0000-4000-8000-%012d", number);
    return id;
}

/* The later its number, the later it was made. */
static void
put(struct stand *s, int number, const char *school,
    enum hub_postit_state state)
{
    struct problem why = {0};
    struct hub_postit p = {.text = "Draw it",
                           .school = school,
                           .made_s = STAND_NOW_S - 5000 + number,
                           .expires_s = STAND_NOW_S + 5000,
                           .state = state};
    snprintf(p.id, sizeof p.id, "%s", id_number(number));
    if (hub_store_put_postit(s->hub.store, &p, 1, STAND_NOW_S, &why) !=
        HUB_PUT_NEW)
        fail_msg("%s", why.text);
}

static int64_t
change(struct stand *s)
{
    return hub_store_change_number(s->hub.store);
}

static bool
concerns(struct stand *s, const char *school, int64_t since)
{
    return hub_store_concerns(s->hub.store, school, since, change(s));
}

static void
a_postit_that_waits_concerns_its_school(void **state)
{
    struct stand *s = *state;
    (void) stand_pair(s, "Screen", "hillcrest");
    int64_t since = change(s);
    assert_false(concerns(s, NULL, since));
    for (int i = 0; i < 5; i++)
        put(s, i, i % 2 ? "hillcrest" : "riverside",
            i % 3 ? HUB_POSTIT_WAITING : HUB_POSTIT_KEPT);
    assert_int_equal(change(s), since + 5);
    assert_true(concerns(s, "hillcrest", since));
    assert_true(concerns(s, "riverside", since));
    assert_false(concerns(s, "riverside", since + 5));
    assert_false(concerns(s, "moor-lane", since));
    assert_false(concerns(s, "", since));
    assert_false(concerns(s, NULL, since));
}

static void
all_else_concerns_all(void **state)
{
    struct problem why;
    struct stand *s = *state;
    struct hub_store *store = s->hub.store;
    (void) stand_pair(s, "Screen", "hillcrest");
    put(s, 1, "hillcrest", HUB_POSTIT_WAITING);
    for (int i = 0; i < 7; i++) {
        int64_t since = change(s);
        switch (i) {
        case 0:
            put(s, 2, "hillcrest", HUB_POSTIT_SHARED);
            break;
        case 1:
            assert_true(hub_store_moderate(store, id_number(1),
                                           HUB_POSTIT_SHARED, "Ann",
                                           STAND_NOW_S, &why));
            break;
        case 2:
            assert_int_equal(hub_store_put_reaction(
                                 store, id_number(1), id_number(9),
                                 HUB_REACTION_THANKS, 1, STAND_NOW_S, &why),
                             HUB_PUT_NEW);
            break;
        case 3:
            assert_true(hub_store_undo_reaction(store, id_number(9), 1, &why));
            break;
        case 4:
            assert_int_equal(hub_store_publish(store, 0, "{\"items\":[]}", "",
                                               "", STAND_NOW_S, &why),
                             1);
            break;
        case 5:
            assert_int_equal(
                hub_store_take_back(store, id_number(2), 1, STAND_NOW_S, &why),
                HUB_TAKE_BACK_DONE);
            break;
        case 6:
            assert_int_equal(hub_store_expire(store, STAND_NOW_S + 5000), 1);
            break;
        }
        if (!concerns(s, NULL, since) || !concerns(s, "moor-lane", since))
            fail_msg("number %d concerns nobody", i);
    }
}

/* Whatever the number was before: a change that another process made, or a
   transaction that came to nothing, is not taken for one of ours. */
static void
what_is_not_known_concerns_all(void **state)
{
    struct stand *s = *state;
    (void) stand_pair(s, "Screen", "hillcrest");
    put(s, 1, "hillcrest", HUB_POSTIT_WAITING);
    int64_t since = change(s);
    stand_run_sql(s, "UPDATE change SET number = number + 1");
    assert_true(concerns(s, NULL, since));
    since = change(s);
    put(s, 2, "hillcrest", HUB_POSTIT_WAITING);
    assert_false(concerns(s, NULL, since));
    // A backup was brought back, and something else has that number now.
    stand_run_sql(s, "UPDATE change SET number = number - 1");
    assert_true(concerns(s, NULL, since + 1));
    for (int i = 10; i < 5000; i++)
        put(s, i, "hillcrest", HUB_POSTIT_WAITING);
    assert_true(concerns(s, NULL, since));
    assert_false(concerns(s, NULL, change(s) - 4000));
}

static void
the_newest_are_listed(void **state)
{
    struct stand *s = *state;
    const struct hub_postit *list;
    struct hub_store *store = s->hub.store;
    (void) stand_pair(s, "Screen", "hillcrest");
    for (int i = 0; i < 60; i++)
        put(s, i, i % 2 ? "hillcrest" : "riverside",
            (enum hub_postit_state)(i % 3));
    int count =
        hub_store_postits_for(store, &s->arena, NULL, 5, STAND_NOW_S, &list);
    assert_int_equal(count, 5);
    static const int shared[] = {58, 55, 52, 49, 46};
    for (int i = 0; i < 5; i++)
        assert_string_equal(list[i].id, id_number(shared[i]));
    count = hub_store_postits_for(store, &s->arena, "riverside", 3, STAND_NOW_S,
                                  &list);
    assert_int_equal(count, 3);
    static const int own[] = {56, 54, 50};
    for (int i = 0; i < 3; i++) {
        assert_string_equal(list[i].id, id_number(own[i]));
        assert_string_equal(list[i].school, "riverside");
    }
    assert_int_equal(hub_store_postits_for(store, &s->arena, "riverside", 100,
                                           STAND_NOW_S, &list),
                     20);
    assert_int_equal(hub_store_postits_for(store, &s->arena, "hillcrest", 100,
                                           STAND_NOW_S + 5000, &list),
                     0);
    assert_int_equal(
        hub_store_postits_for(store, &s->arena, "", 9, STAND_NOW_S, &list), 0);
    stand_run_sql(s, "ALTER TABLE postit RENAME TO away");
    assert_int_equal(
        hub_store_postits_for(store, &s->arena, NULL, 9, STAND_NOW_S, &list),
        -1);
}

/* More screens than are kept in memory at one time. */
static void
a_thousand_screens_are_seen(void **state)
{
    struct stand *s = *state;
    const struct hub_device *list;
    struct hub_device d;
    stand_run_sql(
        s, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1"
           " FROM n WHERE i < 1500)"
           "INSERT INTO device (name, school, paired_s, token_hash)"
           " SELECT 's', 's', 0, CAST(printf('%032d', i) AS BLOB) FROM n");
    for (int round = 0; round < 2; round++)
        for (int i = 1; i <= 1500; i++) {
            unsigned char hash[HUB_HASH_BYTES + 1];
            snprintf((char *) hash, sizeof hash, "%032d", i);
            assert_true(hub_store_device(s->hub.store, hash,
                                         STAND_NOW_S + round * 60 + i % 60,
                                         &s->arena, &d));
            assert_int_equal(d.seen_s, STAND_NOW_S + round * 60 + i % 60);
        }
    assert_int_equal(hub_store_devices(s->hub.store, &s->arena, &list), 1500);
    for (int i = 1; i <= 1500; i++)
        assert_int_equal(list[i - 1].seen_s, STAND_NOW_S + 60 + i % 60);
}

/* Nor does a clock that was ahead keep a code good for years. */
static void
codes_of_a_wrong_clock_go(void **state)
{
    struct stand *s = *state;
    struct problem why;
    unsigned char hash[HUB_HASH_BYTES] = {1};
    struct hub_store *store = s->hub.store;
    int64_t wild_s = STAND_NOW_S + 73 * INT64_C(31536000);
    assert_true(hub_store_begin_pairing(store, "BCDFGHJK", hash, wild_s, &why));
    assert_true(
        hub_store_begin_pairing(store, "CCDFGHJK", hash, STAND_NOW_S, &why));
    assert_int_equal(hub_store_expire(store, STAND_NOW_S + 1), 0);
    assert_false(hub_store_accept_pairing(store, "BCDFGHJK", "x", "y",
                                          STAND_NOW_S + 1, &why));
    assert_true(hub_store_accept_pairing(store, "CCDFGHJK", "x", "y",
                                         STAND_NOW_S + 1, &why));
}

static void
a_session_of_a_wrong_clock_opens_nothing(void **state)
{
    struct stand *s = *state;
    struct problem why = {0};
    struct hub_person ann = {.name = "Ann", .password = "$", .totp = ""}, who;
    struct hub_store *store = s->hub.store;
    static const struct {
        int64_t ahead_s;
        bool is_good;
    } rows[] = {{0, true},
                {3600, true},
                {2 * DAY_S, false},
                {INT64_C(73) * 365 * DAY_S, false}};
    assert_true(hub_store_add_person(store, &ann, STAND_NOW_S, &why));
    assert_true(hub_store_person(store, &s->arena, "Ann", &ann));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        unsigned char hash[HUB_HASH_BYTES] = {(unsigned char) i};
        struct hub_session session = {
            .person = ann.number,
            .begun_s = STAND_NOW_S + rows[i].ahead_s,
            .used_s = STAND_NOW_S + rows[i].ahead_s,
        };
        assert_true(hub_store_begin_session(store, hash, &session, &why));
        assert_int_equal(hub_store_session(store, hash, STAND_NOW_S, &s->arena,
                                           &session, &who),
                         rows[i].is_good);
    }
}

#define HUB_TEST(f) cmocka_unit_test_setup_teardown(f, stand_open, stand_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        HUB_TEST(a_postit_that_waits_concerns_its_school),
        HUB_TEST(all_else_concerns_all),
        HUB_TEST(what_is_not_known_concerns_all),
        HUB_TEST(the_newest_are_listed),
        HUB_TEST(a_thousand_screens_are_seen),
        HUB_TEST(codes_of_a_wrong_clock_go),
        HUB_TEST(a_session_of_a_wrong_clock_opens_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
